"""Who is "He" at the beginning of a sentence? Answered only where nobody else can be meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.faithfulness.compare import read
from digest.model import Sentence

_PRONOUN = re.compile(r"^(?:He|She) (?=[a-z])")
_NAME = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]+(?:[-’'][^\W\d_]+)*"
_FULL_NAME = re.compile(rf"{_NAME}(?: (?:de|van|von|al|bin|dos|da|el|la|der|den|of))*(?: {_NAME})+")
_SAID = re.compile(r"\b(?:said|says|told|added|called|warned|announced|stated|argued|promised|rejected|denied)\b")
_QUOTED = re.compile(r"[\"“«„][^\"“”«»„]+[\"”»“]")


def resolved(sentences: Sequence[Sentence], index: int) -> tuple[str, int] | None:
    """The name for the "He" or "She" that a sentence begins with, and the place of the sentence that has the name.

    None where the sentence does not begin so, or where it is not sure: the sentence before must be of the same
    document and no further than the next paragraph, must tell who speaks, and must name one person with an office and
    nobody else; and the sentence itself must name nobody.
    """
    if index == 0 or not _PRONOUN.match(sentences[index].english or ""):
        return None
    before, mine = sentences[index - 1], sentences[index]
    if before.document != mine.document or mine.paragraph - before.paragraph > 1:
        return None
    text = _QUOTED.sub("", before.english or "")
    people = _people(text)
    if len(people) != 1 or not _SAID.search(text) or _people(mine.english or ""):
        return None
    return people[0], index - 1


def _people(text: str) -> list[str]:
    """The full names in a sentence that stand with an office; every other name of several words makes it unsure."""
    found = read(text)
    titled = {name for office in found.who.offices for name in office.names}
    names = []
    for match in _FULL_NAME.finditer(text):
        parts = [part for part in match[0].split() if part.lower() in found.who.names]
        if len(parts) >= 2:
            names.append((" ".join(parts), bool({part.lower() for part in parts} & titled)))
    if not names or not all(held for _, held in names):
        return [name for name, _ in names] * 2 if names else []  # somebody without an office: not sure
    return [name for name, _ in names]
