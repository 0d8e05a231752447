"""When two sentences say the same: by what is quoted, by their words, by their meaning; and what tells them apart.

Two sentences with different numbers, different names, or a negation in one of them alone never say the same, however
alike they sound: "two ships" is not "five ships".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

QUOTED = re.compile(r"[\"“«„]([^\"“”«»„]{15,})[\"”»“]")
"""What stands in quotation marks, from fifteen characters on."""

WINDOW = 4
"""Words: a quotation that is shorter could be anybody's."""

SAME_WORDS = 0.75
"""From this share of common words on, counted with their number, two sentences are the same."""

SHARE_OF_WORDS, SAME_MEANING = 0.3, 1.12
"""The cosine of two embeddings, and so much of the share of common words: from that sum on two reports of one time give
the same statement. Set on the forty pairs of `python -m benchmarks.merging`, so that it rather keeps two apart."""

_WORD = re.compile(r"\w+")
_DAY_AND_MONTH = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:\s+\d{4})?|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?\b(?:,?\s+\d{4})?)"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_COUNTED = (
    ("two", "2"), ("three", "3"), ("four", "4"), ("five", "5"), ("six", "6"), ("seven", "7"), ("eight", "8"),
    ("nine", "9"), ("ten", "10"), ("eleven", "11"), ("twelve", "12"), ("fifteen", "15"), ("twenty", "20"),
    ("thirty", "30"), ("forty", "40"), ("fifty", "50"), ("hundred", "100"), ("thousand", "1000"), ("million", "m"),
    ("billion", "bn"), ("half", "1/2"), ("third", "1/3"), ("quarter", "1/4"), ("dozen", "12"),
)  # fmt: skip
_NUMBER_WORDS = dict(_COUNTED)
_NEGATION = re.compile(
    r"\b(?:not|never|no|nor|neither|none|nothing|without|cannot|refus\w+|reject\w*|oppos\w+|rul\w+ out)\b|n[’']t\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<![.!?:“\"«„]\s)(?<![“\"«„(])(?<!^)\b[A-Z][\w’'-]+")
# Capitalised words that name nobody: days, months, offices.
_NO_NAMES = frozenset(
    re.findall(
        r"\w+",
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september october november december minister ministers foreign prime president chancellor secretary state "
        "defence defense government ministry spokesperson spokesman spokeswoman ambassador deputy mr ms mrs dr "
        "interior finance environment energy trade parliament commissioner envoy republic general",
    )
)


@dataclass(frozen=True, slots=True)
class Features:
    """What of a sentence counts when it is compared: words, quotations, numbers, names.

    A word that comes a second time stands in `words` as "word 2": so sets do for counting.
    """

    words: frozenset[str]
    quotations: tuple[tuple[str, ...], ...]
    numbers: frozenset[str]
    names: frozenset[str]
    negated: bool


def features(text: str, own: Collection[str] = ()) -> Features:
    """The features of an English sentence. `own` are the names of the one who speaks: they tell nothing apart."""
    words = [word.lower() for word in _WORD.findall(text)]
    quotations = (tuple(word.lower() for word in _WORD.findall(quoted)) for quoted in QUOTED.findall(text))
    return Features(
        _each_apart(words),
        tuple(quoted for quoted in quotations if len(quoted) >= WINDOW),
        _numbers(text),
        _names(text, own),
        _NEGATION.search(text) is not None,
    )


def _each_apart(words: Iterable[str]) -> frozenset[str]:
    seen: dict[str, int] = {}
    apart = set()
    for word in words:
        count = seen[word] = seen.get(word, 0) + 1
        apart.add(word if count == 1 else f"{word} {count}")
    return frozenset(apart)


def _numbers(text: str) -> frozenset[str]:
    """The numbers of a sentence without those of its dates: on which day it was said is no part of what was said."""
    without = _DAY_AND_MONTH.sub(" ", text)
    figures = {figure.replace(",", "") for figure in _NUMBER.findall(without)}
    return frozenset(
        figures | {_NUMBER_WORDS[word] for word in _WORD.findall(without.lower()) if word in _NUMBER_WORDS}
    )


def _names(text: str, own: Collection[str]) -> frozenset[str]:
    found = (match[0].removesuffix("’s").removesuffix("'s") for match in _CAPITAL.finditer(text))
    passed_over = {word for name in own for word in name.split()}
    return frozenset(name for name in found if name.lower() not in _NO_NAMES and name not in passed_over)


def differ(one: Features, other: Features) -> bool:
    """Whether each has a number or a name that the other lacks, or one alone a negation: then they are two things."""
    return (
        bool(one.numbers - other.numbers and other.numbers - one.numbers)
        or bool(one.names - other.names and other.names - one.names)
        or one.negated is not other.negated
    )


def same_quotation(one: Features, other: Features) -> bool:
    """Whether a quotation of the one stands within a quotation of the other."""
    return any(_contains(a, b) for a in one.quotations for b in other.quotations)


def _contains(one: Sequence[str], other: Sequence[str]) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return f" {' '.join(shorter)} " in f" {' '.join(longer)} "


def same_words(one: Features, other: Features) -> bool:
    """Whether they have nearly the same words, and nothing in them tells the two apart."""
    common = len(one.words & other.words)
    return common >= SAME_WORDS * (len(one.words) + len(other.words) - common) and not differ(one, other)


def same_meaning(cosine: float, one: Features, other: Features) -> bool:
    """Whether sentences whose embeddings have this cosine mean the same, and nothing in them tells the two apart."""
    shared = len(one.words & other.words) / max(1, min(len(one.words), len(other.words)))
    return cosine + SHARE_OF_WORDS * shared >= SAME_MEANING and not differ(one, other)


# --- embeddings as they are kept --------------------------------------------------------------------------------------


def packed(vectors: NDArray[np.float32]) -> bytes:
    """Vectors, a row each, as a byte for each value: the largest of a row becomes 127. Cosines stay within 0.01."""
    if not vectors.size:
        return b""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    rounded = np.rint(vectors / np.where(largest > 0, largest, 1.0) * 127)
    return rounded.astype(np.int8).tobytes()


def unpacked(data: Iterable[bytes], rows: int) -> NDArray[np.float32] | None:
    """What `packed` made, one behind the other, as `rows` vectors of length 1; None where it is not that many."""
    joined = b"".join(data)
    if not joined or not rows or len(joined) % rows:
        return None
    vectors = np.frombuffer(joined, np.int8).reshape(rows, -1).astype(np.float32)
    length = np.sqrt((vectors * vectors).sum(axis=1, keepdims=True))
    scaled: NDArray[np.float32] = (vectors / np.where(length > 0, length, 1.0)).astype(np.float32)
    return scaled
