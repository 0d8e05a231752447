"""The lines "title: ...", "date: ..." that many text files begin with.

Two forms are known: YAML-like front matter between two lines of three dashes, and bare lines "Key: value" up to the
first empty line. Only `key: value` on one line is read. Nothing is evaluated, and nested values are passed over.
"""

from __future__ import annotations

import re
from typing import Literal

from digest.readers.raw import Properties

_Field = Literal["title", "publisher", "author", "url", "written"]

_NAMES: tuple[tuple[_Field, str], ...] = (
    ("title", "title headline titre titel título titulo titolo заголовок başlık"),
    ("publisher", "publisher source site site_name publication outlet quelle fonte fuente éditeur medium herausgeber"),
    ("publisher", "источник kaynak"),
    ("author", "author authors by auteur autor autora autore автор yazar"),
    ("url", "url link permalink canonical lien enlace"),
    ("written", "date published publish_date pubdate date_published datum data fecha дата tarih"),
    ("written", "publié veröffentlicht publicado"),
)
_KEYS = {name: field for field, names in _NAMES for name in names.split()}

_LINE = re.compile(r"([^\W\d][\w -]{0,24}?)[ \t\u00a0]*:[ \t\u00a0]*(\S.{0,500})?")
_MOST_LINES = 60


def split_front_matter(text: str) -> tuple[Properties, str]:
    """The properties that the text begins with, and the rest of the text.

    A text without front matter comes back whole, with empty properties. Unknown keys are dropped with their lines
    between dashes; in the bare form they end the front matter, for they may be prose.
    """
    lines = text.split("\n", _MOST_LINES)
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].strip() == "---":
        return _between_dashes(lines, first, text)
    return _bare(lines, first, text)


def _between_dashes(lines: list[str], first: int, text: str) -> tuple[Properties, str]:
    last = next((n for n in range(first + 1, len(lines)) if lines[n].strip() in ("---", "...")), None)
    if last is None or not any(_pair(line) for line in lines[first + 1 : last]):
        return Properties(), text
    pairs = [_pair(line) for line in lines[first + 1 : last]]
    return _properties([pair for pair in pairs if pair]), "\n".join(lines[last + 1 :]).lstrip("\n")


def _bare(lines: list[str], first: int, text: str) -> tuple[Properties, str]:
    pairs: list[tuple[_Field, str]] = []
    end = first
    for end in range(first, len(lines)):
        pair = _pair(lines[end])
        if pair is None:
            break
        pairs.append(pair)
    # One such line may be prose ("Source: the ministry."), and so may lines that no empty line ends.
    if len({key for key, _ in pairs}) < 2 or (end < len(lines) and lines[end].strip()):
        return Properties(), text
    return _properties(pairs), "\n".join(lines[end:]).lstrip("\n")


def _pair(line: str) -> tuple[_Field, str] | None:
    match = _LINE.fullmatch(line.strip()) if not line.startswith((" ", "\t")) else None
    field = _KEYS.get(match[1].casefold().replace(" ", "_").replace("-", "_")) if match else None
    if match is None or field is None:
        return None
    value = (match[2] or "").strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1].strip()
    return field, value


def _properties(pairs: list[tuple[_Field, str]]) -> Properties:
    found = {field: value for field, value in reversed(pairs) if value and value[0] not in "[{&*!|>"}
    return Properties(
        title=found.get("title"),
        publisher=found.get("publisher"),
        author=found.get("author"),
        url=found.get("url"),
        written=found.get("written"),
    )
