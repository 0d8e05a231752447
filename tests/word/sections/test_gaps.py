from __future__ import annotations

from collections.abc import Callable

from digest.model import Brief
from digest.word.blocks import Block
from digest.word.context import Context
from digest.word.sections.gaps import gaps


def test_every_kind_of_gap_has_its_line(context: Callable[..., Context], read: Callable[[Block], str]):
    lines = [read(block) for block in gaps(context())]
    assert lines[1:4] == [
        "Asked for, not found: Iceland, Estonia. No statement of theirs was found in English or in translation.",
        "Without a date: [S4] [S7]. Their place in time is not certain.",
        "Not translated: [S9]. Their sentences stand in their own language.",
    ]


def test_an_untranslated_document_without_positions_warns_that_silence_is_not_absence(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    blocks = gaps(context(holders=sample.holders[:-1]))
    assert read(blocks[3]) == (
        "Not translated: [S9]. No position was found in them; their sentences stand in their own language."
    )


def test_a_notice_names_file_step_reason_and_advice(context: Callable[..., Context], read: Callable[[Block], str]):
    head, first, second = read(gaps(context())[-1]).splitlines()
    assert head == "File | Step | What happened | What to do"
    assert first.startswith("week-07/minutes\x07.pdf | reading | The file is protected")
    assert second.startswith("(whole run) | positions | ")


def test_without_notices_a_line_says_so(context: Callable[..., Context], read: Callable[[Block], str]):
    assert read(gaps(context(notices=()))[-1]) == "No notices."


def test_without_gaps_and_notices_one_line_says_so(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    dated = tuple(s for s in sample.sources if s.dating.published and not s.untranslated)
    clean = context(notices=(), missing=(), sources=dated, holders=(), key_points=(), changes=())
    assert [read(block) for block in gaps(clean)] == ["Gaps and notices", "No gaps, no notices."]


def test_characters_that_word_cannot_hold_are_counted(context: Callable[..., Context], read: Callable[[Block], str]):
    assert not any("Characters replaced" in read(block) for block in gaps(context(notices=())))
    assert context(title="a\x00b", notices=()).replaced().startswith("1 character that a Word file cannot hold")
    said = [read(block) for block in gaps(context(title="a\x00b\x01", author="\ud800", notices=()))]
    assert "Characters replaced: 3 characters that a Word file cannot hold stand as \ufffd." in said
