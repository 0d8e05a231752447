"""Which of several close relatives? Decided by words that one writes and the others do not."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from digest.language import facts

MARKER = 1.8
"""What one marker tells, as a logarithm of odds."""
_FLOOR = 0.02
"""A relative that the detectors give nothing at all keeps this share: markers can still make it win."""

_WORD = re.compile(r"(?<![\w'’&])[^\W\d_]+(?:-[^\W\d_]+)*")


def settle(text: str, script: str, shares: Mapping[str, float]) -> dict[str, float]:
    """The shares with those of the leading language and its relatives dealt out anew by the words of the text."""
    settled = dict(shares)
    if not shares:
        return settled
    leader = max(shares, key=lambda code: shares[code])
    for group in facts.relatives():
        if leader not in group.languages or script != group.script:
            continue
        together = sum(shares.get(language, 0.0) for language in group.languages)
        odds = _odds(text, shares, group, together)
        whole = sum(odds.values())
        for language, value in odds.items():
            settled[language] = together * value / whole
    return settled


def are_close(one: str, other: str) -> bool:
    """Whether the detectors confuse two languages (codes without script)."""
    return any({one, other} <= set(group.languages) for group in facts.relatives())


def are_varieties(one: str, other: str) -> bool:
    """Whether two languages are so near that a document in one has no paragraph in the other."""
    return any({one, other} <= set(group.varieties) for group in facts.relatives())


def _odds(text: str, shares: Mapping[str, float], group: facts.Relatives, together: float) -> dict[str, float]:
    scores = {
        language: group.trust * math.log(max(shares.get(language, 0.0) / together, _FLOOR))
        + group.favour.get(language, 0.0)
        for language in group.languages
    }
    for word in _WORD.findall(text):
        for language in group.spoken_for(word):
            scores[language] += MARKER
    best = max(scores.values())
    return {language: math.exp(max(score - best, -20.0)) for language, score in scores.items()}
