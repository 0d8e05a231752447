from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest
import toy

from digest import engines
from digest.engines import ct2

needed = pytest.mark.skipif(not importlib.util.find_spec("ctranslate2"), reason="the extra ct2 is not installed")


@pytest.fixture
def models(tmp_path: Path, toy_model: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(ct2, "_cache", lambda: tmp_path / "cache")
    shutil.copytree(toy_model, tmp_path / "opus-mt-de-en")
    return tmp_path


@needed
def test_fetched_weights_are_converted_once_and_translate_in_order(models: Path):
    sentences = toy.sentences(8, 60)
    engine = engines.load_translator("ct2", "opus-mt-de-en", models)
    right = [toy.english(sentence) for sentence in sentences]
    for careful in (False, True):  # eight bits blur a model as small as this one, so words are counted
        made = engine.translate(sentences, careful=careful)
        words = [
            pair
            for one, other in zip(made, right, strict=True)
            for pair in zip(one.split(), other.split(), strict=False)
        ]
        assert sum(one == other for one, other in words) >= 0.85 * sum(len(one.split()) for one in right)
    (converted,) = (models / "cache").iterdir()
    before = (converted / "model.bin").stat().st_mtime_ns
    engines.load_translator("ct2", "opus-mt-de-en", models)
    assert (converted / "model.bin").stat().st_mtime_ns == before
    assert engine.translate([]) == []


@needed
def test_its_results_are_filed_apart_from_those_of_the_same_weights_in_another_engine(models: Path):
    mine = engines.translator_signature("ct2", "opus-mt-de-en", models)
    other = engines.translator_signature("marian", "opus-mt-de-en", models)
    assert (mine.name, mine.model, mine.licence) == ("ct2", "opus-mt-de-en", "Apache-2.0")
    assert mine.key() != other.key()


@needed
def test_weights_that_cannot_be_converted_are_an_error_and_leave_nothing_behind(models: Path):
    (models / "opus-mt-de-en" / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(engines.EngineError, match="cannot be converted"):
        engines.load_translator("ct2", "opus-mt-de-en", models)
    assert not (models / "cache").exists() or not list((models / "cache").iterdir())


def test_without_the_package_the_engine_has_no_model(models: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert not engines.has_translator("ct2", "opus-mt-de-en", models)
