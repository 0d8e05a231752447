"""Document -> Points with evidence: chosen sentences, verbatim (or their translation), in the order of the document.

Measure: the mean likeness of a sentence's embedding to the others' (centrality, as in LexRank, Erkan and Radev 2004,
https://doi.org/10.1613/jair.1523), plus a prior for early sentences, less what is already said (maximal marginal
relevance, Carbonell and Goldstein 1998, https://doi.org/10.1145/290941.291025).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digest.model import EngineSignature, Point, Sentence

LEAD = EngineSignature("summary", "first sentences", "none", "1", "MIT")
"""What stands for a document that could not be translated: its own first sentences."""

_EARLY = 0.35
_REDUNDANCY = 0.6
# A speaker who is named in another sentence.
_SPEAKER_ELSEWHERE = re.compile(
    r"\b(?:he|she|they) (?:said|says|added|wrote|told|argued|warned|insisted|noted)\b", re.IGNORECASE
)
_MIN_WORDS, _MAX_WORDS = 6, 60
# Sentences that lean on the one before: they stay out as long as others are left.
_LEANS = re.compile(
    r"^[\"“«]?(?:he|she|they|it|this|that|these|those|but|and|or|so|however|meanwhile|moreover|furthermore|also|"
    r"another|others|such|instead|nevertheless|nonetheless|still|then|thus|therefore|similarly|likewise|in this|"
    r"at this|his|her|their|its|yet|for (?:example|instance)|on the other hand|in other words|as a result)\b",
    re.IGNORECASE,
)


def summarise(
    sentences: Sequence[Sentence], vectors: NDArray[np.float32], count: int, engine: EngineSignature
) -> tuple[Point, ...]:
    """At most `count` points, fewer for a short document; `vectors` are the sentences' embeddings, one row each."""
    if not sentences:
        return ()
    scores = _scores(sentences, vectors)
    chosen = _choose(scores, vectors, min(count, len(sentences)))
    return tuple(Point(sentences[i].english or sentences[i].text, engine, (sentences[i],)) for i in sorted(chosen))


def lead(sentences: Sequence[Sentence], count: int = 3) -> tuple[Point, ...]:
    """The document's own first sentences in its own language, for want of a translation."""
    return tuple(Point(sentence.text, LEAD, (sentence,)) for sentence in sentences[:count])


def _scores(sentences: Sequence[Sentence], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, 0.0)
    centrality = likeness.sum(axis=1) / max(len(sentences) - 1, 1)
    spread = float(centrality.max() - centrality.min()) or 1.0
    early = np.array([1.0 / (1.0 + index / 4.0) for index in range(len(sentences))], dtype=np.float32)
    fitness = np.array([_fitness(sentence.english or "") for sentence in sentences], dtype=np.float32)
    scores: NDArray[np.float32] = (centrality - centrality.min()) / spread + _EARLY * early + fitness
    return scores


def _fitness(text: str) -> float:
    """How well a sentence stands alone: negative for fragments, questions, and sentences that lean on another."""
    words = len(text.split())
    penalty = 0.0
    if not _MIN_WORDS <= words <= _MAX_WORDS:
        penalty -= 1.0
    if text.rstrip('"”» ').endswith(("?", ":")):
        penalty -= 1.0
    if _LEANS.match(text):
        penalty -= 0.5
    if text[:1] in '"“«' and text.rstrip(".")[-1:] in '"”»':
        penalty -= 0.5  # a quotation without its speaker
    if _SPEAKER_ELSEWHERE.search(text):
        penalty -= 0.4
    return penalty


def _choose(scores: NDArray[np.float32], vectors: NDArray[np.float32], count: int) -> list[int]:
    chosen: list[int] = []
    while len(chosen) < count:
        gain = scores.copy()
        if chosen:
            gain = gain - _REDUNDANCY * np.clip((vectors @ vectors[chosen].T).max(axis=1), 0.0, 1.0)
            gain[chosen] = -np.inf
        chosen.append(int(gain.argmax()))
    return chosen
