"""Dates are read in several languages, and resolved only where they can be told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.dates import find_dates, resolve

CASES = json.loads((Path(__file__).parent / "cases" / "dates.json").read_text("utf-8"))
ANCHOR = date(2025, 3, 6)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['language']}: {case['text']}" for case in CASES])
def test_dates_mean_the_expected_days(case: dict[str, str]):
    resolved = [resolve(found, ANCHOR) for found in find_dates(case["text"], case["language"])]
    assert [str(each) if each else None for each in resolved] == case["expected"]


def test_without_an_anchor_only_what_is_written_is_known():
    found = find_dates("on Tuesday; then on 5 May; yesterday; in June 2024")
    assert [str(each) if each else None for each in (resolve(one, None) for one in found)] == [
        None,
        None,
        None,
        "2024-06",
    ]


@given(
    st.text(alphabet=st.sampled_from("0123456789./- mayMjun,deTuesday年月日\n"), max_size=80),
    st.sampled_from(["en", "de", "und"]),
)
def test_dates_are_in_order_disjoint_and_real(text: str, language: str):
    last = 0
    for found in find_dates(text, language):
        assert last <= found.start < found.end <= len(text)
        assert found.month is None or 1 <= found.month <= 12
        assert not found.is_full or found.as_date() is not None or (found.month, found.day) == (2, 29)
        last = found.end


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_a_full_date_means_itself_whatever_the_anchor(day: date, anchor: date):
    for text in (day.isoformat(), f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}"):
        assert [str(resolve(found, anchor)) for found in find_dates(text)] == [day.isoformat()]
