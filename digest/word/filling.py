"""Filling a template that has been checked: blocks repeated, sections and fields put in the place of their markers."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace

from docx.document import Document

from digest.errors import TemplateError
from digest.word import contents, insert, splice, structure
from digest.word.blocks import Block, Paragraph
from digest.word.checking import NO_HEADING, PROPERTIES, stories
from digest.word.context import Context
from digest.word.fields import BODY, SECTION
from digest.word.markers import Kind, Marker, find
from digest.word.ooxml import Element, Writer, text_height, text_width, w
from digest.word.scope import Filled, Scope
from digest.word.sections import SECTIONS, standard_body
from digest.word.stash import Stash
from digest.word.walking import Walk

MOST_REPEATS = 50_000
"""So many times may blocks be repeated in one brief, all together: lists within lists grow fast."""

_LONGEST_PROPERTY = 255
_IDENTITIES = ("{http://schemas.microsoft.com/office/word/2010/wordml}paraId",
               "{http://schemas.microsoft.com/office/word/2010/wordml}textId")  # fmt: skip


MANY = 500
"""Blocks: what a section prints beyond so many goes into the stash."""


def fill(document: Document, context: Context, writer: Writer, order: Sequence[str]) -> Stash:
    """Put the brief into body, headers, footers and document properties. `order` are the sections of `{{ brief }}`.

    Returns what of the body has been put away as text, which must be put back into the finished part. Raises
    TemplateError when the blocks of the template repeat each other beyond all measure.
    """
    filler = _Filler(document, context, writer, order)
    filler.reserve()
    for label, root in stories(document):
        filler.story(root, label)
    scope = Filled(context, Scope({}), {})
    for name in PROPERTIES:
        value = getattr(document.core_properties, name) or ""
        filled = fill_text(value, scope)
        if filled != value:
            clean = " ".join(filled.split())
            cut = clean if len(clean) <= _LONGEST_PROPERTY else clean[: _LONGEST_PROPERTY - 1] + "…"
            setattr(document.core_properties, name, cut)
    contents.complete(document, writer)
    filler.unlink_the_dead()
    return filler.stash


def fill_text(text: str, scope: Filled) -> str:
    """`text` with its fields filled; what a value brings along is not looked at again."""
    for marker in reversed(find(text)):
        text = text[: marker.start] + scope.text(marker) + text[marker.end :]
    return text


class _Filler(Walk[Filled]):
    """The work on one document."""

    def __init__(self, document: Document, context: Context, writer: Writer, order: Sequence[str]) -> None:
        self._document = document
        self._context = context
        self._writer = writer
        self._order = order
        self.stash = Stash(document.element)
        self._linked = False
        self._repeats = 0

    def reserve(self) -> None:
        """Keep the bookmarks that a section will set from being set by a field before it."""
        names = {marker.name for text in self._body_texts() for marker in find(text)}
        sections = set(self._order) if BODY in names else set()
        sections |= {name.removeprefix(SECTION) for name in names if name.startswith(SECTION)}
        if "sources" in sections:
            self._writer.targets |= set(self._context.mark_anchors.values())
        if "countries" in sections:
            self._writer.targets |= set(self._context.holder_anchors.values())

    def _body_texts(self) -> list[str]:
        return [splice.text_of(paragraph) for paragraph in splice.paragraphs(self._document.element)]

    def story(self, root: Element, label: str) -> None:
        """Fill one story."""
        self._linked = label == "body"
        holder = root.find(w("body")) if label == "body" else root
        scope = Filled(self._context, Scope({}), {})
        for element, attribute, text in list(structure.alternative_texts(root)):
            element.set(attribute, fill_text(text, scope))
        if holder is not None:
            self.container(holder, scope)

    def unlink_the_dead(self) -> None:
        """Turn links to places that this template does not print into plain text."""
        root: Element = self._document.element
        there = {mark.get(w("name")) for mark in root.iter(w("bookmarkStart"))} | self.stash.places()

        def is_dead(anchor: str) -> bool:
            return anchor.startswith("digest_") and anchor not in there

        def unlink(tree: Element) -> None:
            for link in list(tree.iter(w("hyperlink"))):
                if is_dead(link.get(w("anchor")) or ""):
                    for run in list(link):
                        link.addprevious(run)
                    _drop(link)

        unlink(root)
        self.stash.change(is_dead, unlink)

    # --- the walk

    def tell(self, paragraph: Element, text: str) -> None:
        """Nothing: the template has been checked."""

    def container(self, holder: Element, scope: Filled) -> None:
        """What it holds, filled; it ends as it must."""
        super().container(holder, scope)
        _mend(holder)

    def table(self, table: Element, scope: Filled) -> None:
        """Its rows, filled; without any it is gone."""
        super().table(table, scope)
        if not structure.rows_of(table):
            _drop(table)

    def group(self, group: structure.Group, scope: Filled) -> None:
        marker, first = group.marker, group.span[0]
        if marker.kind is Kind.LOOP:
            scopes = list(scope.each(marker.name))
        else:
            scopes = [scope] if scope.has(marker.name) is (marker.kind is Kind.IF) else []
        self._count(len(scopes))
        rows = bool(group.body) and group.body[0].tag == w("tr")
        pair = structure.row_blocks if rows else structure.blocks
        for inside in scopes:
            body = [_clone(element) for element in group.body]
            for element in body:
                first.addprevious(element)
            if body:
                _part_tables(body[0])
            self.items(pair(body, self.tell), inside)
        for element in group.span:
            _drop(element)

    def _count(self, more: int) -> None:
        self._repeats += more
        if self._repeats > MOST_REPEATS:
            raise TemplateError(
                f"The blocks of the template would be repeated more than {MOST_REPEATS:,} times, because lists stand "
                "within lists. Take one of the lists out of the others."
            )

    def paragraph(self, paragraph: Element, scope: Filled) -> None:
        for box in structure.containers(paragraph):
            linked, self._linked = self._linked, False
            self.container(box, scope)
            self._linked = linked
        text = splice.text_of(paragraph)
        if "{{" not in text:
            return
        marker = structure.marker_of(paragraph)
        if marker is not None and marker.kind is Kind.FIELD and (blocks := self._blocks(paragraph, marker)) is not None:
            _replace(paragraph, self._written(blocks))
            return
        found = _choose(paragraph, scope)
        for marker in reversed(find(splice.text_of(paragraph))):
            if marker.kind is Kind.FIELD:
                parts = self._sized(scope, paragraph, marker).parts(marker)
                insert.replace(paragraph, marker.start, marker.end, parts, self._writer if self._linked else None)
            else:
                splice.replace(paragraph, marker.start, marker.end, "")
            found = True
        if found:
            _free_control(paragraph)
            if not splice.text_of(paragraph).strip():
                _take_out(paragraph)

    def _written(self, blocks: Sequence[Block]) -> list[Element]:
        """The elements of a section; of a long one most in the stash, but for the last, which may have to end a
        section of the page."""
        elements: list[Element] = []
        while len(blocks) > MANY:
            written = self._writer.write(blocks[:MANY])
            elements += self.stash.put(written, self._writer.looked_at_again())
            blocks = blocks[MANY:]
        return [*elements, *self._writer.write(blocks)]

    def _sized(self, scope: Filled, paragraph: Element, marker: Marker) -> Filled:
        """The scope with the width of the line or the cell that a picture is to stand in."""
        if not scope.scope.is_picture(marker.name):
            return scope
        section = _section_of(self._document, paragraph)
        width = structure.cell_width(paragraph) or text_width(section)
        return replace(scope, context=replace(scope.context, width=width, height=text_height(section)))

    def _blocks(self, paragraph: Element, marker: Marker) -> list[Block] | None:
        """What a marker of many paragraphs is replaced by; None for any other marker."""
        if marker.name != BODY and not marker.name.startswith(SECTION):
            return None
        section = _section_of(self._document, paragraph)
        context = replace(self._context, width=text_width(section), height=text_height(section))
        if marker.name == BODY:
            return standard_body(context, self._order)
        blocks = SECTIONS[marker.name.removeprefix(SECTION)](context)
        if marker.format == NO_HEADING:
            first = blocks[0] if blocks else None
            if isinstance(first, Paragraph) and first.style == "Heading 1":
                blocks = blocks[1:]
        return blocks


def _choose(paragraph: Element, scope: Filled) -> bool:
    """Settle the conditions within a paragraph. Returns whether there were any."""
    if not any(marker.opens for marker in find(splice.text_of(paragraph))):
        return False
    found = False
    while pairs := structure.pairs(splice.text_of(paragraph), lambda told: None):
        opening, closing = pairs[0]
        if scope.has(opening.name) is (opening.kind is Kind.IF):
            splice.replace(paragraph, closing.start, closing.end, "")
            splice.replace(paragraph, opening.start, opening.end, "")
        else:
            splice.replace(paragraph, opening.start, closing.end, "")
        found = True
    return found


# --- elements --------------------------------------------------------------------------------------------------------


def _clone(element: Element) -> Element:
    """A copy without what there may be only once in a file."""
    twin = copy.deepcopy(element)
    for mark in list(twin.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        _drop(mark)
    for name in _IDENTITIES:
        for holder in twin.iter():
            if name in holder.attrib:
                del holder.attrib[name]
    return twin


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _part_tables(element: Element) -> None:
    """An empty line between two tables, which Word would join."""
    before = element.getprevious()
    if element.tag == w("tbl") and before is not None and before.tag == w("tbl"):
        element.addprevious(element.makeelement(w("p")))


def _mend(holder: Element) -> None:
    """Every cell, box, header and footer must end with a paragraph."""
    if holder.tag not in (w("tc"), w("txbxContent"), w("hdr"), w("ftr")):
        return
    held = structure.children(holder)
    if not held or held[-1].tag != w("p"):
        holder.append(holder.makeelement(w("p")))


def _section_of(document: Document, marker: Element) -> Element | None:
    """The properties of the section that a paragraph of the body belongs to: those at the end of it."""
    passed = False
    for element in document.element.iter(w("p"), w("sectPr")):
        passed = passed or element is marker
        if passed and element.tag == w("sectPr"):
            section: Element = element
            return section
    return None


def _replace(marker: Element, elements: Sequence[Element]) -> None:
    """Put `elements` where `marker` stands; a section that ends with the marker ends with the last of them."""
    section = marker.find(f"{w('pPr')}/{w('sectPr')}")
    for element in elements:
        marker.addprevious(element)
    _drop(marker)
    if section is not None:
        last = elements[-1] if elements else marker
        if last.tag != w("p"):
            behind = last.makeelement(w("p"))
            last.addnext(behind)
            last = behind
        properties = last.find(w("pPr"))
        if properties is None:
            properties = last.makeelement(w("pPr"))
            last.insert(0, properties)
        properties.append(section)


def _free_control(paragraph: Element) -> None:
    """Let a content control keep the text: without this Word shows its old value, or treats it as a hint to write."""
    for control in (*paragraph.iterancestors(w("sdt")), *paragraph.iter(w("sdt"))):
        properties = control.find(w("sdtPr"))
        if properties is None:
            continue
        for item in [*properties.findall(w("dataBinding")), *properties.findall(w("showingPlcHdr"))]:
            _drop(item)


def _take_out(paragraph: Element) -> None:
    """Remove an emptied paragraph unless it holds something else, or is what its container must end with."""
    parent = paragraph.getparent()
    holds = next(paragraph.iter(w("drawing"), w("pict"), w("sectPr"), w("fldChar"), w("fldSimple")), None)
    if parent is None or holds is not None:
        return
    before, following = paragraph.getprevious(), paragraph.getnext()
    another = (following is not None and following.tag == w("p")) or (before is not None and before.tag == w("p"))
    if another:
        parent.remove(paragraph)
