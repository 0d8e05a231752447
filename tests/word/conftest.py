"""Templates, good and bad, made on the spot from the standard one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document

from digest.model import Brief
from digest.word.render import render
from digest.word.sample import sample_brief
from digest.word.standard import build

Change = Callable[[bytes], bytes]
MakeTemplate = Callable[..., Path]
Rendered = Callable[..., Document]


@pytest.fixture(scope="session")
def standard_parts() -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(build())) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture
def make_template(tmp_path: Path, standard_parts: Mapping[str, bytes]) -> MakeTemplate:
    """A template from the standard one: parts added or replaced, and pieces of parts exchanged."""

    def make(
        parts: Mapping[str, bytes] | None = None,
        exchange: Mapping[str, tuple[str, str]] | None = None,
        name: str = "house.docx",
    ) -> Path:
        content = dict(standard_parts) | dict(parts or {})
        for part, (old, new) in (exchange or {}).items():
            assert old.encode() in content[part]
            content[part] = content[part].replace(old.encode(), new.encode())
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for part, data in content.items():
                package.writestr(part, data)
        return path

    return make


@pytest.fixture
def with_body(make_template: MakeTemplate) -> Callable[[str], Path]:
    """A template whose body begins with the XML given and then has its marker."""

    def make(xml: str) -> Path:
        return make_template(exchange={"word/document.xml": ("<w:body>", f"<w:body>{xml}")})

    return make


@pytest.fixture(scope="session")
def standard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("templates") / "standard.docx"
    path.write_bytes(build())
    return path


@pytest.fixture(scope="session")
def sample() -> Brief:
    return sample_brief()


@pytest.fixture
def rendered(standard: Path, sample: Brief) -> Rendered:
    """The sample brief, with values exchanged, as a document that python-docx opens."""

    def make(template: Path | None = None, **values: object) -> Document:
        return docx.Document(io.BytesIO(render(replace(sample, **values), template or standard)))

    return make
