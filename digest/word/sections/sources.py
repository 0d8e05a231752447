"""The list of sources: what every mark leads to, and the way back."""

from __future__ import annotations

from digest.model import Outlet, Source
from digest.word.blocks import BackLinks, Block, Inline, Paragraph, Text, WebLink
from digest.word.context import Context, heading, line, note
from digest.word.ooxml import safe_url
from digest.word.sections.summaries import language_line


def sources(context: Context) -> list[Block]:
    """An entry per document, in the order of the marks."""
    blocks: list[Block] = [heading(context.words.sources)]
    if not context.brief.sources:
        return [*blocks, note(context.words.no_sources)]
    return [*blocks, *(source_entry(context, source) for source in context.brief.sources)]


def source_entry(context: Context, source: Source) -> Paragraph:
    """Mark, title, publisher, date, language, file, link, and arrows back to the first uses of the mark."""
    words = context.words
    title = source.title or words.untitled
    parts: list[Inline] = [
        Text(f"[{source.mark}]\t", "Digest Actor"),
        Text(title, "Digest Actor", source.language.code),
        Text(". " if title[-1:].isalnum() else " "),
    ]
    parts += line((source.publisher or "", words.when(source.dating), language_line(context, source)), ", ")
    parts += [Text(". "), Text(source.path)]
    if source.also_at:
        parts += [Text(f" ({words.also_at} "), *line(source.also_at, ", "), Text(")")]
    if source.outlets:
        parts += [
            Text(f" ({words.outlets} "),
            *line([_outlet(context, one) for one in source.outlets], "; "),
            Text(")"),
        ]
    parts.append(Text(". "))
    if source.url:
        address = safe_url(source.url)
        parts += [WebLink(source.url, address) if address else Text(source.url), Text("  ")]
    return Paragraph("Digest Source", (*parts, BackLinks(source.mark)), bookmark=context.mark_anchors[source.mark])


def _outlet(context: Context, outlet: Outlet) -> str:
    """Publisher, else title, with the day: "Harbour Courier, 3 March 2026"."""
    day = context.words.day(outlet.published) if outlet.published else context.words.undated
    return ", ".join((outlet.publisher or outlet.title or outlet.path, day))
