"""Positions and summaries -> Brief: merge what is the same, group by holder, order, and say what is missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import zip_longest

from digest.model import (
    Brief,
    Cell,
    Change,
    Digested,
    Document,
    EngineSignature,
    Entry,
    HolderKind,
    HolderSection,
    KeyPoint,
    Notice,
    PartialDate,
    Position,
    Source,
    StanceLabel,
    Topic,
)

_FOR = (StanceLabel.SUPPORTS, StanceLabel.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the brief is called and covers; `countries` are codes in the order asked for."""

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
    countries: tuple[str, ...]
    stood: Mapping[tuple[str, str], tuple[StanceLabel, PartialDate | None]] = field(default_factory=dict)
    """Where each holder stood on each topic in the last issue, and the date of its newest statement there."""


def compose(
    digested: Sequence[Digested],
    frame: Frame,
    engines: Sequence[EngineSignature],
    notices: Sequence[Notice],
    kinds: Mapping[str, HolderKind],
    names: Mapping[str, str],
) -> Brief:
    """The whole brief. `kinds` and `names` tell what each holder code is and how it is called."""
    ordered = sorted(digested, key=_newest_first)
    sources = tuple(_source(one, f"S{number}") for number, one in enumerate(ordered, 1))
    marks = {source.id: source.mark for source in sources}
    dates = {one.document.id: _date_of(one.document) for one in ordered}
    bounds = {one.document.id: _date_of(one.document, bound=True) for one in ordered}
    merged = merge([position for one in ordered for position in one.positions], marks)
    holders = _holders(merged, frame, kinds, names, _Dates(dates, bounds))
    held = {entry.position.holder for entry in merged}
    moved = changes(holders, frame, _Dates(dates, bounds))
    return Brief(
        title=frame.title,
        issued=frame.issued,
        issue=frame.issue,
        previous=frame.previous,
        period=_period(frame, [one.document for one in ordered]),
        classification=frame.classification,
        author=frame.author,
        template=frame.template,
        language=frame.language,
        topics=frame.topics,
        engines=tuple(engines),
        key_points=key_points(merged, sources, _Dates(dates, bounds)),
        changes=moved,
        holders=tuple(replace(one, changed=one.holder in {change.holder for change in moved}) for one in holders),
        sources=sources,
        missing=tuple(names[code] for code in frame.countries if code not in held),
        notices=(*notices, *_undated(ordered)),
    )


def _newest_first(one: Digested) -> tuple[int, str]:
    known = one.document.published or one.document.dating.not_before
    return (-known.toordinal() if known else 0, one.document.path)


def _source(one: Digested, mark: str) -> Source:
    document = one.document
    return Source(
        id=document.id,
        mark=mark,
        path=document.path,
        title=document.title,
        publisher=document.publisher,
        dating=document.dating,
        url=document.url,
        language=document.language,
        translated_by=one.translated_by,
        untranslated=one.untranslated,
        words=one.words,
        summary=one.summary,
        also_at=document.also_at,
    )


def _date_of(document: Document, *, bound: bool = False) -> PartialDate | None:
    """The day of publication; with `bound` also the day before which it cannot have been."""
    day = document.published or (document.dating.not_before if bound else None)
    return PartialDate.of(day) if day else None


@dataclass(frozen=True, slots=True)
class _Dates:
    """The documents' days of publication, and for the order also the days before which they cannot have been."""

    known: Mapping[str, PartialDate | None]
    bounds: Mapping[str, PartialDate | None]


def _period(frame: Frame, documents: Sequence[Document]) -> tuple[date | None, date | None]:
    """The period asked for; where none was, the span of the documents' dates."""
    days = [document.published for document in documents if document.published]
    since, until = frame.period
    return since or (min(days) if days else None), until or (max(days) if days else None)


def _undated(digested: Sequence[Digested]) -> list[Notice]:
    notices = []
    for one in digested:
        dating = one.document.dating
        if dating.published is None:
            bound = (
                f" It cannot be older than {dating.not_before:%Y-%m-%d} ({dating.known_by})."
                if dating.not_before
                else ""
            )
            notices.append(
                Notice(
                    one.document.path,
                    "dating",
                    f"No date of publication was found.{bound}",
                    "Put the date into the file name or the front matter (date: 2026-01-31) if it matters.",
                )
            )
    return notices


# --- merging ---------------------------------------------------------------------------------------------------------

_QUOTED = re.compile(r"[\"“«„]([^\"“”«»„]{15,})[\"”»“]")


def merge(positions: Sequence[Position], marks: Mapping[str, str]) -> list[Entry]:
    """One entry for each statement; the same statement in two documents is one entry with both marks.

    `marks` tells the mark of each document, the newest first.

    The same is: one holder, and a quotation of four words or more in common, or nearly the same words.
    """
    groups: list[list[Position]] = []
    for position in positions:
        for group in groups:
            if any(_same(position, other) for other in group):
                group.append(position)
                break
        else:
            groups.append([position])
    return [_entry(group, marks) for group in groups]


def _entry(group: Sequence[Position], marks: Mapping[str, str]) -> Entry:
    best = max(group, key=lambda one: (one.actor is not None and one.actor.name is not None, one.quote != "none"))
    others = tuple(one.id for one in group if one.sentence.document != best.sentence.document)
    carriers = {one.sentence.document for one in group}
    return Entry(replace(best, same_as=others), tuple(mark for document, mark in marks.items() if document in carriers))


def merged_away(brief: Brief, digested: Sequence[Digested]) -> tuple[Position, ...]:
    """The positions that entries of the brief name in `same_as`, each naming the others of its group in turn."""
    found = {position.id: position for one in digested for position in one.positions}
    away = []
    for shown in (entry.position for holder in brief.holders for entry in holder.all_entries()):
        group = [shown, *(found[identity] for identity in shown.same_as)]
        for one in group[1:]:
            others = tuple(other.id for other in group if other.sentence.document != one.sentence.document)
            away.append(replace(one, same_as=others))
    return tuple(away)


def _same(one: Position, other: Position) -> bool:
    if one.holder != other.holder or one.topic != other.topic:
        return False
    mine, theirs = _quotations(one.statement), _quotations(other.statement)
    if any(_contains(a, b) for a in mine for b in theirs):
        return True
    a, b = Counter(_words(one.statement)), Counter(_words(other.statement))
    return (a & b).total() / max(1, (a | b).total()) >= 0.75


def _quotations(text: str) -> list[str]:
    found = [" ".join(_words(match)) for match in _QUOTED.findall(text)]
    return [words for words in found if len(words.split()) >= 4]


def _contains(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return f" {shorter} " in f" {longer} "


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


# --- holders ---------------------------------------------------------------------------------------------------------


def _holders(
    entries: Sequence[Entry],
    frame: Frame,
    kinds: Mapping[str, HolderKind],
    names: Mapping[str, str],
    dates: _Dates,
) -> tuple[HolderSection, ...]:
    by_holder: dict[str, list[Entry]] = {}
    for entry in entries:
        by_holder.setdefault(entry.position.holder, []).append(entry)
    order = {code: number for number, code in enumerate(frame.countries)}
    rank = {HolderKind.COUNTRY: 0, HolderKind.ORGANISATION: 1, HolderKind.GROUP: 2}

    def key(code: str) -> tuple[int, int, int, str]:
        return rank[kinds[code]], order.get(code, len(order)), -len(by_holder[code]), names[code]

    return tuple(
        _section(code, names[code], kinds[code], by_holder[code], frame.topics, dates)
        for code in sorted(by_holder, key=key)
    )


def when(position: Position, dates: _Dates) -> PartialDate | None:
    """When a statement was made: its own date, else the day its document was published."""
    return position.said_on or dates.known.get(position.sentence.document)


def _age(entry: Entry, dates: _Dates) -> tuple[int, int, int]:
    day = entry.position.said_on or dates.bounds.get(entry.position.sentence.document)
    return day.sort_key() if day else (0, 0, 0)


def _section(
    code: str,
    name: str,
    kind: HolderKind,
    entries: Sequence[Entry],
    topics: Sequence[Topic],
    dates: _Dates,
) -> HolderSection:
    newest = sorted(entries, key=lambda entry: _age(entry, dates), reverse=True)
    cells = tuple(_cell(topic, newest, dates) for topic in topics)
    differing = tuple(group for topic in topics if (group := _contradicting(topic, newest)))
    apart = {entry.position.id for group in differing for entry in group}
    rest = tuple(entry for entry in newest if entry.position.id not in apart)
    return HolderSection(code, name, kind, "", cells, rest, differing)


def _label(entry: Entry) -> StanceLabel | None:
    return entry.position.stance.label if entry.position.stance else None


def _contradicting(topic: Topic, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The newest entries on one topic that are for it and those against it, where there are both: two of each side.

    They alternate, the side of the newest first, so that side by side stand statements that contradict each other.
    """
    mine = [entry for entry in entries if entry.position.topic == topic.id]
    pro, contra = [e for e in mine if _label(e) in _FOR], [e for e in mine if _label(e) is StanceLabel.OPPOSES]
    if not (pro and contra):
        return ()
    sides = sorted((pro[:2], contra[:2]), key=lambda side: mine.index(side[0]))
    return tuple(entry for pair in zip_longest(*sides) for entry in pair if entry is not None)


def _cell(topic: Topic, newest: Sequence[Entry], dates: _Dates) -> Cell:
    """Where a holder stands on a topic: by its latest clear statement; said without a stance where there is none."""
    mine = [entry for entry in newest if entry.position.topic == topic.id]
    if not mine:
        return Cell(topic.id, None, False, None, 0, ())
    clear = [entry for entry in mine if _label(entry) not in (None, StanceLabel.OTHER)]
    label, differs = StanceLabel.OTHER, False
    if clear:
        latest = [entry for entry in clear if _age(entry, dates) == _age(clear[0], dates)]
        counts = Counter(_label(entry) for entry in latest)
        label = counts.most_common(1)[0][0] or StanceLabel.OTHER
        labels = set(counts)
        differs = StanceLabel.OPPOSES in labels and bool(labels & set(_FOR))
    marks = tuple(dict.fromkeys(mark for entry in mine for mark in entry.marks))
    days = [day for entry in mine if (day := when(entry.position, dates))]
    newest_day = max(days, key=PartialDate.sort_key) if days else None
    return Cell(topic.id, label, differs, newest_day, len(marks), marks, _voice(mine, label))


def _voice(mine: Sequence[Entry], label: StanceLabel) -> str | None:
    """Who made the newest of the statements with that label, by name, else by role."""
    actor = next((entry.position.actor for entry in mine if _label(entry) is label), None)
    return (actor.name or actor.role) if actor else None


# --- what changed -----------------------------------------------------------------------------------------------------


def changes(holders: Sequence[HolderSection], frame: Frame, dates: _Dates) -> tuple[Change, ...]:
    """Who stands elsewhere than in the last issue, or has spoken clearly for the first time; () for a first issue.

    Both sides need a clear stance. A statement older than the newest one of the last issue does not turn time back.
    """
    if frame.previous is None:
        return ()
    found = []
    for section in holders:
        for cell in section.cells:
            if cell.label in (None, StanceLabel.OTHER):
                continue
            entry = next(
                (e for e in section.all_entries() if e.position.topic == cell.topic and _label(e) is cell.label), None
            )
            was, newest = frame.stood.get((section.holder, cell.topic), (None, None))
            if entry is None or cell.label is None or was in (cell.label, StanceLabel.OTHER):
                continue
            day = when(entry.position, dates)
            if newest and day and day.sort_key() < newest.sort_key():
                continue
            found.append(Change(section.holder, section.name, cell.topic, was, cell.label, entry.position.id))
    return tuple(found)


# --- the bottom line ------------------------------------------------------------------------------------------------

_LEANS = re.compile(
    r"^[\"“«(]?(?:he|she|they|it|this|that|these|those|but|and|so|however|meanwhile|also|his|her|their|its|we|i|no|yes|such|"
    r"others?|another|in (?:this|that|these|other)|at (?:this|that)|regarding (?:this|that)|following (?:this|that)|"
    r"previously|then|later|for (?:this|that)|as a result|both)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:we|our|us|I|my)\b")
_TURN = re.compile(
    r"\b(?:dropp?(?:ed|s)|lift(?:ed|s)|withdrew|withdraws|abandon(?:ed|s)|revers(?:ed|es)|no longer|"
    r"now (?:accept|support|back)\w*)\b"
)
_SECOND_HAND = re.compile(r"\baccording to\b|\breportedly\b|\bit was reported\b", re.IGNORECASE)


def key_points(
    entries: Sequence[Entry], sources: Sequence[Source], dates: _Dates, most: int = 5
) -> tuple[KeyPoint, ...]:
    """Two to five sentences that cover documents, holders and topics without repeating each other.

    Chosen one by one: each next sentence is the one that adds most holders, topics and documents not yet covered; what
    speaks for it besides is a clear stance, a recent date, a holder of whom many documents speak, and a named speaker.
    Where there are fewer than two, the first sentences of summaries fill up.
    """
    weights = _Weights.of(entries, dates)
    sentences = _candidates(entries)
    chosen: list[tuple[str, list[Entry]]] = []
    while sentences and len(chosen) < most:
        best = max(sentences, key=lambda item: _gain(item, chosen, weights))
        if chosen and _gain(best, chosen, weights) <= 0:
            break
        chosen.append(best)
        sentences = [item for item in sentences if not _alike(item[0], best[0])]
    points = [_key_point(text, group) for text, group in chosen]
    if len(points) < 2:
        firsts = [
            KeyPoint(one.summary[0].text, (one.mark,), one.summary[0].evidence[0]) for one in sources if one.summary
        ]
        points += [point for point in firsts if point.text not in {other.text for other in points}][: 3 - len(points)]
    return tuple(points)


@dataclass(frozen=True, slots=True)
class _Weights:
    """How recent each entry is (0 to 1 among all) and in how many documents each holder speaks."""

    recency: Mapping[str, float]
    documents: Mapping[str, int]

    @classmethod
    def of(cls, entries: Sequence[Entry], dates: _Dates) -> _Weights:
        ages = sorted({_age(entry, dates) for entry in entries})
        rank = {age: number / max(1, len(ages) - 1) for number, age in enumerate(ages)}
        spoken: dict[str, set[str]] = {}
        for entry in entries:
            spoken.setdefault(entry.position.holder, set()).update(entry.marks)
        return cls(
            {entry.position.id: rank[_age(entry, dates)] for entry in entries},
            {holder: len(marks) for holder, marks in spoken.items()},
        )


def _candidates(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Sentences that stand alone, each with the entries that it carries."""
    by_text: dict[str, list[Entry]] = {}
    for entry in entries:
        text = entry.position.statement
        speaks_as_we = _FIRST_PERSON.search(_QUOTED.sub("", text))
        if (
            8 <= len(text.split()) <= 55
            and not _LEANS.match(text)
            and not speaks_as_we
            and not text.rstrip('"”» ').endswith(("?", ":"))
        ):
            by_text.setdefault(text, []).append(entry)
    return list(by_text.items())


def _gain(item: tuple[str, list[Entry]], chosen: Sequence[tuple[str, list[Entry]]], weights: _Weights) -> float:
    text, group = item
    first = group[0].position
    covered = {(e.position.holder, e.position.topic) for _, others in chosen for e in others}
    documents = {mark for _, others in chosen for e in others for mark in e.marks}
    pairs = {(e.position.holder, e.position.topic) for e in group}
    new = len(pairs - covered)
    if not new:
        return 0.0
    value = min(new, 2) + 0.5 * len({mark for e in group for mark in e.marks} - documents)
    value += 1.5 * (first.stance is not None and first.stance.label is not StanceLabel.OTHER)
    value += 0.5 * (first.actor is not None and first.actor.name is not None) + 0.5 * (first.topic is not None)
    value += 1.5 * weights.recency[first.id] + 0.4 * min(weights.documents[first.holder], 5)
    value += 1.0 * bool(_TURN.search(text))
    value -= 0.8 * bool(_SECOND_HAND.search(text))
    value -= 2.0 * bool(first.sentence.translation and first.sentence.translation.flags)
    return max(value - max(0, len(text.split()) - 35) / 20, 0.01)


def _alike(one: str, other: str) -> bool:
    a, b = set(_words(one)), set(_words(other))
    return len(a & b) / max(1, min(len(a), len(b))) > 0.6


def _key_point(text: str, group: Sequence[Entry]) -> KeyPoint:
    marks = tuple(dict.fromkeys(mark for entry in group for mark in entry.marks))
    return KeyPoint(text, marks, group[0].position.sentence)
