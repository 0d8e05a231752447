"""How many words a second the whole of positions reads: parser, proposer, rules and classifier.

    python -m benchmarks.positions_speed [--threads N] [--rounds N] [--gold FILE]...

The texts are those of data/positions_heldout_a.json, dense with positions, each wholly on its own topic; the English
ones of a gold file follow, without furniture, as near to their topics as in a run. Loaded engines, the best of the
rounds. The embedding of sentences, which the summary needs as well, is not counted.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import gold, stages
from benchmarks.gold import GoldDocument
from benchmarks.positions import DEVELOPMENT
from digest import positions, relevance
from digest.model import Dating, Sentence, Topic
from digest.pipeline.beside import beside
from digest.sentences import Span, split


def main(arguments: Sequence[str] | None = None) -> int:
    """Print words a second; 0 when done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.positions_speed", description="Measure words a second.")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--gold", type=Path, action="append", default=[], metavar="FILE", help="may be repeated")
    parser.add_argument("--documents", type=Path, metavar="DIR", help="the files of a gold file without texts")
    options = parser.parse_args(arguments)
    os.environ["OMP_NUM_THREADS"] = str(options.threads)  # before torch is loaded: it holds for every thread
    measured = {DEVELOPMENT.stem: [_dense(one) for one in gold.load(DEVELOPMENT)]}
    for path in options.gold:
        measured[path.stem] = list(_as_in_a_run(gold.load(path), options.documents or path.parent / "documents"))
    _round(measured[DEVELOPMENT.stem][:1])  # loads the engines
    for name, texts in measured.items():
        words = sum(len(sentence.text.split()) for text in texts for sentence in text.sentences)
        clock, busy = min(_round(texts) for _ in range(options.rounds))
        print(
            f"{name}: {words} words, {words / clock:.0f} words/s by the clock, {words / busy:.0f} per second of cores"
        )
    return 0


@dataclass(frozen=True, slots=True)
class _Text:
    """A document's sentences, its topic, and how near each sentence is to it, shape (sentences, 1)."""

    topic: Topic
    sentences: list[Sentence]
    scores: NDArray[np.float32]


def _dense(one: GoldDocument) -> _Text:
    text = one.text or ""
    sentences = _sentences(text, split(text))
    return _Text(Topic("topic", one.topic), sentences, np.ones((len(sentences), 1), dtype=np.float32))


def _as_in_a_run(documents: Sequence[GoldDocument], folder: Path) -> Iterator[_Text]:
    """The English documents of a gold file."""
    english = [one for one in documents if one.language == "en"]
    embedder = stages.models().embedder
    for one, document in zip(english, stages.read(english, folder), strict=True):
        topic = Topic("topic", one.topic)
        sentences = _sentences(document.text, split(document.text, document.furniture))
        vectors = embedder.embed([sentence.text for sentence in sentences])
        near = relevance.relevance(sentences, vectors, [topic], embedder.embed([relevance.topic_text(topic)]))
        yield _Text(topic, sentences, near)


def _sentences(text: str, cut: Sequence[Span]) -> list[Sentence]:
    return [Sentence("d", one.start, one.end, text[one.start : one.end], "en", one.paragraph) for one in cut]


def _round(texts: Sequence[_Text]) -> tuple[float, float]:
    """Seconds by the clock and of the processor for all documents, the classifier beside the parser as in a run."""
    models = stages.models()
    judge = models.judge
    if judge is None:  # pragma: no cover - only for versions by rule
        raise SystemExit("This version has no classifier.")
    setting = positions.Setting(Dating(None, "not dated"))
    clock, busy = time.perf_counter(), time.process_time()
    with beside() as thread:
        waiting: list[tuple[positions.Asked, Future[list[positions.Verdict | None]]]] = []
        for text in texts:
            docs = list(models.parser.parse([sentence.text for sentence in text.sentences]))
            asked = positions.ask(text.sentences, docs, [text.topic], text.scores, setting)
            waiting.append((asked, thread.submit(positions.judged, asked, judge)))
        for asked, answer in waiting:
            positions.answered(asked, answer.result(), setting)
    return time.perf_counter() - clock, time.process_time() - busy


if __name__ == "__main__":
    sys.exit(main())
