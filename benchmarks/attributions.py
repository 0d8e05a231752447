"""Measure who is found to have said what, on sentences of our own that served for nothing else.

    python -m benchmarks.attributions [--verbose]

FOUND: the share of attributions whose source is found; RIGHT: the share of what is found that is one. A source is right
where it has the words of the gold source, or its last word and half of the others; each gold attribution is met once.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scoring import words
from digest.engines.parser import EnglishParser
from digest.positions.attribution import attributions

DATA = Path(__file__).resolve().parent / "data" / "attributions.json"


@dataclass(frozen=True, slots=True)
class Result:
    """Counts, and what was missed and what was found wrongly, as lines."""

    gold: int
    found: int
    right: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def recall(self) -> float:
        """The share of gold attributions found."""
        return self.right / self.gold

    @property
    def precision(self) -> float:
        """The share of found ones that are right."""
        return self.right / max(1, self.found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 0 when done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attributions", description="Measure attributions.")
    parser.add_argument("--verbose", action="store_true", help="list what is missed and what is wrong")
    options = parser.parse_args(arguments)
    result = measure()
    print(f"{result.gold} attributions: FOUND {result.recall:.3f}, {result.found} given: RIGHT {result.precision:.3f}")
    for line in (*result.missed, *result.wrong) if options.verbose else ():
        print(f"  {line}")
    return 0


def measure(path: Path = DATA) -> Result:
    """The program on every sentence of the file."""
    parser = EnglishParser()
    gold = found = right = 0
    missed: list[str] = []
    wrong: list[str] = []
    for row in json.loads(path.read_text(encoding="utf-8"))["sentences"]:
        open_ones = [source for source, _ in row["attributions"]]
        gold += len(open_ones)
        for one in attributions(row["text"], parser):
            found += 1
            met = next((source for source in open_ones if _same(one.source, source)), None)
            if met is None:
                wrong.append(f"wrong  {one.source} | {one.cue}: {row['text']}")
            else:
                open_ones.remove(met)
                right += 1
        missed += [f"missed {source}: {row['text']}" for source in open_ones]
    return Result(gold, found, right, tuple(missed), tuple(wrong))


def _same(found: str, wanted: str) -> bool:
    """Whether two sources are the same: all words, or enough of them with the head among them."""
    some, others = set(words(found)), set(words(wanted))
    articles = {"the", "a", "an"}
    some, others = some - articles or some, others - articles or others
    return some == others or (len(some & others) * 2 >= len(others) and len(some & others) * 2 >= len(some))


if __name__ == "__main__":
    sys.exit(main())
