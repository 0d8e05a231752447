"""How true the words are that are shown beside a stance of the classifier alone, and what they cost.

    python -m benchmarks.cues [--training N]

For each such stance in the development part of the labelled corpus and in data/positions_heldout_a.json every phrase is
left out and the classifier asked again: the dear way, against which the program's and another are held. `--training N`:
in every Nth passage of the training part as well.

STANCES; ASKED: cases asked for each beside its own; BEST: how often the words are the phrase whose absence lowers the
label's probability most; LOST: by how much the words shown lower it, on average; TOLD: how often by more than
`occlusion.TELLING`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks import gold, labelled, stages
from benchmarks.gold import GoldDocument
from benchmarks.positions import DEVELOPMENT
from digest import positions
from digest.engines import Case, Judge, Pieces, weighed, without
from digest.model import Dating, Sentence, StanceLabel, Topic
from digest.positions import occlusion
from digest.positions.cases import marked_place
from digest.positions.deciding import LABELS, is_open
from digest.sentences import split
from training.split import Part

NEAREST = 5


class Counted:
    """A judge, and how often it was asked beside the first time."""

    def __init__(self, judge: Judge) -> None:
        self._judge, self.signature, self.asked = judge, judge.signature, 0

    def probabilities(self, cases: Sequence[Case]) -> NDArray[np.float32]:
        """As the judge's."""
        self.asked += len(cases)
        return self._judge.probabilities(cases)

    def weighed(
        self, cases: Sequence[Case], pieces: Pieces
    ) -> tuple[NDArray[np.float32], dict[int, NDArray[np.float32]]]:
        """As the judge's."""
        return weighed(self._judge, cases, pieces)


@dataclass(frozen=True, slots=True)
class _Found:
    """A stance of the classifier alone: what each phrase takes with it, those nearest to the verb first, and which of
    them is shown (None: the verb, since no phrase decided)."""

    lost: tuple[float, ...]
    shown: int | None


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0 when done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cues", description="Measure the words that decided.")
    parser.add_argument("--training", type=int, metavar="N", help="every Nth passage of the training part as well")
    every = parser.parse_args(arguments).training
    judge = stages.models().judge
    if judge is None:  # pragma: no cover - only for versions by rule
        raise SystemExit("This version has no classifier.")
    measured = {"development": labelled.documents(Part.DEVELOPMENT), DEVELOPMENT.stem: gold.load(DEVELOPMENT)}
    if every:
        measured["training"] = labelled.documents(Part.TRAINING)[::every]
    print(f"{'':<32}STANCES  ASKED   BEST   LOST   TOLD")
    for name, documents in measured.items():
        counted = Counted(judge)
        found = [one for document in documents for one in _found(document, counted, judge)]
        _print(name, counted.asked / max(1, len(found)), found, [one.shown for one in found])
        nearest = [int(np.argmax(one.lost[:NEAREST])) for one in found]
        tried = [len(one.lost[:NEAREST]) for one in found]
        _print(f"  best of the {NEAREST} nearest", float(np.mean(tried)), found, nearest)
        _print("  all", float(np.mean([len(one.lost) for one in found])), found, [_best(one) for one in found])
    return 0


def _found(document: GoldDocument, counted: Counted, judge: Judge) -> Iterable[_Found]:
    text = document.text or ""
    sentences = [Sentence("d", s.start, s.end, text[s.start : s.end], "en", s.paragraph) for s in split(text)]
    docs = list(stages.models().parser.parse([sentence.text for sentence in sentences]))
    scores = np.ones((len(sentences), 1), dtype=np.float32)
    setting = positions.Setting(Dating(None, "not dated"))
    asked = positions.ask(sentences, docs, [Topic("topic", document.topic)], scores, setting)
    matters = [matter for matter in asked.matters if is_open(matter)]
    rows = judge.probabilities(asked.cases)
    for number, verdict in enumerate(positions.judged(asked, counted)):
        if verdict is None or verdict.by != "classifier" or verdict.label in (None, StanceLabel.OTHER):
            continue
        matter, column = matters[number], 1 + LABELS.index(verdict.label)
        phrases = occlusion.phrases(matter)
        shorter = [
            without(asked.cases[number], marked_place(matter.sentence, matter.candidate, span)) for span in phrases
        ]
        lost = rows[number][column] - judge.probabilities(shorter)[:, column]
        words = [matter.sentence.doc[start:end].text for start, end in phrases]
        shown = [at for at, one in enumerate(words) if one == verdict.cue]
        if phrases:
            yield _Found(tuple(map(float, lost)), max(shown, key=lambda at: lost[at], default=None))


def _best(one: _Found) -> int:
    return int(np.argmax(one.lost))


def _print(name: str, asked: float, found: Sequence[_Found], chosen: Sequence[int | None]) -> None:
    lost = [0.0 if at is None else one.lost[at] for one, at in zip(found, chosen, strict=True)]
    best = np.mean([one >= max(each.lost) for one, each in zip(lost, found, strict=True)])
    told = np.mean([one > occlusion.TELLING for one in lost])
    print(f"{name:<32}{len(found):>7}{asked:>7.2f}{best:>7.3f}{np.mean(lost):>7.3f}{told:>7.3f}")


if __name__ == "__main__":
    sys.exit(main())
