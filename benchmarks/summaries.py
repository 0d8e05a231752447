"""Measure the summariser.

    python -m benchmarks.summaries                 # the thirty documents with key facts: what is kept
    python -m benchmarks.summaries --fit           # fit the weights on half a, write them to digest/data, and measure
    python -m benchmarks.summaries FILE.csv        # columns article, highlights: ROUGE beside lead, LexRank, TextRank
    python -m benchmarks.summaries --time          # 100 documents of 700 words, through the extractive summariser

Key facts: a document's fact is kept when the summary has a sentence that holds it. "Best possible" is the choice of as
many sentences that keeps most facts: what any summariser of whole sentences could reach.

ROUGE-1/2/Lsum F1 with stemming (rouge-score, https://pypi.org/project/rouge-score/), the same number of sentences for
every method: as many as the highlights have, three at least. Where the file has a column title, ours is given it.
LexRank and TextRank are sumy's (https://pypi.org/project/sumy/); both packages belong to the extra `dev`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import keyfacts, logistic, rivals, stages, tables
from benchmarks.keyfacts import KeyDocument
from benchmarks.tables import TableError
from digest import sentences, summarise
from digest.engines import signatures
from digest.model import Sentence
from digest.summarise import About, scoring

WEIGHTS = Path(__file__).parent.parent / "digest" / "data" / "summary_weights.toml"
REDUNDANCY = 0.5
EARLY = 0.7
"""The least weight of an early place: in news the first sentences are what the highlights are about (lead 36.2 ROUGE-1
on CNN/DM, centrality without place 30.2), which our documents, many of them with another beginning, do not teach; on
one half of them it changes nothing at three and four sentences and costs two points at five."""

COUNTS = (3, 4, 5)
LEAST = 3


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with the embeddings of its sentences and of its title."""

    document: KeyDocument
    vectors: NDArray[np.float32]
    title: NDArray[np.float32]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measurements; 0 when done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.summaries", description="Measure the summariser.")
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE.csv", help="news with highlights")
    parser.add_argument("--fit", action="store_true", help="fit the weights on half a and write them")
    parser.add_argument("--time", action="store_true", help="100 documents of 700 words")
    options = parser.parse_args(arguments)
    if options.file:
        return tables.told(_rouge, options.file)
    if options.time:
        return _time()
    if options.fit:
        _fit([prepare(one) for one in keyfacts.load("a")])
    for half in ("a", "b"):
        found = [prepare(one) for one in keyfacts.load(half)]
        print(f"\nhalf {half} ({'the weights were fitted on it' if half == 'a' else 'not used in making them'})")
        others = rivals.rivals()
        print(f"{'sentences':>10}{''.join(f'{name:>10}' for name in others)}{'ours':>10}{'best possible':>16}")
        for count in COUNTS:
            figures = kept(found, count)
            print(f"{count:>10}{''.join(f'{one:>10.1%}' for one in figures[:-1])}{figures[-1]:>16.1%}")
    return 0


# --- key facts -------------------------------------------------------------------------------------------------------


def prepare(document: KeyDocument) -> Prepared:
    """A document with its embeddings."""
    vectors = stages.models().embedder.embed([*(one.text for one in document.sentences), document.title])
    return Prepared(document, vectors[:-1], vectors[-1])


def kept(found: Sequence[Prepared], count: int) -> list[float]:
    """The mean share of facts kept by each rival, by ours, and by the best possible choice."""
    rows = []
    for one in found:
        texts = [sentence.text for sentence in one.document.sentences]
        chosen = [choice(texts, count) for choice in rivals.rivals().values()]
        rows.append([*(_share(one.document, places) for places in (*chosen, _ours(one, count)))])
        rows[-1].append(_best(one.document, count))
    return [float(value) for value in np.mean(rows, axis=0)]


def _ours(one: Prepared, count: int) -> list[int]:
    points = summarise.summarise(one.document.sentences, one.vectors, count, signatures.minilm(), About(one.title))
    return [one.document.sentences.index(point.evidence[0]) for point in points]


def _share(document: KeyDocument, lines: Sequence[int]) -> float:
    return float(np.mean([fact.kept_by(set(lines)) for fact in document.facts]))


def _best(document: KeyDocument, count: int) -> float:
    useful = sorted({line for fact in document.facts for group in fact.groups for line in group})
    return max(_share(document, lines) for lines in combinations(useful, min(count, len(useful))))


def _fit(found: Sequence[Prepared]) -> None:
    """Fit the weights of what speaks for a sentence: a logistic model that tells sentences with a fact from others.

    No weight is negative. Sentences that are unfit to stand alone take no part: what speaks against them is set.
    """
    rows, holds = [], []
    for one in found:
        sentences_of = one.document.sentences
        made = scoring.measures(sentences_of, one.vectors, one.title, [False] * len(sentences_of))
        facts = {line for fact in one.document.facts for group in fact.groups for line in group}
        fit_alone = made[:, len(scoring.FOR) :].sum(axis=1) == 0
        rows += [row[: len(scoring.FOR)] for row, keep in zip(made, fit_alone, strict=True) if keep]
        holds += [index in facts for index, keep in enumerate(fit_alone) if keep]
    true = ~np.array(holds)  # the model's weights count against "true": here against having no fact
    even = np.where(true, 0.5 / true.sum(), 0.5 / (~true).sum())
    weights, _ = logistic.fit(np.array(rows), true, even, penalty=0.01)
    lines = [
        "# How much each thing speaks for a sentence (digest/summarise/scoring.py); made by",
        "# `python -m benchmarks.summaries --fit` on the key facts of our own texts, benchmarks/data/keyfacts_a.toml;",
        "# an early place has the least weight that it must have in news.",
        "[weights]",
        *(f"{name} = {_set(name, value):.3f}" for name, value in zip(scoring.FOR, weights, strict=True)),
        "",
        "[choice]",
        f"redundancy = {REDUNDANCY}",
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    scoring.forget()


def _set(name: str, value: float) -> float:
    return max(value, EARLY) if name == "early" else value


# --- news with highlights --------------------------------------------------------------------------------------------


def _rouge(path: Path) -> int:
    articles = [_Article.of(row) for row in tables.read(path, ("article", "highlights"))]
    try:
        from rouge_score.rouge_scorer import RougeScorer
    except ImportError as error:
        raise TableError('ROUGE needs rouge-score, and LexRank needs sumy: pip install -e ".[dev]"') from error
    scorer = RougeScorer(["rouge1", "rouge2", "rougeLsum"], use_stemmer=True)
    print(f"{len(articles)} articles\n{'':<12}{'ROUGE-1':>9}{'ROUGE-2':>9}{'ROUGE-Lsum':>12}{'words':>8}")
    methods = {name: _by_places(choice) for name, choice in rivals.rivals().items()} | {"ours": _our_summary}
    for name, method in methods.items():
        scores = []
        for one in articles:
            made = method(one)
            found = scorer.score("\n".join(one.highlights), "\n".join(made))
            scores.append([found[kind].fmeasure * 100 for kind in ("rouge1", "rouge2", "rougeLsum")])
            scores[-1].append(float(sum(len(text.split()) for text in made)))
        first, second, long, length = np.mean(scores, axis=0)
        print(f"{name:<12}{first:>9.1f}{second:>9.1f}{long:>12.1f}{length:>8.0f}")
    return 0


@dataclass(frozen=True, slots=True)
class _Article:
    """An article, what is to be known of it, and how many sentences a summary may have."""

    title: str
    sentences: tuple[Sentence, ...]
    highlights: tuple[str, ...]

    @classmethod
    def of(cls, row: tables.Row) -> _Article:
        """From a row; the highlights stand on lines of their own, or are cut where they do not."""
        lines = [line.strip() for line in row["highlights"].splitlines() if line.strip()]
        highlights = lines if len(lines) > 1 else [one.text for one in _cut(row["highlights"])]
        return cls((row.get("title") or "").strip(), tuple(_cut(row["article"])), tuple(highlights))

    @property
    def count(self) -> int:
        """As many sentences as the highlights have, three at least."""
        return max(LEAST, len(self.highlights))


def _cut(text: str) -> list[Sentence]:
    cut = sentences.split(text)
    return [Sentence("csv", one.start, one.end, text[one.start : one.end], "en", one.paragraph) for one in cut]


def _by_places(choice: rivals.Choice) -> Callable[[_Article], list[str]]:
    def run(article: _Article) -> list[str]:
        texts = [one.text for one in article.sentences]
        return [texts[place] for place in choice(texts, article.count)]

    return run


def _our_summary(article: _Article) -> list[str]:
    vectors = stages.models().embedder.embed([*(one.text for one in article.sentences), article.title])
    about = About(vectors[-1]) if article.title else About()
    points = summarise.summarise(article.sentences, vectors[:-1], article.count, signatures.minilm(), about)
    return [point.text for point in points]


# --- time ------------------------------------------------------------------------------------------------------------

_DOCUMENTS, _WORDS = 100, 700


def _time() -> int:
    """Summarise 100 documents of 700 words, made of our own texts; the model is loaded before."""
    pool = [one.text for half in ("a", "b") for document in keyfacts.load(half) for one in document.sentences]
    stages.models().embedder.embed(["once"])
    started, worked, said = time.perf_counter(), time.process_time(), 0
    for number in range(_DOCUMENTS):
        texts: list[str] = []
        while sum(len(text.split()) for text in texts) < _WORDS:
            texts.append(pool[(number * 37 + len(texts) * 7) % len(pool)])
        cut = [Sentence("made", place, place + len(text), text, "en", 0) for place, text in enumerate(texts)]
        vectors = stages.models().embedder.embed([*texts, texts[0]])
        said += len(summarise.summarise(cut, vectors[:-1], 4, signatures.minilm(), About(vectors[-1])))
    wall, processor = time.perf_counter() - started, time.process_time() - worked
    print(
        f"{_DOCUMENTS} documents of {_WORDS} words, {said} sentences chosen: {wall:.1f} s ({processor:.1f} s processor)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
