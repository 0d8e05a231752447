"""A holder's clear stances in the order of time, from the issues before and from this one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from digest.model import Earlier, PartialDate, StanceLabel, TimePoint

MOST = 60
"""Points of one holder; of more, the newest."""


def timelines(
    known: Iterable[Earlier], spoken: Iterable[tuple[Earlier, tuple[str, ...]]], topics: Iterable[str]
) -> Mapping[str, tuple[TimePoint, ...]]:
    """The points of each holder, oldest first; only of holders with clear stances of two days or more. What has no day
    but one before which it cannot have been said is no point.

    `spoken` are the statements of this issue with their marks. A stance on a topic stands once for a day, with the
    marks where this issue has it, else with the issue that had it first.
    """
    wanted = set(topics)
    found: dict[str, dict[tuple[PartialDate, str, StanceLabel], TimePoint]] = defaultdict(dict)
    for one in known:
        if one.day and not one.bound and one.topic in wanted:
            point = TimePoint(one.day, one.topic, one.label, one.issue)
            found[one.holder].setdefault((one.day, one.topic, one.label), point)
    for one, marks in spoken:
        if one.day and not one.bound and one.topic in wanted:
            key = (one.day, one.topic, one.label)
            there = found[one.holder].get(key)
            both = tuple(dict.fromkeys((*(there.marks if there else ()), *marks)))
            found[one.holder][key] = TimePoint(one.day, one.topic, one.label, one.issue, both)
    order = list(StanceLabel)
    return {
        holder: tuple(sorted(points.values(), key=lambda p: (p.day.sort_key(), p.topic, order.index(p.label)))[-MOST:])
        for holder, points in found.items()
        if len({point.day for point in points.values()}) > 1
    }
