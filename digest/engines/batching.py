"""Sentences of about one length together, so that little is computed for padding."""

from __future__ import annotations

from collections.abc import Sequence

ENOUGH = 8
"""Members from which on a batch takes only what is of like length: what padding costs is more than company gains."""

SPREAD, SLACK = 1.25, 2
"""How many times longer than the shortest, and how many tokens more, the longest of such a batch may be."""


def batches(lengths: Sequence[int], budget: int, most: int) -> list[list[int]]:
    """The numbers 0 .. n-1 in batches of like length: each with at most `most` members, and at most `budget` tokens,
    padding counted (one member at least). The shortest come first."""
    made: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda number: lengths[number]):
        if made and _takes([lengths[member] for member in made[-1]], lengths[index], budget, most):
            made[-1].append(index)
        else:
            made.append([index])
    return made


def _takes(batch: Sequence[int], length: int, budget: int, most: int) -> bool:
    if len(batch) >= most or (len(batch) + 1) * length > budget:
        return False
    return len(batch) < ENOUGH or length <= batch[0] * SPREAD + SLACK
