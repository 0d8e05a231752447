"""What a whole document says around its sentences: who issued it, which country is at home in it, who is interviewed,
and the persons in it. Gathered before any sentence is judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from digest.model import Dating, HolderKind, Sentence, Spokesperson
from digest.positions import floor, interviews, issuing, leaders, podium
from digest.positions import parsed as parsing
from digest.positions.carrying import signers_of
from digest.positions.context import Context
from digest.positions.holders import person_speaker
from digest.positions.lexicon import wording
from digest.positions.meeting import counterparts
from digest.positions.names import DocumentNames, Form, find_mentions, holder_kind
from digest.positions.offices import ASKS
from digest.positions.parsed import Parsed
from digest.positions.people import People, Person
from digest.positions.phrases import FOR, actor_phrases
from digest.positions.titled import DELEGATE

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
        if talks and not context.interviewee.holders and not context.turn.begun:
            lead = [before for before in self.parsed if before.sentence.start < one.sentence.start]
            context.interviewee = interviews.interviewee_of(lead, self.heading, self.names, context)
        context.enter(one)
        floor.enter(one, context)
        answered = context.turn.label and not ASKS.fullmatch(context.turn.label)
        if talks and (not context.turn.transcript or answered):
            context.turn.begun = True  # whom the text names from here on is not the one who is asked


def survey(sentences: Sequence[Sentence], docs: Iterable[Doc], setting: Setting) -> Surroundings:
    """Read a document as a whole. `docs` holds the parse of each sentence's English."""
    text = " ".join(sentence.english or "" for sentence in sentences)
    names = DocumentNames.of(f"{setting.heading} {text}")
    parsed = tuple(parsing.make(sentences, docs, names))
    context = _gather_people(parsed)
    for actor in setting.actors:
        if actor.name in text:
            context.people.add_known(Person(actor.name, actor.role or None, (actor.holder,), True))
    for person in leaders.named_in(text, setting.dating):
        context.people.add_known(person)
    context.met = counterparts(parsed, context.phrases)
    context.source = issuing.issuer_of(setting.heading, names)
    context.is_private = issuing.is_private_head(setting.heading)
    context.issuer = context.source.codes or (() if context.is_private else _issuer(setting.heading, names))
    context.is_official = _is_official(setting.heading) or context.source.state is not None
    context.home = _home(parsed) or _dateline(setting.heading, names)
    context.organisation = _organisation(parsed)
    context.is_record = _is_record(parsed, context)
    context.personal = interviews.personal(parsed)
    context.talks = interviews.talks(setting.questions, parsed, context.personal)
    context.answers = interviews.answers(setting.questions, sentences) if context.talks else frozenset()
    context.voices.signers = signers_of(parsed, setting.heading, names)
    mentions = [mention for one in parsed for mention in one.mentions if mention.codes]
    context.voices.named = frozenset(code for mention in mentions for code in mention.codes)
    context.voices.first = mentions[0].codes if mentions else ()
    context.perhaps_answers = interviews.perhaps_answers(setting.questions, parsed) - context.answers
    if not context.answers | context.perhaps_answers and not setting.labels:
        context.perhaps_answers = interviews.answers_of_announced(parsed, setting.heading, context)
        context.talks = context.talks or bool(context.perhaps_answers)
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
    their state in brackets, two of them or more, those introduced as "Ana Lopes, for the World Food Programme," among
    them, or two sentences that begin with "The representative of Chile"."""
    named = sum(
        phrase.role == DELEGATE or phrase.role.startswith(FOR)
        for phrases in context.phrases.values()
        for phrase in phrases
    )
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


def _gather_people(parsed: Sequence[Parsed]) -> Context:
    people = People()
    phrases = {id(one): actor_phrases(one) for one in parsed}
    for found in phrases.values():
        for phrase in found:
            people.add(phrase)
    return Context(people, phrases)
