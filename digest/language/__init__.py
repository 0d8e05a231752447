"""Text -> Language: the script is looked at first, two detectors are asked, words decide between close relatives.

Why two: langdetect alone is right on 77 % of single sentences in 62 languages, on half of that in capitals, and sure of
itself on languages that it does not know; see benchmarks/README.md. "und" is an answer: where the detectors are not
sure enough for the length of the text, no language is said.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from digest.language import facts, relatives, scripts, voices
from digest.model import UNDETERMINED, Language

MIN_LETTERS = 14
"""A paragraph with fewer letters says too little about its language to vote."""

MIN_LETTERS_OF_OWN_SCRIPT = 4
"""The same where the script is written for one language, or its letters are words or syllables."""

LONG = 60
"""With this many letters, a paragraph that cannot be told is in a language that is not known."""

SURE = 0.95
"""So sure must the detectors be of a paragraph that departs from its document."""

HINT = 0.15
"""What the publisher's own word on the language counts: it tips the scales and never outweighs a clear text."""

_MAX_SAMPLE = 2_000
"""Characters of a paragraph that are looked at: more changes nothing but the time."""

_OWN_LETTERS = 0.03
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\d+")


def detect(text: str, declared: str | None = None) -> Language:
    """The language of one stretch of text as BCP 47, "und" with confidence 0 where it cannot be told.

    `declared` is what the publisher says (an HTML lang attribute): a hint for texts that are hard to tell.
    """
    sample = unicodedata.normalize("NFC", _NOISE.sub(" ", text[:_MAX_SAMPLE]).lower())
    letters = Counter(character for character in sample if character.isalpha())
    script = scripts.script_of(letters)
    few = MIN_LETTERS_OF_OWN_SCRIPT if script == "CJK" or facts.language_of_script(script) else MIN_LETTERS
    if letters.total() < few:
        return Language(UNDETERMINED, 0.0)
    plain = scripts.only(sample, script)
    shares = _shares(plain, script, letters)
    if declared:
        _hear(shares, declared)
    return _answer(plain, script, letters.total(), relatives.settle(plain, script, shares))


def detect_document(paragraphs: Sequence[str], declared: str | None = None) -> tuple[Language, tuple[Language, ...]]:
    """The language of a document by vote of its paragraphs, and each paragraph's own.

    A paragraph votes with its length, times the detectors' confidence. One that is too short, or not told for sure, or
    told as another variety of it (Bosnian in Croatian), has the document's language.
    """
    found = [detect(paragraph, declared) for paragraph in paragraphs]
    whole = _vote(zip(paragraphs, found, strict=True))
    if whole.code == UNDETERMINED:
        if all(_letters(paragraph) < LONG for paragraph in paragraphs):
            whole = detect(" ".join(paragraphs), declared)
    else:
        whole = _among_varieties(whole, paragraphs, found, declared)
    own = tuple(_of_paragraph(text, language, whole) for text, language in zip(paragraphs, found, strict=True))
    return whole, own


def _shares(plain: str, script: str, letters: Counter[str]) -> dict[str, float]:
    only_one = facts.language_of_script(script)
    if only_one:
        return {only_one: 1.0}
    for language, own in facts.own_letters().items():
        if sum(letters[letter] for letter in own) >= _OWN_LETTERS * letters.total():
            return {language: 1.0}
    if script == "CJK":
        return {"zh": 1.0}
    return voices.ask(plain) if script in facts.shared_scripts() else {}


def _hear(shares: dict[str, float], declared: str) -> None:
    """A hint counts where the detectors think of that language at all."""
    code = facts.name_of(declared.lower().partition("-")[0].partition("_")[0])
    if code in shares:
        for language in shares:
            shares[language] = (shares[language] + HINT * (language == code)) / (1 + HINT)


def _answer(plain: str, script: str, count: int, shares: dict[str, float]) -> Language:
    if not shares:
        return Language(UNDETERMINED, 0.0)
    code = max(shares, key=lambda one: shares[one])
    # Close relatives share what is certain about the text: a sentence that could be Croatian or Bosnian is one of them.
    certain = sum(share for other, share in shares.items() if other == code or relatives.are_close(code, other))
    if code == UNDETERMINED or certain < _enough(count):
        return Language(UNDETERMINED, 0.0)
    return Language(_with_script(code, script, plain), round(min(shares[code], 1.0), 3))


def _enough(letters: int) -> float:
    """The share that a text of so many letters needs: 98 of 100 right answers lie above it, most wrong ones below."""
    return 0.3 if letters < 40 else 0.45 if letters < 120 else 0.55


def _with_script(code: str, script: str, text: str) -> str:
    if code == "zh":
        return f"zh-{scripts.chinese_writing(text)}"
    if code == "sr":
        return "sr-Cyrl" if script == "CYRILLIC" else "sr-Latn"
    return code


def _base(code: str) -> str:
    return code.partition("-")[0]


def _among_varieties(
    whole: Language, paragraphs: Sequence[str], found: Sequence[Language], declared: str | None
) -> Language:
    """Where paragraphs differ among varieties, they are asked once more, all together."""
    codes = {one.code for one in found if relatives.are_varieties(_base(one.code), _base(whole.code))}
    if len(codes) < 2:
        return whole
    together = [text[:300] for text, one in zip(paragraphs, found, strict=True) if one.code in codes]
    again = detect("\n".join(together), declared)
    return Language(again.code, max(whole.confidence, again.confidence)) if again.code in codes else whole


def _of_paragraph(text: str, own: Language, whole: Language) -> Language:
    """A paragraph departs from its document only when it is long and the detectors are sure."""
    departs = own.code != UNDETERMINED and own.confidence >= SURE and _letters(text) >= LONG
    if not departs or relatives.are_varieties(_base(own.code), _base(whole.code)):
        return whole
    return own


def _letters(text: str) -> int:
    return sum(character.isalpha() for character in text)


def _vote(votes: Iterable[tuple[str, Language]]) -> Language:
    """The language with most of the vote; its confidence is its share, times how sure the detectors were of it."""
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
