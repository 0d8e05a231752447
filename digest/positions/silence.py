"""Words that say that nothing was said: "declined to comment", "did not respond", "would not be drawn".

They are no position; "declined to say whether it would pay" is one, undecided, for it names what is left open. "Took
note of it" takes no stance.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from digest.positions.lexicon import lemma, wording
from digest.positions.parsed import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token


def says_nothing(verb: Token) -> bool:
    """ "did not reply", "said nothing": no statement. "Would not say" is one: it declines."""
    if lemma(verb) not in wording("silence.say"):
        return False
    negated = any(child.dep_ == "neg" for child in verb.children)
    refused = any(child.lower_ in ("would", "will", "wo", "could", "can") for child in verb.children)
    nothing = any(child.lower_ in ("nothing", "word", "little") for child in verb.children)
    return (negated and not refused) or nothing


def is_silent(verb: Token) -> bool:
    """Whether a verb says that its subject said nothing, and not what it leaves open."""
    if verb.dep_ == "xcomp" and _is_comment(verb):
        return is_silent(verb.head)
    return _declines(verb) and not _names_what(verb)


def says_more(verb: Token) -> bool:
    """Whether another verb is joined to this one: "would not comment but called it unfair"."""
    return any(child.dep_ in ("conj", "ccomp") and child.pos_ in ("VERB", "AUX") for child in verb.children)


def learns_only(verb: Token) -> bool:
    """Whether a verb says that its subject came to know of something, or was there, and nothing of how it finds it: "is
    aware of the plan", "received a briefing on it", "attended the talks"."""
    if says_more(verb) or any(child.dep_ == "neg" or child.tag_ == "MD" for child in verb.children):
        return False
    word, children = lemma(verb), list(verb.children)
    if word == "be":
        knowing = (one for one in children if one.dep_ == "acomp" and one.lower_ in wording("silence.know"))
        return any(of.lower_ == "of" for one in knowing for of in one.children)
    objects = [child for child in children if child.dep_ == "dobj"]
    if word == "attend":
        return any(one.lower_ in wording("silence.gathering") for one in objects)
    papers = (one for one in objects if one.lower_ in wording("silence.paper") and not _has_mood(verb, one))
    return word in wording("silence.get") and any(True for _ in papers)


def _has_mood(verb: Token, paper: Token) -> bool:
    """ "received the draft with regret", "saw a good draft"."""
    adverbs = any(child.dep_ == "advmod" and child.lower_.endswith("ly") for child in verb.children)
    withs = any(child.lower_ in ("with", "as") for child in verb.children)
    return adverbs or withs or any(child.dep_ == "amod" and child.pos_ == "ADJ" for child in paper.children)


def notes_only(verb: Token) -> bool:
    """Whether a verb says that its subject took note of something, and nothing of how it finds it."""
    if lemma(verb) != "take" or says_more(verb):
        return False
    noted = any(child.dep_ == "dobj" and child.lower_ == "note" for child in verb.children)
    return noted and not any(word.lower_ in wording("silence.mood") for word in verb.subtree)


def _declines(verb: Token) -> bool:
    word, negated = lemma(verb), _is_negated(verb)
    if word in wording("silence.comment"):
        return negated
    if verb.lower_ == "drawn":
        return negated
    if word in ("make", "have", "offer", "give", "send") and any(_is_no_comment(child) for child in verb.children):
        return True
    if verb.lower_ == "reached":
        return negated and any(child.lower_ == "for" for child in verb.children)
    declines = word in wording("silence.decline") and negated == (
        word in wording("silence.wish")
    )  # "did not wish to comment"
    return declines and any(_is_comment(child) for child in verb.children)


def _is_comment(child: Token) -> bool:
    """ "to comment", "to be drawn", "comment"."""
    if child.dep_ == "xcomp":
        return lemma(child) in wording("silence.comment") or child.lower_ == "drawn"
    return child.dep_ == "dobj" and child.lower_ in ("comment", "comments")


def _is_no_comment(child: Token) -> bool:
    none = any(one.lower_ in ("no", "any") for one in child.children)
    return child.dep_ == "dobj" and child.lower_ in ("comment", "comments") and none


def _is_negated(verb: Token) -> bool:
    if any(child.dep_ == "neg" or child.lower_ in ("never", "no", "nor") for child in verb.children):
        return True
    subjects = (child for child in verb.children if child.dep_ in SUBJECTS)
    return any(one.lower_ == "neither" for child in subjects for one in child.children)


def _names_what(verb: Token) -> bool:
    """Whether what is left open is named: "on whether it would pay", "asked if it would pay, it declined"."""
    return any(word.lower_ in wording("silence.open") and word.i not in _heads(verb) for word in _clause(verb))


def _clause(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ not in ("conj", "nsubj", "nsubjpass", "parataxis"):
            yield from child.subtree


def _heads(verb: Token) -> frozenset[int]:
    """Words of a clause around the verb that open it and name nothing: "when asked, it declined to comment"."""
    return frozenset(
        word.i
        for word in verb.subtree
        if word.lower_ in ("when", "if")
        and word.i + 1 < len(word.doc)
        and word.nbor().lower_ in ("asked", "pressed", "contacted", "approached", "reached")
    )
