"""One entry for each statement, by quotation, words and meaning; and time that grows with the number of statements."""

from __future__ import annotations

from datetime import date

import numpy as np
from builders import PATROLS, position

from benchmarks import merging as benchmark
from digest.engines import Embedder
from digest.merging import Carried, merge
from digest.model import PartialDate, Position, StanceLabel

S, O = StanceLabel.SUPPORTS, StanceLabel.OPPOSES  # noqa: E741
TOLD = "Ireland will send two ships to the joint patrols, the minister said in Cork."
TOLD_TOO = "Two ships are to be sent to the joint patrols by Ireland, according to the minister."
NEAR = np.array([1.0, 0.0], dtype=np.float32)
NEARLY = np.array([0.97, 0.243], dtype=np.float32)


def carried(*positions: Position, day: date = date(2026, 3, 2), other: date | None = None) -> Carried:
    days = {one.sentence.document: day for one in positions}
    days[positions[-1].sentence.document] = other or day
    meanings = {positions[0].id: NEAR} | {one.id: NEARLY for one in positions[1:]}
    return Carried(days, meanings, {"IE": ("Ireland", "Irish", "Dublin")})


def entries(*positions: Position, with_: Carried) -> int:
    return len(merge(positions, {one.sentence.document: one.sentence.document for one in positions}, with_))


def test_two_reports_of_one_time_with_one_meaning_are_one_entry():
    one, two = position("IE", TOLD, S), position("IE", TOLD_TOO, S, name="b.txt")
    assert entries(one, two, with_=carried(one, two)) == 1
    assert entries(one, two, with_=Carried()) == 2  # without embeddings words alone count


def test_meaning_alone_makes_nothing_one_over_days_stances_numbers_names_or_within_a_document():
    one, two = position("IE", TOLD, S), position("IE", TOLD_TOO, S, name="b.txt")
    assert entries(one, two, with_=carried(one, two, other=date(2026, 3, 9))) == 2
    said = position("IE", TOLD_TOO, S, name="b.txt", said_on=PartialDate(2026, 2, 2))
    assert entries(one, said, with_=carried(one, said)) == 2
    for other in (
        position("IE", TOLD_TOO, O, name="b.txt"),
        position("IE", TOLD_TOO.replace("Two", "Five"), S, name="b.txt"),
        position("IE", TOLD_TOO, S, start=500),
    ):
        assert entries(one, other, with_=carried(one, other)) == 2
    named = position("IE", TOLD.replace("the minister", "Anna Holm"), S)
    other = position("IE", TOLD_TOO.replace("the minister", "the ministers Erik Lund"), S, name="b.txt")
    assert entries(named, other, with_=carried(named, other)) == 2


def test_a_report_without_a_topic_joins_the_same_words_with_one():
    quoted = "“Warships are no answer to an anchor,” the minister told reporters."
    bare = position("IE", quoted, None, name="b.txt")
    told = position("IE", quoted.replace("told reporters", "said"), O)
    (entry,) = merge([bare, told], {one.sentence.document: one.sentence.document for one in (bare, told)})
    assert (entry.position.topic, len(entry.marks)) == (PATROLS.id, 2)


def test_what_is_for_and_what_is_against_never_meet_through_a_third():
    quoted = "“The patrols will show what they are worth in winter,” the minister said."
    made = [position("IE", quoted, label, name=f"{number}.txt") for number, label in enumerate((S, None, O))]
    found = merge(made, {one.sentence.document: one.id for one in made})
    labels = {one.id: one.stance.label for one in made if one.stance}
    groups = [{labels.get(name) for name in (one.position.id, *one.position.same_as)} for one in found]
    assert all(not {S, O} <= group for group in groups)
    assert len(found) == 2


def test_pairs_that_say_the_same_are_mostly_one_and_such_as_only_sound_alike_stay_two(embedder: Embedder):
    merged, count = benchmark.pairs_merged("same", embedder)
    assert merged >= 0.7 * count
    wrongly, _ = benchmark.pairs_merged("different", embedder)
    assert wrongly <= 1


def test_four_times_the_statements_take_about_four_times_as_long():
    small, large = (min(benchmark.seconds(size) for _ in range(2)) for size in (1_000, 4_000))
    assert large < 8 * small
