"""What is checked of a file before any parser sees it.

`check_file` looks at the file from outside (kind, place, size) and never opens it; `kind_of` tells from the first bytes
what a file is; `check_package` looks into a Word or OpenDocument package with the zip directory and the first bytes of
its XML parts alone. The checks return nothing and raise `ReadError`, whose advice is what the owner of the file can do.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PureWindowsPath
from xml.parsers import expat

from digest.errors import ReadError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is let in. Sizes are in bytes, `text_characters` in characters of the text that was read.

    `attachments` counts those of a mail with all mails within it, which lie at most `attachment_depth` deep. `seconds`
    and `memory_bytes` bound the process that reads one file (readers/guard.py). `package_ratio` is the unpacked size
    over the packed size of a whole package. Text in Word files packs about 1:10 and long regular tables 1:40; a zip
    bomb starts near 1:1000.
    """

    file_bytes: int = 25 * MEGABYTE
    text_characters: int = 2_000_000
    pages: int = 500
    package_entries: int = 5_000
    package_bytes: int = 300 * MEGABYTE
    package_ratio: int = 150
    attachments: int = 50
    attachment_depth: int = 3
    seconds: float = 20.0
    memory_bytes: int = 1024 * MEGABYTE


DEFAULT_LIMITS = Limits()


class Kind(StrEnum):
    """What a file is by its content. `TEXT` is what has no mark of its own: plain text, Markdown, or anything else."""

    TEXT = "text"
    HTML = "a web page"
    PDF = "a PDF"
    WORD = "a Word file"
    OPEN_DOCUMENT = "an OpenDocument text"
    PACKAGE = "a zip package"
    OLD_OFFICE = "an old Office file"
    RTF = "rich text (RTF)"
    PICTURE = "a picture"
    COMPRESSED = "a compressed file"
    MEDIA = "a sound or a film"
    PROGRAM = "a program"


_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLD_OFFICE),
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG", Kind.PICTURE),
    (b"\xff\xd8\xff", Kind.PICTURE),
    (b"GIF8", Kind.PICTURE),
    (b"II*\0", Kind.PICTURE),
    (b"MM\0*", Kind.PICTURE),
    (b"\x1f\x8b", Kind.COMPRESSED),
    (b"7z\xbc\xaf\x27\x1c", Kind.COMPRESSED),
    (b"Rar!\x1a\x07", Kind.COMPRESSED),
    (b"BZh9", Kind.COMPRESSED),
    (b"\xfd7zXZ\0", Kind.COMPRESSED),
    (b"ID3", Kind.MEDIA),
    (b"OggS", Kind.MEDIA),
    (b"\x7fELF", Kind.PROGRAM),
    (b"MZ\x90\0", Kind.PROGRAM),
)
_HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>])",
    re.I | re.S,
)
_WORD_PART = b"word/"
_ODT_TYPE = b"application/vnd.oasis.opendocument.text"


def kind_of(content: bytes) -> Kind:
    """What a file is, by its first bytes: a PDF's within the first KB, as PDF readers do; packages by their parts."""
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if b"%PDF-" in content[:1024] and not _HTML_START.match(content[:4096]):
        return Kind.PDF
    if content.startswith(b"PK\x03\x04"):
        if _ODT_TYPE in content[:200]:
            return Kind.OPEN_DOCUMENT
        return Kind.WORD if b"[Content_Types].xml" in content and _WORD_PART in content else Kind.PACKAGE
    return Kind.HTML if _HTML_START.match(content[:4096]) else Kind.TEXT


_SMALL_PACKAGE = 5 * MEGABYTE
"""Below this unpacked size no ratio is suspicious."""

_PROLOG_BYTES = MEGABYTE
"""Every XML part must come to its first element within so many bytes."""

_END_OF_DIRECTORY = b"PK\x05\x06"
_LONGEST_END = 22 + 65_535
_DIRECTORY_BYTES_PER_ENTRY = 1_024
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_WORD_ADVICE = "Open it in Word or LibreOffice, save it again as .docx, and try once more."
_DOUBT_ADVICE = "Do not open it unless you know who made it; ask its sender for a fresh copy."


def check_file(path: Path, root: Path, limits: Limits = DEFAULT_LIMITS) -> None:
    """Check that `path` is an ordinary file inside `root` and not too large, without opening it.

    Raises ReadError for a link that is broken, circular or leaves `root`, a folder, pipe, socket or device, an
    unreadable place, an empty file, and a file over `limits.file_bytes`.
    """
    try:
        inside = path.resolve(strict=True).is_relative_to(root.resolve(strict=True))
        status = path.stat()
    except (OSError, RuntimeError) as error:
        raise _unreachable(path, error) from error
    if not inside:
        raise ReadError(
            "it is a link that leads out of the folder", "Copy the file itself into the folder if it belongs there."
        )
    if not stat.S_ISREG(status.st_mode):
        raise ReadError(f"it is not a file but {_kind(status.st_mode)}", "Remove it from the folder.")
    if status.st_size > limits.file_bytes:
        raise ReadError(
            f"it has {_size(status.st_size)}, more than the {_size(limits.file_bytes)} allowed for a file",
            "Split it, or save it without its pictures.",
        )
    if status.st_size == 0:
        raise ReadError("it is empty", "Save it again from where it came from, or delete it.")


def check_package(source: Path | bytes, limits: Limits = DEFAULT_LIMITS) -> None:
    """Check an OOXML package (.docx, .dotx ...), a file or its content, before a parser opens it.

    Raises ReadError when the file is no zip archive (saying what it looks like), encrypted, damaged, has too many
    entries, would unpack to too much, has names that lead elsewhere or occur twice, has a DOCTYPE in any XML part, or
    has no list of content types. What the package says is not looked at.
    """
    _check(_content(source, limits), limits, _check_word_parts)


def check_open_document(content: bytes, limits: Limits = DEFAULT_LIMITS) -> None:
    """Check an OpenDocument text before a parser opens it. Raises ReadError as `check_package` does."""
    _check(content, limits, _check_open_document_parts)


def _content(source: Path | bytes, limits: Limits) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        size = source.stat().st_size
        if size > limits.file_bytes:
            raise ReadError(
                f"it has {_size(size)}, more than the {_size(limits.file_bytes)} allowed for a file",
                "Save it without its pictures.",
            )
        return source.read_bytes()
    except OSError as error:
        raise _unreachable(source, error) from error


def _check(content: bytes, limits: Limits, check_parts: Callable[[zipfile.ZipFile], None]) -> None:
    _check_directory_size(content, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            _check_sizes(entries, limits)
            _check_names(entries)
            _check_entries(entries)
            check_parts(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as error:
        raise ReadError(f"it is a damaged package ({error})", "Fetch or save it again; it may be cut short.") from error


def _check_word_parts(package: zipfile.ZipFile) -> None:
    names = {entry.orig_filename.casefold() for entry in package.infolist()}
    if "[content_types].xml" not in names:
        if "mimetype" in names:
            raise ReadError("it is an OpenDocument file under another name", _WORD_ADVICE)
        raise ReadError("it is a zip archive and not a Word file", "Unpack it and put its documents into the folder.")
    for entry in package.infolist():
        if _is_xml(entry):
            _check_prolog(package, entry)


def _check_open_document_parts(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if "content.xml" not in names:
        raise ReadError("it is a zip archive and not an OpenDocument text", "Unpack it, or save it again as .odt.")
    if "META-INF/manifest.xml" in names and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise ReadError("it is locked with a password", "Open it with the password and save it without.")
    for name in ("content.xml", "meta.xml", "styles.xml"):
        if name in names and package.getinfo(name).file_size:
            _check_prolog(package, package.getinfo(name))


def _unreachable(path: Path, error: OSError | RuntimeError) -> ReadError:
    if isinstance(error, FileNotFoundError) and path.is_symlink():
        return ReadError("it is a link to a file that is not there", "Remove the link, or copy the file itself.")
    if isinstance(error, FileNotFoundError):
        return ReadError("it is no longer there", "Put it back, or run again.")
    if isinstance(error, PermissionError):
        return ReadError("it may not be read", "Give yourself the right to read it (its owner can).")
    if path.is_symlink():
        return ReadError("it is a link that leads back to itself", "Remove the link.")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return ReadError(f"it cannot be read ({reason})", "Check the disk, or copy the file anew.")


def _kind(mode: int) -> str:
    kinds: tuple[tuple[Callable[[int], bool], str], ...] = (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    return next((name for test, name in kinds if test(mode)), "something special")


def _size(count: int) -> str:
    return f"{count / MEGABYTE:.0f} MB" if count >= MEGABYTE else f"{count:,} bytes"


def _check_directory_size(content: bytes, limits: Limits) -> None:
    """Refuse what is no zip, and a directory too large to be read into memory, from the raw bytes alone."""
    if not content.startswith(b"PK"):
        raise _not_a_package(content)
    tail = content[max(0, len(content) - _LONGEST_END) :]
    end = tail.rfind(_END_OF_DIRECTORY)
    if end < 0 or len(tail) - end < 22:
        raise ReadError("it is a damaged package (its end is missing)", "Fetch or save it again; it was cut short.")
    count = int.from_bytes(tail[end + 10 : end + 12], "little")
    directory = int.from_bytes(tail[end + 12 : end + 16], "little")
    if count > limits.package_entries or directory > limits.package_entries * _DIRECTORY_BYTES_PER_ENTRY:
        raise _too_many(limits)


def _too_many(limits: Limits) -> ReadError:
    return ReadError(f"it packs more than {limits.package_entries:,} parts", _DOUBT_ADVICE)


def _not_a_package(content: bytes) -> ReadError:
    """Say what the file looks like instead, for the advice depends on it."""
    head = content[:64]
    if head.startswith(_OLE2):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return ReadError("it is locked with a password", "Open it in Word with the password and save it without.")
        return ReadError("it is in the old Word format (.doc)", "Open it in Word or LibreOffice and save it as .docx.")
    if head.startswith(b"%PDF"):
        return ReadError("it is a PDF under another name", "Give it the ending .pdf.")
    if head.startswith(b"{\\rtf"):
        return ReadError("it is rich text (RTF) under another name", "Open it in Word and save it as .docx.")
    if head.lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
        return ReadError("it is a web page or XML under another name", "Open it in Word and save it as .docx.")
    return ReadError("it is not a Word file (no zip package)", _WORD_ADVICE)


def _check_sizes(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    # The sizes are those that the directory declares; zipfile never reads beyond them.
    if len(entries) > limits.package_entries:
        raise _too_many(limits)
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if total > limits.package_bytes:
        raise ReadError(
            f"it would unpack to {_size(total)}, more than the {_size(limits.package_bytes)} allowed", _DOUBT_ADVICE
        )
    if total > _SMALL_PACKAGE and total > limits.package_ratio * max(packed, 1):
        raise ReadError(
            f"it would unpack to {total // max(packed, 1):,} times its size, as a zip bomb does", _DOUBT_ADVICE
        )


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        windows = PureWindowsPath(name)
        if "\\" in name or "\0" in name or windows.drive or windows.root or ".." in windows.parts:
            raise ReadError(f"it holds a part whose name leads elsewhere ({name[:80]!r})", _DOUBT_ADVICE)
        # Part names are compared without case (ECMA-376 part 2, 6.2.2.3): two readers could see two different files.
        if name.casefold() in seen:
            raise ReadError(f"it holds two parts of the same name ({name[:80]!r})", _WORD_ADVICE)
        seen.add(name.casefold())


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise ReadError("it is an encrypted archive", "Save it without a password.")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise ReadError("it is packed in a way that Word files never are", _WORD_ADVICE)


def _is_xml(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > 0 and entry.orig_filename.casefold().endswith((".xml", ".rels", ".vml"))


class _DoctypeFoundError(Exception):
    """Ends the reading of a part that has a DOCTYPE."""


class _RootFoundError(Exception):
    """Ends the reading of a part at its first element: a DOCTYPE can only stand before it."""


def _check_prolog(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse a DOCTYPE, and with it every entity. The parser is asked, since a byte search is blind to UTF-16."""
    parser = expat.ParserCreate()

    def on_doctype(*_: object) -> None:
        raise _DoctypeFoundError

    def on_element(*_: object) -> None:
        raise _RootFoundError

    parser.StartDoctypeDeclHandler = on_doctype
    parser.StartElementHandler = on_element
    try:
        with package.open(entry) as part:
            for _ in range(_PROLOG_BYTES // 4096):
                chunk = part.read(4096)
                parser.Parse(chunk, not chunk)
                if not chunk:
                    break
    except _RootFoundError:
        return
    except _DoctypeFoundError:
        raise ReadError(
            f"its part {entry.filename!r} declares a document type, which no Word file does", _DOUBT_ADVICE
        ) from None
    except expat.ExpatError as error:
        raise ReadError(f"its part {entry.filename!r} is no readable XML ({error})", _WORD_ADVICE) from error
    raise ReadError(f"its part {entry.filename!r} has no XML element where one must be", _DOUBT_ADVICE)
