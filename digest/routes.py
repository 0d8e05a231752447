"""From which language, with which engine and model, a sentence gets into English: the table, and the user's order."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from digest import data, engines
from digest.errors import ConfigError
from digest.model import EngineSignature
from digest.weights.table import Kind, Model, Source, models

_ENGINES = {Source.FIREFOX: ("firefox",), Source.HUB: ("ct2", "marian")}
"""The engines that serve the models of a source, the faster first."""


@dataclass(frozen=True, slots=True)
class Route:
    """One way from a language into English. `size` is in megabytes; `quality` is a figure that was found, and `read_in`
    says where.

    `last_resort`: a model that knows a little of everything, whose translations are marked as such.
    """

    language: str
    engine: str
    model: str
    licence: str
    size: int
    quality: str = ""
    read_in: str = ""
    last_resort: bool = False


@cache
def routes() -> tuple[Route, ...]:
    """The table, in the order in which a language's models are tried: one route for each engine that serves a model."""
    table = data.load("routes.toml")
    made = [
        route
        for row in table["route"]
        for one in row["models"]
        for route in _served(row["language"], models()[one["model"]], one["quality"], one["read_in"])
    ]
    last = table["last_resort"]
    for language in last["languages"]:
        made += _served(language, models()[last["model"]], last["quality"], last["read_in"], last_resort=True)
    return tuple(made)


def _served(language: str, model: Model, quality: str, read_in: str, *, last_resort: bool = False) -> list[Route]:
    return [
        Route(language, engine, model.name, model.licence, model.size, quality, read_in, last_resort)
        for engine in _ENGINES[model.source]
    ]


def languages() -> tuple[str, ...]:
    """The languages that have a route other than the last resort."""
    return tuple(dict.fromkeys(route.language for route in routes() if not route.last_resort))


def candidates(language: str, allowed: Sequence[str], choice: Mapping[str, str] | None = None) -> tuple[Route, ...]:
    """The routes of a language (a BCP 47 code) in the user's order, whether or not their models are here.

    `allowed` are the engines, the first preferred; `choice` names a model for a language, which is then the only one.
    """
    code = language if _rows(language) or (choice and language in choice) else language.partition("-")[0]
    chosen = models().get((choice or {}).get(code, ""))
    rows = _chosen(code, chosen) if chosen else [route for route in _rows(code) if not models()[route.model].by_name]
    order = {engine: number for number, engine in enumerate(allowed)}
    usable = [route for route in rows if route.engine in order]
    return tuple(sorted(usable, key=lambda route: (route.last_resort, order[route.engine])))


def check_choice(choice: Mapping[str, str], source: Path | None) -> None:
    """Raises ConfigError where `[translation] choice` names a model that there is not, with the nearest known one."""
    known = {model.name for model in models().values() if model.kind is Kind.TRANSLATION}
    problems = []
    for language, name in choice.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean '{near[0]}'?" if near else "see 'make_brief.py models --all'."
            problems.append(
                f"{source or 'configuration'}: [translation] choice: {language} = unknown model '{name}'; {hint}"
            )
    if problems:
        raise ConfigError("\n".join(problems))


def _rows(code: str) -> list[Route]:
    return [route for route in routes() if route.language == code]


def _chosen(code: str, model: Model) -> list[Route]:
    """The routes of the model that the user has chosen, also where the table has none from this language."""
    known = [route for route in _rows(code) if route.model == model.name]
    return known or (_served(code, model, "", "") if model.kind is Kind.TRANSLATION else [])


def find_routes(
    language: str, allowed: Sequence[str], folder: Path | None, choice: Mapping[str, str] | None = None
) -> tuple[Route, ...]:
    """The routes of a language whose models are on this machine, in the user's order (for a second try: the second)."""
    return tuple(
        route
        for route in candidates(language, allowed, choice)
        if engines.has_translator(route.engine, route.model, folder)
    )


def find_route(
    language: str, allowed: Sequence[str], folder: Path | None, choice: Mapping[str, str] | None = None
) -> Route | None:
    """The first route of a language whose model is on this machine, or None."""
    return next(iter(find_routes(language, allowed, folder, choice)), None)


def signature_of(route: Route, folder: Path | None) -> EngineSignature:
    """What translations of this route are filed under; no model is loaded. Raises EngineError where it is not here."""
    return engines.translator_signature(route.engine, route.model, folder)
