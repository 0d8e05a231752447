from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import FRENCH, PORTUGUESE, write_corpus
from servers import Served, serving

from digest import provision, store
from digest.commands import models as command
from digest.errors import FetchError, UsageError
from digest.weights import download, places
from digest.weights.fetching import Addresses
from digest.weights.table import models


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder, a store and a place for models of its own; no variable that forbids the network."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(places, "own_folder", lambda: tmp_path / "own")
    monkeypatch.setattr(store, "default_path", lambda: tmp_path / "store.sqlite3")
    for variable in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def hub(toy_model: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    with serving() as served:
        files = {file.name: file.read_bytes() for file in toy_model.iterdir()}
        summary = models()["distilbart-cnn-12-6"]
        served.add_repository(summary.origin, files, revision=summary.revision)
        served.files = {path.replace("c0ffee", "c0ffee"): content for path, content in served.files.items()}
        served.add_repository("Helsinki-NLP/opus-mt-de-en", files)
        monkeypatch.setattr(
            provision, "ADDRESSES", Addresses(f"{served.url}/records", f"{served.url}/files/", served.url)
        )
        yield served


def test_the_list_names_the_languages_of_the_corpus_their_models_and_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    write_corpus(tmp_path, french=FRENCH, portuguese=PORTUGUESE)
    assert command.run(["--corpus", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    for wanted in ("pten", "fren", "MPL-2.0", "not here", "models fetch fr", "BLEU 44.3"):
        assert wanted in said
    assert "deen" not in said


def test_without_a_corpus_the_list_says_so_and_shows_what_is_here(capsys: pytest.CaptureFixture[str]):
    assert command.run([]) == 0
    said = capsys.readouterr().out
    assert "There is no folder corpus" in said
    assert "pten" in said


def test_all_models_are_listed_with_engine_size_licence_and_quality(capsys: pytest.CaptureFixture[str]):
    assert command.run(["list", "--all"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 120
    assert any("opus-mt-tc-big-zle-en" in line and "CC-BY-4.0" in line and "BLEU 39.2" in line for line in lines)


def test_a_language_that_comes_through_the_network_is_tested_before_it_is_kept(hub: Served):
    Path("digest.toml").write_text('[translation]\nengines = ["marian"]\n', encoding="utf-8")
    with pytest.raises(FetchError, match="Das Wasser ist kalt"):
        command.run(["fetch", "de"])
    assert not (places.own_folder() / "opus-mt-de-en").exists()


def test_where_the_network_is_forbidden_nothing_is_asked_and_the_command_for_elsewhere_is_told(
    hub: Served, monkeypatch: pytest.MonkeyPatch
):
    with pytest.raises(FetchError, match=r"--offline.*models fetch opus-mt-de-en.*models import models.zip"):
        command.run(["fetch", "opus-mt-de-en", "--offline"])
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(FetchError, match="HF_HUB_OFFLINE is set"):
        command.run(["fetch", "opus-mt-de-en"])
    assert hub.asked == []


def test_a_word_that_means_nothing_is_an_error(hub: Served):
    for words, reason in ((["fetch", "klingon"], "neither a language"), (["fetch"], "Name languages")):
        with pytest.raises(UsageError, match=reason):
            command.run(words)
    with pytest.raises(UsageError, match="No model for 'check'"):
        command.run(["fetch", "check"])


def test_a_kind_of_model_is_fetched_by_its_name(hub: Served, monkeypatch: pytest.MonkeyPatch):
    summary = models()["distilbart-cnn-12-6"]
    path = f"/api/models/{summary.origin}/revision/{summary.revision}"
    commit = summary.revision + "0" * (40 - len(summary.revision))
    hub.files = {name.replace("c0ffee" + "0" * 34, commit): content for name, content in hub.files.items()}
    hub.files[path] = hub.files[path].replace(b"c0ffee" + b"0" * 34, commit.encode())
    assert command.run(["fetch", "summary"]) == 0
    found = places.find(summary.name, None, places.is_transformers)
    assert found is not None
    assert places.revision_of(found).startswith("a4f8f3e")


def test_models_travel_in_a_file_and_are_tested_where_they_arrive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    assert command.run(["export", "pt.zip", "pt"]) == 0
    monkeypatch.setattr(places, "own_folder", lambda: tmp_path / "other")
    assert command.run(["import", "pt.zip"]) == 0
    assert "tested on pt" in capsys.readouterr().out
    assert (tmp_path / "other" / "pten" / places.MANIFEST).is_file()
    assert command.run(["export", "all.zip"]) == 0


def test_an_export_of_nothing_and_of_what_is_not_here_are_errors():
    with pytest.raises(UsageError, match="No model has been fetched yet"):
        command.run(["export", "x.zip"])
    with pytest.raises(FetchError, match="opus-mt-de-en is not on this machine"):
        command.run(["export", "x.zip", "opus-mt-de-en"])


@pytest.mark.parametrize(("value", "allowed"), [("1", False), ("true", False), ("0", True), ("", True)])
def test_the_variable_of_the_hub_decides_as_its_own_libraries_read_it(
    monkeypatch: pytest.MonkeyPatch, value: str, allowed: bool
):
    monkeypatch.setenv("HF_HUB_OFFLINE", value)
    assert download.network_of(False).allowed is allowed
