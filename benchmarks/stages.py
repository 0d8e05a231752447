"""The program's own stages on the documents of a gold file, without store and without composition of a brief."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.gold import GoldDocument
from benchmarks.scoring import OTHER, Prediction
from benchmarks.versions import Version, models_of
from digest import pipeline, readers, routes
from digest.config import Config
from digest.model import Document, Position, StanceLabel, Topic, is_sure
from digest.store import Store

TODAY = date(2026, 11, 22)
"""Dates later than this are not believed; fixed, so that a result can be had again."""


class Silent:
    """Shows no progress."""

    @contextmanager
    def stage(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        """Count nothing."""
        yield lambda done: None


def read(gold: Sequence[GoldDocument], folder: Path | None) -> list[Document]:
    """Each gold document as the reader for its file gives it; `folder` holds the files of those without a text."""
    documents = []
    with tempfile.TemporaryDirectory() as temporary:
        for number, one in enumerate(gold):
            root = Path(temporary) if one.text is not None else folder
            if root is None:
                raise SystemExit(f"{one.file} is not in the gold file: name its folder with --documents.")
            path = root / (one.file or f"{number:04}.txt")
            if one.text is not None:
                path.write_text(one.text, encoding="utf-8", newline="\n")
            documents.append(readers.read(path, root, TODAY))
    return documents


def has_english(language: str) -> bool:
    """Whether a text in this language is English or can be translated here."""
    return language == "en" or routes.find_route(language, Config().translation.engines, None) is not None


def predict(
    gold: Sequence[GoldDocument],
    folder: Path | None,
    config: Config | None = None,
    version: Version = Version.JOINT,
) -> list[Prediction]:
    """The positions found in each document, on its own topic, or on those of `config` where it is given."""
    found = []
    for one, document in zip(gold, read(gold, folder), strict=True):
        settings = config or Config(topics=(Topic("topic", one.topic),))
        found += [of_position(one.key, position) for position in _positions(document, settings, version)]
    return found


def _positions(document: Document, config: Config, version: Version) -> Iterable[Position]:
    made = pipeline.process([document], config, Store.in_memory(), Silent(), models(version))
    return made.digested[0].positions


@cache
def models(version: Version = Version.JOINT) -> pipeline.Models:
    """The engines of a version, loaded once for all documents."""
    return models_of(version)


def of_position(key: str, position: Position) -> Prediction:
    """A position in the words of a gold file."""
    actor, label = position.actor, position.stance.label if position.stance else StanceLabel.OTHER
    described = ", ".join(part for part in (actor.name, actor.role) if part) if actor else None
    stance = OTHER if label is StanceLabel.OTHER else label.value
    sure = position.firm is label
    return Prediction(key, position.holder, described, stance, position.sentence.text, sure)


def of_brief(brief: dict[str, Any]) -> list[Prediction]:
    """The positions in a brief's JSON; the key of a document is its file's name up to the first underscore."""
    keys = {one["id"]: Path(one["path"]).name.split("_")[0] for one in brief["documents"]}
    found = []
    for one in brief["positions"]:
        actor, label = one["actor"] or {}, (one["stance"] or {}).get("label", StanceLabel.OTHER.value)
        described = ", ".join(part for part in (actor.get("name"), actor.get("role")) if part) or None
        stance = OTHER if label == StanceLabel.OTHER.value else label
        sure = is_sure(one["decision"]["by"], one["decision"]["probability"])
        found.append(Prediction(keys[one["document"]], one["holder"], described, stance, one["evidence"], sure))
    return found
