"""What a run costs when the store has grown: one new document among many, nothing new, and first runs of any size."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import synthetic
from benchmarks.run import Run, timed

_AGE = 3600
"""Seconds by which made-up files are set back: one changed just now is read again by the next run, for safety."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A corpus with its own store and results."""

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> _Place:
        (folder / "corpus").mkdir(parents=True)
        topic = f"[[topics]]\nname = {json.dumps(synthetic.TOPIC)}\n"
        (folder / "digest.toml").write_text(topic, encoding="utf-8")
        return cls(folder)

    def write(self, number: int, seed: int, paragraphs: int, first: int = 0) -> None:
        there = set((self.folder / "corpus").iterdir())
        synthetic.write(self.folder / "corpus", number, seed, paragraphs, first)
        then = time.time() - _AGE
        for path in set((self.folder / "corpus").iterdir()) - there:
            os.utime(path, (then, then))

    def run(self, issued: str, *more: str) -> Run:
        arguments = ["--corpus", str(self.folder / "corpus"), "--out", str(self.folder / "briefs")]
        arguments += ["--config", str(self.folder / "digest.toml"), "--date", issued, "--quiet", "--offline", *more]
        return timed(arguments, self._environment())

    def _environment(self) -> Mapping[str, str]:
        return os.environ | {"XDG_CACHE_HOME": str(self.folder / "cache")}

    def store(self) -> float:
        """The size of the store in MiB."""
        return sum(path.stat().st_size for path in (self.folder / "cache").rglob("*") if path.is_file()) / 2**20


def weeks(work: Path, number: int, paragraphs: int, seed: int) -> None:
    """Print what a first run over `number` documents costs, the next week with one more, and weeks with nothing new."""
    place = _Place.make(work / "weeks")
    place.write(number, seed, paragraphs)
    first = place.run("2026-11-01")
    print(f"first run, {number} documents: {first}; store {place.store():.0f} MiB")
    print(f"the same again: {place.run('2026-11-01')}")
    place.write(1, seed, 7, first=number)
    one = place.run("2026-11-08")
    share, busy = 100 * one.seconds / first.seconds, 100 * one.busy / first.busy
    print(f"a week later, one new: {one}: {share:.1f} % of the first run ({busy:.1f} % of its processor time)")
    print(f"a week later, nothing new: {place.run('2026-11-15')}")
    print(f"an issue of everything, nothing computed: {place.run('2026-11-22', '--all')}", flush=True)


def growth(work: Path, numbers: Sequence[int], paragraphs: int, seed: int) -> None:
    """Print a row for each size: seconds of a first run by the clock and of processors, the same in milliseconds for
    each document that it has more than the row before (the first: than none), memory. So what it costs to start does
    not count in later rows."""
    print(f"{'documents':>10} {'s':>9} {'CPU s':>9} {'ms/more':>9} {'CPU ms/more':>12} {'MiB':>6} {'store MiB':>10}")
    before, last = 0, Run(0.0, 0.0, 0.0)
    for number in numbers:
        place = _Place.make(work / f"growth{number}")
        place.write(number, seed, paragraphs)
        made = place.run("2026-11-22")
        seconds, busy = (
            (now - then) * 1000 / max(1, number - before)
            for now, then in ((made.seconds, last.seconds), (made.busy, last.busy))
        )
        each = f"{seconds:>9.1f} {busy:>12.1f}"
        row = f"{number:>10} {made.seconds:>9.1f} {made.busy:>9.1f} {each} {made.memory:>6.0f}"
        print(f"{row} {place.store():>10.1f}", flush=True)
        before, last = number, made
