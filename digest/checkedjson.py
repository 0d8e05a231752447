"""Reading JSON that a person may have edited: every complaint names the place in the file and what may stand there."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from digest.errors import UsageError
from digest.model import PartialDate

_Made = TypeVar("_Made")
_Choice = TypeVar("_Choice", bound=StrEnum)
_KINDS = {str: "a text", bool: "true or false", int: "a whole number", list: "a list", dict: "an object in braces"}


class EditedError(UsageError):
    """A JSON file says something that it cannot say. The message names the path in it."""


@dataclass(frozen=True, slots=True)
class At:
    """A value in a JSON file and the way to it, such as `positions[3].stance`."""

    value: Any
    path: str = ""

    def wrong(self, what: str) -> EditedError:
        """The error to raise of this value."""
        return EditedError(f"{self.path or 'the file'}: {what}")

    def get(self, key: str) -> At:
        """What stands under `key`. Raises EditedError where this is no object or has no such key."""
        table = self._of(dict)
        if key not in table:
            raise self.wrong(f'"{key}" is missing.{_near(key, table)}')
        return At(table[key], f"{self.path}.{key}" if self.path else key)

    def optional(self, key: str) -> At:
        """The same, null where this object has no such key: it is younger than some of the files."""
        return At(self._of(dict).get(key), f"{self.path}.{key}" if self.path else key)

    def only(self, *keys: str) -> At:
        """This object, after a look that it has no key but these. A misspelt key would be lost without a word."""
        for key in self._of(dict):
            if key not in keys:
                raise self.wrong(f'unknown key "{key}".{_near(key, keys)}')
        return self

    def members(self) -> Iterator[At]:
        """The members of this list, none where there is null."""
        yield from () if self.value is None else self.items()

    def items(self) -> Iterator[At]:
        """The members of this list."""
        for number, item in enumerate(self._of(list)):
            yield At(item, f"{self.path}[{number}]")

    def text(self) -> str:
        """This text."""
        return str(self._of(str))

    def texts(self) -> tuple[str, ...]:
        """This list of texts."""
        return tuple(item.text() for item in self.items())

    def flag(self) -> bool:
        """This true or false."""
        return bool(self._of(bool))

    def whole(self, least: int = 0) -> int:
        """This whole number of at least `least`."""
        number = int(self._of(int))
        if number < least:
            raise self.wrong(f"must be at least {least}, not {number}.")
        return number

    def number(self) -> float:
        """This number."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            raise self.wrong(f"must be a number, not {_shown(self.value)}.")
        return self.value

    def day(self) -> date:
        """This day, written like 2026-01-31."""
        try:
            return date.fromisoformat(self.text())
        except ValueError as error:
            raise self.wrong(f"must be a day such as 2026-01-31, not {_shown(self.value)}.") from error

    def partial(self) -> PartialDate:
        """This day, month or year, written like 2026-01-31, 2026-01 or 2026."""
        try:
            parsed = PartialDate.parse(self.text())
            date(parsed.year, parsed.month or 1, parsed.day or 1)
        except ValueError as error:
            message = f"must be a date such as 2026-01-31, 2026-01 or 2026, not {_shown(self.value)}."
            raise self.wrong(message) from error
        return parsed

    def choice(self, kind: type[_Choice]) -> _Choice:
        """One of the words of an enumeration."""
        said = self.text()
        try:
            return kind(said)
        except ValueError as error:
            words = [str(member) for member in kind]
            raise self.wrong(
                f'cannot be "{said}".{_near(said, words) or f" It is one of {_listed(words)}."}'
            ) from error

    def maybe(self, read: Callable[[At], _Made]) -> _Made | None:
        """What `read` makes of this value, None where it is null."""
        return None if self.value is None else read(self)

    def _of(self, kind: type) -> Any:
        if not isinstance(self.value, kind) or (kind is int and isinstance(self.value, bool)):
            raise self.wrong(f"must be {_KINDS[kind]}, not {_shown(self.value)}.")
        return self.value


def parsed(data: bytes) -> At:
    """The root of a JSON file. Raises EditedError with line and column where it is none."""
    try:
        return At(json.loads(data.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise EditedError("The file is not in UTF-8. Save it as UTF-8 and try again.") from error
    except json.JSONDecodeError as error:
        raise EditedError(
            f"line {error.lineno}, column {error.colno}: this is no JSON ({error.msg}). "
            "Mostly a comma, a quotation mark or a bracket is missing just before that place."
        ) from error
    except RecursionError as error:
        raise EditedError("The file has brackets within brackets without end; it is no brief.") from error


def _near(word: str, known: Sequence[str] | dict[str, Any]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f' Did you mean "{near[0]}"?' if near else ""


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)


def _shown(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 40 else shown[:39] + "…"
