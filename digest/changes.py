"""What changed: who stands elsewhere than before, is heard for the first time, contradicts itself, or falls silent.

What counts is the day on which something was said, not the issue that printed it: the statements of this issue are
held against the last one known on the same topic, however long ago. A change needs a clear stance on both sides. None
is made of a statement that was known already, of one that is older than the last one known, of one without a day, and
of a sentence that denies a change.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from digest import likeness
from digest.likeness import Features
from digest.model import Change, ChangeKind, Earlier, HolderSection, PartialDate, Silence, StanceLabel

Pair = tuple[str, str]
"""A holder and a topic."""

Said = tuple[tuple[str, int], str | None]
"""Where a statement stands, its document and the paragraph there, and by whom it is, None where that is not told."""

_SIDES = {
    StanceLabel.SUPPORTS: "for",
    StanceLabel.CONDITIONAL: "for",
    StanceLabel.OPPOSES: "against",
}
_SMALL_STEP = frozenset((StanceLabel.SUPPORTS, StanceLabel.CONDITIONAL))
_ANEW = 7
"""Days: the same words on a day that the sentence names, so much later, are said anew and not only printed again."""

_STANCE = r"(?:position|stance|mind|view|course|line|policy|opinion|tune)"
# "denied that it had changed course", "has not changed its mind", "our position is unchanged"
_DENIES_A_CHANGE = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|dismiss(?:es|ed|ing)?|rebut(?:s|ted)?|refut(?:e|es|ed))\b[^.;]{0,80}"
    r"\b(?:chang(?:e|ed|ing)|shift(?:ed|ing)?|revers(?:al|ed|ing)|soften(?:ed|ing)?|U-turn|turnaround|climbdown|now|"
    r"about-face|giv(?:en|ing) (?:way|in|up)|dropp(?:ed|ing)|abandon(?:ed|ing)|"
    r"(?:report|rumour|rumor|claim|suggestion)s? that)\b"
    rf"|(?:\b(?:no|not|never)|n[’']t)\s+(?:\w+\s+){{0,3}}(?:chang|shift|alter|waver|revers)\w*[^.;]{{0,30}}\b{_STANCE}\b"
    rf"|\b{_STANCE}\b[^.;]{{0,20}}\b(?:is|are|was|were|remain\w*|stay\w*|stands?|stood)\s+(?:the same|unchanged|firm)\b"
    rf"|\b{_STANCE}\b[^.;]{{0,20}}\b(?:has|have|had)(?:\s+not|n[’']t)\s+(?:\w+\s+)?(?:chang|shift|alter|waver|moved)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A clear statement of this issue. `marks` are those of its sources, `explicit` whether the day is the sentence's
    own, `place` is its document and paragraph there; `earlier` has the rest, as it will be remembered."""

    earlier: Earlier
    explicit: bool
    marks: tuple[str, ...]
    place: tuple[str, int]

    @property
    def said(self) -> Said:
        """Where it stands and by whom."""
        return self.place, self.earlier.voice

    @property
    def label(self) -> StanceLabel:
        """The stance."""
        return self.earlier.label

    @property
    def day(self) -> PartialDate | None:
        """The day that it is of."""
        return self.earlier.day


@dataclass(frozen=True, slots=True)
class Past:
    """What the issues before have printed: the clear statements, and each holder and topic of which anything was said.

    `last_issue` is the number of the last one, None where there is none.
    """

    statements: tuple[Earlier, ...] = ()
    heard: tuple[Pair, ...] = ()
    last_issue: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What changed, in the order of the sections, and who fell silent."""

    changes: tuple[Change, ...] = ()
    silent: tuple[Silence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """What was known of a holder on a topic before this issue. `last` are the statements of the newest day."""

    statements: tuple[Earlier, ...] = ()
    features: tuple[Features, ...] = ()
    last: tuple[Earlier, ...] = field(default=())

    @classmethod
    def of(cls, statements: Sequence[Earlier]) -> _Known:
        newest = max(map(_age, statements))
        last = tuple(one for one in statements if _age(one) == newest)
        return cls(tuple(statements), tuple(likeness.features(one.statement) for one in statements), last)

    @property
    def label(self) -> StanceLabel | None:
        """Where it stood: what most statements of the newest day say."""
        return _most(one.label for one in self.last) if self.last else None

    @property
    def labels(self) -> frozenset[StanceLabel]:
        """Everything that was said on the newest day."""
        return frozenset(one.label for one in self.last)


def find(sections: Sequence[HolderSection], spoken: Sequence[Spoken], past: Past, names: Mapping[str, str]) -> Found:
    """What changed. `spoken` are the clear statements of this issue; `names` tells how each holder is called.

    A first issue has nothing to be held against: only what contradicts itself within it is found.
    """
    before, heard = _by_pair(past.statements), frozenset(past.heard)
    new: dict[Pair, list[Spoken]] = defaultdict(list)
    for one in spoken:
        new[one.earlier.holder, one.earlier.topic].append(one)
    changes: list[Change] = []
    for section in sections:
        for cell in section.cells:
            pair = (section.holder, cell.topic)
            if pair in new:
                known = _Known.of(before[pair]) if pair in before else _Known()
                is_new = past.last_issue is not None and pair not in heard
                changes += _of_pair(section, new[pair], known, is_new=is_new)
    return Found(tuple(changes), tuple(_silent(sections, past, names)))


def are_apart(one: Said, other: Said) -> bool:
    """Whether two statements, each by its place and its voice, can contradict each other.

    In one paragraph only those of two voices do: else its author put them side by side, and one of them is about
    something else, or was read wrongly. The same is so of what one voice says throughout one document, as in an
    interview: nobody takes both sides there without being asked about it.
    """
    (place, voice), (other_place, other_voice) = one, other
    if place[0] == other_place[0] and voice and voice == other_voice:
        return False
    return place != other_place or bool(voice and other_voice and voice != other_voice)


def is_evidence(one: Earlier) -> bool:
    """Whether a statement shows where its holder stands: one that denies a change names the stance that is not."""
    return not _DENIES_A_CHANGE.search(one.statement)


def _by_pair(known: Iterable[Earlier]) -> Mapping[Pair, list[Earlier]]:
    found: dict[Pair, list[Earlier]] = defaultdict(list)
    for one in known:
        if is_evidence(one):
            found[one.holder, one.topic].append(one)
    return found


def _of_pair(section: HolderSection, spoken: Sequence[Spoken], known: _Known, *, is_new: bool) -> Iterator[Change]:
    """The changes of one holder on one topic: at most one contradiction and one of the other kinds."""
    fresh = [one for one in spoken if _is_news(one, known)]
    timed = sorted((one for one in fresh if one.day), key=lambda one: _age(one.earlier))
    if not timed:
        if fresh and is_new:
            yield _change(section, fresh[0], None, ChangeKind.NEW)
        return
    contradiction = _contradiction(timed, known)
    if contradiction:
        yield _change(section, contradiction[1], contradiction[0], ChangeKind.CONTRADICTED)
    newest = [one for one in timed if _age(one.earlier) == _age(timed[-1].earlier)]
    if _both_sides(one.label for one in newest):
        return
    label = _most(one.label for one in newest)
    shown = _first_of_last_run(timed, label)
    if is_new:
        turned = _turn_within(timed, label)
        yield _change(section, shown, turned, ChangeKind.MOVED if turned else ChangeKind.NEW)
    elif known.label and label not in known.labels and _age(newest[0].earlier) > _age(known.last[0]):
        was = next(one for one in known.last if one.label is known.label)
        small = {label, known.label} == _SMALL_STEP
        yield _change(section, shown, was, ChangeKind.SHIFTED if small else ChangeKind.MOVED)


def _change(section: HolderSection, now: Spoken, was: Earlier | None, kind: ChangeKind) -> Change:
    one = now.earlier
    label = was.label if was else None
    return Change(section.holder, section.name, one.topic, label, one.label, one.id, kind, one.day, one.voice, was)


# --- what is evidence -------------------------------------------------------------------------------------------------


def _is_news(one: Spoken, known: _Known) -> bool:
    """Whether a statement can show a change: not known before, not older than what is, and no denial of a change."""
    if known.last and one.day and _age(one.earlier) < _age(known.last[0]):
        return False
    return is_evidence(one.earlier) and not _is_repeated(one, known)


def _is_repeated(one: Spoken, known: _Known) -> bool:
    mine = likeness.features(one.earlier.statement) if known.statements else None
    for other, theirs in zip(known.statements, known.features, strict=True):
        if mine is None or one.earlier.id == other.id or likeness.same_quotation(mine, theirs):
            return True
        if likeness.same_words(mine, theirs) and not (one.explicit and _days_between(other, one.earlier) > _ANEW):
            return True
    return False


def _days_between(one: Earlier, other: Earlier) -> int:
    """Whole days from one to the other, as far as both are known; months count thirty."""
    (year, month, day), (year_too, month_too, day_too) = _age(one), _age(other)
    return (year_too - year) * 365 + (month_too - month) * 30 + day_too - day


# --- in the order of time ---------------------------------------------------------------------------------------------


def _age(one: Earlier) -> tuple[int, int, int]:
    """For ordering: the day of the statement; where none is known, that of the issue, which it cannot be newer than."""
    return one.day.sort_key() if one.day else PartialDate.of(one.issued).sort_key()


def _most(labels: Iterable[StanceLabel]) -> StanceLabel:
    return Counter(labels).most_common(1)[0][0]


def _both_sides(labels: Iterable[StanceLabel]) -> bool:
    return len({_SIDES[label] for label in labels if label in _SIDES}) > 1


def _first_of_last_run(timed: Sequence[Spoken], label: StanceLabel) -> Spoken:
    """The statement with which the stance began that stands at the end."""
    shown = timed[-1]
    for one in reversed(timed):
        if one.label is label:
            shown = one
        elif _age(one.earlier) < _age(timed[-1].earlier):
            break
    return shown


def _turn_within(timed: Sequence[Spoken], label: StanceLabel) -> Earlier | None:
    """The last statement of this issue on the other side of `label`, of a holder not heard before."""
    side = _SIDES.get(label)
    others = [one.earlier for one in timed if side and _SIDES.get(one.label, side) != side]
    return others[-1] if others else None


def _contradiction(timed: Sequence[Spoken], known: _Known) -> tuple[Earlier, Spoken] | None:
    """Two statements of this issue, for and against, that no single turn explains: of one day, or turn and return.

    A statement of the day of the last one known counts with it.
    """
    for day, group in groupby(timed, key=lambda one: _age(one.earlier)):
        together = list(group)
        earlier = [one for one in known.last if _age(one) == day]
        for now in together:
            others = (one.earlier for one in together if are_apart(one.said, now.said))
            for was in (*earlier, *others):
                if _both_sides((was.label, now.label)) and was.id != now.earlier.id:
                    return was, now
    path = _turns(timed, known)
    if len(path) < 3:
        return None
    return path[-2], next(spoken for spoken in timed if spoken.earlier is path[-1])


def _turns(timed: Sequence[Spoken], known: _Known) -> list[Earlier]:
    """The statements with which the sides change, from the last known one on."""
    last = [one for one in known.last if one.label is known.label]
    path: list[Earlier] = []
    for one in (*last[:1], *(spoken.earlier for spoken in timed)):
        side = _SIDES.get(one.label)
        if side and (not path or _SIDES[path[-1].label] != side):
            path.append(one)
    return path


# --- who fell silent --------------------------------------------------------------------------------------------------


def _silent(sections: Sequence[HolderSection], past: Past, names: Mapping[str, str]) -> Iterator[Silence]:
    """Each holder and topic with a clear stance in the last issue of which this one says nothing at all."""
    topics = {cell.topic for section in sections for cell in section.cells}
    heard = {(one.holder, cell.topic) for one in sections for cell in one.cells if cell.label is not None}
    newest: dict[Pair, Earlier] = {}
    for one in sorted(past.statements, key=_age):
        pair = (one.holder, one.topic)
        if one.issue == past.last_issue and one.topic in topics and pair not in heard:
            newest[pair] = one
    for one in sorted(newest.values(), key=attrgetter("holder", "topic")):
        yield Silence(one.holder, names.get(one.holder, one.holder), one)
