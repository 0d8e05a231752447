"""What makes two sentences the same, and what tells them apart whatever they have in common."""

from __future__ import annotations

import numpy as np
import pytest

from digest import likeness
from digest.likeness import features


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norway will send two ships to the patrol.", "Norway will send five ships to the patrol."),
        ("The levy will be 3 per cent of the turnover.", "The levy will be 4 per cent of the turnover."),
        ("The minister spoke with Anna Holm in Cork.", "The minister spoke with Erik Lund in Cork."),
        ("Norway will pay into the fund.", "Norway will not pay into the fund."),
        ("Norway supports the fund.", "Norway refuses the fund."),
    ],
)
def test_other_numbers_names_or_a_negation_tell_sentences_apart(one: str, other: str):
    assert likeness.differ(features(one), features(other))
    assert not likeness.same_words(features(one), features(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norway will send 2 ships.", "Norway will send two ships."),
        ("Norway said on 3 March that it would pay.", "Norway said on Tuesday that it would pay."),
        ("Norway will pay, Foreign Minister Holm said.", "Norway will pay, the minister said."),
        ("The fund is welcome, Oslo said.", "The fund is welcome, the government said."),
    ],
)
def test_a_number_in_words_a_date_an_office_and_a_name_that_one_leaves_out_tell_nothing_apart(one: str, other: str):
    assert not likeness.differ(features(one, ("Norway", "Oslo")), features(other, ("Norway", "Oslo")))


def test_a_quotation_is_the_same_within_a_longer_one_from_four_words_on():
    long = features("“We will not send a single ship before winter,” he said.")
    assert likeness.same_quotation(long, features("She said: “not send a single ship before winter”."))
    assert not likeness.same_quotation(long, features("He said “a single ship” and left."))
    assert not likeness.same_quotation(long, features("He said “not send a single crew before winter”."))


def test_kept_embeddings_give_nearly_the_cosines_of_the_full_ones():
    vectors = np.random.default_rng(1).standard_normal((40, 384)).astype(np.float32)
    vectors += 0.8 * vectors[0]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    kept = likeness.unpacked([likeness.packed(vectors)], 40)
    assert kept is not None
    assert len(likeness.packed(vectors)) == 40 * 384
    assert np.abs(kept @ kept.T - vectors @ vectors.T).max() < 0.01


def test_embeddings_that_are_not_there_or_not_as_many_are_none():
    assert likeness.packed(np.zeros((0, 384), dtype=np.float32)) == b""
    assert likeness.unpacked([b""], 3) is None
    assert likeness.unpacked([b"abcde"], 2) is None
