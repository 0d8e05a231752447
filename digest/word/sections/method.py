"""How the brief was made: what machines did, and which."""

from __future__ import annotations

from digest.model import EngineSignature
from digest.word.blocks import Block, Cell, Paragraph, Table, Text
from digest.word.context import Context, heading

_SHARES = (19, 18, 24, 23, 16)


def method(context: Context) -> list[Block]:
    """What was done by machine, in words, and a table of the engines."""
    brief, words = context.brief, context.words
    count = words.method_count.format(
        documents=words.count(len(brief.sources), "document"),
        languages=words.count(len(context.language_names()), "language"),
    )
    sentences = [words.method_selection]
    if brief.sources:
        sentences.append(count)
    if any(source.translated_by for source in brief.sources):
        sentences.append(words.method_translation)
    if brief.topics:
        sentences.append(words.method_stances)
    if any(topic.found for topic in brief.topics):
        sentences.append(words.method_themes)
    blocks: list[Block] = [heading(words.method), Paragraph("Digest Note", (Text(" ".join(sentences)),))]
    return [*blocks, _engines(context, brief.engines)] if brief.engines else blocks


def _engines(context: Context, engines: tuple[EngineSignature, ...]) -> Table:
    words = context.words
    titles = (words.stage, words.engine, words.model, words.version, words.licence)
    rows = [tuple(_cell(title, "Digest Table Head") for title in titles)]
    for engine in engines:
        texts = (engine.name, engine.model, engine.version, engine.licence)
        rows.append((_row_head(context, engine), *(_cell(text or "–") for text in texts)))
    widths = tuple(context.width * share // 100 for share in _SHARES)
    return Table(widths, tuple(rows), words.method, words.engines_alt)


def _row_head(context: Context, engine: EngineSignature) -> Cell:
    return Cell((Paragraph("Digest Table Text", (context.told(engine.stage or "–"),)),))


def _cell(text: str, style: str = "Digest Table Text") -> Cell:
    return Cell((Paragraph(style, (Text(text),)),))
