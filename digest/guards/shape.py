"""Guards that look at a translation as a whole: its length and sentences, loops, words that were left untranslated."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from digest import data

_ENOUGH = 30
"""Characters of English that the source lets expect, below which lengths say little."""

_SENTENCE_END = re.compile(r"[.!?…。！？؟।;；](?=[\s\"'”’»)」』]|$)|[。！？；।]")
_ABBREVIATION = re.compile(r"\b(?:\w|[A-Z][a-z]{1,2})\.(?=\s)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def too_short(source: str, english: str, language: str) -> bool:
    """Whether the English has far fewer characters than the language of the source lets expect, or lost a sentence."""
    expected = len(source) * usual_ratio(language)
    if expected < _ENOUGH:
        return False
    share = len(english) / expected
    return share < 0.55 or (share < 0.95 and _sentences(english) < _sentences(source))


def too_long(source: str, english: str, language: str) -> bool:
    """Whether the English has far more characters than the language of the source lets expect."""
    expected = len(source) * usual_ratio(language)
    return expected >= _ENOUGH and len(english) > 1.9 * expected


def loops(text: str) -> bool:
    """The same run of three words three times, of five twice, or one or two words over and over."""
    words = [word.lower() for word in _WORD.findall(text)]
    if any(len(set(words[index : index + 4])) == 1 for index in range(len(words) - 3)):
        return True
    if any(words[index : index + 2] * 3 == words[index : index + 6] for index in range(len(words) - 5)):
        return True
    return any(
        count >= times
        for length, times in ((3, 3), (5, 2))
        for count in Counter(tuple(words[index : index + length]) for index in range(len(words) - length + 1)).values()
    )


def untranslated(source: str, english: str, language: str) -> str | None:
    """Words of the English that are still in the source's language, or None."""
    foreign = [word for word in _WORD.findall(english) if not _is_latin(word)]
    if foreign:
        return " ".join(foreign[:5])
    left = _same_run(_WORD.findall(source), _WORD.findall(english))
    if left:
        return left
    words = [word for word in _WORD.findall(english) if word.islower()]
    if len(words) >= 8 and sum(word in _words("english") for word in words) < 0.1 * len(words):
        return " ".join(_WORD.findall(english)[:5])
    return None


@cache
def usual_ratio(language: str) -> float:
    """Characters of English for each character of the source: the median of the language."""
    return float(data.load("lengths.toml")["ratio"].get(language, 1.0))


def _sentences(text: str) -> int:
    return max(len(_SENTENCE_END.findall(_ABBREVIATION.sub(" ", text))), 1)


def _same_run(source: list[str], english: list[str]) -> str | None:
    """Three words of the source side by side in the English, one of them in small letters and not English."""
    runs = {tuple(source[index : index + 3]) for index in range(len(source) - 2)}
    for index in range(len(english) - 2):
        run = tuple(english[index : index + 3])
        small = [
            word
            for word in run
            if word.islower() and word not in _words("english") | _words("particles") and len(word) > 2
        ]
        if run in runs and small:
            return " ".join(run)
    marked = [
        word
        for word in english
        if word.islower() and word in source and not word.isascii() and word not in _words("loans")
    ]
    return marked[0] if marked else None


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(str(data.load("lengths.toml")["words"][key]).split())


@cache
def _is_latin(word: str) -> bool:
    return all("LATIN" in unicodedata.name(letter, "LATIN") for letter in word if letter.isalpha())
