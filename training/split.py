"""Which topics train, which decide between versions, and which are set aside until the end: by a hash of the id.

A passage has a topic of its own, so a split of passages is one of topics. The rule stands here before any training; a
passage that is added later falls into its part by the same rule, but for a few whose subject another passage has too:
they train (`LIKE`), so that nothing that is set aside was trained on under another name.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

SEED = "digest positions 2026"
_PARTS = 5


LIKE = (
    ("w4-003", "w6-022"),  # rules against deforestation
    ("w4-024", "w5-031", "w6-030"),  # the protection of the wolf
    ("w4-026", "w5-045"),  # ties with Taipei
    ("w4-027", "w5-001", "w6-005"),  # unanimity in the Union
    ("w4-032", "w5-003"),  # South Africa and the G20
    ("w4-038", "w5-049", "w6-021"),  # roaming
    ("w4-040", "w5-004", "w6-006"),  # the graduation of Bangladesh
    ("w4-059", "w6-009"),  # English in the Union
    ("w5-009", "w6-017"),  # Türkiye and the Union's arms
    ("w5-046", "w6-026"),  # Rwandan troops
    ("w6-028", "w7-006"),  # Soviet memorials
    ("w7-004", "w8-019"),  # travel of Africans without a visa
    ("w7-009", "w8-012"),  # the Funan Techo canal
    ("w7-011", "w8-009"),  # the treaty on the Indus
    ("w7-013", "w8-044"),  # the Caribbean Court of Justice
)
"""Passages on one subject: found by reading, before training. All of them train."""

_TRAINING = frozenset(passage for group in LIKE for passage in group)


class Part(StrEnum):
    """What a passage is for."""

    TRAINING = "training"
    DEVELOPMENT = "development"
    ASIDE = "set aside"


def part_of(passage: str) -> Part:
    """The part of a passage by its id: a fifth is set aside, a fifth of the rest is for development."""
    if passage in _TRAINING:
        return Part.TRAINING
    if _number(f"{SEED}|aside|{passage}") == 0:
        return Part.ASIDE
    return Part.DEVELOPMENT if _number(f"{SEED}|development|{passage}") == 0 else Part.TRAINING


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % _PARTS
