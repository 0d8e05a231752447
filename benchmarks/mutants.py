"""What of the rules can be switched off, one thing at a time: found in the source, put into the running program.

A guard loses its condition, a function answers with nothing, an "and" or "or" loses a part, a list loses a word, a
regular expression an alternative. The functions of the program stay what they are and get other code, so that every
module sees the change.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, Protocol

PACKAGE = "digest.positions"

RULE, PART, WORD = "rule", "part", "word"
"""The kinds: a whole guard, filter or function; a part of a condition; a word of a list or pattern."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One thing switched off: `text` in `function` ("" for a constant of the module), at `line`.

    `lines` are the places (module, line) of which one at least must be run for it to make a difference; `edits` the
    fields of the syntax tree that change, with their new values.
    """

    module: str
    function: str
    line: int
    kind: str
    text: str
    lines: frozenset[tuple[str, int]]
    edits: tuple[tuple[ast.AST, str, object], ...]


class Switchable(Protocol):
    """What has rules that can be switched off: a module, or a table of patterns."""

    name: str
    path: Path

    def mutants(self, others: Sequence[Switchable]) -> Iterator[Mutant]:
        """Everything that can be switched off, in its order; `others` may use its constants."""

    def uses(self, name: str) -> Iterator[tuple[str, int]]:
        """Where functions name a constant or a list of words, as (module, line)."""

    def without(self, mutant: Mutant) -> AbstractContextManager[None]:
        """The program with one thing switched off."""


class Source:
    """A module of the rules with its syntax tree."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.module: ModuleType = importlib.import_module(f"{PACKAGE}.{name}")
        self.path = Path(str(self.module.__file__))
        self.tree = ast.parse(self.path.read_text(encoding="utf-8"))

    def mutants(self, others: Sequence[Switchable]) -> Iterator[Mutant]:
        """Everything that can be switched off, in the order of the source; `others` may use its constants."""
        for node in self.tree.body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(name := _target(node), ast.Name):
                if not name.id.isupper() or name.id.startswith("_"):
                    yield from self._of_constant(node, name.id, others)
            elif isinstance(node, ast.FunctionDef):
                yield from self._of_function(node, node.name)
            elif isinstance(node, ast.ClassDef) and "Protocol" not in map(ast.unparse, node.bases):
                for inner in node.body:
                    if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("__"):
                        yield from self._of_function(inner, f"{node.name}.{inner.name}")

    def _of_constant(self, node: ast.AST, name: str, others: Sequence[Switchable]) -> Iterator[Mutant]:
        lines = frozenset(place for source in (self, *others) for place in source.uses(name))
        for made in _words(node):
            yield Mutant(self.name, "", *made[:1], WORD, f"{name} without {made[1]}", lines, made[2])

    def _of_function(self, node: ast.FunctionDef, name: str) -> Iterator[Mutant]:
        first = node.body[1] if isinstance(node.body[0], ast.Expr) and len(node.body) > 1 else node.body[0]
        neutral = _neutral(node)
        if neutral is not None:
            lines = self._lines(first.lineno, node.body[-1].end_lineno)
            edit = (node, "body", neutral)
            yield Mutant(self.name, name, node.lineno, RULE, f"{name} answers with nothing", lines, (edit,))
        for line, kind, text, spot, edits in _inside(node):
            lines = self._lines(spot.lineno, spot.end_lineno)
            yield Mutant(self.name, name, line, kind, text, lines, edits)

    def _lines(self, first: int, last: int | None) -> frozenset[tuple[str, int]]:
        return frozenset((self.name, line) for line in range(first, (last or first) + 1))

    def uses(self, name: str) -> Iterator[tuple[str, int]]:
        """Where functions name a constant, or a list of words by a string."""
        for function in ast.walk(self.tree):
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Name | ast.Constant) and _short(node) in (name, repr(name)):
                        yield self.name, node.lineno

    @contextmanager
    def without(self, mutant: Mutant) -> Iterator[None]:
        """The program with one thing switched off."""
        before = [(node, field, getattr(node, field)) for node, field, _ in mutant.edits]
        for node, field, value in mutant.edits:
            setattr(node, field, value)
        try:
            code = compile(ast.fix_missing_locations(self.tree), str(self.path), "exec")
            undo = self._put_function(mutant.function, code) if mutant.function else self._put_constant(mutant)
        finally:
            for node, field, value in before:
                setattr(node, field, value)
        forget()
        try:
            yield
        finally:
            undo()
            forget()

    def _put_function(self, name: str, code: CodeType) -> Callable[[], None]:
        function, old = self._functions[name], self._functions[name].__code__
        function.__code__ = next(one for one in _codes(code) if one.co_qualname == name)

        def undo() -> None:
            function.__code__ = old

        return undo

    @cached_property
    def _functions(self) -> dict[str, FunctionType]:
        owned = [*vars(self.module).values()]
        owned += [inner for value in owned if isinstance(value, type) for inner in vars(value).values()]
        found = [inspect.unwrap(getattr(value, "fget", None) or getattr(value, "__func__", value)) for value in owned]
        return {
            one.__qualname__: one
            for one in found
            if isinstance(one, FunctionType) and one.__module__ == self.module.__name__
        }

    def _put_constant(self, mutant: Mutant) -> Callable[[], None]:
        name = mutant.text.split()[0]
        node = next(one for one in self.tree.body if getattr(_target(one), "id", "") == name)
        space = dict(vars(self.module))
        exec(compile(ast.Module([node], []), str(self.path), "exec"), space)  # noqa: S102
        old, new = getattr(self.module, name), space[name]
        _exchange(old, new)
        return lambda: _exchange(new, old)


def sources(names: tuple[str, ...]) -> tuple[Source, ...]:
    """The modules of `PACKAGE` by name."""
    return tuple(Source(name) for name in names)


def forget() -> None:
    """Empty the caches of the rules, which hold what was made with other code."""
    for function in cached():
        function.cache_clear()


def cached() -> Iterator[Any]:
    """The functions of the rules that keep their answers."""
    return (value for module in _loaded() for value in vars(module).values() if hasattr(value, "cache_clear"))


def _loaded() -> list[ModuleType]:
    return [module for name, module in list(sys.modules.items()) if name.startswith(PACKAGE)]


def _exchange(old: object, new: object) -> None:
    for module in _loaded():
        for name, value in list(vars(module).items()):
            if value is old:
                setattr(module, name, new)


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _target(node: ast.AST) -> ast.expr | None:
    if isinstance(node, ast.Assign):
        return node.targets[0]
    return node.target if isinstance(node, ast.AnnAssign) else None


_NOTHING = {"bool": "return False", "Speaker": "return NOBODY", "None": "return None"}


def _neutral(node: ast.FunctionDef) -> list[ast.stmt] | None:
    """The body of a function that answers with nothing, None where its type has no such answer."""
    kind = ast.unparse(node.returns) if node.returns else "None"
    code = _NOTHING.get(kind)
    if kind.endswith("| None"):
        code = "return None"
    elif kind.startswith(("list[", "frozenset[", "dict[")):
        code = f"return {kind.split('[')[0]}()"
    elif kind.startswith("Iterator["):
        code = "return\nyield"
    elif kind == "tuple[str, ...]":
        code = "return ()"
    return ast.parse(code).body if code else None


Edits = tuple[tuple[ast.AST, str, object], ...]


def _inside(function: ast.FunctionDef) -> Iterator[tuple[int, str, str, Any, Edits]]:
    """Line, kind and text of what can be switched off within a function, the node that must be run, the change."""
    for node in ast.walk(function):
        if isinstance(node, ast.If):
            yield node.lineno, RULE, f"if {_short(node.test)}", node.body[0], ((node, "test", ast.Constant(False)),)
        elif isinstance(node, ast.IfExp):
            for always in (True, False):
                text = f"{_short(node)}: always {always}"
                yield node.lineno, PART, text, node, ((node, "test", ast.Constant(always)),)
        elif isinstance(node, ast.BoolOp):
            sign = "and" if isinstance(node.op, ast.And) else "or"
            for value in node.values:
                left = [one for one in node.values if one is not value]
                edit = (node, "values", left if len(left) > 1 else left * 2)
                yield value.lineno, PART, f"{sign} {_short(value)}", node, (edit,)
        elif isinstance(node, ast.comprehension):
            for test in node.ifs:
                left = [one for one in node.ifs if one is not test]
                yield test.lineno, PART, f"for ... if {_short(test)}", test, ((node, "ifs", left),)
    for line, text, edits in _words(function):
        yield line, WORD, text, edits[0][0], edits


def _short(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())


def _words(root: ast.AST) -> Iterator[tuple[int, str, Edits]]:
    """The words of lists and mappings, and the alternatives of regular expressions."""
    for node in ast.walk(root):
        if isinstance(node, ast.Tuple | ast.Set | ast.List) and len(node.elts) > 1:
            if all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in node.elts):
                for at, one in enumerate(node.elts):
                    yield one.lineno, _short(one), ((node, "elts", node.elts[:at] + node.elts[at + 1 :]),)
        elif isinstance(node, ast.Dict) and len(node.keys) > 1:
            if all(isinstance(key, ast.Constant) and isinstance(key.value, str) for key in node.keys):
                for at, key in enumerate(node.keys):
                    keys = (node, "keys", node.keys[:at] + node.keys[at + 1 :])
                    yield node.lineno, _short(key or node), (keys, (node, "values", _but(node.values, at)))
        elif (
            isinstance(node, ast.Call)
            and _short(node.func).startswith("re.")
            and isinstance(node.args[0], ast.Constant)
        ):
            pattern = node.args[0]
            for gone, left in alternatives(str(pattern.value)):
                yield pattern.lineno, f"/{gone}/", ((pattern, "value", left),)


def _but(values: list[ast.expr], at: int) -> list[ast.expr]:
    return values[:at] + values[at + 1 :]


_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]|.", re.DOTALL)


def alternatives(pattern: str) -> Iterator[tuple[str, str]]:
    """Each alternative of a regular expression with the expression that lacks it."""
    runs: list[list[int]] = [[0]]  # for each open bracket where its alternatives begin
    groups: list[list[tuple[int, int]]] = [[]]
    for token in _TOKEN.finditer(pattern):
        if token[0] == "(":
            head = re.match(r"\((?:\?(?:[:=!]|<[=!]|P<\w+>))?", pattern[token.start() :])
            runs.append([token.start() + len(head[0] if head else "(")])
            groups.append([])
        elif token[0] == "|":
            groups[-1].append((runs[-1].pop(), token.start()))
            runs[-1].append(token.end())
        elif token[0] == ")":
            yield from _each_gone(pattern, [*groups.pop(), (runs.pop().pop(), token.start())])
    yield from _each_gone(pattern, [*groups.pop(), (runs.pop().pop(), len(pattern))])


def _each_gone(pattern: str, spans: list[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    for at, (start, end) in enumerate(spans):
        if len(spans) > 1:
            cut = pattern[:start] + pattern[end + 1 :] if at == 0 else pattern[: start - 1] + pattern[end:]
            yield pattern[start:end], cut
