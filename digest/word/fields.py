"""What a template may ask for: fields such as `{{ title }}`, lists such as `{{#countries}}`, and what their items have.

An item of a list has a name of its own, by which its fields are called: `{{#countries}} {{ country.name }}`. Which
names are known at a place is settled by the blocks around it, so that a template is checked without a brief.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from digest.model import (
    Brief,
    Cell,
    Change,
    Dating,
    Entry,
    HolderKind,
    HolderSection,
    PartialDate,
    Point,
    Quote,
    Source,
    Topic,
)
from digest.word.blocks import Anchor, Inline, Mark, Text
from digest.word.charts import stance_chart
from digest.word.context import Context, line
from digest.word.sections.changes import kind_word
from digest.word.sections.holders import headline
from digest.word.sections.sentences import spoken
from digest.word.sections.summaries import language_line
from digest.word.sections.timelines import pictures
from digest.word.words import plain_words

BODY = "brief"
"""The marker that the whole standard body replaces."""

WORD = "word"
"""What the names of the frame's own words begin with: `{{ word.sources }}` prints "Sources" in the brief's language."""

SECTION = "section."
"""What the names of section markers begin with."""


class Kind(StrEnum):
    """What a field holds: it settles which formats it takes."""

    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    MARKS = "source marks"
    PICTURE = "picture"


Value = str | Text | date | PartialDate | int | tuple[Inline, ...] | None


@dataclass(frozen=True, slots=True)
class Field:
    """`meaning` is for the author of a template; `value` gives what the brief has, None or "" where it has nothing."""

    meaning: str
    value: Callable[[Context, Any], Value]
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class List:
    """A list to be repeated over: the name of its items, which record they are, and how to get them."""

    meaning: str
    item: str
    record: str
    items: Callable[[Context, Any], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Record:
    """What one kind of thing has."""

    fields: Mapping[str, Field]
    lists: Mapping[str, List]


@dataclass(frozen=True, slots=True)
class Square:
    """One holder's stance on one topic."""

    section: HolderSection
    topic: Topic
    cell: Cell


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document's summary."""

    source: Source
    point: Point


# --- values that need more than a name -------------------------------------------------------------------------------


def _marks(names: Sequence[str]) -> tuple[Inline, ...]:
    return tuple(part for name in names for part in (Text(" "), Mark(name)))[1:]


def _held_by(context: Context, entry: Entry) -> Value:
    return context.words.holder(entry.position.holder_name)


def _statement(context: Context, entry: Entry) -> Value:
    position = entry.position
    said = spoken(position.statement, position.sentence)
    return Text(position.statement, "", said.language)


def _quote(context: Context, entry: Entry) -> Value:
    return _statement(context, entry) if entry.position.quote is Quote.FULL else None


def _reported(context: Context, entry: Entry) -> Value:
    return None if entry.position.quote is Quote.FULL else _statement(context, entry)


def _original(context: Context, entry: Entry) -> Value:
    sentence = entry.position.sentence
    said = spoken(entry.position.statement, sentence)
    return Text(sentence.text, "", sentence.language) if said.machine else None


def _translation(context: Context, entry: Entry) -> Value:
    said = spoken(entry.position.statement, entry.position.sentence)
    if said.machine:
        return context.words.machine_translation
    return context.words.not_translated if said.foreign else None


def _doubt(context: Context, entry: Entry) -> Value:
    doubts = spoken(entry.position.statement, entry.position.sentence).doubts
    return context.words.doubts(doubts) if doubts else None


def _dating(context: Context, entry: Entry) -> Dating | None:
    source = context.documents.get(entry.position.sentence.document)
    return source.dating if source else None


def _said_on(context: Context, entry: Entry) -> Value:
    dating = _dating(context, entry)
    return entry.position.said_on or (dating.published if dating else None)


def _when(context: Context, entry: Entry) -> Value:
    words, said_on, dating = context.words, entry.position.said_on, _dating(context, entry)
    if said_on:
        return words.partial(said_on)
    return words.when(dating) if dating else words.undated


def _speaker(context: Context, entry: Entry) -> Value:
    actor = entry.position.actor
    if actor is None:
        return _held_by(context, entry)
    role = actor.role or ""
    return f"{actor.name}, {role}" if actor.name and role else actor.name or role[:1].upper() + role[1:]


def _stance(context: Context, entry: Entry) -> Value:
    told = (context.stance_of(entry.position), context.past_of(entry.position))
    return "; ".join(part for part in told if part) or None


def _topic_of(context: Context, entry: Entry) -> Value:
    topic = entry.position.topic
    return context.topics.get(topic, topic) if topic else None


def _document(context: Context, entry: Entry) -> Value:
    source = context.documents.get(entry.position.sentence.document)
    return Text(source.title, "", source.language.code) if source else None


def _because(context: Context, change: Change) -> Value:
    entry = context.entries.get(change.because)
    return _statement(context, entry) if entry else None


def _because_marks(context: Context, change: Change) -> Value:
    entry = context.entries.get(change.because)
    return _marks(entry.marks) if entry else ()


def _citation(context: Context, source: Source) -> Value:
    title = source.title or context.words.untitled
    rest = line((source.publisher or "", context.words.when(source.dating)), ", ")
    return (Text(title, "", source.language.code), Text(". " if title[-1:].isalnum() else " "), *rest)


def _holder_name(context: Context, section: HolderSection) -> Value:
    return (Anchor(context.name(section), context.holder_anchor(section)),)


def _squares(context: Context, section: HolderSection) -> list[Square]:
    topics = {topic.id: topic for topic in context.brief.topics}
    return [Square(section, topics[cell.topic], cell) for cell in section.cells if cell.label and cell.topic in topics]


def _by_topic(context: Context, topic: Topic) -> list[Square]:
    squares = (square for section in context.brief.holders for square in _squares(context, section))
    return [square for square in squares if square.topic is topic]


def _of_kind(kind: HolderKind) -> Callable[[Context, Brief], Sequence[HolderSection]]:
    return lambda context, brief: [section for section in brief.holders if section.kind is kind]


def _all_entries(context: Context, brief: Brief) -> list[Entry]:
    order = list(HolderKind)
    sections = sorted(brief.holders, key=lambda section: order.index(section.kind))
    return [entry for section in sections for entry in section.all_entries()]


def _chart(context: Context, brief: Brief) -> Value:
    return stance_chart(context).pictures


def _issue_line(context: Context, brief: Brief) -> Value:
    return context.words.kicker.format(issue=brief.issue, issued=context.words.day(brief.issued))


def _word(name: str) -> Callable[[Context, Any], Value]:
    return lambda context, _: getattr(context.words, name).strip()


def _languages(context: Context, brief: Brief) -> Value:
    return len(context.language_names())


# --- the records -----------------------------------------------------------------------------------------------------

_DAY, _NUMBER, _MARKS = Kind.DAY, Kind.NUMBER, Kind.MARKS

RECORDS: Mapping[str, Record] = {
    "brief": Record(
        {
            "title": Field("the title of the brief", lambda c, b: b.title),
            "issue": Field("the number of the issue", lambda c, b: b.issue, _NUMBER),
            "issued": Field("the day of the issue", lambda c, b: b.issued, _DAY),
            "previous": Field("the day of the issue before", lambda c, b: b.previous, _DAY),
            "period": Field("the time covered, in words", lambda c, b: c.words.period(*b.period)),
            "period_start": Field("the first day covered", lambda c, b: b.period[0], _DAY),
            "period_end": Field("the last day covered", lambda c, b: b.period[1], _DAY),
            "themes": Field("the themes, where a machine found them", lambda c, b: c.themes()),
            "chart": Field("a picture of who stood where, and when", _chart, Kind.PICTURE),
            "issue_line": Field("number and day of the issue, in words", _issue_line),
            "classification": Field("the classification line", lambda c, b: b.classification),
            "author": Field("who prepared the brief", lambda c, b: b.author),
            "document_count": Field("how many documents there are", lambda c, b: len(b.sources), _NUMBER),
            "documents": Field("the same with its noun", lambda c, b: c.words.count(len(b.sources), "document")),
            "replaced": Field("how many characters Word cannot hold", lambda c, b: c.replaced()),
            "position_count": Field(
                "how many statements there are", lambda c, b: sum(len(h.all_entries()) for h in b.holders), _NUMBER
            ),
            "language_count": Field("in how many languages the documents are", _languages, _NUMBER),
        },
        {
            "key_points": List("the bottom line", "point", "point", lambda c, b: b.key_points),
            "changes": List("what changed since the last issue", "change", "change", lambda c, b: b.changes),
            "silent": List("who fell silent since the last issue", "silence", "silence", lambda c, b: b.silent),
            "holders": List("all who hold a position", "holder", "holder", lambda c, b: b.holders),
            "countries": List("the countries", "country", "holder", _of_kind(HolderKind.COUNTRY)),
            "organisations": List("the organisations", "organisation", "holder", _of_kind(HolderKind.ORGANISATION)),
            "groups": List("groups without a named state", "group", "holder", _of_kind(HolderKind.GROUP)),
            "positions": List("every statement of everybody", "position", "position", _all_entries),
            "topics": List("the questions of the brief", "topic", "topic", lambda c, b: b.topics),
            "sources": List("the documents", "source", "source", lambda c, b: b.sources),
            "missing": List("who was asked for and not found", "absent", "absent", lambda c, b: b.missing),
            "notices": List("what the reader must know of the run", "notice", "notice", lambda c, b: b.notices),
            "engines": List("what did the work of machines", "engine", "engine", lambda c, b: b.engines),
        },
    ),
    "point": Record(
        {
            "text": Field("the sentence", lambda c, p: Text(p.text, "", spoken(p.text, p.evidence).language)),
            "marks": Field("its sources", lambda c, p: _marks(p.marks), _MARKS),
        },
        {},
    ),
    "change": Record(
        {
            "holder": Field("who moved", lambda c, x: c.words.holder(x.holder_name)),
            "topic": Field("on which question", lambda c, x: c.topics.get(x.topic, x.topic)),
            "was": Field("the stance before, nothing for a new voice", lambda c, x: c.stance(x.was) if x.was else None),
            "now": Field("the stance now", lambda c, x: c.stance(x.now)),
            "kind": Field("new voice, moved, small shift, contradicts itself", lambda c, x: kind_word(c, x.kind)),
            "because": Field("the sentence that shows it", _because),
            "day": Field("the day of that sentence", lambda c, x: x.day, _DAY),
            "voice": Field("on whose word", lambda c, x: x.voice),
            "before": Field(
                "the sentence before", lambda c, x: Text(x.before.statement, "", "en") if x.before else None
            ),
            "before_day": Field(
                "the day of the sentence before", lambda c, x: x.before.day if x.before else None, _DAY
            ),
            "before_voice": Field("on whose word that was", lambda c, x: x.before.voice if x.before else None),
            "before_source": Field("where that was said", lambda c, x: x.before.source if x.before else None),
            "before_issue": Field("in which issue", lambda c, x: x.before.issue if x.before else None, _NUMBER),
            "marks": Field("its sources", _because_marks, _MARKS),
        },
        {},
    ),
    "silence": Record(
        {
            "holder": Field("who fell silent", lambda c, x: c.words.holder(x.holder_name)),
            "topic": Field("on which question", lambda c, x: c.topics.get(x.last.topic, x.last.topic)),
            "stance": Field("its last stance", lambda c, x: c.stance(x.last.label)),
            "statement": Field("its last statement", lambda c, x: Text(x.last.statement, "", "en")),
            "day": Field("the day of that", lambda c, x: x.last.day, _DAY),
        },
        {},
    ),
    "point_in_time": Record(
        {
            "day": Field("the day", lambda c, p: p.day, _DAY),
            "topic": Field("on which question", lambda c, p: c.topics.get(p.topic, p.topic)),
            "stance": Field("the stance in a word", lambda c, p: c.stance(p.label)),
            "issue": Field("the number of the issue that has it", lambda c, p: p.issue, _NUMBER),
            "marks": Field("its sources, where this issue has it", lambda c, p: _marks(p.marks), _MARKS),
        },
        {},
    ),
    "holder": Record(
        {
            "name": Field("its name", _holder_name),
            "headline": Field("where it stands and on whose word", headline),
            "changed": Field("says so where it stands elsewhere than before", lambda c, h: c.words.changed * h.changed),
            "position_count": Field("how many statements it has", lambda c, h: len(h.all_entries()), _NUMBER),
            "since_when": Field("a picture of its stances in the order of time", pictures, Kind.PICTURE),
        },
        {
            "positions": List("its statements", "position", "position", lambda c, h: h.all_entries()),
            "stances": List("its stance on each question", "stance", "stance", _squares),
            "timeline": List("its stances in the order of time", "step", "point_in_time", lambda c, h: h.timeline),
        },
    ),
    "stance": Record(
        {
            "holder": Field("who", lambda c, s: c.name(s.section)),
            "topic": Field("on which question", lambda c, s: s.topic.name),
            "word": Field("the stance in a word", lambda c, s: c.stance(s.cell.label)),
            "differing": Field("says so where statements differ", lambda c, s: c.words.differing * s.cell.differs),
            "latest": Field("the day of the newest statement", lambda c, s: s.cell.latest, _DAY),
            "document_count": Field("how many documents carry it", lambda c, s: s.cell.documents, _NUMBER),
            "marks": Field("their marks", lambda c, s: _marks(s.cell.marks), _MARKS),
        },
        {},
    ),
    "position": Record(
        {
            "holder": Field("the country or organisation that holds it", _held_by),
            "speaker": Field("name and role of who spoke; the holder where it spoke as such", _speaker),
            "name": Field("the name alone", lambda c, e: e.position.actor.name if e.position.actor else None),
            "role": Field("the role alone", lambda c, e: e.position.actor.role if e.position.actor else None),
            "statement": Field("the sentence, or its translation", _statement),
            "quote": Field("the same, only where it is a direct quote", _quote),
            "reported": Field("the same, only where it is no direct quote", _reported),
            "original": Field("the sentence in its own language, where it was translated", _original),
            "translation": Field("'machine translation' or 'not translated', where it is so", _translation),
            "doubt": Field("what speaks against the translation", _doubt),
            "stance": Field("the stance in a word, and an earlier one of which it tells", _stance),
            "topic": Field("on which question", _topic_of),
            "cue": Field(
                "the words that show the stance", lambda c, e: e.position.stance.cue if e.position.stance else None
            ),
            "said_on": Field("the day of the statement, else of its document", _said_on, _DAY),
            "when": Field("the same, in words, and how it is known", _when),
            "document": Field("the title of its document", _document),
            "known_by": Field("how it is known whose position it is", lambda c, e: c.told(e.position.resolved_by)),
            "marks": Field("its sources", lambda c, e: _marks(e.marks), _MARKS),
        },
        {},
    ),
    "topic": Record(
        {"name": Field("the question", lambda c, t: t.name)},
        {"stances": List("who stands where on it", "stance", "stance", _by_topic)},
    ),
    "source": Record(
        {
            "mark": Field(
                "its mark, to which all others lead",
                lambda c, s: (Anchor(f"[{s.mark}]", c.mark_anchors[s.mark]),),
                _MARKS,
            ),
            "title": Field("its title", lambda c, s: Text(s.title or c.words.untitled, "", s.language.code)),
            "publisher": Field("who published it", lambda c, s: s.publisher),
            "published": Field("when", lambda c, s: s.dating.published, _DAY),
            "dated": Field("when, in words, and how it is known", lambda c, s: c.words.when(s.dating)),
            "language": Field("its language and what was done to it", language_line),
            "words": Field("how many words it has", lambda c, s: s.words, _NUMBER),
            "file": Field("its file", lambda c, s: s.path),
            "address": Field("its address in the web", lambda c, s: s.url),
            "citation": Field("title, publisher and date in one line", _citation),
        },
        {"summary": List("its summary", "sentence", "sentence", lambda c, s: [Sentence(s, p) for p in s.summary])},
    ),
    "sentence": Record(
        {
            "text": Field(
                "the sentence",
                lambda c, s: Text(s.point.text, "", spoken(s.point.text, s.point.evidence[0]).language),
            ),
            "mark": Field("its source", lambda c, s: (Mark(s.source.mark),), _MARKS),
        },
        {},
    ),
    "absent": Record({"name": Field("the country or organisation", lambda c, name: c.words.holder(name))}, {}),
    "notice": Record(
        {
            "file": Field("the file", lambda c, n: n.file),
            "stage": Field("the step of the work", lambda c, n: c.told(n.stage)),
            "reason": Field("what happened", lambda c, n: c.told(n.reason)),
            "advice": Field("what can be done", lambda c, n: c.told(n.advice)),
        },
        {},
    ),
    "engine": Record(
        {
            "stage": Field("the step of the work", lambda c, e: c.told(e.stage)),
            "name": Field("the engine", lambda c, e: e.name),
            "model": Field("its model", lambda c, e: e.model),
            "version": Field("its version", lambda c, e: e.version),
            "licence": Field("its licence", lambda c, e: e.licence),
        },
        {},
    ),
    WORD: Record({name: Field("in the language of the brief", _word(name)) for name in plain_words()}, {}),
}
"""Every kind of thing that a template can print, by name; "brief" is what every template begins with."""
ROOT = RECORDS["brief"]
