"""PDF files, through PDFium: its characters and where they stand become lines here, and lines become paragraphs.

PDFium gives the characters in the order in which the file draws them. What a reader sees as columns, running heads,
footnotes and paragraphs is told from the places of the lines on the page (readers/layout.py).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from digest.errors import ReadError
from digest.preflight import Limits
from digest.readers.layout import Line, compose
from digest.readers.raw import Properties, RawDocument, too_long

_BROKEN = "Open it in a PDF viewer, print it as PDF again, and use that file."
_SCAN = "Have its text recognised (OCR) first."
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\x02": "-", "\ufffe": "-"}
)
"""PDFium writes U+0002 or U+FFFE for a hyphen at the end of a line."""
_COLUMN_GAP = 1.4
"""In heights of the line: what stands further apart belongs to another column or cell."""
_MOST_GARBLED = 0.3
_SMALL = 0.85
"""Of a line's height: lower characters are raised or lowered figures, or small capitals."""
_ASCENT, _DESCENT = 0.93, 0.22
"""Of the size of type, above and below the line that letters stand on: about those of Times and of Helvetica."""
_RAISED = dict(zip(map(ord, "0123456789"), "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))


def read_pdf(content: bytes, limits: Limits) -> RawDocument:
    """The text of a PDF in reading order. Raises ReadError for a damaged or locked file, a scan, too much."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _cannot_open(str(error)) from error
    try:
        count = len(pdf)
        if count > limits.pages:
            raise ReadError(
                f"it has {count:,} pages, more than the {limits.pages:,} allowed", "Print the pages that matter as PDF."
            )
        pages, pictures = _pages(pdf, count, limits)
        properties = _properties(pdf)
    finally:
        pdf.close()
    _check_text(pages, pictures)
    raw = compose(pages, limits, properties)
    if pictures:
        which = ", ".join(str(number + 1) for number in pictures[:10]) + (" ..." if len(pictures) > 10 else "")
        remark = (f"{len(pictures)} of its {count} pages are pictures without text (page {which})", _SCAN)
        return RawDocument(raw.text, raw.properties, raw.furniture, raw.kept, remarks=(remark,))
    return raw


def _cannot_open(message: str) -> ReadError:
    if "password" in message.casefold():
        return ReadError("it is locked with a password", "Open it with the password and print or save it without.")
    if "security" in message.casefold():
        return ReadError("it is encrypted in a way that is not known here", "Save it without protection.")
    return ReadError("it is a damaged PDF, or none at all", "Fetch it again; it may be cut short.")


def _pages(pdf: Any, count: int, limits: Limits) -> tuple[list[list[Line]], list[int]]:
    """The lines of each page, and the numbers of the pages that are pictures without text."""
    import pypdfium2

    pages: list[list[Line]] = []
    pictures: list[int] = []
    length = 0
    for number in range(count):
        try:
            page = pdf[number]
        except pypdfium2.PdfiumError:
            pages.append([])
            continue
        lines = list(_together(_lines(page, limits)))
        length += sum(len(line.text) for line in lines)
        if length > 2 * limits.text_characters:
            raise too_long(limits)
        if not lines and _has_picture(page):
            pictures.append(number)
        pages.append(lines)
        page.close()
    return pages, pictures


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw

    return next(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None


def _check_text(pages: list[list[Line]], pictures: list[int]) -> None:
    text = "".join(line.text for lines in pages for line in lines)
    if not text.strip():
        if pictures:
            raise ReadError(f"it is a scan: none of its {len(pages):,} pages holds text", _SCAN)
        raise ReadError(f"its {len(pages):,} pages are empty", "Fetch it again, or remove it.")
    garbled = sum(character in "\ufffd\0" or "\ue000" <= character <= "\uf8ff" for character in text)
    if garbled > _MOST_GARBLED * len(text):
        raise ReadError("its fonts do not say which letters they show, so that its text cannot be read", _SCAN)


def _properties(pdf: Any) -> Properties:
    values = {key: " ".join(value.split()) for key, value in pdf.get_metadata_dict(skip_empty=True).items()}
    title = values.get("Title", "")
    # Programs put file names there: "Microsoft Word - draft3.docx".
    is_title = " " in title and not title.startswith("Microsoft ") and "." not in title[-5:-1] and title != "untitled"
    made = values.get("CreationDate", "").removeprefix("D:")
    return Properties(
        title=title if is_title else None,
        author=values.get("Author"),
        saved=f"{made[:4]}-{made[4:6]}-{made[6:8]}" if made[:8].isdecimal() and len(made) >= 8 else None,
    )


# --- characters to lines ---------------------------------------------------------------------------------------------


def _lines(page: Any, limits: Limits) -> Iterator[Line]:
    """The lines of a page, as drawn; what stands far apart on one line is two lines."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    handle = textpage.raw
    count = min(pdfium.FPDFText_CountChars(handle), limits.text_characters)
    letters: list[str] = []
    box = pdfium.FS_RECTF()
    left = right = top = bottom = 0.0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        letter = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if letter in "\r\n":
            yield from _line(letters, left, right, top, bottom)
            letters = []
            continue
        if letter in " \t\u00a0" or not pdfium.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(box)):
            letters.append(" ")
            continue
        _stretch(handle, index, box)
        height = max(box.top - box.bottom, 0.1)
        if letters and letter.isdecimal() and _is_raised(box, height, top, bottom):
            letter = letter.translate(_RAISED)
        if letters and (
            box.left - right > _COLUMN_GAP * height
            or box.left < left - height
            or abs((box.top + box.bottom) - (top + bottom)) > 1.3 * max(height, top - bottom)
        ):
            yield from _line(letters, left, right, top, bottom)
            letters = []
        if any(not each.isspace() for each in letters):
            if top - bottom < _SMALL * height:  # the line began with a raised number
                top, bottom = box.top, box.bottom
            elif height > _SMALL * (top - bottom):  # a raised number makes no line higher
                top, bottom = max(top, box.top), min(bottom, box.bottom)
            right, left = max(right, box.right), min(left, box.left)
        else:
            letters = []
            left, right, top, bottom = box.left, box.right, box.top, box.bottom
        letters.append(letter)
    yield from _line(letters, left, right, top, bottom)
    textpage.close()


def _stretch(handle: Any, index: int, box: Any) -> None:
    """Make the box of an upright letter as high as its type, where PDFium gives the drawn shape alone.

    It does so where a file does not tell how high its font is, as in files of LibreOffice; figures, which have nothing
    below the line, would then look raised beside letters that have.
    """
    import pypdfium2.raw as pdfium

    size, height = pdfium.FPDFText_GetFontSize(handle, index), box.top - box.bottom
    matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    if not pdfium.FPDFText_GetMatrix(handle, index, ctypes.byref(matrix)):
        return
    size *= abs(matrix.d)
    is_upright = abs(matrix.b) + abs(matrix.c) < 0.01 * (abs(matrix.a) + abs(matrix.d)) and matrix.d > 0
    if is_upright and height < size and pdfium.FPDFText_GetCharOrigin(handle, index, ctypes.byref(x), ctypes.byref(y)):
        box.bottom, box.top = y.value - _DESCENT * size, y.value + _ASCENT * size


def _is_raised(box: Any, height: float, top: float, bottom: float) -> bool:
    """Whether a character is smaller than its line and stands above the middle of its feet: the mark of a footnote."""
    return bool(height < _SMALL * (top - bottom) and box.bottom > bottom + 0.15 * (top - bottom))


def _together(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines, where PDFium broke one behind a raised number made whole again."""
    last: Line | None = None
    for line in lines:
        if last is not None and last.text[-1] in _RAISED.values() and _goes_on(last, line):
            text = f"{last.text} {line.text}"
            last = Line(text, last.left, line.right, max(last.top, line.top), min(last.bottom, line.bottom))
            continue
        if last is not None:
            yield last
        last = line
    if last is not None:
        yield last


def _goes_on(last: Line, line: Line) -> bool:
    return abs(last.bottom - line.bottom) < 0.3 * line.height and -1 < line.left - last.right < line.height


def _line(letters: list[str], left: float, right: float, top: float, bottom: float) -> Iterator[Line]:
    text = " ".join("".join(letters).translate(_LIGATURES).split())
    if text:
        yield Line(text, left, right, top, bottom)
