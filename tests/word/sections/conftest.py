"""Blocks as text, so that a section is read as its reader reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from digest.model import Brief
from digest.word.blocks import BackLinks, Block, Cell, Mark, Paragraph, Table
from digest.word.context import Context, context_of

Read = Callable[[Block], str]
MakeContext = Callable[..., Context]


@pytest.fixture
def context(sample: Brief) -> MakeContext:
    def make(**values: object) -> Context:
        return context_of(replace(sample, **values), 9000)

    return make


@pytest.fixture(scope="session")
def read() -> Read:
    def paragraph(block: Paragraph) -> str:
        shown = []
        for part in block.parts:
            if isinstance(part, Mark):
                shown.append(f"[{part.mark}]")
            elif isinstance(part, BackLinks):
                shown.append("^")
            else:
                shown.append(part.text)
        return "".join(shown)

    def cell(block: Cell) -> str:
        return " / ".join(paragraph(one).replace("\n", " / ") for one in block.paragraphs)

    def block_text(block: Block) -> str:
        if isinstance(block, Table):
            return "\n".join(" | ".join(cell(one) for one in row) for row in block.rows)
        return paragraph(block)

    return block_text
