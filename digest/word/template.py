"""Templates: finding them, opening them, and what a check says of them."""

from __future__ import annotations

import difflib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document

from digest.errors import TemplateError
from digest.word import found, safety, settings, styles
from digest.word.checking import Problem, examine
from digest.word.ooxml import Element, w


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: `problems` must be mended before the template works, `remarks` are good to know.

    `readable` is false for a file that may not be opened at all, so that nobody can be shown where the problems are.
    """

    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]
    readable: bool = True


def folders() -> list[Path]:
    """Where a template is looked for by name: the folder `templates` here, then those that came with the program."""
    package = Path(__file__).resolve().parents[1]
    return [Path("templates"), package.parent / "templates", package / "data"]


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
    return [str(problem) for problem in inspect(path).problems]


def inspect(path: Path) -> Report:
    """Problems and remarks of a template. Never raises for what is in the file or where it is."""
    try:
        safe = safety.read(path)
        document = _open(path, safe.data)
    except safety.RefusedTemplateError as error:
        return Report(tuple(Problem("", reason) for reason in error.reasons), (), readable=False)
    chosen, unset = settings.read(path)
    problems = [*examine(document), *(Problem("", problem) for problem in unset)]
    return Report(tuple(problems), (*safe.warnings, *_remarks(document, chosen.sections)))


def _remarks(document: Document, order: Sequence[str]) -> list[str]:
    remarks = []
    lacking = styles.missing(document)
    if lacking:
        remarks.append(f"These styles are not in the template and are added in a sober form: {', '.join(lacking)}.")
    if found.are_named(document, order) and not found.are_told(document, order):
        remarks.append(
            "Where the settings name no topics, this template says behind each theme that it was found by machine. "
            "To have it said once, write {{ themes }} into a paragraph of its own."
        )
    root: Element = document.element
    if next(root.iter(w("ins"), w("del"), w("moveFrom"), w("moveTo")), None) is not None:
        remarks.append("The template has tracked changes. Accept or reject them, or they show in every brief.")
    if any((code.text or "").split()[:1] == ["TOC"] for code in root.iter(w("instrText"))):
        remarks.append(
            "The template has a table of contents of Word's own: it shows what it showed when it was saved until "
            "someone updates it (F9). {{ section.contents }} in its place is right at once."
        )
    if next(root.iter(w("commentReference")), None) is not None:
        remarks.append("The template has comments. Delete them, or they show in every brief.")
    return remarks
