from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from digest.word import styles
from digest.word.standard import build


def test_a_complete_template_gets_nothing_added():
    document = docx.Document(io.BytesIO(build()))
    assert styles.missing(document) == []
    ids, added = styles.ensure(document)
    assert added == []
    assert ids["Heading 1"] == "Heading1"


def test_what_is_missing_is_what_is_added():
    document = docx.Document()
    missing = styles.missing(document)
    ids, added = styles.ensure(document)
    assert added == missing
    assert "Digest Quote" in added
    assert "Heading 1" not in added
    assert set(added) <= set(ids)
    assert styles.missing(document) == []


def test_a_style_of_the_template_counts_over_ours():
    document = docx.Document()
    own = document.styles.add_style("Digest Quote", WD_STYLE_TYPE.PARAGRAPH)
    ids, added = styles.ensure(document)
    assert ids["Digest Quote"] == own.style_id
    assert "Digest Quote" not in added


def test_an_id_that_is_taken_gets_a_number():
    document = docx.Document()
    document.styles.add_style("DigestQuote", WD_STYLE_TYPE.CHARACTER)
    ids, _ = styles.ensure(document)
    assert ids["Digest Quote"] == "DigestQuote2"


def test_localised_headings_are_known_by_the_name_that_word_stores():
    document = docx.Document()
    document.styles["Heading 1"].element.set(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}styleId", "berschrift1"
    )
    ids, added = styles.ensure(document)
    assert ids["Heading 1"] == "berschrift1"
    assert "berschrift1" in styles.heading_ids(document)
    assert "Heading 1" not in added


@pytest.mark.parametrize(("colour", "expected"), [("8A1538", "8A1538"), (None, "4F81BD")])
def test_added_styles_take_the_colour_of_the_house(colour: str | None, expected: str, tmp_path: Path):
    document = docx.Document()
    element = document.styles["Heading 1"].element
    colours = element.xpath(".//w:color")
    for one in colours:
        one.getparent().remove(one)
    if colour:
        document.styles["Heading 1"].font.color.rgb = docx.shared.RGBColor.from_string(colour)
    styles.ensure(document)
    assert str(document.styles["Digest Kicker"].font.color.rgb) == expected
