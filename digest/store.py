"""What was computed, kept by content hash and engine signature, so that nothing is computed twice.

One SQLite file in the platform's cache folder. A damaged one is set aside and a new one begun, with a notice: the store
only ever saves time, so losing it costs minutes and nothing else. Each look-up is by an index, so that a run costs what
it asks for and not what there is.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from digest.model import Notice

SCHEMA = 2
PATIENCE = 30.0
"""Seconds to wait for another run that is writing."""

LOOK_THROUGH = 64 * 2**20
"""Bytes: a file up to this size is looked through for damage each time; a larger one only after trouble."""

_LONG = 400
"""Bytes: longer values are kept compressed."""

_STALE = 7
"""Days after which the use of a result is written down anew."""

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
CREATE TABLE IF NOT EXISTS result (
    kind TEXT NOT NULL, key TEXT NOT NULL, document TEXT NOT NULL, used INTEGER NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY (kind, key)
);
CREATE INDEX IF NOT EXISTS result_document ON result (document) WHERE document != '';
CREATE TABLE IF NOT EXISTS file (
    folder TEXT NOT NULL, path TEXT NOT NULL, stamp TEXT NOT NULL, outline TEXT NOT NULL, used INTEGER NOT NULL,
    value BLOB NOT NULL, PRIMARY KEY (folder, path)
);
"""
_LOOK_UP = "SELECT value, used FROM result WHERE kind = ? AND key = ?"


@dataclass(frozen=True, slots=True)
class Shelved:
    """What the store knows of a file without looking into it: `stamp` tells its state, `outline` is the caller's."""

    stamp: str
    outline: Any


class Store:
    """Results by kind and key, and read files by path. Open it with `Store.open`; `Store.in_memory()` forgets all."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None = None) -> None:
        self._connection = connection
        self._path = path
        self._today = date.today().toordinal()
        self._used: set[tuple[str, str]] = set()
        self.trouble: str | None = None
        """Why results could not be kept, if they could not."""
        self.notice: Notice | None = None
        """What the reader must know of how the store was opened."""

    @classmethod
    def in_memory(cls) -> Store:
        """A store for one run."""
        return cls(_prepared(":memory:"))

    @classmethod
    def open(cls, path: Path) -> tuple[Store, Notice | None]:
        """The store in the file `path`, made if missing; a notice when the old file was damaged and is set aside.

        A store of an earlier version is brought up to this one. Where the folder cannot be written, the store lives in
        memory and the notice says so.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            store = cls(_prepared(str(path), look_through=_wants_a_look(path)), path)
            _mark_of_trouble(path).unlink(missing_ok=True)
            return store, None
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF in _SOUND:
                return cls._forgetful(path, error)
            return cls._begin_anew(path, error)
        except OSError as error:
            return cls._forgetful(path, error)

    @classmethod
    def _forgetful(cls, path: Path, error: Exception) -> tuple[Store, Notice]:
        store = cls.in_memory()
        store.notice = Notice(
            file="",
            stage="store",
            reason=f"The store of earlier results cannot be kept in {path.parent} ({error}).",
            advice="This run is complete, but the next one computes all again. If it stays so, look at that folder.",
        )
        return store, store.notice

    @classmethod
    def _begin_anew(cls, path: Path, problem: Exception) -> tuple[Store, Notice]:
        aside = path.with_suffix(".damaged")
        try:
            path.replace(aside)
            for companion in (Path(f"{path}-wal"), Path(f"{path}-shm"), _mark_of_trouble(path)):
                companion.unlink(missing_ok=True)
            store = cls(_prepared(str(path)), path)
        except (OSError, sqlite3.DatabaseError) as error:
            return cls._forgetful(path, error)
        reason = f"The store of earlier results could not be used ({problem}); "
        store.notice = Notice(
            file="",
            stage="store",
            reason=f"{reason}it was set aside as {aside.name} and a new one begun.",
            advice="Nothing is lost but time: this run computes everything anew. The old file can be deleted.",
        )
        return store, store.notice

    # --- results

    def get(self, kind: str, key: str) -> Any | None:
        """The result filed under `kind` and `key` with `put`, or None."""
        data = self.get_bytes(kind, key)
        try:
            return None if data is None else json.loads(data)
        except ValueError as error:  # broken under our hands: it is computed again
            self._suspect(error)
            return None

    def put(self, kind: str, results: Iterable[tuple[str, Any]], document: str = "") -> None:
        """File results (anything that JSON holds). They are on the disk when this returns.

        `document` is the id of the document that they were made from: with it they are forgotten.
        """
        rows = ((key, json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")) for key, value in results)
        self.put_bytes(kind, rows, document)

    def get_bytes(self, kind: str, key: str) -> bytes | None:
        """The bytes filed under `kind` and `key`, or None."""
        try:
            row = self._connection.execute(_LOOK_UP, (kind, key)).fetchone()
            if row is None:
                return None
            if row[1] < self._today - _STALE:
                self._used.add((kind, key))
            return _unpacked(row[0])
        except (sqlite3.DatabaseError, zlib.error) as error:
            self._suspect(error)
            return None

    def put_bytes(self, kind: str, results: Iterable[tuple[str, bytes]], document: str = "") -> None:
        """File bytes, as `put` does."""
        rows = [(kind, key, document, self._today, _packed(value)) for key, value in results]
        self._write(lambda: self._connection.executemany("INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?, ?)", rows))

    # --- files

    def shelved(self, folder: str) -> dict[str, Shelved]:
        """Every file of a folder that was read before, by its path in it."""
        try:
            rows = self._connection.execute("SELECT path, stamp, outline FROM file WHERE folder = ?", (folder,))
            return {path: Shelved(stamp, json.loads(outline)) for path, stamp, outline in rows}
        except (sqlite3.DatabaseError, ValueError) as error:
            self._suspect(error)
            return {}

    def take(self, folder: str, path: str) -> bytes | None:
        """What `shelve` kept of a file, or None."""
        try:
            row = self._connection.execute(
                "SELECT value FROM file WHERE folder = ? AND path = ?", (folder, path)
            ).fetchone()
            return _unpacked(row[0]) if row else None
        except (sqlite3.DatabaseError, zlib.error) as error:
            self._suspect(error)
            return None

    def shelve(self, folder: str, path: str, shelved: Shelved, value: bytes) -> None:
        """Keep what a file was read as, in place of what it was before."""
        row = (folder, path, shelved.stamp, json.dumps(shelved.outline), self._today, _packed(value))
        self._write(lambda: self._connection.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)", row))

    # --- care

    def counts(self) -> dict[str, tuple[int, int]]:
        """For each kind of result, and for "file": how many there are, and how many bytes they take."""
        query = "SELECT kind, COUNT(*), SUM(LENGTH(value)) FROM result GROUP BY kind ORDER BY kind"
        found = {kind: (number, size) for kind, number, size in self._connection.execute(query)}
        number, size = self._connection.execute("SELECT COUNT(*), SUM(LENGTH(value)) FROM file").fetchone()
        return found | {"file": (number, size or 0)}

    def forget(self, documents: Iterable[str], paths: Iterable[str]) -> int:
        """Remove all results of documents, by id, and files, by path in whatever folder; the number of rows removed."""
        with self._connection:
            gone = sum(
                self._connection.execute("DELETE FROM result WHERE document = ?", (identity,)).rowcount
                for identity in documents
            )
            gone += sum(self._connection.execute("DELETE FROM file WHERE path = ?", (path,)).rowcount for path in paths)
        return gone

    def shelved_anywhere(self) -> Iterator[tuple[str, str, Any]]:
        """Folder, path and outline of every file kept."""
        for folder, path, outline in self._connection.execute("SELECT folder, path, outline FROM file"):
            yield folder, path, json.loads(outline)

    def vacuum(self, unused_days: int) -> int:
        """Remove what no run has used for so many days, give the space back, and return the number of rows removed."""
        before = (self._today - unused_days,)
        with self._connection:
            gone = self._connection.execute("DELETE FROM result WHERE used < ?", before).rowcount
            gone += self._connection.execute("DELETE FROM file WHERE used < ?", before).rowcount
        self._connection.execute("VACUUM")
        return gone

    def close(self) -> None:
        """Note what was used, and close the file."""
        if self._used:
            rows = [(self._today, kind, key) for kind, key in sorted(self._used)]
            update = "UPDATE result SET used = ? WHERE kind = ? AND key = ?"
            self._write(lambda: self._connection.executemany(update, rows))
        self._connection.close()

    def use_files(self, folder: str, paths: Iterable[str]) -> None:
        """Note that these files are still there, so that `vacuum` keeps them."""
        update = "UPDATE file SET used = ? WHERE folder = ? AND path = ? AND used < ?"
        rows = [(self._today, folder, path, self._today - _STALE) for path in paths]
        self._write(lambda: self._connection.executemany(update, rows))

    def _write(self, execute: Callable[[], object]) -> None:
        try:
            with self._connection:
                execute()
        except sqlite3.DatabaseError as error:  # a full disk: the run goes on, and says so at its end
            self._suspect(error)

    def _suspect(self, error: Exception) -> None:
        """Remember that something is wrong; where the file itself may be broken, the next run looks through it."""
        self.trouble = str(error)
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if self._path and code not in _SOUND:
            with suppress(OSError):
                _mark_of_trouble(self._path).touch()


def default_path() -> Path:
    """Where the store of this user lies: in the platform's cache folder."""
    import platformdirs

    return platformdirs.user_cache_path("digest-brief") / "store.sqlite3"


def key_of(*parts: str) -> str:
    """A key from any texts: the SHA-256 of them all, unambiguous about where one ends."""
    return hashlib.sha256(
        "\x00".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass")
    ).hexdigest()


@cache
def code_version(*packages: str, without: tuple[str, ...] = ()) -> str:
    """A short hash over the Python and data files of packages, so that a changed rule makes old results stale.

    Folders below them count too, but for those named in `without`. Of large weights the file with their hash is read.
    """
    digest = hashlib.sha256()
    for package in packages:
        for name, file in _rules(resources.files(package), "", without):
            digest.update(name.encode() + b"\x00" + file.read_bytes())
    return digest.hexdigest()[:12]


def rules_version() -> str:
    """The version of all rules that results depend on: the whole program but for commands and the look in Word."""
    return code_version("digest", without=("word", "commands", "cli.py"))


def _rules(folder: Traversable, above: str, without: tuple[str, ...]) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name in without:
            continue
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _rules(entry, f"{above}{entry.name}/", without)
        elif entry.name.endswith((".py", ".toml", ".sha256")):
            yield above + entry.name, entry


def _packed(value: bytes) -> bytes:
    return b"z" + zlib.compress(value, 1) if len(value) > _LONG else b"=" + value


def _unpacked(value: bytes | str) -> bytes:
    if isinstance(value, str):  # as version 1 wrote it
        return value.encode("utf-8", "surrogatepass")
    return zlib.decompress(value[1:]) if value[:1] == b"z" else value[1:]


def _mark_of_trouble(path: Path) -> Path:
    return path.with_suffix(".look-through")


def _wants_a_look(path: Path) -> bool:
    """A small file is always looked through; a large one, for which that takes long, when a run had trouble with it."""
    try:
        return path.stat().st_size <= LOOK_THROUGH or _mark_of_trouble(path).exists()
    except OSError:
        return True


def _prepared(path: str, look_through: bool = True) -> sqlite3.Connection:
    """An open connection with the tables made. Raises sqlite3.DatabaseError when the file is no sound database."""
    connection = sqlite3.connect(path, timeout=PATIENCE)
    try:
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")  # with WAL, a killed program loses and breaks nothing
        if look_through and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("the integrity check failed")
        _migrate(connection)
        connection.execute(_LOOK_UP, ("", "")).fetchone()  # fails where another program's table has our name
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on. Two runs that make the store at once meet here, and SQLite does not wait for it."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not busy or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _migrate(connection: sqlite3.Connection) -> None:
    """Make the tables, or bring those of an earlier version up to this one; one run at a time, whole or not at all."""
    if _schema(connection) == SCHEMA:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _schema(connection)  # another run may have been here in between
        if version not in (0, 1, SCHEMA):
            raise sqlite3.DatabaseError(f"schema {version} is not known to this version of the program")
        if version == 1:
            connection.execute("ALTER TABLE result RENAME TO old_result")
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        if version == 1:
            today = date.today().toordinal()
            connection.execute(f"INSERT INTO result SELECT kind, key, '', {today:d}, value FROM old_result")  # noqa: S608
            connection.execute("DROP TABLE old_result")
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _schema(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version
