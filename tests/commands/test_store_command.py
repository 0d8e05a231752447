from __future__ import annotations

from pathlib import Path

import pytest
from builders import RunProgram

from digest import commands
from digest.errors import UsageError
from digest.store import Shelved, Store, default_path


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the store lies in this test; nothing is there yet."""
    path = tmp_path / "cache" / "store.sqlite3"
    monkeypatch.setattr("digest.commands.store.default_path", lambda: path)
    return path


@pytest.fixture
def filled(place: Path, tmp_path: Path) -> Path:
    store, _ = Store.open(place)
    folder = str((tmp_path / "corpus").resolve())
    store.shelve(folder, "north/ferries.txt", Shelved("s", [[["d1", "north/ferries.txt", None, "x"]], [], None]), b"t")
    store.shelve(folder, "trains.txt", Shelved("s", [[["d2", "trains.txt", None, "x"]], [], None]), b"t")
    store.put("summary", [("a", "ferries")], document="d1")
    store.put("summary", [("b", "trains")], document="d2")
    store.close()
    return place


def test_before_the_first_run_there_is_nothing_to_look_at_and_nothing_is_made(
    place: Path, capsys: pytest.CaptureFixture[str]
):
    assert commands.run(["store", "info"]) == 0
    assert "no store yet" in capsys.readouterr().out
    assert not place.exists()


def test_info_tells_where_it_lies_and_what_is_in_it(filled: Path, capsys: pytest.CaptureFixture[str]):
    assert commands.run(["store", "info"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(str(filled))
    assert any("2  files as they were read" in line for line in lines)
    assert any("2  summaries" in line for line in lines)


@pytest.mark.parametrize("name", ["north/ferries.txt", "north\\ferries.txt", "{corpus}/north/ferries.txt"])
def test_a_file_is_forgotten_with_all_that_was_made_of_it(
    filled: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
):
    assert commands.run(["store", "forget", name.format(corpus=(tmp_path / "corpus").resolve())]) == 0
    assert "2 results are gone" in capsys.readouterr().out
    store, _ = Store.open(filled)
    assert (store.get("summary", "a"), store.get("summary", "b")) == (None, "trains")
    assert [name for _, name, _ in store.shelved_anywhere()] == ["trains.txt"]
    store.close()


def test_a_file_that_the_store_does_not_know_is_an_error_that_says_how_to_name_it(filled: Path):
    with pytest.raises(UsageError, match="below the corpus folder"):
        commands.run(["store", "forget", "planes.txt"])


def test_vacuum_keeps_what_was_used_lately(filled: Path, capsys: pytest.CaptureFixture[str]):
    assert commands.run(["store", "vacuum"]) == 0
    assert "0 results that no run has used for 90 days" in capsys.readouterr().out
    with pytest.raises(UsageError, match="less than none"):
        commands.run(["store", "vacuum", "--days", "-1"])


def test_the_commands_of_the_store_work_as_a_user_calls_them(run_program: RunProgram, tmp_path: Path):
    made = run_program("store", "info", cache=tmp_path)
    assert made.returncode == 0, made.stderr
    assert default_path().name in made.stdout
