"""From a folder to documents: which files there are, and what each one says.

A format is a line in `READERS`; its module is imported when the first file of that kind is read. What a person must
know of a file that is not read comes back as a `Notice` or is raised as a `ReadError`. `read_file` reads in this
process; `guard.Guard` does the same in a process with bounds on time and memory.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path, PurePosixPath

from digest.dates import LATEST_YEAR
from digest.errors import ReadError
from digest.model import Dating, Document, Furniture, Notice
from digest.preflight import DEFAULT_LIMITS, Kind, Limits, check_file, kind_of
from digest.readers.raw import Attachment, RawDocument, Reader

_HTML = "digest.readers.html:read_html"
_WORD = "digest.readers.word:read_word"
_ODT = "digest.readers.odt:read_odt"
_RTF = "digest.readers.rtf:read_rtf"
_PDF = "digest.readers.pdf:read_pdf"

READERS = {
    ".txt": "digest.readers.text:read_text",
    ".text": "digest.readers.text:read_text",
    ".md": "digest.readers.markdown:read_markdown",
    ".markdown": "digest.readers.markdown:read_markdown",
    ".docx": _WORD,
    ".odt": _ODT,
    ".rtf": _RTF,
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
    ".pdf": _PDF,
    ".eml": "digest.readers.mail:read_mail",
}
"""The suffixes that are read, each with the function that reads it."""

_BY_CONTENT = {Kind.PDF: _PDF, Kind.HTML: _HTML, Kind.WORD: _WORD, Kind.OPEN_DOCUMENT: _ODT, Kind.RTF: _RTF}
"""What shows by its first bytes what it is goes to its reader, whatever its name says."""

STAGE = "reading"

LAST_DAY = date(LATEST_YEAR, 12, 31)

_CURES = {
    **dict.fromkeys((".doc", ".docm", ".dotx", ".dotm", ".dot", ".pages", ".wpd"), "Open it and save it as .docx."),
    **dict.fromkeys((".msg", ".mht", ".mhtml", ".mbox"), "Save it from your mail program or browser as .eml or .html."),
    **dict.fromkeys((".epub", ".mobi", ".xps", ".ps"), "Save its text as .docx or .txt, or print it as PDF."),
    **dict.fromkeys((".zip", ".7z", ".rar", ".gz", ".tar"), "Unpack it and put its documents into the folder."),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".webp"), "Have its text recognised first."),
    **dict.fromkeys((".xlsx", ".xls", ".ods", ".csv", ".pptx", ".ppt", ".odp"), "Copy the text into a .docx or .txt."),
}
_CURE = "Save it as .docx, .pdf, .html, .md or .txt, or remove it."
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
    """The document that one file is, without the documents attached to it. Raises what `read_file` raises."""
    first = read_file(path, root, today, limits)[0]
    if isinstance(first, Notice):  # never: a file that is not read raises
        raise ReadError(first.reason, first.advice)
    return first


def read_file(path: Path, root: Path, today: date, limits: Limits = DEFAULT_LIMITS) -> list[Document | Notice]:
    """Read one file: its document first, then the documents attached to it, and a notice for each that is not read.

    Furniture is marked, date, title and publisher are found; the language is left undetermined. No date later than
    `today` is believed. Raises ReadError, whose reason and advice make the notice, for a file that cannot be read.
    """
    check_file(path, root, limits)
    try:
        content = path.read_bytes()
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    except (OSError, OverflowError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ReadError(f"it cannot be read ({reason})", "Check its rights and the disk.") from error
    resort = (changed, "file time, which may be that of a copy")
    return _Reading(today, limits).all_of(content, shown(path, root), path.name, resort)


@dataclass(slots=True)
class _Reading:
    """The reading of one file with all that is attached to it."""

    today: date
    limits: Limits
    attachments: int = 0

    def all_of(
        self, content: bytes, where: str, name: str, resort: tuple[date, str] | None, depth: int = 0
    ) -> list[Document | Notice]:
        """The document made of `content`, and what is attached. `resort` is the day to believe where nothing tells."""
        raw = reader_of(name, content)(content, self.limits)
        document = self._document(raw, content, where, PurePosixPath(name.replace("\\", "/")).stem, resort)
        found: list[Document | Notice] = [document]
        found += [Notice(where, STAGE, reason, advice) for reason, advice in raw.remarks]
        mailed = (document.published, "date of the mail that it came with") if document.published else None
        for attachment in raw.attachments:
            found += self._attached(attachment, f"{where}/{_printable(attachment.name)}", mailed, depth + 1)
        return found

    def _attached(
        self, attachment: Attachment, where: str, resort: tuple[date, str] | None, depth: int
    ) -> list[Document | Notice]:
        self.attachments += 1
        try:
            self._check(attachment, depth)
            return self.all_of(attachment.content, where, attachment.name, resort, depth)
        except ReadError as error:
            return [Notice(where, STAGE, error.reason, error.advice)]

    def _check(self, attachment: Attachment, depth: int) -> None:
        if depth > self.limits.attachment_depth or self.attachments > self.limits.attachments:
            raise ReadError(
                "it is attached too deep or among too many others to be read",
                "Save it from the mail into the folder.",
            )
        if len(attachment.content) > self.limits.file_bytes:
            raise ReadError("it is larger than a file may be", "Save it without its pictures.")
        if not attachment.content:
            raise ReadError("it is empty", "Ask its sender for it.")

    def _document(
        self, raw: RawDocument, content: bytes, where: str, stem: str, resort: tuple[date, str] | None
    ) -> Document:
        from digest.readers import clean, origin

        furniture = clean.furniture(raw.text, raw.furniture, raw.kept)
        return Document(
            id=hashlib.sha256(content).hexdigest(),
            path=where,
            title=origin.title_of(raw, furniture, stem),
            publisher=origin.publisher_of(raw, furniture, stem),
            dating=self._dating(raw, furniture, stem, resort),
            text=raw.text,
            furniture=furniture,
            url=raw.properties.url,
            declared_language=raw.properties.language,
        )

    def _dating(
        self, raw: RawDocument, furniture: tuple[Furniture, ...], stem: str, resort: tuple[date, str] | None
    ) -> Dating:
        """The date as it can be known today, and whether it would be the same on every later day."""
        from digest.readers import dating

        now, ever = (
            # A file that was changed on the very day was in all likelihood only copied.
            dating.date_document(
                raw.text, furniture, raw.properties, stem, day, resort if resort and resort[0] < day else None
            )
            for day in (self.today, LAST_DAY)
        )
        return now if now == ever else replace(now, settled=False)


def reader_of(name: str, content: bytes) -> Reader:
    """The function that reads this file. Raises ReadError for a suffix that is not in the table."""
    entry = READERS.get(PurePosixPath(name).suffix.casefold())
    if entry is None:
        raise _unknown(name)
    module, function = _BY_CONTENT.get(kind_of(content), entry).split(":")
    reader: Reader = getattr(import_module(module), function)
    return reader


def shown(path: Path, root: Path) -> str:
    """The path below `root`, with forward slashes, undecodable and control characters replaced by U+FFFD."""
    relative = path.relative_to(root) if path.is_relative_to(root) else path
    return _printable(relative.as_posix())


def _printable(name: str) -> str:
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
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
    return None if path.suffix.casefold() in READERS else _unknown(path.name)


def _unknown(name: str) -> ReadError:
    suffix = PurePosixPath(name).suffix.casefold()
    reason = f"files ending in {_printable(suffix)} are not read" if suffix else "it has no ending that says what it is"
    return ReadError(reason, _CURES.get(suffix, _CURE))
