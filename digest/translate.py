"""Route a language to an engine, translate each sentence once, and doubt the result aloud.

A failed guard (see digest.guards) never drops a sentence: the translation is shown with the doubt in words and the
original beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from digest import data, engines
from digest.guards import guard
from digest.model import EngineSignature, Translation

BATCH = 32
"""Sentences translated between two reports: what an interruption can lose."""


@dataclass(frozen=True, slots=True)
class Route:
    """One way from a language into English: a row of the table. `size` is in megabytes."""

    language: str
    engine: str
    model: str
    licence: str
    size: int


@cache
def routes() -> tuple[Route, ...]:
    """The table of routes, in the order in which a language's models are tried."""
    table = data.load("routes.toml")
    return tuple(Route(language=row["language"], **model) for row in table["route"] for model in row["models"])


def find_route(language: str, allowed: Sequence[str], folder: Path | None) -> Route | None:
    """The first route for `language` whose engine is allowed and whose model is on this machine, or None."""
    for route in routes():
        fits = route.language == language.split("-")[0] and route.engine in allowed
        if fits and engines.has_translator(route.engine, route.language, route.model, folder):
            return route
    return None


def signature_of(route: Route) -> EngineSignature:
    """What translations of this route are filed under; nothing is loaded."""
    return engines.translator_signature(route.engine, route.model, route.licence)


def translate(
    sentences: Sequence[str],
    route: Route,
    folder: Path | None,
    done: Callable[[list[Translation]], None] = lambda batch: None,
) -> list[Translation]:
    """The English of each sentence, in order. `done` gets each batch as soon as it is made, so that it can be kept.

    Raises EngineError when the model cannot be loaded.
    """
    engine = engines.load_translator(route.engine, route.language, route.model, folder)
    translations: list[Translation] = []
    for start in range(0, len(sentences), BATCH):
        batch = [prepare(sentence) for sentence in sentences[start : start + BATCH]]
        made = []
        for source, english in zip(batch, engine.translate(batch), strict=True):
            text = restore_quotes(source, english.strip())
            made.append(Translation(text, engine.signature, guard(source, text, route.language)))
        done(made)
        translations += made
    return translations


# --- before and after the engine -----------------------------------------------------------------------------------

_QUOTES = str.maketrans(dict.fromkeys("“”„«»‟", '"'))
_SPACE = re.compile(r"\s+")
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
# Straight quotes with the French habit of a space inside, which the engine would detach.
_SPACED_QUOTE = re.compile(r'"\s+([^"]*?)\s+"')


def prepare(sentence: str) -> str:
    """The sentence as the engine gets it: one line, straight quotes (curly ones get lost on the way), no note marks."""
    text = _SPACE.sub(" ", _FOOTNOTE.sub("", sentence).translate(_QUOTES)).strip()
    return _SPACED_QUOTE.sub(r'"\1"', text)


def restore_quotes(source: str, english: str) -> str:
    """Give back a quotation mark that the engine lost at either end of the sentence. No word is touched."""
    text = english.translate(_QUOTES)
    if text.count('"') % 2 == 0 or source.count('"') % 2 == 1:
        return text
    if source.startswith('"') and not text.startswith('"'):
        return '"' + text
    if source.endswith(('"', '".', '",')) and not text.endswith(('"', '."', '".', ',"')):
        return text + '"'
    return text
