"""Firefox Translations models from Mozilla's Remote Settings: which files, with which hashes, in which version.

The collection, its fields and the versions: https://github.com/mozilla/translations (docs) and fxtranslate, whose own
fetching has no bound of time and starts each file anew, so that only its unpacking and checking are used here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from digest.errors import FetchError
from digest.weights.download import Network, text
from digest.weights.table import NAME, Model

RECORDS = "https://firefox.settings.services.mozilla.com/v1/buckets/main/collections/translations-models-v2/records"
ATTACHMENTS = "https://firefox-settings-attachments.cdn.mozilla.net/"

_MOST_RECORDS = 32_000_000
_KINDS = ("model", "vocab", "srcvocab", "trgvocab")  # not "lex": a list that saves time, and that we do without
_VERSION = re.compile(r"(\d+)\.(\d+)(?:\.\d+)?(?:([ab])(\d+))?")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_LOCATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,199}")


@dataclass(frozen=True, slots=True)
class Packed:
    """One file of a model: its name, where it lies, and what it hashes to, packed (zstd) and unpacked."""

    name: str
    url: str
    size: int
    sha256_packed: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Release:
    """The newest release of a model: its version and its files."""

    version: str
    files: tuple[Packed, ...]


def newest(network: Network, model: Model, records: str = RECORDS, attachments: str = ATTACHMENTS) -> Release:
    """The newest release of a model from `model.origin` into English. Raises FetchError."""
    body = text(network, records, _MOST_RECORDS)
    try:
        rows = [row for row in json.loads(body)["data"] if isinstance(row, dict) and _is_of(row, model.origin)]
    except (ValueError, KeyError, TypeError) as error:
        raise FetchError("Mozilla's list of models cannot be read: it has another form than before.") from error
    versions = sorted({str(row.get("version")) for row in rows}, key=_order, reverse=True)
    for version in versions:
        files = _one_each([row for row in rows if str(row.get("version")) == version], attachments)
        if files:
            return Release(version, files)
    raise FetchError(f"Mozilla's list of models has none for '{model.origin}' (any more).")


def _is_of(row: dict[str, Any], language: str) -> bool:
    """Whether a record is of this pair, a release, and meant for a computer (some are for telephones only)."""
    return (
        (row.get("sourceLanguage"), row.get("targetLanguage")) == (language, "en")
        and row.get("fileType") in _KINDS
        and _order(str(row.get("version")))[2] == 1
        and "android" not in str(row.get("filter_expression", "")).lower()
    )


def _order(version: str) -> tuple[int, int, int, int]:
    """Later is greater; 2.0a1 and 2.0b1 come before 2.0, whose third number is 1."""
    match = _VERSION.fullmatch(version)
    if not match:
        return (-1, 0, 0, 0)
    return (int(match[1]), int(match[2]), 0 if match[3] else 1, int(match[4] or 0))


def _one_each(rows: Iterable[dict[str, Any]], attachments: str) -> tuple[Packed, ...]:
    """A model and its vocabularies, or nothing where one is missing or lacks what is needed to check it."""
    found: dict[str, Packed] = {}
    for row in rows:
        packed = _packed(row, attachments)
        if packed:
            found.setdefault(str(row["fileType"]), packed)
    whole = "model" in found and ("vocab" in found or {"srcvocab", "trgvocab"} <= set(found))
    return tuple(found.values()) if whole else ()


def _packed(row: dict[str, Any], attachments: str) -> Packed | None:
    attachment = row.get("attachment")
    if not isinstance(attachment, dict):
        return None
    name, location = str(row.get("name")), str(attachment.get("location"))
    hashes = str(attachment.get("hash")), str(row.get("decompressedHash"))
    sound = NAME.fullmatch(name) and _LOCATION.fullmatch(location) and ".." not in location
    if not sound or not all(_SHA256.fullmatch(one) for one in hashes) or not isinstance(attachment.get("size"), int):
        return None
    return Packed(name, attachments + location, attachment["size"], *hashes)
