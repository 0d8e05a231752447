from __future__ import annotations

import sys
from pathlib import Path

import pytest

from digest import memory

BLOCK = 100_000
"""Bytes: small enough for the C library's heap, too large for Python's own."""


def resident() -> int:
    """The resident memory of this process now, in bytes."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell")
def test_the_memory_at_the_peak_is_that_of_this_process():
    peak = memory.peak()
    assert peak is not None
    assert 10 < peak < 20_000


@pytest.mark.skipif(sys.platform != "linux", reason="what the C library of Linux keeps")
def test_memory_that_is_free_goes_back_to_the_system_though_something_above_it_is_in_use():
    blocks = [bytes(BLOCK) for _ in range(1000)]
    kept = blocks[-1]
    del blocks
    before = resident()
    memory.give_back()
    assert before - resident() > 500 * BLOCK
    assert len(kept) == BLOCK


def test_giving_back_does_no_harm_where_there_is_nothing_to_give(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    memory.give_back()
