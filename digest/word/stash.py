"""Paragraphs of a long brief put away as text, so that a brief of ten thousand documents fits into a laptop's memory.

An element of a tree takes ten times the room of its text. What a section prints is looked at again only for headings,
for links back from the sources, and for links to places that the template does not print; all other paragraphs go into
the stash piece by piece, and an empty paragraph with a number keeps their place until the file is written. The file is
the same, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from digest.word.ooxml import NAMESPACES, Element, w

_NUMBER = "stash"
_KEPT = re.compile(rb'<w:p stash="(\d+)"/>')


@dataclass(slots=True)
class _Piece:
    """Paragraphs as text; the bookmarks that they set, and those that they lead to."""

    text: bytes
    places: frozenset[str]
    leads: frozenset[str]


class Stash:
    """What was put away of one part. `root` is the part's outermost element, whose namespaces the text relies on."""

    def __init__(self, root: Element) -> None:
        for paragraph in root.iter(w("p")):
            if _NUMBER in paragraph.attrib:  # else a template could ask for what is not its own
                del paragraph.attrib[_NUMBER]
        self._tag, self._namespaces = root.tag, {name: uri for name, uri in root.nsmap.items() if name}
        self._usual = None not in root.nsmap and self._namespaces.get("w") == NAMESPACES["w"]
        self._open, _, self._close = _text_of(self._holder(" ")).partition(b" <")
        self._pieces: list[_Piece] = []

    def put(self, elements: Iterable[Element], stays: Callable[[Element], bool]) -> list[Element]:
        """The elements, with an empty paragraph in place of each row of paragraphs that do not have to stay."""
        if not self._usual:  # a template with names of its own for the namespaces: its texts stay in the tree
            return list(elements)
        left: list[Element] = []
        row: list[Element] = []
        for element in elements:
            if element.tag == w("p") and not stays(element):
                row.append(element)
            else:
                left += [*self._put_away(row), element]
                row = []
        return [*left, *self._put_away(row)]

    def places(self) -> set[str]:
        """The bookmarks set by what is in the stash."""
        return set[str]().union(*(piece.places for piece in self._pieces))

    def change(self, leads: Callable[[str], bool], change: Callable[[Element], None]) -> None:
        """Apply `change` to a tree of each piece that has a link with such a target."""
        for piece in self._pieces:
            if any(map(leads, piece.leads)):
                whole = b"".join((self._open, piece.text, b"<", self._close))
                root = etree.fromstring(whole, etree.XMLParser(resolve_entities=False, huge_tree=True))
                change(root)
                piece.text = self._inside(root)

    def restored(self, xml: bytes) -> bytes:
        """The text of the part with everything in its place again."""
        return _KEPT.sub(lambda found: self._pieces[int(found[1])].text, xml) if self._pieces else xml

    def _put_away(self, row: Sequence[Element]) -> list[Element]:
        if not row:
            return []
        holder = self._holder()
        holder.extend(row)
        places = frozenset(mark.get(w("name")) or "" for mark in holder.iter(w("bookmarkStart")))
        leads = frozenset(link.get(w("anchor")) or "" for link in holder.iter(w("hyperlink")))
        kept = etree.Element(w("p"), {_NUMBER: str(len(self._pieces))}, nsmap={"w": self._namespaces["w"]})
        self._pieces.append(_Piece(self._inside(holder), places, leads))
        return [kept]

    def _holder(self, text: str | None = None) -> Element:
        holder = etree.Element(self._tag, nsmap=self._namespaces)
        holder.text = text
        return holder

    def _inside(self, holder: Element) -> bytes:
        return _text_of(holder)[len(self._open) : -len(self._close) - 1]


def _text_of(element: Element) -> bytes:
    text: bytes = etree.tostring(element, encoding="UTF-8")
    return text
