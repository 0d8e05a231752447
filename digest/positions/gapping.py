"""Clauses whose verb is left out, since it is that of the clause before: "Kenya voted for it, Uganda against", "Ghana
said yes, Togo no", "Ghana backs the quota, Togo the ban"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.model import StanceLabel
from digest.positions.lexicon import cues, lemma
from digest.positions.names import Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Gap:
    """A clause without its verb: tokens [start, end) from the name on, who is named, the token of the verb that is
    meant, and the side where the words themselves tell it."""

    start: int
    behind: int
    end: int
    codes: tuple[str, ...]
    verb: int
    side: StanceLabel | None


_SIDES = {
    ("against",): StanceLabel.OPPOSES,
    ("for",): StanceLabel.SUPPORTS,
    ("in", "favour"): StanceLabel.SUPPORTS,
    ("in", "favor"): StanceLabel.SUPPORTS,
}
_ANSWERS = {"yes": StanceLabel.SUPPORTS, "no": StanceLabel.OPPOSES}
_TAKING = frozenset(("vote", "be", "come", "speak", "argue", "stand", "decide", "plead", "rule", "declare", "side"))
_PARTING = frozenset((",", ";", "and", "but", "while", "whereas"))
_CLOSING = frozenset((".", ";", ",", ")", "–", "—", "and", "but", "while"))
_POINTING = frozenset(("it", "them", "this", "that", "both"))
_ARTICLES = frozenset(("the", "a", "an", "its", "their"))


def gaps(doc: Doc, mention_of: Mapping[int, Mention]) -> tuple[Gap, ...]:
    """The clauses without their verb of a sentence; `mention_of` is what each token names."""
    found = []
    for index in sorted(mention_of):
        mention = mention_of[index]
        if mention_of.get(index - 1) is mention or not mention.is_actor_name:
            continue
        gap = _gap(doc, index, mention, mention_of)
        if gap is not None:
            found.append(gap)
    return tuple(found)


def _gap(doc: Doc, index: int, mention: Mention, mention_of: Mapping[int, Mention]) -> Gap | None:
    start = index - 1 if index and doc[index - 1].lower_ == "the" else index
    behind = index
    while behind < len(doc) and mention_of.get(behind) is mention:
        behind += 1
    if not start or doc[start - 1].lower_ not in _PARTING or behind >= len(doc):
        return None
    verb = _verb_before(doc, start, mention_of)
    if verb is None:
        return None
    for read in (_side, _answer, _object):
        got = read(doc, start, behind, verb)
        if got is not None:
            return Gap(start, behind, got[0], mention.codes, verb.i, got[1])
    return None


def _verb_before(doc: Doc, start: int, mention_of: Mapping[int, Mention]) -> Token | None:
    """The last verb before, where a state is its subject."""
    for token in reversed(doc[:start]):
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass"):
            subjects = (child for child in token.children if child.dep_ == "nsubj")
            return token if any(child.i in mention_of for child in subjects) else None
    return None


_Read = tuple[int, StanceLabel | None]


def _side(doc: Doc, start: int, behind: int, verb: Token) -> _Read | None:
    """ "Uganda against", "Uganda against it"."""
    for words, side in _SIDES.items():
        end = behind + len(words)
        if lemma(verb) not in _TAKING or tuple(token.lower_ for token in doc[behind:end]) != words:
            continue
        end += 1 if end < len(doc) and doc[end].lower_ in _POINTING else 0
        return (end, side) if _is_end(doc, end) else None
    return None


def _answer(doc: Doc, start: int, behind: int, verb: Token) -> _Read | None:
    """ "Ghana said yes, Togo no"."""
    side = _ANSWERS.get(doc[behind].lower_)
    asked = any(token.lower_ in _ANSWERS for token in doc[verb.i : start])
    return (behind + 1, side) if side is not None and asked and _is_end(doc, behind + 1) else None


def _object(doc: Doc, start: int, behind: int, verb: Token) -> _Read | None:
    """ "Ghana backs the quota, Togo the ban": an object and nothing else, to the end of the sentence."""
    has_object = any(child.dep_ == "dobj" for child in verb.children)
    if not has_object or lemma(verb) not in cues().supports | cues().opposes or doc[behind].lower_ not in _ARTICLES:
        return None
    rest = [token for token in doc[behind:] if not token.is_punct]
    apart = doc[start - 1].text in (",", ";") or doc[start - 2].text in (",", ";")
    plain = all(token.pos_ not in ("VERB", "AUX") or token.tag_ == "VBG" for token in rest)
    inside = any(token.text in (",", ";", ":") for token in doc[behind:])
    return (rest[-1].i + 1, None) if apart and plain and not inside else None


def _is_end(doc: Doc, index: int) -> bool:
    return index >= len(doc) or doc[index].lower_ in _CLOSING


def gap_of(gaps: Sequence[Gap], verb: int, code: str) -> Gap | None:
    """The clause that says of a holder what a verb says of another; None where there is none."""
    return next((gap for gap in gaps if gap.verb == verb and code in gap.codes and gap.side is None), None)
