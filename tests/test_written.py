from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import bart
import pytest
from builders import ENGINE, document, sentences

from benchmarks.stages import Silent
from digest import pipeline
from digest.config import Config, SummarySettings, TranslationSettings
from digest.engines import Embedder
from digest.engines.seq2seq import MODEL, Seq2Seq
from digest.faithfulness import Source
from digest.model import EngineSignature
from digest.store import Store
from digest.summarise.written import checked

WRITER = EngineSignature("summary", "seq2seq", "toy", "1", "MIT")
FOUND = sentences(
    "Norwegian Minister Astrid Nygaard said on 4 May that 12 ships may leave Bergen.",
    "Malta has not signed the treaty on the pumps.",
    "A choir sang in the harbour.",
)


def source(embedder: Embedder) -> Source:
    return Source(FOUND, "", embedder.embed([one.text for one in FOUND]))


def test_a_written_sentence_that_is_held_stays_with_its_evidence(embedder: Embedder):
    claim = "Twelve ships may leave Bergen, Norway's minister Astrid Nygaard said on May 4."
    made = checked([claim], source(embedder), embedder.embed, 4, WRITER, ENGINE)
    assert made.replaced == ()
    (point,) = made.points
    assert (point.text, point.engine) == (claim, WRITER)
    assert point.evidence[0] == FOUND[0]
    assert 0 < point.support <= 1


@pytest.mark.parametrize(
    "claim",
    [
        "Norwegian Minister Astrid Nygaard said on 4 May that 12 ships will leave Bergen.",
        "Swedish Minister Astrid Nygaard said on 4 May that 12 ships may leave Bergen.",
        "Norwegian Minister Astrid Nygaard said on 4 May that 21 ships may leave Bergen.",
    ],
)
def test_a_written_sentence_that_is_not_held_is_replaced_by_the_documents_own_and_listed(
    embedder: Embedder, claim: str
):
    made = checked([claim], source(embedder), embedder.embed, 4, WRITER, ENGINE)
    assert made.replaced == (claim,)
    (point,) = made.points
    assert (point.text, point.engine, point.evidence) == (FOUND[0].text, ENGINE, (FOUND[0],))


def test_nothing_is_said_twice_and_the_order_is_that_of_the_document(embedder: Embedder):
    claims = [FOUND[1].text, FOUND[0].text, FOUND[1].text, "Malta has not signed the treaty about the pumps."]
    made = checked(claims, source(embedder), embedder.embed, 4, WRITER, ENGINE)
    assert [point.evidence[0] for point in made.points] == [FOUND[0], FOUND[1]]
    assert checked([], source(embedder), embedder.embed, 4, WRITER, ENGINE).points == ()


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("models")
    bart.build(place / MODEL)
    return place


def test_a_run_with_the_model_writes_checks_and_says_who_wrote_what(models: Path, monkeypatch: pytest.MonkeyPatch):
    text = "Norway lends ships to Accra. Ghana sends pumps to Lima. Malta buys cables to Rabat."
    files = [replace(document(f"{n}.txt", text=text.replace("ships", thing)), title="") for n, thing in
             enumerate(("ships", "trucks", "cables"))]  # fmt: skip
    config = Config(summary=SummarySettings(engine="seq2seq"), translation=TranslationSettings(models=str(models)))
    store = Store.in_memory()
    loaded, write = [], Seq2Seq.write

    def counted(self: Seq2Seq, pieces: list[str], *more: object) -> list[str]:
        loaded.append(len(pieces))
        return write(self, pieces, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Seq2Seq, "write", counted)
    results = [list(pipeline.process(files, config, store, Silent()).digested) for _ in range(2)]
    assert sum(loaded) > 0
    assert loaded[1:] in ([], [0])
    for one in results[0]:
        assert one.summary
        assert {point.engine.name for point in one.summary} <= {"seq2seq", "extractive"}
        assert all(point.evidence for point in one.summary)
    assert any(point.engine.name == "seq2seq" for one in results[0] for point in one.summary)
    assert [one.summary for one in results[0]] == [one.summary for one in results[1]]
