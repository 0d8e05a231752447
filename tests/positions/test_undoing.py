"""Where a topic or a wish is to undo something, the rules leave the direction to the classifier."""

from __future__ import annotations

import pytest

from digest.engines.parser import EnglishParser
from digest.model import Topic
from tests.positions.stages import positions_of

ENDING = Topic("t", "ending the observers' mission in Abkhazia")
LIFTING = Topic("t", "lifting the ban on seal fur")
MISSION = Topic("t", "an observers' mission in Abkhazia")


@pytest.fixture(scope="module")
def parser() -> EnglishParser:
    return EnglishParser()


def stances(text: str, topic: Topic, parser: EnglishParser) -> list[str | None]:
    _, found = positions_of(text, parser, (topic,))
    return [one.stance.label.value if one.stance else None for one in found]


@pytest.mark.parametrize(
    ("text", "topic", "expected"),
    [
        ("Peru supports the mission.", MISSION, "supports"),
        ("Peru supports the mission.", ENDING, "other"),
        ("Peru supports ending the mission.", ENDING, "supports"),
        ("Peru supports the closure of the mission.", ENDING, "supports"),
        ("Peru supports the proposal.", ENDING, "supports"),
        ("Peru rejected the mission.", ENDING, "other"),
        ("Peru opposes an end of the mission.", ENDING, "opposes"),
        ("Peru supports the ban.", LIFTING, "other"),
        ("Peru supports lifting the ban.", LIFTING, "supports"),
        ("Peru opposes the lifting of the ban.", LIFTING, "opposes"),
        ("Peru wants the mission wound up.", MISSION, "other"),
        ("The withdrawal of the mission was welcomed by Peru.", MISSION, "other"),
        ("The closure of the mission was supported by Peru.", MISSION, "other"),
        ("The mission was welcomed by Peru.", MISSION, "supports"),
        ("The proposal of a mission was rejected by Peru.", MISSION, "opposes"),
        ("The withdrawal of the mission was welcomed by Peru.", ENDING, "supports"),
        ("Peru called for the mission to be withdrawn.", MISSION, "other"),
        ("Peru refused to withdraw from the mission.", MISSION, "other"),
        ("Peru dropped its opposition to the mission.", MISSION, "supports"),
        ("Peru rejected the mission as a pretext for closing the coast.", MISSION, "opposes"),
        ("Peru wants the mission instead of a ban.", MISSION, "supports"),
        ("Peru wants guarantees only if the mission ends.", MISSION, "conditional"),
        ("Peru said that it hoped to see observers at work.", ENDING, "other"),
        ("Peru backed that appeal.", ENDING, "other"),
        ("Peru opposes it.", ENDING, "opposes"),
        ("Peru will vote against.", ENDING, "opposes"),
        ("Peru will vote against more observers.", ENDING, "other"),
        ("Peru saw no reason to change the mission.", ENDING, "opposes"),
        ("Peru saw no reason to wait.", ENDING, "other"),
        ("Peru supports the protocol.", ENDING, "supports"),
    ],
)
def test_a_side_is_told_by_the_rules_only_where_its_direction_is_plain(
    text: str, topic: Topic, expected: str, parser: EnglishParser
):
    assert stances(text, topic, parser) == [expected]
