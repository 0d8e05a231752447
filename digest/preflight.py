"""What is checked of a file before any parser sees it.

`check_file` looks at the file from outside (kind, place, size) and never opens it; `check_package` looks into a .docx,
.dotx or any other OOXML package with the zip directory and the first bytes of its XML parts alone. Both return nothing
and raise `ReadError`, whose advice is what the owner of the file can do.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from xml.parsers import expat

from digest.errors import ReadError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is let in. Sizes are in bytes, `text_characters` in characters of the text that was read.

    `package_ratio` is the unpacked size over the packed size of a whole package. Text in Word files packs about 1:10
    and long regular tables 1:40; a zip bomb starts near 1:1000.
    """

    file_bytes: int = 25 * MEGABYTE
    text_characters: int = 2_000_000
    pages: int = 500
    package_entries: int = 5_000
    package_bytes: int = 300 * MEGABYTE
    package_ratio: int = 150


DEFAULT_LIMITS = Limits()

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


def check_package(path: Path, limits: Limits = DEFAULT_LIMITS) -> None:
    """Check an OOXML package (.docx, .dotx ...) before a parser opens it.

    Raises ReadError when the file is no zip archive (saying what it looks like), encrypted, damaged, has too many
    entries, would unpack to too much, has names that lead elsewhere or occur twice, has a DOCTYPE in any XML part, or
    has no list of content types. What the package says is not looked at.
    """
    _check_directory_size(path, limits)
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            _check_sizes(entries, limits)
            _check_names(entries)
            _check_entries(entries)
            for entry in entries:
                if _is_xml(entry):
                    _check_prolog(package, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise ReadError(f"it is a damaged package ({error})", "Fetch or save it again; it may be cut short.") from error
    except OSError as error:
        raise _unreachable(path, error) from error


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


def _check_directory_size(path: Path, limits: Limits) -> None:
    """Refuse what is no zip, and a directory too large to be read into memory, from the raw bytes alone."""
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise ReadError(
                f"it has {_size(size)}, more than the {_size(limits.file_bytes)} allowed for a file",
                "Save it without its pictures.",
            )
        with path.open("rb") as file:
            head = file.read(8)
            file.seek(max(0, size - _LONGEST_END))
            tail = file.read()
    except OSError as error:
        raise _unreachable(path, error) from error
    if not head.startswith(b"PK"):
        raise _not_a_package(path, head)
    end = tail.rfind(_END_OF_DIRECTORY)
    if end < 0 or len(tail) - end < 22:
        raise ReadError("it is a damaged package (its end is missing)", "Fetch or save it again; it was cut short.")
    count = int.from_bytes(tail[end + 10 : end + 12], "little")
    directory = int.from_bytes(tail[end + 12 : end + 16], "little")
    if count > limits.package_entries or directory > limits.package_entries * _DIRECTORY_BYTES_PER_ENTRY:
        raise _too_many(limits)


def _too_many(limits: Limits) -> ReadError:
    return ReadError(f"it packs more than {limits.package_entries:,} parts", _DOUBT_ADVICE)


def _not_a_package(path: Path, head: bytes) -> ReadError:
    """Say what the file looks like instead, for the advice depends on it."""
    if head == _OLE2:
        content = path.read_bytes()
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
    names = {entry.orig_filename.casefold() for entry in entries}
    if "[content_types].xml" not in names:
        if "mimetype" in names:
            raise ReadError("it is an OpenDocument file under another name", _WORD_ADVICE)
        raise ReadError("it is a zip archive and not a Word file", "Unpack it and put its documents into the folder.")


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
