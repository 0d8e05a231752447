"""A labelled passage as a document of the program: text, sentences with offsets, and what each candidate should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from digest import positions
from digest.engines.parser import EnglishParser
from digest.model import Dating, Sentence, Topic
from digest.paragraphs import paragraphs
from digest.positions import floor
from digest.positions.names import code_of, group_members
from digest.positions.parsed import Parsed
from digest.positions.proposer import Candidate
from training.form import Item, Line, Passage

_LONGEST_QUESTION = 300


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence of a passage as the program reads it, with its candidates and its labels by code of the holder."""

    one: Parsed
    candidates: tuple[Candidate, ...]
    items: Mapping[str, Item]


def text_of(passage: Passage) -> str:
    """The document: sentences joined by blanks, paragraphs by an empty line."""
    return "\n\n".join(" ".join(line.text for line in paragraph) for paragraph in passage.paragraphs)


def sentences_of(passage: Passage) -> list[Sentence]:
    """The sentences as the corpus gives them, with their places in `text_of(passage)`."""
    made: list[Sentence] = []
    at = 0
    for number, paragraph in enumerate(passage.paragraphs):
        for line in paragraph:
            made.append(Sentence(passage.id, at, at + len(line.text), line.text, "en", number))
            at += len(line.text) + 1
        at += 1
    return made


def topic_of(passage: Passage) -> Topic:
    """The passage's topic as the configuration would hold it."""
    return Topic("topic", passage.topic)


def against_of(passage: Passage) -> Topic | None:
    """The opposite topic, None where the passage has none."""
    return Topic("against", passage.against) if passage.against else None


def setting_of(passage: Passage) -> positions.Setting:
    """What the pipeline would say of the document."""
    text = text_of(passage)
    asked = frozenset(
        number
        for number, paragraph in enumerate(passage.paragraphs)
        if paragraph[-1].text.rstrip('"” ').endswith("?")
        and sum(len(line.text) for line in paragraph) < _LONGEST_QUESTION
    )
    labels = floor.labels_of(text, paragraphs(text))
    return positions.Setting(Dating(None, "not dated"), text[:300], asked, labels=labels)


def read(passage: Passage, parser: EnglishParser) -> Iterator[Read]:
    """Each sentence of a passage through the parser and the proposer."""
    sentences = sentences_of(passage)
    docs = parser.parse([sentence.text for sentence in sentences])
    pairs = positions.propose_all(sentences, docs, setting_of(passage))
    for (one, candidates), line in zip(pairs, passage.lines(), strict=True):
        yield Read(one, tuple(candidates), items_of(line))


def items_of(line: Line) -> dict[str, Item]:
    """The labels by code; a group of states that the program knows stands for each of its members."""
    found: dict[str, Item] = {}
    for item in line.items:
        kind, _, name = item.code.partition(":")
        members = group_members(name) if kind == "GROUP" else ()
        for code in members:
            found.setdefault(code, Item(code, item.actor, item.label, item.others))
    for item in line.items:
        code = code_of(name) or item.code if (name := item.code.removeprefix("ORG:")) != item.code else item.code
        known = found.get(code)
        if known is None or known.label == "-" or item.label != "-":
            found[code] = item
    return found
