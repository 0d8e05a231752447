"""A sentence bears on the topic of its surroundings where its own words could go either way."""

from __future__ import annotations

import numpy as np
import pytest

from digest.model import Topic
from digest.positions.bearing import Headed, topics_of

ICE, FISH = Topic("ice", "icebreakers"), Topic("fish", "fishing quotas")


def chosen(*rows: tuple[float, float], paragraphs: tuple[int, ...] = ()) -> list[str | None]:
    scores = np.array(rows, dtype=np.float32)
    parts = paragraphs or tuple(range(len(rows)))
    return [topic.id if topic else None for topic, _ in topics_of((ICE, FISH), scores, parts)]


def test_a_sentence_that_could_go_either_way_bears_on_what_its_document_is_about():
    assert chosen((0.6, 0.1), (0.5, 0.2), (0.34, 0.36), (0.5, 0.1))[2] == "ice"


def test_a_sentence_that_is_plainly_on_the_other_topic_keeps_it():
    assert chosen((0.6, 0.1), (0.5, 0.2), (0.1, 0.7), (0.5, 0.1))[2] == "fish"


def test_the_sentences_around_count_more_than_those_far_away():
    rows = [(0.1, 0.6)] * 3 + [(0.2, 0.2)] + [(0.6, 0.1)] * 3
    assert chosen(*rows[:3], (0.2, 0.2), *rows[:3], *rows[4:], *rows[4:])[3] == "fish"


def test_the_sentences_of_its_own_paragraph_count_more_than_those_of_the_next():
    rows = ((0.1, 0.6), (0.2, 0.2), (0.6, 0.1))
    assert chosen(*rows, paragraphs=(0, 0, 1))[1] == "fish"
    assert chosen(*rows, paragraphs=(0, 1, 1))[1] == "ice"


def test_a_sentence_near_no_topic_is_on_that_of_its_surroundings_and_its_nearness_is_its_own():
    (_, (topic, nearness)) = topics_of((ICE, FISH), np.array([[0.9, 0.0], [0.05, 0.02]], dtype=np.float32), (0, 0))
    assert topic is ICE
    assert nearness == pytest.approx(0.05)


def test_a_sentence_among_others_that_are_near_no_topic_has_none():
    assert chosen((0.1, 0.0), (0.05, 0.02), (0.06, 0.0)) == ["ice", None, None]


def test_a_sentence_that_names_its_matter_by_the_new_text_is_on_what_the_others_are_on():
    scores = np.array([[0.3, 0.0], [0.02, 0.0], [0.09, 0.0], [0.05, 0.0], [0.05, 0.0]], dtype=np.float32)
    for text, expected in (("Norland will support the new text.", "ice"), ("The lake is cold.", None)):
        texts = ("a", "b", "c", text, "d")
        found = [topic.id if topic else None for topic, _ in topics_of((ICE, FISH), scores, range(5), texts)]
        assert found == ["ice", None, None, expected, None]


def test_without_topics_no_sentence_has_one():
    assert list(topics_of((), np.zeros((2, 0), dtype=np.float32), (0, 1))) == [(None, 0.0), (None, 0.0)]


def test_a_sentence_near_no_topic_is_on_that_of_the_heading_over_it_and_not_on_that_of_the_next_section():
    scores = np.array([[0.4, 0.0], [0.04, 0.09], [0.0, 0.6], [0.0, 0.6], [0.02, 0.05]], dtype=np.float32)
    over = np.array([[0.5, 0.0]] * 2 + [[0.0, 0.5]] * 2 + [[0.01, 0.02]], dtype=np.float32)
    found = topics_of((ICE, FISH), scores, range(5), (), Headed((1, 1, 2, 2, 3), over))
    assert [topic.id if topic else None for topic, _ in found] == ["ice", "ice", "fish", "fish", None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norland has not made up its mind.", "ice"),
        ("Norland is still undecided.", "ice"),
        ("Norland's minister asked for a vote this year.", "ice"),
        ("Norland has not taken a decision on its railway.", None),
        ("Norland is undecided about the new coins.", None),
    ],
)
def test_a_verdict_that_leaves_out_its_matter_is_on_what_the_others_are_on(text: str, expected: str | None):
    scores = np.array([[0.3, 0.0], [0.02, 0.0], [0.09, 0.0], [0.05, 0.0], [0.05, 0.0]], dtype=np.float32)
    found = topics_of((ICE, FISH), scores, range(5), ("a", "b", "c", text, "d"))
    assert [topic.id if topic else None for topic, _ in found] == ["ice", None, None, expected, None]
