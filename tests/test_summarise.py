from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from builders import ENGINE, sentence, sentences
from numpy.typing import NDArray

from digest.engines import Embedder
from digest.model import Sentence
from digest.summarise import LEAD, lead, summarise

STORY = (
    "Ministers of nineteen coastal states failed on Friday to agree who pays for cutting ice around the harbours.",
    "Estonia offered two icebreakers and asked its neighbours to share the cost of the crews.",
    "But nobody in the room wanted to hear of a common budget.",
    "It would be the third such budget in ten years.",
    "Sweden said it would keep its ships in its own waters until a common budget was agreed.",
    "Who pays when a harbour freezes in April?",
    "“We have waited for five winters.”",
    "Finland proposed that every harbour pays by the tonnage that it handles in winter.",
    "However, the smaller harbours rejected the proposal before lunch.",
    "The talks on the cost of icebreakers go on in Tallinn in March.",
    "Among those listening was a school class from Narva, which had brought home-made biscuits.",
)


def embedded(embedder: Embedder, found: list[Sentence]) -> NDArray[np.float32]:
    return embedder.embed([one.english or "" for one in found])


def test_each_point_is_a_sentence_of_the_document_and_its_own_evidence(embedder: Embedder):
    found = sentences(*STORY)
    points = summarise(found, embedded(embedder, found), 4, ENGINE)
    assert len(points) == 4
    for point in points:
        assert point.evidence[0] in found
        assert point.text == point.evidence[0].text
        assert (point.engine, point.support) == (ENGINE, 1.0)


@pytest.mark.parametrize("count", [3, 4, 5])
def test_as_many_points_come_back_as_were_asked_for_each_once_and_in_the_order_of_the_text(
    embedder: Embedder, count: int
):
    found = sentences(*STORY)
    starts = [point.evidence[0].start for point in summarise(found, embedded(embedder, found), count, ENGINE)]
    assert len(starts) == count
    assert starts == sorted(set(starts))


def test_no_leaning_sentence_question_or_bare_quotation_is_chosen_while_others_are_left(embedder: Embedder):
    found = sentences(*STORY)
    chosen = {point.text for point in summarise(found, embedded(embedder, found), 5, ENGINE)}
    assert not chosen & {STORY[2], STORY[3], STORY[5], STORY[6], STORY[8]}
    assert STORY[0] in chosen


def test_what_does_not_belong_to_the_story_is_left_out(embedder: Embedder):
    found = sentences(*STORY)
    assert STORY[10] not in {point.text for point in summarise(found, embedded(embedder, found), 4, ENGINE)}


def test_the_same_thing_is_not_said_twice(embedder: Embedder):
    twice = "Ministers of nineteen coastal states failed on Friday to agree who pays for cutting ice around harbours."
    found = sentences(STORY[0], twice, *STORY[1:])
    chosen = {point.text for point in summarise(found, embedded(embedder, found), 4, ENGINE)}
    assert len(chosen & {STORY[0], twice}) == 1


def test_a_short_document_gives_what_it_has(embedder: Embedder):
    for count in (1, 2):
        found = sentences(*STORY[:count])
        points = summarise(found, embedded(embedder, found), 4, ENGINE)
        assert [point.text for point in points] == list(STORY[:count])


def test_where_all_sentences_lean_they_are_taken_all_the_same(embedder: Embedder):
    found = sentences("But it was late.", "He left.", "Why?")
    assert len(summarise(found, embedded(embedder, found), 4, ENGINE)) == 3


def test_nothing_gives_nothing():
    assert summarise([], np.zeros((0, 384), dtype=np.float32), 4, ENGINE) == ()
    assert lead([]) == ()


def test_a_translated_sentence_is_shown_in_english_with_the_original_as_evidence(embedder: Embedder):
    original = sentence("O fundo é pago pelos operadores.", language="pt", english="The fund is paid by the operators.")
    (point,) = summarise([original], embedded(embedder, [original]), 3, ENGINE)
    assert point.text == "The fund is paid by the operators."
    assert point.evidence[0].text == "O fundo é pago pelos operadores."


def test_a_document_without_translation_shows_its_own_first_sentences_and_says_so():
    found = sentences("Le fonds est prêt.", "Rabat attend.", "Dakar insiste.", "Brest suit.", language="fr")
    points = lead(found)
    assert [point.text for point in points] == ["Le fonds est prêt.", "Rabat attend.", "Dakar insiste."]
    assert all(point.engine == LEAD for point in points)
    assert [point.evidence for point in points] == [(one,) for one in found[:3]]


def test_the_choice_does_not_hang_on_where_the_sentences_lie(embedder: Embedder):
    found = sentences(*STORY)
    moved = [replace(one, start=one.start + 500, end=one.end + 500) for one in found]
    vectors = embedded(embedder, found)
    texts = [[point.text for point in summarise(some, vectors, 4, ENGINE)] for some in (found, moved)]
    assert texts[0] == texts[1]
