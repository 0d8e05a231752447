"""Within the fourth step: the summary of one document, and its form in the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest import engines, sentences, summarise
from digest.engines import signatures
from digest.faithfulness import Source
from digest.model import EngineSignature, Notice, Point, Sentence
from digest.pipeline.work import Run, Work, short
from digest.store import key_of, rules_version
from digest.summarise import About, written

SEQ2SEQ = "seq2seq"


def engine_of(run: Run) -> EngineSignature:
    """What summaries are made by in this run. Raises EngineError where seq2seq is asked for and its model missing."""
    asked = run.config.summary.engine
    if asked == SEQ2SEQ or (asked == "auto" and engines.has_summarizer(run.folder)):
        return engines.summarizer_signature(run.folder)
    return signatures.minilm()


def write_all(run: Run, works: Sequence[Work], engine: EngineSignature) -> None:
    """Let the model write about every document that has no summary yet, pieces of all documents in common batches.

    Each batch is in the store when it is done, so that a run that is interrupted goes on where it was.
    """
    wanted = [work for work in works if work.summary is None and not work.untranslated and work.english]
    if engine.name != SEQ2SEQ or not wanted:
        return
    model = run.models.summarizer(run.folder)
    texts = {id(work): [sentence.english or "" for sentence in work.english] for work in wanted}
    cut = {id(work): written.pieces(texts[id(work)], model.length, model.longest) for work in wanted}
    parts = [(work, " ".join(texts[id(work)][first:last])) for work in wanted for first, last in cut[id(work)]]
    keys = [key_of(engine.key(), rules_version(), text) for _, text in parts]
    made = {key: text for key in keys if (text := run.store.get("written", key)) is not None}
    new = [(key, work, text) for key, (work, text) in zip(keys, parts, strict=True) if key not in made]
    with run.progress.stage("Writing summaries", len(new)) as advance:

        def keep(done: dict[int, str]) -> None:
            for index, text in done.items():
                run.store.put("written", [(new[index][0], text)], new[index][1].document.id)
                made[new[index][0]] = text
            advance(len(done))

        model.write([text for _, _, text in new], keep)
    for work in wanted:
        mine = [made[key] for key, (owner, _) in zip(keys, parts, strict=True) if owner is work]
        work.written = tuple(text[span.start : span.end] for text in mine for span in sentences.split(text))


def summary_of(
    run: Run, work: Work, vectors: NDArray[np.float32], about: About, engine: EngineSignature
) -> tuple[tuple[Point, ...], tuple[str, ...]]:
    """The summary, and the sentences written by a model that did not stand the check.

    Chosen sentences; what a model wrote, checked, where it wrote; for a document without a translation sentences in
    its own language. `vectors` are the embeddings of the English sentences.
    """
    count = run.config.summary.sentences
    if work.untranslated:  # a few English paragraphs in a foreign document do not stand for it
        return summarise.in_own_language(work.sentences), ()
    if work.written:
        source = Source(work.english, work.document.title, vectors)
        found = written.checked(work.written, source, run.models.embedder.embed, count, engine, signatures.minilm())
        return found.points, found.replaced
    return summarise.summarise(work.english, vectors, count, signatures.minilm(), about), ()


def replacement(work: Work, replaced: Sequence[str]) -> tuple[Notice, ...]:
    """What the reader is told of sentences that were replaced."""
    if not replaced:
        return ()
    many = (
        f"{len(replaced)} sentences that the model wrote are"
        if len(replaced) > 1
        else "One sentence that the model wrote is"
    )
    return (
        Notice(
            work.document.path,
            "summary",
            f"{many} not held by the document, for instance: “{short(replaced[0])}”",
            "The summary shows the document's own nearest sentence instead.",
        ),
    )


def encode(points: Sequence[Point], replaced: Sequence[str]) -> dict[str, Any]:
    """The form in the store: of each point text, where its evidence begins, support, whether a model wrote it."""
    rows = [[one.text, [s.start for s in one.evidence], one.support, one.engine.name == SEQ2SEQ] for one in points]
    return {"points": rows, "replaced": list(replaced)}


def decode(
    value: Any, engine: EngineSignature, by_start: Mapping[int, Sentence]
) -> tuple[tuple[Point, ...], tuple[str, ...]]:
    """What `encode` wrote."""
    points = tuple(
        Point(text, engine if wrote else signatures.minilm(), tuple(by_start[start] for start in starts), support)
        for text, starts, support, wrote in value["points"]
    )
    return points, tuple(value["replaced"])
