from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schema import faults

from digest.errors import TemplateError
from digest.model import Brief, HolderKind
from digest.word import filling, splice, template
from digest.word.layouts import one_page, table
from digest.word.ooxml import Element, sanitise, w
from digest.word.render import render
from digest.word.sample import sample_brief
from digest.word.starter import starter

Make = Callable[..., Path]
MARKER = '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:t>{{ brief }}</w:t></w:r></w:p>'
DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u202c\u2069"))


def p(*texts: str, properties: str = "") -> str:
    runs = "".join(f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)
    return f"<w:p>{runs}</w:p>"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{''.join(rows)}</w:tbl>"


@pytest.fixture
def filled(make_template: Make, sample: Brief) -> Callable[..., Document]:
    """The document that a body of markers becomes with the sample brief; the check must find it good."""

    def make(body: str, **values: object) -> Document:
        path = make_template(exchange={"word/document.xml": (MARKER, body)})
        assert template.check(path) == []
        document = docx.Document(io.BytesIO(render(replace(sample, **values), path)))
        assert list(faults(document.element)) == []
        return document

    return make


def lines(root: Document | Element) -> list[str]:
    element = root.element if isinstance(root, Document) else root
    return [splice.text_of(paragraph).translate(DIRECTIONS) for paragraph in splice.paragraphs(element)]


def countries(brief: Brief) -> list[str]:
    return [section.name for section in brief.holders if section.kind is HolderKind.COUNTRY]


# --- blocks ----------------------------------------------------------------------------------------------------------


def test_a_list_of_paragraphs_is_printed_once_for_each(filled: Callable[..., Document], sample: Brief):
    document = filled(p("Before") + p("{{#countries}}") + p("* {{ country.name }}") + p("{{/countries}}") + p("After"))
    assert lines(document) == ["Before", *(f"* {name}" for name in countries(sample)), "After"]


def test_lists_stand_within_lists(filled: Callable[..., Document], sample: Brief):
    document = filled(
        p("{{#countries}}")
        + p("{{ country.name }}")
        + p("{{#country.stances}}")
        + p("{{ stance.topic }}: {{ stance.word }}")
        + p("{{/country.stances}}")
        + p("{{/countries}}")
    )
    assert lines(document)[:3] == [
        "Norway",
        "A joint fund for the Northern sea cable: supports",
        "Civilian patrols along the cable: conditional",
    ]


def test_a_row_with_both_markers_is_repeated_and_the_header_row_stays(filled: Callable[..., Document], sample: Brief):
    document = filled(
        tbl(
            row(p("Who"), p("How many")),
            row(p("{{#countries}}{{ country.name }}"), p("{{ country.position_count : 00 }}{{/countries}}")),
        )
        + p("After")
    )
    texts = lines(document)
    assert texts[:4] == ["Who", "How many", "Norway", "03"]
    assert len(document.tables[0].rows) == 1 + len(countries(sample))


def test_rows_between_two_marker_rows_are_repeated_with_lists_of_rows_in_them(filled: Callable[..., Document]):
    document = filled(
        tbl(
            row(p("{{#countries}}")),
            row(p("{{ country.name }}")),
            row(p("{{#country.positions}}{{ position.stance }}{{/country.positions}}")),
            row(p("{{/countries}}")),
        )
        + p("")
    )
    assert lines(document)[:4] == ["Norway", "supports", "supports", "conditional"]


def test_a_list_within_a_cell_repeats_paragraphs_and_not_the_row(filled: Callable[..., Document]):
    cell = p("{{#topics}}") + p("{{ topic.name }}") + p("{{/topics}}")
    document = filled(tbl(row(cell, p("x"))) + p("{{?topics}}") + p("") + p("{{/topics}}"))
    assert [len(document.tables[0].rows), len(document.tables[0].cell(0, 0).paragraphs)] == [1, 2]


def test_an_empty_list_leaves_nothing_and_a_table_without_rows_goes(filled: Callable[..., Document]):
    document = filled(
        p("{{#changes}}")
        + p("{{ change.now }}")
        + p("{{/changes}}")
        + tbl(row(p("{{#changes}}{{ change.now }}{{/changes}}")))
        + p("{{^changes}}")
        + p("Nothing changed.")
        + p("{{/changes}}"),
        changes=(),
    )
    assert lines(document) == ["Nothing changed."]


def test_conditions_stand_over_paragraphs_and_within_one(filled: Callable[..., Document]):
    body = p("By {{?author}}{{ author }}{{/author}}{{^author}}nobody{{/author}}.") + p("{{?author}}") + p("Signed")
    body += p("{{/author}}") + p("{{ section.sources }}")
    assert lines(filled(body, author="Ada"))[:2] == ["By Ada.", "Signed"]
    assert lines(filled(body, author=""))[:2] == ["By nobody.", "Sources"]


def test_a_quote_is_told_from_a_report(filled: Callable[..., Document]):
    body = p("{{#positions}}") + p("{{?position.quote}}") + p("Q {{ position.quote }}") + p("{{/position.quote}}")
    body += p("{{?position.reported}}R {{ position.reported }}{{/position.reported}}") + p("{{/positions}}")
    texts = [text for text in lines(filled(body)) if text]
    assert {text[:2] for text in texts} == {"Q ", "R "}
    assert any(text.startswith("Q “We pay our share") for text in texts)


def test_a_remark_is_left_out(filled: Callable[..., Document]):
    document = filled(p("{{! for the desk only }}") + p("{{#topics}}") + p("a{{! b }}c") + p("{{/topics}}"))
    assert lines(document) == ["ac", "ac"]


def test_lists_in_a_header_and_in_both_copies_of_a_text_box(make_template: Make, sample: Brief):
    box = f"<w:txbxContent>{p('{{#topics}}') + p('{{ topic.name }}') + p('{{/topics}}')}</w:txbxContent>"
    body = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    header = f"{p('{{#topics}}')}{p('{{ topic.name }}')}{p('{{/topics}}')}</w:hdr>"
    path = make_template(
        exchange={"word/document.xml": (MARKER, body + MARKER), "word/header1.xml": ("</w:hdr>", header)}
    )
    assert template.check(path) == []
    document = docx.Document(io.BytesIO(render(sample, path)))
    names = [topic.name for topic in sample.topics]
    assert [lines(box) for box in document.element.iter(w("txbxContent"))] == [names, names]
    assert [paragraph.text for paragraph in document.sections[0].header.paragraphs][-2:] == names


def test_a_content_control_keeps_what_is_filled_in(filled: Callable[..., Document]):
    control = (
        '<w:sdt><w:sdtPr><w:showingPlcHdr/><w:dataBinding w:xpath="/x" w:storeItemID="{0}"/></w:sdtPr>'
        f"<w:sdtContent>{p('{{ title }}')}</w:sdtContent></w:sdt>"
    )
    document = filled(control + p("{{#topics}}") + p("{{/topics}}"))
    assert "The Northern sea cable: who pays, who patrols" in lines(document)
    assert not list(document.element.iter(w("showingPlcHdr"), w("dataBinding")))


def test_blocks_that_multiply_without_end_are_stopped(
    make_template: Make, sample: Brief, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(filling, "MOST_REPEATS", 50)
    body = p("{{#positions}}") + p("{{#sources}}") + p("x") + p("{{/sources}}") + p("{{/positions}}")
    path = make_template(exchange={"word/document.xml": (MARKER, body)})
    with pytest.raises(TemplateError, match="repeated more than 50 times"):
        render(sample, path)


# --- fields ----------------------------------------------------------------------------------------------------------


def test_a_format_is_written_out_in_the_language_of_the_brief(filled: Callable[..., Document]):
    body = p("{{ issued : EEEE, d MMMM yyyy }}") + p("{{ issued : dd.MM.yy }}") + p("{{#sources}}")
    document = filled(body + p("{{ source.words : #,##0 }}") + p("{{/sources}}"))
    assert lines(document)[:3] == ["Monday, 17 February 2025", "17.02.25", "1,204"]


def test_a_day_that_is_not_known_is_not_invented(filled: Callable[..., Document], sample: Brief):
    section = sample.holders[0]
    latest = replace(section.cells[0].latest, day=None)
    section = replace(section, cells=(replace(section.cells[0], latest=latest), *section.cells[1:]))
    body = p("{{#holders}}") + p("{{#holder.stances}}") + p("{{ stance.latest : d.M.yyyy }}") + p("{{/holder.stances}}")
    assert lines(filled(body + p("{{/holders}}"), holders=(section,)))[0] == "February 2025"


def test_a_marker_over_several_runs_keeps_the_format_of_its_first_character(filled: Callable[..., Document]):
    body = (
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{{ sour</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>ce.title }} end</w:t>"
        "</w:r></w:p>"
    )
    document = filled(p("{{#sources}}") + body + p("{{/sources}}"))
    arabic = next(paragraph for paragraph in document.paragraphs if "القاهرة" in paragraph.text)
    runs = [run for run in arabic._p.iter(w("r")) if splice.text_of(run).strip()]
    assert all(run.find(f"{w('rPr')}/{w('b')}") is not None for run in runs[:-1])
    assert runs[-1].find(f"{w('rPr')}/{w('i')}") is not None
    assert runs[0].find(f"{w('rPr')}/{w('rtl')}") is not None
    assert runs[0].find(f"{w('rPr')}/{w('lang')}").get(w("bidi")) == "ar-SA"


def test_a_paragraph_of_one_arabic_field_runs_from_right_to_left(filled: Callable[..., Document]):
    document = filled(p("{{#sources}}") + p("{{ source.title }}") + p("{{/sources}}"))
    turned = [splice.text_of(e.getparent().getparent()) for e in document.element.iter(w("bidi"))]
    assert len(turned) == 1
    assert "القاهرة" in turned[0]


def test_marks_lead_to_the_sources_that_the_template_prints_and_are_plain_where_it_prints_none(
    filled: Callable[..., Document],
):
    statements = p("{{#positions}}") + p("{{ position.marks }}") + p("{{/positions}}")
    own = p("{{#sources}}") + p("{{ source.mark }} {{ source.citation }}") + p("{{/sources}}")
    assert not list(filled(statements).element.iter(w("hyperlink")))
    for sources in (own, p("{{ section.sources }}")):
        root = filled(statements + sources).element
        anchors = [link.get(w("anchor")) for link in root.iter(w("hyperlink"))]
        assert anchors.count("digest_source_1") >= 3


def test_a_section_can_leave_its_heading_to_the_template(filled: Callable[..., Document]):
    assert lines(filled(p("Mine") + p("{{ section.bottom_line : no heading }}")))[1].startswith("Five governments")


def test_the_language_of_a_statement_is_told_to_word(filled: Callable[..., Document]):
    document = filled(p("{{#positions}}") + p("{{ position.original }}") + p("{{/positions}}"))
    tags = {value for tag in document.element.iter(w("lang")) for value in tag.attrib.values()}
    assert {"pt-PT", "fr-FR", "ru-RU", "zh-CN", "ar-SA"} <= tags


# --- any text --------------------------------------------------------------------------------------------------------

EVERY_FIELD = (
    p("{{ title }}")
    + p("{{#holders}}")
    + p("{{ holder.name }}")
    + tbl(
        row(p("{{#holder.positions}}"), p("{{ position.statement }}"), p("a {{ position.cue }} b{{/holder.positions}}"))
    )
    + p("{{/holders}}")
    + p("{{#sources}}")
    + p("{{ source.title }}")
    + p("{{ source.citation }}")
    + p("{{/sources}}")
)


def with_text(brief: Brief, text: str) -> Brief:
    def told(section: object) -> object:
        entries = tuple(
            replace(
                entry,
                position=replace(
                    entry.position,
                    statement=text,
                    stance=replace(entry.position.stance, cue=text) if entry.position.stance else None,
                ),
            )
            for entry in section.all_entries()
        )
        return replace(section, name=text, entries=entries, differing=())

    return replace(
        brief,
        title=text,
        holders=tuple(told(section) for section in brief.holders[:3]),
        sources=tuple(replace(source, title=text) for source in brief.sources),
    )


def assert_printed(path: Path, text: str) -> None:
    document = docx.Document(io.BytesIO(render(with_text(sample_brief(), text), path)))
    assert list(faults(document.element)) == []
    expected = sanitise(text).translate(DIRECTIONS)
    found = lines(document)
    assert sum(expected in one for one in found) >= 20
    assert f"a {expected} b" in found


@pytest.fixture
def every_field(make_template: Make) -> Path:
    return make_template(exchange={"word/document.xml": (MARKER, EVERY_FIELD)})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(exclude_categories=()), min_size=1, max_size=40).filter(lambda text: sanitise(text).strip())
)
def test_any_text_in_any_field_comes_out_as_itself_or_with_the_replacement_character(every_field: Path, text: str):
    assert_printed(every_field, text)


@pytest.mark.parametrize(
    "text",
    [
        "<w:p>&amp;]]>",
        "{{ title }}{{#sources}}{{/holders}}",
        "a\x00\x1f\ud800b",
        "x" * 100_000,
        "שלום <b>",
        "北京\t港口",
    ],
    ids=["markup", "markers", "controls", "long", "hebrew", "chinese"],
)
def test_hostile_texts_come_out_as_themselves(every_field: Path, text: str):
    assert_printed(every_field, text)


@pytest.mark.parametrize("made", [one_page, table, starter], ids=["one-page", "table", "starter"])
def test_the_other_templates_give_parts_in_the_order_of_the_schema(
    made: Callable[[], bytes], tmp_path: Path, sample: Brief
):
    path = tmp_path / "t.docx"
    path.write_bytes(made())
    assert template.inspect(path) == template.Report((), ())
    document = docx.Document(io.BytesIO(render(sample, path)))
    roots: Sequence[Element] = [document.element, document.styles.element, document.sections[0].header._element]
    assert [list(faults(root)) for root in roots] == [[], [], []]
    assert "{{" not in "".join(lines(document))


def test_the_standard_brief_is_in_the_order_of_the_schema(standard: Path, sample: Brief):
    document = docx.Document(io.BytesIO(render(sample, standard)))
    assert [list(faults(root)) for root in (document.element, document.styles.element)] == [[], []]
