"""How many words a second the whole of positions reads: parser, proposer, rules and classifier.

    python -m benchmarks.positions_speed [--threads N] [--rounds N]

The texts are those of data/positions_heldout_a.json, each on its own topic, loaded engines, the best of the rounds. The
embedding of sentences, which the summary needs as well, is not counted.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Future

import numpy as np

from benchmarks import gold, stages
from benchmarks.positions import DEVELOPMENT
from digest import positions
from digest.model import Dating, Sentence, Topic
from digest.pipeline.beside import beside
from digest.sentences import split


def main(arguments: Sequence[str] | None = None) -> int:
    """Print words a second; 0 when done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.positions_speed", description="Measure words a second.")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    os.environ["OMP_NUM_THREADS"] = str(options.threads)  # before torch is loaded: it holds for every thread
    documents = [(one.topic, one.text or "") for one in gold.load(DEVELOPMENT)]
    words = sum(len(text.split()) for _, text in documents)
    _round(documents[:1])  # loads the engines
    clock, busy = min(_round(documents) for _ in range(options.rounds))
    print(f"{words} words: {words / clock:.0f} words/s by the clock, {words / busy:.0f} per second of processor time")
    return 0


def _round(documents: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """Seconds by the clock and of the processor for all documents, the classifier beside the parser as in a run."""
    models = stages.models()
    judge = models.judge
    if judge is None:  # pragma: no cover - only for versions by rule
        raise SystemExit("This version has no classifier.")
    setting = positions.Setting(Dating(None, "not dated"))
    clock, busy = time.perf_counter(), time.process_time()
    with beside() as thread:
        waiting: list[tuple[positions.Asked, Future[list[positions.Verdict | None]]]] = []
        for topic, text in documents:
            cut = split(text)
            made = [Sentence("d", one.start, one.end, text[one.start : one.end], "en", one.paragraph) for one in cut]
            docs = list(models.parser.parse([sentence.text for sentence in made]))
            scores = np.ones((len(made), 1), dtype=np.float32)
            asked = positions.ask(made, docs, [Topic("topic", topic)], scores, setting)
            waiting.append((asked, thread.submit(positions.judged, asked, judge)))
        for asked, answer in waiting:
            positions.answered(asked, answer.result(), setting)
    return time.perf_counter() - clock, time.process_time() - busy


if __name__ == "__main__":
    sys.exit(main())
