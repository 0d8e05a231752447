"""Which topic a sentence bears on: its own nearness, that of the sentences around it, and that of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digest.model import Topic

NEAR = 0.10
"""From this relevance on a sentence is about a topic: measured in `benchmarks/relevance.py`."""

AROUND, WHOLE = 1.0, 1.0
"""What the sentences around and the whole document add to a sentence's own scores where topics are compared. A document
on sand permits speaks of beaches; that alone makes no sentence of it one on breaking ships on beaches. With 1 and 1 the
right topic was found for 107 of 109 statements of ten texts on three topics (102 without them), and for 72 of 79 of the
sample corpus (69), whose two topics are mostly treated together."""

LEAN = 0.20
"""A sentence that is near no topic ("Nepal does support it") is on that of the sentences around it from this mean of
theirs on. Chosen on the texts of positions_heldout_a.json, where one stance more is right and none is lost."""

LEAN_OF_MATTER = 0.10
"""The same for a sentence that names its matter by such words as "the new text" or "its opposition" alone: it speaks of
what the others speak of, the document as a whole among them."""

_MATTER = re.compile(
    r"\b(?:the|this|that|its|their|his|her|our|such an?|any|every) (?:[\w’'-]+ ){0,2}(?:text|draft|plan|proposal|idea|"
    r"initiative|deal|agreement|compromise|opposition|objections?|support|backing|consent|position|stance|"
    r"reservations?|veto|refusal)s?\b|"
    # A verdict that leaves out what it is on: "has not made up its mind", "is undecided", "asked for a vote".
    r"\b(?:m(?:a[dk]e|aking) up (?:its|their|his|her|our|my) minds?|undecided|(?:not|yet) (?:yet )?(?:to )?decided?|"
    r"(?:take|took|taken|taking|reach|reached) (?:a|any|no|its|their) (?:final )?(?:decision|position|side|view)|"
    r"(?:ask(?:s|ed)? for|part in|await(?:s|ed)?) (?:a|the) vote|vote[sd]? (?:against|in favou?r))"
    r"(?=\W*$|,| that| (?:this|next|in|by|before|after|until|once|when|while|but|and|said|according)\b)",
    re.IGNORECASE,
)

_REACH, _APART, _FARTHEST = 2.0, 0.5, 20
"""Sentences over which the weight of a neighbour falls to 1/e, what one of another paragraph counts, and how far off a
neighbour counts at all: beyond, its weight is under 1/20,000."""


@dataclass(frozen=True, slots=True)
class Headed:
    """For each sentence the number of its section, and how near the heading over it is to each topic, shape (sentences,
    topics); 0 where none stands over it."""

    sections: Sequence[int]
    nearness: NDArray[np.float32]


def topics_of(
    topics: Sequence[Topic],
    scores: NDArray[np.float32],
    paragraphs: Sequence[int],
    texts: Sequence[str] = (),
    headed: Headed | None = None,
) -> Iterator[tuple[Topic | None, float]]:
    """For each sentence the topic that it bears on, None where neither it nor what is around it is near one, and how
    near it is itself to any.

    `scores` holds how near each sentence is to each topic, shape (sentences, topics); `paragraphs` the number of each
    sentence's paragraph; `texts` their English, where it is known; `headed` the headings over them.
    """
    if not topics:
        yield from ((None, 0.0) for _ in scores)
        return
    places, parts = np.arange(len(scores)), np.array(paragraphs)
    whole = scores.mean(axis=0) if len(scores) else np.zeros(len(topics), dtype=np.float32)
    over = headed.nearness if headed else np.zeros_like(scores)
    apart = _apart(headed, len(scores))
    for index, own in enumerate(scores):
        near = slice(max(0, index - _FARTHEST), index + _FARTHEST + 1)
        weights = np.exp(-np.abs(places[near] - index) / _REACH) * np.where(parts[near] == parts[index], 1.0, _APART)
        weights = np.where(apart[near] == apart[index], weights, 0.0)
        around = weights @ scores[near] / weights.sum()
        best = float(own.max())
        chosen = int((own + AROUND * around + WHOLE * whole + over[index]).argmax())
        leans = float(around[chosen]) >= LEAN or float(over[index][chosen]) >= LEAN
        if not leans and index < len(texts) and _MATTER.search(texts[index]):
            leans = max(float(around[chosen]), float(whole[chosen])) >= LEAN_OF_MATTER
        yield (topics[chosen] if best >= NEAR or leans else None), best


def _apart(headed: Headed | None, count: int) -> NDArray[np.int_]:
    """For each sentence a number that it shares with those whose topic may be its own: sections under a heading that
    names a topic stand each for themselves, all the rest is one."""
    if headed is None:
        return np.zeros(count, dtype=np.int_)
    topical = headed.nearness.max(axis=1) >= LEAN
    return np.where(topical, np.array(headed.sections, dtype=np.int_) + 1, 0)
