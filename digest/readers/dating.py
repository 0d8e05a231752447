"""When a document was published, as far as its file, its page and its text can tell.

What somebody wrote down as the date comes first (front matter, dateline, a line with a date), then the file's name,
then what the text implies, then what a program noted. Where only a bound can be had, the bound is given and called one.
A date after today or before 1990 is never believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from digest.dates import FoundDate, ahead_words, find_dates, report_words
from digest.model import Dating, Furniture
from digest.readers.blocks import Block, blocks_of
from digest.readers.raw import Properties

EARLIEST = date(1990, 1, 1)

_DATED_LINE_WORDS = 16
_LEDE_BLOCKS = 3
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_SEPARATED = re.compile(r"(?<!\d)((?:19|20)\d\d)[ _.-](\d{1,2})[ _.-](\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<![\d.,/-])((?:19|20)\d\d)(?![\d/%a-z]|[.,-]\d)")
_ARCHIVE = re.compile(r"\b(?:file|archi\w*|arquivo|архив\w*|arşiv)\b", re.IGNORECASE)
_SLASHED = re.compile(r"(?<![\d./-])(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?![\d/-])")
_ENGLISH = re.compile(r"\b(?:the|of|and)\b", re.IGNORECASE)
_RECORD_BLOCKS = 8
"""Paragraphs at the top among which a record says of which meeting it is."""

# Words in the headings of minutes and verbatim records in several languages; our own collection.
_RECORD = re.compile(
    r"\b(?:minutes|(?:summary|verbatim|official) (?:records?|report)|transcript|procès-verbal|compte rendu|acta|"
    r"diario de sesiones|ata|diário|protokoll|stenografisch\w+ \w+|verbale|resoconto)\b"
    r".{0,40}\b(?:meeting|sitting|session|debate|hearing|séance|réunion|sesión|reunión|sessão|reunião|sitzung|seduta)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\d{1,6}(?:st|nd|rd|th) (?:\w+ ){0,2}(?:meeting|sitting|session)", re.IGNORECASE)
_STOP = re.compile(r"[.!?](?=\s)|\n")


def date_document(
    text: str,
    furniture: Sequence[Furniture],
    properties: Properties,
    filename: str,
    today: date,
    resort: tuple[date, str] | None = None,
) -> Dating:
    """The day of publication and how it is known; else None, with the latest day that the text speaks of as past.

    `filename` is the file's name without its suffix. `resort` is a day to believe, and how it is known, where there is
    neither a date nor a bound.
    """
    page = _Page(blocks_of(text), {mark.start: mark for mark in furniture}, text, today, _is_day_first(text, today))
    for day, known_by in _stated(page, properties):
        if day and EARLIEST <= day <= today:
            return Dating(day, known_by)
    bound = page.latest()
    for day, known_by in _implied(page, properties, filename):
        # What a machine noted, or what was inferred, must not lie before what the text reports.
        if day and EARLIEST <= day <= today and (bound is None or day >= bound):
            return Dating(day, known_by)
    if bound is not None:
        return Dating(None, "latest date named in the text", bound)
    if resort and EARLIEST <= resort[0] <= today:
        return Dating(*resort)
    return Dating(None, "days named without a year" if any(each.day for each in page.dates()) else "no date found")


@dataclass(slots=True)
class _Page:
    """The blocks of a document, what is furniture among them, and the latest day allowed."""

    blocks: list[Block]
    marks: dict[int, Furniture]
    text: str
    today: date
    day_first: bool | None
    found: dict[int, list[FoundDate]] = field(default_factory=dict)

    def dates_in(self, block: Block) -> list[FoundDate]:
        """The dates of one block, in any language; offsets count in the block's text."""
        if block.start not in self.found:
            self.found[block.start] = find_dates(block.text, "und", self.day_first)
        return self.found[block.start]

    def kind(self, block: Block) -> str | None:
        """The kind of a block that is furniture as a whole, else None."""
        mark = self.marks.get(block.start)
        return mark.kind if mark and mark.end >= block.end else None

    def body(self) -> list[Block]:
        """The blocks that are content."""
        return [block for block in self.blocks if self.kind(block) is None]

    def year(self) -> int | None:
        """The year that the text speaks of: that of its latest date, else the latest year named, up to this year."""
        full = [found.year for found in self.dates() if found.is_full]
        named = [int(match[1]) for block in self.blocks for match in _YEAR.finditer(block.text)]
        known = [year for year in full or named if year and EARLIEST.year <= year <= self.today.year]
        return max(known, default=None)

    def dates(self) -> list[FoundDate]:
        """Every date of the text and its captions and notes that is not spoken of as lying ahead."""
        return [found for block in self.blocks for found in self.dates_in(block) if not _lies_ahead(block.text, found)]

    def latest(self) -> date | None:
        """The latest day that is named as past."""
        year = self.year()
        days = [self.completed(found, year) for found in self.dates()]
        return max((day for day in days if day and EARLIEST <= day <= self.today), default=None)

    def completed(self, found: FoundDate, year: int | None) -> date | None:
        """The day meant, in `year` where none is written."""
        return found.as_date(year)


def _is_day_first(text: str, today: date) -> bool | None:
    """True for texts that are not English; of English ones, whose "5/6/2024" may be May or June, what they show.

    They show it by a date that can be read in one way only, by one that would lie after today if it were read in the
    other, or by the same day written out ("12/11/2026" and "12 November"). None where they do not, or in both ways.
    """
    sample = text[:20_000]
    if len(_ENGLISH.findall(sample)) <= len(sample.split()) / 50:
        return True
    slashed = {(int(found[3]), int(found[1]), int(found[2])) for found in _SLASHED.finditer(sample)}
    readings = [(_day(year, two, one), _day(year, one, two)) for year, one, two in slashed if one != two]
    shown = {bool(day_first) for day_first, month_first in readings if (day_first is None) != (month_first is None)}
    if not shown:
        both = [(one, two) for one, two in readings if one and two]
        shown = {one <= today for one, two in both if (one <= today) != (two <= today)}
        if both and not shown:
            written = {found.as_date(found.year) for found in find_dates(sample, "en") if found.is_full}
            shown = {one in written for one, two in both if (one in written) != (two in written)}
    return shown.pop() if len(shown) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# --- stated --------------------------------------------------------------------------------------------------------


def _stated(page: _Page, properties: Properties) -> Iterator[tuple[date | None, str]]:
    if properties.written:
        yield _first_date(properties.written, page.day_first), properties.written_by
    for written, known_by in properties.more_dates:
        yield _first_date(written, page.day_first), known_by
    yield from _dateline(page)
    yield _dated_line(page), "date line"
    yield _meeting(page), "date of the meeting"


def _first_date(text: str, day_first: bool | None = None) -> date | None:
    # A time after the date ("2024-05-02T10:00:00Z") would otherwise run into it.
    days = (found.as_date() for found in find_dates(re.sub(r"(?<=\d)T(?=\d)", " ", text), "und", day_first))
    return next((day for day in days if day), None)


def _dateline(page: _Page) -> Iterator[tuple[date | None, str]]:
    """The date in "PARIS, 17 Feb. (Agency) —" before one of the first paragraphs; its year may be the text's."""
    for block in page.body()[:_LEDE_BLOCKS]:
        mark = page.marks.get(block.start)
        if mark is None or mark.kind != "dateline":
            continue
        for found in find_dates(page.text[mark.start : mark.end], "und"):
            year = _year_by_weekday(page, found) or page.year()
            by_weekday = page.year() is None and found.year is None
            yield page.completed(found, year), "dateline, its year by the weekday" if by_weekday else "dateline"
            return


def _year_by_weekday(page: _Page, written: FoundDate) -> int | None:
    """The year of a dateline without one, by the weekday that the opening speaks of: on 17 November it says "on
    Tuesday". None where the year that the text names will do, or the weekday settles nothing.

    The years named in a text are mostly past ("in 2023 its ministry said"), so that the latest is but a bound. A
    report is of the day of which it tells, or of the day after; of several years that fit the last is taken.
    """
    named = page.year()
    weekday = next(
        (
            found.weekday
            for block in page.body()[:_LEDE_BLOCKS]
            for found in page.dates_in(block)
            if found.weekday is not None and found.day is None and not found.ahead
        ),
        None,
    )
    if weekday is None or any(found.is_full for found in page.dates()):
        return None
    if named is None:  # no year at all: the last such day there was, if the weekday bears it out
        last = next(
            day for year in (0, 1) if (day := written.as_date(page.today.year - year)) is None or day <= page.today
        )
        return last.year if last and weekday in (last.weekday(), (last.weekday() - 1) % 7) else None
    days = [(year, written.as_date(year)) for year in range(named, page.today.year + 1)]
    past = [(year, day) for year, day in days if day and day <= page.today]
    fitting = [year for year, day in past if weekday in (day.weekday(), (day.weekday() - 1) % 7)]
    return None if named in fitting else max(fitting, default=None)


def _dated_line(page: _Page) -> date | None:
    """The date in a short line that is no part of the text: "17 February 2025, 10:32", "By A. Berg | 3 May 2024"."""
    body = [number for number, block in enumerate(page.blocks) if page.kind(block) is None]
    first, last = (body[0], body[-1]) if body else (len(page.blocks), -1)
    candidates = [
        (number, block)
        for number, block in enumerate(page.blocks)
        if (number < first or number > last) and block.words <= _DATED_LINE_WORDS
    ]
    for wanted in ("date", None):  # a line that calls itself a date before one that only holds one
        for _, block in candidates:
            kind = page.kind(block)
            if kind == wanted or (wanted is None and kind in ("label", "byline", "heading", "reading time", "link")):
                day = _first_date(block.text, page.day_first)
                if day and EARLIEST <= day <= page.today and _is_mostly_date(block, wanted is not None):
                    return day
    return None


def _meeting(page: _Page) -> date | None:
    """The day in a heading of a record, "Minutes of the meeting of 3 May 2024, 9.00", or under the number of one:
    "412th meeting", "Friday, 3 May 2024, 10 a.m."."""
    blocks = page.blocks[:_RECORD_BLOCKS]
    for above, block in zip((None, *blocks), blocks, strict=False):
        named = page.kind(block) in ("heading", "label") and _RECORD.search(block.text)
        under = above is not None and _NUMBERED.fullmatch(above.text.strip()) and _is_mostly_date(block, False)
        if named or under:
            days = {found.as_date() for found in page.dates_in(block)}
            if len(days) == 1:
                return days.pop()
    return None


def _is_mostly_date(block: Block, is_labelled: bool) -> bool:
    """A headline may name a day ("The vote of 3 May 2024"); a line of bylines and dates is short."""
    found = find_dates(block.text, "und")
    rest = block.words - sum(len(block.text[each.start : each.end].split()) for each in found)
    closes = bool(found) and re.search(r"[,|•·]\s*(?:\w+\s)?$", block.text[: found[0].start]) is not None
    ends = closes and block.text[found[-1].end :].strip(" .*_") == ""  # "Lake Institute for Peace, Paper 3, 3 May 2024"
    return is_labelled or rest <= (9 if ends else 6)


# --- implied -------------------------------------------------------------------------------------------------------


def _implied(page: _Page, properties: Properties, filename: str) -> Iterator[tuple[date | None, str]]:
    yield _in_filename(filename), "file name"
    yield _reported_on(page), "report named in the text"
    yield _caption_weekday(page), "photo caption, by weekday"
    if properties.saved:
        yield _first_date(properties.saved), properties.saved_by


def _in_filename(filename: str) -> date | None:
    for pattern in (_SEPARATED, _COMPACT):
        for match in pattern.finditer(filename):
            try:
                return date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                continue
    return _first_date(filename.replace("_", " "))


def _reported_on(page: _Page) -> date | None:
    """The day of the report that a text opens with ("..., the agency reported on February 17")."""
    for block in page.body()[:2]:
        for found in page.dates_in(block):
            before = block.text[max(0, found.start - 40) : found.start]
            clause = _STOP.split(before)[-1].split()
            if (
                found.day
                and not found.ahead
                and any(word.strip(",").casefold() in report_words() for word in clause[-4:])
            ):
                return page.completed(found, page.year())
    return None


def _caption_weekday(page: _Page) -> date | None:
    """The first such weekday on or after the day of the photograph, when the opening speaks of a weekday."""
    captions = [block for block in page.blocks if page.kind(block) == "caption" and not _ARCHIVE.search(block.text)]
    days = [found.as_date() for block in captions for found in page.dates_in(block)]
    taken = max((day for day in days if day and day <= page.today), default=None)
    if taken is None:
        return None
    for block in page.body()[:_LEDE_BLOCKS]:
        for found in page.dates_in(block):
            if found.weekday is not None and not found.ahead and not _lies_ahead(block.text, found):
                return taken + timedelta(days=(found.weekday - taken.weekday()) % 7)
    return None


def _lies_ahead(text: str, found: FoundDate) -> bool:
    """Whether the clause speaks of the date as future or as a term."""
    clause = _STOP.split(text[max(0, found.start - 80) : found.start])[-1]
    words = re.findall(r"[\w'’]+", clause.casefold())
    return found.ahead or any(word in ahead_words() for word in words[-8:])
