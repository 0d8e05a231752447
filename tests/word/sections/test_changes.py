from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from digest.model import Brief, Change, ChangeKind, Earlier, StanceLabel
from digest.word.blocks import Block
from digest.word.context import Context
from digest.word.sections.changes import changes


def test_the_first_issue_has_nothing_to_compare_with(context: Callable[..., Context], read: Callable[[Block], str]):
    first = context(previous=None, changes=(), silent=())
    assert [read(block) for block in changes(first)] == [
        "What changed",
        "First issue: there is no earlier one to compare with.",
    ]


def test_a_contradiction_within_the_first_issue_is_announced(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    torn = replace(sample.changes[0], kind=ChangeKind.CONTRADICTED)
    _, told, table = changes(context(previous=None, changes=(torn,), silent=()))
    assert read(told) == "First issue: there is no earlier one to compare with. Who contradicts itself within it:"
    assert "contradicts itself" in read(table)


def test_an_issue_without_changes_names_the_one_before(context: Callable[..., Context], read: Callable[[Block], str]):
    assert read(changes(context(changes=()))[1]) == "Nobody stands elsewhere than in the issue of 10 February 2025."


def test_a_change_has_the_sentence_before_beside_the_sentence_now(
    context: Callable[..., Context], read: Callable[[Block], str]
):
    head, portugal, china = read(changes(context())[1]).splitlines()
    assert head == "Who | Was | Now"
    who, was, now = portugal.split(" | ")
    assert who == "Portugal / A joint fund for the Northern sea cable / moved"
    assert was == (
        "undecided / Lisbon will look at the figures before it says anything about the fund, the ministry said. "
        "machine\u00a0translation / Teresa Almada  ·  5 February 2025  ·  Diário do Estuário, issue 2"
    )
    assert now == (
        "supports / The Portuguese government will contribute 12 million euros to the fund. "
        "machine\u00a0translation [S2] [S1] / the Portuguese government  ·  14 February 2025"
    )
    assert china.split(" | ")[0].endswith("new voice")
    assert china.split(" | ")[1] == "–"


def test_a_change_of_an_older_brief_has_no_sentence_before_and_says_the_stance(
    context: Callable[..., Context], read: Callable[[Block], str]
):
    change = Change("PT", "Portugal", "cable", StanceLabel.UNDECIDED, StanceLabel.SUPPORTS, "p5")
    assert read(changes(context(changes=(change,)))[1]).splitlines()[1].split(" | ")[1] == "undecided"


def test_a_holder_that_contradicts_itself_has_both_sentences_with_their_marks(
    context: Callable[..., Context], read: Callable[[Block], str]
):
    made = context()
    one, other = (made.entries[name] for name in ("p4", "p5"))
    before = Earlier(
        "p4", "PT", "cable", StanceLabel.OPPOSES, one.position.statement, None, None, "X", 3, date(2025, 2, 17)
    )
    change = Change(
        "PT",
        "Portugal",
        "cable",
        StanceLabel.OPPOSES,
        StanceLabel.SUPPORTS,
        "p5",
        ChangeKind.CONTRADICTED,
        before=before,
    )
    who, was, now = read(changes(context(changes=(change,)))[1]).splitlines()[1].split(" | ")
    assert who.endswith("contradicts itself")
    assert was.endswith(" [S2]")
    assert other.position.statement in now


def test_who_fell_silent_stands_in_a_line_of_its_own_and_in_no_row(
    context: Callable[..., Context], read: Callable[[Block], str]
):
    blocks = changes(context())
    assert "Ireland" not in read(blocks[1])
    assert read(blocks[2]).startswith(
        "Silent in this issue: Ireland (Civilian patrols along the cable: opposes, 6 February 2025). "
    )
    assert len(changes(context(silent=()))) == 2


def test_many_who_fell_silent_are_told_by_topic_a_line_each(
    context: Callable[..., Context], read: Callable[[Block], str]
):
    one = context().brief.silent[0]
    names = ("Ireland", "Iceland", "Norway", "Spain", "Malta")
    silent = tuple(replace(one, holder=name[:2], holder_name=name) for name in names)
    bound = replace(silent[1], last=replace(silent[1].last, bound=True))
    topics = context().brief.topics
    elsewhere = next(topic.id for topic in topics if topic.id != one.last.topic)
    other = replace(silent[4], last=replace(silent[4].last, topic=elsewhere))
    for order in ((silent[0], bound, *silent[2:], other), (other, silent[0], bound, *silent[2:])):
        _, _, head, *lines = changes(context(silent=order))
        told = {one.last.topic, elsewhere}
        assert [read(line).split(":")[0] for line in lines] == [each.name for each in topics if each.id in told]
    line = next(line for line in lines if "Ireland" in read(line))
    assert read(head).startswith("Silent in this issue: Had a clear stance")
    assert read(line) == (
        "Civilian patrols along the cable: Ireland (opposes, 6 February 2025); "
        "Iceland (opposes, undated, not before 6 February 2025); Norway (opposes, 6 February 2025); "
        "Spain (opposes, 6 February 2025); Malta (opposes, 6 February 2025)."
    )


def test_a_change_of_a_holder_without_a_section_is_named_without_a_link(
    context: Callable[..., Context], read: Callable[[Block], str]
):
    change = Change("XX", "Nowhere", "cable", None, StanceLabel.OPPOSES, "p1")
    assert read(changes(context(changes=(change,)))[1]).splitlines()[1].startswith("Nowhere / ")
