from __future__ import annotations

from digest.engines.parser import EnglishParser
from digest.model import Dating, Sentence
from digest.paragraphs import paragraphs
from digest.positions.surroundings import Setting, survey
from digest.sentences import split

LEAD = "Oslo, 6 May - The Harbour Courier spoke with Norway's fisheries minister, Ida Berg, who came back from Peru."


def word_of(text: str, parser: EnglishParser, heading: str = "") -> dict[str, set[str]]:
    """For each sentence the codes of those who have the word by the form of the text."""
    questions = frozenset(number for number, (_, end) in enumerate(paragraphs(text)) if text[:end].endswith("?"))
    sentences = [Sentence("d", s.start, s.end, text[s.start : s.end], "en", s.paragraph) for s in split(text)]
    docs = parser.parse([sentence.text for sentence in sentences])
    surroundings = survey(sentences, docs, Setting(Dating(None, "test"), heading, questions))
    found = {}
    for one in surroundings.parsed:
        surroundings.enter(one)
        found[one.sentence.text] = set(surroundings.context.speaking(one).codes)
    return found


INLINE = (
    "\n\nMinister, will there be a quota? I hope so, and my colleagues know it. The sea is empty.\n\n"
    "What did they say in Lima? We heard a good deal of music. The nets stay where they are."
)


def test_answers_may_stand_behind_their_question_in_one_paragraph(english_parser: EnglishParser):
    found = word_of(LEAD + INLINE, english_parser)
    assert found["I hope so, and my colleagues know it."] == {"NO"}
    assert found["We heard a good deal of music."] == {"NO"}


def test_where_nothing_tells_of_a_conversation_such_paragraphs_are_the_authors(english_parser: EnglishParser):
    lead = "Oslo, 6 May - Norway's fisheries minister, Ida Berg, came back from Peru."
    found = word_of(lead + INLINE, english_parser)
    assert found["We heard a good deal of music."] == set()


def test_a_reporter_who_met_the_minister_may_tell_it_as_i(english_parser: EnglishParser):
    text = f"{LEAD}\n\nI waited for an hour in the rain, and we drank cold coffee.\n\nI saw no fish that day."
    assert word_of(text, english_parser)["I saw no fish that day."] == set()


def test_lines_in_dashes_are_a_conversation_with_the_one_whom_the_heading_names(english_parser: EnglishParser):
    text = (
        "Nets and patience\n\n- Minister, the boats stayed in port last week.\n\n"
        "- I was there, and I saw them.\n\n- Lima calls that a city view.\n\n- I come from an island of nine houses."
    )
    found = word_of(text, english_parser, "Norway's fisheries minister Ida Berg on nets and patience")
    assert found["- I was there, and I saw them."] == {"NO"}
    assert found["- I come from an island of nine houses."] == {"NO"}
    assert found["- Lima calls that a city view."] == set()


def test_the_one_of_whom_the_lead_tells_the_conversation_is_interviewed_and_nobody_else(english_parser: EnglishParser):
    text = (
        "Peru's fisheries minister, Ana Quispe, wants a quota. A day later Norway's fisheries minister, Ida Berg, gave "
        "an interview on the quay.\n\nIs the quota dead?\n\nWe hope it is not.\n\n"
        "So you blame Lima.\n\nI blame nobody at all."
    )
    found = word_of(text, english_parser)
    assert found["I blame nobody at all."] == {"NO"}


def test_whom_the_text_names_behind_the_first_answer_is_not_the_one_who_is_interviewed(english_parser: EnglishParser):
    text = (
        "The port has been announced four times. What stands there is a fence.\n\nMinister, who is to blame?\n\n"
        "I blame nobody.\n\nIs there any need for it?\n\nWe think so. Peru's transport minister, Ana Quispe, sees that "
        "differently.\n\nWould you sell it?\n\nWe would not sell it."
    )
    found = word_of(text, english_parser)
    assert found["We would not sell it."] == set()


def test_the_one_of_whom_the_lead_tells_the_conversation_goes_before_the_one_in_the_heading(
    english_parser: EnglishParser,
):
    found = word_of(LEAD + INLINE, english_parser, "Peru's foreign minister at odds with the north")
    assert found["The nets stay where they are."] == {"NO"}


def test_a_lead_that_tells_of_no_conversation_may_still_name_who_answers(english_parser: EnglishParser):
    lead = "Norway's fisheries minister, Ida Berg, came back on Monday."
    text = f"{lead}\n\nWould you sign?\n\nI would sign it today.\n\nAnd then?\n\nI would go home."
    assert word_of(text, english_parser)["I would sign it today."] == {"NO"}
