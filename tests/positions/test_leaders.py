"""Who is in office is looked up for the day of a document, where that does not say itself who somebody is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from stages import positions_of

from digest.engines.parser import EnglishParser
from digest.model import Dating, Position, Topic
from digest.positions import leaders
from digest.positions.names import is_code

QUOTA = (Topic("quota", "A fishing quota"),)
DAY = date(2025, 3, 3)


Found = Callable[..., list[Position]]
Spoken = Callable[..., set[tuple[str, str | None]]]


@pytest.fixture
def found_in(english_parser: EnglishParser) -> Found:
    """The positions of a document of a day."""
    return lambda text, day=DAY: positions_of(text, english_parser, QUOTA, published=day)[1]


@pytest.fixture
def spoken_for(found_in: Found) -> Spoken:
    """Holder and name of who speaks, of every position in a document of a day."""
    return lambda text, day=DAY: {(one.holder, one.actor.name if one.actor else None) for one in found_in(text, day)}


def test_a_name_that_everybody_knows_speaks_for_its_state(spoken_for: Spoken):
    assert spoken_for("Macron rejected the fishing quota on Monday.") == {("FR", "Macron")}


def test_an_office_without_a_state_is_that_of_the_one_who_holds_it(spoken_for: Spoken):
    text = "Ghana and Togo met on Sunday. President Emmanuel Macron rejected the fishing quota."
    assert ("FR", "Emmanuel Macron") in spoken_for(text)


@pytest.mark.parametrize("day", [date(2017, 5, 13), date(2027, 5, 14), None])
def test_before_and_after_the_days_in_office_and_without_a_day_the_name_is_nobody(day: date | None, spoken_for: Spoken):
    assert spoken_for("Macron rejected the fishing quota on Monday.", day) == set()


def test_who_changed_office_speaks_for_whom_the_day_tells(spoken_for: Spoken):
    text = "Rutte rejected the fishing quota on Monday."
    assert spoken_for(text, date(2023, 5, 5)) == {("NL", "Rutte")}
    assert spoken_for(text, date(2024, 8, 5)) == set()
    assert spoken_for(text) == {("NATO", "Rutte")}


def test_the_document_goes_before_the_table(spoken_for: Spoken):
    assert spoken_for("The analyst Paul Macron was late. Macron rejected the fishing quota on Monday.") == set()
    text = "Belgian Fisheries Minister Anne Macron was late. Macron rejected the fishing quota on Monday."
    assert {code for code, _ in spoken_for(text)} == {"BE"}


def test_who_has_another_given_name_is_somebody_else(spoken_for: Spoken):
    assert spoken_for("Brigitte Macron rejected the fishing quota on Monday.") == set()


def test_a_name_that_many_have_needs_the_whole_name_in_the_text(spoken_for: Spoken):
    assert spoken_for("Xi rejected the fishing quota on Monday.") == set()
    text = "Xi Jinping rejected the fishing quota on Monday. Xi said it would empty the sea."
    assert spoken_for(text) == {("CN", "Xi Jinping"), ("CN", "Xi")}


def test_how_a_name_was_resolved_names_the_table_and_the_day(found_in: Found):
    (position,) = found_in("Macron rejected the fishing quota on Monday.")
    assert position.resolved_by == "“Macron”, in office on 2025-03-03 by the table of leaders"


def test_the_day_up_to_which_the_text_speaks_of_the_past_is_one_too():
    assert leaders.named_in("Macron", Dating(None, "text", not_before=DAY))


def test_every_entry_is_whole_and_no_term_runs_backwards():
    for one in leaders.leaders():
        assert is_code(one.holder), one
        assert one.since < one.until, one
        assert set(one.short.split()) <= set(one.name.split()), one


def test_nobody_is_in_two_offices_on_one_day():
    every = leaders.leaders()
    for at, one in enumerate(every):
        for other in every[at + 1 :]:
            if one.name == other.name:
                assert one.until < other.since or other.until < one.since, (one, other)
