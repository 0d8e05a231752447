from __future__ import annotations

import pytest
from docx.oxml.parser import parse_xml
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from digest.word.blocks import Cell, Mark, Paragraph, Table, Text
from digest.word.ooxml import NAMESPACES, Element, Writer, safe_url, sanitise, text_width, w

STYLES = {name: name.replace(" ", "") for name in ("Normal", "Digest Mark", "Digest Back Link", "Digest Table")}


def write(*blocks: Paragraph | Table, language: str = "en") -> list[Element]:
    return Writer(None, STYLES, {"S1": "digest_source_1"}, language, 0).write(blocks)


def only_run(text: Text, **options: bool) -> Element:
    (paragraph,) = write(Paragraph("Normal", (text,), **options))
    return next(paragraph.iter(w("r")))


def test_what_xml_cannot_hold_becomes_the_replacement_character():
    assert sanitise("a\x00b\ud800c\ufffe\x0b") == "a\ufffdb\ufffdc\ufffd\ufffd"


def test_line_ends_of_every_system_are_one():
    assert sanitise("a\r\nb\rc\nd\te") == "a\nb\nc\nd\te"


@given(st.text())
def test_every_sanitised_text_can_be_xml(text: str):
    element = etree.Element("t")
    element.text = sanitise(text)
    assert (etree.fromstring(etree.tostring(element)).text or "") == sanitise(text)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "http://", "//host/x", "ftp://a/b", "", None, "http://[::1"]
)
def test_only_web_and_mail_addresses_become_links(url: str | None):
    assert safe_url(url) is None


def test_a_web_address_is_made_fit_for_a_link():
    assert safe_url(" https://a.example/ü b\n") == "https://a.example/%C3%BC%20b"
    assert safe_url("mailto:desk@a.example") == "mailto:desk@a.example"


def test_a_run_carries_its_language():
    language = only_run(Text("Bonjour", "", "fr")).find(f".//{w('lang')}")
    assert language.get(w("val")) == "fr-FR"


def test_an_arabic_run_runs_from_right_to_left_with_its_font_and_tag():
    run = only_run(Text("مرحبا", "", "ar"), rtl=True)
    assert run.find(f".//{w('rtl')}") is not None
    assert run.find(f".//{w('lang')}").get(w("bidi")) == "ar-SA"
    assert run.find(f".//{w('rFonts')}").get(w("cs")) == "Times New Roman"


def test_a_chinese_run_names_its_font_in_the_east_asian_slot():
    run = only_run(Text("你好", "", "zh"))
    assert run.find(f".//{w('rFonts')}").get(w("eastAsia")) == "Microsoft YaHei"
    assert run.find(f".//{w('lang')}").get(w("eastAsia")) == "zh-CN"


def test_a_right_to_left_paragraph_says_so():
    (paragraph,) = write(Paragraph("Normal", (Text("مرحبا", "", "ar"),), rtl=True))
    assert paragraph.find(f"{w('pPr')}/{w('bidi')}") is not None


def test_a_date_behind_arabic_words_is_kept_out_of_them():
    (paragraph,) = write(Paragraph("Normal", (Text("صحيفة"), Text(" 13 May"))))
    texts = [text.text for text in paragraph.iter(w("t"))]
    assert texts == ["صحيفة", "\u200e", " 13 May"]


def test_an_override_in_a_text_ends_with_it():
    (paragraph,) = write(Paragraph("Normal", (Text("\u202eabc"), Text(" 13 May"))))
    assert [text.text for text in paragraph.iter(w("t"))] == ["\u202eabc", "\u202c", " 13 May"]


def test_a_mark_links_to_its_source_and_is_bookmarked_six_times_at_most():
    (paragraph,) = write(Paragraph("Normal", tuple(Mark("S1") for _ in range(8))))
    links = [link.get(w("anchor")) for link in paragraph.iter(w("hyperlink"))]
    names = [mark.get(w("name")) for mark in paragraph.iter(w("bookmarkStart"))]
    assert links == ["digest_source_1"] * 8
    assert names == [f"digest_source_1_use_{number}" for number in range(1, 7)]


def test_a_table_repeats_its_header_and_splits_no_row():
    cell = Cell((Paragraph("Normal", (Text("x"),)),), shade="C3D6E4")
    (table,) = write(Table((100, 200), ((cell, cell), (cell, cell)), "Caption", "Read aloud"))
    first, second = table.iter(w("tr"))
    assert first.find(f".//{w('tblHeader')}") is not None
    assert second.find(f".//{w('tblHeader')}") is None
    assert len(list(table.iter(w("cantSplit")))) == 2
    assert table.find(f".//{w('tblCaption')}").get(w("val")) == "Caption"
    assert table.find(f".//{w('tblDescription')}").get(w("val")) == "Read aloud"
    assert [shade.get(w("fill")) for shade in table.iter(w("shd"))] == ["C3D6E4"] * 4


def section(inner: str) -> Element:
    return parse_xml(f'<w:sectPr xmlns:w="{NAMESPACES["w"]}">{inner}</w:sectPr>')


def test_the_width_of_a_line_is_the_page_less_margins():
    page = '<w:pgSz w:w="12240"/><w:pgMar w:left="1440" w:right="1440" w:gutter="240"/>'
    assert text_width(section(page)) == 9120


def test_in_columns_the_line_is_as_wide_as_one_of_them():
    page = '<w:pgSz w:w="12240"/><w:pgMar w:left="1440" w:right="1440"/><w:cols w:num="2" w:space="360"/>'
    assert text_width(section(page)) == 4500


def test_without_a_section_or_with_a_broken_one_the_width_is_that_of_a4():
    assert text_width(None) == 9070
    assert text_width(section('<w:pgSz w:w="wide"/>')) == 9070
