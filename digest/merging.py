"""One entry for each statement: what several documents carry, also in several languages, stands once with all marks.

The same is, with one holder on one topic: a quotation of four words or more in common; else nearly the same words;
else, in two documents of nearly the same day, the same meaning by embedding and the same stance. Statements with
opposite stances, and such as `likeness.differ` tells apart, are never the same, save that a common quotation goes
before names and numbers around it. Only pairs that could match are compared, found by their words, so that the work
grows with the number of statements and not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from digest import likeness
from digest.likeness import SAME_MEANING, SAME_WORDS, SHARE_OF_WORDS, WINDOW
from digest.model import Brief, Digested, Entry, PartialDate, Position, StanceLabel

_FOR = (StanceLabel.SUPPORTS, StanceLabel.CONDITIONAL)
_DAYS_APART = 3
"""Reports of one statement appear within so many days; a later sentence of the same meaning is said anew."""

_MOST_COMPARED = 40
"""Of statements that share a quotation's or a sentence's words, so many are compared; in practice there are few."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What merging must know beside the positions: days, meanings, and whose names tell nothing apart.

    `days` has the day of publication of each document; `meanings` the unit embedding of each position by its id; `own`
    the names of each holder (Ireland, Irish, Dublin). What says the same as a statement in `hidden` is left out.
    """

    days: Mapping[str, date | None] = field(default_factory=dict)
    meanings: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)
    own: Mapping[str, Collection[str]] = field(default_factory=dict)
    hidden: Collection[tuple[str, str]] = ()


def identity(position: Position) -> tuple[str, str]:
    """What makes a statement the same to the letter: holder and words."""
    return position.holder, " ".join(position.statement.split())


def meanings_of(digested: Sequence[Digested]) -> dict[str, NDArray[np.float32]]:
    """The embedding of each position by its id, of those documents for which they were kept."""
    found: dict[str, NDArray[np.float32]] = {}
    for one in digested:
        vectors = likeness.unpacked([one.meanings], len(one.positions))
        if vectors is not None:
            found.update((position.id, row) for position, row in zip(one.positions, vectors, strict=True))
    return found


def merge(positions: Sequence[Position], marks: Mapping[str, str], carried: Carried | None = None) -> list[Entry]:
    """One entry for each statement, in the order in which they first appear; `marks` tells each document's mark.

    Where several documents carry it, the report that names the speaker and quotes is the one shown.
    """
    carried = carried or Carried()
    by_holder: dict[str, list[int]] = defaultdict(list)
    for number, position in enumerate(positions):
        by_holder[position.holder].append(number)
    groups: list[list[int]] = []
    for holder, members in by_holder.items():
        own = carried.own.get(holder, ())
        block = _Block([positions[number] for number in members], carried, own)
        groups += [[members[number] for number in group] for group in block.groups()]
    groups.sort(key=lambda group: group[0])
    if carried.hidden:
        groups = [each for each in groups if not any(identity(positions[n]) in carried.hidden for n in each)]
    order = {document: place for place, document in enumerate(marks)}
    return [_entry([positions[number] for number in group], marks, order) for group in groups]


def _entry(group: Sequence[Position], marks: Mapping[str, str], order: Mapping[str, int]) -> Entry:
    best = max(group, key=lambda one: (_is_named(one), one.quote != "none"))
    if best.topic is None:  # another report shows what it is about
        told = next((one for one in group if one.topic is not None), best)
        best = replace(best, topic=told.topic, stance=told.stance)
    others = tuple(one.id for one in group if one.sentence.document != best.sentence.document)
    carriers = sorted({one.sentence.document for one in group}, key=lambda document: order[document])
    return Entry(replace(best, same_as=others), tuple(marks[document] for document in carriers))


def _is_named(position: Position) -> bool:
    return position.actor is not None and position.actor.name is not None


def merged_away(brief: Brief, digested: Sequence[Digested]) -> tuple[Position, ...]:
    """The positions that entries of the brief name in `same_as`, each naming the others of its group in turn."""
    found = {position.id: position for one in digested for position in one.positions}
    away = []
    for shown in (entry.position for holder in brief.holders for entry in holder.all_entries()):
        group = [shown, *(found[identity] for identity in shown.same_as if identity in found)]
        for one in group[1:]:
            others = tuple(other.id for other in group if other.sentence.document != one.sentence.document)
            away.append(replace(one, same_as=others))
    return tuple(away)


class _Block:
    """The statements of one holder; `groups` finds those that are the same."""

    def __init__(self, positions: Sequence[Position], carried: Carried, own: Collection[str]) -> None:
        self._positions, self._carried = positions, carried
        self._features = [likeness.features(position.statement, own) for position in positions]
        self._first = list(range(len(positions)))
        """For each statement an earlier one of its group, itself where it is the first."""
        self._topics = [{one.topic} - {None} for one in positions]
        self._sides = [{_side(one)} - {None} for one in positions]
        """What the groups are about and which sides they take, by the number of their first statement."""

    def groups(self) -> Iterator[list[int]]:
        """The numbers of the statements of each group, in order."""
        pairs = (self._alike, self._with_common_quotation, self._with_common_words, self._with_common_meaning)
        for found_by in pairs:
            for one, other in found_by():
                self._join(one, other)
        found: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._positions)):
            found[self._root(number)].append(number)
        yield from found.values()

    def _root(self, number: int) -> int:
        while self._first[number] != number:
            self._first[number] = self._first[self._first[number]]
            number = self._first[number]
        return number

    def _join(self, one: int, other: int) -> None:
        """Put two groups together, unless that would make one of two topics, or of what is for and what is against."""
        a, b = sorted((self._root(one), self._root(other)))
        topics, sides = self._topics[a] | self._topics[b], self._sides[a] | self._sides[b]
        if a != b and len(topics) <= 1 and len(sides) <= 1:
            self._first[b], self._topics[a], self._sides[a] = a, topics, sides

    def _is_first(self, number: int) -> bool:
        return self._first[number] == number

    # --- pairs that are the same

    def _alike(self) -> Iterator[tuple[int, int]]:
        """Pairs that are the same to the letter."""
        first: dict[tuple[str, str | None, str | None], int] = {}
        for number, position in enumerate(self._positions):
            key = (position.statement, position.topic, _side(position))
            if first.setdefault(key, number) != number:
                yield first[key], number

    def _with_common_quotation(self) -> Iterator[tuple[int, int]]:
        """Pairs of which one quotes within what the other quotes: the shorter one's first words stand in the longer."""
        places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        firsts = [number for number in range(len(self._positions)) if self._is_first(number)]
        for number in firsts:
            for quoted in self._features[number].quotations:
                for window in {quoted[at : at + WINDOW] for at in range(len(quoted) - WINDOW + 1)}:
                    places[window].append(number)
        for number in firsts:
            one = self._features[number]
            candidates = (other for quoted in one.quotations for other in places[quoted[:WINDOW]][:_MOST_COMPARED])
            for other in dict.fromkeys(candidates):
                if other != number and likeness.same_quotation(one, self._features[other]):
                    yield number, other

    def _with_common_words(self) -> Iterator[tuple[int, int]]:
        """Pairs with nearly the same words. One of the rarest words of each is also the other's: the prefix filter of
        Chaudhuri, Ganti and Kaushik (2006), https://doi.org/10.1109/ICDE.2006.9.
        """
        counts = Counter(word for one in self._features for word in one.words)
        places: dict[tuple[bool, str], list[int]] = defaultdict(list)
        for number in range(len(self._positions)):
            if not self._is_first(number):
                continue
            one = self._features[number]
            rarest = sorted(one.words, key=lambda word: (counts[word], word))
            prefix = rarest[: len(rarest) - int(np.ceil(SAME_WORDS * len(rarest))) + 1]
            keys = [(one.negated, word) for word in prefix]
            for other in dict.fromkeys(other for key in keys for other in places[key][-_MOST_COMPARED:]):
                if likeness.same_words(one, self._features[other]):
                    yield other, number
            for key in keys:
                places[key].append(number)

    def _with_common_meaning(self) -> Iterator[tuple[int, int]]:
        """Pairs of two documents of nearly the same day with the same topic, stance, numbers and negation, whose
        meanings are near and whose names do not tell them apart."""
        alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for number, (position, one) in enumerate(zip(self._positions, self._features, strict=True)):
            if position.id in self._carried.meanings and position.topic and self._day(number):
                label = position.stance.label if position.stance else None
                alike[position.topic, label, one.numbers, one.negated].append(number)
        for members in alike.values():
            members.sort(key=lambda number: self._day(number) or 0)
            yield from self._near(members)

    def _near(self, members: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Pairs among members in the order of their days, each compared with those of the days before it."""
        if len(members) < 2:
            return
        vectors = np.stack([self._carried.meanings[self._positions[number].id] for number in members])
        days = np.array([self._day(number) or 0 for number in members])
        for at in range(1, len(members)):
            start = int(np.searchsorted(days[:at], days[at] - _DAYS_APART))
            cosines = vectors[start:at] @ vectors[at]
            for other in np.flatnonzero(cosines >= SAME_MEANING - SHARE_OF_WORDS):
                one, two = members[start + int(other)], members[at]
                if self._are_reports_of_one(one, two, float(cosines[other])):
                    yield one, two

    def _are_reports_of_one(self, one: int, other: int, cosine: float) -> bool:
        a, b = self._positions[one], self._positions[other]
        apart = a.sentence.document != b.sentence.document
        return apart and likeness.same_meaning(cosine, self._features[one], self._features[other])

    def _day(self, number: int) -> int | None:
        position = self._positions[number]
        return _ordinal(position.said_on) or _published(self._carried.days.get(position.sentence.document))


def _side(position: Position) -> str | None:
    label = position.stance.label if position.stance else None
    return "for" if label in _FOR else "against" if label is StanceLabel.OPPOSES else None


def _ordinal(day: PartialDate | None) -> int | None:
    if day is None or day.month is None or day.day is None:
        return None
    try:
        return date(day.year, day.month, day.day).toordinal()
    except ValueError:
        return None


def _published(day: date | None) -> int | None:
    return day.toordinal() if day else None
