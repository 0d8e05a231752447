"""Values of the model as bytes and back, with nothing let in but those values.

Pickle is the fastest way there and back; unrestricted, it would run whatever the bytes say. Here only the classes of
`digest.model` and dates come to life, so that bytes from a parser that was taken over, or from a store that somebody
tampered with, end in an error and not in code.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from digest import model


class FrozenError(ValueError):
    """The bytes are not values of the model."""


def freeze(value: object) -> bytes:
    """The value (one of `digest.model`, or plain lists, tuples, texts and numbers that hold such) as bytes."""
    return pickle.dumps(value, protocol=5)


def thaw(data: bytes, *more: type) -> Any:
    """What `freeze` was given. `more` are classes let in beside those of the model. Raises FrozenError."""
    allowed = _values() | {(kind.__module__, kind.__qualname__): kind for kind in more}
    try:
        return _Thawing(io.BytesIO(data), allowed).load()
    except FrozenError:
        raise
    except Exception as error:  # a broken pickle can raise nearly anything
        raise FrozenError(f"not readable: {error}") from error


class _Thawing(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, allowed: dict[tuple[str, str], type]) -> None:
        super().__init__(stream)
        self._allowed = allowed

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in self._allowed:
            raise FrozenError(f"{module}.{name} is no value")
        return self._allowed[module, name]


@cache
def _values() -> dict[tuple[str, str], type]:
    kinds = [kind for kind in vars(model).values() if isinstance(kind, type) and kind.__module__ == model.__name__]
    known: dict[tuple[str, str], type] = {
        (model.__name__, kind.__name__): kind for kind in kinds if is_dataclass(kind) or issubclass(kind, Enum)
    }
    return known | {("datetime", "date"): date}
