"""Syndicated copies: one article in several outlets is one source."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from builders import KINDS, NAMES, digested, frame, position

from digest import copies
from digest.compose import compose
from digest.model import Digested, StanceLabel

LETTERS = "abcdefghijklmnopqrst"


def article(seed: int, count: int = 20) -> list[str]:
    """Sentences of twelve words that no other seed gives."""
    chance = random.Random(seed)  # noqa: S311
    words = ["".join(chance.choices(LETTERS, k=2)) for _ in range(12 * count)]
    return [" ".join(words[at : at + 12]) + "." for at in range(0, len(words), 12)]


def carrying(name: str, sentences: list[str], *statements: str, published: date = date(2026, 3, 2)) -> Digested:
    said = [position("IE", text, StanceLabel.OPPOSES, name=name, start=100 * n) for n, text in enumerate(statements)]
    return replace(digested(name, *said, published=published), fingerprint=copies.fingerprint(sentences))


def family_of(**texts: list[str]) -> dict[str, str]:
    return copies.families({name: copies.fingerprint(sentences) for name, sentences in texts.items()})


def test_the_same_text_under_another_masthead_and_with_another_ending_is_a_copy():
    text = article(1)
    other = ["The Morning Ledger, by our correspondent.", *text, "Additional reporting from the coast."]
    assert family_of(a=text, b=other) == {"a": "a", "b": "a"}


def test_a_copy_that_an_editor_cut_from_the_end_is_a_copy():
    text = article(2, 40)
    assert family_of(a=text, b=text[:22]) == {"a": "a", "b": "a"}


def test_two_articles_on_one_matter_that_share_a_paragraph_are_two():
    shared = article(3, 6)
    assert family_of(a=[*shared, *article(4, 14)], b=[*shared, *article(5, 14)]) == {}


def test_three_copies_are_one_family_and_other_texts_stay_out_of_it():
    text = article(6)
    found = family_of(x=article(7), a=text, y=article(8), b=["A.", *text], c=[*text, "An ending."])
    assert found == {"a": "a", "b": "a", "c": "a"}


def test_a_headline_is_nobodys_copy():
    assert copies.fingerprint(["Ministers meet in the north of the island."]) == b""
    assert family_of(a=["Ministers meet again."], b=["Ministers meet again."]) == {}


def test_a_formula_of_the_outlet_makes_no_family():
    formula = " ".join(article(9, 2))
    texts = {f"d{number}": [formula, *article(100 + number, 20)] for number in range(200)}
    assert family_of(**texts) == {}


SAID = "Ireland will send no ship to the joint patrols of the north."


def test_a_copy_is_an_outlet_of_the_oldest_and_its_statement_counts_for_one_document():
    text = article(10)
    old = carrying("wire.txt", text, SAID, published=date(2026, 3, 1))
    new = carrying("paper.txt", ["Paper.", *text], SAID, published=date(2026, 3, 3))
    brief = compose([new, old], frame(), [], [], KINDS, NAMES)
    (source,) = brief.sources
    assert source.path == "wire.txt"
    assert [(outlet.path, outlet.published) for outlet in source.outlets] == [("paper.txt", date(2026, 3, 3))]
    (entry,) = brief.holders[0].all_entries()
    assert entry.marks == ("S1",)
    assert brief.holders[0].cells[0].documents == 1


def test_a_copy_with_a_statement_of_its_own_keeps_it_and_still_does_not_count_as_independent():
    text = article(11)
    one = carrying("wire.txt", text, SAID, "Dublin called the patrols a mistake of the first order.")
    two = carrying("paper.txt", text, SAID, "The government in Dublin refuses to pay for any of the ships.")
    brief = compose([one, two], frame(), [], [], KINDS, NAMES)
    assert len(brief.sources) == 2
    assert len(brief.holders[0].all_entries()) == 3
    assert brief.holders[0].cells[0].documents == 1


def test_independent_documents_count_each():
    one, two = carrying("a.txt", article(12), SAID), carrying("b.txt", article(13), SAID)
    brief = compose([one, two], frame(), [], [], KINDS, NAMES)
    assert brief.holders[0].cells[0].documents == 2


def test_a_file_with_the_same_bytes_as_a_copy_is_named_too():
    text, said = article(20), "Ireland will not sign."
    copy = carrying("copy.txt", [*text, "An ending."], said)
    copy = replace(copy, document=replace(copy.document, also_at=("twin.txt",)))
    made = copies.gather([copy, carrying("first.txt", text, said, "Ireland will wait.")])
    (outlets,) = made.outlets.values()
    assert [outlet.path for outlet in outlets] == ["copy.txt", "twin.txt"]
