from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from digest.engines.parser import EnglishParser
from digest.positions.attribution import attributions

CASES = json.loads((Path(__file__).parent.parent / "cases" / "attributions.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def parser() -> EnglishParser:
    return EnglishParser()


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Analysts expect rates to fall.", "Analysts", "expect", "rates to fall"),
        ("The company denied the report.", "The company", "denied", "the report"),
        ("Rates will fall, economists believe.", "economists", "believe", "Rates will fall"),
        ("The mill is sound, according to its owner.", "its owner", "according", "The mill is sound"),
        ('"It is late," laughed the cook.', "the cook", "laughed", "It is late"),
        ("In the view of Ane Lie, the law is dead.", "Ane Lie", "view", "the law is dead"),
        ("The bank's warning that prices would rise was ignored.", "The bank", "warning", "that prices would rise"),
        ("He was described by colleagues as stubborn.", "colleagues", "described", "He"),
    ],
)
def test_who_said_what_is_found(text: str, source: str, cue: str, content: str, parser: EnglishParser):
    (found,) = attributions(text, parser)
    assert (found.source, found.cue, found.content) == (source, cue, content)


def test_reported_speech_within_reported_speech_is_a_claim_of_the_outer_one(parser: EnglishParser):
    outer, inner = attributions("The minister said that Hungary opposes the plan.", parser)
    assert (outer.source, outer.claimed_by) == ("The minister", "")
    assert (inner.source, inner.cue, inner.claimed_by) == ("Hungary", "opposes", "The minister")


def test_a_quotation_that_goes_on_keeps_its_speaker(parser: EnglishParser):
    first, second = attributions('"We will not sign," said Ane Lie. "It is too early."', parser)
    assert (second.source, second.content) == ("Ane Lie", "It is too early")
    assert second.spans[0] == first.spans[0]


def test_the_spans_are_places_in_the_text(parser: EnglishParser):
    text = "Nothing happened.\n\nLater the cook, an old man, said that the soup was cold."
    (found,) = attributions(text, parser)
    for (start, end), words in zip(found.spans, (found.source, found.cue, found.content), strict=True):
        assert text[start:end] == words


@pytest.mark.parametrize("text", ["Rain fell all day.", "Nobody said a word.", "The cook did not reply.", ""])
def test_where_nobody_says_anything_nothing_is_found(text: str, parser: EnglishParser):
    assert attributions(text, parser) == []


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_each_way_to_attribute_and_not_to_has_its_sentence(case: dict[str, Any], parser: EnglishParser):
    found = attributions(case["text"], parser)
    assert [[one.source, one.cue, one.content, one.claimed_by] for one in found] == case["expect"]


def test_without_a_parser_the_programs_own_is_loaded():
    assert [one.source for one in attributions("The cook said that the soup was cold.")] == ["The cook"]
