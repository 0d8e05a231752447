"""A model for a language, brought here when it is needed and tested before it is used."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from digest import smoke
from digest.errors import EngineError, FetchError
from digest.routes import Route
from digest.weights import fetching, places
from digest.weights.download import Network
from digest.weights.fetching import Addresses, Fetched
from digest.weights.table import Model, Source, models

ADDRESSES = Addresses()
"""Where models are asked for."""

SMALL = 60
"""Megabytes of a model that may be fetched without being asked for by a command."""


class Progress(Protocol):
    """Shows how far a stage is."""

    def stage(self, label: str, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """Begin a stage of `total` items."""


def small_one(routes: Sequence[Route]) -> Route | None:
    """The first of a language's routes whose model may be fetched without a command."""
    return next((one for one in routes if models()[one.model].source is Source.FIREFOX and one.size <= SMALL), None)


def bring(
    model: Model,
    tests: Sequence[Route],
    folder: Path | None,
    network: Network,
    progress: Progress,
) -> Fetched:
    """Fetch a model and let it translate a known sentence on each route of `tests`.

    A model that fails is removed again. Raises FetchError, which says why.
    """
    with progress.stage(f"Fetching {model.name} ({model.size} MB)", model.size * 1_000_000) as advance:
        fetched = fetching.fetch(model, places.home(folder), network, advance, ADDRESSES)
    prove(model, tests, folder, fetched.folder)
    return fetched


def prove(model: Model, tests: Sequence[Route], folder: Path | None, place: Path) -> None:
    """Raises FetchError, and removes the model in `place`, where it does not translate what it should."""
    try:
        faults = [fault for fault in (smoke.check(route, folder) for route in tests) if fault]
    except EngineError as error:
        faults = [str(error)]
    if not faults and not places.whole(model.name, place):
        faults = [f"{model.name} lacks a file that it needs"]
    if faults:
        shutil.rmtree(place, ignore_errors=True)
        raise FetchError(f"{faults[0]}. It was removed again.")


def advice(languages: Sequence[str]) -> str:
    """The command that brings the models of some languages here, for a person."""
    names = " ".join(languages)
    return (
        f"Run 'make_brief.py models fetch {names}' with a network; or add '--export models.zip' to it on another "
        "machine and run 'make_brief.py models import models.zip' here."
    )
