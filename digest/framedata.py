"""The catalogue of a brief's fixed words in each language of a frame, and the names of holders in it.

The words lie in `digest/data/frame_*.toml`; names of states, months and languages are the Unicode CLDR's, by babel.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from digest import data

LANGUAGES = ("en", "fr", "de", "es", "pt")
"""The languages that a frame can have."""


@cache
def catalogue(language: str) -> Mapping[str, Any]:
    """The table of a language of `LANGUAGES`."""
    return data.load(f"frame_{language}.toml")


@cache
def holder_name(english: str, language: str) -> str:
    """What a holder is called in a frame of `language`: "Allemagne" for "Germany".

    A name that is neither that of a state nor of an organisation of the catalogue stays as it is: an organisation that
    only a document names, or what an analyst has written into the JSON.
    """
    if language == "en" or language not in LANGUAGES:
        return english
    names = catalogue(language)["holders"]
    bare, unspecified = english, "{name}"
    english_group = catalogue("en")["unspecified"].format(name="")
    if english.endswith(english_group):
        bare, unspecified = english.removesuffix(english_group), catalogue(language)["unspecified"]
    known = names.get(bare) or _state(bare, language)
    return unspecified.format(name=known or bare)


def _state(english: str, language: str) -> str | None:
    from babel import Locale

    code = _codes().get(english)
    return Locale.parse(catalogue(language)["locale"]).territories.get(code) if code else None


@cache
def _codes() -> Mapping[str, str]:
    return {str(entry["name"]): code for code, entry in data.load("countries.toml").items()}
