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
import csv
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import keyfacts, logistic, stages
from benchmarks.keyfacts import KeyDocument
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
        return _rouge(options.file)
    if options.time:
        return _time()
    if options.fit:
        _fit([prepare(one) for one in keyfacts.load("a")])
    for half in ("a", "b"):
        found = [prepare(one) for one in keyfacts.load(half)]
        print(f"\nhalf {half} ({'the weights were fitted on it' if half == 'a' else 'not used in making them'})")
        print(f"{'sentences':>10}{'lead':>8}{'ours':>8}{'best possible':>16}{'ours of the best':>18}")
        for count in COUNTS:
            lead, ours, best = kept(found, count)
            print(f"{count:>10}{lead:>8.1%}{ours:>8.1%}{best:>16.1%}{ours / best:>18.1%}")
    return 0


# --- key facts -------------------------------------------------------------------------------------------------------


def prepare(document: KeyDocument) -> Prepared:
    """A document with its embeddings."""
    vectors = stages.models().embedder.embed([*(one.text for one in document.sentences), document.title])
    return Prepared(document, vectors[:-1], vectors[-1])


def kept(found: Sequence[Prepared], count: int) -> tuple[float, float, float]:
    """The mean share of facts kept by the first sentences, by ours, and by the best possible choice."""
    rows = []
    for one in found:
        rows.append(
            (
                _share(one.document, range(count)),
                _share(one.document, _ours(one, count)),
                _best(one.document, count),
            )
        )
    lead, ours, best = np.mean(rows, axis=0)
    return float(lead), float(ours), float(best)


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

Method = Callable[[str, str, int], str]


def _rouge(path: Path) -> int:
    from rouge_score.rouge_scorer import RougeScorer

    scorer = RougeScorer(["rouge1", "rouge2", "rougeLsum"], use_stemmer=True)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    print(f"{len(rows)} articles\n{'':<12}{'ROUGE-1':>9}{'ROUGE-2':>9}{'ROUGE-Lsum':>12}")
    for name, method in _METHODS.items():
        scores = []
        for row in rows:
            count = max(LEAST, len([line for line in row["highlights"].splitlines() if line.strip()]))
            made = method(row["article"], row.get("title") or "", count)
            found = scorer.score("\n".join(_texts(row["highlights"])), made)
            scores.append([found[kind].fmeasure for kind in ("rouge1", "rouge2", "rougeLsum")])
        one, two, long = np.mean(scores, axis=0) * 100
        print(f"{name:<12}{one:>9.1f}{two:>9.1f}{long:>12.1f}")
    return 0


def _cut(text: str) -> list[Sentence]:
    cut = sentences.split(text)
    return [Sentence("csv", one.start, one.end, text[one.start : one.end], "en", one.paragraph) for one in cut]


def _texts(text: str) -> list[str]:
    return [one.text for one in _cut(text)]


def _lead(article: str, title: str, count: int) -> str:
    return "\n".join(_texts(article)[:count])


def _our_summary(article: str, title: str, count: int) -> str:
    cut = _cut(article)
    vectors = stages.models().embedder.embed([*(one.text for one in cut), title])
    about = About(vectors[-1]) if title else About()
    return "\n".join(p.text for p in summarise.summarise(cut, vectors[:-1], count, signatures.minilm(), about))


def _sumy(name: str) -> Method:
    def run(article: str, title: str, count: int) -> str:
        from sumy.models.dom import ObjectDocumentModel, Paragraph
        from sumy.models.dom import Sentence as SumySentence
        from sumy.nlp.stemmers import Stemmer
        from sumy.summarizers.lex_rank import LexRankSummarizer
        from sumy.summarizers.text_rank import TextRankSummarizer
        from sumy.utils import get_stop_words

        summarizer = (LexRankSummarizer if name == "lexrank" else TextRankSummarizer)(Stemmer("english"))
        summarizer.stop_words = get_stop_words("english")
        found = [SumySentence(text, _Words()) for text in _texts(article)]
        return "\n".join(str(one) for one in summarizer(ObjectDocumentModel([Paragraph(found)]), count))

    return run


class _Words:
    """Words for sumy without the data that its own tokenizer downloads."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The words of a sentence."""
        import re

        return tuple(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", sentence))


_METHODS: dict[str, Method] = {
    "lead": _lead,
    "LexRank": _sumy("lexrank"),
    "TextRank": _sumy("textrank"),
    "ours": _our_summary,
}


# --- time ------------------------------------------------------------------------------------------------------------

_DOCUMENTS, _WORDS = 100, 700


def _time() -> int:
    """Summarise 100 documents of 700 words, made of our own texts; the model is loaded before."""
    pool = [one.text for half in ("a", "b") for document in keyfacts.load(half) for one in document.sentences]
    stages.models().embedder.embed(["once"])
    started, said = time.perf_counter(), 0
    for number in range(_DOCUMENTS):
        texts: list[str] = []
        while sum(len(text.split()) for text in texts) < _WORDS:
            texts.append(pool[(number * 37 + len(texts) * 7) % len(pool)])
        cut = [Sentence("made", place, place + len(text), text, "en", 0) for place, text in enumerate(texts)]
        vectors = stages.models().embedder.embed([*texts, texts[0]])
        said += len(summarise.summarise(cut, vectors[:-1], 4, signatures.minilm(), About(vectors[-1])))
    print(f"{_DOCUMENTS} documents of {_WORDS} words, {said} sentences chosen: {time.perf_counter() - started:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
