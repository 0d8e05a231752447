"""Positions and summaries -> Brief: merge what is the same, group by holder, order, and say what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import zip_longest

from digest import bottomline, changes, copies, corrigenda, merging, timeline
from digest.changes import Past, Said, Spoken, are_apart
from digest.merging import Carried
from digest.model import (
    Brief,
    Cell,
    Change,
    ChangeKind,
    Digested,
    Document,
    Earlier,
    EngineSignature,
    Entry,
    HolderKind,
    HolderSection,
    Notice,
    Outlet,
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
    past: Past = field(default_factory=Past)
    """What the issues before have printed."""
    own_names: Mapping[str, Collection[str]] = field(default_factory=dict)
    """What each holder is called, adjective and capital too: in a statement of its own that tells nothing."""
    hidden: tuple[str, ...] = ()
    """Ids of positions that the analyst wants left out, with all that is merged with them."""


def compose(
    digested: Sequence[Digested],
    frame: Frame,
    engines: Sequence[EngineSignature],
    notices: Sequence[Notice],
    kinds: Mapping[str, HolderKind],
    names: Mapping[str, str],
) -> Brief:
    """The whole brief. `kinds` and `names` tell what each holder code is and how it is called."""
    gathered = copies.gather(sorted(digested, key=_newest_first))
    ordered = gathered.documents
    sources = tuple(
        _source(one, f"S{number}", gathered.outlets.get(one.document.id, ())) for number, one in enumerate(ordered, 1)
    )
    marks = {source.id: source.mark for source in sources}
    ground = _Ground.of(ordered, {mark: gathered.family.get(identity, identity) for identity, mark in marks.items()})
    hidden = {merging.identity(one) for other in digested for one in other.positions if one.id in frame.hidden}
    merged = _merged(ordered, marks, frame, hidden)
    holders = _holders(merged, frame, kinds, names, ground)
    spoken = _spoken(merged, frame, {source.id: source for source in sources}, ground)
    found = changes.find(holders, spoken, frame.past, names)
    moved = {change.holder for change in found.changes if change.kind is not ChangeKind.CONTRADICTED}
    topics = [topic.id for topic in frame.topics]
    lines = timeline.timelines(
        filter(changes.is_evidence, frame.past.statements),
        ((one.earlier, one.marks) for one in spoken if changes.is_evidence(one.earlier)),
        topics,
    )
    held = {entry.position.holder for entry in merged}
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
        key_points=bottomline.key_points(
            merged, sources, _bottom_line(merged, holders, found.changes, frame.countries, ground)
        ),
        changes=found.changes,
        holders=tuple(replace(one, changed=one.holder in moved, timeline=lines.get(one.holder, ())) for one in holders),
        sources=sources,
        missing=tuple(names[code] for code in frame.countries if code not in held),
        notices=(*notices, *corrigenda.notices([one.document for one in ordered]), *_undated(ordered)),
        silent=found.silent,
    )


def _merged(
    ordered: Sequence[Digested], marks: Mapping[str, str], frame: Frame, hidden: Collection[tuple[str, str]]
) -> list[Entry]:
    """The entries, less those of which the analyst has hidden one statement."""
    days = {one.document.id: one.document.published for one in ordered}
    carried = Carried(days, merging.meanings_of(ordered), frame.own_names, hidden)
    return merging.merge([position for one in ordered for position in one.positions], marks, carried)


# --- documents --------------------------------------------------------------------------------------------------------


def _newest_first(one: Digested) -> tuple[int, str]:
    known = one.document.published or one.document.dating.not_before
    return (-known.toordinal() if known else 0, one.document.path)


def _source(one: Digested, mark: str, outlets: tuple[Outlet, ...]) -> Source:
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
        outlets=outlets,
    )


def _date_of(document: Document, *, bound: bool = False) -> PartialDate | None:
    """The day of publication; with `bound` also the day before which it cannot have been."""
    day = document.published or (document.dating.not_before if bound else None)
    return PartialDate.of(day) if day else None


@dataclass(frozen=True, slots=True)
class _Ground:
    """The documents' days of publication, for the order also the days before which they cannot have been, and the
    family of copies that each source belongs to, by its mark."""

    known: Mapping[str, PartialDate | None]
    bounds: Mapping[str, PartialDate | None]
    family: Mapping[str, str]

    @classmethod
    def of(cls, digested: Sequence[Digested], family: Mapping[str, str]) -> _Ground:
        documents = [one.document for one in digested]
        known = {document.id: _date_of(document) for document in documents}
        return cls(known, {document.id: _date_of(document, bound=True) for document in documents}, family)


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


# --- holders ---------------------------------------------------------------------------------------------------------


def _holders(
    entries: Sequence[Entry],
    frame: Frame,
    kinds: Mapping[str, HolderKind],
    names: Mapping[str, str],
    ground: _Ground,
) -> tuple[HolderSection, ...]:
    by_holder: dict[str, list[Entry]] = {}
    for entry in entries:
        by_holder.setdefault(entry.position.holder, []).append(entry)
    order = {code: number for number, code in enumerate(frame.countries)}
    rank = {HolderKind.COUNTRY: 0, HolderKind.ORGANISATION: 1, HolderKind.GROUP: 2}

    def key(code: str) -> tuple[int, int, int, str]:
        return rank[kinds[code]], order.get(code, len(order)), -len(by_holder[code]), names[code]

    return tuple(
        _section(code, names[code], kinds[code], by_holder[code], frame.topics, ground)
        for code in sorted(by_holder, key=key)
    )


def when(position: Position, ground: _Ground) -> PartialDate | None:
    """When a statement was made: its own date, else the day its document was published."""
    return position.said_on or ground.known.get(position.sentence.document)


def _bounded(position: Position, ground: _Ground) -> PartialDate | None:
    """The same, else the day before which the document cannot have been."""
    return position.said_on or ground.bounds.get(position.sentence.document)


def _age(entry: Entry, ground: _Ground) -> tuple[int, int, int]:
    day = _bounded(entry.position, ground)
    return day.sort_key() if day else (0, 0, 0)


def _section(
    code: str,
    name: str,
    kind: HolderKind,
    entries: Sequence[Entry],
    topics: Sequence[Topic],
    ground: _Ground,
) -> HolderSection:
    newest = sorted(entries, key=lambda entry: _age(entry, ground), reverse=True)
    cells = tuple(_cell(topic, newest, ground) for topic in topics)
    differing = tuple(group for topic in topics if (group := _contradicting(topic, newest)))
    apart = {entry.position.id for group in differing for entry in group}
    rest = tuple(entry for entry in newest if entry.position.id not in apart)
    return HolderSection(code, name, kind, "", cells, rest, differing)


def _label(entry: Entry) -> StanceLabel | None:
    return entry.position.firm


def _contradicting(topic: Topic, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The newest entries on one topic that are for it and those against it, where there are both: two of each side.

    They alternate, the side of the newest first, so that side by side stand statements that contradict each other.
    """
    mine = [entry for entry in entries if entry.position.topic == topic.id]
    pro, contra = _sides(mine)
    if not _do_differ(mine):
        return ()
    sides = sorted((pro[:2], contra[:2]), key=lambda side: mine.index(side[0]))
    return tuple(entry for pair in zip_longest(*sides) for entry in pair if entry is not None)


def _cell(topic: Topic, newest: Sequence[Entry], ground: _Ground) -> Cell:
    """Where a holder stands on a topic: by its latest clear statement; said without a stance where there is none."""
    mine = [entry for entry in newest if entry.position.topic == topic.id]
    if not mine:
        return Cell(topic.id, None, False, None, 0, ())
    clear = [entry for entry in mine if _label(entry) not in (None, StanceLabel.OTHER)]
    label, differs = _stands(clear, ground) if clear else (StanceLabel.OTHER, False)
    marks = tuple(dict.fromkeys(mark for entry in mine for mark in entry.marks))
    days = [day for entry in mine if (day := when(entry.position, ground))]
    newest_day = max(days, key=PartialDate.sort_key) if days else None
    documents = len({ground.family[mark] for mark in marks})
    return Cell(topic.id, label, differs, newest_day, documents, marks, _voice(mine, label))


def _stands(clear: Sequence[Entry], ground: _Ground) -> tuple[StanceLabel, bool]:
    """The stance of the latest day among clear statements, newest first, and whether they contradict each other: those
    of that day, and those of the other side of which no day tells that they have been left behind."""
    latest = [entry for entry in clear if _age(entry, ground) == _age(clear[0], ground)]
    label = Counter(map(_label, latest)).most_common(1)[0][0] or StanceLabel.OTHER
    timeless = [entry for entry in clear if not when(entry.position, ground)]
    compared = [*latest, *timeless] if all(when(entry.position, ground) for entry in latest) else clear
    return label, label in (*_FOR, StanceLabel.OPPOSES) and _do_differ(compared)


def _sides(entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Those that are for a topic, and those against it."""
    return [e for e in entries if _label(e) in _FOR], [e for e in entries if _label(e) is StanceLabel.OPPOSES]


def _do_differ(entries: Sequence[Entry]) -> bool:
    """Whether two of these statements contradict each other, by the same measure as in `changes`."""
    pro, contra = _sides(entries)
    return any(are_apart(_said(one.position), _said(other.position)) for one in pro for other in contra)


def _said(position: Position) -> Said:
    return (position.sentence.document, position.sentence.paragraph), _voice_of(position)


def _voice_of(position: Position) -> str | None:
    """Who made a statement, by name, else by role."""
    return (position.actor.name or position.actor.role) if position.actor else None


def _voice(mine: Sequence[Entry], label: StanceLabel) -> str | None:
    """Who made the newest of the statements with that label, by name, else by role."""
    return next((_voice_of(entry.position) for entry in mine if _label(entry) is label), None)


# --- what is said, as it will be remembered ---------------------------------------------------------------------------


def _spoken(entries: Sequence[Entry], frame: Frame, sources: Mapping[str, Source], ground: _Ground) -> list[Spoken]:
    """The clear statements of this issue."""
    found = []
    for entry in entries:
        position = entry.position
        label = _label(entry)
        if label in (None, StanceLabel.OTHER) or position.topic is None or position.stance is None:
            continue
        source = sources[position.sentence.document]
        place, voice = _said(position)
        earlier = Earlier(
            id=position.id,
            holder=position.holder,
            topic=position.topic,
            label=position.stance.label,
            statement=position.statement,
            day=_bounded(position, ground),
            voice=voice,
            source=source.publisher or source.title,
            issue=frame.issue,
            issued=frame.issued,
            machine=position.sentence.language != "en",
            bound=when(position, ground) is None,
        )
        found.append(Spoken(earlier, position.said_on is not None, entry.marks, place))
    return found


# --- the bottom line ------------------------------------------------------------------------------------------------


def _bottom_line(
    entries: Sequence[Entry],
    holders: Sequence[HolderSection],
    found: Sequence[Change],
    countries: Collection[str],
    ground: _Ground,
) -> bottomline.Ground:
    """What the choice of the bottom line needs to know of the entries."""
    ages = sorted({_age(entry, ground) for entry in entries})
    rank = {age: number / max(1, len(ages) - 1) for number, age in enumerate(ages)}
    return bottomline.Ground(
        recency={entry.position.id: rank[_age(entry, ground)] for entry in entries},
        family=ground.family,
        stands={
            (one.holder, cell.topic): None if cell.differs else cell.label for one in holders for cell in one.cells
        },
        news=frozenset(change.because for change in found),
        followed=frozenset(countries),
    )
