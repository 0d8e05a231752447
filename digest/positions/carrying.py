"""Who goes on speaking in a sentence that names nobody: for the proposer, with high recall and no judgement.

A name with a colon gives somebody the word; "I" and "we" outside quotation marks, a dash, "he said" and the paragraph
of a record go on from the one heard last; a signed text speaks for those who sign it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from digest.model import Actor, HolderKind
from digest.positions.context import NOBODY, Context, Holder, Speaker
from digest.positions.editorial import is_editorial
from digest.positions.holders import mention_speaker, person_speaker, speaker_of_phrase
from digest.positions.lexicon import titles
from digest.positions.names import DocumentNames, Form, Mention, find_mentions, holder_kind
from digest.positions.parsed import Parsed

_FIRST = frozenset(("i", "we", "my", "our", "me", "us", "ours", "mine"))
_FAR = 2
"""Paragraphs over which the one heard last may go on as "I" and "we": questions stand between answers."""


def speaks_as_i(one: Parsed) -> bool:
    """Whether the sentence says "I" or "we" outside quotation marks."""
    return any(token.lower_ in _FIRST and not one.quoted[token.i] for token in one.tokens)


def goes_on(one: Parsed, context: Context, others_speak: bool) -> Speaker:
    """Who may be speaking in this sentence without being named in it; `others_speak` tells that somebody named is."""
    voices = context.voices
    if is_editorial(one.text):
        return NOBODY
    if voices.signers.holders and (speaks_as_i(one) or not others_speak):
        return voices.signers
    distance = one.sentence.paragraph - voices.paragraph
    if speaks_as_i(one) and distance <= _FAR:
        return voices.last
    if others_speak or one.is_question:
        return NOBODY
    dashed = one.is_dashed
    if (distance == 0 and (voices.labelled or context.is_record)) or (dashed and distance <= _FAR):
        return voices.last
    return NOBODY


def meant_by(word: str, one: Parsed, context: Context) -> Speaker:
    """Whom "he", "she", "it" or "they" may mean where the rules know nobody."""
    distance = one.sentence.paragraph - context.voices.paragraph
    if word in ("he", "she"):
        return context.voices.person if distance <= 1 else NOBODY
    return context.voices.last if distance == 0 else NOBODY


# --- a name with a colon ----------------------------------------------------------------------------------------------

_LABEL = re.compile(r"\s*(?:[-–—*]+\s*|\d+\.\s*)?((?:[A-ZÀ-Þ(][^\s:“\"]*\s){0,7}[A-ZÀ-Þ(][^\s:“\"]*):\s+\S")


def label_of(one: Parsed, context: Context) -> Speaker | None:
    """Who is given the word by a name with a colon at the beginning: "Ms Holcomb: I can."; None without such a label,
    `NOBODY` where it is somebody else's."""
    match = _LABEL.match(one.text)
    if match is None:
        return None
    end = match.end(1)
    for phrase in context.phrases.get(id(one), []):
        if one.tokens[phrase.head].idx < end:
            speaker = speaker_of_phrase(phrase, one, context)
            if speaker.holders:
                return speaker
    person = context.people.find(re.sub(r"\W+$", "", match[1]))
    if person is not None:
        return person_speaker(person)
    named = [mention for mention in one.mentions if mention.end <= end and mention.is_actor_name]
    return mention_speaker(named[0]) if len(named) == 1 else NOBODY


# --- what is remembered -----------------------------------------------------------------------------------------------


def heard(one: Parsed, context: Context, label: Speaker | None, holders: Sequence[Holder]) -> None:
    """Remember a sentence: its label, the `holders` that could have spoken in it, the state that it named last."""
    voices = context.voices
    if label is not None:
        voices.last, voices.labelled, voices.paragraph = label, True, one.sentence.paragraph
        voices.person = label if label.holders else voices.person
    elif holders:
        voices.last, voices.labelled, voices.paragraph = Speaker(tuple(holders)), False, one.sentence.paragraph
        persons = tuple(holder for holder in holders if holder.actor is not None)
        voices.person = Speaker(persons) if persons else voices.person
    elif not one.is_question and voices.last.holders and one.sentence.paragraph - voices.paragraph == 1:
        goes = voices.labelled or speaks_as_i(one) or one.all_quoted or one.is_dashed
        voices.paragraph += 1 if goes else 0
    states = [
        mention.codes
        for mention in one.mentions
        if mention.is_actor_name and len(mention.codes) == 1 and not _is_scene(mention, one.text)
    ]
    voices.state = states[-1] if states else ()
    voices.turned = states[0] if len(set(states)) == 1 else ()


def _is_scene(mention: Mention, text: str) -> bool:
    """ "the talks in Lima": a capital where something goes on says nothing of whose minister comes next."""
    before = text[max(0, mention.start - 8) : mention.start]
    return mention.form is Form.CAPITAL and bool(re.search(r"\b(?:in|at|to|from|near)\s$", before, re.IGNORECASE))


# --- signed texts -----------------------------------------------------------------------------------------------------

_SIGNED = re.compile(
    r"^\W*(?:by|from (?!\d)|signed|we, the|the undersigned|(?:open |joint )*(?:letter|statement|declaration)\b|"
    r"the (?:ministers|foreign ministers|presidents|prime ministers|heads of)|we write)",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:ministers?|presidents?|premiers?|ambassadors?|governments?|secretar(?:y|ies)|responsible)\b", re.IGNORECASE
)
_TOP = 4


def signers_of(parsed: Iterable[Parsed], heading: str, names: DocumentNames) -> Speaker:
    """The states in whose name a letter, an opinion piece or a joint statement is signed at its top; nobody else. A
    line with the author's name ("By ...") is no sentence and stands in the heading alone."""
    for line in heading.splitlines():
        words = set(re.findall(r"\w+", line.lower()))
        if words & (titles().former | titles().no_state) or len(line) > _LONGEST_BYLINE:
            continue
        if _BYLINE.match(line) and _OFFICE.search(line):
            holders = tuple(_signing(find_mentions(line, names)))
            named = _AUTHOR.match(line)
            if named and len(holders) == 1:
                actor = Actor(named[1], named[2].strip(" .*_"))
                return Speaker((Holder(holders[0].code, actor, holders[0].how),))
            if holders:
                return Speaker(holders)
    for number, one in enumerate(parsed):
        if number >= _TOP:
            return NOBODY
        if _SIGNED.match(one.doc.text) and _OFFICE.search(one.doc.text):
            holders = tuple(_signing(one.mentions))
            if holders:
                return Speaker(holders)
    return NOBODY


_BYLINE = re.compile(r"\s*by\s+[A-ZÀ-Þ]", re.IGNORECASE)
_AUTHOR = re.compile(r"\s*(?:By|BY|by)\s+((?:[A-ZÀ-Þ][\w.’'-]*\s?){2,4}),\s*(.{3,100})$")
_LONGEST_BYLINE = 200


def _signing(mentions: Iterable[Mention]) -> Iterator[Holder]:
    seen = set()
    for mention in mentions:
        for code in mention.codes if len(mention.codes) == 1 else ():
            if code not in seen and holder_kind(code) is HolderKind.COUNTRY:
                seen.add(code)
                yield Holder(code, None, f"the text is signed for “{mention.text}”")
