"""What travels between the steps of a run: the request, a document on its way, the engines, the outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from digest import engines, memory, relevance
from digest.config import Config
from digest.model import Brief, Document, EngineSignature, Notice, Point, Position, Sentence
from digest.routes import Route
from digest.store import Store
from digest.weights.download import Network

if TYPE_CHECKING:
    from digest.engines.seq2seq import Seq2Seq


class Progress(Protocol):
    """Shows how far a stage is. `stage` gives a context whose value is called with the number of items just done."""

    def stage(self, label: str, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """Begin a stage of `total` items."""


@dataclass(frozen=True, slots=True)
class Request:
    """What one run is asked to do. `template` is a checked file; `since` and `until` are inclusive.

    Without a period the issue covers what no earlier issue has covered; with `everything`, all of the corpus. `undated`
    says whether documents without a date belong to a period asked for. With `force` the issue of that day is replaced.
    `only` are the ids of the documents of an issue that is made again; a period then only says what the issue covers.
    With `recalled` nothing is computed: NotRecalledError where the store has not all results.
    """

    corpus: Path
    out: Path
    template: Path
    issued: date
    since: date | None = None
    until: date | None = None
    everything: bool = False
    undated: bool = True
    dry_run: bool = False
    force: bool = False
    only: frozenset[str] | None = None
    recalled: bool = False
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """A brief in numbers: documents, their words, how many by language, translated and not, positions by holder."""

    documents: int
    words: int
    languages: tuple[tuple[str, int], ...]
    translated: int
    untranslated: int
    positions: tuple[tuple[str, int], ...]
    notices: tuple[Notice, ...]
    themes: tuple[str, ...] = ()
    """Names of the topics that were found by machine."""

    @classmethod
    def of(cls, brief: Brief) -> Tally:
        """What a brief comes to."""
        languages = Counter(source.language.code for source in brief.sources)
        return cls(
            documents=len(brief.sources),
            words=sum(source.words for source in brief.sources),
            languages=tuple(languages.most_common()),
            translated=sum(source.translated_by is not None for source in brief.sources),
            untranslated=sum(source.untranslated for source in brief.sources),
            positions=tuple((holder.name, len(holder.all_entries())) for holder in brief.holders),
            notices=brief.notices,
            themes=tuple(topic.name for topic in brief.topics if topic.found),
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run: the brief in numbers and as it is, and the files written (none on a dry run).

    `brief` is None where the very same one had been written before and lies there. `skipped` counts the documents of
    the corpus that are not of this issue.
    """

    tally: Tally
    brief: Brief | None
    docx: Path | None
    json: Path | None
    skipped: int


@dataclass(slots=True)
class Work:
    """One document on its way through the stages."""

    document: Document
    sentences: list[Sentence]
    translated_by: str | None = None
    untranslated: bool = False
    summary: tuple[Point, ...] | None = None
    positions: tuple[Position, ...] | None = None
    meanings: bytes = b""
    written: tuple[str, ...] | None = None
    """What a model wrote as a summary, sentence by sentence, before it is checked."""
    engines: dict[str, EngineSignature] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Whether summary and positions are there."""
        return self.summary is not None and self.positions is not None

    def used(self, *signatures: EngineSignature) -> None:
        """Note which engines had to do with this document."""
        self.engines |= {signature.key(): signature for signature in signatures}

    @property
    def english(self) -> list[Sentence]:
        """The sentences that are, or have become, English."""
        return [sentence for sentence in self.sentences if sentence.english]


class Models:
    """The engines that come with pip, each loaded when first needed and then kept for every batch of documents."""

    @cached_property
    def embedder(self) -> engines.Embedder:
        """MiniLM."""
        return engines.load_embedder()

    @cached_property
    def parser(self) -> Any:
        """The English parser."""
        from digest.engines.parser import EnglishParser

        return EnglishParser()

    @cached_property
    def judge(self) -> engines.Judge | None:
        """The classifier of positions. None in a subclass that lets the rules decide."""
        from digest.positions.cases import FINGERPRINT

        return engines.load_judge(FINGERPRINT)

    def summarizer(self, folder: Path | None) -> Seq2Seq:
        """The model that writes summaries, loaded once. Raises EngineError where it is not on this machine."""
        from digest.engines.seq2seq import Seq2Seq

        if self._summarizer is None:
            self._summarizer = Seq2Seq.load(folder)
        return self._summarizer

    def translator(self, route: Route, folder: Path | None) -> engines.Translator:
        """The engine of a route, loaded once. Raises EngineError where it cannot be loaded."""
        if route not in self._translators:
            self._translators[route] = engines.load_translator(route.engine, route.model, folder)
        return self._translators[route]

    def release(self) -> None:
        """Let go of all that was loaded, and give its memory back: what is needed again is loaded again."""
        if self.__dict__:
            self.__dict__.clear()
            memory.give_back()

    _summarizer: Seq2Seq | None = None

    @cached_property
    def _translators(self) -> dict[Route, engines.Translator]:
        return {}


class Run:
    """What the steps share: settings, store and engines."""

    def __init__(
        self, config: Config, store: Store, progress: Progress, models: Models, network: Network | None = None
    ) -> None:
        self.config, self.store, self.progress, self.models = config, store, progress, models
        self.network = network or Network(allowed=False, why="this step needs none")
        """Where a missing model may be fetched from."""
        self.told: list[Notice] = []
        """What the run itself has to tell, beside its documents."""
        self.folder = Path(config.translation.models) if config.translation.models else None
        """Where the analyst keeps translation models."""
        self.routes: dict[str, Route | None] = {}
        """The way into English from each language met so far."""

    def for_topics(self, config: Config) -> Run:
        """The same run, its engines and ways known, with the settings completed by topics that it has found itself."""
        run = Run(config, self.store, self.progress, self.models, self.network)
        run.routes = self.routes
        return run

    @cached_property
    def topic_vectors(self) -> NDArray[np.float32]:
        """The embeddings of the topics, one row each."""
        return self.models.embedder.embed([relevance.topic_text(topic) for topic in self.config.topics])


def short(text: str) -> str:
    """The beginning of a text, for a notice: at most 80 characters, cut between words."""
    words = " ".join(text.split())
    return words if len(words) <= 80 else words[:80].rsplit(" ", 1)[0] + " …"
