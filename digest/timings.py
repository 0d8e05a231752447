"""Where the time of a run went: seconds and items of each stage, documents and words a second, memory at its peak."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol

from digest import memory


class Stages(Protocol):
    """What shows progress: `stage` gives a context whose value is called with the number of items just done."""

    def stage(self, label: str, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """Begin a stage of `total` items."""


@dataclass(slots=True)
class _Spent:
    items: int = 0
    seconds: float = 0.0


class Timings:
    """Passes progress on to another and keeps the time of each stage; stages of the same label are added up."""

    def __init__(self, shown: Stages) -> None:
        self._shown = shown
        self._spent: dict[str, _Spent] = {}
        self._start = time.perf_counter()

    @contextmanager
    def stage(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        """A stage as the other shows it, timed from beginning to end."""
        spent = self._spent.setdefault(label, _Spent())
        start = time.perf_counter()
        try:
            with self._shown.stage(label, total) as advance:

                def count(done: int) -> None:
                    spent.items += done
                    advance(done)

                yield count
        finally:
            spent.seconds += time.perf_counter() - start

    def report(self, documents: int, words: int) -> str:
        """The table, as lines of text; `documents` and `words` are those of the brief."""
        whole = time.perf_counter() - self._start
        rows = [("", "items", "seconds", "items/s")]
        for label, spent in self._spent.items():
            rows.append((label, str(spent.items), f"{spent.seconds:.2f}", _rate(spent.items, spent.seconds)))
        between = whole - sum(spent.seconds for spent in self._spent.values())
        rows.append(("Between the stages", "", f"{between:.2f}", ""))
        rows.append(("The whole run", str(documents), f"{whole:.2f}", _rate(documents, whole)))
        width = max(len(row[0]) for row in rows)
        lines = [f"{label:<{width}} {items:>8} {seconds:>9} {rate:>10}" for label, items, seconds, rate in rows]
        peak = memory.peak()
        beside = f"; {peak:.0f} MiB of memory at the peak" if peak else ""
        return "\n".join([*lines, f"{words} words, {_rate(words, whole)} words/s{beside}"])


def _rate(items: int, seconds: float) -> str:
    return f"{items / seconds:.1f}" if seconds > 0 else "-"
