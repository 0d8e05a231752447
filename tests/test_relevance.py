from __future__ import annotations

import numpy as np
from builders import sentences
from numpy.typing import NDArray

from digest.engines import Embedder
from digest.model import Topic
from digest.relevance import Headings, _dealt_with, relevance, sections, topic_text

ICE = Topic("ice", "Sharing the cost of icebreakers", ("icebreaker", "ice", "harbour", "winter"))
FISH = Topic("fish", "Sardine quotas", ("sardine", "quota", "fishery"))
STORY = (
    "Estonia offered two icebreakers for the coming winter and asked its neighbours to share the cost.",
    "Stockholm said no.",
    "Finland proposed that every harbour pays for icebreakers by the tonnage that it handles.",
    "The cost of keeping a harbour free of ice has doubled in ten winters.",
    "A school class from Narva had brought biscuits.",
    "The icebreakers leave port in December.",
)


def scores(embedder: Embedder, texts: tuple[str, ...], topics: tuple[Topic, ...]) -> NDArray[np.float32]:
    vectors = embedder.embed(list(texts))
    return relevance(sentences(*texts), vectors, topics, embedder.embed([topic_text(topic) for topic in topics]))


def test_there_is_one_score_for_each_sentence_and_topic(embedder: Embedder):
    found = scores(embedder, STORY, (ICE, FISH))
    assert found.shape == (6, 2)
    assert found.dtype == np.float32
    assert (found >= 0).all()
    assert (found <= 1.3).all()


def test_a_document_that_does_not_deal_with_a_topic_scores_nothing_on_it(embedder: Embedder):
    found = scores(embedder, STORY, (ICE, FISH))
    assert (found[:, 1] == 0).all()
    assert (found[:, 0] > 0).any()


def test_a_sentence_on_the_topic_scores_above_one_that_is_not(embedder: Embedder):
    found = scores(embedder, STORY, (ICE,))[:, 0]
    assert found[0] > found[4]
    assert found[2] > found[4]


def test_a_short_answer_is_lifted_by_the_sentence_before_it(embedder: Embedder):
    beside = scores(embedder, STORY, (ICE,))[1, 0]
    far = scores(embedder, (*STORY[2:4], *STORY[4:], STORY[4], STORY[4], STORY[1]), (ICE,))[-1, 0]
    assert beside > far + 0.05


def test_words_of_the_topic_add_to_the_score(embedder: Embedder):
    wordless = Topic("ice", ICE.name)
    with_words, without = scores(embedder, STORY, (ICE,)), scores(embedder, STORY, (wordless,))
    assert with_words[3, 0] > without[3, 0]
    assert topic_text(wordless) == ICE.name
    assert topic_text(ICE).startswith(ICE.name)


def test_a_heading_tells_what_a_document_deals_with_that_hardly_names_it(embedder: Embedder):
    texts = ("The chair opened the meeting.", "Sweden would go on paying.", "Finland spoke.", "The meeting rose.")
    heads = ("Minutes of the meeting", "Exchange of views on the joint fleet of icebreakers")
    vectors, topics = embedder.embed(list(texts)), embedder.embed([topic_text(topic) for topic in (ICE, FISH)])
    headings = Headings(heads, embedder.embed(list(heads)))
    assert not relevance(sentences(*texts), vectors, (ICE, FISH), topics).any()
    found = relevance(sentences(*texts), vectors, (ICE, FISH), topics, headings)
    assert found[:, 0].any()
    assert not found[:, 1].any()


def test_a_topic_that_hardly_passes_beside_one_that_passes_by_far_is_not_dealt_with():
    def dealt(*logits: float) -> list[bool]:
        return [bool(one) for one in _dealt_with(np.array(logits, dtype=np.float32))]

    assert dealt(0.5, 6.5) == [False, True]
    assert dealt(0.5, 3.8) == [True, True]
    assert dealt(1.6, 9.0) == [False, True]
    assert dealt(2.5, 9.0) == [True, True]
    assert dealt(0.5, -4.0) == [True, False]
    assert dealt(-0.5, -4.0) == [False, False]


def test_a_topic_in_a_script_without_words_of_ours_does_no_harm(embedder: Embedder):
    assert scores(embedder, STORY, (Topic("x", "?"),)).shape == (6, 1)


def test_without_sentences_or_topics_there_is_nothing_to_score():
    nothing = np.zeros((0, 384), dtype=np.float32)
    assert relevance([], nothing, (ICE,), np.zeros((1, 384), dtype=np.float32)).shape == (0, 1)
    assert relevance(sentences("One."), np.zeros((1, 384), dtype=np.float32), (), nothing).shape == (1, 0)


def test_each_sentence_is_told_the_heading_over_it_but_not_the_title_nor_what_the_document_does_not_deal_with(
    embedder: Embedder,
):
    topics = (ICE, FISH)
    found = scores(embedder, STORY, topics)
    every = sentences(*STORY)
    heads = ("A winter on the Baltic", "Who pays for the icebreakers", "Sardine quotas")
    places = tuple(zip((every[0].start, every[2].start, every[4].start), (-1, 1, 2), strict=True))
    headings = Headings(heads, embedder.embed(list(heads)), places)
    under = sections(every, found, topics, embedder.embed([topic_text(topic) for topic in topics]), headings)
    assert under.numbers == (1, 1, 2, 2, 3, 3)
    assert (under.nearness[:2] == 0).all()
    assert (under.nearness[2:4, 0] > 0.3).all()
    assert (under.nearness[:, 1] == 0).all()


def test_a_sentence_that_names_a_topic_in_so_many_words_is_on_it_whatever_its_document_deals_with(embedder: Embedder):
    said = "The minister of the fishery said in passing that a lower sardine quota was not her plan."
    found = scores(
        embedder, (*STORY * 3, said, "She has other worries.", "So has the mayor.", "Snow fell."), (ICE, FISH)
    )
    assert (found[:18, 1] == 0).all()
    assert found[18, 1] > found[18, 0]
    assert (found[18:21, 1] > 0).all()
    assert found[21, 1] == 0
