"""The masthead: what this is, what it covers, whose it is."""

from __future__ import annotations

from digest.word.blocks import Block, Paragraph, Text
from digest.word.context import Context, line


def masthead(context: Context) -> list[Block]:
    """Issue and date, title, one line of particulars, and one for the themes where a machine found them."""
    brief, words = context.brief, context.words
    first, last = brief.period
    particulars = [words.period(first, last)]
    particulars.append(words.cut_off.format(day=words.day(last or brief.issued)))
    if brief.previous:
        particulars.append(words.previous_issue.format(day=words.day(brief.previous)))
    if brief.author:
        particulars.append(words.prepared_by.format(author=brief.author))
    kicker = words.kicker.format(issue=brief.issue, issued=words.day(brief.issued))
    themes = context.themes()
    return [
        Paragraph("Digest Kicker", (Text(kicker),)),
        Paragraph("Title", (Text(brief.title),)),
        Paragraph("Digest Masthead", tuple(line(particulars, "  ·  "))),
        *([Paragraph("Digest Masthead", (Text(themes),))] if themes else ()),
    ]
