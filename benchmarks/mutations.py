"""Does every rule of positions have a case that fails without it? Switches them off, one at a time.

    python -m benchmarks.mutations [--module NAME]... [--kind rule|part|word]... [--sample N] [--held]

Each rule of `digest/positions` is switched off in turn (`mutants.py`, `patterns.py`), and the tests of positions that
come by it are run (`witnesses.py`). Where none fails, the rule survives: no labelled case needs it. Printed are the
survivors, with `--held` also the others with the test that fails, and a table. `--sample` takes N at even distances.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.mutants import PART, RULE, WORD, Mutant, Switchable, sources
from benchmarks.patterns import Patterns, Wordings
from benchmarks.witnesses import Witness, witnesses

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "positions"
TESTS = tuple(path for path in sorted(FOLDER.glob("test_*.py")) if path.stem not in ("test_tables", "test_themes"))
"""Those that look at rules: themes have none, and the test of tables takes seconds."""

KINDS = (RULE, PART, WORD)
"""In the order of their weight."""

MODULES = (
    *("rules", "stance", "holders", "people", "names", "carrying", "past", "attribution", "surroundings", "proposer"),
    *("parsed", "floor", "podium", "issuing", "offices", "hearing", "together", "aiming", "contrast", "undoing"),
    *("meeting", "silence", "places", "votes", "context", "editorial", "joined", "bare", "subjects", "told", "quoting"),
    *("remembering", "asked", "interviews", "behalf", "public", "likened", "gapping", "denial", "aimed", "conditions"),
    *("leaders", "titled", "naming", "phrases"),
)
"""The modules that judge. Those that store, show or ask the classifier are not among them."""

TABLES = (Patterns.name, Wordings.name)
"""Their tables of patterns and of words."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print survivors and table; 0 when done."""
    options = _options(arguments)
    begin = time.perf_counter()
    every, chosen = choose(options.module or (*MODULES, *TABLES), options.kind or KINDS, options.sample)
    counts: Counter[tuple[str, str, bool]] = Counter()
    for mutant, killer in tried(chosen, every, TESTS):
        counts[mutant.module, mutant.kind, killer is not None] += 1
        if killer is None or options.held:
            print(line(mutant, killer), flush=True)
    print(table(counts))
    print(f"{time.perf_counter() - begin:.0f} s")
    return 0


def choose(modules: Sequence[str], kinds: Sequence[str], sample: int | None) -> tuple[list[Switchable], list[Mutant]]:
    """All modules and tables, and what of those that are named is to be switched off; with `sample` so many of it, at
    even distances."""
    every: list[Switchable] = [*sources(MODULES), Patterns(), Wordings()]
    chosen = [
        mutant
        for source in every
        if source.name in modules
        for mutant in source.mutants([one for one in every if one is not source])
        if mutant.kind in kinds
    ]
    if sample and sample < len(chosen):
        chosen = [chosen[at * len(chosen) // sample] for at in range(sample)]
    return every, chosen


def tried(
    chosen: Sequence[Mutant], every: Sequence[Switchable], tests: Sequence[Path]
) -> Iterator[tuple[Mutant, Witness | None]]:
    """Each thing to be switched off with the first test that fails without it, None where it survives."""
    by_name = {source.name: source for source in every}
    places = frozenset(place for mutant in chosen for place in mutant.lines)
    with witnesses(tests, every, places) as found:
        for mutant in chosen:
            yield mutant, failing(by_name[mutant.module], mutant, found)


def failing(source: Switchable, mutant: Mutant, tests: list[Witness]) -> Witness | None:
    """The first test that fails without something, None where it survives. That test comes to the front: it is likely
    to fail without the next thing too."""
    with source.without(mutant):
        found = next((test for test in tests if test.lines & mutant.lines and test.fails()), None)
    if found is not None:
        tests.remove(found)
        tests.insert(0, found)
    return found


def line(mutant: Mutant, killer: Witness | None) -> str:
    """File, line, kind, function, what is switched off, and the test that fails."""
    where = f"{mutant.module}:{mutant.line}"
    return f"{where:<18}{mutant.kind:<5}{mutant.function:<24} {mutant.text}  <- {killer.name if killer else 'survives'}"


def table(counts: Counter[tuple[str, str, bool]]) -> str:
    """For each module and kind, how many were switched off and how many of them survive."""
    rows = [f"{'':<14}" + "".join(f"{kind:>16}" for kind in KINDS)]
    for module in (*dict.fromkeys(name for name, _, _ in counts), ""):
        cells = []
        for kind in KINDS:
            held, left = (
                sum(number for key, number in counts.items() if key[1:] == (kind, fails) and module in ("", key[0]))
                for fails in (True, False)
            )
            cells.append(f"{left:>9} of {held + left:<3}")
        rows.append(f"{module or 'all':<14}" + " ".join(cells))
    return "\n".join((*rows, "survivors of those switched off"))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutations", description="Switch off each rule.")
    parser.add_argument("--module", choices=(*MODULES, *TABLES), action="append", help="repeatable")
    parser.add_argument("--kind", choices=KINDS, action="append", help="may be repeated")
    parser.add_argument("--sample", type=int, metavar="N", help="so many of them, at even distances")
    parser.add_argument("--held", action="store_true", help="print those that a test holds too")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
