from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest

from digest.engines.parser import EnglishParser
from digest.model import Topic
from digest.positions import themes
from digest.positions.themes import Outline

GRAIN = (
    "Kenya welcomed the joint grain reserve.",
    "The grain reserve would open in spring, its minister said.",
    "Norway will fill its silos before that.",
    "Nobody knows yet who pays.",
)
GRAIN_AGAIN = (
    "Peru said no to the grain reserve.",
    "A grain reserve feeds the rich first, Lima said.",
    "The meeting ended at noon.",
)
SPEED = (
    "Chile backs the speed limit for cargo ships.",
    "The speed limit would spare whales.",
    "Its president thanked the press.",
)
SPEED_AGAIN = (
    "Malta rejected a speed limit.",
    "Such a speed limit ruins ports, Malta's minister said.",
    "He then left.",
)


def outlines(parser: EnglishParser, *documents: Sequence[str]) -> list[Outline]:
    return [themes.outline(parser.tag(texts)) for texts in documents]


def names(found: Sequence[Topic]) -> list[str]:
    return [topic.name for topic in found]


def test_a_phrase_that_several_documents_use_often_becomes_a_theme_found_by_machine(english_parser: EnglishParser):
    found = themes.find(outlines(english_parser, GRAIN, GRAIN_AGAIN, SPEED, SPEED_AGAIN))
    assert sorted(names(found)) == ["grain reserve", "speed limit"]
    assert all(topic.found for topic in found)
    assert {topic.id for topic in found} == {"grain-reserve", "speed-limit"}


def test_the_order_of_the_documents_changes_no_theme(english_parser: EnglishParser):
    made = outlines(english_parser, GRAIN, GRAIN_AGAIN, SPEED, SPEED_AGAIN)
    first = themes.find(made)
    assert all(themes.find(order) == first for order in permutations(made))


def test_what_one_document_alone_speaks_of_is_no_theme_where_there_are_several(english_parser: EnglishParser):
    lone = (*SPEED, *SPEED_AGAIN)
    assert names(themes.find(outlines(english_parser, GRAIN, GRAIN_AGAIN, lone))) == ["grain reserve"]


def test_a_single_document_has_themes_of_its_own(english_parser: EnglishParser):
    assert names(themes.find(outlines(english_parser, (*SPEED, *SPEED_AGAIN)))) == ["speed limit"]


def test_offices_words_of_any_report_and_states_are_no_theme(english_parser: EnglishParser):
    text = (
        "The minister of Peru met the press.",
        "The minister spoke of the question and of the meeting in Lima.",
        "The meeting ended, and the minister of Peru left the meeting with a question.",
    )
    assert themes.find(outlines(english_parser, text, text)) == ()


def test_no_more_than_four_themes_are_found(english_parser: EnglishParser):
    matters = ("grain reserve", "speed limit", "fish quota", "carbon tariff", "drone wall", "seabed mine")
    texts = [(f"Peru backs the {m}.", f"The {m} is dear.", f"Chile wants a {m}.") for m in matters for _ in (1, 2)]
    assert len(themes.find(outlines(english_parser, *texts))) == themes.MOST


def test_a_noun_that_stands_beside_a_theme_is_no_second_one(english_parser: EnglishParser):
    first = (
        "The patrols protect cables.",
        "Patrols along the cables cost money.",
        "Oslo backs patrols near the cables.",
    )
    assert len(themes.find(outlines(english_parser, first, first))) == 1


def test_a_noun_of_a_theme_without_a_longer_phrase_names_it(english_parser: EnglishParser):
    text = ("Peru wants a moratorium.", "A moratorium is premature, Chile said.", "Oslo backs the moratorium.")
    assert names(themes.find(outlines(english_parser, text, text))) == ["moratorium"]


def test_the_words_of_a_theme_begin_with_its_noun_and_hold_its_companions(english_parser: EnglishParser):
    text = (
        "A speed limit protects the whales.",
        "The speed limit costs the ferries time.",
        "Many whales need the speed limit.",
        "Malta rejected the speed limit.",
    )
    found = themes.find(outlines(english_parser, text, text))
    assert found[0].words[0] == "limit"
    assert "whale" in found[0].words


def test_a_theme_of_an_earlier_issue_keeps_its_name_while_the_documents_speak_of_it(english_parser: EnglishParser):
    made = outlines(english_parser, GRAIN, GRAIN_AGAIN, SPEED, SPEED_AGAIN)
    kept = Topic("stores", "stores of grain", ("reserve",), found=True)
    found = themes.find(made, (kept, Topic("dams", "dams on the river", ("dam",), found=True)))
    assert found[0] == kept
    assert names(found) == ["stores of grain", "speed limit"]


def test_a_weak_theme_beside_a_strong_one_is_left_out(english_parser: EnglishParser):
    strong = outlines(english_parser, *[GRAIN, GRAIN_AGAIN] * 12)
    weak = outlines(english_parser, SPEED, SPEED_AGAIN)
    assert names(themes.find([*strong, *weak])) == ["grain reserve"]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("A ban on raw bauxite is needed.", ["ban", "ban on raw bauxite", "raw bauxite"]),
        ("Peru supports deep-sea mining.", ["deep-sea mining"]),
        ("The LNG terminal was praised by Anna Meyer.", ["LNG terminal"]),
        ("PERU SLAMS GRAIN PLAN FOR PORTS AGAIN", None),
        ("It was said that they agreed.", []),
    ],
)
def test_noun_phrases_stand_in_small_letters_without_names(
    text: str, phrases: list[str] | None, english_parser: EnglishParser
):
    found = list(themes.outline(english_parser.tag([text]))[0])
    if phrases is None:
        assert all(phrase == phrase.lower() for phrase in found)
    else:
        assert found == phrases


def test_documents_without_sentences_give_no_theme():
    assert themes.find([]) == ()
    assert themes.find([(), ()]) == ()
