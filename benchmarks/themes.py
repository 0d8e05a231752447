"""Measure the themes that are found where the configuration names no topics.

    python -m benchmarks.themes [--part PART] [--corpora N] [--seed N] [--least N] [--texts DIR]...

Corpora of known topics are drawn from the labelled passages: three or four passages, each cut in two documents. THEMES:
how many were found; PURE: the share of them of whose sentences three quarters are of one topic; TOPICS: the share of
the topics that have such a theme; PURITY and COVERAGE: of the labelled positions, by the relevance that the program
goes by, the share of those under a theme that lie under the one of their topic, and the share of all that do. STABLE:
the share of themes that are there still when one of the documents is taken away. With --texts the themes of a folder
are printed. `--least` is the number of sentences that a theme needs. The words and settings of the search were chosen
on the training and the development part; the part that is set aside had no share in it, and of it no names are printed,
so that nobody chooses by them.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digest import engines, readers, relevance, sentences
from digest.engines import Embedder
from digest.engines.parser import EnglishParser
from digest.model import Sentence, Topic
from digest.positions import NEAR, themes
from digest.positions.themes import Outline
from training import passages
from training.form import Passage, load
from training.split import Part, part_of

CORPUS = Path(__file__).resolve().parent.parent / "training" / "corpus"
SEED, PURE = 11, 0.75
_WORD = re.compile(r"[^\W\d_]{3,}")  # a word as the search sees it: "deep-sea" is two
PARTS = {"training": Part.TRAINING, "development": Part.DEVELOPMENT, "aside": Part.ASIDE}


@dataclass(frozen=True, slots=True)
class Half:
    """One document: half of a passage. `held` are the numbers of its sentences with a position."""

    topic: int
    sentences: tuple[Sentence, ...]
    vectors: NDArray[np.float32]
    outline: Outline
    held: tuple[int, ...]


@dataclass(slots=True)
class Count:
    """What all corpora come to."""

    themes: int = 0
    pure: int = 0
    topics: int = 0
    recovered: int = 0
    positions: int = 0
    assigned: int = 0
    right: int = 0
    kept: int = 0
    tried: int = 0
    names: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The figures in one line."""
        return (
            f"THEMES {self.themes} PURE {self.pure / max(1, self.themes):.3f} "
            f"TOPICS {self.recovered / max(1, self.topics):.3f} of {self.topics}  "
            f"PURITY {self.right / max(1, self.assigned):.3f} COVERAGE {self.right / max(1, self.positions):.3f} "
            f"of {self.positions}  STABLE {self.kept / max(1, self.tried):.3f}"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 0 when done."""
    options = _options(arguments)
    parser = EnglishParser()
    for folder in options.texts:
        print(f"{folder}: {'; '.join(_of_folder(folder, parser)) or 'none'}")
    if options.texts:
        return 0
    embedder = engines.load_embedder()
    part, themes.SENTENCES = PARTS[options.part], options.least
    chosen = [one for one in load(CORPUS) if part_of(one.id) is part]
    chance, count = random.Random(options.seed), Count()  # noqa: S311
    cut = cache(lambda one: tuple(_halves(chosen[one], parser, embedder)))
    for _ in range(options.corpora):
        drawn = chance.sample(range(len(chosen)), chance.choice((3, 4)))
        halves = [replace(half, topic=topic) for topic, one in enumerate(drawn) for half in cut(one)]
        _measure(halves, len(drawn), embedder, count)
    told = f"seed {options.seed}, {options.least} sentences"
    print(f"{options.corpora} corpora of the {len(chosen)} passages of the part {part}, {told}")
    print(count.line())
    if part is not Part.ASIDE:
        print("Names, the first twenty:", "; ".join(count.names[:20]))
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.themes", description="Measure themes.")
    parser.add_argument("--part", choices=tuple(PARTS), default="development", help="of the labelled passages")
    parser.add_argument("--corpora", type=int, default=40, metavar="N", help="how many are drawn (default: 40)")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help=f"of what is drawn (default: {SEED})")
    parser.add_argument("--least", type=int, default=themes.SENTENCES, metavar="N", help="sentences that a theme needs")
    parser.add_argument("--texts", type=Path, action="append", default=[], metavar="DIR", help="print its themes")
    return parser.parse_args(arguments)


def _of_folder(folder: Path, parser: EnglishParser) -> list[str]:
    """The themes of the English texts of a folder, read as they are."""
    outlines = []
    for path in sorted(folder.rglob("*.txt")):
        document = readers.read(path, folder, date.today())
        cut = sentences.split(document.text, document.furniture)
        outlines.append(themes.outline(parser.tag([document.text[one.start : one.end] for one in cut])))
    return [topic.name for topic in themes.find(outlines)]


def _halves(passage: Passage, parser: EnglishParser, embedder: Embedder) -> Iterator[Half]:
    whole, lines = passages.sentences_of(passage), passage.lines()
    middle = len(whole) // 2
    for start, end in ((0, middle), (middle, len(whole))):
        part = whole[start:end]
        texts = [sentence.text for sentence in part]
        held = tuple(
            number for number, line in enumerate(lines[start:end]) if any(item.label != "-" for item in line.items)
        )
        yield Half(0, tuple(part), embedder.embed(texts), themes.outline(parser.tag(texts)), held)


def _measure(halves: Sequence[Half], topics: int, embedder: Embedder, count: Count) -> None:
    found = themes.find([half.outline for half in halves])
    count.names += [topic.name for topic in found]
    own = [_own_topic(theme, halves) for theme in found]
    count.themes += len(found)
    count.pure += sum(topic is not None for topic in own)
    count.topics += topics
    count.recovered += len({topic for topic in own if topic is not None})
    if found:
        vectors = embedder.embed([relevance.topic_text(theme) for theme in found])
    for half in halves:
        count.positions += len(half.held)
        if found:
            scores = relevance.relevance(half.sentences, half.vectors, found, vectors)
            under = [own[int(scores[number].argmax())] for number in half.held if scores[number].max() >= NEAR]
            count.assigned += len(under)
            count.right += sum(topic == half.topic for topic in under)
    for left_out in range(len(halves)):
        fewer = themes.find([half.outline for number, half in enumerate(halves) if number != left_out])
        still = [theme for theme in found if _stands(theme, halves, left_out)]
        count.tried += len(still)
        count.kept += len({theme.id for theme in still} & {theme.id for theme in fewer})


def _own_topic(theme: Topic, halves: Sequence[Half]) -> int | None:
    """The topic that three quarters of the sentences with the theme's noun are of, or None."""
    counts = Counter(half.topic for half in halves for _ in range(_sentences_with(theme, half)))
    topic, most = counts.most_common(1)[0]
    return topic if most >= PURE * sum(counts.values()) else None


def _sentences_with(theme: Topic, half: Half) -> int:
    noun = theme.words[0]
    stems = ({themes.stem(word) for phrase in phrases for word in _WORD.findall(phrase)} for phrases in half.outline)
    return sum(noun in words for words in stems)


def _stands(theme: Topic, halves: Sequence[Half], left_out: int) -> bool:
    """Whether the documents that are left have the theme's noun as often as a theme needs."""
    counts = [_sentences_with(theme, half) for number, half in enumerate(halves) if number != left_out]
    return sum(counts) >= themes.SENTENCES and sum(map(bool, counts)) >= themes.DOCUMENTS


if __name__ == "__main__":
    sys.exit(main())
