"""No entry of a table of words or names decides more than texts that have its word: all are taken out, in groups."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from stages import positions_of

from digest import data
from digest.engines.parser import EnglishParser
from digest.model import Position, Topic
from digest.positions import lexicon, names, stance

FOLDER = Path(__file__).parent.parent / "cases"
FILES = ("cues.toml", "titles.toml", "countries.toml", "organisations.toml", "wordings.toml")
GROUPS = 12
TEXTS = [
    case["text"]
    for name in ("attribution", "stance", "past", "rules", "labelled_sentences")
    for case in json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
]
QUOTA = (Topic("quota", "A fishing quota"),)
CACHED = (
    *(lexicon.titles, lexicon.cues, lexicon._forms, stance._rules, names._countries, names._organisations),
    *(names._forms_by_code, names._names, names._index),
)


def words_of(table: Any) -> Iterator[str]:
    """Every word in the lists of a table, but for the members of groups of states."""
    if isinstance(table, dict):
        for key, value in table.items():
            yield from words_of(value) if key != "members" else ()
    elif isinstance(table, list):
        yield from (word for word in table if isinstance(word, str))


def without(table: Any, gone: frozenset[str]) -> Any:
    """The table with its lists shortened; the members of a group of states stay."""
    if isinstance(table, dict):
        return {key: value if key == "members" else without(value, gone) for key, value in table.items()}
    return [word for word in table if word not in gone] if isinstance(table, list) else table


def any_form_of(words: frozenset[str]) -> re.Pattern[str]:
    """A pattern for the forms of words in a text."""
    forms = {form for word in words for form in (*lexicon.inflections(word), lexicon.plural(word), word + "s")}
    forms |= {form for form, verb in lexicon.irregular().items() if verb in words}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(forms)))})(?!\w)", re.IGNORECASE)


class Parses:
    """The parser with each text parsed once."""

    def __init__(self, parser: EnglishParser) -> None:
        self._parser = parser
        self._kept: dict[str, Any] = {}

    def parse(self, texts: list[str]) -> Iterator[Any]:
        for text in texts:
            if text not in self._kept:
                (self._kept[text],) = self._parser.parse([text])
            yield self._kept[text]


def forget() -> None:
    for function in CACHED:
        function.cache_clear()


def test_no_entry_decides_more_than_texts_with_its_word(english_parser: EnglishParser, monkeypatch: pytest.MonkeyPatch):
    parses, load = Parses(english_parser), data.load

    def found(text: str) -> list[Position]:
        return positions_of(text, parses, QUOTA, published=date(2026, 3, 12))[1]

    before = {text: found(text) for text in TEXTS}
    entries = sorted({word for name in FILES for word in words_of(load(name))}, key=lambda word: crc32(word.encode()))
    looked_at = moved = 0
    for number in range(GROUPS):
        gone = frozenset(entries[number::GROUPS])

        def shortened(name: str, gone: frozenset[str] = gone) -> Any:
            return without(load(name), gone) if name in FILES else load(name)

        monkeypatch.setattr(data, "load", shortened)
        forget()
        form = any_form_of(gone)
        free = [text for text in TEXTS if not form.search(text)]
        looked_at += len(free)
        moved += any(found(text) != before[text] for text in TEXTS if form.search(text))
        assert {text: found(text) for text in free} == {text: before[text] for text in free}
    monkeypatch.undo()
    forget()
    assert looked_at > 4 * len(TEXTS)
    assert moved == GROUPS  # and it does decide those
