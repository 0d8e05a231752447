"""Text -> Language. langdetect is seeded, lower-cased and asked paragraph by paragraph; the script is checked first.

Why so: left alone, langdetect gives another answer each time, is right on half of all capitals, and is sure of itself
on languages that it does not know (Armenian comes out as Estonian with 0.99999).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from digest.model import UNDETERMINED, Language

MIN_LETTERS = 20
"""A paragraph with fewer letters says too little about its language to vote."""

LONG = 60
"""With this many letters, a paragraph that cannot be told is in a language that is not known."""

SURE = 0.9
"""Below this probability langdetect is not believed: so it speaks of languages for which it has no profile."""

_MAX_SAMPLE = 2_000
"""Characters of a paragraph that are looked at: more changes nothing but the time."""

# Scripts that are written for one language of those met here, or that langdetect has no profile for: Unicode names of
# letters begin with the name of their script. "" = the script serves several languages or none that can be told.
_SCRIPT_LANGUAGE = {
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "GREEK": "el",
    "HEBREW": "he",
    "THAI": "th",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "KHMER": "km",
    "LAO": "lo",
    "MYANMAR": "my",
    "SINHALA": "si",
    "TAMIL": "ta",
    "TELUGU": "te",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "ETHIOPIC": "am",
    "TIBETAN": "bo",
    "BENGALI": "bn",
    "ORIYA": "or",
    "THAANA": "dv",
    "MONGOLIAN": "mn",
}
_SCRIPTS_OF_LANGDETECT = {"LATIN", "CYRILLIC", "ARABIC", "DEVANAGARI", "CJK"}
_BCP47 = {"zh-cn": "zh-Hans", "zh-tw": "zh-Hant"}
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\d+")


def detect(text: str) -> Language:
    """The language of one stretch of text, "und" with confidence 0 where there are too few letters to tell."""
    sample = _NOISE.sub(" ", text[:_MAX_SAMPLE]).lower()
    letters = [character for character in sample if character.isalpha()]
    if len(letters) < MIN_LETTERS:
        return Language(UNDETERMINED, 0.0)
    script, share = _script(letters)
    if script in _SCRIPT_LANGUAGE and share >= 0.5:
        return Language(_SCRIPT_LANGUAGE[script], share)
    if script not in _SCRIPTS_OF_LANGDETECT:
        return Language(UNDETERMINED, 0.0)
    found = _ask_langdetect(sample)
    if script == "CJK" and not found.code.startswith("zh"):  # it takes much of the traditional script for Korean
        return Language("zh", share)
    return found


def detect_document(paragraphs: Sequence[str]) -> tuple[Language, tuple[Language, ...]]:
    """The language of a document by vote of its paragraphs, and each paragraph's own.

    A paragraph votes with its length, times the detector's confidence. One that is too short, or not told
    for sure, has the document's language.
    """
    found = [detect(paragraph) for paragraph in paragraphs]
    whole = _vote(zip(paragraphs, found, strict=True))
    if whole.code == UNDETERMINED and all(_letters(paragraph) < LONG for paragraph in paragraphs):
        whole = detect(" ".join(paragraphs))
    own = tuple(_of_paragraph(text, language, whole) for text, language in zip(paragraphs, found, strict=True))
    return whole, own


def _of_paragraph(text: str, own: Language, whole: Language) -> Language:
    """A paragraph departs from its document only when it is long and the detector is sure."""
    return own if own.code != UNDETERMINED and own.confidence >= 0.95 and _letters(text) >= LONG else whole


def _letters(text: str) -> int:
    return sum(character.isalpha() for character in text)


def _vote(votes: Iterable[tuple[str, Language]]) -> Language:
    """The language with most of the vote; its confidence is its share, times how sure the detector was of it."""
    weights: Counter[str] = Counter()
    voters = 0
    for text, language in votes:
        if language.code != UNDETERMINED:
            weights[language.code] += int(1000 * language.confidence * len(text))
            voters += 1000 * len(text)
    if not weights:
        return Language(UNDETERMINED, 0.0)
    code, weight = weights.most_common(1)[0]
    return Language(code, round(weight / voters, 3))


def _script(letters: Iterable[str]) -> tuple[str, float]:
    """The script of most letters, by the first word of their Unicode names, and its share."""
    counts = Counter(_script_of(letter) for letter in letters)
    if counts["HIRAGANA"] + counts["KATAKANA"] > 0.1 * counts.total():
        return "HIRAGANA", 1.0  # Japanese mixes its own scripts with Chinese characters
    name, count = counts.most_common(1)[0]
    return name, count / counts.total()


@cache
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ")[0].split("-")[0]


def _ask_langdetect(text: str) -> Language:
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    detector.append(text)
    try:
        best = detector.get_probabilities()
    except LangDetectException:  # "No features in text": nothing that its profiles know
        return Language(UNDETERMINED, 0.0)
    if not best or best[0].prob < SURE:
        return Language(UNDETERMINED, 0.0)
    return Language(_BCP47.get(best[0].lang, best[0].lang), round(best[0].prob, 3))


@cache
def _factory() -> Any:
    """langdetect's profiles, loaded once, with the seed that makes its answers repeatable."""
    from langdetect import DetectorFactory
    from langdetect.detector_factory import PROFILES_DIRECTORY

    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    factory.seed = 0
    return factory
