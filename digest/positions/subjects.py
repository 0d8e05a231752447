"""Who does what a verb says, over the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.positions.lexicon import cues, lemma
from digest.positions.parsed import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token


_SUBJECTS = ("nsubj", "csubj")


def has_subject(verb: Token) -> bool:
    """Whether a verb has a noun or a pronoun of its own as its subject, in the active or the passive."""
    return any(child.dep_ in SUBJECTS for child in verb.children)


def subject_of(verb: Token) -> tuple[Token | None, list[Token]]:
    """Who does what the verb says, and the verbs climbed through to find it. For a passive: the one behind "by"."""
    path = [verb]
    while True:
        current = path[-1]
        passive = next((child for child in current.children if child.dep_ == "nsubjpass"), None)
        if current is verb and (passive is not None or _is_bare_participle(current)):
            agent = _agent(current)
            return (passive if agent is None and current.lower_ in cues().predicate else agent), path
        subject = next((child for child in _subjects(current, verb) if child.dep_ in _SUBJECTS), passive)
        if subject is None or subject.dep_ == "csubj":
            subject = of_participle(current) or subject
        if subject is not None:
            return _antecedent(subject, current), path
        if current.dep_ in (
            "conj",
            "xcomp",
            "advcl",
            "pcomp",
            "ccomp",
            "auxpass",
            "aux",
            "prep",
            "dobj",
            "acomp",
            "attr",
            "pobj",
            "acl",
            "oprd",
        ):
            if current.dep_ in ("xcomp", "ccomp") and _is_urged(current.head):
                return None, path  # the one who is urged does not yet hold it
            if any(child.dep_ == "mark" for child in current.children):
                return None, path  # "would like nothing better than to see it fail"
            if current.dep_ == "acl" and current.tag_ != "VB":
                return None, path  # "a plan backed by": only "the right to send" goes on to whose right it is
            path.append(current.head)
            continue
        return None, path


def _subjects(verb: Token, cue: Token) -> list[Token]:
    """The children of a verb among which its subject is. In "Kenya, Norway's minister said, would sign" the parse gives
    both to "said": the nearer one says it, the first one would sign."""
    put_in = two_subjects(verb)
    if put_in:
        return put_in[1:] if verb is cue else put_in[:1]
    named = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if len(named) > 1:  # "not the envoy of Mali but Niger's minister refused"
        named = [child for child in named if not any(one.dep_ == "neg" for one in child.children)] or named
    if named:
        return [child for child in verb.children if child.dep_ not in _SUBJECTS or child in named]
    beside = (child for child in verb.children if child.dep_ == "parataxis" and child.i < verb.i)
    return next((both[:1] for child in beside if (both := two_subjects(child))), list(verb.children))


def two_subjects(verb: Token) -> list[Token]:
    """The two subjects of a verb of saying that stands between commas; none where it has one."""
    both = [child for child in verb.children if child.dep_ == "nsubj"]
    apart = len(both) == 2 and any(word.text == "," for word in verb.doc[both[0].i : both[1].i])
    return both if apart and lemma(verb) in cues().speech else []


def _is_urged(verb: Token) -> bool:
    """ "urged Germany to send", "Germany was asked to send": somebody is to do what follows."""
    has = {child.dep_ for child in verb.children}
    return "dobj" in has or ("auxpass" in has and lemma(verb) in cues().speech | cues().causative)


def of_participle(verb: Token) -> Token | None:
    """In "Ms. Lund (Norway), aligning herself with the group, said" the name, which the parse gives to the participle;
    None where it does not."""
    for child in verb.children:
        if child.dep_ in ("csubj", "advcl") and child.tag_ == "VBG" and child.i < verb.i:
            return next((one for one in child.children if one.dep_ == "nsubj" and one.pos_ == "PROPN"), None)
    return None


def _is_bare_participle(verb: Token) -> bool:
    """ "talks led by Macron", "as stated by Paris": a participle whose doer stands behind "by"."""
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in ("acl", "advcl")
        and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    )


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            named = (one for one in child.children if one.dep_ == "pobj")
            return next(named, next(child.children, None))
    return None


def _antecedent(subject: Token, verb: Token) -> Token:
    """For "who", "which" and "that" the noun before the relative clause, or that of "it was Togo that"."""
    if subject.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
        return verb.head
    if subject.tag_ in ("WDT", "WP") and verb.dep_ == "ccomp" and lemma(verb.head) == "be":
        has = {child.dep_: child for child in verb.head.children}
        told = has.get("attr", has.get("acomp"))
        if told is not None and "nsubj" in has and has["nsubj"].lower_ == "it":
            return told
    return subject
