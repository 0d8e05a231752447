"""What changed: who is new, has moved or contradicts itself, with the sentence before beside the sentence now."""

from __future__ import annotations

from digest.model import Change, ChangeKind, Earlier, Entry, Silence, StanceLabel
from digest.word.blocks import Block, Cell, Inline, Link, Paragraph, Table, Text
from digest.word.context import SHADES, Context, heading, joined, marks, note
from digest.word.sections.sentences import spoken

_SHARES = (24, 36, 40)


def changes(context: Context) -> list[Block]:
    """A table of what was said before and what is said now, or one line that says why not; then who fell silent."""
    words, brief = context.words, context.brief
    blocks: list[Block] = [heading(words.changes)]
    if brief.previous is None:
        blocks.append(note(words.first_issue_differs if brief.changes else words.first_issue))
    elif not brief.changes:
        blocks.append(note(words.no_changes.format(day=words.day(brief.previous))))
    if brief.changes:
        head = tuple(_head(text) for text in (words.who, words.was, words.now))
        rows = [head, *(_row(context, change) for change in brief.changes)]
        widths = tuple(context.width * share // 100 for share in _SHARES)
        blocks.append(Table(widths, tuple(rows), words.changes, words.changes_alt))
    if brief.silent:
        blocks += _silent(context)
    return blocks


_FEW = 4
"""So many who fell silent are listed in one line; more by topic, a line each."""


def _silent(context: Context) -> list[Block]:
    """Who fell silent, and that this is no change."""
    words, silent = context.words, context.brief.silent
    label, closing = Text(words.silent, "Digest Actor"), Text(words.silent_note)
    if len(silent) <= _FEW:
        listed = joined([[Text(silence_line(context, one))] for one in silent], "; ")
        return [Paragraph("Digest Legend", (label, *listed, Text(". "), closing))]
    blocks: list[Block] = [Paragraph("Digest Legend", (label, closing))]
    for topic, called in context.topics.items():
        stood = "; ".join(_stood(context, one) for one in silent if one.last.topic == topic)
        if stood:
            blocks.append(Paragraph("Digest Legend", (Text(f"{called}: ", "Digest Actor"), Text(f"{stood}."))))
    return blocks


def _stood(context: Context, one: Silence) -> str:
    words = context.words
    return f"{words.holder(one.holder_name)} ({words.stances[one.last.label]}, {words.of_day(one.last)})"


def kind_word(context: Context, kind: ChangeKind) -> str:
    """What is new about a holder, in a word."""
    words = context.words
    return {
        ChangeKind.NEW: words.new_voice,
        ChangeKind.MOVED: words.moved,
        ChangeKind.SHIFTED: words.shifted,
        ChangeKind.CONTRADICTED: words.contradicted,
    }[kind]


def silence_line(context: Context, one: Silence) -> str:
    """Who fell silent on what, and where it stood when."""
    words, last = context.words, one.last
    day = words.of_day(last)
    topic = context.topics.get(last.topic, last.topic)
    name = words.holder(one.holder_name)
    return words.silent_item.format(name=name, topic=topic, stance=words.stances[last.label], day=day)


def _head(text: str) -> Cell:
    return Cell((Paragraph("Digest Table Head", (Text(text),)),))


def _row(context: Context, change: Change) -> tuple[Cell, ...]:
    anchor = context.holder_anchors.get(change.holder)
    called = context.words.holder(change.holder_name)
    name: Inline = Link(called, anchor, "Digest Actor") if anchor else Text(called, "Digest Actor")
    topic = Text(context.topics.get(change.topic, change.topic))
    kind = Text(kind_word(context, change.kind), "Digest Machine")
    who = Cell(tuple(Paragraph("Digest Table Text", (part,)) for part in (name, topic, kind)))
    return who, _was(context, change), _now(context, change)


def _was(context: Context, change: Change) -> Cell:
    if change.was is None:
        return Cell((Paragraph("Digest Table Text", (Text("–", "Digest Pale"),)),))
    paragraphs = [_stance(context, change.was)]
    if change.before:
        paragraphs += _earlier(context, change.before)
    return Cell(tuple(paragraphs), shade=SHADES.get(change.was, ""))


def _earlier(context: Context, before: Earlier) -> list[Paragraph]:
    words = context.words
    said: list[Inline] = [Text(before.statement, "", "en")]
    if before.machine:
        said += [Text(" "), Text(words.machine_translation, "Digest Machine")]
    entry = context.entries.get(before.id)  # of this issue, where a holder contradicts itself
    day = words.of_day(before)
    source = words.of_issue.format(source=before.source, issue=before.issue) if entry is None else ""
    told = joined([[Text(text)] for text in (before.voice or "", day, source) if text], "  ·  ")
    details = Paragraph("Digest Table Small", (*told, *(marks(entry.marks) if entry else ())))
    return [Paragraph("Digest Table Text", tuple(said)), details]


def _now(context: Context, change: Change) -> Cell:
    stance = _stance(context, change.now)
    because = context.entries.get(change.because)
    if because is None:
        missing = Text(context.words.no_statement, "Digest Pale")
        return Cell((stance, Paragraph("Digest Table Text", (missing,))), shade=SHADES.get(change.now, ""))
    day = context.words.partial(change.day) if change.day else ""
    told = joined([[Text(text)] for text in (change.voice or "", day) if text], "  ·  ")
    details = (Paragraph("Digest Table Small", told),) if told else ()
    return Cell((stance, _because(because, context), *details), shade=SHADES.get(change.now, ""))


def _stance(context: Context, label: StanceLabel) -> Paragraph:
    return Paragraph("Digest Table Text", (Text(context.stance(label), "Digest Stance"),))


def _because(entry: Entry, context: Context) -> Paragraph:
    position = entry.position
    said = spoken(position.statement, position.sentence)
    parts: list[Inline] = [Text(position.statement, "", said.language)]
    if said.machine:
        parts += [Text(" "), Text(context.words.machine_translation, "Digest Machine")]
    parts += marks(entry.marks)
    return Paragraph("Digest Table Text", tuple(parts), rtl=said.rtl)
