"""Measure how well the program tells which sentences are about a topic, and fit the constants that decide it.

    python -m benchmarks.relevance [--labelled] [FOLDER or FILE]...

The texts of data/positions_heldout_a.json, and of every further gold file given (all *.json with texts in a folder),
each have a topic; with `--labelled`, those of the labelled corpus that train the classifier instead. A sentence that
carries a core position is about its text's own topic; every sentence of a text is foreign to the topics of all others.
Printed are

- the gate of `digest/relevance.py` (does the text deal with the topic at all?): with the shipped constants, and fitted
  anew, cross-validated so that no text is judged by constants that were fitted on it;
- the score of a single sentence, 0 where the gate is shut, at several levels, `digest.positions.NEAR` among them.

"Kept" is the share of own pairs at or above the level, "let in" that of foreign ones.

AUC is the chance that an own pair scores higher than a foreign one, ties counting half.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import gold, labelled, stages
from benchmarks.gold import GoldDocument
from benchmarks.positions import DEVELOPMENT
from digest import relevance, sentences
from digest.model import Document, Sentence, Topic
from digest.positions import NEAR
from training.split import Part

FOLDS = 6
STRENGTH = 10.0
"""How much the data weigh against the penalty for large weights (the C of common logistic regressions)."""

Values = NDArray[np.float64]


LEVELS = (0.05, NEAR, 0.15, 0.20, 0.25, 0.30)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Sentence-topic pairs: the gate's measures of text and topic (a column of ones last), the score of the sentence,
    whether the topic is its own, and the number of the text."""

    measures: Values
    score: Values
    own: NDArray[np.bool_]
    text: NDArray[np.int64]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measurements; 0 when done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relevance", description="Measure the sense for topics.")
    parser.add_argument("more", type=Path, nargs="*", metavar="FOLDER|FILE", help="further gold files with texts")
    parser.add_argument("--labelled", action="store_true", help="the passages that train the classifier instead")
    options = parser.parse_args(arguments)
    files = [*(() if options.labelled else (DEVELOPMENT,)), *_files(options.more)]
    documents = [one for path in files for one in gold.load(path)]
    documents += labelled.documents(Part.TRAINING) if options.labelled else ()
    pairs = collect(documents)
    print(f"{len(documents)} texts and topics; {pairs.own.sum()} own pairs, {(~pairs.own).sum()} foreign pairs\n")
    print(f"{'':<32}{'AUC':>6}{'kept':>8}{'let in':>8}   constants (nearness, words, bias)")
    shipped = np.array([relevance._GATE_NEARNESS, relevance._GATE_WORDS, relevance._GATE_BIAS])
    _show("gate as shipped", pairs.measures @ shipped, pairs.own, 0.0, shipped)
    fitted = fit(pairs.measures, pairs.own)
    _show("gate fitted on all texts", pairs.measures @ fitted, pairs.own, 0.0, fitted)
    _show(f"gate fitted, {FOLDS}-fold by text", cross_validated(pairs), pairs.own, 0.0)
    shut = np.unique(pairs.text[pairs.own & (pairs.measures @ shipped < 0)])
    of_texts = _once(pairs)
    print(
        f"gate as shipped, each text once: {(of_texts.measures @ shipped >= 0)[of_texts.own].mean():.1%} of own topics "
        f"kept, {(of_texts.measures @ shipped >= 0)[~of_texts.own].mean():.1%} of foreign ones let in"
    )
    print(f"shut to their own topic as shipped: {', '.join(documents[n].key for n in shut) or 'none'}\n")
    print(f"{'':<32}{'AUC':>6}{'kept':>8}{'let in':>8}")
    for level in LEVELS:
        mark = " (NEAR)" if level == NEAR else ""
        _show(f"sentence from {level:.2f}{mark}", pairs.score, pairs.own, level)
    return 0


def _once(pairs: Pairs) -> Pairs:
    """A pair for each text and topic, whatever number of sentences it has."""
    _, first = np.unique(np.column_stack([pairs.text, pairs.measures]), axis=0, return_index=True)
    return Pairs(pairs.measures[first], pairs.score[first], pairs.own[first], pairs.text[first])


def _show(name: str, values: Values, own: NDArray[np.bool_], level: float, constants: Values | None = None) -> None:
    kept, let_in = (values[own] >= level).mean(), (values[~own] >= level).mean()
    shown = "   " + ", ".join(f"{one:.1f}" for one in constants) if constants is not None else ""
    print(f"{name:<32}{auc(values, own):>6.3f}{kept:>8.1%}{let_in:>8.1%}{shown}")


def _files(given: Iterable[Path]) -> list[Path]:
    """The gold files among what was given: of a folder those whose documents bring their text."""
    files = []
    for path in given:
        for file in sorted(path.glob("*.json")) if path.is_dir() else [path]:
            documents = json.loads(file.read_text(encoding="utf-8"))["documents"]
            if path.is_dir() and not all("text" in one for one in documents):
                print(f"left out, it brings no texts: {file}")
                continue
            files.append(file)
    return files


def collect(documents: Sequence[GoldDocument]) -> Pairs:
    """All pairs of the texts, through the program's own reading, cutting and embedding."""
    topics = [Topic(f"t{number}", one.topic) for number, one in enumerate(documents)]
    topic_vectors = stages.models().embedder.embed([relevance.topic_text(topic) for topic in topics])
    parts = []
    for number, (one, document) in enumerate(zip(documents, stages.read(documents, None), strict=True)):
        cut = _cut(document)
        vectors = stages.models().embedder.embed([sentence.text for sentence in cut])
        near = np.clip(vectors @ topic_vectors.T, 0.0, 1.0)
        words = np.array(
            [[relevance._share(s.english or "", topic) for topic in topics] for s in cut], dtype=np.float32
        )
        third = max(1, len(cut) // 3)
        measures = np.stack([relevance._top(near, third), relevance._top(words, third), np.ones(len(topics))], axis=1)
        scores = relevance.relevance(cut, vectors, topics, topic_vectors)
        chosen = np.ones(scores.shape, dtype=bool)
        chosen[:, number] = [_carries(sentence, one) for sentence in cut]
        row, column = np.nonzero(chosen)
        parts.append(
            Pairs(
                measures[column].astype(np.float64),
                scores[row, column].astype(np.float64),
                column == number,
                np.full(len(row), number),
            )
        )
    return Pairs(
        np.concatenate([part.measures for part in parts]),
        np.concatenate([part.score for part in parts]),
        np.concatenate([part.own for part in parts]),
        np.concatenate([part.text for part in parts]),
    )


def _cut(document: Document) -> list[Sentence]:
    text = document.text
    return [
        Sentence(document.id, span.start, span.end, text[span.start : span.end], "en", span.paragraph)
        for span in sentences.split(text, document.furniture, "en")
    ]


def _carries(sentence: Sentence, document: GoldDocument) -> bool:
    core = (row.evidence for row in document.rows if row.level == "core")
    return any(evidence in sentence.text or sentence.text in evidence for evidence in core)


# --- logistic regression ---------------------------------------------------------------------------------------------


def fit(measures: Values, own: NDArray[np.bool_]) -> Values:
    """The weights of a logistic model by Newton's method, own and foreign pairs weighing the same in sum.

    The constant (last column) is not penalised. Raises ArithmeticError where the steps do not settle.
    """
    weight = np.where(own, 0.5 / own.sum(), 0.5 / (~own).sum()) * len(own) * STRENGTH
    penalty = np.ones(measures.shape[1])
    penalty[-1] = 0.0
    beta = np.zeros(measures.shape[1])
    for _ in range(100):
        chance = _chance(measures @ beta)
        slope = measures.T @ (weight * (chance - own)) + penalty * beta
        curve = (measures * (weight * chance * (1 - chance))[:, None]).T @ measures + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        beta = beta - step
        if np.abs(step).max() < 1e-8:
            return beta
    raise ArithmeticError("the logistic model did not settle")


def _chance(logit: Values) -> Values:
    chance: Values = 1.0 / (1.0 + np.exp(-np.clip(logit, -40.0, 40.0)))
    return chance


def cross_validated(pairs: Pairs) -> Values:
    """The logit of each pair by a model that was fitted without its text."""
    logit = np.zeros(len(pairs.own))
    for fold in range(FOLDS):
        out = pairs.text % FOLDS == fold
        logit[out] = pairs.measures[out] @ fit(pairs.measures[~out], pairs.own[~out])
    return logit


def auc(values: Values, own: NDArray[np.bool_]) -> float:
    """The chance that an own pair lies above a foreign one, by ranks."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    above = rank[own].sum() - own.sum() * (own.sum() + 1) / 2
    return float(above / (own.sum() * (~own).sum()))


if __name__ == "__main__":
    sys.exit(main())
