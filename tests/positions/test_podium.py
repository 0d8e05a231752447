from __future__ import annotations

import pytest
from test_hearing import heard

from digest.engines.parser import EnglishParser
from digest.paragraphs import paragraphs
from digest.positions.floor import labels_of
from digest.positions.names import DocumentNames
from digest.positions.podium import at_podium


def announced(heading: str) -> dict[str, tuple[str, ...]]:
    return {person.name: person.codes for person in at_podium(heading, DocumentNames.of(heading))}


@pytest.mark.parametrize(
    ("heading", "persons"),
    [
        (
            "Transcript of the noon briefing\nOttawa, on the record; deputy spokesperson Dana Kerr",
            {"Dana Kerr": ("CA",)},
        ),
        ("Press conference, Canberra\nSpokesman: Ian Marsh", {"Ian Marsh": ("AU",)}),
        (
            "Joint press briefing, Abuja\nNigerian foreign ministry spokesperson Bola Adeyemi and Beninese government "
            "spokesman Luc Houngbo",
            {"Bola Adeyemi": ("NG",), "Luc Houngbo": ("BJ",)},
        ),
        (
            "Midday briefing of the African Union, 3 May; spokespersons: Dana Kerr (trade) and Luc Houngbo (peace)",
            {"Dana Kerr": ("ORG:African Union",), "Luc Houngbo": ("ORG:African Union",)},
        ),
        (
            "Press conference, abridged. On the podium: State Secretary Ida Berg (Norway); Ambassador Ian Marsh "
            "(Canada); Ana Rey, spokesperson for the European Commission. It rained.",
            {"Ida Berg": ("NO",), "Ian Marsh": ("CA",), "Ana Rey": ("EU",)},
        ),
        (
            "Press conference\nSpeakers:\nIda Berg, Minister of Fisheries, Norway\nAna Rey, Director, European Union",
            {"Ida Berg": ("NO",), "Ana Rey": ("EU",)},
        ),
        (
            "Transcript\nParticipants: Ida Berg, Under-Secretary-General for Trade; Ian Marsh, Minister of Canada",
            {"Ida Berg": ("UN",), "Ian Marsh": ("CA",)},
        ),
        ("Press conference\nSpeakers: Ida Berg, spokesperson of the Green Party of Norway", {}),
        ("Press conference\nSpeakers: Ida Berg, former minister of Norway; Ana Rey, author", {}),
        ("Dinner\nSpeakers: Ida Berg, Minister of Fisheries, Norway", {}),  # no briefing
        ("Briefing\nOn the podium: Ida Berg (trade) and Ian Marsh (Canada)", {"Ian Marsh": ("CA",)}),
        ("Briefing of Norway and Canada; spokespersons: Dana Kerr (trade) and Luc Houngbo (peace)", {}),  # whose?
        ("Briefing\nBrussels, on the record; spokesperson Dana Kerr", {}),  # whose, the Union's or Belgium's?
        ("Briefing\nOttawa and Lima, on the record; spokesperson Dana Kerr", {}),
        ("Ottawa: spokesperson Dana Kerr", {}),
        ("At a briefing in Ottawa spokesperson Dana Kerr was silent.", {}),
        ("Transcript, Ottawa\nDana Kerr, author", {}),
    ],
)
def test_the_head_of_a_briefing_announces_who_answers(heading: str, persons: dict[str, tuple[str, ...]]):
    assert announced(heading) == persons


PLAIN = (
    "MODERATOR: Good afternoon, and welcome.\n\nQ: Is the bridge toll dead?\n\n"
    "MS KERR: The toll stays in force. We have no plans to lift it.\n\nQ: Mexico says that it will sue.\n\n"
    "MS KERR: A toll was never more useful. Mexico opposes it; that is well known.\n\nMODERATOR: Last question."
)


def test_who_is_announced_with_the_capital_of_the_briefing_speaks_for_its_state(english_parser: EnglishParser):
    found = heard(PLAIN, english_parser, "Noon briefing\nOttawa, on the record; deputy spokesperson Dana Kerr")
    assert found["MS KERR: The toll stays in force."] == {"CA"}
    assert found["We have no plans to lift it."] == {"CA"}
    assert found["MS KERR: A toll was never more useful."] == {"CA"}
    assert found["Mexico opposes it; that is well known."] == set()
    assert found["Q: Mexico says that it will sue."] == set()


def test_without_a_briefing_in_the_head_the_same_names_are_nobodys(english_parser: EnglishParser):
    found = heard(PLAIN, english_parser, "Ottawa, a novel by Dana Kerr")
    assert not any("CA" in codes for codes in found.values())


APART = (
    "QUESTION:\n\nDoes the government back the ban?\n\nMR. MARSH:\n\nThe ban has our full support. It is late.\n\n"
    "QUESTION:\n\nNew Zealand wants more time.\n\nMR. MARSH:\n\nThe reef has no more time. It dies while we talk."
)


def test_a_name_in_a_paragraph_of_its_own_gives_the_word_in_the_next(english_parser: EnglishParser):
    found = heard(APART, english_parser, "Press conference\nCanberra, on the record\nSpokesman: Ian Marsh")
    assert found["The ban has our full support."] == {"AU"}
    assert found["The reef has no more time."] == {"AU"}
    assert found["New Zealand wants more time."] == set()


def test_headings_in_capitals_give_nobody_the_word():
    text = "SUMMARY\n\nIt rained.\n\nFINDINGS\n\nIt rained more.\n\nQUESTIONS\n\nNone."
    assert labels_of(text, paragraphs(text)) == {}


TWO = (
    "MODERATOR: Welcome to both of you.\n\nQ: Is there a deal on the dam?\n\n"
    "ADEYEMI: The dam cannot be built as planned.\n\nHOUNGBO: The dam is a necessity. Togo wants it as well.\n\n"
    "Q: Will it come?\n\nADEYEMI: It would drown forty villages.\n\nHOUNGBO: The price is fair."
)


def test_two_at_one_podium_speak_each_for_the_own_state(english_parser: EnglishParser):
    heading = (
        "Joint press briefing, Abuja\n"
        "Nigerian foreign ministry spokesperson Bola Adeyemi and Beninese government spokesman Luc Houngbo"
    )
    found = heard(TWO, english_parser, heading)
    assert found["ADEYEMI: The dam cannot be built as planned."] == {"NG"}
    assert found["HOUNGBO: The dam is a necessity."] == {"BJ"}
    assert found["Togo wants it as well."] == set()
    assert found["HOUNGBO: The price is fair."] == {"BJ"}


LETTERS = (
    "Q. Will you sign the convention on seabirds?\n\nA. The convention has to be changed first.\n\n"
    "Q. Armenia signed it on Monday.\n\nA. The text is a step back for us."
)


def test_letters_with_a_full_stop_stand_for_question_and_answer(english_parser: EnglishParser):
    found = heard(LETTERS, english_parser, "Ministry of Foreign Affairs of Malta\nBriefing")
    assert found["The convention has to be changed first."] == {"MT"}
    assert not any("AM" in codes or (text.startswith("Q.") and codes) for text, codes in found.items())


def test_letters_of_a_list_are_no_answers():
    text = "A. The first point.\n\nB. The second point.\n\nQ. The last point."
    assert labels_of(text, paragraphs(text)) == {}


SEVERAL = (
    "Question (Radio of the North): Is the port fee dead?\n\nState Secretary: The fee stays as it is.\n\n"
    "Question (The Morning Mail): And you, Ambassador?\n\nAmbassador Marsh: The fee was never more useful.\n\n"
    "Question (The Morning Mail): Will Peru pay?\n\nMinister: The fee can wait."
)
ANNOUNCED = "Press conference. On the podium: State Secretary Ida Berg (Norway); Ambassador Ian Marsh (Canada)"


def test_an_office_alone_or_before_a_name_with_a_colon_is_that_of_one_who_is_announced(english_parser: EnglishParser):
    found = heard(SEVERAL, english_parser, ANNOUNCED)
    assert found["State Secretary: The fee stays as it is."] == {"NO"}
    assert found["Ambassador Marsh: The fee was never more useful."] == {"CA"}
    assert found["Minister: The fee can wait."] == set()  # no minister is on the podium


def test_an_office_that_two_have_gives_nobody_the_word(english_parser: EnglishParser):
    heading = ANNOUNCED.replace("Ambassador Ian Marsh", "State Secretary Ian Marsh")
    assert heard(SEVERAL, english_parser, heading)["State Secretary: The fee stays as it is."] == set()


ANSWERED = "Q: Is the bridge toll dead?\n\nA: The toll stays.\n\nQ: Mexico will sue.\n\nA: A toll is never useful."


def test_the_only_one_whom_the_head_announces_is_who_answers(english_parser: EnglishParser):
    announced = "Noon briefing\nOttawa, on the record; deputy spokesperson Dana Kerr"
    assert heard(ANSWERED, english_parser, announced)["A: A toll is never useful."] == {"CA"}
    unnamed = heard(ANSWERED, english_parser, "Noon briefing\nOttawa, on the record")
    assert unnamed["A: A toll is never useful."] == set()
