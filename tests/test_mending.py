from __future__ import annotations

from collections.abc import Sequence

import pytest

from digest import engines
from digest.mending import parts, second_try, with_terms
from digest.routes import find_route
from digest.translate import translate


def never(sentences: Sequence[str]) -> list[str]:
    raise AssertionError(sentences)


def test_a_translation_without_a_doubt_is_not_asked_for_again():
    assert second_try("O mar é largo.", "The sea is wide.", "pt", never, never) == ("The sea is wide.", ())


def test_a_lost_clause_comes_back_when_the_sentence_is_cut():
    source = "Angola vai retirar 300 soldados da fronteira; a decisão foi tomada em março."
    english = {
        "Angola vai retirar 300 soldados da fronteira;": "Angola will withdraw 300 soldiers from the border;",
        "a decisão foi tomada em março.": "the decision was taken in March.",
    }
    text, doubts = second_try(
        source, "Angola will withdraw 300 soldiers.", "pt", lambda parts: [english[part] for part in parts], never
    )
    assert text == "Angola will withdraw 300 soldiers from the border; the decision was taken in March."
    assert doubts == ()


def test_a_second_try_that_is_no_better_changes_nothing():
    source, first = (
        "O Brasil não vai pagar os 12 milhões; Angola vai pagar.",
        "Brazil will pay the 12 million; Angola will pay.",
    )
    text, doubts = second_try(
        source, first, "pt", lambda parts: ["Brazil will pay the 21 million;", "Angola will pay."], never
    )
    assert text == first
    assert doubts == ("a negation may be lost",)


def test_a_doubted_sentence_with_nothing_to_cut_is_asked_for_once_more_with_care():
    source = "Angola vai retirar 300 soldados."
    better = ["Angola will withdraw 300 soldiers."]
    assert second_try(source, "Angola will withdraw soldiers.", "pt", never, lambda one: better) == (better[0], ())


@pytest.mark.parametrize(
    ("sentence", "cut"),
    [
        ("O mar é largo.", ["O mar é largo."]),
        ("Angola sai da fronteira; Kinshasa agradece muito.", ["Angola sai da fronteira;", "Kinshasa agradece muito."]),
        ("Disse: não.", ["Disse: não."]),
        (
            "第一部分的内容在这里说得非常清楚了；第二部分的内容也在这里说得清楚。",
            ["第一部分的内容在这里说得非常清楚了；", "第二部分的内容也在这里说得清楚。"],
        ),
    ],
)
def test_a_sentence_is_cut_where_clauses_end_and_not_into_crumbs(sentence: str, cut: list[str]):
    assert parts(sentence) == cut


@pytest.mark.parametrize(
    ("source", "english", "renderings", "expected", "doubts"),
    [
        ("A Capitania fechou.", "The Captaincy shut.", {"Capitania": "Captaincy."}, "The Harbour Office shut.", 0),
        ("A Capitania fechou.", "The Harbour Office closed.", {}, "The Harbour Office closed.", 0),
        ("A Capitania fechou.", "It closed.", {"Capitania": "Captaincy"}, "It closed.", 1),
        ("A Capitania e outra.", "Captaincy and captaincy.", {"Capitania": "captaincy"}, "Captaincy and captaincy.", 1),
        ("O porto fechou.", "The captaincy closed.", {"Capitania": "captaincy"}, "The captaincy closed.", 0),
    ],
)  # fmt: skip
def test_a_term_of_the_glossary_is_put_in_where_its_place_is_plain_and_doubted_else(
    source: str, english: str, renderings: dict[str, str], expected: str, doubts: int
):
    text, found = with_terms(source, english, [("Capitania", "Harbour Office")], renderings)
    assert text == expected
    assert len(found) == doubts


def test_the_real_engine_takes_the_words_of_the_glossary():
    route = find_route("pt", engines.translator_names(), None)
    assert route is not None
    sentence = "O ministro visitou a alfândega de Lisboa."
    (plain,) = translate([sentence], route, None)
    (made,) = translate([sentence], route, None, glossary=(("alfândega", "revenue office"),))
    assert "revenue office" not in plain.text
    assert "revenue office" in made.text
    assert made.flags == ()
