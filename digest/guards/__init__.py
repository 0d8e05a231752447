"""What is doubtful in a translation? Each guard looks at one sentence, its English and the source's language.

The guards: numbers kept, negation kept, length within reason, no loop.
"""

from __future__ import annotations

from digest.guards.negation import negation_lost
from digest.guards.numbers import missing_numbers


def guard(source: str, english: str, language: str) -> tuple[str, ...]:
    """What is doubtful in a translation, each doubt in words for the reader of the brief; empty when nothing is."""
    doubts = []
    if not english:
        return ("the translation is empty",)
    missing = missing_numbers(source, english)
    if missing:
        doubts.append(f"a number is missing or changed: {', '.join(missing)}")
    if negation_lost(source, english, language):
        doubts.append("a negation may be lost")
    ratio = len(english) / max(len(source), 1)
    if len(source) > 40 and not 0.5 <= ratio <= 2.0:
        doubts.append("much shorter than the original" if ratio < 1 else "much longer than the original")
    if _loops(english) and not _loops(source):
        doubts.append("words are repeated over and over")
    return tuple(doubts)


def _loops(text: str) -> bool:
    """The same run of three words three times."""
    words = text.lower().split()
    runs = [tuple(words[index : index + 3]) for index in range(len(words) - 2)]
    return any(runs.count(run) >= 3 for run in set(runs))
