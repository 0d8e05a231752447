"""Bodies and heads of services that speak for the state or organisation named beside them, and for nobody without one:
an aviation authority, a central bank, a director of prisons.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.positions.lexicon import titles, wording
from digest.positions.names import Form, Mention, holder_kind
from digest.positions.parsed import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NAMING = (Form.NAME, Form.ADJECTIVE, Form.BODY, Form.SEAT)
_POSSESSIVE = ("'s", "’s", "'", "’")


def kind_of(token: Token) -> str | None:
    """ "body" for a word that is a state's body where a state is named with it, "person" for who heads a state's
    service, None for all others."""
    words, word = titles(), token.lower_
    if word == "bank":
        return "body" if token.i and token.nbor(-1).lower_ in wording("public.bank_of_state") else None
    if word == "governor":
        return "person" if _heads_bank(token) else None
    if word in words.public or (word in words.services and _is_of_matter(token)):
        return "body"
    return None


def is_public(word: str) -> bool:
    """Whether a word may be that of such a body, so that it counts only beside a state's name."""
    return word in titles().public | titles().services | {"bank", "governor"}


def stands_for(parsed: Parsed, start: int, head: int, of_state: bool) -> bool:
    """Whether such a body stands with a state: with its name or adjective before it, with a capital's only as an owner
    ("Nairobi's aviation authority"), or with "of" and the state behind it (`of_state`)."""
    doc = parsed.doc
    if head + 1 < len(doc) and doc[head + 1].lower_ == "on":
        return False  # "a Dutch authority on tulips"
    if of_state:
        return True
    mention = _owner(parsed, start, head)
    town = any(token.lower_ in wording("public.of_towns") for token in doc[start:head])
    return mention is not None and (mention.form in _NAMING or (_owns(mention, parsed) and not town))


def _owns(mention: Mention, parsed: Parsed) -> bool:
    behind = parsed.tokens_of(mention)[-1].i + 1
    return behind < len(parsed.tokens) and parsed.tokens[behind].text in _POSSESSIVE


def _owner(parsed: Parsed, start: int, head: int) -> Mention | None:
    found = (parsed.mention_of.get(index) for index in range(start, head))
    return next((mention for mention in found if mention is not None and mention.codes), None)


def place_behind(parsed: Parsed, end: int) -> Mention | None:
    """The capital behind such a body: "the fisheries authority in Tegucigalpa"."""
    doc = parsed.doc
    if end + 1 >= len(doc) or doc[end].lower_ != "in":
        return None
    mention = parsed.mention_of.get(end + 1)
    return mention if mention is not None and mention.form is Form.CAPITAL else None


def directs(parsed: Parsed, start: int, head: int, end: int, codes: Sequence[str]) -> bool:
    """Whether a director, an inspector or a legal counsel is that of an organisation ("the fund's director for Africa")
    or of a service of the state ("the Chilean prisons director", "Chile's director of migration"); no film director."""
    doc, words = parsed.doc, titles()
    word = doc[head].lower_
    if not codes or word not in words.directing or doc[head].pos_ not in ("NOUN", "PROPN"):
        return False
    behind = [token.lower_ for token in doc[head + 1 : end]]
    if set(behind) & words.no_state:
        return False
    if holder_kind(codes[0]).value == "organisation":
        return word != "counsel" or _is_legal(doc, head)
    if word == "counsel":
        return _is_legal(doc, head)
    before = [token.lower_ for token in doc[start:head]]
    service = words.matters | words.body | words.public | words.portfolio
    bank = any(one == "bank" and other in wording("public.bank_of_state") for other, one in pairwise(before))
    return bank or bool(set(before) & service) or bool(set(behind[1:3]) & service)


def _is_legal(doc: Doc, head: int) -> bool:
    return bool(head) and doc[head - 1].lower_ in wording("public.legal")


def _heads_bank(token: Token) -> bool:
    """ "the central bank governor", "the central bank's governor", "the governor of the central bank"."""
    before = [one.lower_ for one in token.doc[max(0, token.i - 3) : token.i] if one.text not in _POSSESSIVE]
    behind = [one.lower_ for one in token.doc[token.i + 1 : token.i + 5] if one.lower_ != "the"]
    return (len(before) > 1 and before[-2] in wording("public.bank_of_state") and before[-1] == "bank") or (
        behind[:1] == ["of"]
        and len(behind) > 2
        and behind[1] in wording("public.bank_of_state")
        and behind[2] == "bank"
    )


def _is_of_matter(token: Token) -> bool:
    """Whether what stands before a word like "service" is the business of states: "the fisheries service"."""
    return bool(token.i) and token.nbor(-1).lower_ in titles().matters


def leads(verb: Token, parsed: Parsed) -> bool:
    """Whether a relative clause tells an office: it leads or represents, or it runs what is a state's business ("who
    runs migration in Madrid", "who commands the Kenyan contingent"); not "who runs a bakery in Madrid"."""
    said = verb.lemma_.lower()
    words, inside = titles(), list(verb.subtree)
    if {token.lower_ for token in inside} & (words.no_state - {"director"}):
        return False
    if said in wording("public.leading"):
        return True
    if said == "be":
        charge = [token for token in inside if token.lower_ in ("charge", "responsible") and token.i - verb.i < 3]
        objects = [deep for one in charge for prep in one.children for deep in prep.children if prep.dep_ == "prep"]
    else:
        objects = (
            [child for child in verb.children if child.dep_ == "dobj"] if said in wording("public.running") else []
        )
    return any(_is_states_business(one, parsed) for one in objects)


def _is_states_business(noun: Token, parsed: Parsed) -> bool:
    """ "migration", "the Kenyan contingent", "Chile's prisons service": what a state runs; not "a school"."""
    words, word = titles(), noun.lower_
    bare = not any(child.dep_ in ("det", "poss", "amod") for child in noun.children)
    if bare and word in words.portfolio | words.matters:
        return True
    owned = any(index in parsed.mention_of for index in range(noun.left_edge.i, noun.right_edge.i + 1))
    public = word in words.body | words.public or kind_of(noun) == "body" or word in words.collective
    return owned and public
