"""Who was in office on a day, for those whom news names without an office: `digest/data/leaders.toml`.

The document's own word goes before the table, and a document without a date has none of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from digest import data
from digest.model import Dating
from digest.positions.people import Person


@dataclass(frozen=True, slots=True)
class Leader:
    """One term of one person: the whole name, how news calls the person, whether that alone is enough to be known, for
    whom the person speaks (a code), and the first and last day."""

    name: str
    short: str
    known: bool
    holder: str
    since: date
    until: date


@cache
def leaders() -> tuple[Leader, ...]:
    """The table, read once."""
    return tuple(Leader(**entry) for entry in data.load("leaders.toml")["leader"])


def named_in(text: str, dating: Dating) -> list[Person]:
    """Those in office on the day of the document whom its text names, under the name that stands there; none where no
    day is known."""
    day = dating.published or dating.not_before
    if day is None:
        return []
    persons = []
    for leader in leaders():
        if not leader.since <= day <= leader.until:
            continue
        whole = _stands_in(leader.name, text)
        if not whole and not (leader.known and _stands_in(leader.short, text)):
            continue
        how = f"“{leader.name if whole else leader.short}”, in office on {day.isoformat()} by the table of leaders"
        persons.append(Person(leader.name, None, (leader.holder,), True, leader.name if whole else leader.short, how))
        if not leader.name.endswith(leader.short):  # "Xi Jinping": the family name is first
            persons.append(Person(leader.short, None, (leader.holder,), True, leader.short, how))
    return persons


def _stands_in(name: str, text: str) -> bool:
    return name in text and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None
