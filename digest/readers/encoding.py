"""Bytes to text: byte order mark, strict UTF-8, then a guess that is checked."""

from __future__ import annotations

import codecs
import re
import unicodedata

from digest.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_BINARY = (
    (b"%PDF", "a PDF", "Give it the ending .pdf."),
    (b"PK\x03\x04", "a zip package (a Word or Excel file, perhaps)", "Give it its true ending, such as .docx."),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "Open it in Word or LibreOffice and save it as .docx."),
    (b"{\\rtf", "rich text (RTF)", "Open it in Word and save it as .docx."),
    (b"\x89PNG", "a picture", "Remove it, or have its text recognised first."),
    (b"\xff\xd8\xff", "a picture", "Remove it, or have its text recognised first."),
    (b"GIF8", "a picture", "Remove it, or have its text recognised first."),
    (b"\x1f\x8b", "a compressed file", "Unpack it first."),
)

_ENCODING_ADVICE = "Open it in a text editor and save it as UTF-8."
_NAMED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,30})""")
_SAMPLE_BYTES = 100_000


def decode(data: bytes) -> str:
    """The text of a plain text file. Raises ReadError for binary data and for an encoding that cannot be told."""
    for magic, name, advice in _BINARY:
        if data.startswith(magic):
            raise ReadError(f"it is {name} under another name", advice)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if b"\0" in data:
        return _utf16_without_mark(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _nearly_utf8(data) or _guessed(data)


def decode_marked(data: bytes) -> str:
    """The text of a web page, which may name its encoding itself. Raises ReadError as `decode` does.

    The name is believed where the bytes agree with it; for a page in UTF-8 under another name, UTF-8 is.
    """
    if data.startswith(tuple(mark for mark, _ in _MARKS)) or b"\0" in data[:1_000]:
        return decode(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    named = _NAMED.search(data[:4_096])
    if named:
        # Browsers read these two as their supersets (WHATWG Encoding Standard).
        name = named[1].decode("ascii").casefold()
        name = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "gb2312": "gb18030"}.get(name, name)
        try:
            if codecs.lookup(name)._is_text_encoding:
                text = data.decode(name, "replace")
                if text.count("\ufffd") <= len(text) // 1_000 + 1:
                    return text
        except LookupError:
            pass
    return decode(data)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") <= 1:  # cut in the middle of its last character
            return text
        raise ReadError(f"it is marked as {encoding.upper()} and is not", _ENCODING_ADVICE) from error


def _utf16_without_mark(data: bytes) -> str:
    """Text in UTF-16 has NULs in its spaces and line ends; anything else with NULs is no text."""
    texts = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            texts.append(data[: len(data) // 2 * 2].decode(encoding))
        except UnicodeDecodeError:
            continue
    best = max(texts, key=_readable, default="")
    if "\0" in best or _readable(best) < 0.95:
        raise ReadError("it is binary data and no text", "Remove it, or save its text as .txt or .docx.")
    return best


def _readable(text: str) -> float:
    """The share of letters of one or two scripts, digits, punctuation and spaces among the first characters."""
    sample = text[:5_000]
    good = sum(unicodedata.category(character)[0] in "LNPZM" or character in "\r\n\t" for character in sample)
    scripts: dict[str, int] = {}
    for character in sample:
        if character.isalpha():
            script = unicodedata.name(character, "?").split(" ", 1)[0]
            scripts[script] = scripts.get(script, 0) + 1
    letters = sum(scripts.values())
    common = sum(sorted(scripts.values(), reverse=True)[:3])
    return good / max(len(sample), 1) * (common / letters if letters else 0.0)


def _nearly_utf8(data: bytes) -> str | None:
    """UTF-8 with a few spoilt bytes, as where a file was cut in the middle of a character; None for anything else."""
    text = data.decode("utf-8", "replace")
    spoilt = text.count("\ufffd")
    whole = sum(1 for byte in data[:_SAMPLE_BYTES] if byte >= 0xC2)
    return text if spoilt <= 3 and whole >= 20 * spoilt else None


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE_BYTES]).best()
    if best is None:
        raise ReadError("its encoding cannot be told", _ENCODING_ADVICE)
    text = data.decode(best.encoding, "replace")
    if text.count("\ufffd") > len(text) // 1_000 + 1:
        raise ReadError(f"its encoding cannot be told (it is not quite {best.encoding})", _ENCODING_ADVICE)
    return text
