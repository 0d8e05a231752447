"""A brief as JSON. Engines are noted as their place in `engines` and, behind these, in `other_engines`."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from digest.briefjson.schema import SCHEMA
from digest.model import (
    Brief,
    Earlier,
    EngineSignature,
    HolderSection,
    PartialDate,
    Point,
    Position,
    Sentence,
    Source,
)


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
        "bound": one.bound,
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
