"""Constructions in which one clause stands for another, or a verb for its contrary, by the rules alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from stages import positions_of

from digest.engines.parser import EnglishParser
from digest.model import Topic

CASES = json.loads((Path(__file__).parent.parent / "cases" / "constructions.json").read_text(encoding="utf-8"))
QUOTA = (Topic("quota", "A fishing quota"),)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_whoever_is_named_in_a_construction_holds_what_it_says_of_them(
    case: dict[str, Any], english_parser: EnglishParser
):
    _, positions = positions_of(case["text"], english_parser, QUOTA)
    found: dict[str, set[str]] = {}
    for position in positions:
        found.setdefault(position.holder, set()).add(position.stance.label.value if position.stance else "other")
    assert {holder: "/".join(sorted(labels)) for holder, labels in found.items()} == case["holds"]
