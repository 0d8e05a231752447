"""One module per engine behind two Protocols, and a table from name to class that imports only what is asked for."""

from __future__ import annotations

import importlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from digest.engines import signatures
from digest.errors import EngineError
from digest.model import EngineSignature


class Translator(Protocol):
    """Translates sentences of one language into English."""

    signature: EngineSignature

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """One English text for each sentence, in the same order."""


class Embedder(Protocol):
    """Turns texts into vectors that lie near each other where the texts mean the same."""

    signature: EngineSignature

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of unit length per text; shape (len(texts), dimension)."""


_TRANSLATORS = {"firefox": "digest.engines.firefox:FirefoxTranslator"}
_EMBEDDERS = {"minilm": "digest.engines.minilm:MiniLM"}


def translator_names() -> tuple[str, ...]:
    """The names that `[translation] engines` may hold."""
    return tuple(_TRANSLATORS)


def load_translator(name: str, language: str, model: str, folder: Path | None) -> Translator:
    """The engine `name` with the model for `language`. Raises EngineError where the model is not on this machine."""
    loaded: Translator = _class(_TRANSLATORS, name).load(language, model, folder)
    return loaded


def has_translator(name: str, language: str, model: str, folder: Path | None) -> bool:
    """Whether the engine has the model for `language` here, without loading it and without a network."""
    return bool(_class(_TRANSLATORS, name).available(language, model, folder))


def load_embedder(name: str = "minilm") -> Embedder:
    """The embedding engine. Raises EngineError where its weights are missing."""
    # Before torch is imported: threads that spin while they wait make it 2 to 10 times slower on a busy laptop.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    loaded: Embedder = _class(_EMBEDDERS, name).load()
    return loaded


def translator_signature(name: str, model: str, licence: str) -> EngineSignature:
    """What the translations of an engine and model are filed under; nothing heavy is imported."""
    if name not in _TRANSLATORS:
        raise EngineError(f"There is no engine '{name}'; known are: {', '.join(_TRANSLATORS)}.")
    signature: EngineSignature = getattr(signatures, name)(model, licence)
    return signature


def _class(table: dict[str, str], name: str) -> Any:
    if name not in table:
        raise EngineError(f"There is no engine '{name}'; known are: {', '.join(table)}.")
    module, _, attribute = table[name].partition(":")
    return getattr(importlib.import_module(module), attribute)
