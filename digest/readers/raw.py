"""What every format reader hands back, before furniture, dates and titles are looked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from digest.errors import ReadError
from digest.model import Furniture
from digest.preflight import Limits

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says of itself outside its text. Dates are still as written.

    `written` is a date that the publisher gave (front matter, meta tag, mail header); `saved` one that the program
    put there when the file was made, which says less. `more_dates` are others like `written`, with how they are known.
    `language` is a code as the file has it, such as "pt-BR".
    """

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    written: str | None = None
    written_by: str = "front matter"
    saved: str | None = None
    saved_by: str = "document properties"
    more_dates: tuple[tuple[str, str], ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file within a file: the name that it goes by, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file's text as it will stay, its properties, and the furniture that the format itself declares.

    `kept` holds the starts of paragraphs that the format shows to be text, however short (the row of a table).
    `attachments` are documents of their own. `remarks` tell the user what of the file was not read, and what to do.
    """

    text: str
    properties: Properties = Properties()
    furniture: tuple[Furniture, ...] = ()
    kept: frozenset[int] = frozenset()
    attachments: tuple[Attachment, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()


Reader = Callable[[bytes, Limits], RawDocument]
"""What the table of readers points to: reads the content of one file, raises ReadError."""


@dataclass(slots=True)
class Pieces:
    """Collects the paragraphs of a text that is being read, each with its kind of furniture or None."""

    limits: Limits
    lines: list[str] = field(default_factory=list)
    marks: list[Furniture] = field(default_factory=list)
    kept: set[int] = field(default_factory=set)
    length: int = 0

    def add(self, line: str, kind: str | None = None, *, is_text: bool = False) -> None:
        """One more paragraph; an empty one is passed over. Raises ReadError when the text becomes too long."""
        line = tidy(line).strip()
        if not line:
            return
        if kind:
            self.marks.append(Furniture(self.length, self.length + len(line), kind))
        elif is_text:
            self.kept.add(self.length)
        self.lines.append(line)
        self.length += len(line) + 2
        if self.length > self.limits.text_characters + 2:
            raise too_long(self.limits)

    def document(self, properties: Properties) -> RawDocument:
        """The text so far. Raises ReadError when it holds none."""
        raw = RawDocument("\n\n".join(self.lines), properties, tuple(self.marks), frozenset(self.kept))
        return checked(raw, self.limits)


def too_long(limits: Limits) -> ReadError:
    """The error for a text with more than `limits.text_characters`."""
    return ReadError(
        f"its text has more than the {limits.text_characters:,} characters allowed",
        "Split it into the documents that it is made of.",
    )


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
        raise too_long(limits)
    return raw
