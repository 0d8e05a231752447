"""The words that decided, where the classifier alone found a stance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from digest import positions
from digest.engines import Case, EngineSignature, Pieces
from digest.engines.parser import EnglishParser
from digest.model import Dating, Position, Sentence, Topic
from digest.positions.deciding import LABELS
from digest.positions.occlusion import CERTAIN, LIKELY, TRIED
from digest.sentences import split

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


class Pointer(Listener):
    """A listener that says without being asked again about how much hangs on phrases: `hints`, nothing on others."""

    signature = EngineSignature("positions", "pointer", "none", "1", "MIT")

    def __init__(self, phrase: str, hints: Mapping[str, float]) -> None:
        super().__init__(phrase)
        self._hints = hints

    def weighed(
        self, cases: Sequence[Case], pieces: Pieces
    ) -> tuple[NDArray[np.float32], dict[int, NDArray[np.float32]]]:
        rows = self.probabilities(cases)
        lacking = {}
        for number, case in enumerate(cases):
            lost = [self._hints.get(case.text[start:end].strip(), 0.0) for start, end in pieces(number, rows[number])]
            if lost:
                lacking[number] = np.array([rows[number] - np.float32(one) for one in lost])
        return rows, lacking


def found(text: str, judge: Listener, parser: EnglishParser) -> list[Position]:
    cut = split(text)
    sentences = [Sentence("d", span.start, span.end, text[span.start : span.end], "en", span.paragraph) for span in cut]
    docs = list(parser.parse([sentence.text for sentence in sentences]))
    scores = np.ones((len(sentences), 1), dtype=np.float32)
    return positions.extract(sentences, docs, (TOPIC,), scores, positions.Setting(Dating(None, "test")), judge)


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
    agreeing = Pointer("quota", {})
    found("Ghana opposes the quota.", agreeing, english_parser)
    assert len(agreeing.asked) == 1
    alone = Pointer("Ghana", {})
    found("Ghana told the chair where to file the quota, the levy and whatever else came in.", alone, english_parser)
    assert len(alone.asked) == 1 + TRIED


FILING = "Ghana told the chair where to file the quota."


def cue(judge: Listener, parser: EnglishParser, text: str = FILING) -> str:
    stance = found(text, judge, parser)[0].stance
    assert stance is not None
    return stance.cue


def test_a_phrase_with_which_most_plainly_goes_is_shown_without_asking(english_parser: EnglishParser):
    judge = Pointer("chair", {"the chair": CERTAIN + 0.01, "the quota": CERTAIN})
    assert cue(judge, english_parser) == "the chair"
    assert len(judge.asked) == 1


def test_the_verb_needs_no_asking_where_it_is_likely_since_it_is_shown_anyway(english_parser: EnglishParser):
    judge = Pointer("told", {"told": LIKELY + 0.01})
    assert cue(judge, english_parser) == "told"
    assert len(judge.asked) == 1
    other = Pointer("chair", {"the chair": LIKELY + 0.01})
    assert cue(other, english_parser) == "the chair"
    assert len(other.asked) == 2


def test_a_doubtful_phrase_is_asked_about_and_the_next_where_nothing_goes_with_it(english_parser: EnglishParser):
    judge = Pointer("quota", {"the chair": 0.04, "the quota": 0.03})
    assert cue(judge, english_parser) == "the quota"
    assert [text for text in ("the chair", "the quota") if text not in judge.asked[1].text] == ["the chair"]
    assert [text for text in ("the chair", "the quota") if text not in judge.asked[2].text] == ["the quota"]


def test_the_words_are_left_out_of_the_text_with_its_marks_and_nothing_else(english_parser: EnglishParser):
    judge = Pointer("Ghana", {"Yesterday": 0.04, "the levy": 0.03})
    found("Yesterday Ghana told us where to file the levy.", judge, english_parser)
    whole, first, second = (case.text for case in judge.asked)
    assert first == whole.replace("Yesterday ", "")
    assert second == whole.replace("the levy", "")


def test_the_words_are_found_behind_a_speaker_who_is_carried_over_and_behind_what_looks_like_a_mark(
    english_parser: EnglishParser,
):
    judge = Pointer("Ghana", {"from us": 0.04, "the coast": 0.03})
    text = '"The quota is a museum piece," the Ghanaian minister said. "It takes [unused3] fish off the coast from us."'
    found(text, judge, english_parser)
    whole, first, second = (case.text for case in judge.asked if "from" in case.text or "coast" in case.text)
    assert first == whole.replace("from us", "")
    assert second == whole.replace("the coast ", "")
