"""A text through the real parser to its positions, without the rest of the program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from digest import positions
from digest.engines.parser import EnglishParser
from digest.model import Dating, Position, Sentence, Spokesperson, Topic
from digest.paragraphs import paragraphs
from digest.positions import floor
from digest.sentences import split


def positions_of(
    text: str,
    parser: EnglishParser,
    topics: Sequence[Topic] = (),
    *,
    published: date | None = None,
    heading: str = "",
    questions: frozenset[int] = frozenset(),
    actors: tuple[Spokesperson, ...] = (),
) -> tuple[list[Sentence], list[Position]]:
    """The sentences of a text and its positions; every sentence counts as being about the first topic."""
    sentences = [Sentence("d", s.start, s.end, text[s.start : s.end], "en", s.paragraph) for s in split(text)]
    docs = parser.parse([sentence.text for sentence in sentences])
    scores = np.ones((len(sentences), len(topics)), dtype=np.float32)
    labels = floor.labels_of(text, paragraphs(text))
    setting = positions.Setting(Dating(published, "test"), heading, questions, actors, labels)
    return sentences, positions.extract(sentences, docs, topics, scores, setting)
