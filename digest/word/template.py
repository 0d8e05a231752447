"""Templates: finding them, checking them, filling their simple fields, and the place for the body of the brief."""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml.parser import parse_xml

from digest.errors import TemplateError
from digest.word import safety, splice, styles
from digest.word.fields import BODY, FIELDS, unknown
from digest.word.markers import broken, find
from digest.word.ooxml import Element, w

NO_MARKER = (
    "it has no {{ brief }}. Open it in Word, write {{ brief }} alone in a paragraph where the briefing is to stand, "
    "and save it."
)
PROPERTIES = ("title", "subject", "keywords", "category", "comments")
"""The document properties in which markers are filled."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: `problems` must be mended before the template works, `remarks` are good to know."""

    problems: tuple[str, ...]
    remarks: tuple[str, ...]


def resolve(name_or_path: str, folders: Sequence[Path]) -> Path:
    """The file of a template: NAME means NAME.docx or NAME.dotx in one of `folders`, anything else is a path.

    Raises TemplateError when there is none, with the nearest name and all that there are.
    """
    path = Path(name_or_path)
    if path.suffix.lower() in safety.SUFFIXES or len(path.parts) != 1:
        places = [path.expanduser(), *(folder / path for folder in folders)]
        found = next((place for place in places if place.is_file()), None)
        if found is None and len(path.parts) == 1 and not path.exists():
            raise _not_found(path.stem, folders)
        return found or places[0]
    for folder in folders:
        for suffix in safety.SUFFIXES:
            candidate = folder / f"{name_or_path}{suffix}"
            if candidate.is_file():
                return candidate
    if path.exists():
        return path
    raise _not_found(name_or_path, folders)


def available(folders: Sequence[Path]) -> list[str]:
    """The names of all templates in `folders`, sorted. Word's lock files (~$name.docx) are none."""
    files = (file for folder in folders if folder.is_dir() for file in folder.iterdir())
    return sorted({f.stem for f in files if f.suffix.lower() in safety.SUFFIXES and not f.name.startswith("~$")})


def _not_found(name: str, folders: Sequence[Path]) -> TemplateError:
    names = available(folders)
    near = difflib.get_close_matches(name, names, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    where = ", ".join(str(folder) for folder in folders)
    listed = f" There are: {', '.join(names)}." if names else f" There are no templates in {where}."
    return TemplateError(f"There is no template '{name}'.{hint}{listed}")


def load(path: Path) -> Document:
    """The template as a python-docx document, after the preflight. Raises TemplateError when it is refused."""
    return _open(path, safety.read(path).data)


def _open(path: Path, data: bytes) -> Document:
    try:
        document = docx.Document(io.BytesIO(data))
        # python-docx reads these two late; here a damaged file is told from a fault in the program.
        _ = document.element.body.tag, document.styles.element.tag, document.core_properties.title
    except Exception as error:
        raise safety.RefusedTemplateError(
            path, [f"it is damaged ({type(error).__name__}). Open it in Word, save it again, and retry."]
        ) from error
    return document


def check(path: Path) -> list[str]:
    """Every problem of a template, in words for its author; an empty list when it can be used."""
    return list(inspect(path).problems)


def inspect(path: Path) -> Report:
    """Problems and remarks of a template. Never raises for what is in the file or where it is."""
    try:
        safe = safety.read(path)
        document = _open(path, safe.data)
    except safety.RefusedTemplateError as error:
        return Report(error.reasons, ())
    remarks = [*safe.warnings, *_remarks(document)]
    return Report(tuple(examine(document)), tuple(remarks))


def examine(document: Document) -> list[str]:
    """What is wrong with the markers of an opened template: every problem, with its place."""
    problems: list[str] = []
    bodies: list[str] = []
    for paragraph, place in _places(document):
        text = splice.text_of(paragraph)
        if "{{" not in text and "}}" not in text:
            continue
        for marker in find(text):
            if marker.name == BODY:
                bodies.append(place)
                problems += _misplaced(document, paragraph, place, text)
            elif marker.name not in FIELDS:
                problems.append(f"{place}: {unknown(marker.name)}")
        problems += [
            f"{place}: '{words}' is no whole marker; it needs two braces on each side." for words in broken(text)
        ]
    for name in PROPERTIES:
        value = getattr(document.core_properties, name) or ""
        place = f"document properties, {name}"
        problems += [f"{place}: {unknown(marker.name)}" for marker in find(value) if marker.name not in FIELDS]
    if not bodies:
        problems.append(NO_MARKER)
    elif len(bodies) > 1:
        problems.append(f"{{{{ brief }}}} stands in {len(bodies)} places ({'; '.join(bodies)}). Keep one of them.")
    return problems


def _misplaced(document: Document, paragraph: Element, place: str, text: str) -> list[str]:
    """Why the body of a brief cannot stand where its marker stands."""
    root = paragraph.getroottree().getroot()
    if root.tag != w("document") or splice.in_table(paragraph) or splice.in_text_box(paragraph):
        return [f"{place}: {{{{ brief }}}} needs a paragraph of its own in the body, outside tables and text boxes."]
    if find(text)[0].start or text[find(text)[0].end :].strip() or text.strip() != text.strip("\n\t "):
        return [f"{place}: {{{{ brief }}}} must stand alone in its paragraph; move the other words to another one."]
    return []


def _remarks(document: Document) -> list[str]:
    remarks = []
    lacking = styles.missing(document)
    if lacking:
        remarks.append(f"These styles are not in the template and are added in a sober form: {', '.join(lacking)}.")
    root: Element = document.element
    if next(root.iter(w("ins"), w("del"), w("moveFrom"), w("moveTo")), None) is not None:
        remarks.append("The template has tracked changes. Accept or reject them, or they show in every brief.")
    if next(root.iter(w("commentReference")), None) is not None:
        remarks.append("The template has comments. Delete them, or they show in every brief.")
    return remarks


# --- where a paragraph stands, in words ------------------------------------------------------------------------------


def _places(document: Document) -> Iterator[tuple[Element, str]]:
    """Every paragraph of body, headers, footers and notes with its place; the second copy of text boxes is left out."""
    yield from _body_places(document.element, styles.heading_ids(document))
    for label, root in _side_parts(document):
        for number, paragraph in enumerate(splice.paragraphs(root), 1):
            if not splice.in_fallback(paragraph):
                yield paragraph, f"{label}, paragraph {number}"


def _body_places(root: Element, headings: frozenset[str]) -> Iterator[tuple[Element, str]]:
    number = 0
    title = ""
    for paragraph in splice.paragraphs(root):
        if splice.in_fallback(paragraph):
            continue
        if splice.in_text_box(paragraph):
            place = "body, in a text box"
        elif splice.in_table(paragraph):
            place = "body, in a table"
        else:
            number += 1
            place = f"body, paragraph {number}"
        yield paragraph, place + (f", under '{title}'" if title else "")
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        if style is not None and style.get(w("val")) in headings:
            title = splice.text_of(paragraph).strip() or title


_KINDS = {"first": "first-page ", "even": "even-page ", "default": ""}


def _side_parts(document: Document) -> Iterator[tuple[str, Element]]:
    """Headers, footers and notes: what each is called, and its root element (of notes, a copy)."""
    kinds: Mapping[str, str] = {
        reference.get(w("r:id")) or "": _KINDS.get(reference.get(w("type")) or "default", "")
        for reference in document.element.iter(w("headerReference"), w("footerReference"))
    }
    for identifier, relation in document.part.rels.items():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if relation.is_external:
            continue
        if kind in ("header", "footer"):
            yield f"{kinds.get(identifier, '')}{kind}", relation.target_part.element
        elif kind in ("footnotes", "endnotes"):
            yield kind, parse_xml(relation.target_part.blob)


# --- filling ---------------------------------------------------------------------------------------------------------


def body_marker(document: Document) -> Element:
    """The paragraph that the body of the brief replaces, in a template that `examine` found fit."""
    for paragraph in splice.paragraphs(document.element):
        if any(marker.name == BODY for marker in find(splice.text_of(paragraph))):
            return paragraph
    raise TemplateError(f"The template cannot be used: {NO_MARKER}")


def fill(document: Document, values: Mapping[str, str]) -> None:
    """Put `values` in place of the fields in body, headers, footers and document properties.

    A paragraph that held nothing but fields, all of them empty, is taken out where its neighbours allow it.
    """
    roots = [document.element, *(root for label, root in _side_parts(document) if label.endswith(("header", "footer")))]
    for root in roots:
        for paragraph in list(splice.paragraphs(root)):
            _fill_paragraph(paragraph, values)
    for name in PROPERTIES:
        value = getattr(document.core_properties, name) or ""
        filled = fill_text(value, values)
        if filled != value:
            setattr(document.core_properties, name, filled[:255])


def fill_text(text: str, values: Mapping[str, str]) -> str:
    """`text` with its fields filled; what a value brings along is not looked at again."""
    for marker in reversed(find(text)):
        if marker.name in values:
            text = text[: marker.start] + values[marker.name] + text[marker.end :]
    return text


def _fill_paragraph(paragraph: Element, values: Mapping[str, str]) -> None:
    text = splice.text_of(paragraph)
    found = [marker for marker in find(text) if marker.name in values]
    for marker in reversed(found):
        splice.replace(paragraph, marker.start, marker.end, values[marker.name])
    if found and not fill_text(text, values).strip():
        _take_out(paragraph)


def _take_out(paragraph: Element) -> None:
    """Remove an emptied paragraph unless it holds something else, or is what its container must end with."""
    parent = paragraph.getparent()
    following = paragraph.getnext()
    holds = next(paragraph.iter(w("drawing"), w("pict"), w("sectPr"), w("fldChar"), w("fldSimple")), None)
    if parent is None or holds is not None:
        return
    before = paragraph.getprevious()
    another = (following is not None and following.tag == w("p")) or (before is not None and before.tag == w("p"))
    if another:
        parent.remove(paragraph)
