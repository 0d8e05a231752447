"""One statement as it is printed: who, when, which stance; the sentence; the original beneath a translation."""

from __future__ import annotations

from digest.model import Entry, Quote, Stance
from digest.word.blocks import Inline, Paragraph, Text
from digest.word.context import Context, joined, marks
from digest.word.languages import facts, reads_right_to_left
from digest.word.sections.sentences import Spoken, spoken


def entry_paragraphs(context: Context, entry: Entry, *, in_cell: bool = False) -> list[Paragraph]:
    """The paragraphs of one statement, kept together from the speaker to the original.

    In a cell of differing statements the header above it has already named topic and stance.
    """
    position = entry.position
    said = spoken(position.statement, position.sentence)
    quoted = position.quote is Quote.FULL
    statement: list[Inline] = [Text(position.statement, "", said.language)]
    if said.machine:
        statement += [Text(" "), Text(context.words.machine_translation, "Digest Machine")]
    elif said.foreign:
        label = f"{facts(said.language).name}, {context.words.not_translated}"
        statement += [Text(" "), Text(label, "Digest Machine")]
    paragraphs = [
        Paragraph(
            "Digest Side Attribution" if in_cell else "Digest Attribution", _attribution(context, entry, in_cell)
        ),
        Paragraph(
            "Digest Quote" if quoted else "Digest Position",
            tuple(statement),
            keep_next=said.machine and not in_cell,
            rtl=said.rtl,
        ),
    ]
    if said.machine:
        paragraphs += _original(context, entry, said)
    return paragraphs


def _attribution(context: Context, entry: Entry, in_cell: bool) -> tuple[Inline, ...]:
    position = entry.position
    actor = position.actor
    who: list[Inline] = []
    if actor and actor.name:
        who.append(Text(actor.name, "Digest Actor"))
        if actor.role:
            who.append(Text(f", {actor.role}"))
    elif actor and actor.role:
        who.append(Text(actor.role[:1].upper() + actor.role[1:], "Digest Actor"))
    else:
        who.append(Text(context.words.no_speaker))
    when: list[Inline] = [Text(_when(context, entry))]
    stance = _stance(context, position.stance, position.topic)
    if in_cell:
        stance = _cue(context, position.stance)
    elif stance and len(context.topics) > 1:
        # With the topic's name it is long: a line of its own keeps all attributions alike.
        return (*joined([who, when], "  ·  "), Text(" "), *marks(entry.marks), Text("\n"), *stance)
    return (*joined([who, when, stance], "  ·  "), Text(" "), *marks(entry.marks))


def _when(context: Context, entry: Entry) -> str:
    """The day of the statement where the document tells it, else that of the document and how it is known."""
    words, position = context.words, entry.position
    if position.said_on:
        return words.said_on.format(day=words.partial(position.said_on))
    source = context.documents.get(position.sentence.document)
    if source is None:
        return words.undated
    dated = words.dated(source.dating)
    return words.published.format(day=dated) if source.dating.published else dated


def _stance(context: Context, stance: Stance | None, topic: str | None) -> list[Inline]:
    if stance is None:
        return []
    parts: list[Inline] = [Text(context.stance(stance.label), "Digest Stance")]
    if topic and len(context.topics) > 1:
        parts.append(Text(f": {context.topics.get(topic, topic)}"))
    cue = _cue(context, stance)
    return [*parts, Text(" – "), *cue] if cue else parts


def _cue(context: Context, stance: Stance | None) -> list[Inline]:
    """The words that show the stance, in quotation marks."""
    return [Text(context.words.cue.format(cue=stance.cue))] if stance and stance.cue else []


def _original(context: Context, entry: Entry, said: Spoken) -> list[Paragraph]:
    sentence = entry.position.sentence
    paragraphs = []
    if said.doubts:
        flags = "; ".join(said.doubts)
        doubt = context.words.check_translation.format(flags=flags)
        paragraphs.append(Paragraph("Digest Doubt", (Text(doubt),), keep_next=True))
    rtl = reads_right_to_left(sentence.text)
    paragraphs.append(Paragraph("Digest Original", (Text(sentence.text, "", sentence.language),), rtl=rtl))
    return paragraphs
