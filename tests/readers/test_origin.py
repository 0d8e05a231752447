"""Titles and publishers are taken from where a reader would look for them."""

from __future__ import annotations

import pytest

from digest.model import Furniture
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


@pytest.mark.parametrize(
    ("head", "title_", "publisher_"),
    [
        (
            "Federal Ministry of Lakes and Ferries\n\nPress release\n\nNorland presents a new tariff for the ferries\n\n"
            "Sella, 3.5.2025 - ",
            "Norland presents a new tariff for the ferries",
            "Federal Ministry of Lakes and Ferries",
        ),
        (
            "LAKESHORE NEWS AGENCY\n\nEnvoys part over the tariff of the ferries\n\nSELLA, 3 May (Lakeshore) - ",
            "Envoys part over the tariff of the ferries",
            "Lakeshore News Agency",
        ),
        (
            "PARLIAMENT OF NORLAND\n\nUNREVISED\n\nTranscript of the sitting of Monday, 5 May 2025\n\n",
            "Transcript of the sitting of Monday, 5 May 2025",
            "Parliament of Norland",
        ),
        (
            "El Farol de Sella\n\nlunes 5 de mayo de 2025\n\nNorland sube la tarifa de los barcos\n\n",
            "Norland sube la tarifa de los barcos",
            "El Farol de Sella",
        ),
        # No name of a publisher: a headline that speaks of a public body, a headline above its date.
        (
            "Ministry of Ferries cuts its fleet by half\n\nUnions call the plan a farce and a scandal\n\n",
            "Ministry of Ferries cuts its fleet by half",
            None,
        ),
        ("Norland Leaves the Room\n\n5 May 2025\n\n", "Norland Leaves the Room", None),
        ("Parliament Backs New Tariff\n\nFerries will cost more from the first of June\n\n", None, None),
    ],
)
def test_the_name_of_who_publishes_stands_above_the_headline(head: str, title_: str | None, publisher_: str | None):
    assert title_ is None or title(head + BODY) == title_
    assert publisher(head + BODY) == publisher_


def test_a_headline_that_goes_on_from_the_line_above_is_one_with_it():
    head = "JOINT STATEMENT\n\nof the ministers of the seven lake states\n\nSella, 3 May 2025\n\n"
    assert title(head + BODY) == "Joint statement of the ministers of the seven lake states"


def test_the_institute_in_a_running_head_is_the_publisher_whatever_issue_stands_behind_the_bar():
    head = "Lakeshore Centre for Inland Ports | Policy Paper 14"
    text = f"{head}\n\nWho pays for the ferries of the lake?\n\n{BODY}"
    raw = RawDocument(text, Properties(), (Furniture(0, len(head), "running head"),))
    assert publisher_of(raw, furniture(text, raw.furniture), "notes") == "Lakeshore Centre for Inland Ports"


RECORD = (
    "Lake Council          LC/PV.412\nSecond year\n\n412th meeting\nFriday, 2 May 2025, 10 a.m.\nSella\n\n"
    "President: Ms. Aho . . . . (Norland)\n\nAgenda\nThe ferries of the lake\n\n"
)


def test_the_record_of_a_meeting_is_called_by_its_number_and_its_agenda():
    assert title(RECORD + BODY) == "412th meeting: The ferries of the lake"
    assert publisher(RECORD + BODY) is None  # no organisation that is known
    assert publisher(RECORD.replace("Lake Council ", "United Nations ") + BODY) == "United Nations"


def test_a_note_is_called_by_its_subject():
    head = "NOTE FROM THE CHAIR\n\nFrom: The chair\n\nTo: Members\n\nSubject: Ferries{}\n\n"
    assert title(head.format(" of the lake") + BODY) == "Ferries of the lake"
    assert title(head.format("\n\n- Report of the chair") + BODY) == "Ferries - Report of the chair"


def test_above_the_ministry_may_stand_its_state_and_a_headline_in_capitals_is_no_institution():
    head = (
        "REPUBLIC OF NORLAND\n\nMINISTRY OF LAKES AND FERRIES\n\nPRESS STATEMENT\n\nSella, 2 May 2025\n\n"
        "NORLAND'S PLACE IN THE FERRY MISSION IN SELLA\n\n"
    )
    assert publisher(head + BODY) == "Ministry of Lakes and Ferries"
    assert title(head + BODY) == "NORLAND'S PLACE IN THE FERRY MISSION IN SELLA"
