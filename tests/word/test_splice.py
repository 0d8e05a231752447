from __future__ import annotations

from docx.oxml.parser import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from digest.word import splice
from digest.word.ooxml import NAMESPACES, Element, w

_SPACES = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())


def paragraph(inner: str) -> Element:
    return parse_xml(f"<w:p {_SPACES}>{inner}</w:p>")


def runs(*texts: str) -> str:
    return "".join(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)


def test_a_marker_cut_into_runs_is_one_text():
    split = paragraph(runs("{", "{ bri", "ef }", "} today"))
    assert splice.text_of(split) == "{{ brief }} today"


def test_the_new_text_takes_the_format_of_the_first_character():
    split = paragraph(
        "<w:r><w:rPr><w:b/></w:rPr><w:t>Issue {{</w:t></w:r><w:proofErr w:type='spellStart'/>"
        "<w:r><w:rPr><w:i/></w:rPr><w:t>issue}} of</w:t></w:r>"
    )
    splice.replace(split, 6, 15, "12")
    bold, italic = split.iter(w("r"))
    assert splice.text_of(split) == "Issue 12 of"
    assert "".join(text.text for text in bold.iter(w("t"))) == "Issue 12"
    assert "".join(text.text for text in italic.iter(w("t"))) == " of"


def test_text_in_links_content_controls_and_insertions_counts_and_deleted_text_does_not():
    mixed = paragraph(
        f"<w:hyperlink>{runs('a')}</w:hyperlink><w:sdt><w:sdtContent>{runs('b')}</w:sdtContent></w:sdt>"
        f"<w:ins>{runs('c')}</w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del>"
    )
    assert splice.text_of(mixed) == "abc"


def test_a_text_box_in_a_paragraph_is_not_its_text():
    box = paragraph(
        f"{runs('outside')}<w:r><w:pict><w:txbxContent><w:p>{runs('inside')}</w:p></w:txbxContent></w:pict></w:r>"
    )
    assert splice.text_of(box) == "outside"
    inner = next(child for child in splice.paragraphs(box) if child is not box)
    assert splice.text_of(inner) == "inside"
    assert splice.in_text_box(inner)
    assert not splice.in_text_box(box)


def test_tabs_and_breaks_are_characters():
    signs = paragraph(
        "<w:pPr><w:tabs><w:tab w:val='left' w:pos='1'/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:br/></w:r>"
    )
    assert splice.text_of(signs) == "a\t\n"


@given(st.lists(st.text("ab{} ", min_size=1, max_size=4), min_size=1, max_size=6), st.data())
def test_replacing_does_to_the_runs_what_slicing_does_to_the_text(texts: list[str], data: st.DataObject):
    split = paragraph(runs(*texts))
    whole = "".join(texts)
    start = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(start + 1, len(whole)))
    splice.replace(split, start, end, "new\ttext")
    assert splice.text_of(split) == whole[:start] + "new\ttext" + whole[end:]
