"""What a document is called and who published it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.model import Furniture
from digest.readers.blocks import Block, blocks_of
from digest.readers.raw import RawDocument

_LONGEST_TITLE = 90
"""Characters; a title made of a text's first words is cut there."""

_OWNER = re.compile(
    r"(?:©|\(c\)|copyright)[\s©]*(?:\(c\)\s*)?(?:(?:19|20)\d\d(?:\s*[-–—]\s*(?:(?:19|20)?\d\d))?)[\s,.|:-]*(?:by\s+)?"
    r"(?P<after>[^\n.|©•]{2,60})?",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"[\s,;:–—-]*\b(?:all rights|tous droits|alle rechte|todos os direitos|todos los derechos|tutti i diritti|"
    r"все права|tüm hakları|her hakkı|wszelkie prawa|alle rechten|reproduction|riproduzione|reprodução)\b.*$",
    re.IGNORECASE,
)


def title_of(raw: RawDocument, furniture: Sequence[Furniture], stem: str) -> str:
    """The title: as declared, else the headline, else the text's first words with an ellipsis, else the file's name."""
    if raw.properties.title:
        return raw.properties.title
    kinds = {mark.start: mark.kind for mark in furniture}
    blocks = blocks_of(raw.text)
    ends = {mark.start: mark.end for mark in furniture}
    whole = {block.start for block in blocks if ends.get(block.start) == block.end}
    first = next((n for n, block in enumerate(blocks) if block.start not in whole), len(blocks))
    headline = next((block for block in blocks[:first] if _is_headline(block, kinds)), None)
    if headline is not None:
        return " ".join(headline.text.split())
    if first < len(blocks):
        start = ends[blocks[first].start] if blocks[first].start in kinds else blocks[first].start
        return _first_words(raw.text[start : blocks[first].end])
    return " ".join(stem.replace("_", " ").split()) or "Untitled"


def publisher_of(raw: RawDocument, furniture: Sequence[Furniture]) -> str | None:
    """The publisher: as declared, or as its copyright line names it; None where neither does."""
    if raw.properties.publisher:
        return raw.properties.publisher
    for mark in reversed(furniture):
        owner = _OWNER.search(raw.text[mark.start : mark.end]) if mark.kind == "copyright" else None
        if owner and owner["after"]:
            name = _RIGHTS.sub("", owner["after"]).strip(" ,;:–—-\u00a0")
            if len(name) > 1:
                return name
    return None


def _is_headline(block: Block, kinds: dict[int, str]) -> bool:
    """A heading long enough to be one; a page's rubric is shorter."""
    return kinds.get(block.start) == "heading" and block.words >= 3


def _first_words(text: str) -> str:
    words = " ".join(text.split())
    end = re.search(r"[.!?…。！？؟।](?=\s|$)|[。！？]", words)
    if end and 15 <= end.end() <= _LONGEST_TITLE:
        return words[: end.end()].rstrip(".。।")
    if len(words) <= _LONGEST_TITLE:
        return words
    cut = words.rfind(" ", 40, _LONGEST_TITLE)
    return words[: cut if cut > 0 else _LONGEST_TITLE].rstrip(" ,;:–—-") + " …"
