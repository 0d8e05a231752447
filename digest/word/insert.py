"""Putting text, source marks and links in the place of a marker, in the format of the marker's first character."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from lxml import etree

from digest.word import splice
from digest.word.blocks import Anchor, Inline, Link, Mark, Text, WebLink
from digest.word.languages import reads_right_to_left
from digest.word.ooxml import Element, Writer, add, fill_run, put_first, w

_NO_LINKS_IN = (w("hyperlink"), w("fldSimple"))


def replace(paragraph: Element, start: int, end: int, parts: Sequence[Inline], writer: Writer | None) -> None:
    """Put `parts` in place of the characters [start, end) of a paragraph.

    `writer` makes the links and notes the places of source marks; without one (headers, text boxes) and within links
    everything is plain text. A paragraph that has become one right-to-left text runs from right to left.
    """
    if all(isinstance(part, Text) and part.text.isascii() and not part.language for part in parts):
        splice.replace(paragraph, start, end, "".join(shown(part) for part in parts))
        return
    whole = start == 0 and end == len(splice.text_of(paragraph))
    place = splice.isolate(paragraph, start, end)
    linked = writer is not None and not any(above.tag in _NO_LINKS_IN for above in place.iterancestors())
    base = place.find(w("rPr"))
    holder = etree.Element(w("p"))
    for part in parts:
        if writer is not None and (linked or isinstance(part, Text)):
            writer.inline(holder, part, base)
        else:
            run = add(holder, "r")
            if base is not None:
                run.append(copy.deepcopy(base))
            fill_run(run, shown(part))
    for element in list(holder):
        place.addprevious(element)
    parent = place.getparent()
    if parent is not None:
        parent.remove(place)
    if whole and reads_right_to_left("".join(shown(part) for part in parts)):
        _turn(paragraph)


def shown(part: Inline) -> str:
    """A part as plain text."""
    if isinstance(part, Mark):
        return f"[{part.mark}]"
    return part.text if isinstance(part, (Text, Link, Anchor, WebLink)) else ""


def _turn(paragraph: Element) -> None:
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    if properties.find(w("bidi")) is None:
        put_first(properties, etree.Element(w("bidi")), _BEHIND_BIDI)


_BEHIND_BIDI = (
    "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
    "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr",
    "pPrChange",
)  # fmt: skip
