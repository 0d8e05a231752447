"""Reading and replacing the text of a paragraph, wherever Word has cut it into runs. Half of the XML layer.

Word splits a marker such as {{ brief }} over several runs as it pleases (spelling, revisions, a change of font in
between). Here a paragraph is one string, and a stretch of it can be replaced: the new text takes the format of the
stretch's first character.
"""

from __future__ import annotations

import copy
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
    if next(paragraph.iter(_TEXT_BOX), None) is None:
        return [
            (element, element.text or "" if element.tag == _TEXT else _SIGNS[element.tag])
            for element in paragraph.iter(_TEXT, *_SIGNS)
            if element.tag == _TEXT or _is_run(element.getparent())
        ]
    found: list[tuple[Element, str]] = []
    _collect(paragraph, found)
    return found


def _is_run(element: Element | None) -> bool:
    return element is not None and element.tag == _RUN


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


def isolate(paragraph: Element, start: int, end: int) -> Element:
    """Cut the characters [start, end) out and return an empty run in their place, in the format of the first of them.

    Raises ValueError for an empty stretch.
    """
    position = 0
    touched: list[tuple[Element, str, str]] = []
    for element, held in pieces(paragraph):
        begin, position = position, position + len(held)
        if position > start and begin < end:
            touched.append((element, held[: max(0, start - begin)], held[max(0, end - begin) :]))
    if not touched:
        raise ValueError("an empty stretch has no format")
    for element, before, after in touched[1:]:
        _put(element, before, "", after)
    element, before, after = touched[0]
    return _split(element, before, after)


def _split(element: Element, before: str, after: str) -> Element:
    """Leave `before` of a text element in its run; a new empty run follows, then one with `after` and what followed."""
    run = element.getparent()
    if run is None:  # pragma: no cover - text lies in a run
        raise ValueError("text outside a run")
    properties = run.find(w("rPr"))
    place, rest = etree.Element(_RUN), etree.Element(_RUN)
    if properties is not None:
        place.append(copy.deepcopy(properties))
        rest.append(copy.deepcopy(properties))
    fill_run(rest, after)
    for sibling in list(element.itersiblings()):
        rest.append(sibling)
    _put(element, before, "", "")
    run.addnext(place)
    if _holds(rest):
        place.addnext(rest)
    parent = run.getparent()
    if not _holds(run) and parent is not None:
        parent.remove(run)
    return place


def _holds(run: Element) -> bool:
    return any(child.tag != w("rPr") for child in run)


def in_fallback(paragraph: Element) -> bool:
    """Whether a paragraph is the copy of a text box for old programs: its text stands twice in the file."""
    return any(ancestor.tag == _FALLBACK for ancestor in paragraph.iterancestors())


def in_text_box(paragraph: Element) -> bool:
    """Whether a paragraph stands in a text box."""
    return any(ancestor.tag == _TEXT_BOX for ancestor in paragraph.iterancestors())


def in_table(paragraph: Element) -> bool:
    """Whether a paragraph stands in a table."""
    return any(ancestor.tag == _TABLE for ancestor in paragraph.iterancestors())
