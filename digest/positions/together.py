"""Who "the Ministers", "the two sides", "the Malian Party" are in the paper of several states, and what in it is mere
courtesy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.positions.lexicon import lemma, wording
from digest.positions.parsed import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_DEFINITE = frozenset(("the", "both", "all", *_NUMBERS))
_OTHERS = frozenset(("their", "other", "these", "those"))


def counts(words: set[str], parties: int) -> bool:
    """Whether a number among the words beside a noun ("two", "both") is that of the parties, or there is none."""
    given = {_NUMBERS[word] for word in words if word in _NUMBERS}
    return not given or given == {parties}


def meant_parties(token: Token, parsed: Parsed, parties: tuple[str, ...]) -> tuple[str, ...] | None:
    """Those of the parties of a joint paper that a noun means: all for "The Ministers", one for "the Malian Party";
    None where it means something else ("the ministers of the region", "other leaders")."""
    known = token.lower_ in wording("together.generic") | wording("together.of_joint")
    if not parties or not known or parsed.quoted[token.i]:
        return None
    if token.lower_ == "party":
        own = parsed.mention_of.get(token.i - 1)
        return own.codes if own is not None and own.codes and set(own.codes) <= set(parties) else None
    words = {child.lower_ for child in token.children}
    named = any(child.i in parsed.mention_of for child in token.subtree)
    narrowed = any(child.dep_ in ("prep", "poss", "relcl") for child in token.children)
    if named or narrowed or not words & _DEFINITE or words & _OTHERS:
        return None
    return parties if counts(words, len(parties)) else None


_MEETING = frozenset(("meet", "convene", "reconvene", "gather"))


def is_courtesy(verb: Token) -> bool:
    """Whether a verb with its object says no more than the manners of a meeting: thanks, wishes, a note taken, the
    next date."""
    said = lemma(verb)
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    if said in wording("together.thank"):
        return True
    if said == "take":
        return any(one.lower_ == "note" for one in objects)
    if said == "agree":
        return any(child.dep_ == "xcomp" and lemma(child) in _MEETING for child in verb.children)
    return said in wording("together.express") and any(one.lower_ in wording("together.kindness") for one in objects)


def is_mere_courtesy(parsed: Parsed) -> bool:
    """Whether the main verb of a sentence, and those joined to it, are courtesies."""
    root = next(token for token in parsed.tokens if token.dep_ == "ROOT")  # a sentence that names a holder has words
    return all(is_courtesy(verb) for verb in (root, *root.conjuncts) if verb.pos_ == "VERB")
