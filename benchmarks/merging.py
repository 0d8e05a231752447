"""Is the same statement in several reports made one entry, and how long does it take?

    python -m benchmarks.merging

Twenty pairs of sentences that say the same in other words, twenty that only sound alike (the pairs that the thresholds
were set on, `tests/cases/same_statement.json`); then made-up positions in growing number.
"""

from __future__ import annotations

import json
import random
import sys
import time
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks import synthetic
from digest import engines
from digest.engines import Embedder
from digest.merging import Carried, merge
from digest.model import Position, Quote, Sentence, Stance, StanceLabel
from digest.positions import names

CASES = Path(__file__).resolve().parent.parent / "tests" / "cases" / "same_statement.json"
DAY = date(2026, 3, 2)
SIZES = (1_000, 4_000, 16_000)


def _document(number: int) -> str:
    return f"{number:08x}".ljust(64, "0")


def position(document: str, start: int, holder: str, statement: str, label: StanceLabel) -> Position:
    """A position with this statement."""
    where = Sentence(document, start, start + len(statement), statement, "en", 0)
    name = f"{document[:8]}-{start}-{holder}"
    return Position(name, holder, holder, None, statement, Quote.NONE, Stance(label, ""), "topic", None, where, "")


def pairs_merged(kind: str, embedder: Embedder) -> tuple[int, int]:
    """How many pairs of a kind ("same", "different") become one entry, and how many pairs there are."""
    pairs = json.loads(CASES.read_text(encoding="utf-8"))[kind]
    merged = 0
    for pair in pairs:
        code = next(code for word in pair[0].split() if (code := names.code_of(word)))
        both = [position(_document(number), 0, code, text, StanceLabel.SUPPORTS) for number, text in enumerate(pair)]
        meanings = {one.id: row for one, row in zip(both, embedder.embed(pair), strict=True)}
        days = {one.sentence.document: DAY for one in both}
        carried = Carried(days, meanings, {code: names.forms_of(code)})
        merged += len(merge(both, {document: document for document in days}, carried)) == 1
    return merged, len(pairs)


def seconds(count: int) -> float:
    """The processor time that merging so many made-up positions of ten holders takes, eight to a document."""
    chance, draw = random.Random(1), np.random.default_rng(1)  # noqa: S311
    made = []
    for number in range(count):
        statement = synthetic._filled(chance.choice(synthetic._STATEMENTS), chance)
        holder = chance.choice(synthetic._COUNTRIES)[0]
        made.append(position(_document(number // 8), number, holder, statement, chance.choice(list(StanceLabel))))
    vectors = draw.standard_normal((count, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    days = {one.sentence.document: DAY for one in made}
    carried = Carried(days, {one.id: row for one, row in zip(made, vectors, strict=True)})
    marks = {document: f"S{number}" for number, document in enumerate(days, 1)}
    start = time.process_time()
    merge(made, marks, carried)
    return time.process_time() - start


def main() -> int:
    """Print the table; 0 when done."""
    embedder = engines.load_embedder()
    for kind in ("same", "different"):
        merged, count = pairs_merged(kind, embedder)
        print(f"{kind:<10} merged: {merged} of {count}")
    for size in SIZES:
        print(f"{size:>7} positions: {seconds(size):.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
