"""The gate of what changed: four invented weeks with known moves and false friends. Figures: benchmarks/README.md."""

from __future__ import annotations

import pytest

from benchmarks import weeks


@pytest.mark.parametrize("traps", [False, True], ids=["right positions", "with those of a careless reader"])
def test_from_right_positions_all_changes_are_found_and_no_false_friend_is_one(traps: bool):
    result = weeks.changes_alone(traps=traps)
    assert result.precision >= 0.97
    assert result.recall >= 0.97
    assert result.sprung == ()


def test_the_whole_program_finds_most_changes_and_few_that_are_none():
    result, briefs = weeks.whole_program()
    assert result.precision >= 0.9
    assert result.recall >= 0.8
    assert result.sprung == ()
    kept, wanted = weeks.positions_found(briefs)
    assert kept >= 0.85 * wanted


def test_the_right_answers_are_thirty_changes_and_ten_false_friends_or_more():
    assert len(weeks.right_moves()) >= 30
    assert len(weeks.gold()["false_friends"]) >= 10
    evidence = [(one["file"], row["evidence"]) for one in weeks.gold()["documents"] for row in one["positions"]]
    for file, sentence in evidence:
        assert sentence in (weeks.DATA / file).read_text(encoding="utf-8")
