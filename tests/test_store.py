from __future__ import annotations

import importlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from digest.store import SCHEMA, Shelved, Store, code_version, key_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "store.sqlite3"


def filled(path: Path, rows: int = 1) -> None:
    """A sound store with that many results, closed."""
    store, notice = Store.open(path)
    assert notice is None
    store.put("summary", [(f"key {number}", ["x" * 200, number]) for number in range(rows)])
    store.close()


def test_what_was_put_in_comes_back_as_it_was():
    store = Store.in_memory()
    value = ["Ça suffit — “ok”\n", 0.125, None, {"a": [1, True]}, "\U0001f6a2"]
    store.put("translation", [("k", value), ("l", [])])
    assert store.get("translation", "k") == value
    assert store.get("translation", "l") == []


def test_what_was_never_put_in_is_none_also_under_another_kind():
    store = Store.in_memory()
    store.put("summary", [("k", 1)])
    assert store.get("positions", "k") is None
    assert store.get("summary", "other") is None


def test_a_later_result_takes_the_place_of_an_earlier_one():
    store = Store.in_memory()
    store.put("summary", [("k", 1)])
    store.put("summary", [("k", 2)])
    assert store.get("summary", "k") == 2


def test_results_are_there_after_closing_and_opening_again(path: Path):
    filled(path)
    store, notice = Store.open(path)
    assert notice is None
    assert store.get("summary", "key 0") == ["x" * 200, 0]
    store.close()


def test_results_are_on_the_disk_before_the_store_is_closed(path: Path):
    first, _ = Store.open(path)
    first.put("summary", [("k", "kept")])
    second, notice = Store.open(path)
    assert notice is None
    assert second.get("summary", "k") == "kept"
    first.close()
    second.close()


def overwrite_all(path: Path) -> None:
    path.write_bytes(os.urandom(20_000))


def overwrite_the_middle(path: Path) -> None:
    data = bytearray(path.read_bytes())
    assert len(data) > 30_000
    data[8_000:28_000] = b"\xa5" * 20_000
    path.write_bytes(bytes(data))


def cut_off(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def another_schema(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 6}")
    connection.close()


def another_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE result (only_this INTEGER)")
    connection.close()


@pytest.mark.parametrize("damage", [overwrite_all, overwrite_the_middle, cut_off, another_schema, another_program])
def test_a_store_that_is_not_sound_is_set_aside_with_a_notice_and_a_new_one_works(
    path: Path, damage: Callable[[Path], None]
):
    filled(path, rows=200)
    damage(path)
    damaged = path.read_bytes()
    store, notice = Store.open(path)
    assert notice is not None
    assert (notice.stage, notice.file) == ("store", "")
    assert "store.damaged" in notice.reason
    assert path.with_suffix(".damaged").stat().st_size == len(damaged)
    assert store.get("summary", "key 1") is None
    store.put("summary", [("k", 1)])
    store.close()
    again, notice = Store.open(path)
    assert notice is None
    assert again.get("summary", "k") == 1
    again.close()


def test_an_empty_file_becomes_a_store(path: Path):
    path.parent.mkdir()
    path.touch()
    store, notice = Store.open(path)
    store.put("summary", [("k", 1)])
    assert (notice, store.get("summary", "k")) == (None, 1)
    store.close()


def test_where_the_folder_cannot_be_made_the_store_lives_in_memory_with_a_notice(tmp_path: Path):
    (tmp_path / "cache").write_text("a file where the folder would be")
    store, notice = Store.open(tmp_path / "cache" / "store.sqlite3")
    assert notice is not None
    assert str(tmp_path / "cache") in notice.reason
    store.put("summary", [("k", 1)])
    assert store.get("summary", "k") == 1
    assert store.trouble is None


def test_where_a_folder_has_the_name_of_the_store_it_lives_in_memory_with_a_notice(path: Path):
    path.mkdir(parents=True)
    store, notice = Store.open(path)
    assert notice is not None
    store.put("summary", [("k", 1)])
    assert store.get("summary", "k") == 1
    assert path.is_dir()


def test_a_store_that_another_run_holds_locked_is_left_alone(path: Path, monkeypatch: pytest.MonkeyPatch):
    filled(path)
    monkeypatch.setattr("digest.store.PATIENCE", 0.05)
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        store, notice = Store.open(path)
        other.execute("COMMIT")
    other.close()
    assert notice is not None
    assert "locked" in notice.reason
    assert not path.with_suffix(".damaged").exists()
    store.put("summary", [("k", 1)])
    assert store.get("summary", "k") == 1
    again, notice = Store.open(path)
    assert (notice, again.get("summary", "key 0")) == (None, ["x" * 200, 0])
    again.close()


def test_a_full_disk_is_noted_and_the_run_goes_on_with_what_it_has(path: Path):
    store, _ = Store.open(path)
    store.put("summary", [("small", 1)])
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")  # SQLite then says what it says of a full disk
    store.put("summary", [("large", os.urandom(100_000).hex())])  # chance cannot be pressed together
    assert store.trouble == "database or disk is full"
    assert store.get("summary", "large") is None
    assert store.get("summary", "small") == 1
    store.close()


def test_a_store_that_breaks_during_the_run_is_noted_and_ends_nothing(path: Path):
    filled(path, rows=400)
    store, _ = Store.open(path)
    data = bytearray(path.read_bytes())
    data[4_096:] = b"\xa5" * (len(data) - 4_096)
    path.write_bytes(bytes(data))
    store._connection.execute("PRAGMA shrink_memory")
    assert store.get("summary", "key 123") is None
    store.put("summary", [("k", 1)])
    assert store.trouble
    store.close()


def test_keys_tell_where_each_part_ends():
    keys = {
        key_of("ab", "c"),
        key_of("a", "bc"),
        key_of("abc"),
        key_of("abc", ""),
        key_of("", "abc"),
        key_of("a\x00b", "c"),
        key_of("a", "b\x00c"),
        key_of("1:a", "b"),
        key_of(),
    }
    assert len(keys) == 9
    assert key_of("ab", "c") == key_of("ab", "c")


def test_keys_can_be_made_of_any_text_even_half_a_surrogate_pair():
    assert key_of("\ud83d") != key_of("\ude00")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "rulebook"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "rules.toml").write_text("a = 1")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "rulebook", raising=False)
    importlib.invalidate_caches()
    code_version.cache_clear()
    yield folder
    code_version.cache_clear()


def version_now() -> str:
    code_version.cache_clear()  # asked once a run: nobody changes the program while it works
    return code_version("rulebook")


def test_the_version_of_the_code_changes_with_each_rule_and_only_with_rules(package: Path):
    first = version_now()
    assert version_now() == first
    (package / "notes.txt").write_text("no rule")
    assert version_now() == first
    (package / "rules.toml").write_text("a = 2")
    second = version_now()
    (package / "__init__.py").write_text("b = 3")
    third = version_now()
    (package / "more.py").write_text("")
    fourth = version_now()
    (package / "more.py").rename(package / "else.py")
    assert len({first, second, third, fourth, version_now()}) == 5


def test_the_version_of_several_packages_differs_from_that_of_one(package: Path):
    assert code_version("rulebook", "digest") != code_version("rulebook")
    assert code_version("rulebook", "digest") != code_version("digest")


def test_a_folder_below_counts_for_the_version_unless_it_is_left_out(package: Path):
    (package / "engines").mkdir()
    (package / "engines" / "one.py").write_text("c = 1")
    first = version_now()
    without = code_version("rulebook", without=("engines",))
    (package / "engines" / "one.py").write_text("c = 2")
    assert version_now() != first
    assert code_version("rulebook", without=("engines",)) == without


# --- over the years -------------------------------------------------------------------------------------------------


def test_a_store_of_the_first_version_keeps_its_results(path: Path):
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute(
            "CREATE TABLE result (kind TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID"
        )
        connection.execute("INSERT INTO result VALUES ('summary', 'k', '[\"Ça suffit\", 1]')")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    store, notice = Store.open(path)
    assert (notice, store.get("summary", "k")) == (None, ["Ça suffit", 1])
    store.put("summary", [("l", "x" * 1000)])
    store.close()
    again, notice = Store.open(path)
    assert (notice, again.get("summary", "l"), again.get("summary", "k")) == (None, "x" * 1000, ["Ça suffit", 1])
    again.close()


def test_what_was_made_of_a_document_is_forgotten_with_it_and_nothing_else(path: Path):
    store, _ = Store.open(path)
    store.put("summary", [("a", 1), ("b", 2)], document="d1")
    store.put("summary", [("c", 3)], document="d2")
    store.shelve("/corpus", "x.txt", Shelved("s", [["d1"]]), b"read")
    store.shelve("/corpus", "y.txt", Shelved("s", [["d2"]]), b"read too")
    assert store.forget(["d1"], ["x.txt"]) == 3
    assert (store.get("summary", "a"), store.get("summary", "c")) == (None, 3)
    assert (store.take("/corpus", "x.txt"), store.take("/corpus", "y.txt")) == (None, b"read too")
    store.close()


def test_what_no_run_has_used_for_long_goes_and_what_one_has_used_stays(path: Path):
    filled(path, rows=3)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE result SET used = used - 100")
    connection.close()
    store, _ = Store.open(path)
    assert store.get("summary", "key 1") is not None
    store.close()
    store, _ = Store.open(path)
    assert store.vacuum(unused_days=90) == 2
    assert store.get("summary", "key 1") is not None
    assert store.get("summary", "key 0") is None
    assert store.counts()["summary"][0] == 1
    store.close()


def test_a_file_is_shelved_with_its_stamp_and_outline_and_the_later_reading_wins(path: Path):
    store, _ = Store.open(path)
    store.shelve("/corpus", "é.txt", Shelved("1", ["old"]), b"old")
    store.shelve("/corpus", "é.txt", Shelved("2", ["new", None]), b"new" * 500)
    store.shelve("/elsewhere", "é.txt", Shelved("3", []), b"")
    assert store.shelved("/corpus") == {"é.txt": Shelved("2", ["new", None])}
    assert store.take("/corpus", "é.txt") == b"new" * 500
    assert store.take("/corpus", "z.txt") is None
    store.close()


def test_a_large_store_is_looked_through_only_after_trouble(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("digest.store.LOOK_THROUGH", 0)
    filled(path, rows=400)
    data = bytearray(path.read_bytes())
    row = data.index(b"key 123")  # in a leaf: the tables can be found, this row not
    page = row - row % 4096
    data[page : page + 4096] = b"\xa5" * 4096
    path.write_bytes(bytes(data))
    store, notice = Store.open(path)
    assert notice is None  # nobody has looked
    assert store.get("summary", "key 123") is None
    assert store.trouble
    store.close()
    again, notice = Store.open(path)
    assert notice is not None
    assert "set aside" in notice.reason
    again.close()
    third, notice = Store.open(path)
    assert notice is None
    third.close()


WRITER = """
import sys
from pathlib import Path
from digest.store import Store
store, notice = Store.open(Path(sys.argv[1]))
assert notice is None, notice
for number in range(300):
    store.put("summary", [(f"{sys.argv[2]} {number}", number)])
assert store.trouble is None, store.trouble
store.close()
"""


def test_two_programs_that_write_at_the_same_time_lose_nothing(path: Path):
    both = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in "ab"]
    assert [one.wait(60) for one in both] == [0, 0]
    store, _ = Store.open(path)
    assert all(store.get("summary", f"{name} {number}") == number for name in "ab" for number in range(300))
    store.close()
