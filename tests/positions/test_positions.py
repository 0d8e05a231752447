"""Positions as values: quotations, dates, evidence."""

from __future__ import annotations

import json
from datetime import date

import pytest
from stages import positions_of

from digest.engines.parser import EnglishParser
from digest.model import PartialDate, Quote, Topic
from digest.positions import codec

QUOTA = (Topic("quota", "A fishing quota"),)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Ghana said the quota was fair.", Quote.NONE),
        ('Ghana called the quota "an insult".', Quote.PARTIAL),
        ('"We will never accept such a quota," Ghana said.', Quote.FULL),
        ("Ghana said: “We cannot accept this quota.”", Quote.FULL),
    ],
)
def test_how_much_is_quoted_is_told(text: str, quote: Quote, english_parser: EnglishParser):
    _, positions = positions_of(text, english_parser)
    assert positions[0].quote is quote


def test_the_statement_is_the_sentence_as_it_stands(english_parser: EnglishParser):
    text = "  Ghana  rejected\xa0the quota [3].  Nobody knew. "
    sentences, positions = positions_of(text, english_parser)
    assert positions[0].sentence is sentences[0]
    assert positions[0].statement == text[sentences[0].start : sentences[0].end]


@pytest.mark.parametrize(
    ("text", "said_on"),
    [
        ("Ghana said on 3 March 2026 that the quota was fair.", "2026-03-03"),
        ("Ghana said on Tuesday that the quota was fair.", "2026-11-17"),
        ("Ghana said the quota would begin on 1 May 2027.", None),
        ('Ghana said "the quota of 3 March 2026 is dead".', None),
        ("Ghana has supported the quota since the drought of 2021.", None),
        ("Ghana supports the quota, its minister said before the conference of February 2026.", None),
        ("In 2025 Ghana changed course and now supports the quota.", None),
    ],
)
def test_the_date_is_that_of_the_saying_and_not_of_what_is_said(
    text: str, said_on: str | None, english_parser: EnglishParser
):
    _, positions = positions_of(text, english_parser, published=date(2026, 11, 19))
    assert positions[0].said_on == (PartialDate.parse(said_on) if said_on else None)


def test_a_deed_counts_only_where_it_bears_on_a_topic(english_parser: EnglishParser):
    _, with_topic = positions_of("Ghana will host the talks on the quota.", english_parser, QUOTA)
    assert [position.holder for position in with_topic] == ["GH"]


def test_a_position_survives_the_way_into_the_store_and_back(english_parser: EnglishParser):
    text = 'Ghana said on 3 March 2026 it would accept "a quota" only if Togo did. Togo rejected the quota.'
    sentences, positions = positions_of(text, english_parser, QUOTA)
    rows = json.loads(json.dumps([codec.encode(position) for position in positions]))
    assert [codec.decode(row, {s.start: s for s in sentences}) for row in rows] == positions
