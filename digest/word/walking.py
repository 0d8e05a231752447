"""The way through a text of a template: paragraphs, blocks, tables row by row, what content controls hold."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from digest.word import structure
from digest.word.ooxml import Element, w

S = TypeVar("S")
"""What is known at a place: which names mean something there."""


class Walk(ABC, Generic[S]):
    """Goes through a text in its order; what is done with a paragraph and a block, its children say."""

    def container(self, holder: Element, scope: S) -> None:
        """All that stands in a body, a cell, a text box, a content control."""
        self.items(structure.blocks(structure.children(holder), self.tell), scope)

    def items(self, items: Sequence[Element | structure.Group], scope: S) -> None:
        """Siblings, blocks put together."""
        for item in items:
            if isinstance(item, structure.Group):
                self.group(item, scope)
            elif item.tag == w("p"):
                self.paragraph(item, scope)
            elif item.tag == w("tbl"):
                self.table(item, scope)
            elif item.tag == w("tr"):
                for cell in structure.cells_of(item):
                    self.container(cell, scope)
            elif (held := structure.inner(item)) is not None:
                self.container(held, scope)

    def table(self, table: Element, scope: S) -> None:
        """The rows of a table."""
        self.items(structure.row_blocks(structure.rows_of(table), self.tell), scope)

    @abstractmethod
    def tell(self, paragraph: Element, text: str) -> None:
        """Hear what is wrong in a paragraph."""

    @abstractmethod
    def group(self, group: structure.Group, scope: S) -> None:
        """A block."""

    @abstractmethod
    def paragraph(self, paragraph: Element, scope: S) -> None:
        """A paragraph."""
