"""The first step: the corpus. Each file is read once and kept in the store; later runs only look at its size and time.

What a run needs of all documents (which there are, and their dates) is in a line of the store; a document's text is
taken out only when something new is made of it. So a run costs what is new and not what there is.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from digest import readers, stamps
from digest.config import Config
from digest.corrections import BY_HAND, DocumentWord
from digest.errors import NothingReadError, ReadError
from digest.frozen import FrozenError, freeze, thaw
from digest.model import Dating, Document, Language, Notice
from digest.pipeline.work import Progress, Request
from digest.preflight import MEGABYTE, Limits
from digest.readers.guard import Guard
from digest.store import Shelved, Store, rules_version


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of the corpus, not loaded. `file` is the path of its file below the corpus (a mail holds several).

    `state` changes with anything that reading found in it. `corrected` is what the analyst says of it.
    """

    id: str
    path: str
    published: date | None
    state: str
    file: str
    also_at: tuple[str, ...] = ()
    corrected: DocumentWord | None = None


class Corpus:
    """The documents of a folder. Use it as a context: at the end the process that reads is ended."""

    def __init__(self, request: Request, config: Config, store: Store) -> None:
        self._root, self._today, self._store = request.corpus, request.issued, store
        self._limits = limits_of(config)
        self._folder = str(request.corpus.resolve())
        self._version = f"{rules_version()}:{self._limits}"
        self._paths: dict[str, Path] = {}
        self._guard = Guard(request.corpus, request.issued, self._limits)

    def __enter__(self) -> Self:
        self._guard.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._guard.__exit__(kind, error, trace)

    def survey(self, progress: Progress) -> tuple[list[Listed], list[Notice]]:
        """Every document of the folder and of its mails, each content once; a notice for each file that is not one.

        New and changed files are read. Raises NothingReadError when the folder cannot be listed.
        """
        try:
            paths, notices = readers.scan(self._root)
        except ReadError as error:
            raise NothingReadError(f"{self._root}: {error.reason}. {error.advice}") from error
        known = self._store.shelved(self._folder)
        listed: list[Listed] = []
        with progress.stage("Reading", len(paths)) as advance:
            for path in paths:
                name = self._name(path)
                outline = self._current(known.get(name), path)
                try:
                    outline = outline or self._read(path, name)[1]
                    listed += outline.documents
                    notices += outline.notices
                except ReadError as error:
                    shown = readers.shown(path, self._root)
                    notices.append(Notice(shown, readers.STAGE, error.reason, error.advice))
                advance(1)
        self._store.use_files(self._folder, known.keys() & {one.file for one in listed})
        return _each_once(listed), sorted(notices, key=lambda notice: notice.file)

    def load(self, one: Listed) -> Document:
        """The document itself, with its text. Raises ReadError when its file is gone or another by now."""
        found = self._kept(one.file) or self._read(self._paths[one.file], one.file)[0]
        for document in found:
            if isinstance(document, Document) and (document.id, document.path) == (one.id, one.path):
                return _corrected(replace(document, also_at=one.also_at), one.corrected)
        raise ReadError("it was changed while the brief was made", "Run the same command again.")

    def _name(self, path: Path) -> str:
        """The path below the corpus as a text that is one file's alone, also where it cannot be written in Unicode."""
        name = (path.relative_to(self._root) if path.is_relative_to(self._root) else path).as_posix()
        name = name if _is_unicode(name) else f"bytes:{os.fsencode(name).hex()}"
        self._paths[name] = path
        return name

    def _current(self, shelved: Shelved | None, path: Path) -> _Outline | None:
        """What is known of a file that has not changed since it was read, and would be read today as it was then."""
        if shelved is None or not shelved.stamp or shelved.stamp != stamps.stamp(path, self._version):
            return None
        outline = _Outline.unpacked(shelved.outline, self._name(path))
        return outline if outline and outline.read_on in (None, self._today) else None

    def _read(self, path: Path, name: str) -> tuple[list[Document | Notice], _Outline]:
        stamp = stamps.stamp(path, self._version)
        found = self._guard.read(path)
        outline = _Outline.of(found, name, self._today)
        if stamps.may_deceive(path):
            stamp = ""  # kept for this run; the next one reads it again
        self._store.shelve(self._folder, name, Shelved(stamp, outline.packed()), freeze(found))
        return found, outline

    def _kept(self, name: str) -> list[Document | Notice] | None:
        data = self._store.take(self._folder, name)
        try:
            return None if data is None else list(thaw(data))
        except FrozenError:
            return None


@dataclass(frozen=True, slots=True)
class _Outline:
    """What a run must know of a file that it does not open. `read_on` is None where no later day reads it otherwise."""

    documents: tuple[Listed, ...]
    notices: tuple[Notice, ...]
    read_on: date | None

    @classmethod
    def of(cls, found: Sequence[Document | Notice], name: str, today: date) -> _Outline:
        documents = [one for one in found if isinstance(one, Document)]
        listed = [Listed(one.id, one.path, one.published, _state(one), name) for one in documents]
        settled = all(one.dating.settled for one in documents)
        return cls(tuple(listed), tuple(n for n in found if isinstance(n, Notice)), None if settled else today)

    def packed(self) -> list[Any]:
        documents = [
            [one.id, one.path, one.published.isoformat() if one.published else None, one.state]
            for one in self.documents
        ]
        notices = [[one.file, one.stage, one.reason, one.advice] for one in self.notices]
        return [documents, notices, self.read_on.isoformat() if self.read_on else None]

    @classmethod
    def unpacked(cls, packed: Any, name: str) -> _Outline | None:
        try:
            documents, notices, read_on = packed
            listed = tuple(
                Listed(identity, path, date.fromisoformat(day) if day else None, state, name)
                for identity, path, day, state in documents
            )
            told = tuple(Notice(*row) for row in notices)
            return cls(listed, told, date.fromisoformat(read_on) if read_on else None)
        except (TypeError, ValueError):  # somebody has been at it: the file is read again
            return None


def _is_unicode(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _state(document: Document) -> str:
    return hashlib.sha256(repr(document).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _each_once(listed: Iterable[Listed]) -> list[Listed]:
    """Each content once: the first path stays, the others stand in `also_at`."""
    merged: dict[str, Listed] = {}
    for one in listed:
        first = merged.get(one.id)
        merged[one.id] = replace(first, also_at=(*first.also_at, one.path)) if first else one
    return list(merged.values())


def _corrected(document: Document, word: DocumentWord | None) -> Document:
    """The document as the analyst would have it: a language that is given here goes before the detectors' word."""
    if word and word.date:
        document = replace(document, dating=Dating(word.date, BY_HAND))
    if word and word.language:
        document = replace(document, language=Language(word.language, 1.0))
    return document


def as_corrected(listed: Iterable[Listed], words: Mapping[str, DocumentWord]) -> list[Listed]:
    """The documents with the analyst's days and languages, given by path, in place of those that were found."""
    made = []
    for one in listed:
        word = next((words[path] for path in (one.path, *one.also_at) if path in words), None)
        if word is None:
            made.append(one)
            continue
        state = f"{one.state}:{word.date or ''}:{word.language or ''}"
        made.append(replace(one, published=word.date or one.published, corrected=word, state=state))
    return made


def limits_of(config: Config) -> Limits:
    """How much of one file is let in, by the settings."""
    settings = config.reading
    return Limits(
        file_bytes=settings.file_megabytes * MEGABYTE,
        text_characters=settings.text_characters,
        pages=settings.pages,
        seconds=float(settings.seconds),
    )


def nothing_read(request: Request, documents: Sequence[Listed], notices: Sequence[Notice]) -> str:
    """Why there is nothing to make a brief of, and what to do."""
    if documents and request.only is not None:
        return (
            f"None of the {len(request.only)} documents of that issue is in {request.corpus} any more, as it was. "
            "Put them back, or name their folder with --corpus."
        )
    if documents:
        return (
            f"None of the {len(documents)} documents in {request.corpus} is dated within the period asked for. "
            "Widen --since and --until."
        )
    if notices:
        reasons = "\n".join(f"  {notice.file}: {notice.reason}. {notice.advice}" for notice in notices[:10])
        more = f"\n  ... and {len(notices) - 10} more" if len(notices) > 10 else ""
        return f"No document could be read in {request.corpus}:\n{reasons}{more}"
    return (
        f"There is no document in {request.corpus}. Put Word files, PDFs, web pages, mails or texts there, "
        "or name a folder with --corpus."
    )
