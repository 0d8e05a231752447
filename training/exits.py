"""Make the exits of the classifier: where a case that is plainly no position leaves it (`digest/engines/exits.py`).

    python -m training.exits [--weights FILE] [--threads N] [--curve] [--dry]

Run again whenever the weights change. Reads the training and the development part of `training/corpus/`, asks the
classifier about every case that the program would ask about, and fits at each exit a logistic regression to what it
decides, the layers as they are. How little is little enough to leave is chosen so that of a hundred thousand cases no
more than `LOST` lose a position: on the training part, each fifth of its topics by a line through the others, and on
the development part, the stricter of the two. Prints what could leave behind each layer, writes the exits into the file
of the weights, and prints its SHA-256. The part that is set aside is never read here. Nothing is left to chance.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from digest import positions, relevance
from digest.engines import load_embedder
from digest.engines.judge import PositionJudge
from digest.engines.parser import EnglishParser
from digest.positions.cases import FEATURES, FINGERPRINT
from digest.positions.deciding import by_model, is_open
from training import passages, weights
from training.form import Passage, load
from training.split import Part, part_of

ROOT = Path(__file__).resolve().parent
WEIGHTS = ROOT.parent / "digest" / "data" / "positions.safetensors"

LOST = {0: 200, 3: 100}
"""The exits, by the number of layers before them, and how many of a hundred thousand cases may lose their position at
each. Behind three layers a case has cost 58 % of what it costs in the end, before the first nothing; behind one or two
little more can leave than before, behind four it hardly pays."""

PENALTY = 0.01
"""What large weights cost, for measures of mean 0 and deviation 1. From 0.0003 to 0.03 more is better or the same."""

RARE = 30
"""A case with a feature that fewer cases of the training part have does not leave: too little is known of its like."""

_NEVER = 20.0
"""The weight of such a feature."""

FOLDS = 5
CURVE = (100, 200, 300, 500)

Values = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Judged:
    """Cases with what the classifier made of them: what was seen behind each layer (cases, layers, 768), the features
    with the probability needed (cases, features + 1), whether it decided for a position, whether the corpus has one
    there, and of which passage each is, by its number."""

    seen: Values
    told: Values
    position: NDArray[np.bool_]
    labelled: NDArray[np.bool_]
    passage: NDArray[np.int64]

    def measures(self, layer: int) -> Values:
        """What an exit looks at, a row a case."""
        return self.told if layer == 0 else np.concatenate((self.seen[:, layer - 1], self.told), axis=1)


@dataclass(frozen=True, slots=True)
class Line:
    """A logistic regression."""

    weight: Values
    bias: float

    def probabilities(self, measures: Values) -> Values:
        """Of each row."""
        found: Values = 1 / (1 + np.exp(-(measures @ self.weight + self.bias)))
        return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print, write; 0 when done."""
    parser = argparse.ArgumentParser(prog="python -m training.exits", description="Make the classifier's exits.")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="the file that gets the exits")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus", help="the folder of the labelled passages")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--curve", action="store_true", help="print what could leave behind other layers too (slower)")
    parser.add_argument("--dry", action="store_true", help="print the figures and write nothing")
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    judge = PositionJudge(options.weights.read_bytes(), FINGERPRINT)
    corpus = load(options.corpus)
    training, development = (
        judged([one for one in corpus if part_of(one.id) is part], judge) for part in (Part.TRAINING, Part.DEVELOPMENT)
    )
    common = (training.told != 0).sum(axis=0) >= RARE
    common[len(FEATURES) :] = True
    print(f"{len(training.position)} cases of the training part, {len(development.position)} of the development part")
    made = {}
    for layer in sorted({*range(5), *LOST} if options.curve else LOST):
        line, apart = fitted(training, layer, common)
        _print_curve(layer, training, apart, development, line)
        if layer in LOST:
            most = _most(layer, training, apart, development, line.probabilities(development.measures(layer)))
            made[layer] = (line.weight, line.bias, most)
    _print_result(development, made)
    if not options.dry:
        mark = weights.with_exits(options.weights, made)
        print(f"{options.weights}: SHA-256 {mark}; it belongs in digest/engines/signatures.py")
    return 0


def judged(chosen: Sequence[Passage], judge: PositionJudge) -> Judged:
    """The cases of some passages, read as the program reads a document on the passage's topic."""
    parser, embedder = EnglishParser(), load_embedder()
    made = []
    for number, passage in enumerate(chosen):
        sentences, topic = passages.sentences_of(passage), passages.topic_of(passage)
        texts = [one.text for one in sentences]
        near = relevance.relevance(
            sentences, embedder.embed(texts), [topic], embedder.embed([relevance.topic_text(topic)])
        )
        asked = positions.ask(sentences, list(parser.parse(texts)), [topic], near, passages.setting_of(passage))
        if not asked.cases:
            continue
        matters = [matter for matter in asked.matters if is_open(matter)]
        items = dict(zip((one.start for one in sentences), map(passages.items_of, passage.lines()), strict=True))
        labels = [items[one.sentence.sentence.start].get(one.candidate.holder.code) for one in matters]
        seen, rows = judge.behind_layers(asked.cases)
        found = [by_model(matter, row) is not None for matter, row in zip(matters, rows.tolist(), strict=True)]
        told = np.array([[*case.features, case.needed] for case in asked.cases], dtype=np.float32)
        labelled = np.array([label is not None and label.label != "-" for label in labels])
        made.append(Judged(seen, told, np.array(found), labelled, np.full(len(found), number)))
    return Judged(
        *(np.concatenate([getattr(one, name) for one in made]) for name in ("seen", "told", "position")),
        *(np.concatenate([getattr(one, name) for one in made]) for name in ("labelled", "passage")),
    )


def fitted(rows: Judged, layer: int, common: NDArray[np.bool_]) -> tuple[Line, Values]:
    """The line for an exit, and what each case would get from a line that has seen nothing of its passage's fifth."""
    measures = rows.measures(layer)
    used = np.concatenate((np.ones(measures.shape[1] - len(common), dtype=bool), common))
    apart = np.zeros(len(measures), dtype=np.float32)
    for fold in range(FOLDS):
        own = rows.passage % FOLDS == fold
        apart[own] = fit(measures[~own], rows.position[~own], used).probabilities(measures[own])
    return fit(measures, rows.position, used), apart


def fit(measures: Values, position: NDArray[np.bool_], used: NDArray[np.bool_]) -> Line:
    """Logistic regression with a penalty on the square of the weights, by L-BFGS. What is not used has no weight in it,
    and in the end one with which no case leaves."""
    mean, spread = measures.mean(axis=0), measures.std(axis=0) + 1e-3
    x = torch.tensor((measures - mean) / spread * used)
    y = torch.tensor(position, dtype=torch.float32)
    weight, bias = torch.zeros(x.shape[1], requires_grad=True), torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.LBFGS([weight, bias], max_iter=60, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        found = functional.binary_cross_entropy_with_logits(x @ weight + bias, y) + PENALTY * (weight**2).sum()
        found.backward()
        return found

    optimiser.step(loss)
    final: Values = weight.detach().numpy() * used / spread
    return Line((final + _NEVER * ~used).astype(np.float32), float(bias.detach()) - float((mean * final).sum()))


def level(shares: Values, position: NDArray[np.bool_], lost: int) -> float:
    """The probability below which at most `lost` of a hundred thousand cases are positions that would be lost."""
    above = np.sort(shares[position])
    return float(above[int(lost * len(shares) / 100_000)])


def _most(layer: int, training: Judged, apart: Values, development: Judged, shares: Values) -> float:
    lost = LOST[layer]
    return min(level(apart, training.position, lost), level(shares, development.position, lost))


def _print_curve(layer: int, training: Judged, apart: Values, development: Judged, line: Line) -> None:
    shares = line.probabilities(development.measures(layer))
    for lost in CURVE:
        most = level(apart, training.position, lost)
        parts = [f"behind {layer} layers, {lost / 1000:.1f} % lost of the training part, below {most:.3f}:"]
        for name, rows, found in (("training", training, apart), ("development", development, shares)):
            left = found < most
            gone = left & rows.position
            parts.append(
                f"{name} {left.mean():.3f} leave, {gone.mean():.4f} change, {int((gone & rows.labelled).sum())} of "
                f"{int((rows.position & rows.labelled).sum())} right ones lost;"
            )
        print(" ".join(parts), flush=True)


def _print_result(rows: Judged, made: weights.Exits) -> None:
    """What the exits together do on the development part, and whether their probabilities are true there."""
    left = np.zeros(len(rows.position), dtype=bool)
    told: list[float] = []
    for layer, (weight, bias, most) in sorted(made.items()):
        shares = Line(weight, bias).probabilities(rows.measures(layer))
        leaving = ~left & (shares < np.minimum(most, rows.told[:, -1]))
        told += shares[leaving].tolist()
        left |= leaving
        print(f"exit behind {layer} layers: below {most:.4f}, {leaving.mean():.3f} of the development part leave")
    gone = left & rows.position
    print(
        f"together {left.mean():.3f} leave, {int(gone.sum())} of {len(left)} decisions change, "
        f"{int((gone & rows.labelled).sum())} of {int((rows.position & rows.labelled).sum())} right positions are "
        f"lost; of those who leave {gone.sum() / max(1, left.sum()):.4f} are positions, {np.mean(told or [0]):.4f} "
        "were foreseen"
    )


if __name__ == "__main__":
    sys.exit(main())
