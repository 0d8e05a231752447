"""Who is named in a sentence: states, other names, offices, and which of them belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from digest import data
from digest.faithfulness.quantities import calendar
from digest.faithfulness.words import Word, function_words, lexicon, words

_LONGEST_NAME = 5
_REACH_OF_OFFICE = 5


@dataclass(frozen=True, slots=True)
class Office:
    """Someone with an office: the words of the office, the states it is tied to, the names beside it, and whether it is
    one spoken of before ("the minister")."""

    words: frozenset[str]
    states: frozenset[str]
    names: frozenset[str]
    definite: bool


@dataclass(frozen=True, slots=True)
class Who:
    """Everybody in a sentence: codes of states and organisations, words of other names, offices.

    `order` holds codes and names with their places, for the question who does what to whom.
    """

    states: frozenset[str]
    names: frozenset[str]
    offices: tuple[Office, ...]
    order: tuple[tuple[int, str], ...]

    @property
    def office_words(self) -> frozenset[str]:
        """The words of all offices together."""
        return frozenset(word for office in self.offices for word in office.words)


def read(found: Sequence[Word], known: frozenset[str] = frozenset()) -> Who:
    """Everybody named in a sentence. `known` are words that are names elsewhere in the text: they are names here too,
    even where they begin the sentence."""
    states, places = _states(found)
    names: dict[int, str] = {}
    for index, word in enumerate(found):
        if index not in places and _is_name(found, index, known):
            names[index] = word.low
    order = sorted([*((index, code) for index, code in places.items() if code), *names.items()])
    return Who(states, frozenset(names.values()), tuple(_offices(found, places, names)), tuple(order))


def names_within(found: Sequence[Word]) -> set[str]:
    """The words that stand with a capital within a sentence: they are names, or parts of one."""
    return {word.low for index, word in enumerate(found) if not word.first and _is_name(found, index, frozenset())}


def _is_name(found: Sequence[Word], index: int, known: frozenset[str]) -> bool:
    word = found[index]
    if not word.upper or word.low in _not_names() or len(word.low) < 2 or word.low in function_words():
        return False
    if not word.first or word.low in known:
        return True
    after = found[index + 1] if index + 1 < len(found) else None
    if after is None or after.apart or word.text.endswith(("'s", "’s")):
        return False
    follows_name = after.upper and after.low not in _not_names()
    return follows_name or after.low in lexicon()["names"]["speech_behind"] or _is_subject(word, after)


def _is_subject(word: Word, after: Word) -> bool:
    """Whether a first word, without an article and not in the plural, has a verb behind it: "Halonen expects"."""
    return not word.low.endswith(("s", "ing", "ed", "ly")) and after.low in lexicon()["names"]["verbs_behind"]


@cache
def _not_names() -> frozenset[str]:
    lists = frozenset((*lexicon()["roles"]["titles"], *lexicon()["names"]["common"]))
    counted = frozenset((*lexicon()["counting"]["units"], *lexicon()["counting"]["tens"]))
    return calendar("months") | calendar("weekdays") | lists | counted | _heads() | _departments()


# --- states ----------------------------------------------------------------------------------------------------------


@cache
def _forms() -> dict[tuple[str, ...], str]:
    """Every way to name a state or an organisation, as words in lower case, with its code."""
    forms: dict[tuple[str, ...], str] = {}
    for code, row in data.load("countries.toml").items():
        texts = [row["name"], *row.get("also", []), *row.get("adjective", []), *row.get("capital", [])]
        texts += [text + "s" for text in row.get("adjective", []) if text[-1] not in "sh"]
        for text in texts:
            forms.setdefault(_key(text), code)
    for code, row in data.load("organisations.toml")["organisation"].items():
        for text in (row["name"], *row.get("also", []), *row.get("bodies", [])):
            forms.setdefault(_key(text), code)
    forms |= {("union",): "EU", ("european",): "EU", ("brussels",): "EU", ("britain",): "GB", ("washington",): "US"}
    return {key: code for key, code in forms.items() if key}


def _key(text: str) -> tuple[str, ...]:
    return tuple(word.low for word in words(text))


def _states(found: Sequence[Word]) -> tuple[frozenset[str], dict[int, str]]:
    """The codes, and for each place that belongs to one its code ("" behind the first word of a longer name)."""
    places: dict[int, str] = {}
    index = 0
    while index < len(found):
        length = next((n for n in range(_LONGEST_NAME, 0, -1) if _state_at(found, index, n)), 0)
        if length:
            places[index] = _state_at(found, index, length)
            places.update(dict.fromkeys(range(index + 1, index + length), ""))
        index += max(length, 1)
    return frozenset(code for code in places.values() if code), places


def _state_at(found: Sequence[Word], index: int, length: int) -> str:
    run = found[index : index + length]
    if len(run) < length or not run[0].upper or any(word.apart for word in run[1:]):
        return ""
    if length == 1 and run[0].low in ("union", "us") and (run[0].first or run[0].text == "us"):
        return "US" if run[0].text == "US" else ""
    return _forms().get(tuple(word.low for word in run), "")


# --- offices ---------------------------------------------------------------------------------------------------------


@cache
def _heads() -> frozenset[str]:
    """Words that are an office by themselves, in the singular."""
    return frozenset(word for word in data.load("titles.toml")["person"] if " " not in word) | frozenset(
        lexicon()["roles"]["heads"]
    )


@cache
def _departments() -> frozenset[str]:
    return frozenset(lexicon()["roles"]["departments"])


def same_office(word: str, others: frozenset[str]) -> bool:
    """Whether a word of an office is among others, by itself or by one that means the same."""
    groups = [group for group in lexicon()["roles"]["same"] if word in group]
    return word in others or any(set(group) & others for group in groups)


def _offices(found: Sequence[Word], places: dict[int, str], names: dict[int, str]) -> list[Office]:
    offices = []
    for index, word in enumerate(found):
        low = word.low.removesuffix("s")
        if low not in _heads():
            continue
        near = _phrase(found, index)
        held = {low} | {found[i].low for i in near if found[i].low in _departments()}
        states = {places[i] for i in near if places.get(i)}
        beside = frozenset(names[i] for i in near if i in names)
        definite = any(found[i].low == "the" for i in (min(near), min(near) - 1) if i >= 0)
        offices.append(Office(frozenset(held), frozenset(states), beside, definite))
    return offices


def _phrase(found: Sequence[Word], head: int) -> list[int]:
    """The places around an office that belong to its phrase: left while words have capitals or belong to an office,
    right over names, "of", "for" and what they bring."""
    places = [head]
    for index in range(head - 1, max(-1, head - 1 - _REACH_OF_OFFICE), -1):
        if found[index + 1].apart and not found[index].upper:
            break
        if not (found[index].upper or found[index].low in _departments()) or found[index].low == "the":
            break
        places.append(index)
    for index in range(head + 1, min(len(found), head + 2 + _REACH_OF_OFFICE)):
        word = found[index]
        if not (word.upper or word.low in _departments() or word.low in ("of", "for", "the", "and")):
            break
        places.append(index)
    return places
