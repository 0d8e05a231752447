"""Where cases that are plainly no position leave the classifier: a line through what is seen of them so far.

Most of what is named in the news holds no position there, and much of that shows early: in what the rules make of it,
or half way through the layers. A logistic regression at each exit says how probable it is that the whole classifier
would find a position; a case for which that is next to nothing gets its answer there. Early exits are those of
BranchyNet (Teerapittayanon et al. 2016, https://arxiv.org/abs/1709.01686); `training/exits.py` makes them, with the
layers as they are, and chooses how little is little enough. They lie in the file of the weights.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from digest.engines import Case

NAME = "exit."
"""What the names of the exits' tensors begin with: "exit.3.weight" is behind the third layer."""


@dataclass(frozen=True, slots=True)
class Exit:
    """Behind `layer` layers, before the first where that is 0. `weight` is for what is seen there (nothing at 0), the
    features and how probable a position must be; who is less probable than `most` to be found a position leaves."""

    layer: int
    weight: Tensor
    bias: Tensor
    most: float

    def probabilities(self, seen: Tensor | None, cases: Sequence[Case]) -> Tensor:
        """How probable it is that the whole classifier would find each case to be a position, from what is seen of
        them, a row a case."""
        told = torch.tensor([[*case.features, case.needed] for case in cases])
        score: Tensor = (told if seen is None else torch.cat((seen, told), dim=1)) @ self.weight + self.bias
        return torch.sigmoid(score)

    def lets_go(self, case: Case, probability: float) -> bool:
        """Whether a case so probable leaves. None does for which an exact answer is wanted (`Case.needed` is 0)."""
        return probability < min(self.most, case.needed)


def exits_of(tensors: Mapping[str, Tensor], about: Mapping[str, str], deepest: int) -> tuple[Exit, ...]:
    """The exits in a file of weights, the first first; none in weights for which none have been made.

    Raises KeyError or ValueError where they are not whole, or behind more than `deepest` layers.
    """
    most = {int(layer): float(share) for layer, share in json.loads(about.get("exits", "{}")).items()}
    if any(layer > deepest for layer in most):
        raise ValueError(f"exits behind at most {deepest} layers")
    return tuple(
        Exit(layer, tensors[f"{NAME}{layer}.weight"], tensors[f"{NAME}{layer}.bias"], most[layer])
        for layer in sorted(most)
    )
