"""The encoder of all-MiniLM-L6-v2 and of the classifier of positions, for use alone: BERT (Devlin et al. 2019,
https://arxiv.org/abs/1810.04805) in the shape of the `bert` models of transformers, whose names for weights it reads.

The same numbers as transformers' BertModel, up to rounding, for less: nothing is computed for padding, since the tokens
of all texts stand in one row behind each other and only the attention, a small part, is padded; where only some tokens
are asked for, the last layer computes those alone; and it loads in a tenth of the time, since transformers, most of
which has to do with training and with other models, is not imported.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
class _Packing:
    """How the tokens of some texts stand in one row: `cells[text, place]` is the row of each, 0 where there is none,
    `used` tells which there are, and `rows` are the cells of the row's tokens."""

    cells: Tensor
    used: Tensor
    rows: Tensor

    @classmethod
    def of(cls, lengths: Sequence[int]) -> _Packing:
        sizes = torch.tensor(lengths)
        used = torch.arange(int(sizes.max())) < sizes[:, None]
        rows = used.flatten().nonzero().squeeze(1)
        cells = torch.zeros(used.numel(), dtype=torch.long)
        cells[rows] = torch.arange(len(rows))
        return cls(cells.view(used.shape), used, rows)

    def padded(self, values: Tensor, heads: int) -> Tensor:
        """Vectors, a row a token, as the attention wants them: (texts, heads, places, numbers of a head)."""
        return values[self.cells].unflatten(-1, (heads, -1)).transpose(1, 2)

    def packed(self, values: Tensor) -> Tensor:
        """The way back."""
        return values.transpose(1, 2).flatten(2).flatten(0, 1)[self.rows]


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
        hidden, packing = deque(self._below(texts), 1).pop()
        return self._through(self._layers[-1], hidden, packing)

    def at(self, texts: Sequence[Tokens], wanted: Sequence[Sequence[int]]) -> tuple[Tensor, list[Tensor]]:
        """The vectors of each text at the places `wanted` (one at least of each), one behind the other, and what each
        of the last layers was given: a vector for each token of all texts, for `overlooking`."""
        below = list(deque(self._below(texts), OVERLOOKING))
        hidden, packing = below[-1]
        return self._through(self._layers[-1], hidden, packing, wanted), [given for given, _ in below]

    def overlooking(
        self,
        given: Sequence[Tensor],
        lengths: Sequence[int],
        wanted: Sequence[Sequence[int]],
        unseen: Sequence[Tensor],
    ) -> Tensor:
        """The vectors of some texts at the places `wanted`, had these not looked at some tokens in the last layers.

        `given` is what each of these layers was given, a vector for each token, `lengths` the tokens of each text,
        `unseen` for each text what is overlooked, shape (times, tokens). The vectors come one behind the other, for
        each text those of the first time first. All other tokens look at everything, so this costs a small part
        of what the texts without those words would.
        """
        sizes = [len(places) * len(times) for places, times in zip(wanted, unseen, strict=True)]
        texts = zip(given[0].split(list(lengths)), wanted, unseen, strict=True)
        asking = torch.cat([vectors[list(places)].repeat(len(times), 1) for vectors, places, times in texts])
        for layer, hidden in zip(self._layers[-len(given) :], given, strict=True):
            weight, bias = layer.attend
            own = functional.linear(asking, weight, bias).split(sizes)
            rest = functional.linear(hidden, weight[self.width :], bias[self.width :]).split(list(lengths))
            attended = [self._overlooked(*one) for one in zip(own, rest, wanted, unseen, strict=True)]
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

    def _below(self, texts: Sequence[Tokens]) -> Iterator[tuple[Tensor, _Packing]]:
        """What each layer is given, and how it is packed."""
        packing = _Packing.of([len(text.ids) for text in texts])
        ids = torch.tensor([number for text in texts for number in text.ids])
        segments = torch.tensor([number for text in texts for number in text.segments])
        places = packing.used.nonzero()[:, 1]
        found = self._words[ids] + self._segments[segments] + self._places[places]
        hidden = self._normed(found, self._norm)
        yield hidden, packing
        for layer in self._layers[:-1]:
            hidden = self._through(layer, hidden, packing)
            yield hidden, packing

    def _through(
        self, layer: _Layer, hidden: Tensor, packing: _Packing, wanted: Sequence[Sequence[int]] | None = None
    ) -> Tensor:
        """What a layer makes of the vectors, of all or of those wanted."""
        mask = packing.used[:, None, None, :]
        if wanted is None:
            asking, asked = hidden, packing
            query, key, value = functional.linear(hidden, *layer.attend).split(self.width, dim=1)
        else:
            asked = _Packing.of([len(places) for places in wanted])
            rows = [
                int(row) for cells, places in zip(packing.cells, wanted, strict=True) for row in cells[list(places)]
            ]
            asking = hidden[rows]
            weight, bias = layer.attend
            query = functional.linear(asking, weight[: self.width], bias[: self.width])
            key, value = functional.linear(hidden, weight[self.width :], bias[self.width :]).split(self.width, dim=1)
        attended = functional.scaled_dot_product_attention(
            asked.padded(query, self._heads),
            packing.padded(key, self._heads),
            packing.padded(value, self._heads),
            attn_mask=mask,
        )
        return self._finished(layer, asked.packed(attended), asking)

    def _finished(self, layer: _Layer, attended: Tensor, asking: Tensor) -> Tensor:
        """What a layer makes of vectors when they have looked at others."""
        found = functional.linear(attended, *layer.attended)
        asking = self._normed(found + asking, layer.attended_norm)
        inner = functional.gelu(functional.linear(asking, *layer.inner))
        return self._normed(functional.linear(inner, *layer.outer) + asking, layer.norm)

    def _normed(self, values: Tensor, norm: tuple[Tensor, Tensor]) -> Tensor:
        return functional.layer_norm(values, (self.width,), *norm, self._epsilon)


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
