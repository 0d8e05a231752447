"""Within the fourth step: the summary of one document, and its form in the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest import summarise
from digest.model import EngineSignature, Point, Sentence
from digest.pipeline.work import Run, Work
from digest.summarise import About


def summary_of(
    run: Run, work: Work, vectors: NDArray[np.float32], topical: NDArray[np.float32], engine: EngineSignature
) -> tuple[Point, ...]:
    """The summary by chosen sentences; that of a document without a translation in its own language.

    `vectors` are the embeddings of the English sentences, `topical` how near each is to the nearest topic.
    """
    if work.untranslated:  # a few English paragraphs in a foreign document do not stand for it
        return summarise.in_own_language(work.sentences)
    title = None
    if work.document.title and work.document.language.code == "en":
        title = run.models.embedder.embed([work.document.title])[0]
    return summarise.summarise(work.english, vectors, run.config.summary.sentences, engine, About(title, topical))


def encode(points: Sequence[Point]) -> list[list[Any]]:
    """The form in the store: text, the places where the evidence begins, support."""
    return [[point.text, [one.start for one in point.evidence], point.support] for point in points]


def decode(rows: Any, engine: EngineSignature, by_start: Mapping[int, Sentence]) -> tuple[Point, ...]:
    """What `encode` wrote."""
    return tuple(
        Point(text, engine, tuple(by_start[start] for start in starts), support) for text, starts, support in rows
    )
