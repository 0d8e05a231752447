from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.engines import precision


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(precision, "_place", lambda: tmp_path / "cache" / "precision.json")
    return tmp_path / "cache" / "precision.json"


def test_the_fastest_numbers_are_measured_once_and_remembered(place: Path, monkeypatch: pytest.MonkeyPatch):
    chosen = precision.choice()
    assert chosen in precision.CHOICES
    assert list(json.loads(place.read_text()).values()) == [chosen]
    monkeypatch.setattr(precision, "measure", lambda: pytest.fail("it was measured again"))
    assert precision.choice() == chosen


@pytest.mark.parametrize("content", ["", "[1]", "{", '{"another machine": "bf16"}'])
def test_a_file_that_says_nothing_of_this_machine_is_measured_anew(
    place: Path, monkeypatch: pytest.MonkeyPatch, content: str
):
    place.parent.mkdir()
    place.write_text(content)
    monkeypatch.setattr(precision, "measure", lambda: "fp32")
    assert precision.choice() == "fp32"
    assert "fp32" in json.loads(place.read_text()).values()


def test_numbers_that_there_are_not_are_not_believed(place: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(precision, "measure", lambda: "int8")
    place.parent.mkdir()
    place.write_text(json.dumps({precision._machine(): "fp4"}))
    assert precision.choice() == "int8"


@pytest.mark.parametrize(
    ("times", "chosen"),
    [
        ({"fp32": 1.0, "bf16": 8.0, "int8": 0.5}, "int8"),
        ({"fp32": 1.0, "bf16": 0.4, "int8": 0.5}, "bf16"),
        ({"fp32": 1.0, "bf16": 0.9, "int8": 0.85}, "fp32"),
    ],
)
def test_other_numbers_are_chosen_only_where_they_are_much_faster(
    times: dict[str, float], chosen: str, monkeypatch: pytest.MonkeyPatch
):
    clock = iter(times[name] for name in precision.CHOICES)
    monkeypatch.setattr(precision, "prepared", lambda model, name: name)
    monkeypatch.setattr(precision, "_sample", lambda: None)
    monkeypatch.setattr(precision, "_times", lambda run: next(clock))
    assert precision.measure() == chosen


def test_a_folder_that_cannot_be_written_costs_only_the_memory(place: Path, monkeypatch: pytest.MonkeyPatch):
    place.parent.write_text("a file")
    monkeypatch.setattr(precision, "measure", lambda: "int8")
    assert precision.choice() == "int8"
