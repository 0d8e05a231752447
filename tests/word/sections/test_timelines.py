from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from digest.model import Brief
from digest.word.blocks import Block, Paragraph, Picture
from digest.word.context import Context
from digest.word.sections.timelines import timelines


def test_each_holder_with_a_timeline_has_a_picture_under_its_name(
    context: Callable[..., Context], read: Callable[[Block], str]
):
    title, name, figure, turns, legend = timelines(context())
    assert [read(title), read(name)] == ["Since when", "Portugal"]
    assert "#2" in read(legend)
    assert read(turns) == (
        "A joint fund for the Northern sea cable: opposes (22 January 2025), undecided (5 February 2025), "
        "supports (15 February 2025)."
    )
    assert isinstance(figure, Paragraph)
    (picture,) = figure.parts
    assert isinstance(picture, Picture)
    for said in ("opposes (22 January 2025)", "undecided (5 February 2025)", "supports (15 February 2025)"):
        assert said in picture.told


def test_without_a_timeline_there_is_no_section(context: Callable[..., Context], sample: Brief):
    bare = tuple(replace(section, timeline=()) for section in sample.holders)
    assert timelines(context(holders=bare)) == []


def test_what_this_issue_alone_has_is_left_to_the_picture_of_positions(context: Callable[..., Context], sample: Brief):
    fresh = tuple(
        replace(section, timeline=tuple(replace(point, issue=sample.issue) for point in section.timeline))
        for section in sample.holders
    )
    assert any(section.timeline for section in fresh)
    assert timelines(context(holders=fresh)) == []
