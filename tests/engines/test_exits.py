"""Where cases that are plainly no position leave the classifier, with its real weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from digest import engines, positions
from digest.engines import Case
from digest.engines.exits import Exit, exits_of
from digest.engines.judge import PositionJudge
from digest.engines.parser import EnglishParser
from digest.model import Dating, Sentence, Topic
from digest.positions.cases import FINGERPRINT
from digest.positions.deciding import is_open, needed
from digest.sentences import split

TEXT = (
    "Ghana opposes the quota. A storm hit Fiji and its islands overnight. Norway will vote for the quota if Iceland "
    "does. The Peruvian team won the cup on Sunday. Kenya told the chair where to file the quota. The chair invited "
    "Malta to speak. Two boats from Togo were seen at night."
)


@pytest.fixture(scope="module")
def judge() -> PositionJudge:
    return PositionJudge.load(FINGERPRINT)


@pytest.fixture(scope="module")
def asked(english_parser: EnglishParser) -> positions.Asked:
    sentences = [Sentence("d", s.start, s.end, TEXT[s.start : s.end], "en", s.paragraph) for s in split(TEXT)]
    docs = list(english_parser.parse([sentence.text for sentence in sentences]))
    scores = np.ones((len(sentences), 1), dtype=np.float32)
    return positions.ask(sentences, docs, [Topic("q", "a fishing quota")], scores, positions.Setting(Dating(None, "")))


def exactly(cases: Sequence[Case]) -> list[Case]:
    return [replace(case, needed=0.0) for case in cases]


def left(rows: NDArray[np.float32]) -> list[bool]:
    """Which were answered early: none of the stances is more probable than another."""
    return [bool(np.ptp(row[1:]) < 1e-9) for row in rows]


def test_who_is_named_and_plainly_holds_nothing_leaves_early_and_a_stance_never(
    judge: PositionJudge, asked: positions.Asked
):
    early = left(judge.probabilities(asked.cases))
    told = " ".join(case.text for case, gone in zip(asked.cases, early, strict=True) if gone)
    stayed = " ".join(case.text for case, gone in zip(asked.cases, early, strict=True) if not gone)
    assert len([named for named in ("Fiji", "Peruvian team", "Malta", "Togo") if named in told]) > 2
    for holder in ("Ghana", "Norway", "Kenya"):
        assert f"[unused1] {holder}" in stayed
        assert f"[unused1] {holder}" not in told


def test_who_leaves_early_would_have_been_no_position_and_who_stays_gets_the_same_answer(
    judge: PositionJudge, asked: positions.Asked
):
    rows, exact = judge.probabilities(asked.cases), judge.probabilities(exactly(asked.cases))
    assert np.allclose(rows.sum(axis=1), 1, atol=1e-4)
    for case, row, true, gone in zip(asked.cases, rows, exact, left(rows), strict=True):
        if gone:
            assert 1 - row[0] < case.needed
            assert 1 - true[0] < case.needed
        else:
            assert np.allclose(row, true, atol=1e-4)


def test_no_case_leaves_early_where_an_exact_answer_is_wanted(judge: PositionJudge, asked: positions.Asked):
    assert any(left(judge.probabilities(asked.cases)))
    assert not any(left(judge.probabilities(exactly(asked.cases))))


def test_who_leaves_does_not_depend_on_the_others(judge: PositionJudge, asked: positions.Asked):
    together = judge.probabilities(asked.cases)
    backwards = judge.probabilities(asked.cases[::-1])[::-1]
    alone = np.concatenate([judge.probabilities([case]) for case in asked.cases])
    for other in (backwards, alone):
        assert left(other) == left(together)
        assert np.allclose(other, together, atol=1e-4)
    assert np.array_equal(together, judge.probabilities(asked.cases))


def test_every_case_is_told_of_also_where_all_leave(judge: PositionJudge, asked: positions.Asked):
    gone = [case for case, early in zip(asked.cases, left(judge.probabilities(asked.cases)), strict=True) if early]
    heard: list[int] = []

    def pieces(number: int, row: NDArray[np.float32]) -> list[tuple[int, int]]:
        heard.append(number)
        return []

    rows, lacking = judge.weighed(gone, pieces)
    assert heard == list(range(len(gone)))
    assert all(left(rows))
    assert lacking == {}


def test_how_probable_a_position_must_be_goes_with_each_case(asked: positions.Asked):
    matters = [matter for matter in asked.matters if is_open(matter)]
    assert [case.needed for case in asked.cases] == [needed(matter) for matter in matters]
    assert min(case.needed for case in asked.cases) > 0


def test_a_case_with_words_left_out_is_answered_exactly():
    assert engines.without(Case("topic | Ghana | ", "Ghana said no", (), needed=0.5), (0, 6)).needed == 0.0


def test_a_case_leaves_only_below_what_it_needs_as_well():
    one = Exit(0, torch.tensor([0.0, 0.0]), torch.tensor([-1.0]), most=0.4)
    case = Case("", "", (1.0,), needed=0.5)
    (probability,) = one.probabilities(None, [case]).tolist()
    assert probability == pytest.approx(1 / (1 + np.e))
    assert one.lets_go(case, probability)
    assert not one.lets_go(replace(case, needed=0.25), probability)
    assert not one.lets_go(replace(case, needed=0.0), probability)
    assert not replace(one, most=0.2).lets_go(case, probability)


def test_weights_for_which_no_exits_were_made_have_none():
    assert exits_of({}, {}, deepest=3) == ()


def test_exits_that_are_not_whole_or_too_deep_are_refused():
    tensors = {"exit.4.weight": torch.zeros(3), "exit.4.bias": torch.zeros(1)}
    assert [one.layer for one in exits_of(tensors, {"exits": '{"4": 0.1}'}, deepest=4)] == [4]
    with pytest.raises(ValueError, match="at most 3 layers"):
        exits_of(tensors, {"exits": '{"4": 0.1}'}, deepest=3)
    with pytest.raises(KeyError):
        exits_of(tensors, {"exits": '{"2": 0.1}'}, deepest=3)
    with pytest.raises(ValueError, match=r"could not convert|Expecting"):
        exits_of(tensors, {"exits": '{"4": "much"}'}, deepest=4)
