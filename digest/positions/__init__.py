"""Positions by country: who holds what, who said it, in which sentence. Works on English, original or translated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from digest.dates import find_dates, resolve
from digest.model import Actor, Dating, HolderKind, PartialDate, Position, Quote, Sentence, Stance, StanceLabel, Topic
from digest.positions import attribution
from digest.positions import parsed as parsing
from digest.positions.attribution import Found
from digest.positions.holders import NOBODY, Context, Holder, Speaker
from digest.positions.names import DocumentNames, Form, find_mentions, holder_kind, holder_name
from digest.positions.parsed import Parsed
from digest.positions.people import People, actor_phrases
from digest.positions.stance import stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NEAR = 0.10
"""From this relevance on a sentence is about a topic: measured in `benchmarks/relevance.py`."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the document says around its sentences: when it was published, what stands at its top, and which of its
    paragraphs are questions."""

    dating: Dating
    heading: str = ""
    questions: frozenset[int] = frozenset()


def extract(
    sentences: Sequence[Sentence],
    docs: Iterable[Doc],
    topics: Sequence[Topic],
    scores: NDArray[np.float32],
    setting: Setting,
) -> list[Position]:
    """The positions of one document, in the order of its sentences.

    `docs` holds the parse of each sentence's English; `scores` how near each sentence is to each topic, shape
    (sentences, topics), from `NEAR` on it is about the topic. Sentences without English must not be among them.
    """
    text = " ".join(sentence.english or "" for sentence in sentences)
    names = DocumentNames.of(f"{setting.heading} {text}")
    parsed = parsing.make(sentences, docs, names)
    context = _gather_people(parsed)
    context.issuer = _issuer(setting.heading, names)
    context.home = _home(parsed)
    context.answers = _answers(setting.questions, sentences)
    positions: list[Position] = []
    for index, one in enumerate(parsed):
        if one.sentence.paragraph in context.answers and not context.interviewee.holders:
            context.interviewee = _interviewee(context, setting.heading, names)
        topic = _topic(topics, scores[index])
        for found in attribution.find(one, context):
            if _counts(found, one, topic, topics):
                positions.append(_position(found, one, topic, setting.dating.published))
    return positions


_OFFICIAL = re.compile(
    r"\b(?:ministry|ministère|ministério|ministerium|ministerio|government|embassy|press release|communiqué|communique|"
    r"joint statement|press unit|press office|permanent mission|chancellery|presidency|office of the)\b",
    re.IGNORECASE,
)


def _issuer(heading: str, names: DocumentNames) -> tuple[str, ...]:
    """The states that issued the document, where its heading says that it is an official one and names them."""
    if not _OFFICIAL.search(heading):
        return ()
    mentions = find_mentions(heading, names)
    codes = [code for mention in mentions for code in mention.codes if holder_kind(code) is HolderKind.COUNTRY]
    joint = re.search(r"\bjoint\b", heading, re.IGNORECASE)
    return tuple(dict.fromkeys(codes))[: 2 if joint else 1]


_OFTEN = 4


def _home(parsed: Sequence[Parsed]) -> tuple[str, ...]:
    """The country that the document speaks of most: at least four times and twice as often as of any other."""
    counts = Counter(
        code
        for one in parsed
        for mention in one.mentions
        for code in mention.codes
        if mention.form is not Form.GROUP and holder_kind(code) is HolderKind.COUNTRY
    ).most_common(2)
    if not counts or counts[0][1] < _OFTEN or (len(counts) > 1 and counts[0][1] < 2 * counts[1][1]):
        return ()
    return (counts[0][0],)


def _interviewee(context: Context, heading: str, names: DocumentNames) -> Speaker:
    announced = _announced(heading, names)
    return announced if announced.holders else context.first_named()


def _announced(heading: str, names: DocumentNames) -> Speaker:
    """The one whom an interview's heading announces: "Bolivia's mining minister on lithium"."""
    for mention in find_mentions(heading, names):
        office = re.match(
            r"(?:['’]s)?\s+((?:\w+\s+){0,3}?(?:minister|president|ambassador|envoy|chancellor))\b",
            heading[mention.end :],
        )
        if office and len(mention.codes) == 1:
            actor = Actor(None, f"{mention.text} {office[1]}")
            return Speaker((Holder(mention.codes[0], actor, f"“{mention.text} {office[1]}” in the heading"),))
    return NOBODY


def _answers(questions: frozenset[int], sentences: Sequence[Sentence]) -> frozenset[int]:
    """The paragraphs of answers in an interview (three questions or more): what stands between the questions, and the
    one paragraph behind the last."""
    if len(questions) < 3:
        return frozenset()
    paragraphs = sorted({sentence.paragraph for sentence in sentences} - questions)
    last = next((number for number in paragraphs if number > max(questions)), None)
    return frozenset(n for n in paragraphs if min(questions) < n < max(questions) or n == last)


def _gather_people(parsed: Sequence[Parsed]) -> Context:
    people = People()
    phrases = {id(one): actor_phrases(one) for one in parsed}
    for found in phrases.values():
        for phrase in found:
            people.add(phrase)
    return Context(people, phrases)


def _topic(topics: Sequence[Topic], scores: NDArray[np.float32]) -> Topic | None:
    if not topics or float(scores.max()) < NEAR:
        return None
    return topics[int(scores.argmax())]


def _counts(found: Found, one: Parsed, topic: Topic | None, topics: Sequence[Topic]) -> bool:
    """What a state does is a position only where it bears on a topic."""
    return found.kind != "deed" or (topic is not None or not topics)


def _position(found: Found, one: Parsed, topic: Topic | None, published: date | None) -> Position:
    sentence, holder = one.sentence, found.holder
    shown = stance(one, found.cue, holder.code, topic) if topic else None
    label = shown or Stance(StanceLabel.OTHER, "") if topic else None
    return Position(
        id=f"{sentence.document[:8]}-{sentence.start}-{holder.code}",
        holder=holder.code,
        holder_name=holder_name(holder.code),
        actor=holder.actor,
        statement=sentence.english or sentence.text,
        quote=_quote(one),
        stance=label,
        topic=topic.id if topic else None,
        said_on=_said_on(found, one, published),
        sentence=sentence,
        resolved_by=holder.how,
    )


def _said_on(found: Found, one: Parsed, published: date | None) -> PartialDate | None:
    """The date that belongs to the verb of the statement ("said on Tuesday"), not one within what is said."""
    for dated in find_dates(one.doc.text):
        token = next((token for token in one.doc if token.idx >= dated.start), None)
        if token is None or one.quoted[token.i] or dated.ahead or _is_compared(token):
            continue
        verb = next((above for above in token.ancestors if above.pos_ in ("VERB", "AUX")), None)
        cue = one.doc[found.cue]
        if verb is not None and (verb.i == cue.i or verb in list(cue.ancestors)) and not _lies_ahead(verb):
            day = resolve(dated, published)
            if day is not None and (published is None or day.sort_key() <= PartialDate.of(published).sort_key()):
                return day
    return None


def _is_compared(token: Token) -> bool:
    """ "a friendlier note than in October": the date of something else."""
    return any(
        word.lower_ in ("than", "since", "until", "before", "after")
        for word in token.doc[max(0, token.i - 3) : token.i]
    )


def _lies_ahead(verb: Token) -> bool:
    """ "will vote on 3 May": the date of the deed, not of the statement."""
    return any(child.dep_ == "aux" and child.lower_ in ("will", "would", "shall", "to") for child in verb.children)


def _quote(one: Parsed) -> Quote:
    """Full: a quoted clause or sentence; partial: some quoted words."""
    quoted = [token for token in one.doc if one.quoted[token.i] and token.is_alpha]
    if not quoted:
        return Quote.NONE
    words = sum(token.is_alpha for token in one.doc)
    clause = any(token.pos_ in ("VERB", "AUX") and token.morph.get("VerbForm") == ["Fin"] for token in quoted)
    return Quote.FULL if len(quoted) == words or (clause and len(quoted) >= 5) else Quote.PARTIAL
