"""Does the source support this claim? Names, offices with their states, numbers, dates, quotations, negation, modality,
attribution, wording and meaning, each compared with the sentences that come nearest.

The score is a logistic model over those measures (data/faithfulness_weights.toml says what it was fitted on). No
measure can speak in favour of a claim: a claim is supported as long as nothing is found against it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from digest import data
from digest.faithfulness.compare import Comparison, Measures, Read, read
from digest.faithfulness.who import names_within
from digest.faithfulness.words import words
from digest.model import Sentence

__all__ = ["Measures", "Source", "Support", "support"]

_MOST_EVIDENCE = 3
_ENOUGH_NEW = 0.18
"""A further sentence is evidence when it brings this share of the claim's words, weighed by rarity."""

_AROUND = 2
_LIKENESS = 0.5
_NAME_WORTH = 0.6
_DISTANCE_UNKNOWN = 0.15


@dataclass(frozen=True, slots=True)
class Support:
    """How far a source carries a claim: a score from 0 to 1, the sentences that carry it, best first (at least one
    where the source has any), and what speaks against it, in words for the reader."""

    score: float
    evidence: tuple[Sentence, ...]
    problems: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the score reaches the shipped threshold."""
        return self.score >= threshold()


class Source:
    """A document's sentences, read once for all claims about it. Sentences without English take no part."""

    def __init__(
        self, sentences: Sequence[Sentence], title: str = "", vectors: NDArray[np.float32] | None = None
    ) -> None:
        kept = [(index, one) for index, one in enumerate(sentences) if one.english]
        self.sentences = [one for _, one in kept]
        self.vectors = vectors[[index for index, _ in kept]] if vectors is not None and kept else None
        texts = [one.english or "" for one in self.sentences]
        self.known = frozenset[str]().union(*(names_within(words(text)) for text in (*texts, title)))
        self.read = [read(text, self.known) for text in texts]
        self.title = read(title, self.known)
        counts = Counter(stem for one in self.read for stem in one.stems)
        self._rarity = {stem: math.log(1.0 + len(self.read) / count) for stem, count in counts.items()}
        self._unseen = math.log(1.0 + len(self.read))

    def evidence(self, claim: Read, likeness: NDArray[np.float32] | None) -> list[int]:
        """The places of the sentences that carry most of a claim, best first, at most three."""
        wanted = {stem: self._rarity.get(stem, self._unseen) for stem in _marks(claim)}
        chosen: list[int] = []
        covered: set[str] = set()
        marks = [_marks(one) for one in self.read]
        while len(chosen) < min(_MOST_EVIDENCE, len(self.read)):
            gains = [self._gain(wanted, one - covered, claim, names=not chosen) for one in marks]
            if chosen and max(g for i, g in enumerate(gains) if i not in chosen) < _ENOUGH_NEW:
                break
            total = [
                gain
                + (_LIKENESS * float(likeness[i]) if likeness is not None else 0.0)
                + (0.1 / (1 + abs(i - chosen[0])) if chosen else 0.0)
                for i, gain in enumerate(gains)
            ]
            best = max((i for i in range(len(total)) if i not in chosen), key=lambda i: total[i])
            chosen.append(best)
            covered |= marks[best]
        return chosen

    @staticmethod
    def _gain(wanted: Mapping[str, float], marks: frozenset[str], claim: Read, *, names: bool) -> float:
        """The share of a claim that a sentence has. A name or a number may be the very fault: it counts less than
        other words, and alone it calls no further sentence as evidence."""
        worth = {
            stem: value * (1.0 if stem in claim.plain_stems else _NAME_WORTH * names) for stem, value in wanted.items()
        }
        return sum(value for stem, value in worth.items() if stem in marks) / (sum(worth.values()) or 1.0)


def _marks(one: Read) -> frozenset[str]:
    """By what a claim finds its evidence: stems of content, states, numbers."""
    return one.plain_stems | one.who.names | one.who.states | {f"#{number.value:.6g}" for number in one.numbers}


def support(claim: str, source: Source | Sequence[Sentence], vector: NDArray[np.float32] | None = None) -> Support:
    """How far a source carries a claim (a sentence of English).

    `source` is the document, or some of its sentences; make a `Source` where many claims are checked against one.
    `vector` is the claim's embedding; it counts where the source has vectors too. A source without English sentences
    supports nothing: score 0.
    """
    whole = source if isinstance(source, Source) else Source(source)
    if not whole.read:
        return Support(0.0, (), ("there is no source",))
    made, problems, evidence = measure(claim, whole, vector)
    return Support(score_of(made), tuple(whole.sentences[i] for i in evidence), tuple(dict.fromkeys(problems)))


def measure(
    claim: str, source: Source, vector: NDArray[np.float32] | None = None
) -> tuple[Measures, list[str], list[int]]:
    """The measures against a claim, the problems in words, and the places of the evidence."""
    mine = read(claim, source.known)
    likeness = source.vectors @ vector if source.vectors is not None and vector is not None else None
    evidence = source.evidence(mine, likeness)
    around = {i for at in evidence for i in range(max(0, at - _AROUND), at)} - set(evidence)
    comparison = Comparison(
        mine,
        [source.read[i] for i in evidence],
        [source.read[i] for i in sorted(around)],
        source.read,
        source.title,
        1.0 - float(likeness[evidence].max()) if likeness is not None else _DISTANCE_UNKNOWN,
    )
    return comparison.measures(), comparison.problems, evidence


# --- the score -------------------------------------------------------------------------------------------------------


@cache
def shipped() -> tuple[tuple[float, ...], float, float]:
    """The shipped weights in the order of the measures, the bias, and the threshold."""
    table = data.load("faithfulness_weights.toml")
    return (
        tuple(float(table["weights"][name]) for name in Measures.names()),
        float(table["bias"]),
        float(table["threshold"]),
    )


def threshold() -> float:
    """The score from which a claim counts as supported."""
    return shipped()[2]


def score_of(made: Measures) -> float:
    """The chance, by the shipped weights, that a claim with these measures is true to its source."""
    weights, bias, _ = shipped()
    logit = bias - sum(weight * value for weight, value in zip(weights, made.row(), strict=True))
    return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, logit))))
