from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import FRENCH, PORTUGUESE, RunProgram, Steps, write_corpus
from servers import Served, portuguese_files, record, serve_records, serving

from digest import engines, provision
from digest.config import Config
from digest.pipeline.batches import Processed, digest_documents
from digest.pipeline.reading import Corpus
from digest.pipeline.work import Models, Request, Run
from digest.store import Store
from digest.weights import places
from digest.weights.download import Network
from digest.weights.fetching import Addresses


@pytest.fixture
def mozilla(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A machine without the Portuguese model of the package, and a server that has it."""
    weights, vocabulary = portuguese_files()
    monkeypatch.setattr("digest.engines.firefox._wheel_folders", lambda model: [])
    monkeypatch.setattr(places, "own_folder", lambda: tmp_path / "own")
    with serving() as served:
        rows = (("model.pten.bin", "model", weights), ("vocab.pten.spm", "vocab", vocabulary))
        serve_records(
            served, *((record(name, kind, content) | {"sourceLanguage": "pt"}, content) for name, kind, content in rows)
        )
        monkeypatch.setattr(provision, "ADDRESSES", Addresses(f"{served.url}/records", f"{served.url}/files/"))
        yield served


def digest(folder: Path, config: Config | None = None, network: Network | None = None) -> Processed:
    config = config or Config()
    store = Store.in_memory()
    request = Request(folder, folder, folder, date(2026, 3, 9))
    with Corpus(request, config, store) as corpus:
        listed, _ = corpus.survey(Steps())
        made = digest_documents(corpus, listed, Run(config, store, Steps(), Models(), network))
    store.close()
    return made


def told(made: Processed) -> str:
    return "\n".join(f"{notice.reason} {notice.advice}" for notice in made.notices)


def test_a_missing_small_model_is_fetched_announced_and_used(mozilla: Served, tmp_path: Path):
    made = digest(write_corpus(tmp_path, portuguese=PORTUGUESE), network=Network())
    assert "pten (33 MB, MPL-2.0) was fetched and tested" in told(made)
    assert made.digested[0].translated_by == "firefox"
    assert engines.has_translator("firefox", "pten", None)


@pytest.mark.parametrize("how", ["fetch = false", "--offline"])
def test_where_fetching_is_not_wanted_nothing_is_asked_and_the_command_is_told(
    mozilla: Served, tmp_path: Path, how: str
):
    config = Config()
    if how == "fetch = false":
        config = replace(config, translation=replace(config.translation, fetch=False))
    network = Network(allowed=how != "--offline", why=how)
    made = digest(write_corpus(tmp_path, portuguese=PORTUGUESE), config, network)
    assert mozilla.asked == []
    assert made.digested[0].untranslated
    assert "models fetch pt" in told(made)
    assert "models import" in told(made)


def test_a_network_that_fails_is_asked_once_and_the_run_goes_on(mozilla: Served, tmp_path: Path):
    mozilla.files.clear()
    made = digest(write_corpus(tmp_path, portuguese=PORTUGUESE, french=FRENCH), network=Network(patience=1.0))
    assert len(mozilla.asked) == 2  # once for each language: the server answers
    assert told(made).count("could not be fetched") == 2
    assert all(one.untranslated for one in made.digested)


GUARD = """
import socket, sys
def tried(*arguments, **named):
    print("NETWORK", arguments[1:2])
    raise OSError("no network")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = tried
from digest.cli import main
sys.exit(main(sys.argv[1:] or {arguments!r}))
"""


@pytest.mark.parametrize("how", ["--offline", "HF_HUB_OFFLINE"])
def test_an_offline_run_with_nothing_cached_tries_no_network(run_python: RunProgram, tmp_path: Path, how: str):
    folder = write_corpus(tmp_path, french=FRENCH)
    arguments = ["--corpus", str(folder), "--out", str(tmp_path / "briefs"), "--date", "2026-03-09"]
    done = run_python(GUARD.format(arguments=[*arguments, *(["--offline"] if how == "--offline" else [])]), tmp_path)
    assert done.returncode == 0, done.stderr
    assert "NETWORK" not in done.stdout
    brief = json.loads(next((tmp_path / "briefs").glob("*.json")).read_text(encoding="utf-8"))
    assert "models fetch fr" in json.dumps(brief["notices"])
