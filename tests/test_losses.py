"""Where positions are lost: each step is told apart."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from benchmarks import losses
from benchmarks.gold import GoldDocument, Row, Trap
from benchmarks.losses import Step, Watched, Way
from benchmarks.scoring import OTHER, Score, score

TEXT = (
    "Chile refused the fishing quota. Nobody slept well that night. There was dancing in Chile, too. "
    "The economist argues that Peru wants the quota."
)


def _document(*rows: tuple[str, str]) -> GoldDocument:
    made = tuple(Row(code, None, OTHER, frozenset((OTHER,)), "core", evidence, None) for code, evidence in rows)
    traps = (Trap("Chile refused the fishing quota.", frozenset(("CL",))),)
    return GoldDocument("d", "a fishing quota", "agency", "en", TEXT, None, made, traps)


def _scored(document: GoldDocument) -> tuple[Watched, Score]:
    seen = losses.watch(document)
    return seen, score(seen.found, [document])


LOST: Sequence[tuple[str, str, Step]] = (
    ("CL", "The harbour master wept over an unrelated matter.", Step.UNREAD),
    ("CL", "Nobody slept well that night.", Step.NOBODY),
    ("PE", "Chile refused the fishing quota.", Step.ANOTHER),
    ("CL", "There was dancing in Chile, too.", Step.HOPELESS),
    ("PE", "The economist argues that Peru wants the quota.", Step.TOLD),
)


@pytest.mark.parametrize(("code", "evidence", "step"), LOST)
def test_a_missed_position_is_counted_under_the_step_that_lost_it(code: str, evidence: str, step: Step):
    seen, result = _scored(_document((code, evidence)))
    (unit,) = result.missed
    assert losses.step_of(unit, seen)[0] is step


def test_a_false_position_is_counted_under_the_way_of_its_holder():
    seen, result = _scored(_document())
    (wrong,) = result.wrong
    way, by, told = losses.way_of(wrong, seen)
    assert (way, by) == (Way.NAMED, "rules and classifier")
    assert "name/subject" in told


def test_the_tables_name_registers_steps_and_sentences(capsys: pytest.CaptureFixture[str]):
    document = _document(("CL", "Nobody slept well that night."))
    watched = [losses.watch(document)]
    losses.print_report([document], watched, verbose=True)
    losses.print_curve([document], watched)
    printed = capsys.readouterr().out
    assert "agency" in printed
    assert Step.NOBODY.value in printed
    assert "traps 1" in printed
    assert "d CL {None}: Nobody slept well that night." in printed
    assert "unseen" in printed


def test_no_threshold_is_so_high_that_a_sure_position_is_lost(capsys: pytest.CaptureFixture[str]):
    document = _document(("CL", "Chile refused the fishing quota."))
    losses.print_curve([document], [losses.watch(document)])
    lines = [line.split() for line in capsys.readouterr().out.splitlines()[2:]]
    assert lines
    assert {line[3] for line in lines} == {"1.000"}
