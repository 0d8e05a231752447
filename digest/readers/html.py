"""Saved web pages: the text a person would copy, with the rest of the page marked as its frame.

The page is cut into blocks here; what belongs to the main text is decided by the structure of the page together with
trafilatura, whose choice of paragraphs is completed by their neighbours. Nothing is fetched and no script is run.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from lxml import etree, html

from digest.errors import ReadError
from digest.preflight import Limits
from digest.readers.clean import FRAME
from digest.readers.encoding import decode_marked
from digest.readers.page_facts import facts_of
from digest.readers.raw import Pieces, RawDocument
from digest.readers.tables import row_lines

_SKIPPED = frozenset(
    [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "applet", "head",
    "select", "button", "textarea", "input", "video", "audio", "canvas", "map", "datalist", "dialog",
]
)  # fmt: skip
_BLOCKS = frozenset(
    [
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th",
    "thead", "tr", "ul", "title",
]
)  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_FRAME_TAGS = frozenset(("nav", "aside", "footer", "form"))
_FRAME_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog"))
_FRAME_NAMES = frozenset(
    [
        "nav", "navbar", "navigation", "menu", "menus", "breadcrumb", "breadcrumbs", "sidebar", "footer", "share",
        "sharing", "shares", "social", "cookie", "cookies", "consent", "gdpr", "newsletter", "subscribe",
    "subscription",
        "signup", "promo", "promotion", "advert", "advertisement", "ads", "adslot", "sponsored", "related",
        "recommended", "recommendations", "recirc", "teaser", "teasers", "comments", "comment", "disqus", "paywall",
        "popup", "modal", "widget", "widgets", "tags", "taglist", "pagination", "pager", "login", "searchform", "skip",
        "masthead", "topbar", "toolbar", "colophon", "trending", "mostread",
    ]
)  # fmt: skip
_NAME = re.compile(r"[a-z]+")
_UNSEEN = re.compile(r"<(/?)(?:script|style|head|template)\b", re.I)
_TAGS = re.compile(r"<[/!?a-zA-Z][^<>]{0,20000}>")
_FEWEST_WORDS = 25
_LONGEST = 30_000_000
_FINAL = re.compile(r"[.!?…。！？؟।۔][\"'”’»›“)\]」』\s]*$")


def read_html(content: bytes, limits: Limits) -> RawDocument:
    """A page's blocks in order, its frame marked. Raises ReadError for binary data and too much or no text."""
    return read_page(decode_marked(content), limits)


def read_page(source: str, limits: Limits) -> RawDocument:
    """The same for a page that is already text."""
    root, is_cut = _parsed(source)
    if is_cut:
        return _flat(source, limits).document(facts_of(root))
    blocks = blocks_of(root, limits)
    chosen = _chosen(blocks, source)
    pieces = Pieces(limits)
    for block, is_content in zip(blocks, chosen, strict=True):
        kind = None if is_content else FRAME
        if is_content and block.kind:
            kind = block.kind
        pieces.add(block.text, kind, is_text=block.is_row)
    return pieces.document(facts_of(root))


def plain_blocks(source: str, limits: Limits) -> list[tuple[str, str | None]]:
    """The lines of a page of which all is text, such as that of a mail, each with its kind of furniture or None."""
    root, is_cut = _parsed(source)
    if is_cut:
        return [(line, None) for line in _flat(source, limits).lines]
    return [(block.text, block.kind) for block in blocks_of(root, limits)]


def _flat(source: str, limits: Limits) -> Pieces:
    """The lines of a page whose elements are nested deeper than a tree may be: its tags part them."""
    pieces = Pieces(limits)
    for line in _TAGS.sub("\n", _seen(source)).split("\n"):
        pieces.add(" ".join(unescape(line).split()))
    return pieces


def _seen(source: str) -> str:
    """A page without scripts, styles and its head: what stands between an opening mark and the next closing one."""
    kept, at, closed = [], 0, True
    for mark in _UNSEEN.finditer(source):
        if mark[1] and not closed:
            at, closed = mark.start(), True
        elif not mark[1] and closed:
            kept.append(source[at : mark.start()])
            at, closed = mark.start(), False
    return "\n".join((*kept, source[at:]))


def _parsed(source: str) -> tuple[Any, bool]:
    """The tree of a page, and whether the parser cut it off for its depth. Raises ReadError when there is none."""
    source = re.sub(r"^\s*<\?xml[^>]{0,300}\?>", "", source.replace("\0", ""))
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(source, parser=parser)
        return root, any("depth" in entry.message.casefold() for entry in parser.error_log)
    except (etree.LxmlError, ValueError) as error:
        raise ReadError(f"it is no readable web page ({str(error)[:80]})", "Save it anew from the browser.") from error


@dataclass(slots=True)
class Block:
    """A paragraph, heading or cell of a page, and where it stands."""

    text: str
    container: int
    in_frame: bool
    kind: str | None
    link_share: float
    is_row: bool = False
    words: int = 0


# --- the page as blocks ----------------------------------------------------------------------------------------------


def blocks_of(root: Any, limits: Limits) -> list[Block]:
    """The blocks of a page in order. Raises ReadError when there is more text than allowed."""
    walker = _Walker(limits, len("".join(root.itertext())[:_LONGEST]))
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            if element.tag in _SKIPPED or _is_hidden(element):
                walk.skip_subtree()
                walker.skipped.add(element)
            else:
                walker.start(element)
            continue
        if element in walker.skipped:
            walker.skipped.discard(element)
        else:
            walker.end(element)
        walker.words(element.tail)
    walker.flush()
    return walker.blocks


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").casefold().replace(" ", "")
    return element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style


@dataclass(slots=True)
class _Walker:
    """Collects blocks from the starts and ends of elements."""

    limits: Limits
    total: int
    blocks: list[Block] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    link_letters: int = 0
    in_link: int = 0
    frames: list[Any] = field(default_factory=list)
    articles: int = 0
    containers: list[int] = field(default_factory=lambda: [0])
    count: int = 0
    kinds: list[tuple[Any, str]] = field(default_factory=list)
    rows: list[tuple[int, list[int]]] = field(default_factory=list)
    bullet: bool = False
    skipped: set[Any] = field(default_factory=set)
    passed: set[Any] = field(default_factory=set)
    length: int = 0

    def start(self, element: Any) -> None:
        tag = element.tag
        if tag == "br":
            self.buffer.append("\n")
        elif tag == "a":
            self.in_link += 1
        elif tag == "sup":
            self._note_mark(element)
            return
        elif tag in _BLOCKS:
            self.flush()
            self._open(element, tag)
        if element not in self.passed:
            self.words(element.text)

    def _note_mark(self, element: Any) -> None:
        """A raised number that is a link is a footnote mark, and gets brackets; else it may be a square metre."""
        inside = "".join(element.itertext()).strip()
        is_link = self.in_link or element.find(".//a") is not None
        if is_link and re.fullmatch(r"\d{1,3}", inside):
            self.buffer.append(f"[{inside}]")
            self.passed.update(element.iter())
        else:
            self.words(element.text)

    def _open(self, element: Any, tag: str) -> None:
        self.articles += tag in ("article", "main")
        if self._is_frame(element):
            self.frames.append(element)
        if tag in _HEADINGS:
            self.kinds.append((element, "heading"))
        elif tag in ("figcaption", "caption"):
            self.kinds.append((element, "caption"))
        elif tag == "li":
            self.bullet = True
        elif tag == "tr":
            self.rows.append((len(self.blocks), []))
        elif tag in ("td", "th") and self.rows:
            self.rows[-1][1].append(len(self.blocks))
        self.count += 1
        self.containers.append(self.count)

    def end(self, element: Any) -> None:
        tag = element.tag
        if tag == "a":
            self.in_link = max(0, self.in_link - 1)
        elif tag in _BLOCKS:
            self.flush()
            self.containers.pop()
            self.articles -= tag in ("article", "main")
            if self.frames and self.frames[-1] is element:
                self.frames.pop()
            if self.kinds and self.kinds[-1][0] is element:
                self.kinds.pop()
            self.bullet = False if tag == "li" else self.bullet
            if tag == "tr" and self.rows:
                self._end_row()

    def words(self, text: str | None) -> None:
        """Text that stands here."""
        if not text:
            return
        self.length += len(text)
        if self.length > 4 * self.limits.text_characters + 1_000_000:  # white space and menus are no text yet
            raise ReadError("it holds more text than allowed", "Save the part that matters.")
        self.buffer.append(re.sub(r"\s+", " ", text) if not self._in_pre() else text)
        if self.in_link:
            self.link_letters += len(text.strip())

    def _in_pre(self) -> bool:
        return bool(self.kinds) and self.kinds[-1][1] == "code"

    def flush(self) -> None:
        """End the block that is open."""
        text, letters = "".join(self.buffer), self.link_letters
        self.buffer, self.link_letters = [], 0
        if not text.strip():
            return
        # A line break within a sentence is layout; one between sentences parts paragraphs.
        lines = re.split(r"[ ]*\n\s*", re.sub(r" *\n *(?=[^\W\d_A-ZÀ-ÞА-Я])(?!\n)", " ", text.strip()))
        share = letters / max(len(text.strip()), 1)
        container = self.containers[-2] if len(self.containers) > 1 else 0
        for number, line in enumerate(line for line in lines if line.strip()):
            mark = "• " if self.bullet and number == 0 else ""
            kind = self.kinds[-1][1] if self.kinds else None
            words = len(line.split()) if line.count(" ") > 2 else max(len(line.split()), len(line) // 4)
            self.blocks.append(Block(mark + line.strip(), container, bool(self.frames), kind, share, words=words))
        self.bullet = False

    def _end_row(self) -> None:
        start, cells = self.rows.pop()
        blocks = self.blocks[start:]
        if not blocks or cells != list(range(start, start + len(blocks))) or blocks[0].in_frame:
            return
        rows = row_lines([block.text for block in blocks])
        if len(rows) == 1 and rows[0][1]:
            first = blocks[0]
            text = rows[0][0]
            share = max(block.link_share for block in blocks)
            self.blocks[start:] = [Block(text, first.container, False, None, share, True, len(text.split()))]

    def _is_frame(self, element: Any) -> bool:
        tag = element.tag
        if tag in ("html", "body", "main", "article"):
            return False
        if tag in _FRAME_TAGS or (tag == "header" and not self.articles):
            found = True
        else:
            names = set(_NAME.findall(f"{element.get('class') or ''} {element.get('id') or ''}".casefold()[:300]))
            found = not names.isdisjoint(_FRAME_NAMES) or element.get("role") in _FRAME_ROLES
        # A frame around most of the page is none: templates call their only column "widget" or put it into a form.
        return found and (bool(self.frames) or len("".join(element.itertext())) < 0.5 * self.total)


# --- the main text ---------------------------------------------------------------------------------------------------


def _chosen(blocks: list[Block], source: str) -> list[bool]:
    """For each block whether it belongs to the main text or to its headings and captions."""
    picked = _picked(blocks, source)
    words = sum(block.words for block, is_picked in zip(blocks, picked, strict=True) if is_picked)
    if words < _FEWEST_WORDS or words < 0.3 * sum(block.words for block in blocks if _is_prose(block)):
        picked = [_is_prose(block) for block in blocks]
    weight: Counter[int] = Counter()
    for block, is_picked in zip(blocks, picked, strict=True):
        if is_picked and block.words >= 8:
            weight[block.container] += block.words
    total = sum(weight.values())
    trusted = {container for container, count in weight.items() if count >= max(_FEWEST_WORDS, 0.1 * total)}
    content = [
        not block.in_frame and (is_picked or (block.container in trusted and block.link_share < 0.6))
        for block, is_picked in zip(blocks, picked, strict=True)
    ]
    if not any(content):
        return [not block.in_frame for block in blocks] if not all(b.in_frame for b in blocks) else [True] * len(blocks)
    return _completed(blocks, content)


def _is_prose(block: Block) -> bool:
    return not block.in_frame and block.words >= 8 and block.link_share < 0.5 and bool(_FINAL.search(block.text))


def _completed(blocks: list[Block], content: list[bool]) -> list[bool]:
    """What stands among the main text belongs to it; what heads it goes with it, down from the last large heading."""
    prose = [number for number, is_content in enumerate(content) if is_content and blocks[number].words >= 8]
    first, last = (prose[0], prose[-1]) if prose else (content.index(True), len(content) - 1)
    headings = [n for n in range(first) if blocks[n].kind == "heading" and not blocks[n].in_frame]
    top = headings[0] if headings and first - headings[0] <= 12 else max(0, first - 4)
    return [
        is_content or (top <= number <= last and not block.in_frame and (block.link_share < 0.6 or block.words < 8))
        for number, (block, is_content) in enumerate(zip(blocks, content, strict=True))
    ]


def _picked(blocks: list[Block], source: str) -> list[bool]:
    """For each block whether its words are in what trafilatura takes for the main text."""
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            source, include_comments=False, include_tables=True, with_metadata=False, favor_recall=True
        )
    except (ValueError, TypeError, AttributeError, etree.LxmlError):
        found = None
    text = found.text if found is not None and found.text else ""
    whole = _letters(text)
    lines = {_letters(line) for line in text.split("\n")}
    picked = []
    for block in blocks:
        letters = _letters(block.text)
        picked.append(
            not block.in_frame and bool(letters) and (letters in lines or (len(letters) > 20 and letters in whole))
        )
    return picked


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
