"""The words that decided, where the classifier alone found a stance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from digest import positions
from digest.engines import Case
from digest.engines.parser import EnglishParser
from digest.model import Dating, Position, Sentence, Topic
from digest.positions.deciding import LABELS
from digest.positions.occlusion import TRIED

TOPIC = Topic("quota", "A fishing quota")


class Listener:
    """A judge that hears opposition in one phrase alone, and counts what it is asked."""

    def __init__(self, phrase: str) -> None:
        self._phrase = phrase
        self.asked: list[Case] = []

    def probabilities(self, cases: Sequence[Case]) -> NDArray[np.float32]:
        self.asked += cases
        rows = np.full((len(cases), 1 + len(LABELS)), 0.01, dtype=np.float32)
        for row, case in zip(rows, cases, strict=True):
            row[2 if self._phrase in case.text else 5] = 0.95
        return rows


def found(text: str, judge: Listener, parser: EnglishParser) -> list[Position]:
    sentence = Sentence("d", 0, len(text), text, "en", 0)
    scores = np.ones((1, 1), dtype=np.float32)
    setting = positions.Setting(Dating(None, "test"))
    return positions.extract([sentence], list(parser.parse([text])), (TOPIC,), scores, setting, judge)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Ghana told the chair where to file the quota.", "where to file"),
        ("For Ghana the quota is a museum piece.", "museum"),
    ],
)
def test_the_words_whose_absence_lowers_the_stance_most_are_shown(
    text: str, phrase: str, english_parser: EnglishParser
):
    told = next(one for one in found(text, Listener(phrase), english_parser) if one.holder == "GH")
    assert told.stance is not None
    assert told.decided_by == "classifier"
    assert set(phrase.split()) & set(told.stance.cue.split())
    assert told.stance.cue in text
    assert len(told.stance.cue.split()) <= 4


def test_no_phrase_is_shown_that_changes_nothing(english_parser: EnglishParser):
    judge = Listener("Ghana")
    told = found("Ghana told the chair where to file the quota.", judge, english_parser)[0]
    assert told.stance is not None
    assert told.stance.cue == "told"


def test_only_a_stance_of_the_classifier_alone_is_asked_about_again_and_not_often(english_parser: EnglishParser):
    agreeing = Listener("quota")
    found("Ghana opposes the quota.", agreeing, english_parser)
    assert len(agreeing.asked) == 1
    alone = Listener("file")
    found("Ghana told the chair where to file the quota, the levy and whatever else came in.", alone, english_parser)
    assert 1 < len(alone.asked) <= 1 + TRIED
