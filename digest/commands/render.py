"""`render FILE.json`: a brief from its JSON, as it is or edited. No model is loaded."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from digest import briefjson, outfile
from digest.checkedjson import EditedError
from digest.errors import OutputError, UsageError
from digest.model import Brief
from digest.word import render, template

_MOST_BYTES = 64 * 1024 * 1024


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make_brief.py render", description="A brief from its JSON, as it is or edited."
    )
    parser.add_argument("file", type=Path, metavar="FILE.json", help="what a run has written beside its brief")
    parser.add_argument("--template", metavar="NAME|FILE", help="default: the one that the brief was made with")
    parser.add_argument("--out", type=Path, metavar="DIR", help="default: the folder of the JSON")
    parser.add_argument("--force", action="store_true", help="replace a brief of that name")
    return parser


def run(arguments: Sequence[str]) -> int:
    """Render the brief and return the exit code 0. Raises UsageError and OutputError."""
    options = _parser().parse_args(arguments)
    brief = read_brief(options.file)
    path = template.resolve(options.template or brief.template, template.folders())
    data = render.render(brief, path)
    folder = options.out or options.file.parent
    outfile.make_folder(folder)
    target = folder / f"{options.file.stem}.docx"
    if _is(target, data):
        print(f"{target} (it was the same already)")
        return 0
    print(outfile.write_bytes(target, data, overwrite=options.force))
    return 0


def read_brief(path: Path) -> Brief:
    """The brief in a JSON file. Raises UsageError that names the file and the wrong place in it."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{path} is too large for a brief.")
        return briefjson.from_json(path.read_bytes())
    except FileNotFoundError as error:
        raise UsageError(f"There is no file {path}. Name the .json beside a brief.") from error
    except EditedError as error:
        raise UsageError(f"{path}: {error}") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}). Name the .json beside a brief.") from error


def _is(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False
    except OSError as error:
        raise OutputError(f"{path} cannot be read ({error.strerror}). Choose another folder with --out.") from error
