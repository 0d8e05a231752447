"""What each document says, in a few of its own sentences."""

from __future__ import annotations

from digest.model import Source
from digest.word.blocks import Block, Inline, Mark, Paragraph, Text
from digest.word.context import Context, heading, line, note
from digest.word.languages import primary, reads_right_to_left
from digest.word.sections.sentences import spoken


def summaries(context: Context) -> list[Block]:
    """Title, particulars and summary of every document, in the order of their marks."""
    blocks: list[Block] = [heading(context.words.summaries)]
    if not context.brief.sources:
        return [*blocks, note(context.words.no_sources)]
    for source in context.brief.sources:
        blocks += document(context, source)
    return blocks


def document(context: Context, source: Source) -> list[Block]:
    """One document."""
    words = context.words
    title = source.title or words.untitled
    language = source.language.code
    count = words.count(source.words, "word")
    facts_of = (source.publisher or "", words.when(source.dating), language_line(context, source), count)
    details = (*line(facts_of, "  ·  "), Text("  "), Mark(source.mark))
    return [
        Paragraph("Digest Document", (Text(title, "", language),), rtl=reads_right_to_left(title)),
        Paragraph("Digest Details", details),
        *_summary(context, source),
    ]


def language_line(context: Context, source: Source) -> str:
    """The document's language and what was done to it: "Portuguese, machine translation (firefox)"."""
    words = context.words
    name = words.language_name(source.language.code)
    if source.translated_by:
        return words.translated_by.format(language=name, engine=source.translated_by)
    if source.untranslated and primary(source.language.code) != "en":
        return words.not_translated_from.format(language=name)
    return name


def _summary(context: Context, source: Source) -> list[Block]:
    """The sentences in one paragraph, each with its mark; one that runs the other way begins a new paragraph."""
    if not source.summary:
        return [note(context.words.no_summary)]
    paragraphs: list[tuple[bool, list[Inline]]] = []
    for point in source.summary:
        said = spoken(point.text, point.evidence[0])
        if not paragraphs or paragraphs[-1][0] != said.rtl:
            paragraphs.append((said.rtl, []))
        parts = paragraphs[-1][1]
        parts += [Text(" ")] if parts else []
        parts += [Text(point.text, "", said.language), Text(" "), Mark(source.mark)]
        if said.doubts:
            doubt = context.words.doubts(said.doubts)
            parts += [Text(" "), Text(f"({doubt})", "Digest Machine")]
    return [Paragraph("Digest Summary", tuple(parts), rtl=rtl) for rtl, parts in paragraphs]
