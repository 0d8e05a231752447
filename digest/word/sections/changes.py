"""What changed since the last issue."""

from __future__ import annotations

from digest.model import Change, Entry, StanceLabel
from digest.word.blocks import Block, Cell, Inline, Link, Paragraph, Table, Text
from digest.word.context import SHADES, Context, heading, marks, note
from digest.word.sections.sentences import spoken

_SHARES = (17, 19, 15, 15, 34)


def changes(context: Context) -> list[Block]:
    """A table of who moved from where to where and the sentence that shows it, or one line that says why not."""
    words, brief = context.words, context.brief
    blocks: list[Block] = [heading(words.changes)]
    if brief.previous is None:
        return [*blocks, note(words.first_issue)]
    if not brief.changes:
        return [*blocks, note(words.no_changes.format(day=words.day(brief.previous)))]
    head = tuple(_head(text) for text in (words.who, words.topic, words.was, words.now, words.because))
    rows = [head, *(_row(context, change) for change in brief.changes)]
    widths = tuple(context.width * share // 100 for share in _SHARES)
    return [*blocks, Table(widths, tuple(rows), words.changes, words.changes_alt)]


def _head(text: str) -> Cell:
    return Cell((Paragraph("Digest Table Head", (Text(text),)),))


def _row(context: Context, change: Change) -> tuple[Cell, ...]:
    anchor = context.holder_anchors.get(change.holder)
    called = context.words.holder(change.holder_name)
    name: Inline = Link(called, anchor, "Digest Actor") if anchor else Text(called, "Digest Actor")
    topic = context.topics.get(change.topic, change.topic)
    was = _stance(context, change.was) if change.was else _plain(Text(context.words.new_voice, "Digest Pale"))
    because = context.entries.get(change.because)
    return (
        _plain(name),
        _plain(Text(topic)),
        was,
        _stance(context, change.now),
        _because(context, because) if because else _plain(Text(context.words.no_statement, "Digest Pale")),
    )


def _plain(part: Inline) -> Cell:
    return Cell((Paragraph("Digest Table Text", (part,)),))


def _stance(context: Context, label: StanceLabel) -> Cell:
    paragraph = Paragraph("Digest Table Text", (Text(context.stance(label), "Digest Stance"),))
    return Cell((paragraph,), shade=SHADES.get(label, ""))


def _because(context: Context, entry: Entry) -> Cell:
    position = entry.position
    said = spoken(position.statement, position.sentence)
    parts: list[Inline] = [Text(position.statement, "", said.language)]
    if said.machine:
        parts += [Text(" "), Text(context.words.machine_translation, "Digest Machine")]
    parts += marks(entry.marks)
    return Cell((Paragraph("Digest Table Text", tuple(parts), rtl=said.rtl),))
