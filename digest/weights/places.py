"""Where a model lies on this machine. Nothing is loaded and no network is used.

Three places are looked at, the first wins: the folder of the configuration, the program's own folder of models, and,
for models of the hub, the Hugging Face cache (HF_HUB_CACHE, HF_HOME). In the first two a model is a folder of its name.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from digest.weights.table import Kind, Source, models

MANIFEST = "digest-model.json"
"""The file beside a fetched model's files that says what they are: written last, so that it marks a whole model."""

WEIGHTS = ("model.safetensors", "pytorch_model.bin")
"""Weights as the hub has them, the better first: the second is a pickle, of which only tensors are ever read."""

SENTENCEPIECE = ("config.json", "source.spm", "target.spm", "vocab.json")
"""What a MarianMT model needs beside its weights."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was fetched: the model, its commit or version, its licence, and the SHA-256 and the size of each file."""

    name: str
    revision: str
    licence: str
    files: tuple[tuple[str, str, int], ...]

    def to_json(self) -> str:
        """The text of the file beside the model."""
        files = {name: {"sha256": sha256, "size": size} for name, sha256, size in self.files}
        table = {"name": self.name, "revision": self.revision, "licence": self.licence, "files": files}
        return json.dumps(table, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def of(cls, table: Any) -> Manifest:
        """The manifest in parsed JSON. Raises ValueError where it is none."""
        try:
            files = tuple((str(name), str(one["sha256"]), int(one["size"])) for name, one in table["files"].items())
            return cls(str(table["name"]), str(table["revision"]), str(table["licence"]), files)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a manifest of a model: {error}") from error


def own_folder() -> Path:
    """The program's own folder of models, which may not exist yet. Not the cache, which may be emptied at any time."""
    import platformdirs

    return platformdirs.user_data_path("digest-brief") / "models"


def home(folder: Path | None) -> Path:
    """Where fetched models are put: the folder of the configuration, else the program's own."""
    return folder or own_folder()


def find(name: str, folder: Path | None, fits: Callable[[Path], bool]) -> Path | None:
    """The first of the model's places that `fits` accepts, or None."""
    return next((place for place in candidates(name, folder) if fits(place)), None)


def candidates(name: str, folder: Path | None) -> list[Path]:
    """The folders in which a model of this name may lie, the first preferred."""
    places = [folder / name] if folder else []
    places.append(own_folder() / name)
    model = models().get(name)
    if model and model.source is Source.HUB:
        places.extend(_in_the_hub_cache(model.origin))
    return places


def whole(name: str, place: Path) -> bool:
    """Whether a folder holds every file that a model of the table needs."""
    model = models()[name]
    if model.source is Source.FIREFOX:
        return firefox_files(place) is not None
    return is_marian(place) if model.kind is Kind.TRANSLATION else is_transformers(place)


def is_transformers(place: Path) -> bool:
    """Whether a folder holds a model that transformers can read."""
    return (place / "config.json").is_file() and any((place / weights).is_file() for weights in WEIGHTS)


def is_marian(place: Path) -> bool:
    """Whether a folder holds a MarianMT model with its vocabularies."""
    return is_transformers(place) and all((place / file).is_file() for file in SENTENCEPIECE)


def firefox_files(place: Path) -> tuple[Path, Path, Path] | None:
    """A Firefox model's weights and its vocabularies (one shared by both languages, or one each), or None."""
    if not place.is_dir():
        return None
    weights = sorted(place.glob("model.*.bin"))
    shared = sorted(place.glob("vocab.*.spm"))
    source, target = sorted(place.glob("srcvocab.*.spm")), sorted(place.glob("trgvocab.*.spm"))
    if weights and shared:
        return weights[0], shared[0], shared[0]
    if weights and source and target:
        return weights[0], source[0], target[0]
    return None


def _in_the_hub_cache(repository: str) -> list[Path]:
    """The snapshots of a repository in the Hugging Face cache, the one that "main" names first.

    Its layout: https://huggingface.co/docs/huggingface_hub/guides/manage-cache.
    """
    root = os.environ.get("HF_HUB_CACHE") or os.environ.get("HUGGINGFACE_HUB_CACHE")
    home_of_all = Path(os.environ.get("HF_HOME") or Path.home() / ".cache" / "huggingface")
    base = (Path(root) if root else home_of_all / "hub") / f"models--{repository.replace('/', '--')}"
    try:
        snapshots = sorted(path for path in (base / "snapshots").iterdir() if path.is_dir())
        main = (base / "refs" / "main").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return []
    return sorted(snapshots, key=lambda path: path.name != main)


def manifest_of(place: Path) -> Manifest | None:
    """What the file beside a model says, or None where there is none or it is broken."""
    try:
        return Manifest.of(json.loads((place / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def revision_of(place: Path) -> str:
    """What tells these weights from others of the same name, in a few characters: commit, version, or their hash."""
    manifest = manifest_of(place)
    if manifest:
        return manifest.revision[:12]
    if place.parent.name == "snapshots":
        return place.name[:12]
    weights = [place / name for name in WEIGHTS if (place / name).is_file()] or sorted(place.glob("model.*.bin"))
    return _hash_of(weights[0], weights[0].stat().st_mtime_ns)[:12] if weights else "unknown"


@cache
def _hash_of(path: Path, changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def size_of(place: Path) -> int:
    """Megabytes of a model's files, rounded up."""
    return -(-sum(file.stat().st_size for file in place.iterdir() if file.is_file()) // 1_000_000)
