"""The fourth step: the summary and the positions of each document, from the store or from the engines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from digest import likeness, relevance, summarise
from digest.engines import signatures
from digest.model import Document, EngineSignature, Position, Sentence
from digest.paragraphs import paragraphs
from digest.pipeline import summarising
from digest.pipeline.work import Run, Work
from digest.positions import codec, names
from digest.store import key_of, rules_version


def digest_all(run: Run, works: Sequence[Work]) -> Iterator[Work]:
    """Fill in summary and positions of each document, from the store where nothing has changed; each as it is done."""
    summary = summarising.engine_of(run)
    parsers = (signatures.spacy_small(), signatures.position_judge())
    for work in works:
        if work.english:
            for engine in parsers:
                work.used(engine)
        _recall(run, work, summary, parsers)
        if work.summary is not None:
            work.used(*(point.engine for point in work.summary))
    yield from (work for work in works if work.is_done)
    new = [work for work in works if not work.is_done]
    if not new:
        return
    summarising.write_all(run, new, summary)
    with run.progress.stage("Summarising and reading positions", len(new)) as advance:
        for work in new:
            _digest(run, work, summary, parsers)
            yield work
            advance(1)


def _keys(run: Run, work: Work, summary: EngineSignature, parsers: Sequence[EngineSignature]) -> tuple[str, str]:
    """What a summary and what the positions of a document depend on."""
    texts = [f"{s.start}:{s.end}:{s.language}:{s.english}" for s in work.sentences]
    base = key_of(work.document.id, work.document.title, *texts)
    actors = [f"{one.name}|{one.holder}|{one.role}" for one in run.config.actors]
    topics = [f"{topic.id}|{topic.name}|{'|'.join(topic.words)}" for topic in run.config.topics]
    version = rules_version()
    dating = f"{work.document.dating.published}|{work.document.dating.not_before}"
    return (
        key_of(base, summary.key(), version, str(run.config.summary.sentences), *topics),
        key_of(
            base, *(engine.key() for engine in parsers), signatures.minilm().key(), version, dating, *topics, *actors
        ),
    )


def _recall(run: Run, work: Work, summary: EngineSignature, parsers: Sequence[EngineSignature]) -> None:
    keys = _keys(run, work, summary, parsers)
    if work.untranslated and not work.english:
        work.summary, work.positions = summarise.in_own_language(work.sentences), ()
        return
    points = run.store.get("summary", keys[0])
    found = run.store.get("positions", keys[1])
    by_start = {sentence.start: sentence for sentence in work.sentences}
    if points is not None:
        work.summary, replaced = summarising.decode(points, summary, by_start)
        work.notices += summarising.replacement(work, replaced)
    meanings = run.store.get_bytes("meanings", keys[1])
    if found is not None and meanings is not None:
        work.meanings = meanings
        work.positions = tuple(codec.decode(row, by_start) for row in found)


def _digest(run: Run, work: Work, summary: EngineSignature, parsers: Sequence[EngineSignature]) -> None:
    keys = _keys(run, work, summary, parsers)
    english = work.english
    vectors = run.models.embedder.embed([sentence.english or "" for sentence in english])
    near = relevance.relevance(english, vectors, run.config.topics, run.topic_vectors)
    if work.summary is None:
        nearest = near.max(axis=1) if near.size else np.zeros(len(english), dtype=np.float32)
        work.summary, replaced = summarising.summary_of(run, work, vectors, nearest, summary)
        work.used(*(point.engine for point in work.summary))
        work.notices += summarising.replacement(work, replaced)
        if not work.untranslated:
            run.store.put("summary", [(keys[0], summarising.encode(work.summary, replaced))], work.document.id)
    if work.positions is None:
        work.positions = _positions(run, work, english, near)
        rows = [codec.encode(position) for position in work.positions]
        run.store.put("positions", [(keys[1], rows)], work.document.id)
        work.meanings = _meanings(work.positions, english, vectors)
        run.store.put_bytes("meanings", [(keys[1], work.meanings)], work.document.id)


def _meanings(positions: Sequence[Position], english: Sequence[Sentence], vectors: NDArray[np.float32]) -> bytes:
    """The embeddings of the positions' sentences, small, so that a later run can compare them without a model."""
    rows = {sentence.start: number for number, sentence in enumerate(english)}
    return likeness.packed(vectors[[rows[position.sentence.start] for position in positions]])


def _positions(run: Run, work: Work, english: Sequence[Sentence], near: NDArray[np.float32]) -> tuple[Position, ...]:
    from digest import positions

    if not english:
        return ()
    docs = run.models.parser.parse([sentence.english or "" for sentence in english])
    heading = " ".join((work.document.title, work.document.publisher or "", work.document.text[:300]))
    actors = tuple(replace(one, holder=names.code_of(one.holder) or one.holder) for one in run.config.actors)
    setting = positions.Setting(work.document.dating, heading, _questions(work.document), actors)
    return tuple(positions.extract(english, docs, run.config.topics, near, setting, run.models.judge))


_LONGEST_QUESTION = 300


def _questions(document: Document) -> frozenset[int]:
    """The numbers of the paragraphs that are a question, as in an interview."""
    return frozenset(
        number
        for number, (start, end) in enumerate(paragraphs(document.text))
        if end - start < _LONGEST_QUESTION and document.text[start:end].rstrip('*_ "”»').endswith(("?", "？", "؟"))
    )
