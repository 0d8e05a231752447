"""Themes that a machine found say so once: in the masthead, in the matrix, or where a template has `{{ themes }}`.

A template that has none of these and prints names of topics all the same has it said behind each of the names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docx.document import Document

from digest.model import Brief
from digest.word import splice
from digest.word.checking import stories
from digest.word.fields import BODY, SECTION
from digest.word.markers import find
from digest.word.words import words_for

FIELD = "themes"
_TELLING = frozenset((FIELD, f"{SECTION}masthead", f"{SECTION}matrix"))
_NAMING = frozenset(f"{SECTION}{name}" for name in ("changes", "chart", "countries", "timeline"))
_NAMES = ("topic", "headline", "chart", "since_when")
"""What the names of the fields end with that print the name of a topic."""


def are_told(document: Document, order: Sequence[str]) -> bool:
    """Whether a template tells which themes were found by machine. `order` are the sections of `{{ brief }}`."""
    return not _TELLING.isdisjoint(_markers(document, order))


def are_named(document: Document, order: Sequence[str]) -> bool:
    """Whether a template prints the name of a topic anywhere."""
    names = _markers(document, order)
    return any(name in _NAMING or name == "topic.name" or name.rpartition(".")[2] in _NAMES for name in names)


def marked(brief: Brief) -> Brief:
    """The brief with what is to be told of themes behind the name of each."""
    told = words_for(brief.language).found_theme
    topics = (replace(one, name=f"{one.name} ({told})") if one.found else one for one in brief.topics)
    return replace(brief, topics=tuple(topics))


def _markers(document: Document, order: Sequence[str]) -> frozenset[str]:
    """The names of all markers, those of `{{ brief }}` among them."""
    paragraphs = (paragraph for _, root in stories(document) for paragraph in splice.paragraphs(root))
    names = {marker.name for paragraph in paragraphs for marker in find(splice.text_of(paragraph))}
    return frozenset(names | {f"{SECTION}{name}" for name in order} if BODY in names else names)
