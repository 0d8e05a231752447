"""Which state or organisation is meant? Finds every mention in an English text and says how it names its holder.

Sources of the facts: `digest/data/countries.toml` and `organisations.toml`, each with its origin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from digest import data
from digest.model import HolderKind
from digest.positions.lexicon import wording


class Form(StrEnum):
    """How a mention names its holder."""

    NAME = "name"
    ADJECTIVE = "adjective"
    CAPITAL = "capital"
    SEAT = "seat of government"
    BODY = "body"
    GROUP = "group of states"
    UNSPECIFIED = "unspecified group"
    BLOCKED = "not a state"


@dataclass(frozen=True, slots=True)
class Mention:
    """`text[start:end]` names the holders `codes` (several for a group of states, none when blocked)."""

    start: int
    end: int
    text: str
    codes: tuple[str, ...]
    form: Form

    @property
    def is_actor_name(self) -> bool:
        """Whether the mention by itself can be who holds a position: an adjective cannot."""
        return self.form not in (Form.ADJECTIVE, Form.BLOCKED)


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    codes: tuple[str, ...]
    form: Form


@cache
def _countries() -> dict[str, Any]:
    return data.load("countries.toml")


@cache
def _organisations() -> dict[str, Any]:
    return data.load("organisations.toml")


def holder_name(code: str) -> str:
    """The English name of a holder for headings: "France", "European Union"; a bare code's own text otherwise."""
    if code in _countries():
        return str(_countries()[code]["name"])
    organisation = _organisations()["organisation"].get(code)
    if organisation:
        return str(organisation["name"])
    kind, _, name = code.partition(":")
    return f"{name} (unspecified)" if kind == "GROUP" else name or code


def forms_of(code: str) -> frozenset[str]:
    """Every form that names a holder: name, adjective, capital, seat, body."""
    return _forms_by_code().get(code, frozenset((holder_name(code),)))


@cache
def _forms_by_code() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for entry in _names():
        for code in entry.codes if entry.form is not Form.GROUP else ():
            found.setdefault(code, set()).add(entry.text)
    return {code: frozenset(texts) for code, texts in found.items()}


def holder_kind(code: str) -> HolderKind:
    """Whether a code is a country's, an organisation's or an unspecific group's."""
    if code.startswith("GROUP:"):
        return HolderKind.GROUP
    return HolderKind.COUNTRY if code in _countries() else HolderKind.ORGANISATION


def group_members(name: str) -> tuple[str, ...]:
    """The members of a group of states by one of its names, without "the": "Baltic states". Empty where not known."""
    for row in _organisations()["group"].values():
        if any(name.casefold() == known.removeprefix("the ").casefold() for known in row["names"]):
            return tuple(row["members"])
    return ()


def country_codes() -> tuple[str, ...]:
    """The codes of all states."""
    return tuple(_countries())


def name_in_form(code: str, form: Form) -> str | None:
    """A state's first name in a form (its name, adjective or capital), None where it has none."""
    row = _countries()[code]
    if form is Form.NAME:
        return str(row["name"])
    words = row.get({Form.ADJECTIVE: "adjective", Form.CAPITAL: "capital", Form.SEAT: "seat"}.get(form, ""), [])
    return str(words[0]) if words else None


def is_code(text: str) -> bool:
    """Whether a text has the form of a holder's code; a country's and a bare organisation's must be known."""
    kind, colon, name = text.partition(":")
    if colon:
        return kind in ("ORG", "GROUP") and bool(name.strip())
    return text in _countries() or text in _organisations()["organisation"]


def code_of(name: str) -> str | None:
    """The code for what a person writes in `digest.toml`: a code, or a name of a country or organisation."""
    wanted = name.strip()
    if wanted.upper() in _countries() or wanted in _organisations()["organisation"]:
        return wanted if wanted in _organisations()["organisation"] else wanted.upper()
    for entry in _names():
        if entry.form in (Form.NAME, Form.UNSPECIFIED) and entry.text.casefold() == wanted.casefold():
            return entry.codes[0]
    return None


def all_names() -> tuple[str, ...]:
    """Every country's and organisation's name, for suggestions."""
    return tuple(entry.text for entry in _names() if entry.form is Form.NAME)


# --- finding mentions ----------------------------------------------------------------------------------------------


@cache
def _names() -> tuple[_Name, ...]:
    names: list[_Name] = []
    for code, row in _countries().items():
        names += _forms(code, [row["name"], *row.get("also", [])], Form.NAME)
        adjectives = row.get("adjective", [])
        plurals = [word + "s" for word in adjectives if not word.endswith(("ch", "sh", "ese", "ss", "s"))]
        names += _forms(code, [*adjectives, *plurals], Form.ADJECTIVE)
        names += _forms(code, row.get("capital", []), Form.CAPITAL)
        names += _forms(code, row.get("seat", []), Form.SEAT)
    names += _organisation_names()
    return tuple(names)


def _organisation_names() -> list[_Name]:
    table = _organisations()
    names: list[_Name] = []
    for code, row in table["organisation"].items():
        names += _forms(code, [row["name"], *row.get("also", [])], Form.NAME)
        names += _forms(code, row.get("bodies", []), Form.BODY)
        names += _forms(code, row.get("capital", []), Form.CAPITAL)
    for code, texts in table["state_bodies"].items():
        names += _forms(code, texts, Form.SEAT)
    for row in table["group"].values():
        names += [_Name(name, tuple(row["members"]), Form.GROUP) for name in row["names"]]
    for code, texts in table["unspecified"].items():
        names += _forms(code, texts, Form.UNSPECIFIED)
    blocked = table["subnational"]
    names += [_Name(text, (), Form.BLOCKED) for text in (*blocked["names"], *blocked["adjectives"])]
    return names


def _forms(code: str, texts: Iterable[str], form: Form) -> list[_Name]:
    return [_Name(text, (code,), form) for text in texts]


@cache
def _index() -> dict[str, tuple[_Name, ...]]:
    """Names by their first word, longest first, so that "Papua New Guinea" is tried before "Guinea"."""
    index: dict[str, list[_Name]] = {}
    for entry in _names():
        for text in {entry.text, entry.text.replace("'", "’")}:
            index.setdefault(_WORD.match(text)[0], []).append(_Name(text, entry.codes, entry.form))  # type: ignore[index]
    return {word: tuple(sorted(entries, key=lambda entry: -len(entry.text))) for word, entries in index.items()}


_WORD = re.compile(r"\w+(?:\.\w+)*", re.UNICODE)
_FOLLOWED = re.compile(r"[\w]|['’](?![sS]\b)\w")
# Bare organs that several organisations have: they count only where the text names the organisation too.
_SHARED_BODIES = {"Commission": "EU", "Security Council": "UN", "General Assembly": "UN", "European Parliament": "EU"}
_TOWN_IN_STATE = re.compile(r",\s+([A-Z][a-z]+)")
# Things called after a place: "Paris Agreement", "Washington Post". What follows makes the place no actor.
# Clubs, airlines, and the Greek region: what stands before makes the name that of something else.
_CALLED_SO = re.compile(
    r"\b(?:AS|FC|Air|Greek|region of|province of|Greek region of|(?<!Central )(?<!Reserve )Bank of|University of) $"
)


@dataclass(frozen=True, slots=True)
class DocumentNames:
    """What the whole document says that decides what an ambiguous name means in it."""

    georgia_is_us_state: bool
    congo_is_brazzaville: bool
    dominican_is_dominica: bool
    organisations: frozenset[str]
    short: Mapping[str, str] = field(default_factory=dict)
    """Organisations of the document by the last word of their names, where only one has it: "Union", "Fund"; and by the
    noun that resumes them, where the document has no other: "the agency", "the bloc"."""

    @classmethod
    def of(cls, text: str) -> DocumentNames:
        """Read the hints from the English text of the document."""
        american = re.search(r"\b(?:Atlanta|Savannah|Georgia's governor|Georgia’s governor|Gov\.|Augusta)\b", text)
        caucasian = re.search(r"\b(?:Tbilisi|Caucasus|Abkhazia|Ossetia|Batumi|Georgian)\b", text)
        organisations = frozenset(
            code
            for code, row in _organisations()["organisation"].items()
            if any(_stands_in(name, text) for name in (row["name"], *row.get("also", [])))
            or (
                code == "EU"
                and re.search(r"\b(?:European Commission|European Parliament|Brussels|Member States)\b", text)
            )
        )
        return cls(
            georgia_is_us_state=bool(american) and not caucasian,
            congo_is_brazzaville="Brazzaville" in text and not re.search(r"Kinshasa|Democratic Republic|DRC\b", text),
            dominican_is_dominica=bool(re.search(r"\bDominica\b", text)) and "Dominican Republic" not in text,
            organisations=organisations,
            short={**_short_names(organisations), **_nouns_for(organisations, text)},
        )


def _stands_in(name: str, text: str) -> bool:
    """Whether a text has a name as whole words; most are not there at all, and told so without a pattern."""
    return name in text and re.search(rf"\b{re.escape(name)}\b", text) is not None


def _short_names(organisations: Iterable[str]) -> dict[str, str]:
    """The last words that tell the organisations of a document apart."""
    found: dict[str, set[str]] = {}
    for code in organisations:
        row = _organisations()["organisation"][code]
        for name in (row["name"], *row.get("also", [])):
            word = name.split()[-1]
            if word in wording("names.last") and word != name:
                found.setdefault(word, set()).add(code)
    return {word: next(iter(codes)) for word, codes in found.items() if len(codes) == 1}


def _nouns_for(organisations: Iterable[str], text: str) -> dict[str, str]:
    """The nouns in small letters that can mean one organisation of a document alone: "the agency", where it speaks of
    no other agency, nor of any with a name or a use of its own ("a travel agency", "the agency for water")."""
    found: dict[str, set[str]] = {}
    for code in organisations:
        row = _organisations()["organisation"][code]
        words = {name.split()[-1].lower() for name in (row["name"], *row.get("also", []))}
        for noun in (words & wording("names.resuming")) | set(row.get("resumed", [])):
            found.setdefault(noun, set()).add(code)
    return {
        noun: next(iter(codes))
        for noun, codes in found.items()
        if len(codes) == 1 and not re.search(rf"(?<!\b[Tt]he )\b{noun}\b|\b{noun}s\b|\b{noun} (?:of|for) ", text)
    }


def find_mentions(text: str, document: DocumentNames) -> list[Mention]:
    """Every mention in `text`, in order, longest match first; blocked ones are kept so that callers can see them."""
    mentions: list[Mention] = []
    position = 0
    for word in _WORD.finditer(text):
        small = not word[0][0].isupper() and word[0] not in document.short and word[0] not in _small()
        if word.start() < position or small:
            continue
        entry = _longest(text, word.start(), word[0]) or _short(text, word, document)
        if entry is None:
            continue
        position = word.start() + len(entry.text)
        mention = Mention(word.start(), position, entry.text, entry.codes, entry.form)
        mentions.append(_judged(mention, text, document))
    return mentions


@cache
def _small() -> frozenset[str]:
    """The first words of names in small letters: "least developed countries"."""
    return frozenset(word for word in _index() if word[0].islower())


def _longest(text: str, start: int, word: str) -> _Name | None:
    for entry in _index().get(word, ()):
        if text.startswith(entry.text, start) and not _FOLLOWED.match(text, start + len(entry.text)):
            return entry
    return None


def _short(text: str, word: re.Match[str], document: DocumentNames) -> _Name | None:
    """ "the Union", "the Fund": an organisation of the document by the last word of its name."""
    code = document.short.get(word[0])
    article = re.search(r"\b[Tt]he $", text[max(0, word.start() - 5) : word.start()])
    if code is None or not article or re.match(r"\s+(?:of\b|for\b|[A-Z])", text[word.end() :]):
        return None
    return _Name(word[0], (code,), Form.BODY)


def _judged(mention: Mention, text: str, document: DocumentNames) -> Mention:
    """The mention with its ambiguity resolved from what stands around it and in the document."""
    codes = mention.codes
    if _is_something_else(mention, text, document):
        return Mention(mention.start, mention.end, mention.text, (), Form.BLOCKED)
    if mention.text == "Congo" and document.congo_is_brazzaville:
        codes = ("CG",)
    if mention.text.startswith("Dominican") and mention.form is Form.ADJECTIVE and document.dominican_is_dominica:
        codes = ("DM",)
    if mention.text == "Commission" and "EU" not in document.organisations:
        african = "ORG:African Union" in document.organisations
        codes = ("ORG:African Union",) if african else ()
    return mention if codes == mention.codes else Mention(mention.start, mention.end, mention.text, codes, mention.form)


@cache
def _namesake() -> re.Pattern[str]:
    return re.compile(rf"[ -](?:{'|'.join(sorted(wording('names.namesake')))})\b")


def _is_something_else(mention: Mention, text: str, document: DocumentNames) -> bool:
    after = text[mention.end : mention.end + 40]
    before = text[max(0, mention.start - 40) : mention.start]
    place = mention.form in (Form.NAME, Form.CAPITAL)
    town = _TOWN_IN_STATE.match(after)
    if place and town and town[1] in _organisations()["subnational"]["towns_in"] and mention.text != "Washington":
        return True
    if mention.form is Form.CAPITAL and (
        _namesake().match(after) or re.search(r"\b(?:University|Bank|School) of $", before)
    ):
        return True
    if mention.form is Form.NAME and (_CALLED_SO.search(before) or re.match(r" Papers\b", after)):
        return True
    if mention.form is Form.NAME and re.match(
        r" (?:Post|Times|Herald|Today|Daily|Airways|Airlines|Cup|Tech|State)\b", after
    ):
        return True
    if mention.text == "Georgia":
        in_us = town is None and re.match(r"['’]s (?:governor|senator|secretary of state|attorney general)", after)
        return bool(in_us) or (document.georgia_is_us_state)
    if mention.text in _SHARED_BODIES and mention.text != "Commission":
        return _SHARED_BODIES[mention.text] not in document.organisations
    return False
