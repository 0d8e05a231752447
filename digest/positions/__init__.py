"""Positions by country: who holds what, who said it, in which sentence. Works on English, original or translated.

Grammar proposes (`proposer`, with the verdict of the rules in `rules` and `stance`), a trained classifier decides
(`deciding`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from digest.engines import Judge
from digest.model import Position, Sentence, Topic
from digest.positions import rules
from digest.positions.cases import case_of, leans
from digest.positions.deciding import Matter, by_model, by_rules, is_open
from digest.positions.making import position_of
from digest.positions.parsed import Parsed
from digest.positions.proposer import Candidate, propose
from digest.positions.surroundings import Setting, survey

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["NEAR", "Setting", "extract", "propose_all"]

NEAR = 0.10
"""From this relevance on a sentence is about a topic: measured in `benchmarks/relevance.py`."""


def extract(
    sentences: Sequence[Sentence],
    docs: Iterable[Doc],
    topics: Sequence[Topic],
    scores: NDArray[np.float32],
    setting: Setting,
    judge: Judge | None = None,
) -> list[Position]:
    """The positions of one document, in the order of its sentences.

    `docs` holds the parse of each sentence's English; `scores` how near each sentence is to each topic, shape
    (sentences, topics), from `NEAR` on it is about the topic. Sentences without English must not be among them.
    Without `judge` the rules alone decide.
    """
    matters = [
        Matter(one, candidate, topic, nearness, len(candidates) - 1, _before(sentences, index))
        for index, (one, candidates) in enumerate(propose_all(sentences, docs, setting))
        for topic, nearness in [_topic(topics, scores[index])]
        for candidate in candidates
    ]
    if judge is None:
        verdicts = [by_rules(matter, bool(topics)) for matter in matters]
    else:
        matters = [matter for matter in matters if is_open(matter)]
        rows = judge.probabilities(
            [case_of(one.sentence, one.candidate, one.topic, one.others, _shown_before(one)) for one in matters]
        )
        verdicts = [by_model(matter, row) for matter, row in zip(matters, rows, strict=True)]
    published = setting.dating.published
    pairs = zip(matters, verdicts, strict=True)
    return [position_of(matter, verdict, published) for matter, verdict in pairs if verdict is not None]


def propose_all(
    sentences: Sequence[Sentence], docs: Iterable[Doc], setting: Setting
) -> Iterator[tuple[Parsed, list[Candidate]]]:
    """Each sentence, parsed, with every holder that it could speak for and what the rules make of each."""
    surroundings = survey(sentences, docs, setting)
    context = surroundings.context
    for one in surroundings.parsed:
        surroundings.enter(one)
        found = rules.judge(one, context)
        yield one, propose(one, context, found)
        rules.remember(one, context)


def _shown_before(matter: Matter) -> str:
    return matter.previous if leans(matter.sentence.doc.text) else ""


def _before(sentences: Sequence[Sentence], index: int) -> str:
    return (sentences[index - 1].english or "") if index else ""


def _topic(topics: Sequence[Topic], scores: NDArray[np.float32]) -> tuple[Topic | None, float]:
    """The topic that a sentence is nearest to, None where it is near none, and how near."""
    if not topics:
        return None, 0.0
    best = float(scores.max())
    return (topics[int(scores.argmax())] if best >= NEAR else None), best
