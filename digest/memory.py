"""Memory of this process: how much it took at its peak, and giving back what it no longer needs."""

from __future__ import annotations

import ctypes
import gc
import sys


def peak() -> float | None:
    """Resident memory of this process at its peak, in MiB; None on Windows, which does not tell in this way."""
    if sys.platform == "win32":
        return None
    import resource

    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (2**20 if sys.platform == "darwin" else 2**10)  # macOS counts bytes, Linux KiB


def give_back() -> None:
    """Give freed memory back to the system, where the C library keeps it.

    glibc keeps what a model's layers took and gave back, some 200 MB after a few hundred documents, until
    `malloc_trim` (its manual page) asks for it. Other C libraries have no such call and give back by themselves.
    """
    gc.collect()
    if sys.platform != "linux":
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
