"""Does a model that has just come translate at all? One sentence with a known answer for each language.

Conversions on the hub have produced gibberish before, with every checksum in order (see data/routes.toml).
"""

from __future__ import annotations

import re
from pathlib import Path

from digest import data, engines
from digest.routes import Route


def sentence_in(language: str) -> str | None:
    """The test sentence in a language, or None."""
    found: str | None = data.load("smoke.toml")["sentences"].get(language)
    return found


def check(route: Route, folder: Path | None) -> str:
    """What is wrong with the model of a route, in words; "" where it translates as it should or cannot be asked.

    Raises EngineError where it cannot be loaded.
    """
    sentence = sentence_in(route.language)
    if sentence is None:
        return ""
    (english,) = engines.load_translator(route.engine, route.model, folder).translate([sentence])
    said = set(re.findall(r"[a-z]+", english.lower()))
    wanted = data.load("smoke.toml")["words"]
    if len(english) < 60 and all(said & set(words) for words in wanted):
        return ""
    return f"{route.model} makes “{english[:60]}” of “{sentence}”: it does not work with this version of the program"
