"""Are the numbers and months of a sentence still in its translation, and no others?

A number is compared by its value, so that 12.500, 12,500, "10 mil", 1.2万, ٣٠, "vinte e cinco" and their English are
the same; what is written with digits may also come back digit for digit (a telephone number).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from digest.guards.numerals import Number, known, meant_by, numbers_in, ordinals, plain_digits

_DIGITS = re.compile(r"\d+(?:[.,  ]\d{3})*(?:[.,]\d+)?")
_LATIN_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_WORD = re.compile(r"[^\W\d_]+")
_CLOCK = re.compile(r"\b(1[3-9]|2[0-3])\s?[h:.時时点點]\s?(?:[0-5]\d)?", re.I)
_TIME = re.compile(r"\b(\d{1,2})\.(\d\d)(?=\s?[ap]\.?m)", re.I)
_ROMAN = re.compile(r"\b[IVXLC]{2,}\b")
_HALF_DAY = re.compile(r"\b[ap]\.?\s?m\b|\b(?:afternoon|evening|night)\b", re.I)
_BIG = 13
"""A smaller number is too often put in by good translators (Article 5, one of the two) to count as added."""

_MONTHS = "january february march april may june july august september october november december"


def wrong_numbers(source: str, english: str, language: str) -> tuple[list[str], list[str]]:
    """The numbers of the source that the English lacks, and those of the English that the source lacks, as written.

    `language` is the source's, without region. Numbers that the English has too many are looked for only where the
    number words of the source's language are known.
    """
    source, english = plain_digits(source), _TIME.sub(r"\1:\2", plain_digits(english))
    wanted, there = list(numbers_in(source, language)), list(numbers_in(english, "en"))
    english_values = {value for one in there for value in one.values} | _in_words(english)
    if not months(source, language):  # 14/12/2026 as 14 December
        english_values |= {float(month) for month in months(english, "en")}
    source_values = {value for one in wanted for value in one.values} | {float(one) for one in months(source, language)}
    source_values |= {_roman(one) for one in _ROMAN.findall(source)}
    clock = _clock_hours(source, english)
    missing = [one.text for one in wanted if not _stands_in(one, english_values, english) and one.text not in clock]
    if not known(language):
        return missing, []
    added = [
        one.text
        for one in there
        if one.text[0].isdigit() and max(one.values) >= _BIG and not _stands_in(one, source_values, source)
    ]
    return missing, added


def wrong_months(source: str, english: str, language: str) -> bool:
    """Whether the source names a month that the English has neither by name nor by number."""
    digits = numbers(english)
    return any(month not in months(english, "en") and str(month) not in digits for month in months(source, language))


def numbers(text: str) -> set[str]:
    """The numbers of a text as digits alone, so that 12.000, 12,000 and 12 000 are the same."""
    return {digits for match in _DIGITS.findall(text) if (digits := re.sub(r"\D", "", match).lstrip("0"))}


def months(text: str, language: str) -> frozenset[int]:
    """The months that a text names."""
    names = _month_names(language)
    if not names:
        return frozenset()
    prefixed = language in ("ar", "he", "fa", "ur")
    return frozenset(
        number
        for word in _WORD.findall(text.lower())
        for name, number in names.items()
        if word == name or (len(name) > 4 and word.startswith(name)) or (prefixed and word.endswith(name))
    )


def _stands_in(number: Number, values: set[float], text: str) -> bool:
    if number.values & values:
        return True
    digits = number.text[0].isdigit()
    if digits and numbers(number.text) & numbers(text):
        return True
    return digits and any(_same_year(value, other) for value in number.values for other in values)


def _same_year(one: float, other: float) -> bool:
    """ "anos 90" and "the 1990s", '26 and 2026."""
    short, long = sorted((one, other))
    return short < 100 and long in (1900 + short, 2000 + short)


def _in_words(english: str) -> set[float]:
    """Numbers that the English writes as ordinals or words such as "both" and "dozen"."""
    words = _LATIN_WORD.findall(english.lower())
    words += [part for word in words if "-" in word for part in word.split("-")]
    order = ordinals()
    found = {float(order[word]) for word in words if word in order} | meant_by(iter(words))
    return found | {value for word in words for one in numbers_in(word, "en") for value in one.values}


def _roman(letters: str) -> float:
    values = [_ROMAN_VALUES[letter] for letter in letters]
    following = [*values[1:], 0]
    return float(sum(-one if one < after else one for one, after in zip(values, following, strict=True)))


_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def _clock_hours(source: str, english: str) -> set[str]:
    """Hours after noon that the English writes on the clock's face: 18h30 as 6:30 p.m."""
    if not _HALF_DAY.search(english):
        return set()
    there = numbers(english)
    return {hour for hour in _CLOCK.findall(source) if str(int(hour) - 12) in there}


@cache
def _month_names(language: str) -> Mapping[str, int]:
    """Names of months as the CLDR has them, in both of its forms (Russian "ноябрь" and "ноября"), in lower case."""
    if language == "en":
        names = {name: number for number, name in enumerate(_MONTHS.split(), 1)}
        return names | {name[:3]: number for name, number in names.items()} | {"sept": 9}
    from babel import Locale, UnknownLocaleError

    try:
        tables = Locale.parse(language).months
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, int] = {}
    for form in ("format", "stand-alone"):
        for number, name in tables[form]["wide"].items():
            if not any(character.isdigit() for character in name) and len(name) > 2:
                found.setdefault(name.lower(), number)
    return found
