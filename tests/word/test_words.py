from __future__ import annotations

from datetime import date

import pytest

from digest.errors import UsageError
from digest.model import Dating, PartialDate
from digest.word.words import ENGLISH, words_for


def test_a_date_is_written_in_full():
    assert ENGLISH.day(date(2025, 2, 17)) == "17 February 2025"


@pytest.mark.parametrize(
    ("known", "text"),
    [
        (PartialDate(2025), "2025"),
        (PartialDate(2025, 2), "February 2025"),
        (PartialDate(2025, 2, 7), "7 February 2025"),
        (PartialDate(2025, 13, 7), "2025-13-07"),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(known: PartialDate, text: str):
    assert ENGLISH.partial(known) == text


def test_in_a_table_a_date_is_short_and_stays_on_one_line():
    assert ENGLISH.short(PartialDate(2025, 2, 17)) == "17\u00a0Feb\u00a02025"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2025, 2, 10), date(2025, 2, 16), "Covers 10 to 16 February 2025"),
        (date(2025, 1, 27), date(2025, 2, 2), "Covers 27 January to 2 February 2025"),
        (date(2024, 12, 30), date(2025, 1, 5), "Covers 30 December 2024 to 5 January 2025"),
        (date(2025, 2, 10), date(2025, 2, 10), "Covers 10 February 2025"),
        (date(2025, 2, 10), None, "Covers the time from 10 February 2025"),
        (None, date(2025, 2, 16), "Covers the time until 16 February 2025"),
        (None, None, "Covers all documents, whatever their date"),
    ],
)
def test_a_period_is_written_without_what_its_ends_share(first: date | None, last: date | None, text: str):
    assert ENGLISH.period(first, last) == text


def test_a_document_says_how_its_date_is_known():
    assert ENGLISH.dated(Dating(date(2025, 2, 17), "dateline")) == "17 February 2025 (dateline)"
    assert ENGLISH.dated(Dating(None, "none", date(2025, 2, 11))) == "undated, not before 11 February 2025"
    assert ENGLISH.dated(Dating(None, "none")) == "undated"


def test_a_count_agrees_with_its_noun():
    assert ENGLISH.count(1, "word", "words") == "1 word"
    assert ENGLISH.count(1204, "word", "words") == "1,204 words"


def test_a_language_without_words_is_refused():
    assert words_for("en-US") is ENGLISH
    with pytest.raises(UsageError, match="fixed words for the language 'xx'"):
        words_for("xx")
