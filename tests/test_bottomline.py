from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from builders import ENGINE, KINDS, LEVY, NAMES, PATROLS, C, O, S, U, digested, document, frame, position, sentence

from digest import standing
from digest.bottomline import MOST, Ground, key_points
from digest.compose import compose
from digest.model import (
    Digested,
    Entry,
    KeyPoint,
    Point,
    Position,
    Translation,
)

NOTHING = Ground()
WEEK: tuple[Position, ...] = (
    position("IE", "Ireland will send the cutter Saint Brendan to the patrols off Kerry.", S, name="a", start=0),
    position(
        "IE", "Dublin has chartered a second cutter so that the patrols can begin in May.", S, name="a", start=100
    ),
    position("IE", "The Irish navy keeps a diving team ready for whatever the patrols find.", S, name="a", start=200),
    position("NO", "Norway refuses to patrol beyond its own shelf before the winter is over.", O, name="b"),
    position("BR", "Brazil pays the levy only if its own repair yards are used.", C, name="c", topic=LEVY),
    position("PT", "Portugal rejects the levy because it would double what islanders pay.", O, name="d", topic=LEVY),
    position("EU", "The European Union has not yet decided who collects the levy.", U, name="e", topic=LEVY),
)


def entries(*positions: Position) -> list[Entry]:
    return [Entry(one, (f"S{one.sentence.document[:4]}",)) for one in positions]


def texts(*positions: Position, ground: Ground = NOTHING) -> list[str]:
    return [point.text for point in key_points(entries(*positions), (), ground)]


def brief_points(*documents: Digested) -> tuple[KeyPoint, ...]:
    return compose(documents, frame(), [ENGINE], (), KINDS, NAMES).key_points


def test_the_five_sentences_cover_each_holder_topic_and_side_before_anybody_is_heard_twice():
    chosen = [one for one in WEEK if one.statement in texts(*WEEK)]
    assert len(chosen) == MOST
    assert {one.holder for one in chosen} == {"IE", "NO", "BR", "PT", "EU"}
    assert {one.topic for one in chosen} == {PATROLS.id, LEVY.id}
    assert {(one.topic, one.stance.label) for one in chosen if one.stance} >= {
        (PATROLS.id, S),
        (PATROLS.id, O),
        (LEVY.id, C),
        (LEVY.id, O),
    }


def test_a_week_in_which_one_holder_alone_speaks_is_not_padded_with_what_adds_nothing():
    same = "Ireland will send the cutter Saint Brendan to the patrols off Kerry in {} next year."
    again = [position("IE", same.format(m), S, name=f"n{m}") for m in ("May", "June", "July", "August", "October")]
    assert len(texts(*again)) == 1


def week(order: random.Random | None = None) -> list[Digested]:
    positions = [*WEEK]
    names = [*"abcde"]
    if order:
        order.shuffle(positions)
        order.shuffle(names)
    return [digested(name, *(one for one in positions if one.sentence.document == document(name).id)) for name in names]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_in_which_documents_and_positions_come_changes_nothing(seed: int):
    assert brief_points(*week(random.Random(seed))) == brief_points(*week())  # noqa: S311


@pytest.mark.parametrize(
    "text",
    [
        "He told the delegates in Oslo that Norway would never patrol beyond its shelf.",
        "But Norway will not patrol beyond its own shelf before the winter is over.",
        "In return Norway patrols the whole of the northern shelf until the winter is over.",
        "Norway would not patrol beyond its own shelf this winter, he said.",
        "“Norway will not patrol beyond its own shelf before the winter is over.”",
        "We in Norway will not patrol beyond our own shelf before winter.",
        "Will Norway patrol beyond its own shelf before the long winter is over?",
        "Asked about the patrols, the Norwegian government had this answer for the northern fishermen:",
        "Norway opposes it.",
    ],
)
def test_a_sentence_that_cannot_stand_alone_is_not_in_the_bottom_line(text: str):
    assert text not in texts(position("NO", text, O, name="n"), *WEEK[:1], *WEEK[4:])
    assert texts(position("NO", text, O, name="n")) == []


def test_a_sentence_that_takes_something_as_known_gives_way_to_one_that_does_not():
    first = "The decision was also welcomed in Norway, whose navy will join the patrols."
    better = "Norway welcomed the plan and will let its navy join the patrols."
    assert texts(position("NO", first, S, name="n"), position("NO", better, S, name="o"), WEEK[4])[0] == better


def test_a_stance_that_is_only_probable_does_not_bring_a_sentence_into_the_bottom_line():
    guess = replace(WEEK[3], probability=0.5, decided_by="classifier")
    assert guess.statement not in texts(guess, *WEEK[:1], *WEEK[4:])
    sure = replace(WEEK[3], probability=0.9, decided_by="classifier")
    assert sure.statement in texts(sure, *WEEK[:1], *WEEK[4:])


def test_a_translation_in_doubt_stays_out_and_a_good_one_comes_in():
    text = "Norway refuses to patrol beyond its own shelf before the winter is over."
    for flags, count in (((), 1), (("a number is missing",), 0)):
        original = replace(sentence("Norge nekter.", "n", language="no"), translation=Translation(text, ENGINE, flags))
        chosen = texts(replace(WEEK[3], sentence=original), *WEEK[:1], *WEEK[4:])
        assert chosen.count(text) == count


def test_a_stance_that_its_holder_has_left_is_not_shown_as_if_it_still_stood():
    old = position("IE", "Ireland refuses to join the patrols of the northern cables.", O, name="a")
    new = position("IE", "Ireland will join the northern patrols with one unarmed cutter.", S, name="b")
    points = brief_points(
        digested("a", old, published=date(2026, 3, 1)),
        digested("b", new, published=date(2026, 3, 5)),
        digested("c", *WEEK[4:5]),
    )
    assert new.statement in [point.text for point in points]
    assert old.statement not in [point.text for point in points]


def test_what_changed_since_the_last_issue_comes_first():
    for place in range(3, 6):
        ground = Ground(news=frozenset({WEEK[place].id}))
        assert texts(*WEEK, ground=ground)[0] == WEEK[place].statement


def test_of_two_sentences_that_say_the_same_the_newer_is_taken():
    old = position("NO", "Norway refuses to patrol beyond its own shelf.", O, name="o")
    new = position("NO", "Norway still refuses to patrol beyond its own shelf.", O, name="n")
    for recency in ({old.id: 0.0, new.id: 1.0}, {old.id: 1.0, new.id: 0.0}):
        wanted = max((old, new), key=lambda one: recency[one.id])
        assert texts(old, new, WEEK[4], ground=Ground(recency=recency))[0] == wanted.statement


def test_one_quotation_in_two_reports_comes_once():
    one = position(
        "NO", "Norway “will not send a single ship beyond the shelf”, Holm told reporters in Oslo.", O, name="o"
    )
    told = "At the fish market Norway's Anna Holm vowed: “Oslo will not send a single ship beyond the shelf, ever”."
    two = position("NO", told, O, name="p")
    assert len({one.statement, two.statement} & set(texts(one, two, *WEEK[4:]))) <= 1


def test_talk_in_the_first_person_gives_way_to_what_was_decided():
    talk = position(
        "NO", "“We have no ships to spare and I say so gladly,” Norwegian Minister Anna Holm quipped.", O, name="t"
    )
    plain = position("NO", "Norway has no ships to spare for the patrols, its government decided.", O, name="u")
    assert texts(talk, plain, WEEK[4])[0] == plain.statement


def test_a_source_without_positions_is_heard_with_a_sentence_of_its_summary():
    text = "The yard at Killybegs has finished the first of four repair ships, a month before its time."
    chosen = sentence(text, "z")
    summary = (Point(text, ENGINE, (chosen,)),)
    points = brief_points(digested("a", *WEEK[:3]), digested("z", summary=summary))
    assert text in [point.text for point in points]
    assert {mark for point in points for mark in point.marks} == {"S1", "S2"}


def test_a_sentence_that_a_model_wrote_is_never_in_the_bottom_line():
    wrote = "Four repair ships were finished by the yard at Killybegs before the winter."
    source = sentence("The yard at Killybegs has finished the first of four repair ships.", "z")
    points = brief_points(digested("a", WEEK[0]), digested("z", summary=(Point(wrote, ENGINE, (source,)),)))
    assert wrote not in [point.text for point in points]


def test_the_whole_is_short_enough_to_be_read_at_a_glance():
    tails = (
        "harbour masters of western islands wanted in forty pages of maps which no delegate had opened before",
        "crews and cooks have been promised more often than anybody in the ministry can count or would care to admit",
        "fishermen fear nets may tear, engines stall, wages shrink, sons emigrate and villages empty one by one by one",
        "insurers calculate premiums from tide tables, wrecks, anchors, storms, lighthouses and old logbooks",
        "engineers measured copper, glass fibre, steel armour, tar, splices, joints, amplifiers and their spare drums",
        "lawyers quoted conventions, annexes, protocols, declarations, footnotes, maxims and one sea shanty",
        "accountants deducted fuel, paint, rope, rations, uniforms, pensions and several lost umbrellas",
    )
    long = [
        replace(one, statement=f"{one.statement[:-1]}, which {tail} on that long and stormy evening in the capital.")
        for one, tail in zip(WEEK, tails, strict=True)
    ]
    points = key_points(entries(*long), (), Ground())
    assert 2 <= len(points) < MOST
    assert sum(len(point.text.split()) for point in points) <= 160


def test_each_point_bears_the_marks_of_all_sources_that_carry_it():
    text = WEEK[3].statement
    carried = [Entry(WEEK[3], ("S1", "S4")), Entry(replace(WEEK[3], holder="NATO", id="other"), ("S4", "S2"))]
    (point,) = key_points(carried, (), Ground())
    assert (point.text, point.marks) == (text, ("S1", "S4", "S2"))


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("The alliance has also sent two divers to Cork.", True),
        ("The measure was accepted by all of the nine ministers.", True),
        ("Near his house in Cork the minister spoke of patrols.", True),
        ("The Baltic states are ready to send divers.", False),
        ("The United Kingdom has promised a frigate.", False),
        ("Anna Holm said that she would send divers to Cork.", False),
    ],
)
def test_what_takes_something_as_known_is_told_by_its_words(text: str, points: bool):
    assert standing.points_elsewhere(text) is points


def test_the_number_of_a_paragraph_does_not_stand_in_the_bottom_line():
    numbered = position("EU", "12. The European Union supports patrols off Kerry from May on.", S, name="e")
    years = position("NO", "2027 is the year in which Norway will join the patrols off Kerry.", S, name="f")
    assert set(texts(numbered, years)) == {numbered.statement[4:], years.statement}
