"""The first step: files -> documents, and the choice of those within the period."""

from __future__ import annotations

from collections.abc import Sequence

from digest import readers
from digest.config import Config
from digest.errors import NothingReadError, ReadError
from digest.model import Document, Notice
from digest.pipeline.work import Progress, Request
from digest.preflight import DEFAULT_LIMITS, MEGABYTE, Limits
from digest.readers.guard import Guard


def read_corpus(
    request: Request, progress: Progress, limits: Limits = DEFAULT_LIMITS
) -> tuple[list[Document], list[Notice]]:
    """Every document of the corpus folder and of its mails, and a notice for each file that is not one."""
    try:
        paths, notices = readers.scan(request.corpus)
    except ReadError as error:
        raise NothingReadError(f"{request.corpus}: {error.reason}. {error.advice}") from error
    documents: list[Document] = []
    with progress.stage("Reading", len(paths)) as advance, Guard(request.corpus, request.issued, limits) as guard:
        for path in paths:
            try:
                found = guard.read(path)
                documents += [each for each in found if isinstance(each, Document)]
                notices += [each for each in found if isinstance(each, Notice)]
            except ReadError as error:
                notices.append(Notice(readers.shown(path, request.corpus), readers.STAGE, error.reason, error.advice))
            advance(1)
    return readers.merge_same(documents), sorted(notices, key=lambda notice: notice.file)


def limits_of(config: Config) -> Limits:
    """How much of one file is let in, by the settings."""
    settings = config.reading
    return Limits(
        file_bytes=settings.file_megabytes * MEGABYTE,
        text_characters=settings.text_characters,
        pages=settings.pages,
        seconds=float(settings.seconds),
    )


def in_period(document: Document, request: Request) -> bool:
    """Whether a document is of the period asked for; undated ones always are: leaving one out on a guess loses it."""
    day = document.published
    if day is None:
        return True
    return (request.since is None or day >= request.since) and (request.until is None or day <= request.until)


def nothing_read(request: Request, documents: Sequence[Document], notices: Sequence[Notice]) -> str:
    """Why there is nothing to make a brief of, and what to do."""
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
