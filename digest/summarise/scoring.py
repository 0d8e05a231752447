"""What makes a sentence worth taking: its place, its nearness to the title and to the rest, who acts in it, numbers,
dates, decisions; and what makes it unfit to stand alone.

The weights of what speaks for a sentence are fitted (data/summary_weights.toml says on what, `python -m
benchmarks.summaries --fit` makes them); what makes it unfit is set, since a brief must not have such sentences even
where they hold a fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from digest import data, standing
from digest.faithfulness.compare import Read, read
from digest.faithfulness.who import names_within
from digest.faithfulness.words import cues, words
from digest.model import Sentence

FOR = (
    "early", "central", "title", "states", "numbers", "dates", "office", "decides", "speaks", "future", "amounts",
    "day", "condition", "negation", "recent",
)  # fmt: skip
"""What speaks for a sentence, in the order of the fitted weights."""

AGAINST = {"leans": 1.0, "as_we": 0.4, "speaker": 0.4, "bare": 1.0, "asks": 8.0, "short": 1.0, "long": 0.6}
"""What speaks against it, and how much."""

_SHORT, _LONG = 6, 55
_EARLY = 4.0
_MOST = 3


def measures(
    sentences: Sequence[Sentence],
    vectors: NDArray[np.float32],
    title: NDArray[np.float32] | None,
    has_name: Sequence[bool],
) -> NDArray[np.float64]:
    """One row a sentence: what speaks for it (0 to 1 each), then what speaks against it (-1 or 0 each).

    `has_name` tells the sentences whose "He" has been resolved: they do not lean.
    """
    texts = [sentence.english or "" for sentence in sentences]
    known = frozenset[str]().union(*(names_within(words(text)) for text in texts))
    central = _centrality(vectors)
    near = np.clip(vectors @ title, 0.0, 1.0) if title is not None else np.zeros(len(texts))
    rows = []
    for index, text in enumerate(texts):
        found = read(text, known)
        rows.append(
            [
                1.0 / (1.0 + index / _EARLY),
                float(central[index]),
                float(near[index]),
                *_content(found),
                *(-float(flag) for flag in _unfit(text, len(found.words), has_name[index])),
            ]
        )
    return np.array(rows, dtype=np.float64)


def _centrality(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The mean likeness of each sentence to the others, from 0 to 1 within the document (as in LexRank, Erkan and Radev
    2004, https://doi.org/10.1613/jair.1523)."""
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, 0.0)
    mean = likeness.sum(axis=1)
    spread: NDArray[np.float32] = (mean - mean.min()) / (float(mean.max() - mean.min()) or 1.0)
    return spread


def _content(found: Read) -> tuple[float, ...]:
    lows = {word.low for word in found.words}
    days = [one for one in found.dates if one.kind != "year"]
    long_past = bool(lows & _list("long_past")) or (bool(found.dates) and not days)
    return (
        min(len(found.who.states), _MOST) / _MOST,
        min(len(found.numbers), _MOST) / _MOST,
        float(bool(found.dates)),
        float(bool(found.who.offices)),
        float(bool(lows & _list("decides"))),
        float(bool(lows & _list("speaks"))),
        float(bool(lows & _list("future"))),
        float(bool(lows & _list("amounts"))),
        float(bool(days)),
        float(bool(lows & cues("condition"))),
        float(bool(lows & cues("negation"))),
        float(not long_past),
    )


def _unfit(text: str, length: int, has_name: bool) -> tuple[bool, ...]:
    return (
        standing.leans(text) and not has_name,
        standing.speaks_as_we(text),
        not has_name and not standing.names_its_speaker(text),
        standing.is_bare_quotation(text),
        standing.asks_or_announces(text),
        length < _SHORT,
        length > _LONG,
    )


@cache
def _table() -> dict[str, dict[str, float]]:
    return data.load("summary_weights.toml")


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(data.load("summary.toml")[name])


def weights() -> NDArray[np.float64]:
    """The shipped weights: of what speaks for a sentence, then of what speaks against it."""
    return np.array([*(_table()["weights"][name] for name in FOR), *AGAINST.values()])


def redundancy() -> float:
    """What a sentence loses that says entirely what is said already."""
    return float(_table()["choice"]["redundancy"])


def forget() -> None:
    """Read the weights anew the next time: for the program that fits them."""
    _table.cache_clear()
