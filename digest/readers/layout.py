"""Lines on pages to paragraphs in reading order: columns, running heads, footnotes, headings, hyphens.

Places are in points, with the origin at the lower left. The thresholds are in heights of a line, which for common fonts
is about 1.2 times the size of the type.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from digest.preflight import Limits
from digest.readers.raw import Pieces, Properties, RawDocument
from digest.readers.tables import row_lines

_FINAL = re.compile(r"[.!?…:。！？؟।][\"'”’»›“)\]」』]*\d{0,3}$")
_HYPHEN = re.compile(r"[^\W\d_]{2,}[-\u2010\u00ad]$")
_BULLET = re.compile(r"(?:[•▪●◦‣·–—*]|\(?(?:\d{1,2}|[a-z])[.)])\s")
_NOTE = re.compile(r"(?:\[\d{1,3}\]|\d{1,3}|[*†‡¹²³⁰-⁹]+)[.)]?\s*\S")
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|seite|página|pagina|стр\.?|страница|sayfa|strona|p\.|pg\.?|s\.|第)?\s*\d{1,4}\s*"
    r"(?:(?:/|of|de|von|sur|di|из|van|z)\s*\d{1,4})?\s*页?\W*",
    re.IGNORECASE,
)
_WIDE_SCRIPT = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_RUNNING = "running head"
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LESSER = 0.97
"""Of the body's size: type that is set smaller on purpose."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and where it stands."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """From the lowest to the highest point of its letters' boxes."""
        return self.top - self.bottom

    @property
    def width(self) -> float:
        """From its left to its right end."""
        return self.right - self.left


@dataclass(slots=True)
class _Flow:
    """A column or a stretch over the whole width: its lines from top to bottom, and its left and right edges."""

    lines: list[Line]
    left: float
    right: float


def compose(pages: Sequence[Sequence[Line]], limits: Limits, properties: Properties) -> RawDocument:
    """The paragraphs of all pages in reading order, running heads (once), headings and footnotes marked."""
    size = _body_size(pages)
    heads = _running_heads(pages)
    writer = _Writer(Pieces(limits), size)
    seen: set[str] = set()
    for page in pages:
        body: list[Line] = []
        edges = _edge_lines(page) | _outermost(page)
        for line in page:
            key = _key(line.text)
            if line in edges and (key in heads or _PAGE_NUMBER.fullmatch(line.text)):
                if key not in seen and not _PAGE_NUMBER.fullmatch(line.text):
                    writer.running_head(line.text)
                seen.add(key)
            else:
                body.append(line)
        body, notes = _without_notes(body, size)
        for flow in _flows(body):
            writer.write(flow)
        writer.later += [(text, "footnote") for text in notes]
    writer.finish()
    return writer.pieces.document(properties)


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for line in (line for page in pages for line in page):
        sizes[round(line.height * 2) / 2] += len(line.text)
    return max(sizes.most_common(1)[0][0], 1.0) if sizes else 10.0


# --- running heads ---------------------------------------------------------------------------------------------------


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold())


def _edge_lines(page: Sequence[Line]) -> set[Line]:
    """The lines of the uppermost and lowest rows of a page (one or two) that a gap parts from the text."""
    rows: list[list[Line]] = []
    for line in sorted(page, key=lambda line: -line.top):
        if rows and rows[-1][0].top - line.top <= 0.5 * line.height:
            rows[-1].append(line)
        else:
            rows.append([line])
    edges: set[Line] = set()
    for ordered in (rows, rows[::-1]):
        for count in (1, 2):
            if len(ordered) > count and _gap(ordered[count - 1], ordered[count]) > 0.6 * ordered[count][0].height:
                edges.update(line for row in ordered[:count] for line in row)
    return edges


def _outermost(page: Sequence[Line]) -> set[Line]:
    """The lines of the uppermost and lowest row of a page."""
    high, low = max((line.top for line in page), default=0.0), min((line.bottom for line in page), default=0.0)
    return {line for line in page if high - line.top < 0.5 * line.height or line.bottom - low < 0.5 * line.height}


def _gap(one: list[Line], other: list[Line]) -> float:
    """The white space between two rows."""
    upper, lower = (one, other) if one[0].top > other[0].top else (other, one)
    return min(line.bottom for line in upper) - max(line.top for line in lower)


def _running_heads(pages: Sequence[Sequence[Line]]) -> set[str]:
    """What stands at the edge of several pages, figures aside. On some a footnote may leave no gap before it."""
    counts: Counter[str] = Counter()
    apart: set[str] = set()
    for page in pages:
        edges = _edge_lines(page)
        lines = [line for line in edges | _outermost(page) if len(line.text) <= 150 and not line.text[0].islower()]
        counts.update({_key(line.text) for line in lines})
        apart.update(_key(line.text) for line in lines if line in edges or re.search(r"\d", line.text))
    filled = sum(1 for page in pages if page)
    return {key for key, count in counts.items() if count >= 2 and count >= 0.3 * filled and key in apart}


def _without_notes(lines: list[Line], size: float) -> tuple[list[Line], list[str]]:
    """The lines of a page without the footnotes at its end, and the footnotes: smaller type, from a number on.

    Type that is but a little smaller is a footnote's where its number stands raised in the text of the page.
    """
    raised = {mark.translate(_PLAIN) for line in lines for mark in re.findall("[¹²³⁰-⁹]+", line.text)}
    own = any(
        (number := re.match(r"\d+", line.text)) and number[0] in raised
        for line in lines
        if line.height < _LESSER * size
    )
    most = _LESSER if own else 0.9
    small = [line for line in lines if line.height < most * size]
    normal = [line.bottom for line in lines if line.height >= most * size]
    below = sorted((line for line in small if not normal or line.top < min(normal) + 1), key=lambda line: -line.top)
    first = next((number for number, line in enumerate(below) if _NOTE.match(line.text)), None)
    if first is None or not normal:
        return lines, []
    notes: list[str] = []
    for line in below[first:]:
        if _NOTE.match(line.text) or not notes:
            notes.append(line.text)
        else:
            notes[-1] = _join(notes[-1], line.text, frozenset())
    taken = set(below[first:])
    return [line for line in lines if line not in taken], notes


# --- columns ---------------------------------------------------------------------------------------------------------


def _flows(lines: list[Line]) -> Iterator[_Flow]:
    """The lines in reading order: a gutter parts columns, and a line that crosses it parts what is above and below."""
    if not lines:
        return
    gutter = _gutter(lines)
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    if gutter is None:
        rights = sorted(line.right for line in lines)
        # A headline may be wider than the column under it.
        edge = rights[int(0.9 * (len(rights) - 1))] if len(rights) >= 8 else right
        yield _Flow(sorted(lines, key=lambda line: (-line.top, line.left)), left, edge)
        return
    zone: list[Line] = []
    for line in [*sorted(lines, key=lambda line: -(line.top + line.bottom)), None]:
        if line is not None and not line.left < gutter < line.right:
            zone.append(line)
            continue
        yield from _flows([each for each in zone if each.right <= gutter])
        yield from _flows([each for each in zone if each.left >= gutter])
        zone = []
        if line is not None:
            yield _Flow([line], left, right)


def _gutter(lines: list[Line]) -> float | None:
    """The middle of the widest upright strip that few lines cross and that has columns of text on both sides."""
    low, high = min(line.left for line in lines), max(line.right for line in lines)
    if len(lines) < 8 or high - low < 100:
        return None
    best: tuple[float, float] | None = None
    start: float | None = None
    x = low + 0.15 * (high - low)
    end = high - 0.15 * (high - low)
    while x <= end + 2:
        crossing = sum(line.left < x < line.right for line in lines)
        is_free = x <= end and crossing <= 0.2 * len(lines)
        if is_free and start is None:
            start = x
        elif not is_free and start is not None:
            if best is None or x - start > best[0]:
                best = (x - start, (x + start) / 2)
            start = None
        x += 2
    if best is None or best[0] < 6:
        return None
    return best[1] if _are_columns(lines, best[1]) else None


def _are_columns(lines: list[Line], gutter: float) -> bool:
    """Whether there is running text on both sides, side by side, and not the cells of a table."""
    sides = ([each for each in lines if each.right <= gutter], [each for each in lines if each.left >= gutter])
    if min(map(len, sides)) < 4:
        return False
    overlap = min(max(each.top for each in side) for side in sides) - max(min(e.bottom for e in side) for side in sides)
    if overlap < 3 * median(line.height for line in lines):
        return False
    for side in sides:
        width = max(each.right for each in side) - min(each.left for each in side)
        rows = list(_rows(sorted(side, key=lambda line: (-line.top, line.left))))
        if median(row[-1].right - row[0].left for row in rows) < 0.55 * width:
            return False
        if median(sum(len(each.text) for each in row) for row in rows) < 12:
            return False
    return True


# --- paragraphs ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Writer:
    """Writes paragraphs. One that goes on in the next column or page is held back; furniture waits until it ends."""

    pieces: Pieces
    size: float
    text: str = ""
    kind: str | None = None
    may_go_on: bool = False
    last: Line | None = None
    later: list[tuple[str, str]] = field(default_factory=list)
    hyphenated: set[str] = field(default_factory=set)

    def write(self, flow: _Flow) -> None:
        """The paragraphs of one column."""
        leading = self._leading(flow)
        previous: Line | None = None
        for row in _rows(flow.lines):
            line = row[0] if len(row) == 1 else _spread(row, flow)
            if line is None:
                self._table_row(row)
                previous = None
                continue
            if previous is None and self.last is not None and _is_next(self.last, line):
                previous = self.last
            begins = self._begins_column(line) if previous is None else self._begins(flow, previous, line, leading)
            if begins:
                self.finish()
                self.text, self.kind = line.text, self._kind(line)
            else:
                self.text = _join(self.text, line.text, self.hyphenated)
            self.hyphenated.update(re.findall(r"[^\W\d_]+-[^\W\d_]+", line.text.casefold()))
            previous = self.last = line
            self.may_go_on = line.right > flow.right - 0.25 * (flow.right - flow.left)

    def finish(self) -> None:
        """End the paragraph, and write what waited for its end."""
        self.pieces.add(self.text, self.kind)
        for text, kind in self.later:
            self.pieces.add(text, kind)
        self.text, self.kind, self.last = "", None, None
        self.later.clear()

    def running_head(self, text: str) -> None:
        """Furniture that stands once: before the text when nothing is written yet, else after the paragraph."""
        if self.text or self.pieces.lines:
            self.later.append((text, _RUNNING))
        else:
            self.pieces.add(text, _RUNNING)

    def _table_row(self, row: list[Line]) -> None:
        self.finish()
        for text, is_text in row_lines([cell.text for cell in row]):
            self.pieces.add(text, is_text=is_text)

    def _leading(self, flow: _Flow) -> float:
        steps = [above.top - below.top for above, below in zip(flow.lines, flow.lines[1:], strict=False)]
        near = [step for step in steps if 0.5 * self.size < step < 2.5 * self.size]
        # Paragraphs may be as short as two lines, with space between them: a quarter of the steps will do.
        return sorted(near)[len(near) // 4] if near else 1.2 * self.size

    def _kind(self, line: Line) -> str | None:
        return "heading" if line.height > 1.15 * self.size else None

    def _begins_column(self, line: Line) -> bool:
        """Whether the first line of a column or page begins a paragraph, or goes on with the last one."""
        if self.last is None or not self.text or abs(line.height - self.last.height) > 0.12 * self.size:
            return True
        if self.kind or _BULLET.match(line.text):
            return True
        if line.text[0].islower() and not _FINAL.search(self.text):
            return False
        return not (self.may_go_on and not _FINAL.search(self.text) and len(self.text) > 60)

    def _begins(self, flow: _Flow, above: Line, line: Line, leading: float) -> bool:
        is_other_size = abs(line.height - above.height) > 0.12 * max(line.height, above.height)
        # A raised number makes a line higher, not larger.
        if is_other_size and (above.bottom - line.bottom > 1.6 * leading or self._kind(line) != self._kind(above)):
            return True
        step = max(leading, min(line.height, above.height))  # a heading's own lines stand further apart
        if above.top - line.top > 1.35 * step or _BULLET.match(line.text):
            return True
        if self.kind or _HYPHEN.search(self.text):
            return False  # a heading of several lines, a word that was divided
        is_indented = line.left - above.left > 0.7 * line.height and line.left - flow.left > 0.7 * line.height
        if is_indented and not _BULLET.match(self.text):
            return True
        room = flow.right - above.right
        first_word = len(line.text.split(None, 1)[0]) * line.width / max(len(line.text), 1)
        is_short = room > first_word + 0.12 * (flow.right - flow.left)
        return is_short and (_FINAL.search(self.text) is not None or not line.text[0].islower())


def _spread(row: list[Line], flow: _Flow) -> Line | None:
    """A row as one line, when its words were only spread to fill the column; None for the cells of a table."""
    gaps = [after.left - before.right for before, after in pairwise(row)]
    fills = row[0].left < flow.left + 3 and row[-1].right > flow.right - 3
    if not fills or max(gaps) > 3 * row[0].height or max(gaps) - min(gaps) > 3:
        return None
    text = " ".join(line.text for line in row)
    top, bottom = max(line.top for line in row), min(line.bottom for line in row)
    return Line(text, row[0].left, row[-1].right, top, bottom)


def _is_next(above: Line, line: Line) -> bool:
    """Whether a line stands right under another of its size, though they were taken for different columns."""
    return (
        abs(above.height - line.height) < 0.05 * line.height
        and abs(above.left - line.left) < 2
        and 0 < above.top - line.top < 1.6 * line.height
    )


def _rows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that stand side by side, from left to right."""
    row: list[Line] = []
    for line in lines:
        middle = (line.top + line.bottom) / 2
        if row and not row[0].bottom < middle < row[0].top:
            yield sorted(row, key=lambda each: each.left)
            row = []
        row.append(line)
    if row:
        yield sorted(row, key=lambda each: each.left)


def _join(text: str, line: str, hyphenated: set[str] | frozenset[str]) -> str:
    """Two lines of a paragraph as one: a hyphen at the end of a line goes where the word goes on in small letters."""
    if _HYPHEN.search(text) and line[0].isalpha():
        head = re.split(r"[\s—–/]", text)[-1].casefold()
        tail = re.match(r"[^\W\d_]+", line)
        is_compound = head[:-1] + "-" + (tail[0].casefold() if tail else "") in hyphenated
        return text[:-1] + line if line[0].islower() and not is_compound else text[:-1] + "-" + line
    if _WIDE_SCRIPT.match(text[-1]) and _WIDE_SCRIPT.match(line[0]):
        return text + line
    return f"{text} {line}"
