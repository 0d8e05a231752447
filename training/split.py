"""Which topics train, which decide between versions, and which are set aside until the end: by a hash of the id.

A passage has a topic of its own, so a split of passages is one of topics. The rule stands here before any training; a
passage that is added later falls into its part by the same rule, but for a few whose subject another passage has too:
they lie with that one (`LIKE`), so that nothing that is set aside was trained on under another name.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

SEED = "digest positions 2026"
_PARTS = 5


LIKE = {
    "w4-024": "w5-012",  # the protection of the wolf
    "w4-026": "w5-050",  # ties with Taipei
    "w4-032": "w5-007",  # South Africa and the G20
    "w4-040": "w5-004",  # the graduation of Bangladesh
    "w4-027": "w5-001",  # unanimity in the Union
    "w4-003": "w6-022",  # rules against deforestation
    "w5-049": "w6-026",  # Rwandan troops
    "w4-038": "w5-046",  # roaming
    "w6-021": "w5-046",
}
"""Passages, written later, whose subject a passage of the training part has too: found by reading, before training."""


class Part(StrEnum):
    """What a passage is for."""

    TRAINING = "training"
    DEVELOPMENT = "development"
    ASIDE = "set aside"


def part_of(passage: str) -> Part:
    """The part of a passage by its id: a fifth is set aside, a fifth of the rest is for development."""
    passage = LIKE.get(passage, passage)
    if _number(f"{SEED}|aside|{passage}") == 0:
        return Part.ASIDE
    return Part.DEVELOPMENT if _number(f"{SEED}|development|{passage}") == 0 else Part.TRAINING


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % _PARTS
