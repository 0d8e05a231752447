"""What counts as a change, over sequences of statements by day: who moved, who is new, who contradicts itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from builders import NAMES, PATROLS, C, O, S, U

from digest.changes import Found, Past, Spoken, find
from digest.model import Cell, Change, ChangeKind, Earlier, HolderKind, HolderSection, PartialDate, StanceLabel

LAST, NOW = date(2026, 3, 9), date(2026, 3, 16)
MOVED, SHIFTED, NEW, TORN = ChangeKind.MOVED, ChangeKind.SHIFTED, ChangeKind.NEW, ChangeKind.CONTRADICTED
ENDINGS = ("ish", "ing", "ly", "er", "ed", "ful", "ness")


def earlier(
    number: int, day: int | None, label: StanceLabel, issue: int, statement: str = "", holder: str = "IE"
) -> Earlier:
    """A statement of its own words on that day of March."""
    words = " ".join(chr(ord("a") + number) * 4 + ending for ending in ENDINGS)
    said = statement or f"The government spoke of {words}."
    issued = LAST if issue == 1 else NOW
    when = PartialDate(2026, 3, day) if day else None
    return Earlier(f"p{number}", holder, PATROLS.id, label, said, when, None, "Wire", issue, issued)


def found(
    now: Sequence[tuple[int | None, StanceLabel]],
    before: Sequence[tuple[int | None, StanceLabel]] = (),
    *,
    heard: bool | None = None,
    first: bool = False,
) -> Found:
    spoken = [earlier(number, day, label, 2) for number, (day, label) in enumerate(now)]
    known = [earlier(number, day, label, 1) for number, (day, label) in enumerate(before, 10)]
    return changes_of(spoken, known, heard=bool(before) if heard is None else heard, first=first)


def changes_of(
    spoken: Sequence[Earlier],
    known: Sequence[Earlier],
    *,
    heard: bool = True,
    first: bool = False,
    explicit: bool = False,
) -> Found:
    label = spoken[0].label if spoken else None
    cell = Cell(PATROLS.id, label, False, None, 1, ("S1",))
    section = HolderSection("IE", "Ireland", HolderKind.COUNTRY, "", (cell,), ())
    past = Past(tuple(known), (("IE", PATROLS.id),) if heard else (), None if first else 1)
    return find(
        [section], [Spoken(one, explicit, ("S1",), ("d", number)) for number, one in enumerate(spoken)], past, NAMES
    )


def kinds(result: Found) -> list[tuple[ChangeKind, StanceLabel | None, StanceLabel]]:
    return [(change.kind, change.was, change.now) for change in result.changes]


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ([(12, S)], [(5, O)], [(MOVED, O, S)]),
        ([(12, U)], [(5, S)], [(MOVED, S, U)]),
        ([(12, C)], [(5, S)], [(SHIFTED, S, C)]),
        ([(12, S)], [(5, C)], [(SHIFTED, C, S)]),
        ([(12, O), (14, S)], [(5, O)], [(MOVED, O, S)]),  # one turn, within the issue
        ([(12, S), (13, S), (14, S)], [(5, O)], [(MOVED, O, S)]),
        ([(12, S)], [(1, S), (5, O)], [(MOVED, O, S)]),
    ],
)
def test_who_says_something_else_later_has_moved(
    now: list[tuple[int | None, StanceLabel]],
    before: list[tuple[int | None, StanceLabel]],
    expected: list[tuple[ChangeKind, StanceLabel | None, StanceLabel]],
):
    assert kinds(found(now, before)) == expected


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ([(12, O)], [(5, O)]),
        ([(3, S)], [(5, O)]),  # an older document read late
        ([(None, S)], [(5, O)]),  # nobody knows when
        ([(12, O), (3, S)], [(5, O)]),
        ([(12, S)], [(5, S), (5, C)]),  # one of what was said on the last day
    ],
)
def test_the_same_stance_or_an_older_or_undated_statement_is_no_change(
    now: list[tuple[int | None, StanceLabel]], before: list[tuple[int | None, StanceLabel]]
):
    assert found(now, before).changes == ()


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ([(12, S), (12, O)], [(5, O)], [TORN]),
        ([(12, S), (14, O)], [(5, O)], [TORN]),  # turned and returned
        ([(12, O), (13, S), (14, O)], [(5, S)], [TORN, MOVED]),
        ([(5, S)], [(5, O)], [TORN]),  # both on one day, in two issues
        ([(12, C), (12, O)], [], [TORN]),
    ],
)
def test_for_and_against_that_no_single_turn_explains_is_a_contradiction(
    now: list[tuple[int | None, StanceLabel]], before: list[tuple[int | None, StanceLabel]], expected: list[ChangeKind]
):
    assert [kind for kind, _, _ in kinds(found(now, before))] == expected


def test_two_statements_that_need_not_exclude_each_other_are_no_contradiction():
    assert found([(12, S), (12, C), (12, U)], [(5, S)]).changes == ()


def test_who_was_never_heard_on_the_topic_is_a_new_voice_also_without_a_day():
    assert kinds(found([(12, S)])) == [(NEW, None, S)]
    assert kinds(found([(None, S)])) == [(NEW, None, S)]
    assert kinds(found([(11, O), (13, S)])) == [(MOVED, O, S)]


def test_who_spoke_before_without_a_clear_stance_is_no_new_voice_and_has_not_moved():
    assert found([(12, S)], heard=True).changes == ()


def test_a_first_issue_has_no_change_but_may_contradict_itself():
    assert found([(12, S)], first=True).changes == ()
    assert kinds(found([(12, S), (12, O)], first=True)) == [(TORN, S, O)] or kinds(
        found([(12, S), (12, O)], first=True)
    ) == [(TORN, O, S)]


def one_change(result: Found) -> Change:
    (change,) = result.changes
    return change


def test_a_move_names_the_statement_with_which_it_began_and_the_one_before():
    change = one_change(found([(11, S), (13, S), (14, S)], [(1, O), (5, O)]))
    assert (change.because, change.day) == ("p0", PartialDate(2026, 3, 11))
    assert change.before is not None
    assert (change.before.id, change.before.day, change.before.issue) == ("p11", PartialDate(2026, 3, 5), 1)


QUOTED = "“We will send no ship before the winter is over,” the minister said."


@pytest.mark.parametrize(
    "again",
    [
        "Earlier the minister had said: “We will send no ship before the winter is over”.",
        QUOTED,
        "“We will send no ship before the winter is over,” the minister said again.",
    ],
)
def test_what_was_known_already_shows_no_change_however_it_is_read_today(again: str):
    known = [earlier(1, 2, S, 1, QUOTED), earlier(2, 5, O, 1)]
    assert changes_of([earlier(3, 12, S, 2, again)], known).changes == ()


def test_the_same_words_long_after_on_a_day_of_their_own_are_said_anew():
    routine = "Ireland supports the joint patrols, the government said."
    old = Earlier("p1", "IE", PATROLS.id, S, routine, PartialDate(2026, 1, 5), None, "Wire", 1, LAST)
    known = [old, earlier(2, 5, O, 1)]
    again = [earlier(3, 12, S, 2, routine)]
    assert changes_of(again, known).changes == ()
    assert kinds(changes_of(again, known, explicit=True)) == [(MOVED, O, S)]


@pytest.mark.parametrize(
    "denial",
    [
        "Ireland denied that it had changed its mind on the patrols and now supports them.",
        "The minister dismissed reports that Dublin would join the patrols.",
        "“Our position has not changed,” the spokesperson said of the patrols.",
        "Dublin has not altered its course on the patrols, the minister insisted.",
        "The ministry said that Irish policy on the patrols remained unchanged.",
        "The minister denied that Dublin had given up its opposition to the patrols.",
    ],
)
def test_a_denial_of_a_change_is_none(denial: str):
    assert changes_of([earlier(3, 12, S, 2, denial)], [earlier(1, 5, O, 1)]).changes == ()


@pytest.mark.parametrize(
    "turn",
    [
        "Ireland has changed its mind and will join the patrols.",
        "Dublin no longer opposes the patrols, and will not change the route.",
        "Ireland now supports the patrols.",
        "Ireland dropped its opposition to the patrols.",
    ],
)
def test_a_turn_in_so_many_words_is_one(turn: str):
    assert kinds(changes_of([earlier(3, 12, S, 2, turn)], [earlier(1, 5, O, 1)])) == [(MOVED, O, S)]


def test_who_spoke_clearly_in_the_last_issue_and_not_at_all_in_this_one_is_silent():
    known = [earlier(1, 5, O, 1, holder="NO"), earlier(2, 6, S, 1, holder="NO"), earlier(3, 5, S, 0, holder="BR")]
    result = changes_of([earlier(4, 12, S, 2)], known, heard=False)
    (silence,) = result.silent
    assert (silence.holder, silence.holder_name, silence.last.id) == ("NO", "Norway", "p2")


@pytest.mark.parametrize(
    ("voices", "paragraphs", "expected"),
    [
        (("Anna Holm", "Per Lind"), (0, 0), 1),
        (("Anna Holm", None), (0, 0), 0),
        ((None, None), (0, 0), 0),
        ((None, None), (0, 1), 1),
        (("Anna Holm", "Anna Holm"), (0, 7), 0),
        (("Anna Holm", "Per Lind"), (0, 7), 1),
    ],
)
def test_what_stands_in_one_paragraph_or_is_of_one_voice_in_one_document_contradicts_itself_only_by_two_voices(
    voices: tuple[str | None, str | None], paragraphs: tuple[int, int], expected: int
):
    cell = Cell(PATROLS.id, S, False, None, 1, ("S1",))
    section = HolderSection("IE", "Ireland", HolderKind.COUNTRY, "", (cell,), ())
    said = [
        Spoken(replace(earlier(number, 12, label, 2), voice=voice), False, ("S1",), ("d", paragraph))
        for number, (label, voice, paragraph) in enumerate(zip((S, O), voices, paragraphs, strict=True))
    ]
    changes = find([section], said, Past(), NAMES).changes
    assert [change.kind for change in changes] == [TORN] * expected
