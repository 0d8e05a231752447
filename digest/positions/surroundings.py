"""What a whole document says around its sentences: who issued it, which country is at home in it, who is interviewed,
and the persons in it. Gathered before any sentence is judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.model import Actor, Dating, HolderKind, Sentence, Spokesperson
from digest.positions import parsed as parsing
from digest.positions.carrying import signers_of
from digest.positions.holders import NOBODY, Context, Holder, Speaker
from digest.positions.names import DocumentNames, Form, find_mentions, holder_kind
from digest.positions.parsed import Parsed
from digest.positions.people import DELEGATE, People, Person, actor_phrases

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Setting:
    """What the document says around its sentences: when it was published, what stands at its top, and which of its
    paragraphs are questions. `actors` are persons whom the analyst names, with the codes of their holders."""

    dating: Dating
    heading: str = ""
    questions: frozenset[int] = frozenset()
    actors: tuple[Spokesperson, ...] = ()


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
        if one.sentence.paragraph in context.answers | context.perhaps_answers and not context.interviewee.holders:
            context.interviewee = _interviewee(context, self.heading, self.names)
        context.enter(one)


def survey(sentences: Sequence[Sentence], docs: Iterable[Doc], setting: Setting) -> Surroundings:
    """Read a document as a whole. `docs` holds the parse of each sentence's English."""
    text = " ".join(sentence.english or "" for sentence in sentences)
    names = DocumentNames.of(f"{setting.heading} {text}")
    parsed = tuple(parsing.make(sentences, docs, names))
    context = _gather_people(parsed)
    for actor in setting.actors:
        if actor.name in text:
            context.people.add_known(Person(actor.name, actor.role or None, (actor.holder,), True))
    context.issuer = _issuer(setting.heading, names)
    context.home = _home(parsed)
    context.is_record = _is_record(context)
    context.answers = _answers(setting.questions, sentences)
    context.voices.signers = signers_of(parsed)
    context.voices.named = frozenset(code for one in parsed for mention in one.mentions for code in mention.codes)
    context.perhaps_answers = _perhaps_answers(setting.questions, parsed) - context.answers
    return Surroundings(parsed, context, names, setting.heading)


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


def _is_record(context: Context) -> bool:
    """Whether the document is the record of a meeting, which reports speeches over several sentences: delegates with
    their state in brackets, two of them or more."""
    return sum(phrase.role == DELEGATE for phrases in context.phrases.values() for phrase in phrases) > 1


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
    announced, first = _announced(heading, names), context.first_named()
    return announced if announced.holders and announced.codes != first.codes else first


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


def _perhaps_answers(questions: frozenset[int], parsed: Sequence[Parsed]) -> frozenset[int]:
    """The paragraphs that may be answers where a document looks like an interview (two questions or more, and two
    paragraphs that speak as "I" or "we" outside quotation marks): not every question ends with its mark."""
    own = {
        one.sentence.paragraph
        for one in parsed
        for token in one.doc
        if token.lower_ in ("i", "we", "my", "our", "me") and token.pos_ == "PRON" and not one.quoted[token.i]
    } - questions
    if len(questions) < 2 or len(own) < 2:
        return frozenset()
    return frozenset(one.sentence.paragraph for one in parsed if one.sentence.paragraph > min(questions)) - questions


def _gather_people(parsed: Sequence[Parsed]) -> Context:
    people = People()
    phrases = {id(one): actor_phrases(one) for one in parsed}
    for found in phrases.values():
        for phrase in found:
            people.add(phrase)
    return Context(people, phrases)
