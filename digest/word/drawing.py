"""Draws signs along dates: a row for each name, a panel for each question. The picture is a PNG, its bytes the same
for the same plan.

Everything is placed by hand, in inches from the top left, with no axes and no settings of the user's own: what is too
long is cut before it is drawn, so that nothing runs over the edge. matplotlib is loaded when the first picture is
drawn, and of it only the renderer: its figures and axes would take half as long again to load. The typeface is DejaVu
Sans, which comes with matplotlib.
"""

from __future__ import annotations

import io
import struct
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from digest.model import StanceLabel

DOTS_PER_INCH = 220
ROW = 0.165
"""The height of a row, in inches."""

_SIZE, _SMALL = 7.4, 6.6
_GAP = 0.14
_EDGE = 0.05
_SLOT = 0.58
_LINE = 0.125
_LONGEST_NAME = 1.75
_MOST_TITLE_LINES = 3
_MARK = 5.6
_MIDDLE = 0.365
"""Half the height of a capital letter of DejaVu Sans, as a part of its size."""

_SETTINGS = {"text.hinting": "default", "text.antialiased": True, "path.simplify": True, "path.snap": True}
"""matplotlib's own values of the settings that letters and lines depend on, whatever a user has set."""
_LAST_LATIN = "\u017f"
"""DejaVu Sans has every letter and sign up to here, and none of them runs from right to left."""

_SHIFT = 0.22
_CLOSE = 0.085


@dataclass(frozen=True, slots=True)
class Sign:
    """A stance on a day, or in a slot (its number) for what has no day. `note` is printed beside it.

    `joined` signs are joined by lines; one whose place in time is not known is not.
    """

    label: StanceLabel
    day: date | None
    slot: int = 0
    note: str = ""
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A name and its signs in each panel, in the order of time."""

    name: str
    panels: tuple[tuple[Sign, ...], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is drawn. `slots` are columns before the dates, for signs without a day; `ticks` are days to be named.

    `legend` has the words of the stances in the order in which they are explained. `width` is in inches; colours are
    RRGGBB: `accent` of the signs, `ink` of the texts and of what opposes, `pale` of the lines.
    """

    titles: tuple[str, ...]
    rows: tuple[Row, ...]
    slots: tuple[str, ...]
    ticks: tuple[tuple[date, str], ...]
    legend: tuple[tuple[StanceLabel, str], ...]
    width: float
    accent: str
    ink: str
    grey: str
    pale: str

    def days(self) -> list[date]:
        """All days of the signs, the first to the last."""
        signs = (sign for row in self.rows for panel in row.panels for sign in panel)
        return sorted({sign.day for sign in signs if sign.day})


Draw = Callable[[Plan], bytes]
"""What makes the PNG of a plan: `draw`, or something that has drawn it before."""


def drawable(text: str) -> bool:
    """Whether the typeface has every letter of `text`, and nothing of it runs from right to left."""
    if all(letter <= _LAST_LATIN for letter in text if not letter.isspace()) and text.isprintable():
        return True  # known without the font, whose loading costs more than the rest of a picture
    font = _font()
    return all(
        unicodedata.bidirectional(letter) not in ("R", "AL", "AN") and font.get_char_index(ord(letter))
        for letter in text
        if not letter.isspace()
    )


def height_of(rows: int, titles: Sequence[str]) -> float:
    """How high a picture of so many rows is at most, in inches."""
    lines = _MOST_TITLE_LINES if any(titles) else 0
    return _EDGE + lines * _LINE + 0.06 + rows * ROW + 0.75


@lru_cache(maxsize=32)
def draw(plan: Plan) -> bytes:
    """The picture as a PNG."""
    return _Drawing(plan).png()


def size_of(png: bytes) -> tuple[float, float]:
    """Width and height of a picture that `draw` made, in inches: its dots stand in the head of a PNG (ISO/IEC 15948,
    11.2.2)."""
    across, down = struct.unpack(">II", png[16:24])
    return across / DOTS_PER_INCH, down / DOTS_PER_INCH


@cache
def _font() -> Any:
    from matplotlib.font_manager import get_font

    return get_font(_typeface(bold=False))


@cache
def _typeface(*, bold: bool) -> str:
    import matplotlib

    return f"{matplotlib.get_data_path()}/fonts/ttf/DejaVuSans{'-Bold' if bold else ''}.ttf"


class _Drawing:
    """One picture while it is drawn. Places are inches from the top left."""

    def __init__(self, plan: Plan) -> None:
        from matplotlib.backends.backend_agg import RendererAgg
        from matplotlib.font_manager import FontProperties

        self._plan = plan
        self._measure = RendererAgg(10, 10, DOTS_PER_INCH)
        self._faces = {
            (size, bold): FontProperties(fname=_typeface(bold=bold), size=size)
            for size in (_SIZE, _SMALL)
            for bold in (False, True)
        }
        self._lines: dict[tuple[str, float], list[tuple[float, ...]]] = {}
        self._marks: list[tuple[StanceLabel, float, float]] = []
        self._texts: list[tuple[float, float, str, Any, str]] = []
        self._names = self._fit_names()
        count = max(1, len(plan.titles))
        across = (plan.width - self._names - _GAP * count) / count
        self._panel = max(0.3, across)
        self._titles = [self._wrapped(title, self._panel) for title in plan.titles]
        self._top = _EDGE + max((len(lines) for lines in self._titles), default=0) * _LINE + 0.06
        self._bottom = self._top + len(plan.rows) * ROW
        days = plan.days()
        self._first, self._last = (days[0], days[-1]) if days else (date.min, date.min)

    def png(self) -> bytes:
        """The bytes of the picture."""
        import matplotlib
        from matplotlib.backends.backend_agg import RendererAgg
        from PIL import Image

        self._grid()
        for number in range(len(self._plan.titles)):
            self._draw_panel(number)
        height = self._legend(self._bottom + (0.38 if self._plan.slots else 0.3)) + _EDGE
        across, down = round(self._plan.width * DOTS_PER_INCH), round(height * DOTS_PER_INCH)
        renderer = RendererAgg(across, down, DOTS_PER_INCH)
        with matplotlib.rc_context(_SETTINGS):
            self._ink_ground(renderer)
            self._ink_lines(renderer)
            self._ink_signs(renderer)
            self._ink_texts(renderer)
        held = io.BytesIO()
        picture = Image.fromarray(_opaque(renderer.buffer_rgba()))
        # A palette makes the file a third as large; a picture of a few inks loses nothing by it.
        picture = picture.quantize(colors=64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        picture.save(held, format="png", dpi=(DOTS_PER_INCH, DOTS_PER_INCH), compress_level=6)
        return held.getvalue()

    # --- the parts of it

    def _grid(self) -> None:
        plan = self._plan
        for number, row in enumerate(plan.rows):
            y = self._top + (number + 0.5) * ROW
            self._line([self._names, plan.width], [y, y], plan.pale, 0.35)
            self._text(self._names - 0.07, y, self._cut(row.name, self._names - 0.08), align="right")

    def _draw_panel(self, number: int) -> None:
        plan, left = self._plan, self._left(number)
        for line, text in enumerate(self._titles[number]):
            self._text(left, _EDGE + (line + 0.5) * _LINE, text, bold=True)
        self._line([left, left + self._panel], [self._bottom, self._bottom], plan.grey, 0.7)
        self._line([left, left + self._panel], [self._top, self._top], plan.grey, 0.7)
        for slot, name in enumerate(plan.slots):
            x = left + (slot + 0.5) * _SLOT
            for line, text in enumerate(self._wrapped(name, _SLOT - 0.03, _SMALL)[:2]):
                self._text(x, self._bottom + 0.1 + line * 0.105, text, size=_SMALL, align="center", colour=plan.grey)
            edge = left + (slot + 1) * _SLOT
            self._line([edge, edge], [self._top, self._bottom], plan.pale, 0.5)
        self._ticks(left)
        for at, row in enumerate(plan.rows):
            self._signs(row.panels[number], left, self._top + (at + 0.5) * ROW)

    def _ticks(self, left: float) -> None:
        """The days to be named, without those that would run into the one before."""
        free = left + len(self._plan.slots) * _SLOT - 0.02
        right = left + self._panel
        for day, name in self._plan.ticks:
            x = self._x(left, day)
            half = self._wide(name, _SMALL) / 2
            middle = min(max(x, left + len(self._plan.slots) * _SLOT + half), right - half + 0.04)
            if middle - half < free or half * 2 > self._panel:
                continue
            self._line([x, x], [self._top, self._bottom + 0.03], self._plan.pale, 0.35)
            self._text(middle, self._bottom + 0.1, name, size=_SMALL, align="center", colour=self._plan.grey)
            free = middle + half + 0.07

    def _signs(self, signs: Sequence[Sign], left: float, y: float) -> None:
        """One row's signs in a panel, joined in the order of time; the line is strong where the stance changes."""
        places = list(self._places(signs, left, y))
        for (x, yy, sign), (nx, ny, following) in pairwise(places):
            if not (sign.joined and following.joined):
                continue
            moved = sign.label is not following.label
            self._line([x, nx], [yy, ny], self._plan.accent if moved else self._plan.grey, 1.3 if moved else 0.6)
        for x, yy, sign in places:
            self._sign(x, yy, sign.label)
            if sign.note:
                self._text(x + 0.06, yy - 0.055, sign.note, size=_SMALL, colour=self._plan.grey)

    def _places(self, signs: Sequence[Sign], left: float, y: float) -> Iterator[tuple[float, float, Sign]]:
        """Where each sign stands; those that would cover each other are moved up and down a little."""
        across = [self._x(left, sign.day) if sign.day else left + (sign.slot + 0.5) * _SLOT for sign in signs]
        start = 0
        for end in range(1, len(signs) + 1):
            if end < len(signs) and across[end] - across[end - 1] < _CLOSE:
                continue
            for at in range(start, end):
                lift = 0.0 if end - start == 1 else _SHIFT * (1 if (at - start) % 2 else -1)
                yield across[at], y + lift * ROW, signs[at]
            start = end

    def _legend(self, y: float) -> float:
        """The signs with their words, in lines; returns where they end."""
        x = self._names
        for label, word in self._plan.legend:
            wide = 0.2 + self._wide(word, _SIZE) + 0.22
            if x + wide > self._plan.width and x > self._names:
                x, y = self._names, y + 0.16
            self._sign(x + 0.07, y, label)
            self._text(x + 0.18, y, word)
            x += wide
        return y + 0.08

    # --- places and sizes

    def _left(self, panel: int) -> float:
        return self._names + _GAP / 2 + panel * (self._panel + _GAP)

    def _x(self, left: float, day: date) -> float:
        start = left + len(self._plan.slots) * _SLOT + 0.1
        end = left + self._panel - 0.1
        span = (self._last - self._first).days
        return (start + end) / 2 if span == 0 else start + (end - start) * (day - self._first).days / span

    def _fit_names(self) -> float:
        longest = max((self._wide(row.name, _SIZE) for row in self._plan.rows), default=0.0)
        return min(longest + 0.1, _LONGEST_NAME, self._plan.width / 3)

    def _wide(self, text: str, size: float, *, bold: bool = False) -> float:
        width, _, _ = self._measure.get_text_width_height_descent(text, self._faces[size, bold], ismath=False)
        return float(width) / DOTS_PER_INCH

    def _cut(self, text: str, width: float, *, bold: bool = False) -> str:
        """`text`, with an ellipsis in place of what does not fit."""
        if self._wide(text, _SIZE, bold=bold) <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self._wide(text[:middle].rstrip() + "…", _SIZE, bold=bold) <= width
            low, high = (middle, high) if fits else (low, middle - 1)
        return text[:low].rstrip() + "…"

    def _wrapped(self, text: str, width: float, size: float = _SIZE) -> list[str]:
        lines: list[str] = []
        bold = size == _SIZE
        for word in text.split():
            together = f"{lines[-1]} {word}" if lines else word
            if lines and self._wide(together, size, bold=bold) <= width:
                lines[-1] = together
            else:
                lines.append(word)
        kept = lines[:_MOST_TITLE_LINES]
        if len(lines) > len(kept):
            kept[-1] += " " + " ".join(lines[len(kept) :])
        return [self._cut(line, width, bold=bold) for line in kept]

    # --- ink

    def _line(self, xs: Sequence[float], ys: Sequence[float], colour: str, width: float) -> None:
        self._lines.setdefault((colour, width), []).append((*xs, *ys))

    def _sign(self, x: float, y: float, label: StanceLabel) -> None:
        self._marks.append((label, x, y))

    def _ink_ground(self, renderer: Any) -> None:
        from matplotlib.path import Path
        from matplotlib.transforms import Affine2D

        pen = self._pen(renderer, "FFFFFF", 0.0)
        ground = Affine2D().scale(renderer.width, renderer.height)
        renderer.draw_path(pen, Path.unit_rectangle(), ground, (1.0, 1.0, 1.0, 1.0))

    def _pen(self, renderer: Any, colour: str, points: float) -> Any:
        pen = renderer.new_gc()
        pen.set_foreground(f"#{colour}")
        pen.set_linewidth(points)
        pen.set_capstyle("butt")
        pen.set_antialiased(True)
        return pen

    def _ink_lines(self, renderer: Any) -> None:
        """The thin lines first; all of one colour and width are one path."""
        import numpy as np
        from matplotlib.path import Path
        from matplotlib.transforms import Affine2D

        flip = Affine2D().scale(DOTS_PER_INCH, -DOTS_PER_INCH).translate(0, renderer.height)
        for colour, width in sorted(self._lines, key=lambda look: (look[1], look[0])):
            lines = np.array(self._lines[colour, width])
            points = np.stack((lines[:, :2], lines[:, 2:]), axis=-1).reshape(-1, 2)
            codes = np.tile([Path.MOVETO, Path.LINETO], len(lines))
            renderer.draw_path(self._pen(renderer, colour, width), Path(points, codes), flip, None)

    def _ink_signs(self, renderer: Any) -> None:
        """The signs, each over a white rim that sets it apart from the lines."""
        from matplotlib.markers import MarkerStyle
        from matplotlib.path import Path
        from matplotlib.transforms import Affine2D

        plan, circle, cross = self._plan, Path.unit_circle(), MarkerStyle("X")
        disc = Affine2D().scale(0.5)
        half = Path.wedge(90, 270)
        looks: Mapping[StanceLabel, Sequence[tuple[Any, Any, str, str, float]]] = {
            StanceLabel.SUPPORTS: ((circle, disc, plan.accent, plan.accent, 0.9),),
            StanceLabel.CONDITIONAL: (
                (circle, disc, "FFFFFF", plan.accent, 0.9),
                (half, disc, plan.accent, plan.accent, 0.0),
            ),
            StanceLabel.UNDECIDED: ((circle, disc, "FFFFFF", plan.accent, 0.9),),
            StanceLabel.OPPOSES: ((cross.get_path(), cross.get_transform(), plan.ink, plan.ink, 0.0),),
        }
        flip = Affine2D().scale(DOTS_PER_INCH, -DOTS_PER_INCH).translate(0, renderer.height)
        size = Affine2D().scale(renderer.points_to_pixels(_MARK))
        rim = (circle, disc, "FFFFFF", "FFFFFF", 1.6)
        for layers in (dict.fromkeys(looks, (rim,)), looks):
            for label, layer in layers.items():
                places = [(x, y) for one, x, y in self._marks if one is label]
                for path, shape, face, edge, width in layer if places else ():
                    pen = self._pen(renderer, edge, width)
                    renderer.draw_markers(pen, path, shape + size, Path(places), flip, (*_rgb(face), 1.0))

    def _ink_texts(self, renderer: Any) -> None:
        for x, y, text, face, colour in self._texts:
            pen = self._pen(renderer, colour, 1.0)
            renderer.draw_text(pen, x * DOTS_PER_INCH, y * DOTS_PER_INCH, text, face, 0.0, ismath=False)

    def _text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = _SIZE,
        bold: bool = False,
        align: str = "left",
        colour: str = "",
    ) -> None:
        wide = 0.0 if align == "left" else self._wide(text, size, bold=bold)
        x -= wide if align == "right" else wide / 2
        self._texts.append((x, y + _MIDDLE * size / 72, text, self._faces[size, bold], colour or self._plan.ink))


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _opaque(pixels: Any) -> Any:
    """Pixels without their transparency: the ground is white everywhere."""
    import numpy as np

    return np.asarray(pixels)[:, :, :3].copy()
