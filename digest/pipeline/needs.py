"""Which languages a corpus is written in, so that the models it needs can be told. Nothing is translated."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from digest import issues
from digest.config import Config
from digest.errors import ReadError
from digest.model import UNDETERMINED
from digest.pipeline.analyst import words_on
from digest.pipeline.cutting import detect_and_cut
from digest.pipeline.reading import Corpus, as_corrected
from digest.pipeline.work import Models, Progress, Request, Run
from digest.store import Store

_TOGETHER = 50


@dataclass(frozen=True, slots=True)
class Need:
    """A language of the corpus: how many documents are in it, and how many sentences of all documents."""

    language: str
    documents: int
    sentences: int


def needs(request: Request, config: Config, store: Store, progress: Progress) -> tuple[Need, ...]:
    """The languages of the corpus beside English, the most frequent first.

    Raises ConfigError where the file of corrections has a slip.
    """
    documents, sentences = Counter[str](), Counter[str]()
    followed = config.topics or issues.themes_of(issues.past_issues(request.out, store))
    run = Run(config, store, progress, Models())
    with Corpus(request, config, store) as corpus:
        listed, _ = corpus.survey(progress)
        waiting = iter(as_corrected(listed, words_on(request, followed).by_path()))
        while batch := list(islice(waiting, _TOGETHER)):
            loaded = []
            for one in batch:
                try:
                    loaded.append(corpus.load(one))
                except ReadError:  # the run itself tells it, with what to do
                    continue
            for work in detect_and_cut(run, loaded):
                documents[work.document.language.code] += 1
                sentences.update(sentence.language for sentence in work.sentences)
    codes = sorted(set(sentences) - {"en", UNDETERMINED}, key=lambda code: (-sentences[code], code))
    return tuple(Need(code, documents[code], sentences[code]) for code in codes)
