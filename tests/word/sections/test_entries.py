from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from digest.model import Brief, Entry, PartialDate, PastStance, StanceLabel
from digest.word.blocks import Block, Text
from digest.word.context import Context
from digest.word.fields import RECORDS
from digest.word.sections.entries import entry_paragraphs


@pytest.fixture
def entry(sample: Brief):
    entries = {entry.position.id: entry for section in sample.holders for entry in section.all_entries()}

    def get(identifier: str, **values: object) -> Entry:
        return replace(entries[identifier], position=replace(entries[identifier].position, **values))

    return get


def test_a_direct_quote_is_set_apart_from_reported_speech(context: Callable[..., Context], entry: Callable[..., Entry]):
    assert [block.style for block in entry_paragraphs(context(), entry("p1"))] == ["Digest Attribution", "Digest Quote"]
    assert [block.style for block in entry_paragraphs(context(), entry("p2"))] == [
        "Digest Attribution",
        "Digest Position",
    ]


def test_the_attribution_names_speaker_role_day_stance_cue_and_sources(
    context: Callable[..., Context], entry: Callable[..., Entry], read: Callable[[Block], str]
):
    assert read(entry_paragraphs(context(), entry("p1"))[0]) == (
        "Ingrid Solvang, Minister of Energy  ·  14 February 2025  [S1]\n"
        "supports: A joint fund for the Northern sea cable – “pay our share”"
    )


def test_with_one_topic_its_name_is_not_repeated(
    context: Callable[..., Context], sample: Brief, entry: Callable[..., Entry], read: Callable[[Block], str]
):
    line = read(entry_paragraphs(context(topics=sample.topics[:1]), entry("p1"))[0])
    assert line == "Ingrid Solvang, Minister of Energy  ·  14 February 2025  ·  supports – “pay our share”  [S1]"


def test_a_statement_without_its_own_day_has_that_of_the_document_and_how_it_is_known(
    context: Callable[..., Context], entry: Callable[..., Entry], read: Callable[[Block], str]
):
    assert "·  document of 14 February 2025 (dateline)" in read(entry_paragraphs(context(), entry("p2"))[0])
    assert "undated, not before 11 February 2025" in read(entry_paragraphs(context(), entry("p9"))[0])


def test_a_holder_that_speaks_as_such_stands_in_the_place_of_the_speaker(
    context: Callable[..., Context], entry: Callable[..., Entry], read: Callable[[Block], str]
):
    assert read(entry_paragraphs(context(), entry("p2"))[0]).startswith("Norway  ·  ")


def test_a_translation_is_marked_and_its_original_follows_in_its_language(
    context: Callable[..., Context], entry: Callable[..., Entry], read: Callable[[Block], str]
):
    _, statement, original = entry_paragraphs(context(), entry("p12"))
    assert read(statement).endswith("the ministry stated. machine\u00a0translation")
    assert statement.keep_next
    assert original.style == "Digest Original"
    assert original.parts[0].language == "ru"
    assert not original.rtl


def test_an_arabic_original_runs_from_right_to_left(context: Callable[..., Context], entry: Callable[..., Entry]):
    assert entry_paragraphs(context(), entry("p11"))[-1].rtl


def test_a_doubtful_translation_says_why(
    context: Callable[..., Context], entry: Callable[..., Entry], read: Callable[[Block], str]
):
    doubt = entry_paragraphs(context(), entry("p4"))[2]
    assert read(doubt) == "The translation is in doubt: numbers are missing (2, 3). Rely on the original."


def test_an_untranslated_statement_is_named_as_such(
    context: Callable[..., Context], entry: Callable[..., Entry], read: Callable[[Block], str]
):
    statement = entry_paragraphs(context(), entry("p15"))[-1]
    assert read(statement).endswith("heißt es in Berlin. German, not translated [S9]")
    assert [part.language for part in statement.parts if isinstance(part, Text) and "Berlin" in part.text] == ["de"]


def test_a_statement_that_takes_no_side_stands_in_one_paragraph_with_its_speaker(
    context: Callable[..., Context], entry: Callable[..., Entry], read: Callable[[Block], str]
):
    (line,) = entry_paragraphs(context(), entry("p15"))
    assert line.style == "Digest Said"
    assert read(line).startswith("Europe (unspecified)  ·  document of 14\u00a0Feb\u00a02025")


def test_an_english_statement_has_no_label(
    context: Callable[..., Context], entry: Callable[..., Entry], read: Callable[[Block], str]
):
    _, statement = entry_paragraphs(context(), entry("p2"))
    assert read(statement) == "Norway supports a lean fund with a public register of its spending."


def test_what_was_held_before_stands_behind_the_stance_of_today(
    context: Callable[..., Context], entry: Callable[..., Entry], read: Callable[[Block], str]
):
    told = entry("p1", past=PastStance(StanceLabel.OPPOSES, "dropped its opposition", PartialDate(2024)))
    assert read(entry_paragraphs(context(), told)[0]).endswith("– “pay our share”  ·  earlier: opposes (2024)")
    undated = entry("p1", past=PastStance(StanceLabel.OPPOSES, "used to"))
    assert read(entry_paragraphs(context(), undated)[0]).endswith("  ·  earlier: opposes")


def test_a_stance_that_is_not_sure_is_shown_as_probable_in_entries_and_in_fields(
    context: Callable[..., Context], entry: Callable[..., Entry], read: Callable[[Block], str]
):
    unsure = entry("p1", decided_by="classifier", probability=0.74)
    stance = RECORDS["position"].fields["stance"]
    assert "probably supports" in read(entry_paragraphs(context(), unsure)[0])
    assert stance.value(context(), unsure) == "probably supports"
    assert stance.value(context(), entry("p1")) == "supports"
    past = PastStance(StanceLabel.OPPOSES, "used to", PartialDate(2024))
    assert stance.value(context(), entry("p1", past=past)) == "supports; earlier: opposes (2024)"
