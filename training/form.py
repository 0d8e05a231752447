"""The form of the labelled corpus: text files with passages, a sentence on each line, its labels in front of it.

    == topic: TEXT | against: TEXT | register: TEXT | id: w1-001
    [FR/Claire Dumont, French minister:S; IT:-] A sentence.
    ~

`~` alone is the end of a paragraph. `against` may be left out: it words the same matter in the opposite direction, so
that who supports the topic opposes it, and the other way round. README.md describes codes and labels. Nothing is
guessed: what does not fit is reported with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from digest.errors import DigestError
from digest.positions.names import is_code

LABELS = ("-", "S", "O", "C", "U", "X")
"""No position, supports, opposes, conditional, undecided, other."""

# ISO codes of lands that are no states: the corpus may name them, as holders of no position.
_LANDS = frozenset(
    (
        *("AI", "AS", "AW", "AX", "BL", "BM", "BQ", "BV", "CC", "CW", "CX", "EH", "FK", "FO", "GF", "GG", "GI", "GL"),
        *("GP", "GS", "GU", "HK", "HM", "IM", "IO", "JE", "KY", "MF", "MO", "MP", "MQ", "MS", "NC", "NF", "PF", "PM"),
        *("PN", "PR", "RE", "SH", "SJ", "SX", "TC", "TF", "TK", "UM", "VG", "VI", "WF", "YT"),
    )
)
_HEAD = re.compile(
    r"==\s*topic:\s*(?P<topic>[^|]+?)\s*\|\s*(?:against:\s*(?P<against>[^|]+?)\s*\|\s*)?"
    r"register:\s*(?P<register>[^|]+?)\s*\|\s*id:\s*(?P<id>\S+)\s*"
)
_ITEM = re.compile(r"(?P<code>(?:ORG|GROUP):[^/:\]]+|[A-Z]{2,4})(?:/(?P<actor>.*?))?:(?P<labels>[^:]*)")


class CorpusError(DigestError):
    """Lines of the corpus that do not have its form: all of them, one a line."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Item:
    """What a sentence says of one holder: the first choice, and what a second reader could defend."""

    code: str
    actor: str | None
    label: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its labels."""

    text: str
    items: tuple[Item, ...]


@dataclass(slots=True)
class Passage:
    """A text on one topic: paragraphs of sentences. `against` is the topic worded in the opposite direction, or ""."""

    id: str
    topic: str
    register: str
    against: str = ""
    paragraphs: list[list[Line]] = field(default_factory=list)

    def lines(self) -> list[Line]:
        """All sentences, in order."""
        return [line for paragraph in self.paragraphs for line in paragraph]


def load(folder: Path) -> list[Passage]:
    """Every passage of the files `*.txt` in a folder, by id. Raises CorpusError that names every bad line."""
    passages: list[Passage] = []
    problems: list[str] = []
    for path in sorted(folder.glob("*.txt")):
        found, wrong = parse(path.read_text(encoding="utf-8"), path.name)
        passages += found
        problems += wrong
    seen: set[str] = set()
    for passage in passages:
        if passage.id in seen:
            problems.append(f"{passage.id}: there are two passages of this id")
        seen.add(passage.id)
    if problems:
        raise CorpusError("\n".join(problems))
    return sorted(passages, key=lambda passage: passage.id)


def parse(text: str, name: str) -> tuple[list[Passage], list[str]]:
    """The passages of one file, and a line for everything that does not fit (`name` stands in front of it)."""
    passages: list[Passage] = []
    problems: list[str] = []
    fresh = True  # whether the next sentence begins a paragraph
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        where = f"{name}:{number}"
        if not line:
            continue
        if line.startswith("=="):
            head = _HEAD.fullmatch(line)
            if head is None:
                problems.append(
                    f"{where}: not '== topic: ... | register: ... | id: ...' (with 'against: ...' after the topic)"
                )
                continue
            passages.append(Passage(head["id"], head["topic"], head["register"], head["against"] or ""))
            fresh = True
        elif not passages:
            problems.append(f"{where}: a sentence before the first '=='")
        elif line == "~":
            fresh = True
        else:
            sentence, wrong = _line(line)
            problems += [f"{where}: {one}" for one in wrong]
            if fresh:
                passages[-1].paragraphs.append([])
            passages[-1].paragraphs[-1].append(sentence)
            fresh = False
    problems += [f"{name}: {passage.id} has no sentence" for passage in passages if not passage.paragraphs]
    return passages, problems


def _line(line: str) -> tuple[Line, list[str]]:
    """The sentence of a line with its items, and what is wrong with it."""
    if not line.startswith("["):
        return Line(line, ()), []
    inside, closed, text = line[1:].partition("]")
    if not closed:
        return Line(line, ()), ["'[' without ']'"]
    items: list[Item] = []
    problems: list[str] = []
    for part in inside.split(";"):
        item, wrong = _item(part.strip())
        problems += wrong
        if item is not None:
            items.append(item)
    if not text.strip():
        problems.append("labels without a sentence")
    return Line(text.strip(), tuple(items)), problems


def _item(part: str) -> tuple[Item | None, list[str]]:
    match = _ITEM.fullmatch(part)
    if match is None:
        return None, [f"'{part}' is not CODE/ACTOR:LABEL"]
    labels = [label.strip() for label in match["labels"].split(",")]
    wrong = [f"'{label}' is no label of {' '.join(LABELS)}" for label in labels if label not in LABELS]
    if not is_code(match["code"]) and match["code"] not in _LANDS:
        wrong.append(f"'{match['code']}' is no code of a country or organisation")
    if wrong:
        return None, wrong
    actor = (match["actor"] or "").strip()
    return Item(match["code"], None if actor in ("", "-") else actor, labels[0], tuple(labels[1:])), []


def counts(passages: Iterable[Passage]) -> dict[str, int]:
    """How often each label is the first choice."""
    labels = [item.label for passage in passages for line in passage.lines() for item in line.items]
    return {label: labels.count(label) for label in LABELS}
