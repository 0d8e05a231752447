"""The labelled passages as examples: a case for each candidate, and how sure each label is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from digest.engines import Case
from digest.engines.parser import EnglishParser
from digest.positions.cases import case_of, leans
from training import passages
from training.form import LABELS, Item, Passage

_SUPPORTS, _OPPOSES = LABELS.index("S"), LABELS.index("O")

FIRST = 0.75
"""How much of the weight the first choice has where a second reader could defend another label."""


@dataclass(frozen=True, slots=True)
class Example:
    """A case with its target: the weights of the labels (order of `LABELS`), which sum to 1.

    `trap`: the corpus names the holder there and says that it holds no position. `reverse`: the case under the topic
    worded in the opposite direction, where the passage has one. Both
    show the sentence before; `leaning`: the program would show it too.
    """

    case: Case
    target: tuple[float, ...]
    passage: str
    sentence: int
    code: str
    trap: bool
    reverse: Case | None = None
    leaning: bool = True

    @property
    def label(self) -> int:
        """The number of the first choice."""
        return max(range(len(self.target)), key=lambda index: self.target[index])

    @property
    def accepted(self) -> frozenset[int]:
        """The numbers of all defensible labels."""
        return frozenset(index for index, weight in enumerate(self.target) if weight > 0)


def examples(chosen: Iterable[Passage], parser: EnglishParser) -> Iterator[Example]:
    """Every candidate of the passages. A holder that the corpus does not name in a sentence holds no position there."""
    for passage in chosen:
        topic, against, lines = passages.topic_of(passage), passages.against_of(passage), passage.lines()
        for number, read in enumerate(passages.read(passage, parser)):
            previous = lines[number - 1].text if number else ""
            leaning = leans(read.one.doc.text)
            for candidate in read.candidates:
                item = read.items.get(candidate.holder.code)
                others = len(read.candidates) - 1
                case = case_of(read.one, candidate, topic, others, previous)
                reverse = case_of(read.one, candidate, against, others, previous) if against else None
                trap = item is not None and item.label == "-"
                yield Example(case, target_of(item), passage.id, number, candidate.holder.code, trap, reverse, leaning)


def reversed_of(example: Example) -> Example | None:
    """The example under the opposite topic, which who supports this one opposes; None where there is no such topic."""
    if example.reverse is None:
        return None
    target = list(example.target)
    target[_SUPPORTS], target[_OPPOSES] = target[_OPPOSES], target[_SUPPORTS]
    return replace(example, case=example.reverse, target=tuple(target), reverse=example.case)


def target_of(item: Item | None) -> tuple[float, ...]:
    """The weights of the labels for an item; without one, no position."""
    weights = dict.fromkeys(LABELS, 0.0)
    if item is None:
        return (1.0, *list(weights.values())[1:])
    others = [label for label in dict.fromkeys(item.others) if label != item.label]
    weights[item.label] = FIRST if others else 1.0
    for label in others:
        weights[label] += (1 - FIRST) / len(others)
    return tuple(weights.values())
