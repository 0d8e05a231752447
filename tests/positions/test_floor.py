from __future__ import annotations

import pytest
from test_hearing import candidates

from digest.engines.parser import EnglishParser
from digest.model import Dating, Sentence
from digest.paragraphs import paragraphs
from digest.positions import Setting, propose_all
from digest.positions.floor import labels_of
from digest.positions.parsed import quote_mask
from digest.sentences import split
from tests.positions.stages import positions_of

LEAD = "Peru's fisheries minister, Ana Quispe, received us in Callao."


def interview(*turns: str, lead: str = LEAD) -> tuple[str, frozenset[int]]:
    """A text of a lead and turns, and which of its paragraphs are questions."""
    parts = [lead, *turns]
    return "\n\n".join(parts), frozenset(number for number, part in enumerate(parts) if part.endswith("?"))


def held(
    text: str, parser: EnglishParser, questions: frozenset[int] = frozenset(), heading: str = ""
) -> dict[str, set[str]]:
    """For each sentence of a text with a position, the codes of those who hold one."""
    _, found = positions_of(text, parser, questions=questions, heading=heading)
    by_sentence: dict[str, set[str]] = {}
    for one in found:
        by_sentence.setdefault(one.sentence.text, set()).add(one.holder)
    return by_sentence


ASKED = ("Would you sign?", "We will sign in May.", "And the boats?", "My answer is the same.", "Is there no way back?")


@pytest.mark.parametrize(
    "answer",
    [
        "We are with the islands on this.",  # no verb of saying or wanting
        "My colleagues in the cabinet know that the nets stay where they are.",
        "My government will not move one metre.",
        "Peru will vote against the quota.",
    ],
)
def test_one_who_is_interviewed_is_heard_as_i_as_my_government_and_by_the_name_of_the_own_state(
    answer: str, english_parser: EnglishParser
):
    text, questions = interview(*ASKED, answer)
    assert held(text, english_parser, questions)[answer] == {"PE"}


def test_an_answer_to_a_prompt_without_a_question_mark_is_an_answer(english_parser: EnglishParser):
    text, questions = interview(
        "Is it too late?", "I do not think so.", "Your neighbours are angry.", "We have told them why.", "And now?"
    )
    assert held(text, english_parser, questions)["We have told them why."] == {"PE"}


@pytest.mark.parametrize(
    "lead",
    [
        "Luis Prado teaches law in Lima.",
        "Luis Prado, who once advised Peru's fisheries minister Ana Quispe, teaches law in Lima.",
        "Luis Prado, a former fisheries minister of Peru, receives us at home.",
        "Luis Prado was the fisheries minister of Peru until 2019.",
        "Peru's minister Ana Quispe and Chile's minister Jorge Vidal sat down with us.",
    ],
)
def test_nobody_is_heard_where_the_lead_does_not_name_one_who_speaks_for_a_state(
    lead: str, english_parser: EnglishParser
):
    text, questions = interview(*ASKED, "We want the quota gone.", lead=lead)
    assert "We want the quota gone." not in held(text, english_parser, questions)


def test_an_interviewee_with_an_office_alone_takes_the_only_state_of_the_lead(english_parser: EnglishParser):
    text, questions = interview(
        *ASKED, "We refuse.", lead="Peruvian boats stay in port. Fisheries minister Ana Quispe explains why."
    )
    assert held(text, english_parser, questions)["We refuse."] == {"PE"}


def test_a_heading_announces_who_is_interviewed_by_office_of_state(english_parser: EnglishParser):
    text, questions = interview(*ASKED, "We refuse.", lead="A talk about nets and patience.")
    found = held(text, english_parser, questions, "FIVE QUESTIONS TO Ana Quispe, fisheries minister of Peru")
    assert found["We refuse."] == {"PE"}


def test_what_one_who_speaks_as_i_says_of_other_states_is_no_position_of_theirs(english_parser: EnglishParser):
    text, questions = interview(*ASKED, "Chile refuses to talk, and I regret it.")
    sentences = [Sentence("d", s.start, s.end, text[s.start : s.end], "en", s.paragraph) for s in split(text)]
    docs = english_parser.parse([sentence.text for sentence in sentences])
    last = list(propose_all(sentences, docs, Setting(Dating(None, "test"), "", questions)))[-1][1]
    assert {one.holder.code for one in last} == {"PE"}


@pytest.mark.parametrize(
    ("second", "wanted"),
    [
        ("The fleet is old, and the harbour is full of it.", set[str]()),  # an analyst's text, who says "we" once
        ("I have said so to all who asked me.", {"PE"}),
    ],
)
def test_questions_that_stand_as_headings_are_an_interview_where_most_that_is_between_speaks_as_i(
    second: str, wanted: set[str], english_parser: EnglishParser
):
    text, questions = interview("What now?", second, "And the boats?", "The nets are torn.", "And then?", "We want it.")
    sentences = [Sentence("d", s.start, s.end, text[s.start : s.end], "en", s.paragraph) for s in split(text)]
    sentences = [one for one in sentences if one.paragraph not in questions]
    docs = english_parser.parse([sentence.text for sentence in sentences])
    last = list(propose_all(sentences, docs, Setting(Dating(None, "test"), "", questions)))[-1][1]
    assert {one.holder.code for one in last if one.found} == wanted


RADIO = (
    "PRESENTER: With us is Norway's minister Kari Lund. Do you want the tax?\n\n"
    "KARI LUND: We have rejected it twice.\n\n"
    "PRESENTER: I think we need it.\n\n"
    "PROFESSOR BAKKE: We want it too, and I have said so.\n\n"
    "KARI LUND: I am against it. Norway will not introduce it."
)


def test_a_name_with_a_colon_gives_the_word_and_takes_it_from_the_one_before(english_parser: EnglishParser):
    found = held(RADIO, english_parser)
    assert [text for text, codes in found.items() if "NO" in codes] == [
        "KARI LUND: We have rejected it twice.",
        "KARI LUND: I am against it.",
        "Norway will not introduce it.",
    ]


def test_a_name_that_was_cut_off_as_furniture_still_gives_the_word(english_parser: EnglishParser):
    labels = labels_of(RADIO, paragraphs(RADIO))
    assert labels == {0: "PRESENTER", 1: "KARI LUND", 2: "PRESENTER", 3: "PROFESSOR BAKKE", 4: "KARI LUND"}
    sentences = [
        Sentence("d", s.start, s.end, RADIO[s.start : s.end].split(": ")[-1], "en", s.paragraph) for s in split(RADIO)
    ]
    docs = english_parser.parse([sentence.text for sentence in sentences])
    pairs = propose_all(sentences, docs, Setting(Dating(None, "test"), labels=labels))
    found = {one.doc.text: {each.holder.code for each in many if each.found} for one, many in pairs}
    assert found["We have rejected it twice."] == {"NO"}
    assert found["We want it too, and I have said so."] == set()


RECORD = (
    "Mr. Okoye (Nigeria): We vote in favour. The text is ready.\n\n"
    "Ms. Lund (Norway): My delegation cannot accept it. Ms. Lund regrets it.\n\n"
    "In favour: Ghana, Kenya.\n\n"
    "Mr. Prado (Peru): Our position has not changed."
)


def test_a_delegate_with_the_state_in_brackets_has_the_word(english_parser: EnglishParser):
    found = held(RECORD, english_parser)
    assert found["Ms. Lund (Norway): My delegation cannot accept it."] == {"NO"}
    assert found["Ms. Lund regrets it."] == {"NO"}
    assert found["Mr. Prado (Peru): Our position has not changed."] == {"PE"}
    assert "NO" not in found.get("In favour: Ghana, Kenya.", set())


SUMMARY = (
    "MARIA OTERO (Paraguay) said the text was ready.\n\n"
    "LIV HAUGEN (Norway), aligning herself with the European Union, welcomed the plan. "
    "Her delegation could not accept the tax."
)


def test_a_delegate_who_aligns_herself_with_a_group_speaks_in_the_rest_of_the_paragraph(english_parser: EnglishParser):
    found = held(SUMMARY, english_parser)
    assert found["LIV HAUGEN (Norway), aligning herself with the European Union, welcomed the plan."] == {"NO"}
    assert found["Her delegation could not accept the tax."] == {"NO"}


def test_a_heading_that_names_one_state_gives_it_no_word(english_parser: EnglishParser):
    text = (
        "South Sudan: Our colleagues tell us that the road is shut, and we want it open.\n\n"
        "Question: Is it your convoy?\n\nSpokesperson: It is.\n\nQuestion: Since when?"
    )
    assert not any("SS" in codes for codes in held(text, english_parser).values())


@pytest.mark.parametrize(
    ("byline", "wanted"),
    [
        ("By Lucía Prado, Minister of Environment of Peru", {"PE"}),
        ("By Lucía Prado, former Minister of Environment of Peru", set()),
        ("By Lucía Prado, our correspondent in Peru", set()),
    ],
)
def test_an_opinion_piece_speaks_for_the_minister_in_its_byline(
    byline: str, wanted: set[str], english_parser: EnglishParser
):
    found = held("We call for an end to the subsidies.", english_parser, heading=byline)
    assert found.get("We call for an end to the subsidies.", set()) == wanted


def test_we_of_a_report_is_not_the_state_whose_ministry_it_mentions(english_parser: EnglishParser):
    heading = "Nauru again\nNauru's government has a new ministry, and everybody wants to know why."
    assert held("We want to know why.", english_parser, heading=heading) == {}


def test_what_an_author_judges_of_a_state_is_no_position_of_the_state(english_parser: EnglishParser):
    assert held("We judge that Peru would refuse to sign.", english_parser) == {}


QUOTED = (
    'Luis Prado, the minister of Peru, was in no hurry. "We shall not sign," he said. "The text is poor.\n\n'
    '"I have told them so.\n\n"They will have to wait."\n\nA gull cried. "They wait," said a cook.'
)


def test_a_quotation_that_is_not_closed_goes_on_over_paragraphs(english_parser: EnglishParser):
    found = held(QUOTED, english_parser)
    for text in ('"The text is poor.', '"I have told them so.', '"They will have to wait."'):
        assert found[text] == {"PE"}
    assert '"They wait," said a cook.' not in found


def test_a_mark_before_a_word_at_the_beginning_does_not_close_what_is_open():
    inside, still = quote_mask('"It works.', '"')
    assert all(inside) and still == '"'
    inside, still = quote_mask('" he said.', '"')
    assert inside == [True] + [False] * 9 and still == ""


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ('Peru\'s minister Luis Prado spells it out: "We shall not sign."', {"PE"}),
        ('Peru\'s minister Luis Prado answered a journalist who said: "We are tired" and left.', {"PE"}),
        ('A fisherman in Peru spells it out: "We shall not sign."', set()),
        ("— We shall not sign, — said the minister of Peru, Luis Prado.", {"PE"}),
        ("— We shall not sign, — said the cook.", set()),
    ],
)
def test_a_quotation_behind_a_colon_or_before_a_dash_belongs_to_the_one_beside_it(
    sentence: str, wanted: set[str], english_parser: EnglishParser
):
    assert held(sentence, english_parser).get(sentence, set()) == wanted


SPOKEN = (
    "Mr. Quaye (Ghana): We thank the Chair. We are ready to pay for two boats.\n\n"
    "Mrs. Sosa (Peru) (spoke in Spanish; interpretation provided by the delegation): Peru is against the quota. "
    "My country will send a letter.\n\n"
    "Mr. Lund (Norway): I thank you, Madam Chair. We support it."
)


def test_a_delegate_behind_whose_state_a_remark_on_the_language_stands_has_the_word(english_parser: EnglishParser):
    found = held(SPOKEN, english_parser)
    assert found["My country will send a letter."] == {"PE"}
    assert not any("Madam Chair" in text for text in found)  # a courtesy is no position


TABLE = (
    "Ministry of Fisheries of Ghana\n\nThe meeting heard these views:\n\n"
    "Peru: Opposes a quota; Ambassador Ana Rey\n\nNorway: Has not yet taken a decision; Envoy Kari Lund\n\n"
    "Chile: Could support a quota if it is low\n\nTogo: No statement"
)


def test_the_row_of_a_table_is_said_by_its_state_and_by_the_person_at_its_end(english_parser: EnglishParser):
    sentences = [Sentence("d", s.start, s.end, TABLE[s.start : s.end], "en", s.paragraph) for s in split(TABLE)]
    labels = labels_of(TABLE, paragraphs(TABLE))
    setting = Setting(Dating(None, "test"), TABLE[:31], labels=labels)
    pairs = propose_all(sentences, english_parser.parse([sentence.text for sentence in sentences]), setting)
    rows = [one.holder for parsed, candidates in pairs if ": " in parsed.doc.text for one in candidates]
    assert [(row.code, row.actor.name if row.actor else None) for row in rows] == [
        ("PE", "Ana Rey"),
        ("NO", "Kari Lund"),
        ("CL", None),
    ]


ROUND_UP = (
    "GHANA: The cabinet will vote against the levy, its spokesperson told state radio. The finance minister, Kofi "
    "Danso, called it a tax on hunger.\n\n"
    "COSTA RICA: It opposes the levy, as it did last year.\n\n"
    "NEW ZEALAND: Trade Minister Ruth Palmer welcomed it. The ministry in Nairobi rejects it."
)


def test_under_the_name_of_a_state_in_capitals_bare_offices_and_it_are_that_state(english_parser: EnglishParser):
    found = list(held(ROUND_UP, english_parser).values())
    assert found[:4] == [{"GH"}, {"GH"}, {"CR"}, {"NZ"}]


def test_who_speaks_under_the_name_of_a_state_is_named_and_no_delegate(english_parser: EnglishParser):
    _, found = positions_of(ROUND_UP, english_parser)
    assert [one.actor.name for one in found if one.actor is not None and one.actor.name] == [
        "Kofi Danso",
        "Ruth Palmer",
    ]


def test_what_has_a_state_of_its_own_is_not_that_of_the_name_it_stands_under(english_parser: EnglishParser):
    text = f"{ROUND_UP} Kenya rejects it."
    found = held(text, english_parser)
    assert found["The ministry in Nairobi rejects it."] == {"KE"}
    assert found["Kenya rejects it."] == {"KE"}


def test_its_ministry_under_the_name_of_a_state_is_not_that_of_a_state_named_in_passing(english_parser: EnglishParser):
    said = "The island broke with Lima and will oppose the levy, its finance ministry said."
    pairs = candidates(f"{ROUND_UP}\n\nTAIWAN: {said}", english_parser)
    (codes,) = [{each.holder.code for each in many} for text, many in pairs.items() if text.endswith(said)]
    assert "PE" not in codes


def test_a_heading_that_begins_with_a_state_turns_to_it_up_to_the_next_heading(english_parser: EnglishParser):
    told = "The government opposes the levy."
    heads = ("Accra: no hurry", "Lima: the long coast", "Wellington: wait and see", "Outlook")
    text = "\n\n".join(part for head in heads for part in (head, told, "It welcomed the talks."))
    sentences = [Sentence("d", s.start, s.end, text[s.start : s.end], "en", s.paragraph) for s in split(text)]
    below = [one for one in sentences if one.text not in heads]  # a heading is no sentence
    setting = Setting(Dating(None, "test"), labels=labels_of(text, paragraphs(text)))
    pairs = propose_all(below, english_parser.parse([one.text for one in below]), setting)
    codes = [{one.holder.code for one in candidates if one.found} for _, candidates in pairs]
    assert codes == [{"GH"}, {"GH"}, {"PE"}, {"PE"}, {"NZ"}, {"NZ"}, set(), set()]


def test_a_heading_that_is_nothing_but_a_states_name_turns_to_it(english_parser: EnglishParser):
    heads = ("Ghana", "Peru", "New Zealand", "Outlook")
    text = "\n\n".join(
        part for head in heads for part in (head, "The government opposes the levy.", "It welcomed talks.")
    )
    sentences = [Sentence("d", s.start, s.end, text[s.start : s.end], "en", s.paragraph) for s in split(text)]
    below = [one for one in sentences if one.text not in heads]
    setting = Setting(Dating(None, "test"), heading=text[:300], labels=labels_of(text, paragraphs(text)))
    pairs = propose_all(below, english_parser.parse([one.text for one in below]), setting)
    codes = [{one.holder.code for one in candidates if one.found} for _, candidates in pairs]
    assert codes[:6] == [{"GH"}, {"GH"}, {"PE"}, {"PE"}, {"NZ"}, {"NZ"}]


def test_a_states_name_before_a_dash_tells_whose_the_offices_behind_it_are(english_parser: EnglishParser):
    text = (
        "Ghana – The government opposes the levy.\n\nOman – The levy is welcome, according to the foreign ministry.\n\n"
        "New Zealand - The ministry rejects the levy."
    )
    assert list(held(text, english_parser).values()) == [{"GH"}, {"OM"}, {"NZ"}]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Ghana\nIt agrees.\n\nPeru\nIt waits.\n\nOman\nIt refuses.", {0: "Ghana", 2: "Peru", 4: "Oman"}),
        ("Ghana\nIt agrees.\n\nPeru: It waits.\n\nOman – It refuses.", {0: "Ghana", 2: "Peru", 3: "Oman"}),
        ("Ghana\nIt agrees.\n\nPeru\nIt waits.\n\nBoats\nThey are old.", {}),  # two alone are no round-up
        ("LIMA – Ministers met.\n\nPeru – which has boats – agreed.\n\nGhana and Oman – both poor – agreed.", {}),
    ],
)
def test_three_states_that_stand_alone_or_before_a_dash_are_names_of_paragraphs(text: str, labels: dict[int, str]):
    assert labels_of(text, paragraphs(text)) == labels


def test_a_line_that_is_cut_off_where_the_heading_ends_makes_no_official_paper(english_parser: EnglishParser):
    lead = "The members of the commission will meet in Victoria next week to vote on the levy. " * 3
    heading = f"Who wants what\n{lead}\nThe government of Ghana rejects the levy, which would ruin its boats."[:300]
    assert not heading.endswith(".")
    assert held("We oppose the levy.", english_parser, heading=heading) == {}


def test_under_names_of_states_i_and_we_are_delegates_who_speak_themselves(english_parser: EnglishParser):
    text = "GHANA: We oppose the levy.\n\nPERU: We support the levy.\n\nNEW ZEALAND: I regret that we cannot join."
    _, found = positions_of(text, english_parser)
    assert [(one.holder, one.actor.role if one.actor else None) for one in found] == [
        ("GH", "delegate"),
        ("PE", "delegate"),
        ("NZ", "delegate"),
    ]


def test_whom_the_last_words_of_a_speaker_name_does_not_speak(english_parser: EnglishParser):
    text = (
        "MODERATOR: Good afternoon, and welcome.\n\nQ: Who goes to Lima?\n\n"
        "MS KERR: We reject the toll and send two who will say so: Minister Rui Costa; Ambassador Ida Berg."
    )
    heading = "Noon briefing\nOttawa, on the record; deputy spokesperson Dana Kerr"
    _, found = positions_of(text, english_parser, heading=heading)
    assert [(one.holder, one.actor and one.actor.name) for one in found] == [("CA", "Dana Kerr")]
