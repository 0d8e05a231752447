"""What a marker in a template looks like. Pure text: where it stands in a Word file is `template.py`'s business."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKER = re.compile(r"\{\{([^{}\n]{0,200})\}\}")
_OPENING = re.compile(r"\{\{")
_CLOSING = re.compile(r"\}\}")


@dataclass(frozen=True, slots=True)
class Marker:
    """`name` is what stands between the braces without the spaces around it; [start, end) is where, in characters."""

    name: str
    start: int
    end: int


def find(text: str) -> list[Marker]:
    """All markers of a text, in order. Word may have put no-break spaces inside; they count as spaces."""
    return [Marker(match[1].strip(), match.start(), match.end()) for match in _MARKER.finditer(text)]


def broken(text: str) -> list[str]:
    """What looks like a marker but has lost its beginning or its end: the words that stand there, shortened."""
    rest = _MARKER.sub(lambda match: "\0" * len(match[0]), text)
    openings = [_shorten(rest[match.start() :]) for match in _OPENING.finditer(rest)]
    closings = [_shorten(rest[max(0, match.start() - 20) : match.end()]) for match in _CLOSING.finditer(rest)]
    return openings or closings


def _shorten(text: str) -> str:
    words = text.split("\0")[0].split("\n")[0].strip()
    return words if len(words) <= 30 else words[:30].rstrip() + "…"
