"""A section per country, organisation and group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.model import Entry, HolderKind, HolderSection, Position, StanceLabel
from digest.word.blocks import Block, Cell, Inline, Paragraph, Table, Text
from digest.word.context import SHADES, Context, heading, note
from digest.word.sections.entries import entry_paragraphs

MOST_SIDE_BY_SIDE = 3


def holders(context: Context) -> list[Block]:
    """Countries, then organisations, then groups, each under its own heading; a note where there is nobody."""
    words = context.words
    titles = {
        HolderKind.COUNTRY: words.countries,
        HolderKind.ORGANISATION: words.organisations,
        HolderKind.GROUP: words.groups,
    }
    blocks: list[Block] = []
    for kind, title in titles.items():
        sections = [section for section in context.brief.holders if section.kind is kind]
        if not sections:
            continue
        blocks.append(heading(title))
        if kind is HolderKind.GROUP:
            # Else the heading and its remark would stand alone at the foot of a page.
            blocks.append(replace(note(words.groups_note), keep_next=True))
        for section in sections:
            blocks += holder(context, section)
    return blocks or [heading(words.countries), note(words.no_holders)]


def holder(context: Context, section: HolderSection) -> list[Block]:
    """One holder: name, where it stands, statements that contradict each other, then all others, newest first."""
    words = context.words
    blocks: list[Block] = [heading(context.name(section), 2, context.holder_anchor(section))]
    line: list[Inline] = list(headline(context, section))
    if section.changed:
        line += [Text("  ·  " if line else ""), Text(words.changed, "Digest Machine")]
    if line:
        blocks.append(Paragraph("Digest Headline", tuple(line), keep_next=bool(section.all_entries())))
    for group in section.differing:
        topic = context.topics.get(group[0].position.topic or "")
        blocks.append(heading(words.differing_on.format(topic=topic) if topic else words.differing_heading, 3))
        blocks += _side_by_side(context, section, group)
    for first, *others in _by_sentence(section.entries):
        blocks += entry_paragraphs(context, first, also=others)
    if not section.all_entries():
        blocks.append(note(words.no_entries))
    return blocks


def _by_sentence(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The entries, those together that follow each other and are one sentence's stances on several topics."""
    group: list[Entry] = []
    for entry in entries:
        if group and not _is_on_another_topic(group[-1].position, entry.position):
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _is_on_another_topic(one: Position, other: Position) -> bool:
    a, b = one.sentence, other.sentence
    same = (a.document, a.start, a.end, one.actor) == (b.document, b.start, b.end, other.actor)
    clear = all(position.stance and position.stance.label is not StanceLabel.OTHER for position in (one, other))
    return same and clear and one.topic != other.topic


def headline(context: Context, section: HolderSection) -> tuple[Inline, ...]:
    """Where a holder stands on each topic, and on whose word; the analyst's own line where there is one."""
    words = context.words
    if section.headline:
        return (Text(section.headline),)
    parts = []
    for cell in section.cells:
        topic = context.topics.get(cell.topic)
        if cell.label is None or topic is None:
            continue
        stance = words.standings[cell.label]
        if cell.differs:
            stance = words.headline_differing.format(stance=stance)
        if cell.voice:
            stance = words.headline_voice.format(stance=stance, voice=cell.voice)
        parts.append(words.headline_part.format(topic=topic, stance=stance))
    if not parts and not section.all_entries():
        return ()
    return (Text(words.headline.format(parts="; ".join(parts)) if parts else words.headline_none),)


def _side_by_side(context: Context, section: HolderSection, group: tuple[Entry, ...]) -> list[Block]:
    """A table with a column per statement under its stance; many statements go on in further tables."""
    tables = -(-len(group) // MOST_SIDE_BY_SIDE)
    size, larger = divmod(len(group), tables)
    blocks: list[Block] = []
    start = 0
    for number in range(tables):
        end = start + size + (1 if number < larger else 0)
        entries = group[start:end]
        start = end
        head = tuple(_stance(context, entry) for entry in entries)
        body = tuple(Cell(tuple(entry_paragraphs(context, entry, in_cell=True))) for entry in entries)
        widths = (context.width // len(entries),) * len(entries)
        description = context.words.differing_alt.format(name=context.name(section))
        if blocks:  # Word joins two tables that follow each other directly
            blocks.append(Paragraph("Digest Legend", ()))
        blocks.append(Table(widths, (head, body), context.words.differing_heading, description))
    return blocks


def _stance(context: Context, entry: Entry) -> Cell:
    stance = entry.position.stance
    label = stance.label if stance else None
    shade = SHADES.get(label, "") if label else ""
    text = context.stance(label) if label else context.words.no_stance
    return Cell((Paragraph("Digest Table Head", (Text(text, "Digest Stance"),)),), shade)
