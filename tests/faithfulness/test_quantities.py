from __future__ import annotations

import pytest

from digest.faithfulness.quantities import When, read
from digest.faithfulness.words import words


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("40 per cent", [0.4]),
        ("two fifths of it", [0.4]),
        ("half of it", [0.5]),
        ("40 cents", [0.4]),
        ("0.40 euros", [0.4]),
        ("1.2 million tonnes", [1_200_000]),
        ("576,000 tonnes", [576_000]),
        ("twenty-one ships", [21]),
        ("one lorry in ten", [0.1]),
        ("four in five of them", [0.8]),
        ("every fifth ship", [0.2]),
        ("from 12 to 8 per cent", [0.12, 0.08]),
        ("one and a half times", [1.5]),
        ("on 4 December 2026", []),
        ("no one came", []),
    ],
)
def test_numbers_come_out_alike_however_they_are_written(text: str, values: list[float]):
    assert [number.value for number in read(words(text))[0]] == pytest.approx(values)


@pytest.mark.parametrize(
    ("claim", "source", "fits"),
    [
        ("on December 15", "before the 15 December", True),
        ("by mid-December", "before the 15 December", True),
        ("at the end of January", "on 31 January", True),
        ("in January", "on 31 January", True),
        ("on the first of January", "from 1 January", True),
        ("on 2 January", "from 1 January", False),
        ("on 2 January", "in January", False),
        ("early in January", "on 31 March", False),
        ("on Monday", "Monday", True),
        ("on Monday", "on Tuesday", False),
        ("in 2027", "in 2026", False),
    ],
)
def test_a_date_fits_what_the_source_says_of_it(claim: str, source: str, fits: bool):
    mine, theirs = (read(words(text))[1] for text in (claim, source))
    assert mine
    assert all(any(day.fits(other) for other in theirs) for day in mine) is fits


def test_the_verb_may_is_no_month():
    assert read(words("He may go"))[1] == []
    assert read(words("in May"))[1] == [When("month", "May", "", 5)]


@pytest.mark.parametrize(
    "text", ["in March ²⁰²⁶ the talks ended", "on ³ October", "in ²⁰²⁶, 4 of them", "③ of the ports"]
)
def test_raised_and_circled_figures_end_no_run(text: str):
    assert [number.value for number in read(words(text))[0]] in ([], [4])
