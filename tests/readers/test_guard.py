"""What the reading process hands back is what reading here gives, within the bounds of the settings."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from datetime import date, datetime
from pathlib import Path

import pytest

from digest.errors import ReadError
from digest.preflight import Limits
from digest.readers import read, read_file
from digest.readers.guard import Guard

TODAY = date(2026, 11, 22)


def written(path: Path, text: str = "Norland has asked the council for a vote on the ferries.\n") -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_the_other_process_reads_as_this_one_does(tmp_path: Path):
    paths = [
        written(tmp_path / f"{number}.txt", f"Norland has asked {number} times for a vote.") for number in range(5)
    ]
    with Guard(tmp_path, TODAY) as guard:
        assert [guard.read(path) for path in paths] == [read_file(path, tmp_path, TODAY) for path in paths]
        first = guard.process_id
        guard.read(paths[0])
        assert guard.process_id == first
    assert guard.process_id is None


def test_a_refusal_comes_back_with_its_advice(tmp_path: Path):
    with Guard(tmp_path, TODAY, Limits(file_bytes=10)) as guard, pytest.raises(ReadError, match="more than") as caught:
        guard.read(written(tmp_path / "a.txt"))
    assert caught.value.advice.endswith(".")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds the reading by the clock")
def test_a_file_is_not_lost_because_the_machine_was_busy_or_asleep(tmp_path: Path):
    path = written(tmp_path / "a.txt")
    with Guard(tmp_path, TODAY, Limits(seconds=1.5)) as guard:
        expected = guard.read(path)
        assert guard.process_id
        os.kill(guard.process_id, signal.SIGSTOP)
        waking = threading.Timer(3.0, os.kill, (guard.process_id, signal.SIGCONT))
        waking.start()
        began = time.monotonic()
        assert guard.read(path) == expected
        assert time.monotonic() - began > 2.0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds the reading by the clock")
def test_a_reader_that_sleeps_for_ever_is_ended_too(tmp_path: Path):
    path = written(tmp_path / "a.txt")
    with Guard(tmp_path, TODAY, Limits(seconds=1.5)) as guard:
        guard.read(path)
        assert guard.process_id
        os.kill(guard.process_id, signal.SIGSTOP)
        with pytest.raises(ReadError, match="within"):
            guard.read(path)
        assert guard.read(path)


@pytest.mark.parametrize(
    ("text", "expected", "known_by"),
    [
        ("Norland has asked for a vote.", date(2026, 3, 4), "file time, which may be that of a copy"),
        ("Norland asked for a vote on 5 May 2025.", None, "latest date named in the text"),
    ],
)
def test_the_time_of_the_file_is_believed_only_where_nothing_else_tells(
    tmp_path: Path, text: str, expected: date | None, known_by: str
):
    path = written(tmp_path / "a.txt", text)
    then = datetime(2026, 3, 4, 12).timestamp()
    os.utime(path, (then, then))
    found = read(path, tmp_path, TODAY).dating
    assert (found.published, found.known_by) == (expected, known_by)


def test_a_file_changed_on_the_day_of_the_issue_is_not_dated_by_that(tmp_path: Path):
    path = written(tmp_path / "a.txt")
    then = datetime(2026, 11, 22, 12).timestamp()
    os.utime(path, (then, then))
    assert read(path, tmp_path, TODAY).published is None
