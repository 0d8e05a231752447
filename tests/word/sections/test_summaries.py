from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from digest.model import Brief
from digest.word.blocks import Block
from digest.word.context import Context
from digest.word.sections.summaries import document, summaries


def test_a_document_has_title_particulars_and_sentences_each_with_its_mark(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    assert [read(block) for block in document(context(), sample.sources[1])] == [
        "Lisboa entra no fundo do cabo",
        "Diário do Cais  ·  15 February 2025 (front matter)  ·  Portuguese, machine translation (firefox)  ·  688 words"
        "  [S2]",
        "The Portuguese government will contribute 12 million euros to the fund. [S2] The minister ruled out, for now, "
        "sending civilian ships. [S2]",
    ]


def test_an_untranslated_summary_stands_in_its_own_language(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    title, details, summary = document(context(), sample.sources[8])
    assert title.parts[0].language == summary.parts[0].language == "de"
    assert "German, not translated" in read(details)


def test_a_right_to_left_title_runs_its_way_and_an_english_summary_the_other(
    context: Callable[..., Context], sample: Brief
):
    title, _, summary = document(context(), sample.sources[2])
    assert title.rtl
    assert not summary.rtl


def test_an_untranslated_arabic_summary_runs_from_right_to_left(context: Callable[..., Context], sample: Brief):
    source = sample.sources[2]
    point = source.summary[0]
    plain = replace(point.evidence[0], translation=None)
    untranslated = replace(source, summary=(replace(point, text=plain.text, evidence=(plain,)),), untranslated=True)
    assert document(context(), untranslated)[-1].rtl


def test_a_doubt_about_a_translated_sentence_stands_behind_it(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    source = sample.sources[1]
    point = source.summary[0]
    sentence = point.evidence[0]
    doubtful = replace(sentence, translation=replace(sentence.translation, flags=("a negation is missing",)))
    summary = document(context(), replace(source, summary=(replace(point, evidence=(doubtful,)),)))[-1]
    assert read(summary).endswith("[S2] (The translation is in doubt: a negation is missing. Rely on the original.)")


def test_a_document_without_title_or_summary_says_so(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    bare = replace(sample.sources[0], title="", summary=())
    blocks = [read(block) for block in document(context(), bare)]
    assert blocks[0] == "Untitled document"
    assert blocks[-1] == "No summary: the document has no sentence that could be chosen."


def test_without_documents_a_line_says_so(context: Callable[..., Context], read: Callable[[Block], str]):
    empty = context(sources=(), key_points=(), holders=(), changes=())
    assert [read(block) for block in summaries(empty)] == ["Document summaries", "No documents."]
