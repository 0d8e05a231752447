"""The only place that knows the order of the stages: read, detect, cut, translate, summarise, extract, compose, write.

Each step asks the store first. Models are loaded when the first document needs them, and not at all when none does.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from digest import compose
from digest.compose import Digested
from digest.config import Config
from digest.errors import ConfigError, NothingReadError
from digest.model import Document, EngineSignature, Notice
from digest.pipeline.cutting import detect_and_cut
from digest.pipeline.digesting import digest_all
from digest.pipeline.reading import in_period, limits_of, nothing_read, read_corpus
from digest.pipeline.translating import translate_all
from digest.pipeline.work import Models, Outcome, Progress, Request, Run, Work
from digest.pipeline.writing import compose_brief, write
from digest.positions import names
from digest.store import Store

__all__ = ["Models", "Outcome", "Processed", "Progress", "Request", "country_codes", "make_brief", "process"]


def make_brief(request: Request, config: Config, store: Store, progress: Progress) -> Outcome:
    """Read the corpus and write the brief with its JSON.

    Raises NothingReadError when no document could be read, ConfigError for a country that is not known, OutputError
    when the result cannot be written. Everything computed before an error or an interruption is in the store.
    """
    codes = country_codes(config)
    documents, notices = read_corpus(request, progress, limits_of(config))
    chosen = [document for document in documents if in_period(document, request)]
    if not chosen:
        raise NothingReadError(nothing_read(request, documents, notices))
    made = process(chosen, config, store, progress)
    told = (*notices, *made.notices, *_trouble(store))
    brief = compose_brief(request, config, codes, made.digested, made.engines, told)
    skipped = len(documents) - len(chosen)
    if request.dry_run:
        return Outcome(brief, None, None, skipped)
    with progress.stage("Writing", 1) as advance:
        docx, beside = write(brief, compose.merged_away(brief, made.digested), request)
        advance(1)
    return Outcome(brief, docx, beside, skipped)


@dataclass(frozen=True, slots=True)
class Processed:
    """What came of a batch of documents: each one digested, the engines used, and what the reader must know."""

    digested: tuple[Digested, ...]
    engines: tuple[EngineSignature, ...]
    notices: tuple[Notice, ...]


def process(
    documents: Sequence[Document], config: Config, store: Store, progress: Progress, models: Models | None = None
) -> Processed:
    """Documents and settings in, results out: the unit of work, the same in this process or in another.

    `store` and `models` save time and change no result.
    """
    run = Run(config, store, progress, models or Models())
    works = detect_and_cut(run, documents)
    translate_all(run, works)
    digest_all(run, works)
    return Processed(tuple(_digested(work) for work in works), tuple(run.engines.values()), tuple(run.notices))


def _digested(work: Work) -> Digested:
    words = sum(len(sentence.text.split()) for sentence in work.sentences)
    return Digested(
        work.document, words, work.summary or (), work.positions or (), work.translated_by, work.untranslated
    )


def _trouble(store: Store) -> tuple[Notice, ...]:
    if not store.trouble:
        return ()
    reason = f"Results could not be kept for the next run ({store.trouble})."
    return (Notice("", "store", reason, "Free some disk space; this brief is complete."),)


def country_codes(config: Config) -> tuple[str, ...]:
    """The holder codes of `[brief] countries`. Raises ConfigError: each unknown one, with the nearest known name."""
    known = [(name, names.code_of(name)) for name in config.brief.countries]
    problems = [_unknown_country(name) for name, code in known if code is None]
    if problems:
        where = config.source or "configuration"
        raise ConfigError("\n".join(f"{where}: [brief] countries: {problem}" for problem in problems))
    return tuple(dict.fromkeys(code for _, code in known if code is not None))


def _unknown_country(name: str) -> str:
    near = difflib.get_close_matches(name, names.all_names(), n=1)
    hint = f"did you mean '{near[0]}'?" if near else "write a country's English name or its ISO code."
    return f"unknown country '{name}'; {hint}"
