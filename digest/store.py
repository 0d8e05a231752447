"""What was computed, kept by content hash and engine signature, so that nothing is computed twice.

One SQLite file in the platform's cache folder. A damaged one is set aside and a new one begun, with a notice: the store
only ever saves time, so losing it costs minutes and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any

from digest.model import Notice

SCHEMA = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS result (kind TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
"""


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
            if isinstance(error, sqlite3.OperationalError) and "unable to open" in str(error):
                return cls.in_memory(), _cannot_write(path, error)
            return cls._begin_anew(path)
        except OSError as error:
            return cls.in_memory(), _cannot_write(path, error)

    @classmethod
    def _begin_anew(cls, path: Path) -> tuple[Store, Notice]:
        aside = path.with_suffix(".damaged")
        path.replace(aside)
        for companion in ("-wal", "-shm"):
            Path(f"{path}{companion}").unlink(missing_ok=True)
        notice = Notice(
            file="",
            stage="store",
            reason=f"The store of earlier results was damaged; it was set aside as {aside.name} and a new one begun.",
            advice="Nothing is lost but time: this run computes everything anew. The damaged file can be deleted.",
        )
        return cls(_prepared(str(path))), notice

    def get(self, kind: str, key: str) -> Any | None:
        """The result filed under `kind` and `key`, or None."""
        row = self._connection.execute("SELECT value FROM result WHERE kind = ? AND key = ?", (kind, key)).fetchone()
        return json.loads(row[0]) if row else None

    def put(self, kind: str, results: Iterable[tuple[str, Any]]) -> None:
        """File results (anything that JSON holds). They are on the disk when this returns."""
        rows = [(kind, key, json.dumps(value, ensure_ascii=False)) for key, value in results]
        try:
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO result VALUES (?, ?, ?)", rows)
        except sqlite3.OperationalError as error:  # a full disk: the run goes on, and says so at its end
            self.trouble = str(error)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def key_of(*parts: str) -> str:
    """A key from any texts: the SHA-256 of them all, unambiguous about where one ends."""
    return hashlib.sha256(
        "\x00".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass")
    ).hexdigest()


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
    connection = sqlite3.connect(path, timeout=30)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("the integrity check failed")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, SCHEMA):
            raise sqlite3.DatabaseError(f"schema {version} is not known to this version of the program")
        connection.executescript(_TABLES)
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _cannot_write(path: Path, error: Exception) -> Notice:
    return Notice(
        file="",
        stage="store",
        reason=f"The store of earlier results cannot be kept in {path.parent} ({error}).",
        advice="This run is complete, but the next one computes everything again. Make the folder writable.",
    )
