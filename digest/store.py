"""What was computed, kept by content hash and engine signature, so that nothing is computed twice.

One SQLite file in the platform's cache folder. A damaged one is set aside and a new one begun, with a notice: the store
only ever saves time, so losing it costs minutes and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from digest.model import Notice

SCHEMA = 1
PATIENCE = 30.0
"""Seconds to wait for another run that is writing."""

# What SQLite says of a file that is sound but cannot be used now: in use, not writable, on a full disk.
_SOUND = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
    )
)
_TABLES = """
CREATE TABLE IF NOT EXISTS result (kind TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
"""
_LOOK_UP = "SELECT value FROM result WHERE kind = ? AND key = ?"


class Store:
    """Results by kind and key. Open it with `Store.open`; `Store.in_memory()` forgets everything at the end."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.trouble: str | None = None
        """Why results could not be kept, if they could not."""

    @classmethod
    def in_memory(cls) -> Store:
        """A store for one run."""
        return cls(_prepared(":memory:"))

    @classmethod
    def open(cls, path: Path) -> tuple[Store, Notice | None]:
        """The store in the file `path`, made if missing; a notice when the old file was damaged and is set aside.

        Where the folder cannot be written, the store lives in memory and the notice says so.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return cls(_prepared(str(path))), None
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF in _SOUND:
                return cls.in_memory(), _cannot_keep(path, error)
            return cls._begin_anew(path, error)
        except OSError as error:
            return cls.in_memory(), _cannot_keep(path, error)

    @classmethod
    def _begin_anew(cls, path: Path, problem: Exception) -> tuple[Store, Notice]:
        aside = path.with_suffix(".damaged")
        try:
            path.replace(aside)
            for companion in ("-wal", "-shm"):
                Path(f"{path}{companion}").unlink(missing_ok=True)
            store = cls(_prepared(str(path)))
        except (OSError, sqlite3.DatabaseError) as error:
            return cls.in_memory(), _cannot_keep(path, error)
        reason = f"The store of earlier results could not be used ({problem}); "
        return store, Notice(
            file="",
            stage="store",
            reason=f"{reason}it was set aside as {aside.name} and a new one begun.",
            advice="Nothing is lost but time: this run computes everything anew. The old file can be deleted.",
        )

    def get(self, kind: str, key: str) -> Any | None:
        """The result filed under `kind` and `key`, or None."""
        try:
            row = self._connection.execute(_LOOK_UP, (kind, key)).fetchone()
            return json.loads(row[0]) if row else None
        except (sqlite3.DatabaseError, ValueError) as error:  # broken under our hands: it is computed again
            self.trouble = str(error)
            return None

    def put(self, kind: str, results: Iterable[tuple[str, Any]]) -> None:
        """File results (anything that JSON holds). They are on the disk when this returns."""
        rows = [(kind, key, json.dumps(value, ensure_ascii=False)) for key, value in results]
        try:
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO result VALUES (?, ?, ?)", rows)
        except sqlite3.DatabaseError as error:  # a full disk: the run goes on, and says so at its end
            self.trouble = str(error)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def key_of(*parts: str) -> str:
    """A key from any texts: the SHA-256 of them all, unambiguous about where one ends."""
    return hashlib.sha256(
        "\x00".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass")
    ).hexdigest()


@cache
def code_version(*packages: str) -> str:
    """A short hash over the Python and data files of packages, so that a changed rule makes old results stale."""
    digest = hashlib.sha256()
    for package in packages:
        for file in sorted(resources.files(package).iterdir(), key=lambda entry: entry.name):
            if file.name.endswith((".py", ".toml")):
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def _prepared(path: str) -> sqlite3.Connection:
    """An open connection with the tables made. Raises sqlite3.DatabaseError when the file is no sound database."""
    connection = sqlite3.connect(path, timeout=PATIENCE)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("the integrity check failed")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, SCHEMA):
            raise sqlite3.DatabaseError(f"schema {version} is not known to this version of the program")
        connection.executescript(_TABLES)
        connection.execute(_LOOK_UP, ("", "")).fetchone()  # fails where another program's table has our name
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _cannot_keep(path: Path, error: Exception) -> Notice:
    return Notice(
        file="",
        stage="store",
        reason=f"The store of earlier results cannot be kept in {path.parent} ({error}).",
        advice="This run is complete, but the next one computes everything again. If it stays so, look at that folder.",
    )
