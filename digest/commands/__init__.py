"""The commands beside the main one: a module each, imported only when it is called for.

A module has `run(arguments) -> int`, which gets what stands behind the command's name and gives the exit code. Errors
are `DigestError`s, whose messages say what to do.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One command: the word that calls it, the module that does it, and what it does in a few words."""

    name: str
    module: str
    does: str


COMMANDS = (
    Command("template", "digest.commands.template", "check, make and try Word templates; list what they can print"),
    Command("render", "digest.commands.render", "a brief from its JSON, as it is or edited"),
    Command("models", "digest.commands.models", "for translation and summaries: what is needed, what is here"),
    Command("issues", "digest.commands.issues", "past issues: list them, look at one, make one again"),
    Command("correct", "digest.commands.correct", "the analyst's word on a position, a person or a document"),
    Command("explain", "digest.commands.explain", "why a position stands in the brief"),
    Command("store", "digest.commands.store", "what earlier runs have kept: look, clean up, forget a file"),
)
NAMES = tuple(command.name for command in COMMANDS)


def run(arguments: Sequence[str]) -> int:
    """Run the command that the first argument names and return its exit code. Raises DigestError."""
    command = next(command for command in COMMANDS if command.name == arguments[0])
    code: int = importlib.import_module(command.module).run(arguments[1:])
    return code
