"""What a marker in a template looks like. Pure text: where it stands in a Word file is `structure.py`'s business.

{{ title }}                  a field                {{#countries}} ... {{/countries}}    once for each
{{ issued : d MMMM yyyy }}   a field with a format  {{?author}} ... {{/author}}          only where there is one
{{! a remark }}              left out of the brief  {{^author}} ... {{/author}}          only where there is none
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_MARKER = re.compile(r"\{\{([^{}\n]{0,2000})\}\}")
_OPENING = re.compile(r"\{\{")
_CLOSING = re.compile(r"\}\}")


class Kind(StrEnum):
    """The sign that a marker begins with."""

    FIELD = ""
    LOOP = "#"
    IF = "?"
    UNLESS = "^"
    CLOSE = "/"
    REMARK = "!"


_SIGNS = {str(kind): kind for kind in Kind if kind}


@dataclass(frozen=True, slots=True)
class Marker:
    """`name` is what stands between the braces without sign, format and spaces; [start, end) is where, in characters.

    `format` is what stands behind the first colon of a field, "" without one.
    """

    name: str
    start: int
    end: int
    kind: Kind = Kind.FIELD
    format: str = ""

    @property
    def opens(self) -> bool:
        """Whether it begins a block."""
        return self.kind in (Kind.LOOP, Kind.IF, Kind.UNLESS)

    @property
    def closing(self) -> str:
        """The marker that ends its block."""
        return f"{{{{/{self.name}}}}}"

    def __str__(self) -> str:
        if self.kind is Kind.FIELD:
            return f"{{{{ {self.name} }}}}"
        return f"{{{{{self.kind}{self.name}}}}}"


def find(text: str) -> tuple[Marker, ...]:
    """All markers of a text, in order. Word may have put no-break spaces inside; they count as spaces."""
    return _found(text) if "{{" in text else ()


@lru_cache(maxsize=256)
def _found(text: str) -> tuple[Marker, ...]:
    """The same; kept, since a repeated block has the same texts each time."""
    return tuple(_read(match) for match in _MARKER.finditer(text))


def _read(match: re.Match[str]) -> Marker:
    inside = match[1].strip()
    kind = _SIGNS.get(inside[:1], Kind.FIELD)
    name = inside.removeprefix(str(kind)).strip()
    form = ""
    if kind is Kind.FIELD and ":" in name:
        name, form = (part.strip() for part in name.split(":", 1))
    return Marker(name, match.start(), match.end(), kind, form)


def alone(text: str) -> Marker | None:
    """The marker that a text consists of, spaces aside; None where there is more, or less."""
    markers = find(text)
    if len(markers) != 1 or text[: markers[0].start].strip() or text[markers[0].end :].strip():
        return None
    return markers[0]


def broken(text: str) -> list[str]:
    """What looks like a marker but has lost its beginning or its end: the words that stand there, shortened."""
    rest = _MARKER.sub(lambda match: "\0" * len(match[0]), text)
    openings = [_shorten(rest[match.start() :]) for match in _OPENING.finditer(rest)]
    closings = [_shorten(rest[max(0, match.start() - 20) : match.end()]) for match in _CLOSING.finditer(rest)]
    return openings or closings


def _shorten(text: str) -> str:
    words = text.split("\0")[0].split("\n")[0].strip()
    return words if len(words) <= 30 else words[:30].rstrip() + "…"
