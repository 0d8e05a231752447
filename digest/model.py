"""The values that flow through the stages.

All are frozen, slotted dataclasses; a change is a copy (`dataclasses.replace`). Nothing here imports more than the
standard library, so every module of the package may import this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

UNDETERMINED = "und"
"""The BCP 47 code for a language that could not be told."""

SURE = 0.75
"""From this probability on a stance of the classifier alone counts: on the development part of the labelled corpus
those that count, with those that the rules show too, are right in .86 of 162, on plain texts of ours in .95 to 1.0;
from 0.7 on three of seven that would come in on the sample corpus were wrong."""


class Quote(StrEnum):
    """How much of a statement stands in quotation marks."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"


class StanceLabel(StrEnum):
    """What a statement says of a topic. `OTHER` is shown as "said (no clear stance)"."""

    SUPPORTS = "supports"
    CONDITIONAL = "conditional"
    UNDECIDED = "undecided"
    OPPOSES = "opposes"
    OTHER = "other"


class HolderKind(StrEnum):
    """What kind of body a position is ascribed to."""

    COUNTRY = "country"
    ORGANISATION = "organisation"
    GROUP = "group"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known to the year, the month or the day. `str()` gives ISO 8601: 2024, 2024-03 or 2024-03-05."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The same day, as a partial date that happens to be whole."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read what `str()` wrote. Raises ValueError on anything else."""
        numbers = [int(part) for part in text.split("-")]
        if not 1 <= len(numbers) <= 3:
            raise ValueError(f"not an ISO 8601 date: {text!r}")
        return cls(*numbers)

    def sort_key(self) -> tuple[int, int, int]:
        """For ordering: an unknown month or day sorts before every known one."""
        return (self.year, self.month or 0, self.day or 0)


@dataclass(frozen=True, slots=True)
class Language:
    """A BCP 47 code, or "und", and how sure the detector is of it (0 to 1)."""

    code: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of a document's text that is not its content: [start, end) in characters, and what it is."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Dating:
    """When a document was published, as far as it can be known, and how that is known.

    `published` is None where no day can be told; `not_before` is then the latest day that the text speaks of as past.
    `known_by` is a short phrase for the reader of the brief: "front matter", "dateline", "photo caption, by weekday".
    `settled` is false where a later day of reading could find another date: one that still lay ahead was not believed.
    """

    published: date | None
    known_by: str
    not_before: date | None = None
    settled: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the corpus as it was read.

    `id` is the SHA-256 of the file's bytes in hexadecimal. `path` is relative to the corpus folder, with forward
    slashes. `text` never changes after reading; furniture is marked, not cut out. `also_at` lists further paths whose
    files have the same bytes. `declared_language` is what the publisher says (HTML's lang), as written: a hint.
    """

    id: str
    path: str
    title: str
    publisher: str | None
    dating: Dating
    text: str
    furniture: tuple[Furniture, ...] = ()
    url: str | None = None
    language: Language = Language(UNDETERMINED, 0.0)
    also_at: tuple[str, ...] = ()
    declared_language: str | None = None

    @property
    def published(self) -> date | None:
        """The day of publication, or None."""
        return self.dating.published

    @property
    def dated_by(self) -> str:
        """How the date is known, in words."""
        return self.dating.known_by


@dataclass(frozen=True, slots=True)
class EngineSignature:
    """What computed a result: with the same signature and the same input, the same result comes out."""

    stage: str
    name: str
    model: str
    version: str
    licence: str
    settings: str = ""

    def key(self) -> str:
        """One line that tells this engine from every other; the store files results under it."""
        return "|".join((self.stage, self.name, self.model, self.version, self.settings))


@dataclass(frozen=True, slots=True)
class Translation:
    """The English of one sentence, who made it, and what the guards doubt in it (empty when nothing)."""

    text: str
    engine: EngineSignature
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document: `document.text[start:end] == text`, always.

    `paragraph` counts the document's paragraphs from 0. `language` is the BCP 47 code of its paragraph.
    """

    document: str
    start: int
    end: int
    text: str
    language: str
    paragraph: int
    translation: Translation | None = None

    @property
    def english(self) -> str | None:
        """The sentence in English: itself, its translation, or None where there is neither."""
        if self.language == "en":
            return self.text
        return self.translation.text if self.translation else None


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence of a summary and the sentences of the document that carry it, best first.

    `support` (0 to 1) says how well the evidence carries the text; 1 where the text is the evidence.
    Raises ValueError when made without evidence.
    """

    text: str
    engine: EngineSignature
    evidence: tuple[Sentence, ...]
    support: float = 1.0

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"a point without evidence: {self.text!r}")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who spoke: a name, a role, or both, as the document gives them."""

    name: str | None
    role: str | None

    def __post_init__(self) -> None:
        if not (self.name or self.role):
            raise ValueError("an actor needs a name or a role")


@dataclass(frozen=True, slots=True)
class Stance:
    """What a statement says of its topic, and the words of the sentence that show it."""

    label: StanceLabel
    cue: str


@dataclass(frozen=True, slots=True)
class PastStance:
    """What a holder held before and, by the sentence, holds no longer: with the words, and when, where that is told."""

    label: StanceLabel
    cue: str
    day: PartialDate | None = None


def is_sure(decided_by: str, probability: float | None) -> bool:
    """Whether a stance counts: all that the rules show, of the classifier alone those that are probable enough."""
    return decided_by != "classifier" or probability is None or probability >= SURE


@dataclass(frozen=True, slots=True)
class Position:
    """Who holds what, in which sentence.

    `holder` is an ISO 3166-1 alpha-2 code, "NATO", "EU", "UN", "ORG:Name" or "GROUP:Name". `statement` is the verbatim
    sentence, or its translation. `stance` and `topic` are None together, where no topic applies. `resolved_by` says in
    words how the holder was found. `same_as` names the positions of other documents that make the same statement.
    `decided_by` is "rules", "classifier" or, where they agree, "both"; `probability` (0 to 1) is the classifier's for
    the stance, or for there being a position where no topic applies; `nearness` is how near the sentence is to its
    topic. `past` is an earlier stance that the sentence tells of; it counts for nothing but to be shown.
    """

    id: str
    holder: str
    holder_name: str
    actor: Actor | None
    statement: str
    quote: Quote
    stance: Stance | None
    topic: str | None
    said_on: PartialDate | None
    sentence: Sentence
    resolved_by: str
    same_as: tuple[str, ...] = ()
    probability: float | None = None
    decided_by: str = "rules"
    nearness: float = 0.0
    past: PastStance | None = None

    @property
    def firm(self) -> StanceLabel | None:
        """Its stance where that is sure enough to count: for where a holder stands, what contradicts, what changed.

        A stance of the classifier alone, below `SURE`, is shown beside its statement as probable and counts as none.
        """
        if self.stance is None:
            return None
        sure = is_sure(self.decided_by, self.probability)
        return self.stance.label if sure else StanceLabel.OTHER


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the reader of the brief must know: a file (or ""), the stage, what happened, what to do."""

    file: str
    stage: str
    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A question that the brief follows: a short id, the name shown, and words that belong to it.

    `found` is true for a theme that the program found in the documents, where the analyst named no topics.
    """

    id: str
    name: str
    words: tuple[str, ...] = ()
    found: bool = False


@dataclass(frozen=True, slots=True)
class Digested:
    """What the stages found in one document, whose text is left out: each result carries its sentences.

    `words` counts those of its sentences. `translated_by` is None for English and for what was not translated.
    `meanings` holds the embeddings of the positions (`likeness.packed`), `fingerprint` that of the text
    (`copies.fingerprint`); both are b"" where there is none.
    """

    document: Document
    words: int
    summary: tuple[Point, ...]
    positions: tuple[Position, ...]
    translated_by: str | None
    untranslated: bool
    meanings: bytes = b""
    fingerprint: bytes = b""


@dataclass(frozen=True, slots=True)
class Spokesperson:
    """A person whom the analyst names in `digest.toml`: who speaks for which holder (code or name), in what office.

    Believed only where a document does not introduce the person itself.
    """

    name: str
    holder: str
    role: str = ""


# --- the brief -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outlet:
    """Another document that carries the same article: who published it and when, and where its file is."""

    id: str
    path: str
    title: str
    publisher: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class Source:
    """A document as the brief shows it. `mark` is "S1", "S2" ...; `words` counts its words without furniture.

    `translated_by` names the engine for a document that was translated; `untranslated` is true for one that is not in
    English and has no translation. `also_at` has further paths of the same file, `outlets` the other documents that
    carry the same article.
    """

    id: str
    mark: str
    path: str
    title: str
    publisher: str | None
    dating: Dating
    url: str | None
    language: Language
    translated_by: str | None
    untranslated: bool
    words: int
    summary: tuple[Point, ...]
    also_at: tuple[str, ...] = ()
    outlets: tuple[Outlet, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One position as printed, with the marks of every document that carries it, the newest document's date first."""

    position: Position
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One square of the position matrix. `label` None: nothing was found. `differs`: statements contradict each other.

    `latest` is the newest date among the statements (of the statement, else of its document); `documents` counts the
    independent documents that carry them, copies of one article as one; `voice` is who made the statement that the
    label comes from, where the document says so.
    """

    topic: str
    label: StanceLabel | None
    differs: bool
    latest: PartialDate | None
    documents: int
    marks: tuple[str, ...]
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class TimePoint:
    """A clear stance on a day. `issue` is the number of the issue that has it; `marks` those of this brief's sources,
    () where it comes from an earlier issue."""

    day: PartialDate
    topic: str
    label: StanceLabel
    issue: int
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HolderSection:
    """All that one country, organisation or group holds.

    `headline` is a line of the analyst's own in place of the one that the brief makes of the cells; "" where there is
    none. `entries` are newest first, without those in `differing`, whose members (two or more entries each) contradict
    each other on one topic. `timeline` has its clear stances of this issue and of those before, oldest first, where
    they are of two days or more.
    """

    holder: str
    name: str
    kind: HolderKind
    headline: str
    cells: tuple[Cell, ...]
    entries: tuple[Entry, ...]
    differing: tuple[tuple[Entry, ...], ...] = ()
    changed: bool = False
    timeline: tuple[TimePoint, ...] = ()

    def all_entries(self) -> tuple[Entry, ...]:
        """Every entry: the differing ones first, then the others."""
        return tuple(entry for group in self.differing for entry in group) + self.entries


class ChangeKind(StrEnum):
    """What is new about a holder on a topic. `SHIFTED`: from support to support on conditions, or back."""

    NEW = "new voice"
    MOVED = "moved"
    SHIFTED = "shifted"
    CONTRADICTED = "contradicted itself"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A clear statement made before, as an issue printed it: what the new one is held against.

    `day` is that of the statement, else of its document; `source` names the document by its publisher, else its title;
    `issue` and `issued` tell the issue. `machine` is true for a machine translation, `bound` where the day is but the
    one before which the document cannot have been.
    """

    id: str
    holder: str
    topic: str
    label: StanceLabel
    statement: str
    day: PartialDate | None
    voice: str | None
    source: str
    issue: int
    issued: date
    machine: bool = False
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A holder that stands elsewhere than before: `was` is None for a new voice. `because` is the id of a position.

    `day` and `voice` tell when that was said and on whose word; `before` is the statement that it is held against.
    """

    holder: str
    holder_name: str
    topic: str
    was: StanceLabel | None
    now: StanceLabel
    because: str
    kind: ChangeKind = ChangeKind.MOVED
    day: PartialDate | None = None
    voice: str | None = None
    before: Earlier | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """A holder that took a stance in the last issue and says nothing on that topic in this one."""

    holder: str
    holder_name: str
    last: Earlier


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """A sentence of the bottom line: text, the marks of its sources, and the sentence it comes from."""

    text: str
    marks: tuple[str, ...]
    evidence: Sentence


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything that a template can print, and nothing else.

    `issue` counts from 1. `previous` is the day of the last issue, None for the first. `period` is the first and the
    last day covered, each None where open. `missing` names the countries asked for of which nothing was found.
    `template` is the template's name; `language` the BCP 47 code of the frame (headings, dates).
    """

    title: str
    issued: date
    issue: int
    previous: date | None
    period: tuple[date | None, date | None]
    classification: str
    author: str
    template: str
    language: str
    topics: tuple[Topic, ...]
    engines: tuple[EngineSignature, ...]
    key_points: tuple[KeyPoint, ...]
    changes: tuple[Change, ...]
    holders: tuple[HolderSection, ...]
    sources: tuple[Source, ...]
    missing: tuple[str, ...]
    notices: tuple[Notice, ...]
    silent: tuple[Silence, ...] = ()
