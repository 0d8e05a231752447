"""What the reader must not overlook: what was not found, not dated, not translated, not read."""

from __future__ import annotations

from digest.model import Notice, Source
from digest.word.blocks import Block, Cell, Inline, Mark, Paragraph, Table, Text
from digest.word.context import Context, heading, line, note

_SHARES = (24, 13, 33, 30)


def gaps(context: Context) -> list[Block]:
    """A line for each kind of gap and a table of the notices; one line where there is neither."""
    brief, words = context.brief, context.words
    blocks: list[Block] = [heading(words.gaps)]
    undated = [source for source in brief.sources if source.dating.published is None]
    untranslated = [source for source in brief.sources if source.untranslated]
    replaced = context.replaced()
    if not (brief.missing or undated or untranslated or brief.notices or replaced):
        return [*blocks, note(words.no_gaps)]
    if brief.missing:
        missing = line([words.holder(name) for name in brief.missing], ", ")
        blocks.append(_line(words.missing, missing, words.missing_note))
    if undated:
        blocks.append(_line(words.undated_heading, _marks(undated), words.undated_note))
    if untranslated:
        blocks.append(_line(words.untranslated_heading, _marks(untranslated), _remark(context, untranslated)))
    if replaced:
        parts: tuple[Inline, ...] = (Text(words.replaced_heading, "Digest Actor"), Text(replaced))
        blocks.append(Paragraph("Digest Note", parts))
    if not brief.notices:
        return [*blocks, note(words.no_notices)]
    return [*blocks, heading(words.notices, 2), _notices(context, brief.notices)]


def _remark(context: Context, untranslated: list[Source]) -> str:
    """Whether positions come from documents that were not translated: the reader must not take silence for none."""
    documents = {source.id for source in untranslated}
    heard = any(entry.position.sentence.document in documents for entry in context.entries.values())
    return context.words.untranslated_note if heard else context.words.untranslated_silent


def _line(label: str, parts: list[Inline], remark: str) -> Paragraph:
    return Paragraph("Digest Note", (Text(label, "Digest Actor"), *parts, Text(f". {remark}")))


def _marks(sources: list[Source]) -> list[Inline]:
    parts: list[Inline] = []
    for source in sources:
        parts += [Text(" "), Mark(source.mark)] if parts else [Mark(source.mark)]
    return parts


def _notices(context: Context, notices: tuple[Notice, ...]) -> Table:
    words = context.words
    titles = (words.file, words.stage, words.what_happened, words.what_to_do)
    rows = [tuple(_cell(title, "Digest Table Head") for title in titles)]
    for notice in notices:
        told = (context.told(text) for text in (notice.stage, notice.reason, notice.advice))
        cells = (Cell((Paragraph("Digest Table Text", (text,)),)) for text in told)
        rows.append((_cell(notice.file or words.whole_run), *cells))
    widths = tuple(context.width * share // 100 for share in _SHARES)
    return Table(widths, tuple(rows), words.notices, words.notices_alt)


def _cell(text: str, style: str = "Digest Table Text") -> Cell:
    return Cell((Paragraph(style, (Text(text),)),))
