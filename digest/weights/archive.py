"""Models in one file, for machines that never see a network: a zip with a list of its files and their SHA-256.

The list protects against a damaged file. It cannot say that a model is what it claims to be: import only what somebody
you trust has exported. Whatever is in it, only models of the table are taken, only files that such a model may have,
each within its announced size; nothing is unpacked anywhere but in the folder of models.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from digest import outfile
from digest.errors import FetchError, OutputError, UsageError
from digest.weights import fetching, places
from digest.weights.places import Manifest
from digest.weights.table import NAME, Model, models

CONTENTS = "digest-models.json"
"""The list in the zip: it comes first."""

_MOST_CONTENTS = 4_000_000
_PIECE = 1024 * 1024
_OF_A_MODEL = (".bin", ".spm", ".json", ".txt", ".safetensors", ".model")


def export(found: Sequence[tuple[Model, Path]], target: Path, advance: Callable[[int], None]) -> Path:
    """Write the models in `found` (each with its folder) into `target`, whole or not at all.

    `advance` is called with the number of bytes written. Raises OutputError, and UsageError where the file exists.
    """
    if target.exists():
        raise UsageError(f"{target} is there already. Choose another name, or move it away.")
    part = target.with_name(f"{target.name}.part")
    try:
        manifests = [(_manifest(model, folder), folder) for model, folder in found]
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED, allowZip64=True) as zipped:
            listed = {"models": [json.loads(manifest.to_json()) for manifest, _ in manifests]}
            zipped.writestr(CONTENTS, json.dumps(listed, indent=1))
            for manifest, folder in manifests:
                for name, _, size in manifest.files:
                    zipped.write(folder / name, f"{manifest.name}/{name}")
                    advance(size)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OutputError(f"{target} cannot be written ({error.strerror or error}). Choose another place.") from error
    return target


def _manifest(model: Model, folder: Path) -> Manifest:
    """The model's own list, made now where it was not fetched by this program; only files that a model has."""
    known = places.manifest_of(folder)
    names = [name for name, _, _ in known.files] if known else _files_of(folder)
    files = []
    for name in names:
        with (folder / name).open("rb") as opened:
            files.append((name, hashlib.file_digest(opened, "sha256").hexdigest(), (folder / name).stat().st_size))
    if known and tuple(files) != known.files:
        raise FetchError(f"The files of {model.name} in {folder} have changed since they came. Fetch it again.")
    return known or Manifest(model.name, places.revision_of(folder), model.licence, tuple(files))


def _files_of(folder: Path) -> list[str]:
    names = [file.name for file in folder.iterdir() if file.is_file() and file.suffix in _OF_A_MODEL]
    if places.WEIGHTS[0] in names:
        names = [name for name in names if name != places.WEIGHTS[1]]
    return sorted(name for name in names if name != places.MANIFEST and not name.startswith("lex."))


def import_(source: Path, home: Path, advance: Callable[[int], None]) -> list[Manifest]:
    """Bring every model of an exported file into `home`; what they are. A model that is there already is replaced.

    `advance` is called with the number of bytes read. Raises FetchError where the file is damaged or holds what it
    must not hold: then nothing of it is used.
    """
    with _opened(source) as zipped:
        manifests = _contents(zipped, source)
        total = sum(size for manifest in manifests for _, _, size in manifest.files)
        outfile.make_folder(home)
        if shutil.disk_usage(home).free < total + 50_000_000:
            raise FetchError(f"{home} has too little space for {total // 1_000_000} MB of models.")
        parts = [_unpack(zipped, manifest, home, advance) for manifest in manifests]
    for manifest, part in zip(manifests, parts, strict=True):
        fetching.settle(part, home / manifest.name, manifest)
    return manifests


def size(source: Path) -> int:
    """Bytes of the models in an exported file. Raises FetchError."""
    with _opened(source) as zipped:
        return sum(length for manifest in _contents(zipped, source) for _, _, length in manifest.files)


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as zipped:
            yield zipped
    except FileNotFoundError as error:
        raise UsageError(f"There is no file {source}. Name one that 'models export' has written.") from error
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise FetchError(f"{source} is damaged, or not a file of 'models export' ({error}).") from error
    except OSError as error:
        raise FetchError(f"{source} cannot be unpacked ({error.strerror or error}).") from error


def _contents(zipped: zipfile.ZipFile, source: Path) -> list[Manifest]:
    """The list of the archive, checked against the table of models and against what the archive holds."""
    entries = {entry.filename: entry for entry in zipped.infolist()}
    listing = entries.get(CONTENTS)
    if listing is None or listing.file_size > _MOST_CONTENTS:
        raise FetchError(f"{source} is not a file of 'models export': it has no list of models.")
    try:
        rows: list[Any] = json.loads(zipped.read(listing).decode("utf-8"))["models"]
        manifests = [Manifest.of(row) for row in rows]
    except (ValueError, KeyError, TypeError) as error:
        raise FetchError(f"{source}: its list of models cannot be read ({error}).") from error
    for manifest in manifests:
        _check(manifest, entries, source)
    if len({manifest.name for manifest in manifests}) != len(manifests):
        raise FetchError(f"{source} lists a model twice.")
    return manifests


def _check(manifest: Manifest, entries: dict[str, zipfile.ZipInfo], source: Path) -> None:
    model = models().get(manifest.name)
    if model is None:
        raise FetchError(f"{source} holds a model that this program does not know ('{manifest.name[:60]}').")
    for name, _, length in manifest.files:
        entry = entries.get(f"{manifest.name}/{name}")
        if not NAME.fullmatch(name) or not name.endswith(_OF_A_MODEL) or name == places.MANIFEST:
            raise FetchError(f"{source} holds a file that no model has ('{name[:60]}').")
        # Stored as they are: there is nothing in weights to pack, and a bomb cannot be hidden.
        if entry is None or entry.compress_type != zipfile.ZIP_STORED or entry.file_size != length:
            raise FetchError(f"{source} is damaged: {manifest.name}/{name} is not as listed.")
    if sum(length for _, _, length in manifest.files) > 4 * model.size * 1_000_000:
        raise FetchError(f"{source} holds far more for {manifest.name} than that model has.")


def _unpack(zipped: zipfile.ZipFile, manifest: Manifest, home: Path, advance: Callable[[int], None]) -> Path:
    part = home / f"{manifest.name}.import"
    shutil.rmtree(part, ignore_errors=True)
    outfile.make_folder(part)
    try:
        for name, sha256, length in manifest.files:
            digest = hashlib.sha256()
            with zipped.open(f"{manifest.name}/{name}") as packed, (part / name).open("wb") as out:
                while piece := packed.read(_PIECE):
                    digest.update(piece)
                    out.write(piece)
                    advance(len(piece))
            if digest.hexdigest() != sha256.lower() or (part / name).stat().st_size != length:
                raise FetchError(f"{manifest.name}/{name} is damaged (wrong checksum): export it again.")
        if not places.whole(manifest.name, part):
            raise FetchError(f"{manifest.name} lacks a file that it needs: export it again.")
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return part
