"""Documents in, results out: in batches, so that the memory of a run does not grow with the number of documents.

The result of each document is kept as soon as it is there, under a key of all that it depends on. A document whose
result is there is not opened, let alone computed again.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from digest import copies, memory, readers
from digest.config import BriefSettings, Config
from digest.engines import signatures
from digest.errors import DigestError, NotRecalledError, ReadError
from digest.frozen import FrozenError, freeze, thaw
from digest.model import Digested, Document, EngineSignature, Notice
from digest.pipeline.cutting import detect_and_cut
from digest.pipeline.digesting import digest_all
from digest.pipeline.reading import Corpus, Listed
from digest.pipeline.translating import route_key, translate_all
from digest.pipeline.work import Models, Progress, Run, Work
from digest.store import Store, key_of, rules_version

BATCH = 200
"""Documents that are in memory with all their sentences at one time, and whose translations are pooled."""

_KIND = "digested"
_STAGES = ("translation", "summary", "positions")


@dataclass(frozen=True, slots=True)
class Processed:
    """What came of documents: each one digested, the engines used, and what the reader must know.

    `state` is the same where all that came of them is the same.
    """

    digested: tuple[Digested, ...]
    engines: tuple[EngineSignature, ...]
    notices: tuple[Notice, ...]
    state: str = ""


@dataclass(frozen=True, slots=True)
class _Result:
    """What came of one document. `routes` are the ways into English that were taken, by language."""

    digested: Digested
    engines: tuple[EngineSignature, ...]
    notices: tuple[Notice, ...]
    routes: tuple[tuple[str, str], ...]


def process(
    documents: Sequence[Document], config: Config, store: Store, progress: Progress, models: Models | None = None
) -> Processed:
    """Documents and settings in, results out: the unit of work, the same in this process or in another.

    `store` and `models` save time and change no result.
    """
    return _together(_process(documents, Run(config, store, progress, models or Models())))


def digest_documents(corpus: Corpus, listed: Sequence[Listed], run: Run, *, recalled: bool = False) -> Processed:
    """The results of these documents, from the store where it has them, in the order of the list.

    Raises NotRecalledError with `recalled` where the store has not all of them.
    """
    store = run.store
    results, told = dict[str, _Result](), list[Notice]()
    settings = _settings_key(run.config)
    keys = {one.id: key_of(settings, one.id, one.path, one.state) for one in listed}
    states = dict[str, str]()
    new = []
    for one in listed:
        data = store.get_bytes(_KIND, keys[one.id])
        known = _recall(run, data)
        if data and known:
            results[one.id], states[one.id] = known, _state(data)
        else:
            new.append(one)
    if recalled and new:
        raise NotRecalledError(len(new), len(listed))
    for batch in batches_of(new):
        for made in _each(loaded(corpus, batch, told), run, told):
            identity, data = made.digested.document.id, _packed(made)
            store.put_bytes(_KIND, [(keys[identity], data)], identity)
            results[identity], states[identity] = made, _state(data)
        memory.give_back()
    there = [one for one in listed if one.id in results]
    both = _together(_at(results[one.id], one) for one in there)
    state = key_of(*(f"{states[one.id]}{one.also_at}" for one in there), repr(told + run.told))
    return replace(both, notices=(*told, *run.told, *both.notices), state=state)


def _settings_key(config: Config) -> str:
    """What results depend on beside the document: rules, engines, and all settings but those of the brief's looks."""
    translation = replace(config.translation, fetch=True)
    settings = replace(config, brief=BriefSettings(), translation=translation, source=None)
    return key_of(rules_version(), signatures.minilm().key(), signatures.spacy_small().key(), repr(settings))


def batches_of(listed: Iterable[Listed]) -> Iterator[list[Listed]]:
    """Documents in batches that are worked on together."""
    waiting = iter(listed)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def loaded(corpus: Corpus, batch: Iterable[Listed], told: list[Notice]) -> list[Document]:
    """The documents themselves; what cannot be read any more is told in `told`."""
    documents = []
    for one in batch:
        try:
            documents.append(corpus.load(one))
        except ReadError as error:
            told.append(Notice(one.path, readers.STAGE, error.reason, error.advice))
    return documents


def _each(documents: Sequence[Document], run: Run, told: list[Notice]) -> Iterator[_Result]:
    """The result of each document. An error that nobody foresaw costs its own document alone, which is told: the others
    of the batch are worked on again, one by one."""
    done = set[str]()
    try:
        for result in _process(documents, run):
            done.add(result.digested.document.id)
            yield result
        return
    except DigestError:
        raise
    except Exception:  # of whatever kind: it comes again, and is told, with the document that brings it
        left = [one for one in documents if one.id not in done]
    for document in left:
        try:
            yield from _process([document], run)
        except DigestError:
            raise
        except Exception as error:
            told.append(_fault(document, error))


def _fault(document: Document, error: Exception) -> Notice:
    where = traceback.extract_tb(error.__traceback__)[-1]
    reason = (
        f"A fault of the program: {type(error).__name__} in {Path(where.filename).name}, line {where.lineno}: {error}"
    )
    advice = "This document is not in the brief. Please report the fault; the next run tries again."
    return Notice(document.path, "program", reason, advice)


def _process(documents: Sequence[Document], run: Run) -> Iterator[_Result]:
    works = detect_and_cut(run, documents)
    translate_all(run, works)
    for work in digest_all(run, works):
        yield _result(run, work)


def _result(run: Run, work: Work) -> _Result:
    codes = sorted({sentence.language for sentence in work.sentences} - {"en"})
    digested = Digested(
        replace(work.document, text="", furniture=()),
        sum(len(sentence.text.split()) for sentence in work.sentences),
        work.summary or (),
        work.positions or (),
        work.translated_by,
        work.untranslated,
        work.meanings,
        copies.fingerprint(sentence.text for sentence in work.sentences),
    )
    routes = tuple((code, route_key(run, code)) for code in codes)
    return _Result(digested, tuple(work.engines.values()), tuple(work.notices), routes)


def _state(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _recall(run: Run, data: bytes | None) -> _Result | None:
    """The result as it was kept, unless a language that it met would take another way into English today."""
    try:
        known: Any = thaw(data) if data else None
        result = _Result(*known) if known else None
    except (FrozenError, TypeError):
        return None
    return result if result and all(route_key(run, code) == taken for code, taken in result.routes) else None


def _packed(result: _Result) -> bytes:
    return freeze((result.digested, result.engines, result.notices, result.routes))


def _at(result: _Result, listed: Listed) -> _Result:
    document = replace(result.digested.document, also_at=listed.also_at)
    return replace(result, digested=replace(result.digested, document=document))


def _together(results: Iterable[_Result]) -> Processed:
    """One report of all: every engine once, in the order of the stages."""
    digested, engines, notices = list[Digested](), dict[str, EngineSignature](), list[Notice]()
    for one in results:
        digested.append(one.digested)
        engines |= {engine.key(): engine for engine in one.engines}
        notices += one.notices
    ranked = sorted(engines.values(), key=lambda engine: (_STAGES.index(engine.stage), engine.key()))
    return Processed(tuple(digested), tuple(ranked), tuple(notices))
