"""What a cue is aimed at: the topic, something else, or the side of another state."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from digest.model import Topic
from digest.positions.lexicon import cues, lemma, wording
from digest.positions.names import forms_of
from digest.positions.parsed import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_about_else(cue: Token, topic: Topic) -> bool:
    """Whether what is supported or opposed is named, and nothing in its sentence is of the topic: neither a word of it
    nor one that stands for the matter at hand, whatever it is ("the request")."""
    matter = [word for target in _objects_of(cue) for word in target.subtree]
    if any(word.lower_ in wording("aimed.any_matter") for word in matter) or not any(
        word.pos_ == "NOUN" for word in matter
    ):
        return False
    content = {stem(word.lower_) for word in cue.doc if word.pos_ in ("NOUN", "PROPN", "VERB", "ADJ")}
    return not content & topic_stems(topic)


def is_replaced(cue: Token, topic: Topic) -> bool:
    """ "Proposed a pause instead of the quota": what is wanted is something else, and the topic is neither wanted nor
    refused in so many words."""
    stems = topic_stems(topic)
    for token in cue.doc[cue.i + 1 : -1]:
        if token.lower_ == "instead" and token.nbor().lower_ == "of":
            parts = token.doc[cue.i + 1 : token.i], token.doc[token.i + 2 : token.i + 7]
            before, behind = (any(stem(word.lower_) in stems for word in part) for part in parts)
            return behind and not before
    return False


def backs_another(parsed: Parsed, cue: Token, topic: Topic) -> bool:
    """ "Poland backed Kyiv": for or against the topic, as Kyiv is. Not where the topic names that state."""
    if lemma(cue) not in ("back", "support"):
        return False
    backed = (parsed.mention_of.get(child.i) for child in cue.children if child.dep_ == "dobj")
    codes = [code for mention in backed if mention is not None for code in mention.codes]
    said = " ".join((topic.name, *topic.words))
    return bool(codes) and not any(form in said for code in codes for form in forms_of(code))


@cache
def topic_stems(topic: Topic) -> frozenset[str]:
    """The topic's own words, without the proper names in its name: those stand in every sentence on the subject."""
    first, *rest = re.findall(r"\w{3,}", topic.name) or [""]
    common = [word for word in rest if word[0].islower()]
    extra = [word for text in topic.words for word in re.findall(r"\w{3,}", text)]
    return frozenset(stem(word.lower()) for word in (first, *common, *extra))


def stem(word: str) -> str:
    """The letters by which words are compared with those of a topic."""
    return word[:5]


def _objects_of(cue: Token) -> list[Token]:
    """The direct object of a verb of support or refusal, and what stands behind its "to", "for", "against"."""
    if lemma(cue) not in cues().supports | cues().opposes:
        return []
    found = [child for child in cue.children if child.dep_ == "dobj"]
    for child in cue.children:
        if child.lower_ in ("to", "for", "against"):
            found.extend(one for one in child.children if one.dep_ == "pobj")
    return found
