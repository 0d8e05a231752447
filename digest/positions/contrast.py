"""Whom a sentence sets against others or leaves out: "not Ghana but Togo", "Togo rather than Ghana", "all but Ghana".

What the sentence says is said of the others.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

from digest.positions.lexicon import wording

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BEFORE_NOT = frozenset((",", "and", "but", "though", "although", "albeit", "if", "–", "—", "("))
_BEHIND = frozenset((",", ".", ";", ":", ")", "–", "—", "that", "who", "which"))
_WITHIN = 6
"""Words over which "all the states but Ghana" reaches."""
_LONGEST = 12
_LINKS = frozenset(("'s", "’s", "'", "’", "-", "both"))


def left_out(doc: Doc, named: Collection[int]) -> frozenset[int]:
    """The tokens of phrases of whom the sentence does not say what it says; `named` are the tokens of names of states.

    The word that sets them apart is among them; nobody is who has a clause of their own ("unlike Ghana, which pays").
    Behind a mere "not" it is the others' ("the miners, not Ghana, who object").
    """
    found: set[int] = set()
    for index in named:
        if _is_excluded(doc, index):
            found.add(index)
    for index in range(len(doc)):
        start = _start(doc, index)
        if start is None:
            continue
        end = _end(doc, start, named, joined=doc[index].lower_ != "not")
        is_set = end > start and any(at in named for at in range(start, end))
        is_apart = not _has_own_clause(doc, end) or (doc[index].lower_ == "not" and doc[index - 1].text == ",")
        if is_set and is_apart and (doc[index].lower_ != "not" or _is_apart(doc, index, end)):
            found.update(range(index, end))
    return frozenset(found)


def _is_excluded(doc: Doc, index: int) -> bool:
    """ "the members, Ghana excepted, back it"."""
    if index + 2 >= len(doc) or not index or doc[index + 1].lower_ not in wording("contrast.excluded"):
        return False
    before = doc[index - 2] if doc[index - 1].lower_ == "the" and index > 1 else doc[index - 1]
    return before.text in (",", "(", "–", "—") and doc[index + 2].text in (",", ")", "–", "—", ".")


@cache
def _phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """What stands before somebody who is left out, by its first word; longer ones first."""
    phrases = sorted((tuple(phrase.split()) for phrase in wording("contrast.phrases")), key=len, reverse=True)
    return {first: tuple(phrase for phrase in phrases if phrase[0] == first) for first in {one[0] for one in phrases}}


def _start(doc: Doc, index: int) -> int | None:
    """Where the phrase begins that a word at this place may set apart; None where none does."""
    word = doc[index].lower_
    if word == "not":
        if index + 2 < len(doc) and doc[index + 1].lower_ in ("by", "from"):
            return index + 2
        return index + 1 if index + 1 < len(doc) and doc[index + 1].lower_ not in wording("contrast.only") else None
    if word in ("but", "bar", "save"):
        before = doc[max(0, index - _WITHIN) : index]
        universal = next((one.i for one in before if one.lower_ in wording("contrast.everybody")), None)
        if universal is not None and not any(one.pos_ in ("VERB", "AUX", "PUNCT") for one in doc[universal:index]):
            return index + 1
    for phrase in _phrases().get(word, ()):
        if tuple(one.lower_ for one in doc[index : index + len(phrase)]) == phrase:
            return index + len(phrase)
    return None


def _end(doc: Doc, start: int, named: Collection[int], *, joined: bool) -> int:
    """Where the noun phrase ends that begins at `start`, with what "of" and, where `joined`, "and" add to it."""
    index = start
    while index < min(len(doc), start + _LONGEST):
        token = doc[index]
        goes = token.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "NUM") or index in named or token.lower_ in _LINKS
        of = token.lower_ == "of" and index > start
        more = joined and index > start and token.lower_ in ("and", "or", "nor") and _is_named(doc, index + 1, named)
        if not (goes or of or more):
            break
        index += 1
    return index


def _is_named(doc: Doc, index: int, named: Collection[int]) -> bool:
    """Whether a name of a state begins here, with or without an article."""
    behind = index + 1 if index < len(doc) and doc[index].lower_ == "the" else index
    return behind in named


def _has_own_clause(doc: Doc, end: int) -> bool:
    """ "unlike Ghana, which pays," tells what Ghana does."""
    return end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].lower_ in ("which", "who", "whose", "where")


def _is_apart(doc: Doc, index: int, end: int) -> bool:
    """Whether the phrase behind "not" is set against another, and not denied something: "not Ghana but Togo", "Togo,
    not Ghana,", "it was not Ghana that"; no "it is not Ghana's aim to"."""
    before = doc[index - 1].lower_ if index else ""
    words = [one.lower_ for one in doc[end : end + 2]]
    behind = words[0] if words else ""
    if "but" in words and words[0] in ("but", ","):
        return True
    if index > 1 and before in ("is", "was") and doc[index - 2].lower_ == "it":
        return behind in ("that", "who", "which")
    ends = behind in _BEHIND or not words or doc[end].pos_ in ("VERB", "AUX")
    return (before in _BEFORE_NOT or index == 0) and ends


def wings(doc: Doc, named: Collection[int]) -> frozenset[int]:
    """The names of states before a part of their politics that does something: "the Norwegian left opposed it". "The
    Norwegian left the hall" and "Norway's right to refuse" are none."""
    found: set[int] = set()
    for index in named:
        at = index + 1
        while at < len(doc) - 1 and doc[at].lower_ in wording("contrast.before_wing"):
            at += 1
        is_wing = at < len(doc) - 1 and doc[at].lower_ in wording("contrast.wing")
        if is_wing and doc[index].text[-1:] != "s" and _acts(doc, at + 1):
            found.add(index)
    return frozenset(found)


def _acts(doc: Doc, index: int) -> bool:
    """Whether a finite verb stands here, behind an adverb or not."""
    while index < len(doc) - 1 and doc[index].pos_ == "ADV":
        index += 1
    return doc[index].pos_ == "AUX" or doc[index].tag_ in ("VBD", "VBZ", "VBP", "VBN")
