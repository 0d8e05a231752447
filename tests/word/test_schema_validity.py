"""Every file that is written is valid against the schema of ECMA-376 (transitional), as the Open XML SDK has it.

openxml-audit brings that schema and checks elements, their order, values and relationships. Attributes that the
standard does not know it lets pass: these are checked by a table of our own. Both must show that they find faults.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator
from schema import unknown_attributes
from test_render import with_text

from digest import framedata
from digest.model import Brief
from digest.word import layouts, standard, starter
from digest.word.comments import commented
from digest.word.render import pack, render
from digest.word.template import inspect

TEMPLATES: dict[str, Callable[[], bytes]] = {
    "standard": standard.build,
    "one-page": layouts.one_page,
    "table": layouts.table,
    "starter": starter.starter,
}
HOSTILE = {
    "markup": "<w:p>&amp;]]></w:p>",
    "markers": "{{ brief }} {{#countries}} }}{{",
    "controls": "a\x00\x01\x1f\ud800b\udfff\ufffe",
    "line ends": "a\r\nb\tc\x0bd\x85e\u2028f",
    "directions": "\u202eabc\u2066 שלום مرحبا 123 \u202d",
    "long": "word " * 20_000,
    "scripts": "Ελλάδα Россия 北方海缆 日本 한국 भारत ไทย 😀 e\u0301",
    "quotes": "\"'`$x^2$ %d {0} \\n",
}


def faults(data: bytes, tmp_path: Path, *, strict: bool = True) -> list[str]:
    path = tmp_path / "checked.docx"
    path.write_bytes(data)
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=50).validate(str(path))
    with zipfile.ZipFile(path) as package:
        parts = [name for name in package.namelist() if re.fullmatch(r"word/[a-z]+\d*\.xml", name)]
        roots = [etree.fromstring(package.read(name)) for name in parts]
    unknown = [fault for root in roots for fault in unknown_attributes(root)] if strict else []
    return [*(str(error) for error in result.errors), *unknown]


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("document", "<w:pPr><w:pStyle", "<w:pPr><w:jc w:val='left'/><w:pStyle"),
        ("document", "<w:body>", "<w:body><w:tc/>"),
        ("document", 'w:w="11906"', 'w:w="wide"'),
        ("document", "<w:pPr>", "<w:pPr w:unheard='1'>"),
        ("styles", 'w:val="single"', 'w:val="striped"'),
        ("document", "<w:body>", "<w:body><w:tbl><w:tr/></w:tbl>"),
    ],
)
def test_the_validator_finds_what_is_wrong(part: str, old: str, new: str, tmp_path: Path):
    with zipfile.ZipFile(io.BytesIO(standard.build())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts[f"word/{part}.xml"].decode()
    assert old in text
    parts[f"word/{part}.xml"] = text.replace(old, new, 1).encode()
    assert faults(pack(parts), tmp_path)


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_templates_are_valid(name: str, tmp_path: Path):
    assert faults(TEMPLATES[name](), tmp_path) == []


@pytest.mark.parametrize("language", framedata.LANGUAGES)
@pytest.mark.parametrize("name", TEMPLATES)
def test_briefs_are_valid_in_every_language_of_the_frame(name: str, language: str, sample: Brief, tmp_path: Path):
    template = tmp_path / f"{name}.docx"
    template.write_bytes(TEMPLATES[name]())
    assert faults(render(replace(sample, language=language), template), tmp_path) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_brief_with_nothing_in_it_is_valid(name: str, sample: Brief, tmp_path: Path):
    template = tmp_path / f"{name}.docx"
    template.write_bytes(TEMPLATES[name]())
    empty = replace(sample, holders=(), sources=(), key_points=(), topics=(), notices=(), missing=(), changes=(),
                    engines=(), author="", classification="", period=(None, None), previous=None)  # fmt: skip
    assert faults(render(empty, template), tmp_path) == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", ["standard", "table"])
def test_a_brief_of_hostile_texts_is_valid(name: str, text: str, sample: Brief, tmp_path: Path):
    template = tmp_path / f"{name}.docx"
    template.write_bytes(TEMPLATES[name]())
    assert faults(render(with_text(sample, text), template), tmp_path) == []


def test_a_brief_in_another_houses_template_is_valid(sample: Brief, tmp_path: Path):
    document = docx.Document()
    document.add_paragraph("{{ brief }}")
    document.sections[0].header.paragraphs[0].text = "{{ title }}"
    path = tmp_path / "house.docx"
    document.save(str(path))
    own = set(map(plain, faults(path.read_bytes(), tmp_path, strict=False)))
    found = set(map(plain, faults(render(sample, path), tmp_path, strict=False)))
    # The part for Word 2010, which python-docx's template has, is a copy of its styles for that program alone.
    assert {fault for fault in found - own if "stylesWithEffects" not in fault} == set()


def test_a_checked_copy_with_comments_is_valid(make_template: Callable[..., Path], tmp_path: Path):
    path = make_template(exchange={"word/document.xml": ("{{ brief }}", "{{ brif }}")})
    assert faults(commented(path, inspect(path).problems), tmp_path, strict=False) == []


def plain(fault: str) -> str:
    return re.sub(r"\d+", "#", fault)
