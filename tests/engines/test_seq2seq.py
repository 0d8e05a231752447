from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import bart
import pytest

from digest.engines import has_summarizer, precision, summarizer_signature
from digest.engines.seq2seq import MODEL, Seq2Seq, limits
from digest.errors import EngineError
from digest.summarise.written import pieces

TEXTS = [bart.text(random.Random(number), 2 + number % 3) for number in range(40)]
FIRST = [text.split(". ")[0].rstrip(".") + "." for text in TEXTS]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("models")
    bart.build(place / MODEL)
    return place


@pytest.fixture(scope="module")
def model(folder: Path) -> Seq2Seq:
    return Seq2Seq(folder / MODEL, "fp32")


def test_a_trained_model_writes_what_it_learnt_in_whatever_batches(model: Seq2Seq):
    made = model.write(TEXTS)
    right = sum(one == other for one, other in zip(made, FIRST, strict=True))
    assert right >= 0.9 * len(TEXTS)
    assert [model.write([text])[0] for text in TEXTS[:6]] == made[:6]


@pytest.mark.parametrize("numbers", precision.CHOICES)
def test_other_numbers_write_the_same(folder: Path, numbers: str):
    made = Seq2Seq(folder / MODEL, numbers).write(TEXTS)
    assert sum(one == other for one, other in zip(made, FIRST, strict=True)) >= 0.85 * len(TEXTS)


def test_what_was_written_before_an_interruption_is_kept(model: Seq2Seq):
    kept: dict[int, str] = {}

    def stop_after_the_first(done: dict[int, str]) -> None:
        kept.update(done)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        model.write(TEXTS, stop_after_the_first)
    assert 0 < len(kept) < len(TEXTS)
    whole = model.write(TEXTS)
    assert all(whole[index] == text for index, text in kept.items())


def test_long_documents_are_cut_between_sentences_and_overlap(model: Seq2Seq):
    texts = [bart.sentence(random.Random(number)) for number in range(60)]
    cut = pieces(texts, model.length, model.longest)
    assert cut[0][0] == 0
    assert cut[-1][1] == len(texts)
    assert all(before[1] - 2 == after[0] for before, after in pairwise(cut))
    assert all(model.length(" ".join(texts[first:last])) <= model.longest for first, last in cut)


def test_a_sentence_that_is_too_long_is_a_piece_and_is_cut_by_the_model(model: Seq2Seq):
    endless = "Norway " * 500
    assert pieces([endless, "Peru waits."], model.length, model.longest) == [(0, 1), (1, 2)]
    assert len(model.write([endless, ""])) == 2


def test_nothing_gives_nothing_and_what_is_written_is_no_longer_than_its_share():
    assert limits(1_000) == (30, 142)
    assert limits(20) == (4, 12)
    assert pieces([], len, 10) == []


def test_a_missing_model_is_an_error_that_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    assert not has_summarizer(tmp_path)
    with pytest.raises(EngineError, match="models fetch summary"):
        summarizer_signature(tmp_path)
    (tmp_path / MODEL).mkdir()
    (tmp_path / MODEL / "config.json").write_text("{", encoding="utf-8")
    (tmp_path / MODEL / "model.safetensors").write_bytes(b"x")
    with pytest.raises(EngineError, match="cannot be loaded"):
        Seq2Seq.load(tmp_path)
