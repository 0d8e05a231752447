"""Reading and replacing the text of a paragraph, wherever Word has cut it into runs. Half of the XML layer.

Word splits a marker such as {{ brief }} over several runs as it pleases (spelling, revisions, a change of font in
between). Here a paragraph is one string, and a stretch of it can be replaced: the new text takes the format of the
stretch's first character.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from digest.word.ooxml import Element, fill_run, w

_TEXT, _TAB, _BREAK, _HYPHEN = w("t"), w("tab"), w("br"), w("noBreakHyphen")
_RUN, _PARAGRAPH, _TEXT_BOX, _TABLE = w("r"), w("p"), w("txbxContent"), w("tbl")
_FALLBACK = w("mc:Fallback")
_SIGNS = {_TAB: "\t", _BREAK: "\n", _HYPHEN: "‑"}


def paragraphs(root: Element) -> Iterator[Element]:
    """Every paragraph of a part in its order, those in tables, content controls and text boxes as well."""
    return root.iter(_PARAGRAPH)


def pieces(paragraph: Element) -> list[tuple[Element, str]]:
    """The elements of a paragraph that hold its text, and what each holds; not those of text boxes anchored in it."""
    found: list[tuple[Element, str]] = []
    _collect(paragraph, found)
    return found


def _collect(element: Element, found: list[tuple[Element, str]]) -> None:
    for child in element:
        tag = child.tag
        if tag == _TEXT:
            found.append((child, child.text or ""))
        elif tag in _SIGNS and element.tag == _RUN:
            found.append((child, _SIGNS[tag]))
        elif tag not in (_TEXT_BOX, _PARAGRAPH) and len(child):
            _collect(child, found)


def text_of(paragraph: Element) -> str:
    """The text of a paragraph as one string; deleted text of tracked changes is not part of it."""
    return "".join(text for _, text in pieces(paragraph))


def replace(paragraph: Element, start: int, end: int, text: str) -> None:
    """Put `text` in place of the characters [start, end) of a paragraph, in the format of the first of them."""
    position = 0
    first = True
    for element, held in pieces(paragraph):
        begin, finish = position, position + len(held)
        position = finish
        if finish <= start or begin >= end:
            continue
        before, after = held[: max(0, start - begin)], held[max(0, end - begin) :]
        _put(element, before, text if first else "", after)
        first = False


def _put(element: Element, before: str, middle: str, after: str) -> None:
    """Replace a text element by runs' worth of text: tabs and line ends in it become elements of their own."""
    parent = element.getparent()
    if parent is None:  # pragma: no cover - text lies in a run
        return
    holder = etree.Element(_RUN)
    fill_run(holder, before + middle + after)
    at = parent.index(element)
    parent.remove(element)
    for offset, child in enumerate(list(holder)):
        parent.insert(at + offset, child)


def in_fallback(paragraph: Element) -> bool:
    """Whether a paragraph is the copy of a text box for old programs: its text stands twice in the file."""
    return any(ancestor.tag == _FALLBACK for ancestor in paragraph.iterancestors())


def in_text_box(paragraph: Element) -> bool:
    """Whether a paragraph stands in a text box."""
    return any(ancestor.tag == _TEXT_BOX for ancestor in paragraph.iterancestors())


def in_table(paragraph: Element) -> bool:
    """Whether a paragraph stands in a table."""
    return any(ancestor.tag == _TABLE for ancestor in paragraph.iterancestors())
