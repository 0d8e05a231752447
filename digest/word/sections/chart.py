"""Positions over time: a picture of who stood where, and when."""

from __future__ import annotations

from dataclasses import replace

from digest.word.blocks import Block, Paragraph, Text
from digest.word.charts import stance_chart
from digest.word.context import Context, heading


def chart(context: Context) -> list[Block]:
    """Heading, pictures and what they leave out; nothing at all where there is nothing to see in a picture."""
    drawn, words = stance_chart(context), context.words
    if not drawn.pictures:
        return []
    *others, last = [Paragraph("Digest Figure", (picture,)) for picture in drawn.pictures]
    note = words.chart_legend
    if drawn.keys:
        pairs = ", ".join(words.chart_pair.format(number=number, name=name) for number, name in drawn.keys)
        note += " " + words.chart_key.format(pairs=pairs)
    legend = Paragraph("Digest Legend", (Text(note),))
    return [heading(words.chart), *others, replace(last, keep_next=True), legend]
