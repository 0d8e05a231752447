"""What the sections of a brief are made of before they are Word: plain values, written out by `ooxml.Writer`.

Styles are named by their English names ("Digest Quote"). Lengths are in twips (1/1440 inch).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of text in one language. `style` is a character style or ""; `language` "" is the frame's."""

    text: str
    style: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A source mark such as "S1": printed as [S1], linked to its source, bookmarked for the way back."""

    mark: str


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to a bookmark of this document."""

    text: str
    anchor: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Text that is the bookmark `name` where it stands first, and leads there wherever it stands again."""

    text: str
    name: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class WebLink:
    """Text that leads to an address outside. `url` must have passed `ooxml.safe_url`."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class BackLinks:
    """Small arrows to the first places where a mark is used; nothing where it is used nowhere."""

    mark: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG in the line, `width` and `height` in twips. `told` is read out to those who cannot see it."""

    data: bytes
    width: int
    height: int
    told: str


Inline = Text | Mark | Link | Anchor | WebLink | BackLinks | Picture


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in a style. `bookmark` names it for links; `rtl` makes it run from right to left.

    `figures` sets it flush right, as numbers in a column are.
    """

    style: str
    parts: tuple[Inline, ...]
    bookmark: str = ""
    keep_next: bool = False
    rtl: bool = False
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell of at least one paragraph. `shade` is a colour as RRGGBB, or ""."""

    paragraphs: tuple[Paragraph, ...]
    shade: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first row is its header, repeated on each page. Rows are never split over two pages.

    `widths` has one entry per column; `caption` and `description` are read out to those who cannot see it.
    """

    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str
    description: str


Block = Paragraph | Table
