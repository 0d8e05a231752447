"""What data/languages.toml says, in the form in which it is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from digest import data


@dataclass(frozen=True, slots=True)
class Relatives:
    """Languages of one script that the detectors confuse, and for each marker what languages it speaks for.

    `words` are whole words, `stems` and `endings` the beginnings and ends of words, longest first. `favour` makes up
    for detectors that give a language too little, as a logarithm of odds; `trust` is how far their odds are believed.
    `varieties` are those of the languages between which the paragraphs of one document do not change.
    """

    languages: tuple[str, ...]
    script: str
    varieties: tuple[str, ...]
    favour: Mapping[str, float]
    trust: float
    words: Mapping[str, frozenset[str]]
    stems: re.Pattern[str]
    by_stem: Mapping[str, frozenset[str]]
    endings: re.Pattern[str]
    by_ending: Mapping[str, frozenset[str]]

    def spoken_for(self, word: str) -> frozenset[str]:
        """The languages that a word speaks for: none, some, or, where it tells nothing, all."""
        if word in self.words:
            return self.words[word]
        if found := self.stems.match(word):
            return self.by_stem[found[0]]
        if found := self.endings.search(word):
            return self.by_ending[found[0]]
        return frozenset()


@cache
def name_of(label: str) -> str:
    """The BCP 47 name of a detector's label."""
    return str(_table()["names"].get(label, label))


@cache
def language_of_script(script: str) -> str | None:
    """The only language that is written in a script, as far as this program knows."""
    found: str | None = _table()["scripts"].get(script)
    return found


@cache
def shared_scripts() -> frozenset[str]:
    """Scripts of several languages that the detectors know."""
    return frozenset(_table()["shared"]["scripts"])


@cache
def own_letters() -> Mapping[str, frozenset[str]]:
    """Language -> letters that no other language of its script has."""
    return {language: frozenset(letters) for language, letters in _table()["letters"].items()}


@cache
def relatives() -> tuple[Relatives, ...]:
    """The groups of close relatives."""
    return tuple(_group(entry) for entry in _table()["close"])


def _group(entry: Mapping[str, Any]) -> Relatives:
    markers: dict[str, set[str]] = {}
    for languages, words in entry["markers"].items():
        for word in words.split():
            markers.setdefault(word, set()).update(languages.split())
    telling = {word: frozenset(found) for word, found in markers.items() if found < set(entry["languages"])}
    stems = {word[:-1]: found for word, found in telling.items() if word.endswith("*")}
    endings = {word[1:]: found for word, found in telling.items() if word.startswith("*")}
    whole = {word: found for word, found in telling.items() if "*" not in word}
    return Relatives(
        tuple(entry["languages"]),
        entry["script"],
        tuple(entry.get("varieties", ())),
        entry.get("favour", {}),
        entry.get("trust", 1.0),
        whole,
        _any(stems, "{}"),
        stems,
        _any(endings, "{}$"),
        endings,
    )


def _any(words: Mapping[str, object], form: str) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(form.format(f"(?:{'|'.join(map(re.escape, longest_first))})") if words else r"(?!)")


@cache
def _table() -> Mapping[str, Any]:
    return data.load("languages.toml")
