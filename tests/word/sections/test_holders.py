from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest

from digest.model import Brief, Entry, HolderKind, Stance, StanceLabel
from digest.word.blocks import Block, Table
from digest.word.context import Context
from digest.word.sections.holders import holder, holders


def styled(blocks: list[Block], read: Callable[[Block], str], style: str) -> list[str]:
    return [read(block) for block in blocks if not isinstance(block, Table) and block.style == style]


def test_countries_organisations_and_groups_have_headings_of_their_own(
    context: Callable[..., Context], read: Callable[[Block], str]
):
    blocks = holders(context())
    assert styled(blocks, read, "Heading 1") == ["Countries", "Organisations", "Groups without a named state"]
    assert styled(blocks, read, "Heading 2")[:2] == ["Norway", "Portugal"]


def test_the_order_of_the_brief_is_kept(context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]):
    names = styled(holders(context()), read, "Heading 2")
    assert names == [section.name for section in sample.holders]


def test_a_kind_without_holders_has_no_heading(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    countries = tuple(section for section in sample.holders if section.kind is HolderKind.COUNTRY)
    assert styled(holders(context(holders=countries)), read, "Heading 1") == ["Countries"]


def test_without_holders_a_line_says_so(context: Callable[..., Context], read: Callable[[Block], str]):
    assert [read(block) for block in holders(context(holders=()))] == [
        "Countries",
        "No position of a country or an organisation was found in the documents.",
    ]


def test_differing_statements_stand_side_by_side_under_their_stance(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    blocks = holder(context(), sample.holders[2])
    assert styled(blocks, read, "Heading 3") == ["Differing statements: Civilian patrols along the cable"]
    (table,) = [block for block in blocks if isinstance(block, Table)]
    head, body = read(table).splitlines()
    assert head == "supports | opposes"
    assert "send two survey ships" in body.split(" | ")[0]
    assert "will not take part in patrols" in body.split(" | ")[1]


@pytest.mark.parametrize(("count", "columns"), [(2, [2]), (3, [3]), (4, [2, 2]), (5, [3, 2]), (7, [3, 2, 2])])
def test_many_differing_statements_are_shared_out_over_tables(
    context: Callable[..., Context], sample: Brief, count: int, columns: list[int]
):
    entry = sample.holders[0].entries[0]
    section = replace(sample.holders[0], differing=((entry,) * count,), entries=())
    blocks = holder(context(), section)
    assert [len(block.widths) for block in blocks if isinstance(block, Table)] == columns
    assert not any(isinstance(a, Table) and isinstance(b, Table) for a, b in itertools.pairwise(blocks))


def test_a_holder_without_statements_says_so(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    section = replace(sample.holders[0], entries=(), cells=())
    assert [read(block) for block in holder(context(), section)] == ["Norway", "No statement found."]


def test_a_changed_holder_says_so_beside_its_headline(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    assert styled(holder(context(), sample.holders[1]), read, "Digest Headline") == [
        "A joint fund for the Northern sea cable: supports; Civilian patrols along the cable: opposes (Teresa Almada)."
        "  ·  changed since the last issue"
    ]


def test_the_line_under_a_name_says_where_it_stands_and_on_whose_word(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    assert styled(holder(context(), sample.holders[2]), read, "Digest Headline") == [
        "A joint fund for the Northern sea cable: undecided; "
        "Civilian patrols along the cable: supports, statements differ (Karl Brandt)."
    ]


def test_the_analysts_own_line_stands_in_its_place(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    section = replace(sample.holders[0], headline="Pays, and says so.")
    assert styled(holder(context(), section), read, "Digest Headline") == ["Pays, and says so."]


def test_who_spoke_of_nothing_asked_for_is_told_so(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    section = replace(sample.holders[0], cells=())
    assert styled(holder(context(), section), read, "Digest Headline") == [
        "No statement on the topics of this brief; other statements below."
    ]


def test_a_sentence_with_a_stance_on_two_topics_stands_once_under_both(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    one: Entry = next(entry for entry in sample.holders[0].all_entries() if entry.position.id == "p1")
    assert one.position.topic
    assert one.position.stance
    other_topic = next(topic for topic in sample.topics if topic.id != one.position.topic)
    stance = Stance(StanceLabel.OPPOSES, "not a krone")
    other = replace(one, position=replace(one.position, id="p1-other", topic=other_topic.id, stance=stance))
    section = replace(sample.holders[0], entries=(one, other), differing=())
    blocks = holder(context(), section)
    lines = styled(blocks, read, "Digest Attribution")
    assert len(lines) == len(styled(blocks, read, "Digest Quote")) == 1
    assert lines[0].splitlines()[-1] == f"opposes: {other_topic.name} – “not a krone”"
    elsewhere = replace(other, position=replace(other.position, actor=None))
    apart = replace(section, entries=(one, elsewhere))
    assert len(styled(holder(context(), apart), read, "Digest Attribution")) == 2
