"""OpenDocument texts and rich text are read as a reader sees them."""

from __future__ import annotations

import io
import zipfile

import pytest

from digest.errors import ReadError
from digest.preflight import Limits
from digest.readers.odt import read_odt
from digest.readers.rtf import read_rtf

HEAD = (
    '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">{}</o:document-content>'
)


def odt(body: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", HEAD.format(body))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<text:p>One <text:span>line</text:span>.</text:p><text:p>Two.</text:p>", "One line.\n\nTwo."),
        ('<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p>', "a   b c\nd"),
        ("<text:tracked-changes><text:p>Gone.</text:p></text:tracked-changes><text:p>Here.</text:p>", "Here."),
        ("<text:p>Said.<o:annotation><text:p>Really?</text:p></o:annotation></text:p>", "Said."),
        ('<text:p>x<text:s text:c="999999999999"/>y</text:p>', "x y"),
        (
            "<table:table-row><table:table-cell><text:p>Norland</text:p></table:table-cell><table:table-cell>"
            "<text:p>opposes the ban</text:p></table:table-cell></table:table-row>",
            "Norland opposes the ban",
        ),
    ],
)
def test_an_open_document_gives_its_words_in_order(body: str, expected: str):
    assert read_odt(odt(body), Limits()).text == expected


def test_headings_and_notes_of_an_open_document_are_furniture():
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See there.</text:p></text:note-body></text:note>"
    raw = read_odt(odt(f"<text:h>Ferries</text:h><text:p>They stay{note} in port.</text:p>"), Limits())
    assert raw.text == "Ferries\n\nThey stay in port.\n\nSee there."
    assert [mark.kind for mark in raw.furniture] == ["heading", "footnote"]


def test_rich_text_gives_its_words_in_its_code_page():
    content = b"{\\rtf1\\ansi\\ansicpg1251{\\info{\\title Ferries}{\\creatim\\yr2026\\mo3\\dy4}}\\'cf\\'e0\\'f0\\'ee\\'ec \\u8222?x\\par Next.}"
    raw = read_rtf(content, Limits())
    assert raw.text == "Паром „x\n\nNext."
    assert (raw.properties.title, raw.properties.saved) == ("Ferries", "2026-03-04")


def test_pictures_in_rich_text_are_passed_over():
    picture = b"{\\pict\\pngblip " + b"89504e47" * 100_000 + b"}"
    assert read_rtf(b"{\\rtf1 Before " + picture + b" after.}", Limits()).text == "Before  after."


def test_what_is_no_rich_text_is_refused():
    with pytest.raises(ReadError, match="no rich text"):
        read_rtf(b"hello", Limits())
