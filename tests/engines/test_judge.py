"""The classifier of positions, with its real weights."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib import resources

import numpy as np
import pytest
from numpy.typing import NDArray

from digest import engines
from digest.engines import Case, Pieces, signatures
from digest.engines.judge import PositionJudge, tensors_of
from digest.errors import EngineError
from digest.positions.cases import FEATURES, FINGERPRINT

NO_ANSWERS = (0.0,) * len(FEATURES)
LABELS = ("none", "supports", "opposes", "conditional", "undecided", "other")


@pytest.fixture(scope="module")
def judge() -> engines.Judge:
    return engines.load_judge(FINGERPRINT)


def case(text: str, topic: str = "a fishing quota") -> Case:
    return Case(f"{topic} | Norway | ", text, NO_ANSWERS)


def test_every_case_gets_probabilities_that_sum_to_one_in_the_order_of_the_cases(judge: engines.Judge):
    texts = ["[unused1] Norway [unused2] rejected the quota.", "[unused1] Norway [unused2] has many fish. " * 9, "No."]
    rows = judge.probabilities([case(text) for text in texts])
    assert rows.shape == (3, len(LABELS))
    assert np.allclose(rows.sum(axis=1), 1, atol=1e-4)
    for row, text in zip(rows, texts, strict=True):
        assert np.allclose(judge.probabilities([case(text)])[0], row, atol=1e-4)
    assert judge.probabilities([]).shape == (0, len(LABELS))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("[unused1] Norway [unused2] will vote for the quota.", "supports"),
        ("[unused1] Oslo [unused2] rejected the quota outright.", "opposes"),
        ("[unused1] Norway [unused2] will accept the quota only if Iceland does.", "conditional"),
        ("[unused1] Norway [unused2] has yet to make up its mind about the quota.", "undecided"),
        ("The minister urged [unused1] Norway [unused2] to accept the quota.", "none"),
    ],
)
def test_plain_cases_are_told_apart_by_the_words_alone(judge: engines.Judge, text: str, label: str):
    assert LABELS[int(judge.probabilities([case(text)])[0].argmax())] == label


def pieces_of(texts: Sequence[str], *pieces: Sequence[str]) -> Pieces:
    """Of each text the places of its pieces."""
    places = [
        [(text.index(piece), text.index(piece) + len(piece)) for piece in own]
        for text, own in zip(texts, pieces, strict=True)
    ]
    return lambda number, row: places[number]


def test_what_hangs_on_words_is_told_without_being_asked_and_changes_no_answer(judge: engines.Judge):
    texts = [
        "[unused1] Norway [unused2] said on a wet Monday in May that it would vote against the quota.",
        "No.",
        "[unused1] Oslo [unused2] told two papers of the coast that the quota was a good idea.",
    ]
    pieces = (("on a wet Monday", "vote against"), (), ("of the coast", "a good idea", "two papers"))
    cases = [case(text) for text in texts]
    assert isinstance(judge, engines.Weigher)
    rows, lacking = judge.weighed(cases, pieces_of(texts, *pieces))
    assert np.array_equal(rows, judge.probabilities(cases))
    assert sorted(lacking) == [0, 2]
    for number, those in lacking.items():
        assert those.shape == (len(pieces[number]), len(LABELS))
        assert np.allclose(those.sum(axis=1), 1, atol=1e-4)
        label = int(rows[number].argmax())
        lost = rows[number][label] - those[:, label]
        again = judge.probabilities(
            [engines.without(cases[number], place) for place in pieces_of(texts, *pieces)(number, rows[0])]
        )
        assert lost.argmax() == (rows[number][label] - again[:, label]).argmax() == 1
        assert lost.max() > 0.05


def test_nothing_is_lost_where_nothing_is_overlooked(judge: engines.Judge):
    text = "[unused1] Norway [unused2] said  that it would vote against the quota."
    assert isinstance(judge, engines.Weigher)
    rows, lacking = judge.weighed([case(text)], lambda number, row: [(text.index("  "), text.index("  ") + 2)])
    assert np.allclose(lacking[0], rows, atol=1e-4)


def test_a_judge_that_cannot_weigh_is_asked_again_without_each_piece(judge: engines.Judge):
    class Plain:
        """The judge without its `weighed`."""

        signature = judge.signature

        def probabilities(self, cases: Sequence[Case]) -> NDArray[np.float32]:
            return judge.probabilities(cases)

    text = "[unused1] Norway [unused2] will vote against the quota."
    rows, lacking = engines.weighed(Plain(), [case("No."), case(text)], pieces_of(["", text], (), ("against ",)))
    assert rows.shape == (2, len(LABELS))
    shorter = judge.probabilities([case("[unused1] Norway [unused2] will vote the quota.")])
    assert list(lacking) == [1]
    assert np.allclose(lacking[1], shorter, atol=1e-4)


def test_the_weights_are_those_that_the_signature_names():
    data = resources.files("digest.data").joinpath(signatures.JUDGE_FILE).read_bytes()
    assert hashlib.sha256(data).hexdigest() == signatures.JUDGE_SHA256
    assert len(data) < 30_000_000
    assert signatures.JUDGE_SHA256[:12] in signatures.position_judge().key()


def test_weights_for_other_features_are_refused():
    with pytest.raises(EngineError, match="other features"):
        PositionJudge.load("0" * 64)


def test_damaged_weights_are_refused_with_the_cure(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(signatures, "JUDGE_SHA256", "0" * 64)
    with pytest.raises(EngineError, match="install digest again"):
        PositionJudge.load(FINGERPRINT)


@pytest.mark.parametrize("data", [b"", b"nonsense", b"\x08\x00\x00\x00\x00\x00\x00\x00{}      "])
def test_what_is_no_file_of_weights_is_told(data: bytes):
    with pytest.raises(EngineError, match="cannot be read"):
        tensors_of(data)
