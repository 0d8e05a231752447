from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders import ENGLISH, FRENCH, ICE, PORTUGUESE, Engines, Steps, write_corpus

from digest.config import BriefSettings, Config, SummarySettings
from digest.pipeline.batches import Processed, digest_documents
from digest.pipeline.reading import Corpus
from digest.pipeline.work import Models, Request, Run
from digest.store import Store

CONFIG = Config(topics=(ICE,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_corpus(tmp_path, english=ENGLISH, french=FRENCH, portuguese=PORTUGUESE)


def digested(folder: Path, store: Store, config: Config = CONFIG) -> Processed:
    with Corpus(Request(folder, folder, folder, date(2026, 3, 9)), config, store) as corpus:
        listed, _ = corpus.survey(Steps())
        return digest_documents(corpus, listed, Run(config, store, Steps(), Models()))


def test_what_the_store_has_is_the_same_as_what_was_computed(folder: Path, store: Store, counted: Engines):
    first = digested(folder, store)
    counted.calls()
    assert digested(folder, store) == first
    assert counted.calls() == {"embedded": [], "translated": [], "parsed": []}
    assert [one.document.path for one in first.digested] == ["english.txt", "french.txt", "portuguese.txt"]


def test_batches_of_one_give_what_one_batch_gives(
    folder: Path, store: Store, counted: Engines, monkeypatch: pytest.MonkeyPatch
):
    together = digested(folder, store)
    monkeypatch.setattr("digest.pipeline.batches.BATCH", 1)
    assert digested(folder, Store.in_memory()) == together


def test_results_carry_their_sentences_and_not_the_whole_text(folder: Path, store: Store, counted: Engines):
    for one in digested(folder, store).digested:
        assert one.document.text == ""
        assert all(point.evidence[0].text for point in one.summary)


def test_the_looks_of_the_brief_are_no_reason_to_compute_anew(folder: Path, store: Store, counted: Engines):
    digested(folder, store)
    counted.calls()
    digested(folder, store, Config(brief=BriefSettings(title="Another"), topics=(ICE,)))
    assert counted.calls() == {"embedded": [], "translated": [], "parsed": []}
    digested(folder, store, Config(summary=SummarySettings(sentences=5), topics=(ICE,)))
    assert counted.calls()["embedded"]


def test_a_model_that_has_come_since_translates_what_had_none(
    folder: Path, store: Store, counted: Engines, monkeypatch: pytest.MonkeyPatch
):
    from digest import routes

    find = routes.find_route
    monkeypatch.setattr(routes, "find_route", lambda *asked: None)
    before = digested(folder, store)
    assert [one.untranslated for one in before.digested] == [False, True, True]
    counted.calls()
    monkeypatch.setattr(routes, "find_route", find)
    after = digested(folder, store)
    assert [one.untranslated for one in after.digested] == [False, True, False]
    assert counted.calls()["translated"]


def test_a_result_that_somebody_has_tampered_with_is_computed_anew(folder: Path, store: Store, counted: Engines):
    first = digested(folder, store)
    store._connection.execute("UPDATE result SET value = ? WHERE kind = 'digested'", (b"=no values",))
    assert digested(folder, store).digested == first.digested
