"""The schema of the JSON beside a brief: its number, and the keys of each of its parts."""

from __future__ import annotations

SCHEMA = 1

BRIEF = (
    "schema", "title", "issued", "issue", "previous", "period", "classification", "author", "language", "template",
    "engines", "other_engines", "topics", "key_points", "documents", "positions", "holders", "changes", "missing",
    "notices", "silent",
)  # fmt: skip
TOLD = ("evidence_translation", "doubts", "translator", "language", "paragraph")
SOURCE = (
    "id", "path", "title", "publisher", "published", "dated_by", "not_before", "url", "language",
    "language_confidence", "translated_by", "untranslated", "words", "mark", "also_at", "outlets", "summary",
)  # fmt: skip
POSITION = (
    "id", "document", "marks", "holder", "holder_name", "actor", "statement", "quote", "stance", "past", "topic",
    "said_on", "evidence", *TOLD, "start", "end", "resolved_by", "same_as", "decision",
)  # fmt: skip
HOLDER = (
    "holder", "name", "kind", "headline", "stance", "cells", "changed", "positions", "differing", "timeline",
)  # fmt: skip
EARLIER = (
    "id",
    "holder",
    "topic",
    "label",
    "statement",
    "day",
    "voice",
    "source",
    "issue",
    "issued",
    "machine",
    "bound",
)
