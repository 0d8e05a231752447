"""How the markers of a template pair up: blocks over paragraphs, over rows of a table, and within a paragraph.

A block stands in one place: its two markers are each alone in a paragraph of the same text, cell or text box, or both
in one row of a table, which is then repeated, or each alone in a row of the same table. A condition may also begin and
end within one paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from digest.word import splice
from digest.word.markers import Kind, Marker, alone, find
from digest.word.ooxml import Element, w

Tell = Callable[[Element, str], None]
"""Takes a paragraph and what is wrong in it."""

_PARAGRAPH, _ROW, _CELL, _TABLE = w("p"), w("tr"), w("tc"), w("tbl")
_CONTENT, _TEXT_BOX = w("sdtContent"), w("txbxContent")


@dataclass(frozen=True, slots=True)
class Group:
    """A block: its opening marker and paragraph, all siblings that it takes up, and those of them to be repeated."""

    marker: Marker
    paragraph: Element
    span: tuple[Element, ...]
    body: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A marker of a block and where it stands."""

    marker: Marker
    paragraph: Element


def marker_of(element: Element) -> Marker | None:
    """The marker that a paragraph consists of; None for anything else."""
    return alone(splice.text_of(element)) if element.tag == _PARAGRAPH else None


def blocks(elements: Sequence[Element], tell: Tell, until: str = "") -> list[Element | Group]:
    """Siblings with the outermost blocks among them put together. Markers without a partner are told and left out."""
    items: list[Element | Group] = []
    at = 0
    while at < len(elements):
        marker = marker_of(elements[at])
        if marker is None or not (marker.opens or marker.kind is Kind.CLOSE):
            items.append(elements[at])
        elif marker.kind is Kind.CLOSE:
            tell(elements[at], closes_nothing(marker))
        else:
            end = _partner(elements, at, marker)
            if end is None:
                tell(elements[at], unclosed(marker, until))
            else:
                span = tuple(elements[at : end + 1])
                items.append(Group(marker, elements[at], span, span[1:-1]))
                at = end
        at += 1
    return items


def _partner(elements: Sequence[Element], start: int, opening: Marker) -> int | None:
    depth = 0
    for at in range(start, len(elements)):
        marker = marker_of(elements[at])
        if marker is None or marker.name != opening.name:
            continue
        depth += marker.opens - (marker.kind is Kind.CLOSE)
        if depth == 0:
            return at
    return None


def unclosed(marker: Marker, until: str = "") -> str:
    """What to say of a block without an end."""
    before = f" before {until}" if until else ""
    return (
        f"{marker} has no {marker.closing}{before} in the same text, cell or text box. Write it where the block ends."
    )


def unclosed_row(marker: Marker) -> str:
    """The same of a block of rows."""
    return f"{marker} has no {marker.closing} in its row or below it in the table. Write it where the block ends."


def closes_nothing(marker: Marker) -> str:
    """What to say of an end without a block."""
    return f"{marker} ends nothing. Its beginning is missing, before it in the same text, table, cell or text box."


# --- rows ------------------------------------------------------------------------------------------------------------


def rows_of(table: Element) -> list[Element]:
    """The rows of a table, those in content controls around rows as well; not those of tables in its cells."""
    return _held(table, _ROW)


def cells_of(row: Element) -> list[Element]:
    """The cells of a row."""
    return _held(row, _CELL)


def _held(holder: Element, tag: str) -> list[Element]:
    """The children of a kind, those in content controls as well."""
    found: list[Element] = []
    for child in holder:
        if child.tag == tag:
            found.append(child)
        elif child.tag == w("sdt"):
            content = child.find(_CONTENT)
            found += _held(content, tag) if content is not None else []
    return found


_CELL_MARGINS = 216
"""What Word leaves free at both sides of a cell together unless told otherwise, in twips."""


def cell_width(element: Element) -> int | None:
    """The width of the text in the cell around an element, in twips; None outside tables or where it is not told."""
    cell = next(element.iterancestors(_CELL), None)
    width = cell.find(f"{w('tcPr')}/{w('tcW')}") if cell is not None else None
    if width is None or width.get(w("type")) != "dxa" or not (width.get(w("w")) or "").isdecimal():
        return None
    return max(1000, int(width.get(w("w")) or 0) - _CELL_MARGINS)


def row_blocks(rows: Sequence[Element], tell: Tell) -> list[Element | Group]:
    """Rows with the outermost blocks of rows among them put together; the markers of these are taken out."""
    items: list[Element | Group] = []
    at = 0
    while at < len(rows):
        tokens = row_tokens(rows[at])
        if not tokens:
            items.append(rows[at])
            at += 1
            continue
        first = tokens[0]
        partner = None if first.marker.kind is Kind.CLOSE else _row_partner(rows, at, first)
        if partner is None:
            kind = first.marker.kind
            tell(first.paragraph, closes_nothing(first.marker) if kind is Kind.CLOSE else unclosed_row(first.marker))
            _erase(first)
            continue
        end, closing = partner
        _erase(closing)
        _erase(first)
        span = tuple(rows[at : end + 1])
        empty = {row for row in (span[0], span[-1]) if len(span) > 1 and not _says(row)}
        items.append(Group(first.marker, first.paragraph, span, tuple(row for row in span if row not in empty)))
        at = end + 1
    return items


def row_tokens(row: Element) -> list[Token]:
    """The block markers of a row that concern the row: not the pairs within a cell, or within a paragraph."""
    tokens = [(number, token) for number, cell in enumerate(cells_of(row)) for token in _cell_tokens(cell)]
    local: set[int] = set()
    waiting: list[int] = []
    for at, (cell, token) in enumerate(tokens):
        if token.marker.opens:
            waiting.append(at)
        elif waiting and tokens[waiting[-1]][1].marker.name == token.marker.name:
            begin = waiting.pop()
            if tokens[begin][0] == cell and _is_local(tokens[begin][1], token):
                local |= {begin, at}
    return [token for at, (_, token) in enumerate(tokens) if at not in local]


def _cell_tokens(container: Element) -> Iterator[Token]:
    for child in container:
        if child.tag == _PARAGRAPH:
            for marker in find(splice.text_of(child)):
                if marker.opens or marker.kind is Kind.CLOSE:
                    yield Token(marker, child)
        elif child.tag == w("sdt"):
            content = child.find(_CONTENT)
            if content is not None:
                yield from _cell_tokens(content)


def _is_local(opening: Token, closing: Token) -> bool:
    if opening.paragraph is closing.paragraph:
        return opening.marker.kind is not Kind.LOOP
    return marker_of(opening.paragraph) is not None and marker_of(closing.paragraph) is not None


def _row_partner(rows: Sequence[Element], start: int, opening: Token) -> tuple[int, Token] | None:
    depth = 0
    for at in range(start, len(rows)):
        for token in row_tokens(rows[at]):
            if token.marker.name != opening.marker.name:
                continue
            depth += token.marker.opens - (token.marker.kind is Kind.CLOSE)
            if depth == 0:
                return at, token
    return None


def _erase(token: Token) -> None:
    """Take a marker out of its paragraph, and the paragraph out of its cell where nothing else is in it."""
    paragraph, parent = token.paragraph, token.paragraph.getparent()
    only = marker_of(paragraph) is not None
    splice.replace(paragraph, token.marker.start, token.marker.end, "")
    if only and parent is not None and len(parent.findall(_PARAGRAPH)) > 1:
        parent.remove(paragraph)


def _says(row: Element) -> bool:
    return any(splice.text_of(paragraph).strip() for paragraph in row.iter(_PARAGRAPH)) or any(
        True for _ in row.iter(w("drawing"), w("pict"))
    )


# --- within a paragraph ----------------------------------------------------------------------------------------------


def pairs(text: str, tell: Callable[[str], None]) -> list[tuple[Marker, Marker]]:
    """The conditions that begin and end within a text, those around others first."""
    found: list[tuple[Marker, Marker]] = []
    waiting: list[Marker] = []
    for marker in find(text):
        if marker.kind is Kind.LOOP:
            tell(f"{marker} must stand alone in its paragraph; move the other words to another one.")
        elif marker.opens:
            waiting.append(marker)
        elif marker.kind is Kind.CLOSE:
            if waiting and waiting[-1].name == marker.name:
                found.append((waiting.pop(), marker))
            else:
                tell(f"{marker} must stand alone in its paragraph; move the other words to another one.")
    for marker in waiting:
        tell(f"{marker} has no {marker.closing} behind it in its paragraph. Put both there, or each alone in one.")
    return sorted(found, key=lambda pair: pair[0].start)


def containers(element: Element) -> Iterator[Element]:
    """The text boxes directly within a paragraph, both copies of each."""
    if next(element.iter(_TEXT_BOX), None) is None:
        return
    for child in element:
        if child.tag == _TEXT_BOX:
            yield child
        else:
            yield from containers(child)


_ALTERNATIVE = ((w("tblCaption"), w("val")), (w("tblDescription"), w("val")), (w("wp:docPr"), "descr"),
                (w("wp:docPr"), "title"))  # fmt: skip


def alternative_texts(root: Element) -> Iterator[tuple[Element, str, str]]:
    """Texts for those who cannot see a table or a picture, where they have markers: element, attribute, text."""
    for tag, attribute in _ALTERNATIVE:
        for element in root.iter(tag):
            text = element.get(attribute) or ""
            if "{{" in text:
                yield element, attribute, text


def children(element: Element) -> list[Element]:
    """What an element holds, as siblings to be paired up."""
    return [child for child in element if isinstance(child.tag, str)]


def inner(element: Element) -> Element | None:
    """The holder of text within a content control or a wrapper of other kinds; None for an element that has none."""
    if element.tag == w("sdt"):
        return element.find(_CONTENT)
    if element.tag in (w("customXml"), w("ins"), w("moveTo"), _CONTENT):
        return element
    return None
