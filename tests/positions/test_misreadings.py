"""Positions that a hasty reader gives to the wrong state: whom the last sentence of a text speaks for by the rules
(`expect`), and who is not even put before the classifier (`never`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from digest.engines.parser import EnglishParser
from digest.model import Dating, Sentence, Topic
from digest.paragraphs import paragraphs
from digest.positions import Setting, propose_all
from digest.positions.deciding import Matter, is_open
from digest.positions.floor import labels_of
from digest.sentences import split

TOPIC = Topic("toll", "a toll on ships")
FOLDER = Path(__file__).parent.parent / "cases"
CASES = [
    case
    for name in ("misreadings", "bodies")
    for case in json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][-70:] for case in CASES])
def test_a_position_is_given_to_those_who_hold_it_alone(case: dict[str, Any], english_parser: EnglishParser):
    text = case["text"]
    parts = paragraphs(text)
    questions = frozenset(number for number, (_, end) in enumerate(parts) if text[:end].endswith("?"))
    sentences = [Sentence("d", s.start, s.end, text[s.start : s.end], "en", s.paragraph) for s in split(text)]
    docs = english_parser.parse([sentence.text for sentence in sentences])
    setting = Setting(Dating(None, "test"), case.get("heading", ""), questions, labels=labels_of(text, parts))
    *_, (one, found) = propose_all(sentences, docs, setting)
    candidates = [each for each in found if is_open(Matter(one, each, TOPIC, 1.0, 0, ""))]
    assert sorted(each.holder.code for each in candidates if each.found or each.heard) == sorted(case["expect"])
    assert not {each.holder.code for each in candidates} & set(case.get("never", ()))
