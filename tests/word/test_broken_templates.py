"""Broken and hostile templates, each with the report that its author reads, word for word."""

# ruff: noqa: E501 - a report stands in one line, as it is read

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from digest.word import template

Make = Callable[..., Path]

MARKER = '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:t>{{ brief }}</w:t></w:r></w:p>'
DOCUMENT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def p(text: str, style: str = "Normal") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in cells) + "</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


@dataclass(frozen=True, slots=True)
class Case:
    """A template: its body in place of {{ brief }}, or exchanges in its parts; and its report."""

    report: tuple[str, ...]
    body: str = ""
    exchange: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    settings: str = ""
    parts: Mapping[str, bytes] = field(default_factory=dict)


def relation(kind: str, target: str, mode: str = "") -> dict[str, tuple[str, str]]:
    new = f'<Relationship Id="rIdX" Type="{_TYPE}/{kind}" Target="{target}"{mode}/></Relationships>'
    return {RELATIONS: ("</Relationships>", new)}


EXTERNAL = ' TargetMode="External"'
NAMES = ("title", "issue", "issued", "previous", "period", "classification", "author", "key_points", "sources",
         "missing", "topics", "notices", "engines")  # fmt: skip
CASES: Mapping[str, Case] = {
    "an unknown field near a known one": Case(
        ("body, paragraph 2, under 'Bottom line': unknown field 'isued', did you mean 'issued'?",),
        body=p("Bottom line", "Heading1") + p("On {{ isued }}") + MARKER,
    ),
    "an unknown field near none": Case(
        ("body, paragraph 1: unknown field 'qwx'. 'make_brief.py template fields' lists all.",),
        body=p("{{ qwx }}") + MARKER,
    ),
    "a field of a list outside of it": Case(
        ("body, paragraph 1: 'country.name' means something only between {{#countries}} and {{/countries}}.",),
        body=p("{{ country.name }}") + MARKER,
    ),
    "an unknown field of an item": Case(
        ("body, paragraph 2: unknown field 'country.nmae', did you mean 'country.name'?",),
        body=p("{{#countries}}") + p("{{ country.nmae }}") + p("{{/countries}}"),
    ),
    "a list printed as a field": Case(
        (
            "body, paragraph 1: 'countries' is a list. Write {{#countries}} and {{/countries}} around what is to be repeated.",
        ),
        body=p("{{ countries }}") + MARKER,
    ),
    "a field repeated as a list": Case(
        (
            "body, paragraph 1: 'title' is no list. To print something only where there is one, write {{?title}} ... {{/title}}.",
        ),
        body=p("{{#title}}") + p("x") + p("{{/title}}") + MARKER,
    ),
    "a list that is never closed": Case(
        (
            "body, paragraph 1: {{#countries}} has no {{/countries}} in the same text, cell or text box. Write it where the block ends.",
            "body, paragraph 2: 'country.name' means something only between {{#countries}} and {{/countries}}.",
        ),
        body=p("{{#countries}}") + p("{{ country.name }}") + MARKER,
    ),
    "an end without a beginning": Case(
        (
            "body, paragraph 2: {{/countries}} ends nothing. Its beginning is missing, before it in the same text, table, cell or text box.",
        ),
        body=MARKER + p("{{/countries}}"),
    ),
    "crossed blocks": Case(
        (
            "body, paragraph 2: {{?author}} has no {{/author}} before {{/countries}} in the same text, cell or text box. Write it where the block ends.",
            "body, paragraph 4: {{/author}} ends nothing. Its beginning is missing, before it in the same text, table, cell or text box.",
        ),
        body=p("{{#countries}}") + p("{{?author}}") + p("{{/countries}}") + p("{{/author}}"),
    ),
    "a list that begins in the text and ends in a cell": Case(
        (
            "body, paragraph 1: {{#countries}} has no {{/countries}} in the same text, cell or text box. Write it where the block ends.",
            "body, table, row 1, column 1: {{/countries}} ends nothing. Its beginning is missing, before it in the same text, table, cell or text box.",
        ),
        body=p("{{#countries}}") + table(row("{{/countries}}")) + MARKER,
    ),
    "a list that begins beside other words": Case(
        (
            "body, paragraph 1: {{#countries}} must stand alone in its paragraph; move the other words to another one.",
            "body, paragraph 3: {{/countries}} ends nothing. Its beginning is missing, before it in the same text, table, cell or text box.",
        ),
        body=p("All: {{#countries}}") + p("x") + p("{{/countries}}") + MARKER,
    ),
    "a row whose list is not closed": Case(
        (
            "body, table, row 1, column 1: {{#positions}} has no {{/positions}} in its row or below it in the table. Write it where the block ends.",
            "body, table, row 1, column 1: 'position.holder' means something only between {{#positions}} and {{/positions}}.",
        ),
        body=table(row("{{#positions}}{{ position.holder }}", "x")) + MARKER,
    ),
    "a condition not closed in its paragraph": Case(
        (
            "body, paragraph 1: {{?author}} has no {{/author}} behind it in its paragraph. Put both there, or each alone in one.",
        ),
        body=p("by {{?author}}{{ author }}") + MARKER,
    ),
    "a list within itself": Case(
        ("body, paragraph 2: {{#countries}} stands within another {{#countries}}. Delete one of them.",),
        body=p("{{#countries}}") * 200 + p("x") + p("{{/countries}}") * 200,
    ),
    "thirteen blocks within each other": Case(
        ("body, paragraph 13: more than 12 blocks stand within each other here. Use fewer.",),
        body="".join(p(f"{{{{?{name}}}}}") for name in NAMES)
        + p("x")
        + "".join(p(f"{{{{/{name}}}}}") for name in NAMES[::-1]),
    ),
    "a marker that lost a brace": Case(
        ("body, paragraph 1: '{{ title } and more' is no whole marker; it needs two braces on each side.",),
        body=p("Of {{ title } and more") + MARKER,
    ),
    "something to be worked out": Case(
        (
            "body, paragraph 1: 'title.upper()' is no name of a field. Between braces stands a name alone; nothing is worked out. 'make_brief.py template fields' lists all.",
            "body, paragraph 1: '1 + 1' is no name of a field. Between braces stands a name alone; nothing is worked out. 'make_brief.py template fields' lists all.",
        ),
        body=p("{{ title.upper() }} {{ 1 + 1 }}") + MARKER,
    ),
    "an empty marker": Case(
        ("body, paragraph 1: an empty marker. Write the name of a field between the braces, or delete it.",),
        body=p("{{ }}") + MARKER,
    ),
    "letters of another program in a date": Case(
        ("body, paragraph 1: 'D' in the format 'DD.MM.YYYY' is no letter for days; did you mean 'dd.MM.yyyy'?",),
        body=p("{{ issued : DD.MM.YYYY }}") + MARKER,
    ),
    "hours in a day": Case(
        (
            "body, paragraph 1: 'H' in the format 'HH:mm' is no letter for days; write for instance d MMMM yyyy, or dd.MM.yyyy.",
        ),
        body=p("{{ issued : HH:mm }}") + MARKER,
    ),
    "a format for a text": Case(
        ("body, paragraph 1: 'title' is neither a day nor a number, so it takes no format. Delete ': 0.0'.",),
        body=p("{{ title : 0.0 }}") + MARKER,
    ),
    "a section that there is not": Case(
        (
            "body, paragraph 1: unknown field 'section.matrx', did you mean 'section.matrix'?",
            "it has no {{ brief }}. Open it in Word, write {{ brief }} alone in a paragraph where the briefing is to stand, and save it.",
        ),
        body=p("{{ section.matrx }}"),
    ),
    "a section twice": Case(
        ("{{ section.matrix }} stands in 2 places (body, paragraph 1; body, paragraph 2). Keep one of them.",),
        body=p("{{ section.matrix }}") * 2,
    ),
    "a section beside the whole brief": Case(
        (
            "body, paragraph 1: {{ section.matrix }} is a part of {{ brief }}, which the template has too. Keep one of them.",
        ),
        body=p("{{ section.matrix }}") + MARKER,
    ),
    "a section in a table": Case(
        (
            "body, table, row 1, column 1: {{ section.matrix }} needs a paragraph of its own in the body, outside tables and text boxes.",
        ),
        body=table(row("{{ section.matrix }}")) + p("{{ section.sources }}"),
    ),
    "a section in a list": Case(
        ("body, paragraph 2: {{ section.matrix }} stands in a block. It belongs outside, for it is printed once.",),
        body=p("{{#countries}}") + p("{{ section.matrix }}") + p("{{/countries}}"),
    ),
    "the brief in a header": Case(
        (
            "first-page header, paragraph 1: {{ brief }} needs a paragraph of its own in the body, outside tables and text boxes.",
            "{{ brief }} stands in 2 places (body, paragraph 1; first-page header, paragraph 1). Keep one of them.",
        ),
        exchange={"word/header2.xml": ("{{ classification }}", "{{ brief }}")},
    ),
    "no marker at all": Case(
        (
            "it has no {{ brief }}. Open it in Word, write {{ brief }} alone in a paragraph where the briefing is to stand, and save it.",
        ),
        body=p("Dear reader"),
    ),
    "an unknown field in a document property": Case(
        ("document properties, title: unknown field 'titel', did you mean 'title'?",),
        exchange={"docProps/core.xml": ("{{ title }}", "{{ titel }}")},
    ),
    "a misspelt setting": Case(
        (
            "house.toml: unknown key 'papre', did you mean 'paper'?",
            "house.toml: sections: there is no section 'matrx', did you mean 'matrix'?",
        ),
        settings='papre = "A4"\nsections = ["matrx"]\n',
    ),
    "a macro": Case(
        (
            "it contains macros. In Word, choose File > Save As and the type 'Word Document (*.docx)' or 'Word Template (*.dotx)'; that drops them.",
        ),
        parts={"word/vbaProject.bin": b"x"},
    ),
    "a remote template": Case(
        (
            "it is attached to another template (https://evil.example/t.dotm). In Word, choose Developer > Document Template, attach Normal, and save it.",
        ),
        exchange=relation("attachedTemplate", "https://evil.example/t.dotm", EXTERNAL),
    ),
    "a picture from elsewhere": Case(
        (
            "it shows a picture that is only linked (https://evil.example/pixel.png). In Word, choose File > Info > Edit Links to Files > Break Link, or insert the picture itself.",
        ),
        exchange=relation("image", "https://evil.example/pixel.png", EXTERNAL),
    ),
    "an embedded object": Case(
        (
            "it contains an embedded object (a worksheet, a chart with its data, a PDF ...). Delete it, or paste it as a picture.",
        ),
        exchange=relation("oleObject", "embeddings/x.bin"),
    ),
    "another file taken in": Case(
        (
            "it holds another file that Word takes in on opening (altChunk). Open it in Word, save it as a new .docx, and use that.",
        ),
        body='<w:altChunk xmlns:r="x"/>' + MARKER,
    ),
    "a DDE field": Case(
        (
            "body: the field 'DDEAUTO c:\\\\cmd.exe' is not allowed. Click on it and press Ctrl+Shift+F9, which turns it into plain text. Allowed are PAGE, NUMPAGES, TOC, REF, PAGEREF, HYPERLINK, STYLEREF, DOCPROPERTY.",
        ),
        body='<w:p><w:fldSimple w:instr=" DDEAUTO c:\\\\cmd.exe "/></w:p>' + MARKER,
    ),
    "Strict Open XML": Case(
        (
            "it is saved as 'Strict Open XML'. In Word, choose File > Save As and the type 'Word Document (*.docx)' or 'Word Template (*.dotx)'.",
        ),
        exchange={
            "_rels/.rels": (
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
                "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
            )
        },
    ),
    "a part cut short": Case(
        (
            "it is damaged (Premature end of data in tag document line 2, line 2, column 656 (<string>, line 2)). Open it in Word, save it again, and retry.",
        ),
        exchange={"word/document.xml": ("</w:document>", "")},
    ),
    "an entity": Case(
        (
            "its part 'word/document.xml' declares a document type, which no Word file does. Do not open it unless you know who made it; ask its sender for a fresh copy.",
        ),
        exchange={"word/document.xml": ("<w:document ", "<!DOCTYPE a [<!ENTITY b 'c'>]><w:document ")},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_report_of(name: str, make_template: Make):
    case = CASES[name]
    exchange = dict(case.exchange)
    if case.body:
        exchange[DOCUMENT] = (MARKER, case.body)
    path = make_template(parts=case.parts, exchange=exchange)
    if case.settings:
        path.with_suffix(".toml").write_text(case.settings, encoding="utf-8")
    assert tuple(template.check(path)) == case.report


def test_a_zip_bomb_is_refused_without_being_unpacked(tmp_path: Path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b" " * 50_000_000)
    (report,) = template.check(path)
    assert report.startswith("it would unpack to ")
    assert "as a zip bomb does" in report
