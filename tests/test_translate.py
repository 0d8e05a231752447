from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from digest import engines
from digest.errors import EngineError
from digest.routes import Route, find_route, signature_of
from digest.translate import LAST_RESORT, prepare, restore_quotes, translate

ALL = engines.translator_names()


@pytest.fixture(scope="session")
def route() -> Route:
    found = find_route("pt", ALL, None)
    assert found is not None
    return found


# --- the real engine -----------------------------------------------------------------------------------------------


def test_portuguese_becomes_english_sentence_by_sentence_in_order(route: Route):
    sources = [
        "O ministro falou em Lisboa.",
        "Nenhum navio entra nas nossas águas sem autorização.",
        "A taxa é pequena.",
    ]
    english = [one.text.lower() for one in translate(sources, route, None)]
    assert "minister" in english[0]
    assert "without" in english[1]
    assert "small" in english[2]
    assert len(english) == 3


def test_numbers_and_names_come_through_the_real_engine_without_a_doubt(route: Route):
    sources = [
        "O fundo gasta 12.500 euros por mês e 2,5 milhões por ano.",
        "Portugal vai enviar 10 mil soldados em 2027.",
        "A reunião começa às 18h30 do dia 5 de março de 2026.",
        "A operadora Meridiano Mar não quis comentar.",
        "O governo não vai aumentar o imposto internacional.",
    ]
    made = translate(sources, route, None)
    assert [one.flags for one in made] == [()] * len(sources)
    assert "12,500" in made[0].text
    assert "2027" in made[1].text
    assert "Meridiano Mar" in made[3].text
    assert "not" in made[4].text.split()


def test_the_marks_of_a_quotation_come_through_the_real_engine(route: Route):
    sources = ["“Não vamos pagar”, disse a ministra.", "Disse que «não há dinheiro».", "Ele disse: “Temos pressa”."]
    for one in translate(sources, route, None):
        assert one.text.count('"') == 2, one.text


def test_a_translation_says_who_made_it_as_the_store_will_look_for_it(route: Route):
    (made,) = translate(["O mar é largo."], route, None)
    assert made.engine == signature_of(route, None)
    assert (made.engine.stage, made.engine.name, made.engine.licence) == ("translation", "firefox", "MPL-2.0")


def test_batches_are_handed_over_as_they_are_done_and_the_engine_is_asked_once_for_each_sentence(route: Route):
    sources = [f"O navio número {number} saiu do porto." for number in range(140)]
    batches: list[int] = []
    made = translate(sources, route, None, lambda batch: batches.append(len(batch)))
    assert batches == [128, 12]
    assert [str(number) in one.text for number, one in enumerate(made)] == [True] * 140


def test_the_same_sentences_give_the_same_english_in_any_company(route: Route):
    alone = [translate([text], route, None)[0].text for text in ("O mar é largo.", "A taxa é pequena.")]
    together = [one.text for one in translate(["O mar é largo.", "A taxa é pequena."], route, None)]
    assert alone == together


def test_what_a_model_of_last_resort_makes_is_always_in_doubt(route: Route):
    (made,) = translate(["O mar é largo."], replace(route, last_resort=True), None)
    assert made.flags == (LAST_RESORT,)


def test_nothing_to_translate_is_nothing(route: Route):
    assert translate([], route, None) == []


def test_a_model_that_is_gone_is_an_error_with_the_command_that_brings_it(tmp_path: Path):
    with pytest.raises(EngineError, match=r"xxen is not on this machine: run 'make_brief.py models fetch xxen'"):
        translate(["x"], Route("xx", "firefox", "xxen", "MPL-2.0", 1), tmp_path)


# --- before and after the engine -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "prepared"),
    [
        ("“Não”, disse.", '"Não", disse.'),
        ("« Non », dit-il.", '"Non", dit-il.'),
        ("„Nein“, sagte er.", '"Nein", sagte er.'),
        ("Uma frase\n  em duas linhas.", "Uma frase em duas linhas."),
        ("O fundo[12] cresce.[3]", "O fundo cresce."),
        ("[2026] foi assim.", "[2026] foi assim."),
    ],
)
def test_a_sentence_is_made_plain_for_the_engine(sentence: str, prepared: str):
    assert prepare(sentence) == prepared


@pytest.mark.parametrize(
    ("source", "english", "restored"),
    [
        ('"Não vamos pagar", disse.', 'We will not pay," he said.', '"We will not pay," he said.'),
        ('Disse: "Não vamos pagar."', 'He said: "We will not pay.', 'He said: "We will not pay."'),
        ('"Não vamos pagar".', '"We will not pay.', '"We will not pay."'),
        ('"Não vamos pagar", disse.', "“We will not pay,” he said.", '"We will not pay," he said.'),
        ('"Uma citação que continua', '"A quotation that goes on', '"A quotation that goes on'),
        ("Sem aspas.", "Without marks.", "Without marks."),
    ],
)
def test_a_lost_quotation_mark_at_an_end_is_given_back_and_no_word_touched(source: str, english: str, restored: str):
    assert restore_quotes(source, english) == restored
