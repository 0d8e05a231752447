"""Models of the Hugging Face hub: which files a commit holds, with which hashes.

The answers used: https://huggingface.co/docs/hub/api (a repository at a revision, with `blobs=true`), and files of a
commit under /<repository>/resolve/<commit>/<file>.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from digest.errors import FetchError
from digest.weights.download import Network, Wanted, text
from digest.weights.places import WEIGHTS
from digest.weights.table import NAME, Model

HUB = "https://huggingface.co"

_MOST_LISTING = 16_000_000
_SMALL = 64_000_000
"""Bytes of a file that git itself holds: beyond it the hub keeps files by SHA-256."""

_COMMIT = re.compile(r"[0-9a-f]{40}")
# What a tokenizer and a model of transformers are read from; never code (.py), never weights of other libraries.
_WANTED = re.compile(
    r"config\.json|generation_config\.json|tokenizer(?:_config)?\.json|special_tokens_map\.json|added_tokens\.json|"
    r"vocab\.json|target_vocab\.json|vocab\.txt|merges\.txt|(?:source|target|spiece|sentencepiece\.bpe)\.(?:spm|model)"
)


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit of a repository: its name, the licence that the hub shows ("" = none), and the files to take."""

    revision: str
    licence: str
    files: tuple[tuple[str, Wanted], ...]


def commit_of(network: Network, model: Model, hub: str = HUB) -> Commit:
    """The commit that is to be taken: the model's revision, else the newest. Raises FetchError."""
    body = text(
        network, f"{hub}/api/models/{model.origin}/revision/{model.revision or 'main'}?blobs=true", _MOST_LISTING
    )
    try:
        table = json.loads(body)
        commit = str(table["sha"])
        listed = {str(one["rfilename"]): one for one in table["siblings"]}
    except (ValueError, KeyError, TypeError) as error:
        raise FetchError(
            f"What the hub says of {model.origin} cannot be read: it has another form than before."
        ) from error
    if not _COMMIT.fullmatch(commit) or not commit.startswith(model.revision):
        raise FetchError(f"The hub has another commit of {model.origin} than the one asked for ({model.revision}).")
    names = _names(list(listed))
    if not names:
        raise FetchError(f"{model.origin} holds no weights that this program can read.")
    most = 4 * model.size * 1_000_000
    files = [(name, _wanted(f"{hub}/{model.origin}/resolve/{commit}/{name}", listed[name], most)) for name in names]
    return Commit(commit, _licence(table), tuple(files))


def _names(listed: Sequence[str]) -> list[str]:
    weights = [name for name in WEIGHTS if name in listed][:1]
    return weights and sorted(name for name in listed if _WANTED.fullmatch(name) and NAME.fullmatch(name)) + weights


def _wanted(url: str, row: dict[str, Any], most: int) -> Wanted:
    large = row.get("lfs")
    if isinstance(large, dict) and isinstance(large.get("sha256"), str):
        return Wanted(url, most, sha256=large["sha256"])
    if isinstance(row.get("blobId"), str):
        return Wanted(url, min(most, _SMALL), sha1_of_blob=row["blobId"])
    raise FetchError(f"The hub gives no hash for {url}, so that it cannot be checked.")


def _licence(table: dict[str, Any]) -> str:
    tags = table.get("tags")
    return next((str(tag)[8:] for tag in tags if str(tag).startswith("license:")), "") if isinstance(tags, list) else ""
