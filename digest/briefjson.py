"""The JSON beside the brief, schema 1: everything in the brief, for other programs, the next issue and tests.

Dates are ISO 8601, languages BCP 47, countries ISO 3166-1 alpha-2; offsets count characters of the document's text.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from digest.model import Brief, EngineSignature, Entry, HolderSection, PartialDate, Point, Position, Source

SCHEMA = 1


def to_json(brief: Brief, also: tuple[Position, ...] = ()) -> bytes:
    """The brief as UTF-8 JSON, the same bytes for the same brief.

    `also` are the positions that were merged into others: they stand in `positions` with their `same_as`.
    """
    return (json.dumps(_brief(brief, also), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _brief(brief: Brief, also: tuple[Position, ...]) -> dict[str, Any]:
    start, end = brief.period
    shown = [entry.position for holder in brief.holders for entry in holder.all_entries()]
    return {
        "schema": SCHEMA,
        "title": brief.title,
        "issued": brief.issued.isoformat(),
        "issue": brief.issue,
        "period": {"start": _day(start), "end": _day(end)},
        "template": brief.template,
        "engines": [_engine(engine) for engine in brief.engines],
        "topics": [{"id": topic.id, "name": topic.name} for topic in brief.topics],
        "key_points": [
            {"text": point.text, "marks": list(point.marks), "document": point.evidence.document,
             "start": point.evidence.start, "end": point.evidence.end}
            for point in brief.key_points
        ],
        "documents": [_source(source) for source in brief.sources],
        "positions": [_position(position) for position in (*shown, *also)],
        "holders": [_holder(holder) for holder in brief.holders],
        "changes": [
            {"holder": change.holder, "topic": change.topic, "was": change.was, "now": change.now,
             "because": change.because}
            for change in brief.changes
        ],
        "missing": list(brief.missing),
        "notices": [
            {"file": notice.file, "stage": notice.stage, "reason": notice.reason, "advice": notice.advice}
            for notice in brief.notices
        ],
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _engine(engine: EngineSignature) -> dict[str, str]:
    return {
        "stage": engine.stage,
        "engine": engine.name,
        "model": engine.model,
        "version": engine.version,
        "licence": engine.licence,
    }


def _source(source: Source) -> dict[str, Any]:
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
        "words": source.words,
        "mark": source.mark,
        "also_at": list(source.also_at),
        "summary": [_point(point) for point in source.summary],
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "text": point.text,
        "engine": point.engine.name,
        "support": point.support,
        "evidence": [{"start": s.start, "end": s.end, "text": s.text} for s in point.evidence],
    }


def _position(position: Position) -> dict[str, Any]:
    sentence, actor, stance = position.sentence, position.actor, position.stance
    return {
        "id": position.id,
        "document": sentence.document,
        "holder": position.holder,
        "holder_name": position.holder_name,
        "actor": {"name": actor.name, "role": actor.role} if actor else None,
        "statement": position.statement,
        "quote": position.quote.value,
        "stance": {"label": stance.label.value, "cue": stance.cue} if stance else None,
        "topic": position.topic,
        "said_on": _partial(position.said_on),
        "evidence": sentence.text,
        "evidence_translation": sentence.translation.text if sentence.translation else None,
        "doubts": list(sentence.translation.flags) if sentence.translation else [],
        "start": sentence.start,
        "end": sentence.end,
        "resolved_by": position.resolved_by,
        "same_as": list(position.same_as),
    }


def _partial(day: PartialDate | None) -> str | None:
    return str(day) if day else None


def _holder(holder: HolderSection) -> dict[str, Any]:
    entries: tuple[Entry, ...] = holder.all_entries()
    return {
        "holder": holder.holder,
        "name": holder.name,
        "stance": {cell.topic: cell.label.value for cell in holder.cells if cell.label},
        "changed": holder.changed,
        "positions": [entry.position.id for entry in entries],
    }
