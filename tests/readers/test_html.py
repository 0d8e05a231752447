"""A saved page gives the text a person would copy, and what it says of itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from digest.model import Document
from digest.preflight import Limits
from digest.readers import read
from digest.readers.html import read_html

TODAY = date(2026, 11, 22)
STORY = (
    "<p>The ministers of the lake states met in Sella on Monday and heard the report of the council's secretary.</p>"
    "<p>Norland voted against the plan, and its minister left the room at once without a word to the press.</p>"
    "<p>Sudia will pay its share of the ferries, a spokesman of its government told reporters on the quay.</p>"
)


def page(body: str, head: str = "") -> bytes:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()


def document(folder: Path, content: bytes) -> Document:
    path = folder / "a.html"
    path.write_bytes(content)
    return read(path, folder, TODAY)


def content_of(found: Document) -> str:
    text, at = "", 0
    for mark in found.furniture:
        text += found.text[at : mark.start]
        at = mark.end
    return " ".join((text + found.text[at:]).split())


@pytest.mark.parametrize(
    ("around", "name"),
    [
        ("<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>{}", "menu"),
        ("<div class='cookie-consent'>We would like to set seven cookies on your machine today.</div>{}", "cookies"),
        (
            "{}<aside><h3>Related</h3><p>An old ferry sank off Hale last winter and nobody was hurt.</p></aside>",
            "aside",
        ),
        ("{}<div id='comments'><p>What a shame this whole affair is, said somebody.</p></div>", "comments"),
        ("{}<footer><p>The Lake Post has been printed in Sella since the year 1901.</p></footer>", "footer"),
        ("{}<p hidden>This paragraph is hidden from all who read the page.</p>", "hidden"),
        ("{}<script>document.write('<p>Not a word of this is text.</p>')</script>", "script"),
    ],
)
def test_what_stands_around_the_text_is_furniture(tmp_path: Path, around: str, name: str):
    found = content_of(document(tmp_path, page(around.format(f"<article><h1>Ferries</h1>{STORY}</article>"))))
    assert found.startswith("The ministers of the lake states")
    assert found.endswith("told reporters on the quay.")


def test_a_box_of_links_in_the_middle_of_a_text_takes_no_paragraph_behind_it_with_it(tmp_path: Path):
    box = (
        "<aside class='related'><h3>Related stories</h3><ul>"
        "<li><a href='/1'>Norland sinks a ferry</a></li><li><a href='/2'>Varda closes its port</a></li></ul></aside>"
    )
    after = "<p>Varda, which has waited since spring, will sign in May, its envoy said on the same quay.</p>"
    menu = (
        "<nav><ul>" + "".join(f"<li><a href='/{n}'>{n} of the day</a></li>" for n in ("Sport", "Mines")) + "</ul></nav>"
    )
    most = "<section class='most-read'><h3>Most read</h3><ol><li><a href='/5'>Cup draw</a></li></ol></section>"
    found = content_of(document(tmp_path, page(f"{menu}<article><h1>Ferries</h1>{STORY}{box}{after}</article>{most}")))
    assert "on the quay. Varda, which has waited since spring, will sign in May" in found
    assert "sinks a ferry" not in found


def test_a_frame_that_holds_most_of_the_page_is_none(tmp_path: Path):
    assert "Norland voted" in content_of(document(tmp_path, page(f"<form class='sidebar-widget'>{STORY}</form>")))


def test_the_text_keeps_its_frame_and_marks_it(tmp_path: Path):
    found = document(tmp_path, page(f"<nav><a href='/'>Home</a></nav>{STORY}"))
    assert found.text.startswith("Home")
    assert found.furniture[0].start == 0


@pytest.mark.parametrize(
    ("head", "day", "known_by"),
    [
        ('<meta property="article:published_time" content="2026-03-04T08:00:00Z">', date(2026, 3, 4), "meta tag"),
        ('<meta name="DC.date.issued" content="2026-03-05">', date(2026, 3, 5), "meta tag"),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-03-06"}</script>',
            date(2026, 3, 6),
            "structured data of the page",
        ),
        (
            '<meta name="date" content="2999-01-01"><meta name="pubdate" content="2026-03-07">',
            date(2026, 3, 7),
            "meta tag",
        ),
        ('<meta name="date" content="1970-01-01">', None, "no date found"),
        ('<script type="application/ld+json">{"broken": </script>', None, "no date found"),
    ],
)
def test_the_date_is_known_by_what_the_page_declares(tmp_path: Path, head: str, day: date | None, known_by: str):
    found = document(tmp_path, page(STORY, head)).dating
    assert (found.published, found.known_by) == (day, known_by)


def test_a_mark_of_time_counts_in_the_article_and_not_beside_it(tmp_path: Path):
    body = f'<aside><time datetime="2025-01-01">1</time></aside><article><time datetime="2026-02-03">3</time>{STORY}</article>'
    assert document(tmp_path, page(body)).published == date(2026, 2, 3)


@pytest.mark.parametrize(
    ("head", "title", "publisher"),
    [
        ("<title>Ferries stay | The Lake Post</title>", "Ferries stay", "The Lake Post"),
        ('<title>x</title><meta property="og:site_name" content="Lake Post"><meta property="og:title" content="Ferries stay">',
         "Ferries stay", "Lake Post"),
        ("<title>Ferries stay</title><link rel=canonical href='https://www.lake.example/a'>", "Ferries stay", "lake.example"),
    ],
)  # fmt: skip
def test_title_and_publisher_are_told_apart(tmp_path: Path, head: str, title: str, publisher: str):
    found = document(tmp_path, page(f"<h1>Ferries stay</h1>{STORY}", head))
    assert (found.title, found.publisher) == (title, publisher)


def test_the_owner_named_without_a_year_is_the_publisher(tmp_path: Path):
    assert document(tmp_path, page(f"{STORY}<p>All rights reserved. © Lake Post</p>")).publisher == "Lake Post"


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-r", "utf-16"])
def test_the_encoding_is_the_one_declared_where_it_fits(encoding: str):
    text = "<p>Министры озёрных стран встретились в понедельник.</p>"
    content = f'<html><head><meta charset="{encoding}"></head><body>{text}</body></html>'.encode(encoding)
    assert "Министры озёрных стран" in read_html(content, Limits()).text


def test_a_row_of_a_table_of_positions_is_a_sentence(tmp_path: Path):
    table = "<table><tr><th>Country</th><th>Position on the plan</th></tr><tr><td>Norland</td><td>rejects the plan</td></tr></table>"
    found = content_of(document(tmp_path, page(STORY + table)))
    assert found.endswith("Norland rejects the plan")


def test_a_raised_link_is_a_footnote_mark_and_a_square_metre_is_text(tmp_path: Path):
    body = (
        STORY.replace("press.", 'press.<sup><a href="#1">1</a></sup>')
        + "<p>The hall of the council has 300 m<sup>2</sup>.</p>"
    )
    found = content_of(document(tmp_path, page(body)))
    assert "press. Sudia" in found
    assert "300 m2." in found


def test_elements_nested_too_deep_for_a_tree_lose_no_text(tmp_path: Path):
    content = page("<div>" * 3_000 + STORY + "<style>p {}</style>" + "</div>" * 3_000)
    found = read_html(content, Limits()).text
    assert "told reporters on the quay." in found
    assert "p {}" not in found


@pytest.mark.parametrize(
    ("start", "declared"),
    [
        ('<html lang="pt-BR">', "pt-BR"),
        ('<html xml:lang="fr" xmlns="http://www.w3.org/1999/xhtml">', "fr"),
        ('<html lang="">', None),
        ('<html lang="please choose">', None),
        ("<html>", None),
    ],
)
def test_the_language_that_a_page_declares_is_kept_as_a_hint(tmp_path: Path, start: str, declared: str | None):
    found = document(tmp_path, page(STORY).replace(b"<html>", start.encode()))
    assert found.declared_language == declared
    assert found.language.code == "und"
