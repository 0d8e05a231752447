"""Measure the time and memory of whole runs, each in a process of its own.

    python -m benchmarks.run [FOLDER]... [--topic TEXT] [--synthetic N] [--seed S]
    python -m benchmarks.run --weeks N [--paragraphs P]        # N documents, then one new, then nothing new
    python -m benchmarks.run --growth 10,100,1000 [--paragraphs P]
    python -m benchmarks.run --naive N [--few M]               # N documents, and the usual program on M of them

For each folder (without one: the sample corpus, with digest.toml) a first run with an empty store, and a second with
nothing changed. Printed: wall-clock seconds, processor seconds (of all cores and child processes, which other programs
disturb less), the peak of resident memory, all processes of the run together, and the time of `--help` (median of
seven). The store lies in a fresh XDG_CACHE_HOME and the briefs in a temporary folder. Made-up documents have some 50
words a paragraph, seven paragraphs each unless told otherwise, and a fifth of them is Portuguese. Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import synthetic

ROOT = Path(__file__).resolve().parent.parent
ISSUED = "2026-11-22"
HELP_RUNS = 7
_LOOK = 0.05
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took: seconds of wall clock and of all processors, mebibytes of resident memory at the peak."""

    seconds: float
    busy: float
    memory: float

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s ({self.busy:.2f} s of processors), {self.memory:.0f} MiB"


@dataclass(frozen=True, slots=True)
class Case:
    """A folder of documents; `topic` makes a configuration of its own, None takes digest.toml."""

    name: str
    folder: Path
    topic: str | None


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0 when done. A run that fails ends the measurement with its message."""
    options = _options(arguments)
    if options.weeks or options.growth or options.naive:
        return _made_up(options)
    print(f"{'':<28}{'docs':>6}{'words':>8}   {'first run: s, CPU s':>27}   {'second run: s, CPU s':>27}")
    with tempfile.TemporaryDirectory(prefix="digest-benchmark-") as temporary:
        for number, case in enumerate(_cases(options, Path(temporary))):
            print(measure(case, Path(temporary) / f"case{number}"), flush=True)
    times = [timed(["--help"], os.environ).seconds for _ in range(HELP_RUNS)]
    print(f"--help: median {statistics.median(times):.2f} s of {HELP_RUNS} ({min(times):.2f} to {max(times):.2f})")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description="Measure time and memory.")
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER", help="documents (default: corpus)")
    parser.add_argument("--topic", metavar="TEXT", help="the topic to follow in the folders (default: digest.toml)")
    parser.add_argument("--synthetic", type=int, default=0, metavar="N", help="N made-up documents")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="for the made-up documents (default: 1)")
    parser.add_argument("--paragraphs", type=int, default=7, metavar="P", help="of a made-up document (default: 7)")
    parser.add_argument("--weeks", type=int, default=0, metavar="N", help="N documents, one more, nothing more")
    parser.add_argument("--growth", metavar="N,N,...", help="first runs over so many documents")
    parser.add_argument("--naive", type=int, default=0, metavar="N", help="N documents, and the usual program beside")
    parser.add_argument("--few", type=int, default=5, metavar="N", help="of them, for the usual program (default: 5)")
    return parser.parse_args(arguments)


def _made_up(options: argparse.Namespace) -> int:
    from benchmarks import growth, naive

    with tempfile.TemporaryDirectory(prefix="digest-benchmark-") as temporary:
        if options.weeks:
            growth.weeks(Path(temporary), options.weeks, options.paragraphs, options.seed)
        if options.growth:
            growth.growth(
                Path(temporary), [int(n) for n in options.growth.split(",")], options.paragraphs, options.seed
            )
        if options.naive:
            naive.beside(Path(temporary), options.naive, min(options.naive, options.few), options.seed)
    return 0


def _cases(options: argparse.Namespace, temporary: Path) -> list[Case]:
    cases = [Case(folder.name, folder, options.topic) for folder in options.folders]
    if options.synthetic:
        folder = temporary / "synthetic"
        folder.mkdir()
        synthetic.write(folder, options.synthetic, options.seed)
        cases.append(Case(f"{options.synthetic} made-up documents", folder, synthetic.TOPIC))
    return cases or [Case("corpus", ROOT / "corpus", options.topic)]


def measure(case: Case, work: Path) -> str:
    """Run a case twice and give its line of the table."""
    work.mkdir()
    environment = os.environ | {"XDG_CACHE_HOME": str(work / "cache")}
    command = ["--corpus", str(case.folder.resolve()), "--date", ISSUED, "--quiet"]
    if case.topic:
        config = work / "digest.toml"
        config.write_text(f'[[topics]]\nid = "topic"\nname = {json.dumps(case.topic)}\n', encoding="utf-8")
        command += ["--config", str(config)]
    runs = [timed([*command, "--out", str(work / out)], environment) for out in ("first", "second")]
    brief = json.loads(next((work / "first").glob("*.json")).read_text(encoding="utf-8"))
    words = sum(document["words"] for document in brief["documents"])
    shown = "".join(f"   {run.seconds:>6.1f} s {run.busy:>6.1f} s {run.memory:>4.0f} MiB" for run in runs)
    return f"{case.name:<28}{len(brief['documents']):>6}{words:>8}{shown}"


def timed(arguments: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run make_brief.py to its end. Raises SystemExit with what it said when it fails."""
    return timed_command([sys.executable, "make_brief.py", *arguments], environment)


def timed_command(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run any program to its end, its memory looked at twenty times a second. Raises SystemExit when it fails."""
    with tempfile.TemporaryFile() as said:
        start, memory = time.perf_counter(), 0.0
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said)
        done = 0
        while not done:
            time.sleep(_LOOK)
            memory = max(memory, _resident(process.pid))
            # Of this process and those that it waited for alone, unlike getrusage(RUSAGE_CHILDREN).
            done, status, usage = os.wait4(process.pid, os.WNOHANG)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            told = said.read().decode("utf-8", "replace")
            raise SystemExit(f"{' '.join(command[:3])} ended with {process.returncode}:\n{told}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, max(memory, usage.ru_maxrss / 1024))


def _resident(process: int) -> float:
    """The resident memory of a process and its children in MiB, as /proc tells it; 0 for one that has ended."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except (OSError, IndexError):
        return 0.0
    return pages * _PAGE / 2**20 + sum(_resident(int(child)) for child in children)


if __name__ == "__main__":
    sys.exit(main())
