from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
from docx.document import Document

from digest.model import Brief
from digest.word import splice
from digest.word.ooxml import w
from digest.word.render import render
from digest.word.template import inspect

WithBody = Callable[[str], Path]


def contents(document: Document) -> tuple[str, list[tuple[str, str]]]:
    """The text of the list, and each link with the text that stands at its bookmark."""
    (place,) = (p._p for p in document.paragraphs if p.style.name == "Digest Contents")
    marks = {mark.get(w("name")): mark.getparent() for mark in document.element.iter(w("bookmarkStart"))}
    links = [
        (splice.text_of(link), splice.text_of(marks[link.get(w("anchor"))])) for link in place.iter(w("hyperlink"))
    ]
    return splice.text_of(place), links


def test_the_list_names_the_headings_that_stand_in_the_brief_and_leads_to_them(sample: Brief, standard: Path):
    document = docx.Document(io.BytesIO(render(sample, standard)))
    text, links = contents(document)
    headings = [p.text for p in document.paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    assert text.startswith(
        "In this brief  Bottom line  ·  What changed  ·  Positions at a glance  ·  Positions over time"
    )
    assert "Countries (Norway, Portugal, Germany, France, Egypt, China, Russia)  ·  Organisations (" in text
    assert all(name == there for name, there in links)
    # A heading of the second level that stands alone under its chapter is left out, unless it is a holder's.
    alone = {"Notices", "Portugal"} if headings.count("Portugal") > 1 else {"Notices"}
    assert [name for name, _ in links if name not in alone] == [name for name in headings if name not in alone]


def test_it_has_no_page_number_that_could_be_wrong(sample: Brief, standard: Path):
    text, _ = contents(docx.Document(io.BytesIO(render(sample, standard))))
    assert not any(letter.isdigit() for letter in text)


def test_what_a_brief_does_not_have_is_not_in_it(sample: Brief, standard: Path):
    brief = replace(sample, holders=(), changes=(), key_points=())
    text, _ = contents(docx.Document(io.BytesIO(render(brief, standard))))
    assert "Organisations" not in text
    assert "over time" not in text


def test_the_headings_of_the_templates_author_are_in_it_too(make_template: Callable[..., Path], sample: Brief):
    def line(text: str, style: str = "Normal") -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'

    body = line("{{ section.contents }}") + line("Our view", "Heading1") + line("We think.")
    body += line("{{ section.gaps }}") + line("{{ issue_line }}", "Heading1")
    path = make_template(exchange={"word/document.xml": (line("{{ brief }}"), body)})
    _, links = contents(docx.Document(io.BytesIO(render(sample, path))))
    assert [name for name, _ in links] == [
        "Our view",
        "Gaps and notices",
        "Issue 3  ·  17 February 2025".replace("  ", " "),
    ]


def test_without_a_heading_there_is_no_list(make_template: Callable[..., Path], sample: Brief):
    path = make_template(exchange={"word/document.xml": ("{{ brief }}", "{{ section.contents }}")})
    document = docx.Document(io.BytesIO(render(sample, path)))
    assert not [p for p in document.paragraphs if p.style.name == "Digest Contents"]


def test_a_table_of_contents_of_words_own_is_remarked_upon(with_body: WithBody):
    field = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-2" </w:instrText></w:r>'
    path = with_body(field + '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')
    assert any("section.contents" in remark for remark in inspect(path).remarks)
