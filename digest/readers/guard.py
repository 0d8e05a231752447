"""Reads files in a process of its own, so that a parser that hangs, breaks down or fills the memory costs one file.

The process is started with the first file and serves all that follow. Questions and answers go over its standard input
and output; an answer may hold nothing but the values of `digest.model`.
"""

from __future__ import annotations

import math
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from digest.errors import ReadError
from digest.frozen import FrozenError, thaw
from digest.model import Document, Notice
from digest.preflight import DEFAULT_LIMITS, Limits
from digest.readers import read_file

_FILES_PER_PROCESS = 400
"""After so many files a fresh process goes on: what a parser never gives back is given back then."""

_PATIENCE = 4.0
"""So many times `Limits.seconds` may pass by the clock where the system counts a process's own seconds (all but
Windows): on a laptop that is busy, or that slept, a sound file must not be lost."""

_SLOW_ADVICE = "Open it, copy its text into a .docx or .txt file, and use that."
_TIME_IS_UP = -getattr(signal, "SIGXCPU", 0) or None
"""What Popen tells of a process that has used up its time (signal.h of POSIX); None where there is no such signal."""

_PACKAGE = str(Path(__file__).resolve().parents[2])
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from digest.readers.guard import serve; serve()"


class Guard:
    """Reads files within bounds. Use it as a context: at the end its process ends.

    `limits.seconds`, of the processor (on Windows by the clock), and `limits.memory_bytes` bound the reading of one
    file (memory on Linux; other systems do not enforce such a bound).
    """

    def __init__(self, root: Path, today: date, limits: Limits = DEFAULT_LIMITS) -> None:
        self._root, self._today, self._limits = root, today, limits
        self._process: subprocess.Popen[bytes] | None = None
        self._served = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    @property
    def process_id(self) -> int | None:
        """The number of the process that reads, None when none runs."""
        return self._process.pid if self._process else None

    def read(self, path: Path) -> list[Document | Notice]:
        """What `readers.read_file` gives. Raises ReadError, also when a parser hangs, breaks down or wants too much."""
        if self._served >= _FILES_PER_PROCESS:
            self._end()
        process = self._process or self._start()
        self._served += 1
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._limits.seconds * (1.0 if sys.platform == "win32" else _PATIENCE), give_up)
        timer.daemon = True
        timer.start()
        try:
            answer = self._ask(process, path)
        except (OSError, EOFError, FrozenError) as error:
            self._end()
            raise self._failed(late.is_set() or process.returncode == _TIME_IS_UP, process) from error
        except BaseException:
            self._end()
            raise
        finally:
            timer.cancel()
        if isinstance(answer, _Refused):
            raise ReadError(answer.reason, answer.advice)
        return answer

    def _ask(self, process: subprocess.Popen[bytes], path: Path) -> list[Document | Notice] | _Refused:
        if process.stdin is None or process.stdout is None:
            raise EOFError
        _send(process.stdin, (path, self._root, self._today, self._limits))
        # A parser that was taken over must not run code here: nothing but values of the model is let in.
        answer: list[Document | Notice] | _Refused = thaw(_receive(process.stdout), _Refused)
        return answer

    def _failed(self, was_late: bool, process: subprocess.Popen[bytes]) -> ReadError:
        if was_late:
            return ReadError(f"it could not be read within {self._limits.seconds:.0f} seconds", _SLOW_ADVICE)
        return ReadError(f"the program that reads it broke down (exit code {process.poll()})", _SLOW_ADVICE)

    def _start(self) -> subprocess.Popen[bytes]:
        # -P keeps the current folder, which may be the corpus, off the path of imports.
        command = [sys.executable, "-P", "-c", _PROGRAM, _PACKAGE]
        self._process = subprocess.Popen(  # noqa: S603 - nothing of the command comes from outside
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._served = 0
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()
        process.wait()


@dataclass(frozen=True, slots=True)
class _Refused:
    """A ReadError on its way between the processes."""

    reason: str
    advice: str


def _send(stream: IO[bytes], value: object) -> None:
    data = pickle.dumps(value)
    stream.write(len(data).to_bytes(8, "big") + data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    size = int.from_bytes(head, "big")
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


# --- in the other process -------------------------------------------------------------------------------------------


def serve() -> None:
    """Answer questions until there are no more. What parsers print goes nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the main process, which ends this one
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    bounded = False
    with suppress(EOFError, OSError):
        while True:
            path, root, today, limits = pickle.loads(_receive(sys.stdin.buffer))  # noqa: S301 - from the main process
            _bound_time(limits.seconds)
            if not bounded:
                _bound_memory(limits.memory_bytes)
                bounded = True
            _send(answers, _answer(path, root, today, limits))


def _answer(path: Path, root: Path, today: date, limits: Limits) -> list[Document | Notice] | _Refused:
    try:
        return read_file(path, root, today, limits)
    except ReadError as error:
        return _Refused(error.reason, error.advice)
    except MemoryError:
        return _Refused(f"reading it takes more than {limits.memory_bytes // 2**20} MB of memory", _SLOW_ADVICE)
    except RecursionError:
        return _Refused("it is nested too deep to be read", _SLOW_ADVICE)
    except Exception as error:  # whatever a parser raises concerns this file alone
        return _Refused(f"its parser failed ({type(error).__name__}: {str(error)[:120]})", _SLOW_ADVICE)


def _bound_time(seconds: float) -> None:
    """From now on so many seconds of the processor, rounded up; then the system ends this process."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # else its end would leave a file as large as its memory
        end = math.ceil(time.process_time() + seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (end, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _bound_memory(size: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))
