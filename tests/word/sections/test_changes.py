from __future__ import annotations

from collections.abc import Callable

from digest.model import Change, StanceLabel
from digest.word.blocks import Block
from digest.word.context import Context
from digest.word.sections.changes import changes


def test_the_first_issue_has_nothing_to_compare_with(context: Callable[..., Context], read: Callable[[Block], str]):
    assert [read(block) for block in changes(context(previous=None))] == [
        "What changed",
        "First issue: nothing to compare with.",
    ]


def test_an_issue_without_changes_names_the_one_before(context: Callable[..., Context], read: Callable[[Block], str]):
    assert read(changes(context(changes=()))[1]) == "Nobody stands elsewhere than in the issue of 10 February 2025."


def test_a_change_says_was_now_and_why_with_its_source(context: Callable[..., Context], read: Callable[[Block], str]):
    head, portugal, china = read(changes(context())[1]).splitlines()
    assert head == "Who | Topic | Was | Now | Because"
    assert portugal == (
        "Portugal | A joint fund for the Northern sea cable | undecided | supports | The Portuguese government will "
        "contribute 12 million euros to the fund. machine\u00a0translation [S2] [S1]"
    )
    assert china.split(" | ")[2:4] == ["new voice", "said (no clear stance)"]


def test_a_change_of_a_holder_without_a_section_is_named_without_a_link(
    context: Callable[..., Context], read: Callable[[Block], str]
):
    change = Change("XX", "Nowhere", "cable", None, StanceLabel.OPPOSES, "p1")
    assert read(changes(context(changes=(change,)))[1]).splitlines()[1].startswith("Nowhere | ")
