"""Whom an office met: "The Secretary spoke with Prime Minister Remy of Haiti" shows that the Secretary is not Haiti's.

A read-out of a call or a visit names the state of the other and takes its own for known; what it then says of "the
Secretary" must not be given to the other's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from digest.positions.lexicon import wording
from digest.positions.parsed import Parsed
from digest.positions.titled import ActorPhrase

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOWARDS = frozenset(("with", "to", "from", "by", "between"))


def counterparts(parsed: Iterable[Parsed], phrases: Mapping[int, list[ActorPhrase]]) -> dict[str, frozenset[str]]:
    """For the noun of each office that stands without a state and meets, calls or tells somebody in the document: the
    codes of those, whose it then is not."""
    found: dict[str, set[str]] = {}
    for one in parsed:
        people = [phrase for phrase in phrases.get(id(one), []) if phrase.kind == "person"]
        for phrase in people:
            if not phrase.codes and not phrase.name:
                met = {code for other in _met_by(one.doc[phrase.head], one) for code in _codes_of(other, people, one)}
                found.setdefault(one.doc[phrase.head].lower_, set()).update(met)
    return {word: frozenset(codes) for word, codes in found.items() if codes}


def _met_by(office: Token, one: Parsed) -> Iterator[Token]:
    """The heads of the phrases of those whom an office meets, as the subject of a verb or the owner of a talk."""
    above = office.head
    if office.dep_ == "nsubj" and above.lemma_.lower() in wording("meeting.meet"):
        yield from _partners(above)
        for child in above.children:
            if child.dep_ == "dobj" and child.lemma_.lower() in wording("meeting.talk"):
                yield from _partners(child)
    elif office.dep_ == "poss" and above.lemma_.lower() in wording("meeting.talk"):
        yield from _partners(above)


def _partners(head: Token) -> Iterator[Token]:
    for child in head.children:
        if child.dep_ in ("dobj", "dative") and child.pos_ in ("NOUN", "PROPN"):
            yield child
        if child.dep_ in ("prep", "dative", "agent") and child.lower_ in _TOWARDS:
            yield from (other for other in child.children if other.dep_ == "pobj")


def _codes_of(partner: Token, people: Iterable[ActorPhrase], one: Parsed) -> Iterator[str]:
    """The states of a person who is met, by the office or by what stands around it ("her Norwegian counterpart")."""
    span = range(partner.left_edge.i, partner.right_edge.i + 1)
    inside = [phrase for phrase in people if phrase.start in span]
    if inside and inside[0].codes:
        yield from inside[0].codes
    elif inside or partner.lower_ in wording("meeting.colleague"):
        named = (one.mention_of[index] for index in span if index in one.mention_of)
        yield from next((mention.codes for mention in named), ())
