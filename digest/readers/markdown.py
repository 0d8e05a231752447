"""Markdown files: the markup goes, once, before any offset exists; headings stay and are marked.

What is known of Markdown here: headings, emphasis, links, pictures, lists, quotes, rules, tables, code, footnotes,
comments and simple HTML tags (CommonMark 0.31 and the common extensions). What is not known stays as it is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from digest.model import Furniture
from digest.preflight import Limits
from digest.readers.encoding import decode
from digest.readers.front_matter import split_front_matter
from digest.readers.raw import RawDocument, checked, tidy
from digest.readers.tables import row_lines

_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")
_QUOTE = re.compile(r"(?: {0,3}>[ \t]?)+")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+(?=\S)")
_DEFINITION = re.compile(r" {0,3}\[([^\]\n]{1,100})\]:[ \t]*(.*)")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t:|-]*-[ \t:|-]*\|[ \t:|-]*")

_COMMENT = re.compile(r"<!--[\s\S]{0,20000}?-->")
_INLINE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"!\[([^\]\n]{0,300})\]\([^()\n]{0,500}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)"), ""),
    (re.compile(r"\[\^[^\]\n]{1,60}\]"), ""),
    (re.compile(r"\[([^\[\]\n]{1,500})\]\([^()\n]{0,500}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)"), r"\1"),
    (re.compile(r"\[([^\[\]\n]{1,500})\]\[[^\[\]\n]{0,100}\]"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^\s<>]{1,500})>"), r"\1"),
    (re.compile(r"<br\s{0,3}/?>", re.IGNORECASE), " "),
    (re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]{0,20}(?:\s[^<>]{0,500})?/?>"), ""),
    (re.compile(r"(`{1,2})([^`\n]{1,500})\1"), r"\2"),
    (re.compile(r"(\*{1,3})(?=\S)([^*\n]{1,2000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)(_{1,3})(?=\S)([^_\n]{1,2000}?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"~~(?=\S)([^~\n]{1,2000}?)(?<=\S)~~"), r"\1"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def read_markdown(content: bytes, limits: Limits) -> RawDocument:
    """The text of a .md file without its markup. Raises ReadError for binary data and too much or no text."""
    properties, text = split_front_matter(tidy(decode(content)))
    page = plain(text)
    return checked(replace(page, properties=properties), limits)


@dataclass(slots=True)
class _Page:
    """The lines written so far, and the furniture among them."""

    lines: list[str] = field(default_factory=list)
    marks: list[Furniture] = field(default_factory=list)
    kept: set[int] = field(default_factory=set)
    length: int = 0

    def write(self, line: str, kind: str | None = None, *, is_text: bool = False) -> None:
        if kind and line:
            self.marks.append(Furniture(self.length, self.length + len(line), kind))
        if is_text:
            self.kept.add(self.length)
        self.lines.append(line)
        self.length += len(line) + 1

    def make_last_a_heading(self) -> None:
        line = self.lines[-1]
        start = self.length - len(line) - 1
        self.marks.append(Furniture(start, start + len(line), "heading"))


def plain(text: str) -> RawDocument:
    """Markdown as a reader sees it, with headings, code and footnotes marked as furniture."""
    page = _Page()
    fence: str | None = None
    for line in _COMMENT.sub("", text).split("\n"):
        mark = _FENCE.match(line)
        if mark and (fence is None or line.strip().startswith(fence)):
            fence = mark[0].strip() if fence is None else None
        elif fence is not None:
            page.write(line, "code")
        else:
            _write_line(page, line)
    return RawDocument("\n".join(page.lines), furniture=tuple(page.marks), kept=frozenset(page.kept))


def _write_line(page: _Page, line: str) -> None:
    quote = _QUOTE.match(line)
    line = line[quote.end() :] if quote else line
    heading = _HEADING.fullmatch(line)
    previous = page.lines[-1].strip() if page.lines else ""
    if heading:
        page.write(_inline(heading[1] or "").strip(), "heading")
    elif previous and _UNDERLINE.fullmatch(line):
        page.make_last_a_heading()
    elif _RULE.fullmatch(line) or _TABLE_RULE.fullmatch(line):
        page.write("")
    elif definition := _DEFINITION.fullmatch(line):
        page.write(_inline(definition[2]), "footnote") if definition[1].startswith("^") else None
    elif line.strip().startswith("|") and line.strip().endswith("|"):
        for text, is_text in row_lines([_inline(cell) for cell in line.strip().strip("|").split("|")]):
            page.write(text, is_text=is_text)
    else:
        bullet = _BULLET.match(line)
        page.write("• " + _inline(line[bullet.end() :]) if bullet else _inline(line.strip()))


def _inline(line: str) -> str:
    for pattern, replacement in _INLINE:
        # Emphasis keeps its second group; the others name what they keep.
        line = pattern.sub(replacement, line)
    return line
