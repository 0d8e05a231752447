"""Since when: for each holder a picture of where it stood on which day, from this issue and from those before."""

from __future__ import annotations

from digest.model import HolderSection
from digest.word.blocks import Block, Paragraph, Picture, Text
from digest.word.charts import remembered, timeline
from digest.word.context import Context, heading, note


def timelines(context: Context) -> list[Block]:
    """A picture for each holder that stood somewhere in an earlier issue and has clear stances of two days or more.

    Nothing at all where there is none: what this issue alone has is in the picture of positions over time.
    """
    blocks: list[Block] = []
    for section in context.brief.holders:
        drawn = pictures(context, section) if _goes_back(context, section) else ()
        if drawn:
            blocks.append(heading(context.name(section), 2))
            blocks += [Paragraph("Digest Figure", (picture,)) for picture in drawn]
            blocks.append(Paragraph("Digest Legend", (Text(turns(context, section)),)))
    if not blocks:
        return []
    return [heading(context.words.timelines), *blocks, note(context.words.timelines_note)]


def _goes_back(context: Context, section: HolderSection) -> bool:
    return any(point.issue < context.brief.issue for point in section.timeline)


def pictures(context: Context, section: HolderSection) -> tuple[Picture, ...]:
    """The picture of one holder's timeline, () where it has none."""
    return timeline(context, section, remembered(section)).pictures if section.timeline else ()


def turns(context: Context, section: HolderSection) -> str:
    """The same in words: on each topic the stances one behind the other, each with the day from which it is known."""
    words = context.words
    told = []
    for topic, name in context.topics.items():
        points = [point for point in section.timeline if point.topic == topic]
        first = [one for at, one in enumerate(points) if at == 0 or points[at - 1].label is not one.label]
        steps = (words.chart_step.format(stance=words.stances[one.label], when=words.partial(one.day)) for one in first)
        if points:
            told.append(words.chart_row.format(name=name, moves=", ".join(steps)))
    return " ".join(told)
