from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from builders import RunProgram

from digest.language import detect, detect_document
from digest.model import UNDETERMINED, Language

CASES = json.loads((Path(__file__).parent / "cases" / "languages.json").read_text(encoding="utf-8"))
TEXTS = {case["name"]: case["text"] for case in CASES}
ENGLISH, PORTUGUESE, FRENCH, GALICIAN = (
    next(text for name, text in TEXTS.items() if name.split(",")[0] == code) for code in ("en", "pt", "fr", "gl")
)


def marked(case: dict[str, Any]) -> Any:
    known = case.get("known_failure")
    return pytest.param(case, id=case["name"], marks=[pytest.mark.xfail(strict=True, reason=known)] if known else [])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_the_language_of_a_paragraph_is_told_or_said_to_be_unknown(case: dict[str, Any]):
    found = detect(case["text"])
    assert found.code == case["language"]
    assert 0.0 <= found.confidence <= 1.0
    assert (found.confidence == 0.0) == (found.code == UNDETERMINED)


def test_the_cases_hold_thirty_languages_and_six_of_them_in_capitals():
    told = {case["language"] for case in CASES if "known_failure" not in case} - {UNDETERMINED}
    assert len(told) >= 30
    assert sum(case["text"].isupper() and len(case["text"]) > 80 for case in CASES) >= 6


def test_every_language_of_the_cases_is_told_in_capitals_too():
    wrong = [case["name"] for case in CASES if detect(case["text"].upper()).code != case["language"]]
    assert wrong == []


def test_the_same_text_gets_the_same_answer_each_time():
    for case in CASES:
        assert len({detect(case["text"]) for _ in range(3)}) == 1


def test_two_processes_give_the_same_answers_also_for_texts_that_are_hard_to_tell(run_python: RunProgram):
    code = (
        "import json, sys; from digest.language import detect\n"
        "cases = json.load(open('tests/cases/languages.json', encoding='utf-8'))\n"
        "print([(one.code, one.confidence) for one in (detect(c['text'][:n]) for c in cases for n in (35, 60))])"
    )
    first, second = run_python(code), run_python(code)
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert "'pt'" in first.stdout


def test_a_document_in_one_language_has_it_in_every_paragraph_short_ones_too():
    whole, own = detect_document([PORTUGUESE, "Lisboa", PORTUGUESE, "2026"])
    assert whole.code == "pt"
    assert whole.confidence > 0.95
    assert {language.code for language in own} == {"pt"}


def test_a_mixed_document_has_the_language_of_most_of_its_text_and_each_paragraph_its_own():
    whole, own = detect_document([PORTUGUESE, ENGLISH, PORTUGUESE, "Lisboa"])
    assert whole.code == "pt"
    assert 0.5 < whole.confidence < 0.8
    assert [language.code for language in own] == ["pt", "en", "pt", "pt"]


def test_a_short_foreign_paragraph_stays_with_its_document():
    _, own = detect_document([ENGLISH, ENGLISH, "Le Monde diplomatique, édition de mars"])
    assert [language.code for language in own] == ["en", "en", "en"]


def test_a_document_of_short_lines_is_told_from_all_of_them_together():
    lines = ["O ministro", "disse que não", "vai mandar", "nenhum navio", "para a patrulha", "dos cabos"]
    assert all(detect(line).code == UNDETERMINED for line in lines)
    whole, own = detect_document(lines)
    assert whole.code == "pt"
    assert {language.code for language in own} == {"pt"}


# In an invented language.
NOBODYS = "Vreltu okwi zadem brunolk, eshti vaarn, ul tiqre domvul epchwa izzlot, grapsun ebmurk tolqash virrunde."


def test_a_document_in_a_language_that_nobody_knows_is_undetermined():
    whole, own = detect_document([NOBODYS, NOBODYS])
    assert whole == Language(UNDETERMINED, 0.0)
    assert own == (whole, whole)


def test_what_the_publisher_declares_tips_the_scales_and_outweighs_no_clear_text():
    hard = "Presidente Mar Vasco"
    assert (detect(hard, "es").code, detect(hard, "pt").code) == ("es", "pt")
    for declared in ("en", "pt-BR", "zz", "", "not a language"):
        assert detect(FRENCH, declared).code == "fr"
        assert detect_document([FRENCH, FRENCH], declared)[0].code == "fr"


def test_a_paragraph_in_another_variety_of_the_same_language_stays_with_its_document():
    croatian, bosnian = TEXTS["hr"], TEXTS["bs"]
    assert detect(bosnian).code == "bs"
    whole, own = detect_document([croatian, croatian, bosnian, croatian])
    assert {one.code for one in own} == {whole.code} == {"hr"}


def test_a_spanish_paragraph_in_a_portuguese_document_is_spanish():
    spanish = TEXTS["es"]
    _, own = detect_document([PORTUGUESE, spanish, PORTUGUESE])
    assert [one.code for one in own] == ["pt", "es", "pt"]


@pytest.mark.parametrize("paragraphs", [[], [""], ["1", "2", "3"], ["—", "Oslo"]])
def test_a_document_without_words_is_undetermined(paragraphs: list[str]):
    whole, own = detect_document(paragraphs)
    assert whole == Language(UNDETERMINED, 0.0)
    assert len(own) == len(paragraphs)


def test_the_length_of_a_paragraph_counts_not_the_number_of_paragraphs():
    whole, _ = detect_document([FRENCH * 4, ENGLISH, ENGLISH])
    assert whole.code == "fr"


def test_a_very_long_paragraph_is_told_in_no_time():
    assert detect(ENGLISH * 20_000).code == "en"
