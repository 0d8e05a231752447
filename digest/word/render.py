"""A brief and a template in, a Word file out: the same bytes for the same brief on every run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from docx.document import Document

from digest import outfile
from digest.model import Brief
from digest.word import safety, styles, template
from digest.word.context import context_of
from digest.word.fields import FIELDS
from digest.word.languages import facts
from digest.word.markers import find
from digest.word.ooxml import Element, Writer, highest_bookmark, sanitise, text_width, w
from digest.word.sections import standard_body
from digest.word.words import Words, words_for

_FIRST_ENTRY = "[Content_Types].xml"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_LONGEST_PROPERTY = 255
"""What Word, and python-docx, allow for a document property, in characters."""


def render(brief: Brief, template_path: Path) -> bytes:
    """The brief as the bytes of a .docx in the look of a template.

    Raises TemplateError when the template cannot be used (every reason at once), and DigestError when the brief
    refers to a source that it does not list.
    """
    document = template.load(template_path)
    problems = template.examine(document)
    if problems:
        raise safety.RefusedTemplateError(template_path, problems)
    words = words_for(brief.language)
    values = {name: sanitise(field.value(brief, words)) for name, field in FIELDS.items()}
    own_title = bool(find(document.core_properties.title))
    marker = template.body_marker(document)
    template.fill(document, values)
    _insert_body(document, brief, marker, words)
    _set_properties(document, brief, own_title)
    return _packed(document)


def write(brief: Brief, template_path: Path, target: Path, *, overwrite: bool = False) -> Path:
    """Render and write to `target`, or beside it (`name-2.docx`) where it exists and may not or cannot be replaced.

    Returns the path written. Raises what `render` raises, and OutputError when nothing can be written there.
    """
    return outfile.write_bytes(target, render(brief, template_path), overwrite)


def _insert_body(document: Document, brief: Brief, marker: Element, words: Words) -> None:
    context = context_of(brief, text_width(_section_of(document, marker)))
    identifiers, _ = styles.ensure(document)
    writer = Writer(
        document.part, identifiers, context.mark_anchors, words.language, highest_bookmark(document.element) + 1
    )
    elements = writer.write(standard_body(context))
    writer.finish()
    _replace(marker, elements)


def _section_of(document: Document, marker: Element) -> Element | None:
    """The properties of the section that a paragraph of the body belongs to: those at the end of it."""
    passed = False
    for element in document.element.iter(w("p"), w("sectPr")):
        passed = passed or element is marker
        if passed and element.tag == w("sectPr"):
            section: Element = element
            return section
    return None


def _replace(marker: Element, elements: Sequence[Element]) -> None:
    """Put `elements` where `marker` stands; a section that ends with the marker ends with the last of them."""
    parent = marker.getparent()
    if parent is None:  # pragma: no cover - the marker was found in a body
        return
    at = parent.index(marker)
    section = marker.find(f"{w('pPr')}/{w('sectPr')}")
    parent.remove(marker)
    for offset, element in enumerate(elements):
        parent.insert(at + offset, element)
    if section is not None:
        properties = elements[-1].find(w("pPr"))
        if properties is not None:
            properties.append(section)


def _set_properties(document: Document, brief: Brief, own_title: bool) -> None:
    """Title (unless the template composes its own), author, language and dates; the issue date is the only date."""
    properties = document.core_properties
    issued = datetime.combine(brief.issued, time(), UTC).replace(tzinfo=None)
    if not own_title:
        properties.title = _property(brief.title)
    properties.author = _property(brief.author)
    properties.last_modified_by = _property(brief.author)
    properties.language = facts(brief.language).tag
    properties.created = properties.modified = issued
    properties.revision = 1


def _property(text: str) -> str:
    clean = " ".join(sanitise(text).split())
    return clean if len(clean) <= _LONGEST_PROPERTY else clean[: _LONGEST_PROPERTY - 1] + "…"


def _packed(document: Document) -> bytes:
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as package:
        return pack({name: package.read(name) for name in package.namelist()})


def pack(parts: Mapping[str, bytes]) -> bytes:
    """A zip package whose bytes depend on its parts alone: fixed times, sorted names, the list of types first."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name in sorted(parts, key=lambda name: (name != _FIRST_ENTRY, name)):
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else the system of the machine is noted
            entry.external_attr = 0
            package.writestr(entry, parts[name])
    return packed.getvalue()
