"""Word files (.docx): the words that a reader of the accepted document would see, in their order.

The parts are read as a stream of XML events, without building a tree, so that memory does not grow with the file. Kept:
paragraphs, table cells, content controls, text boxes, field results, tracked insertions. Dropped: tracked deletions,
hidden text, field instructions, comments. Headers stand first, footnotes and footers last, as furniture. Names of
elements are those of ECMA-376 part 1, in its transitional and its strict namespace.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from digest.errors import ReadError
from digest.preflight import Limits, check_package
from digest.readers.raw import Pieces, Properties, RawDocument, too_long
from digest.readers.tables import row_lines
from digest.readers.xml_parts import parse

_WORD = frozenset(
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
)
_SKIPPED = frozenset(("del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "rPrChange", "pPrChange"))
_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_FURNITURE_STYLES = (("heading", "heading"), ("title", "heading"), ("subtitle", "heading"), ("caption", "caption"))
_UNTITLED = frozenset(("", "word document", "microsoft word document", "document", "untitled"))
_EMPTY_DATE = "2013-12-23"
"""What python-docx writes into every file that it makes from its own template; it says nothing of the document."""

_XML_ADVICE = "Open it in Word or LibreOffice, save it again as .docx, and try once more."


def read_word(content: bytes, limits: Limits) -> RawDocument:
    """The text of a .docx file. Raises ReadError for what `check_package` refuses, broken XML, too much or no text."""
    check_package(content, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            main = _main_part(package)
            body = _Text(_style_names(package, main), limits)
            parse(package, main, body, _XML_ADVICE)
            heads = _beside(package, main, "/header", limits)
            notes = [*_beside(package, main, "/footnotes", limits), *_beside(package, main, "/endnotes", limits)]
            feet = _beside(package, main, "/footer", limits)
            pieces = Pieces(limits)
            for line in heads:
                pieces.add(line, "running head")
            for line, kind, is_text in body.lines:
                pieces.add(line, kind, is_text=is_text)
            for line in notes:
                pieces.add(line, "footnote")
            for line in feet:
                pieces.add(line, "running head")
            return pieces.document(_properties(package))
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise ReadError(f"it is a damaged Word file ({error})", _XML_ADVICE) from error


def _beside(package: zipfile.ZipFile, main: str, kind: str, limits: Limits) -> list[str]:
    """The lines of the parts of one kind that belong to the main part, each line once."""
    folder, name = posixpath.split(main)
    lines: list[str] = []
    for target in _targets(package, posixpath.join(folder, "_rels", f"{name}.rels"), kind):
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if part in package.namelist():
            text = _Text({}, limits)
            parse(package, part, text, _XML_ADVICE)
            lines += [line for line, _, _ in text.lines]
    return list(dict.fromkeys(lines))


@dataclass(slots=True)
class _Text:
    """Collects lines of text with their kinds of furniture (None for content) from the events of a parser."""

    styles: dict[str, str]
    limits: Limits
    lines: list[tuple[str, str | None, bool]] = field(default_factory=list)
    paragraphs: list[tuple[list[str], str | None]] = field(default_factory=list)
    skipping: int = 0
    in_text: bool = False
    run: list[str] | None = None
    hidden: bool = False
    length: int = 0
    rows: list[tuple[int, list[int]]] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if self.skipping or name in _SKIPPED:
            self.skipping += 1
        elif name == "p":
            self._end_run()  # a text box stands inside a run, and holds paragraphs
            self.paragraphs.append(([], None))
        elif name in ("tr", "tc"):
            self._table(name)
        elif name == "pStyle":
            self._style(_value(attributes))
        elif name == "r":
            self._end_run()
            self.run = []
        elif name == "vanish":
            self.hidden = _value(attributes) not in ("0", "false", "off")
        elif name == "t":
            self.in_text = True
        elif name in _BREAKS and self.run is not None:
            self.run.append(_BREAKS[name])

    def end(self, tag: str) -> None:
        name = _local(tag)
        if self.skipping:
            self.skipping -= 1
        elif name == "t":
            self.in_text = False
        elif name == "r":
            self._end_run()
        elif name == "p" and self.paragraphs:
            words, kind = self.paragraphs.pop()
            self.lines.append(("".join(words), kind, False))
        elif name == "tr" and self.rows:
            self._end_row()

    def data(self, text: str) -> None:
        if self.in_text and not self.skipping:
            self.length += len(text)
            if self.length > self.limits.text_characters:
                raise too_long(self.limits)
            (self.run if self.run is not None else self._words()).append(text)

    def _table(self, name: str) -> None:
        if name == "tr":
            self.rows.append((len(self.lines), []))
        elif self.rows:
            self.rows[-1][1].append(len(self.lines))

    def _end_row(self) -> None:
        """Cells of one paragraph each may make a sentence together."""
        start, cells = self.rows.pop()
        lines = self.lines[start:]
        if len(lines) == len(cells) and cells == list(range(start, start + len(cells))):
            kinds = {kind for _, kind, _ in lines}
            if kinds == {None}:
                self.lines[start:] = [(text, None, kept) for text, kept in row_lines([line for line, _, _ in lines])]

    def _words(self) -> list[str]:
        if not self.paragraphs:
            self.paragraphs.append(([], None))
        return self.paragraphs[-1][0]

    def _end_run(self) -> None:
        if self.run and not self.hidden:
            self._words().extend(self.run)
        self.run, self.hidden = None, False

    def _style(self, style: str) -> None:
        name = self.styles.get(style, style).casefold()
        kind = next((kind for start, kind in _FURNITURE_STYLES if name.startswith(start)), None)
        if self.paragraphs and kind:
            self.paragraphs[-1] = (self.paragraphs[-1][0], kind)


@dataclass(slots=True)
class _Styles:
    """Style ids and the names of the styles: ids are translated in localised Word, built-in names are not."""

    names: dict[str, str] = field(default_factory=dict)
    style: str = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "style":
            self.style = next((value for key, value in attributes.items() if _local(key) == "styleId"), "")
        elif _local(tag) == "name" and self.style:
            self.names.setdefault(self.style, _value(attributes))

    def end(self, tag: str) -> None:
        if _local(tag) == "style":
            self.style = ""

    def data(self, text: str) -> None:
        """Style parts hold no text."""


@dataclass(slots=True)
class _Fields:
    """The text of each element of a flat part, and the attributes of relationships."""

    values: dict[str, str] = field(default_factory=dict)
    targets: list[tuple[str, str]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.open.append(_local(tag))
        if self.open[-1] == "Relationship":
            self.targets.append((attributes.get("Type", ""), attributes.get("Target", "")))

    def end(self, tag: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        if self.open:
            self.values[self.open[-1]] = (self.values.get(self.open[-1], "") + text)[:2_000]


def _local(tag: str) -> str:
    """The name without its namespace; outside the namespaces of Word, only names that Word's do not share."""
    namespace, _, name = tag.rpartition(" ")
    return name if namespace in _WORD or name not in ("p", "r", "t", "br", "tab") else f"{namespace} {name}"


def _value(attributes: dict[str, str]) -> str:
    return next((value for key, value in attributes.items() if _local(key) == "val"), "")


def _main_part(package: zipfile.ZipFile) -> str:
    """The part that the package's relationships call the office document."""
    for target in _targets(package, "_rels/.rels", "/officeDocument"):
        name = target.lstrip("/")
        if name in package.namelist():
            return name
    raise ReadError("it is no Word document (it has no main part)", _XML_ADVICE)


def _targets(package: zipfile.ZipFile, part: str, kind: str) -> Iterator[str]:
    if part not in package.namelist():
        return
    relations = _Fields()
    parse(package, part, relations, _XML_ADVICE)
    yield from (target for name, target in relations.targets if name.endswith(kind))


def _style_names(package: zipfile.ZipFile, main: str) -> dict[str, str]:
    part = posixpath.join(posixpath.dirname(main), "styles.xml")
    styles = _Styles()
    if part in package.namelist():
        parse(package, part, styles, _XML_ADVICE)
    return styles.names


def _properties(package: zipfile.ZipFile) -> Properties:
    fields = _Fields()
    for part in ("docProps/core.xml", "docProps/app.xml"):
        if part in package.namelist():
            parse(package, part, fields, _XML_ADVICE)
    values = {key: " ".join(value.split()) for key, value in fields.values.items()}
    saved = values.get("created") or values.get("modified")
    title = values.get("title", "")
    return Properties(
        title=title if title.casefold() not in _UNTITLED else None,
        publisher=values.get("Company") or None,
        author=values.get("creator") or None,
        saved=saved if saved and not saved.startswith(_EMPTY_DATE) else None,
    )
