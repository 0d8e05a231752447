"""The position matrix: who stands where, at a glance."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from digest.model import Cell as Square
from digest.model import HolderKind, HolderSection, StanceLabel, Topic
from digest.word.blocks import Block, Cell, Inline, Link, Mark, Paragraph, Table, Text
from digest.word.context import SHADES, Context, heading, note

TOPICS_PER_TABLE = 5
MARKS_PER_CELL = 6
MARKS_PER_NARROW_CELL = 3
"""From three topics on, where a column is less than 4.5 cm wide."""

_ONE_TOPIC_SHARES = (24, 26, 17, 14, 19)
_NAME_SHARE = 0.2


def matrix(context: Context) -> list[Block]:
    """A table with a row per holder and a column per topic; more than five topics go on in further tables.

    A brief with one topic has its particulars in columns instead. Holders without a word on any topic are left out.
    """
    words, topics = context.words, context.brief.topics
    order = list(HolderKind)
    holders = sorted(context.brief.holders, key=lambda section: order.index(section.kind))
    holders = [section for section in holders if any(square.label for square in section.cells)]
    blocks: list[Block] = [heading(words.matrix)]
    if not topics or not holders:
        return [*blocks, *(note(text) for text in (words.no_matrix, context.themes()) if text)]
    if len(topics) == 1:
        blocks.append(_one_topic(context, holders, topics[0]))
    else:
        tables = -(-len(topics) // TOPICS_PER_TABLE)
        size = -(-len(topics) // tables)
        for start in range(0, len(topics), size):
            if start:
                blocks.append(Paragraph("Digest Legend", ()))
            blocks.append(_many_topics(context, holders, topics[start : start + size]))
    return [*blocks, _legend(context, holders)]


def _one_topic(context: Context, holders: Sequence[HolderSection], topic: Topic) -> Table:
    words = context.words
    figures = (_head(words.latest), _head(words.documents, figures=True), _head(words.marks))
    rows = [(_head(words.who), _topic_head(context, topic), *figures)]
    for section in holders:
        square = _square(section, topic)
        if square is None or square.label is None:
            continue
        latest = words.short(square.latest) if square.latest else words.no_date
        rows.append(
            (
                _name(context, section),
                Cell((_stance(context, square),), SHADES.get(square.label, "")),
                _text(Text(latest)),
                Cell((Paragraph("Digest Table Text", (Text(words.number(square.documents)),), figures=True),)),
                _text(*_marks(context, section, square)),
            )
        )
    widths = tuple(context.width * share // 100 for share in _ONE_TOPIC_SHARES)
    return Table(widths, tuple(rows), f"{words.matrix}: {topic.name}", words.matrix_alt)


def _many_topics(context: Context, holders: Sequence[HolderSection], topics: Sequence[Topic]) -> Table:
    words = context.words
    rows = [(_head(words.who), *(_topic_head(context, topic) for topic in topics))]
    for section in holders:
        squares = (_cell(context, section, _square(section, topic)) for topic in topics)
        rows.append((_name(context, section), *squares))
    first = int(context.width * _NAME_SHARE)
    other = (context.width - first) // len(topics)
    names = ", ".join(topic.name for topic in topics)
    return Table((first, *[other] * len(topics)), tuple(rows), f"{words.matrix}: {names}", words.matrix_alt)


def _legend(context: Context, holders: Sequence[HolderSection]) -> Paragraph:
    """What the signs in the table mean, of those that stand in it."""
    words = context.words
    squares = [_square(section, topic) for section in holders for topic in context.brief.topics]
    empty = any(square is None or square.label is None for square in squares) and len(context.brief.topics) > 1
    terms = [
        ("–", words.legend_none, empty),
        (words.stances[StanceLabel.OTHER], words.legend_other, _has(squares, lambda s: s.label is StanceLabel.OTHER)),
        (words.differing, words.legend_differing, _has(squares, lambda s: s.differs)),
        (words.changed_short, words.legend_changed, any(section.changed for section in holders)),
    ]
    parts: list[Inline] = []
    for term, meaning, stands in terms:
        if stands:
            parts += [Text(term, "Digest Stance"), Text(f" {meaning}   ")]
    return Paragraph("Digest Legend", (*parts, Text(words.legend)))


def _has(squares: Sequence[Square | None], test: Callable[[Square], bool]) -> bool:
    return any(square is not None and test(square) for square in squares)


def _square(section: HolderSection, topic: Topic) -> Square | None:
    return next((square for square in section.cells if square.topic == topic.id), None)


def _head(text: str, *, figures: bool = False) -> Cell:
    return Cell((Paragraph("Digest Table Head", (Text(text),), figures=figures),))


def _topic_head(context: Context, topic: Topic) -> Cell:
    """The name of a topic; of a theme that it was found by machine."""
    cell = _head(topic.name)
    told = Paragraph("Digest Table Small", (Text(context.words.found_theme),))
    return Cell((*cell.paragraphs, told)) if topic.found else cell


def _text(*parts: Inline) -> Cell:
    return Cell((Paragraph("Digest Table Text", parts),))


def _name(context: Context, section: HolderSection) -> Cell:
    link = Link(context.name(section), context.holder_anchor(section), "Digest Actor")
    name = Paragraph("Digest Table Text", (link,))
    if not section.changed:
        return Cell((name,))
    return Cell((name, Paragraph("Digest Table Small", (Text(context.words.changed_short),))))


def _stance(context: Context, square: Square) -> Paragraph:
    parts: list[Inline] = [Text(context.stance(square.label), "Digest Stance")]
    if square.differs:
        parts.append(Text(f"\n{context.words.differing}", "Digest Machine"))
    return Paragraph("Digest Table Text", tuple(parts))


def _cell(context: Context, section: HolderSection, square: Square | None) -> Cell:
    if square is None or square.label is None:
        return _text(Text("–", "Digest Pale"))
    words = context.words
    latest = words.short(square.latest) if square.latest else words.no_date
    documents = words.count(square.documents, "document").replace(" ", "\u00a0")
    details = f"{latest}, {documents}"
    small = Paragraph("Digest Table Small", (Text(f"{details} "), *_marks(context, section, square)))
    return Cell((_stance(context, square), small), SHADES.get(square.label, ""))


def _marks(context: Context, section: HolderSection, square: Square) -> list[Inline]:
    """The first marks of a square, and how many more there are, which leads to the holder's section."""
    parts: list[Inline] = []
    most = MARKS_PER_CELL if len(context.brief.topics) <= 2 else MARKS_PER_NARROW_CELL
    for mark in square.marks[:most]:
        parts += [Text(" "), Mark(mark)] if parts else [Mark(mark)]
    rest = len(square.marks) - most
    if rest > 0:
        more = context.words.count(rest, "more")
        parts += [Text(" "), Link(more, context.holder_anchor(section), "Digest Back Link")]
    return parts
