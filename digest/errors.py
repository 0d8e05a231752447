"""The errors that end a run. Each knows its exit code, and its message says what happened and what to do."""

from __future__ import annotations


class DigestError(Exception):
    """The parent of all. `str(error)` is one or more lines for a person, the cure included."""

    exit_code = 1


class UsageError(DigestError):
    """The command, the configuration or the template is wrong: the user can mend it."""

    exit_code = 2


class ConfigError(UsageError):
    """`digest.toml` cannot be read, or has a key or a value that it must not have."""


class TemplateError(UsageError):
    """The Word template is refused: not a Word file, unsafe, or without a marker."""


class NotRecalledError(UsageError):
    """Results of an earlier run that were asked for are not in the store: other rules made them, or they were removed.

    `lost` is of how many documents, of the `asked_for`.
    """

    def __init__(self, lost: int, asked_for: int) -> None:
        super().__init__(f"Of {asked_for} documents the results of {lost} are not in the store as they were.")
        self.lost = lost
        self.asked_for = asked_for


class NothingReadError(DigestError):
    """No document could be read, so there is nothing to brief."""

    exit_code = 3


class ReadError(DigestError):
    """One file cannot be read. The pipeline turns it into a notice; `advice` is what the user can do."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice


class OutputError(DigestError):
    """The brief cannot be written: the disk is full, the folder is missing or not writable."""

    exit_code = 4


class EngineError(DigestError):
    """An engine's model or package is missing or broken."""

    exit_code = 5


class FetchError(EngineError):
    """A model cannot be brought here: no network, a wrong checksum, no such file. Nothing half is left."""


class Interrupted(DigestError):
    """The user pressed Ctrl-C. What was computed is in the store."""

    exit_code = 130
