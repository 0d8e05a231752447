"""Titles and publishers are taken from where a reader would look for them."""

from __future__ import annotations

import pytest

from digest.readers.clean import furniture
from digest.readers.origin import publisher_of, title_of
from digest.readers.raw import Properties, RawDocument

BODY = (
    "The council of the lake states met in Sella on Monday and heard at length the report of its old secretary.\n\n"
    "Norland voted against the plan, and its minister left the room at once.\n\n"
    "A decision on the budget was put off until the autumn by the chairman."
)


def title(text: str, **properties: str) -> str:
    return title_of(RawDocument(text, Properties(**properties)), furniture(text), "lake_council notes")


def publisher(text: str, stem: str = "notes", **properties: str) -> str | None:
    return publisher_of(RawDocument(text, Properties(**properties)), furniture(text), stem)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Norland leaves the room\n\n", "Norland leaves the room"),
        ("The Lake Courier\n\nHome  News  Sport\n\nNorland walks out of council\n\n", "Norland walks out of council"),
        ("Monday, 12 May 2025\n\nNorland leaves the room\n\n", "Norland leaves the room"),
        ("Analysis\n\nWho pays for the ferries?\n\n", "Who pays for the ferries?"),
        ("", "The council of the lake states met in Sella on Monday and heard at length the report of …"),
    ],
)
def test_the_headline_is_the_title(head: str, expected: str):
    assert title(head + BODY) == expected


def test_a_declared_title_comes_first():
    assert title("A heading of the page\n\n" + BODY, title="The pact") == "The pact"


def test_a_text_of_links_alone_is_called_by_its_file():
    assert title("https://a.example") == "lake council notes"


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ("© 2025 The Lake Courier. All rights reserved.", "The Lake Courier"),
        ("Copyright © 2019-2025 Lake Media Ltd. All rights reserved", "Lake Media Ltd"),
        ("© Correio do Lago 2025. Todos os direitos reservados.", "Correio do Lago"),
        ("© 2025. Alle Rechte vorbehalten.", None),
        ("All rights reserved.", None),
    ],
)
def test_the_copyright_line_names_the_publisher(tail: str, expected: str | None):
    assert publisher(BODY + "\n\n" + tail) == expected


def test_a_masthead_is_the_publisher_when_it_comes_again():
    page = "LAKE COURIER\n\nNorland walks out of the council\n\n" + BODY
    assert publisher(page) is None
    assert publisher(page, "2025_lake-courier_council") == "Lake Courier"
    assert publisher(page + "\n\nFollow Lake Courier on Facebook") == "Lake Courier"


def test_a_declared_publisher_comes_first():
    assert publisher(BODY + "\n\n© 2025 The Lake Courier", publisher="Lake Media") == "Lake Media"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Norland walks out\n\nThe Lake Review, 12 May 2025\n\n", "The Lake Review"),
        ("Norland walks out\n\nCorreio do Lago\n\n12 de maio de 2025\n\n", "Correio do Lago"),
        ("Norland walks out\n\nLake Council Secretariat, Sella, Monday 12 May 2025\n\n", "Lake Council Secretariat"),
        ("Norland walks out\n\nPRESS RELEASE, 12 May 2025\n\n", None),
        ("Norland walks out\n\nPort Sella, 12 May 2025\n\n", None),
        ("PORT SELLA, 14 March 2025 (Lake Newswire) — ", "Lake Newswire"),
    ],
)
def test_a_line_of_name_and_date_or_the_dateline_names_the_publisher_as_a_last_resort(head: str, expected: str | None):
    assert publisher(head + BODY) == expected
