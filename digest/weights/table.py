"""The table of models that can be fetched: data/models.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from digest import data

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""What a model and its files may be called, whoever says so: no folder, no dot at the start."""


class Kind(StrEnum):
    """What a model is for."""

    TRANSLATION = "translation"
    SUMMARY = "summary"
    CHECK = "check"


class Source(StrEnum):
    """Where a model comes from: Mozilla's Remote Settings, or the Hugging Face hub."""

    FIREFOX = "firefox"
    HUB = "hub"


@dataclass(frozen=True, slots=True)
class Model:
    """One model. `origin` is its source language (firefox) or its repository (hub); `size` is in megabytes.

    `revision` is "" where the newest is taken. `token` stands before each sentence. `by_name`: never taken unless
    digest.toml names it.
    """

    name: str
    kind: Kind
    source: Source
    origin: str
    licence: str
    size: int
    revision: str = ""
    token: str = ""
    by_name: bool = False


@cache
def models() -> dict[str, Model]:
    """Every model by its name, in the order of the file."""
    rows = data.load("models.toml")["model"]
    made = [Model(**(row | {"kind": Kind(row["kind"]), "source": Source(row["source"])})) for row in rows]
    return {model.name: model for model in made}


def of_kind(kind: Kind) -> tuple[Model, ...]:
    """The models of one kind."""
    return tuple(model for model in models().values() if model.kind is kind)
