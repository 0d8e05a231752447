"""Which topics a holder's own words in a sentence name: "Ghana objected to the tax and Togo to the patrols" has two.

The sentence as a whole has one topic (`bearing`). Where the words of a holder's clause name another one alone, that one
is meant; where they name two, both are, and of each the verb that stands nearest to it tells the stance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from digest.model import Topic
from digest.positions.aimed import stem, topic_stems
from digest.positions.parsed import Parsed
from digest.positions.proposer import Candidate, verbs_of
from digest.positions.stance import clause_tokens

if TYPE_CHECKING:
    from spacy.tokens import Token

SWITCHED, SECOND = 0.15, 0.25
"""How near a sentence must be to a topic that is not the nearest, to be on it by what the holder's clause names, and to
be on it too. By hand, on the sample corpus and on documents of another week with three topics: of 11 second topics
there none was foreign."""

_NAMING = ("NOUN", "PROPN", "VERB")
_AND, _TOWARDS = ("and", ",", "but", "while"), ("to", "for", "against", "on", "in", "with", "over")


@dataclass(frozen=True, slots=True)
class Aim:
    """A topic of what a holder says in a sentence, with the candidate that says it: where there are two topics, its cue
    is the verb that belongs to this one. `second` tells that the sentence is nearer to another."""

    topic: Topic | None
    candidate: Candidate
    second: bool = False


def aims(
    one: Parsed, candidate: Candidate, chosen: Topic | None, topics: Sequence[Topic], scores: Sequence[float]
) -> Iterator[Aim]:
    """The topics of a candidate's statement, the one that is meant most first. `chosen` is that of the sentence,
    `scores` how near it is to each."""
    nearness = dict(zip(topics, scores, strict=True))
    named = _named(one, candidate, [topic for topic in topics if nearness[topic] >= SWITCHED or topic == chosen])
    if chosen is None or not named or set(named) == {chosen}:
        yield Aim(chosen, candidate)
        return
    first = chosen if chosen in named else max(named, key=lambda topic: nearness[topic])
    others = [topic for topic in named if topic != first and nearness[topic] >= SECOND]
    for topic in (first, *others):
        yield Aim(topic, _told_of(candidate, named, topic, one), topic != first)


def _told_of(candidate: Candidate, named: Mapping[Topic, list[Token]], topic: Topic, one: Parsed) -> Candidate:
    """The candidate as it speaks of a topic: by the verb of the part that names it, without the parts that name only
    others."""
    found = candidate.found
    if found is None:
        return candidate
    own = {_branch(token).i for token in named[topic]}
    apart = {_branch(token).i for other, tokens in named.items() if other != topic for token in tokens} - own
    cue = found.cue if _branch(one.tokens[found.cue]).i not in apart else min(own)
    elsewhere = frozenset(token.i for token in one.tokens if _branch(token).i in apart)
    return replace(candidate, found=replace(found, cue=cue), elsewhere=elsewhere)


def _branch(token: Token) -> Token:
    """The verb of the coordinated part of the sentence that a token stands in: "lend" and "pay" of "would lend
    ships, she said, and would pay"."""
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    while token.dep_ in ("xcomp", "aux", "acomp", "pcomp", "advcl") and token.head.i != token.i:
        token = token.head
    return token


def _named(one: Parsed, candidate: Candidate, topics: Sequence[Topic]) -> dict[Topic, list[Token]]:
    """The topics that the candidate's clause names by words that are no other topic's, with these words."""
    clause = _before_another(_clause(one, candidate), one, candidate.holder.code)
    stems = {stem(token.lower_) for token in clause}
    words = [token for token in clause if token.pos_ in _NAMING and token.i not in one.mention_of]
    found: dict[Topic, list[Token]] = {}
    for topic in topics:
        naming = frozenset[str]().union(*(phrase for phrase in _phrases(topic, tuple(topics)) if phrase <= stems))
        tokens = [token for token in words if stem(token.lower_) in naming]
        if tokens:
            found[topic] = tokens
    return found


def _before_another(words: Sequence[Token], one: Parsed, code: str) -> list[Token]:
    """The words up to those of another whose verb is left out: "Ghana objecting to the tax and Togo to the patrols"."""
    for token in words:
        mention, before = one.mention_of.get(token.i), one.tokens[max(0, token.i - 1)]
        behind = one.tokens[min(token.i + 1, len(one.tokens) - 1)]
        if mention is None or code in mention.codes or before.lower_ not in _AND or behind.lower_ not in _TOWARDS:
            continue
        if any(word.i < token.i and word.lower_ == behind.lower_ for word in words):
            return [word for word in words if word.i < token.i]
    return list(words)


@cache
def _phrases(topic: Topic, topics: tuple[Topic, ...]) -> tuple[frozenset[str], ...]:
    """The stems by which a topic can be told among others: those of its name, one by one, and each of its words, whole,
    but for those that another has too."""
    others = frozenset[str]().union(*(topic_stems(other) for other in topics if other != topic))
    names = (frozenset((one,)) for one in sorted(topic_stems(replace(topic, words=()))))
    words = (frozenset(stem(word.lower()) for word in re.findall(r"\w{3,}", text)) for text in topic.words)
    return tuple(dict.fromkeys(phrase for phrase in (*names, *words) if phrase and not phrase & others))


def _clause(one: Parsed, candidate: Candidate) -> list[Token]:
    """The words of the holder's clauses: that of what the rules found, and of each verb that it is the subject of."""
    cues = [candidate.found.cue] if candidate.found is not None else []
    cues += verbs_of(one, candidate)
    found = {token.i: token for cue in dict.fromkeys(cues) for token in clause_tokens(one, cue, candidate.holder.code)}
    return [found[index] for index in sorted(found)]
