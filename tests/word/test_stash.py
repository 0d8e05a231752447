"""A long brief is put away as text while it is made: the file must be the same as without."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest

from digest.model import Brief
from digest.word import filling, render
from digest.word.ooxml import w
from digest.word.sample import sample_brief
from digest.word.stash import Stash

NEVER = 10**9


@pytest.fixture(scope="module")
def brief() -> Brief:
    return sample_brief()


def rendered(brief: Brief, template: Path, many: int, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setattr(filling, "MANY", many)
    return render.render(brief, template)


@pytest.mark.parametrize("name", ["standard", "one-page", "table"])
@pytest.mark.parametrize("many", [1, 7])
def test_the_file_is_the_same_byte_for_byte(
    brief: Brief, root: Path, name: str, many: int, monkeypatch: pytest.MonkeyPatch
):
    template = root / "templates" / f"{name}.docx"
    assert rendered(brief, template, many, monkeypatch) == rendered(brief, template, NEVER, monkeypatch)


def test_links_to_what_a_template_does_not_print_are_plain_text_there_too(
    brief: Brief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    document = docx.Document()
    document.add_paragraph("{{ section.countries }}")
    template = tmp_path / "countries.docx"
    document.save(str(template))
    whole = rendered(brief, template, NEVER, monkeypatch)
    assert rendered(brief, template, 2, monkeypatch) == whole
    body = docx.Document(io.BytesIO(whole)).element.body
    there = {mark.get(w("name")) for mark in body.iter(w("bookmarkStart"))}
    leads = {link.get(w("anchor")) for link in body.iter(w("hyperlink"))} - {None}
    assert leads <= there


def test_a_template_cannot_ask_for_what_lies_in_the_stash(
    brief: Brief, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    source, forged = root / "templates" / "standard.docx", tmp_path / "forged.docx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(forged, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = re.sub(rb"<w:body>", b'<w:body><w:p stash="0"/><w:p stash="999999"/>', data, count=1)
            new.writestr(name, data)
    made = rendered(brief, forged, 1, monkeypatch)
    assert made == rendered(brief, forged, NEVER, monkeypatch)
    assert b"stash=" not in zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml")


def test_most_of_a_long_section_is_put_away(brief: Brief, root: Path, monkeypatch: pytest.MonkeyPatch):
    left: list[int] = []
    put = Stash.put

    def counted(self: Stash, elements: list[object], stays: object) -> list[object]:
        kept = put(self, elements, stays)  # type: ignore[arg-type]
        left.append(len(elements) - len(kept))
        return kept  # type: ignore[return-value]

    monkeypatch.setattr(Stash, "put", counted)
    rendered(brief, root / "templates" / "standard.docx", 20, monkeypatch)
    assert sum(left) > 40
