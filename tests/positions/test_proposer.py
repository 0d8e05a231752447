from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from digest import positions
from digest.engines.parser import EnglishParser
from digest.model import Dating, Sentence, Topic
from digest.positions import proposer
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
    text: str, parser: EnglishParser, questions: frozenset[int] = frozenset(), heading: str = ""
) -> list[tuple[Parsed, list[Candidate]]]:
    cut = split(text)
    sentences = [Sentence("d", span.start, span.end, text[span.start : span.end], "en", span.paragraph) for span in cut]
    docs = parser.parse([sentence.text for sentence in sentences])
    setting = positions.Setting(Dating(None, "test"), heading, questions)
    return list(positions.propose_all(sentences, docs, setting))


def codes(text: str, parser: EnglishParser, heading: str = "") -> list[set[str]]:
    return [{one.holder.code for one in found} for _, found in proposed(text, parser, heading=heading)]


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


@pytest.mark.parametrize(
    "text",
    [
        "Norway declined to comment, but finds the quota odd.",
        "Norway declined to comment on when the quota would begin.",
        "Norway would not comment on how the quota was set.",
        "Norway promised to comment on the quota.",
        "Norway did not refuse to comment on the quota.",
    ],
)
def test_who_does_more_than_say_nothing_is_proposed(text: str, parser: EnglishParser):
    assert codes(text, parser) == [{"NO"}]


def test_who_could_not_be_reached_is_not_proposed(parser: EnglishParser):
    assert codes("Norway could not be reached for comment.", parser) == [set()]


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
    asked, heading = frozenset(case.get("questions", ())), case.get("heading", "")
    _, candidates = proposed(case["text"], parser, asked, heading)[-1]
    anchors = [(anchor, anchor.holder.actor) for candidate in candidates for anchor in candidate.anchors]
    found = [[one.holder.code, one.kind, one.role, one.verb, actor.name if actor else None] for one, actor in anchors]
    assert found == case["expect"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The Chair, Ambassador Inés Quiroga (Peru), recalled that the quota dates from 1998.", "she presides"),
        ("The talks drag on, and in Lima diplomats are arguing over the quota.", "the place where"),
        ("In Quito it is said that the quota will never be kept.", "talk of the town"),
        ("The Chilean oceanographer Paz Oyarzún argues that Santiago will sign the quota.", "what a scholar says"),
        ("Had Lima insisted on this, the quota would be a dead letter.", "a condition"),
        ("Should Quito refuse the quota, the fleet will leave.", "a condition"),
        ("Chief minister Arjun Rao rejected the quota.", "a province's"),
        ("Lima is said to worry about the quota.", "hearsay"),
        ("For the oceanographer, Lima should accept the quota.", "advice"),
        ("Lima ought to join the others in the quota.", "advice"),
        ("The Labour spokesman, Ian Pugh, called the quota a mistake.", "a party's"),
    ],
)
def test_who_presides_talks_or_supposes_is_no_voice_of_a_state(text: str, why: str, parser: EnglishParser):
    speaking = {
        candidate.holder.code
        for _, candidates in proposed(text, parser)
        for candidate in candidates
        if candidate.found or any(anchor.role in ("subject", "agent") for anchor in candidate.anchors)
    }
    assert speaking == set(), why


def test_a_diplomat_of_another_country_does_not_speak_for_the_one_before(parser: EnglishParser):
    text = (
        "Peru has not said how it will vote. A diplomat from another Andean country said the republic was unlikely to "
        "refuse as long as its boats were spared."
    )
    assert codes(text, parser)[-1] == set()


def test_a_chair_in_a_national_capacity_speaks_for_the_state(parser: EnglishParser):
    text = "The Chair, Ambassador Inés Quiroga (Peru), speaking in her national capacity, rejected the quota."
    assert codes(text, parser) == [{"PE"}]


def test_one_who_speaks_on_behalf_of_others_speaks_for_them_too(parser: EnglishParser):
    text = "INÉS QUIROGA (Peru), speaking also on behalf of Chile and Ecuador, welcomed it. ANA LIE (Norway) left."
    assert {each.holder.code for each in proposed(text, parser)[0][1] if each.found} == {"PE", "CL", "EC"}


def test_a_name_with_a_hyphen_in_capitals_is_whole(parser: EnglishParser):
    text = "MEI-FEN KOH (Malaysia) said no. JEAN-LUC OBAME-NGUEMA (Gabon) said that the quota was fair."
    names = [each.holder.actor.name for _, some in proposed(text, parser) for each in some if each.holder.actor]
    assert names == ["Mei-Fen Koh", "Jean-Luc Obame-Nguema"]


def test_a_ministry_behind_its_belongs_to_a_state_and_not_to_the_organisation_beside(parser: EnglishParser):
    text = "Bolivia does support it. In a note to the World Bank leaked last week, its finance ministry offers to pay."
    assert codes(text, parser)[-1] == {"BO"}


def test_it_means_the_state_that_the_sentence_before_began_with(parser: EnglishParser):
    text = (
        "Peru has promised forty boats.\n\nIceland, home of the largest trawlers and very few inspectors, paid for the "
        "count of the herring off Norway. It has given no money for the quota."
    )
    assert codes(text, parser)[-1] == {"IS"}


def test_a_minister_is_not_of_the_country_in_whose_capital_the_talks_are_held(parser: EnglishParser):
    text = (
        "The bill would let Iceland apply the quota under discussion in Lima.\n\n"
        "The Minister for Fisheries, Hon Edda Jónsdóttir, told members that the Government backed the Lima text."
    )
    assert codes(text, parser)[-1] == {"IS"}


def test_he_means_somebody_of_whom_nothing_is_known_where_such_a_one_spoke_last(parser: EnglishParser):
    text = (
        "Peru's fisheries minister, Inés Quiroga, said the quota was fair.\n\n"
        "Hon Duilio Pascasio (Popular Action, Opposition) said it was a folly. Peru had no inspectors, he said."
    )
    assert not any(each.holder.actor for each in proposed(text, parser)[-1][1])


def test_the_observer_of_an_organisation_speaks_for_it_and_one_of_an_association_for_nobody(parser: EnglishParser):
    assert codes("The observer of the African Union welcomed the quota.", parser) == [{"ORG:African Union"}]
    assert codes("The observer for the Chamber of Shipping rejected the quota.", parser) == [set()]


def test_what_a_paper_takes_back_is_no_position(parser: EnglishParser):
    assert codes("In yesterday's paper we wrote that Peru rejected the quota.", parser) == [set()]
    assert codes("We wrongly reported that Peru had refused to sign the quota.", parser) == [set()]


def test_what_one_state_says_of_another_is_no_candidate_of_the_other(parser: EnglishParser):
    text = "A spokesperson for the Chilean foreign ministry said on Monday that Peru would shoulder the quota."
    assert codes(text, parser)[0] == {"CL"}
    assert codes("Chile says aye, Peru shoulders the quota alone.", parser)[0] == {"CL", "PE"}
    assert codes("Chile said that Chile and Peru would shoulder the quota.", parser)[0] == {"CL"}


def test_a_person_named_before_of_and_a_state_belongs_to_it(parser: EnglishParser):
    text = "Then Maria Lopes of Croatia spoke.\n\nMs Lopes will not sign a quota."
    assert codes(text, parser)[1] == {"HR"}


def test_an_office_without_a_state_is_that_of_the_capital_a_report_begins_with(parser: EnglishParser):
    text = "LUANDA, 4 May - Fishing stops today. The ministry of fisheries defended the quota."
    assert codes(text, parser, heading=text)[1] == {"AO"}
    assert codes(text.removeprefix("LUANDA, 4 May - "), parser)[1] == set()
    brussels = text.replace("LUANDA", "BRUSSELS")
    assert codes(brussels, parser, heading=brussels)[1] == set()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ASEAN met in Lima. Peru spoke first. The secretary-general wanted a quota.", {"ORG:ASEAN"}),
        ("The European Union is split. Peru spoke first. The fisheries commissioner wanted a quota.", {"EU"}),
        ("NATO met the European Union. Peru spoke first. The High Representative wanted a quota.", {"EU"}),
        ("The European Union is split. Peru spoke first. The secretary-general wanted a quota.", set()),
        ("NATO and ASEAN met. Peru spoke first. The secretary-general wanted a quota.", set()),
    ],
)
def test_an_office_that_only_organisations_have_is_no_states(text: str, wanted: set[str], parser: EnglishParser):
    assert codes(text, parser)[2] == wanted


def test_a_named_minister_is_of_the_state_to_which_the_sentence_before_turns(parser: EnglishParser):
    text = "Peru rejected the quota. And Ecuador? Fisheries minister Mauricio Zabala would sign it."
    assert codes(text, parser)[2] == {"EC"}


def test_the_time_of_an_entry_is_no_part_of_an_office(parser: EnglishParser):
    ((_, candidates),) = proposed("08:20 Peru's president wants a quota.", parser)
    assert [one.holder.actor.role for one in candidates if one.holder.actor] == ["Peru's president"]


def test_a_coordinating_minister_is_known_by_the_name_before_the_office(parser: EnglishParser):
    text = "Peru has a point. Marin Jelavić, coordinating minister, argues for a quota. Jelavić went home."
    assert codes(text, parser)[1:] == [{"PE"}, {"PE"}]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Norway met with Ghana.", proposer.Refusal.HOPELESS),
        ("The analyst Ana Mar said that Ghana sat on the fence.", proposer.Refusal.TOLD),
    ],
)
def test_why_a_state_is_no_candidate_is_known(
    text: str, why: proposer.Refusal, parser: EnglishParser, monkeypatch: pytest.MonkeyPatch
):
    told, refusal = {}, proposer.refusal

    def telling(code: str, *rest: Any) -> proposer.Refusal | None:
        told[code] = refusal(code, *rest)
        return told[code]

    monkeypatch.setattr(proposer, "refusal", telling)
    assert "GH" not in codes(text, parser)[0]
    assert told["GH"] is why


def test_a_named_minister_is_not_taken_for_what_a_stranger_with_a_like_name_has(parser: EnglishParser):
    text = "The analyst Ana Mar wept. Peru defended the quota. It rained. Mar Minister Maria Lopes defended it too."
    assert codes(text, parser)[3] == {"PE"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Peru signed the pact. Chile?", set()),
        ("Those who spoke of the quota.\n\nPeru.\n\nChile.", set()),
        ("Those who spoke of the quota.\n\nPeru.\n\nChile: a vote against.", {"CL"}),
        ("Japan has told us that it will vote against the quota, according to Norway.", {"JP"}),
        ("It will vote against the quota, according to Norway.", {"NO"}),
        ("According to Norway, Ghana sits on the fence.", {"NO"}),
        ("Opposed to the quota are all states but Ghana and Mali.", set()),
        ("Togo rather than Ghana and the Malian minister rejected the quota.", {"TG"}),
        ("The pact suits Togo, but not Ghana, which rejected it.", {"GH", "TG"}),
        ("The pact suits Togo, but not Ghana.", {"TG"}),
    ],
)
def test_who_is_named_without_holding_anything_is_not_proposed(text: str, wanted: set[str], parser: EnglishParser):
    assert codes(text, parser)[-1] == wanted
