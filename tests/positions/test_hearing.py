from __future__ import annotations

import pytest

from digest.engines.parser import EnglishParser
from digest.model import Dating, Sentence
from digest.paragraphs import paragraphs
from digest.positions import Setting, propose_all
from digest.positions.floor import labels_of
from digest.positions.proposer import Candidate
from digest.sentences import split


def candidates(
    text: str, parser: EnglishParser, heading: str = "", questions: frozenset[int] | None = None
) -> dict[str, tuple[Candidate, ...]]:
    """For each sentence those who could speak in it."""
    parts = paragraphs(text)
    if questions is None:
        questions = frozenset(number for number, (_, end) in enumerate(parts) if text[:end].endswith("?"))
    sentences = [Sentence("d", s.start, s.end, text[s.start : s.end], "en", s.paragraph) for s in split(text)]
    docs = parser.parse([sentence.text for sentence in sentences])
    setting = Setting(Dating(None, "test"), heading, questions, labels=labels_of(text, parts))
    return {one.sentence.text: tuple(many) for one, many in propose_all(sentences, docs, setting)}


def heard(
    text: str, parser: EnglishParser, heading: str = "", questions: frozenset[int] | None = None
) -> dict[str, set[str]]:
    """For each sentence the codes of those who are heard in it, or hold a position by the rules."""
    found = candidates(text, parser, heading, questions)
    return {said: {each.holder.code for each in many if each.heard or each.found} for said, many in found.items()}


MINISTRY = "Ministry of Foreign Affairs of the Republic of Zambia\nTranscript of the weekly briefing"
BRIEFING = (
    "Spokesperson: Good morning to all of you.\n\n"
    "Q: Namibia signed on Monday. Will you follow?\n\n"
    "Spokesperson: The bridge stays closed. A new pier has no place on that bank. Namibia wants it tomorrow.\n\n"
    "Q: Angola insists on a date.\n\n"
    "Spokesperson: That question comes too early. The opposition says that it is too late."
)


def test_a_spokesperson_without_a_state_speaks_for_the_ministry_in_the_head(english_parser: EnglishParser):
    found = heard(BRIEFING, english_parser, MINISTRY)
    for text in (
        "Spokesperson: The bridge stays closed.",
        "A new pier has no place on that bank.",
        "Spokesperson: That question comes too early.",
    ):
        assert found[text] == {"ZM"}


@pytest.mark.parametrize("heading", ["Lusaka Pier Holdings Plc\nQuestions and answers", "Party of the Lake", ""])
def test_a_spokesperson_in_a_paper_of_no_state_speaks_for_none(heading: str, english_parser: EnglishParser):
    assert not any("ZM" in codes for codes in heard(BRIEFING, english_parser, heading).values())


def test_what_is_said_in_a_question_is_no_position(english_parser: EnglishParser):
    found = heard(BRIEFING, english_parser, MINISTRY)
    assert found["Q: Namibia signed on Monday."] == set()
    assert found["Q: Angola insists on a date."] == set()


def test_what_the_answerer_tells_of_others_is_neither_the_answerers_nor_theirs(english_parser: EnglishParser):
    found = heard(BRIEFING, english_parser, MINISTRY)
    assert found["Namibia wants it tomorrow."] == set()
    assert found["The opposition says that it is too late."] == set()


DEPARTMENT = "U.S. Department of State\nPress Briefing"
NAMED = (
    "MS. ARDEN: Good afternoon.\n\nQUESTION: Is the levy dead?\n\nMS. ARDEN: The levy stays in force.\n\n"
    "QUESTION: Who says so?\n\nMS. ARDEN: The law says it without a doubt."
)


def test_the_only_one_who_answers_in_a_briefing_speaks_for_its_issuer(english_parser: EnglishParser):
    assert heard(NAMED, english_parser, DEPARTMENT)["MS. ARDEN: The levy stays in force."] == {"US"}


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        (NAMED, ""),
        (NAMED, "U.S. Department of State\nRemarks in the yard"),  # nobody is known to answer there
        (NAMED + "\n\nMR. BOONE: It is late.", DEPARTMENT),
    ],
)
def test_a_name_with_a_colon_is_nobodys_where_it_is_not_sure(text: str, heading: str, english_parser: EnglishParser):
    assert heard(text, english_parser, heading)["MS. ARDEN: The levy stays in force."] == set()


HOUSE = (
    "THE SPEAKER: The Minister has the floor.\n\n"
    "THE MINISTER OF TRANSPORT: The fare will rise in May.\n\n"
    "MR. COLE: The fare is a scandal from end to end. We reject it.\n\n"
    "MS. BYNOE (Minister of Finance): The fare will rise for everybody.\n\n"
    "MR. HALL (Shadow Minister of Finance): The fare will fall with us."
)


def test_in_a_parliament_the_ministers_alone_speak_for_the_state(english_parser: EnglishParser):
    found = heard(HOUSE, english_parser, "BARBADOS\nHOUSE OF ASSEMBLY")
    assert found["THE MINISTER OF TRANSPORT: The fare will rise in May."] == {"BB"}
    assert found["MS. BYNOE (Minister of Finance): The fare will rise for everybody."] == {"BB"}
    for text, codes in found.items():
        assert codes == set() or text.startswith(("THE MINISTER", "MS. BYNOE"))


def test_without_a_parliament_in_the_head_a_minister_with_a_colon_is_nobodys(english_parser: EnglishParser):
    assert not any(heard(HOUSE, english_parser).values())


RECORD = (
    "The President: The list is open.\n\n"
    "Mr. Boateng (Ghana): The force costs less than a famine. Grain has to pass.\n\n"
    "None of this can wait for another year. Togo thinks otherwise.\n\n"
    "Mr. Hersi: Guinea cannot guard the quay alone. The quay has to be guarded.\n\n"
    "Ms. Lund (Norway): The draft is too long by half.\n\n"
    "The meeting rose at noon.\n\nNobody stayed behind in the great hall."
)


def test_a_delegate_is_heard_over_paragraphs_until_the_next_name_or_the_end(english_parser: EnglishParser):
    found = heard(RECORD, english_parser)
    assert found["Mr. Boateng (Ghana): The force costs less than a famine."] == {"GH"}
    assert found["Grain has to pass."] == {"GH"}
    assert found["None of this can wait for another year."] == {"GH"}
    assert found["The quay has to be guarded."] == set()
    assert found["Ms. Lund (Norway): The draft is too long by half."] == {"NO"}
    assert found["The meeting rose at noon."] == set()
    assert found["Nobody stayed behind in the great hall."] == set()


def test_what_one_without_a_state_says_of_states_among_delegates_is_no_position(english_parser: EnglishParser):
    assert heard(RECORD, english_parser)["Mr. Hersi: Guinea cannot guard the quay alone."] == set()


def test_whoever_is_heard_is_heard_also_where_the_sentence_only_mentions_the_own_state(english_parser: EnglishParser):
    text = BRIEFING.replace("Namibia wants it tomorrow.", "A pier would hurt Zambia.")
    (candidate,) = candidates(text, english_parser, MINISTRY)["A pier would hurt Zambia."]
    assert [(anchor.kind, anchor.role) for anchor in candidate.anchors] == [("loose", "carried")]


RADIO = (
    "PRESENTER: With us is Norway's minister Kari Lund.\n\nKARI LUND: We reject the quota.\n\n"
    "PROFESSOR BAKKE: Oslo sits on the fence.\n\nSPOKESMAN: Oslo sits in a boat."
)


def test_what_a_scholar_says_of_a_state_makes_it_no_candidate(english_parser: EnglishParser):
    assert candidates(RADIO, english_parser)["PROFESSOR BAKKE: Oslo sits on the fence."] == ()


def test_an_unknown_spokesman_with_a_colon_is_not_of_the_state_that_he_names(english_parser: EnglishParser):
    (oslo,) = candidates(RADIO, english_parser)["SPOKESMAN: Oslo sits in a boat."]
    assert [anchor.kind for anchor in oslo.anchors] == ["capital"]


REPORTED = (
    "1. The representative of Morocco said that the draft was ready. A second reading would bring nothing new.\n\n"
    "2. The Secretary said that the hall was free. The lights would be left on.\n\n"
    "3. The representative of the Philippines wondered about the costs."
)


def test_in_a_record_of_what_representatives_said_a_speech_goes_on_in_its_paragraph(english_parser: EnglishParser):
    found = heard(REPORTED, english_parser)
    assert found["A second reading would bring nothing new."] == {"MA"}
    assert found["The lights would be left on."] == set()


LETTER = "Letter dated 3 May 2026 from the Permanent Representative of Malta to the United Nations"


def test_a_letter_speaks_for_the_state_of_the_ambassador_who_sends_it(english_parser: EnglishParser):
    text = (
        "On that day a barge was moored in the strait. This act has to be undone. Tunisia sees no harm in it. "
        "We ask the Council to act.\n\n(Signed) Ana Vella, Ambassador"
    )
    found = heard(text, english_parser, LETTER)
    assert found["This act has to be undone."] == {"MT"}
    assert found["We ask the Council to act."] == {"MT"}
    assert "MT" not in found["Tunisia sees no harm in it."]
    assert not any(codes for sentence, codes in found.items() if sentence.startswith("(Signed)"))


JOINT = "JOINT STATEMENT BY THE MINISTERS OF ANGOLA AND ZAMBIA"


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("The Ministers rejected the tax.", {"AO", "ZM"}),
        ("The Parties agreed to abolish the tax.", {"AO", "ZM"}),
        ("Both sides support the tax.", {"AO", "ZM"}),
        ("The two Presidents reaffirmed that the tax must go.", {"AO", "ZM"}),
        ("We are convinced that the tax must go.", {"AO", "ZM"}),
        ("The Zambian Party refused the tax.", {"ZM"}),
        ("The three ministers rejected the tax.", set()),  # not the number of the parties
        ("The ministers of the region rejected the tax.", set()),
        ("Other ministers rejected the tax.", set()),
    ],
)
def test_the_ministers_of_a_joint_paper_are_all_its_parties(
    sentence: str, wanted: set[str], english_parser: EnglishParser
):
    assert heard(sentence, english_parser, JOINT)[sentence] == wanted


def test_they_goes_back_to_the_parties_of_a_joint_paper(english_parser: EnglishParser):
    found = heard("The Ministers discussed the tax. They agreed to abolish it.", english_parser, JOINT)
    assert found["They agreed to abolish it."] == {"AO", "ZM"}


def test_the_ministers_of_any_other_paper_are_nobodys_parties(english_parser: EnglishParser):
    text = "The Ministers rejected the tax."
    assert heard(text, english_parser, "Angola and Zambia quarrel over a tax")[text] == set()


TALK = (
    "Latvia's transport minister, Ilze Ozola, receives us in Riga.\n\nIs the ferry lost?\n\n"
    "The ferry is not for sale. The opposition thinks otherwise.\n\n"
    "Does Estonia help?\n\nIn Tallinn they have no money.\n\n"
    "And the crew?\n\nGood sailors find good work. Our correspondent spoke with Ms Ozola in May."
)


def test_an_answer_that_does_not_say_i_is_the_answerers(english_parser: EnglishParser):
    found = heard(TALK, english_parser)
    assert found["The ferry is not for sale."] == {"LV"}
    assert found["Good sailors find good work."] == {"LV"}
    assert "LV" not in found["The opposition thinks otherwise."]
    assert "LV" not in found["In Tallinn they have no money."]


def test_what_a_paper_says_of_its_own_interview_is_nobodys(english_parser: EnglishParser):
    assert heard(TALK, english_parser)["Our correspondent spoke with Ms Ozola in May."] == set()


def test_an_answer_to_a_question_set_as_a_heading_is_heard(english_parser: EnglishParser):
    text = TALK.replace("lost?", "lost to you?").replace("crew?", "crew?\n\nThey have to eat, no?")
    parts = paragraphs(text)
    questions = frozenset(number for number, (_, end) in enumerate(parts) if text[:end].endswith("?"))
    sentences = [Sentence("d", s.start, s.end, text[s.start : s.end], "en", s.paragraph) for s in split(text)]
    kept = [sentence for sentence in sentences if not sentence.text.startswith("They have")]  # furniture is no sentence
    docs = english_parser.parse([sentence.text for sentence in kept])
    pairs = propose_all(kept, docs, Setting(Dating(None, "test"), "", questions))
    found = {one.sentence.text: {each.holder.code for each in many if each.heard} for one, many in pairs}
    assert found["Good sailors find good work."] == {"LV"}


def test_a_second_paragraph_of_an_answer_may_be_the_next_question(english_parser: EnglishParser):
    text = TALK.replace("\n\nDoes Estonia", "\n\nThe sailors have a word to say.\n\nDoes Estonia")
    assert heard(text, english_parser)["The sailors have a word to say."] == set()


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("The pier stays in its place.", {"ZM"}),
        ("Namibia's ministers hold another view.", set()),
        ("An analyst holds another view.", set()),
        ("The newspapers report that the pier is gone.", set()),
        ('"The pier is gone for good."', set()),
        ("Is the pier gone for good?", set()),
        ("Gone, then.", set()),
    ],
)
def test_a_statement_speaks_for_its_issuer_but_not_in_what_it_tells_of_others(
    sentence: str, wanted: set[str], english_parser: EnglishParser
):
    heading = "Ministry of Works of the Republic of Zambia\nStatement on the pier"
    assert heard(sentence, english_parser, heading, frozenset())[sentence] & {"ZM"} == wanted


def test_a_person_of_another_state_is_known_by_name_alone(english_parser: EnglishParser):
    text = TALK.replace("The opposition thinks otherwise.", "Minister Tamm called twice on Monday.")
    text = text.replace("in Riga.", "in Riga. Estonia's transport minister, Rein Tamm, waits outside.")
    found = heard(text.replace("Does Estonia help?", "Does Rein Tamm help?"), english_parser)
    assert "LV" not in found["Minister Tamm called twice on Monday."]


def test_the_chair_of_a_meeting_speaks_for_no_state_even_with_one_in_brackets(english_parser: EnglishParser):
    text = RECORD.replace("The President: The list is open.", "The Chair (Finland): The list is open to all of you.")
    assert heard(text, english_parser)["The Chair (Finland): The list is open to all of you."] == set()


def test_an_office_in_brackets_behind_a_name_is_its_role(english_parser: EnglishParser):
    text = RECORD.replace("Ms. Lund (Norway)", "Ms. KARI LUND (Minister of Trade of Norway)")
    sentences = [Sentence("d", s.start, s.end, text[s.start : s.end], "en", s.paragraph) for s in split(text)]
    docs = english_parser.parse([sentence.text for sentence in sentences])
    setting = Setting(Dating(None, "test"), labels=labels_of(text, paragraphs(text)))
    holders = [
        each.holder.actor
        for one, many in propose_all(sentences, docs, setting)
        for each in many
        if each.holder.code == "NO" and one.sentence.text.startswith("Ms. KARI")
    ]
    assert [(actor.name, actor.role) for actor in holders if actor] == [("Kari Lund", "Minister of Trade of Norway")]


@pytest.mark.parametrize("label", ["Answer", "A", "Press Secretary", "MFA Spokesperson", "The Minister"])
def test_answers_and_offices_alone_are_those_of_the_issuer_of_a_briefing(label: str, english_parser: EnglishParser):
    text = BRIEFING.replace("Spokesperson:", f"{label}:")
    assert heard(text, english_parser, MINISTRY)[f"{label}: The bridge stays closed."] == {"ZM"}


@pytest.mark.parametrize("label", ["Party Spokesperson", "Green Spokesperson", "Shadow Minister", "Professor Banda"])
def test_other_names_in_a_ministrys_briefing_are_nobodys(label: str, english_parser: EnglishParser):
    text = BRIEFING.replace("Spokesperson: The bridge", f"{label}: The bridge")
    assert heard(text, english_parser, MINISTRY)[f"{label}: The bridge stays closed."] == set()


def test_a_spokesperson_with_a_colon_takes_no_state_from_what_is_said(english_parser: EnglishParser):
    text = (
        "Q: Who pays?\n\nSpokesperson: The institute wrote that Namibia should pay.\n\n"
        "Q: Who else?\n\nSpokesperson: Nobody."
    )
    assert heard(text, english_parser)["Spokesperson: The institute wrote that Namibia should pay."] == set()


@pytest.mark.parametrize(
    ("label", "wanted"),
    [("PROFESSOR BANDA", set()), ("MARTA KUNDA", {"NA"})],  # somebody unknown may be a correspondent
)
def test_what_a_scholar_says_a_state_wants_is_no_position_of_that_state(
    label: str, wanted: set[str], english_parser: EnglishParser
):
    text = f"PRESENTER: Who wants the pier?\n\n{label}: Namibia wants the pier.\n\nPRESENTER: Is it so?"
    assert heard(text, english_parser)[f"{label}: Namibia wants the pier."] == wanted


def test_what_a_scholar_reports_that_a_state_has_said_is_its_position(english_parser: EnglishParser):
    text = (
        "PRESENTER: Who wants the pier?\n\nPROFESSOR BANDA: Namibia said on Monday that it rejects the pier.\n\n"
        "PRESENTER: Is it so?"
    )
    assert heard(text, english_parser)["PROFESSOR BANDA: Namibia said on Monday that it rejects the pier."] == {"NA"}


def test_behind_a_briefing_a_paper_goes_on_in_its_own_words(english_parser: EnglishParser):
    text = BRIEFING + "\n\nAn economist said that the pier would rot. The rain came early in the valley.\n\nIt rained."
    found = heard(text, english_parser, MINISTRY)
    assert found["The rain came early in the valley."] == set()


def test_the_paper_of_one_who_signs_it_speaks_in_every_sentence_and_that_of_several_does_not(
    english_parser: EnglishParser,
):
    text = "The nets are in the wrong hands."
    assert heard(text, english_parser, "By Lucía Prado, Minister of Environment of Peru")[text] == {"PE"}
    assert heard(text, english_parser, "By Lucía Prado and Ana Rey, ministers of Peru and Chile")[text] == set()


def test_a_state_with_a_colon_is_an_item_of_a_briefing_whose_issuer_is_known(english_parser: EnglishParser):
    text = "Angola: The bridge stays closed to all.\n\n" + BRIEFING
    assert heard(text, english_parser, MINISTRY)["Angola: The bridge stays closed to all."] == {"ZM"}
    assert heard(text, english_parser)["Angola: The bridge stays closed to all."] == set()


def test_a_state_with_an_organisation_in_brackets_speaks_for_both(english_parser: EnglishParser):
    text = (
        "Norway: The hall is cold.\n\nLuxembourg (European Union): The door has to stay open.\n\n"
        "Canada: The hall is cold indeed."
    )
    assert heard(text, english_parser)["Luxembourg (European Union): The door has to stay open."] == {"LU", "EU"}


def test_an_answer_to_a_prompt_without_a_question_mark_is_heard(english_parser: EnglishParser):
    text = TALK.replace("\n\nAnd the crew?", "\n\nYour sailors are angry.\n\nThe ship is old.\n\nAnd the crew?")
    found = heard(text, english_parser)
    assert found["The ship is old."] == {"LV"}
    assert found["Your sailors are angry."] == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "Within a week the newspapers reported that the pier was gone.",
        "In spite of that the opposition wants a pier.",
        "So far the union has argued against it.",
    ],
)
def test_what_others_say_further_on_in_a_sentence_is_not_the_issuers(sentence: str, english_parser: EnglishParser):
    heading = "Ministry of Works of the Republic of Zambia"
    assert heard(sentence, english_parser, heading, frozenset())[sentence] == set()


def test_quoted_and_pronoun_subjects_leave_the_word_where_it_is(english_parser: EnglishParser):
    heading = "Ministry of Works of the Republic of Zambia"
    for sentence in (
        "This means that the pier is gone.",
        "The sign “Anglers want fish” has to go.",
        "The new road supports the airlines of the valley.",
    ):
        assert heard(sentence, english_parser, heading, frozenset())[sentence] == {"ZM"}


def test_an_office_in_a_joint_paper_speaks_for_no_single_party(english_parser: EnglishParser):
    text = BRIEFING.replace("Spokesperson: The bridge", "Spokesperson: We are here. The bridge")
    assert heard(text, english_parser, JOINT)["The bridge stays closed."] == set()


@pytest.mark.parametrize("sentence", ["The pier rejected the tax.", "“The Ministers rejected the tax,” a banner said."])
def test_other_nouns_and_quoted_ones_are_no_parties(sentence: str, english_parser: EnglishParser):
    assert heard(sentence, english_parser, JOINT)[sentence] == set()


def test_of_a_colleague_who_says_nothing_the_signer_tells_for_the_own_state(english_parser: EnglishParser):
    signed = "By Ama Owusu, minister of fisheries of Ghana"
    smokes = "My colleague in Togo smokes, and the quota is unacceptable."
    rejects = "My colleague in Togo says that the quota is unacceptable."
    assert heard(smokes, english_parser, signed) == {smokes: {"GH"}}
    assert heard(rejects, english_parser, signed)[rejects] <= {"TG"}
