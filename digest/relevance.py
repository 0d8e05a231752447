"""How near each sentence is to each topic of the configuration, by meaning (embeddings) and by words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.model import Sentence, Topic

# Whether the document deals with the topic at all: a logistic model over the mean nearness of its nearest sentences, a
# third of all, and the mean share of topic words there; headings may take the place of sentences. Fitted, without
# headings, on 38 invented texts with a topic each; 16 of them are in benchmarks/data. `python -m benchmarks.relevance`
# measures it over pairs of sentence and topic: on all 38 AUC 0.995, 96.0 % of a text's own pairs kept, 2.7 % of foreign
# ones let in (fitted anew, cross-validated by text: 0.995, 96.0 %, 3.0 %); on the 16 alone 0.996, 93.3 %, 1.6 %.
# The bias, fitted as -11.2, was then raised: the gate let 71.1 % of 273 labelled passages through to their own topic,
# and 0.8 % to a foreign one; with -10.0 it is 86.8 % and 1.7 % (`--labelled`), and of all 38 texts 100 % and 6.0 %.
_GATE_NEARNESS, _GATE_WORDS, _GATE_BIAS = 30.2, 11.2, -10.0

_SURE, _FAR = 2.0, 5.0
"""In the logistic model's own units: 2 is a probability of 0.88. Set by hand, on a note about a railway whose
"authority" and "companies" let a treaty on companies pass."""

_NAMED_NEARNESS, _NAMED_WORDS = 0.5, 0.66
"""From this nearness and this share of its words on a sentence names a topic, whatever its document deals with. Set by
hand, on twenty documents of two weeks with four topics: three sentences are so found, each rightly."""

_STOP = frozenset(
    ("the", "for", "with", "from", "and", "not", "new", "its", "their", "this", "that", "into", "over")
) | frozenset(("under", "between", "about", "against", "are", "was", "were", "will", "would", "should"))


@dataclass(frozen=True, slots=True)
class Headings:
    """The English title and headings of a document, and their embeddings, one row each. `places` tells of each heading
    in the text where it begins and which row is its own, -1 for the title and for one that has none."""

    texts: tuple[str, ...]
    vectors: NDArray[np.float32]
    places: tuple[tuple[int, int], ...] = ()


def topic_text(topic: Topic) -> str:
    """What of a topic is embedded: its name and its words."""
    return ". ".join((topic.name, ", ".join(topic.words))) if topic.words else topic.name


def relevance(
    sentences: Sequence[Sentence],
    vectors: NDArray[np.float32],
    topics: Sequence[Topic],
    topic_vectors: NDArray[np.float32],
    headings: Headings | None = None,
) -> NDArray[np.float32]:
    """Scores from 0 to about 1, 0 for every sentence of a document that does not deal with the topic at all.

    Shape (sentences, topics). A sentence's own nearness counts most; that of its neighbours lifts sentences such as
    "Berlin said no", whose subject stands in the sentence before; words of the topic found in the sentence add to it.
    The headings tell with the sentences what the document deals with.
    """
    if not sentences or not topics:
        return np.zeros((len(sentences), len(topics)), dtype=np.float32)
    own = np.clip(vectors @ topic_vectors.T, 0.0, 1.0)
    around = np.stack([_around(own, index) for index in range(len(sentences))])
    words = np.array(
        [[_share(sentence.english or "", topic) for topic in topics] for sentence in sentences], dtype=np.float32
    )
    all_own, all_words = own, words
    if headings is not None and headings.texts:
        all_own = np.vstack([own, np.clip(headings.vectors @ topic_vectors.T, 0.0, 1.0)])
        shares = [[_share(text, topic) for topic in topics] for text in headings.texts]
        all_words = np.vstack([words, np.array(shares, dtype=np.float32)])
    count = max(1, len(sentences) // 3)
    gate = _dealt_with(_GATE_NEARNESS * _top(all_own, count) + _GATE_WORDS * _top(all_words, count) + _GATE_BIAS)
    open_to = gate | _named_near((own >= _NAMED_NEARNESS) & (words >= _NAMED_WORDS))
    scores: NDArray[np.float32] = ((0.55 * own + 0.25 * around + 0.3 * words) * open_to).astype(np.float32)
    return scores


def _named_near(named: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Each sentence that names a topic, and the two behind it: what a briefing or a paper says in passing, last, of a
    topic that it does not otherwise deal with."""
    near = named.copy()
    near[1:] |= named[:-1]
    near[2:] |= named[:-2]
    return near


@dataclass(frozen=True, slots=True)
class Sections:
    """For each sentence the number of the section that it stands in, and how near the heading over it is to each topic,
    shape (sentences, topics)."""

    numbers: tuple[int, ...]
    nearness: NDArray[np.float32]


def sections(
    sentences: Sequence[Sentence],
    scores: NDArray[np.float32],
    topics: Sequence[Topic],
    topic_vectors: NDArray[np.float32],
    headings: Headings,
) -> Sections:
    """Which heading each sentence stands under. `scores` are those of the sentences, from `relevance`: a topic that the
    document does not deal with is that of no heading either. The title, which stands over all, counts as none."""
    starts = [start for start, _ in headings.places]
    numbers = tuple(bisect_right(starts, sentence.start) for sentence in sentences)
    nearness = np.zeros(scores.shape, dtype=np.float32)
    if not topics or not headings.texts:
        return Sections(numbers, nearness)
    words = np.array([[_share(text, topic) for topic in topics] for text in headings.texts], dtype=np.float32)
    own = 0.55 * np.clip(headings.vectors @ topic_vectors.T, 0.0, 1.0) + 0.3 * words
    dealt = scores.max(axis=0, initial=0.0) > 0
    for index, number in enumerate(numbers):
        row = headings.places[number - 1][1] if number else -1
        if row >= 0:
            nearness[index] = own[row] * dealt
    return Sections(numbers, nearness)


def _dealt_with(logits: NDArray[np.floating[Any]]) -> NDArray[np.bool_]:
    """Which topics a document deals with. One that hardly passes beside one that passes by far is not it: what the two
    have in common, a treaty or a company, has let it pass."""
    strongest = logits.max()
    dealt: NDArray[np.bool_] = (logits > 0) & ((logits > _SURE) | (strongest - logits < _FAR))
    return dealt


def _top(values: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """The mean of so many highest of each column."""
    mean: NDArray[np.float32] = np.sort(values, axis=0)[-count:].mean(axis=0)
    return mean


def _around(own: NDArray[np.float32], index: int) -> NDArray[np.float32]:
    """The best nearness among the two sentences before, the sentence itself and the one behind."""
    best: NDArray[np.float32] = own[max(0, index - 2) : index + 2].max(axis=0)
    return best


def _share(text: str, topic: Topic) -> float:
    """The share of the topic's words that a text has, by their first five letters."""
    wanted = _stems(" ".join((topic.name, *topic.words)))
    if not wanted:
        return 0.0
    return min(1.0, 2 * len(wanted & _stems(text)) / min(len(wanted), 6))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:5] for word in re.findall(r"\w{3,}", text.lower()) if word not in _STOP)
