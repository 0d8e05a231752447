"""The clear stances of a holder in the order of time, each with a day that is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from digest.model import Earlier, PartialDate, StanceLabel
from digest.timeline import timelines


def said(number: int, day: int, label: StanceLabel) -> Earlier:
    when = PartialDate(2026, 3, day)
    return Earlier(
        f"p{number}", "IE", "ferries", label, f"Said {number}.", when, None, "Wire", number, date(2026, 3, 20)
    )


def test_a_day_before_which_something_cannot_have_been_said_is_no_point_in_time():
    first, second = said(1, 2, StanceLabel.OPPOSES), said(2, 9, StanceLabel.SUPPORTS)
    bound = replace(said(3, 5, StanceLabel.CONDITIONAL), bound=True)
    points = timelines([first, bound], [(second, ("S1",)), (bound, ("S2",))], ["ferries"])["IE"]
    assert [(point.day.day, point.label) for point in points] == [(2, StanceLabel.OPPOSES), (9, StanceLabel.SUPPORTS)]
    assert timelines([first, bound], [], ["ferries"]) == {}
