"""The real engines, each loaded once for all tests that need it, and the places of the project."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import toy
from builders import Engines, RunProgram

from digest import engines
from digest.engines import Embedder, Translator, precision
from digest.store import Store
from digest.weights import places

ROOT = Path(__file__).resolve().parent.parent

# Read when torch is loaded: on a busy machine its threads otherwise spend most of the time waiting for each other.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

# No test asks the network for a model, in this process or in another.
os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture(scope="session", autouse=True)
def no_models_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What somebody has fetched, and what was measured, has no part in the tests."""
    folder = tmp_path_factory.mktemp("models")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "own_folder", lambda: folder / "own")
        patch.setattr(precision, "_place", lambda: folder / "precision.json")
        precision.remember(precision._machine(), "int8")
        patch.setenv("HF_HUB_CACHE", str(folder / "hub"))
        yield


@pytest.fixture(scope="session")
def toy_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real MarianMT model that translates an invented language (see toy.py), trained once for all tests."""
    return toy.make(tmp_path_factory.mktemp("toy") / "opus-mt-xx-en")


@pytest.fixture
def store() -> Iterator[Store]:
    """A store in memory, empty for each test."""
    opened = Store.in_memory()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """all-MiniLM-L6-v2 as pip brings it."""
    return engines.load_embedder()


@pytest.fixture(scope="session")
def portuguese() -> Translator:
    """The Portuguese model that pip brings."""
    return engines.load_translator("firefox", "pten", None)


@pytest.fixture(scope="session")
def english_parser() -> object:
    """spaCy's small English model."""
    from digest.engines.parser import EnglishParser

    return EnglishParser()


def environment(cache: Path) -> dict[str, str]:
    """The variables of this process, but with caches of its own, on every system."""
    places = dict.fromkeys(("XDG_CACHE_HOME", "XDG_DATA_HOME", "HOME", "LOCALAPPDATA", "USERPROFILE"), str(cache))
    hub = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
    return os.environ | places | hub | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


@pytest.fixture(scope="session")
def run_program() -> RunProgram:
    """`make_brief.py` in a process of its own: arguments, the cache folder, the working folder."""

    def run(*arguments: str | Path, cache: Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(ROOT / "make_brief.py"), *map(str, arguments)]
        return subprocess.run(
            command, cwd=folder, env=environment(cache), capture_output=True, encoding="utf-8", timeout=240, check=False
        )

    return run


@pytest.fixture(scope="session")
def run_python() -> RunProgram:
    """Lines of Python in a process of their own, with the project on the path."""

    def run(code: str, cache: Path = ROOT, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", code], cwd=folder, env=environment(cache), capture_output=True, encoding="utf-8",
            timeout=240, check=False,
        )  # fmt: skip

    return run


@pytest.fixture
def counted(
    embedder: Embedder, portuguese: Translator, english_parser: object, monkeypatch: pytest.MonkeyPatch
) -> Engines:
    """The real engines, already loaded and counting, in place of those that a run would load."""
    made = Engines(embedder, portuguese, english_parser)
    made.install(monkeypatch)
    return made
