"""Measure the check of claims against their source.

    python -m benchmarks.faithfulness                 # planted faults and honest paraphrases, both halves
    python -m benchmarks.faithfulness --fit           # fit the weights on parts a, c and d; write them to digest/data
    python -m benchmarks.faithfulness FILE.csv        # annotated summaries: columns doc, summ, error_type

Planted faults: from each sentence that has a paraphrase, and from each with a quotation, false sentences are made by
program, one fault each (faults.py). "Refused" is the share of claims below the shipped threshold: high is right for
faults, low for paraphrases. Faults planted into paraphrases are both at once, reworded and false. "Foreign" are true
sentences of another document. Part d has the documents of a with other paraphrases. The weights were fitted on a, c, d.

CSV: a summary is as well supported as its worst sentence; error_type "correct" means no error. Printed are AUC and
balanced accuracy with the shipped weights and threshold, and with weights fitted anew, cross-validated by document.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import keyfacts, logistic, stages, tables
from benchmarks.faults import plant
from benchmarks.keyfacts import KeyDocument
from digest import faithfulness, sentences
from digest.faithfulness import Measures, Source
from digest.model import Sentence

WEIGHTS = Path(__file__).parent.parent / "digest" / "data" / "faithfulness_weights.toml"
THRESHOLD = 0.6
"""Chosen on the parts a, c and d, so that 96 in 100 planted faults are refused."""

FLOOR = {"novelty_all": 0.3, "bigrams": 0.1, "distance": 0.5, "office_moved": 1.3}
"""The least weight of what our paraphrases, honest however free, do not teach: in summaries that a model wrote, other
words and another meaning are signs of an error (novel words and bigrams: AUC .83 on CNN/DM in CLIFF's annotations).
An office that the document gives to somebody else is enough to refuse a claim."""

FOLDS = 5
SHARES = {"verbatim": 0.15, "paraphrase": 0.35, "fault": 0.25, "fault in a paraphrase": 0.15, "foreign": 0.10}
"""How much each group of claims weighs in the fit."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim to be checked, what it is made by, and whether it is true to its document."""

    group: str
    kind: str
    text: str
    true: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measurements; 0 when done."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.faithfulness", description="Measure the check of claims."
    )
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE.csv", help="annotated summaries")
    parser.add_argument("--fit", action="store_true", help="fit the weights on parts a, c and d and write them")
    parser.add_argument("--verbose", action="store_true", help="with every claim of half a that was judged wrongly")
    options = parser.parse_args(arguments)
    if options.file:
        return tables.told(_annotated, options.file)
    if options.fit:
        _write(*_fitted(*_both(("a", "c", "d"))))
    for half in ("a", "c", "d", "b"):
        claims, measures = collect(half)
        scores = np.array([faithfulness.score_of(one) for one in measures])
        print(
            f"\nhalf {half}"
            + (" (weights and rules were made with it)" if half != "b" else " (not used in making them)")
        )
        _show(claims, scores)
        if options.verbose and half != "b":
            _mistakes(claims, measures, scores)
    return 0


# --- claims ----------------------------------------------------------------------------------------------------------


def claims_of(document: KeyDocument, other: KeyDocument) -> Iterator[Claim]:
    """The claims about a document, true and false; `other` lends the foreign ones."""
    paraphrased = {one.lines[0] for one in document.paraphrases}
    for index, sentence in enumerate(document.sentences):
        seed = f"{document.key}{index}"
        if index in paraphrased:
            yield Claim("verbatim", "", sentence.text, True)
            for fault in plant(sentence.text, document.text, seed):
                yield Claim("fault", fault.kind, fault.text, False)
        elif '"' in sentence.text:
            for fault in plant(sentence.text, document.text, seed, ("quotation", "speaker")):
                yield Claim("fault", fault.kind, fault.text, False)
    for one in document.paraphrases:
        yield Claim("paraphrase", "", one.text, True)
        for fault in plant(one.text, document.text, document.key + one.text):
            yield Claim("fault in a paraphrase", fault.kind, fault.text, False)
    for sentence in other.sentences[::2]:
        yield Claim("foreign", "", sentence.text, False)


def collect(half: str) -> tuple[list[Claim], list[Measures]]:
    """The claims about the documents of a half, and what is held against each."""
    documents = keyfacts.load(half)
    claims: list[Claim] = []
    measures: list[Measures] = []
    for number, document in enumerate(documents):
        mine = list(claims_of(document, documents[(number + 1) % len(documents)]))
        vectors = stages.models().embedder.embed([one.text for one in document.sentences])
        source = Source(document.sentences, document.title, vectors)
        said = stages.models().embedder.embed([claim.text for claim in mine])
        claims += mine
        measures += [faithfulness.measure(c.text, source, v)[0] for c, v in zip(mine, said, strict=True)]
    return claims, measures


def _both(parts: Sequence[str]) -> tuple[list[Claim], list[Measures]]:
    found = [collect(part) for part in parts]
    return [claim for claims, _ in found for claim in claims], [one for _, measures in found for one in measures]


# --- fitting ---------------------------------------------------------------------------------------------------------


def _fitted(claims: Sequence[Claim], measures: Sequence[Measures]) -> tuple[NDArray[np.float64], float]:
    groups = [claim.group for claim in claims]
    weight = np.array([SHARES[group] / groups.count(group) for group in groups])
    rows = np.array([one.row() for one in measures])
    weights, bias = logistic.fit(rows, np.array([claim.true for claim in claims]), weight)
    return np.maximum(weights, [FLOOR.get(name, 0.0) for name in Measures.names()]), bias


def _write(weights: NDArray[np.float64], bias: float) -> None:
    lines = [
        "# How much each measure counts against a claim (digest/faithfulness), as a logistic model; made by",
        "# `python -m benchmarks.faithfulness --fit` on the planted faults and paraphrases of our own texts in",
        "# benchmarks/data (a, c and d). No weight is negative: all that speaks for a claim is that nothing",
        "# is found against it.",
        f"bias = {bias:.3f}",
        f"threshold = {THRESHOLD}",
        "",
        "[weights]",
        *(f"{name} = {value:.3f}" for name, value in zip(Measures.names(), weights, strict=True)),
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    faithfulness.shipped.cache_clear()


# --- printing --------------------------------------------------------------------------------------------------------


def _show(claims: Sequence[Claim], scores: NDArray[np.float64]) -> None:
    refused: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for claim, score in zip(claims, scores, strict=True):
        refused[claim.group, ""].append(score < faithfulness.threshold())
        if claim.kind:
            refused[claim.group, claim.kind].append(score < faithfulness.threshold())
    for (group, kind), found in sorted(refused.items()):
        print(f"  {'  ' + kind if kind else group:<26}{len(found):>6}{np.mean(found):>9.1%} refused")
    true = np.array([claim.true for claim in claims])
    kept = np.array([claim.group != "foreign" for claim in claims])
    print(f"  AUC without the foreign {logistic.auc(scores[kept], true[kept]):.3f}")


def against(made: Measures) -> str:
    """The measures that are not zero, in words."""
    return ", ".join(f"{name} {value:.2g}" for name, value in zip(made.names(), made.row(), strict=True) if value)


def _mistakes(claims: Sequence[Claim], measures: Sequence[Measures], scores: NDArray[np.float64]) -> None:
    for claim, one, score in zip(claims, measures, scores, strict=True):
        if (score >= faithfulness.threshold()) != claim.true:
            print(f"    {score:.2f} {claim.group} {claim.kind}: {claim.text} {against(one)}")


# --- annotated summaries ---------------------------------------------------------------------------------------------


def _annotated(path: Path) -> int:
    rows = tables.read(path, ("doc", "summ", "error_type"))
    documents = list(dict.fromkeys(row["doc"] for row in rows))
    number = {text: place for place, text in enumerate(documents)}
    folds = np.array([number[row["doc"]] % FOLDS for row in rows])
    true = np.array([row["error_type"].strip().lower() == "correct" for row in rows])
    if true.all() or not true.any():
        raise tables.TableError(f'{path} needs both: rows with error_type "correct" and rows with an error.')
    if len(documents) < FOLDS:
        raise tables.TableError(f"{path} has {len(documents)} documents; crossing needs {FOLDS} at least.")
    sources = {text: _source(text) for text in documents}
    found = [_measured(row["summ"], sources[row["doc"]]) for row in rows]
    shipped = np.array([min(faithfulness.score_of(one) for one in each) for each in found])
    worst = np.array([np.max([one.row() for one in each], axis=0) for each in found])
    crossed, sure = np.zeros(len(rows)), np.zeros(len(rows), dtype=bool)
    for fold in range(FOLDS):
        out = folds == fold
        weights, bias = logistic.fit(worst[~out], true[~out], _even(true[~out]))
        inside = logistic.chances(worst[~out], weights, bias)
        crossed[out] = logistic.chances(worst[out], weights, bias)
        sure[out] = crossed[out] >= logistic.best_level(inside, true[~out])
    level = faithfulness.threshold()
    even = (sure[true].mean() + (~sure[~true]).mean()) / 2
    print(f"{len(rows)} summaries of {len(documents)} documents, {int(true.sum())} without an error")
    print(f"{'':<18}{'AUC':>6}{'balanced accuracy':>20}")
    print(f"{'shipped weights':<18}{logistic.auc(shipped, true):>6.3f}{logistic.balanced(shipped, true, level):>20.3f}")
    print(f"{'cross-validated':<18}{logistic.auc(crossed, true):>6.3f}{even:>20.3f}")
    passed, lost = (shipped[~true] >= level).mean(), (shipped[true] < level).mean()
    print(f"with the shipped threshold: of the faulty let through {passed:.1%}, of the sound refused {lost:.1%}")
    return 0


def _even(true: NDArray[np.bool_]) -> NDArray[np.float64]:
    even: NDArray[np.float64] = np.where(true, 0.5 / max(1, true.sum()), 0.5 / max(1, (~true).sum()))
    return even


def _source(text: str) -> Source:
    cut = [
        Sentence("csv", span.start, span.end, text[span.start : span.end], "en", 0) for span in sentences.split(text)
    ]
    return Source(cut, "", stages.models().embedder.embed([one.text for one in cut]))


def _measured(summary: str, source: Source) -> list[Measures]:
    parts = [summary[span.start : span.end] for span in sentences.split(summary)] or [summary]
    vectors = stages.models().embedder.embed(parts)
    return [faithfulness.measure(part, source, vector)[0] for part, vector in zip(parts, vectors, strict=True)]


if __name__ == "__main__":
    sys.exit(main())
