from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from digest.guards import guard
from digest.guards.numbers import numbers

CASES = json.loads((Path(__file__).parent.parent / "cases" / "translations.json").read_text(encoding="utf-8"))


def marked(case: dict[str, Any]) -> Any:
    known = case.get("known_failure")
    return pytest.param(case, id=case["name"], marks=[pytest.mark.xfail(strict=True, reason=known)] if known else [])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_the_guards_name_each_fault_and_are_silent_on_good_translations(case: dict[str, Any]):
    assert list(guard(case["source"], case["english"], case["language"])) == case["doubts"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12.000, 12,000 e 12 000", {"12000"}),
        ("2,5 ou 2.5", {"25"}),
        ("às 08h05", {"8", "5"}),
        ("de 2024 a 2026, 300 navios", {"2024", "2026", "300"}),
        ("nenhum", set()),
        ("0 e 00", set()),
    ],
)
def test_numbers_are_the_same_however_they_are_written(text: str, found: set[str]):
    assert numbers(text) == found
