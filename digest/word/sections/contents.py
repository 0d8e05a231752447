"""The list of what the brief holds. What stands in it is put together when the rest has been written."""

from __future__ import annotations

from digest.word.blocks import Block, Paragraph, Text
from digest.word.context import Context

ANCHOR = "digest_contents"
"""The bookmark at which `digest.word.contents` finds the place of the list."""


def contents(context: Context) -> list[Block]:
    """The place of the list, with its title."""
    title = Text(context.words.contents, "Digest Actor")
    return [Paragraph("Digest Contents", (title, Text("  ")), bookmark=ANCHOR)]
