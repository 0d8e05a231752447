"""Who stands at the podium of a briefing, as its head announces them: "Ottawa, on the record; deputy spokesperson Dana
Kerr", "Nigerian foreign ministry spokesperson Bola Adeyemi and Beninese government spokesman Luc Houngbo".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.model import HolderKind
from digest.positions.names import DocumentNames, Form, Mention, find_mentions, holder_kind
from digest.positions.people import Person

_OFFICE = (
    r"(?:spokes(?:man|woman|person)|press secretary|foreign minister|prime minister|minister|ambassador|president)"
)
_NAME = r"[A-ZÀ-Þ][\w’'-]+(?: (?:de |da |van |von |al-|bin )?[A-ZÀ-Þ][\w’'-]+){1,3}"
_WITH_STATE = re.compile(rf"(?:['’]s)?((?: [\w’-]+){{0,4}}? {_OFFICE})(?:,| –|:)? ({_NAME})")
"""Behind the name or the adjective of a state: "Nigerian foreign ministry spokesperson Bola Adeyemi"."""
_WITHOUT = re.compile(
    rf"\b((?:(?i:deputy|chief|principal|acting|government|the) )*(?i:{_OFFICE}))(?:,| –|:)? ({_NAME})"
)
_BRIEFING = re.compile(
    r"\bon the record\b|\bbriefing\b|\bpress (?:conference|availability)\b|\bquestions and answers\b|\btranscript\b",
    re.IGNORECASE,
)
_SEATS = frozenset(("Brussels", "Vienna", "Nairobi", "Addis Ababa", "Abuja", "The Hague", "Bern", "Rome"))
"""Capitals in which organisations brief too: there the place does not tell whose spokesperson it is."""
_LONGEST = 30


def at_podium(heading: str, names: DocumentNames) -> tuple[Person, ...]:
    """The persons whom the head of a briefing names with an office and a state, or with an office and the capital where
    they brief; none where the head announces no briefing."""
    lines = [line.strip(" *_#\t") for line in heading.splitlines()]
    lines = [
        line for line in lines if line and not line.endswith((".", "?", "!", "…")) and len(line.split()) <= _LONGEST
    ]
    if not any(map(_BRIEFING.search, lines)):
        return ()
    found = {person.name: person for line in lines for person in _with_states(line, find_mentions(line, names))}
    states = _places(lines, names)
    if not found and len(states) == 1:
        matches = [match for line in lines for match in _WITHOUT.finditer(line)]
        found = {match[2]: Person(match[2], match[1].lower(), tuple(states), True) for match in matches}
    return tuple(found.values())


def _with_states(line: str, mentions: list[Mention]) -> Iterator[Person]:
    for mention in mentions:
        match = _WITH_STATE.match(line, mention.end)
        if match and len(mention.codes) == 1 and mention.form in (Form.NAME, Form.ADJECTIVE):
            yield Person(match[2], f"{mention.text}{match[1]}", mention.codes, True)


def _places(lines: list[str], names: DocumentNames) -> set[str]:
    """The states whose capitals the lines name that speak of the briefing or of who gives it."""
    chosen = [line for line in lines if _BRIEFING.search(line) or _WITHOUT.search(line)]
    return {
        code
        for line in chosen
        for mention in find_mentions(line, names)
        if mention.form is Form.CAPITAL and mention.text not in _SEATS
        for code in mention.codes
        if holder_kind(code) is HolderKind.COUNTRY
    }
