"""A brief and a template in, a Word file out: the same bytes for the same brief on every run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path

from docx.document import Document

from digest import outfile
from digest.model import Brief
from digest.word import drawing, found, safety, settings, styles, template
from digest.word.checking import examine
from digest.word.context import context_of
from digest.word.filling import fill
from digest.word.languages import facts
from digest.word.markers import find
from digest.word.ooxml import Writer, highest_bookmark, sanitise, text_width
from digest.word.stash import Stash

_FIRST_ENTRY = "[Content_Types].xml"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_LONGEST_PROPERTY = 255
"""What Word, and python-docx, allow for a document property, in characters."""


def render(brief: Brief, template_path: Path, draw: drawing.Draw = drawing.draw) -> bytes:
    """The brief as the bytes of a .docx in the look of a template; `draw` makes its pictures.

    Raises TemplateError when the template cannot be used (every reason at once), and DigestError when the brief
    refers to a source that it does not list.
    """
    document = template.load(template_path)
    chosen, unset = settings.read(template_path)
    problems = [*examine(document), *unset]
    if problems:
        raise safety.RefusedTemplateError(template_path, [str(problem) for problem in problems])
    settings.set_paper(document, chosen.paper)
    if not found.are_told(document, chosen.sections):
        brief = found.marked(brief)
    own_title = bool(find(document.core_properties.title))
    context = context_of(brief, text_width(None), accent=styles.accent_of(document), draw=draw)
    identifiers, _ = styles.ensure(document)
    first = highest_bookmark(document.element) + 1
    writer = Writer(document.part, identifiers, context.mark_anchors, context.words.language, first)
    stash = fill(document, context, writer, chosen.sections)
    writer.finish()
    _set_properties(document, brief, own_title)
    return packed(document, stash)


def write(brief: Brief, template_path: Path, target: Path, *, overwrite: bool = False) -> Path:
    """Render and write to `target`, or beside it (`name-2.docx`) where it exists and may not or cannot be replaced.

    Returns the path written. Raises what `render` raises, and OutputError when nothing can be written there.
    """
    return outfile.write_bytes(target, render(brief, template_path), overwrite)


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


def packed(document: Document, stash: Stash | None = None) -> bytes:
    """A python-docx document as bytes that depend on its contents alone; with what of its body lies in the stash."""
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    if stash is not None:
        body = document.part.partname.lstrip("/")
        parts[body] = stash.restored(parts[body])
    return pack(parts)


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
