"""A template of another house: its own file, changed by nothing but one marker."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm, Pt, RGBColor
from schema import faults

from digest.model import Brief
from digest.word import template
from digest.word.ooxml import w
from digest.word.render import render

LOCAL = {"Heading 1": "Überschrift 1", "Heading 2": "Überschrift 2", "Heading 3": "Überschrift 3", "Title": "Titel"}


def logo() -> bytes:
    """A red square as a PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xc0\x20\x20" * 8 for _ in range(8))
    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def house(path: Path, names: dict[str, str]) -> Path:
    """A .dotx with a logo on its first page, two sections, its own fonts, and style names as given."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Verdana"
    document.styles["Normal"].font.size = Pt(9)
    document.styles["Heading 1"].font.color.rgb = RGBColor(0xC0, 0x20, 0x20)
    first = document.sections[0]
    first.different_first_page_header_footer = True
    first.first_page_header.paragraphs[0].add_run().add_picture(io.BytesIO(logo()), width=Mm(12))
    first.header.paragraphs[0].text = "Ministerium – {{ title }}"
    document.add_paragraph("{{ brief }}")
    last = document.add_section(WD_SECTION.NEW_PAGE)
    last.orientation, last.page_width, last.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    document.add_paragraph("Impressum")
    for style in document.styles.element.iter(w("style")):
        name = style.find(w("name"))
        for english, local in names.items():
            if name is not None and name.get(w("val"), "").lower() == english.lower():
                name.set(w("val"), local)
                style.set(w("styleId"), local.replace(" ", "").lstrip("Ü"))
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b"document.main+xml", b"template.main+xml"))
    return path


@pytest.fixture(params=[{}, LOCAL], ids=["english", "german"])
def rendered(request: pytest.FixtureRequest, tmp_path: Path, sample: Brief) -> Document:
    path = house(tmp_path / "haus.dotx", request.param)
    assert template.check(path) == []
    return docx.Document(io.BytesIO(render(sample, path)))


def test_the_headings_are_those_of_the_house(rendered: Document):
    bottom_line = next(paragraph for paragraph in rendered.paragraphs if paragraph.text == "Bottom line")
    assert bottom_line.style.name in ("Heading 1", "Überschrift 1")
    assert str(bottom_line.style.font.color.rgb) == "C02020"
    names = [style.name for style in rendered.styles]
    assert not {"Heading 1", "Überschrift 1"} <= set(names)


def test_added_styles_take_colour_and_typeface_of_the_house(rendered: Document):
    kicker = rendered.styles["Digest Kicker"]
    assert (str(kicker.font.color.rgb), kicker.font.name) == ("C02020", None)


def test_logo_first_page_header_and_sections_stay(rendered: Document):
    first, last = rendered.sections
    assert first.different_first_page_header_footer
    assert len(list(first.first_page_header._element.iter(w("drawing")))) == 1
    assert first.header.paragraphs[0].text == "Ministerium – The Northern sea cable: who pays, who patrols"
    assert last.orientation == WD_ORIENT.LANDSCAPE
    assert rendered.paragraphs[-1].text == "Impressum"


def test_tables_are_as_wide_as_the_lines_of_the_first_section(rendered: Document):
    section = rendered.sections[0]
    line = section.page_width.twips - section.left_margin.twips - section.right_margin.twips
    assert {int(width.get(w("w"))) <= line for width in rendered.element.iter(w("tblW"))} == {True}


def test_what_comes_out_is_in_the_order_of_the_schema(rendered: Document):
    assert list(faults(rendered.element)) == []
