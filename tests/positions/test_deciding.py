from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from digest import positions
from digest.engines import Case, EngineSignature
from digest.engines.parser import EnglishParser
from digest.model import Dating, Position, Sentence, StanceLabel, Topic
from digest.positions.deciding import ALONE, DEED, GIVEN, HEARD, SEEN, SHOWN, UNSEEN
from digest.sentences import split

QUOTA = Topic("quota", "a fishing quota")


class Fixed:
    """A judge that says of every case what it was made with."""

    signature = EngineSignature("positions", "fixed", "none", "1", "MIT")

    def __init__(self, *row: float) -> None:
        self.row, self.asked = row, list[Case]()

    def probabilities(self, cases: Sequence[Case]) -> NDArray[np.float32]:
        self.asked += cases
        return np.array([self.row] * len(cases), dtype=np.float32).reshape(len(cases), 6)


@pytest.fixture(scope="module")
def parser() -> EnglishParser:
    return EnglishParser()


def found(
    text: str,
    judge: Fixed,
    parser: EnglishParser,
    topics: Sequence[Topic] = (QUOTA,),
    nearness: float = 1.0,
    heading: str = "",
) -> list[Position]:
    cut = split(text)
    sentences = [Sentence("d", span.start, span.end, text[span.start : span.end], "en", span.paragraph) for span in cut]
    scores = np.full((len(sentences), len(topics)), nearness, dtype=np.float32)
    docs = parser.parse([sentence.text for sentence in sentences])
    return positions.extract(sentences, docs, topics, scores, positions.Setting(Dating(None, "test"), heading), judge)


def row(position: float, label: int = 1, share: float = 1.0) -> tuple[float, ...]:
    """Probabilities: of a position at all, and the share of one label among the five."""
    made = [1 - position, *([position * (1 - share) / 4] * 5)]
    made[label] = position * share
    return tuple(made)


def test_where_the_rules_see_a_position_less_is_needed_than_where_they_do_not(parser: EnglishParser):
    seen, unseen = "Norway rejected the quota.", "Norway cold-shouldered the quota."
    between = (SEEN + UNSEEN) / 2
    assert len(found(seen, Fixed(*row(between)), parser)) == 1
    assert found(unseen, Fixed(*row(between)), parser) == []
    assert len(found(unseen, Fixed(*row(UNSEEN + 0.01)), parser)) == 1
    assert found(seen, Fixed(*row(SEEN - 0.01)), parser) == []


MINISTRY = "Ministry of Fisheries of Norway"


def test_of_one_who_has_the_word_by_the_form_of_the_paper_the_classifier_decides_alone(parser: EnglishParser):
    text = "This quota has no place in our sea."
    assert found(text, Fixed(*row(GIVEN + 0.01)), parser) == []
    (position,) = found(text, Fixed(*row(GIVEN + 0.01)), parser, heading=MINISTRY)
    assert position.holder == "NO"
    assert found(text, Fixed(*row(GIVEN - 0.01)), parser, heading=MINISTRY) == []


def test_what_is_heard_on_no_topic_is_no_position(parser: EnglishParser):
    assert found("Anything less is unacceptable.", Fixed(*row(0.99)), parser, topics=(), heading=MINISTRY) == []


def test_the_stance_of_the_rules_counts_for_what_is_heard_too(parser: EnglishParser):
    text = "This quota is unacceptable."
    (position,) = found(text, Fixed(*row(0.9, label=1, share=0.55)), parser, heading=MINISTRY)
    assert position.stance is not None
    assert (position.stance.label, position.decided_by) == (StanceLabel.OPPOSES, "both")


def test_a_place_from_which_nobody_speaks_needs_the_rules(parser: EnglishParser):
    assert found("The talks on the quota were held off the coast of Norway.", Fixed(*row(0.99)), parser) == []


@pytest.mark.parametrize("text", ["Norway's friends balked at the quota.", "Norwegian-born Ane Lie likes the quota."])
def test_whose_friend_or_son_one_is_holds_nothing_by_it(text: str, parser: EnglishParser):
    assert found(text, Fixed(*row(0.99)), parser) == []


def test_one_who_goes_on_speaking_needs_a_less_sure_classifier(parser: EnglishParser):
    text = "“We need a quota,” Norway's minister Ane Lie said. “Fish have no country.”"
    sure, unsure = (found(text, Fixed(*row(at)), parser) for at in ((HEARD + SEEN) / 2, HEARD - 0.01))
    assert [one.sentence.text for one in sure] == ["“Fish have no country.”"]
    assert unsure == []


def test_a_capital_as_a_place_is_no_actor(parser: EnglishParser):
    assert found("The envoy of a club of anglers laughed at the quota in Oslo.", Fixed(*row(0.99)), parser) == []


def test_a_deed_near_no_topic_counts_in_a_document_that_deals_with_one(parser: EnglishParser):
    text = "Norway earmarked two million crowns."
    assert len(found(text, Fixed(*row(DEED + 0.01)), parser, nearness=0.05)) == 1
    assert found(text, Fixed(*row((SEEN + DEED) / 2)), parser, nearness=0.05) == []
    assert found(text, Fixed(*row(0.99)), parser, nearness=0.0) == []


def test_the_stance_of_the_rules_adds_to_that_of_the_classifier(parser: EnglishParser):
    (position,) = found("Norway rejected the quota.", Fixed(*row(0.9, label=1, share=0.55)), parser)
    assert position.stance is not None
    assert position.stance.label is StanceLabel.OPPOSES
    assert position.stance.cue == "rejected"
    assert position.decided_by == "both"
    assert position.firm is StanceLabel.OPPOSES


def test_where_rules_and_a_sure_classifier_contradict_each_other_no_stance_is_shown(parser: EnglishParser):
    (position,) = found("Norway rejected the quota.", Fixed(*row(0.9, label=1, share=0.98)), parser)
    assert position.stance is not None
    assert (position.stance.label, position.stance.cue) == (StanceLabel.OTHER, "")


def test_a_stance_that_is_not_probable_enough_is_shown_as_said(parser: EnglishParser):
    (position,) = found("Norway commented on the quota.", Fixed(*row(0.9, label=1, share=ALONE - 0.05)), parser)
    assert position.stance is not None
    assert (position.stance.label, position.stance.cue) == (StanceLabel.OTHER, "")
    (position,) = found("Norway commented on the quota.", Fixed(*row(0.9, label=1, share=ALONE + 0.01)), parser)
    assert position.stance is not None
    assert position.stance.label is StanceLabel.SUPPORTS


def test_a_stance_that_the_rules_come_to_as_well_needs_less(parser: EnglishParser):
    (position,) = found("Norway rejected the quota.", Fixed(*row(0.9, label=2, share=SHOWN)), parser)
    assert position.stance is not None
    assert SHOWN < ALONE
    assert (position.stance.label, position.decided_by) == (StanceLabel.OPPOSES, "both")


def test_on_no_topic_a_position_has_no_stance_and_a_mere_deed_is_none(parser: EnglishParser):
    sure = Fixed(*row(0.99))
    (position,) = found("Norway rejected the quota.", sure, parser, topics=())
    assert (position.stance, position.topic) == (None, None)
    assert found("Norway sent three ships.", sure, parser, topics=()) == []
    assert len(found("Norway sent three ships.", sure, parser)) == 1


def test_the_classifier_is_asked_once_for_a_document_and_not_at_all_for_one_without_holders(parser: EnglishParser):
    judge = Fixed(*row(0.9))
    found("Norway backed the quota. Peru supports the quota. Nobody else was there.", judge, parser)
    assert len(judge.asked) == 2
    assert found("Nobody was there.", Fixed(*row(0.9)), parser) == []


UNDECIDED = 4


@pytest.mark.parametrize("verb", ["took note of", "takes note of", "has taken note of"])
def test_who_took_note_takes_no_stance(verb: str, parser: EnglishParser):
    (position,) = found(f"Norway {verb} the quota.", Fixed(*row(0.99, label=UNDECIDED)), parser)
    assert position.stance is not None
    assert position.stance.label is StanceLabel.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "Norway took note of the quota with concern.",
        "Norway is undecided on the quota.",
        "Norway took note of the quota and will decide in May.",
    ],
)
def test_who_says_how_it_finds_what_it_took_note_of_keeps_its_stance(text: str, parser: EnglishParser):
    (position,) = found(text, Fixed(*row(0.99, label=UNDECIDED)), parser)
    assert position.stance is not None
    assert position.stance.label is StanceLabel.UNDECIDED


@pytest.mark.parametrize("verb", ["was briefed on", "has been informed of"])
def test_who_was_told_of_something_has_no_position(verb: str, parser: EnglishParser):
    assert found(f"Norway {verb} the quota.", Fixed(*row(0.99, label=UNDECIDED)), parser) == []


def test_a_side_that_is_taken_beside_the_note_is_kept(parser: EnglishParser):
    (position,) = found("Norway took note of the paper and rejected the quota.", Fixed(*row(0.99, label=2)), parser)
    assert position.stance is not None
    assert position.stance.label is StanceLabel.OPPOSES


NOTHING = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("In favour: Norway.", StanceLabel.SUPPORTS),
        ("Voting against: Norway.", StanceLabel.OPPOSES),
        ("Norway: abstained", StanceLabel.UNDECIDED),
        ("Neither Norway nor the fleets support the quota.", StanceLabel.OPPOSES),
        ("Nor does Norway support the quota.", StanceLabel.OPPOSES),
        ("Not even Norway backs the quota.", StanceLabel.OPPOSES),
    ],
)
def test_a_list_of_votes_and_a_denied_support_need_no_classifier(text: str, label: StanceLabel, parser: EnglishParser):
    (position,) = found(text, Fixed(*NOTHING), parser)
    assert position.stance is not None
    assert (position.holder, position.stance.label, position.decided_by) == ("NO", label, "rules")


@pytest.mark.parametrize(
    "text", ["Norway supports the quota.", "Neither Norway nor Peru has spoken.", "Present: Norway."]
)
def test_of_anything_else_the_classifier_decides(text: str, parser: EnglishParser):
    assert found(text, Fixed(*NOTHING), parser) == []


def test_a_vote_on_an_amendment_that_undoes_is_not_one_on_the_topic(parser: EnglishParser):
    every = found("The amendment would delete the quota. In favour: Norway.", Fixed(*NOTHING), parser)
    assert every == []


def test_a_construction_that_turns_its_verb_is_not_put_in_doubt(parser: EnglishParser):
    (position,) = found("Ghana stopped short of endorsing the quota.", Fixed(*row(0.95, label=1)), parser)
    assert position.stance is not None
    assert (position.stance.label, position.decided_by) == (StanceLabel.UNDECIDED, "rules")


def test_what_such_a_construction_says_of_another_or_of_the_past_is_left_to_the_classifier(parser: EnglishParser):
    (before,) = found("Ghana had stopped short of endorsing the quota in 2019.", Fixed(*row(0.95, label=1)), parser)
    assert before.decided_by == "classifier"
    asked = found('"Has Togo stopped short of endorsing the quota?" Ghana asked.', Fixed(*row(0.95, label=1)), parser)
    assert all(one.decided_by == "classifier" for one in asked)
