"""The classifier of positions as it is trained: with dropout, gradients and batches with padding.

What it says when it is trained is what `digest.engines.judge`, which is made for use alone, says of the same weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from digest.engines.judge import HIDDEN, LABELS, MARK, MARKS, MAX_TOKENS

WIDTH = 192


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
