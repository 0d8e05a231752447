"""Whether a file is as it was: by size and time of change, without opening it."""

from __future__ import annotations

import time
from pathlib import Path

_RACY = 2_000_000_000
"""Nanoseconds: some file systems keep times to two seconds, so that a file changed so shortly ago may change again with
no new time to show for it."""


def stamp(path: Path, version: str) -> str:
    """What changes when the file does, or the `version` of what is made of it; "" for a file that is not there."""
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_size}:{status.st_mtime_ns}:{version}"


def may_deceive(path: Path) -> bool:
    """Whether the file was changed so shortly ago that a later change might leave its stamp as it is."""
    try:
        return time.time_ns() - path.stat().st_mtime_ns < _RACY
    except OSError:
        return True
