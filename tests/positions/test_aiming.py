"""What a holder says is on the topics that its own clause names, not on all that its sentence is near to."""

from __future__ import annotations

import numpy as np
import pytest

from digest import positions
from digest.engines.parser import EnglishParser
from digest.model import Dating, Sentence, Topic
from tests.positions.stages import positions_of

ICE = Topic("ice", "A shared fleet of icebreakers", ("icebreaker", "icebreakers", "hull"))
QUOTA = Topic("quota", "A common cod quota", ("quota", "quotas", "catch"))
TAX = Topic("tax", "A levy on seabed cables", ("levy", "pay into"))


@pytest.fixture(scope="module")
def parser() -> EnglishParser:
    return EnglishParser()


def told(text: str, parser: EnglishParser, *topics: Topic) -> set[tuple[str, str | None, str | None]]:
    """Holder, topic and stance of each position that the rules find; every sentence is near to every topic."""
    _, found = positions_of(text, parser, topics or (ICE, QUOTA))
    return {(one.holder, one.topic, one.stance.label.value if one.stance else None) for one in found}


def test_of_two_states_in_one_sentence_each_is_on_the_topic_of_its_own_clause(parser: EnglishParser):
    text = "Norway backed the icebreakers, and Iceland rejected the quota."
    assert told(text, parser) == {("NO", "ice", "supports"), ("IS", "quota", "opposes")}


def test_a_state_that_speaks_of_two_topics_in_one_sentence_has_a_stance_on_each(parser: EnglishParser):
    text = "Canada will send two icebreakers, the minister said, but rejects the quota."
    assert told(text, parser) == {("CA", "ice", "supports"), ("CA", "quota", "opposes")}


def test_one_verb_with_two_topics_tells_the_stance_on_both(parser: EnglishParser):
    assert told("Denmark supports the icebreakers and the quota alike.", parser) == {
        ("DK", "ice", "supports"),
        ("DK", "quota", "supports"),
    }


def test_the_words_of_one_whose_verb_is_left_out_name_no_topic_of_the_state_before(parser: EnglishParser):
    found = told("Ireland objected to the icebreakers and Brazil to the quota.", parser)
    assert ("IE", "ice", "opposes") in found
    assert ("IE", "quota", "opposes") not in found


def test_a_clause_that_names_no_topic_is_on_that_of_its_sentence(parser: EnglishParser):
    assert told("Norway supports the plan.", parser) == {("NO", "ice", "supports")}


def test_a_word_that_two_topics_share_names_neither(parser: EnglishParser):
    fees = Topic("fees", "Fees for cod boats", ("cod", "fees"))
    assert told("Norway rejected the plan for cod.", parser, QUOTA, fees) == {("NO", "quota", "opposes")}


def test_of_a_phrase_in_the_settings_all_words_must_stand_there(parser: EnglishParser):
    assert told("Norway refuses to pay the crews.", parser, ICE, TAX) == {("NO", "ice", "opposes")}
    assert told("Norway refuses to pay into it.", parser, ICE, TAX) == {("NO", "tax", "opposes")}


def test_a_topic_that_is_named_but_not_near_is_not_a_second_one(parser: EnglishParser):
    text = "Canada will send two icebreakers but rejects the quota."
    sentences = [Sentence("d", 0, len(text), text, "en", 0)]
    setting = positions.Setting(Dating(None, "test"))
    for nearness, expected in ((0.2, ["ice"]), (0.3, ["ice", "quota"])):
        scores = np.array([[0.9, nearness]], dtype=np.float32)
        found = positions.extract(sentences, parser.parse([text]), (ICE, QUOTA), scores, setting)
        assert [one.topic for one in found] == expected


def test_what_is_said_of_a_topic_that_is_not_near_tells_no_stance_on_the_other(parser: EnglishParser):
    text = "Canada will send two icebreakers but rejects the quota."
    sentences = [Sentence("d", 0, len(text), text, "en", 0)]
    scores = np.array([[0.9, 0.2]], dtype=np.float32)
    setting = positions.Setting(Dating(None, "test"))
    (position,) = positions.extract(sentences, parser.parse([text]), (ICE, QUOTA), scores, setting)
    assert (position.topic, position.stance and position.stance.label.value) == ("ice", "supports")


def test_each_clause_of_which_a_state_is_the_subject_names_its_topics(parser: EnglishParser):
    text = "Norway uses the icebreakers, and Norway rejects the quota."
    assert told(text, parser) == {("NO", "ice", "other"), ("NO", "quota", "opposes")}


def test_where_the_rules_see_nothing_both_topics_that_are_named_are_asked_about(parser: EnglishParser):
    text = "Canada mourns the icebreakers and pities the quota."
    sentences = [Sentence("d", 0, len(text), text, "en", 0)]
    scores = np.ones((1, 2), dtype=np.float32)
    setting = positions.Setting(Dating(None, "test"))
    asked = positions.ask(sentences, parser.parse([text]), (ICE, QUOTA), scores, setting)
    assert [(matter.topic, matter.candidate.found) for matter in asked.matters] == [(ICE, None), (QUOTA, None)]


def test_the_second_position_of_a_sentence_has_an_id_of_its_own(parser: EnglishParser):
    _, found = positions_of("Canada will send icebreakers but rejects the quota.", parser, (ICE, QUOTA))
    assert [one.id for one in found] == ["d-0-CA", "d-0-CA-quota"]


def test_without_a_clear_stance_a_second_topic_is_no_position(parser: EnglishParser):
    assert told("Canada spoke of icebreakers and of the quota.", parser) <= {("CA", "ice", "other")}
