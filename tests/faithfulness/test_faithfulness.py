from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from builders import sentences

from digest.engines import Embedder
from digest.faithfulness import Source, support, threshold

CASES = json.loads((Path(__file__).parent.parent / "cases" / "faithfulness.json").read_text(encoding="utf-8"))
TRUE = [(case["source"], claim) for case in CASES for claim in case["true"]]
FALSE = [(case["source"], claim, kind) for case in CASES for kind, claim in case["false"].items()]
SOURCE = CASES[0]["source"]


@pytest.mark.parametrize(("source", "claim"), TRUE, ids=[claim for _, claim in TRUE])
def test_a_true_claim_in_other_words_is_supported(source: list[str], claim: str):
    found = support(claim, sentences(*source))
    assert found.holds, (found.score, found.problems)


@pytest.mark.parametrize(("source", "claim", "kind"), FALSE, ids=[claim for _, claim, _ in FALSE])
def test_a_planted_fault_is_refused_and_named(source: list[str], claim: str, kind: str):
    found = support(claim, sentences(*source))
    assert not found.holds, kind
    assert found.problems


def test_a_sentence_of_the_source_supports_itself_and_is_its_first_evidence():
    source = sentences(*SOURCE)
    for one in source:
        found = support(one.text, source)
        assert found.holds
        assert not found.problems
        assert found.evidence[0] == one


def test_the_problem_says_which_name_or_number_the_source_does_not_have():
    source = sentences("Norway lends two ships to Malta.")
    assert any("holmgren" in problem for problem in support("Envoy Anna Holmgren lends ships.", source).problems)
    assert any("nine" in problem for problem in support("Norway lends nine ships to Malta.", source).problems)


def test_a_translated_sentence_is_compared_by_its_english_and_given_back_as_evidence():
    from builders import sentence

    original = sentence("A taxa sobe para 9 por cento.", language="pt", english="The rate rises to 9 per cent.")
    found = support("The rate rises to 9%.", [original])
    assert found.holds
    assert found.evidence == (original,)


def test_a_source_without_english_supports_nothing():
    found = support("The rate rises.", sentences("Der Satz steigt.", language="de"))
    assert (found.score, found.evidence) == (0.0, ())
    assert not found.holds


def test_meaning_counts_where_vectors_are_given(embedder: Embedder):
    source = sentences("The harbour was closed by ice for nine days.", "A choir sang in the church.")
    vectors = embedder.embed([one.text for one in source])
    near, far = "Ice kept the harbour shut for nine days.", "The dancers praised a soup."
    said = embedder.embed([near, far])
    whole = Source(source, "", vectors)
    assert support(near, whole, said[0]).score > support(far, whole, said[1]).score
    assert not support(far, whole, said[1]).holds
    assert support(near, whole, said[0]).evidence[0] == source[0]


def test_hostile_claims_get_a_score_and_no_error():
    source = sentences(*SOURCE)
    for claim in ("", "…", "“", "9" * 400, "A" * 5_000, "not " * 300, "\x00\ufffd", "المفاوضات", "( [ { « \" '"):
        found = support(claim, Source(source))
        assert 0.0 <= found.score <= 1.0
    assert np.isfinite(threshold())


def test_who_speaks_as_i_is_named_at_the_top_of_the_text():
    source = sentences("Minister Ruta Kalnina on fees.", "Will they rise?", "I expect to lower the fees in June.")
    assert support("Kalnina expects to lower the fees in June.", source).holds
    assert not support("Holmgren expects to lower the fees in June.", source).holds
