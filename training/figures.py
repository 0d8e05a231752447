"""How good the classifier is on labelled examples: finding, stance, traps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.examples import Example

NONE = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """At one threshold for "is a position": precision, recall and F1 among candidates, the share of right stances
    among the positions found (by any defensible reading), and traps sprung of traps set."""

    threshold: float
    precision: float
    recall: float
    stance: float
    sprung: int
    traps: int
    loss: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    def __str__(self) -> str:
        return (
            f"at {self.threshold:.2f} P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f} "
            f"stance {self.stance:.3f} traps {self.sprung}/{self.traps} loss {self.loss:.3f}"
        )


def figures(rows: Sequence[Example], found: NDArray[np.float32], threshold: float = 0.5) -> Figures:
    """The figures where a candidate is a position from this probability on."""
    positions = 1 - found[:, NONE] >= threshold
    gold = np.array([row.label != NONE for row in rows])
    border = np.array([len(row.accepted) > 1 and NONE in row.accepted for row in rows])
    trap = np.array([row.trap for row in rows]) & ~border
    hit = positions & gold
    wrong = positions & ~gold & ~border
    stances = [int(found[index, 1:].argmax()) + 1 in rows[index].accepted for index in np.flatnonzero(hit).tolist()]
    losses = [-float(np.log(max(1e-6, found[index, row.label]))) for index, row in enumerate(rows)]
    return Figures(
        threshold=threshold,
        precision=float(hit.sum() / max(1, hit.sum() + wrong.sum())),
        recall=float((hit | (gold & border)).sum() / max(1, gold.sum())),
        stance=float(np.mean(stances)) if stances else 0.0,
        sprung=int((positions & trap).sum()),
        traps=int(trap.sum()),
        loss=float(np.mean(losses)),
    )
