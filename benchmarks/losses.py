"""Where positions are lost, and where false ones come in, step by step.

    python -m benchmarks.losses [--part development|training] [--register NAME]... [--verbose] [--curve]

On the development part of the labelled corpus, never on the part that is set aside; the training part shows what
grammar proposes (the classifier has seen its labels, so what it decides there tells nothing). A labelled position that
is not found is counted under the step that lost it (`Step`), a false position under how its holder came into the
sentence (`Way`) and who let it in. `--verbose` prints the sentences; `--curve` precision and recall for other
thresholds of the classifier.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from benchmarks import labelled, stages
from benchmarks.gold import GoldDocument
from benchmarks.scoring import OTHER, Prediction, Score, Unit, closeness, score, words
from digest import pipeline, positions
from digest.config import Config
from digest.model import Sentence, Topic
from digest.positions import deciding, proposer
from digest.positions.context import GUESSES
from digest.positions.deciding import Matter
from digest.positions.parsed import Parsed
from digest.positions.proposer import Refusal
from digest.store import Store
from training.split import Part


class Step(StrEnum):
    """Where a labelled position is lost, in the order of the program's steps."""

    UNREAD = "its sentence was not read"
    NOBODY = "no candidate in its sentence"
    ANOTHER = "only other holders are candidates"
    TOLD = f"refused: {Refusal.TOLD}"
    OTHERS = f"refused: {Refusal.OTHERS}"
    HOPELESS = f"refused: {Refusal.HOPELESS}"
    MERE = f"refused: {Refusal.MERE}"
    COURTESY = f"refused: {Refusal.COURTESY}"
    SILENT = f"refused: {Refusal.SILENT}"
    CLOSED = "a candidate in a place from which nobody speaks"
    TOPIC = "a deed in a document that deals with no topic"
    DENIED = "the classifier says no, the rules see one"
    ALONE = "the classifier says no, the rules see none"
    LATER = "found, and dropped or merged afterwards"


class Way(StrEnum):
    """How the holder of a false position came into its sentence."""

    NAMED = "named there, and holding nothing"
    CARRIED = "carried over from before"
    GUESSED = "a state guessed for an office"
    PRONOUN = "behind a pronoun"
    OTHERWISE = "behind an office, a person or a list"


_REFUSED = {reason: Step[reason.name] for reason in Refusal}
_NAMES = frozenset(("name", "adjective", "capital", "seat of government", "body", "group of states", "doubtful"))
_THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8), (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


@dataclass(slots=True)
class Watched:
    """A document on its way through the program: what was asked, how probable a position is for each open matter, what
    was refused in each sentence (by its start) and what came out."""

    key: str
    sentences: Sequence[Sentence] = ()
    asked: positions.Asked | None = None
    probable: dict[int, float] = field(default_factory=dict)
    refused: dict[tuple[int, str], Refusal] = field(default_factory=dict)
    found: list[Prediction] = field(default_factory=list)

    def matters(self, starts: set[int]) -> Iterator[Matter]:
        """The matters of the sentences that begin at these characters."""
        for matter in self.asked.matters if self.asked else ():
            if matter.sentence.sentence.start in starts:
                yield matter


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 0 when done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.losses", description="Where positions are lost.")
    parser.add_argument("--part", choices=[Part.DEVELOPMENT, Part.TRAINING], type=Part, default=Part.DEVELOPMENT)
    parser.add_argument("--register", action="append", metavar="NAME", help="may be repeated")
    parser.add_argument("--verbose", action="store_true", help="print the sentences")
    parser.add_argument("--curve", action="store_true", help="precision and recall for other thresholds")
    options = parser.parse_args(arguments)
    documents = [
        one for one in labelled.documents(options.part) if one.register in (options.register or [one.register])
    ]
    watched = [watch(document) for document in documents]
    print_report(documents, watched, options.verbose)
    if options.curve:
        print_curve(documents, watched)
    return 0


# --- the program, watched ---------------------------------------------------------------------------------------------


def watch(document: GoldDocument, models: pipeline.Models | None = None) -> Watched:
    """A document with a text of its own through the program, on its own topic, with what happened at each step."""
    models = models or stages.models()
    seen = Watched(document.key)
    (read,) = stages.read([document], None)
    with _watching(seen):
        config = Config(topics=(Topic("topic", document.topic),))
        made = pipeline.process([read], config, Store.in_memory(), stages.Silent(), models)
    seen.found = [stages.of_position(document.key, one) for one in made.digested[0].positions]
    if seen.asked and seen.asked.cases and models.judge:
        exactly = [replace(case, needed=0.0) for case in seen.asked.cases]
        rows: NDArray[np.float32] = models.judge.probabilities(exactly)
        opened = [matter for matter in seen.asked.matters if deciding.is_open(matter)]
        seen.probable = {id(matter): 1 - float(row[0]) for matter, row in zip(opened, rows, strict=True)}
    return seen


@contextmanager
def _watching(seen: Watched) -> Iterator[None]:
    ask, refusal = positions.ask, proposer.refusal

    def asking(sentences: Sequence[Sentence], *others: Any) -> positions.Asked:
        seen.sentences, seen.asked = sentences, ask(sentences, *others)
        return seen.asked

    def refusing(code: str, anchors: Any, found: Any, one: Parsed, context: Any) -> Refusal | None:
        reason = refusal(code, anchors, found, one, context)
        if reason is not None:
            seen.refused[one.sentence.start, code] = reason
        return reason

    with patch.object(positions, "ask", asking), patch.object(proposer, "refusal", refusing):
        yield


# --- what is missed ---------------------------------------------------------------------------------------------------


def step_of(unit: Unit, seen: Watched) -> tuple[Step, str]:
    """The last step that a missed position came to, and what is to be known there: probability, or who is asked about
    instead."""
    starts = {one.start for one in seen.sentences if closeness(one.english or "", unit.evidence)}
    if not starts:
        return Step.UNREAD, ""
    matters = list(seen.matters(starts))
    own = [matter for matter in matters if matter.candidate.holder.code == unit.code]
    if any(p.code == unit.code and closeness(p.evidence, unit.evidence) for p in seen.found):
        return Step.LATER, ""
    opened = [matter for matter in own if id(matter) in seen.probable]
    if opened:
        best = max(opened, key=lambda matter: seen.probable[id(matter)])
        step = Step.DENIED if best.candidate.found else Step.ALONE
        return step, f"{seen.probable[id(best)]:.2f} {_told(best)}"
    if own:
        return (Step.TOPIC if own[0].candidate.found else Step.CLOSED), _told(own[0])
    reasons = [reason for (start, code), reason in seen.refused.items() if start in starts and code == unit.code]
    if reasons:
        return _REFUSED[reasons[0]], ""
    others = sorted({matter.candidate.holder.code for matter in matters})
    return (Step.ANOTHER, ", ".join(others)) if others else (Step.NOBODY, "")


def _told(matter: Matter) -> str:
    ways = ", ".join(f"{anchor.kind}/{anchor.role}" for anchor in matter.candidate.anchors)
    return f"{ways}; {matter.candidate.holder.how}"


# --- what is too much -------------------------------------------------------------------------------------------------


def way_of(prediction: Prediction, seen: Watched) -> tuple[Way, str, str]:
    """How the holder of a false position came into its sentence, who let it in, and the particulars."""
    starts = {one.start for one in seen.sentences if words(one.text) == words(prediction.evidence)}
    matter = next(one for one in seen.matters(starts) if one.candidate.holder.code == prediction.code)
    kinds = {anchor.kind for anchor in matter.candidate.anchors}
    way = Way.OTHERWISE
    if all(anchor.role == "carried" for anchor in matter.candidate.anchors):
        way = Way.CARRIED
    elif any(guess in matter.candidate.holder.how for guess in GUESSES):
        way = Way.GUESSED
    elif kinds <= {"pronoun", "owner"}:
        way = Way.PRONOUN
    elif kinds & _NAMES:
        way = Way.NAMED
    by = "rules and classifier" if matter.candidate.found else "classifier alone"
    return way, by, f"{seen.probable.get(id(matter), 0):.2f} {_told(matter)}"


# --- the tables -------------------------------------------------------------------------------------------------------


def print_report(documents: Sequence[GoldDocument], watched: Sequence[Watched], verbose: bool) -> None:
    """The figures, the missed positions by step and the false ones by way, each by register."""
    by_key = {one.key: one for one in watched}
    registers = {one.key: one.register for one in documents}
    result = score([p for one in watched for p in one.found], documents)
    print(_figures(result))
    missed = [(unit, *step_of(unit, by_key[unit.document])) for unit in result.missed]
    wrong = [(p, *way_of(p, by_key[p.document])) for p in result.wrong]
    _table("missed", [(registers[unit.document], step.value) for unit, step, _ in missed])
    _table("too much", [(registers[p.document], f"{way}; {by}") for p, way, by, _ in wrong])
    _table("traps", [(registers[p.document], f"{way}; {by}") for p, way, by, _ in wrong if p in result.traps])
    if verbose:
        for unit, step, told in sorted(missed, key=lambda one: (list(Step).index(one[1]), one[0].document)):
            actors = {row.actor for row in unit.rows}
            print(f"- {step} [{told}]\n    {unit.document} {unit.code} {actors}: {unit.evidence}")
        for p, way, by, told in sorted(wrong, key=lambda one: (one[1], one[0].document)):
            sign = "TRAP " if p in result.traps else ""
            print(f"+ {sign}{way}; {by} [{told}]\n    {p.document} {p.code}: {p.evidence}")


def _figures(result: Score) -> str:
    find = result.find
    return (
        f"{result.documents} documents, {result.core} positions, {result.predictions} found: precision "
        f"{float(find.precision):.3f}, recall {float(find.recall):.3f}, F1 {find.f1:.3f}, traps {len(result.traps)}"
    )


def _table(title: str, rows: Sequence[tuple[str, str]]) -> None:
    counts, registers = Counter(rows), sorted({register for register, _ in rows})
    lines = Counter(line for _, line in rows)
    print(f"\n{title}: {len(rows)}\n{'':<72}{'all':>5}" + "".join(f"{one[:9]:>10}" for one in registers))
    for line, count in lines.most_common():
        cells = "".join(f"{counts[register, line] or '':>10}" for register in registers)
        print(f"{line[:70]:<72}{count:>5}{cells}")


def print_curve(documents: Sequence[GoldDocument], watched: Sequence[Watched]) -> None:
    """Precision, recall, F1 and traps for each threshold: where the rules see a position, and where they see none."""
    print(f"\n{'seen':>6}{'unseen':>8}{'P':>8}{'R':>7}{'F1':>7}{'traps':>7}")
    pairs = {(seen, deciding.UNSEEN) for seen in _THRESHOLDS[0]} | {(deciding.SEEN, one) for one in _THRESHOLDS[1]}
    for seen, unseen in sorted(pairs):
        with patch.multiple(deciding, SEEN=seen, UNSEEN=unseen):
            result = score([p for one in watched for p in _kept(one)], documents)
        find = result.find
        shown = f"{float(find.precision):>8.3f}{float(find.recall):>7.3f}{find.f1:>7.3f}{len(result.traps):>7}"
        print(f"{seen:>6.2f}{unseen:>8.2f}{shown}")


def _kept(one: Watched) -> Iterator[Prediction]:
    """What the thresholds of `deciding` let through."""
    for matter in one.asked.matters if one.asked else ():
        if one.probable.get(id(matter), 0.0) >= deciding.needed(matter):
            yield Prediction(one.key, matter.candidate.holder.code, None, OTHER, matter.sentence.sentence.text)


if __name__ == "__main__":
    sys.exit(main())
