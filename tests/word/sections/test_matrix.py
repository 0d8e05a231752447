from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

from digest.model import Brief, Cell, HolderKind, PartialDate, StanceLabel, Topic
from digest.word.blocks import Block, Table
from digest.word.context import SHADES, Context
from digest.word.sections.matrix import matrix


def rows(blocks: list[Block], read: Callable[[Block], str]) -> dict[str, str]:
    table = next(block for block in blocks if isinstance(block, Table))
    return dict(line.split(" | ", 1) for line in read(table).splitlines())


def test_a_row_per_holder_and_a_column_per_topic(context: Callable[..., Context], read: Callable[[Block], str]):
    table = rows(matrix(context()), read)
    assert table["Who"] == "A joint fund for the Northern sea cable | Civilian patrols along the cable"
    assert len(table) == 11
    assert table["France"] == "conditional / 16\u00a0Feb\u00a02025, 1\u00a0document [S6] | –"


def test_differing_statements_are_named_under_the_label(context: Callable[..., Context], read: Callable[[Block], str]):
    assert "supports / differing" in read(matrix(context())[1])


def test_a_changed_holder_is_marked(context: Callable[..., Context], read: Callable[[Block], str]):
    assert "Portugal / changed" in rows(matrix(context()), read)


def test_an_undated_statement_says_so(context: Callable[..., Context], read: Callable[[Block], str]):
    assert rows(matrix(context()), read)["China / changed"].startswith(
        "said (no clear stance) / no date, 1\u00a0document [S4]"
    )


def test_countries_stand_before_organisations_and_groups(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    table = list(rows(matrix(context(holders=tuple(reversed(sample.holders)))), read))
    kinds = {section.name: section.kind for section in sample.holders}
    order = [kinds[name.split(" / ")[0]] for name in table[1:]]
    assert order == sorted(order, key=list(HolderKind).index)


def test_with_one_topic_the_particulars_have_columns_of_their_own(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    table = rows(matrix(context(topics=sample.topics[:1])), read)
    assert table["Who"] == "A joint fund for the Northern sea cable | Latest | Documents | Sources"
    assert table["Norway"] == "supports | 14\u00a0Feb\u00a02025 | 1 | [S1]"
    assert "Russia" not in table


def test_the_stance_shades_its_cell(context: Callable[..., Context]):
    table = matrix(context())[1]
    assert table.rows[1][1].shade == SHADES[StanceLabel.SUPPORTS]
    assert table.rows[4][2].shade == ""


def test_the_shades_differ_in_grey_and_black_is_legible_on_them():
    greys = [
        sum(share * int(shade[at : at + 2], 16) for at, share in ((0, 0.299), (2, 0.587), (4, 0.114)))
        for shade in SHADES.values()
    ]
    assert min(greys) > 180
    ordered = sorted(greys)
    assert all(after - before > 8 for before, after in itertools.pairwise(ordered))


def test_after_six_marks_the_rest_is_counted_and_led_to_the_section(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    marks = tuple(f"S{number}" for number in range(1, 10))
    cell = Cell("cable", StanceLabel.SUPPORTS, False, PartialDate(2025), 9, marks)
    norway = replace(sample.holders[0], cells=(cell,))
    assert "[S6] and 3 more" in read(matrix(context(holders=(norway,)))[1])


def test_narrow_columns_hold_three_marks(context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]):
    topics = (*sample.topics, Topic("third", "A third topic"))
    cell = Cell("third", StanceLabel.SUPPORTS, False, PartialDate(2025), 9, ("S1", "S2", "S3", "S4"))
    norway = replace(sample.holders[0], cells=(cell,))
    assert "[S1] [S2] [S3] and 1 more" in read(matrix(context(holders=(norway,), topics=topics))[1])


def test_the_legend_explains_only_the_signs_that_stand_in_the_table(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    assert "differing" in read(matrix(context())[-1])
    norway = matrix(context(holders=sample.holders[:1]))[-1]
    assert read(norway) == "Dates are those of the newest statement; numbers count the documents that carry one."


def test_without_topics_or_statements_a_line_says_so(context: Callable[..., Context], read: Callable[[Block], str]):
    for values in ({"topics": ()}, {"holders": ()}):
        assert [read(block) for block in matrix(context(**values))] == [
            "Positions at a glance",
            "No statement on a topic of this brief was found.",
        ]


def test_a_theme_found_by_machine_says_so_in_its_column(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    for topics in (sample.topics, sample.topics[:1]):
        found = tuple(replace(topic, found=True) for topic in topics)
        heads = read(matrix(context(topics=found))[1]).splitlines()[0]
        assert heads.count("theme found by machine") == len(topics)
    assert "found by machine" not in read(matrix(context())[1])
