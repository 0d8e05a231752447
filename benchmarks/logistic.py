"""A logistic model in which no measure may speak in favour: all weights are zero or positive, and count against."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
STEPS = 4_000
PENALTY = 0.001
"""How much large weights cost; the data weigh one in sum."""


def fit(measures: Values, true: NDArray[np.bool_], weight: Values, penalty: float = PENALTY) -> tuple[Values, float]:
    """Weights (one for each measure, none negative) and bias, by projected gradient with momentum (Nesterov 1983).

    The chance that a claim is true is then 1 / (1 + exp(measures @ weights - bias)).
    """
    weight = weight / weight.sum()
    signs = np.where(true, 1.0, -1.0)
    size = measures.shape[1]
    point, ahead, bias, bias_ahead, pace = np.ones(size), np.ones(size), 1.0, 1.0, 1.0
    rate = 4.0 / (np.abs(measures) ** 2).sum(axis=1).max()
    for _ in range(STEPS):
        margin = signs * (bias_ahead - measures @ ahead)
        pull = weight * signs / (1.0 + np.exp(np.clip(margin, -40.0, 40.0)))
        new = np.maximum(0.0, ahead - rate * (measures.T @ pull + 2 * penalty * ahead))
        new_bias = bias_ahead + rate * float(pull.sum())
        faster = (1.0 + (1.0 + 4.0 * pace**2) ** 0.5) / 2.0
        ahead = new + (pace - 1.0) / faster * (new - point)
        bias_ahead = new_bias + (pace - 1.0) / faster * (new_bias - bias)
        point, bias, pace = new, new_bias, faster
    return point, bias


def chances(measures: Values, weights: Values, bias: float) -> Values:
    """The chance of each row to be true."""
    made: Values = 1.0 / (1.0 + np.exp(np.clip(measures @ weights - bias, -40.0, 40.0)))
    return made


def auc(values: Values, true: NDArray[np.bool_]) -> float:
    """The chance that a true one lies above a false one, ties counting half."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    above = rank[true].sum() - true.sum() * (true.sum() + 1) / 2
    return float(above / (true.sum() * (~true).sum()))


def balanced(values: Values, true: NDArray[np.bool_], level: float) -> float:
    """The mean of the share of true ones at or above a level and of false ones below."""
    return float(((values[true] >= level).mean() + (values[~true] < level).mean()) / 2)


def best_level(values: Values, true: NDArray[np.bool_]) -> float:
    """The level with the best balanced accuracy."""
    levels: list[Any] = sorted(set(values.tolist()))
    return float(max(levels, key=lambda level: balanced(values, true, level)))
