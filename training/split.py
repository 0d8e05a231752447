"""Which topics train, which decide between versions, and which are set aside until the end: by a hash of the id.

A passage has a topic of its own, so a split of passages is one of topics. The rule stands here before any training; a
passage that is added later falls into its part by the same rule.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

SEED = "digest positions 2026"
_PARTS = 5


class Part(StrEnum):
    """What a passage is for."""

    TRAINING = "training"
    DEVELOPMENT = "development"
    ASIDE = "set aside"


def part_of(passage: str) -> Part:
    """The part of a passage by its id: a fifth is set aside, a fifth of the rest is for development."""
    if _number(f"{SEED}|aside|{passage}") == 0:
        return Part.ASIDE
    return Part.DEVELOPMENT if _number(f"{SEED}|development|{passage}") == 0 else Part.TRAINING


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % _PARTS
