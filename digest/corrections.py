"""The analyst's word: `corrections.toml` beside the corpus folder, which wins over what the program found, every time.

    [[position]]
    id = "9f3a2b1c-120-IE"      # as the JSON beside a brief has it; and one or more of:
    hide = true                 # leave it out, with all that says the same
    holder = "FR"               # it is another one's: a name or a code
    stance = "supports"
    topic = "patrols"
    actor = "Anna Holm, Foreign Minister"

    [[person]]
    name = "Anna Holm"          # whoever is called that; and one or both of:
    holder = "IE"
    role = "Foreign Minister"

    [[document]]
    path = "03_talks.txt"       # below the corpus folder
    date = 2026-01-31           # its day of publication; and, or
    language = "gl"             # what it is written in

Every entry may have a `note`. Of two entries for one thing the later adds to the former and wins over it. The file lies
beside the corpus folder and not in it, so it is never read as a document.
"""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from digest import outfile
from digest.errors import ConfigError
from digest.model import Actor, Digested, Earlier, Notice, Position, Stance, StanceLabel

NAME = "corrections.toml"
STAGE = "correction"
BY_HAND = "corrected by hand"
"""How a date or a holder is known that the analyst gave."""

_LOST = "A correction has lost its target: "
_UNDO = f"Nothing. To undo it, delete its entry in {NAME}."


@dataclass(frozen=True, slots=True)
class PositionWord:
    """What the analyst says of one position. None: nothing."""

    id: str
    hide: bool = False
    holder: str | None = None
    stance: StanceLabel | None = None
    topic: str | None = None
    actor: Actor | None = None


@dataclass(frozen=True, slots=True)
class PersonWord:
    """What the analyst says of everybody of that name."""

    name: str
    holder: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentWord:
    """What the analyst says of one document, by its path below the corpus folder. None: nothing."""

    path: str
    date: date | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """All that the file says. `source` is the file, None where there is none."""

    positions: tuple[PositionWord, ...] = ()
    people: tuple[PersonWord, ...] = ()
    documents: tuple[DocumentWord, ...] = ()
    source: Path | None = None

    @property
    def hidden(self) -> tuple[str, ...]:
        """The ids of positions to be left out."""
        return tuple(sorted(one.id for one in self.positions if one.hide))

    def by_path(self) -> Mapping[str, DocumentWord]:
        """What is said of documents, by path."""
        return {one.path: one for one in self.documents}


def beside(corpus: Path) -> Path:
    """Where the corrections of a corpus lie: in the folder that the corpus folder lies in."""
    return corpus.resolve().parent / NAME


# --- reading ----------------------------------------------------------------------------------------------------------

_KEYS = {
    "position": ("id", "hide", "holder", "stance", "topic", "actor", "note"),
    "person": ("name", "holder", "role", "note"),
    "document": ("path", "date", "language", "note"),
}
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?")
"""A code of ISO 639, with a script of ISO 15924 where the language has two: "pt", "ckb", "sr-Latn"."""


def load(path: Path, holder_code: Callable[[str], str | None], topics: Iterable[str]) -> Corrections:
    """Read and check the file; nothing where there is none.

    `holder_code` gives the code for a name of a country or organisation, None for one that is not known; `topics` are
    the ids of the topics followed. Raises ConfigError, which names every problem in the file at once.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Corrections()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({error}). It must be a text file in UTF-8.") from error
    return parse(text, path, holder_code, topics)


def parse(text: str, path: Path, holder_code: Callable[[str], str | None], topics: Iterable[str]) -> Corrections:
    """The same from the file's text."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}.") from error
    reader = _Reader(holder_code, tuple(topics))
    problems = [f"unknown section '{name}'; {_near(name, _KEYS)}" for name in table if name not in _KEYS]
    entries: dict[str, list[Any]] = {name: [] for name in _KEYS}
    for name, found in entries.items():
        rows = table.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            problems.append(f"'{name}' must be written as one or more [[{name}]] sections.")
            continue
        for number, row in enumerate(rows, 1):
            problems += [f"[[{name}]] number {number}: {one}" for one in reader.entry(name, row)[1]]
        found += [reader.entry(name, row)[0] for row in _together(rows, _KEYS[name][0])]
    if problems:
        raise ConfigError("\n".join(f"{path}: {problem}" for problem in problems))
    return Corrections(tuple(entries["position"]), tuple(entries["person"]), tuple(entries["document"]), path)


def _together(rows: Iterable[Mapping[str, Any]], key: str) -> list[dict[str, Any]]:
    """The entries for one thing as one."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(str(row.get(key)).strip(), {}).update(row)
    return list(found.values())


class _Reader:
    """Checks entries: every key, and what stands under it."""

    def __init__(self, holder_code: Callable[[str], str | None], topics: Sequence[str]) -> None:
        self._holder_code, self._topics = holder_code, topics
        self._problems: list[str] = []

    def entry(self, name: str, row: Mapping[str, Any]) -> tuple[Any, list[str]]:
        """The entry, and what is wrong with it."""
        self._problems = [f"unknown key '{key}'; {_near(key, _KEYS[name])}" for key in row if key not in _KEYS[name]]
        made = {"position": self._position, "person": self._person, "document": self._document}[name](row)
        if len(row.keys() - {"id", "name", "path", "note"}) == 0:
            self._problems.append("it says nothing; give one of " + ", ".join(_KEYS[name][1:-1]) + ".")
        return made, self._problems

    def _position(self, row: Mapping[str, Any]) -> PositionWord:
        hide = row.get("hide", False)
        if not isinstance(hide, bool):
            self._problems.append(f"hide must be true or false, not {hide!r}.")
        return PositionWord(
            id=self._text(row, "id", needed=True) or "",
            hide=hide is True,
            holder=self._holder(row),
            stance=self._stance(row),
            topic=self._topic(row),
            actor=actor_of(actor) if (actor := self._text(row, "actor")) else None,
        )

    def _person(self, row: Mapping[str, Any]) -> PersonWord:
        return PersonWord(self._text(row, "name", needed=True) or "", self._holder(row), self._text(row, "role"))

    def _document(self, row: Mapping[str, Any]) -> DocumentWord:
        return DocumentWord(self._text(row, "path", needed=True) or "", self._day(row), self._language(row))

    def _day(self, row: Mapping[str, Any]) -> date | None:
        day = row.get("date")
        if isinstance(day, str):
            try:
                day = date.fromisoformat(day)
            except ValueError:
                day = None
        if "date" in row and type(day) is not date:
            self._problems.append(f"date must be a day such as 2026-01-31, not {row.get('date')!r}.")
            return None
        return day

    def _language(self, row: Mapping[str, Any]) -> str | None:
        code = self._text(row, "language")
        if code and not _LANGUAGE.fullmatch(code):
            self._problems.append(f"language must be a code such as pt or sr-Latn, not {code!r}.")
            return None
        return code

    def _text(self, row: Mapping[str, Any], key: str, *, needed: bool = False) -> str | None:
        value = row.get(key)
        if value is None and not needed:
            return None
        if not isinstance(value, str) or not value.strip():
            self._problems.append(f"{key} must be a text in quotation marks, not {value!r}.")
            return None
        return value.strip()

    def _holder(self, row: Mapping[str, Any]) -> str | None:
        name = self._text(row, "holder")
        code = self._holder_code(name) if name else None
        if name and code is None:
            self._problems.append(f"unknown holder '{name}'; write a country's English name or its ISO code.")
        return code

    def _stance(self, row: Mapping[str, Any]) -> StanceLabel | None:
        said = self._text(row, "stance")
        if said is None or said in list(StanceLabel):
            return StanceLabel(said) if said else None
        self._problems.append(f"unknown stance '{said}'; {_near(said, [str(label) for label in StanceLabel])}")
        return None

    def _topic(self, row: Mapping[str, Any]) -> str | None:
        said = self._text(row, "topic")
        if said is not None and said not in self._topics:
            self._problems.append(f"unknown topic '{said}'; {_near(said, self._topics)}")
        return said


def actor_of(text: str) -> Actor:
    """A speaker as the analyst writes one: "Anna Holm, Foreign Minister", or the name alone."""
    name, _, role = (part.strip() for part in text.partition(","))
    return Actor(name or None, role or None)


def _near(word: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else f"known are: {', '.join(names)}."


# --- applying ---------------------------------------------------------------------------------------------------------


def corrected(
    digested: Sequence[Digested], words: Corrections, in_corpus: Iterable[str], name_of: Callable[[str], str]
) -> tuple[tuple[Digested, ...], tuple[Notice, ...]]:
    """The documents with the analyst's word in place of the program's, and a notice for each correction.

    `in_corpus` are the ids of all documents of the corpus: of a position that belongs to one outside this issue nothing
    is said; one that is nowhere is told. `name_of` tells what a holder is called.
    """
    if not (words.positions or words.people):
        return tuple(digested), ()
    told = _Told(words)
    by_id = {one.id: one for one in words.positions}
    people = {one.name: one for one in words.people}
    changed = []
    for one in digested:
        positions = []
        for position in one.positions:
            word = by_id.get(position.id)
            person = people.get(position.actor.name or "") if position.actor else None
            made = _of_person(position, person, name_of) if person else position
            made = _of_position(made, word, name_of) if word else made
            told.note(one.document.path, position, word, person if made is not position else None)
            positions.append(made)
        changed.append(replace(one, positions=tuple(positions)))
    here = {one.document.id[:8] for one in digested}
    return tuple(changed), (*told.notices, *told.missing({one[:8] for one in in_corpus} - here))


def _of_person(position: Position, word: PersonWord, name_of: Callable[[str], str]) -> Position:
    actor = position.actor
    if word.role and actor:
        position = replace(position, actor=Actor(actor.name, word.role))
    return _held_by(position, word.holder, name_of)


def _of_position(position: Position, word: PositionWord, name_of: Callable[[str], str]) -> Position:
    made = _held_by(position, word.holder, name_of)
    if word.actor:
        made = replace(made, actor=word.actor)
    topic = word.topic or made.topic
    label = word.stance or (made.stance.label if made.stance else StanceLabel.OTHER)
    if topic and (word.topic or word.stance):
        # The words that showed the program's stance do not show the analyst's.
        cue = made.stance.cue if made.stance and made.stance.label is label else ""
        made = replace(made, topic=topic, stance=Stance(label, cue))
    return made


def _held_by(position: Position, holder: str | None, name_of: Callable[[str], str]) -> Position:
    if holder is None or holder == position.holder:
        return position
    return replace(position, holder=holder, holder_name=name_of(holder), resolved_by=BY_HAND)


class _Told:
    """The notices of what was corrected, and which corrections found their target."""

    def __init__(self, words: Corrections) -> None:
        self._words = words
        self._met: set[str] = set()
        self.notices: list[Notice] = []

    def note(self, path: str, position: Position, word: PositionWord | None, person: PersonWord | None) -> None:
        """One position that was looked at, with what was said of it."""
        if word:
            self._met.add(word.id)
        said = _said(word, person)
        if said:
            shown = " ".join(position.statement.split())
            shown = shown if len(shown) <= 80 else shown[:80].rsplit(" ", 1)[0] + " …"
            reason = f"Corrected by hand ({'; '.join(said)}): “{shown}”"
            self.notices.append(Notice(path, STAGE, reason, _UNDO))

    def missing(self, elsewhere: Iterable[str]) -> list[Notice]:
        """A notice for each position that should be here, or in a document that is not of this issue, and is not."""
        outside = set(elsewhere)
        return [
            Notice(
                "",
                STAGE,
                f"A correction has lost its target: there is no position {one.id}.",
                f"Look for the statement in this brief, and correct or delete the entry in {NAME}.",
            )
            for one in self._words.positions
            if one.id not in self._met and one.id[:8] not in outside
        ]


def _said(word: PositionWord | None, person: PersonWord | None) -> list[str]:
    said = []
    if word and word.hide:
        return ["hidden"]
    if word:
        values = (("holder", word.holder), ("stance", word.stance), ("topic", word.topic))
        said = [f"{key} {value}" for key, value in values if value]
        said += ["speaker"] if word.actor else []
    if person:
        said.append(f"who {person.name} is")
    return said


def remembered(statements: Iterable[Earlier], words: Corrections) -> tuple[Earlier, ...]:
    """Statements of earlier issues as the analyst would have them today: hidden ones are left out."""
    by_id = {one.id: one for one in words.positions}
    found = []
    for one in statements:
        word = by_id.get(one.id)
        if word is None:
            found.append(one)
        elif not word.hide and word.stance is not StanceLabel.OTHER:
            label, holder, topic = word.stance or one.label, word.holder or one.holder, word.topic or one.topic
            found.append(replace(one, label=label, holder=holder, topic=topic))
    return tuple(found)


def of_documents(words: Corrections, paths: Iterable[str]) -> tuple[Notice, ...]:
    """A notice for each document that was corrected, and for each that is not in the corpus, with the nearest path."""
    known = set(paths)
    notices = []
    for one in words.documents:
        if one.path not in known:
            near = difflib.get_close_matches(one.path, known, n=1, cutoff=0.6)
            hint = f" Did you mean {near[0]}?" if near else ""
            reason = f"A correction has lost its target: there is no document {one.path}."
            notices.append(Notice("", STAGE, reason, f"Correct or delete the entry in {NAME}.{hint}"))
            continue
        said = [f"Corrected by hand: its date is {one.date:%Y-%m-%d}."] if one.date else []
        said += [f"Corrected by hand: its language is {one.language}."] if one.language else []
        notices += [Notice(one.path, STAGE, reason, _UNDO) for reason in said]
    return tuple(notices)


def total(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """One notice that counts those of corrections, made and lost; () where there are none."""
    reasons = [notice.reason for notice in notices if notice.stage == STAGE]
    lost = sum(reason.startswith(_LOST) for reason in reasons)
    if not reasons:
        return ()
    reason = (
        f"Corrections by hand in this issue: {len(reasons) - lost}; corrections that have lost their target: {lost}."
    )
    return (Notice("", STAGE, reason, f"See {NAME} beside the corpus folder."),)


# --- adding one -------------------------------------------------------------------------------------------------------


def entry(section: str, values: Mapping[str, str | bool | date]) -> str:
    """One entry as the file has it."""
    return "\n".join((f"[[{section}]]", *(f"{key} = {_toml(value)}" for key, value in values.items()), ""))


def append(path: Path, section: str, values: Mapping[str, str | bool | date]) -> Path:
    """Add one entry behind what the file has, which stays as it is to the letter, comments included; the file.

    Raises OutputError when the file cannot be written; it is then as it was.
    """
    before = path.read_bytes() if path.exists() else b""
    gap = b"" if not before else b"\n" if before.endswith(b"\n") else b"\n\n"
    return outfile.write_bytes(path, before + gap + entry(section, values).encode("utf-8"), overwrite=True)


def _toml(value: str | bool | date) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    # A JSON text is a TOML basic string, but for DEL, which JSON lets stand.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f") if isinstance(value, str) else f"{value}"
