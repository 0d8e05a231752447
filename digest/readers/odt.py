"""OpenDocument texts (.odt): the words that a reader sees with all tracked changes accepted, in their order.

The content is read as a stream of XML events, without building a tree. Element names are those of ODF 1.3 part 3.
Dropped: tracked deletions, comments, rubies. Notes follow at the end as furniture.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

from digest.errors import ReadError
from digest.preflight import Limits, check_open_document
from digest.readers.raw import Pieces, Properties, RawDocument, too_long
from digest.readers.tables import row_lines
from digest.readers.xml_parts import parse

_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_SKIPPED = frozenset(("tracked-changes", "annotation", "annotation-end", "ruby-text", "note-citation", "title", "desc"))
_ADVICE = "Open it in LibreOffice, save it again, and try once more."
_MOST_SPACES = 100


def read_odt(content: bytes, limits: Limits) -> RawDocument:
    """The text of an .odt file. Raises ReadError for what the preflight refuses, broken XML, too much or no text."""
    check_open_document(content, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            body = _Text(limits)
            parse(package, "content.xml", body, _ADVICE)
            meta = _Meta()
            if "meta.xml" in package.namelist():
                parse(package, "meta.xml", meta, _ADVICE)
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise ReadError(f"it is a damaged OpenDocument text ({error})", _ADVICE) from error
    pieces = Pieces(limits)
    for line, kind, is_text in (*body.lines, *body.notes):
        pieces.add(line, kind, is_text=is_text)
    values = {key: " ".join(value.split()) for key, value in meta.values.items()}
    return pieces.document(
        Properties(
            title=values.get("title") or None,
            author=values.get("creator") or values.get("initial-creator") or None,
            saved=values.get("creation-date") or values.get("date"),
        )
    )


@dataclass(slots=True)
class _Text:
    """Collects lines with their kinds of furniture, and whether they are surely text, from the events of a parser."""

    limits: Limits
    lines: list[tuple[str, str | None, bool]] = field(default_factory=list)
    notes: list[tuple[str, str | None, bool]] = field(default_factory=list)
    open: list[tuple[list[str], str | None]] = field(default_factory=list)
    rows: list[tuple[int, list[int]]] = field(default_factory=list)
    skipping: int = 0
    in_note: int = 0
    length: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if self.skipping or name in _SKIPPED:
            self.skipping += 1
        elif name in ("p", "h") and tag.startswith(_TEXT):
            self.open.append(([], "heading" if name == "h" else None))
        elif name == "note":
            self.in_note += 1
        elif name == "table-row":
            self.rows.append((len(self.lines), []))
        elif name == "table-cell" and self.rows:
            self.rows[-1][1].append(len(self.lines))
        elif name in ("s", "tab", "line-break") and tag.startswith(_TEXT):
            self._blank(name, attributes)

    def _blank(self, name: str, attributes: dict[str, str]) -> None:
        count = attributes.get(f"{_TEXT} c", "1")
        spaces = min(int(count), _MOST_SPACES) if name == "s" and count.isdecimal() and len(count) < 9 else 1
        self.data("\n" if name == "line-break" else " " * spaces)

    def end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if self.skipping:
            self.skipping -= 1
        elif name in ("p", "h") and tag.startswith(_TEXT) and self.open:
            words, kind = self.open.pop()
            line = "".join(words)
            if self.in_note:
                self.notes.append((line, "footnote", False))
            else:
                self.lines.append((line, kind, False))
        elif name == "note":
            self.in_note -= 1
        elif name == "table-row" and self.rows:
            self._end_row()

    def data(self, text: str) -> None:
        if self.open and not self.skipping:
            self.length += len(text)
            if self.length > self.limits.text_characters:
                raise too_long(self.limits)
            self.open[-1][0].append(text)

    def _end_row(self) -> None:
        start, cells = self.rows.pop()
        lines = self.lines[start:]
        if cells == list(range(start, start + len(lines))) and all(kind is None for _, kind, _ in lines):
            self.lines[start:] = [(text, None, kept) for text, kept in row_lines([line for line, _, _ in lines])]


@dataclass(slots=True)
class _Meta:
    """The text of each element of the part with the properties."""

    values: dict[str, str] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)

    def start(self, tag: str, _: dict[str, str]) -> None:
        self.open.append(tag.rpartition(" ")[2])

    def end(self, _: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        self.values[self.open[-1]] = (self.values.get(self.open[-1], "") + text)[:2_000]
