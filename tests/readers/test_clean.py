"""Furniture is found on pages of many makes and languages, and text is left alone."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Furniture
from digest.readers.clean import FOOTNOTE_MARK, furniture

PAGES = json.loads((Path(__file__).parents[1] / "cases" / "furniture.json").read_text("utf-8"))
LEAST_F1 = 0.97


def page_and_body(lines: list[str]) -> tuple[str, str]:
    """The page of a case, and what a person would copy of it: "+" is text, "-" furniture, "=" text with ⟦furniture⟧."""
    page = "\n".join(re.sub("[⟦⟧]", "", line[2:]) for line in lines)
    body = "\n".join(re.sub("⟦[^⟧]*⟧", "", line[2:]) for line in lines if line[:1] in ("+", "="))
    return page, body


def without(text: str, marks: tuple[Furniture, ...]) -> str:
    kept, at = [], 0
    for mark in marks:
        kept.append(text[at : mark.start])
        at = mark.end
    return " ".join((*kept, text[at:]))


def tokens(text: str) -> Counter[str]:
    text = re.sub(r"\[\d+\]|[¹²³]", "", text)
    return Counter(re.findall(r"[\u4e00-\u9fff]|\w+", text))


def f1(found: Counter[str], expected: Counter[str]) -> float:
    shared = sum((found & expected).values())
    return 2 * shared / max(sum(found.values()) + sum(expected.values()), 1)


@pytest.mark.parametrize("case", PAGES, ids=[case["name"] for case in PAGES])
def test_the_text_of_a_page_is_what_a_person_would_copy(case: dict[str, list[str]]):
    page, body = page_and_body(case["lines"])
    found = without(page, furniture(page))
    assert f1(tokens(found), tokens(body)) >= LEAST_F1


awkward = st.lists(
    st.one_of(
        st.sampled_from(["Share", "Notes", "By Ann Lee", "© 2025 Post", "[1] x https://a.example", "• a point", ""]),
        st.text(max_size=60),
        st.from_regex(r"\A([A-Z][a-z]{1,8} ){3,12}[.?!]\Z"),
    ),
    max_size=14,
).map("\n".join)


@given(awkward)
def test_marks_are_in_order_disjoint_and_within_the_text(text: str):
    last = 0
    for mark in furniture(text):
        assert last <= mark.start < mark.end <= len(text)
        assert mark.kind
        last = mark.end


@given(awkward)
def test_the_same_text_gives_the_same_marks(text: str):
    assert furniture(text) == furniture(text)


BODY = (
    "The council met in Sella on Monday and heard the report of its secretary.\n"
    "Norland voted against the plan, and its minister left the room at once.\n"
    "Sudia was silent during the vote, which surprised many of those present.\n"
    "A decision on the budget was put off until the autumn by the chairman.\n"
)


def kinds(text: str) -> dict[str, str]:
    return {text[mark.start : mark.end]: mark.kind for mark in furniture(text)}


def test_footnote_marks_within_a_sentence_are_marked_and_nothing_else_of_it():
    assert kinds(BODY.replace("plan,", "plan,[12]").replace("Monday", "Monday [3]")) == {
        "[12]": FOOTNOTE_MARK,
        "[3]": FOOTNOTE_MARK,
    }


def test_bare_footnote_numbers_are_marked_where_they_count_up():
    text = BODY.replace("plan,", "plan,1").replace("present.", "present.2").replace("chairman.", "chairman.3")
    assert kinds(text) == {"1": FOOTNOTE_MARK, "2": FOOTNOTE_MARK, "3": FOOTNOTE_MARK}
    assert kinds(BODY.replace("plan,", "plan,7")) == {}


def test_what_is_left_of_scripts_is_code():
    script = "!function(a,b){if(a.c)return;b=a.c=function(){b.call(a);};}(window, document);"
    assert kinds(BODY + script) == {script: "code"}


def test_a_place_in_capitals_and_a_colon_is_a_dateline_and_an_alliance_is_not():
    assert kinds("PORT SELLA: " + BODY) == {"PORT SELLA: ": "dateline"}
    assert kinds("NATO: " + BODY) == {}


@pytest.mark.parametrize(
    "start",
    [
        "ANNA BERG (Austria) said that ",
        "ANNA BERG (Austria), in reply, said: ",
        "ANNA BERG (Austria): ",
        "JO LI (Fiji) asked ",
    ],
)
def test_a_delegate_in_the_record_of_a_meeting_is_no_dateline(start: str):
    assert kinds(start + BODY) == {}


@pytest.mark.parametrize(
    "start", ["SELLA (Reuters) — ", "SELLA (AFP) - ", "SELLA, 3 May (dpa): ", "SELLA (Wire).— ", "SELLA, May 3. – "]
)
def test_a_place_with_its_agency_and_a_dash_is_a_dateline(start: str):
    assert kinds(start + BODY) == {start: "dateline"}


def test_headlines_and_teasers_after_the_text_are_links():
    teasers = "\n".join(
        f"Storm number {n} hits the coast\nThe storm was the {n}th of the year and did harm." for n in (7, 8, 9)
    )
    found = kinds(BODY + "Latest news\n" + teasers)
    assert all(line in found for line in teasers.split("\n"))


def test_square_metres_and_years_in_brackets_are_no_footnote_marks():
    assert kinds(BODY + "The hall has 300 m² and stood empty [since 2019] for years.") == {}


@pytest.mark.parametrize(
    "line",
    [
        "Norland opposes the plan.",
        "Varda: no comment on the vote, and none will follow.",
        "He said the newspaper's cookies were stale.",
        "The minister told subscribers of the paper that the port stays closed.",
        "Video evidence shows that the ship was in port when the shot was fired.",
        "By 3 May the fleet will have left the harbour for good, the navy said.",
        "NATO — the alliance of thirty-two — has not been asked for its view yet.",
        "Source close to the government said that no ship would be sent this year.",
        "Related questions were left to the next meeting, the chairman said.",
        "Oskar Finn, a researcher at the Harbour Institute, doubts that the plan holds.",
        "“We will read more of these letters,” the secretary promised.",
        "The photo was shown to the ministers, who did not comment on it.",
    ],
)
def test_sentences_that_sound_like_furniture_are_text(line: str):
    paragraphs = BODY.split("\n")
    text = "\n".join((*paragraphs[:2], line, *paragraphs[2:]))
    assert kinds(text) == {}


def test_known_furniture_keeps_its_kind():
    text = BODY + "Chapter seven of the long report."
    start = text.index("Chapter")
    assert Furniture(start, len(text), "heading") in furniture(text, (Furniture(start, len(text), "heading"),))


def test_an_empty_text_has_no_furniture():
    assert furniture("") == ()
    assert furniture(" \n\n ") == ()


def test_a_text_without_any_full_stop_is_not_taken_for_headings():
    lines = ["Norland will not pay for the ferries this year or next"] * 1 + [
        "Sudia asked the council for more time to study the plan",
        "Kolmar sent a letter to all members before the meeting",
        "Varda did not answer any of the questions that were put",
    ]
    assert not any(kind == "heading" for kind in list(kinds("\n".join(lines)).values())[1:])
