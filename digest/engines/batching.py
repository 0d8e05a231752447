"""Sentences of about one length together, so that little is computed for padding."""

from __future__ import annotations

from collections.abc import Sequence


def batches(lengths: Sequence[int], budget: int, most: int) -> list[list[int]]:
    """The numbers 0 .. n-1 in batches of like length: each with at most `most` members, and at most `budget` tokens,
    padding counted (one member at least). The shortest come first."""
    made: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda number: lengths[number]):
        if made and len(made[-1]) < most and (len(made[-1]) + 1) * lengths[index] <= budget:
            made[-1].append(index)
        else:
            made.append([index])
    return made
