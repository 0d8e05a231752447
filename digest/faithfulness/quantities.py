"""Numbers and dates of a sentence in a form in which "40 cents" is 0.40 and "mid-December" fits 15 December."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from digest.faithfulness.words import Word, is_content, lexicon

_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "bn": 1e9, "dozen": 12.0}
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_WHOLE = {"halved": 0.5, "halving": 0.5, "doubled": 2.0, "double": 2.0, "twice": 2.0, "tripled": 3.0, "decade": 10.0}
_PARTS_OF_MONTH = {"early": (1, 10), "mid": (10, 20), "late": (20, 31), "end": (20, 31), "out": (20, 31)}
_REACH = 4
_TOLERANCE = 1e-6
_ROUNDED = 0.03
"""How far a number may be off that was turned into another unit: 120 days are four months."""
_NO_ORDINAL = frozenset(("of", "more", "less", "fewer", "higher", "lower", "to", "in", "for", "from", "and", "or"))


@cache
def _counting(kind: str) -> dict[str, int]:
    """Words that stand for a number: "units" (one to nineteen), "tens", "ordinals", "months"."""
    step = 10 if kind == "tens" else 1
    first = 2 if kind == "tens" else 1
    rows = lexicon()["counting"][kind]
    return {word: step * number for number, row in enumerate(rows, first) for word in row.split()}


@cache
def calendar(kind: str) -> frozenset[str]:
    """Words of the calendar: "weekdays", "seasons", "relative", "spans", "months"."""
    return frozenset(_counting("months")) if kind == "months" else frozenset(lexicon()["calendar"][kind])


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number: its value (a share as a fraction of one) and the stems of the words of content around it.

    `unit` is the word for what it counts, where that is a unit that others can be turned into (length, mass, time).
    """

    value: float
    text: str
    around: frozenset[str]
    unit: str = ""
    share: bool = False

    def fits(self, other: Quantity) -> bool:
        """Whether a source that says `other` bears out this: the same number, or the same in another unit, or a share
        beside a bare number ("from 91 per cent to 74")."""
        if equal(self.value, other.value):
            return True
        if self.share is not other.share:
            return equal(self.value, other.value / 100) if self.share else equal(self.value / 100, other.value)
        mine, theirs = _base(self), _base(other)
        if self.unit == other.unit or not mine or not theirs or mine[0] != theirs[0]:
            return False
        return abs(mine[1] - theirs[1]) <= _ROUNDED * max(mine[1], theirs[1])


def equal(one: float, other: float) -> bool:
    """Whether two numbers are the same but for how a computer keeps them."""
    return abs(one - other) <= _TOLERANCE * max(1.0, abs(one))


def _base(number: Quantity) -> tuple[str, float] | None:
    """What its unit measures, and the number in the smallest unit of that."""
    for kind, table in lexicon()["units"].items():
        if number.unit in table:
            return kind, number.value * float(table[number.unit])
    return None


@cache
def _unit_words() -> frozenset[str]:
    return frozenset(word for table in lexicon()["units"].values() for word in table)


@dataclass(frozen=True, slots=True)
class When:
    """A date or a part of one. `days` is the range of days of the month that it may mean."""

    kind: str
    text: str
    name: str = ""
    month: int = 0
    days: tuple[int, int] | None = None

    def fits(self, other: When) -> bool:
        """Whether a source that says `other` bears out this."""
        if self.kind != other.kind or self.name != other.name or self.month != other.month:
            return False
        if self.days is None or other.days is None:
            return self.days is None or self.days[0] != self.days[1]
        return self.days[0] <= other.days[1] and other.days[0] <= self.days[1]


def read(found: Sequence[Word]) -> tuple[list[Quantity], list[When]]:
    """The numbers and the dates of a sentence; what belongs to a date is no number besides."""
    dates, taken = _dates(found)
    numbers: list[Quantity] = []
    index = 0
    while index < len(found):
        value, length = (None, 1) if index in taken else _number(found, index)
        if value is not None:
            text = " ".join(word.text for word in found[index : index + length])
            numbers.append(
                Quantity(
                    value,
                    text,
                    _around(found, index, length),
                    _unit(found, index + length),
                    _is_share(found, index, length),
                )
            )
        index += length
    return numbers, dates


def _unit(found: Sequence[Word], at: int) -> str:
    at += _low(found, at) in ("a", "an")  # "half a year"
    low = _low(found, at).removesuffix("s")
    return low if low in _unit_words() else ""


def _is_share(found: Sequence[Word], at: int, length: int) -> bool:
    lows = [word.low for word in found[at : at + length + 1]]
    return any(low in ("percent", "%", "cent") for low in lows)


def _around(found: Sequence[Word], start: int, length: int) -> frozenset[str]:
    end = start + length
    behind, before = found[end : end + _REACH], found[max(0, start - 2) : start]
    return frozenset(word.stem for word in (*before, *behind) if is_content(word) and word.low not in _SCALES)


# --- numbers ---------------------------------------------------------------------------------------------------------


def _number(found: Sequence[Word], at: int) -> tuple[float | None, int]:
    """The number that begins at a word, and how many words it takes; (None, 1) where none does."""
    low = found[at].low
    if low in _WHOLE:
        return _WHOLE[low], 1
    if low in ("half", "halves"):
        return 0.5, 1
    if low in ("a", "an", "every") and _low(found, at + 1) in _PARTS and (low == "every" or _is_part(found, at + 2)):
        return 1 / _PARTS[_low(found, at + 1)], 2
    value, length = _cardinal(found, at)
    if value is None:
        return None, 1
    return _with_unit(found, at, value, length)


def _is_part(found: Sequence[Word], at: int) -> bool:
    """Whether "a third" is a part, by the word behind it: "a third of", not "a third week"."""
    return at >= len(found) or found[at].apart or _low(found, at) in _NO_ORDINAL or not is_content(found[at])


def _with_unit(found: Sequence[Word], at: int, value: float, length: int) -> tuple[float | None, int]:
    """A cardinal number with what follows it: a share, a percentage, cents."""
    after, then = _low(found, at + length), _low(found, at + length + 1)
    if after.removesuffix("s") in _PARTS:
        return value / _PARTS[after.removesuffix("s")], length + 1
    for gap in (0, 1):  # "one in ten", "one lorry in ten"
        if _low(found, at + length + gap) == "in" and (gap == 0 or value == 1):
            other, more = _cardinal(found, at + length + gap + 1)
            if other and other > value and _low(found, at + length + gap + 1 + more) not in _counting("months"):
                return value / other, length + gap + 1 + more
    if after in ("to", "and", "or") and value > 1:  # "from 12 to 8 per cent", "31 and 14 percent"
        _, more = _cardinal(found, at + length + 1)
        if _low(found, at + length + 1 + more) in ("percent", "%") or _low(found, at + length + 2 + more) == "cent":
            return value / 100, length
    if after in ("percent", "%") or (after == "per" and then == "cent"):
        return value / 100, length + (1 if after != "per" else 2)
    if after in ("cents", "cent"):
        return value / 100, length + 1
    if value == 1 and not found[at].low[0].isdecimal():
        return None, 1  # "one" is mostly a pronoun
    return value, length


def _cardinal(found: Sequence[Word], at: int) -> tuple[float | None, int]:
    low = _low(found, at)
    if low[:1].isdecimal():
        value, length = _digits(low), 1
    elif low in _counting("tens"):
        unit = _counting("units").get(_low(found, at + 1), 0)
        value, length = float(_counting("tens")[low] + (unit if unit < 10 else 0)), 2 if 0 < unit < 10 else 1
    elif low in _counting("units"):
        value, length = float(_counting("units")[low]), 1
    elif low == "a" and _low(found, at + 1) in _SCALES:
        value, length = 1.0, 1
    else:
        return None, 1
    if _low(found, at + length) == "and" and _low(found, at + length + 2) in ("half",):  # "one and a half"
        return value + 0.5, length + 3
    while (scale := _SCALES.get(_low(found, at + length))) is not None:
        value, length = value * scale, length + 1
    return value, length


def _digits(text: str) -> float:
    """ "576,000" -> 576000, "12.5" -> 12.5, "1.234.567" -> 1234567."""
    groups = text.replace(",", ".").split(".")
    thousands = len(groups) > 2 or ("," in text and all(len(group) == 3 for group in groups[1:]))
    return float("".join(groups)) if thousands else float(".".join(groups))


def _low(found: Sequence[Word], at: int) -> str:
    return found[at].low if 0 <= at < len(found) else ""


# --- dates -----------------------------------------------------------------------------------------------------------


def _dates(found: Sequence[Word]) -> tuple[list[When], set[int]]:
    """The dates, and the places of the words that are part of one."""
    dates: list[When] = []
    taken: set[int] = set()
    for index, word in enumerate(found):
        low = word.low.removesuffix("s") if word.low.removesuffix("s") in calendar("weekdays") else word.low
        if low in calendar("weekdays"):
            dates.append(When("weekday", word.text, low))
        elif low in _counting("months") and word.upper and not (low == "may" and _is_verb(found, index)):
            days, places = _day_of_month(found, index)
            taken |= places
            dates.append(
                When("month", " ".join(found[i].text for i in sorted(places)), "", _counting("months")[low], days)
            )
        elif low in calendar("spans") and _low(found, index - 1) in calendar("relative"):
            way = _low(found, index - 1).replace("coming", "next").replace("previous", "last")
            dates.append(When("span", f"{found[index - 1].text} {word.text}", f"{way} {low}"))
        elif low in calendar("seasons"):
            dates.append(When("season", word.text, low))
        elif len(low) == 4 and low.isdecimal() and 1800 <= int(low) <= 2100 and not _counted(found, index):
            taken.add(index)
            dates.append(When("year", word.text, low))
    return dates, taken


def _is_verb(found: Sequence[Word], index: int) -> bool:
    """ "May" at the beginning of a sentence, with a verb or a pronoun behind it."""
    return found[index].first and not _low(found, index + 1)[:1].isdecimal()


def _counted(found: Sequence[Word], index: int) -> bool:
    """Whether a number that looks like a year counts something: "1980 tonnes"."""
    after = _low(found, index + 1)
    return after in _SCALES or after in (
        "per",
        "percent",
        "%",
        "euros",
        "dollars",
        "tonnes",
        "people",
        "soldiers",
        "km",
    )


def _day_of_month(found: Sequence[Word], index: int) -> tuple[tuple[int, int] | None, set[int]]:
    before, after = _low(found, index - 1), _low(found, index + 1)
    places = {index}
    if _is_day(before):
        return (int(before), int(before)), places | {index - 1}
    if _is_day(after):
        return (int(after), int(after)), places | {index + 1}
    if before == "of" and _low(found, index - 2) in _counting("ordinals"):
        day = _counting("ordinals")[_low(found, index - 2)]
        return (day, day), places | {index - 2, index - 1}
    part = _low(found, index - 2) if before == "of" else before
    return _PARTS_OF_MONTH.get(part), places


def _is_day(low: str) -> bool:
    return low.isdecimal() and 1 <= int(low) <= 31 and len(low) <= 2
