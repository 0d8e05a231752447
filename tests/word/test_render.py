from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import docx
import pytest
from docx.document import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.errors import DigestError, OutputError, TemplateError
from digest.model import (
    Brief,
    Cell,
    Entry,
    HolderSection,
    KeyPoint,
    Notice,
    PartialDate,
    Source,
    StanceLabel,
    Topic,
)
from digest.word import ooxml, splice
from digest.word.ooxml import Element, sanitise, w
from digest.word.render import render, write

Rendered = Callable[..., Document]
Make = Callable[..., Path]


def texts(document: Document) -> list[str]:
    """Every paragraph of the body, without the direction marks that the frame adds."""
    return [plain(splice.text_of(p)) for p in splice.paragraphs(document.element)]


def document_xml(data: bytes) -> Element:
    return docx.Document(io.BytesIO(data)).element


# --- sections --------------------------------------------------------------------------------------------------------


def test_the_sections_stand_in_the_order_of_the_standard_brief(rendered: Rendered):
    headings = [p.text for p in rendered().paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "Bottom line",
        "What changed",
        "Positions at a glance",
        "Positions over time",
        "Countries",
        "Organisations",
        "Groups without a named state",
        "Since when",
        "Document summaries",
        "Gaps and notices",
        "Method",
        "Sources",
    ]


def test_no_heading_level_is_skipped(rendered: Rendered):
    levels = [int(p.style.name[-1]) for p in rendered().paragraphs if p.style.name.startswith("Heading")]
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))


def test_no_heading_is_empty_and_none_follows_its_like_without_a_word(rendered: Rendered):
    for document in (rendered(), rendered(holders=(), key_points=(), sources=(), topics=(), notices=(), missing=())):
        blocks = list(document.iter_inner_content())
        for block, following in zip(blocks, [*blocks[1:], None], strict=True):
            if block.style is not None and block.style.name.startswith("Heading"):
                assert block.text.strip()
                assert following is not None
                level = int(block.style.name[-1])
                name = following.style.name
                assert not (name.startswith("Heading") and int(name[-1]) <= level)


# --- links -----------------------------------------------------------------------------------------------------------


def test_every_link_inside_has_its_bookmark_and_no_bookmark_stands_twice(rendered: Rendered):
    root = rendered().element
    names = Counter(mark.get(w("name")) for mark in root.iter(w("bookmarkStart")))
    anchors = {link.get(w("anchor")) for link in root.iter(w("hyperlink")) if link.get(w("anchor"))}
    assert anchors <= set(names)
    assert set(names.values()) == {1}
    starts = [mark.get(w("id")) for mark in root.iter(w("bookmarkStart"))]
    assert sorted(starts) == sorted(mark.get(w("id")) for mark in root.iter(w("bookmarkEnd")))
    assert len(set(starts)) == len(starts)


def test_every_mark_in_the_text_is_a_link_to_the_source_that_bears_it(rendered: Rendered):
    root = rendered().element
    marked = {
        mark.get(w("name")): splice.text_of(mark.getparent()).split("\t")[0]
        for mark in root.iter(w("bookmarkStart"))
        if re.fullmatch(r"digest_source_\d+", mark.get(w("name")) or "")
    }
    links = [
        (splice.text_of(link), link.get(w("anchor")))
        for link in root.iter(w("hyperlink"))
        if splice.text_of(link).startswith("[")
    ]
    assert len(links) > 40
    assert all(marked[anchor] == text for text, anchor in links)
    plain = [run for run in root.iter(w("r")) if run.getparent().tag == w("p")]
    loose = [
        text for run in plain for text in re.findall(r"\[S\d+\](?!\t)", "".join(t.text or "" for t in run.iter(w("t"))))
    ]
    assert all(text in marked.values() for text in loose) and len(loose) == len(marked)


def test_each_source_links_back_to_its_first_uses(rendered: Rendered):
    entries = [p for p in rendered().paragraphs if p.style.name == "Digest Source"]
    for number, entry in enumerate(entries, 1):
        back = [link for link in entry._p.iter(w("hyperlink")) if (link.get(w("anchor")) or "").find("_use_") > 0]
        assert 1 <= len(back) <= 6
        assert [link.get(w("anchor")) for link in back] == [
            f"digest_source_{number}_use_{use}" for use in range(1, len(back) + 1)
        ]


def test_a_brief_with_a_mark_that_no_source_has_is_refused(rendered: Rendered, sample: Brief):
    point = replace(sample.key_points[0], marks=("S99",))
    with pytest.raises(DigestError, match=r"refers to \[S99\]"):
        rendered(key_points=(point,))


# --- properties ------------------------------------------------------------------------------------------------------


def test_the_issue_date_is_the_only_date_of_the_file(rendered: Rendered, sample: Brief):
    properties = rendered(issued=date(2025, 3, 2)).core_properties
    assert properties.created == properties.modified
    assert (properties.created.date(), properties.title) == (datetime(2025, 3, 2).date(), sample.title)
    assert (properties.author, properties.language) == (sample.author, "en-GB")


def test_a_long_title_is_cut_in_the_properties_and_whole_in_the_text(rendered: Rendered):
    title = "long " * 100
    document = rendered(title=title)
    assert len(document.core_properties.title) <= 255
    assert title in texts(document)


def test_the_same_brief_gives_the_same_bytes_under_every_hash_seed(standard: Path):
    code = (
        "import hashlib, sys; from pathlib import Path; from digest.word.render import render; "
        "from digest.word.sample import sample_brief; "
        "print(hashlib.sha256(render(sample_brief(), Path(sys.argv[1]))).hexdigest())"
    )
    root = str(Path(__file__).resolve().parents[2])
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, str(standard)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": root, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(digests) == 1
    assert len(digests.pop()) == len(hashlib.sha256().hexdigest())


def test_the_package_has_fixed_times_and_sorted_names(standard: Path, sample: Brief):
    with zipfile.ZipFile(io.BytesIO(render(sample, standard))) as package:
        entries = package.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert entries[0].filename == "[Content_Types].xml"
    names = [entry.filename for entry in entries[1:]]
    assert names == sorted(names)


# --- hostile texts ---------------------------------------------------------------------------------------------------


def with_text(brief: Brief, text: str) -> Brief:
    """The sample brief with `text` in every field that holds free text."""

    def entry(old: Entry) -> Entry:
        position = old.position
        sentence = replace(position.sentence, text=text, end=len(text))
        actor = replace(position.actor, name=text or "x", role=text) if position.actor else None
        stance = replace(position.stance, cue=text) if position.stance else None
        changed = replace(position, statement=text, sentence=sentence, actor=actor, stance=stance, holder_name=text)
        return replace(old, position=changed)

    def holder(old: HolderSection) -> HolderSection:
        differing = tuple(tuple(entry(one) for one in group) for group in old.differing)
        entries = tuple(entry(one) for one in old.entries)
        return replace(old, name=text, headline=text, entries=entries, differing=differing)

    def source(old: Source) -> Source:
        return replace(old, title=text, publisher=text, path=text, url=text, also_at=(text,), translated_by=text)

    def point(old: KeyPoint) -> KeyPoint:
        return replace(old, text=text, evidence=replace(old.evidence, text=text, end=len(text)))

    return replace(
        brief,
        title=text,
        author=text,
        classification=text,
        topics=tuple(Topic(topic.id, text) for topic in brief.topics),
        key_points=tuple(point(one) for one in brief.key_points),
        holders=tuple(holder(one) for one in brief.holders),
        sources=tuple(source(one) for one in brief.sources),
        missing=(text,),
        notices=(Notice(text, text, text, text),),
    )


def plain(text: str) -> str:
    return re.sub("[\u200e\u202c\u2069]", "", text)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_text_in_any_field_comes_out_as_itself_or_with_the_replacement_character(
    standard: Path, sample: Brief, text: str
):
    document = docx.Document(io.BytesIO(render(with_text(sample, text), standard)))
    expected = plain(sanitise(text))
    found = texts(document)
    assert found[1] == expected
    assert sum(expected in one for one in found) >= 30


@pytest.mark.parametrize(
    "text",
    ["<w:p>&amp;]]>", "{{ brief }} {{ title }}", "a\x00\x1f\ud800b", "\u202eabc", "x" * 100_000, "\ufffe", "שלום <b>"],
    ids=["markup", "markers", "controls", "override", "long", "non-character", "hebrew"],
)
def test_hostile_texts_come_out_as_themselves(standard: Path, sample: Brief, text: str):
    document = docx.Document(io.BytesIO(render(with_text(sample, text), standard)))
    assert sum(plain(sanitise(text)) in one for one in texts(document)) >= 30


# --- foreign templates -----------------------------------------------------------------------------------------------


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A Letter page in the look of another house, with none of this program's styles."""
    document = docx.Document()
    document.add_paragraph("Before")
    document.add_paragraph("{{ brief }}")
    document.add_paragraph("After")
    path = tmp_path / "foreign.docx"
    document.save(str(path))
    return path


def test_in_a_foreign_template_the_body_stands_where_the_marker_was(foreign: Path, rendered: Rendered):
    paragraphs = rendered(foreign).paragraphs
    assert paragraphs[0].text == "Before"
    assert paragraphs[-1].text == "After"
    assert "{{" not in "".join(paragraph.text for paragraph in paragraphs)


def test_a_foreign_template_gets_the_missing_styles_in_its_own_colour(foreign: Path, rendered: Rendered):
    styles = rendered(foreign).styles
    assert str(styles["Digest Kicker"].font.color.rgb) == str(styles["Heading 1"].font.color.rgb)
    assert styles["Digest Kicker"].font.name is None


def test_tables_are_as_wide_as_the_lines_of_the_page(foreign: Path, rendered: Rendered):
    document = rendered(foreign)
    section = document.sections[0]
    line = section.page_width.twips - section.left_margin.twips - section.right_margin.twips
    widths = [int(width.get(w("w"))) for width in document.element.iter(w("tblW"))]
    assert widths
    assert all(line - 20 <= width <= line for width in widths)


def test_a_section_that_ends_with_the_marker_ends_with_the_brief(make_template: Make, rendered: Rendered):
    marker = '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:t>{{ brief }}</w:t></w:r></w:p>'
    ending = marker.replace("</w:pPr>", '<w:sectPr><w:pgSz w:w="15840" w:h="12240"/></w:sectPr></w:pPr>')
    path = make_template(exchange={"word/document.xml": (marker, f"{ending}<w:p><w:r><w:t>After</w:t></w:r></w:p>")})
    document = rendered(path)
    assert len(document.sections) == 2
    last = next(document.element.iter(w("sectPr"))).getparent().getparent()
    assert splice.text_of(last).startswith("[S9]")
    assert last.getnext() is not None and splice.text_of(last.getnext()) == "After"


def test_a_marker_in_a_content_control_is_replaced_in_it(make_template: Make, rendered: Rendered):
    marker = '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:t>{{ brief }}</w:t></w:r></w:p>'
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{marker}</w:sdtContent></w:sdt>"
    document = rendered(make_template(exchange={"word/document.xml": (marker, control)}))
    content = next(document.element.iter(w("sdtContent")))
    assert len(list(content.iter(w("p")))) > 100


def test_bookmarks_of_the_template_keep_their_numbers_to_themselves(make_template: Make, rendered: Rendered):
    own = '<w:body><w:bookmarkStart w:id="7" w:name="own"/><w:bookmarkEnd w:id="7"/>'
    root = rendered(make_template(exchange={"word/document.xml": ("<w:body>", own)})).element
    numbers = [mark.get(w("id")) for mark in root.iter(w("bookmarkStart"))]
    assert len(set(numbers)) == len(numbers)


def test_a_template_with_problems_is_not_rendered(make_template: Make, sample: Brief):
    path = make_template(exchange={"word/document.xml": ("{{ brief }}", "{{ brif }}")})
    with pytest.raises(TemplateError) as caught:
        render(sample, path)
    assert str(caught.value).splitlines()[1:] == [
        "  - body, paragraph 1: unknown field 'brif', did you mean 'brief'?",
        "  - it has no {{ brief }}. Open it in Word, write {{ brief }} alone in a paragraph where the briefing is "
        "to stand, "
        "and save it.",
    ]


# --- writing ---------------------------------------------------------------------------------------------------------


def test_a_brief_is_written_and_an_earlier_one_kept(standard: Path, sample: Brief, tmp_path: Path):
    target = tmp_path / "2025-02-17-brief.docx"
    assert write(sample, standard, target) == target
    assert write(sample, standard, target) == tmp_path / "2025-02-17-brief-2.docx"
    assert write(sample, standard, target, overwrite=True) == target
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2025-02-17-brief-2.docx", "2025-02-17-brief.docx"]


def test_a_missing_folder_is_told(standard: Path, sample: Brief, tmp_path: Path):
    with pytest.raises(OutputError, match="the folder is not there"):
        write(sample, standard, tmp_path / "gone" / "brief.docx")


# --- size ------------------------------------------------------------------------------------------------------------


def large(brief: Brief) -> Brief:
    """40 holders with 15 positions each on eight topics, from 300 sources."""
    topics = tuple(Topic(f"t{number}", f"Topic number {number}") for number in range(8))
    labels = list(StanceLabel)
    sources = tuple(replace(brief.sources[n % 9], id=f"d{n}", mark=f"S{n + 1}") for n in range(300))
    old = [entry for section in brief.holders for entry in section.all_entries()]
    holders = []
    for number in range(40):
        entries = []
        for step in range(15):
            serial = number * 15 + step
            position = old[serial % len(old)].position
            sentence = replace(position.sentence, document=f"d{serial % 300}")
            position = replace(position, id=f"q{serial}", topic=topics[step % 8].id, sentence=sentence)
            entries.append(Entry(position, (f"S{serial % 300 + 1}", f"S{(serial * 7) % 300 + 1}")))
        cells = tuple(
            Cell(topic.id, labels[(number + at) % 5], False, PartialDate(2025, 2, 1), 3, (f"S{number + at + 1}", "S9"))
            for at, topic in enumerate(topics)
        )
        section = brief.holders[number % 10]
        holders.append(replace(section, holder=f"X{number}", cells=cells, entries=tuple(entries), differing=()))
    return replace(brief, topics=topics, holders=tuple(holders), sources=sources, changes=())


def test_600_positions_from_300_sources_are_rendered_in_three_seconds(standard: Path, sample: Brief):
    brief = large(sample)
    start = time.process_time()
    data = render(brief, standard)
    assert time.process_time() - start < 3
    root = document_xml(data)
    anchors = {link.get(w("anchor")) for link in root.iter(w("hyperlink")) if link.get(w("anchor"))}
    assert anchors <= {mark.get(w("name")) for mark in root.iter(w("bookmarkStart"))}
    uses = Counter(re.sub(r"_use_\d+$", "", anchor) for anchor in anchors if "_use_" in anchor)
    assert max(uses.values()) == ooxml.MOST_BACK_LINKS


def test_many_topics_are_shared_out_over_tables_of_at_most_five(standard: Path, sample: Brief):
    document = docx.Document(io.BytesIO(render(large(sample), standard)))
    matrices = [table for table in document.tables if table.cell(0, 0).text == "Who"]
    assert [len(table.columns) for table in matrices] == [5, 5]
    assert [len(table.rows) for table in matrices] == [41, 41]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_as_many_characters_as_are_replaced_are_counted(standard: Path, sample: Brief, text: str):
    title = replace(sample, title=text, notices=())
    document = docx.Document(io.BytesIO(render(title, standard)))
    lost = len(sanitise(text)) and sum(a != b for a, b in zip(re.sub("\r\n?", "\n", text), sanitise(text), strict=True))
    told = [one for one in texts(document) if one.startswith("Characters replaced")]
    assert [int(re.search(r"\d+", one)[0]) for one in told] == ([lost] if lost else [])
