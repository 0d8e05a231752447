"""Route a language to an engine, translate each sentence once, and doubt the result aloud.

A failed guard (see digest.guards) never drops a sentence: the translation is shown with the doubt in words and the
original beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from digest import engines
from digest.engines import Translator
from digest.mending import second_try, with_terms
from digest.model import Translation
from digest.routes import Route

BATCH = 128
"""Sentences translated between two reports: what an interruption can lose, and what an engine can sort by length."""

LAST_RESORT = "translated by a model that knows a little of many languages"
"""The doubt in every translation of a route of last resort."""


def translate(
    sentences: Sequence[str],
    route: Route,
    folder: Path | None,
    done: Callable[[list[Translation]], None] = lambda batch: None,
    glossary: Sequence[tuple[str, str]] = (),
    engine: Translator | None = None,
) -> list[Translation]:
    """The English of each sentence, in order. `done` gets each batch as soon as it is made, so that it can be kept.

    A sentence that the guards doubt is tried once more in parts. `glossary` holds terms and the English wanted for
    them. `engine` is that of the route, where it is loaded already. Raises EngineError when it cannot be loaded.
    """
    engine = engine or engines.load_translator(route.engine, route.model, folder)
    carefully = partial(engine.translate, careful=True)
    terms = [term for term, _ in glossary if any(term.lower() in sentence.lower() for sentence in sentences)]
    renderings = dict(zip(terms, engine.translate(terms), strict=True)) if terms else {}
    translations: list[Translation] = []
    for start in range(0, len(sentences), BATCH):
        batch = [prepare(sentence) for sentence in sentences[start : start + BATCH]]
        made = []
        for source, english in zip(batch, engine.translate(batch), strict=True):
            first = restore_quotes(source, english.strip())
            text, doubts = second_try(source, first, route.language, engine.translate, carefully)
            text, unmet = with_terms(source, text, glossary, renderings)
            doubts += unmet
            made.append(Translation(text, engine.signature, (*doubts, LAST_RESORT) if route.last_resort else doubts))
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
