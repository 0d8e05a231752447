"""Which names mean something at a place of a template: those of the brief, and of the items of the blocks around."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from digest.model import PartialDate
from digest.word import formats
from digest.word.blocks import Anchor, Inline, Link, Text
from digest.word.context import Context
from digest.word.fields import BODY, RECORDS, ROOT, SECTION, WORD, Field, Kind, List, Record, Value
from digest.word.insert import shown
from digest.word.markers import Marker
from digest.word.ooxml import sanitise
from digest.word.sections import SECTIONS

_HELP = "'make_brief.py template fields' lists all."


@dataclass(frozen=True, slots=True)
class Scope:
    """The items by their names, each with the name of its record. `around` are the markers of the blocks around."""

    records: Mapping[str, str]
    around: tuple[str, ...] = ()

    def inside(self, opening: str, found: List | None) -> Scope:
        """The scope within a block; `found` is the list that it repeats over, None for a condition."""
        records = {**self.records, found.item: found.record} if found else self.records
        return replace(self, records=records, around=(*self.around, opening))

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        record, own = self._record(name)
        return record.fields.get(own) if record else None

    def is_picture(self, name: str) -> bool:
        """Whether the field of that name is a picture, which only the body can hold."""
        field = self.field(name)
        return field is not None and field.kind is Kind.PICTURE

    def list(self, name: str) -> List | None:
        """The list of that name."""
        record, own = self._record(name)
        return record.lists.get(own) if record else None

    def _record(self, name: str) -> tuple[Record | None, str]:
        item, dot, own = name.partition(".")
        if not dot:
            return ROOT, name
        if item == WORD:
            return RECORDS[WORD], own
        return (RECORDS[self.records[item]] if item in self.records else None), own

    def names(self) -> Iterator[str]:
        """Every name that means something here."""
        within = ((f"{item}.", RECORDS[kind]) for item, kind in {WORD: WORD, **self.records}.items())
        for prefix, record in (("", ROOT), *within):
            for own in (*record.fields, *record.lists):
                yield prefix + own

    # --- what to say of a marker that does not fit --------------------------------------------------------------------

    def problem_of_field(self, marker: Marker) -> str | None:
        """What is wrong with a field here, its format included."""
        field = self.field(marker.name)
        if field is None:
            if self.list(marker.name):
                return (
                    f"'{marker.name}' is a list. Write {{{{#{marker.name}}}}} and {{{{/{marker.name}}}}} around what "
                    "is to be repeated."
                )
            return self.unknown(marker.name)
        if not marker.format:
            return None
        if field.kind is Kind.DAY:
            return formats.day_problem(marker.format)
        if field.kind is Kind.NUMBER:
            return formats.number_problem(marker.format)
        return f"'{marker.name}' is neither a day nor a number, so it takes no format. Delete ': {marker.format}'."

    def problem_of_block(self, marker: Marker) -> str | None:
        """What is wrong with the opening of a block here."""
        if str(marker) in self.around:
            return f"{marker} stands within another {marker}. Delete one of them."
        if self.list(marker.name):
            return None
        if self.field(marker.name):
            if marker.kind == "#":
                return (
                    f"'{marker.name}' is no list. To print something only where there is one, write "
                    f"{{{{?{marker.name}}}}} ... {{{{/{marker.name}}}}}."
                )
            return None
        return self.unknown(marker.name)

    def unknown(self, name: str) -> str:
        """What to say of a name that means nothing here: where it would, else the nearest that does."""
        if not name:
            return "an empty marker. Write the name of a field between the braces, or delete it."
        if not all(letter.isalnum() or letter in "._" for letter in name):
            return f"'{name}' is no name of a field. Between braces stands a name alone; nothing is worked out. {_HELP}"
        item, dot, _ = name.partition(".")
        if dot and item not in self.records:
            lists = [key for record in RECORDS.values() for key, one in record.lists.items() if one.item == item]
            if lists:
                return f"'{name}' means something only between {{{{#{lists[0]}}}}} and {{{{/{lists[0]}}}}}."
        sections = [SECTION + key for key in SECTIONS]
        near = difflib.get_close_matches(name.lower(), [BODY, *sections, *self.names()], n=1, cutoff=0.6)
        return f"unknown field '{name}'" + (f", did you mean '{near[0]}'?" if near else f". {_HELP}")


# --- with a brief ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filled:
    """A scope with the items themselves."""

    context: Context
    scope: Scope
    items: Mapping[str, Any]

    def value(self, name: str) -> Value | Sequence[Any]:
        """What the brief has under a name that the check found good."""
        field, found = self.scope.field(name), self.scope.list(name)
        holder = name.partition(".")[0]
        item = self.items[holder] if "." in name and holder != WORD else self.context.brief
        if field:
            return field.value(self.context, item)
        return found.items(self.context, item) if found else None

    def has(self, name: str) -> bool:
        """Whether there is something under a name: a text, a number but 0, a list with an item."""
        value = self.value(name)
        return bool(value.text if isinstance(value, Text) else value)

    def each(self, name: str) -> Iterator[Filled]:
        """The scope for each item of a list."""
        found = self.scope.list(name)
        value = self.value(name)
        if found is None or not isinstance(value, Sequence):
            return
        scope = self.scope.inside(name, found)
        for item in value:
            yield Filled(self.context, scope, {**self.items, found.item: item})

    def parts(self, marker: Marker) -> tuple[Inline, ...]:
        """What is printed for a field."""
        value = self.value(marker.name)
        if isinstance(value, tuple):
            return tuple(_clean(part) for part in value)
        if isinstance(value, Text):
            return (_clean(value),) if value.text else ()
        if isinstance(value, (date, PartialDate)):
            return (Text(formats.shown_day(value, marker.format, self.context.words)),)
        if isinstance(value, int):
            return (Text(formats.shown_number(value, marker.format, self.context.words)),)
        return (Text(sanitise(str(value))),) if value else ()

    def text(self, marker: Marker) -> str:
        """The same as plain text."""
        return "".join(shown(part) for part in self.parts(marker))


def _clean(part: Inline) -> Inline:
    if isinstance(part, Text):
        return replace(part, text=sanitise(part.text))
    if isinstance(part, (Link, Anchor)):
        return replace(part, text=sanitise(part.text))
    return part
