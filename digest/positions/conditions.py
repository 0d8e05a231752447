"""Clauses on which what is to come hangs: "would join once the toll is settled", "should its ships be exempted"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from digest.model import Topic
from digest.positions.aimed import stem, topic_stems
from digest.positions.lexicon import cues, lemma, titles, wording
from digest.positions.parsed import SUBJECTS, Parsed
from digest.positions.subjects import has_subject

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST = 10
"""Words that are shown of a condition at most, from the verb on; else its first word alone."""


def is_condition(verb: Token) -> bool:
    """A clause of "if" or "unless" belongs to what it limits, "but only if" too; one of "while" or "as" stands for
    itself."""
    marks = {child.lower_ for child in verb.children if child.dep_ in ("mark", "advmod")}
    if verb.dep_ == "advcl" and verb.head.lower_ in ("long", "provided", "condition", "soon"):
        return True  # "as long as the ships are unarmed"
    if verb.dep_ == "conj" and marks & {"if", "unless", "provided"}:
        return True  # "keeps its pledge, but only if others pay"
    return verb.dep_ == "advcl" and bool(marks & wording("conditions.mark"))


def limit_of(words: Sequence[Token], parsed: Parsed, topic: Topic) -> str | None:
    """The words that show that what the holder is to do in the clause `words` hangs on a clause of time, which is
    then one of condition: "would sign once"; None where nothing does. What is past, refused or only begins does not."""
    for verb in words:
        if not _is_to_come(verb) or _is_kept_open(verb) or is_others(verb, parsed, topic):
            continue
        for word in verb.doc[verb.i + 1 : verb.sent.end]:
            if word.text in (";", ":"):
                break
            if _opens(word) and not _parts(verb, word) and not _is_over(verb, word.head):
                return _shown(verb, word)
    return None


def is_others(verb: Token, parsed: Parsed, topic: Topic) -> bool:
    """Whether what the verb says is done by a thing, or by nobody that is named: "asked who will pay", "fish do not
    vote". What the topic is about may do it: "insisted that the force would deploy"."""
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if subject is None or subject.i in parsed.mention_of:
        return False
    if subject.tag_ in ("WP", "WDT"):
        return verb.dep_ != "relcl" and not _is_cleft(verb)
    if subject.pos_ != "NOUN" or any(word.i in parsed.mention_of for word in subject.children):
        return False
    speaks = bool({lemma(subject), subject.lower_} & _speaking())
    return not speaks and stem(subject.lower_) not in topic_stems(topic)


def _is_cleft(verb: Token) -> bool:
    """ "It was Togo that objected": done by Togo."""
    named = {child.lower_ for child in verb.head.children if child.dep_ == "nsubj"}
    return lemma(verb.head) == "be" and "it" in named


@cache
def _speaking() -> frozenset[str]:
    """Nouns that may stand for a state or its speaker."""
    return titles().person | titles().body | titles().collective | cues().attitude_nouns


def _is_to_come(verb: Token) -> bool:
    """ "would join", "is prepared to pay"."""
    if any(child.dep_ == "aux" and child.lower_ in wording("conditions.ahead") for child in verb.children):
        return True
    if verb.dep_ == "xcomp" and verb.head.lower_ in wording("conditions.willing"):
        return True
    return verb.dep_ in ("conj", "xcomp") and not has_subject(verb) and _is_to_come(verb.head)


def _is_kept_open(verb: Token) -> bool:
    """Whether it is no consent that is put off: a refusal, a decision or an answer, and what is asked ("whether")."""
    if any(child.dep_ == "mark" and child.lower_ in ("whether", "if") for child in verb.children):
        return True
    if any(child.dep_ == "neg" or child.lower_ == "against" for child in verb.children):
        return True
    if any(child.dep_ == "dobj" and lemma(child) in wording("conditions.pending") for child in verb.children):
        return True  # "would form an opinion when"
    return lemma(verb) in cues().opposes | cues().speech | wording("conditions.pending")


def _opens(word: Token) -> bool:
    """Whether a word opens a clause of time with a verb and a subject, or is a "should" before its subject."""
    if word.lower_ == "should":
        subject = next((child for child in word.head.children if child.dep_ in SUBJECTS), None)
        return word.dep_ == "aux" and subject is not None and word.i < subject.i < word.head.i
    if word.lower_ == "soon":
        behind = word.doc[word.i + 1 : word.i + 2]
        clause = next((one for one in word.doc[word.i + 2 : word.sent.end] if _is_finite(one)), None)
        return behind.text == "as" and clause is not None and not _only_begins(clause)
    clause = word.head
    is_opener = word.lower_ in wording("conditions.open") and word.dep_ in ("mark", "advmod") and word.i < clause.i
    return is_opener and _is_finite(clause) and not _only_begins(clause)


def _is_finite(verb: Token) -> bool:
    return verb.pos_ in ("VERB", "AUX") and (has_subject(verb) or any(one.dep_ == "expl" for one in verb.children))


def _only_begins(clause: Token) -> bool:
    """ "when the mission begins": a mere time."""
    if any(child.dep_ == "dobj" for child in clause.children):
        return False
    told = [clause, *(child for child in clause.children if child.dep_ == "acomp")]
    return any(lemma(one) in wording("conditions.beginning") for one in told)


def _is_over(verb: Token, clause: Token) -> bool:
    """ "will decide, he said after the treasury had published the costs": what is past when somebody speaks of what
    will be is no condition of it; under "would" the past may be what is to come."""
    now = any(child.lower_ in ("will", "shall", "’ll", "'ll") for child in verb.children)
    helping = [child.lower_ for child in clause.children if child.dep_ in ("aux", "auxpass")]
    past = any(word in ("had", "was", "were", "did") for word in helping) or (not helping and clause.tag_ == "VBD")
    return now and past


def _parts(verb: Token, opener: Token) -> bool:
    """Whether a verb with a subject of its own stands between the two, other than one of saying that is put in."""
    between = verb.doc[verb.i + 1 : opener.i]
    return any(has_subject(one) and lemma(one) not in cues().speech for one in between if one.pos_ in ("VERB", "AUX"))


def _shown(verb: Token, opener: Token) -> str:
    helping = (child.i for child in verb.children if child.dep_ == "aux")
    first = verb.head.i if verb.dep_ == "xcomp" else min(helping, default=verb.i)
    words = verb.doc[opener.i - 1 : opener.i + 2] if opener.lower_ == "soon" else verb.doc[opener.i : opener.i + 1]
    return str((verb.doc[first : words.end] if opener.i - first < _LONGEST else words).text)
