"""A thread in which the models work while this one parses.

Parser and rules are Python and keep one core; the models are torch, which lets go of the interpreter while it
computes. So the two do not wait for each other. A thread and not a process: nothing is loaded twice, nothing is copied,
no process is left when this one is killed, and it is the same on all systems.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager

_SWITCH = 0.0005
"""Seconds after which a thread that computes in Python lets another in that asks. Between two layers torch asks; with
Python's 0.005 it would wait longer for the interpreter than it computes."""


@contextmanager
def beside() -> Iterator[Executor]:
    """The thread, to be given work in order. At the end what has not begun is dropped, and what has is waited for."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH)
    models = ThreadPoolExecutor(1, "models")
    try:
        yield models
    finally:
        models.shutdown(wait=True, cancel_futures=True)
        sys.setswitchinterval(before)
