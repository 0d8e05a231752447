"""`correct`: the analyst's word, written into `corrections.toml` beside the corpus. No model is loaded."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from digest import corrections, issues
from digest.config import settings_of
from digest.errors import ConfigError, UsageError
from digest.model import StanceLabel
from digest.pipeline import holder_code

_ID = re.compile(r"[0-9a-f]{8}-\d+-\S.*")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make_brief.py correct",
        description="Write a correction into corrections.toml beside the corpus. It holds for every later run.",
        epilog="The id of a position stands in the JSON beside the brief. Edit or delete entries in the file itself.",
    )
    parser.add_argument("position", nargs="?", metavar="POSITION_ID", help="such as 9f3a2b1c-120-IE")
    parser.add_argument("--document", metavar="PATH", help="a document instead, by its path below the corpus folder")
    parser.add_argument("--person", metavar="NAME", help="everybody of that name instead")
    parser.add_argument("--hide", action="store_true", help="leave the position out, with all that says the same")
    parser.add_argument("--holder", metavar="XX", help="whose it is: a country or organisation, by name or code")
    parser.add_argument("--stance", choices=[str(label) for label in StanceLabel], help="the stance it takes")
    parser.add_argument("--topic", metavar="ID", help="the topic it is about")
    parser.add_argument("--actor", metavar='"NAME, ROLE"', help="who said it")
    parser.add_argument("--role", metavar="ROLE", help="the role of a person")
    parser.add_argument("--date", metavar="DATE", help="when a document was published, like 2026-01-31")
    parser.add_argument("--language", metavar="CODE", help="what a document is written in, such as pt or sr-Latn")
    parser.add_argument("--note", metavar="TEXT", help="why, for whoever reads the file")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="default: corpus")
    parser.add_argument("--out", type=Path, default=Path("briefs"), metavar="DIR", help="results (default: briefs)")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings (default: digest.toml if there is one)")
    return parser


_FITS = {
    "position": ("hide", "holder", "stance", "topic", "actor"),
    "person": ("holder", "role"),
    "document": ("date", "language"),
}


def run(arguments: Sequence[str]) -> int:
    """Add the entry and return the exit code 0. Raises UsageError and OutputError."""
    options = _parser().parse_args(arguments)
    section, values = _entry(options)
    if not options.corpus.is_dir():
        raise UsageError(f"There is no folder {options.corpus}. Name that of the documents with --corpus.")
    if section == "document" and not (options.corpus / options.document).is_file():
        raise UsageError(f"There is no file {options.document} in {options.corpus}. Name it as the brief does.")
    followed = settings_of(options.config).topics or issues.themes_of(issues.past_issues(options.out))
    path, topics = corrections.beside(options.corpus), [topic.id for topic in followed]
    corrections.load(path, holder_code, topics)
    _check(corrections.entry(section, values), topics)
    print(corrections.append(path, section, values))
    return 0


def _check(entry: str, topics: Sequence[str]) -> None:
    """Raises UsageError for what an entry may not say, in words of the command and not of the file."""
    try:
        corrections.parse(entry, Path(_TYPED), holder_code, topics)
    except ConfigError as error:
        raise UsageError(
            re.sub(rf"(?m)^{_TYPED}: \[\[\w+\]\] number 1: (.)", lambda found: found[1].upper(), str(error))
        ) from error


_TYPED = "typed"


def _entry(options: argparse.Namespace) -> tuple[str, dict[str, str | bool | date]]:
    """The section of the file, and what goes there. Raises UsageError for what does not fit together."""
    targets = {"position": options.position, "person": options.person, "document": options.document}
    named = [section for section, target in targets.items() if target]
    if len(named) != 1:
        raise UsageError("Name one thing to correct: the id of a position, --person NAME or --document PATH.")
    section = named[0]
    if section == "position" and not _ID.fullmatch(options.position):
        raise UsageError(
            f"'{options.position}' is no id of a position. It looks like 9f3a2b1c-120-IE and stands in the JSON."
        )
    given = {key: value for key in ("hide", "holder", "stance", "topic", "actor", "role", "date", "language")
             if (value := getattr(options, key))}  # fmt: skip
    wrong = [key for key in given if key not in _FITS[section]]
    if wrong or not given:
        fits = ", ".join(f"--{key}" for key in _FITS[section])
        raise UsageError(f"Of a {section} can be said: {fits}." + (f" --{wrong[0]} does not fit." if wrong else ""))
    values: dict[str, str | bool | date] = {{"position": "id", "person": "name"}.get(section, "path"): targets[section]}
    values |= given
    if options.date:
        try:
            values["date"] = date.fromisoformat(options.date)
        except ValueError as error:
            raise UsageError(f"'{options.date}' is not a date; write it like 2026-01-31.") from error
    return section, values | ({"note": options.note} if options.note else {})
