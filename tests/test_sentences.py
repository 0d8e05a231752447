"""Sentences are cut where a careful reader cuts them, and never moved by a character."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Furniture
from digest.paragraphs import paragraphs
from digest.sentences import FOOTNOTE_MARK, LONGEST_SENTENCE, split

CASES = json.loads((Path(__file__).parent / "cases" / "sentences.json").read_text("utf-8"))
LANGUAGES = ["en", "de", "fr", "pt", "es", "it", "ru", "tr", "th", "zh", "ar", "hi", "und", "pt-BR", "xx"]

awkward = st.text(
    alphabet=st.one_of(
        st.sampled_from(list(" \n\t.!?…\"'“”„«»‘’()[]—-:;,。！？」「؟।abzAZßéЖя中ไ0123456789\u00a0\u2028•")),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=400,
)


def sentences(text: str, language: str = "en", furniture: tuple[Furniture, ...] = ()) -> list[str]:
    return [text[span.start : span.end] for span in split(text, furniture, language)]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_text_is_cut_into_the_expected_sentences(case: dict[str, str]):
    expected = case["text"].split("|")
    text = case["text"].replace("|", "")
    assert sentences(text, case["language"]) == [each.strip() for each in expected]


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, tuple[Furniture, ...]]:
    text = draw(awkward)
    marks = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 30)))
        kind = draw(st.sampled_from([FOOTNOTE_MARK, "caption"]))
        marks.append(Furniture(start, end, kind))
    return text, tuple(marks)


@given(marked_texts(), st.sampled_from(LANGUAGES))
def test_spans_are_in_order_disjoint_and_lose_nothing(marked: tuple[str, tuple[Furniture, ...]], language: str):
    text, furniture = marked
    spans = split(text, furniture, language)
    hidden = {at for mark in furniture for at in range(mark.start, mark.end)}
    cut = {at for mark in furniture if mark.kind != FOOTNOTE_MARK for at in range(mark.start, mark.end)}
    covered: set[int] = set()
    last = 0
    for span in spans:
        verbatim = text[span.start : span.end]
        assert last <= span.start < span.end <= len(text)
        assert verbatim == verbatim.strip()
        assert len(verbatim) <= LONGEST_SENTENCE
        covered.update(range(span.start, span.end))
        last = span.end
    assert not covered & cut
    assert all(at in covered for at, character in enumerate(text) if not character.isspace() and at not in hidden)


@given(awkward)
def test_paragraphs_hold_every_character_and_number_the_sentences(text: str):
    found = paragraphs(text)
    assert sum(not each.isspace() for start, end in found for each in text[start:end]) == sum(
        not each.isspace() for each in text
    )
    assert all(found[span.paragraph][0] <= span.start and span.end <= found[span.paragraph][1] for span in split(text))


def test_a_single_line_end_ends_a_paragraph():
    assert len(paragraphs("The talks ended.\nThe ministers left.\n\nNobody spoke.")) == 3


WRAPPED = """The ministers of the seven coastal states met on Monday in order to settle
how the ferries are to be paid for. Norland offered a third of the sum, and
its neighbours were silent. A second meeting is planned for the autumn, but
no place has been named.

Nobody spoke to the press."""


def test_hard_wrapped_lines_are_one_paragraph():
    assert len(paragraphs(WRAPPED)) == 2
    assert sentences(WRAPPED)[0].endswith("settle\nhow the ferries are to be paid for.")


def test_a_menu_of_short_lines_is_not_taken_for_wrapped_text():
    assert len(paragraphs("World\nPolitics\nSport\nWeather and traffic")) == 4


def test_a_long_paragraph_after_another_is_not_joined_to_it():
    text = "The council met. " * 10 + "\n" + "It adjourned. " * 10 + "\n" + "It met again. " * 12
    assert len(paragraphs(text)) == 3


def test_furniture_within_a_paragraph_is_left_out_and_footnote_marks_are_not():
    text = "He agreed [3] at once. Read more She did not.[4] They left."
    marks = (Furniture(10, 13, FOOTNOTE_MARK), Furniture(23, 32, "link"), Furniture(45, 48, FOOTNOTE_MARK))
    assert sentences(text, furniture=marks) == ["He agreed [3] at once.", "She did not.", "They left."]


def test_a_short_quotation_of_several_sentences_stays_with_its_speaker():
    text = '"We do not want it. We will not send ships," she said. He left.'
    assert sentences(text) == ['"We do not want it. We will not send ships," she said.', "He left."]


def test_a_long_quotation_is_cut_within():
    text = '"' + "We have said it many times and we say it again today here. " * 8 + 'That is all," she said.'
    assert len(sentences(text)) == 9


def test_a_sentence_of_ten_thousand_words_is_cut_at_spaces():
    text = "word " * 10_000
    found = split(text)
    assert all(span.end - span.start <= LONGEST_SENTENCE for span in found)
    assert all(text[span.start : span.end].split(" ")[0] == "word" for span in found)
