"""The gates: measured quality must not fall below what it was, less a margin. Figures: benchmarks/README.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import attributions, gold, labelled, stages
from benchmarks.positions import CORPUS_GOLD, DEVELOPMENT
from benchmarks.scoring import Score, score
from digest.config import load_config
from training.split import Part

DEV_TOPIC = "Deploying European or NATO troops to Ukraine"


@pytest.fixture(scope="module")
def aside() -> Score:
    """Positions on the topics of the labelled corpus that were set aside before the classifier was trained."""
    documents = labelled.documents(Part.ASIDE)
    return score(stages.predict(documents, None), documents)


@pytest.fixture(scope="module")
def heldout() -> Score:
    """Positions on sixteen texts on sixteen topics, which the classifier has seen."""
    documents = gold.load(DEVELOPMENT)
    return score(stages.predict(documents, None), documents)


@pytest.fixture(scope="module")
def corpus(root: Path) -> Score:
    """Positions in the English and translated documents of the sample corpus."""
    documents = tuple(one for one in gold.load(CORPUS_GOLD) if stages.has_english(one.language))
    return score(stages.predict(documents, root / "corpus", load_config(root / "digest.toml")), documents)


def test_positions_on_topics_set_aside_are_found_and_rightly_ascribed(aside: Score):
    assert aside.find.f1 >= 0.74
    assert float(aside.find.precision) >= 0.86
    assert float(aside.actor) >= 0.89
    assert len(aside.traps) <= 72


def test_a_stance_that_is_shown_on_topics_set_aside_is_mostly_right(aside: Score):
    assert float(aside.clear) >= 0.77
    assert float(aside.sure) >= 0.77
    assert float(aside.lenient) >= 0.40


@pytest.mark.xfail(strict=True, reason="the classifier is small and its corpus hard: measured 0.44, aim 0.90")
def test_the_stance_on_topics_set_aside_is_right_in_nine_of_ten(aside: Score):
    assert float(aside.lenient) >= 0.90


@pytest.mark.xfail(strict=True, reason="much of what is carried over or told in idioms is missed: aim 0.92")
def test_positions_on_topics_set_aside_are_found_as_they_ought_to_be(aside: Score):
    assert aside.find.f1 >= 0.92


def test_positions_of_the_development_texts_are_found_and_rightly_ascribed(heldout: Score):
    assert heldout.find.f1 >= 0.91
    assert float(heldout.find.precision) >= 0.93
    assert float(heldout.roll.precision) >= 0.96
    assert float(heldout.actor) >= 0.90
    assert float(heldout.clear) >= 0.89
    assert heldout.whole.f1 >= 0.63
    assert len(heldout.traps) <= 4


def test_positions_of_the_sample_corpus_are_found_and_rightly_ascribed(corpus: Score):
    assert corpus.find.f1 >= 0.90
    assert float(corpus.find.precision) >= 0.94
    assert float(corpus.roll.precision) >= 0.97
    assert len(corpus.traps) <= 1


def test_attributions_of_whoever_are_found_with_their_sources():
    result = attributions.measure()
    assert result.recall >= 0.88
    assert result.precision >= 0.90
