"""The gate: planted faults are refused, honest paraphrases are not. The figures are in benchmarks/README.md."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import faithfulness as measured
from benchmarks.faults import KINDS, plant
from digest import faithfulness


@pytest.fixture(scope="module")
def refused() -> dict[str, float]:
    claims, measures = measured.collect("a")
    found: dict[str, list[bool]] = {}
    for claim, one in zip(claims, measures, strict=True):
        found.setdefault(claim.group, []).append(faithfulness.score_of(one) < faithfulness.threshold())
    return {group: float(np.mean(values)) for group, values in found.items()}


def test_of_the_planted_faults_95_in_100_are_refused(refused: dict[str, float]):
    assert refused["fault"] >= 0.95


def test_of_the_honest_paraphrases_no_more_than_10_in_100_are_refused(refused: dict[str, float]):
    assert refused["paraphrase"] <= 0.10
    assert refused["verbatim"] == 0.0


def test_a_sentence_of_another_document_is_refused(refused: dict[str, float]):
    assert refused["foreign"] >= 0.98


def test_faults_are_the_same_every_time_and_change_one_thing():
    text = "Polish Minister Jan Wilk said on Monday that 12 ships may not leave before 3 May."
    document = text + "\nGerman Minister Eva Kranz disagreed."
    once, again = (list(plant(text, document, "seed")) for _ in range(2))
    assert once == again
    assert {fault.kind for fault in once} <= set(KINDS)
    assert len({fault.kind for fault in once}) >= 6
    assert all(fault.text != text for fault in once)
