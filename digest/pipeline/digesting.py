"""The fourth step: the summary and the positions of each document, from the store or from the engines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from digest import likeness, positions, relevance, summarise
from digest.engines import signatures
from digest.model import Document, EngineSignature, Position, Sentence
from digest.paragraphs import paragraphs
from digest.pipeline import summarising
from digest.pipeline.beside import beside
from digest.pipeline.work import Run, Work
from digest.positions import codec, floor, names
from digest.relevance import Headings
from digest.store import key_of, rules_version
from digest.summarise import About


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
        for work in _digested(run, new, summary, parsers):
            yield work
            advance(1)


def _digested(
    run: Run, new: Sequence[Work], summary: EngineSignature, parsers: Sequence[EngineSignature]
) -> Iterator[Work]:
    """Each document when it is done. While the classifier looks at one, the next is parsed: see `beside`."""
    with beside() as models:
        ahead = models.submit(_vectors, run, new[0])
        waiting: _Asked | None = None
        for number, work in enumerate(new):
            vectors = ahead
            if number + 1 < len(new):
                ahead = models.submit(_vectors, run, new[number + 1])
            asked = _begun(run, work, vectors, models, _keys(run, work, summary, parsers), summary)
            if waiting is not None:
                yield _finished(run, waiting)
            waiting = asked
        if waiting is not None:
            yield _finished(run, waiting)


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


@dataclass(frozen=True, slots=True)
class _Meanings:
    """The embeddings of the English sentences of a document, one row each, of its title, where that is English, of that
    and its headings, and of the topics."""

    sentences: NDArray[np.float32]
    title: NDArray[np.float32] | None
    headings: Headings
    topics: NDArray[np.float32]


def _vectors(run: Run, work: Work) -> _Meanings:
    """In the models' thread, where alone the models are loaded."""
    texts = [sentence.english or "" for sentence in work.english]
    heads = _headings(work.document)
    vectors = run.models.embedder.embed([*texts, *heads])
    headings = Headings(heads, vectors[len(texts) :], _places(work.document, heads))
    title = headings.vectors[0] if heads and heads[0] == work.document.title else None
    return _Meanings(vectors[: len(texts)], title, headings, run.topic_vectors)


_MOST_HEADINGS = 12


def _headings(document: Document) -> tuple[str, ...]:
    """The title and the headings of an English document, each once."""
    if document.language.code != "en":
        return ()
    heads = dict.fromkeys(text for text in (document.title, *(text for _, text in _found(document))) if text)
    return tuple(heads)[:_MOST_HEADINGS]


def _found(document: Document) -> Iterator[tuple[int, str]]:
    """Where each heading in the text of a document begins, and its words, in their order."""
    marks = sorted((one.start, one.end) for one in document.furniture if one.kind == "heading")
    yield from ((start, " ".join(document.text[start:end].split())) for start, end in marks)


def _places(document: Document, heads: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """For each heading in the text where it begins and which of `heads` it is: -1 for the title, and for one that is
    not among them."""
    rows = {text: row for row, text in enumerate(heads) if text != document.title}
    return tuple((start, rows.get(text, -1)) for start, text in _found(document))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A document whose positions wait for the classifier's answer; `asked` is None where there is nothing to ask."""

    work: Work
    key: str
    vectors: NDArray[np.float32]
    setting: positions.Setting
    asked: positions.Asked | None
    answer: Future[list[positions.Verdict | None] | None] | None


def _begun(
    run: Run,
    work: Work,
    ahead: Future[_Meanings],
    models: Executor,
    keys: tuple[str, str],
    summary: EngineSignature,
) -> _Asked:
    """The summary made and kept, the positions proposed and put before the classifier."""
    english = work.english
    wanted = work.positions is None and bool(english)
    docs = list(run.models.parser.parse([sentence.english or "" for sentence in english])) if wanted else []
    meanings = ahead.result()
    near = relevance.relevance(english, meanings.sentences, run.config.topics, meanings.topics, meanings.headings)
    if work.summary is None:
        nearest = near.max(axis=1) if near.size else np.zeros(len(english), dtype=np.float32)
        about = About(meanings.title, nearest)
        work.summary, replaced = summarising.summary_of(run, work, meanings.sentences, about, summary)
        work.used(*(point.engine for point in work.summary))
        work.notices += summarising.replacement(work, replaced)
        if not work.untranslated:
            run.store.put("summary", [(keys[0], summarising.encode(work.summary, replaced))], work.document.id)
    setting = _setting(run, work)
    under = relevance.sections(english, near, run.config.topics, meanings.topics, meanings.headings)
    headed = positions.Headed(under.numbers, under.nearness)
    asked = positions.ask(english, docs, run.config.topics, near, setting, headed) if wanted else None
    answer = models.submit(_judged, run, asked) if asked else None
    return _Asked(work, keys[1], meanings.sentences, setting, asked, answer)


def _judged(run: Run, asked: positions.Asked) -> list[positions.Verdict | None] | None:
    """In the models' thread. None where the rules alone decide."""
    judge = run.models.judge
    return positions.judged(asked, judge) if judge else None


def _finished(run: Run, one: _Asked) -> Work:
    """The document with its positions, which are kept."""
    work = one.work
    if work.positions is None:
        answer = one.answer.result() if one.answer else None
        work.positions = tuple(positions.answered(one.asked, answer, one.setting)) if one.asked else ()
        encoded = [codec.encode(position) for position in work.positions]
        run.store.put("positions", [(one.key, encoded)], work.document.id)
        work.meanings = _meanings(work.positions, work.english, one.vectors)
        run.store.put_bytes("meanings", [(one.key, work.meanings)], work.document.id)
    return work


def _meanings(found: Sequence[Position], english: Sequence[Sentence], vectors: NDArray[np.float32]) -> bytes:
    """The embeddings of the positions' sentences, small, so that a later run can compare them without a model."""
    rows = {sentence.start: number for number, sentence in enumerate(english)}
    return likeness.packed(vectors[[rows[position.sentence.start] for position in found]])


def _setting(run: Run, work: Work) -> positions.Setting:
    text = work.document.text
    heading = "\n".join((work.document.title, work.document.publisher or "", text[:300]))
    labels = floor.labels_of(text, paragraphs(text))
    actors = tuple(replace(one, holder=names.code_of(one.holder) or one.holder) for one in run.config.actors)
    return positions.Setting(work.document.dating, heading, _questions(work.document), actors, labels)


_LONGEST_QUESTION = 300


def _questions(document: Document) -> frozenset[int]:
    """The numbers of the paragraphs that are a question, as in an interview."""
    return frozenset(
        number
        for number, (start, end) in enumerate(paragraphs(document.text))
        if end - start < _LONGEST_QUESTION and document.text[start:end].rstrip('*_ "”»').endswith(("?", "？", "؟"))
    )
