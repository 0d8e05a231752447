"""From a folder to documents: which files there are, and what each one says.

A format is a line in `READERS`; its module is imported when the first file of that kind is read. What a person must
know of a file that is not read comes back as a `Notice` (`scan`) or is raised as a `ReadError` (`read`).
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

from digest.errors import ReadError
from digest.model import Document, Notice
from digest.preflight import DEFAULT_LIMITS, Limits, check_file
from digest.readers.raw import Reader

READERS = {
    ".txt": "digest.readers.text:read_text",
    ".text": "digest.readers.text:read_text",
    ".md": "digest.readers.markdown:read_markdown",
    ".markdown": "digest.readers.markdown:read_markdown",
    ".docx": "digest.readers.word:read_word",
}
"""The suffixes that are read, each with the function that reads it."""

STAGE = "reading"

_CURES = {
    **dict.fromkeys((".doc", ".docm", ".dotx", ".dotm", ".rtf", ".odt", ".pages"), "Open it and save it as .docx."),
    **dict.fromkeys((".pdf", ".html", ".htm", ".xhtml", ".eml", ".msg", ".epub"), "Save its text as .docx or .txt."),
    **dict.fromkeys((".zip", ".7z", ".rar", ".gz", ".tar"), "Unpack it and put its documents into the folder."),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".webp"), "Have its text recognised first."),
    **dict.fromkeys((".xlsx", ".xls", ".csv", ".pptx", ".ppt"), "Copy the text that matters into a .docx or .txt."),
}
_CURE = "Save it as .docx, .md or .txt, or remove it."
_TEMPORARY_STARTS = (".", "~$", "~WRL", "__MACOSX")
_TEMPORARY_ENDS = ("~", ".tmp", ".temp", ".swp", ".bak", ".part", ".partial", ".crdownload", ".download", ".lnk")
_TEMPORARY_NAMES = frozenset(("thumbs.db", "desktop.ini", "ehthumbs.db"))


def scan(folder: Path) -> tuple[list[Path], list[Notice]]:
    """The files under `folder` that can be read, in the order of their paths, and a notice for each that cannot.

    Hidden, lock and temporary files are passed over in silence. Nothing is opened. Links to folders are not followed;
    links to files are, unless they leave `folder`. Raises ReadError when `folder` itself cannot be listed.
    """
    found: list[Path] = []
    notices: list[Notice] = []
    for path, error in sorted(_walk(folder), key=lambda pair: pair[0].as_posix()):
        if error is None and _leads_to_folder_inside(path, folder):
            continue  # its files are found where they lie
        problem = error or _problem(path, folder)
        if problem is None:
            found.append(path)
        else:
            notices.append(Notice(shown(path, folder), STAGE, problem.reason, problem.advice))
    return found, notices


def read(path: Path, root: Path, today: date, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read one file into a document, its furniture marked and its date, title and publisher found.

    The language is left undetermined. No date later than `today` is believed. Raises ReadError, whose reason and advice
    make the notice, for every file that cannot be read.
    """
    from digest.readers import clean, dating, origin

    check_file(path, root, limits)
    try:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        raw = reader_of(path)(path, limits)
    except OSError as error:
        raise ReadError(f"it cannot be read ({error.strerror or error})", "Check its rights and the disk.") from error
    furniture = clean.furniture(raw.text, raw.furniture)
    return Document(
        id=content,
        path=shown(path, root),
        title=origin.title_of(raw, furniture, path.stem),
        publisher=origin.publisher_of(raw, furniture, path.stem),
        dating=dating.date_document(raw.text, furniture, raw.properties, path.stem, today),
        text=raw.text,
        furniture=furniture,
        url=raw.properties.url,
    )


def reader_of(path: Path) -> Reader:
    """The function that reads files of this suffix. Raises ReadError for a suffix that is not in the table."""
    entry = READERS.get(path.suffix.casefold())
    if entry is None:
        raise _unknown(path)
    module, function = entry.split(":")
    reader: Reader = getattr(import_module(module), function)
    return reader


def merge_same(documents: Iterable[Document]) -> list[Document]:
    """The documents with each content once: the first path stays, the others stand in `also_at`."""
    merged: dict[str, Document] = {}
    for document in documents:
        first = merged.get(document.id)
        merged[document.id] = replace(first, also_at=(*first.also_at, document.path)) if first else document
    return list(merged.values())


def shown(path: Path, root: Path) -> str:
    """The path below `root`, with forward slashes, undecodable and control characters replaced by U+FFFD."""
    relative = path.relative_to(root) if path.is_relative_to(root) else path
    text = relative.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def _walk(folder: Path) -> Iterator[tuple[Path, ReadError | None]]:
    """Every entry below the folder that is no folder itself, and the folders that cannot be listed."""
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            with os.scandir(current) as entries:
                for entry in entries:
                    if _is_temporary(entry.name):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
                    else:
                        yield Path(entry.path), None
        except OSError as error:
            problem = ReadError(
                f"the folder cannot be listed ({error.strerror})", "Give yourself the right to read it."
            )
            if current == folder:
                raise problem from error
            yield current, problem


def _is_temporary(name: str) -> bool:
    folded = name.casefold()
    return name.startswith(_TEMPORARY_STARTS) or folded.endswith(_TEMPORARY_ENDS) or folded in _TEMPORARY_NAMES


def _leads_to_folder_inside(path: Path, root: Path) -> bool:
    return path.is_symlink() and path.is_dir() and path.resolve().is_relative_to(root.resolve())


def _problem(path: Path, root: Path) -> ReadError | None:
    """Why this entry is not read, or None when it is."""
    try:
        status = path.stat()
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(root.resolve(strict=True)):
            return ReadError("it is a link that leads out of the folder", "Copy the file itself into the folder.")
    except (OSError, RuntimeError):
        return ReadError("it is a broken link, or may not be looked at", "Remove it, or copy the file itself.")
    if not stat.S_ISREG(status.st_mode):
        return ReadError("it is no file but a pipe, socket or device", "Remove it from the folder.")
    return None if path.suffix.casefold() in READERS else _unknown(path)


def _unknown(path: Path) -> ReadError:
    suffix = path.suffix.casefold()
    reason = f"files ending in {suffix} are not read" if suffix else "it has no ending that says what it is"
    return ReadError(reason, _CURES.get(suffix, _CURE))
