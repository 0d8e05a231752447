from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from builders import ENGINE, KINDS, LEVY, NAMES, PATROLS, C, O, S, U, X, digested, document, frame, position, sentence

from digest.compose import compose
from digest.merging import merge, merged_away
from digest.model import (
    Actor,
    Brief,
    Dating,
    Digested,
    Entry,
    HolderSection,
    Notice,
    PartialDate,
    Point,
    Position,
    Quote,
    StanceLabel,
)

ANNA = Actor("Anna Holm", "minister")


def brief_of(*documents: Digested, notices: Sequence[Notice] = (), **changes: object) -> Brief:
    return compose(documents, frame(**changes), [ENGINE], notices, KINDS, NAMES)


def entries(brief: Brief, holder: str = "IE") -> tuple[Entry, ...]:
    return section(brief, holder).all_entries()


def section(brief: Brief, holder: str = "IE") -> HolderSection:
    return next(one for one in brief.holders if one.holder == holder)


# --- sources -------------------------------------------------------------------------------------------------------


def test_sources_are_numbered_from_the_newest_document_on_undated_ones_last():
    brief = brief_of(
        digested("old.txt", published=date(2026, 1, 1)),
        digested("undated.txt", published=None),
        digested("new.txt", published=date(2026, 3, 1)),
    )
    assert [(one.mark, one.path) for one in brief.sources] == [
        ("S1", "new.txt"),
        ("S2", "old.txt"),
        ("S3", "undated.txt"),
    ]


def test_a_document_with_only_a_lower_bound_stands_where_the_bound_puts_it():
    bounded = digested("bounded.txt", published=None)
    dating = Dating(None, "latest date named in the text", date(2026, 2, 1))
    bounded = replace(bounded, document=replace(bounded.document, dating=dating))
    brief = brief_of(digested("jan.txt", published=date(2026, 1, 1)), bounded, digested("mar.txt"))
    assert [one.path for one in brief.sources] == ["mar.txt", "bounded.txt", "jan.txt"]


def test_the_order_of_the_documents_does_not_change_the_brief():
    documents = [
        digested("a.txt", position("IE", "Ireland will send no ship to the patrols of the north.", O, name="a.txt")),
        digested("b.txt", position("IE", "Dublin wants a civilian command for the ships.", C, name="b.txt")),
        digested("c.txt", position("BR", "Brazil will pay the levy from next spring on.", S, name="c.txt", topic=LEVY)),
    ]
    assert brief_of(*documents) == brief_of(*reversed(documents))


def test_the_period_is_the_one_asked_for_or_the_span_of_the_documents():
    documents = [digested("a.txt", published=date(2026, 1, 5)), digested("b.txt", published=date(2026, 2, 6))]
    assert brief_of(*documents).period == (date(2026, 1, 5), date(2026, 2, 6))
    asked = (date(2026, 1, 1), None)
    assert brief_of(*documents, period=asked).period == (date(2026, 1, 1), date(2026, 2, 6))
    assert brief_of(digested("c.txt", published=None)).period == (None, None)


def test_an_undated_document_is_a_notice_that_says_how_old_it_can_be():
    bounded = digested("bounded.txt", published=None)
    dating = Dating(None, "latest date named in the text", date(2026, 2, 1))
    bounded = replace(bounded, document=replace(bounded.document, dating=dating))
    earlier = Notice("x.pdf", "reading", "not read", "save it")
    brief = brief_of(digested("undated.txt", published=None), bounded, digested("a.txt"), notices=[earlier])
    assert brief.notices[0] == earlier
    undated = {notice.file: notice for notice in brief.notices[1:]}
    assert set(undated) == {"undated.txt", "bounded.txt"}
    assert all(notice.stage == "dating" and "date:" in notice.advice for notice in undated.values())
    assert "2026-02-01" in undated["bounded.txt"].reason
    assert "older than" not in undated["undated.txt"].reason


# --- merging -------------------------------------------------------------------------------------------------------

QUOTED = "“Warships are no answer to an anchor,” the minister told reporters on Tuesday in Cork."
QUOTED_TOO = "Holm said that “warships are no answer to an anchor” and left the conference hall early."


def two_reports() -> tuple[Digested, Digested]:
    return (
        digested("a.txt", position("IE", QUOTED, O, name="a.txt", quote=Quote.FULL), published=date(2026, 3, 1)),
        digested("b.txt", position("IE", QUOTED_TOO, O, name="b.txt", actor=ANNA), published=date(2026, 3, 2)),
    )


def test_the_same_quotation_in_two_documents_is_one_entry_with_both_marks_the_newest_first():
    brief = brief_of(*two_reports())
    (entry,) = entries(brief)
    assert entry.marks == ("S1", "S2")
    assert entry.position.actor == ANNA  # the report that names the speaker is the one that is shown
    assert entry.position.same_as == (two_reports()[0].positions[0].id,)


def test_the_marks_stand_newest_first_also_where_the_older_report_is_shown():
    older, newer = two_reports()
    older = replace(older, positions=(replace(older.positions[0], actor=ANNA),))
    newer = replace(newer, positions=(replace(newer.positions[0], actor=None),))
    (entry,) = entries(brief_of(older, newer))
    assert entry.position.statement == QUOTED
    assert entry.marks == ("S1", "S2")


def test_a_position_that_was_merged_names_the_one_that_is_shown():
    documents = two_reports()
    brief = brief_of(*documents)
    (shown,) = entries(brief)
    (away,) = merged_away(brief, documents)
    assert away.id == documents[0].positions[0].id
    assert away.same_as == (shown.position.id,)
    assert shown.position.same_as == (away.id,)


def test_nearly_the_same_words_are_the_same_statement():
    one = position("IE", "Ireland will not take part in the joint patrols of the cables.", O, name="a.txt")
    two = position("IE", "Ireland will not take part in joint patrols of the cables.", O, name="b.txt")
    (entry,) = entries(brief_of(digested("a.txt", one), digested("b.txt", two)))
    assert len(entry.marks) == 2


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (position("IE", QUOTED, O), position("BR", QUOTED_TOO, O, name="b.txt")),
        (position("IE", QUOTED, O), position("IE", QUOTED_TOO, O, name="b.txt", topic=LEVY)),
        (
            position("IE", "“Not today,” the minister said in the corridor.", O),
            position("IE", "“Not today,” an official answered when asked for the text.", O, name="b.txt"),
        ),
        (
            position("IE", "Ireland will send two ships to the joint patrols in spring.", S),
            position("IE", "Ireland refuses to pay for crews before the summer.", O, name="b.txt"),
        ),
    ],
    ids=["another holder", "another topic", "a short quotation", "other words"],
)
def test_what_another_holder_or_topic_or_other_words_say_stays_apart(one: Position, two: Position):
    marks = {one.sentence.document: "S1", two.sentence.document: "S2"}
    assert [entry.position for entry in merge([one, two], marks)] == [one, two]


def test_a_statement_repeated_in_its_own_document_is_one_entry_and_names_no_other():
    one = position("IE", QUOTED, O, start=0)
    two = position("IE", QUOTED_TOO, O, start=500)
    documents = [digested("a.txt", one, two)]
    brief = brief_of(*documents)
    (entry,) = entries(brief)
    assert entry.marks == ("S1",)
    assert entry.position.same_as == ()
    assert merged_away(brief, documents) == ()


# --- holders -------------------------------------------------------------------------------------------------------


def spread() -> list[Digested]:
    """Six holders, each once, Portugal twice."""
    return [
        digested(
            "a.txt",
            *(
                position(code, f"{NAMES[code]} said number {number} of what it had to say.", S, start=100 * number)
                for number, code in enumerate(("GROUP:Europe", "NATO", "PT", "EU", "NO", "BR"))
            ),
            position("PT", "Lisbon added something else that nobody had expected of it.", X, start=900),
        )
    ]


def test_countries_come_first_then_organisations_then_unspecific_groups():
    kinds = [section.kind.value for section in brief_of(*spread()).holders]
    assert kinds == ["country"] * 3 + ["organisation"] * 2 + ["group"]


def test_countries_stand_in_the_order_asked_for_then_by_how_much_was_said_then_by_name():
    assert [one.holder for one in brief_of(*spread()).holders[:3]] == ["PT", "BR", "NO"]
    asked = brief_of(*spread(), countries=("NO", "EU", "BR"))
    assert [one.holder for one in asked.holders] == ["NO", "BR", "PT", "EU", "NATO", "GROUP:Europe"]


def test_an_unspecific_group_never_counts_for_a_state():
    brief = brief_of(*spread())
    for one in brief.holders:
        assert {entry.position.holder for entry in one.all_entries()} == {one.holder}
    assert section(brief, "GROUP:Europe").name == "Europe (unspecified)"


def test_countries_asked_for_of_which_nothing_was_found_are_missing_and_have_no_section():
    brief = brief_of(*spread(), countries=("IE", "NO", "EU"))
    assert brief.missing == ("Ireland",)
    assert "IE" not in {one.holder for one in brief.holders}


def test_every_position_found_is_in_exactly_one_section():
    shown = [entry.position.id for one in brief_of(*spread()).holders for entry in one.all_entries()]
    assert sorted(shown) == sorted(one.id for one in spread()[0].positions)


def test_entries_stand_newest_first_by_the_date_of_the_statement_before_that_of_the_document():
    brief = brief_of(
        digested("a.txt", position("IE", "The old statement in a new document.", X, said_on=PartialDate(2025, 12))),
        digested("b.txt", position("IE", "The newest of all three.", X, name="b.txt"), published=date(2026, 3, 1)),
        digested("c.txt", position("IE", "Something in between.", X, name="c.txt"), published=date(2026, 2, 1)),
        digested("d.txt", position("IE", "Undated and so last.", X, name="d.txt"), published=None),
    )
    assert [entry.position.sentence.document for entry in entries(brief)] == [
        document(name).id for name in ("b.txt", "c.txt", "a.txt", "d.txt")
    ]


# --- the matrix ----------------------------------------------------------------------------------------------------


def standing(*labelled: tuple[StanceLabel | None, date | None]) -> HolderSection:
    """Ireland's section where each statement on the patrols stands in a document of that date."""
    documents = []
    for number, (label, day) in enumerate(labelled):
        words = " ".join(f"{word}{number}" for word in ("alpha", "beta", "gamma", "delta", "epsilon", "zeta"))
        name = f"{number}.txt"
        documents.append(digested(name, position("IE", f"Ireland {words}.", label, name=name), published=day))
    return section(brief_of(*documents))


JAN, FEB, MAR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


@pytest.mark.parametrize(
    ("labelled", "label", "differs"),
    [
        ([(O, JAN), (S, MAR)], S, False),
        ([(S, JAN), (O, MAR)], O, False),
        ([(O, JAN), (X, MAR)], O, False),
        ([(X, JAN), (X, MAR)], X, False),
        ([(C, FEB), (U, MAR), (O, None)], U, False),
        ([(S, MAR), (O, MAR)], None, True),
        ([(C, MAR), (O, MAR)], None, True),
        ([(S, MAR), (S, MAR), (O, MAR)], S, True),
        ([(S, MAR), (C, MAR), (C, MAR)], C, False),
        ([(O, JAN), (S, MAR), (O, MAR), (O, MAR)], O, True),
        ([(S, MAR), (O, None)], None, True),
        ([(S, None), (O, JAN), (O, FEB)], O, True),
        ([(O, None), (O, None), (S, MAR)], S, True),
        ([(S, None), (S, MAR)], S, False),
    ],
)
def test_the_latest_clear_statement_decides_and_contradictions_of_one_day_or_of_none_differ(
    labelled: list[tuple[StanceLabel, date | None]], label: StanceLabel | None, differs: bool
):
    cell = standing(*labelled).cells[0]
    assert cell.differs is differs
    assert cell.label == label if label else cell.label in (S, C, O)


def test_a_cell_counts_documents_and_bears_their_marks_and_newest_date():
    cell = standing((S, JAN), (X, MAR), (S, FEB)).cells[0]
    assert (cell.documents, cell.marks) == (3, ("S1", "S2", "S3"))
    assert cell.latest == PartialDate(2026, 3, 1)


def test_a_topic_on_which_nothing_was_said_has_an_empty_cell():
    cells = standing((S, JAN)).cells
    assert [cell.topic for cell in cells] == [PATROLS.id, LEVY.id]
    assert (cells[1].label, cells[1].latest, cells[1].documents, cells[1].marks) == (None, None, 0, ())


def test_statements_for_and_against_stand_together_under_differing_and_nowhere_else():
    one = standing((O, JAN), (S, FEB), (X, MAR))
    assert [[entry.position.stance.label for entry in group] for group in one.differing if group] == [[S, O]]
    assert [entry.position.stance.label for entry in one.entries] == [X]


def test_statements_that_do_not_contradict_each_other_do_not_differ():
    assert standing((S, JAN), (C, FEB), (U, MAR)).differing == ()
    assert standing((O, JAN), (X, FEB), (U, MAR)).differing == ()


def test_what_stands_in_one_paragraph_differs_only_by_two_voices():
    def stands(*actors: Actor | None) -> tuple[bool, int]:
        texts = ("Ireland backs the joint patrols.", "Ireland rejects the joint patrols.")
        pair = zip(texts, (S, O), actors, strict=True)
        said = [position("IE", text, label, start=9 * n, actor=who) for n, (text, label, who) in enumerate(pair)]
        one = section(brief_of(digested("a.txt", *said)))
        return one.cells[0].differs, len(one.differing)

    assert stands(None, None) == (False, 0)
    assert stands(ANNA, None) == (False, 0)
    assert stands(ANNA, Actor("Per Lind", "minister")) == (True, 1)


def test_a_cell_says_on_whose_word_its_stance_rests():
    spoken = position("IE", "Ireland will send no ship to the joint patrols.", O, actor=ANNA)
    cells = {cell.topic: cell for cell in section(brief_of(digested("a.txt", spoken))).cells}
    assert (cells[PATROLS.id].label, cells[PATROLS.id].voice) == (O, "Anna Holm")
    assert (cells[LEVY.id].label, cells[LEVY.id].voice) == (None, None)


# --- the bottom line -----------------------------------------------------------------------------------------------


def many(count: int) -> list[Digested]:
    codes = ("IE", "BR", "PT", "NO", "EU")
    verbs = (
        "will send",
        "refuses to lend",
        "offers to repair",
        "cannot find",
        "wants to sell",
        "must count",
        "may hire",
    )
    things = ("two grey patrol ships", "any more crews", "broken harbour cranes", "the missing anchors", "cable maps")
    return [
        digested(
            f"{number}.txt",
            position(
                code := codes[number % len(codes)],
                f"{NAMES[code]} {verbs[number % 7]} {things[number % 5]} in month {number} of the {number}th year.",
                (S, O, C)[number % 3],
                name=f"{number}.txt",
            ),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [2, 3, 5, 12, 40])
def test_there_are_two_to_five_key_points_each_a_statement_with_its_marks_and_evidence(count: int):
    documents = many(count)
    brief = brief_of(*documents)
    statements = {one.positions[0].statement for one in documents}
    assert 2 <= len(brief.key_points) <= 5
    for point in brief.key_points:
        assert point.text in statements
        assert point.text == point.evidence.text
        mark_of = {source.id: source.mark for source in brief.sources}
        assert mark_of[point.evidence.document] in point.marks


def test_no_two_key_points_say_the_same():
    again = [
        digested(
            f"{number}.txt",
            position(
                code,
                f"{NAMES[code]} will send two grey ships to patrol the cables of the north.",
                S,
                name=f"{number}.txt",
            ),
        )
        for number, code in enumerate(("IE", "BR", "PT", "NO"))
    ]
    texts = [point.text for point in brief_of(*again, *many(3)).key_points]
    assert len(texts) == len(set(texts))
    assert sum("two grey ships to patrol" in text for text in texts) == 1


def test_no_key_point_leans_on_a_sentence_that_is_not_there():
    leaning = position(
        "NO", "She also said that it would never come to that in the north.", O, name="z.txt", actor=ANNA
    )
    short = position("PT", "Lisbon agrees.", S, name="y.txt", actor=ANNA)
    brief = brief_of(digested("z.txt", leaning), digested("y.txt", short), *many(3))
    assert not {leaning.statement, short.statement} & {point.text for point in brief.key_points}


def test_without_positions_the_first_sentences_of_summaries_make_the_bottom_line():
    summaries = [
        digested(
            name, summary=(Point(f"What {name} says first.", ENGINE, (sentence(f"What {name} says first.", name),)),)
        )
        for name in ("a.txt", "b.txt", "c.txt", "d.txt")
    ]
    points = brief_of(*summaries).key_points
    assert [point.text for point in points] == [f"What {name}.txt says first." for name in "abc"]
    assert [point.marks for point in points] == [("S1",), ("S2",), ("S3",)]


def test_an_empty_corpus_of_sentences_gives_a_brief_without_key_points():
    assert brief_of(digested("a.txt")).key_points == ()


def test_a_summary_is_not_repeated_beside_a_position_with_the_same_words():
    text = "Ireland will send two grey ships to patrol the cables of the north."
    one = digested("a.txt", position("IE", text, S), summary=(Point(text, ENGINE, (sentence(text),)),))
    assert [point.text for point in brief_of(one).key_points] == [text]


def test_a_stance_that_is_only_probable_stands_beside_its_statement_and_counts_as_none():
    sure = position("IE", "Dublin will send ships.", S, name="a", start=0)
    guess = replace(
        position("IE", "Dublin had no quarrel with the fund.", O, name="b", start=50),
        probability=0.55,
        decided_by="classifier",
    )
    (section,) = brief_of(digested("a", sure), digested("b", guess)).holders
    assert section.differing == ()
    cell = next(cell for cell in section.cells if cell.label is not None)
    assert (cell.label, cell.differs) == (S, False)
    assert {entry.position.stance.label for entry in section.all_entries() if entry.position.stance} == {S, O}


def test_a_stance_that_is_sure_enough_counts_whoever_decided():
    first = position("IE", "Dublin will send ships.", S, name="a", start=0)
    other = replace(
        position("IE", "Ireland will send none.", O, name="b", start=50), probability=0.8, decided_by="classifier"
    )
    (section,) = brief_of(digested("a", first), digested("b", other)).holders
    assert len(section.differing) == 1
