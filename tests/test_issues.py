from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from digest import briefjson
from digest.issues import PastIssue, number_for, past_issues
from digest.store import Store
from digest.word.sample import sample_brief


def issue(folder: Path, number: int, issued: str, name: str = "") -> Path:
    path = folder / (name or f"{issued}-brief.json")
    path.write_text(json.dumps({"schema": 1, "issue": number, "issued": issued}), encoding="utf-8")
    return path


def test_the_issues_of_a_folder_come_oldest_first_whatever_their_names(tmp_path: Path):
    issue(tmp_path, 2, "2026-03-09", "a.json")
    first = issue(tmp_path, 1, "2026-03-02", "z.json")
    found = past_issues(tmp_path)
    assert [one.number for one in found] == [1, 2]
    assert found[0] == PastIssue(1, date(2026, 3, 2), first)


def test_a_folder_that_is_not_there_or_empty_holds_no_issue(tmp_path: Path):
    assert past_issues(tmp_path) == []
    assert past_issues(tmp_path / "none") == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"[1, 2]",
        b'"text"',
        b"{}",
        b'{"schema": 2, "issue": 1, "issued": "2026-01-01"}',
        b'{"schema": 1, "issue": "x", "issued": "2026-01-01"}',
        b'{"schema": 1, "issue": null, "issued": "2026-01-01"}',
        b'{"schema": 1, "issue": 1, "issued": "yesterday"}',
        b'{"schema": 1, "issue": 1, "issued": 20260101}',
        b'{"schema": 1, "issue": 1}',
        b'{"schema": 1, "issue": 1e999, "issued": "2026-01-01"}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_files_of_others_are_passed_over(tmp_path: Path, content: bytes):
    (tmp_path / "other.json").write_bytes(content)
    issue(tmp_path, 7, "2026-03-02")
    assert [one.number for one in past_issues(tmp_path)] == [7]


def test_a_folder_that_looks_like_an_issue_is_passed_over(tmp_path: Path):
    (tmp_path / "2026-03-02-brief.json").mkdir()
    assert past_issues(tmp_path) == []


def test_a_file_is_read_once_and_again_when_it_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path, store = issue(tmp_path, 1, "2026-03-02"), Store.in_memory()
    os.utime(path, (1_700_000_000, 1_700_000_000))
    first = past_issues(tmp_path, store)
    with monkeypatch.context() as closed:
        closed.setattr("digest.issues._read", lambda _: pytest.fail("read again"))
        assert past_issues(tmp_path, store) == first
    issue(tmp_path, 2, "2026-03-02")
    os.utime(path, (1_700_000_005, 1_700_000_005))
    assert [one.number for one in past_issues(tmp_path, store)] == [2]


def test_a_file_written_a_moment_ago_is_not_kept_for_it_may_change_unseen(tmp_path: Path):
    path, store = issue(tmp_path, 1, "2026-03-02"), Store.in_memory()
    past_issues(tmp_path, store)
    assert store.counts()["file"][0] == 0
    assert path.exists()


def test_what_later_issues_need_comes_from_the_positions_merged_ones_too(tmp_path: Path):
    made = replace(sample_brief(), issue=3)
    path = tmp_path / "2025-02-17-brief.json"
    path.write_bytes(briefjson.to_json(made))
    os.utime(path, (1_700_000_000, 1_700_000_000))
    store = Store.in_memory()
    (read,), (kept,) = past_issues(tmp_path, store), past_issues(tmp_path, store)
    assert read == kept
    clear = {entry.position.id for section in made.holders for entry in section.all_entries()
             if entry.position.stance and entry.position.stance.label != "other"}  # fmt: skip
    assert {one.id for one in read.statements} == clear
    assert ("PT", "cable") in read.heard
    assert read.documents == {source.id for source in made.sources}
    assert read.period == made.period


def test_the_first_issue_is_number_one_and_follows_none():
    assert number_for(date(2026, 3, 9), []) == (1, None)


def past(*rows: tuple[int, str]) -> list[PastIssue]:
    return [PastIssue(number, date.fromisoformat(issued), Path(issued)) for number, issued in rows]


def test_the_next_issue_counts_on_from_the_highest_number_before_it():
    assert number_for(date(2026, 3, 16), past((4, "2026-03-02"), (5, "2026-03-09"))) == (6, date(2026, 3, 9))


def test_an_issue_made_again_on_its_day_keeps_its_number_and_its_forerunner():
    known = past((1, "2026-03-02"), (2, "2026-03-09"), (3, "2026-03-16"))
    assert number_for(date(2026, 3, 9), known) == (2, date(2026, 3, 2))


def test_later_issues_do_not_count_for_an_earlier_day():
    assert number_for(date(2026, 2, 1), past((1, "2026-03-02"))) == (1, None)
