"""What a whole document says around its sentences: who issued it, which country is at home in it, who is interviewed,
and the persons in it. Gathered before any sentence is judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from digest.model import Actor, Dating, HolderKind, Sentence, Spokesperson
from digest.positions import floor, issuing, podium
from digest.positions import parsed as parsing
from digest.positions.carrying import signers_of
from digest.positions.context import NOBODY, Context, Holder, Speaker
from digest.positions.hearing import SHORT
from digest.positions.holders import owner_by_pronoun, person_speaker
from digest.positions.lexicon import wording
from digest.positions.meeting import counterparts
from digest.positions.names import DocumentNames, Form, find_mentions, holder_kind
from digest.positions.offices import ASKS
from digest.positions.parsed import Parsed
from digest.positions.people import DELEGATE, ActorPhrase, People, Person, actor_phrases

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Setting:
    """What the document says around its sentences: when it was published, what stands at its top, and which of its
    paragraphs are questions. `labels` are the names with a colon that paragraphs begin with (`floor.labels_of`), by
    paragraph. `actors` are persons whom the analyst names, with the codes of their holders."""

    dating: Dating
    heading: str = ""
    questions: frozenset[int] = frozenset()
    actors: tuple[Spokesperson, ...] = ()
    labels: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The sentences of a document, parsed, and what is known of the whole before the first is judged."""

    parsed: tuple[Parsed, ...]
    context: Context
    names: DocumentNames
    heading: str

    def enter(self, one: Parsed) -> None:
        """Go on to a sentence: the first answer of an interview tells who is interviewed."""
        context = self.context
        talks = context.turn.transcript or one.sentence.paragraph in context.answers | context.perhaps_answers
        if talks and not context.interviewee.holders:
            context.interviewee = _interviewee(self, one)
        context.enter(one)
        floor.enter(one, context)


def survey(sentences: Sequence[Sentence], docs: Iterable[Doc], setting: Setting) -> Surroundings:
    """Read a document as a whole. `docs` holds the parse of each sentence's English."""
    text = " ".join(sentence.english or "" for sentence in sentences)
    names = DocumentNames.of(f"{setting.heading} {text}")
    parsed = tuple(parsing.make(sentences, docs, names))
    context = _gather_people(parsed)
    for actor in setting.actors:
        if actor.name in text:
            context.people.add_known(Person(actor.name, actor.role or None, (actor.holder,), True))
    context.met = counterparts(parsed, context.phrases)
    context.source = issuing.issuer_of(setting.heading, names)
    context.is_private = issuing.is_private_head(setting.heading)
    context.issuer = context.source.codes or (() if context.is_private else _issuer(setting.heading, names))
    context.is_official = _is_official(setting.heading) or context.source.state is not None
    context.home = _home(parsed) or _dateline(setting.heading, names)
    context.organisation = _organisation(parsed)
    context.is_record = _is_record(parsed, context)
    context.personal = _personal(parsed)
    context.talks = _talks(setting.questions, parsed, context.personal)
    context.answers = _answers(setting.questions, sentences) if context.talks else frozenset()
    context.voices.signers = signers_of(parsed, setting.heading, names)
    mentions = [mention for one in parsed for mention in one.mentions if mention.codes]
    context.voices.named = frozenset(code for mention in mentions for code in mention.codes)
    context.voices.first = mentions[0].codes if mentions else ()
    context.perhaps_answers = _perhaps_answers(setting.questions, parsed) - context.answers
    context.questions = setting.questions if context.answers or context.perhaps_answers else frozenset()
    context.labels = setting.labels
    context.turn.transcript = floor.transcribes(parsed, context)
    _announce(setting, names, context)
    return Surroundings(parsed, context, names, setting.heading)


def _announce(setting: Setting, names: DocumentNames, context: Context) -> None:
    """Take those whom the head of a briefing announces for known, and the only one for who answers."""
    asked = any(map(ASKS.fullmatch, setting.labels.values()))
    if context.turn.transcript and asked and context.source.state is None:
        context.turn.sides = podium.sides(setting.heading, names)
    persons = podium.at_podium(setting.heading, names) if context.turn.transcript and asked else ()
    for person in persons:
        context.people.add_known(person)
    if len(persons) == 1 and not context.interviewee.holders:
        context.interviewee = person_speaker(persons[0])


def _issuer(heading: str, names: DocumentNames) -> tuple[str, ...]:
    """The states that issued the document, where its heading says that it is an official one and names them."""
    if not _is_official(heading):  # a report may speak of a government in its first sentences
        return ()
    heading = "\n".join(map(issuing.in_small_letters, heading.splitlines()))
    mentions = find_mentions(heading, names)
    codes = [code for mention in mentions for code in mention.codes if holder_kind(code) is HolderKind.COUNTRY]
    joint = re.search(r"\bjoint\b", heading, re.IGNORECASE)
    return tuple(dict.fromkeys(codes))[: 2 if joint else 1]


@cache
def _official() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(wording('surroundings.official')))})\b", re.IGNORECASE)


def _is_official(heading: str) -> bool:
    """Whether the document itself is an official one, so that its "we" is its issuer's. Of the text's own sentences
    only one that names such a document says so: any report may speak of ministries. A last line that may be cut off is
    no head."""
    lines = [line for line in issuing.whole_lines(heading) if _is_head(line) or _PAPER.search(line)]
    return bool(_official().search(" ".join(lines)))


def _is_head(line: str) -> bool:
    return not line.rstrip("\"'”’») ").endswith((".", "?", "!", "…", ";")) and len(line.split()) <= _LONGEST_HEAD


_LONGEST_HEAD = 25
_PAPER = re.compile(
    r"\b(?:press (?:release|unit|office|statement)|communiqué|communique|joint statement|for immediate release)\b",
    re.IGNORECASE,
)


def _is_record(parsed: Sequence[Parsed], context: Context) -> bool:
    """Whether the document is the record of a meeting, which reports speeches over several sentences: delegates with
    their state in brackets, two of them or more, or two sentences that begin with "The representative of Chile"."""
    named = sum(phrase.role == DELEGATE for phrases in context.phrases.values() for phrase in phrases)
    states = {match[1] for one in parsed if (match := _REPRESENTATIVE.match(one.doc.text))}
    return named > 1 or len(states) > 1


_REPRESENTATIVE = re.compile(r"(?:\d+\.\s+)?The (?:representative|delegate|observer) of (?:the )?([A-Z]\w+)")


_OFTEN = 4


def _home(parsed: Sequence[Parsed]) -> tuple[str, ...]:
    """The country that the document speaks of most: at least four times and twice as often as of any other."""
    code, times = _most_named(parsed, HolderKind.COUNTRY)
    return (code,) if code is not None and times >= _OFTEN else ()


def _most_named(parsed: Sequence[Parsed], kind: HolderKind) -> tuple[str | None, int]:
    """Of this kind what the document names twice as often as any other, and how often; None without one."""
    counts = Counter(
        code
        for one in parsed
        for mention in one.mentions
        for code in mention.codes
        if mention.form is not Form.GROUP and holder_kind(code) is kind
    ).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] < 2 * counts[1][1]):
        return None, 0
    return counts[0]


_DATELINE = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ’'. -]{2,30})(?:,[^-–—]{1,20}|\s*\([^()]{1,20}\))?[.]?\s*(?:--?|[–—])\s")


def _dateline(heading: str, names: DocumentNames) -> tuple[str, ...]:
    """The state of the capital with which a report begins: "LUANDA, 4 May - The minister of energy said"."""
    for line in heading.splitlines():
        match = _DATELINE.match(line)
        mentions = find_mentions(match[1].title(), names) if match else []
        if len(mentions) == 1 and mentions[0].form is Form.CAPITAL and len(mentions[0].codes) == 1:
            return mentions[0].codes if holder_kind(mentions[0].codes[0]) is HolderKind.COUNTRY else ()
    return ()


def _organisation(parsed: Sequence[Parsed]) -> str | None:
    """The organisation that the document speaks of most: twice as often as of any other."""
    return _most_named(parsed, HolderKind.ORGANISATION)[0]


def _interviewee(surroundings: Surroundings, answer: Parsed) -> Speaker:
    """The one whom the heading announces, else the first person whom the sentences before the first answer name, if
    that is one who speaks for a state."""
    announced = _announced(surroundings.heading, surroundings.names)
    lead = list(takewhile(lambda one: one.sentence.start < answer.sentence.start, surroundings.parsed))
    first = _introduced(lead, surroundings.context)
    return _named(announced, lead) if announced.holders and announced.codes != first.codes else first


def _named(announced: Speaker, lead: Sequence[Parsed]) -> Speaker:
    """One announced by the office alone has the name of the only person whom the lead names."""
    names = {entity.text for one in lead for entity in one.doc.ents if entity.label_ == "PERSON" and len(entity) > 1}
    (holder,) = announced.holders
    if holder.actor is None or holder.actor.name is not None or len(names) != 1:
        return announced
    return Speaker((replace(holder, actor=Actor(names.pop(), holder.actor.role)),))


def _introduced(lead: Sequence[Parsed], context: Context) -> Speaker:
    """The person named in the sentences of a lead: the only one, else the only one of its last paragraph. One with an
    office alone takes the only state named there."""
    last = [one for one in lead if one.sentence.paragraph == lead[-1].sentence.paragraph]
    for part in (lead, last):
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


def _answers(questions: frozenset[int], sentences: Sequence[Sentence]) -> frozenset[int]:
    """The paragraphs of answers in an interview (three questions or more): what stands between the questions, and the
    one paragraph behind the last."""
    if len(questions) < 3:
        return frozenset()
    paragraphs = sorted({sentence.paragraph for sentence in sentences} - questions)
    last = next((number for number in paragraphs if number > max(questions)), None)
    return frozenset(n for n in paragraphs if min(questions) < n < max(questions) or n == last)


def _perhaps_answers(questions: frozenset[int], parsed: Sequence[Parsed]) -> frozenset[int]:
    """The paragraphs that may be answers where a document looks like an interview (two questions or more, and two
    paragraphs that speak as "I" or "we" outside quotation marks): not every question ends with its mark."""
    own = _personal(parsed) - questions
    if len(questions) < 2 or len(own) < 2:
        return frozenset()
    return frozenset(one.sentence.paragraph for one in parsed if one.sentence.paragraph > min(questions)) - questions


def _talks(questions: frozenset[int], parsed: Sequence[Parsed], personal: frozenset[int]) -> bool:
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


def _personal(parsed: Sequence[Parsed]) -> frozenset[int]:
    """The paragraphs that speak as "I" or "we" outside quotation marks."""
    return frozenset(
        one.sentence.paragraph
        for one in parsed
        for token in one.doc
        if token.lower_ in ("i", "we", "my", "our", "me") and token.pos_ == "PRON" and not one.quoted[token.i]
    )


def _gather_people(parsed: Sequence[Parsed]) -> Context:
    people = People()
    phrases = {id(one): actor_phrases(one) for one in parsed}
    for found in phrases.values():
        for phrase in found:
            people.add(phrase)
    return Context(people, phrases)
