"""One statement as it is printed: who, when, which stance; the sentence; the original beneath a translation."""

from __future__ import annotations

from collections.abc import Sequence

from digest.model import Entry, PartialDate, Position, Quote, Stance, StanceLabel
from digest.word.blocks import Inline, Paragraph, Text
from digest.word.context import Context, joined, marks
from digest.word.languages import reads_right_to_left
from digest.word.sections.sentences import Spoken, spoken


def entry_paragraphs(
    context: Context, entry: Entry, *, in_cell: bool = False, also: Sequence[Entry] = ()
) -> list[Paragraph]:
    """The paragraphs of one statement, kept together from the speaker to the original.

    In a cell of differing statements the header above it has already named topic and stance. `also` are entries of the
    same sentence, each with a stance on another topic: they are shown with it.
    """
    position = entry.position
    said = spoken(position.statement, position.sentence)
    if not in_cell and not said.rtl and (position.stance is None or position.stance.label is StanceLabel.OTHER):
        return _in_passing(context, entry, said)
    quoted = position.quote is Quote.FULL
    statement = [Text(position.statement, "", said.language), *_label(context, said)]
    paragraphs = [
        Paragraph(
            "Digest Side Attribution" if in_cell else "Digest Attribution",
            _attribution(context, entry, in_cell, also),
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


def _in_passing(context: Context, entry: Entry, said: Spoken) -> list[Paragraph]:
    """A statement that takes no side, in one paragraph with its speaker: it is not what the reader looks for first."""
    position = entry.position
    # Which topic it is about says what the heading above does not; that it takes no side, its form says.
    about = context.topics.get(position.topic or "", "") if len(context.topics) > 1 else ""
    when: list[Inline] = [Text(_when(context, entry, short=True))]
    past = context.past_of(position)
    told: list[list[Inline]] = [
        _who(context, entry),
        when,
        [Text(about)] if about else [],
        [Text(past)] if past else [],
    ]
    parts: list[Inline] = [*joined(told, "  ·  "), Text(" – ")]
    parts += [Text(position.statement, "Digest Words", said.language), *_label(context, said), *marks(entry.marks)]
    paragraphs = [Paragraph("Digest Said", tuple(parts), keep_next=said.machine)]
    return paragraphs + (_original(context, entry, said) if said.machine else [])


def _label(context: Context, said: Spoken) -> list[Inline]:
    """What a machine did to a statement, or did not."""
    if said.machine:
        return [Text(" "), Text(context.words.machine_translation, "Digest Machine")]
    if said.foreign:
        words = context.words
        label = words.not_translated_from.format(language=words.language_name(said.language))
        return [Text(" "), Text(label, "Digest Machine")]
    return []


def _attribution(context: Context, entry: Entry, in_cell: bool, also: Sequence[Entry]) -> tuple[Inline, ...]:
    position = entry.position
    who = _who(context, entry)
    when: list[Inline] = [Text(_when(context, entry))]
    stance = _stance(context, position)
    if in_cell:
        stance = _cue(context, position.stance)
    elif stance and len(context.topics) > 1:
        # With the topic's name it is long: a line of its own keeps all attributions alike.
        lines = [stance, *(_stance(context, other.position) for other in also)]
        own = [part for line in lines for part in (Text("\n"), *line)]
        return (*joined([who, when], "  ·  "), Text(" "), *marks(entry.marks), *own)
    return (*joined([who, when, stance], "  ·  "), Text(" "), *marks(entry.marks))


def _who(context: Context, entry: Entry) -> list[Inline]:
    position = entry.position
    actor = position.actor
    who: list[Inline] = []
    if actor and actor.name:
        who.append(Text(actor.name, "Digest Actor"))
        if actor.role:
            who.append(Text(f", {actor.role}", "", "en"))
    elif actor and actor.role:
        who.append(Text(actor.role[:1].upper() + actor.role[1:], "Digest Actor", "en"))
    else:
        # The document lets the holder itself speak: "Germany has not decided".
        who.append(Text(context.words.holder(position.holder_name)))
    return who


def _when(context: Context, entry: Entry, *, short: bool = False) -> str:
    """The day of the statement where the document tells it, else that of the document and how it is known.

    In the short form months are cut and the list of sources tells how the day is known.
    """
    words, position = context.words, entry.position
    if position.said_on:
        return words.said_on.format(day=(words.short if short else words.partial)(position.said_on))
    source = context.documents.get(position.sentence.document)
    if source is None:
        return words.undated
    if short and source.dating.published:
        return words.published.format(day=words.short(PartialDate.of(source.dating.published)))
    dated = words.when(source.dating)
    return words.published.format(day=dated) if source.dating.published else dated


def _stance(context: Context, position: Position) -> list[Inline]:
    stance, topic = position.stance, position.topic
    if stance is None:
        return []
    word = context.stance_of(position) or ""
    parts: list[Inline] = [Text(word, "Digest Stance")]
    if topic and len(context.topics) > 1:
        named = context.words.stance_on.format(stance=word, topic=context.topics.get(topic, topic))
        parts.append(Text(named.removeprefix(word)))
    cue = _cue(context, stance)
    past = context.past_of(position)
    parts += [Text(" – "), *cue] if cue else []
    return [*parts, Text(f"  ·  {past}")] if past else parts


def _cue(context: Context, stance: Stance | None) -> list[Inline]:
    """The words that show the stance, in quotation marks."""
    return [Text(context.words.cue.format(cue=stance.cue), "", "en")] if stance and stance.cue else []


def _original(context: Context, entry: Entry, said: Spoken) -> list[Paragraph]:
    sentence = entry.position.sentence
    paragraphs = []
    if said.doubts:
        doubt = Text(context.words.doubts(said.doubts))
        paragraphs.append(Paragraph("Digest Doubt", (doubt,), keep_next=True))
    rtl = reads_right_to_left(sentence.text)
    paragraphs.append(Paragraph("Digest Original", (Text(sentence.text, "", sentence.language),), rtl=rtl))
    return paragraphs
