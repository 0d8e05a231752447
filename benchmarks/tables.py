"""CSV files that others made, read with every fault told in words."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

Row = dict[str, str]
_LONGEST_FIELD = 10_000_000


class TableError(Exception):
    """The file cannot be used; the message says why and what to do."""


def read(path: Path, columns: Sequence[str]) -> list[Row]:
    """The rows, in which none of `columns` is empty; rows with an empty one are left out and counted on stderr.

    Raises TableError where there is no such file, no such column, or nothing left.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                have = ", ".join(reader.fieldnames or ()) or "none"
                raise TableError(f"{path} lacks the column {' and '.join(missing)}; its first line has: {have}.")
            rows = list(reader)
    except OSError as error:
        raise TableError(f"{path} cannot be opened: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise TableError(f"{path} is not UTF-8 (byte {error.start}). Save it as UTF-8 CSV.") from error
    except csv.Error as error:
        raise TableError(f"{path} is no valid CSV: {error}. Is a quotation mark left open?") from error
    full = [row for row in rows if all((row[column] or "").strip() for column in columns)]
    if not full:
        raise TableError(f"{path} has no row with {' and '.join(columns)} filled in.")
    if len(full) < len(rows):
        print(f"{len(rows) - len(full)} of {len(rows)} rows left out: an empty field.", file=sys.stderr)
    return full


def told(measure: Callable[[Path], int], path: Path) -> int:
    """Run a measurement on a file; 2 where the file cannot be used, with the reason on stderr."""
    try:
        return measure(path)
    except TableError as error:
        print(error, file=sys.stderr)
        return 2
