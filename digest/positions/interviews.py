"""Interviews: which paragraphs are questions and which are answers, and who is interviewed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from digest.model import Actor, HolderKind, Sentence
from digest.positions.context import NOBODY, Context, Holder, Speaker
from digest.positions.hearing import SHORT
from digest.positions.holders import owner_by_pronoun, person_speaker
from digest.positions.lexicon import wording
from digest.positions.names import DocumentNames, Form, find_mentions, holder_kind
from digest.positions.parsed import Parsed
from digest.positions.titled import ActorPhrase


def interviewee_of(lead: Sequence[Parsed], heading: str, names: DocumentNames, context: Context) -> Speaker:
    """The one whom the heading announces, else the first person whom the sentences before the first answer name, if
    that is one who speaks for a state."""
    announced = _announced(heading, names)
    first = _introduced(lead, context)
    if first.holders and _introduced(_meetings(lead), context) == first:
        return first
    return _named(announced, lead) if announced.holders and announced.codes != first.codes else first


def _named(announced: Speaker, lead: Sequence[Parsed]) -> Speaker:
    """One announced by the office alone has the name of the only person whom the lead names."""
    names = {entity.text for one in lead for entity in one.doc.ents if entity.label_ == "PERSON" and len(entity) > 1}
    (holder,) = announced.holders
    if holder.actor is None or holder.actor.name is not None or len(names) != 1:
        return announced
    return Speaker((replace(holder, actor=Actor(names.pop(), holder.actor.role)),))


def _meetings(lead: Sequence[Parsed]) -> list[Parsed]:
    return [one for one in lead if is_meeting(one.doc.text)]


def _introduced(lead: Sequence[Parsed], context: Context) -> Speaker:
    """The person named in the sentences of a lead: the only one, else the only one of its last paragraph; before
    all others the only one of the sentences that tell of the conversation. One with an office alone takes the only
    state named there."""
    last = [one for one in lead if one.sentence.paragraph == lead[-1].sentence.paragraph]
    for part in (_meetings(lead), lead, last):
        named = {
            person.name: (one, phrase, person)
            for one in part
            for phrase in context.phrases.get(id(one), [])
            if phrase.name and phrase.kind in ("person", "none") and (person := context.people.find(phrase.name))
        }
        if len(named) != 1:
            continue
        ((one, phrase, person),) = named.values()
        if not person.speaks or _FORMERLY.search(one.doc.text) or _another_before(one, phrase, context):
            return NOBODY
        if not person.codes:
            states = owner_by_pronoun(phrase, one, context) or tuple(_states_of(lead))
            if len(states) == 1:
                context.people.settle(phrase, states)
                person = context.people.find(person.name) or person
        return person_speaker(person) if person.codes else NOBODY
    return NOBODY


_FORMERLY = re.compile(r"\b(?:was|served)\b.{1,100}\b(?:until|till|(?:from|between) (?:19|20)\d\d)\b")
"""Who held an office once: "was minister from 2014 to 2018"."""


def _another_before(one: Parsed, phrase: ActorPhrase, context: Context) -> bool:
    """Whether another person without an office stands before: "Ana Rey, who advised minister Prado"."""
    return any(
        entity.label_ == "PERSON"
        and len(entity) > 1
        and entity.end <= phrase.start
        and not context.people.find(entity.text)
        for entity in one.doc.ents
    )


def _states_of(lead: Sequence[Parsed]) -> set[str]:
    return {
        code
        for one in lead
        for mention in one.mentions
        if mention.form is not Form.GROUP
        for code in mention.codes
        if holder_kind(code) is HolderKind.COUNTRY
    }


_OFFICES = (
    r"(?:minister|president|ambassador|envoy|chancellor|secretary|negotiator|commissioner|spokes(?:man|woman|person))"
)
_OFFICE_BEHIND = re.compile(
    rf"(?:['’]s)?\s+((?:\w+\s+){{0,3}}?{_OFFICES}\b(?:\s+(?:for|of)(?:\s+(?!of\b)\w+){{1,3}})?)", re.IGNORECASE
)
_NAME = r"(?:[A-ZÀ-Þ][\w’'-]+\s+){1,3}[A-ZÀ-Þ][\w’'-]+"
_NAME_BEHIND = re.compile(rf",?\s+({_NAME})")
_OFFICE_BEFORE = re.compile(
    rf"(?:({_NAME}),\s+)?(?:the\s+)?((?i:(?:\w+\s+){{0,3}}?{_OFFICES}(?:\s+(?:for|of)(?:\s+\w+){{1,3}}?)?))\s+of\s+(?:the\s+)?$"
)


def _announced(heading: str, names: DocumentNames) -> Speaker:
    """The one whom an interview's heading announces: "Bolivia's mining minister Ana Rey on lithium", "Ana Rey, minister
    of Bolivia"."""
    for line in heading.splitlines():
        for mention in find_mentions(line, names):
            if len(mention.codes) != 1:
                continue
            behind = _OFFICE_BEHIND.match(line, mention.end)
            before = _OFFICE_BEFORE.search(line[: mention.start])
            if behind:
                named = _NAME_BEHIND.match(line, behind.end())
                name, role = named[1] if named else None, f"{mention.text} {behind[1]}"
            elif before:
                name, role = before[1], f"{before[2]} of {mention.text}"
            else:
                continue
            return Speaker((Holder(mention.codes[0], Actor(name, role), f"“{role}” in the heading"),))
    return NOBODY


def answers(questions: frozenset[int], sentences: Sequence[Sentence]) -> frozenset[int]:
    """The paragraphs of answers in an interview (three questions or more): what stands between the questions, and the
    one paragraph behind the last."""
    if len(questions) < 3:
        return frozenset()
    paragraphs = sorted({sentence.paragraph for sentence in sentences} - questions)
    last = next((number for number in paragraphs if number > max(questions)), None)
    return frozenset(n for n in paragraphs if min(questions) < n < max(questions) or n == last)


def perhaps_answers(questions: frozenset[int], parsed: Sequence[Parsed]) -> frozenset[int]:
    """The paragraphs that may be answers where a document looks like an interview (two questions or more, and two
    paragraphs that speak as "I" or "we" outside quotation marks): not every question ends with its mark."""
    own = personal(parsed) - questions
    if len(questions) < 2 or len(own) < 2:
        return frozenset()
    return frozenset(one.sentence.paragraph for one in parsed if one.sentence.paragraph > min(questions)) - questions


def talks(questions: frozenset[int], parsed: Sequence[Parsed], personal: frozenset[int]) -> bool:
    """Whether the questions of a document are put to somebody: three or more, or "Would you sign?", or between them
    "Your neighbours are not happy", or set apart as headings."""
    lengths = Counter(one.sentence.paragraph for one in parsed for _ in one.doc)
    short = {number for number, length in lengths.items() if length <= SHORT} - personal
    put = [one for one in parsed if one.sentence.paragraph in questions | short]
    spoken = (token for one in put for token in one.doc if not one.quoted[token.i])
    if any(token.lower_ in ("you", "your") for token in spoken):
        return True
    behind = set(lengths) - questions - {number for number in lengths if number < min(questions, default=0)}
    if questions - set(lengths):  # headings, no sentences: an analyst's text may have them, but seldom speaks as "I"
        return len(behind & personal) * 2 > len(behind)
    return len(questions) > 2


def personal(parsed: Sequence[Parsed]) -> frozenset[int]:
    """The paragraphs that speak as "I" or "we" outside quotation marks."""
    return frozenset(
        one.sentence.paragraph
        for one in parsed
        for token in one.doc
        if token.lower_ in ("i", "we", "my", "our", "me") and token.pos_ == "PRON" and not one.quoted[token.i]
    )


@cache
def _meeting() -> re.Pattern[str]:
    phrases = "|".join(sorted(wording("interviews.meeting")))
    verbs = "|".join(sorted(wording("interviews.met")))
    return re.compile(rf"\b(?:(?:{phrases})\b|(?:[Ww]e|[A-Z]\w+) (?:{verbs}) [A-Z])")


def is_meeting(text: str) -> bool:
    """Whether a sentence or a heading tells of a conversation with somebody: "spoke with this newspaper"."""
    return _meeting().search(text) is not None


def answers_of_announced(parsed: Sequence[Parsed], heading: str, context: Context) -> frozenset[int]:
    """The paragraphs that may be answers where few questions have their mark: the text says that it is an interview,
    or goes on in dashes, and what speaks as "I" or "we" stands behind a prompt, or behind a question in its own
    paragraph."""
    dashed = {one.sentence.paragraph for one in parsed if one.is_dashed}
    lead = {one.sentence.paragraph for one in parsed if is_meeting(one.doc.text)}
    first = min(context.personal - {min(lead, default=-1)}, default=0)
    if not any(number < first for number in lead) and len(dashed) < _DASHES and not is_meeting(heading):
        return frozenset()
    prompts_at = _prompts(parsed, context.personal)
    opened = {
        number
        for number, one in _first_sentences(parsed).items()
        if number in context.personal and (one.is_question or number - 1 in prompts_at)
    }
    return frozenset(opened) if len(opened) > 1 else frozenset()


_DASHES = 4
"""Paragraphs with a dash: a conversation, and no list."""


def _first_sentences(parsed: Sequence[Parsed]) -> dict[int, Parsed]:
    return {one.sentence.paragraph: one for one in reversed(parsed)}


def _prompts(parsed: Sequence[Parsed], personal: frozenset[int]) -> set[int]:
    """The short paragraphs that do not speak as "I" or "we"."""
    lengths: Counter[int] = Counter()
    for one in parsed:
        lengths[one.sentence.paragraph] += len(one.doc)
    found = {number for number, length in lengths.items() if length <= SHORT and number not in personal}
    missing = set(range(max(lengths, default=0))) - set(lengths)
    return found | missing
