"""Is a negation of the sentence still in the translation, and is none there that the sentence does not have?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from digest import data

_AS = {"bs": "sr", "hr": "sr", "ms": "id", "nn": "nb", "no": "nb", "gl": "pt", "sk": "cs"}
"""Languages that deny with nearly the words of another one."""

_CONCORD = frozenset(
    ("pt", "es", "it", "ro", "fr", "ca", "gl", "pl", "cs", "sk", "sl", "ru", "uk", "be", "bg", "mk", "sr", "hr", "bs")
).union(("hu", "el", "fa", "he", "tr", "fi"))
"""Languages in which "nobody did not" is one negation."""

_ROMANCE = frozenset(("pt", "es", "fr", "it", "ro", "ca", "gl"))
_UNSPACED = frozenset(("zh", "ja", "ko"))


@dataclass(frozen=True, slots=True)
class _Denials:
    """The negations of one language as patterns; see data/negation.toml."""

    main: re.Pattern[str]
    free: re.Pattern[str]
    other: re.Pattern[str]
    soft: re.Pattern[str]
    idioms: re.Pattern[str]


def negation_lost(source: str, english: str, language: str) -> bool:
    """Whether the source denies more often than the English, which may say it by a word like "refuse" instead."""
    found = _counts(source, english, language)
    if found is None:
        return False
    wanted, soft, there, there_soft = found
    return wanted > there + max(0, there_soft - soft)


def negation_added(source: str, english: str, language: str) -> bool:
    """Whether the English denies more often than the source, which may say it by a word like "refuse" instead."""
    found = _counts(source, english, language)
    if found is None:
        return False
    wanted, soft, there, there_soft = found
    return there > wanted + max(0, soft - there_soft)


def _counts(source: str, english: str, language: str) -> tuple[int, int, int, int] | None:
    """Denials and softly negative words of the source, and those of the English; None for a language without a list."""
    denials, there = _denials(language), _denials("en")
    if denials is None or there is None:
        return None
    text = denials.idioms.sub(" ", source)
    patterns = (denials.main, denials.other, denials.soft, denials.free)
    main, other, soft, free = (len(pattern.findall(text)) for pattern in patterns)
    if language == "fr":  # "ne" is dropped by some, and stands alone in "ne ... que"
        main = min(main, other)
    plain = there.idioms.sub(" ", english)
    strong = len(there.main.findall(plain)) + min(len(there.other.findall(plain)), 1) + len(there.free.findall(plain))
    own = max(main, min(other, 1)) if language in _CONCORD else main + other
    return own + free, soft, strong, len(there.soft.findall(english)) + len(there.idioms.findall(english))


@cache
def _denials(language: str) -> _Denials | None:
    table: Mapping[str, Any] = data.load("negation.toml")
    entry: Mapping[str, Any] | None = table.get(_AS.get(language, language))
    if entry is None:
        return None
    unspaced = language in _UNSPACED
    words = {key: str(entry.get(key, "")).split() for key in ("main", "free", "other", "soft")}
    if language in _ROMANCE:
        words["soft"] += table["shared"]["romance"].split()
    main, free, other, soft = (_pattern(listed, unspaced) for listed in words.values())
    return _Denials(main, free, other, soft, _pattern(entry.get("idioms", []), unspaced))


def _pattern(words: Iterable[str], unspaced: bool) -> re.Pattern[str]:
    alternatives = "|".join(
        re.escape(word).replace(r"\*", r"[\w’'-]*") for word in sorted(words, key=len, reverse=True)
    )
    if not alternatives:
        return re.compile(r"(?!)")
    return re.compile(alternatives if unspaced else rf"(?<![\w’'])(?:{alternatives})(?!\w)", re.I)
