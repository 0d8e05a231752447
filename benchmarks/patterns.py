"""The patterns of `digest/data/stance.toml` and the words of `wordings.toml`, each to be switched off like a rule."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.mutants import RULE, WORD, Mutant, Switchable, alternatives, forget
from digest import data

FILE = "stance.toml"


class Patterns:
    """The table of stances. Its mutants carry the pattern as it would be left; "" where it is gone."""

    name = "stance.toml"
    path = Path(FILE)

    def mutants(self, others: Sequence[Switchable]) -> Iterator[Mutant]:
        """Each pattern, and each alternative of each; run where the module stance asks for the rules."""
        lines = frozenset(place for source in others for place in source.uses("_rules"))
        text = (Path(data.__file__).parent / FILE).read_text(encoding="utf-8")
        for rule in data.load(FILE)["rule"]:
            for pattern in rule["any"]:
                at = text[: text.index(pattern)].count("\n") + 1
                mutant = Mutant(self.name, "", at, RULE, pattern, lines, _edit(pattern, None))
                yield mutant
                for gone, left in alternatives(pattern):
                    yield replace(mutant, kind=WORD, text=f"/{gone}/ of {pattern}", edits=_edit(pattern, left))

    def uses(self, _: str) -> Iterator[tuple[str, int]]:
        """Nothing: the table runs no code."""
        return iter(())

    @contextmanager
    def without(self, mutant: Mutant) -> Iterator[None]:
        """The program with one pattern switched off or shortened."""
        (_, old, new), load = mutant.edits[0], data.load

        def changed(name: str) -> dict[str, Any]:
            table = load(name)
            for rule in table["rule"] if name == FILE else ():
                left = [new if one == old else one for one in rule["any"]]
                rule["any"] = [one for one in left if one is not None] or ["(?!)"]
            return table

        with patch.object(data, "load", changed):
            forget()
            yield
        forget()


class Wordings:
    """The lists of words, one word taken out at a time."""

    name = "wordings.toml"
    path = Path(name)

    def mutants(self, others: Sequence[Switchable]) -> Iterator[Mutant]:
        """Each word of each list; run where a module asks for the list."""
        lines = (Path(data.__file__).parent / self.name).read_text(encoding="utf-8").splitlines()
        for part, lists in data.load(self.name).items():
            begin = lines.index(f"[{part}]")
            for key, words in lists.items():
                at = next(at for at in range(begin, len(lines)) if lines[at].startswith(f"{key} = "))
                places = frozenset(place for source in others for place in source.uses(f"{part}.{key}"))
                for word in words:
                    edit = (ast.Constant(word), f"{part}.{key}", word)
                    yield Mutant(self.name, "", at + 1, WORD, f"{part}.{key} without {word!r}", places, (edit,))

    def uses(self, _: str) -> Iterator[tuple[str, int]]:
        """Nothing: the table runs no code."""
        return iter(())

    @contextmanager
    def without(self, mutant: Mutant) -> Iterator[None]:
        """The program with one word less."""
        (_, name, word), load = mutant.edits[0], data.load
        part, key = name.split(".")

        def changed(file: str) -> dict[str, Any]:
            table = load(file)
            if file == self.name:
                table[part][key].remove(word)
            return table

        with patch.object(data, "load", changed):
            forget()
            yield
        forget()


def _edit(pattern: str, left: str | None) -> tuple[tuple[ast.AST, str, object], ...]:
    return ((ast.Constant(pattern), pattern, left),)
