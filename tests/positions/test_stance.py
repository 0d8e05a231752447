"""What a statement says of its topic, only where the words leave no doubt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from stages import positions_of

from digest.engines.parser import EnglishParser
from digest.model import StanceLabel, Topic

CASES = json.loads((Path(__file__).parent.parent / "cases" / "stance.json").read_text(encoding="utf-8"))
QUOTA = (Topic("quota", "A fishing quota"),)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_clear_cue_shows_a_stance_and_an_unclear_one_shows_none(case: dict[str, Any], english_parser: EnglishParser):
    _, positions = positions_of(case["text"], english_parser, QUOTA)
    labels = {position.stance.label for position in positions if position.stance}
    assert labels == {StanceLabel(case["stance"] or "other")}


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Ghana will accept the quota only if Togo does.", "only if"),
        ("Ghana is neither in favour of the quota nor against it.", "neither in favour of the quota nor against"),
        ("Ghana is not against the quota, but not for it.", "not against the quota, but not for"),
        ("Ghana is not for the quota and not against it.", "not for the quota and not against"),
    ],
)
def test_the_words_that_decided_are_kept_and_stand_in_the_sentence(text: str, cue: str, english_parser: EnglishParser):
    _, positions = positions_of(text, english_parser, QUOTA)
    assert positions[0].stance is not None
    assert positions[0].stance.cue == cue


def test_two_states_of_one_sentence_each_have_their_own_stance(english_parser: EnglishParser):
    _, positions = positions_of("Ghana supports the quota; Togo rejected the quota.", english_parser, QUOTA)
    assert [(p.holder, p.stance.label.value if p.stance else None) for p in positions] == [
        ("GH", "supports"),
        ("TG", "opposes"),
    ]


def test_without_a_topic_there_is_no_stance(english_parser: EnglishParser):
    _, positions = positions_of("Ghana rejected the quota.", english_parser)
    assert positions[0].topic is None
    assert positions[0].stance is None
