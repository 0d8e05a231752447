"""The day of publication is taken from the best witness, and never made up."""

from __future__ import annotations

from datetime import date

import pytest

from digest.model import Dating
from digest.readers.clean import furniture
from digest.readers.dating import date_document
from digest.readers.raw import Properties

TODAY = date(2025, 6, 1)
BODY = (
    "The council of the lake states met in Sella and heard the report of its secretary.\n\n"
    "Norland voted against the plan, and its minister left the room at once.\n\n"
    "A decision on the budget was put off until the autumn by the chairman."
)


def dated(text: str, filename: str = "notes", today: date = TODAY, **properties: str) -> Dating:
    return date_document(text, furniture(text), Properties(**properties), filename, today)


@pytest.mark.parametrize(
    ("head", "day", "known_by"),
    [
        ("PORT SELLA, 14 March 2025 (Newswire) — ", date(2025, 3, 14), "dateline"),
        ("Ferries and tolls\n\n17 February 2025\n\n", date(2025, 2, 17), "date line"),
        ("Ferries and tolls\n\nBy Ann Lee | 3 May 2025 | 5 min read\n\n", date(2025, 5, 3), "date line"),
        ("Fähren und Zölle\n\nStand: 12.05.2025, 10:32 Uhr\n\n", date(2025, 5, 12), "date line"),
        ("24 May 2025\n\nFerries and tolls\n\nPublish date: 12 May 2025\n\n", date(2025, 5, 12), "date line"),
        ("渡轮\n\n发布时间：2025年5月12日\n\n", date(2025, 5, 12), "date line"),
    ],
)
def test_what_the_page_states_is_believed(head: str, day: date, known_by: str):
    assert dated(head + BODY) == Dating(day, known_by)


def test_the_order_of_day_and_month_between_slashes_is_told_outside_english():
    portuguese = (
        "Balsas\n\nPublicado em 05/04/2025 às 09h40\n\nO conselho reuniu-se em Sella e ouviu o relatório do secretário."
    )
    assert dated(portuguese).published == date(2025, 4, 5)
    assert dated("Ferries\n\nPublished: 05/04/2025, 09:40\n\n" + BODY).published is None
    assert dated("Ferries\n\nPublished: 05/14/2025, 09:40\n\n" + BODY).published == date(2025, 5, 14)


def test_a_dateline_without_a_year_takes_it_from_the_text():
    text = "PORT SELLA, 14 March (Newswire) — " + BODY + "\n\nThe plan was first read on 2 February 2025."
    assert dated(text).published == date(2025, 3, 14)


def test_a_weekday_tells_the_year_of_a_dateline_where_the_text_names_older_years_alone():
    text = (
        "SELLA, 13 May (Newswire) — The council met on Tuesday.\n\nIn 2022 its secretary spoke of a draft.\n\n" + BODY
    )
    assert dated(text) == Dating(date(2025, 5, 13), "dateline")
    eve = "SELLA, 14 May (Newswire) — The council met on Tuesday.\n\nIn 2023 its secretary spoke of a draft.\n\n" + BODY
    assert dated(eve).published == date(2025, 5, 14)
    fitting = "SELLA, 14 May (Newswire) — The council met on Tuesday.\n\nThe vote of 2024 is forgotten.\n\n" + BODY
    assert dated(fitting).published == date(2024, 5, 14)


def test_a_line_of_publisher_and_series_may_end_with_its_date():
    head = "Who pays for the ferries?\n\nLake Institute for Trade and Peace, Policy Note 31, 12 May 2025\n\n"
    assert dated(head + BODY) == Dating(date(2025, 5, 12), "date line")


def test_a_dateline_may_end_with_a_full_stop_behind_its_agency():
    text = "Sella, 12 de mayo de 2025 (Diario del Lago). El Gobierno confirmó que pagará su parte de los barcos.\n\n"
    assert dated(text) == Dating(date(2025, 5, 12), "dateline")


def test_front_matter_comes_first_and_the_future_is_not_believed():
    assert dated(BODY, "2025-03-01 notes", written="2025-02-02T10:00:00+01:00") == Dating(
        date(2025, 2, 2), "front matter"
    )
    assert dated(BODY, "2025-03-01 notes", written="2031-02-02") == Dating(date(2025, 3, 1), "file name")
    assert dated(BODY, "1975-03-01 notes").published is None


@pytest.mark.parametrize(
    "filename", ["2025-03-01_ferries", "ferries 20250301", "wire_2025.3.1", "1 March 2025 ferries"]
)
def test_the_file_name_may_hold_the_date(filename: str):
    assert dated(BODY, filename) == Dating(date(2025, 3, 1), "file name")


def test_a_file_name_older_than_what_the_text_reports_is_not_the_date():
    text = BODY + "\n\nThe talks failed on 4 May 2025 in Sella."
    assert dated(text, "2025-03-01") == Dating(None, "latest date named in the text", date(2025, 5, 4))


def test_a_report_in_the_opening_gives_the_day_with_the_year_of_a_caption():
    text = (
        "Ferries stop\n\nA ferry on the lake on February 13, 2025. (Photo: Newswire)\n\n"
        "The ferries on the lake have stopped, the Lake Post reported on February 17.\n\n" + BODY
    )
    assert dated(text) == Dating(date(2025, 2, 17), "report named in the text")


def test_a_weekday_in_the_opening_follows_the_day_of_the_photograph():
    text = (
        "Ferries stop\n\nA ferry on the lake on April 29, 2025. (Photo: Newswire)\n\n"
        "The ferries have stopped, the minister said in an interview published on Thursday.\n\n" + BODY
    )
    assert dated(text) == Dating(date(2025, 5, 1), "photo caption, by weekday")


def test_an_archive_photograph_says_nothing_of_the_day():
    text = (
        "Ferries stop\n\nFile photo: A ferry on the lake on April 29, 2019. (Photo: Newswire)\n\n"
        "The ferries have stopped, the minister said on Thursday.\n\n" + BODY
    )
    assert dated(text).published is None


def test_dates_ahead_are_no_bound_and_past_ones_are():
    text = BODY + "\n\nThe vote was lost on 4 May 2025. A new one will be held on 20 May 2025."
    assert dated(text) == Dating(None, "latest date named in the text", date(2025, 5, 4))


def test_a_year_that_is_nowhere_named_is_not_guessed():
    assert dated(BODY + "\n\nThe vote was lost on 4 May.") == Dating(None, "days named without a year")
    assert dated(BODY) == Dating(None, "no date found")


def test_what_a_program_noted_comes_last():
    assert dated(BODY, saved="2025-04-01T08:00:00Z") == Dating(date(2025, 4, 1), "document properties")
    assert dated(BODY + "\n\nThe vote was lost on 4 May 2025.", saved="2025-04-01").published is None


def test_a_dateline_without_any_year_is_of_the_last_such_day_where_the_weekday_bears_it_out():
    known_by = "dateline, its year by the weekday"
    text = "SELLA, {day} (Newswire) — The council met on Tuesday and set a term until 2040.\n\n" + BODY
    assert dated(text.format(day="13 May")) == Dating(date(2025, 5, 13), known_by)
    assert dated(text.format(day="14 May")) == Dating(date(2025, 5, 14), known_by)
    assert dated(text.format(day="24 December")) == Dating(date(2024, 12, 24), "dateline, its year by the weekday")
    assert dated(text.format(day="16 May")).published is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Sella, 12/11/2025", date(2025, 11, 12)),  # in the other order it would lie ahead
        ("Sella, 03/04/2025\n\nRef. 28/03/2025", date(2025, 4, 3)),
        ("Sella, 04/03/2025\n\nRef. 03/28/2025", date(2025, 4, 3)),
        ("Sella, 03/04/2025\n\nThe council met on 2 and 3 April 2025 in the old hall of the port.", date(2025, 4, 3)),
        ("Sella, 03/04/2025", None),
    ],
)
def test_the_order_of_day_and_month_in_an_english_text_is_told_by_what_else_it_says(line: str, day: date | None):
    head, _, rest = line.partition("\n\n")
    text = f"Joint statement\n\n{head}\n\n{rest}\n\n{BODY}" if rest else f"Joint statement\n\n{head}\n\n{BODY}"
    assert dated(text, today=date(2025, 11, 20)).published == day


def test_the_heading_of_a_record_says_of_which_day_it_is():
    heading = "Minutes of the meeting of 19 May 2025, 9.00 – 12.30"
    text = f"Council of the Lake\n\nCommittee on Ferries\n\n{heading}\n\nSella\n\n{BODY}"
    assert dated(text) == Dating(date(2025, 5, 19), "date of the meeting")
    assert dated(text.replace("Minutes of the meeting of", "What was left open by the talks of")).published is None


def test_the_line_under_the_number_of_a_meeting_says_of_which_day_its_record_is():
    head = "Lake Council\n\n412th meeting\nFriday, 2 May 2025, 10 a.m.\nSella\n\n"
    assert dated(head + BODY) == Dating(date(2025, 5, 2), "date of the meeting")


def test_the_line_of_an_arabic_paper_is_dated():
    assert dated("العبّارات والرسوم\n\nجريدة البحيرة، 12 مايو 2025\n\n" + BODY).published == date(2025, 5, 12)
    assert dated("العبّارات والرسوم\n\n3 نيسان 2025\n\n" + BODY).published == date(2025, 4, 3)
