from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from digest import engines
from digest.errors import FetchError, UsageError
from digest.weights import archive, places
from digest.weights.table import models

GERMAN = models()["opus-mt-de-en"]


def quietly(count: int) -> None:
    """No progress is shown."""


@pytest.fixture
def packed(toy_model: Path, tmp_path: Path) -> Path:
    """An exported file with the toy under the name of a model of the table."""
    folder = tmp_path / "from" / GERMAN.name
    shutil.copytree(toy_model, folder)
    return archive.export([(GERMAN, folder)], tmp_path / "models.zip", quietly)


def test_what_was_exported_is_imported_on_another_machine_and_translates(packed: Path, tmp_path: Path):
    counts: list[int] = []
    (manifest,) = archive.import_(packed, tmp_path / "to", counts.append)
    assert manifest.name == GERMAN.name
    assert sum(counts) == archive.size(packed) > 100_000
    assert engines.load_translator("marian", GERMAN.name, tmp_path / "to").translate(["tik zelo"]) == ["the ship"]
    assert places.manifest_of(tmp_path / "to" / GERMAN.name) == manifest
    here, there = (engines.translator_signature("marian", GERMAN.name, tmp_path / one) for one in ("from", "to"))
    assert here.key() == there.key()


def test_the_portuguese_model_of_the_wheel_can_be_exported_without_what_is_not_needed(tmp_path: Path):
    place = engines.place_of("firefox", "pten", None)
    assert place is not None
    packed = archive.export([(models()["pten"], place)], tmp_path / "pt.zip", quietly)
    archive.import_(packed, tmp_path / "to", quietly)
    assert engines.has_translator("firefox", "pten", tmp_path / "to")
    assert not list((tmp_path / "to" / "pten").glob("lex.*"))


def test_an_export_never_replaces_a_file(packed: Path, toy_model: Path):
    with pytest.raises(UsageError, match="is there already"):
        archive.export([(GERMAN, toy_model)], packed, quietly)


def test_a_model_whose_files_have_changed_since_they_came_is_not_exported(packed: Path, tmp_path: Path):
    archive.import_(packed, tmp_path / "to", quietly)
    (tmp_path / "to" / GERMAN.name / "vocab.json").write_text("{}")
    with pytest.raises(FetchError, match="have changed"):
        archive.export([(GERMAN, tmp_path / "to" / GERMAN.name)], tmp_path / "again.zip", quietly)


# --- hostile or damaged ----------------------------------------------------------------------------------------------


def rewritten(packed: Path, change: Any, method: int = zipfile.ZIP_STORED) -> Path:
    """The archive with its list and its files changed by `change(list, files)`."""
    with zipfile.ZipFile(packed) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist()}
    listing = json.loads(files.pop(archive.CONTENTS))
    change(listing, files)
    target = packed.with_name("changed.zip")
    with zipfile.ZipFile(target, "w", method) as zipped:
        zipped.writestr(archive.CONTENTS, json.dumps(listing) if isinstance(listing, dict) else listing)
        for name, content in files.items():
            zipped.writestr(name, content)
    return target


def refused(path: Path, home: Path, reason: str) -> None:
    with pytest.raises(FetchError, match=reason):
        archive.import_(path, home, quietly)
    assert not home.exists() or not list(home.iterdir())


def rename_model(listing: Any, files: dict[str, bytes], name: str) -> None:
    listing["models"][0]["name"] = name
    for old in list(files):
        files[f"{name}/{old.partition('/')[2]}"] = files.pop(old)


def add_file(listing: Any, files: dict[str, bytes], name: str, content: bytes = b"evil") -> None:
    import hashlib

    files[f"{GERMAN.name}/{name}"] = content
    listing["models"][0]["files"][name] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "..", "opus-mt-xx-en", "", "C:\\evil"])
def test_a_model_that_the_table_does_not_know_is_refused_whatever_its_name(packed: Path, tmp_path: Path, name: str):
    changed = rewritten(packed, lambda listing, files: rename_model(listing, files, name))
    refused(changed, tmp_path / "to", "does not know")
    assert not (tmp_path / "evil").exists()


ODD = ["../evil.bin", "sub/evil.bin", "evil.py", "digest-model.json", ".evil.bin", "..\\e.bin"]


@pytest.mark.parametrize("name", ODD)
def test_a_file_that_no_model_has_is_refused(packed: Path, tmp_path: Path, name: str):
    refused(rewritten(packed, lambda listing, files: add_file(listing, files, name)), tmp_path / "to", "no model has")


def test_files_that_the_list_does_not_name_are_left_out(packed: Path, tmp_path: Path):
    changed = rewritten(packed, lambda listing, files: files.update({"../evil": b"x", f"{GERMAN.name}/evil.py": b"x"}))
    archive.import_(changed, tmp_path / "to", quietly)
    assert not list(tmp_path.rglob("evil*"))


def test_a_damaged_file_is_refused_with_its_name(packed: Path, tmp_path: Path):
    def damage(listing: Any, files: dict[str, bytes]) -> None:
        name = f"{GERMAN.name}/vocab.json"
        files[name] = files[name].replace(b"a", b"b")

    refused(rewritten(packed, damage), tmp_path / "to", r"vocab.json is damaged \(wrong checksum\)")


def test_a_model_that_lacks_a_file_is_refused(packed: Path, tmp_path: Path):
    changed = rewritten(packed, lambda listing, files: listing["models"][0]["files"].pop("source.spm"))
    refused(changed, tmp_path / "to", "lacks a file")


def test_packed_entries_are_refused_so_that_nothing_can_swell(packed: Path, tmp_path: Path):
    refused(rewritten(packed, lambda *_: None, zipfile.ZIP_DEFLATED), tmp_path / "to", "not as listed")


def test_far_more_than_a_model_has_is_refused(packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive, "models", lambda: {GERMAN.name: type("Tiny", (), {"size": 0})()})
    refused(packed, tmp_path / "to", "far more")


@pytest.mark.parametrize("listing", ["", "{}", "[]", '{"models": 3}', '{"models": [{"name": "x"}]}'])
def test_a_list_that_cannot_be_read_is_refused(packed: Path, tmp_path: Path, listing: str):
    target = tmp_path / "odd.zip"
    with zipfile.ZipFile(target, "w") as zipped:
        zipped.writestr(archive.CONTENTS, listing)
    refused(target, tmp_path / "to", "cannot be read")


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all" * 100])
def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "x.zip").write_bytes(content)
    refused(tmp_path / "x.zip", tmp_path / "to", "not a file of 'models export'")
    with pytest.raises(UsageError, match="There is no file"):
        archive.import_(tmp_path / "none.zip", tmp_path / "to", quietly)


def test_an_archive_cut_short_is_refused(packed: Path, tmp_path: Path):
    (tmp_path / "cut.zip").write_bytes(packed.read_bytes()[:-5000])
    refused(tmp_path / "cut.zip", tmp_path / "to", "damaged")
