"""The list of contents: the headings that really stand in the finished body, in their order, each a link.

It has no page numbers. Word alone knows where its pages end, and it works out a number in a field only when it is told
to; a number put there beforehand would be wrong on another printer or with another font. Names and their order are
right from the start, and stay right.
"""

from __future__ import annotations

from docx.document import Document

from digest.word import splice
from digest.word.blocks import Link, Text
from digest.word.ooxml import Element, Writer, w
from digest.word.sections.contents import ANCHOR

_HOLDERS = "digest_holder_"


def complete(document: Document, writer: Writer) -> None:
    """Fill the place that the section `contents` keeps; without a heading in the body take it out."""
    body: Element = document.element.body
    place = next((mark.getparent() for mark in body.iter(w("bookmarkStart")) if mark.get(w("name")) == ANCHOR), None)
    if place is None:
        return
    chapters = _chapters(body, writer)
    if not chapters:
        body.remove(place)
        return
    for number, (heading, parts) in enumerate(chapters):
        writer.inline(place, Text("  ·  " if number else ""))
        writer.inline(place, _link(heading, writer))
        if parts:
            writer.inline(place, Text(" ("))
            for at, part in enumerate(parts):
                writer.inline(place, Text(", " if at else ""))
                writer.inline(place, _link(part, writer))
            writer.inline(place, Text(")"))


def _chapters(body: Element, writer: Writer) -> list[tuple[Element, list[Element]]]:
    """The headings of the first level with those of the second below them: holders, or where there are several."""
    first, second = writer.style("Heading 1"), writer.style("Heading 2")
    chapters: list[tuple[Element, list[Element]]] = []
    for paragraph in splice.paragraphs(body):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        name = "" if style is None else style.get(w("val"))
        if name not in (first, second) or splice.in_table(paragraph) or splice.in_text_box(paragraph):
            continue
        if not splice.text_of(paragraph).strip():
            continue
        if name == first:
            chapters.append((paragraph, []))
        elif chapters:
            chapters[-1][1].append(paragraph)
    return [(chapter, parts if len(parts) > 1 or any(map(_is_holder, parts)) else []) for chapter, parts in chapters]


def _is_holder(heading: Element) -> bool:
    return any((mark.get(w("name")) or "").startswith(_HOLDERS) for mark in heading.iter(w("bookmarkStart")))


def _link(heading: Element, writer: Writer) -> Link:
    return Link(" ".join(splice.text_of(heading).split()), writer.bookmark(heading), "Digest Contents Link")
