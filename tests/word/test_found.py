"""Themes found by machine: whatever the template, the brief says so, and says it once where the template lets it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from digest import framedata
from digest.model import Brief
from digest.word import layouts, splice, standard, starter, template
from digest.word.render import render
from digest.word.words import words_for

Make = Callable[..., Path]
MARKER = '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:t>{{ brief }}</w:t></w:r></w:p>'
OWN = {
    "standard": standard.build,
    "one-page": layouts.one_page,
    "table": layouts.table,
    "starter": starter.starter,
}


def body(*texts: str) -> dict[str, tuple[str, str]]:
    lines = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    return {"word/document.xml": (MARKER, lines)}


def shown(brief: Brief, path: Path) -> list[str]:
    element = docx.Document(io.BytesIO(render(brief, path))).element
    return [splice.text_of(paragraph) for paragraph in splice.paragraphs(element)]


@pytest.fixture
def themes(sample: Brief) -> Brief:
    return replace(sample, topics=tuple(replace(topic, found=True) for topic in sample.topics))


@pytest.mark.parametrize("language", framedata.LANGUAGES)
@pytest.mark.parametrize("name", OWN)
def test_every_template_of_ours_names_them_in_the_frames_language(
    name: str, language: str, themes: Brief, tmp_path: Path
):
    path = tmp_path / "own.docx"
    path.write_bytes(OWN[name]())
    names = "; ".join(topic.name for topic in themes.topics)
    told = words_for(language).found_themes.format(themes=names)
    assert shown(replace(themes, language=language), path).count(told) == 1


@pytest.mark.parametrize("name", OWN)
def test_topics_that_the_analyst_named_are_not_said_to_be_found(name: str, sample: Brief, tmp_path: Path):
    path = tmp_path / "own.docx"
    path.write_bytes(OWN[name]())
    assert not [text for text in shown(sample, path) if "by machine" in text and "heme" in text]


@pytest.mark.parametrize(
    "texts",
    [
        ("{{ section.countries }}",),
        ("{{ section.changes }}",),
        ("{{#positions}}", "{{ position.topic }}", "{{/positions}}"),
        ("{{#topics}}", "{{ topic.name }}", "{{/topics}}"),
        ("{{#holders}}", "{{ holder.headline }}", "{{/holders}}"),
    ],
)
def test_a_template_without_a_place_for_it_says_it_behind_each_name(
    texts: tuple[str, ...], themes: Brief, make_template: Make
):
    path = make_template(exchange=body(*texts))
    lines = [text for text in shown(themes, path) if any(topic.name in text for topic in themes.topics)]
    assert lines
    for topic in themes.topics:
        for text in lines:
            assert text.count(topic.name) == text.count(f"{topic.name} (theme found by machine)")
    (remark,) = template.inspect(path).remarks
    assert "{{ themes }}" in remark


@pytest.mark.parametrize("teller", ["{{ themes }}", "{{ section.masthead }}", "{{ section.matrix }}"])
def test_a_template_with_a_place_for_it_says_it_there_alone(teller: str, themes: Brief, make_template: Make):
    path = make_template(exchange=body(teller, "{{ section.countries }}"))
    assert template.inspect(path).remarks == ()
    lines = shown(themes, path)
    assert any("found by machine" in text for text in lines)
    assert not [text for text in lines if "(theme found by machine)" in text]


def test_a_template_that_prints_no_topic_is_left_in_peace(themes: Brief, make_template: Make):
    path = make_template(exchange=body("{{ section.bottom_line }}", "{{ section.sources }}"))
    assert template.inspect(path).remarks == ()
    assert not [text for text in shown(themes, path) if "found by machine" in text]


def test_the_sections_of_the_settings_count(themes: Brief, make_template: Make):
    path = make_template()
    path.with_suffix(".toml").write_text('sections = ["countries", "sources"]', encoding="utf-8")
    assert any("(theme found by machine)" in text for text in shown(themes, path))


def test_the_field_is_gone_where_the_analyst_named_the_topics(sample: Brief, make_template: Make):
    with_it = make_template(exchange=body("{{ section.sources }}", "{{ themes }}", "End"), name="with.docx")
    without = make_template(exchange=body("{{ section.sources }}", "End"), name="without.docx")
    assert shown(sample, with_it) == shown(sample, without)
