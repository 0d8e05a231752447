"""One part of a zipped document through expat, in pieces: the memory stays flat whatever the part's size."""

from __future__ import annotations

import zipfile
from typing import Protocol
from xml.parsers import expat

from digest.errors import ReadError

_CHUNK = 65_536


class Target(Protocol):
    """Takes the events of a part; names come as "namespace local"."""

    def start(self, tag: str, attributes: dict[str, str], /) -> None:
        """An element begins."""

    def end(self, tag: str, /) -> None:
        """An element ends."""

    def data(self, text: str, /) -> None:
        """Text stands here."""


def parse(package: zipfile.ZipFile, name: str, target: Target, advice: str) -> None:
    """Feed a part to `target`. Raises ReadError with `advice` when it is no sound XML."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = target.start
    parser.EndElementHandler = target.end
    parser.CharacterDataHandler = target.data
    try:
        with package.open(name) as part:
            for chunk in iter(lambda: part.read(_CHUNK), b""):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ReadError(f"its part {name!r} is broken XML ({error})", advice) from error
