"""The bottom line: the two to five sentences that matter most."""

from __future__ import annotations

from digest.word.blocks import Block, Inline, Paragraph, Text
from digest.word.context import Context, heading, marks, note
from digest.word.sections.sentences import spoken


def bottom_line(context: Context) -> list[Block]:
    """The key points, each with its source marks; a note where there is none."""
    points = context.brief.key_points
    blocks: list[Block] = [heading(context.words.bottom_line)]
    if not points:
        return [*blocks, note(context.words.no_key_points)]
    for point in points:
        said = spoken(point.text, point.evidence)
        parts: list[Inline] = [Text(point.text, "", said.language)]
        if said.machine:
            parts += [Text(" "), Text(context.words.machine_translation, "Digest Machine")]
        parts += marks(point.marks)
        blocks.append(Paragraph("Digest Bottom Line", tuple(parts), rtl=said.rtl))
    return blocks
