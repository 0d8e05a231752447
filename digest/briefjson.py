"""The JSON beside the brief, schema 1: everything in the brief, for other programs, the next issue and tests.

Dates are ISO 8601, languages BCP 47, countries ISO 3166-1 alpha-2; offsets count characters of the document's text.
`from_json` makes the same brief of it again, so that an analyst can edit the file and render it anew. Engines that made
a sentence are noted as their place in `engines` and, behind these, `other_engines`, counted from 0.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, TypedDict

from digest.checkedjson import At, parsed
from digest.model import (
    Actor,
    Brief,
    Cell,
    Change,
    ChangeKind,
    Dating,
    Earlier,
    EngineSignature,
    Entry,
    HolderKind,
    HolderSection,
    KeyPoint,
    Language,
    Notice,
    Outlet,
    PartialDate,
    PastStance,
    Point,
    Position,
    Quote,
    Sentence,
    Silence,
    Source,
    Stance,
    StanceLabel,
    TimePoint,
    Topic,
    Translation,
)

SCHEMA = 1


def to_json(brief: Brief, also: tuple[Position, ...] = ()) -> bytes:
    """The brief as UTF-8 JSON, the same bytes for the same brief.

    `also` are the positions that were merged into others: they stand in `positions` with their `same_as`.
    """
    return (json.dumps(_brief(brief, also), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _brief(brief: Brief, also: tuple[Position, ...]) -> dict[str, Any]:
    start, end = brief.period
    shown = [entry.position for holder in brief.holders for entry in holder.all_entries()]
    marks = {entry.position.id: entry.marks for holder in brief.holders for entry in holder.all_entries()}
    numbers = _numbers(brief, also)
    signatures = list(numbers)
    return {
        "schema": SCHEMA,
        "title": brief.title,
        "issued": brief.issued.isoformat(),
        "issue": brief.issue,
        "previous": _day(brief.previous),
        "period": {"start": _day(start), "end": _day(end)},
        "classification": brief.classification,
        "author": brief.author,
        "language": brief.language,
        "template": brief.template,
        "engines": [_engine(engine) for engine in brief.engines],
        "other_engines": [_engine(engine) for engine in signatures if engine not in brief.engines],
        "topics": [
            {"id": topic.id, "name": topic.name, "words": list(topic.words), "found": topic.found}
            for topic in brief.topics
        ],
        "key_points": [
            {"text": point.text, "marks": list(point.marks), "document": point.evidence.document,
             "start": point.evidence.start, "end": point.evidence.end, **_evidence(point.evidence, numbers)}
            for point in brief.key_points
        ],
        "documents": [_source(source, numbers) for source in brief.sources],
        "positions": [_position(position, marks.get(position.id, ()), numbers) for position in (*shown, *also)],
        "holders": [_holder(holder) for holder in brief.holders],
        "changes": [
            {"holder": change.holder, "holder_name": change.holder_name, "topic": change.topic, "was": change.was,
             "now": change.now, "because": change.because, "kind": change.kind.value, "day": _partial(change.day),
             "voice": change.voice, "before": _earlier(change.before) if change.before else None}
            for change in brief.changes
        ],
        "silent": [
            {"holder": one.holder, "holder_name": one.holder_name, "last": _earlier(one.last)} for one in brief.silent
        ],
        "missing": list(brief.missing),
        "notices": [
            {"file": notice.file, "stage": notice.stage, "reason": notice.reason, "advice": notice.advice}
            for notice in brief.notices
        ],
    }  # fmt: skip


def _numbers(brief: Brief, also: tuple[Position, ...]) -> dict[EngineSignature, int]:
    """Every engine that the brief or a sentence of it names, with its place."""
    points = [point for source in brief.sources for point in source.summary]
    sentences = [sentence for point in points for sentence in point.evidence]
    sentences += [point.evidence for point in brief.key_points]
    positions = [entry.position for holder in brief.holders for entry in holder.all_entries()]
    sentences += [position.sentence for position in (*positions, *also)]
    used = [point.engine for point in points]
    used += [sentence.translation.engine for sentence in sentences if sentence.translation]
    numbers: dict[EngineSignature, int] = {}
    for place, engine in enumerate(brief.engines):
        numbers.setdefault(engine, place)
    others = dict.fromkeys(engine for engine in used if engine not in numbers)
    return numbers | {engine: place for place, engine in enumerate(others, len(brief.engines))}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _engine(engine: EngineSignature) -> dict[str, str]:
    return {
        "stage": engine.stage,
        "engine": engine.name,
        "model": engine.model,
        "version": engine.version,
        "licence": engine.licence,
        "settings": engine.settings,
    }


def _source(source: Source, numbers: dict[EngineSignature, int]) -> dict[str, Any]:
    return {
        "id": source.id,
        "path": source.path,
        "title": source.title,
        "publisher": source.publisher,
        "published": _day(source.dating.published),
        "dated_by": source.dating.known_by,
        "not_before": _day(source.dating.not_before),
        "url": source.url,
        "language": source.language.code,
        "language_confidence": source.language.confidence,
        "translated_by": source.translated_by,
        "untranslated": source.untranslated,
        "words": source.words,
        "mark": source.mark,
        "also_at": list(source.also_at),
        "outlets": [
            {"id": outlet.id, "path": outlet.path, "title": outlet.title, "publisher": outlet.publisher,
             "published": _day(outlet.published)}
            for outlet in source.outlets
        ],
        "summary": [_point(point, numbers) for point in source.summary],
    }  # fmt: skip


def _point(point: Point, numbers: dict[EngineSignature, int]) -> dict[str, Any]:
    return {
        "text": point.text,
        "engine": point.engine.name,
        "made_by": numbers[point.engine],
        "support": point.support,
        "evidence": [
            {"start": sentence.start, "end": sentence.end, "text": sentence.text, **_told(sentence, numbers)}
            for sentence in point.evidence
        ],
    }


def _evidence(sentence: Sentence, numbers: dict[EngineSignature, int]) -> dict[str, Any]:
    return {"evidence": sentence.text, **_told(sentence, numbers)}


def _told(sentence: Sentence, numbers: dict[EngineSignature, int]) -> dict[str, Any]:
    """What is known of a sentence beside its text."""
    translation = sentence.translation
    return {
        "evidence_translation": translation.text if translation else None,
        "doubts": list(translation.flags) if translation else [],
        "translator": numbers[translation.engine] if translation else None,
        "language": sentence.language,
        "paragraph": sentence.paragraph,
    }


def _position(position: Position, marks: tuple[str, ...], numbers: dict[EngineSignature, int]) -> dict[str, Any]:
    sentence, actor, stance, past = position.sentence, position.actor, position.stance, position.past
    return {
        "id": position.id,
        "document": sentence.document,
        "marks": list(marks),
        "holder": position.holder,
        "holder_name": position.holder_name,
        "actor": {"name": actor.name, "role": actor.role} if actor else None,
        "statement": position.statement,
        "quote": position.quote.value,
        "stance": {"label": stance.label.value, "cue": stance.cue} if stance else None,
        "past": {"label": past.label.value, "cue": past.cue, "day": _partial(past.day)} if past else None,
        "topic": position.topic,
        "said_on": _partial(position.said_on),
        **_evidence(sentence, numbers),
        "start": sentence.start,
        "end": sentence.end,
        "resolved_by": position.resolved_by,
        "same_as": list(position.same_as),
        "decision": {
            "by": position.decided_by,
            "probability": position.probability,
            "nearness": position.nearness,
        },
    }


def _partial(day: PartialDate | None) -> str | None:
    return str(day) if day else None


def _earlier(one: Earlier) -> dict[str, Any]:
    return {
        "id": one.id,
        "holder": one.holder,
        "topic": one.topic,
        "label": one.label.value,
        "statement": one.statement,
        "day": _partial(one.day),
        "voice": one.voice,
        "source": one.source,
        "issue": one.issue,
        "issued": one.issued.isoformat(),
        "machine": one.machine,
    }


def _holder(holder: HolderSection) -> dict[str, Any]:
    return {
        "holder": holder.holder,
        "name": holder.name,
        "kind": holder.kind.value,
        "headline": holder.headline,
        "stance": {cell.topic: cell.label.value for cell in holder.cells if cell.label},
        "cells": [
            {"topic": cell.topic, "label": cell.label.value if cell.label else None, "differs": cell.differs,
             "latest": _partial(cell.latest), "documents": cell.documents, "marks": list(cell.marks),
             "voice": cell.voice}
            for cell in holder.cells
        ],
        "changed": holder.changed,
        "positions": [entry.position.id for entry in holder.all_entries()],
        "differing": [[entry.position.id for entry in group] for group in holder.differing],
        "timeline": [
            {"day": str(point.day), "topic": point.topic, "label": point.label.value, "issue": point.issue,
             "marks": list(point.marks)}
            for point in holder.timeline
        ],
    }  # fmt: skip


# --- reading ---------------------------------------------------------------------------------------------------------


def from_json(data: bytes) -> Brief:
    """The brief that `to_json` wrote, or what a person has made of it since.

    Raises UsageError that names the first wrong place, such as `positions[3].stance.label`: a key that is missing or
    unknown, a value of another kind, a mark, document or position that the file does not list.
    """
    root = parsed(data)
    if root.get("schema").value != SCHEMA:
        raise root.get("schema").wrong(f"this program reads schema {SCHEMA}.")
    return _Reader(root).brief()


_BRIEF_KEYS = (
    "schema", "title", "issued", "issue", "previous", "period", "classification", "author", "language", "template",
    "engines", "other_engines", "topics", "key_points", "documents", "positions", "holders", "changes", "missing",
    "notices", "silent",
)  # fmt: skip
_TOLD_KEYS = ("evidence_translation", "doubts", "translator", "language", "paragraph")
_SOURCE_KEYS = (
    "id", "path", "title", "publisher", "published", "dated_by", "not_before", "url", "language",
    "language_confidence", "translated_by", "untranslated", "words", "mark", "also_at", "outlets", "summary",
)  # fmt: skip
_POSITION_KEYS = (
    "id", "document", "marks", "holder", "holder_name", "actor", "statement", "quote", "stance", "past", "topic",
    "said_on",
    "evidence", *_TOLD_KEYS, "start", "end", "resolved_by", "same_as",
    "decision",
)  # fmt: skip
_HOLDER_KEYS = (
    "holder",
    "name",
    "kind",
    "headline",
    "stance",
    "cells",
    "changed",
    "positions",
    "differing",
    "timeline",
)
_EARLIER_KEYS = ("id", "holder", "topic", "label", "statement", "day", "voice", "source", "issue", "issued", "machine")


class _Reader:
    """Reads one file. What later parts refer to (engines, documents, positions) is read before them."""

    def __init__(self, root: At) -> None:
        self._root = root.only(*_BRIEF_KEYS)
        self._engines = [_read_engine(at) for key in ("engines", "other_engines") for at in root.get(key).items()]
        documents = list(root.get("documents").items())
        self._documents = _distinct(documents, "id")
        self._marks = _distinct(documents, "mark")
        self._topics = _distinct(list(root.get("topics").items()), "id")
        self._positions = _distinct(list(root.get("positions").items()), "id")

    def brief(self) -> Brief:
        """The whole brief."""
        root = self._root
        period = root.get("period").only("start", "end")
        return Brief(
            title=root.get("title").text(),
            issued=root.get("issued").day(),
            issue=root.get("issue").whole(1),
            previous=root.get("previous").maybe(At.day),
            period=(period.get("start").maybe(At.day), period.get("end").maybe(At.day)),
            classification=root.get("classification").text(),
            author=root.get("author").text(),
            template=root.get("template").text(),
            language=root.get("language").text(),
            topics=tuple(_read_topic(at) for at in root.get("topics").items()),
            engines=tuple(self._engines[: len(root.get("engines").value)]),
            key_points=tuple(self._key_point(at) for at in root.get("key_points").items()),
            changes=tuple(self._change(at) for at in root.get("changes").items()),
            holders=tuple(self._holder(at) for at in root.get("holders").items()),
            sources=tuple(self._source(at) for at in root.get("documents").items()),
            missing=root.get("missing").texts(),
            notices=tuple(_read_notice(at) for at in root.get("notices").items()),
            silent=tuple(_read_silence(at) for at in root.optional("silent").members()),
        )

    # --- what refers to something

    def _marks_of(self, at: At) -> tuple[str, ...]:
        return tuple(_known(item, self._marks, "source") for item in at.get("marks").items())

    def _document(self, at: At) -> str:
        return _known(at.get("document"), self._documents, "document")

    def _topic(self, at: At) -> str:
        return _known(at.get("topic"), self._topics, "topic")

    def _made_by(self, at: At) -> EngineSignature:
        number = at.whole()
        if number >= len(self._engines):
            raise at.wrong(f"there are only {len(self._engines)} engines, counted from 0.")
        return self._engines[number]

    # --- the parts of a brief

    def _sentence(self, at: At, document: str, text: str) -> Sentence:
        english = at.get("evidence_translation").maybe(At.text)
        translation = None
        if english is not None:
            engine = self._made_by(at.get("translator"))
            translation = Translation(english, engine, at.get("doubts").texts())
        return Sentence(
            document=document,
            start=at.get("start").whole(),
            end=at.get("end").whole(),
            text=text,
            language=at.get("language").text(),
            paragraph=at.get("paragraph").whole(),
            translation=translation,
        )

    def _key_point(self, at: At) -> KeyPoint:
        at.only("text", "marks", "document", "start", "end", "evidence", *_TOLD_KEYS)
        evidence = self._sentence(at, self._document(at), at.get("evidence").text())
        return KeyPoint(at.get("text").text(), self._marks_of(at), evidence)

    def _change(self, at: At) -> Change:
        at.only("holder", "holder_name", "topic", "was", "now", "because", "kind", "day", "voice", "before")
        was = at.get("was").maybe(_label)
        return Change(
            holder=at.get("holder").text(),
            holder_name=at.get("holder_name").text(),
            topic=self._topic(at),
            was=was,
            now=_label(at.get("now")),
            because=_known(at.get("because"), self._positions, "position"),
            kind=at.optional("kind").maybe(_kind) or (ChangeKind.MOVED if was else ChangeKind.NEW),
            day=at.optional("day").maybe(At.partial),
            voice=at.optional("voice").maybe(At.text),
            before=at.optional("before").maybe(_read_earlier),
        )

    def _source(self, at: At) -> Source:
        at.only(*_SOURCE_KEYS)
        identifier = at.get("id").text()
        dating = Dating(
            at.get("published").maybe(At.day), at.get("dated_by").text(), at.get("not_before").maybe(At.day)
        )
        return Source(
            id=identifier,
            mark=at.get("mark").text(),
            path=at.get("path").text(),
            title=at.get("title").text(),
            publisher=at.get("publisher").maybe(At.text),
            dating=dating,
            url=at.get("url").maybe(At.text),
            language=Language(at.get("language").text(), at.get("language_confidence").number()),
            translated_by=at.get("translated_by").maybe(At.text),
            untranslated=at.get("untranslated").flag(),
            words=at.get("words").whole(),
            summary=tuple(self._point(item, identifier) for item in at.get("summary").items()),
            also_at=at.get("also_at").texts(),
            outlets=tuple(_read_outlet(item) for item in at.optional("outlets").members()),
        )

    def _point(self, at: At, document: str) -> Point:
        at.only("text", "engine", "made_by", "support", "evidence")
        engine = self._made_by(at.get("made_by"))
        if at.get("engine").text() != engine.name:
            raise at.get("engine").wrong(f'"made_by" says "{engine.name}". Change both or none.')
        evidence = tuple(
            self._sentence(item.only("start", "end", "text", *_TOLD_KEYS), document, item.get("text").text())
            for item in at.get("evidence").items()
        )
        if not evidence:
            raise at.get("evidence").wrong("a sentence of a summary needs the sentence that it comes from.")
        return Point(at.get("text").text(), engine, evidence, at.get("support").number())

    def _position(self, at: At) -> Position:
        at.only(*_POSITION_KEYS)
        stance = at.get("stance").maybe(_read_stance)
        topic = at.get("topic").maybe(lambda given: _known(given, self._topics, "topic"))
        if (stance is None) is not (topic is None):
            raise at.wrong('"stance" and "topic" go together: give both, or set both to null.')
        return Position(
            id=at.get("id").text(),
            holder=at.get("holder").text(),
            holder_name=at.get("holder_name").text(),
            actor=at.get("actor").maybe(_read_actor),
            statement=at.get("statement").text(),
            quote=at.get("quote").choice(Quote),
            stance=stance,
            topic=topic,
            said_on=at.get("said_on").maybe(At.partial),
            sentence=self._sentence(at, self._document(at), at.get("evidence").text()),
            resolved_by=at.get("resolved_by").text(),
            same_as=at.get("same_as").texts(),
            past=at.optional("past").maybe(_read_past),
            **_read_decision(at),
        )

    def _holder(self, at: At) -> HolderSection:
        at.only(*_HOLDER_KEYS)
        cells = tuple(self._cell(item) for item in at.get("cells").items())
        stances = {cell.topic: cell.label.value for cell in cells if cell.label}
        if at.get("stance").value != stances:
            raise at.get("stance").wrong('"cells" of the same holder says otherwise. Change both or none.')
        listed = [_known(item, self._positions, "position") for item in at.get("positions").items()]
        differing = tuple(tuple(self._entry(item) for item in group.items()) for group in at.get("differing").items())
        apart = [entry.position.id for group in differing for entry in group]
        if listed[: len(apart)] != apart:
            raise at.get("differing").wrong('its members must stand first in "positions", in the same order.')
        rest = list(at.get("positions").items())[len(apart) :]
        return HolderSection(
            holder=at.get("holder").text(),
            name=at.get("name").text(),
            kind=at.get("kind").choice(HolderKind),
            headline=at.get("headline").text(),
            cells=cells,
            entries=tuple(self._entry(item) for item in rest),
            differing=differing,
            changed=at.get("changed").flag(),
            timeline=tuple(self._time_point(item) for item in at.optional("timeline").members()),
        )

    def _time_point(self, at: At) -> TimePoint:
        at.only("day", "topic", "label", "issue", "marks")
        topic, label = self._topic(at), _label(at.get("label"))
        return TimePoint(at.get("day").partial(), topic, label, at.get("issue").whole(1), self._marks_of(at))

    def _entry(self, at: At) -> Entry:
        position = self._positions[_known(at, self._positions, "position")]
        return Entry(self._position(position), self._marks_of(position))

    def _cell(self, at: At) -> Cell:
        at.only("topic", "label", "differs", "latest", "documents", "marks", "voice")
        return Cell(
            topic=self._topic(at),
            label=at.get("label").maybe(_label),
            differs=at.get("differs").flag(),
            latest=at.get("latest").maybe(At.partial),
            documents=at.get("documents").whole(),
            marks=self._marks_of(at),
            voice=at.get("voice").maybe(At.text),
        )


def _distinct(items: list[At], key: str) -> dict[str, At]:
    """The items by the text under `key`, which no two of them may share."""
    found: dict[str, At] = {}
    for item in items:
        name = item.get(key)
        if name.text() in found:
            raise name.wrong(f'"{name.text()}" is taken by {found[name.text()].path}.')
        found[name.text()] = item
    return found


def _known(at: At, known: dict[str, At], what: str) -> str:
    name = at.text()
    if name not in known:
        raise at.wrong(f'there is no {what} "{name}" in this file.')
    return name


def _label(at: At) -> StanceLabel:
    return at.choice(StanceLabel)


def _kind(at: At) -> ChangeKind:
    return at.choice(ChangeKind)


def _read_earlier(at: At) -> Earlier:
    at.only(*_EARLIER_KEYS)
    return Earlier(
        id=at.get("id").text(),
        holder=at.get("holder").text(),
        topic=at.get("topic").text(),
        label=_label(at.get("label")),
        statement=at.get("statement").text(),
        day=at.get("day").maybe(At.partial),
        voice=at.get("voice").maybe(At.text),
        source=at.get("source").text(),
        issue=at.get("issue").whole(1),
        issued=at.get("issued").day(),
        machine=at.get("machine").flag(),
    )


def _read_silence(at: At) -> Silence:
    at.only("holder", "holder_name", "last")
    return Silence(at.get("holder").text(), at.get("holder_name").text(), _read_earlier(at.get("last")))


def _read_outlet(at: At) -> Outlet:
    at.only("id", "path", "title", "publisher", "published")
    return Outlet(
        id=at.get("id").text(),
        path=at.get("path").text(),
        title=at.get("title").text(),
        publisher=at.get("publisher").maybe(At.text),
        published=at.get("published").maybe(At.day),
    )


class _Decision(TypedDict):
    decided_by: str
    probability: float | None
    nearness: float


def _read_decision(at: At) -> _Decision:
    """Who decided, and how sure. Files of earlier versions of the program do not say."""
    if "decision" not in at.value:
        return _Decision(decided_by="rules", probability=None, nearness=0.0)
    decision = at.get("decision")
    decision.only("by", "probability", "nearness")
    return _Decision(
        decided_by=decision.get("by").text(),
        probability=decision.get("probability").maybe(At.number),
        nearness=decision.get("nearness").number(),
    )


def _read_stance(at: At) -> Stance:
    at.only("label", "cue")
    return Stance(_label(at.get("label")), at.get("cue").text())


def _read_past(at: At) -> PastStance:
    at.only("label", "cue", "day")
    return PastStance(_label(at.get("label")), at.get("cue").text(), at.get("day").maybe(At.partial))


def _read_actor(at: At) -> Actor:
    at.only("name", "role")
    name, role = at.get("name").maybe(At.text), at.get("role").maybe(At.text)
    if not (name or role):
        raise at.wrong("an actor needs a name or a role; without either write null in place of the actor.")
    return Actor(name, role)


def _read_engine(at: At) -> EngineSignature:
    at.only("stage", "engine", "model", "version", "licence", "settings")
    keys = ("stage", "engine", "model", "version", "licence", "settings")
    return EngineSignature(*(at.get(key).text() for key in keys))


def _read_topic(at: At) -> Topic:
    at.only("id", "name", "words", "found")
    found = at.optional("found").maybe(At.flag) or False
    return Topic(at.get("id").text(), at.get("name").text(), at.get("words").texts(), found)


def _read_notice(at: At) -> Notice:
    keys = ("file", "stage", "reason", "advice")
    at.only(*keys)
    return Notice(*(at.get(key).text() for key in keys))
