from __future__ import annotations

import time

import pytest

from digest.engines.parser import EnglishParser
from digest.model import Dating, Sentence
from digest.positions import Setting, propose_all
from digest.positions.carrying import _LABEL
from digest.sentences import split


def codes(text: str, parser: EnglishParser) -> list[set[str]]:
    sentences = [Sentence("d", s.start, s.end, text[s.start : s.end], "en", s.paragraph) for s in split(text)]
    docs = parser.parse([sentence.text for sentence in sentences])
    found = propose_all(sentences, docs, Setting(Dating(None, "test")))
    return [{one.holder.code for one in candidates} for _, candidates in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # "I" and "we" go on from the one heard last, over a question between
        ("Norway's minister Kari Lund said so. We will not sign.", "NO"),
        ("Norway's minister Kari Lund met us.\n\nAnd the levy?\n\nI have never liked it.", "NO"),
        # a name with a colon gives the word, and the sentence behind it goes on
        ("Kari Lund, minister of Norway, sat down.\n\nMs LUND: It is too dear. Nobody wants that.", "NO"),
        ("United States: Thank you. The text is not ready.", "US"),
        # a dash opens a line of whoever speaks
        ("Peru's ambassador Luis Prado spoke.\n\n- And the price?\n\n- Far too high, said in passing.", "PE"),
        # a pronoun that the rules cannot place
        ("A floor below, Luis Prado, the minister of Peru, is more open. He will carry the flag, he says.", "PE"),
        # a signed text speaks for those who sign it
        (
            "By Anna Holm and Luis Prado, ministers of Estonia and Peru.\n\nTwo years is long. Coal must go.",
            "PE",
        ),
        # an office without its state: of the state named just before, or mostly of one organisation
        ("Ecuador?\n\nInterior minister Mauricio Zabala says half and half.", "EC"),
        ("The European Union met. Economy Commissioner Rasmus Dahl said the coin had outlived its use.", "EU"),
    ],
)
def test_who_is_heard_last_may_go_on(text: str, wanted: str, english_parser: EnglishParser):
    assert wanted in codes(text, english_parser)[-1]


@pytest.mark.parametrize(
    "text",
    [
        "Norway's minister Kari Lund said so.\n\nQUESTION: Is it dear? It may be.",
        "Norway's minister Kari Lund said so.\n\nIt rained.\n\nIt rained again.\n\nIt rained a third time.",
        "Norway's minister Kari Lund spoke at noon. The hall was cold.",
    ],
)
def test_nobody_goes_on_where_another_has_the_word_or_nothing_says_so(text: str, english_parser: EnglishParser):
    assert "NO" not in codes(text, english_parser)[-1]


def test_a_commissioner_is_nobody_where_the_text_does_not_speak_of_the_union(english_parser: EnglishParser):
    assert codes("The police commissioner said no.", english_parser) == [set()]


def test_a_long_run_of_capitals_is_looked_at_in_no_time():
    begin = time.perf_counter()
    assert _LABEL.match("A" * 5000 + " " + "Bc " * 5000) is None
    assert time.perf_counter() - begin < 1
