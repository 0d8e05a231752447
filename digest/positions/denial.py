"""Whether what a verb says is denied by a word that stands elsewhere: "neither Ghana nor Togo"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.positions.parsed import Parsed
from digest.positions.subjects import subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_denied(verb: Token, parsed: Parsed) -> bool:
    """Whether a word that stands elsewhere denies what a verb says: "neither Ghana nor Togo supports it", "neither",
    "nor did Togo accept it", "backed neither by Ghana", "not even Ghana", "no more than Ghana would"."""
    helpers = (child for child in verb.children if child.dep_ in ("aux", "auxpass") and child.i)
    if any(parsed.tokens[one.i - 1].lower_ in ("nor", "neither") for one in helpers):
        return True
    objects = (child for child in verb.children if child.dep_ in ("dobj", "attr"))
    if any(one.lower_ == "neither" for child in objects for one in child.children):
        return True
    subject = subject_of(verb)[0]
    if subject is None:
        return False
    before = [token.lower_ for token in parsed.tokens[max(0, subject.left_edge.i - 2) : subject.i]]
    if subject.lower_ == "neither" or "neither" in before or before[:2] == ["not", "even"]:
        return True
    return _no_more_than(verb, parsed)


def is_negated(verb: Token, parsed: Parsed) -> bool:
    """Whether a verb is denied by any word: its own "not" or "never", or one that stands elsewhere."""
    own = any(child.dep_ == "neg" or child.lower_ in ("never", "no") for child in verb.children)
    return own or is_denied(verb, parsed)


def _no_more_than(verb: Token, parsed: Parsed) -> bool:
    doc = parsed.doc
    for index in range(verb.i - 3):
        if [token.lower_ for token in doc[index : index + 3]] == ["no", "more", "than"]:
            behind = index + 4 if doc[index + 3].lower_ == "the" else index + 3
            return behind in parsed.mention_of
    return False
