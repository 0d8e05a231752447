"""Kill a run at a random moment, let it run again, and compare what it writes with that of an undisturbed run.

    python -m benchmarks.killed [--runs 100] [--seed 1]

Each time an empty store and an empty folder of results; the program is killed without a chance to clean up (SIGKILL,
on Windows TerminateProcess) and then run to its end. The moment is chance over all the time that an undisturbed run
takes; every third time it is the next moment after that at which something is written to the store. Counted: runs whose
JSON or Word file differs, and files left.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import synthetic

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = 5
"""One of them Portuguese. Short ones: a run is to be killed in every stage, and starting it takes longest."""
_LOOK = 0.001
"""Seconds between two looks at whether the store is being written."""


@dataclass(frozen=True, slots=True)
class Killed:
    """One killed run: after how many seconds, whether the store was being written, whether the run had ended by itself,
    and what was wrong after the next one."""

    after: float
    writing: bool
    had_ended: bool
    problems: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each problem and the sum; 0 when there was none."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.killed", description="Kill runs and compare.")
    parser.add_argument("--runs", type=int, default=100, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="digest-killed-") as temporary:
        found = check(Path(temporary), options.runs, options.seed)
    bad = [one for one in found if one.problems]
    for one in bad:
        print(f"killed after {one.after:.2f} s: {'; '.join(one.problems)}")
    ended, writing = sum(one.had_ended for one in found), sum(one.writing for one in found)
    print(
        f"{len(found)} runs, of which {writing} were killed while the store was written and {ended} had ended before "
        f"they were to be killed; {len(bad)} came out otherwise."
    )
    return 1 if bad else 0


def check(work: Path, runs: int, seed: int) -> list[Killed]:
    """Kill `runs` runs at moments spread by chance over the time that an undisturbed one takes."""
    corpus = work / "corpus"
    corpus.mkdir()
    synthetic.write(corpus, DOCUMENTS, seed, paragraphs=1)
    (work / "digest.toml").write_text(f"[[topics]]\nname = {json.dumps(synthetic.TOPIC)}\n", encoding="utf-8")
    start = time.perf_counter()
    _finish(work, "undisturbed")
    whole = time.perf_counter() - start
    expected = results(work / "undisturbed" / "briefs")
    chance = random.Random(seed)  # noqa: S311 - no secret is made here
    moments = [chance.uniform(0.0, whole) for _ in range(runs)]
    return [_one(work, f"run{number}", after, expected, number % 3 == 2) for number, after in enumerate(moments)]


def _one(work: Path, name: str, after: float, expected: dict[str, bytes], at_a_write: bool) -> Killed:
    process, start = _start(work, name), time.perf_counter()
    writing = False
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        writing = at_a_write and _awaits_a_write(process, work / name)
        process.kill()
    after = time.perf_counter() - start
    had_ended = process.wait() == 0
    _finish(work, name)
    print(f"{name}: killed after {after:.2f} s{', while the store was written' if writing else ''}", flush=True)
    found = results(work / name / "briefs")
    problems = [f"{file} differs" for file in expected if found.get(file) != expected[file]]
    return Killed(
        after,
        writing and not had_ended,
        had_ended,
        (*problems, *(f"{file} is left over" for file in found.keys() - expected.keys())),
    )


def _awaits_a_write(process: subprocess.Popen[bytes], folder: Path) -> bool:
    """Whether the log of the store grew; False when the run ended before it did."""
    before = _logged(folder)
    while process.poll() is None:
        if _logged(folder) != before:
            return True
        time.sleep(_LOOK)
    return False


def _logged(folder: Path) -> int:
    """The size of the store's write-ahead log and file, 0 where there is none."""
    try:
        return sum(path.stat().st_size for path in folder.glob("cache/**/store.sqlite3*"))
    except OSError:  # gone between listing and looking
        return 0


def results(folder: Path) -> dict[str, bytes]:
    """Every file in the folder of results; unfinished ones, which the next runs remove in time, do not count."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix != ".part"}


def _finish(work: Path, name: str) -> None:
    process = _start(work, name)
    if process.wait(600):
        raise SystemExit(f"the run {name} ended with {process.returncode}")


def _start(work: Path, name: str) -> subprocess.Popen[bytes]:
    folder = work / name
    folder.mkdir(exist_ok=True)
    places = dict.fromkeys(("XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"), str(folder / "cache"))
    command = [sys.executable, str(ROOT / "make_brief.py"), "--quiet", "--date", "2026-11-22", "--offline"]
    command += [
        "--corpus",
        str(work / "corpus"),
        "--out",
        str(folder / "briefs"),
        "--config",
        str(work / "digest.toml"),
    ]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | places, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
