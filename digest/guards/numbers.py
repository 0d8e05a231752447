"""Are the numbers of a sentence still in its translation?"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\d+(?:[.,  ]\d{3})*(?:[.,]\d+)?")


def missing_numbers(source: str, english: str) -> list[str]:
    """The numbers of the source that the English does not have, as digits, sorted."""
    return sorted(numbers(source) - numbers(english) - _spelt_out(english) - _rewritten(source, english))


def numbers(text: str) -> set[str]:
    """The numbers of a text as digits alone, so that 12.000, 12,000 and 12 000 are the same."""
    return {digits for match in _NUMBER.findall(text) if (digits := re.sub(r"\D", "", match).lstrip("0"))}


_NUMBER_WORDS = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty
"""
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_MONTHS = "january february march april may june july august september october november december"


def _spelt_out(english: str) -> set[str]:
    """Numbers that the English writes as words or as the name of a month."""
    words = set(re.findall(r"[a-z]+", english.lower()))
    lists = (_NUMBER_WORDS.split(), _ORDINALS.split(), _MONTHS.split())
    return {str(value) for names in lists for value, word in enumerate(names, 1) if word in words}


_THOUSANDS = re.compile(rf"({_NUMBER.pattern})\s+(?:mil|mille|mila|tausend|tys|tysięcy|тыс\w*|тис\w*)\b", re.I)
_CLOCK = re.compile(r"\b(1[3-9]|2[0-3])\s?[h:.]\s?(?:[0-5]\d)?\b", re.I)
_HALF_DAY = re.compile(r"\b[ap]\.?m\b", re.I)


def _rewritten(source: str, english: str) -> set[str]:
    """Numbers that English writes otherwise, where it does: 10 mil as 10,000, 18h30 as 6:30 p.m."""
    there = numbers(english)
    thousands = {digits: _thousandfold(match) for match in _THOUSANDS.findall(source) for digits in numbers(match)}
    found = {digits for digits, many in thousands.items() if many in there}
    if _HALF_DAY.search(english):
        found |= {hour for hour in _CLOCK.findall(source) if str(int(hour) - 12) in there}
    return found


def _thousandfold(number: str) -> str:
    """ "2,5" -> "2500"."""
    decimals = re.search(r"[.,](\d{1,2})$", number)
    return re.sub(r"\D", "", number).lstrip("0") + "0" * (3 - len(decimals[1]) if decimals else 3)
