"""`store info | vacuum | forget FILE`: the care of the store of earlier results. No model is loaded."""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from digest.errors import OutputError, UsageError
from digest.store import Store, default_path

_KINDS = {
    "digested": "documents with all that was found in them",
    "file": "files as they were read",
    "language": "languages",
    "picture": "pictures",
    "positions": "positions",
    "summary": "summaries",
    "translation": "translated sentences",
}


def run(arguments: Sequence[str]) -> int:
    """Run one of the three and return the exit code 0. Raises UsageError and OutputError."""
    options = _parser().parse_args(arguments)
    path = default_path()
    if not path.exists():
        print(f"There is no store yet: {path} is made by the first run.")
        return 0
    store, notice = Store.open(path)
    try:
        if notice:
            raise OutputError(f"{notice.reason} {notice.advice}")
        code: int = options.do(store, path, options)
        return code
    except sqlite3.DatabaseError as error:
        raise OutputError(f"{path}: {error}. Wait until no other run uses it, and try again.") from error
    finally:
        store.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make_brief.py store", description="What earlier runs have kept.")
    kinds = parser.add_subparsers(required=True, metavar="info|vacuum|forget")
    info = kinds.add_parser("info", help="where it lies, and what is in it")
    info.set_defaults(do=_info)
    vacuum = kinds.add_parser("vacuum", help="remove what has not been used for long, and give the space back")
    vacuum.add_argument("--days", type=int, default=90, metavar="N", help="unused for so many days (default: 90)")
    vacuum.set_defaults(do=_vacuum)
    forget = kinds.add_parser("forget", help="remove everything that was made of one file")
    forget.add_argument("file", metavar="FILE", help="its path, or its path below the corpus folder")
    forget.set_defaults(do=_forget)
    return parser


def _info(store: Store, path: Path, options: argparse.Namespace) -> int:
    print(f"{path}: {path.stat().st_size / 2**20:.1f} MiB")
    for kind, (number, size) in store.counts().items():
        print(f"  {number:>9}  {_KINDS.get(kind, kind):<42} {size / 2**20:>8.1f} MiB")
    return 0


def _vacuum(store: Store, path: Path, options: argparse.Namespace) -> int:
    if options.days < 0:
        raise UsageError(f"--days {options.days} is less than none. Give a number of days such as 90.")
    before = path.stat().st_size
    gone = store.vacuum(options.days)
    print(f"{gone} results that no run has used for {options.days} days are gone.")
    print(f"{path}: {before / 2**20:.1f} MiB before, {path.stat().st_size / 2**20:.1f} MiB now.")
    return 0


def _forget(store: Store, path: Path, options: argparse.Namespace) -> int:
    wanted = options.file.replace("\\", "/")
    absolute = Path(options.file).absolute()
    found = [
        (folder, name, outline)
        for folder, name, outline in store.shelved_anywhere()
        if name == PurePosixPath(wanted).as_posix() or Path(folder) / name == absolute
    ]
    if not found:
        raise UsageError(f"The store knows no file {options.file}. Name it as the brief does, below the corpus folder.")
    documents = {row[0] for _, _, outline in found for row in outline[0]}
    gone = store.forget(documents, [name for _, name, _ in found])
    print(f"{options.file}: {gone} results are gone. If the file is still in the corpus, the next run reads it anew.")
    print("Briefs that were made of it lie in their folder as before.")
    return 0
