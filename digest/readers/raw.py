"""What every format reader hands back, before furniture, dates and titles are looked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from digest.errors import ReadError
from digest.model import Furniture
from digest.preflight import Limits

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says of itself outside its text. Dates are still as written.

    `written` is a date that the publisher gave (front matter, meta tag, mail header); `saved` one that the program
    put there when the file was made, which says less.
    """

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    written: str | None = None
    written_by: str = "front matter"
    saved: str | None = None
    saved_by: str = "document properties"


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file's text as it will stay, its properties, and the furniture that the format itself declares."""

    text: str
    properties: Properties = Properties()
    furniture: tuple[Furniture, ...] = ()


Reader = Callable[[Path, Limits], RawDocument]
"""What the table of readers points to: reads one file, raises ReadError."""


def tidy(text: str) -> str:
    """Text with one kind of line end, without control and invisible characters, in Unicode form NFC.

    To be called once, before any offset into the text exists.
    """
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))


def checked(raw: RawDocument, limits: Limits) -> RawDocument:
    """The same document. Raises ReadError when it holds no text, or more than `limits.text_characters`."""
    if not any(character.isalnum() for character in raw.text):
        raise ReadError("it holds no text", "If it is a picture of a page, have its text recognised first.")
    if len(raw.text) > limits.text_characters:
        raise ReadError(
            f"its text has {len(raw.text):,} characters, more than the {limits.text_characters:,} allowed",
            "Split it into the documents that it is made of.",
        )
    return raw
