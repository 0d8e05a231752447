from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from digest.issues import PastIssue
from digest.pipeline.period import choose
from digest.pipeline.reading import Listed
from digest.pipeline.work import Request

REQUEST = Request(Path("corpus"), Path("briefs"), Path("t.docx"), date(2026, 3, 16))


def listed(name: str, published: str | None) -> Listed:
    return Listed(name, f"{name}.txt", date.fromisoformat(published) if published else None, "s", f"{name}.txt")


OLD, FRESH, UNDATED = listed("old", "2026-03-03"), listed("fresh", "2026-03-12"), listed("undated", None)
ALL = (OLD, FRESH, UNDATED)


def issue(number: int, day: str, *documents: str) -> PastIssue:
    return PastIssue(number, date.fromisoformat(day), Path(f"{day}.json"), (), frozenset(documents))


def chosen(request: Request, *past: PastIssue) -> list[str]:
    return [one.id for one in choose(ALL, request, past).documents]


def test_the_first_issue_covers_all_of_the_corpus():
    assert choose(ALL, REQUEST, ()).notices == ()
    assert chosen(REQUEST) == ["old", "fresh", "undated"]


def test_the_next_issue_covers_what_no_earlier_one_has_covered():
    assert chosen(REQUEST, issue(1, "2026-03-02", "x"), issue(2, "2026-03-09", "old", "undated")) == ["fresh"]


def test_an_issue_made_again_covers_what_it_covered():
    past = issue(1, "2026-03-09", "old"), issue(2, "2026-03-16", "fresh", "undated")
    assert chosen(REQUEST, *past) == ["fresh", "undated"]


def test_an_issue_made_again_later_does_not_lose_what_a_later_one_has():
    past = issue(1, "2026-03-09", "old"), issue(2, "2026-03-23", "fresh", "undated")
    assert chosen(REQUEST, *past) == ["fresh", "undated"]


def test_a_document_that_came_in_late_is_in_the_next_issue_and_said_to_be_late():
    made = choose(ALL, REQUEST, [issue(1, "2026-03-09", "x")])
    assert [one.id for one in made.documents] == ["old", "fresh", "undated"]
    (notice,) = made.notices
    assert notice.file == "old.txt"
    assert "dated 2026-03-03, before the last issue (2026-03-09)" in notice.reason


def test_with_nothing_new_the_last_issue_is_covered_again_and_the_brief_says_so():
    made = choose(ALL, REQUEST, [issue(1, "2026-03-02", "old"), issue(2, "2026-03-09", "fresh", "undated")])
    assert [one.id for one in made.documents] == ["fresh", "undated"]
    (notice,) = made.notices
    assert "Nothing has come in since issue 2 of 2026-03-09" in notice.reason


def test_everything_is_everything():
    assert chosen(replace(REQUEST, everything=True), issue(1, "2026-03-09", "old", "fresh", "undated")) == [
        "old", "fresh", "undated",
    ]  # fmt: skip


def test_a_period_goes_by_the_dates_and_past_issues_do_not_matter():
    asked = replace(REQUEST, since=date(2026, 3, 12), until=date(2026, 3, 12))
    assert chosen(asked, issue(1, "2026-03-09", "fresh")) == ["fresh", "undated"]
    assert chosen(replace(asked, undated=False)) == ["fresh"]
    assert chosen(replace(REQUEST, until=date(2026, 3, 11), undated=False)) == ["old"]
    assert chosen(replace(REQUEST, since=date(2027, 1, 1), undated=False)) == []


def test_an_issue_made_again_has_its_own_documents_and_says_what_is_gone():
    again = replace(REQUEST, only=frozenset({"old", "lost"}), since=date(2026, 3, 10))
    made = choose(ALL, again, [issue(1, "2026-03-09", "old")])
    assert [one.id for one in made.documents] == ["old"]
    (notice,) = made.notices
    assert "one of its documents is no longer in the corpus" in notice.reason
    assert choose(ALL, replace(again, only=frozenset({"old"})), ()).notices == ()
