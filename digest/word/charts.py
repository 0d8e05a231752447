"""The pictures of a brief: who stood where, and when. What is shown is settled here, `drawing.py` draws it.

A picture shows clear stances alone (supports, conditional, undecided, opposes), each on the day of its statement, else
on that of its document. It is made where looking beats reading: somebody moved, or at least three have a clear stance
and their statements are of more than one day. Else the matrix says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from digest.model import Brief, ChangeKind, Entry, HolderKind, HolderSection, PartialDate, StanceLabel, Topic
from digest.word import drawing
from digest.word.blocks import Picture
from digest.word.context import Context
from digest.word.drawing import Plan, Row, Sign
from digest.word.ooxml import sanitise

_Item = TypeVar("_Item")

CLEAR = (StanceLabel.SUPPORTS, StanceLabel.CONDITIONAL, StanceLabel.UNDECIDED, StanceLabel.OPPOSES)
LEAST_HOLDERS = 3
TOPICS_PER_PICTURE = 3
_TWIPS = 1440
_INK, _GREY, _PALE = "23282D", "59636E", "C9D0D6"
_MOST_TOLD = 12
"""So many who moved are named in the text for those who cannot see the picture."""
_STEPS = (1, 2, 7, 14, 28)
_MOST_TICKS = 8


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that a holder said: where it stood on a topic, on which day (None: not known), and its source mark."""

    topic: str
    label: StanceLabel
    day: date | None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Pictures, and the names that could not be drawn, each with the number that stands for it in the pictures."""

    pictures: tuple[Picture, ...]
    keys: tuple[tuple[str, str], ...] = ()


NONE = Chart(())


def worth_drawing(brief: Brief) -> bool:
    """Whether there is something to see that the matrix does not show."""
    points = {section.holder: _points(section, _days(brief)) for section in brief.holders}
    if brief.changes or any(_moved(found) for found in points.values()):
        return any(points.values())
    clear = [found for found in points.values() if found]
    days = {point.day for found in clear for point in found if point.day}
    return len(clear) >= LEAST_HOLDERS and len(days) > 1


def stance_chart(context: Context) -> Chart:
    """All holders with a clear stance, a panel for each topic; as many pictures as the page needs, or none."""
    brief = context.brief
    if not worth_drawing(brief):
        return NONE
    order = list(HolderKind)
    days = _days(brief)
    found = [
        (section, points)
        for section in sorted(brief.holders, key=lambda one: order.index(one.kind))
        if (points := [*_before(brief, section), *_points(section, days)])
    ]
    shown = {point.topic for _, points in found for point in points}
    topics = [topic for topic in brief.topics if topic.id in shown]
    pictures: list[Picture] = []
    keys = _Keys()
    for some in _shared(topics, TOPICS_PER_PICTURE):
        here = [(section, points) for section, points in found if any(p.topic in {t.id for t in some} for p in points)]
        most = max(1, int((context.height / _TWIPS - drawing.height_of(0, ["x"]) - 0.6) / drawing.ROW))
        for part in _shared(here, most):
            rows = [(context.name(section), points) for section, points in part]
            pictures.append(_picture(context, rows, some, _told(context, part, some), keys))
    return Chart(tuple(pictures), keys.all())


def timeline(context: Context, section: HolderSection, points: Sequence[Point]) -> Chart:
    """What one holder said, a row for each topic, each sign with its source mark; no picture without a clear stance."""
    clear = [point for point in points if point.label in CLEAR]
    topics = [topic for topic in context.brief.topics if any(point.topic == topic.id for point in clear)]
    if not topics:
        return NONE
    keys = _Keys()
    name = context.name(section)
    rows = [(topic.name, [_anywhere(point) for point in clear if point.topic == topic.id]) for topic in topics]
    steps = [f"{topic.name}: {_steps(context, [p for p in clear if p.topic == topic.id])}" for topic in topics]
    told = " ".join([context.words.timeline_alt.format(name=name), *(f"{step}." for step in steps)])
    return Chart((_picture(context, rows, [Topic("", "")], told, keys),), keys.all())


def remembered(section: HolderSection) -> list[Point]:
    """A holder's timeline: each point with its source mark, or with the number of the earlier issue that has it."""
    return [
        Point(one.topic, one.label, _whole(one.day, None), one.marks[0] if one.marks else f"#{one.issue}")
        for one in section.timeline
    ]


def points_of(section: HolderSection, brief: Brief) -> list[Point]:
    """What a holder said with a clear stance, in the order of time."""
    return _points(section, _days(brief))


# --- what is shown ---------------------------------------------------------------------------------------------------

_LAST_ISSUE = date.min
"""Stands for the column of where a holder stood in the last issue."""


def _anywhere(point: Point) -> Point:
    return Point("", point.label, point.day, point.mark)


def _days(brief: Brief) -> dict[str, date | None]:
    return {source.id: source.dating.published for source in brief.sources}


def _points(section: HolderSection, days: dict[str, date | None]) -> list[Point]:
    found = [
        Point(position.topic, firm, _day(entry, days), entry.marks[0] if entry.marks else "")
        for entry in section.all_entries()
        if (position := entry.position).topic and (firm := position.firm) in CLEAR and firm
    ]
    return sorted(found, key=lambda point: (point.day is not None, point.day or date.min))


def _day(entry: Entry, days: dict[str, date | None]) -> date | None:
    """The day of the statement; where only its month is known, that of the document in that month, else its middle."""
    said, published = entry.position.said_on, days.get(entry.position.sentence.document)
    return published if said is None else _whole(said, published)


def _whole(said: PartialDate, published: date | None) -> date | None:
    if said.month is None:
        return None
    try:
        if said.day is not None:
            return date(said.year, said.month, said.day)
        if published and (published.year, published.month) == (said.year, said.month):
            return published
        return date(said.year, said.month, 15)
    except ValueError:
        return None


def _before(brief: Brief, section: HolderSection) -> list[Point]:
    """Where a holder that moved had stood in an earlier issue: on the day of that statement, where it is known."""
    found = []
    for change in brief.changes:
        if change.holder != section.holder or change.was is None or change.was not in CLEAR:
            continue
        if change.kind is ChangeKind.CONTRADICTED:
            continue  # its statements of this issue show it
        said = change.before.day if change.before else None
        day = date(said.year, said.month, said.day) if said and said.month and said.day else _LAST_ISSUE
        found.append(Point(change.topic, change.was, day))
    return found


def _moved(points: Sequence[Point]) -> bool:
    """Whether a topic has one stance on a day and another on a later one."""
    for topic in {point.topic for point in points}:
        by_day: dict[date, set[StanceLabel]] = {}
        for point in points:
            if point.topic == topic and point.day:
                by_day.setdefault(point.day, set()).add(point.label)
        if len(by_day) > 1 and len(set().union(*by_day.values())) > 1:
            return True
    return False


# --- the plan --------------------------------------------------------------------------------------------------------


class _Keys:
    """Numbers in place of names in a script that the picture's typeface does not have."""

    def __init__(self) -> None:
        self._numbers: dict[str, str] = {}

    def shown(self, name: str) -> str:
        name = " ".join(sanitise(name).split())
        if drawing.drawable(name):
            return name
        return self._numbers.setdefault(name, f"({len(self._numbers) + 1})")

    def all(self) -> tuple[tuple[str, str], ...]:
        return tuple((number, name) for name, number in self._numbers.items())


def _picture(
    context: Context, rows: Sequence[tuple[str, Sequence[Point]]], topics: Sequence[Topic], told: str, keys: _Keys
) -> Picture:
    words = context.words
    points = [point for _, found in rows for point in found]
    slots = []
    if any(point.day == _LAST_ISSUE for point in points):
        slots.append(words.last_issue)
    if any(point.day is None for point in points):
        slots.append(words.undated)
    plan = Plan(
        titles=tuple(keys.shown(topic.name) for topic in topics),
        rows=tuple(
            Row(keys.shown(name), tuple(_signs(found, topic.id, len(slots)) for topic in topics))
            for name, found in rows
        ),
        slots=tuple(slots),
        ticks=_ticks(context, [point.day for point in points if point.day not in (None, _LAST_ISSUE)]),
        legend=tuple((label, words.stances[label]) for label in CLEAR if any(p.label is label for p in points)),
        width=context.width / _TWIPS,
        accent=context.accent,
        ink=_INK,
        grey=_GREY,
        pale=_PALE,
    )
    data = context.draw(plan)
    width, height = drawing.size_of(data)
    return Picture(data, round(width * _TWIPS), round(height * _TWIPS), told)


def _signs(points: Iterable[Point], topic: str, slots: int) -> tuple[Sign, ...]:
    """The signs of one row in one panel: the last issue, the undated, then by day, a stance once a day."""
    found = [point for point in points if point.topic == topic]
    ordered = sorted(found, key=lambda point: (_LAST_ISSUE if point.day is None else point.day, point.day is None))
    signs: dict[tuple[date | None, int, StanceLabel], Sign] = {}
    for point in ordered:
        day = None if point.day in (None, _LAST_ISSUE) else point.day
        slot = slots - 1 if point.day is None else 0
        known = signs.get((day, slot, point.label))
        notes = dict.fromkeys(filter(None, [*(known.note.split() if known else ()), point.mark if topic == "" else ""]))
        signs[day, slot, point.label] = Sign(point.label, day, slot, " ".join(notes), point.day is not None)
    return tuple(signs.values())


def _ticks(context: Context, days: Sequence[date | None]) -> tuple[tuple[date, str], ...]:
    """Days to be named along the picture: Mondays, or the first of months, at most eight or so."""
    known = sorted(day for day in days if day)
    if not known:
        return ()
    first, last = known[0], known[-1]
    span = (last - first).days
    step = next((one for one in _STEPS if span // one < _MOST_TICKS), None)
    if step is None:
        every = -(-span // (30 * _MOST_TICKS))
        firsts = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
        chosen = [day for at, day in enumerate(firsts) if at % every == 0 and first <= day <= last]
        return tuple((day, context.words.on_axis(day, month=True)) for day in chosen)
    start = first if step < 7 else first + timedelta(days=-first.weekday() % 7)
    chosen = [start + timedelta(days=number * step) for number in range(span // step + 1)]
    return tuple((day, context.words.on_axis(day)) for day in chosen if day <= last) or (
        (first, context.words.on_axis(first)),
    )


# --- in words, for those who cannot see it ---------------------------------------------------------------------------


def _told(context: Context, found: Sequence[tuple[HolderSection, Sequence[Point]]], topics: Sequence[Topic]) -> str:
    """What the picture is, and who moved on it; where all stand, the matrix says."""
    words = context.words
    told = [words.chart_alt.format(topics="; ".join(topic.name for topic in topics))]
    for section, points in found:
        for topic in topics:
            here = [point for point in points if point.topic == topic.id]
            if len({point.label for point in here}) < 2:
                continue
            name = context.name(section) + (f", {topic.name}" if len(context.brief.topics) > 1 else "")
            told.append(words.chart_row.format(name=name, moves=_steps(context, here)))
    return sanitise(" ".join(told[: _MOST_TOLD + 1]))


def _steps(context: Context, points: Iterable[Point]) -> str:
    words = context.words
    steps: list[tuple[str, str]] = []
    for point in sorted(points, key=lambda one: one.day or date.min):
        when = words.undated if point.day is None else words.last_issue
        if point.day not in (None, _LAST_ISSUE) and point.day:
            when = words.day(point.day)
        steps.append((words.stances[point.label], when))
    return ", ".join(words.chart_step.format(stance=stance, when=when) for stance, when in dict.fromkeys(steps))


def _shared(items: Sequence[_Item], most: int) -> list[Sequence[_Item]]:
    """The items in as few groups of at most `most` as there can be, all nearly of one size."""
    if not items:
        return []
    groups = -(-len(items) // most)
    size = -(-len(items) // groups)
    return [items[start : start + size] for start in range(0, len(items), size)]
