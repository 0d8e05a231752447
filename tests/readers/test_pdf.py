"""PDF pages are read in the order of a reader, without what stands on every page."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont as FontFile
from reportlab.lib import pdfencrypt
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.rl_config import TTFSearchPath

from digest.errors import ReadError
from digest.preflight import Limits
from digest.readers import read
from digest.readers.pdf import read_pdf

Placed = tuple[float, float, str, float]
"""x, y, text, size of type."""


def pdf(*pages: list[Placed], title: str = "", password: str = "") -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=pdfencrypt.StandardEncryption(password) if password else None, invariant=True)
    if title:
        canvas.setTitle(title)
    for page in pages:
        for x, y, text, size in page:
            canvas.setFont("Helvetica", size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines(words: list[str], x: float = 60, top: float = 700, size: float = 10) -> list[Placed]:
    return [(x, top - 12 * number, text, size) for number, text in enumerate(words)]


LEFT = ["The ministers met in Sella on Monday and", "heard the report of the secretary of the", "council, who spoke for an hour about the",
        "ferries and their cracks. Norland voted", "against the plan, and left the room with"]  # fmt: skip
RIGHT = ["out a word. Sudia will pay its share of", "the cost, a spokesman of its government", "told reporters on the quay, and so will",
         "Varda, whose shore is the shortest of all", "the seven shores of the long grey lake."]  # fmt: skip


def test_columns_are_read_one_after_the_other_and_a_headline_over_both_first():
    page = [(60, 740, "Ferries of the lake stay in port until the spring", 18.0), *lines(LEFT), *lines(RIGHT, 320)]
    crossed = [page[0], *(each for pair in zip(page[1:6], page[6:], strict=True) for each in pair)]
    for drawn in (page, crossed):
        text = read_pdf(pdf(drawn), Limits()).text
        assert text.startswith("Ferries of the lake stay in port until the spring\n\nThe ministers met")
        assert "left the room with out a word. Sudia will pay" in text


def test_words_divided_at_the_end_of_a_line_are_whole_again_and_compounds_keep_their_hyphen():
    words = [
        "The well-known envoys spoke of the trans-",
        "port of goods across the lake, of the well-",
        "known Franco-",
        "German plan.",
    ]
    text = read_pdf(pdf(lines(words)), Limits()).text
    assert "the transport of goods" in text
    assert "the well-known Franco-German plan" in text.replace("\n\n", " ")


def test_running_heads_stand_once_as_furniture_and_page_numbers_go():
    pages = [
        [(60, 800, "The Lake Post", 8.0), *lines([f"{name} {line}" for line in LEFT]), (300, 40, f"Page {number}", 8.0)]
        for number, name in enumerate(("Anna", "Bert", "Carl"), 1)
    ]
    raw = read_pdf(pdf(*pages), Limits())
    assert raw.text.count("The Lake Post") == 1
    assert "Page" not in raw.text
    assert [raw.text[mark.start : mark.end] for mark in raw.furniture if mark.kind == "running head"] == [
        "The Lake Post"
    ]


def test_a_paragraph_goes_on_over_the_page_and_its_footnote_stands_after_it():
    first = [*lines(LEFT), (60, 80, "1 See the report of the council.", 7.0)]
    raw = read_pdf(pdf(first, lines([line.replace("out a word", "hardly a word") for line in RIGHT])), Limits())
    assert "left the room with hardly a word" in raw.text
    assert [raw.text[m.start : m.end] for m in raw.furniture if m.kind == "footnote"] == [
        "1 See the report of the council."
    ]


def test_rows_of_a_table_are_sentences_where_they_make_one():
    rows = [(60, 700, "Norland", 10.0), (200, 700, "rejects the plan of the council", 10.0)]
    raw = read_pdf(pdf([*lines(LEFT, top=800), *rows]), Limits())
    assert "Norland rejects the plan of the council" in raw.text


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (pdf([(60, 700, "Secret text.", 10.0)], password="key"), "password"),
        (pdf([]), "empty"),
        (pdf(*[[]] * 40), "40 pages"),
        (b"%PDF-1.7\nnothing", "damaged"),
    ],
)
def test_what_cannot_be_read_is_called_by_its_name(content: bytes, expected: str):
    with pytest.raises(ReadError, match=expected):
        read_pdf(content, Limits(pages=30))


def test_pages_that_are_pictures_among_pages_of_text_are_told():
    from PIL import Image

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(60, 700, "The ministers met in Sella on Monday.")
    canvas.showPage()
    canvas.drawInlineImage(Image.new("RGB", (20, 20), "blue"), 60, 400, 200, 200)
    canvas.showPage()
    canvas.save()
    raw = read_pdf(buffer.getvalue(), Limits())
    assert raw.remarks[0][0] == "1 of its 2 pages are pictures without text (page 2)"


def test_the_title_is_the_declared_one_unless_it_is_the_name_of_a_file(tmp_path: Path):
    page = [(60, 760, "Ferries of the lake stay in port", 18.0), *lines(LEFT)]
    for title, expected in (
        ("The ferry report", "The ferry report"),
        ("Microsoft Word - x.docx", "Ferries of the lake stay in port"),
    ):
        path = tmp_path / "a.pdf"
        path.write_bytes(pdf(page, title=title))
        assert read(path, tmp_path, date(2026, 11, 22)).title == expected


def test_a_raised_footnote_number_neither_ends_a_paragraph_nor_makes_a_heading():
    upper = lines(["The council closed its harbour to the ferries", "and banned the trade in the same spring, in May."])
    mark = (60 + stringWidth(upper[1][2], "Helvetica", 10), 692.0, "1", 6.0)
    lower = lines(["Norland went on for a year with all its boats."], top=676)
    note = lines(["1 Council minutes, May. Sudia supported it then."], top=640, size=7)
    page = [*upper, mark, *lower, *note]
    second = [*lines(["The ships went on to other lakes and came back", "when the council had gone to bed."])]
    raw = read_pdf(pdf(page, second), Limits())
    assert "in the same spring, in May.¹ Norland went on for a year with" in raw.text
    assert not any(mark.kind == "heading" for mark in raw.furniture)


def test_the_title_is_found_where_every_page_repeats_it(tmp_path: Path):
    head = [(60, 800, "Who pays for the ferries of the lake?", 7.0)]
    body = [*lines(LEFT, top=640), *lines(RIGHT, top=560)]
    first = [
        *head,
        (60, 740, "Who pays for the ferries of the lake?", 18.0),
        (60, 700, "Ana Lind and Odo Berg", 10.0),
        *body,
    ]
    (tmp_path / "a.pdf").write_bytes(pdf(first, [*head, *body]))
    assert read(tmp_path / "a.pdf", tmp_path, date(2025, 6, 1)).title == "Who pays for the ferries of the lake?"


def written_by_an_office_suite(*pages: list[Placed]) -> bytes:
    """A PDF that does not tell how high its font is, as LibreOffice writes them.

    PDFium then takes the heights of what stands at the codes of "A" and "g", which are other letters there.
    """
    font = FontFile(next(Path(folder) / "Vera.ttf" for folder in TTFSearchPath if (Path(folder) / "Vera.ttf").exists()))
    for table, names in (("hhea", ("ascent", "descent")), ("OS/2", ("sTypoAscender", "sTypoDescender"))):
        for name in names:
            setattr(font[table], name, 0)
    for table in font["cmap"].tables:
        table.cmap.update({code: "x" for code in map(ord, "Ag") if code in table.cmap})
    unmeasured = io.BytesIO()
    font.save(unmeasured)
    unmeasured.seek(0)
    pdfmetrics.registerFont(TTFont("Unmeasured", unmeasured))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    for page in pages:
        for x, y, text, size in page:
            canvas.setFont("Unmeasured", size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_figures_stay_figures_where_a_file_does_not_tell_how_high_its_font_is():
    text = read_pdf(
        written_by_an_office_suite(lines(["Sudia joined the league of ports in May 2019.", *LEFT])), Limits()
    ).text
    assert "in May 2019." in text


def test_notes_hardly_smaller_than_the_text_are_notes_where_the_text_has_their_number_raised():
    words = ["Norland left the league of the ports in spring.", "It has not come back to the table since that day."]
    mark = (60 + stringWidth(words[1], "Helvetica", 11), 692.0, "1", 6.4)
    notes = [(60, 80, "1 Minutes of the league, in May. An older note", 10.0), (60, 68, "spoke of Sudia, which was for it.", 10.0)]  # fmt: skip
    foot = [(60, 56, "Ferries and fees 1", 11.0)]
    second = [*lines(RIGHT, size=11), (60, 56, "Ferries and fees 2", 11.0)]
    raw = read_pdf(pdf([*lines(words, size=11), mark, *notes, *foot], second), Limits())
    kinds = {raw.text[m.start : m.end]: m.kind for m in raw.furniture}
    assert kinds["1 Minutes of the league, in May. An older note spoke of Sudia, which was for it."] == "footnote"
    assert kinds["Ferries and fees 1"] == "running head"
    assert "Ferries and fees 2" not in raw.text


def test_paragraphs_of_two_lines_with_space_between_them_stay_apart_and_a_headline_of_two_lines_is_one():
    pairs = [("Norland is for the fee that the council of the", "lake has asked for, and says so in every room it"),
             ("Sudia is against it, and will not hear of it as", "long as its ferries are made to pay for the rest"),
             ("Varda waits for the others, as it has done since", "the lake froze over in the winter of the long war")]  # fmt: skip
    body = [
        (60, 660 - 31 * number - 12.5 * part, text + ("." if part else ""), 11.0)
        for number, pair in enumerate(pairs)
        for part, text in enumerate(pair)
    ]
    head = [(60, 720, "Who will pay for the ferries of the long", 18.0), (60, 699, "grey lake?", 18.0)]
    paragraphs = read_pdf(pdf([*head, *body]), Limits()).text.split("\n\n")
    assert paragraphs[0].strip() == "Who will pay for the ferries of the long grey lake?"
    assert [each.split()[0] for each in paragraphs[1:]] == ["Norland", "Sudia", "Varda"]
