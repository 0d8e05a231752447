"""By the rules alone: what the last sentence of a text says, and of whom. Each rule has a case that fails without it.

Which rules have none is told by `python -m benchmarks.mutations`. The cases of labelled_sentences.json are sentences of
the labelled corpus in `training/`, with its labels.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from stages import positions_of

from digest.engines.parser import EnglishParser
from digest.model import Spokesperson, Topic

FOLDER = Path(__file__).parent.parent / "cases"
RULES = json.loads((FOLDER / "rules.json").read_text(encoding="utf-8"))
LABELLED = json.loads((FOLDER / "labelled_sentences.json").read_text(encoding="utf-8"))
PATTERNS = json.loads((FOLDER / "stance_patterns.json").read_text(encoding="utf-8"))


def check(case: dict[str, Any], parser: EnglishParser) -> None:
    topic = Topic("topic", case.get("topic", "A fishing quota"))
    questions = frozenset(case.get("questions", ()))
    sentences, positions = positions_of(
        case["text"], parser, (topic,), heading=case.get("heading", ""), questions=questions
    )
    last = [position for position in positions if position.sentence is sentences[-1]]
    assert [[one.holder, one.actor.name if one.actor else None] for one in last] == case["expect"]
    roles = [one.actor.role if one.actor else None for one in last]
    assert roles == case.get("roles", roles)
    assert case.get("how") in (None, *(one.resolved_by for one in last))
    stances = {one.holder: one.stance.label.value for one in last if one.stance}
    assert stances | case.get("stance", {}) == stances


@pytest.mark.parametrize("case", RULES, ids=[case["it"] for case in RULES])
def test_each_rule_decides_its_case(case: dict[str, Any], english_parser: EnglishParser):
    check(case, english_parser)


@pytest.mark.parametrize("case", LABELLED, ids=[case["text"][-60:] for case in LABELLED])
def test_sentences_of_the_labelled_corpus_are_read_as_labelled(case: dict[str, Any], english_parser: EnglishParser):
    check(case, english_parser)


@pytest.mark.parametrize("case", PATTERNS, ids=[case["text"] for case in PATTERNS])
def test_each_pattern_shows_its_stance(case: dict[str, Any], english_parser: EnglishParser):
    check(case | {"expect": [["GH", None]], "stance": {"GH": case["stance"]}}, english_parser)


OWUSU = (Spokesperson("Ama Owusu", "GH", "fisheries minister"),)


@pytest.mark.parametrize(
    ("text", "holders"),
    [
        ("Ama Owusu rejected the quota.", ["GH"]),
        ("Owusu rejected the quota.", []),
        ("Togo's minister Ama Owusu rejected the quota.", ["TG"]),
        ("Ama Owusu, an analyst, rejected the quota.", []),
    ],
)
def test_an_actor_of_the_settings_counts_where_the_text_names_and_does_not_place_him(
    text: str, holders: list[str], english_parser: EnglishParser
):
    _, positions = positions_of(text, english_parser, actors=OWUSU)
    assert [position.holder for position in positions] == holders
