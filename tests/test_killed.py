from __future__ import annotations

from pathlib import Path

from benchmarks import killed


def test_a_run_that_was_killed_leaves_nothing_that_the_next_one_does_not_put_right(tmp_path: Path):
    found = killed.check(tmp_path, runs=4, seed=3)
    assert [one.problems for one in found] == [()] * 4
    assert not all(one.had_ended for one in found)
