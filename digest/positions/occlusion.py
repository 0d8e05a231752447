"""The words that decided, where the classifier alone found a stance: those whose absence lowers it most.

Phrases of one to four words, by the parse, are left out one at a time, and the classifier is asked again; all of a
document's in one batch, and only for positions that are shown with a stance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from digest.engines import Case, Judge
from digest.model import StanceLabel
from digest.positions.cases import marked_text
from digest.positions.deciding import LABELS, Matter, Verdict, cue_token

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST, TRIED = 4, 5
"""Words of a phrase, and phrases tried of a sentence: those nearest to the verb. Of fifty phrases that decided among
eight, 39 were among the first five; each one tried costs as much as a case."""

TELLING = 0.05
"""So much of the label's probability must go with the words; else no phrase decided, and the verb is shown."""

_CONTENT = frozenset(("VERB", "ADJ", "NOUN", "ADV", "ADP", "PART", "INTJ"))


def with_cues(
    matters: Sequence[Matter],
    whole_cases: Sequence[Case],
    whole_rows: NDArray[np.float32],
    verdicts: Sequence[Verdict | None],
    judge: Judge,
) -> list[Verdict | None]:
    """The verdicts on these matters, those of the classifier alone with the words that decided. `whole_cases` are the
    cases of the matters, `whole_rows` their probabilities, shape (matters, 1 + labels)."""
    cases: list[Case] = []
    asked: list[tuple[int, tuple[int, int], int]] = []
    for number, (matter, verdict) in enumerate(zip(matters, verdicts, strict=True)):
        if verdict is None or verdict.by != "classifier" or verdict.label in (None, StanceLabel.OTHER):
            continue
        for span in phrases(matter):
            asked.append((number, span, 1 + LABELS.index(verdict.label or StanceLabel.OTHER)))
            cases.append(replace(whole_cases[number], text=marked_text(matter.sentence, matter.candidate, span)))
    made = list(verdicts)
    if not cases:
        return made
    best: dict[int, float] = {}
    for (number, (start, end), column), row in zip(asked, judge.probabilities(cases), strict=True):
        verdict, lost = made[number], float(whole_rows[number][column] - row[column])
        if verdict is not None and lost > max(best.get(number, 0.0), TELLING):
            best[number] = lost
            made[number] = replace(verdict, cue=matters[number].sentence.doc[start:end].text)
    return made


def phrases(matter: Matter) -> list[tuple[int, int]]:
    """Phrases as tokens [start, end) that do not name the holder, those nearest to its verb first."""
    doc, at = matter.sentence.doc, cue_token(matter)
    named = {index for anchor in matter.candidate.anchors for index in range(anchor.start, anchor.end)}
    found = dict.fromkeys(
        span
        for token in doc
        if token.pos_ in _CONTENT or token.dep_ == "neg"
        for span in _around(token)
        if not named & set(range(*span))
    )
    return sorted(found, key=lambda span: (min(abs(span[0] - at), abs(span[1] - 1 - at)), span))[:TRIED]


def _around(token: Token) -> Iterator[tuple[int, int]]:
    """A short phrase whole; of a long one its head with negation, helping verbs and particle beside it."""
    start, end = token.left_edge.i, token.right_edge.i + 1
    while end - start > 1 and token.doc[end - 1].is_punct:
        end -= 1
    if end - start <= LONGEST:
        yield start, end
        return
    near = {token.i}
    for child in token.children:
        if child.dep_ in ("neg", "prt", "aux", "auxpass", "acomp") and abs(child.i - token.i) < LONGEST:
            near.add(child.i)
    if max(near) - min(near) < LONGEST:
        yield min(near), max(near) + 1
    else:
        yield token.i, token.i + 1
