"""What changed since the last issue: moved, new voice, or nothing; never without a clear stance on both sides."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders import KINDS, NAMES, PATROLS, digested, frame, position

from digest import briefjson, compose, issues
from digest.model import Brief, ChangeKind, PartialDate, StanceLabel
from digest.pipeline.writing import history_of

SUPPORTS, OPPOSES, OTHER = StanceLabel.SUPPORTS, StanceLabel.OPPOSES, StanceLabel.OTHER
LAST_WEEK, TODAY = date(2026, 3, 9), date(2026, 3, 16)


def brief(label: StanceLabel, published: date | None, day: date, past: list[issues.PastIssue]) -> Brief:
    """A brief of `day` in which Ireland takes one stance in one document, with the issues before it."""
    said = position("IE", f"Ireland {label} the joint patrols of {published}.", label, name=f"{published}.txt")
    last = issues.last_before(day, past)
    settings = frame(
        issued=day,
        issue=last.number + 1 if last else 1,
        previous=last.issued if last else None,
        past=history_of(past),
    )
    return compose.compose([digested(f"{published}.txt", said, published=published)], settings, [], [], KINDS, NAMES)


def issue_of_last_week(folder: Path, label: StanceLabel, published: date | None) -> list[issues.PastIssue]:
    made = brief(label, published, LAST_WEEK, [])
    (folder / "last.json").write_bytes(briefjson.to_json(made))
    return issues.past_issues(folder)


def test_a_first_issue_has_no_changes():
    assert brief(SUPPORTS, TODAY, TODAY, []).changes == ()


def test_who_stands_elsewhere_than_last_week_has_moved_and_the_sentence_that_shows_it_is_named(tmp_path: Path):
    now = brief(SUPPORTS, TODAY, TODAY, issue_of_last_week(tmp_path, OPPOSES, LAST_WEEK))
    because = now.holders[0].entries[0].position.id
    (change,) = now.changes
    assert (change.holder, change.topic, change.was, change.now, change.because) == (
        "IE", PATROLS.id, OPPOSES, SUPPORTS, because,
    )  # fmt: skip
    assert (change.kind, change.day) == (ChangeKind.MOVED, PartialDate.of(TODAY))
    assert change.before is not None
    assert (change.before.statement, change.before.issue) == (f"Ireland opposes the joint patrols of {LAST_WEEK}.", 1)
    assert now.holders[0].changed


def test_a_repeated_stance_is_no_change(tmp_path: Path):
    now = brief(OPPOSES, TODAY, TODAY, issue_of_last_week(tmp_path, OPPOSES, LAST_WEEK))
    assert now.changes == ()
    assert not now.holders[0].changed


@pytest.mark.parametrize(("was", "is_now"), [(OTHER, OPPOSES), (OPPOSES, OTHER)])
def test_without_a_clear_stance_on_both_sides_there_is_no_change(was: StanceLabel, is_now: StanceLabel, tmp_path: Path):
    assert brief(is_now, TODAY, TODAY, issue_of_last_week(tmp_path, was, LAST_WEEK)).changes == ()


def test_an_older_document_read_late_does_not_turn_time_back(tmp_path: Path):
    past = issue_of_last_week(tmp_path, SUPPORTS, LAST_WEEK)
    assert brief(OPPOSES, date(2026, 2, 1), TODAY, past).changes == ()


def test_who_was_not_heard_last_week_is_a_new_voice(tmp_path: Path):
    (tmp_path / "last.json").write_bytes(
        briefjson.to_json(compose.compose([], frame(issued=LAST_WEEK), [], [], KINDS, NAMES))
    )
    now = brief(SUPPORTS, TODAY, TODAY, issues.past_issues(tmp_path))
    assert [(change.was, change.now) for change in now.changes] == [(None, SUPPORTS)]
