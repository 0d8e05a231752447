"""`issues`: what lies in the folder of results, one issue in short, and an issue made again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import ENGLISH, ICE, PORTUGUESE, Engines, Steps, write_corpus

from digest import briefjson
from digest.commands import issues as command
from digest.config import Config
from digest.errors import NothingReadError, UsageError
from digest.pipeline import Request, make_brief
from digest.store import Store
from digest.word import template
from digest.word.sample import sample_brief


@pytest.fixture
def briefs(tmp_path: Path) -> Path:
    """A folder with the sample brief, and the issue after it."""
    folder = tmp_path / "briefs"
    folder.mkdir()
    for number, day in ((3, date(2025, 2, 17)), (4, date(2025, 2, 24))):
        made = replace(sample_brief(), issue=number, issued=day)
        (folder / f"{day}-brief.json").write_bytes(briefjson.to_json(made))
    (folder / "2025-02-17-brief.docx").write_bytes(b"a brief")
    (folder / "other.json").write_text("{}", encoding="utf-8")
    return folder


def test_the_list_has_a_line_for_each_issue_with_its_files(briefs: Path, capsys: pytest.CaptureFixture[str]):
    assert command.run(["--out", str(briefs)]) == 0
    head, third, fourth = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["No.", "Date", "Period"]
    assert third.split()[:5] == ["3", "2025-02-17", "2025-02-10", "to", "2025-02-16"]
    assert third.endswith("2025-02-17-brief.docx, 2025-02-17-brief.json")
    sample = sample_brief()
    count = sum(len(section.all_entries()) for section in sample.holders)
    assert fourth.split()[5:] == [str(len(sample.sources)), str(count), "2025-02-24-brief.json"]


def test_an_empty_folder_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert command.run(["--out", str(tmp_path)]) == 0
    assert "There is no issue" in capsys.readouterr().out


def test_one_issue_is_shown_with_documents_positions_and_changes(briefs: Path, capsys: pytest.CaptureFixture[str]):
    assert command.run(["show", "3", "--out", str(briefs)]) == 0
    told = capsys.readouterr().out
    assert "[S1] week-07/fund-communique.docx, 2025-02-14" in told
    assert "Portugal, cable: moved (undecided -> supports)" in told


def test_a_number_that_is_not_there_is_an_error_with_those_that_are(briefs: Path):
    with pytest.raises(UsageError, match=r"no issue 7 in .* There are: 3, 4"):
        command.run(["show", "7", "--out", str(briefs)])


# --- again ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def made(tmp_path: Path, counted: Engines, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two issues of a small corpus; the folder that corpus, briefs, settings and store lie in."""
    monkeypatch.setattr(command, "default_path", lambda: tmp_path / "store.sqlite3")
    (tmp_path / "digest.toml").write_text(
        f'[[topics]]\nid = "ice"\nname = "{ICE.name}"\nwords = {json.dumps(list(ICE.words))}\n', encoding="utf-8"
    )
    corpus = write_corpus(tmp_path / "corpus", a=ENGLISH)
    issue(tmp_path, date(2026, 3, 9))
    write_corpus(corpus, b=PORTUGUESE)
    issue(tmp_path, date(2026, 3, 16))
    counted.calls()
    return tmp_path


def issue(root: Path, day: date) -> None:
    store, _ = Store.open(root / "store.sqlite3")
    chosen = template.resolve("standard", template.folders())
    make_brief(Request(root / "corpus", root / "briefs", chosen, day), Config(topics=(ICE,)), store, Steps())
    store.close()


def again(root: Path, *more: str) -> int:
    places = ("--out", "briefs"), ("--corpus", "corpus"), ("--config", "digest.toml")
    return command.run(["again", "1", *more, *(str(part) for key, name in places for part in (key, root / name))])


def test_an_issue_is_made_again_of_its_documents_from_the_store(
    made: Path, counted: Engines, capsys: pytest.CaptureFixture[str]
):
    assert again(made) == 0
    told = capsys.readouterr().out
    assert "It is as it was." in told
    assert counted.calls() == {"embedded": [], "translated": [], "parsed": []}
    assert sorted(path.name for path in (made / "briefs").glob("*.json")) == [
        "2026-03-09-brief.json", "2026-03-16-brief.json",
    ]  # fmt: skip


def test_an_issue_that_comes_out_otherwise_says_what_and_leaves_the_old_one(
    made: Path, capsys: pytest.CaptureFixture[str]
):
    (made / "digest.toml").write_text('[[topics]]\nid = "x"\nname = "The price of strawberries"\n', encoding="utf-8")
    old = (made / "briefs" / "2026-03-09-brief.json").read_bytes()
    assert again(made, "--today") == 0
    told = capsys.readouterr().out
    assert "The rules or the settings have changed since" in told
    assert "2026-03-09-brief-2.json" in told
    assert (made / "briefs" / "2026-03-09-brief.json").read_bytes() == old


def test_an_issue_whose_results_cannot_be_recalled_is_not_made_and_both_other_ways_are_offered(
    made: Path, counted: Engines
):
    (made / "digest.toml").write_text('[[topics]]\nid = "x"\nname = "The price of strawberries"\n', encoding="utf-8")
    with pytest.raises(UsageError) as error:
        again(made)
    assert "Issue 1 cannot be made again as it was: of its 1 documents the results of 1 are not" in str(error.value)
    assert "issues again 1 --today" in str(error.value)
    assert "issues again 1 --anew" in str(error.value)
    assert counted.calls() == {"embedded": [], "translated": [], "parsed": []}
    assert not (made / "briefs" / "2026-03-09-brief-2.json").exists()


def test_a_document_that_is_gone_is_told(made: Path, capsys: pytest.CaptureFixture[str]):
    write_corpus(made / "corpus", c=ENGLISH.replace("Tallinn", "Riga"))
    (made / "corpus" / "a.txt").unlink()
    with pytest.raises(NothingReadError, match="None of the 1 documents of that issue is in"):
        again(made)


def test_anew_takes_what_the_corpus_has_for_the_period_and_nothing_from_the_store(made: Path, counted: Engines):
    write_corpus(made / "corpus", c=ENGLISH.replace("Sweden opposes", "Sweden supports"))
    assert again(made, "--anew") == 0
    assert counted.calls()["parsed"]
    table = json.loads((made / "briefs" / "2026-03-09-brief-2.json").read_text(encoding="utf-8"))
    assert {document["path"] for document in table["documents"]} >= {"a.txt"}
