"""Which script is a text written in? Unicode names of letters begin with the name of their script."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache

# Scripts that are mixed in one word or sentence of a language.
_FAMILY = {"KATAKANA": "HIRAGANA"}
# Letters of an alphabet that one of these says as much as.
_DENSITY = {"CJK": 3, "HIRAGANA": 2, "KATAKANA": 2, "HANGUL": 2}
_WITH = {"HIRAGANA": frozenset(("CJK",)), "HANGUL": frozenset(("CJK",))}


def script_of(letters: Counter[str]) -> str:
    """The script of most letters, in capitals, or "" for none. Japanese is "HIRAGANA"."""
    counts: Counter[str] = Counter()
    for letter, count in letters.items():
        name = _script(letter)
        counts[_FAMILY.get(name, name)] += count * _DENSITY.get(name, 1)
    if not counts:
        return ""
    if counts["HIRAGANA"] > 0.1 * counts.total():
        return "HIRAGANA"  # Japanese mixes its own scripts with Chinese characters
    return counts.most_common(1)[0][0]


def only(text: str, script: str) -> str:
    """The text without the letters of other scripts: names and quotations that mislead a detector."""
    kept = {script, *_WITH.get(script, ())}
    return "".join(
        character if not character.isalpha() or _FAMILY.get(_script(character), _script(character)) in kept else " "
        for character in text
    )


def chinese_writing(text: str) -> str:
    """ "Hans" or "Hant", by characters that only one of the two national character sets has (GB 2312, Big5)."""
    simplified = sum(_only_in(character, "gb2312", "big5") for character in text)
    traditional = sum(_only_in(character, "big5", "gb2312") for character in text)
    return "Hant" if traditional > simplified else "Hans"


@cache
def _only_in(character: str, this: str, other: str) -> bool:
    return character > "\u3400" and _encodes(character, this) and not _encodes(character, other)


def _encodes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ")[0].split("-")[0]
