from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from digest.errors import TemplateError
from digest.model import Brief
from digest.word import template
from digest.word.ooxml import w
from digest.word.render import render

Body = Callable[[str], Path]
Make = Callable[..., Path]

MARKER = '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:t>{{ brief }}</w:t></w:r></w:p>'


def paragraph(*texts: str, style: str = "Normal") -> str:
    runs = "".join(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


# --- finding ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    folders = [tmp_path / "own", tmp_path / "brought"]
    for folder, names in zip(
        folders, (["house.dotx"], ["standard.docx", "one-page.docx", "~$house.docx"]), strict=True
    ):
        folder.mkdir()
        for name in names:
            (folder / name).write_bytes(b"PK")
    return folders


def test_a_name_alone_is_looked_for_in_the_folders_with_both_endings(folders: list[Path]):
    assert template.resolve("standard", folders) == folders[1] / "standard.docx"
    assert template.resolve("house", folders) == folders[0] / "house.dotx"


def test_a_name_with_its_ending_is_found_in_the_folders_too(folders: list[Path]):
    assert template.resolve("house.dotx", folders) == folders[0] / "house.dotx"


def test_a_path_is_taken_as_it_is(folders: list[Path]):
    path = folders[0] / "house.dotx"
    assert template.resolve(str(path), []) == path


def test_a_misspelt_name_is_answered_with_the_nearest_and_all_that_there_are(folders: list[Path]):
    for name in ("standrad", "standrad.docx"):
        with pytest.raises(TemplateError, match=r"'standrad'\. Did you mean 'standard'"):
            template.resolve(name, folders)
    with pytest.raises(TemplateError) as caught:
        template.resolve("standrad", folders)
    assert str(caught.value) == (
        "There is no template 'standrad'. Did you mean 'standard'? There are: house, one-page, standard."
    )


def test_without_any_template_the_folder_is_named(tmp_path: Path):
    with pytest.raises(TemplateError) as caught:
        template.resolve("standard", [tmp_path])
    assert str(caught.value) == f"There is no template 'standard'. There are no templates in {tmp_path}."


# --- checking --------------------------------------------------------------------------------------------------------


def test_the_standard_template_is_in_order(standard: Path):
    assert template.inspect(standard) == template.Report((), ())


def test_a_template_without_marker_says_where_to_put_it(make_template: Make):
    path = make_template(exchange={"word/document.xml": ("{{ brief }}", "Dear reader")})
    assert template.check(path) == [
        "it has no {{ brief }}. Open it in Word, write {{ brief }} alone in a paragraph where the briefing is to "
        "stand, "
        "and save it."
    ]


def test_two_markers_are_named_with_their_places(with_body: Body):
    path = with_body(paragraph("Annex", style="Heading1") + paragraph("{{ brief }}"))
    assert template.check(path) == [
        "{{ brief }} stands in 2 places (body, paragraph 2, under 'Annex'; body, paragraph 3, under 'Annex'). Keep "
        "one of "
        "them."
    ]


def test_every_unknown_field_is_named_with_place_and_suggestion(with_body: Body):
    path = with_body(paragraph("Bottom line", style="Heading1") + paragraph("On {{ isued }}") + paragraph("{{ xyz }}"))
    assert template.check(path) == [
        "body, paragraph 2, under 'Bottom line': unknown field 'isued', did you mean 'issued'?",
        "body, paragraph 3, under 'Bottom line': unknown field 'xyz'. 'make_brief.py template fields' lists all.",
    ]


def test_a_marker_cut_by_word_is_known(make_template: Make):
    cut = "{{</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t> br</w:t></w:r><w:r><w:t>ief }</w:t></w:r><w:r><w:t>}"
    assert template.check(make_template(exchange={"word/document.xml": ("{{ brief }}", cut)})) == []


def test_a_broken_marker_is_quoted(with_body: Body):
    assert template.check(with_body(paragraph("Of {{ title and"))) == [
        "body, paragraph 1: '{{ title and' is no whole marker; it needs two braces on each side."
    ]


def test_a_marker_beside_other_words(make_template: Make):
    path = make_template(exchange={"word/document.xml": ("{{ brief }}", "Here: {{ brief }}")})
    assert template.check(path) == [
        "body, paragraph 1: {{ brief }} must stand alone in its paragraph; move the other words to another one."
    ]


def test_a_marker_in_a_table(make_template: Make):
    table = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{MARKER}</w:tc></w:tr></w:tbl>"
    path = make_template(exchange={"word/document.xml": (MARKER, table)})
    assert template.check(path) == [
        "body, table, row 1, column 1: {{ brief }} needs a paragraph of its own in the body, outside tables and "
        "text boxes."
    ]


def test_a_marker_in_a_header(make_template: Make):
    path = make_template(exchange={"word/header2.xml": ("{{ classification }}", "{{ brief }}")})
    assert template.check(path) == [
        "first-page header, paragraph 1: {{ brief }} needs a paragraph of its own in the body, outside tables and text "
        "boxes.",
        "{{ brief }} stands in 2 places (body, paragraph 1; first-page header, paragraph 1). Keep one of them.",
    ]


def test_an_unknown_field_in_the_document_properties(make_template: Make):
    path = make_template(exchange={"docProps/core.xml": ("{{ title }}", "{{ titel }}")})
    assert template.check(path) == ["document properties, title: unknown field 'titel', did you mean 'title'?"]


def test_tracked_changes_comments_and_missing_styles_are_remarks(make_template: Make):
    inserted = f"<w:p><w:ins w:id='1' w:author='x'><w:r><w:t>new</w:t></w:r></w:ins></w:p>{MARKER}"
    path = make_template(
        exchange={"word/document.xml": (MARKER, inserted), "word/styles.xml": ('"Digest Quote"', '"House Quote"')}
    )
    assert template.inspect(path) == template.Report(
        (),
        (
            "These styles are not in the template and are added in a sober form: Digest Quote.",
            "The template has tracked changes. Accept or reject them, or they show in every brief.",
        ),
    )


# --- filling ---------------------------------------------------------------------------------------------------------


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def test_fields_are_filled_in_body_headers_and_footers(with_body: Body, sample: Brief):
    path = with_body(paragraph("Issue {", "{ iss", "ue }} of {{ issued }}, {{ author }}"))
    document = opened(render(sample, path))
    assert document.paragraphs[0].text == "Issue 3 of 17 February 2025, Desk for Northern affairs"
    header = [paragraph.text for paragraph in document.sections[0].header.paragraphs]
    assert header == ["For internal use", "The Northern sea cable: who pays, who patrols\tIssue 3  ·  17 February 2025"]
    assert document.sections[0].footer.paragraphs[0].text == "For internal use\tPage 1 of 1"


def test_a_line_of_empty_fields_goes(rendered: Callable[..., docx.document.Document]):
    document = rendered(classification="")
    assert len(document.sections[0].header.paragraphs) == 1
    assert [paragraph.text for paragraph in document.sections[0].first_page_header.paragraphs] == [""]


def test_a_marker_that_a_value_brings_along_is_printed_and_not_filled(with_body: Body, sample: Brief):
    path = with_body(paragraph("{{ title }} by {{ author }}"))
    document = opened(render(replace(sample, title="{{ author }} {{ brief }}", author="{{ issue }}"), path))
    assert document.paragraphs[0].text == "{{ author }} {{ brief }} by {{ issue }}"


def test_both_copies_of_a_text_box_are_filled(with_body: Body, sample: Brief):
    box = f"<w:txbxContent>{paragraph('No. {{ issue }}')}</w:txbxContent>"
    path = with_body(
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert template.check(path) == []
    document = opened(render(sample, path))
    texts = [text.text for box in document.element.iter(w("txbxContent")) for text in box.iter(w("t"))]
    assert texts == ["No. 3", "No. 3"]


def test_a_dotx_becomes_a_document(make_template: Make, sample: Brief):
    path = make_template(
        exchange={
            "[Content_Types].xml": (
                "wordprocessingml.document.main+xml",
                "wordprocessingml.template.main+xml",
            )
        },
        name="house.dotx",
    )
    assert template.check(path) == []
    assert b"template.main+xml" not in render(sample, path)
    assert opened(render(sample, path)).paragraphs[1].text == sample.title
