from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from digest.model import Brief
from digest.word.blocks import Block
from digest.word.context import Context
from digest.word.sections.bottom_line import bottom_line


def test_each_point_has_its_marks_and_machine_work_is_declared(
    context: Callable[..., Context], read: Callable[[Block], str]
):
    lines = [read(block) for block in bottom_line(context())]
    assert lines[0] == "Bottom line"
    assert lines[1].endswith("officials said on Friday. [S1] [S8]")
    assert (
        lines[2]
        == "The Portuguese government will contribute 12 million euros to the fund. machine\u00a0translation [S2]"
    )


def test_a_point_in_its_own_language_keeps_it(context: Callable[..., Context], sample: Brief):
    point = sample.key_points[1]
    original = replace(point, text=point.evidence.text)
    block = bottom_line(context(key_points=(original,)))[1]
    assert block.parts[0].language == "pt"


def test_without_points_a_line_says_so(context: Callable[..., Context], read: Callable[[Block], str]):
    assert [read(block) for block in bottom_line(context(key_points=()))] == [
        "Bottom line",
        "The documents gave no sentence that carries the whole.",
    ]
