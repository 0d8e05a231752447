from __future__ import annotations

import io
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from PIL import Image

from digest.model import Brief, Change, Entry, HolderSection, PartialDate, Stance, StanceLabel, Topic
from digest.word import charts
from digest.word.charts import Point, points_of, stance_chart, timeline, worth_drawing
from digest.word.context import context_of
from digest.word.drawing import DOTS_PER_INCH, Plan, Row, Sign, draw, drawable, height_of, size_of
from digest.word.ooxml import w
from digest.word.render import render

S, C, U, O, X = StanceLabel  # noqa: E741 - as short as the signs are
TOPIC = Topic("t", "The fund")
MakeHolder = Callable[..., HolderSection]


@pytest.fixture
def holder(sample: Brief) -> MakeHolder:
    """A holder with statements on one topic: (stance, day or month)."""

    def make(code: str, *said: tuple[StanceLabel, PartialDate | None], name: str = "") -> HolderSection:
        old = sample.holders[0].entries[0]
        entries = tuple(
            Entry(
                replace(old.position, id=f"{code}{number}", topic="t", stance=Stance(label, "cue"), said_on=day,
                        sentence=replace(old.position.sentence, document="none")),
                ("S1",),
            )
            for number, (label, day) in enumerate(said)
        )  # fmt: skip
        return replace(sample.holders[0], holder=code, name=name or code, entries=entries, differing=(), cells=())

    return make


def day(number: int) -> PartialDate:
    return PartialDate(2026, 3, number)


def brief_of(sample: Brief, *holders: HolderSection, **values: object) -> Brief:
    return replace(sample, topics=(TOPIC,), holders=holders, changes=(), key_points=(), **values)


def picture_of(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("L")


# --- when there is one -----------------------------------------------------------------------------------------------


def test_two_who_never_move_are_no_picture(sample: Brief, holder: MakeHolder):
    assert not worth_drawing(brief_of(sample, holder("A", (S, day(1))), holder("B", (O, day(9)))))


def test_three_with_a_clear_stance_on_more_than_one_day_are(sample: Brief, holder: MakeHolder):
    three = [holder("A", (S, day(1))), holder("B", (O, day(9))), holder("C", (C, day(9)))]
    assert worth_drawing(brief_of(sample, *three))
    assert not worth_drawing(brief_of(sample, *three[:2], holder("C", (X, day(9)))))


def test_on_one_day_the_matrix_says_as_much(sample: Brief, holder: MakeHolder):
    assert not worth_drawing(brief_of(sample, *(holder(code, (S, day(1))) for code in "ABC")))


def test_one_who_moves_is_enough(sample: Brief, holder: MakeHolder):
    assert worth_drawing(brief_of(sample, holder("A", (O, day(1)), (S, day(9)))))
    assert not worth_drawing(brief_of(sample, holder("A", (O, day(1)), (S, day(1)))))
    changed = replace(brief_of(sample, holder("A", (S, day(9)))), changes=(Change("A", "A", "t", O, S, "A0"),))
    assert worth_drawing(changed)


def test_without_a_picture_there_is_no_heading_for_it(sample: Brief, holder: MakeHolder, standard: Path):
    document = docx.Document(io.BytesIO(render(brief_of(sample, holder("A", (S, day(1)))), standard)))
    assert "Positions over time" not in [paragraph.text for paragraph in document.paragraphs]
    assert not list(document.element.iter(w("drawing")))


# --- what it shows ---------------------------------------------------------------------------------------------------


def test_a_statement_stands_on_its_day_else_on_that_of_its_document(sample: Brief, holder: MakeHolder):
    section = holder("A", (S, day(5)), (C, PartialDate(2025, 2)), (U, PartialDate(2026, 4)), (O, None))
    dated = [
        replace(entry, position=replace(entry.position, sentence=replace(entry.position.sentence, document=which)))
        for entry, which in zip(section.entries, ("none", sample.sources[0].id, "none", "none"), strict=True)
    ]
    points = points_of(replace(section, entries=tuple(dated)), brief_of(sample))
    assert [(point.label, point.day) for point in points] == [
        (O, None),
        (C, date(2025, 2, 14)),
        (S, date(2026, 3, 5)),
        (U, date(2026, 4, 15)),
    ]


def test_those_who_cannot_see_it_are_told_who_moved(sample: Brief, holder: MakeHolder):
    brief = brief_of(sample, holder("A", (O, day(1)), (S, day(9)), name="Norway"), holder("B", (S, day(2))))
    (picture,) = stance_chart(context_of(brief, 9000)).pictures
    assert picture.told.endswith("Norway: opposes (1 March 2026), supports (9 March 2026).")
    assert "The fund" in picture.told


def test_where_one_stood_in_the_last_issue_is_a_column_of_its_own(sample: Brief, holder: MakeHolder):
    brief = brief_of(sample, holder("A", (S, day(9)), name="Norway"))
    (without,) = stance_chart(
        context_of(replace(brief, changes=(Change("A", "A", "t", None, S, "A0"),)), 9000)
    ).pictures
    (moved,) = stance_chart(context_of(replace(brief, changes=(Change("A", "A", "t", O, S, "A0"),)), 9000)).pictures
    assert "opposes (last issue), supports (9 March 2026)" in moved.told
    assert moved.data != without.data


def test_forty_countries_and_eight_topics_are_shared_out_over_pictures_that_fit_the_page(
    sample: Brief, holder: MakeHolder
):
    topics = tuple(Topic(f"t{number}", f"Question number {number} about the cable") for number in range(8))
    rows = []
    for number in range(100):
        section = holder(f"H{number}", (S, day(1)), (O, day(9)), name=f"Country number {number}")
        entries = [
            replace(entry, position=replace(entry.position, id=f"{entry.position.id}{topic.id}", topic=topic.id))
            for entry in section.entries
            for topic in topics
        ]
        rows.append(replace(section, entries=tuple(entries)))
    context = context_of(replace(brief_of(sample, *rows), topics=topics), 9184, 13_000)
    pictures = stance_chart(context).pictures
    assert len(pictures) == 9
    assert all(picture.width <= 9184 and picture.height <= 13_000 for picture in pictures)


def test_names_in_a_script_that_cannot_be_drawn_stand_under_the_picture(sample: Brief, holder: MakeHolder):
    brief = brief_of(
        sample, holder("A", (O, day(1)), (S, day(9)), name="北方海缆"), holder("B", (S, day(2)), name="الكابل")
    )
    assert stance_chart(context_of(brief, 9000)).keys == (("(1)", "北方海缆"), ("(2)", "الكابل"))


def test_a_holder_has_a_timeline_with_its_source_marks(sample: Brief):
    context = context_of(sample, 9000)
    points = [Point("cable", S, date(2025, 2, 14), "S1"), Point("patrol", O, date(2025, 2, 10), "S2")]
    drawn = timeline(context, sample.holders[0], points)
    assert "Norway" in drawn.pictures[0].told
    assert "supports (14 February 2025)" in drawn.pictures[0].told
    assert timeline(context, sample.holders[0], [Point("cable", X, None, "S1")]) == charts.NONE
    assert drawn.pictures[0].data != timeline(context, sample.holders[0], points[:1]).pictures[0].data


def test_a_template_can_place_the_picture_in_a_cell_and_ask_whether_there_is_one(
    with_body: Callable[[str], Path], sample: Brief, holder: MakeHolder
):
    cell = '<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>{{ chart }}</w:t></w:r></w:p></w:tc>'
    path = with_body(
        "<w:p><w:r><w:t>{{?chart}}There is one.{{/chart}}{{^chart}}There is none.{{/chart}}</w:t></w:r></w:p>"
        f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>'
    )
    document = docx.Document(io.BytesIO(render(sample, path)))
    assert document.paragraphs[0].text == "There is one."
    (extent,) = document.tables[0]._tbl.iter(w("wp:extent"))
    assert int(extent.get("cx")) <= (4000 - 216) * 635
    without = docx.Document(io.BytesIO(render(brief_of(sample, holder("A", (S, day(1)))), path)))
    assert without.paragraphs[0].text == "There is none."


# --- how it is drawn -------------------------------------------------------------------------------------------------


def plan(*rows: Row, titles: tuple[str, ...] = ("Title",), **values: object) -> Plan:
    legend = tuple((label, label.value) for label in (S, C, U, O))
    base = Plan(titles, rows, (), ((date(2026, 3, 2), "2 Mar"),), legend, 6.4, "1B4965", "23282D", "59636E", "C9D0D6")
    return replace(base, **values)


def margins(data: bytes) -> tuple[int, int, int, int]:
    """How many white lines and columns there are at left, top, right and bottom."""
    image = picture_of(data)
    box = image.point(lambda value: 255 if value < 250 else 0).getbbox()
    assert box is not None
    return box[0], box[1], image.width - box[2], image.height - box[3]


def test_nothing_runs_over_the_edge_however_long_the_names_are():
    row = Row("A very long name of an organisation " * 4, tuple((Sign(S, date(2026, 3, 2)),) for _ in range(3)))
    titles = tuple("Averyveryverylongwordwithoutanend" * 3 + " and more" for _ in range(3))
    data = draw(plan(*[row] * 40, titles=titles, slots=("the last issue of all", "without any date")))
    left, top, _, bottom = margins(data)
    assert left >= 1
    assert top >= 4
    assert bottom >= 4


def test_the_signs_differ_without_colour():
    pictures = []
    for label in (S, C, U, O):
        data = draw(plan(Row("", ((Sign(label, date(2026, 3, 2)),),)), titles=("",), legend=(), ticks=()))
        pictures.append(picture_of(data))
    dark = [sum(value < 128 for value in image.tobytes()) for image in pictures]
    assert len({image.tobytes() for image in pictures}) == 4
    assert dark[0] > dark[1] > dark[2]


def test_signs_of_neighbouring_days_do_not_cover_each_other():
    near = Row("A", ((Sign(S, date(2026, 3, 2)), Sign(O, date(2026, 3, 2)), Sign(U, date(2026, 9, 2))),))
    alone = Row("A", ((Sign(O, date(2026, 3, 2)), Sign(U, date(2026, 9, 2))),))
    assert draw(plan(near)) != draw(plan(alone))


def test_a_dollar_is_a_dollar_and_no_formula():
    assert draw(plan(Row("$x^2$", ((),)))) != draw(plan(Row("x2", ((),))))


def test_the_height_told_beforehand_is_enough():
    for count in (1, 7, 40):
        rows = [Row(f"Name {number}", ((Sign(S, date(2026, 3, 2)),),)) for number in range(count)]
        data = draw(plan(*rows, titles=("One two three four five six seven eight nine ten " * 4,)))
        width, height = size_of(data)
        assert height <= height_of(count, ["x"])
        assert picture_of(data).size == (round(width * DOTS_PER_INCH), round(height * DOTS_PER_INCH))


@pytest.mark.parametrize("text", ["Åland", "Ελλάδα", "Россия", "Côte d’Ivoire", "a – b …"])
def test_names_in_latin_greek_and_cyrillic_are_drawn(text: str):
    assert drawable(text)


def test_what_is_drawn_without_asking_the_typeface_is_in_it():
    from matplotlib import get_data_path
    from matplotlib.font_manager import get_font

    font = get_font(f"{get_data_path()}/fonts/ttf/DejaVuSans.ttf")
    latin = [chr(code) for code in range(32, 0x180) if chr(code).isprintable()]
    assert len(latin) > 300
    assert all(font.get_char_index(ord(letter)) for letter in latin)
    assert not {"R", "AL", "AN"} & {unicodedata.bidirectional(letter) for letter in latin}


@pytest.mark.parametrize("text", ["北方", "한국", "שלום", "مصر", "भारत", "ไทย"])
def test_names_in_other_scripts_are_not(text: str):
    assert not drawable(text)


def test_the_picture_is_the_same_bytes_whatever_a_user_has_set(tmp_path: Path):
    code = (
        "import hashlib; from datetime import date; from digest.model import StanceLabel as L;"
        "from digest.word.drawing import *;"
        "p = Plan(('T',), (Row('Norway', ((Sign(L.SUPPORTS, date(2026, 3, 2)),),)),), (), (), ((L.SUPPORTS, 'for'),),"
        " 6.4, '1B4965', '23282D', '59636E', 'C9D0D6');"
        "print(hashlib.sha256(draw(p)).hexdigest())"
    )
    settings = tmp_path / "matplotlibrc"
    settings.write_text("text.antialiased: False\npath.snap: False\nfont.size: 30\nsavefig.dpi: 40\n", encoding="utf-8")
    root = str(Path(__file__).resolve().parents[2])
    digests = {
        subprocess.run(
            [sys.executable, "-W", "error", "-c", code],
            env={**os.environ, "PYTHONPATH": root, "PYTHONHASHSEED": seed, **extra},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed, extra in (("1", {}), ("2", {"MATPLOTLIBRC": str(settings)}))
    }  # fmt: skip
    assert len(digests) == 1


def test_the_file_names_no_time_and_no_program(sample: Brief):
    (picture,) = stance_chart(context_of(sample, 9000)).pictures
    held = {picture.data[at + 4 : at + 8] for at in chunks(picture.data)}
    assert held <= {b"IHDR", b"PLTE", b"pHYs", b"IDAT", b"IEND"}


def chunks(data: bytes) -> list[int]:
    at, found = 8, []
    while at < len(data):
        found.append(at)
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    return found
