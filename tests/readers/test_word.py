"""Word files are read as a reader of the accepted document sees them."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import docx
import pytest

from digest.errors import ReadError
from digest.preflight import Limits
from digest.readers import read
from digest.readers.word import read_word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)

PART_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + "".join(
        f'<Relationship Id="{name}" Target="{name}.xml" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name[:-1]}"/>'
        for name in ("header1", "header2", "footer1", "footnotes1")
    )
    + "</Relationships>"
)


def word_file(path: Path, body: str, **parts: str) -> bytes:
    """A minimal .docx, also written to `path`: `body` is the XML within w:body, the other parts stand in word/."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELATIONS)
        package.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, content in parts.items():
            package.writestr(f"word/{name}{'.xml.rels' if '/' in name else '.xml'}", content)
    return path.read_bytes()


def p(content: str) -> str:
    return f"<w:p>{content}</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


BOX = (
    '<w:r><w:t>Before.</w:t><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:txbxContent>'
    "{0}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{0}</w:txbxContent></mc:Fallback>"
    "</mc:AlternateContent><w:t> After.</w:t></w:r>"
).format(p(r("In the box.")))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p(r("One ") + r("line.")) + p(r("Two.")), "One line.\n\nTwo."),
        (
            p(f"<w:ins>{r('Kept. ')}</w:ins><w:del><w:r><w:delText>Dropped.</w:delText></w:r></w:del>{r('End.')}"),
            "Kept. End.",
        ),
        (p(f"<w:moveFrom>{r('Gone.')}</w:moveFrom><w:moveTo>{r('Come.')}</w:moveTo>"), "Come."),
        (f"<w:sdt><w:sdtContent>{p(r('Controlled.'))}</w:sdtContent></w:sdt>", "Controlled."),
        (f"<w:tbl><w:tr><w:tc>{p(r('A.'))}</w:tc><w:tc>{p(r('B.'))}</w:tc></w:tr></w:tbl>", "A.\n\nB."),
        (p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>"), "a b\nc-d"),
        (p("<w:r><w:instrText>PAGE \\* MERGEFORMAT</w:instrText></w:r>" + r("Seven.")), "Seven."),
        (p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r>" + r("Seen.")), "Seen."),
        (p('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Shown.</w:t></w:r>'), "Shown."),
        (p(BOX), "In the box.\n\nBefore. After."),
        (p('<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>' + r("Text.")), "Text."),
    ],
)
def test_the_words_are_those_of_the_accepted_document(tmp_path: Path, body: str, expected: str):
    assert read_word(word_file(tmp_path / "a.docx", body), Limits()).text == expected


def test_headings_and_captions_are_known_by_their_style_in_any_language(tmp_path: Path):
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Legende"><w:name w:val="caption"/></w:style></w:styles>'
    )
    body = (
        p('<w:pPr><w:pStyle w:val="berschrift1"/></w:pPr>' + r("Norland will pay."))
        + p(r("The text."))
        + p('<w:pPr><w:pStyle w:val="Legende"/></w:pPr>' + r("A ferry sinks."))
    )
    raw = read_word(word_file(tmp_path / "a.docx", body, styles=styles), Limits())
    marks = [(raw.text[mark.start : mark.end], mark.kind) for mark in raw.furniture]
    assert marks == [("Norland will pay.", "heading"), ("A ferry sinks.", "caption")]


def test_footnotes_headers_and_footers_are_furniture(tmp_path: Path):
    part = '<w:{0} xmlns:w="' + W + '">{1}</w:{0}>'
    content = word_file(
        tmp_path / "a.docx",
        p(r("The text.") + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        footnotes1=part.format("footnotes", p(r("A note."))),
        header1=part.format("hdr", p(r("Page head"))),
        header2=part.format("hdr", p(r("Page head"))),
        footer1=part.format("ftr", p(r("Foot 1"))),
        **{"_rels/document": PART_RELATIONS},
    )
    raw = read_word(content, Limits())
    assert raw.text == "Page head\n\nThe text.\n\nA note.\n\nFoot 1"
    assert [(raw.text[mark.start : mark.end], mark.kind) for mark in raw.furniture] == [
        ("Page head", "running head"),
        ("A note.", "footnote"),
        ("Foot 1", "running head"),
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["Norland", "opposes the ban"], "Norland opposes the ban"),
        (["Norland", "Opposes the ban for now."], "Norland: Opposes the ban for now."),
        (["Country", "Position on the ban"], "Country\n\nPosition on the ban"),
        (["Norland", "12", "14"], "Norland\n\n12\n\n14"),
        (["Peru", "Opposes", "Ambassador Ana Rey"], "Peru: Opposes; Ambassador Ana Rey"),
        (["The Netherlands", "Could accept a ban"], "The Netherlands: Could accept a ban"),
        (["Peru", "12.5 km", "14"], "Peru\n\n12.5 km\n\n14"),
    ],
)
def test_the_row_of_a_table_is_a_sentence_where_its_words_make_one(tmp_path: Path, cells: list[str], expected: str):
    row = "".join(f"<w:tc>{p(r(cell))}</w:tc>" for cell in cells)
    raw = read_word(word_file(tmp_path / "a.docx", f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"), Limits())
    assert raw.text == expected
    assert raw.kept == (frozenset((0,)) if "\n" not in expected else frozenset())


def real_file(path: Path, created: datetime) -> Path:
    document = docx.Document()
    document.core_properties.title = "The ferry pact"
    document.core_properties.created = created
    document.add_paragraph("The ministers of the lake states met and agreed on nothing at all.")
    document.save(str(path))
    return path


def test_properties_give_title_and_date(tmp_path: Path):
    path = real_file(tmp_path / "a.docx", datetime(2025, 3, 4))
    document = read(path, tmp_path, date(2025, 6, 1))
    assert document.title == "The ferry pact"
    assert (document.published, document.dated_by) == (date(2025, 3, 4), "document properties")


def test_the_date_that_an_empty_template_carries_is_not_believed(tmp_path: Path):
    path = real_file(tmp_path / "a.docx", datetime(2013, 12, 23, 23, 15))
    assert read(path, tmp_path, date(2025, 6, 1)).published is None


def test_broken_xml_is_named(tmp_path: Path):
    with pytest.raises(ReadError, match=r"document\.xml"):
        read_word(word_file(tmp_path / "a.docx", "<w:p><w:r>"), Limits())


def test_fifty_thousand_nested_elements_are_read(tmp_path: Path):
    body = p("<w:smartTag>" * 50_000 + r("Deep.") + "</w:smartTag>" * 50_000)
    assert read_word(word_file(tmp_path / "a.docx", body), Limits()).text == "Deep."


def test_too_much_text_ends_the_reading_early(tmp_path: Path):
    body = p(r("word " * 100)) * 50
    with pytest.raises(ReadError, match="more than the 1,000"):
        read_word(word_file(tmp_path / "a.docx", body), Limits(text_characters=1_000))


def test_a_package_that_is_no_word_document_is_refused(tmp_path: Path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(ReadError, match="no main part"):
        read_word(path.read_bytes(), Limits())
