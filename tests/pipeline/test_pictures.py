from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from digest.model import StanceLabel
from digest.pipeline.pictures import kept_in
from digest.store import Store
from digest.word import drawing, render, sample
from digest.word.drawing import Plan, Row, Sign

SIGN = Sign(StanceLabel.SUPPORTS, date(2026, 3, 2))
PLAN = Plan(
    titles=("Fishing",),
    rows=(Row("Norway", ((SIGN,),)),),
    slots=(),
    ticks=(),
    legend=((StanceLabel.SUPPORTS, "supports"),),
    width=6.0,
    accent="1B4965",
    ink="23282D",
    grey="59636E",
    pale="C9D0D6",
)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Plan]:
    """The plans that were drawn and not recalled."""
    plans: list[Plan] = []
    draw = drawing.draw

    def noted(plan: Plan) -> bytes:
        plans.append(plan)
        return draw(plan)

    monkeypatch.setattr(drawing, "draw", noted)
    return plans


def test_a_picture_is_drawn_once_and_its_bytes_are_those_drawn(store: Store, drawn: list[Plan]):
    first, second = kept_in(store)(PLAN), kept_in(store)(PLAN)
    assert first == second == drawing.draw(PLAN)
    assert drawn == [PLAN, PLAN]  # the second is the line above


@pytest.mark.parametrize(
    "other",
    [
        replace(PLAN, accent="000000"),
        replace(PLAN, width=5.0),
        replace(PLAN, rows=(Row("Norway", ((replace(SIGN, note="7"),),)),)),
    ],
)
def test_what_looks_different_is_another_picture(store: Store, drawn: list[Plan], other: Plan):
    assert kept_in(store)(PLAN) != kept_in(store)(other)
    assert drawn == [PLAN, other]


def test_a_brief_with_recalled_pictures_is_the_same_bytes(store: Store, drawn: list[Plan], root: Path):
    brief, template = sample.sample_brief(), root / "templates" / "standard.docx"
    fresh = render.render(brief, template)
    assert len(drawn) == 0  # by its own default, `render` draws
    assert render.render(brief, template, kept_in(store)) == fresh
    count = len(drawn)
    assert count > 0
    assert render.render(brief, template, kept_in(store)) == fresh
    assert len(drawn) == count
