"""Where a text's paragraphs begin and end.

A line end ends a paragraph, except in hard-wrapped text, where lines were filled up to a fixed width and go on in the
next line: there a paragraph runs to the next empty line.
"""

from __future__ import annotations

import re
from itertools import pairwise

_LINE = re.compile(r"[^\n]+")
_FINAL = re.compile(r"[.!?…:;。！？؟।۔։።][\"'”’»›)\]」』）]*(?:\[\d{1,3}\])*$")
_NARROWEST, _WIDEST = 45, 100
"""The widths, in characters, to which text is wrapped by hand or by mail programs."""


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The [start, end) of each paragraph, in order, without surrounding white space. None is empty.

    Every character that is not white space is in exactly one of them.
    """
    found: list[tuple[int, int]] = []
    block: list[tuple[int, int]] = []
    for line in _lines(text):
        if block and text.count("\n", block[-1][1], line[0]) > 1:
            found += _joined(text, block)
            block = []
        block.append(line)
    return found + _joined(text, block)


def _lines(text: str) -> list[tuple[int, int]]:
    lines = []
    for match in _LINE.finditer(text):
        line = match[0]
        stripped = line.strip()
        if stripped:
            start = match.start() + len(line) - len(line.lstrip())
            lines.append((start, start + len(stripped)))
    return lines


def _joined(text: str, block: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The lines of a block without empty lines, as one paragraph if they are the lines of one."""
    if len(block) < 2:
        return block
    lines = [text[start:end] for start, end in block]
    if _is_wrapped(lines):
        return [(block[0][0], block[-1][1])]
    return _pairwise(lines, block)


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the lines were filled: the first word of each would not have fitted on the line before."""
    if len(lines) < 3:
        return False
    width = max(map(len, lines))
    if not _NARROWEST <= width <= _WIDEST:
        return False
    pairs = list(pairwise(lines))
    full = sum(len(line) + 1 + len(after.split(None, 1)[0]) > width for line, after in pairs)
    open_ends = sum(not _FINAL.search(line) for line, _ in pairs)
    return full >= 0.9 * len(pairs) and open_ends >= 0.6 * len(pairs)


def _pairwise(lines: list[str], block: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join a line to the one before it where that one is as long as a filled line, stops short, and this goes on."""
    found = [block[0]]
    for before, line, (start, end) in zip(lines, lines[1:], block[1:], strict=False):
        goes_on = line[0].islower() and not _FINAL.search(before)
        if goes_on and _NARROWEST <= len(before) <= _WIDEST:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
