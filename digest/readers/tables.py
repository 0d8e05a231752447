"""The rows of a table as text: a name and what stands beside it make a sentence, figures and headings do not."""

from __future__ import annotations

from collections.abc import Sequence

_FEWEST_WORDS = 3
"""So many words beside a name say something of it."""

_NAME_WORDS = 6
_FINAL = ".!?…。！？؟:：;,"


def row_lines(cells: Sequence[str]) -> list[tuple[str, bool]]:
    """The lines that a row becomes, each with whether it is surely text and not a label.

    "Norland | opposes the ban" becomes "Norland opposes the ban", "Norland | Opposes the ban" is set apart by a colon.
    Every other row gives a line for each cell.
    """
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    if len(filled) < 2 or len(filled[0].split()) > _NAME_WORDS or filled[0][-1] in _FINAL or not _is_name(filled[0]):
        return [(cell, False) for cell in filled]
    words = [cell for cell in filled[1:] if any(map(str.isalpha, cell))]
    if sum(len(cell.split()) for cell in words) < _FEWEST_WORDS or not any(map(_says_something, words)):
        return [(cell, False) for cell in filled]
    line = filled[0]
    for cell in filled[1:]:
        line += (" " if cell[0].islower() or line[-1] in _FINAL else ": " if line == filled[0] else "; ") + cell
    return [(line, True)]


def _is_name(cell: str) -> bool:
    return cell[0].isalpha() and not cell[0].islower()


def _says_something(cell: str) -> bool:
    """Whether a cell is the rest of a sentence or one of its own, and not a column's heading."""
    return cell[0].islower() or cell[-1] in ".!?…。！？؟"
