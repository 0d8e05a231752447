"""One module per engine behind two Protocols, and a table from name to class that imports only what is asked for."""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from digest.errors import EngineError
from digest.model import EngineSignature


class Translator(Protocol):
    """Translates sentences of one language into English."""

    signature: EngineSignature

    def translate(self, sentences: Sequence[str], careful: bool = False) -> list[str]:
        """One English text for each sentence, in the same order. `careful`: slower and better, where the engine can."""


class Embedder(Protocol):
    """Turns texts into vectors that lie near each other where the texts mean the same."""

    signature: EngineSignature

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of unit length per text; shape (len(texts), dimension)."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question to a judge of positions: two texts, the second with marks in it, and answers of the rules.

    `needed`: how probable a position must be to count for the one who asks. Where it is plainly less, the judge may
    answer sooner, with no more than how probable any position is; never at 0, where exact answers are wanted.
    """

    before: str
    text: str
    features: tuple[float, ...]
    needed: float = 0.0


class Judge(Protocol):
    """Says what a sentence is for a holder: no position, or which one."""

    signature: EngineSignature

    def probabilities(self, cases: Sequence[Case]) -> NDArray[np.float32]:
        """Shape (len(cases), 6), rows that sum to 1: none, supports, opposes, conditional, undecided, other."""


Pieces = Callable[[int, NDArray[np.float32]], Sequence[tuple[int, int]]]
"""Given the number of a case and its probabilities: stretches [start, end) of the characters of its text, or none."""


@runtime_checkable
class Weigher(Judge, Protocol):
    """A judge that can tell about how much hangs on some words, for less than being asked again without them."""

    def weighed(
        self, cases: Sequence[Case], pieces: Pieces
    ) -> tuple[NDArray[np.float32], dict[int, NDArray[np.float32]]]:
        """The probabilities as of `probabilities`, and for each case of which `pieces` names some, about what its
        probabilities would be without each piece; shape (pieces, 6). Of a case that was answered sooner (`Case.needed`)
        nothing is weighed."""


def weighed(
    judge: Judge, cases: Sequence[Case], pieces: Pieces
) -> tuple[NDArray[np.float32], dict[int, NDArray[np.float32]]]:
    """As `Weigher.weighed`; a judge that is none is asked again without each piece."""
    if isinstance(judge, Weigher):
        return judge.weighed(cases, pieces)
    rows = judge.probabilities(cases)
    named = {number: found for number, row in enumerate(rows) if (found := pieces(number, row))}
    return rows, {
        number: judge.probabilities([without(cases[number], piece) for piece in found])
        for number, found in named.items()
    }


def without(case: Case, piece: tuple[int, int]) -> Case:
    """The case with a stretch of its text left out, to be answered exactly: what is lost without it counts."""
    start, end = piece
    return replace(case, text=case.text[:start] + case.text[end:], needed=0.0)


_TRANSLATORS = {
    "firefox": "digest.engines.firefox:FirefoxTranslator",
    "ct2": "digest.engines.ct2:Ct2Translator",
    "marian": "digest.engines.marian:MarianTranslator",
}
_EMBEDDERS = {"minilm": "digest.engines.minilm:MiniLM"}
_JUDGES = {"positions": "digest.engines.judge:PositionJudge"}


def translator_names() -> tuple[str, ...]:
    """The names that `[translation] engines` may hold."""
    return tuple(_TRANSLATORS)


def is_installed(name: str) -> bool:
    """Whether the package that an engine needs is there: all are but that of the extra `ct2`."""
    return name != "ct2" or importlib.util.find_spec("ctranslate2") is not None


def load_translator(name: str, model: str, folder: Path | None) -> Translator:
    """The engine `name` with a model. Raises EngineError where the model is not on this machine or is broken."""
    _wait_passively()
    engine = _class(_TRANSLATORS, name)
    loaded: Translator = engine.load(model, _place(engine, model, folder))
    return loaded


def has_translator(name: str, model: str, folder: Path | None) -> bool:
    """Whether the engine has the model here, without loading it and without a network."""
    return _class(_TRANSLATORS, name).locate(model, folder) is not None


def place_of(name: str, model: str, folder: Path | None) -> Path | None:
    """The folder in which the engine finds the model, or None."""
    place: Path | None = _class(_TRANSLATORS, name).locate(model, folder)
    return place


def translator_signature(name: str, model: str, folder: Path | None) -> EngineSignature:
    """What the translations of an engine and model are filed under; the model is not loaded.

    Raises EngineError where the model is not on this machine.
    """
    _wait_passively()
    engine = _class(_TRANSLATORS, name)
    signature: EngineSignature = engine.sign(model, _place(engine, model, folder))
    return signature


def _place(engine: Any, model: str, folder: Path | None) -> Path:
    place: Path | None = engine.locate(model, folder)
    if place is None:
        raise EngineError(f"The model {model} is not on this machine: run 'make_brief.py models fetch {model}'.")
    return place


def load_embedder(name: str = "minilm") -> Embedder:
    """The embedding engine. Raises EngineError where its weights are missing."""
    _wait_passively()
    loaded: Embedder = _class(_EMBEDDERS, name).load()
    return loaded


def load_judge(features: str, name: str = "positions") -> Judge:
    """The classifier of positions. `features` is the fingerprint of the features that it will be given.

    Raises EngineError where its weights are missing, damaged or for other features.
    """
    _wait_passively()
    loaded: Judge = _class(_JUDGES, name).load(features)
    return loaded


def has_summarizer(folder: Path | None) -> bool:
    """Whether the model that writes summaries is on this machine, without loading it."""
    from digest.engines.seq2seq import Seq2Seq

    return Seq2Seq.locate(folder) is not None


def summarizer_signature(folder: Path | None) -> EngineSignature:
    """What written summaries are filed under. Raises EngineError where the model is not on this machine."""
    from digest.engines import precision, signatures
    from digest.engines.seq2seq import MODEL, Seq2Seq

    place = Seq2Seq.locate(folder)
    if place is None:
        raise EngineError(Seq2Seq.missing())
    signature: EngineSignature = signatures.seq2seq(MODEL, place, precision.choice())
    return signature


def _wait_passively() -> None:
    """Before torch is imported: threads that spin while they wait make it 2 to 10 times slower on a busy laptop."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def _class(table: dict[str, str], name: str) -> Any:
    if name not in table:
        raise EngineError(f"There is no engine '{name}'; known are: {', '.join(table)}.")
    module, _, attribute = table[name].partition(":")
    return getattr(importlib.import_module(module), attribute)
