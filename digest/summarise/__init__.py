"""Document -> Points with evidence: chosen sentences, verbatim (or their translation), in the order of the document.

Each sentence gets a score from what it has (see `scoring`); the best are taken one by one, less what is already said
(maximal marginal relevance, Carbonell and Goldstein 1998, https://doi.org/10.1145/290941.291025).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digest.model import EngineSignature, Point, Sentence
from digest.summarise.antecedent import resolved
from digest.summarise.ownlanguage import OWN_LANGUAGE, in_own_language
from digest.summarise.scoring import measures, redundancy, weights

__all__ = ["OWN_LANGUAGE", "About", "in_own_language", "summarise"]


@dataclass(frozen=True, slots=True)
class About:
    """What a summary should be about: the embedding of the document's title, and how near each sentence is to the
    topics asked for (the highest of each row of `relevance.relevance`); None where there is none."""

    title: NDArray[np.float32] | None = None
    topical: NDArray[np.float32] | None = None


def summarise(
    sentences: Sequence[Sentence],
    vectors: NDArray[np.float32],
    count: int,
    engine: EngineSignature,
    about: About = About(),
) -> tuple[Point, ...]:
    """At most `count` points, fewer for a short document; `vectors` are the sentences' embeddings, one row each.

    A sentence that begins with "He" or "She" comes with the name in square brackets where it is sure who that is; the
    sentence that names the person is then its second evidence. All else is verbatim.
    """
    if not sentences:
        return ()
    names = [resolved(sentences, index) for index in range(len(sentences))]
    found = measures(sentences, vectors, about.title, [name is not None for name in names])
    scores = found @ weights()
    if about.topical is not None and len(about.topical):
        scores = scores + _TOPICAL * about.topical.astype(np.float64)
    chosen = choose(scores, vectors, min(count, len(sentences)), redundancy())
    return tuple(_point(sentences, index, names[index], engine) for index in sorted(chosen))


_SAME, _THE_SAME = 0.88, 5.0
"""Above this likeness two sentences say the same, and the second is taken only where nothing else is left."""

_TOPICAL = 1.5
"""What a sentence in the middle of a topic (relevance 1) gains; half as much again as by what it decides."""


def choose(scores: NDArray[np.float64], vectors: NDArray[np.float32], count: int, repeated: float) -> list[int]:
    """The places of the best sentences, best first; `repeated` is what a sentence loses that says the same again."""
    chosen: list[int] = []
    while len(chosen) < count:
        gain = scores.copy()
        if chosen:
            near = np.clip((vectors @ vectors[chosen].T).max(axis=1), 0.0, 1.0)
            gain = gain - repeated * near - _THE_SAME * (near > _SAME)
            gain[chosen] = -np.inf
        chosen.append(int(gain.argmax()))
    return chosen


def _point(sentences: Sequence[Sentence], index: int, name: tuple[str, int] | None, engine: EngineSignature) -> Point:
    sentence = sentences[index]
    text = sentence.english or sentence.text
    if name is None:
        return Point(text, engine, (sentence,))
    who, source = name
    return Point(f"[{who}]{text[text.index(' ') :]}", engine, (sentence, sentences[source]))
