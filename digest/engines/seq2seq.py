"""Summaries written by an encoder-decoder model (BART, PEGASUS, T5) through transformers, on the CPU.

The weights are looked for on this machine alone (see weights/places.py); nothing is fetched here. Pieces of documents
are sorted by length and computed together, in the numbers that are fastest on this machine (see precision.py), each
next word the best one: against four beams in plain numbers one by one, that is several times faster.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from digest.engines import precision, signatures
from digest.engines.batching import batches
from digest.errors import EngineError
from digest.model import EngineSignature
from digest.weights import places

MODEL = "distilbart-cnn-12-6"
"""The default: sshleifer/distilbart-cnn-12-6, Apache-2.0, fetched with `make_brief.py models fetch summary`."""

LONGEST = 1_000
"""Tokens of a piece: BART reads 1,024."""

LEAST, MOST = 30, 142
"""Tokens of what is written for a piece of full length, those that the model was trained with; see `limits`."""

_SHARE = 0.6
"""What is written has at most this share of the tokens of its piece."""

_BUDGET, _ROWS = 4_096, 16


class Seq2Seq:
    """One model, loaded."""

    def __init__(self, folder: Path, numbers: str) -> None:
        self.signature: EngineSignature = signatures.seq2seq(MODEL, folder, numbers)
        self._tokenizer = _loaded(folder, "AutoTokenizer")
        self._model = precision.prepared(_loaded(folder, "AutoModelForSeq2SeqLM"), numbers)
        room = getattr(self._model.config, "max_position_embeddings", None)
        self.longest = min(LONGEST, room - 2) if room else LONGEST
        """Tokens that a piece may have."""

    @classmethod
    def locate(cls, folder: Path | None) -> Path | None:
        """The folder that holds the model, or None; nothing heavy is imported."""
        return places.find(MODEL, folder, places.is_transformers)

    @classmethod
    def missing(cls) -> str:
        """What to say where the model is not here."""
        return (
            f"The summarisation model {MODEL} is not on this machine: run 'make_brief.py models fetch summary', "
            'or set [summary] engine = "extractive".'
        )

    @classmethod
    def load(cls, folder: Path | None) -> Seq2Seq:
        """Load the model. Raises EngineError where it is not on this machine or broken."""
        place = cls.locate(folder)
        if place is None:
            raise EngineError(cls.missing())
        return cls(place, precision.choice())

    def length(self, text: str) -> int:
        """How many tokens a text has, without those that mark its ends."""
        return len(self._tokenizer(text, add_special_tokens=False)["input_ids"])

    def write(self, pieces: Sequence[str], keep: Callable[[dict[int, str]], None] = lambda done: None) -> list[str]:
        """What is written for each piece, in order. `keep` is called with each batch's results by number, so that an
        interruption loses one batch at most."""
        encoded = self._tokenizer(list(pieces), truncation=True, max_length=self.longest)["input_ids"] if pieces else []
        made: dict[int, str] = {}
        for batch in batches([len(ids) for ids in encoded], _BUDGET, _ROWS):
            done = dict(zip(batch, self._batch([encoded[index] for index in batch]), strict=True))
            keep(done)
            made |= done
        return [made[index] for index in range(len(pieces))]

    def _batch(self, encoded: list[list[int]]) -> list[str]:
        import torch

        padded = self._tokenizer.pad({"input_ids": encoded}, return_tensors="pt")
        least, most = limits(min(len(ids) for ids in encoded))
        wanted = {name: padded[name] for name in ("input_ids", "attention_mask")}
        with torch.inference_mode():
            made = self._model.generate(
                **wanted,
                num_beams=1,
                do_sample=False,
                no_repeat_ngram_size=3,
                min_length=None,
                max_length=None,
                min_new_tokens=least,
                max_new_tokens=most,
                length_penalty=1.0,
                early_stopping=False,
            )
        texts: list[str] = self._tokenizer.batch_decode(made, skip_special_tokens=True)
        return [text.strip() for text in texts]


def limits(length: int) -> tuple[int, int]:
    """The least and the most tokens to be written for a piece of `length`: no more than a share of it."""
    most = max(8, min(MOST, int(length * _SHARE)))
    return min(LEAST, most // 3), most


def _loaded(folder: Path, kind: str) -> Any:
    import transformers
    from transformers.utils import logging

    logging.disable_progress_bar()  # the run shows its own bars
    try:
        return getattr(transformers, kind).from_pretrained(folder, local_files_only=True)
    except Exception as error:  # a broken file makes every library raise what it likes
        raise EngineError(
            f"The model in {folder} cannot be loaded ({type(error).__name__}): fetch it again with "
            "'make_brief.py models fetch summary'."
        ) from error
