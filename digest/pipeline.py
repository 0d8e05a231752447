"""The only place that knows the order of the stages: read, detect, cut, translate, summarise, extract, compose, write.

Each step asks the store first. Models are loaded when the first document needs them, and not at all when none does.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from digest import (
    briefjson,
    compose,
    engines,
    issues,
    language,
    outfile,
    readers,
    relevance,
    sentences,
    summarise,
    translate,
)
from digest.compose import Digested, Frame
from digest.config import Config
from digest.engines import signatures
from digest.errors import ConfigError, NothingReadError, OutputError, ReadError
from digest.model import (
    UNDETERMINED,
    Brief,
    Document,
    EngineSignature,
    Language,
    Notice,
    Point,
    Position,
    Sentence,
    Translation,
)
from digest.paragraphs import paragraphs
from digest.positions import codec, names
from digest.preflight import DEFAULT_LIMITS, MEGABYTE, Limits
from digest.readers.guard import Guard
from digest.store import Store, code_version, key_of
from digest.translate import Route


class Progress(Protocol):
    """Shows how far a stage is. `stage` gives a context whose value is called with the number of items just done."""

    def stage(self, label: str, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """Begin a stage of `total` items."""


@dataclass(frozen=True, slots=True)
class Request:
    """What one run is asked to do. `template` is a checked file; `since` and `until` are inclusive."""

    corpus: Path
    out: Path
    template: Path
    issued: date
    since: date | None = None
    until: date | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run: the brief, and the files written (none on a dry run)."""

    brief: Brief
    docx: Path | None
    json: Path | None
    skipped: int


@dataclass(slots=True)
class _Work:
    """One document on its way through the stages."""

    document: Document
    sentences: list[Sentence]
    translated_by: str | None = None
    untranslated: bool = False
    summary: tuple[Point, ...] | None = None
    positions: tuple[Position, ...] | None = None

    @property
    def english(self) -> list[Sentence]:
        """The sentences that are, or have become, English."""
        return [sentence for sentence in self.sentences if sentence.english]


def make_brief(request: Request, config: Config, store: Store, progress: Progress) -> Outcome:
    """Read the corpus and write the brief with its JSON.

    Raises NothingReadError when no document could be read, ConfigError for a country that is not known, OutputError
    when the result cannot be written. Everything computed before an error or an interruption is in the store.
    """
    codes = country_codes(config)
    documents, notices = read_corpus(request, progress, _limits(config))
    chosen = [document for document in documents if _in_period(document, request)]
    if not chosen:
        raise NothingReadError(_nothing(request, documents, notices))
    run = _Run(config, store, progress, notices)
    works = run.detect_and_cut(chosen)
    run.translate_all(works)
    run.digest_all(works)
    digested = [_digested(work) for work in works]
    brief = _compose(request, config, codes, run, digested)
    skipped = len(documents) - len(chosen)
    if request.dry_run:
        return Outcome(brief, None, None, skipped)
    with progress.stage("Writing", 1) as advance:
        docx, beside = write(brief, compose.merged_away(brief, digested), request)
        advance(1)
    return Outcome(brief, docx, beside, skipped)


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


# --- reading ---------------------------------------------------------------------------------------------------------


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


def _limits(config: Config) -> Limits:
    settings = config.reading
    return Limits(
        file_bytes=settings.file_megabytes * MEGABYTE,
        text_characters=settings.text_characters,
        pages=settings.pages,
        seconds=float(settings.seconds),
    )


def _in_period(document: Document, request: Request) -> bool:
    """Undated documents are always in: leaving one out on a guess would lose it."""
    day = document.published
    if day is None:
        return True
    return (request.since is None or day >= request.since) and (request.until is None or day <= request.until)


def _nothing(request: Request, documents: Sequence[Document], notices: Sequence[Notice]) -> str:
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


# --- one run ---------------------------------------------------------------------------------------------------------


class _Run:
    """The engines of one run, loaded when first needed, and what the run has to report."""

    def __init__(self, config: Config, store: Store, progress: Progress, notices: list[Notice]) -> None:
        self.config, self.store, self.progress, self.notices = config, store, progress, notices
        self.engines: dict[str, EngineSignature] = {}
        self._models = Path(config.translation.models) if config.translation.models else None

    @cached_property
    def embedder(self) -> engines.Embedder:
        """MiniLM, loaded once."""
        return engines.load_embedder()

    @cached_property
    def parser(self) -> Any:
        """The English parser, loaded once."""
        from digest.engines.parser import EnglishParser

        return EnglishParser()

    # --- language and sentences

    def detect_and_cut(self, documents: Sequence[Document]) -> list[_Work]:
        """Each document with its language and its sentences; furniture takes no part."""
        works = []
        with self.progress.stage("Detecting", len(documents)) as advance:
            for document in documents:
                works.append(self._cut(document))
                advance(1)
        return works

    def _cut(self, document: Document) -> _Work:
        spans = paragraphs(document.text)
        bodies = [_without_furniture(document, start, end) for start, end in spans]
        whole, own = self._languages(bodies)
        document = replace(document, language=whole)
        cut = sentences.split(document.text, document.furniture, whole.code)
        made = [
            Sentence(
                document.id,
                span.start,
                span.end,
                document.text[span.start : span.end],
                own[span.paragraph].code,
                span.paragraph,
            )
            for span in cut
        ]
        return _Work(document, made)

    def _languages(self, bodies: Sequence[str]) -> tuple[Language, list[Language]]:
        key = key_of(code_version("digest"), *bodies)
        known = self.store.get("language", key)
        if known is None:
            whole, own = language.detect_document(bodies)
            known = [[one.code, one.confidence] for one in (whole, *own)]
            self.store.put("language", [(key, known)])
        whole, *rest = (Language(code, confidence) for code, confidence in known)
        return whole, rest

    # --- translation

    def translate_all(self, works: Sequence[_Work]) -> None:
        """Fill in the translations, all sentences of a language together; a language without a route is a notice."""
        for code in sorted({s.language for work in works for s in work.sentences} - {"en"}):
            route = (
                translate.find_route(code, self.config.translation.engines, self._models)
                if code != UNDETERMINED
                else None
            )
            if route is None:
                self._no_route(code, works)
            else:
                self._translate_language(code, route, works)
        self._report_doubts(works)

    def _no_route(self, code: str, works: Sequence[_Work]) -> None:
        for work in works:
            if work.document.language.code != code:
                self._passages_left_out(code, work)
                continue
            work.untranslated = True
            if code == UNDETERMINED:
                reason = "Its language could not be told, so it was not translated"
                advice = "Read it yourself: the brief shows its first sentences as they are."
            else:
                reason = f"There is no translation model for its language ({code}) on this machine"
                advice = "Read it yourself: the brief shows how it begins. See README, “Working offline”."
            self.notices.append(Notice(work.document.path, "translation", reason + ".", advice))

    def _passages_left_out(self, code: str, work: _Work) -> None:
        passages = [sentence for sentence in work.sentences if sentence.language == code]
        if passages:
            count = f"{len(passages)} of its sentences are" if len(passages) > 1 else "One of its sentences is"
            reason = f"{count} in another language ({code}) that was not translated: “{_short(passages[0].text)}”"
            advice = "Read that part yourself: neither summary nor positions take account of it."
            self.notices.append(Notice(work.document.path, "translation", reason, advice))

    def _translate_language(self, code: str, route: Route, works: Sequence[_Work]) -> None:
        wanted = [(work, i) for work in works for i, s in enumerate(work.sentences) if s.language == code]
        signature = translate.signature_of(route)
        version = code_version("digest", "digest.data", "digest.guards")
        keys = [key_of(signature.key(), version, work.sentences[i].text) for work, i in wanted]
        found: dict[str, Translation] = {}
        for key in keys:
            stored = self.store.get("translation", key)
            if stored is not None:
                found[key] = Translation(stored[0], signature, tuple(stored[1]))
        missing = {key: work.sentences[i].text for key, (work, i) in zip(keys, wanted, strict=True) if key not in found}
        if missing:
            found |= self._translate_new(code, route, missing)
        self.engines[signature.key()] = signature
        for key, (work, i) in zip(keys, wanted, strict=True):
            work.sentences[i] = replace(work.sentences[i], translation=found[key])
            if work.document.language.code == code:
                work.translated_by = signature.name

    def _translate_new(self, code: str, route: Route, missing: dict[str, str]) -> dict[str, Translation]:
        made: dict[str, Translation] = {}
        pairs = sorted(missing.items(), key=lambda pair: len(pair[1]))
        keys = [key for key, _ in pairs]
        with self.progress.stage(f"Translating {code}", len(pairs)) as advance:

            def keep(batch: list[Translation]) -> None:
                fresh = dict(zip(keys[len(made) :], batch, strict=False))
                self.store.put("translation", [(key, [one.text, list(one.flags)]) for key, one in fresh.items()])
                made.update(fresh)
                advance(len(batch))

            translate.translate([text for _, text in pairs], route, self._models, keep)
        return made

    def _report_doubts(self, works: Sequence[_Work]) -> None:
        for work in works:
            doubtful = [s for s in work.sentences if s.translation and s.translation.flags]
            if doubtful:
                count = f"{len(doubtful)} of its sentences are" if len(doubtful) > 1 else "One of its sentences is"
                self.notices.append(
                    Notice(
                        work.document.path,
                        "translation",
                        f"{count} doubtful in translation, for instance: “{_short(doubtful[0].text)}” "
                        f"({'; '.join(doubtful[0].translation.flags if doubtful[0].translation else ())}).",
                        "Compare with the original, which stands beside each translated statement.",
                    )
                )

    # --- summaries and positions

    def digest_all(self, works: Sequence[_Work]) -> None:
        """Fill in summaries and positions, from the store where nothing has changed."""
        summary, parser = signatures.minilm(), signatures.spacy_small()
        for work in works:
            self._recall(work, summary, parser)
        if any(work.translated_by or not work.untranslated for work in works):
            self.engines |= {summary.key(): summary, parser.key(): parser}
        if any(work.untranslated for work in works):
            self.engines[summarise.LEAD.key()] = summarise.LEAD
        new = [work for work in works if work.summary is None or work.positions is None]
        if not new:
            return
        with self.progress.stage("Summarising and reading positions", len(new)) as advance:
            for work in new:
                self._digest(work, summary, parser)
                advance(1)

    def _keys(self, work: _Work, summary: EngineSignature, parser: EngineSignature) -> tuple[str, str]:
        """What a summary and what the positions of a document depend on."""
        texts = [f"{s.start}:{s.end}:{s.language}:{s.english}" for s in work.sentences]
        base = key_of(work.document.id, work.document.title, *texts)
        topics = [f"{topic.id}|{topic.name}|{'|'.join(topic.words)}" for topic in self.config.topics]
        version = code_version("digest", "digest.data", "digest.engines", "digest.positions", "digest.readers")
        dating = f"{work.document.dating.published}|{work.document.dating.not_before}"
        return (
            key_of(base, summary.key(), version, str(self.config.summary.sentences)),
            key_of(base, parser.key(), summary.key(), version, dating, *topics),
        )

    def _recall(self, work: _Work, summary: EngineSignature, parser: EngineSignature) -> None:
        keys = self._keys(work, summary, parser)
        if work.untranslated and not work.english:
            work.summary, work.positions = summarise.lead(work.sentences), ()
            return
        points = self.store.get("summary", keys[0])
        found = self.store.get("positions", keys[1])
        by_start = {sentence.start: sentence for sentence in work.sentences}
        if points is not None:
            work.summary = tuple(Point(text, summary, (by_start[start],), support) for text, start, support in points)
        if found is not None:
            work.positions = tuple(codec.decode(row, by_start) for row in found)

    def _digest(self, work: _Work, summary: EngineSignature, parser: EngineSignature) -> None:
        keys = self._keys(work, summary, parser)
        english = work.english
        vectors = self.embedder.embed([sentence.english or "" for sentence in english])
        if work.summary is None:
            if work.untranslated:  # a few English paragraphs in a foreign document do not stand for it
                work.summary = summarise.lead(work.sentences)
            else:
                work.summary = summarise.summarise(english, vectors, self.config.summary.sentences, summary)
            rows = [[p.text, p.evidence[0].start, p.support] for p in work.summary]
            if not work.untranslated:
                self.store.put("summary", [(keys[0], rows)])
        if work.positions is None:
            work.positions = self._positions(work, english, vectors)
            self.store.put("positions", [(keys[1], [codec.encode(position) for position in work.positions])])

    def _positions(
        self, work: _Work, english: Sequence[Sentence], vectors: NDArray[np.float32]
    ) -> tuple[Position, ...]:
        from digest import positions

        if not english:
            return ()
        scores = relevance.relevance(english, vectors, self.config.topics, self._topic_vectors)
        docs = self.parser.parse([sentence.english or "" for sentence in english])
        heading = " ".join((work.document.title, work.document.publisher or "", work.document.text[:300]))
        setting = positions.Setting(work.document.dating, heading, _questions(work.document))
        return tuple(positions.extract(english, docs, self.config.topics, scores, setting))

    @cached_property
    def _topic_vectors(self) -> NDArray[np.float32]:
        return self.embedder.embed([relevance.topic_text(topic) for topic in self.config.topics])


_LONGEST_QUESTION = 300


def _questions(document: Document) -> frozenset[int]:
    """The numbers of the paragraphs that are a question, as in an interview."""
    return frozenset(
        number
        for number, (start, end) in enumerate(paragraphs(document.text))
        if end - start < _LONGEST_QUESTION and document.text[start:end].rstrip('*_ "”»').endswith(("?", "？", "؟"))
    )


def _without_furniture(document: Document, start: int, end: int) -> str:
    """A paragraph's text with its furniture left out: what language detection looks at."""
    kept, position = [], start
    for piece in document.furniture:
        if piece.end <= start or piece.start >= end:
            continue
        kept.append(document.text[position : max(position, piece.start)])
        position = max(position, min(piece.end, end))
    kept.append(document.text[position:end])
    return "".join(kept)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else words[:80].rsplit(" ", 1)[0] + " …"


# --- the brief -------------------------------------------------------------------------------------------------------


def _digested(work: _Work) -> Digested:
    words = sum(len(sentence.text.split()) for sentence in work.sentences)
    return Digested(
        work.document, words, work.summary or (), work.positions or (), work.translated_by, work.untranslated
    )


def _compose(
    request: Request, config: Config, codes: tuple[str, ...], run: _Run, digested: Sequence[Digested]
) -> Brief:
    past = issues.past_issues(request.out)
    number, previous = issues.number_for(request.issued, past)
    last = issues.last_before(request.issued, past)
    frame = Frame(
        title=config.brief.title,
        issued=request.issued,
        issue=number,
        previous=previous,
        period=(request.since, request.until),
        classification=config.brief.classification,
        author=config.brief.author,
        template=request.template.name,
        language=config.brief.language,
        topics=config.topics,
        countries=codes,
        stood=last.stances if last else {},
    )
    held = {position.holder for one in digested for position in one.positions} | set(codes)
    kinds = {code: names.holder_kind(code) for code in held}
    called = {code: names.holder_name(code) for code in held}
    return compose.compose(digested, frame, list(run.engines.values()), _with_trouble(run), kinds, called)


def _with_trouble(run: _Run) -> Sequence[Notice]:
    if run.store.trouble:
        reason = f"Results could not be kept for the next run ({run.store.trouble})."
        run.notices.append(Notice("", "store", reason, "Free some disk space; this brief is complete."))
    return run.notices


def write(brief: Brief, also: tuple[Position, ...], request: Request) -> tuple[Path, Path]:
    """Write the brief and its JSON under one name; an issue that is there already is left as it is.

    Where the same brief (the same bytes) lies there already, nothing is written. `also` are the positions merged into
    others, for the JSON. Raises OutputError, and then neither of the two files is left.
    """
    from digest.word import render

    data, beside = render.render(brief, request.template), briefjson.to_json(brief, also)
    outfile.make_folder(request.out)
    name = f"{brief.issued:%Y-%m-%d}-brief"
    for path in sorted(request.out.glob(f"{name}*.docx")):
        if _same_there(path, data) and _same_there(path.with_suffix(".json"), beside):
            return path, path.with_suffix(".json")
    docx = outfile.write_bytes(outfile.free_name(request.out / f"{name}.docx", (".json",)), data, overwrite=False)
    try:
        return docx, outfile.write_bytes(docx.with_suffix(".json"), beside, overwrite=False)
    except (OutputError, KeyboardInterrupt):
        docx.unlink(missing_ok=True)
        raise


def _same_there(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
