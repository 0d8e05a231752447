"""The fields that a template may ask for by a marker such as `{{ title }}`."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from digest.model import Brief
from digest.word.words import Words

BODY = "brief"
"""The marker that the whole standard body replaces."""


@dataclass(frozen=True, slots=True)
class Field:
    """`meaning` is for the author of a template; `value` gives the text, "" where the brief has none."""

    meaning: str
    value: Callable[[Brief, Words], str]


def _previous(brief: Brief, words: Words) -> str:
    return words.day(brief.previous) if brief.previous else ""


FIELDS: Mapping[str, Field] = {
    "title": Field("the title of the brief", lambda brief, words: brief.title),
    "issue": Field("the number of the issue", lambda brief, words: str(brief.issue)),
    "issued": Field("the day of the issue", lambda brief, words: words.day(brief.issued)),
    "previous": Field("the day of the issue before", _previous),
    "period": Field("the time covered", lambda brief, words: words.period(*brief.period)),
    "classification": Field("the classification line", lambda brief, words: brief.classification),
    "author": Field("who prepared the brief", lambda brief, words: brief.author),
}


def unknown(name: str) -> str:
    """What to say of a marker that is none: the nearest known one, else all of them."""
    known = [BODY, *FIELDS]
    near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(known)}."
    return f"unknown field '{name}', {hint}"
