"""What is doubtful in a translation? Each guard looks at one sentence, its English and the source's language.

The guards: numbers, dates, names and negations kept and none put in, nothing cut off, no loop, nothing left
untranslated. A doubt is a hint for the reader, who sees the original beside the English; it is no proof.
"""

from __future__ import annotations

from digest.guards.names import wrong_names
from digest.guards.negation import negation_added, negation_lost
from digest.guards.numbers import wrong_months, wrong_numbers
from digest.guards.shape import loops, too_long, too_short, untranslated


def guard(source: str, english: str, language: str) -> tuple[str, ...]:
    """What is doubtful in a translation, each doubt in words for the reader of the brief; empty when nothing is.

    `language` is the BCP 47 code of the source.
    """
    if not english.strip():
        return ("the translation is empty",)
    code = language.partition("-")[0]
    doubts = [*_numbers(source, english, code), *_names(source, english, code)]
    if negation_lost(source, english, code):
        doubts.append("a negation may be lost")
    elif negation_added(source, english, code):
        doubts.append("a negation may have come in")
    doubts += _shape(source, english, code)
    return tuple(doubts)


def _numbers(source: str, english: str, code: str) -> list[str]:
    missing, added = wrong_numbers(source, english, code)
    doubts = [f"a number is missing or changed: {', '.join(missing)}"] if missing else []
    if added and not missing:
        doubts.append(f"a number that is not in the original: {', '.join(added)}")
    if wrong_months(source, english, code):
        doubts.append("a month is missing or changed")
    return doubts


def _names(source: str, english: str, code: str) -> list[str]:
    missing, added = wrong_names(source, english, code)
    doubts = [f"a name may be missing: {', '.join(missing)}"] if missing else []
    if added:
        doubts.append(f"a name that is not in the original: {', '.join(added)}")
    return doubts


def _shape(source: str, english: str, code: str) -> list[str]:
    doubts = []
    if too_short(source, english, code):
        doubts.append("much shorter than the original")
    if too_long(source, english, code):
        doubts.append("much longer than the original")
    if loops(english) and not loops(source):
        doubts.append("words are repeated over and over")
    if rest := untranslated(source, english, code):
        doubts.append(f"words are left untranslated: {rest}")
    return doubts
