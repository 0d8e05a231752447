"""Positions by country: who holds what, who said it, in which sentence. Works on English, original or translated.

Grammar proposes (`proposer`, with the verdict of the rules in `rules` and `stance`), a trained classifier decides
(`deciding`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from digest.engines import Case, Judge
from digest.model import Position, Sentence, StanceLabel, Topic
from digest.positions import remembering, rules
from digest.positions.aiming import aims
from digest.positions.bearing import NEAR, Headed, topics_of
from digest.positions.cases import case_of, leans
from digest.positions.deciding import Matter, Verdict, by_rules, is_open, needed
from digest.positions.making import position_of
from digest.positions.occlusion import verdicts
from digest.positions.parsed import Parsed
from digest.positions.proposer import Candidate, propose
from digest.positions.surroundings import Setting, survey

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["NEAR", "Asked", "Headed", "Setting", "Verdict", "answered", "ask", "extract", "judged", "propose_all"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a document puts before a judge: its `cases`, and the matters that they and the rules' verdicts are about.

    `with_topics` tells whether there are topics at all.
    """

    matters: tuple[Matter, ...]
    cases: tuple[Case, ...]
    with_topics: bool


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
    asked = ask(sentences, docs, topics, scores, setting)
    return answered(asked, judged(asked, judge) if judge else None, setting)


def ask(
    sentences: Sequence[Sentence],
    docs: Iterable[Doc],
    topics: Sequence[Topic],
    scores: NDArray[np.float32],
    setting: Setting,
    headed: Headed | None = None,
) -> Asked:
    """The first half of `extract`: what a judge is to be asked, which may then work somewhere else. `headed` tells
    under which headings the sentences stand."""
    paragraphs = [sentence.paragraph for sentence in sentences]
    texts = [sentence.english or "" for sentence in sentences]
    bearing = topics_of(topics, scores, paragraphs, texts, headed)
    matters = tuple(
        Matter(one, aim.candidate, aim.topic, nearness, len(candidates) - 1, _before(sentences, index), aim.second)
        for index, ((one, candidates), (topic, nearness)) in enumerate(
            zip(propose_all(sentences, docs, setting), bearing, strict=True)
        )
        for candidate in candidates
        for aim in aims(one, candidate, topic, topics, scores[index].tolist())
    )
    return Asked(matters, tuple(_case(matter) for matter in _open(matters)), bool(topics))


def judged(asked: Asked, judge: Judge) -> list[Verdict | None]:
    """What the judge and the rules make of what is asked, with the words that decided."""
    return verdicts(list(_open(asked.matters)), asked.cases, judge)


def answered(asked: Asked, answer: Sequence[Verdict | None] | None, setting: Setting) -> list[Position]:
    """The second half: the positions, from what was `judged`; by the rules where there was no judge."""
    told: Iterable[tuple[Matter, Verdict | None]]
    if answer is None:
        told = ((matter, by_rules(matter, asked.with_topics)) for matter in asked.matters)
    else:
        told = zip(_open(asked.matters), answer, strict=True)
    published = setting.dating.published
    return [
        position_of(matter, verdict, published)
        for matter, verdict in told
        if verdict is not None and (not matter.second or verdict.label not in (None, StanceLabel.OTHER))
    ]


def _open(matters: Iterable[Matter]) -> Iterator[Matter]:
    return (matter for matter in matters if is_open(matter))


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
        remembering.remember(one, context)
        context.claimed = one, tuple(found)


def _case(matter: Matter) -> Case:
    previous = matter.previous if leans(matter.sentence.text) else ""
    case = case_of(matter.sentence, matter.candidate, matter.topic, matter.others, previous)
    return replace(case, needed=needed(matter))


def _before(sentences: Sequence[Sentence], index: int) -> str:
    return (sentences[index - 1].english or "") if index else ""
