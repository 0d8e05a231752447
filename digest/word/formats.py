"""Formats of fields: `{{ issued : d MMMM yyyy }}`, `{{ source.words : #,##0 }}`, in the language of the brief.

The letters are those of the Unicode CLDR (UTS #35, date field symbols; number patterns); babel writes them out.
"""

from __future__ import annotations

import re
from datetime import date

from digest.model import PartialDate
from digest.word.words import Words

_QUOTED = re.compile(r"'[^']*'")
_DAY_LETTERS = "yMLdEQ"
_CONFUSED = {"D": "d", "Y": "y", "m": "M", "j": "d"}
"""Letters that other programs use, and what they are called here: D is the day of the year, m the minute."""


def day_problem(form: str) -> str | None:
    """What is wrong with a format for days, in words; None for a good one."""
    letters = [letter for letter in _QUOTED.sub("", form) if letter.isascii() and letter.isalpha()]
    foreign = [letter for letter in letters if letter not in _DAY_LETTERS]
    if foreign:
        mended = "".join(_CONFUSED.get(letter, letter) for letter in form)
        hint = f"did you mean '{mended}'?" if all(letter in _CONFUSED for letter in foreign) else _DAY_HELP
        return f"'{foreign[0]}' in the format '{form}' is no letter for days; {hint}"
    if not letters:
        return f"the format '{form}' shows nothing of the day; {_DAY_HELP}"
    return None if _longest(form) <= 5 else f"the format '{form}' repeats a letter too often; {_DAY_HELP}"


_DAY_HELP = "write for instance d MMMM yyyy, or dd.MM.yyyy."


def _longest(form: str) -> int:
    return max((len(match[0]) for match in re.finditer(r"([A-Za-z])\1*", _QUOTED.sub("", form))), default=0)


def number_problem(form: str) -> str | None:
    """What is wrong with a format for numbers, in words; None for a good one."""
    from babel.numbers import parse_pattern

    if not re.fullmatch(r"[#0,. ]{1,30}", form) or not set(form) & set("#0"):
        return f"the format '{form}' is none for numbers; write for instance #,##0."
    try:
        parse_pattern(form)
    except (ValueError, IndexError):
        return f"the format '{form}' is none for numbers; write for instance #,##0."
    return None


def shown_day(value: date | PartialDate, form: str, words: Words) -> str:
    """A day in a format; without one, or where it asks for more than is known, as the brief writes its dates."""
    if isinstance(value, date):
        value = PartialDate.of(value)
    asked = set(_QUOTED.sub("", form))
    unknown = (value.month is None and asked & set("MLQ")) or (value.day is None and asked & set("dE"))
    if not form or unknown:
        return words.partial(value)
    from babel.dates import format_date

    whole = date(value.year, value.month or 1, value.day or 1)
    return str(format_date(whole, form, locale=words.locale))


def shown_number(value: int, form: str, words: Words) -> str:
    """A number in a format; without one with a separator of thousands."""
    if not form:
        return words.number(value)
    from babel.numbers import format_decimal

    return str(format_decimal(value, form, locale=words.locale))
