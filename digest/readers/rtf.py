"""Rich text (.rtf), through striprtf."""

from __future__ import annotations

import re

from digest.errors import ReadError
from digest.preflight import Limits
from digest.readers.raw import Pieces, Properties, RawDocument
from digest.readers.tables import row_lines

_ADVICE = "Open it in Word or LibreOffice and save it as .docx."
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_PICTURE = re.compile(rb"(?:[0-9a-fA-F]{2}\s*){2000,}")
"""Long runs of hexadecimal digits: a picture, which striprtf would read digit by digit."""
_INFO = re.compile(r"\{\\(title|author|company)\s([^{}\\]{1,300})\}")
_CREATED = re.compile(r"\{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")


def read_rtf(content: bytes, limits: Limits) -> RawDocument:
    """The text of an .rtf file. Raises ReadError for what is no RTF, and for too much or no text."""
    from striprtf.striprtf import rtf_to_text

    if not content.startswith(b"{\\rtf"):
        raise ReadError("it is no rich text (RTF)", _ADVICE)
    page = _CODE_PAGE.search(content[:4096])
    encoding = f"cp{page[1].decode('ascii')}" if page else "cp1252"
    source = _PICTURE.sub(b"", content).decode("latin-1")
    try:
        text = rtf_to_text(source, encoding=encoding, errors="replace")
    except (LookupError, ValueError, IndexError, KeyError, OverflowError, TypeError) as error:
        raise ReadError(f"it is damaged rich text ({error})", _ADVICE) from error
    pieces = Pieces(limits)
    for line in text.split("\n"):
        cells = line.split("|") if line.endswith("|") else [line]
        for row, is_text in row_lines(cells) if len(cells) > 1 else [(line, False)]:
            pieces.add(row, is_text=is_text)
    info = {match[1]: match[2].strip() for match in _INFO.finditer(source[:20_000])}
    created = _CREATED.search(source[:20_000])
    return pieces.document(
        Properties(
            title=info.get("title"),
            publisher=info.get("company"),
            author=info.get("author"),
            saved=f"{created[1]}-{int(created[2]):02d}-{int(created[3]):02d}" if created else None,
        )
    )
