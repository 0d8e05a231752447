"""`issues`, `issues show N`, `issues again N [--today | --anew]`: the past issues in the folder of results."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from digest import briefjson, issues
from digest.checkedjson import EditedError
from digest.config import settings_of
from digest.errors import NotRecalledError, UsageError
from digest.issues import PastIssue
from digest.model import Brief
from digest.store import Store, default_path


def run(arguments: Sequence[str]) -> int:
    """Run one of the three and return the exit code 0. Raises DigestError."""
    options = _parser().parse_args(arguments)
    code: int = options.do(options)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make_brief.py issues", description="List the past issues, or:")
    parser.set_defaults(do=_list)
    _add_out(parser)
    kinds = parser.add_subparsers(metavar="show|again")
    show = kinds.add_parser("show", help="one issue: documents, positions, changes")
    again = kinds.add_parser("again", help="make one issue again, of the same documents and results")
    for one, do in ((show, _show), (again, _again)):
        one.add_argument("number", type=int, metavar="N", help="the number of the issue")
        _add_out(one)
        one.set_defaults(do=do)
    how = again.add_mutually_exclusive_group()
    how.add_argument("--today", action="store_true", help="of the same documents, by the rules and settings of today")
    how.add_argument(
        "--anew", action="store_true",
        help="of what the corpus has today for its period, with nothing taken from the store",
    )  # fmt: skip
    again.add_argument("--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="documents (default: corpus)")
    again.add_argument("--config", type=Path, metavar="FILE", help="settings (default: digest.toml if there is one)")
    again.add_argument("--template", metavar="NAME|FILE", help="default: the one that the issue was made with")
    return parser


def _add_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=Path("briefs"), metavar="DIR", help="results (default: briefs)")


def _list(options: argparse.Namespace) -> int:
    past = issues.past_issues(options.out)
    if not past:
        print(f"There is no issue in {options.out} yet. Name another folder of results with --out.")
        return 0
    print(f"{'No.':>4}  {'Date':<10}  {'Period':<24}  {'Documents':>9}  {'Positions':>9}  Files")
    for one in past:
        counts = f"{len(one.documents):>9}  {one.positions:>9}"
        print(f"{one.number:>4}  {one.issued}  {_period(one):<24}  {counts}  {', '.join(_files(one))}")
    return 0


def _period(one: PastIssue) -> str:
    start, end = (str(day) if day else "" for day in one.period)
    return f"{start} to {end}" if start or end else "open"


def _files(one: PastIssue) -> list[str]:
    return [path.name for path in (one.path.with_suffix(".docx"), one.path) if path.exists()]


def _show(options: argparse.Namespace) -> int:
    issue = _issue(options)
    brief = _brief(issue)
    print(f"Issue {brief.issue} of {brief.issued}: {brief.title} ({_period(issue)})")
    print(f"Files: {', '.join(_files(issue))}")
    print(f"\nDocuments ({len(brief.sources)}):")
    for source in brief.sources:
        print(f"  [{source.mark}] {source.path}, {source.dating.published or 'undated'}")
    print("\nPositions:")
    for section in brief.holders:
        print(f"  {section.name}: {len(section.all_entries())}")
    print("\nChanges:" if brief.changes else "\nNo changes.")
    for change in brief.changes:
        print(f"  {change.holder_name}, {change.topic}: {change.kind} ({change.was or '–'} -> {change.now})")
    return 0


def _issue(options: argparse.Namespace) -> PastIssue:
    """The issue of that number; of several files of one issue the one that was written last."""
    past = issues.past_issues(options.out)
    found = [one for one in past if one.number == options.number]
    if not found:
        known = ", ".join(dict.fromkeys(str(one.number) for one in past)) or "none"
        raise UsageError(f"There is no issue {options.number} in {options.out}. There are: {known}.")
    return max(found, key=lambda one: one.path.stat().st_mtime_ns)


def _brief(issue: PastIssue) -> Brief:
    try:
        return briefjson.from_json(issue.path.read_bytes())
    except (OSError, EditedError) as error:
        raise UsageError(f"{issue.path}: {error}") from error


# --- again ------------------------------------------------------------------------------------------------------------


def _again(options: argparse.Namespace) -> int:
    from digest import pipeline
    from digest.word import template

    issue = _issue(options)
    before = _brief(issue)
    if not options.corpus.is_dir():
        raise UsageError(f"There is no folder {options.corpus}. Name that of the documents with --corpus.")
    request = pipeline.Request(
        corpus=options.corpus,
        out=options.out,
        template=template.resolve(options.template or before.template, template.folders()),
        issued=issue.issued,
        since=issue.period[0],
        until=issue.period[1],
        only=None if options.anew else issue.documents,
        recalled=not (options.anew or options.today),
    )
    print(f"Making issue {issue.number} of {issue.issued} again.", file=sys.stderr)
    store = Store.in_memory() if options.anew else Store.open(default_path())[0]
    try:
        outcome = pipeline.make_brief(request, settings_of(options.config), store, _NoBars())
    except NotRecalledError as error:
        raise UsageError(_not_as_it_was(issue.number, error)) from error
    finally:
        store.close()
    if outcome.json is None or outcome.docx is None:  # pragma: no cover - this is no dry run
        return 0
    made = briefjson.from_json(outcome.json.read_bytes())
    for line in differences(before, made) or ["It is as it was."]:
        print(line)
    print(f"{outcome.docx}\n{outcome.json}")
    return 0


def _not_as_it_was(number: int, error: NotRecalledError) -> str:
    again = f"make_brief.py issues again {number}"
    return (
        f"Issue {number} cannot be made again as it was: of its {error.asked_for} documents the results of "
        f"{error.lost} are not in the store. Rules, engines or settings have changed since, or the store was "
        "cleared; nothing was written.\n"
        f"To make it of the same documents by the rules of today: {again} --today\n"
        f"To make it of what the corpus has today for its period: {again} --anew"
    )


def differences(before: Brief, made: Brief) -> list[str]:
    """What an issue made again has otherwise than before, in lines for a person: engines, documents, positions."""
    lines = []
    engines = [{f"{one.name} {one.model} {one.version}" for one in brief.engines} for brief in (before, made)]
    if engines[0] != engines[1]:
        lines.append(f"Other engines: {_plus_minus(engines[0], engines[1])}.")
    documents = [{source.path for source in brief.sources} for brief in (before, made)]
    if documents[0] != documents[1]:
        lines.append(f"Other documents: {_plus_minus(documents[0], documents[1])}.")
    positions = [_positions(brief) for brief in (before, made)]
    gained, lost = positions[1].keys() - positions[0].keys(), positions[0].keys() - positions[1].keys()
    other = [key for key in positions[0].keys() & positions[1].keys() if positions[0][key] != positions[1][key]]
    if gained or lost or other:
        counts = f"{len(gained)} more, {len(lost)} fewer, {len(other)} read otherwise"
        lines.append(f"The rules or the settings have changed since: of {len(positions[0])} positions {counts}.")
    elif not lines and _facts(before) != _facts(made):
        lines.append("The rules or the settings have changed since: the same positions, but another brief of them.")
    return lines


@dataclass(frozen=True, slots=True)
class _Facts:
    """What else of a brief its reader would see as another one."""

    summaries: tuple[str, ...]
    key_points: tuple[str, ...]
    changes: tuple[tuple[str, str, str], ...]


def _facts(brief: Brief) -> _Facts:
    return _Facts(
        tuple(point.text for source in brief.sources for point in source.summary),
        tuple(point.text for point in brief.key_points),
        tuple((change.holder, change.topic, change.now) for change in brief.changes),
    )


def _positions(brief: Brief) -> dict[str, tuple[str, str | None, str | None]]:
    return {
        entry.position.id: (entry.position.holder, entry.position.topic,
                            entry.position.stance.label if entry.position.stance else None)
        for section in brief.holders
        for entry in section.all_entries()
    }  # fmt: skip


def _plus_minus(before: set[str], made: set[str]) -> str:
    parts = [f"+ {one}" for one in sorted(made - before)] + [f"- {one}" for one in sorted(before - made)]
    return ", ".join(parts[:8]) + (f" and {len(parts) - 8} more" if len(parts) > 8 else "")


class _NoBars:
    """Shows no progress."""

    @contextmanager
    def stage(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        """Count nothing."""
        yield lambda done: None
