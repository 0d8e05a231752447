"""OPUS-MT models through CTranslate2: the same weights in eight bits, three times as fast (the extra `ct2`).

The weights are converted once, into the platform's cache; what is there is used as long as the weights are the same.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from digest.engines import marian, signatures
from digest.engines.batching import batches
from digest.errors import EngineError
from digest.model import EngineSignature
from digest.weights import places

TOKENS_AT_ONCE = 2_048
"""Tokens that one worker computes together: it sorts and batches by itself."""


class Ct2Translator:
    """One model, converted and loaded: two workers of one thread each, which beat one of two."""

    def __init__(self, folder: Path, model: str) -> None:
        import ctranslate2

        self.signature: EngineSignature = signatures.ct2(model, folder)
        self._token = marian.token_of(model)
        self._tokenizer = marian.load_tokenizer(folder)
        marian.check_token(self._tokenizer, self._token, model)
        try:
            self._model: Any = ctranslate2.Translator(
                str(_converted(folder, model)),
                device="cpu",
                compute_type="int8",
                inter_threads=_workers(),
                intra_threads=1,
            )
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"The converted model {model} cannot be loaded ({error}): delete {_cache()}.") from error

    @classmethod
    def locate(cls, model: str, folder: Path | None) -> Path | None:
        """The folder that holds the model, or None, also where the package is not installed; nothing is imported."""
        installed = importlib.util.find_spec("ctranslate2")
        return places.find(model, folder, places.is_marian) if installed else None

    @classmethod
    def sign(cls, model: str, place: Path) -> EngineSignature:
        """What its translations are filed under."""
        return signatures.ct2(model, place)

    @classmethod
    def load(cls, model: str, place: Path) -> Ct2Translator:
        """Load the model in `place`, converting it where that has not been done. Raises EngineError."""
        return cls(place, model)

    def translate(self, sentences: Sequence[str], careful: bool = False) -> list[str]:
        """One English text for each sentence, in order; `careful` weighs four ways at once."""
        encoded = marian.encode(self._tokenizer, sentences, self._token)
        made = [""] * len(sentences)
        # Sentences of like length share a bound on what may come of them; the pool of workers shares out the rest.
        for batch in batches([len(ids) for ids in encoded], 16 * TOKENS_AT_ONCE, 512):
            tokens = [self._tokenizer.convert_ids_to_tokens(encoded[index]) for index in batch]
            results = self._model.translate_batch(
                tokens,
                beam_size=marian.CAREFUL if careful else 1,
                max_batch_size=TOKENS_AT_ONCE,
                batch_type="tokens",
                max_decoding_length=marian.most_tokens(max(len(one) for one in tokens)),
            )
            for index, result in zip(batch, results, strict=True):
                made[index] = self._text(result.hypotheses[0])
        return made

    def _text(self, tokens: list[str]) -> str:
        ids = self._tokenizer.convert_tokens_to_ids(tokens)
        text: str = self._tokenizer.decode(ids, skip_special_tokens=True, use_source_tokenizer=False)
        return text


def _workers() -> int:
    return max(1, min(2, int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count() or 1)))


def _cache() -> Path:
    import platformdirs

    return platformdirs.user_cache_path("digest-brief") / "ct2"


def _converted(folder: Path, model: str) -> Path:
    """The folder of the converted weights, made now where it is not there."""
    from ctranslate2.converters import TransformersConverter

    target = _cache() / f"{model}-{places.revision_of(folder)}"
    if (target / "model.bin").is_file():
        return target
    part = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        TransformersConverter(str(folder)).convert(str(part), quantization="int8")
        part.rename(target)
    except Exception as error:  # the converter raises what it likes
        shutil.rmtree(part, ignore_errors=True)
        if (target / "model.bin").is_file():  # another run was faster
            return target
        raise EngineError(f"The model in {folder} cannot be converted for CTranslate2 ({error}).") from error
    return target
