"""What was held before is kept apart from what is held today."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from stages import positions_of

from digest.engines.parser import EnglishParser
from digest.model import PartialDate, PastStance, StanceLabel, Topic
from digest.positions import codec

CASES = json.loads((Path(__file__).parent.parent / "cases" / "past.json").read_text(encoding="utf-8"))
QUOTA = (Topic("quota", "A fishing quota"),)
PUBLISHED = date(2026, 3, 12)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_the_past_is_kept_apart_from_the_present(case: dict[str, Any], english_parser: EnglishParser):
    _, found = positions_of(case["text"], english_parser, QUOTA, published=PUBLISHED)
    position = next(one for one in found if one.holder == "GH")
    assert (position.past.label.value if position.past else None) == case["past"]
    if case["now"] is not None:
        assert position.stance is not None
        assert position.stance.label.value == case["now"]
    if "day" in case:
        assert position.past is not None
        assert str(position.past.day) == case["day"]


def test_a_past_stance_alone_counts_for_nothing(english_parser: EnglishParser):
    _, found = positions_of("Ghana had long opposed the quota.", english_parser, QUOTA, published=PUBLISHED)
    assert found[0].firm is StanceLabel.OTHER


def test_the_store_keeps_the_past(english_parser: EnglishParser):
    sentences, found = positions_of("Ghana used to oppose the quota.", english_parser, QUOTA)
    by_start = {sentence.start: sentence for sentence in sentences}
    dated = replace(found[0], past=PastStance(StanceLabel.OPPOSES, "used to", PartialDate(2024, 3)))
    assert codec.decode(json.loads(json.dumps(codec.encode(dated))), by_start) == dated
    assert codec.decode(codec.encode(found[0]), by_start) == found[0]
