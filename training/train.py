"""Train the classifier of positions on the labelled corpus.

    python -m training.train [--out FILE] [--epochs N] [--seed N] [--threads N]

Reads `training/corpus/`, trains on its training part, prints the figures of each epoch on the development part, and
writes the weights. The part that is set aside is never read here. A run with the same seed and the same number of
threads gives the same weights.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from transformers import AutoModel, AutoTokenizer

from digest.engines.judge import LABELS
from digest.engines.minilm import weights_folder
from digest.engines.parser import EnglishParser
from digest.positions.cases import FEATURES
from training import gold_texts, phrases, weights
from training import network as net
from training.augment import varied
from training.examples import Example, examples
from training.figures import figures
from training.form import load
from training.split import Part, part_of

ROOT = Path(__file__).resolve().parent
BATCH, CHUNK = 32, 40
PHRASED = 2
"""Examples of each phrase in an epoch."""
SURE, RESTS = 0.93, 0.5
"""An example of which the network was so sure takes part in the next epoch with this chance less."""
AVERAGE_EVERY, STEADY = 20, 0.4
"""Steps between two weights that go into the average, and the share of the highest rate at which they are made."""
RATE_ENCODER, RATE_HEAD, DECAY, WARM = 1e-4, 1e-3, 0.01, 0.08


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, print, write; 0 when done."""
    options = _options(arguments)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    data = read(options.corpus)
    print({part.value: len(rows) for part, rows in data.items()}, flush=True)
    tokenizer = AutoTokenizer.from_pretrained(weights_folder(), local_files_only=True)
    net.add_marks(tokenizer)
    network = net.Network(AutoModel.from_pretrained(weights_folder(), local_files_only=True), len(FEATURES))
    freeze(network, options.frozen)
    training, development = data[Part.TRAINING], data[Part.DEVELOPMENT]
    if options.all:
        training = [*training, *development]
    if options.start:
        network.load_state_dict(weights.read(options.start), strict=False)
    run(network, tokenizer, training, development, options)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.train", description="Train the classifier of positions.")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus", help="the folder of the labelled passages")
    parser.add_argument("--out", type=Path, default=Path("positions.safetensors"), help="where the weights go")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--averaged", type=int, default=2, help="epochs at a small rate whose weights are averaged")
    parser.add_argument("--start", type=Path, metavar="FILE", help="go on from weights that were written before")
    parser.add_argument("--temperature", type=float, default=1.0, help="what the scores are divided by")
    parser.add_argument("--rate", type=float, default=RATE_ENCODER, help="the highest rate of the encoder's layers")
    parser.add_argument("--frozen", type=int, default=0, metavar="N", help="leave the first N layers as they are")
    parser.add_argument("--all", action="store_true", help="train on the development part too, when all is decided")
    return parser.parse_args(arguments)


def freeze(network: net.Network, layers: int) -> None:
    """Leave the word vectors as they are, and with some layers all that lies below them."""
    network.encoder.embeddings.word_embeddings.weight.requires_grad = False
    if layers:
        network.encoder.embeddings.requires_grad_(False)
    for layer in network.encoder.encoder.layer[:layers]:
        layer.requires_grad_(False)


def read(folder: Path) -> dict[Part, list[Example]]:
    """The examples of the training and the development part. The part that is set aside is not looked at."""
    parser = EnglishParser()
    passages = load(folder)
    found = {
        part: list(examples((one for one in passages if part_of(one.id) is part), parser))
        for part in (Part.TRAINING, Part.DEVELOPMENT)
    }
    found[Part.TRAINING] += gold_texts.examples(parser)
    return found


def run(
    network: net.Network,
    tokenizer: Any,
    training: Sequence[Example],
    development: Sequence[Example],
    options: argparse.Namespace,
) -> None:
    """All epochs, with the figures after each."""
    chance = random.Random(options.seed)
    topics = sorted({example.case.before.partition(" | ")[0] for example in training})
    count = sum(1 for _ in phrases.examples(topics, random.Random(0), PHRASED))
    steps = options.epochs * ((len(training) + count + BATCH - 1) // BATCH)
    optimiser = torch.optim.AdamW(_groups(network, options.rate), weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _slope(step, steps))
    known = _known(network, tokenizer, training) if options.start else dict.fromkeys(range(len(training)), False)
    mean = torch.optim.swa_utils.AveragedModel(network)
    for epoch in range(options.epochs + options.averaged):
        began, losses = time.monotonic(), []
        late = epoch >= options.epochs
        network.train()
        made = [(-1, one) for one in phrases.examples(topics, chance, PHRASED)]
        chosen = [number for number in range(len(training)) if not (known[number] and chance.random() < RESTS)]
        rows = made + [(number, varied(training[number], topics, chance)) for number in chosen]
        for count, batch in enumerate(batches(rows, chance)):
            if late:
                _set_rate(optimiser, options.rate)
            loss, sure = _step(network, tokenizer, [row for _, row in batch], optimiser)
            losses.append(loss)
            known.update(zip((number for number, _ in batch), sure, strict=True))
            if not late:
                schedule.step()
            elif count % AVERAGE_EVERY == AVERAGE_EVERY - 1:
                mean.update_parameters(network)
        shown = mean.module if late else network
        result = figures(development, probabilities(shown, tokenizer, development))
        spent = time.monotonic() - began
        mark = weights.write(options.out, shown, temperature=options.temperature)
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {spent:.0f} s; {result}; SHA-256 {mark}", flush=True)


def _known(network: net.Network, tokenizer: Any, rows: Sequence[Example]) -> dict[int, bool]:
    """Which examples a network that was trained before is sure of."""
    found = probabilities(network, tokenizer, rows)
    return {number: float((found[number] * row.target).sum()) > SURE for number, row in enumerate(rows)}


def _set_rate(optimiser: Any, encoder: float) -> None:
    """The small steady rate of the epochs whose weights are averaged."""
    for group, rate in zip(optimiser.param_groups, (encoder, RATE_HEAD), strict=True):
        group["lr"] = rate * STEADY


def _groups(network: net.Network, rate: float) -> list[dict[str, Any]]:
    own = [value for value in network.encoder.parameters() if value.requires_grad]
    head = [*network.inner.parameters(), *network.outer.parameters()]
    return [{"params": own, "lr": rate}, {"params": head, "lr": RATE_HEAD}]


def _slope(step: int, steps: int) -> float:
    """A rise over the first steps, then a straight fall to nothing."""
    warm = max(1, int(WARM * steps))
    return step / warm if step < warm else max(0.0, (steps - step) / max(1, steps - warm))


def batches(rows: list[tuple[int, Example]], chance: random.Random) -> list[list[tuple[int, Example]]]:
    """Batches in random order, of examples of about the same length."""
    chance.shuffle(rows)
    made: list[list[tuple[int, Example]]] = []
    for start in range(0, len(rows), BATCH * CHUNK):
        chunk = sorted(rows[start : start + BATCH * CHUNK], key=lambda one: _length(one[1]))
        made += [chunk[at : at + BATCH] for at in range(0, len(chunk), BATCH)]
    chance.shuffle(made)
    return made


def _length(example: Example) -> int:
    return len(example.case.text) + len(example.case.before)


def _batch(tokenizer: Any, rows: Sequence[Example]) -> net.Batch:
    encoded = [net.encode(tokenizer, row.case.before, row.case.text) for row in rows]
    return net.batch_of(tokenizer, encoded, [row.case.features for row in rows])


def _step(network: net.Network, tokenizer: Any, rows: Sequence[Example], optimiser: Any) -> tuple[float, list[bool]]:
    """One step. Returns the loss, and which examples the network knew already."""
    scores = network(_batch(tokenizer, rows))
    target = torch.tensor([row.target for row in rows], dtype=torch.float32)
    loss = nn.functional.cross_entropy(scores, target, label_smoothing=0.03)
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    sure = (torch.softmax(scores.detach(), dim=1) * target).sum(1) > SURE
    return float(loss.detach()), sure.tolist()


def probabilities(network: net.Network, tokenizer: Any, rows: Sequence[Example]) -> NDArray[np.float32]:
    """What the network says of each example, without temperature; shape (examples, 6)."""
    network.eval()
    order = sorted(range(len(rows)), key=lambda index: len(rows[index].case.text))
    found = np.zeros((len(rows), LABELS), dtype=np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), 64):
            some = order[start : start + 64]
            scores = network(_batch(tokenizer, [rows[index] for index in some]))
            found[some] = torch.softmax(scores, dim=1).numpy()
    return found


if __name__ == "__main__":
    sys.exit(main())
