"""The labelled corpus of `training/` as gold documents, so that the same measures apply to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.gold import GoldDocument, Row, Trap
from benchmarks.scoring import OTHER
from training import passages
from training.form import Item, Line, Passage, load
from training.split import Part, part_of

FOLDER = Path(__file__).resolve().parent.parent / "training" / "corpus"
_STANCES = {"S": "supports", "O": "opposes", "C": "conditional", "U": "undecided", "X": OTHER}


def documents(part: Part, folder: Path = FOLDER) -> tuple[GoldDocument, ...]:
    """The passages of one part of the split."""
    return tuple(_document(passage) for passage in load(folder) if part_of(passage.id) is part)


def _document(passage: Passage) -> GoldDocument:
    lines = passage.lines()
    return GoldDocument(
        key=passage.id,
        topic=passage.topic,
        register=passage.register,
        language="en",
        text=passages.text_of(passage),
        file=None,
        rows=tuple(row for line in lines for row in _rows(line)),
        traps=tuple(trap for line in lines for trap in _traps(line)),
    )


def _rows(line: Line) -> Iterator[Row]:
    """A row for each position. One that a second reader could take for none is neither rewarded nor punished."""
    for code, item in passages.items_of(line).items():
        labels = [label for label in (item.label, *item.others) if label != "-"]
        if labels:
            level = "core" if "-" not in (item.label, *item.others) else "borderline"
            stances = [_STANCES[label] for label in labels]
            yield Row(code, item.actor, stances[0], frozenset(stances), level, line.text, None)


def _traps(line: Line) -> Iterator[Trap]:
    held = passages.items_of(line)
    codes = frozenset(code for code, item in held.items() if _is_trap(item))
    if codes:
        yield Trap(line.text, codes)


def _is_trap(item: Item) -> bool:
    return item.label == "-" and not item.others
