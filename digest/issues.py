"""Earlier issues of the brief, read from the JSON files beside them: what the analyst's folder holds is what counts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from digest.model import PartialDate, StanceLabel

_MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PastIssue:
    """An issue made before: its number, its date, its JSON.

    `documents` are the ids of those that it covers. `stances` tells where each holder stood on each topic, and the date
    of its newest statement there, if one was known.
    """

    number: int
    issued: date
    path: Path
    stances: Mapping[tuple[str, str], tuple[StanceLabel, PartialDate | None]] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()


def past_issues(folder: Path) -> list[PastIssue]:
    """The issues whose JSON lies in `folder`, oldest first. Files that are no brief of ours are passed over."""
    issues = [issue for path in sorted(folder.glob("*.json")) if (issue := _read(path)) is not None]
    return sorted(issues, key=lambda issue: (issue.issued, issue.number))


def last_before(issued: date, past: Sequence[PastIssue]) -> PastIssue | None:
    """The newest issue older than `issued`, or None."""
    before = [issue for issue in past if issue.issued < issued]
    return before[-1] if before else None


def number_for(issued: date, past: Sequence[PastIssue]) -> tuple[int, date | None]:
    """The number of the issue dated `issued`, and the day of the one before it (None for the first).

    An issue made again on the same day keeps its number.
    """
    same = [issue for issue in past if issue.issued == issued]
    last = last_before(issued, past)
    previous = last.issued if last else None
    if same:
        return same[-1].number, previous
    return (max(issue.number for issue in past if issue.issued < issued) + 1 if last else 1), previous


def _stances(table: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], tuple[StanceLabel, PartialDate | None]]]:
    published = {document["id"]: document["published"] for document in table.get("documents", [])}
    newest: dict[tuple[str, str], PartialDate] = {}
    for position in table.get("positions", []):
        day = position["said_on"] or published.get(position["document"])
        if day and position["topic"]:
            key, known = (position["holder"], position["topic"]), PartialDate.parse(day)
            newest[key] = max(newest.get(key, known), known, key=PartialDate.sort_key)
    for holder in table.get("holders", []):
        for topic, label in holder["stance"].items():
            key = (holder["holder"], topic)
            yield key, (StanceLabel(label), newest.get(key))


def _read(path: Path) -> PastIssue | None:
    try:
        if path.stat().st_size > _MAX_BYTES:
            return None
        table = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(table, dict) or table.get("schema") != 1:
            return None
        covered = frozenset(str(document["id"]) for document in table.get("documents", []))
        issued = date.fromisoformat(table["issued"])
        return PastIssue(int(table["issue"]), issued, path, dict(_stances(table)), covered)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):  # somebody else's file
        return None
