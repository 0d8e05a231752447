"""The gates: measured quality must not fall below what it was, less a margin. Figures: benchmarks/README.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import gold, stages
from benchmarks.positions import CORPUS_GOLD, DEVELOPMENT
from benchmarks.scoring import Score, score
from digest.config import load_config

DEV_TOPIC = "Deploying European or NATO troops to Ukraine"


@pytest.fixture(scope="module")
def heldout() -> Score:
    """Positions on sixteen texts on sixteen topics."""
    documents = gold.load(DEVELOPMENT)
    return score(stages.predict(documents, None), documents)


@pytest.fixture(scope="module")
def corpus(root: Path) -> Score:
    """Positions in the English and translated documents of the sample corpus."""
    documents = tuple(one for one in gold.load(CORPUS_GOLD) if stages.has_english(one.language))
    return score(stages.predict(documents, root / "corpus", load_config(root / "digest.toml")), documents)


def test_positions_on_strange_topics_are_found_and_rightly_ascribed(heldout: Score):
    assert heldout.find.f1 >= 0.82
    assert float(heldout.find.precision) >= 0.88
    assert float(heldout.roll.precision) >= 0.96
    assert float(heldout.actor) >= 0.90


def test_a_stance_that_is_shown_on_strange_topics_is_mostly_right(heldout: Score):
    assert float(heldout.clear) >= 0.70


def test_few_traps_are_sprung_on_strange_topics(heldout: Score):
    assert len(heldout.traps) <= 5


def test_positions_of_the_sample_corpus_are_found_and_rightly_ascribed(corpus: Score):
    assert corpus.find.f1 >= 0.90
    assert float(corpus.find.precision) >= 0.94
    assert float(corpus.roll.precision) >= 0.97
    assert len(corpus.traps) <= 1


@pytest.mark.xfail(strict=True, reason="stances are read by cue alone, not by what the statement means for the topic")
def test_the_stance_on_strange_topics_is_right_in_nine_of_ten(heldout: Score):
    assert float(heldout.lenient) >= 0.90
