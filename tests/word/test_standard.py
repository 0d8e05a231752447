from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

import digest
from digest.word import template
from digest.word.standard import build, main
from digest.word.styles import STYLES

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_template_in_the_folder_is_the_one_that_the_code_builds():
    # Part by part: the packing depends on the version of zlib.
    assert parts((TEMPLATES / "standard.docx").read_bytes()) == parts(build())


def test_it_is_built_the_same_twice():
    assert build() == build()


def test_it_is_written_where_it_is_asked_for(tmp_path: Path):
    target = tmp_path / "mine.docx"
    assert main([str(target)]) == 0
    assert template.check(target) == []


def test_it_has_every_style_of_the_brief_on_a_page_of_a4():
    document = docx.Document(io.BytesIO(build()))
    names = {style.name for style in document.styles}
    assert {style.name.replace("heading", "Heading") for style in STYLES} <= names
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_its_footer_counts_the_pages():
    xml = parts(build())["word/footer1.xml"].decode()
    assert " PAGE " in xml
    assert " NUMPAGES " in xml


@pytest.mark.parametrize("name", ["standard", "one-page", "table"])
def test_the_copy_that_an_installed_program_brings_is_the_same_file(name: str):
    package = Path(digest.__file__).parent / "data"
    for ending in (".docx", ".toml"):
        assert (package / f"{name}{ending}").read_bytes() == (TEMPLATES / f"{name}{ending}").read_bytes()
