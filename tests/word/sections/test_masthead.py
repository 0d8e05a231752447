from __future__ import annotations

from collections.abc import Callable
from datetime import date

from digest.word.blocks import Block
from digest.word.context import Context
from digest.word.sections.masthead import masthead


def test_it_says_what_it_is_what_it_covers_and_whose_it_is(
    context: Callable[..., Context], read: Callable[[Block], str]
):
    assert [read(block) for block in masthead(context())] == [
        "Issue 3  ·  17 February 2025",
        "The Northern sea cable: who pays, who patrols",
        "Covers 10 to 16 February 2025  ·  cut-off 16 February 2025  ·  previous issue 10 February 2025  ·  "
        "prepared by Desk for Northern affairs",
    ]


def test_what_is_not_known_is_left_out(context: Callable[..., Context], read: Callable[[Block], str]):
    last = masthead(context(author="", previous=None, period=(None, None), issued=date(2025, 3, 1)))[-1]
    assert read(last) == "Covers all documents, whatever their date  ·  cut-off 1 March 2025"
