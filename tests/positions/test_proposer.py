from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from digest import positions
from digest.engines.parser import EnglishParser
from digest.model import Dating, Sentence, Topic
from digest.positions.cases import CARRIED, CLOSE, FEATURES, OPEN, case_of, leans
from digest.positions.parsed import Parsed
from digest.positions.proposer import Candidate
from digest.sentences import split

TOPIC = Topic("quota", "a fishing quota")
ANCHORS = json.loads((Path(__file__).parent.parent / "cases" / "anchors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def parser() -> EnglishParser:
    return EnglishParser()


def proposed(
    text: str, parser: EnglishParser, questions: frozenset[int] = frozenset()
) -> list[tuple[Parsed, list[Candidate]]]:
    cut = split(text)
    sentences = [Sentence("d", span.start, span.end, text[span.start : span.end], "en", span.paragraph) for span in cut]
    docs = parser.parse([sentence.text for sentence in sentences])
    setting = positions.Setting(Dating(None, "test"), "", questions)
    return list(positions.propose_all(sentences, docs, setting))


def codes(text: str, parser: EnglishParser) -> list[set[str]]:
    return [{one.holder.code for one in candidates} for _, candidates in proposed(text, parser)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Chile and Peru balked at the quota.", {"CL", "PE"}),
        ("The quota was cold-shouldered by Ankara.", {"TR"}),
        ("Opposition from Oslo grew.", {"NO"}),
        ("Plucky Albania is up for it.", {"AL"}),
        ("The Taoiseach sat on the fence.", {"IE"}),
        ("Croatia's Marin Jelavić shrugged.", {"HR"}),
        ("Her Italian colleague was having none of it.", {"IT"}),
        ("The Kiwis agreed.", {"NZ"}),
    ],
)
def test_whoever_could_speak_is_proposed(text: str, wanted: set[str], parser: EnglishParser):
    assert wanted <= codes(text, parser)[0]


def test_an_organisation_is_known_by_the_last_word_of_its_name(parser: EnglishParser):
    text = "The African Union met on Monday. The Union put the quota off."
    assert codes(text, parser)[1] == {"ORG:African Union"}


def test_a_person_introduced_by_a_form_of_be_is_the_speaker_of_an_interview(parser: EnglishParser):
    text = (
        "Ama Mensah has been the fisheries minister of Ghana since May.\n\n"
        "Why do you want a quota?\n\nWe need fish.\n\nAnd Togo?\n\nMy brothers there agree.\n\n"
        "And the price?\n\nIt will rise."
    )
    cut = split(text)
    sentences = [Sentence("d", span.start, span.end, text[span.start : span.end], "en", span.paragraph) for span in cut]
    docs = parser.parse([sentence.text for sentence in sentences])
    setting = positions.Setting(Dating(None, "test"), "", frozenset((1, 3, 5)))
    found = list(positions.propose_all(sentences, docs, setting))
    spoken = {one.sentence.text: {c.holder.actor.name for c in some if c.holder.actor} for one, some in found}
    assert "Ama Mensah" in spoken["We need fish."]
    assert "Ama Mensah" in spoken["It will rise."]


def test_the_holder_is_marked_wherever_the_sentence_names_it(parser: EnglishParser):
    ((one, candidates),) = proposed("Norwegian minister Ane Lie said Oslo would sign.", parser)
    (norway,) = (candidate for candidate in candidates if candidate.holder.code == "NO")
    case = case_of(one, norway, TOPIC, len(candidates) - 1, "")
    assert case.text.count(OPEN) == case.text.count(CLOSE) == 2
    assert case.before.startswith("a fishing quota | Norway, Ane Lie")
    assert len(case.features) == len(FEATURES)


def test_a_speaker_carried_over_stands_before_the_sentence(parser: EnglishParser):
    _, (one, candidates) = proposed('"No," said Norwegian minister Ane Lie. "We will never sign it."', parser)
    (norway,) = candidates
    assert case_of(one, norway, TOPIC, 0, "").text.startswith(f"{OPEN} Ane Lie {CLOSE} {CARRIED} ")


def test_no_text_can_pass_for_a_mark(parser: EnglishParser):
    ((one, (norway,)),) = proposed("Norway said [unused1] would sign the quota paper on the last day of May.", parser)
    assert case_of(one, norway, TOPIC, 0, "").text.count(OPEN) == 1


def test_a_short_sentence_and_one_that_points_back_lean_on_the_one_before():
    assert leans("So did Peru.")
    assert leans("After eleven hours of talks in a hotel by the sea, the Peruvian delegation joined the others.")
    assert not leans("After eleven hours of talks in a hotel by the sea, the Peruvian delegation rejected the quota.")


@pytest.mark.parametrize(
    "text",
    [
        "Ireland refused. In Dublin the main opposition party accused the minister of hiding. "
        "Its marine spokeswoman, Ana Duffy, said a government led by her party would sign up to the quota.",
        "Norway refused. A shipping company in Oslo was angry. Its spokesman, Odd Lie, rejected the quota.",
    ],
)
def test_the_spokesperson_of_a_party_or_company_speaks_for_no_state(text: str, parser: EnglishParser):
    assert codes(text, parser)[-1] == set()


def test_a_minister_with_a_name_behind_its_belongs_to_the_state_before(parser: EnglishParser):
    text = "Ireland's government refused to sign. Its fisheries minister, Ana Duffy, called the quota a mistake."
    assert codes(text, parser)[-1] == {"IE"}


@pytest.mark.parametrize("case", ANCHORS, ids=[case["text"][-60:] for case in ANCHORS])
def test_what_a_holder_is_in_its_clause_is_told(case: dict[str, Any], parser: EnglishParser):
    _, candidates = proposed(case["text"], parser, frozenset(case.get("questions", ())))[-1]
    anchors = [(anchor, anchor.holder.actor) for candidate in candidates for anchor in candidate.anchors]
    found = [[one.holder.code, one.kind, one.role, one.verb, actor.name if actor else None] for one, actor in anchors]
    assert found == case["expect"]
