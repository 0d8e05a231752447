"""The summary of a document that could not be translated: its own sentences, chosen without knowing its language.

Sentences are compared by the runs of letters that they share, which works where words are not divided by spaces too.
The ones nearest to all others are taken, early ones before late ones, none twice. Nothing here needs a model.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digest.model import EngineSignature, Point, Sentence

OWN_LANGUAGE = EngineSignature("summary", "own language", "runs of letters", "1", "MIT")
"""What chose the sentences of a document that could not be translated."""

_RUN = 3
_RUN_WITHOUT_SPACES = 2
_EARLY = 0.6
_REPEATED = 0.5
_SHORT, _LONG = 25, 450
_SHORT_DENSE, _LONG_DENSE = 10, 200
_UNFIT = 1.0
_QUESTIONS = ("?", "？", "؟", ";", ":", "：")


def in_own_language(sentences: Sequence[Sentence], count: int = 3) -> tuple[Point, ...]:
    """At most `count` sentences of the document, verbatim and in its order."""
    if not sentences:
        return ()
    texts = [sentence.text for sentence in sentences]
    near = _likeness(texts)
    central = near.sum(axis=1) / max(1, len(texts) - 1)
    central = central / (central.max() or 1.0)
    early = np.array([1.0 / (1.0 + index / 4.0) for index in range(len(texts))])
    scores = central + _EARLY * early - _UNFIT * np.array([_is_unfit(text) for text in texts], dtype=np.float64)
    chosen: list[int] = []
    while len(chosen) < min(count, len(texts)):
        gain = scores - (_REPEATED * near[:, chosen].max(axis=1) if chosen else 0.0)
        gain[chosen] = -np.inf
        chosen.append(int(gain.argmax()))
    return tuple(Point(texts[index], OWN_LANGUAGE, (sentences[index],)) for index in sorted(chosen))


def _likeness(texts: Sequence[str]) -> NDArray[np.float64]:
    """The cosine of each pair's runs of letters, weighed by rarity; 0 on the diagonal."""
    counted = [Counter(_runs(text)) for text in texts]
    spread = Counter(run for each in counted for run in each)
    place = {run: number for number, run in enumerate(run for run, many in spread.items() if many > 1)}
    matrix = np.zeros((len(texts), max(1, len(place))))
    for row, each in enumerate(counted):
        for run, many in each.items():
            if run in place:
                matrix[row, place[run]] = (1.0 + math.log(many)) * math.log(1.0 + len(texts) / spread[run])
    length = np.linalg.norm(matrix, axis=1, keepdims=True)
    matrix = matrix / np.where(length > 0, length, 1.0)
    near: NDArray[np.float64] = matrix @ matrix.T
    np.fill_diagonal(near, 0.0)
    return near


def _runs(text: str) -> list[str]:
    kept = "".join(sign if sign.isalnum() else " " for sign in text.casefold())
    kept = " ".join(kept.split())
    size = _RUN_WITHOUT_SPACES if _is_dense(text) else _RUN
    runs = (kept[at : at + size] for at in range(max(1, len(kept) - size + 1)))
    return [run for run in runs if not run.isspace()]


def _is_dense(text: str) -> bool:
    """Whether a text is written without spaces between words (Chinese, Japanese, Thai, Khmer ...)."""
    return len(text) > 2 * _RUN and text.count(" ") * 15 < len(text)


def _is_unfit(text: str) -> bool:
    """Whether a sentence is too short or too long to stand for the document, or a question."""
    least, most = (_SHORT_DENSE, _LONG_DENSE) if _is_dense(text) else (_SHORT, _LONG)
    return not least <= len(text) <= most or text.rstrip(' "”»」』').endswith(_QUESTIONS)
