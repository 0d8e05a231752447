"""How many words a second the whole of positions reads: parser, proposer, rules and classifier.

    python -m benchmarks.positions_speed [--threads N] [--rounds N]

The texts are those of data/positions_heldout_a.json, each on its own topic, loaded engines, the best of the rounds. The
embedding of sentences, which the summary needs as well, is not counted.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

import numpy as np

from benchmarks import gold, stages
from benchmarks.positions import DEVELOPMENT
from digest import positions
from digest.model import Dating, Sentence, Topic
from digest.sentences import split


def main(arguments: Sequence[str] | None = None) -> int:
    """Print words a second; 0 when done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.positions_speed", description="Measure words a second.")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    import torch

    torch.set_num_threads(options.threads)
    documents = [(one.topic, one.text or "") for one in gold.load(DEVELOPMENT)]
    words = sum(len(text.split()) for _, text in documents)
    _round(documents[:1])  # loads the engines
    clock, busy = min(_round(documents) for _ in range(options.rounds))
    print(f"{words} words: {words / clock:.0f} words/s by the clock, {words / busy:.0f} per second of processor time")
    return 0


def _round(documents: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """Seconds by the clock and of the processor for all documents."""
    models = stages.models()
    clock, busy = time.perf_counter(), time.process_time()
    for topic, text in documents:
        cut = split(text)
        sentences = [Sentence("d", one.start, one.end, text[one.start : one.end], "en", one.paragraph) for one in cut]
        docs = models.parser.parse([sentence.text for sentence in sentences])
        scores = np.ones((len(sentences), 1), dtype=np.float32)
        setting = positions.Setting(Dating(None, "not dated"))
        positions.extract(sentences, docs, [Topic("topic", topic)], scores, setting, models.judge)
    return time.perf_counter() - clock, time.process_time() - busy


if __name__ == "__main__":
    sys.exit(main())
