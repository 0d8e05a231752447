from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest

from digest.errors import OutputError
from digest.outfile import free_name, write_bytes


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_bytes_are_written_under_their_name_and_nothing_else_is_left(tmp_path: Path):
    target = tmp_path / "brief.json"
    assert write_bytes(target, b"one", overwrite=False) == target
    assert target.read_bytes() == b"one"
    assert names(tmp_path) == ["brief.json"]


def test_an_existing_file_is_kept_and_the_next_number_taken(tmp_path: Path):
    target = tmp_path / "brief.json"
    paths = [write_bytes(target, data, overwrite=False) for data in (b"1", b"2", b"3")]
    assert [path.name for path in paths] == ["brief.json", "brief-2.json", "brief-3.json"]
    assert target.read_bytes() == b"1"


def test_an_existing_file_is_replaced_where_that_is_allowed(tmp_path: Path):
    target = tmp_path / "brief.json"
    target.write_bytes(b"old")
    assert write_bytes(target, b"new", overwrite=True) == target
    assert target.read_bytes() == b"new"


def test_a_file_that_another_program_holds_open_is_written_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = tmp_path / "brief.docx"
    target.write_bytes(b"old")
    move = Path.replace

    def locked(self: Path, to: Path) -> Path:
        if to == target:
            raise PermissionError(errno.EACCES, "Access is denied")
        return move(self, to)

    monkeypatch.setattr(Path, "replace", locked)
    assert write_bytes(target, b"new", overwrite=True) == tmp_path / "brief-2.docx"
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["brief-2.docx", "brief.docx"]


def test_a_folder_of_the_same_name_is_stepped_over(tmp_path: Path):
    (tmp_path / "brief.docx").mkdir()
    assert write_bytes(tmp_path / "brief.docx", b"x", overwrite=True).name == "brief-2.docx"


def test_a_full_disk_is_told_and_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    target = tmp_path / "brief.docx"
    with pytest.raises(OutputError) as caught:
        write_bytes(target, b"x", overwrite=True)
    assert str(caught.value) == f"{target} could not be written: the disk is full. Free some space, and run again."
    assert names(tmp_path) == []


def test_a_full_disk_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = tmp_path / "brief.docx"
    target.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError):
        write_bytes(target, b"new", overwrite=True)
    assert target.read_bytes() == b"old"


def test_a_failed_move_leaves_no_empty_file_under_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fails(self: Path, to: Path) -> Path:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "replace", fails)
    monkeypatch.setattr(os, "link", fails)
    with pytest.raises(OutputError, match="Input/output error"):
        write_bytes(tmp_path / "brief.docx", b"x", overwrite=False)
    assert names(tmp_path) == []


def test_a_missing_folder_and_one_that_is_a_file_are_told_apart(tmp_path: Path):
    with pytest.raises(OutputError, match="the folder is not there"):
        write_bytes(tmp_path / "gone" / "brief.docx", b"x", overwrite=False)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="what is named as its folder is a file"):
        write_bytes(tmp_path / "file" / "brief.docx", b"x", overwrite=False)


def test_a_free_name_is_free_for_all_files_that_belong_together(tmp_path: Path):
    assert free_name(tmp_path / "brief.docx", (".json",)).name == "brief.docx"
    (tmp_path / "brief.json").write_bytes(b"")
    assert free_name(tmp_path / "brief.docx", (".json",)).name == "brief-2.docx"
    (tmp_path / "brief-2.docx").write_bytes(b"")
    assert free_name(tmp_path / "brief.docx", (".json",)).name == "brief-3.docx"
    assert free_name(tmp_path / "other.docx", (".json",)).name == "other.docx"


def test_what_a_killed_run_left_unfinished_goes_after_an_hour_and_nothing_else_does(tmp_path: Path):
    old, fresh, others = (tmp_path / n for n in (".a-0123abcd.part", ".b-0123abcd.part", ".secret.part"))
    for path in (old, fresh, others):
        path.write_bytes(b"half")
    for path in (old, others):
        os.utime(path, (time.time() - 7200, time.time() - 7200))
    write_bytes(tmp_path / "a.docx", b"whole", overwrite=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".b-0123abcd.part", ".secret.part", "a.docx"]


def test_where_the_disk_has_no_links_a_name_is_taken_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "a.docx").write_bytes(b"first")
    assert write_bytes(tmp_path / "a.docx", b"second", overwrite=False).name == "a-2.docx"
    assert (tmp_path / "a.docx").read_bytes() == b"first"
    assert (tmp_path / "a-2.docx").read_bytes() == b"second"
    assert len(list(tmp_path.iterdir())) == 2
