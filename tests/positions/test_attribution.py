"""Who said or holds what: each rule has a case that fails without it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from stages import positions_of

from digest.engines.parser import EnglishParser

CASES = json.loads((Path(__file__).parent.parent / "cases" / "attribution.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["it"] for case in CASES])
def test_a_position_is_ascribed_to_who_holds_it_and_to_nobody_else(case: dict[str, Any], english_parser: EnglishParser):
    sentences, positions = positions_of(case["text"], english_parser)
    wanted = sentences[case.get("at", 0)]
    found = [(p.holder, p.actor.name if p.actor else None) for p in positions if p.sentence is wanted]
    assert found == [tuple(pair) for pair in case["expect"]]


def test_a_bare_office_in_a_communique_is_its_issuers(english_parser: EnglishParser):
    text = "The Government regrets that Togo has declined the quota."
    heading = "Ministry of Fisheries of Ghana, press release"
    _, positions = positions_of(text, english_parser, heading=heading)
    assert [position.holder for position in positions] == ["GH"]


def test_a_report_that_speaks_of_governments_is_issued_by_none(english_parser: EnglishParser):
    heading = (
        "Togo says no to a quota\nThe Coast Courier\nGhana asked on Tuesday for a quota that no government could undo."
    )
    text = f"{heading.splitlines()[-1]}\n\nFisheries Minister Kofi Adu supports the quota."
    _, positions = positions_of(text, english_parser, heading=heading)
    assert {position.holder for position in positions} == {"GH"}


def test_we_outside_quotation_marks_means_the_issuer_of_a_communique(english_parser: EnglishParser):
    _, positions = positions_of("We reject the quota.", english_parser, heading="Embassy of Ghana, press release")
    assert [position.holder for position in positions] == ["GH"]


def test_we_in_a_report_of_no_issuer_is_nobodys(english_parser: EnglishParser):
    _, positions = positions_of("We reject the quota.", english_parser, heading="The Coast Courier")
    assert positions == []


INTERVIEW = """Ghanaian Fisheries Minister Ama Owusu received us in Accra.

Why a quota?

We support it because the sea is empty.

And Togo?

Togo rejects everything.

Will you sign?

We will sign in May."""


def test_in_an_interview_we_is_the_one_who_answers_and_what_is_said_of_others_is_not_theirs(
    english_parser: EnglishParser,
):
    sentences, positions = positions_of(INTERVIEW, english_parser, questions=frozenset((1, 3, 5)))
    answers = [(p.holder, p.actor.name if p.actor else None) for p in positions if p.sentence in sentences[1:]]
    assert answers == [("GH", "Ama Owusu"), ("GH", "Ama Owusu")]


def test_the_way_to_the_holder_is_told_in_words(english_parser: EnglishParser):
    _, positions = positions_of("The Kremlin dismissed the quota.", english_parser)
    assert positions[0].resolved_by == "seat of government “Kremlin”"
