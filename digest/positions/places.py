"""Where in its clause a state stands that the parse hides: behind the name of a person, before the noun of its own
attitude, behind "at the request of", before a verb that was taken for a noun, in "In Lima the matter is under study".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from digest.positions.lexicon import cues, titles
from digest.positions.names import Form, Mention
from digest.positions.parsed import SUBJECTS, Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_STATES = (Form.NAME, Form.CAPITAL, Form.SEAT)
_BESIDE = ("npadvmod", "advmod", "dep", "intj")
_WITHIN = ("compound", "nmod", "amod")
"""What the small parser makes of a subject whose verb or whose name it does not know: "Yaoundé prefers to wait"."""
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_BEFORE = re.compile(r"(?:.*:)?\W*(?:\d[\d.:]*\W*)?(?:(?:but|and|yet)\s)?(?:the\s)?", re.IGNORECASE | re.DOTALL)
_SCENE = re.compile(r"\W*(?:\d[\d.:]*\W*)?(?:(?:but|and|yet|over|back)\s)?(?:in|at) (?:the )?", re.IGNORECASE)


def head_of(tokens: Sequence[Token]) -> Token:
    """The head of a name of several words: "Republic" in "the Republic of Peru"."""
    inside = {token.i for token in tokens}
    return next((token for token in tokens if token.head.i not in inside or token.dep_ == "ROOT"), tokens[-1])


def stands_as(mention: Mention, head: Token, one: Parsed) -> tuple[Token, str | None]:
    """Of which token a named state has its place in the clause, and which place that is where the parse hides it (a
    role of the proposer, else None)."""
    person = _person_of(head, one)
    if person is not None and mention.form in _STATES:
        return person, None
    noun = _attitude_of(head)
    if noun is not None:
        return noun, "subject"
    if _is_asked(head):
        return head, "according"
    if mention.form in _STATES and (_is_contracted(head) or _opens(mention, head, one)):
        return head, "subject"
    if mention.form in (Form.CAPITAL, Form.SEAT) and _is_scene(mention, one):
        return head, "from"
    return head, None


def _person_of(token: Token, one: Parsed) -> Token | None:
    """The family name of one whose state is told by "Peru's Ana Rey", "Ana Rey of Peru"; None without one."""
    if token.dep_ == "poss" and token.head.i > token.i:
        person = token.head
    elif token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.dep_ == "prep":
        person = token.head.head
    else:
        return None
    if person.pos_ != "PROPN" or person.ent_type_ not in ("PERSON", "") or person.i in one.mention_of:
        return None
    given = any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in person.children)
    return person if given else None  # "Peru's Moche" may be a company


def _attitude_of(token: Token) -> Token | None:
    """The subject that is what the state thinks or does: "Peru's reply was longer", "The Greek position is that"; None
    for "Peru's exports grew"."""
    noun = token.head
    if token.dep_ not in ("poss", *_WITHIN) or noun.dep_ not in SUBJECTS:
        return None
    word = noun.lemma_.lower()
    return noun if word in cues().stances | cues().attitude_nouns | cues().held else None


def _is_asked(token: Token) -> bool:
    """ "At the request of Peru and Chile", "in the opinion of Peru": whose request or opinion it is."""
    while token.dep_ == "conj":
        token = token.head
    noun = token.head.head
    behind = token.dep_ == "pobj" and token.head.lower_ == "of" and noun.dep_ == "pobj"
    return (
        behind and noun.lemma_.lower() in cues().by_whom and noun.head.lower_ in ("at", "in", "on", "from", "to", "by")
    )


def _is_contracted(token: Token) -> bool:
    """ "Peru's in", "Peru's the same": a verb, where the parse sees an owner; not "Peru's in-house experts"."""
    mark = next((child for child in token.children if child.dep_ == "case"), None)
    if mark is None or mark.i + 2 >= len(token.doc):
        return False
    after, next_but_one = token.doc[mark.i + 1], token.doc[mark.i + 2]
    no_owner = after.tag_ in ("DT", "PDT", "IN", "RP", "TO") or after.lower_ in ("in", "out")
    return no_owner and next_but_one.text != "-"


def _opens(mention: Mention, token: Token, one: Parsed) -> bool:
    """Whether a state opens the sentence and the parse misses that it is the subject: of a verb that it does not know
    ("Peru co-drafted it", "Yaoundé prefers"), or behind what is put in ("Peru, host of the talks, has")."""
    last = max(other.i for other in one.tokens_of(mention))
    if not _BEFORE.fullmatch(one.text[: mention.start]) or last + 1 >= len(one.tokens):
        return False
    after, verb = one.tokens[last + 1], token.head
    acts = after.tag_ in _FINITE or after.text.endswith("ed")
    if token.dep_ in _WITHIN:
        return acts or (verb.i == after.i and verb.dep_ == "ROOT" and verb.tag_ == "NNS")
    listed = after.text == "," or after.lower_ in ("and", "or")
    return token.dep_ in _BESIDE and (acts or (listed and verb.i > last and verb.pos_ in ("VERB", "AUX")))


def _is_scene(mention: Mention, one: Parsed) -> bool:
    """Whether a capital opens the sentence as where it is said or thought: "In Lima the matter is under study", not
    "In Lima the ambassador refused", "In Lima Chile refused"."""
    if not _SCENE.fullmatch(one.text[: mention.start]):
        return False
    subjects = [token for token in one.tokens if token.dep_ in SUBJECTS and token.head.dep_ == "ROOT"]
    named = (one.mention_of[token.i] for token in subjects if token.i in one.mention_of)
    others = any(other.codes and not set(other.codes) & set(mention.codes) for other in named)
    return not others and not any(token.lower_ in titles().abroad for token in subjects)
