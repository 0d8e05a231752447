"""Dates in running text: where they stand, what they say, and which day they mean.

Pure grammar: nothing here knows a document. `find_dates` reads, `resolve` turns what was read into a date with the help
of an anchor, the day on which the text was published.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from digest import data
from digest.model import PartialDate

LATEST_YEAR = 2100

_GAP_AHEAD = 45
"""Days: a date without a year that comes so soon after the anchor may lie ahead, so its year is not guessed."""

_URL = re.compile(r"(?:https?://|www\.)\S+")
_TOKEN = re.compile(r"[^\W\d_]+")
_ADJOINING = re.compile(r"[\s,(]*(?:(?:on )?(?:the )?|den |der |dem |le |el |il |o |dia )[\s,(]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as written at [start, end). What the text leaves out is None.

    `weekday` counts from Monday, 0. `days_ago` and `years_ago` count back from the anchor. `ahead`: it lies in the
    future ("next Tuesday"). `about`: the day is not meant to be exact ("two weeks ago").
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    days_ago: int | None = None
    years_ago: int | None = None
    ahead: bool = False
    about: bool = False

    @property
    def is_full(self) -> bool:
        """Whether year, month and day are written."""
        return None not in (self.year, self.month, self.day)

    def as_date(self, year: int | None = None) -> date | None:
        """The day, in the year written or else in `year`; None where a part is missing or no such day exists."""
        chosen = self.year or year
        if chosen is None or self.month is None or self.day is None:
            return None
        try:
            return date(chosen, self.month, self.day)
        except ValueError:
            return None


def find_dates(text: str, language: str = "en", day_first: bool | None = None) -> list[FoundDate]:
    """The dates that a text names, in order and disjoint; none from within web addresses.

    `language` is a BCP 47 code; "und" reads the words of all languages that data/dates.toml has. Phrases that name no
    day, month or year ("last week") are not found. `day_first` says how "5/6/2024" is read (False: in May); None leaves
    it to the language, and where that is English or unknown such a date gives its year alone.
    """
    words = _words(language.split("-")[0].casefold())
    if day_first is not None:
        words = replace(words, day_first=day_first)
    tokens = set(_TOKEN.findall(text.casefold()))
    blocked = [match.span() for match in _URL.finditer(text)]
    taken: list[tuple[int, int]] = blocked
    found: list[FoundDate] = []
    for read, triggers in (
        (_numeric, None),
        (_named, words.month_tokens),
        (_months_of_years, words.month_tokens),
        (_months, words.month_tokens),
        (_years, None),
        (_weekdays, words.weekday_tokens),
        (_relative, words.relative_tokens),
        (_ago, frozenset(("ago",))),
    ):
        if triggers is not None and triggers.isdisjoint(tokens):
            continue
        fresh = [each for each in read(text, words) if not _overlaps(each, taken)]
        found += fresh
        taken = sorted(taken + [(each.start, each.end) for each in fresh])
    found.sort(key=lambda each: each.start)
    return [each for number, each in enumerate(found) if not _names_the_same(text, found, number)]


def resolve(found: FoundDate, anchor: date | None) -> PartialDate | None:
    """The date meant by words published on `anchor`, read as past; None where it cannot be told.

    A weekday is the last such day up to the anchor; a day or month without a year, the last such before the anchor,
    unless it comes so soon after it that it may lie ahead.
    """
    if found.ahead:
        return None
    if found.year is not None:
        return PartialDate(found.year, found.month, found.day)
    if anchor is None:
        return None
    if found.weekday is not None:
        return PartialDate.of(anchor - timedelta(days=(anchor.weekday() - found.weekday) % 7))
    if found.days_ago is not None:
        day = anchor - timedelta(days=found.days_ago)
        return PartialDate(day.year, day.month) if found.about else PartialDate.of(day)
    if found.years_ago is not None:
        return PartialDate(anchor.year - found.years_ago)
    return _in_past(found, anchor)


def _in_past(found: FoundDate, anchor: date) -> PartialDate | None:
    if found.month is None:
        return None
    for year in (anchor.year, anchor.year - 1):
        first = FoundDate(0, 0, month=found.month, day=found.day or 1).as_date(year)
        if first is None:
            continue
        if first <= anchor:
            return PartialDate(year, found.month, found.day)
        if (first - anchor).days <= _GAP_AHEAD:
            return None
    return None


@cache
def report_words() -> frozenset[str]:
    """Verbs of reporting in all languages, case-folded."""
    return frozenset(word for entry in _table().values() for word in entry["report"])


@cache
def ahead_words() -> frozenset[str]:
    """Single words that put a date after them into the future, in all languages, case-folded."""
    return frozenset(word for entry in _table().values() for word in entry["ahead"] if " " not in word)


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return data.load("dates.toml")


# --- reading -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """The words for dates of one language or of all, and the patterns made of them."""

    months: dict[str, int]
    weekdays: dict[str, int]
    relative: dict[str, tuple[int | None, int | None]]
    month_tokens: frozenset[str]
    weekday_tokens: frozenset[str]
    relative_tokens: frozenset[str]
    day_first: bool | None
    speaks_english: bool
    day_month: re.Pattern[str]
    month_day: re.Pattern[str]
    month_year: re.Pattern[str]
    month_alone: re.Pattern[str]
    year_alone: re.Pattern[str]
    weekday: re.Pattern[str]
    relative_pattern: re.Pattern[str]


_ISO = re.compile(r"(?<![\d./-])((?:19|20)\d\d)([-./])(\d{1,2})\2(\d{1,2})(?![\d/-])")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?((?:19|20)\d\d)(?!\.?\d|[/-])")
_EAST_ASIAN = re.compile(r"(?:((?:19|20)\d\d)\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d.,]\d|[\d%a-z])"


def _numeric(text: str, words: _Words) -> Iterator[FoundDate]:
    for match in _ISO.finditer(text):
        yield from _valid(match, int(match[1]), int(match[3]), int(match[4]))
    for match in _EAST_ASIAN.finditer(text):
        yield from _valid(match, int(match[1]) if match[1] else None, int(match[2]), int(match[3]))
    for match in _NUMERIC.finditer(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        is_open = match[2] == "/" and not words.day_first and first <= 12 and second <= 12 and first != second
        if is_open and words.day_first is None:
            yield FoundDate(match.start(), match.end(), year)  # day and month cannot be told apart
        elif second > 12 or is_open:
            yield from _valid(match, year, first, second)
        else:
            yield from _valid(match, year, second, first)


def _valid(match: re.Match[str], year: int | None, month: int | None, day: int | None) -> Iterator[FoundDate]:
    found = FoundDate(match.start(), match.end(), year, month, day)
    if day is None or found.as_date(2024) is not None:
        yield found


def _named(text: str, words: _Words) -> Iterator[FoundDate]:
    taken: list[tuple[int, int]] = []
    for pattern in (words.day_month, words.month_day):
        for match in pattern.finditer(text):
            if _is_verb(match["month"]) or any(
                start < match.end() and match.start() < end for start, end in taken[-3:]
            ):
                continue
            year = int(match["year"]) if match["year"] else None
            for found in _valid(match, year, words.months[_plain(match["month"])], int(match["day"])):
                taken.append((found.start, found.end))
                yield found


def _months_of_years(text: str, words: _Words) -> Iterator[FoundDate]:
    for match in words.month_year.finditer(text):
        if not _is_verb(match["month"]):
            yield FoundDate(match.start(), match.end(), int(match["year"]), words.months[_plain(match["month"])])


def _months(text: str, words: _Words) -> Iterator[FoundDate]:
    for match in words.month_alone.finditer(text):
        if not _is_verb(match["month"]):
            yield FoundDate(match.start(), match.end(), month=words.months[_plain(match["month"])])


def _years(text: str, words: _Words) -> Iterator[FoundDate]:
    for match in words.year_alone.finditer(text):
        yield FoundDate(match.start("year"), match.end("year"), int(match["year"]))


def _weekdays(text: str, words: _Words) -> Iterator[FoundDate]:
    for match in words.weekday.finditer(text):
        ahead = bool(match["before"] or match["after"])
        yield FoundDate(match.start(), match.end(), weekday=words.weekdays[_plain(match["day"])], ahead=ahead)


def _relative(text: str, words: _Words) -> Iterator[FoundDate]:
    for match in words.relative_pattern.finditer(text):
        days, years = words.relative[_plain(match[0])]
        yield FoundDate(match.start(), match.end(), days_ago=days, years_ago=years)


# "Three days earlier" is left out: earlier than what?
_AGO = re.compile(
    r"\b(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (?P<unit>day|week)s? ago\b",
    re.IGNORECASE,
)
_COUNTS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _ago(text: str, words: _Words) -> Iterator[FoundDate]:
    for match in _AGO.finditer(text) if words.speaks_english else ():
        count = match["count"].casefold()
        number = int(count) if count.isdecimal() else _COUNTS.index(count) if count in _COUNTS else 1
        weeks = match["unit"].casefold() == "week"
        yield FoundDate(match.start(), match.end(), days_ago=number * (7 if weeks else 1), about=weeks)


def _plain(word: str) -> str:
    return " ".join(word.casefold().replace("’", "'").split())


def _is_verb(month: str) -> bool:
    """English "may" and "march" are months only with a capital."""
    return month in ("may", "march")


def _overlaps(found: FoundDate, taken: list[tuple[int, int]]) -> bool:
    index = bisect_left(taken, (found.start, found.start))
    near = taken[max(0, index - 1) : index + 1]
    return any(start < found.end and found.start < end for start, end in near)


def _names_the_same(text: str, found: list[FoundDate], number: int) -> bool:
    """A weekday beside a date ("Thursday, 2 May 2024") says nothing more."""
    if found[number].weekday is None:
        return False
    here = found[number]
    after = found[number + 1] if number + 1 < len(found) else None
    before = found[number - 1] if number else None
    for left, right in ((here, after), (before, here)):
        if left and right and (left.day or right.day) and _ADJOINING.fullmatch(text[left.end : right.start]):
            return True
    return False


@cache
def _words(code: str) -> _Words:
    table = _table()
    entries = [table[code]] if code in table else list(table.values())
    months = _numbered(entries, "months", 1)
    weekdays = _numbered(entries, "weekdays", 0)
    relative: dict[str, tuple[int | None, int | None]] = {}
    for key, value in (
        ("today", (0, None)),
        ("yesterday", (1, None)),
        ("this_year", (None, 0)),
        ("last_year", (None, 1)),
    ):
        relative.update((phrase, value) for entry in entries for phrase in entry[key])
    name = rf"(?P<month>{_any(months)})\b"
    before = _any(word for entry in entries for word in entry["in"])
    part = _any(word for entry in entries for word in entry["part"])
    coming = _any(word for entry in entries for word in entry["next"])
    day = r"(?P<day>0?[1-9]|[12]\d|3[01])"
    to_month = r"(?:st|nd|rd|th|er|º|ª|°|\.)?(?:[ \u00a0](?:de |d'|of )?(?:the )?|-|\.)"
    to_year = r"[ ,.\u00a0-]{1,2}(?:de |del |of )?"
    unit = r"(?!-?\d|\s?%|\s(?:troops|soldiers|men|people|km|euros|dollars|billion|million)\b)"
    return _Words(
        months=months,
        weekdays=weekdays,
        relative=relative,
        month_tokens=_tokens(months),
        weekday_tokens=_tokens(weekdays),
        relative_tokens=_tokens(relative),
        day_first=True if code != "en" and code in table else None,
        speaks_english=code == "en" or code not in table,
        day_month=_compile(rf"(?<![\d.,:/-]){day}{to_month}{name}\.?(?:{to_year}{_YEAR})?"),
        month_day=_compile(rf"\b{name}\.?[ \u00a0]{day}(?:st|nd|rd|th)?\b(?![:.,]\d|\d)(?:,?[ \u00a0]{_YEAR})?"),
        month_year=_compile(rf"(?:\b{part}[ -]?)?\b{name}\.?(?:,? (?:de |del |of )?){_YEAR}"),
        month_alone=_compile(rf"\b(?:{part}[ -]?|{before} (?:{part}[ -]?)?){name}(?!\.?\s?\d)(?![’'-]?\w)"),
        year_alone=_compile(rf"(?:\b{before}[ \u00a0](?:{part} )?(?:\w+ )?|\b{part} |\(){_YEAR}{unit}"),
        weekday=_compile(rf"\b(?:(?P<before>{coming}) )?(?P<day>{_any(weekdays)})\b(?: (?P<after>{coming})\b)?"),
        relative_pattern=_compile(rf"\b{_any(relative)}\b"),
    )


def _tokens(names: Iterable[str]) -> frozenset[str]:
    """The first word of each name: a text without any of them needs no closer look."""
    return frozenset(_TOKEN.findall(name)[0] for name in names)


def _numbered(entries: Iterable[dict[str, list[str]]], key: str, first: int) -> dict[str, int]:
    return {
        name: number
        for entry in entries
        for number, names in enumerate(entry[key], start=first)
        for name in names.split()
    }


def _any(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace("'", "['’]") for word in ordered) + ")" if ordered else "(?!)"


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
