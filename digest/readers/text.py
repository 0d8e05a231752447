"""Plain text files."""

from __future__ import annotations

from digest.preflight import Limits
from digest.readers.encoding import decode
from digest.readers.front_matter import split_front_matter
from digest.readers.raw import RawDocument, checked, tidy


def read_text(content: bytes, limits: Limits) -> RawDocument:
    """The text of a .txt file, its front matter apart. Raises ReadError for binary data and too much or no text."""
    properties, text = split_front_matter(tidy(decode(content)))
    return checked(RawDocument(text, properties), limits)
