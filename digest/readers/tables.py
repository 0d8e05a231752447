"""The rows of a table as text: a name and what stands beside it make a sentence, figures and headings do not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from digest import data

_FEWEST_WORDS = 3
"""So many words beside a name say something of it."""

_NAME_WORDS = 6
_FINAL = ".!?…。！？؟:：;,"


def row_lines(cells: Sequence[str]) -> list[tuple[str, bool]]:
    """The lines that a row becomes, each with whether it is surely text and not a label.

    "Norland | opposes the ban" becomes "Norland opposes the ban", "Norland | Opposes the ban" is set apart by a colon.
    So is what stands beside a state, be it one word: else "Supports the ban" would seem to be said by whoever made the
    table. Every other row gives a line for each cell.
    """
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    if len(filled) > 1 and filled[0] in _states() and any(map(_is_worded, filled[1:])):
        return [(_joined(filled), True)]
    if len(filled) < 2 or len(filled[0].split()) > _NAME_WORDS or filled[0][-1] in _FINAL or not _is_name(filled[0]):
        return [(cell, False) for cell in filled]
    words = [cell for cell in filled[1:] if any(map(str.isalpha, cell))]
    if sum(len(cell.split()) for cell in words) < _FEWEST_WORDS or not any(map(_says_something, words)):
        return [(cell, False) for cell in filled]
    return [(_joined(filled), True)]


def _joined(cells: Sequence[str]) -> str:
    line = cells[0]
    for cell in cells[1:]:
        line += (" " if cell[0].islower() or line[-1] in _FINAL else ": " if line == cells[0] else "; ") + cell
    return line


@cache
def _states() -> frozenset[str]:
    """The names of states as the first cell of a row has them, with and without their article."""
    rows = data.load("countries.toml").values()
    names = {name for row in rows for name in (row["name"], *row.get("also", ()))}
    return frozenset(names | {f"The {name}" for name in names} | {f"the {name}" for name in names})


def _is_worded(cell: str) -> bool:
    """Whether a cell has words beside figures: "Supports", not "12.4" or "EUR 3 m"."""
    letters = sum(map(str.isalpha, cell))
    return letters > sum(map(str.isdigit, cell)) and letters >= _LETTERS


_LETTERS = 4


def _is_name(cell: str) -> bool:
    return cell[0].isalpha() and not cell[0].islower()


def _says_something(cell: str) -> bool:
    """Whether a cell is the rest of a sentence or one of its own, and not a column's heading."""
    return cell[0].islower() or cell[-1] in ".!?…。！？؟"
