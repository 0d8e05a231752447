"""OPUS-MT models (MarianMT) through transformers and torch, on the CPU and without a network.

Sentences are sorted by length and batched by a budget of tokens, and computed in the numbers that are fastest on this
machine (see precision.py). What comes out can be no longer than the sentence that went in allows, so that a model which
repeats itself ends soon.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from digest.engines import precision, signatures
from digest.engines.batching import batches
from digest.errors import EngineError
from digest.model import EngineSignature
from digest.weights import places
from digest.weights.table import models

LONGEST = 400
"""Tokens of a sentence that are read: OPUS-MT models are trained on 512 and lose their way before."""

CAREFUL = 4
"""Beams of a careful translation; an ordinary one takes the best next word (one beam), three to four times faster."""

ROWS = 64
"""Sentences times beams computed together: with more, nothing is gained greedily and much is lost at beam 4."""

BUDGET = 2_400
"""Tokens of source, padding counted, times beams computed together."""

GROWTH, SPARE = 2.0, 24
"""English may have this many tokens for one of the source, and that many more."""


class MarianTranslator:
    """One model, loaded."""

    def __init__(self, folder: Path, model: str, numbers: str, bound: Callable[[int], int] | None = None) -> None:
        self._bound = bound or most_tokens
        self.signature: EngineSignature = signatures.marian(model, folder, numbers)
        self._token = token_of(model)
        _set_threads()
        self._tokenizer = load_tokenizer(folder)
        check_token(self._tokenizer, self._token, model)
        self._model = _load_model(folder, numbers)

    @classmethod
    def locate(cls, model: str, folder: Path | None) -> Path | None:
        """The folder that holds the model, or None; nothing heavy is imported."""
        return places.find(model, folder, places.is_marian)

    @classmethod
    def sign(cls, model: str, place: Path) -> EngineSignature:
        """What its translations are filed under. The first question on a machine measures (see precision.py)."""
        return signatures.marian(model, place, precision.choice())

    @classmethod
    def load(cls, model: str, place: Path) -> MarianTranslator:
        """Load the model in `place`. Raises EngineError where it cannot be read."""
        return cls(place, model, precision.choice())

    def translate(self, sentences: Sequence[str], careful: bool = False) -> list[str]:
        """One English text for each sentence, in order; `careful` weighs four ways at once and takes longer."""
        beams = CAREFUL if careful else 1
        encoded = encode(self._tokenizer, sentences, self._token)
        made = [""] * len(sentences)
        for batch in batches([len(ids) for ids in encoded], BUDGET // beams, ROWS // beams):
            for index, text in zip(batch, self._batch([encoded[index] for index in batch], beams), strict=True):
                made[index] = text
        return made

    def _batch(self, encoded: list[list[int]], beams: int) -> list[str]:
        import torch

        padded = self._tokenizer.pad({"input_ids": encoded}, return_tensors="pt")
        longest = max(len(ids) for ids in encoded)
        with torch.inference_mode():
            made = self._model.generate(
                **padded,
                num_beams=beams,
                do_sample=False,
                max_length=None,
                max_new_tokens=self._bound(longest),
                early_stopping=beams > 1,
            )
        texts: list[str] = self._tokenizer.batch_decode(made, skip_special_tokens=True, use_source_tokenizer=False)
        return texts


def most_tokens(length: int) -> int:
    """How many tokens may come of a sentence with `length` of them: a loop ends here at the latest."""
    return min(LONGEST + 100, int(length * GROWTH) + SPARE)


def token_of(model: str) -> str:
    """What must stand before each sentence for this model ("" = nothing)."""
    known = models().get(model)
    return known.token if known else ""


def load_tokenizer(folder: Path) -> Any:
    """The tokenizer of a folder. Raises EngineError where its files are missing or broken."""
    import warnings

    from transformers import AutoTokenizer

    try:
        with warnings.catch_warnings():  # it recommends a package that it would use for nothing that we do
            warnings.filterwarnings("ignore", message=".*sacremoses.*")
            return AutoTokenizer.from_pretrained(folder, local_files_only=True)
    except Exception as error:  # sentencepiece raises what it likes on a broken file
        raise _broken(folder, error) from error


def check_token(tokenizer: Any, token: str, model: str) -> None:
    """Raises EngineError where the model does not know the token that the table gives: it would translate anything."""
    if token and token not in tokenizer.get_vocab():
        raise EngineError(f"The model {model} does not know the token {token} that the table of models gives for it.")


def encode(tokenizer: Any, sentences: Sequence[str], token: str) -> list[list[int]]:
    """The tokens of each sentence, cut at LONGEST."""
    if not sentences:
        return []
    texts = [f"{token} {sentence}" if token else sentence for sentence in sentences]
    encoded: list[list[int]] = tokenizer(texts, truncation=True, max_length=LONGEST)["input_ids"]
    return encoded


def _load_model(folder: Path, numbers: str) -> Any:
    import torch
    from transformers import MarianMTModel
    from transformers.utils import logging

    logging.disable_progress_bar()  # the run shows its own bars
    try:
        model = MarianMTModel.from_pretrained(
            folder, local_files_only=True, dtype=torch.float32, attn_implementation="sdpa"
        )
    except Exception as error:  # a pickle that holds more than tensors, a broken file, a config of another kind
        raise _broken(folder, error) from error
    return precision.prepared(model, numbers)


def _broken(folder: Path, error: Exception) -> EngineError:
    reason = str(error).strip().splitlines()[:1]
    return EngineError(
        f"The model in {folder} cannot be loaded ({reason[0] if reason else type(error).__name__}): "
        f"fetch it again with 'make_brief.py models fetch {folder.name}'."
    )


@functools.cache
def _set_threads() -> None:
    """Once in a process: as many threads as there are cores to use, but no more than help with sentences."""
    import torch

    if "OMP_NUM_THREADS" not in os.environ:
        torch.set_num_threads(max(1, min(8, torch.get_num_threads())))
