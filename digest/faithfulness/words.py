"""The words of a sentence as the check compares them: each with a stem, and whether a comma stands before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from digest import data

_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|%|\$|€|£")
_BREAK = re.compile(r"[,;:()\[\]—–]|\s-\s")
_QUOTE_MARKS = '"“”„«»'
# "45m" and "1.1bn" are millions and billions, "45m deep" are metres; a day with a name of its own has a date.
_MILLIONS = re.compile(r"(?<=\d)(m|mn|bn|tn|k)\b(?! (?:deep|long|wide|high|tall|away|below|above)\b)")
_SCALE = {"m": " million", "mn": " million", "bn": " billion", "tn": " trillion", "k": " thousand"}
_NEW_YEAR = re.compile(r"\bNew Year['’]s (Day|Eve)\b")
_ENDINGS = (
    "ments",
    "ment",
    "ations",
    "ation",
    "tions",
    "tion",
    "sions",
    "sion",
    "able",
    "ible",
    "ing",
    "ies",
    "ied",
    "ed",
    "es",
    "s",
    "al",
    "ly",
)
_SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as written, in lower case without a possessive ending, and its stem.

    `first` says whether it begins the sentence or a quotation in it, `apart` whether a comma, bracket or dash stands
    before it.
    """

    text: str
    low: str
    stem: str
    first: bool
    apart: bool

    @property
    def upper(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


def words(text: str) -> tuple[Word, ...]:
    """The words of a sentence in order; numbers are words, punctuation is none."""
    text = _DOTTED.sub(lambda match: match[0].replace(".", ""), text)
    text = _MILLIONS.sub(lambda match: _SCALE[match[1]], text)
    text = _NEW_YEAR.sub(lambda match: "1 January" if match[1] == "Day" else "31 December", text)
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        titled = bool(found) and found[-1].low in _titles()
        ended = bool(re.search(r"[.!?]\s", between)) and not titled
        first = not found or any(mark in between for mark in _QUOTE_MARKS) or ended
        low = _without_possessive(match[0].lower())
        found.append(Word(match[0], low, stem(low), first, bool(_BREAK.search(between))))
        end = match.end()
    return tuple(found)


@cache
def _titles() -> frozenset[str]:
    return frozenset(lexicon()["roles"]["titles"])


def _without_possessive(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) else word.rstrip("'’")


@cache
def lexicon() -> dict[str, Any]:
    """The lists of data/faithfulness.toml."""
    return data.load("faithfulness.toml")


@cache
def function_words() -> frozenset[str]:
    """Words without content of their own."""
    return frozenset(lexicon()["function_words"])


@cache
def cues(kind: str) -> frozenset[str]:
    """The words of one list under [cues]."""
    return frozenset(lexicon()["cues"][kind])


@cache
def _same_word() -> dict[str, str]:
    return {form: base for base, forms in lexicon()["same_word"].items() for form in forms}


@cache
def stem(word: str) -> str:
    """What two forms of one word have in common: "agreed", "agrees" and "agreement" give the same."""
    base = _same_word().get(word)
    if base is None:
        base = _cut(word)
        base = _same_word().get(base, base)
    else:
        return _cut(base)
    return base


def _cut(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM - 1:
            word = word[: -len(ending)] + ("y" if ending in ("ies", "ied") else "")
            break
    if len(word) > _SHORTEST_STEM - 1:
        word = word.rstrip("e")
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2]:
        word = word[:-1]
    return word


def is_content(word: Word) -> bool:
    """Whether a word says something by itself: neither a function word nor a number."""
    return word.low not in function_words() and not word.low[0].isdigit() and len(word.low) > 1
