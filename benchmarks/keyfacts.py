"""The thirty documents with key facts (data/keyfacts_a.toml for development, data/keyfacts_b.toml for measuring)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from digest.model import Sentence

DATA = Path(__file__).parent / "data"
HALVES = {"a": DATA / "keyfacts_a.toml", "b": DATA / "keyfacts_b.toml", "c": DATA / "paraphrases_c.toml"}
FURTHER = DATA / "paraphrases_d.toml"


@dataclass(frozen=True, slots=True)
class Fact:
    """What a summary should keep: it does when it has all lines of one of the groups (counted from 0)."""

    what: str
    groups: tuple[frozenset[int], ...]

    def kept_by(self, lines: frozenset[int] | set[int]) -> bool:
        """Whether a summary of these lines has the fact."""
        return any(group <= lines for group in self.groups)


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """A true claim in other words, and the lines that it is made from (counted from 0)."""

    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeyDocument:
    """A text with its sentences, what is to be known of it, and paraphrases."""

    key: str
    register: str
    title: str
    text: str
    sentences: tuple[Sentence, ...]
    facts: tuple[Fact, ...]
    paraphrases: tuple[Paraphrase, ...]


def load(half: str) -> list[KeyDocument]:
    """The documents of one part: "a" or "b", "c" (paraphrases alone), or "d": those of "a" with other paraphrases."""
    if half != "d":
        return load_file(HALVES[half])
    rows = tomllib.loads(FURTHER.read_text(encoding="utf-8"))
    return [_checked(replace(one, paraphrases=_paraphrases(rows[one.key]))) for one in load("a")]


def load_file(path: Path) -> list[KeyDocument]:
    """The documents of a file. Raises ValueError where a fact or a paraphrase names a line that there is not."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["document"]
    return [_document(row) for row in rows]


def _document(row: dict[str, object]) -> KeyDocument:
    text = str(row["text"])
    sentences: list[Sentence] = []
    start, paragraph = 0, 0
    for line in text.split("\n"):
        if line.strip():
            sentences.append(Sentence(str(row["key"]), start, start + len(line), line, "en", paragraph))
        else:
            paragraph += 1
        start += len(line) + 1
    facts = [str(one).split(" ", 1) for one in row["facts"]]  # type: ignore[attr-defined]
    made = KeyDocument(
        str(row["key"]),
        str(row["register"]),
        str(row["title"]),
        text,
        tuple(sentences),
        tuple(Fact(what, tuple(frozenset(_lines(group)) for group in where.split("|"))) for where, what in facts),
        _paraphrases(row["paraphrases"]),
    )
    return _checked(made)


def _checked(made: KeyDocument) -> KeyDocument:
    named = [line for fact in made.facts for group in fact.groups for line in group]
    named += [line for one in made.paraphrases for line in one.lines]
    if not all(0 <= line < len(made.sentences) for line in named):
        raise ValueError(f"{made.key}: there is no such line")
    return made


def _paraphrases(rows: object) -> tuple[Paraphrase, ...]:
    said = [str(one).split(" ", 1) for one in rows]  # type: ignore[attr-defined]
    return tuple(Paraphrase(what, _lines(where)) for where, what in said)


def _lines(where: str) -> tuple[int, ...]:
    return tuple(int(line) - 1 for line in where.replace(",", "+").split("+"))
