"""Bring a model here: whole and checked, or not at all. A broken attempt is gone on with where it ended."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from digest import outfile
from digest.errors import FetchError
from digest.weights import firefox, hub, places
from digest.weights.download import Network, Wanted, file
from digest.weights.places import Manifest
from digest.weights.table import Model, Source

Advance = Callable[[int], None]
"""Called with the number of bytes that have come."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where models are asked for. Others than these are for tests: neither settings nor environment reach them."""

    records: str = firefox.RECORDS
    attachments: str = firefox.ATTACHMENTS
    hub: str = hub.HUB


@dataclass(frozen=True, slots=True)
class Fetched:
    """A model that has come: its folder, what it is, and a remark for the user ("" = none)."""

    folder: Path
    manifest: Manifest
    remark: str = ""


def fetch(
    model: Model,
    home: Path,
    network: Network,
    advance: Advance = lambda count: None,
    addresses: Addresses = Addresses(),
) -> Fetched:
    """Bring `model` into `home/<name>`. Raises FetchError, and OutputError where the folder cannot be written.

    The files are gathered in `home/<name>.part`, which stays for the next attempt, and moved in one step.
    """
    network.check()
    part = home / f"{model.name}.part"
    outfile.make_folder(part)
    _check_space(home, model)
    try:
        manifest, remark = (_from_mozilla if model.source is Source.FIREFOX else _from_the_hub)(
            model, part, network, advance, addresses
        )
        return Fetched(settle(part, home / model.name, manifest), manifest, remark)
    except OSError as error:
        raise FetchError(f"{model.name} cannot be kept in {home} ({error.strerror or error}).") from error


def settle(part: Path, folder: Path, manifest: Manifest) -> Path:
    """Put the whole model in its place: files that are not of it go, the manifest is written, one move at the end."""
    of_it = {name for name, _, _ in manifest.files}
    for stray in part.iterdir():
        if stray.name not in of_it:
            stray.unlink() if stray.is_file() else shutil.rmtree(stray)
    (part / places.MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    old = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    part.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    return folder


def _check_space(home: Path, model: Model) -> None:
    free = shutil.disk_usage(home).free // 1_000_000
    if free < 2 * model.size:
        raise FetchError(f"{home} has {free} MB free; {model.name} needs {2 * model.size} while it is fetched.")


def _from_mozilla(
    model: Model, part: Path, network: Network, advance: Advance, addresses: Addresses
) -> tuple[Manifest, str]:
    release = firefox.newest(network, model, addresses.records, addresses.attachments)
    files = []
    for packed in release.files:
        if packed.size > 4 * model.size * 1_000_000:
            raise FetchError(f"{packed.name} is announced with {packed.size // 1_000_000} MB, far more than expected.")
        wanted = Wanted(packed.url, packed.size, sha256=packed.sha256_packed)
        zipped = part / f"{packed.name}.zst"
        file(network, wanted, zipped, advance)
        unpacked = _unpacked(zipped, packed.sha256)
        (part / packed.name).write_bytes(unpacked)
        files.append((packed.name, packed.sha256.lower(), len(unpacked)))
    return Manifest(model.name, release.version, model.licence, tuple(files)), ""


def _unpacked(zipped: Path, sha256: str) -> bytes:
    from fxtranslate import discovery

    try:
        content = discovery.verify_and_decompress(zipped.read_bytes(), sha256.lower())
    except ValueError as error:
        zipped.unlink()
        raise FetchError(f"{zipped.name} is not the file wanted ({error}).") from error
    if hashlib.sha256(content).hexdigest() != sha256.lower():
        raise FetchError(f"{zipped.name} is not the file wanted (wrong checksum).")
    return bytes(content)


def _from_the_hub(
    model: Model, part: Path, network: Network, advance: Advance, addresses: Addresses
) -> tuple[Manifest, str]:
    commit = hub.commit_of(network, model, addresses.hub)
    files = []
    for name, wanted in commit.files:
        sha256 = file(network, wanted, part / name, advance)
        files.append((name, sha256, (part / name).stat().st_size))
    remark = ""
    if commit.licence and commit.licence.lower() != model.licence.lower():
        remark = f"The hub now shows the licence {commit.licence}, not {model.licence}: look at it before you go on."
    return Manifest(model.name, commit.revision, model.licence, tuple(files)), remark
