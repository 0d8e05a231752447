"""Saved pages, mails and PDFs of many makes, with what a person would copy from each, its date and its publisher.

Made from the texts of data/reading.toml, always the same. The makes follow kinds of sites, mail programs and
typesetters that analysts meet; the reader does not know them.
"""

from __future__ import annotations

import io
import json
import random
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

Words = dict[str, Any]
FIRST_DAY = date(2024, 1, 9)
FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/Library/Fonts/Arial Unicode.ttf",
    "C:/Windows/Fonts/arial.ttf",
)


@dataclass(frozen=True, slots=True)
class Case:
    """A file: its name and content, and what is right about it. `publisher` None is not scored."""

    name: str
    content: bytes
    body: str
    published: date
    publisher: str | None
    language: str


def cases() -> Iterator[Case]:
    """All cases, in a fixed order."""
    texts = tomllib.loads((Path(__file__).parent / "data" / "reading.toml").read_text("utf-8"))
    for place, (language, words) in enumerate(texts.items()):
        made: list[Callable[[Words, date, str, random.Random], Case | None]] = [*PAGES, *MAILS, *PDFS]
        for number, make in enumerate(made):
            chance = random.Random(place * 1_000 + number)
            day = FIRST_DAY + timedelta(days=17 * number + 61 * place)
            case = make(words, day, language, chance)
            if case:
                yield case


def written(day: date, words: Words, language: str) -> str:
    """A day as the language writes it."""
    month = words["months"].split()[day.month - 1]
    return {
        "en": f"{day.day} {month} {day.year}",
        "de": f"{day.day}. {month} {day.year}",
        "es": f"{day.day} de {month} de {day.year}",
        "pt": f"{day.day} de {month} de {day.year}",
    }.get(language, f"{day.day} {month} {day.year}")


def _some(words: Words, chance: random.Random, count: int) -> list[str]:
    paragraphs: list[str] = words["paragraphs"]
    return [paragraphs[0], *(paragraphs[n] for n in sorted(chance.sample(range(1, len(paragraphs)), count - 1)))]


def _host(language: str) -> str:
    return f"https://www.orsa-{language}.example"


# --- pages -----------------------------------------------------------------------------------------------------------


def _page(head: str, body: str, language: str, lang: bool = True) -> bytes:
    attribute = f' lang="{language}"' if lang else ""
    return f'<!DOCTYPE html>\n<html{attribute}><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()


def _menu(words: Words) -> str:
    return "<ul>" + "".join(f'<li><a href="/{n}">{item}</a></li>' for n, item in enumerate(words["menu"])) + "</ul>"


def _teasers(words: Words) -> str:
    return "".join(f'<li><a href="/t{n}">{each}</a></li>' for n, each in enumerate(words["teasers"]))


def news(words: Words, day: date, language: str, chance: random.Random) -> Case:
    paragraphs = _some(words, chance, 6)
    text = "".join(f"<p>{each}</p>" for each in paragraphs[:3])
    rest = "".join(f"<p>{each}</p>" for each in paragraphs[3:])
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": words["title"],
        "datePublished": f"{day}T08:30:00+01:00", "dateModified": f"{day + timedelta(days=2)}T10:00:00+01:00",
        "publisher": {"@type": "Organization", "name": words["publisher"]}, "author": {"name": words["author"]},
    }  # fmt: skip
    head = (
        f"<title>{words['title']} | {escape(words['publisher'])}</title>"
        f'<meta property="og:title" content="{words["title"]}"><meta property="og:site_name" '
        f'content="{words["publisher"]}"><meta property="article:published_time" content="{day}T08:30:00+01:00">'
        f'<link rel="canonical" href="{_host(language)}/politics/ferries">'
        f'<script type="application/ld+json">{json.dumps(data)}</script><script>var a = {{"b": 1}};</script>'
    )
    body = (
        f'<div id="cookie-banner">{words["cookies"]}</div><header><nav>{_menu(words)}</nav></header><main><article>'
        f'<header><h1>{words["title"]}</h1><p class="byline">{words["by"]} {words["author"]}</p>'
        f'<time datetime="{day}">{written(day, words, language)}</time></header>'
        f'<div class="share-bar"><a href="#">Facebook</a> <a href="#">X</a> <a href="#">{words["share"]}</a></div>{text}'
        f'<figure><img src="a.jpg"><figcaption>Port Sella, {written(day - timedelta(days=40), words, language)} '
        f'(Photo: Ivo Lund/AFP)</figcaption></figure><aside class="related"><a href="/x">{words["more"]}</a></aside>{rest}'
        f'<div class="newsletter">{words["newsletter"]}</div></article></main><aside><h2>{words["related"]}</h2>'
        f"<ul>{_teasers(words)}</ul></aside><footer><p>© {day.year} {words['publisher']}. {words['rights']}</p></footer>"
    )
    return Case("news.html", _page(head, body, language), "\n".join(paragraphs), day, words["publisher"], language)


def ministry(words: Words, day: date, language: str, chance: random.Random) -> Case:
    """An old page of tables, without any meta tag."""
    paragraphs = _some(words, chance, 4)
    text = "".join(f"<p align=justify><font size=2>{each}</font></p>" for each in paragraphs)
    body = (
        f"<table width=900><tr><td colspan=2><b>{words['publisher']}</b></td></tr><tr><td width=150 valign=top>"
        + "<br>".join(f'<a href="{n}.htm">{item}</a>' for n, item in enumerate(words["menu"]))
        + f"</td><td><h3>{words['title']}</h3><p><i>{words['published']} {written(day, words, language)}</i></p>{text}"
        f"<p><a href='index.htm'>{words['menu'][0]}</a></p></td></tr><tr><td colspan=2>© {day.year} {words['publisher']}. "
        f"{words['rights']}</td></tr></table>"
    )
    head = f"<title>{words['title']}</title>"
    return Case(
        "ministry.htm", _page(head, body, language, False), "\n".join(paragraphs), day, words["publisher"], language
    )


def blog(words: Words, day: date, language: str, chance: random.Random) -> Case:
    paragraphs = _some(words, chance, 5)
    text = "".join(f"<p>{each}</p>\n" for each in paragraphs)
    body = (
        f'<div id="page" class="site has-sidebar"><div class="site-header"><a href="/">{words["publisher"]}</a></div>'
        f'<div class="main-navigation">{_menu(words)}</div><div id="content"><div id="post-17" class="post hentry">'
        f'<h1 class="entry-title">{words["title"]}</h1><div class="entry-meta"><time class="entry-date published" '
        f'datetime="{day}T06:00:00+00:00">{written(day, words, language)}</time> <span class="author">{words["author"]}'
        f'</span></div><div class="entry-content">{text}<div class="sharedaddy"><h3>{words["share"]}</h3><ul><li>'
        f'<a href="#">Twitter</a></li><li><a href="#">Facebook</a></li></ul></div></div></div><div id="comments"><h2>3</h2>'
        f'<div class="comment"><p>{words["quoted"]}</p></div></div></div><div id="secondary" class="widget-area">'
        f'<h2>{words["related"]}</h2><ul>{_teasers(words)}</ul></div><div class="site-footer">© {day.year} '
        f"{words['publisher']}</div></div>"
    )
    head = f"<title>{words['title']} – {escape(words['publisher'])}</title>"
    return Case("blog.html", _page(head, body, language), "\n".join(paragraphs), day, words["publisher"], language)


def institute(words: Words, day: date, language: str, chance: random.Random) -> Case:
    paragraphs = _some(words, chance, 7)
    marked = [paragraphs[0][:-1] + ".<sup><a href='#n1'>1</a></sup>", *paragraphs[1:]]
    text = "".join(f'<p class="css-1a2b{n}">{each}</p>' for n, each in enumerate(marked[:4]))
    rest = "".join(f"<p>{each}</p>" for each in marked[4:-1])
    head = (
        f'<title>{words["title"]}</title><meta name="DC.title" content="{words["title"]}"><meta name="DC.date.issued" '
        f'content="{day}"><meta name="DC.publisher" content="{words["publisher"]}"><meta name="author" '
        f'content="{words["author"]}">'
    )
    body = (
        f"<nav>{_menu(words)}</nav><main><h1>{words['title']}</h1><p>{words['by']} {words['author']}</p>{text}"
        f'<blockquote><p>{paragraphs[-1]}</p></blockquote>{rest}<hr><ol class="footnotes"><li id="n1">{words["note"]} '
        f'https://orsa.example/report</li></ol></main><div class="sidebar"><form><input><button>OK</button></form>'
        f"<p>{words['newsletter']}</p></div><footer>{_menu(words)}</footer>"
    )
    whole = [*paragraphs[:4], paragraphs[-1], *paragraphs[4:-1]]
    return Case("institute.html", _page(head, body, language), "\n".join(whole), day, words["publisher"], language)


def breaks(words: Words, day: date, language: str, chance: random.Random) -> Case:
    """Paragraphs parted by line breaks, in an old encoding."""
    paragraphs = _some(words, chance, 5)
    encoding = "windows-1251" if language == "ru" else "iso-8859-1"
    page = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"><title>{words["publisher"]} '
        f"- {words['title']}</title></head><body bgcolor=white><center><h2>{words['title']}</h2></center>"
        f"{words['place']}, {written(day, words, language)} - {'<br><br>'.join(paragraphs)}<br><br>"
        f"<center><a href=index.html>{words['menu'][0]}</a> | <a href=2.html>{words['menu'][1]}</a></center>"
        f"<small>Copyright {day.year} {words['publisher']}</small></body></html>"
    )
    content = page.replace("—", "-").encode("cp1251" if language == "ru" else "cp1252", "xmlcharrefreplace")
    return Case(
        "breaks.html", content, "\n".join(p.replace("—", "-") for p in paragraphs), day, words["publisher"], language
    )


def generated(words: Words, day: date, language: str, chance: random.Random) -> Case:
    """Names of classes that say nothing, all in nested boxes, facts in the structured data alone."""
    paragraphs = _some(words, chance, 6)
    text = "".join(f'<div class="x9f"><div><span class="k2">{each}</span></div></div>' for each in paragraphs)
    data = {
        "@graph": [
            {"@type": "WebSite", "name": "x"},
            {"@type": "Article", "headline": words["title"], "datePublished": str(day),
             "publisher": {"name": words["publisher"], "logo": {"url": "x"}}},
        ]
    }  # fmt: skip
    links = "".join(f'<div class="q"><a href="/{n}">{each}</a></div>' for n, each in enumerate(words["menu"] * 2))
    head = f"<title>{words['title']}</title><script type='application/ld+json'>{json.dumps(data)}</script>"
    body = (
        f'<div class="a1"><div class="b7">{links}</div><div class="c3"><div class="d"><h1>{words["title"]}</h1></div>'
        f'<div class="e5">{text}</div></div><div class="f2"><div>{words["related"]}</div>'
        + "".join(f'<div><a href="/{n}">{each}</a></div>' for n, each in enumerate(words["teasers"]))
        + f'</div><div class="g8"><div>{words["newsletter"]}</div><div>{words["cookies"]}</div></div></div>'
    )
    return Case("generated.html", _page(head, body, language), "\n".join(paragraphs), day, words["publisher"], language)


def release(words: Words, day: date, language: str, chance: random.Random) -> Case:
    """A short press release."""
    paragraphs = _some(words, chance, 2)
    head = (
        f'<title>{words["title"]} - {escape(words["publisher"])}</title><meta property="og:site_name" '
        f'content="{words["publisher"]}">'
    )
    body = (
        f'<div role="banner">{words["publisher"]}</div><div role="navigation">{_menu(words)}</div><div class="press">'
        f'<span class="date">{written(day, words, language)}</span><h1>{words["title"]}</h1>'
        + "".join(f"<p>{each}</p>" for each in paragraphs)
        + f'</div><div role="contentinfo">© {day.year + 1} {words["publisher"]}. {words["rights"]}</div>'
    )
    return Case("release.html", _page(head, body, language), "\n".join(paragraphs), day, words["publisher"], language)


def listing(words: Words, day: date, language: str, chance: random.Random) -> Case:
    """A text with points of a list and a heading within it."""
    paragraphs = _some(words, chance, 7)
    points = "".join(f"<li>{each}</li>" for each in paragraphs[2:5])
    head = (
        f'<title>{words["title"]} · {escape(words["publisher"])}</title><meta name="date" content="{day}T00:00:00Z">'
        f'<meta name="publisher" content="{words["publisher"]}">'
    )
    body = (
        f'<header class="top"><ul class="menu">{_teasers(words)}</ul></header><section id="story"><h1>{words["title"]}</h1>'
        f"<p>{paragraphs[0]}</p><p>{paragraphs[1]}</p><ul>{points}</ul><h2>{words['menu'][2]}</h2>"
        f"<p>{paragraphs[5]}</p><p>{paragraphs[6]}</p><p><strong>{words['more']}</strong></p></section>"
        f'<section class="recommended"><h2>{words["related"]}</h2><ul>{_teasers(words)}</ul></section>'
        f"<footer>© {words['publisher']}</footer>"
    )
    return Case("listing.xhtml", _page(head, body, language), "\n".join(paragraphs), day, words["publisher"], language)


# --- mails -----------------------------------------------------------------------------------------------------------


def _mail(words: Words, day: date) -> EmailMessage:
    from datetime import UTC, datetime

    mail = EmailMessage()
    mail["From"] = f"{words['publisher']} <press@orsa.example>"
    mail["To"] = "Desk <desk@reader.example>"
    mail["Subject"] = words["title"]
    mail["Date"] = format_datetime(datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC))
    return mail


def _wrapped(paragraphs: list[str]) -> str:
    from textwrap import fill

    return "\n\n".join(fill(each, 72, break_long_words=False, break_on_hyphens=False) for each in paragraphs)


def _saved(name: str, mail: EmailMessage, paragraphs: list[str], day: date, words: Words, language: str) -> Case:
    return Case(name, mail.as_bytes(), "\n".join(paragraphs), day, words["publisher"], language)


def plain_mail(words: Words, day: date, language: str, chance: random.Random) -> Case:
    paragraphs = _some(words, chance, 4)
    mail = _mail(words, day)
    signature = f"-- \n{words['author']}\n{words['publisher']}\nTel. +99 555 0101\n\n{words['disclaimer']}\n"
    mail.set_content(f"{_wrapped(paragraphs)}\n\n{signature}", cte="quoted-printable")
    return _saved("plain.eml", mail, paragraphs, day, words, language)


def reply(words: Words, day: date, language: str, chance: random.Random) -> Case:
    paragraphs = _some(words, chance, 3)
    mail = _mail(words, day)
    mail.replace_header("Subject", f"Re: {words['title']}")
    head = words["wrote"].format(date=written(day - timedelta(days=3), words, language))
    mail.set_content(f"{_wrapped(paragraphs)}\n\n{head}\n> {words['quoted']}\n>\n> Ivo\n", cte="base64")
    return _saved("reply.eml", mail, paragraphs, day, words, language)


def forwarded(words: Words, day: date, language: str, chance: random.Random) -> Case:
    paragraphs = _some(words, chance, 4)
    mail = _mail(words, day + timedelta(days=5))
    mail.replace_header("From", "Lea Holm <lea@reader.example>")
    mail.replace_header("Subject", f"Fwd: {words['title']}")
    head = (
        "---------- Forwarded message ---------\n"
        f"From: {words['publisher']} <press@orsa.example>\nDate: {day:%a, %d %b %Y} at 10:12\n"
        f"Subject: {words['title']}\nTo: <lea@reader.example>\n\n\n"
    )
    mail.set_content(head + _wrapped(paragraphs) + "\n", charset="utf-8")
    return _saved("forwarded.eml", mail, paragraphs, day, words, language)


def html_mail(words: Words, day: date, language: str, chance: random.Random) -> Case:
    paragraphs = _some(words, chance, 4)
    mail = _mail(words, day)
    text = "".join(f"<tr><td style='padding:8px'>{each}</td></tr>" for each in paragraphs)
    mail.set_content(
        f"<html><head><style>td {{color: red}}</style></head><body><table>{text}<tr><td>{words['disclaimer']}</td></tr>"
        "</table></body></html>",
        subtype="html",
    )
    return _saved("html.eml", mail, paragraphs, day, words, language)


def both(words: Words, day: date, language: str, chance: random.Random) -> Case:
    paragraphs = _some(words, chance, 3)
    mail = _mail(words, day)
    mail.set_content("\n\n".join(paragraphs), charset="cp1251" if language == "ru" else "utf-8")
    mail.add_alternative("".join(f"<p>{each}</p>" for each in paragraphs), subtype="html")
    mail.add_attachment(b"\x89PNG\r\n", maintype="image", subtype="png", filename="logo.png")
    return _saved("both.eml", mail, paragraphs, day, words, language)


# --- PDFs ------------------------------------------------------------------------------------------------------------


class _Sheet:
    """Sets lines on pages, with running heads, page numbers and hyphens."""

    def __init__(self, words: Words, columns: int, ligatures: bool, title: str = "") -> None:
        from reportlab.pdfgen.canvas import Canvas

        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=(595, 842), invariant=True)
        if title:
            self.canvas.setTitle(title)
        self.words, self.columns, self.ligatures = words, columns, ligatures
        self.page, self.column = 1, 0
        self.width = (595 - 140 - 20 * (columns - 1)) / columns
        self.y = 760.0
        self.top = 760.0
        self.notes: list[str] = []
        self.heads = True

    def line(self, text: str, size: float, x: float, justified: float = 0.0) -> None:
        if self.ligatures:
            text = text.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ")
        self.canvas.setFont("Text", size)
        if not justified:
            self.canvas.drawString(x, self.y, text)
            return
        parts = text.split(" ")
        widths = [self.canvas.stringWidth(part, "Text", size) for part in parts]
        space = (justified - sum(widths)) / max(len(parts) - 1, 1)
        if space > 1.2 * size:  # no typesetter would
            space = 0.3 * size
        for part, width in zip(parts, widths, strict=True):
            self.canvas.drawString(x, self.y, part)
            x += width + space

    def paragraph(self, text: str, size: float = 10, chance: random.Random | None = None, gap: float = 6) -> None:
        lines = self._broken(text, size, chance)
        for number, line in enumerate(lines):
            if self.y < 110:
                self._next_column()
            x = 70 + self.column * (self.width + 20)
            justify = chance is not None and number < len(lines) - 1
            self.line(line, size, x, self.width if justify else 0.0)
            self.y -= 1.25 * size
        self.y -= gap

    def _broken(self, text: str, size: float, chance: random.Random | None) -> list[str]:
        lines, line = [], ""
        for word in text.split(" "):
            longer = f"{line} {word}".strip()
            if self.canvas.stringWidth(longer, "Text", size) <= self.width:
                line = longer
                continue
            if chance and len(word) > 8 and word.isalpha() and word.islower():
                cut = chance.randint(3, len(word) - 4)
                if self.canvas.stringWidth(f"{line} {word[:cut]}-", "Text", size) <= self.width:
                    lines.append(f"{line} {word[:cut]}-")
                    line = word[cut:]
                    continue
            lines.append(line)
            line = word
        return [*lines, line]

    def _next_column(self) -> None:
        self.column += 1
        self.y = self.top
        if self.column == self.columns:
            self.end_page()

    def end_page(self) -> None:
        if self.heads:
            self.y = 800
            self.line(f"{self.words['publisher']}", 8, 70)
            self.y = 60
            self.line(f"{self.words['page']} {self.page}", 8, 270)
        for number, note in enumerate(self.notes):
            self.y = 95 - 10 * number
            self.line(note, 7, 70)
        self.notes = []
        self.canvas.showPage()
        self.page, self.column, self.y, self.top = self.page + 1, 0, 760.0, 760.0

    def content(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


def _has_font(language: str) -> bool:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    path = next((each for each in FONTS if Path(each).exists()), None)
    if path is None and language == "ru":
        return False  # the font that reportlab brings has no Cyrillic letters
    pdfmetrics.registerFont(TTFont("Text", path or "Vera.ttf"))
    return True


def _pdf(name: str, sheet: _Sheet, paragraphs: list[str], day: date, publisher: str | None, language: str) -> Case:
    sheet.end_page()
    return Case(name, sheet.content(), "\n".join(paragraphs), day, publisher, language)


def report(words: Words, day: date, language: str, chance: random.Random) -> Case | None:
    """Several pages of one column, running heads, page numbers, a footnote, words divided."""
    if not _has_font(language):
        return None
    paragraphs = (words["paragraphs"] * 3)[:20]
    sheet = _Sheet(words, 1, False, words["title"])
    sheet.paragraph(words["title"], 18, gap=10)
    sheet.paragraph(f"{words['published']} {written(day, words, language)}", 9, gap=14)
    sheet.notes.append(f"1 {words['note']} https://orsa.example/report")
    varied = [f"{each} ({number})." for number, each in enumerate(paragraphs)]
    for each in varied:
        sheet.paragraph(each, 10, chance)
    return _pdf("report.pdf", sheet, varied, day, words["publisher"], language)


def columns(words: Words, day: date, language: str, chance: random.Random) -> Case | None:
    """Two columns under a headline over both."""
    if not _has_font(language):
        return None
    paragraphs = [f"{each} ({number})." for number, each in enumerate(words["paragraphs"] * 3)]
    sheet = _Sheet(words, 2, True)
    sheet.width = 455
    sheet.paragraph(words["title"], 17, gap=4)
    sheet.paragraph(f"{words['published']} {written(day, words, language)}", 9, gap=14)
    sheet.width, sheet.top = 217.5, sheet.y
    for each in paragraphs:
        sheet.paragraph(each, 9.5, chance)
    return _pdf("columns.pdf", sheet, paragraphs, day, None, language)


def communique(words: Words, day: date, language: str, chance: random.Random) -> Case | None:
    """One page with the name of the house on top and a dateline."""
    if not _has_font(language):
        return None
    paragraphs = _some(words, chance, 4)
    sheet = _Sheet(words, 1, False)
    sheet.heads = False
    sheet.paragraph(words["publisher"], 13, gap=20)
    sheet.paragraph(words["title"], 16, gap=10)
    sheet.paragraph(f"{words['place']}, {written(day, words, language)} — {paragraphs[0]}", 11)
    for each in paragraphs[1:]:
        sheet.paragraph(each, 11)
    sheet.y -= 20
    sheet.paragraph(f"© {day.year} {words['publisher']}", 8)
    return _pdf("communique.pdf", sheet, paragraphs, day, words["publisher"], language)


def make_long(number: int) -> tuple[str, bytes]:
    """A document of about 700 words, no two alike: in turn a page, a mail, a PDF, a Word file, a text, Markdown."""
    texts = tomllib.loads((Path(__file__).parent / "data" / "reading.toml").read_text("utf-8"))
    language = list(texts)[number % len(texts)]
    words = texts[language]
    chance = random.Random(number)
    paragraphs: list[str] = []
    while sum(len(each.split()) for each in paragraphs) < 700:
        paragraphs += [f"{each} ({number}, {len(paragraphs)})." for each in chance.sample(words["paragraphs"], 8)]
    words = words | {"paragraphs": paragraphs}
    day = FIRST_DAY + timedelta(days=number % 300)
    turn = number % 6
    if turn == 0:
        return f"{number}.html", news(words | {"paragraphs": paragraphs}, day, language, _All()).content
    if turn == 1:
        return f"{number}.eml", plain_mail(words, day, language, _All()).content
    if turn == 2 and _has_font(language):
        sheet = _Sheet(words, 1, False)
        for each in paragraphs:
            sheet.paragraph(each, 10, chance)
        sheet.end_page()
        return f"{number}.pdf", sheet.content()
    if turn == 3:
        return f"{number}.docx", _word(words["title"], paragraphs)
    return f"{number}.{'txt' if turn < 5 else 'md'}", "\n\n".join([f"{words['title']} {number}", *paragraphs]).encode()


class _All(random.Random):
    """Chooses everything, in order."""

    def sample(self, population: Any, k: int, *, counts: Any = None) -> list[Any]:
        return list(population)


def _word(title: str, paragraphs: list[str]) -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(title)
    for each in paragraphs:
        document.add_paragraph(each)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


PAGES = (news, ministry, blog, institute, breaks, generated, release, listing)
MAILS = (plain_mail, reply, forwarded, html_mail, both)
PDFS = (report, columns, communique)
