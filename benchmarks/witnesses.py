"""The tests of positions as functions that can be called again and again, on texts that are parsed once."""

from __future__ import annotations

import _thread
import contextlib
import io
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from inspect import signature
from pathlib import Path
from types import CodeType, FrameType
from typing import Any
from unittest.mock import patch

import pytest

from benchmarks.mutants import Switchable, cached, forget
from digest.engines.parser import EnglishParser

Places = frozenset[tuple[str, int]]
"""Lines of the rules: (module, line)."""

LIMIT = 5.0
"""Seconds after which a test that takes milliseconds counts as failed: something goes round for ever."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A test: its name, a call of it, and the places that it runs."""

    name: str
    call: Callable[[], object]
    lines: Places

    def fails(self) -> bool:
        """Whether the test fails now, by any error or by going on for ever."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            _thread.interrupt_main()

        timer = threading.Timer(LIMIT, stop)
        timer.start()
        try:
            self.call()
        except KeyboardInterrupt:
            if not late.is_set():
                raise
            return True
        except (Exception, pytest.fail.Exception):
            return True
        finally:
            timer.cancel()
        return False


@contextmanager
def witnesses(tests: Sequence[Path], sources: Sequence[Switchable], places: Places) -> Iterator[list[Witness]]:
    """The tests of files or folders, with which of the places they run; while the context lasts, no text is parsed
    twice.

    Raises SystemExit where a test fails with everything switched on.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what `fails` stops a test with, in the background too
    with _parsing_once():
        gatherer = _Gatherer({str(source.path): source.name for source in sources}, places)
        told = io.StringIO()
        with contextlib.redirect_stdout(told):
            code = pytest.main(["-q", "-p", "no:cacheprovider", *map(str, tests)], plugins=[gatherer])
        if code:
            raise SystemExit(f"{told.getvalue()}\nTests fail with everything switched on; mend them first.")
        yield gatherer.found


@contextmanager
def _parsing_once() -> Iterator[None]:
    kept: dict[str, Any] = {}
    parse = EnglishParser.parse

    def remembered(self: EnglishParser, texts: Iterable[str]) -> Iterator[Any]:
        wanted = list(texts)
        new = [text for text in dict.fromkeys(wanted) if text not in kept]
        kept.update(zip(new, parse(self, new), strict=True))
        return (kept[text] for text in wanted)

    with patch.object(EnglishParser, "parse", remembered):
        yield


def _called(test: Callable[..., object], arguments: dict[str, Any]) -> None:
    """Call a test, and take back what it patched: pytest does so once, behind the first call alone."""
    try:
        test(**arguments)
    finally:
        for one in arguments.values():
            if isinstance(one, pytest.MonkeyPatch):
                one.undo()


class _Gatherer:
    """A plugin of pytest that runs each test once, keeps it with its arguments, and notes which lines it runs."""

    def __init__(self, files: dict[str, str], places: Places) -> None:
        self._files, self._places = files, places
        self._known: dict[CodeType, bool] = {}
        self.found: list[Witness] = []
        self._tables = self._read_tables()

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool:
        """Run the test in pytest's stead."""
        names = pyfuncitem._fixtureinfo.argnames
        call = partial(_called, pyfuncitem.obj, {name: pyfuncitem.funcargs[name] for name in names})
        lines = self.traced(call)
        name = pyfuncitem.nodeid.split("/")[-1]
        self.found.append(Witness(name, call, lines | self._tables))
        return True

    def _read_tables(self) -> Places:
        """The lines that read word lists and names: run once for all tests, since their results are kept."""
        forget()
        tables = [function for function in cached() if not signature(function).parameters]
        return self.traced(lambda: [table() for table in tables])

    def traced(self, call: Callable[[], object]) -> Places:
        """The places that a call runs."""
        lines: set[tuple[str, int]] = set()
        for function in cached():
            if signature(function).parameters:
                function.cache_clear()
        before = sys.gettrace()
        sys.settrace(self._tracer(lines))
        try:
            call()
        finally:
            sys.settrace(before)
        return frozenset(lines) & self._places

    def _matters(self, code: CodeType) -> bool:
        """Whether a function has one of the places."""
        if code not in self._known:
            name = self._files.get(code.co_filename)
            self._known[code] = name is not None and any((name, line) in self._places for _, _, line in code.co_lines())
        return self._known[code]

    def _tracer(self, lines: set[tuple[str, int]]) -> Callable[[FrameType, str, object], Any]:
        def within(frame: FrameType, event: str, _: object) -> Any:
            if event == "line":
                lines.add((self._files[frame.f_code.co_filename], frame.f_lineno))
            return within

        def entering(frame: FrameType, _: str, __: object) -> Any:
            return within if self._matters(frame.f_code) else None

        return entering
