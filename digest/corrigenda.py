"""Documents that correct an earlier report: what they take back may stand in the brief, so that the brief says so.

A correction names a report by its agency and day, and what it takes back is told in free words. Which statement that
is, the analyst sees at once and a program does not; so nothing is left out here, and nobody is left unwarned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.model import Document, Notice

# How agencies, papers and ministries head a correction, in several languages; our own collection.
_HEADED = re.compile(
    r"\W*(?:correction|corrections|corrected|corrects|corrigendum|erratum|errata|clarification|retraction|"
    r"rectificatif|rectification|correctif|berichtigung|korrektur|richtigstellung|corrección|rectificación|"
    r"fe de erratas?|correção|retificação|rectificação|correzione|rettifica|rectificatie|sprostowanie|oprava|ispravka|"
    r"виправлення|уточнення|спростування|исправление|поправка|уточнение|düzeltme|تصحيح|更正|訂正|정정)(?=\W|$)",
    re.IGNORECASE,
)
_MOST = 5
_TITLE_WORDS = 4
"""A shorter title may stand in any text."""


def is_correction(title: str) -> bool:
    """Whether a title begins as that of a correction does: "CORRECTION: Norland, not Sudia, voted no"."""
    return _HEADED.match(title) is not None


def notices(documents: Sequence[Document]) -> list[Notice]:
    """One for each document that corrects another, with the reports that it names by their headlines, else with the
    other documents of its publisher in this issue."""
    return [_notice(one, documents) for one in documents if is_correction(one.title)]


def _notice(one: Document, documents: Sequence[Document]) -> Notice:
    others = [
        other.path
        for other in documents
        if other.id != one.id
        and other.publisher
        and other.publisher == one.publisher
        and not is_correction(other.title)
    ]
    told = _plain(f"{one.title} {one.text}")
    named = [
        other.path
        for other in documents
        if other.id != one.id
        and not is_correction(other.title)
        and len(other.title.split()) >= _TITLE_WORDS
        and _plain(other.title) in told
    ]
    files = ", ".join((named or others)[:_MOST])
    there = f" {'It names' if named else 'Of its publisher there is here'}: {files}." if files else ""
    advice = f"Compare it with that report and leave out what it takes back: 'make_brief.py correct ID --hide'.{there}"
    return Notice(
        one.path, "positions", "It corrects an earlier report, whose statements may stand in a brief.", advice
    )


def _plain(text: str) -> str:
    """Letters and figures alone, so that marks and spaces make no difference."""
    return "".join(character for character in text.casefold() if character.isalnum())
