from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import toy
from servers import COMMIT, Served, portuguese_files, record, serve_records, serving

from digest import engines
from digest.errors import FetchError
from digest.weights import fetching, places
from digest.weights.download import Network
from digest.weights.fetching import Addresses, fetch
from digest.weights.table import Model, models

GERMAN = models()["opus-mt-de-en"]
ESTONIAN = models()["eten"]


@pytest.fixture
def served() -> Iterator[Served]:
    with serving() as server:
        yield server


def addresses(served: Served) -> Addresses:
    return Addresses(records=f"{served.url}/records", attachments=f"{served.url}/files/", hub=served.url)


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name != places.MANIFEST}


# --- from the hub ----------------------------------------------------------------------------------------------------


def test_a_model_of_the_hub_comes_whole_in_one_commit_and_translates(served: Served, toy_model: Path, tmp_path: Path):
    extra = {"README.md": b"# about", "modeling_evil.py": b"import os", "tf_model.h5": b"other weights"}
    served.add_repository(GERMAN.origin, files_of(toy_model) | extra)
    counts: list[int] = []
    fetched = fetch(GERMAN, tmp_path, Network(), counts.append, addresses(served))
    assert fetched.folder == tmp_path / GERMAN.name
    assert set(files_of(fetched.folder)) == set(files_of(toy_model))
    assert sum(counts) == sum(len(content) for content in files_of(toy_model).values())
    assert places.manifest_of(fetched.folder) == fetched.manifest
    assert (fetched.manifest.revision, fetched.manifest.licence) == (COMMIT, "Apache-2.0")
    assert not [path for path in tmp_path.iterdir() if path != fetched.folder]
    engine = engines.load_translator("marian", GERMAN.name, tmp_path)
    assert engine.translate(["tik zelo"]) == ["the ship"]
    assert COMMIT[:12] in engine.signature.version


def test_an_attempt_that_broke_off_is_gone_on_with_and_nothing_half_is_ever_in_place(
    served: Served, toy_model: Path, tmp_path: Path
):
    served.add_repository(GERMAN.origin, files_of(toy_model))
    served.breaks_after = 100_000
    with pytest.raises(FetchError):
        fetch(GERMAN, tmp_path, Network(), addresses=addresses(served))
    assert not (tmp_path / GERMAN.name).exists()
    assert (tmp_path / f"{GERMAN.name}.part").exists()
    fetch(GERMAN, tmp_path, Network(), addresses=addresses(served))
    assert any(asked.startswith("bytes=") for _, asked in served.asked)
    assert engines.has_translator("marian", GERMAN.name, tmp_path)
    assert not (tmp_path / f"{GERMAN.name}.part").exists()


def test_a_file_that_is_not_what_the_commit_says_is_refused(served: Served, toy_model: Path, tmp_path: Path):
    for name in ("model.safetensors", "config.json"):
        served.add_repository(GERMAN.origin, files_of(toy_model))
        served.files[f"/{GERMAN.origin}/resolve/{COMMIT}/{name}"] = b"something else"
        with pytest.raises(FetchError, match="wrong checksum"):
            fetch(GERMAN, tmp_path / name, Network(), addresses=addresses(served))
        assert not (tmp_path / name / GERMAN.name).exists()


def test_weights_in_a_sound_format_are_taken_rather_than_a_pickle(served: Served, toy_model: Path, tmp_path: Path):
    served.add_repository(GERMAN.origin, files_of(toy_model) | {"pytorch_model.bin": b"a pickle"})
    fetched = fetch(GERMAN, tmp_path, Network(), addresses=addresses(served))
    assert not (fetched.folder / "pytorch_model.bin").exists()


def test_a_revision_that_is_asked_for_is_the_one_that_comes(served: Served, toy_model: Path, tmp_path: Path):
    summary = models()["distilbart-cnn-12-6"]
    served.add_repository(summary.origin, files_of(toy_model), revision=summary.revision)
    with pytest.raises(FetchError, match=r"another commit .* \(a4f8f3e\)"):
        fetch(summary, tmp_path, Network(), addresses=addresses(served))


def test_another_licence_than_the_one_of_the_table_is_told(served: Served, toy_model: Path, tmp_path: Path):
    chinese = models()["opus-mt-zh-en"]
    served.add_repository(chinese.origin, files_of(toy_model))
    assert "apache-2.0, not CC-BY-4.0" in fetch(chinese, tmp_path, Network(), addresses=addresses(served)).remark


@pytest.mark.parametrize(
    "listing",
    ["", "[]", "{}", '{"sha": "main", "siblings": []}', json.dumps({"sha": COMMIT, "siblings": [{"rfilename": "x"}]})],
)
def test_a_listing_that_cannot_be_understood_is_an_error(served: Served, tmp_path: Path, listing: str):
    served.files[f"/api/models/{GERMAN.origin}/revision/main"] = listing.encode()
    with pytest.raises(FetchError):
        fetch(GERMAN, tmp_path, Network(), addresses=addresses(served))


def test_names_that_lead_out_of_the_folder_are_never_followed(served: Served, toy_model: Path, tmp_path: Path):
    served.add_repository(GERMAN.origin, files_of(toy_model) | {"../../config.json": b"{}", "sub/vocab.json": b"{}"})
    fetch(GERMAN, tmp_path / "home", Network(), addresses=addresses(served))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home"]


# --- from Mozilla ----------------------------------------------------------------------------------------------------


def test_a_firefox_model_comes_unpacked_and_checked_and_translates(served: Served, tmp_path: Path):
    weights, vocabulary = portuguese_files()
    serve_records(
        served,
        (record("model.pten.intgemm.alphas.bin", "model", weights), weights),
        (record("vocab.pten.spm", "vocab", vocabulary), vocabulary),
        (record("lex.50.50.pten.s2t.bin", "lex", b"not needed"), b"not needed"),
    )
    served.files["/records"] = served.files["/records"].replace(b'"et"', b'"pt"')
    fetched = fetch(models()["pten"], tmp_path, Network(), addresses=addresses(served))
    assert sorted(files_of(fetched.folder)) == ["model.pten.intgemm.alphas.bin", "vocab.pten.spm"]
    engine = engines.load_translator("firefox", "pten", tmp_path)
    assert "weights 2.0" in engine.signature.version
    assert "sea" in engine.translate(["O mar é largo."])[0].lower()


def test_the_newest_release_for_computers_is_taken(served: Served, tmp_path: Path):
    rows = []
    for version, changes in (
        ("1.0", {}),
        ("10.1", {}),
        ("9.9", {}),
        ("11.0a1", {}),
        ("12.0", {"filter_expression": "env.appinfo.OS == 'Android'"}),
        ("13.0", {"targetLanguage": "de"}),
    ):
        content = version.encode()
        rows.append((record("model.eten.bin", "model", content, version, **changes), content))
        rows.append((record("vocab.eten.spm", "vocab", content, version, **changes), content))
    serve_records(served, *rows)
    fetched = fetch(ESTONIAN, tmp_path, Network(), addresses=addresses(served))
    assert fetched.manifest.revision == "10.1"
    assert files_of(fetched.folder)["model.eten.bin"] == b"10.1"


def test_a_release_without_its_vocabulary_or_its_hash_is_passed_over(served: Served, tmp_path: Path):
    good, lone, bare = b"good", b"lone", b"bare"
    serve_records(
        served,
        (record("model.eten.bin", "model", good, "1.0"), good),
        (record("srcvocab.eten.spm", "srcvocab", good, "1.0"), good),
        (record("trgvocab.eten.spm", "trgvocab", good, "1.0"), good),
        (record("model.eten.bin", "model", lone, "3.0"), lone),
        (record("model.eten.bin", "model", bare, "2.0", decompressedHash=None), bare),
        (record("vocab.eten.spm", "vocab", bare, "2.0"), bare),
    )
    assert fetch(ESTONIAN, tmp_path, Network(), addresses=addresses(served)).manifest.revision == "1.0"


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "../../evil.spm"},
        {"name": ".hidden"},
        {"attachment": {"location": "../../x", "size": 1, "hash": "0" * 64}},
        {"attachment": None},
        {"decompressedHash": "short"},
    ],
)
def test_a_record_that_is_not_sound_is_no_part_of_a_release(served: Served, tmp_path: Path, changes: dict[str, object]):
    served.files["/records"] = json.dumps(
        {"data": [record("model.eten.bin", "model", b"m"), record("vocab.eten.spm", "vocab", b"v") | changes]}
    ).encode()
    with pytest.raises(FetchError, match="has none for 'et'"):
        fetch(ESTONIAN, tmp_path, Network(), addresses=addresses(served))


def test_an_unpacked_file_that_is_not_the_one_wanted_is_refused(served: Served, tmp_path: Path):
    serve_records(
        served,
        (record("model.eten.bin", "model", b"weights", decompressedHash="0" * 64), b"weights"),
        (record("vocab.eten.spm", "vocab", b"words"), b"words"),
    )
    with pytest.raises(FetchError, match="not the file wanted"):
        fetch(ESTONIAN, tmp_path, Network(), addresses=addresses(served))
    assert not (tmp_path / "eten").exists()


# --- bounds ----------------------------------------------------------------------------------------------------------


def test_a_disk_without_room_is_told_before_anything_is_asked(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    class Full:
        free = 1_000_000

    monkeypatch.setattr(fetching.shutil, "disk_usage", lambda _: Full)
    with pytest.raises(FetchError, match="has 1 MB free"):
        fetch(ESTONIAN, tmp_path, Network(), addresses=addresses(served))
    assert served.asked == []


def test_no_setting_and_no_variable_reaches_the_addresses(monkeypatch: pytest.MonkeyPatch):
    code = "from digest.weights.fetching import Addresses; print(Addresses())"
    evil = {"FXTRANSLATE_RECORDS_URL": "http://evil.example", "HF_ENDPOINT": "http://evil.example"}
    for name, value in evil.items():
        monkeypatch.setenv(name, value)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "evil" not in done.stdout
    assert all(address.startswith("https://") for address in (Addresses().records, Addresses().hub))


def test_a_new_model_takes_the_place_of_an_old_one(served: Served, toy_model: Path, tmp_path: Path):
    (tmp_path / GERMAN.name).mkdir()
    (tmp_path / GERMAN.name / "old.txt").write_text("old")
    served.add_repository(GERMAN.origin, files_of(toy_model))
    fetched = fetch(GERMAN, tmp_path, Network(), addresses=addresses(served))
    assert not (fetched.folder / "old.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == [GERMAN.name]


def test_the_sentences_of_the_toy_are_what_a_model_must_know():
    assert toy.english("tik zelo") == "the ship"
    assert isinstance(GERMAN, Model)
