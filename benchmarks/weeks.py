"""Four consecutive weeks of invented documents with known moves: are the changes found, and nothing else?

    python -m benchmarks.weeks [--verbose]

Each week is an issue; documents pile up as in a real folder. Three measurements: the whole program; the changes alone,
with the right positions fed in; and the same with those positions besides that a careless reader would find (in a
denial, a quotation of last week, a copied article). A change found is right where holder, topic, kind, was and now are;
for a contradiction in either order. The data are in `data/weeks`, made for this benchmark.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.stages import Silent
from digest import briefjson, copies, issues, pipeline, readers, sentences
from digest.compose import Frame, compose
from digest.config import Config
from digest.model import Brief, Change, ChangeKind, Digested, Position, Quote, Sentence, Stance, StanceLabel, Topic
from digest.pipeline.writing import history_of
from digest.positions import names
from digest.store import Store
from digest.word import template

DATA = Path(__file__).resolve().parent / "data" / "weeks"


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """One change: in which week, of whom, on what; `sides` are was and now, in order but for a contradiction."""

    week: int
    holder: str
    topic: str
    kind: str
    sides: tuple[str, str]

    @classmethod
    def of(cls, week: int, holder: str, topic: str, kind: str, was: str | None, now: str) -> Move:
        """From the parts, "" for what was nothing."""
        sides = (was or "", now)
        return cls(week, holder, topic, kind, (min(sides), max(sides)) if kind == ChangeKind.CONTRADICTED else sides)


@dataclass(frozen=True, slots=True)
class Result:
    """What was found of what is right. `sprung` are the false friends of which a change was made."""

    name: str
    found: frozenset[Move]
    right: frozenset[Move]
    sprung: tuple[str, ...]

    @property
    def precision(self) -> float:
        """The share of the changes found that are right."""
        return len(self.found & self.right) / max(1, len(self.found))

    @property
    def recall(self) -> float:
        """The share of the right changes that are found."""
        return len(self.found & self.right) / max(1, len(self.right))


@cache
def gold() -> dict[str, Any]:
    """The topics, the days of the issues, the right changes, the false friends and the positions of each document."""
    table: dict[str, Any] = json.loads((DATA / "gold.json").read_text(encoding="utf-8"))
    return table


def topics() -> tuple[Topic, ...]:
    """The two topics followed."""
    return tuple(Topic(one["id"], one["name"], tuple(one["words"])) for one in gold()["topics"])


def right_moves() -> frozenset[Move]:
    """The changes as they should be found."""
    keys = ("week", "holder", "topic", "kind", "was", "now")
    return frozenset(Move.of(*(one[key] for key in keys)) for one in gold()["changes"])


def _moves(week: int, changes: Iterable[Change]) -> Iterator[Move]:
    for one in changes:
        yield Move.of(week, one.holder, one.topic, one.kind, one.was, one.now)


def _result(name: str, found: Iterable[Move]) -> Result:
    moves, right = frozenset(found), right_moves()
    wrong = {(move.week, move.holder, move.topic) for move in moves - right}
    sprung = (one for one in gold()["false_friends"] if (one["week"], one["holder"], one["topic"]) in wrong)
    return Result(name, moves, right, tuple(f"week {one['week']}, {one['holder']}: {one['what']}" for one in sprung))


# --- the whole program ------------------------------------------------------------------------------------------------


def whole_program() -> tuple[Result, list[Brief]]:
    """Every stage, from the files on: what changed, and the briefs of the four weeks."""
    briefs = []
    with tempfile.TemporaryDirectory() as temporary:
        root, store = Path(temporary), Store.in_memory()
        for week, day in enumerate(gold()["issues"], 1):
            shutil.copytree(DATA / f"week{week}", root / "corpus" / f"week{week}")
            request = pipeline.Request(
                root / "corpus", root / "briefs", template.resolve("standard", template.folders()),
                date.fromisoformat(day), offline=True,
            )  # fmt: skip
            written = pipeline.make_brief(request, Config(topics=topics()), store, Silent()).json
            if written is None:
                raise SystemExit(f"No brief was written for {day}.")
            briefs.append(briefjson.from_json(written.read_bytes()))
    found = (move for week, brief in enumerate(briefs, 1) for move in _moves(week, brief.changes))
    return _result("whole program", found), briefs


def positions_found(briefs: Sequence[Brief]) -> tuple[int, int]:
    """How many of the right positions the whole program shows with the right stance, and how many there are."""
    shown = {
        (entry.position.holder, entry.position.topic, entry.position.stance.label.value, source.path)
        for brief in briefs
        for section in brief.holders
        for entry in section.all_entries()
        for source in brief.sources
        if entry.position.stance and source.mark in entry.marks
    }
    wanted = {
        (row["holder"], row["topic"], row["stance"], one["file"])
        for one in gold()["documents"]
        for row in one["positions"]
        if not row.get("trap")
    }
    return len(wanted & shown), len(wanted)


# --- the changes alone ------------------------------------------------------------------------------------------------


def changes_alone(*, traps: bool) -> Result:
    """The right positions fed in; with `traps` also those that a careless reader would find."""
    found: list[Move] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for week, day in enumerate(gold()["issues"], 1):
            documents = [one for one in gold()["documents"] if one["file"].startswith(f"week{week}/")]
            digested = [_digested(one, traps) for one in documents]
            brief = _composed(digested, date.fromisoformat(day), folder)
            (folder / f"{day}.json").write_bytes(briefjson.to_json(brief))
            found += _moves(week, brief.changes)
    return _result("changes alone" + (", with traps" if traps else ""), found)


def _digested(one: dict[str, Any], traps: bool) -> Digested:
    document = readers.read(DATA / one["file"], DATA, date.fromisoformat(gold()["issues"][-1]))
    rows = [row for row in one["positions"] if traps or not row.get("trap")]
    cut = sentences.split(document.text, document.furniture, "en")
    positions = tuple(_position(document.id, document.text, cut, row) for row in rows)
    fingerprint = copies.fingerprint(document.text[span.start : span.end] for span in cut)
    return Digested(replace(document, text="", furniture=()), 0, (), positions, None, False, b"", fingerprint)


def _position(document: str, text: str, cut: Sequence[sentences.Span], row: dict[str, Any]) -> Position:
    start = text.index(row["evidence"])
    paragraph = max((span.paragraph for span in cut if span.start <= start), default=0)
    evidence = Sentence(document, start, start + len(row["evidence"]), row["evidence"], "en", paragraph)
    holder = row["holder"]
    return Position(
        f"{document[:8]}-{start}-{holder}", holder, names.holder_name(holder), None, row["evidence"], Quote.NONE,
        Stance(StanceLabel(row["stance"]), "gold"), row["topic"], None, evidence, "gold",
    )  # fmt: skip


def _composed(digested: Sequence[Digested], day: date, folder: Path) -> Brief:
    past = issues.past_issues(folder)
    number, previous = issues.number_for(day, past)
    frame = Frame("Weeks", day, number, previous, (None, None), "", "", "standard", "en", topics(), ())
    frame = replace(frame, past=history_of(issues.before(day, past)))
    held = {one.holder for each in digested for one in each.positions}
    called = {code: names.holder_name(code) for code in held}
    kinds = {code: names.holder_kind(code) for code in held}
    return compose(digested, frame, [], [], kinds, called)


# --- the table --------------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0 when done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.weeks", description="Measure what changed.")
    parser.add_argument("--verbose", action="store_true", help="every change that is missing or too much")
    options = parser.parse_args(arguments)
    whole, briefs = whole_program()
    kept, wanted = positions_found(briefs)
    documents, friends = len(gold()["documents"]), len(gold()["false_friends"])
    print(f"{documents} documents, {len(right_moves())} changes, {friends} false friends")
    print(f"positions with the right stance in the briefs: {kept} of {wanted}")
    print(f"{'':<28}{'found':>6}{'right':>6}{'P':>8}{'R':>8}  false friends sprung")
    for result in (changes_alone(traps=False), changes_alone(traps=True), whole):
        right = len(result.found & result.right)
        figures = f"{len(result.found):>6}{right:>6}{result.precision:>8.3f}{result.recall:>8.3f}"
        print(f"{result.name:<28}{figures}  {'; '.join(result.sprung) or 'none'}")
        for move in sorted(result.right - result.found) if options.verbose else ():
            print(f"   missing  {move}")
        for move in sorted(result.found - result.right) if options.verbose else ():
            print(f"   too much {move}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
