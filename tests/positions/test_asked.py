from __future__ import annotations

import pytest
from test_hearing import heard

from digest.engines.parser import EnglishParser
from digest.positions.asked import addressee, answerer
from digest.positions.names import DocumentNames
from digest.positions.podium import Side, sides

BOTH = (Side("GH", "ministries"), Side("TG", "ministries"))


@pytest.mark.parametrize(
    ("heading", "present"),
    [
        ("Joint press briefing by the foreign ministries of Ghana and Togo", {"GH": "ministries", "TG": "ministries"}),
        ("Joint press conference of Peru and Chile", {"PE": "", "CL": ""}),
        (
            "Press conference, Lusaka; on the podium: the ministers of Kenya and Ghana and the African Union's "
            "commissioner for trade",
            {"KE": "ministers", "GH": "ministers", "ORG:African Union": "commissioner"},
        ),
        ("Press conference of the Ghanaian and Togolese ministers", {"GH": "ministers", "TG": "ministers"}),
        ("Press conference of the Ghanaian minister on talks with the governments of Peru and Chile", {}),  # about them
        ("Press briefing on the ministers of Ghana and Togo", {}),
        ("Talks between the ministers of Ghana and Togo", {}),  # no briefing
        ("Press conference in Accra after a visit to Togo and Benin", {}),
        ("Briefing by the ministry of Ghana", {}),  # one alone
    ],
)
def test_the_head_of_a_briefing_names_the_sides_that_give_it(heading: str, present: dict[str, str]):
    assert {side.code: side.office for side in sides(heading, DocumentNames.of(heading))} == present


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("QUESTION: To the Ghanaian side: do you want it?", "GH"),
        ("Question for the Togolese minister. Will you give it?", "TG"),
        ("And for Ghana: is it enough?", "GH"),
        ("One for Lomé. What does the opposition say?", "TG"),
        ("Ghana again, please. Do you plan to build?", "GH"),
        ("To the minister of Togo: why?", "TG"),
        ("A follow-up for the Togolese delegation. Would an escort do?", "TG"),
        ("Do you both accept, Ghana and Togo?", ""),
        ("To the Ghanaian side, and to the Togolese side: when?", ""),
        ("Would it be good for Togo?", None),
        ("You said to Ghana: no. Why?", None),
        ("Ghana, which wants it, has waited. Will you wait?", None),
        ("For Benin: will you join?", None),  # is not there
    ],
)
def test_a_question_is_put_to_a_side_in_so_many_words(question: str, code: str | None):
    assert addressee(question, BOTH) == code


PODIUM = (Side("KE", "ministers"), Side("GH", "ministers"), Side("CM", "delegation"), Side("EU", "commissioner"))


@pytest.mark.parametrize(
    ("label", "question", "code"),
    [
        ("Commissioner Ana Rey", "", "EU"),  # the only commissioner
        ("Minister Ida Berg", "Minister, what do Kenyan families want?", "KE"),
        ("Ambassador Ida Berg", "For Cameroon: when?", "CM"),  # of the delegation
        ("Minister Ida Berg", "What do Kenya and Ghana want?", None),
        ("Minister Ida Berg", "What does the Union want?", None),
        ("Ida Berg", "What do Kenyan families want?", None),  # without an office the question must be put to her
        ("Ida Berg", "For Kenya: what do families want?", "KE"),
    ],
)
def test_who_answers_under_a_new_name_is_told_by_office_and_question(label: str, question: str, code: str | None):
    assert answerer(label, question, PODIUM) == code


HEAD = "Joint press briefing by the foreign ministries of Ghana and Togo\nAccra, 3 July"
TEXT = (
    "QUESTION: To the Ghanaian side: the farmers were promised a canal. Do you want it?\n\n"
    "The canal has our full support. We ask our neighbours for their consent.\n\n"
    "QUESTION: Question for the Togolese minister. Will you give it?\n\n"
    "The canal has no place on our bank.\n\n"
    "QUESTION: And if it were shorter?\n\n"
    "A shorter canal would be welcome.\n\n"
    "QUESTION: Is Ghana in a hurry?\n\n"
    "A canal needs a hundred years.\n\n"
    "QUESTION: Thank you. For Ghana: do you both pay?\n\n"
    "The canal costs nothing."
)


def test_an_answer_without_a_name_is_that_of_the_side_asked(english_parser: EnglishParser):
    found = heard(TEXT, english_parser, HEAD)
    assert found["The canal has our full support."] == {"GH"}
    assert found["We ask our neighbours for their consent."] == {"GH"}
    assert found["The canal has no place on our bank."] == {"TG"}
    assert found["A shorter canal would be welcome."] == {"TG"}  # the question goes on with the same side
    assert found["A canal needs a hundred years."] == set()  # it names the other, and asks nobody
    assert found["The canal costs nothing."] == set()  # both are asked


def test_without_sides_in_the_head_such_answers_are_nobodys(english_parser: EnglishParser):
    found = heard(TEXT, english_parser, "Notes from a press briefing\nAccra, 3 July")
    assert found["The canal has our full support."] == set()
    assert found["The canal has no place on our bank."] == set()


def test_one_who_has_answered_for_a_side_is_known_from_then_on(english_parser: EnglishParser):
    text = (
        "Question: Minister, what do Kenyan farmers get?\n\n"
        "Minister Ida Berg: The canal has our full support.\n\n"
        "Question: And the Union?\n\n"
        "Commissioner Ana Rey: The canal has no place in this budget.\n\n"
        "Question: What of Benin?\n\n"
        "Minister Berg: The canal ends at the border."
    )
    head = "Press conference; on the podium: the ministers of Kenya and Ghana and the European Union's commissioner"
    found = heard(text, english_parser, head)
    assert found["Minister Ida Berg: The canal has our full support."] == {"KE"}
    assert found["Commissioner Ana Rey: The canal has no place in this budget."] == {"EU"}
    assert found["Minister Berg: The canal ends at the border."] == {"KE"}
