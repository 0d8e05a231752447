"""Earlier issues of the brief, read from the JSON files beside them: what the analyst's folder holds is what counts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PastIssue:
    """An issue made before: its number, its date, its JSON."""

    number: int
    issued: date
    path: Path


def past_issues(folder: Path) -> list[PastIssue]:
    """The issues whose JSON lies in `folder`, oldest first. Files that are no brief of ours are passed over."""
    issues = [issue for path in sorted(folder.glob("*.json")) if (issue := _read(path)) is not None]
    return sorted(issues, key=lambda issue: (issue.issued, issue.number))


def number_for(issued: date, past: list[PastIssue]) -> tuple[int, date | None]:
    """The number of the issue dated `issued`, and the day of the one before it (None for the first).

    An issue made again on the same day keeps its number.
    """
    same = [issue for issue in past if issue.issued == issued]
    before = [issue for issue in past if issue.issued < issued]
    previous = before[-1].issued if before else None
    if same:
        return same[-1].number, previous
    return (max(issue.number for issue in before) + 1 if before else 1), previous


def _read(path: Path) -> PastIssue | None:
    try:
        if path.stat().st_size > _MAX_BYTES:
            return None
        table = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(table, dict) or table.get("schema") != 1:
            return None
        return PastIssue(int(table["issue"]), date.fromisoformat(table["issued"]), path)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):  # somebody else's file
        return None
