"""Who is who: offices with their states and names, gathered from the whole document before anything is attributed.

"French Foreign Minister Jean-Noël Barrot" introduces a person; later "Barrot", "the minister" and "he" are his. Works
on tokens, not on the parse, since small parsers break on long titles.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import cache

from digest.positions.lexicon import wording
from digest.positions.titled import ActorPhrase


@dataclass(frozen=True, slots=True)
class Person:
    """A named person of the document: full name, office, and the holders spoken for (none: no state's voice).

    Of one who is known from elsewhere `shown` is the name that the document has, and `how` tells whence."""

    name: str
    role: str | None
    codes: tuple[str, ...]
    speaks: bool
    shown: str = ""
    how: str = ""

    @property
    def told(self) -> str:
        """How it is known for whom the person speaks, in words."""
        return self.how or f"“{self.role}”"


def fold(text: str) -> str:
    """Lower case without accents, for comparing names."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character)).lower()


class People:
    """The named persons of a document; filled from all its sentences before any is attributed."""

    def __init__(self) -> None:
        self._by_family: dict[str, list[Person]] = {}

    def add(self, phrase: ActorPhrase) -> None:
        """Remember a named office. The first that names a state wins; one without a state never overwrites it."""
        if not phrase.name:
            return
        known = self.find(phrase.name)
        person = Person(phrase.name, phrase.role, phrase.codes, phrase.kind != "none")
        if known is not None and (known.codes or not known.speaks):
            person = replace(known, name=person.name)
        longer = known.name if known and len(known.name) >= len(person.name) else person.name
        self._put(known, replace(person, name=longer))

    def add_known(self, person: Person) -> None:
        """Remember a person from elsewhere, unless the document says who that is."""
        known = self.find(person.name)
        if known is None:
            self._put(None, person)
        elif not known.codes and known.speaks:
            self._put(known, replace(person, role=person.role or known.role, shown=person.shown and known.name))

    def find(self, name: str) -> Person | None:
        """The person of that name, or None: any form that ends in the family name, and has no other given name."""
        namesakes = self._by_family.get(_names_of(name)[-1], ())
        return next((person for person in namesakes if not _are_two(person.name, name)), None)

    def with_role(self, head: str) -> Person | None:
        """The only person of the document whose office has this head and who speaks for a holder."""
        found = [
            person
            for namesakes in self._by_family.values()
            for person in namesakes
            if person.speaks and fold(head) in fold(person.role or "").split()
        ]
        return found[0] if len(found) == 1 else None

    def settle(self, phrase: ActorPhrase, codes: tuple[str, ...]) -> None:
        """Give a named office the holders that its context told."""
        known = self.find(phrase.name) if phrase.name else None
        if known:
            self._put(known, replace(known, codes=codes))

    def _put(self, known: Person | None, person: Person) -> None:
        namesakes = self._by_family.setdefault(_names_of(person.name)[-1], [])
        if known is not None:
            namesakes[namesakes.index(known)] = person
        else:
            namesakes.append(person)


def _names_of(name: str) -> list[str]:
    """Given names and family name, folded, without honorifics; one empty text where there is none."""
    words = fold(name).replace("’s", "").replace("'s", "").split()
    return [word for word in words if word not in _honorifics()] or [""]


def _are_two(one: str, other: str) -> bool:
    """Whether two persons of one family name have given names, none of which begins as one of the other's."""
    first, second = ({word[0] for word in _names_of(name)[:-1]} for name in (one, other))
    return bool(first and second) and not first & second


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(map(fold, wording("people.honorific"))) | wording("people.other_honorific")
