"""The encoder of all-MiniLM-L6-v2 and of the classifier of positions, for use alone: BERT (Devlin et al. 2019,
https://arxiv.org/abs/1810.04805) in the shape of the `bert` models of transformers, whose names for weights it reads.

The same numbers as transformers' BertModel, up to rounding, for less: nothing is computed for padding, since the tokens
of all texts stand in one row behind each other and the attention, a small part, is computed for each text on its own;
where only some tokens are asked for, the last layer computes those alone; and it loads in a tenth of the time, since
transformers, most of which has to do with training and with other models, is not imported.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import AddedToken, Tokenizer
from torch import Tensor
from torch.nn import functional

TOKENS_PER_BATCH = 4096
"""Tokens in one batch: enough to keep two cores busy, small enough for any laptop."""

OVERLOOKING = 3
"""The last layers in which `Encoder.overlooking` overlooks words."""

_WORDS = "embeddings.word_embeddings.weight"


@dataclass(frozen=True, slots=True)
class Tokens:
    """One text, or two, as numbers of the vocabulary, to which of the two each belongs, and its characters there
    ([0, 0) for those that the model wants)."""

    ids: Sequence[int]
    segments: Sequence[int]
    places: Sequence[tuple[int, int]]


class Words:
    """Cuts texts into the tokens of the model; a text, or the second of two, that is too long loses its end."""

    def __init__(self, folder: Path, most: int, marks: Sequence[str] = (), *, pairs: bool = False) -> None:
        """Raises OSError or ValueError where the folder holds no vocabulary; `marks` are words to be taken whole."""
        text = (folder / "tokenizer.json").read_text(encoding="utf-8")
        try:
            self._tokenizer = Tokenizer.from_str(text)
        except Exception as error:  # the library raises nothing narrower
            raise ValueError(f"tokenizer.json is no vocabulary: {error}") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(most, strategy="only_second" if pairs else "longest_first")
        self._tokenizer.add_special_tokens([AddedToken(mark, special=True, normalized=False) for mark in marks])

    def number_of(self, word: str) -> int:
        """The number of a word of the vocabulary. Raises ValueError where it is none."""
        number: int | None = self._tokenizer.token_to_id(word)
        if number is None:
            raise ValueError(f"the vocabulary lacks {word}")
        return number

    def tokens(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> list[Tokens]:
        """The tokens of each text, or of each pair, with those that the model wants at beginning and end."""
        return [Tokens(one.ids, one.type_ids, one.offsets) for one in self._tokenizer.encode_batch(list(texts))]


@dataclass(frozen=True, slots=True)
class _Layer:
    """The weights of one layer; those of query, key and value behind each other."""

    attend: tuple[Tensor, Tensor]
    attended: tuple[Tensor, Tensor]
    attended_norm: tuple[Tensor, Tensor]
    inner: tuple[Tensor, Tensor]
    outer: tuple[Tensor, Tensor]
    norm: tuple[Tensor, Tensor]


@dataclass(frozen=True, slots=True)
class Looked:
    """What is kept of a pass for `Encoder.overlooking`: of each of the last layers the keys and values of all tokens, a
    row a token, and what the first of these layers was given for the tokens that were wanted."""

    given: Tensor
    at: tuple[Tensor, ...]


class Encoder:
    """The loaded encoder."""

    def __init__(self, weights: Mapping[str, Tensor], heads: int, epsilon: float) -> None:
        """Raises KeyError, which names a weight that is missing."""
        self._heads, self._epsilon = heads, epsilon
        embeddings = "embeddings."
        self._words = weights[_WORDS]
        self._places = weights[f"{embeddings}position_embeddings.weight"]
        self._segments = weights[f"{embeddings}token_type_embeddings.weight"]
        self._norm = _both(weights, f"{embeddings}LayerNorm")
        count = len({name.split(".")[2] for name in weights if name.startswith("encoder.layer.")})
        self._layers = [_layer(weights, f"encoder.layer.{number}.") for number in range(count)]
        self.width: int = self._words.shape[1]
        self.layers = count

    @classmethod
    def load(cls, folder: Path, above: Mapping[str, Tensor] | None = None) -> Encoder:
        """The encoder in a folder as transformers keeps it; with `above`, of the folder only the word vectors.

        Raises OSError, ValueError or KeyError where the folder does not hold one.
        """
        about = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        if about["model_type"] != "bert" or about["hidden_act"] != "gelu":
            raise ValueError(f"the model is {about['model_type']} with {about['hidden_act']}, not bert with gelu")
        try:
            weights: dict[str, Tensor] = load_file(folder / "model.safetensors")
        except OSError:
            raise
        except Exception as error:  # safetensors' own error, which has no base but Exception
            raise ValueError(f"model.safetensors: {error}") from error
        if above is not None:
            weights = {_WORDS: weights[_WORDS], **above}
        return cls(weights, about["num_attention_heads"], about["layer_norm_eps"])

    def __call__(self, texts: Sequence[Tokens]) -> Tensor:
        """A vector for each token of all texts, one behind the other."""
        return self.through(self.begun(texts), [len(text.ids) for text in texts], 0, self.layers)

    def through(self, hidden: Tensor, lengths: Sequence[int], done: int, until: int) -> Tensor:
        """The vectors behind `until` layers, from those behind `done`; `lengths` counts the tokens of each text."""
        for layer in self._layers[done:until]:
            query, looked_at = self._asked(layer, hidden)
            hidden = self._finished(layer, self._attended(query, looked_at, lengths, lengths), hidden)
        return hidden

    def at(
        self, hidden: Tensor, lengths: Sequence[int], wanted: Sequence[Sequence[int]], done: int
    ) -> tuple[Tensor, Looked]:
        """The vectors behind the last layer of each text at the places `wanted` (one at least of each), one behind the
        other, and what `overlooking` needs; from those of all tokens behind `done` layers, of which there may be no
        more than are not overlooked in. `lengths` counts the tokens of each text."""
        rows = rows_of(wanted, lengths)
        kept: list[Tensor] = []
        given = hidden[rows]
        for number in range(done, self.layers - 1):
            layer = self._layers[number]
            query, looked_at = self._asked(layer, hidden)
            if number == self.layers - OVERLOOKING:
                given = hidden[rows]
            if number >= self.layers - OVERLOOKING:
                kept.append(looked_at)
            hidden = self._finished(layer, self._attended(query, looked_at, lengths, lengths), hidden)
        last, asking = self._layers[-1], hidden[rows]
        weight, bias = last.attend
        query = functional.linear(asking, weight[: self.width], bias[: self.width])
        kept.append(functional.linear(hidden, weight[self.width :], bias[self.width :]))
        attended = self._attended(query, kept[-1], [len(places) for places in wanted], lengths)
        return self._finished(last, attended, asking), Looked(given, tuple(kept))

    def overlooking(
        self, looked: Looked, lengths: Sequence[int], wanted: Sequence[Sequence[int]], unseen: Sequence[Tensor]
    ) -> Tensor:
        """The vectors of some texts at the places `wanted`, had these not looked at some tokens in the last layers.

        `lengths` are the tokens of each text, `unseen` for each text what is overlooked, shape (times, tokens), with
        no times for a text that is not asked about. The vectors come one behind the other, for each text those of the
        first time first. All other tokens look at everything, so this costs a small part of what the texts without
        those words would.
        """
        sizes = [len(places) * len(times) for places, times in zip(wanted, unseen, strict=True)]
        own = looked.given.split([len(places) for places in wanted])
        asking = torch.cat([vectors.repeat(len(times), 1) for vectors, times in zip(own, unseen, strict=True)])
        for layer, looked_at in zip(self._layers[-OVERLOOKING:], looked.at, strict=True):
            parts = functional.linear(asking, *layer.attend).split(sizes)
            texts = zip(parts, looked_at.split(list(lengths)), wanted, unseen, strict=True)
            attended = [self._overlooked(*text) for text in texts if len(text[-1])]
            asking = self._finished(layer, torch.cat(attended), asking)
        return asking

    def _overlooked(self, own: Tensor, rest: Tensor, wanted: Sequence[int], unseen: Tensor) -> Tensor:
        """What the tokens `wanted` of one text attend to: `own` are their queries, keys and values each time, `rest`
        the keys and values of all its tokens."""
        times = len(unseen)
        query, looked_at = own.view(times, len(wanted), -1).split((self.width, 2 * self.width), dim=2)
        keys_and_values = rest.repeat(times, 1, 1).index_copy_(1, torch.tensor(wanted), looked_at)
        query, key, value = (
            part.unflatten(-1, (self._heads, -1)).transpose(1, 2)
            for part in (query, *keys_and_values.split(self.width, dim=2))
        )
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=~unseen[:, None, None, :])
        return attended.transpose(1, 2).flatten(2).flatten(0, 1)

    def begun(self, texts: Sequence[Tokens]) -> Tensor:
        """What the first layer is given."""
        ids = torch.tensor([number for text in texts for number in text.ids])
        segments = torch.tensor([number for text in texts for number in text.segments])
        places = torch.cat([torch.arange(len(text.ids)) for text in texts])
        return self._normed(self._words[ids] + self._segments[segments] + self._places[places], self._norm)

    def _asked(self, layer: _Layer, hidden: Tensor) -> tuple[Tensor, Tensor]:
        """The queries of all tokens, and their keys and values."""
        query, looked_at = functional.linear(hidden, *layer.attend).split((self.width, 2 * self.width), dim=1)
        return query, looked_at

    def _attended(self, query: Tensor, looked_at: Tensor, asking: Sequence[int], lengths: Sequence[int]) -> Tensor:
        """What tokens attend to, `asking` of each text, whose tokens `lengths` counts: each text on its own, which is
        twice as fast as all together with padding."""
        found = []
        for own, rest in zip(query.split(list(asking)), looked_at.split(list(lengths)), strict=True):
            heads = (part.view(1, len(part), self._heads, -1).transpose(1, 2) for part in (own, *rest.chunk(2, dim=1)))
            found.append(functional.scaled_dot_product_attention(*heads).transpose(1, 2).reshape(own.shape))
        return torch.cat(found)

    def _finished(self, layer: _Layer, attended: Tensor, asking: Tensor) -> Tensor:
        """What a layer makes of vectors when they have looked at others."""
        found = functional.linear(attended, *layer.attended)
        asking = self._normed(found + asking, layer.attended_norm)
        inner = functional.gelu(functional.linear(asking, *layer.inner))
        return self._normed(functional.linear(inner, *layer.outer) + asking, layer.norm)

    def _normed(self, values: Tensor, norm: tuple[Tensor, Tensor]) -> Tensor:
        return functional.layer_norm(values, (self.width,), *norm, self._epsilon)


def rows_of(wanted: Sequence[Sequence[int]], lengths: Sequence[int]) -> Tensor:
    """Where the places `wanted` of each text stand in the row of all their tokens."""
    starts = accumulate(lengths, initial=0)
    return torch.tensor([start + place for start, places in zip(starts, wanted, strict=False) for place in places])


def _layer(weights: Mapping[str, Tensor], name: str) -> _Layer:
    three = [_both(weights, f"{name}attention.self.{part}") for part in ("query", "key", "value")]
    return _Layer(
        attend=(torch.cat([weight for weight, _ in three]), torch.cat([bias for _, bias in three])),
        attended=_both(weights, f"{name}attention.output.dense"),
        attended_norm=_both(weights, f"{name}attention.output.LayerNorm"),
        inner=_both(weights, f"{name}intermediate.dense"),
        outer=_both(weights, f"{name}output.dense"),
        norm=_both(weights, f"{name}output.LayerNorm"),
    )


def _both(weights: Mapping[str, Tensor], name: str) -> tuple[Tensor, Tensor]:
    return weights[f"{name}.weight"], weights[f"{name}.bias"]


def batches_of(lengths: Sequence[int]) -> list[list[int]]:
    """The numbers 0 .. n-1, the shortest texts first, in batches of at most `TOKENS_PER_BATCH` tokens (one text at
    least)."""
    batches: list[list[int]] = []
    size = 0
    for index in sorted(range(len(lengths)), key=lambda number: lengths[number]):
        size += lengths[index]
        if batches and size <= TOKENS_PER_BATCH:
            batches[-1].append(index)
        else:
            batches.append([index])
            size = lengths[index]
    return batches
