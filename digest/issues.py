"""Earlier issues of the brief, read from the JSON files beside them: what the analyst's folder holds is what counts.

What later issues need of a file is kept in the store under its size and time, so that a file is read once and a run
costs no more for the issues that there are than looking at their names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from digest import stamps
from digest.frozen import FrozenError, freeze, thaw
from digest.model import Earlier, PartialDate, StanceLabel, Topic
from digest.store import Shelved, Store, rules_version

_MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PastIssue:
    """An issue made before: its number, its date, its JSON.

    `documents` are the ids of those that it covers, `statements` the clear ones that it printed, `period` its first and
    last day, each None where open, `heard` each holder with each topic on which it has a statement, `positions` the
    number of those shown, `themes` the topics that were found by machine.
    """

    number: int
    issued: date
    path: Path
    statements: tuple[Earlier, ...] = ()
    documents: frozenset[str] = frozenset()
    period: tuple[date | None, date | None] = (None, None)
    heard: frozenset[tuple[str, str]] = frozenset()
    positions: int = 0
    themes: tuple[Topic, ...] = ()


def past_issues(folder: Path, store: Store | None = None) -> list[PastIssue]:
    """The issues whose JSON lies in `folder`, oldest first. Files that are no brief of ours are passed over."""
    shelf = _Shelf(folder, store) if store else None
    found = []
    for path in sorted(folder.glob("*.json")):
        issue = shelf.kept(path) if shelf else None
        if issue is None:
            issue = _read(path)
            if shelf and issue:
                shelf.keep(path, issue)
        if issue is not None:
            found.append(issue)
    if shelf:
        shelf.used(issue.path for issue in found)
    return sorted(found, key=lambda issue: (issue.issued, issue.number))


class _Shelf:
    """The issues of one folder as the store has kept them."""

    def __init__(self, folder: Path, store: Store) -> None:
        self._store, self._name, self._version = store, f"issues of {folder.resolve()}", rules_version()
        self._stamps = {name: shelved.stamp for name, shelved in store.shelved(self._name).items()}

    def kept(self, path: Path) -> PastIssue | None:
        """The issue in a file that has not changed since it was read."""
        stamp = stamps.stamp(path, self._version)
        data = self._store.take(self._name, path.name) if stamp and self._stamps.get(path.name) == stamp else None
        try:
            if data is None:
                return None
            number, issued, *rest = thaw(data)
            return PastIssue(number, issued, path, *rest)
        except (FrozenError, TypeError, ValueError):
            return None

    def keep(self, path: Path, issue: PastIssue) -> None:
        """Keep what was read, unless the file is so new that its time could deceive."""
        stamp = stamps.stamp(path, self._version)
        if stamp and not stamps.may_deceive(path):
            rest = (issue.statements, issue.documents, issue.period, issue.heard, issue.positions, issue.themes)
            value = freeze((issue.number, issue.issued, *rest))
            self._store.shelve(self._name, path.name, Shelved(stamp, [[], [], None]), value)

    def used(self, paths: Iterable[Path]) -> None:
        """Note which files are still there."""
        self._store.use_files(self._name, [path.name for path in paths])


def before(issued: date, past: Sequence[PastIssue]) -> list[PastIssue]:
    """The issues older than `issued`."""
    return [issue for issue in past if issue.issued < issued]


def last_before(issued: date, past: Sequence[PastIssue]) -> PastIssue | None:
    """The newest issue older than `issued`, or None."""
    older = before(issued, past)
    return older[-1] if older else None


def themes_of(past: Sequence[PastIssue]) -> tuple[Topic, ...]:
    """The themes that these issues, oldest first, found by machine: each once, those of the newest issue first."""
    themes: dict[str, Topic] = {}
    for issue in reversed(past):
        for topic in issue.themes:
            themes.setdefault(topic.id, topic)
    return tuple(themes.values())


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


def _read(path: Path) -> PastIssue | None:
    try:
        if path.stat().st_size > _MAX_BYTES:
            return None
        table = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(table, dict) or table.get("schema") != 1:
            return None
        number, issued = int(table["issue"]), date.fromisoformat(table["issued"])
        documents = frozenset(_documents(table))
        statements = tuple(_statements(table, number, issued))
        shown = sum(len(holder["positions"]) for holder in table.get("holders", []))
        return PastIssue(
            number, issued, path, statements, documents, _period(table), _heard(table), shown, _themes(table)
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None  # somebody else's file


def _themes(table: Mapping[str, Any]) -> tuple[Topic, ...]:
    return tuple(
        Topic(str(one["id"]), str(one["name"]), tuple(map(str, one.get("words", ()))), found=True)
        for one in table.get("topics", [])
        if one.get("found") is True
    )


def _documents(table: Mapping[str, Any]) -> Iterator[str]:
    for document in table.get("documents", []):
        yield str(document["id"])
        yield from (str(outlet["id"]) for outlet in document.get("outlets", []))


def _heard(table: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    pairs = ((str(one["holder"]), str(one["topic"])) for one in table.get("positions", []) if one["topic"])
    return frozenset(pairs)


def _period(table: Mapping[str, Any]) -> tuple[date | None, date | None]:
    period = table.get("period") or {}
    start, end = (date.fromisoformat(day) if (day := period.get(key)) else None for key in ("start", "end"))
    return start, end


def _statements(table: Mapping[str, Any], number: int, issued: date) -> Iterator[Earlier]:
    """The clear statements of an issue, those that were merged into others as well: they tell what was known."""
    documents = {document["id"]: document for document in table.get("documents", [])}
    for position in table.get("positions", []):
        stance, topic = position["stance"], position["topic"]
        if not (stance and topic) or stance["label"] == StanceLabel.OTHER:
            continue
        document, actor = documents.get(position["document"], {}), position["actor"] or {}
        day = position["said_on"] or document.get("published") or document.get("not_before")
        yield Earlier(
            id=str(position["id"]),
            holder=str(position["holder"]),
            topic=str(topic),
            label=StanceLabel(stance["label"]),
            statement=str(position["statement"]),
            day=PartialDate.parse(day) if day else None,
            voice=actor.get("name") or actor.get("role"),
            source=str(document.get("publisher") or document.get("title") or ""),
            issue=number,
            issued=issued,
            machine=position.get("evidence_translation") is not None,
            bound=not (position["said_on"] or document.get("published")),
        )
