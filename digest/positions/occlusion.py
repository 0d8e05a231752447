"""What the classifier decides, and the words that decided where it alone found a stance: their absence lowers it.

Of the phrases of one to four words that the parse shows, the classifier tells while it works about how much hangs on
each (`engines.Weigher`), and that on which most hangs is shown. Where this is not plain, the classifier is asked again
with the phrase left out, and then with the next; all of a document's in one batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from digest.engines import Case, Judge, weighed, without
from digest.model import StanceLabel
from digest.positions.cases import marked_place
from digest.positions.deciding import LABELS, Matter, Verdict, by_model, cue_token

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST, TRIED = 4, 2
"""Words of a phrase, and phrases of a sentence that are asked about; each of these costs as much as a case."""

TELLING = 0.05
"""So much of the label's probability must go with the words; else no phrase decided, and the verb is shown."""

CERTAIN, LIKELY = 0.15, 0.05
"""Where so much seems to go with a phrase, it is not asked about: of 316 phrases beyond the first, the true absence of
each took more than `TELLING` (`benchmarks.cues`). The second is for the verb, which would be shown anyway."""

_CONTENT = frozenset(("VERB", "ADJ", "NOUN", "ADV", "ADP", "PART", "INTJ"))

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Sought:
    """A stance whose words are sought: the column of its probability, and the phrases of its sentence."""

    matter: Matter
    case: Case
    column: int
    spans: tuple[_Span, ...]

    @classmethod
    def of(cls, matter: Matter, case: Case, verdict: Verdict | None) -> _Sought | None:
        """None where no words are sought: no position, or none of the classifier alone, or no stance."""
        if verdict is None or verdict.by != "classifier" or verdict.label in (None, StanceLabel.OTHER):
            return None
        return cls(matter, case, 1 + LABELS.index(verdict.label or StanceLabel.OTHER), tuple(phrases(matter)))

    def place(self, span: _Span) -> tuple[int, int]:
        """The characters of a phrase in the text of the case."""
        return marked_place(self.matter.sentence, self.matter.candidate, span)

    def is_plain(self, span: _Span, lost: float) -> bool:
        """Whether a phrase with which so much seems to be lost need not be asked about."""
        return lost >= (LIKELY if cue_token(self.matter) in range(*span) else CERTAIN)


def verdicts(matters: Sequence[Matter], cases: Sequence[Case], judge: Judge) -> list[Verdict | None]:
    """The verdicts on these matters, of which `cases` are the cases; None where there is no position. Where the
    classifier alone found a stance, the cue is the words that decided."""
    made: dict[int, Verdict | None] = {}
    sought: dict[int, _Sought] = {}

    def pieces(number: int, row: NDArray[np.float32]) -> list[tuple[int, int]]:
        made[number] = by_model(matters[number], row.tolist())
        one = _Sought.of(matters[number], cases[number], made[number])
        if one is None:
            return []
        sought[number] = one
        return [one.place(span) for span in one.spans]

    rows, lacking = weighed(judge, cases, pieces)
    for number, span in _deciding(sought, rows, lacking, judge).items():
        verdict = made[number]
        made[number] = verdict and replace(verdict, cue=matters[number].sentence.doc[slice(*span)].text)
    return [made[number] for number in range(len(matters))]


def _deciding(
    sought: Mapping[int, _Sought],
    rows: NDArray[np.float32],
    lacking: Mapping[int, NDArray[np.float32]],
    judge: Judge,
) -> dict[int, _Span]:
    """The phrase that decided, of those verdicts of which one did. `rows` are the probabilities of all cases, `lacking`
    about what those of a case would be without each of its phrases."""
    found: dict[int, _Span] = {}
    doubtful: dict[int, list[_Span]] = {}
    for number, without_each in sorted(lacking.items()):
        one = sought[number]
        lost = rows[number, one.column] - without_each[:, one.column]
        order = [one.spans[at] for at in np.argsort(-lost, kind="stable")]
        if one.is_plain(order[0], float(lost.max())):
            found[number] = order[0]
        else:
            doubtful[number] = order[:TRIED]
    for turn in range(TRIED):
        asked = {number: own[turn] for number, own in doubtful.items() if number not in found and turn < len(own)}
        cases = [without(sought[number].case, sought[number].place(span)) for number, span in asked.items()]
        answers = judge.probabilities(cases) if cases else ()
        for (number, span), row in zip(asked.items(), answers, strict=True):
            column = sought[number].column
            if rows[number, column] - row[column] > TELLING:
                found[number] = span
    return found


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
    return sorted(found, key=lambda span: (min(abs(span[0] - at), abs(span[1] - 1 - at)), span))


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
