"""Who stands at the podium of a briefing, as its head announces them: "Ottawa, on the record; deputy spokesperson Dana
Kerr", "Nigerian foreign ministry spokesperson Bola Adeyemi and Beninese government spokesman Luc Houngbo".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from digest.model import HolderKind
from digest.positions.lexicon import titles, wording
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
BRIEFING = re.compile(
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
    if not any(map(BRIEFING.search, heading.splitlines())):
        return ()
    listed = tuple(_listed(heading, names))
    if listed:
        return listed
    found = {person.name: person for line in lines for person in _with_states(line, find_mentions(line, names))}
    states = _places(lines, names)
    if not found and len(states) == 1:
        matches = [match for line in lines for match in _WITHOUT.finditer(line)]
        found = {match[2]: Person(match[2], match[1].lower(), tuple(states), True) for match in matches}
    return tuple(found.values())


_LIST = re.compile(
    r"\b(on the podium|spokes(?:persons|people|men|women)|speakers|participants|panel(?:lists)?|briefers|present):"
    r"\s*([^.\n]+(?:\n[A-ZÀ-Þ][^.:\n]+,[^.:\n]+$)*)",
    re.IGNORECASE | re.MULTILINE,
)
_PART = re.compile(r";\s*(?:and )?|\n|,? and (?=[A-ZÀ-Þ])")
_FIRST_OFFICE = re.compile(rf"\s*((?:[A-Z][\w-]+ )*?(?i:state secretary|commissioner|{_OFFICE})) ({_NAME})")
_FIRST_NAME = re.compile(rf"\s*({_NAME})(?:, ([^,()]+)| \(([^()]+)\))?")


def _listed(heading: str, names: DocumentNames) -> Iterator[Person]:
    """Those of a list in the head, each with a state: "On the podium: Minister Ida Berg (Norway); Ana Rey, spokesperson
    for the European Commission"; a list may go on in lines of its own. Spokespersons have the only holder
    that their line names before: "Briefing of the African Union; spokespersons: Ana Rey (trade) and Ida Berg (peace)".
    """
    for match in _LIST.finditer(heading):
        line = heading[heading.rfind("\n", 0, match.start()) + 1 : match.start()]
        whose = {one.codes for one in find_mentions(line, names) if one.is_actor_name and one.form is not Form.CAPITAL}
        common = whose.pop() if len(whose) == 1 and match[1].lower().startswith("spokes") else ()
        for part in _PART.split(match[2]):
            if set(re.findall(r"[\w-]+", part.lower())) & (wording("podium.private") | titles().former):
                continue
            office, name = _FIRST_OFFICE.match(part), _FIRST_NAME.match(part)
            inside = {one.codes for one in find_mentions(part, names) if one.is_actor_name}
            only = tuple({code for title, code in titles().only.items() if title in part.lower()})
            codes = only or (inside.pop() if len(inside) == 1 else () if inside else common)
            if office and codes:
                yield Person(office[2], office[1].lower(), codes, True)
            elif name and codes:
                yield Person(name[1], name[2] or "spokesperson", codes, True)


def _with_states(line: str, mentions: list[Mention]) -> Iterator[Person]:
    for mention in mentions:
        match = _WITH_STATE.match(line, mention.end)
        if match and len(mention.codes) == 1 and mention.form in (Form.NAME, Form.ADJECTIVE):
            yield Person(match[2], f"{mention.text}{match[1]}", mention.codes, True)


def _places(lines: list[str], names: DocumentNames) -> set[str]:
    """The states whose capitals the lines name that speak of the briefing or of who gives it."""
    chosen = [line for line in lines if BRIEFING.search(line) or _WITHOUT.search(line)]
    return {
        code
        for line in chosen
        for mention in find_mentions(line, names)
        if mention.form is Form.CAPITAL and mention.text not in _SEATS
        for code in mention.codes
        if holder_kind(code) is HolderKind.COUNTRY
    }


# --- sides without names ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a briefing: the code of a state or organisation, and the words of the office that the head names
    with it ("minister"), none where it names none."""

    code: str
    office: str


_LONGEST_OF_SEVERAL = 60
"""Words of a line that announces a briefing of several."""
_FORMS = (Form.NAME, Form.ADJECTIVE, Form.BODY)


def sides(heading: str, names: DocumentNames) -> tuple[Side, ...]:
    """The sides that the head of a briefing names with their offices ("the ministers of Ghana and Togo and the African
    Union's commissioner") or as those who give it ("joint briefing by Ghana and Togo"); none where they are not two."""
    found: dict[str, Side] = {}
    for line in heading.splitlines():
        if BRIEFING.search(line) and len(line.split()) <= _LONGEST_OF_SEVERAL:
            own = _ABOUT.sub("; ", line)
            found |= {side.code: side for side in _sides_in(own, names)}
    return tuple(found.values()) if len(found) > 1 else ()


def _sides_in(line: str, names: DocumentNames) -> Iterator[Side]:
    """The mentions of a line that have an office behind them, before them, or that of the mention before."""
    before, office = 0, None
    for mention in find_mentions(line, names):
        between = line[before : mention.start]
        if not _JOINS.fullmatch(between):
            office = _office_before(between)
        before = mention.end
        behind = _behind().match(line, mention.end)
        own = behind[1].lower() if behind else office
        if own is not None and _is_one(mention):
            yield Side(mention.codes[0], own)


_ABOUT = re.compile(r"\b(?:on|about|over|regarding|concerning)\b(?! the (?:podium|record|part|side))[^;:–—]*", re.I)
"""What a briefing is about, up to the next stop."""
_JOINS = re.compile(r"(?:['’]s)?,?(?: and| &)?(?: of)?(?: the)? ?")
_GIVEN = re.compile(
    r"(?:briefing|conference|availability|encounter|press statements?)(?: given)? (?:by|of|with)(?: the)? $", re.I
)


def _office_before(text: str) -> str | None:
    """The office that a stretch of text before a state's name ends with, "" where it says that the state gives the
    briefing; None without either."""
    if _GIVEN.search(text):
        return ""
    match = _before().search(text)
    return match[1].lower() if match else None


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"\b({words_for('podium.offices')})(?: (?:of|for|from)(?: the)?| [(])? ?$", re.IGNORECASE)


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"(?:['’]s)?(?: [\w’'-]+){{0,3}}? ({words_for('podium.offices')})\b", re.IGNORECASE)


def words_for(name: str) -> str:
    """The alternatives of a pattern, from a list of `wordings.toml`, the longest first."""
    return "|".join(sorted(wording(name), key=lambda word: (-len(word), word)))


def _is_one(mention: Mention) -> bool:
    return len(mention.codes) == 1 and mention.form in _FORMS and holder_kind(mention.codes[0]) is not HolderKind.GROUP
