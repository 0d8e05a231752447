"""A written summary: long documents in pieces, and what is written checked sentence by sentence against the document.

A sentence that the document does not support is replaced by the sentence of the document that comes nearest, and
counted. So nothing stands in the brief that the document does not say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digest.faithfulness import Source, support
from digest.model import EngineSignature, Point, Sentence

OVERLAP = 2
"""Sentences at the end of a piece that begin the next one too, so that nothing is read without what it leans on."""

_ALIKE = 0.85


@dataclass(frozen=True, slots=True)
class Checked:
    """A written summary after the check: its points, and the sentences that were replaced, as they were written."""

    points: tuple[Point, ...]
    replaced: tuple[str, ...]


def pieces(texts: Sequence[str], length: Callable[[str], int], longest: int) -> list[tuple[int, int]]:
    """Runs of sentences [first, last) that a model can read at once; each but the first begins with the last two of
    the one before. A single sentence that is too long is a piece by itself."""
    sizes = [length(text) + 1 for text in texts]
    made: list[tuple[int, int]] = []
    first = 0
    while first < len(texts):
        last, total = first, 0
        while last < len(texts) and (last == first or total + sizes[last] <= longest):
            total += sizes[last]
            last += 1
        made.append((first, last))
        if last == len(texts):
            break
        first = max(first + 1, last - OVERLAP)
    return made


def checked(
    claims: Sequence[str],
    source: Source,
    embed: Callable[[Sequence[str]], NDArray[np.float32]],
    count: int,
    written_by: EngineSignature,
    chosen_by: EngineSignature,
) -> Checked:
    """At most `count` points out of what was written, in the order of the document, none twice.

    A claim that its source supports is a point by `written_by` with its evidence; one that it does not is replaced by
    the best sentence of its evidence, a point by `chosen_by`, and listed.
    """
    if not claims or not source.sentences:
        return Checked((), ())
    vectors = embed(claims)
    points: list[Point] = []
    replaced: list[str] = []
    for claim, vector in zip(claims, vectors, strict=True):
        found = support(claim, source, vector)
        best = found.evidence[0]
        if found.holds:
            points.append(Point(claim, written_by, found.evidence, round(found.score, 3)))
        else:
            replaced.append(claim)
            points.append(Point(best.english or best.text, chosen_by, (best,)))
    kept = _different(points, embed)[:count]
    return Checked(tuple(sorted(kept, key=_place)), tuple(replaced))


def _different(points: Sequence[Point], embed: Callable[[Sequence[str]], NDArray[np.float32]]) -> list[Point]:
    """The points that do not say what one before them says."""
    vectors = embed([point.text for point in points])
    kept: list[int] = []
    for index in range(len(points)):
        if all(float(vectors[index] @ vectors[other]) < _ALIKE for other in kept):
            kept.append(index)
    return [points[index] for index in kept]


def _place(point: Point) -> int:
    first: Sentence = point.evidence[0]
    return first.start
