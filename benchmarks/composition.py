"""What it costs to make one brief of many documents: copies, merging, changes, bottom line, JSON, Word file.

    python -m benchmarks.composition [--documents 100,1000,10000]

These are the parts of a run that see all documents at once, and so those whose cost could grow faster than the corpus.
The documents are made up: four positions each of ten states, in words of their own, so that none is merged away; with
their embeddings and the fingerprints of their texts. Printed for each size, each in a process of its own: seconds of
the processor and those for each thousand documents, for composition, JSON and Word, and the memory at the peak.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from benchmarks import synthetic
from benchmarks.run import ROOT
from digest import briefjson, compose, copies, likeness, memory
from digest.compose import Frame
from digest.engines import signatures
from digest.model import (
    Dating,
    Digested,
    Document,
    Language,
    Point,
    Position,
    Quote,
    Sentence,
    Stance,
    StanceLabel,
    Topic,
)
from digest.positions import names
from digest.word import render

TOPIC = Topic("topic", synthetic.TOPIC)
LABELS = (StanceLabel.SUPPORTS, StanceLabel.OPPOSES, StanceLabel.CONDITIONAL, StanceLabel.UNDECIDED, StanceLabel.OTHER)
STATES = ("CL", "JP", "KE", "NO", "PL", "VN", "FI", "UY", "ID", "NZ")
EACH = 4
"""Positions of a document."""
TEMPLATE = ROOT / "templates" / "standard.docx"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each size; 0 when done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.composition", description="Measure composition.")
    parser.add_argument("--documents", default="100,1000,10000", metavar="N,N,...")
    parser.add_argument("--one", type=int, metavar="N", help="this size alone, in this process")
    options = parser.parse_args(arguments)
    if options.one:
        print(row(options.one), flush=True)
        return 0
    print(f"{'documents':>10} {'compose':>8} {'JSON':>8} {'Word':>8} {'all/1,000':>10} {'MiB':>6}", flush=True)
    for number in options.documents.split(","):
        subprocess.run([sys.executable, "-m", "benchmarks.composition", "--one", number], cwd=ROOT, check=True)
    return 0


def row(number: int) -> str:
    """The line of one size."""
    documents = [_digested(index) for index in range(number)]
    frame = Frame(
        title="Growth",
        issued=date(2026, 11, 22),
        issue=1,
        previous=None,
        period=(None, None),
        classification="",
        author="",
        template=TEMPLATE.name,
        language="en",
        topics=(TOPIC,),
        countries=(),
        own_names={code: names.forms_of(code) for code in STATES},
    )
    called = {code: names.holder_name(code) for code in STATES}
    kinds = {code: names.holder_kind(code) for code in STATES}
    times = [time.process_time()]
    brief = compose.compose(documents, frame, (signatures.minilm(),), (), kinds, called)
    times.append(time.process_time())
    briefjson.to_json(brief, ())
    times.append(time.process_time())
    render.render(brief, TEMPLATE)
    times.append(time.process_time())
    spent = [now - then for then, now in pairwise(times)]
    shown = " ".join(f"{seconds:>8.2f}" for seconds in spent)
    return f"{number:>10} {shown} {sum(spent) * 1000 / number:>10.2f} {memory.peak() or 0:>6.0f}"


def _digested(index: int) -> Digested:
    """One document. Its words hang on its number alone."""
    chance = random.Random(index)  # noqa: S311 - no secret is made here
    identity = f"{index:08x}".ljust(64, "0")
    day = date(2025, 1, 1) + timedelta(days=chance.randrange(650))
    document = Document(identity, f"{index:05}.txt", f"Notebook {index}", None, Dating(day, "file name"), "",
                        language=Language("en", 1.0))  # fmt: skip
    sentences, start = [], 0
    for _ in range(EACH):
        text = (
            " ".join(chance.choice(_WORDS) for _ in range(18)).capitalize() + f" on {chance.randrange(10**6)} counts."
        )
        sentences.append(Sentence(identity, start, start + len(text), text, "en", 0))
        start += len(text) + 1
    positions = tuple(_position(sentence, chance) for sentence in sentences)
    vectors = np.random.default_rng(index).standard_normal((EACH, 384), dtype=np.float32)
    meanings = likeness.packed(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    summary = (Point(sentences[0].text, signatures.minilm(), (sentences[0],)),)
    fingerprint = copies.fingerprint(sentence.text for sentence in sentences)
    return Digested(document, 18 * EACH, summary, positions, None, False, meanings, fingerprint)


def _position(sentence: Sentence, chance: random.Random) -> Position:
    code, label = chance.choice(STATES), chance.choice(LABELS)
    return Position(
        id=f"{sentence.document[:8]}-{sentence.start}-{code}",
        holder=code,
        holder_name=names.holder_name(code),
        actor=None,
        statement=sentence.text,
        quote=Quote.NONE,
        stance=Stance(label, ""),
        topic=TOPIC.id,
        said_on=None,
        sentence=sentence,
        resolved_by="named in the sentence",
    )


_PLAIN = (word for text in synthetic.sentences() for word in text.split() if "{" not in word)
_WORDS = tuple(sorted({word.strip('.,"').lower() for word in _PLAIN}))

if __name__ == "__main__":
    sys.exit(main())
