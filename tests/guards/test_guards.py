from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import guards as benchmark
from digest.guards import guard
from digest.guards.names import alike, folded
from digest.guards.numbers import numbers
from digest.guards.numerals import numbers_in, plain_digits

CASES = json.loads((Path(__file__).parent.parent / "cases" / "translations.json").read_text(encoding="utf-8"))


def marked(case: dict[str, Any]) -> Any:
    known = case.get("known_failure")
    return pytest.param(case, id=case["name"], marks=[pytest.mark.xfail(strict=True, reason=known)] if known else [])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_the_guards_name_each_fault_and_are_silent_on_good_translations(case: dict[str, Any]):
    assert list(guard(case["source"], case["english"], case["language"])) == case["doubts"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12.000, 12,000 e 12 000", {"12000"}),
        ("2,5 ou 2.5", {"25"}),
        ("às 08h05", {"8", "5"}),
        ("de 2024 a 2026, 300 navios", {"2024", "2026", "300"}),
        ("nenhum", set()),
        ("0 e 00", set()),
    ],
)
def test_numbers_are_the_same_however_they_are_written(text: str, found: set[str]):
    assert numbers(text) == found


PAIRS = benchmark.load()


def test_there_are_pairs_in_twelve_languages():
    assert len({pair.language for pair in PAIRS}) >= 12
    assert len({pair.source for pair in PAIRS}) == len(PAIRS)


def test_the_guards_doubt_hardly_any_good_translation():
    doubted = [pair.source for pair in PAIRS if guard(pair.source, pair.english, pair.language)]
    assert len(doubted) < 0.03 * len(PAIRS), doubted


def test_the_guards_see_nearly_every_planted_fault():
    seen = [bool(guard(pair.source, faulty, pair.language)) for pair in PAIRS for _, faulty in benchmark.faults(pair)]
    assert len(seen) > 1000
    assert sum(seen) >= 0.95 * len(seen)


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("pt", "10 mil soldados e 2,5 milhões, vinte e cinco navios", [10_000, 2_500_000, 25]),
        ("de", "dreihundertfünfundvierzig Schiffe, 2,3 Mrd. Euro und zwölftausend Mann", [345, 2.3e9, 12_000]),
        ("it", "ventitré navi e duecentomila euro", [23, 200_000]),
        ("fr", "quatre-vingt-dix-sept navires, deux cent mille hommes, soixante et onze", [97, 200_000, 71]),
        ("es", "dos mil quinientos millones", [2.5e9]),
        ("ru", "двадцать пять кораблей, 2,3 млрд рублей, сто пятьдесят тысяч", [25, 2.3e9, 150_000]),
        ("uk", "сорок дронів, триста тисяч", [40, 300_000]),
        ("pl", "dwadzieścia pięć statków, 3 mld i dwustu ludzi", [25, 3e9, 200]),
        ("tr", "yirmi beş gemi, iki yüz bin kişi", [25, 200_000]),
        ("id", "dua puluh lima kapal, seratus lima puluh ribu, dua belas", [25, 150_000, 12]),
        ("nl", "vijfentwintig schepen, tweehonderdduizend", [25, 200_000]),
        ("da", "femogtyve skibe", [25]),
        ("sv", "tjugofem fartyg, trehundra", [25, 300]),
        ("ar", "٢٥ سفينة وخمسة وعشرون، ثلاثة ملايين", [25, 25, 3_000_000]),
        ("hi", "पांच लाख", [500_000]),
        ("zh", "三十五艘船，1.2亿元，百分之四十，两个国家，三万五千", [35, 1.2e8, 40, 2, 35_000]),
        ("zh", "星期三在三亚，第一次", []),
        ("en", "two hundred and fifty thousand, 2.5 million, twenty-five, $3bn", [250_000, 2_500_000, 25, 3e9]),
    ],
)
def test_numbers_in_digits_and_in_words_have_their_values(language: str, text: str, values: list[float]):
    assert [sorted(one.values) for one in numbers_in(plain_digits(text), language)] == [[value] for value in values]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Воронцов", "Vorontsov", True),
        ("Selenskyj", "Zelensky", True),
        ("Kuznetsov", "Кузнецов", True),
        ("Гончаренко", "Honcharenko", True),
        ("Zarębski", "Zarebski", True),
        ("Λαβρόφ", "Lavrov", True),
        ("Valadão", "Valadao", True),
        ("Paris", "Berlin", False),
        ("Merkel", "Macron", False),
        ("Brannagh", "Severim", False),
    ],
)
def test_a_name_is_known_again_in_another_spelling_or_script(one: str, other: str, same: bool):
    assert alike(folded(one), folded(other)) is same
