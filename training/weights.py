"""The trained layers to a file: eight bits a number with a scale for each row, checked by the engine when it loads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import save

from digest.engines import judge
from digest.engines.exits import NAME
from digest.positions.cases import FINGERPRINT
from training.network import Network

FROZEN = "encoder.embeddings.word_embeddings.weight"


def read(path: Path) -> dict[str, Any]:
    """The layers of a file as tensors of 32 bits, without its exits, which fit no other layers."""
    tensors = judge.tensors_of(path.read_bytes())[0]
    return {name: value for name, value in tensors.items() if not name.startswith(NAME)}


def write(path: Path, network: Network, *, temperature: float) -> str:
    """Write all layers but the word vectors, which are the package's own. Returns the SHA-256 of the file."""
    tensors: dict[str, NDArray[Any]] = {}
    for name, value in network.state_dict().items():
        if name == FROZEN or name.startswith("encoder.pooler"):
            continue
        numbers = value.detach().numpy().astype(np.float32)
        if numbers.ndim == 2 and numbers.size > 4096:
            scale = np.maximum(np.abs(numbers).max(axis=1), 1e-12) / 127
            tensors[name] = np.round(numbers / scale[:, None]).astype(np.int8)
            tensors[f"{name}.scale"] = scale.astype(np.float32)
        else:
            tensors[name] = numbers
    about = {"temperature": str(temperature), "features": FINGERPRINT}
    return _write(path, tensors, about)


Exits = Mapping[int, tuple[NDArray[np.float32], float, float]]
"""By the layers before an exit: its weights, its bias, and below which probability a case leaves."""


def with_exits(path: Path, made: Exits) -> str:
    """Give a file of weights these exits, in place of any that it has. Returns the SHA-256 of the new file."""
    about, tensors = _without_exits(path)
    for layer, (weight, bias, _) in made.items():
        tensors[f"{NAME}{layer}.weight"] = weight
        tensors[f"{NAME}{layer}.bias"] = np.array([bias], dtype=np.float32)
    about["exits"] = json.dumps({layer: most for layer, (*_, most) in sorted(made.items())})
    return _write(path, tensors, about)


def between(first: Path, second: Path, share: float) -> dict[str, Any]:
    """The layers on the way from one file's to another's, `share` of the way (0 to 1), as tensors of 32 bits.

    What lies between weights and their fine-tuned ones is often the better on texts of other kinds than those of the
    tuning (Wortsman et al. 2022, https://arxiv.org/abs/2109.01903).
    """
    start, end = read(first), read(second)
    return {name: (1 - share) * value + share * end[name] for name, value in start.items()}


def with_temperature(path: Path, temperature: float) -> str:
    """Give a file of weights the temperature that its scores are divided by, and take away its exits, which were made
    for another. Returns the SHA-256 of the new file."""
    about, tensors = _without_exits(path)
    return _write(path, tensors, {**about, "temperature": str(temperature)})


def _without_exits(path: Path) -> tuple[dict[str, str], dict[str, NDArray[Any]]]:
    with safe_open(path, framework="numpy") as stored:
        about = {name: value for name, value in (stored.metadata() or {}).items() if name != "exits"}
        return about, {name: stored.get_tensor(name) for name in sorted(stored.keys()) if not name.startswith(NAME)}


def _write(path: Path, tensors: dict[str, NDArray[Any]], about: Mapping[str, str]) -> str:
    """Write a file of weights. Returns its SHA-256. The library puts what a file says of itself in another order each
    time; here it is always the same, so that the same weights are the same bytes."""
    data = save(tensors, metadata=dict(about))
    length = int.from_bytes(data[:8], "little")
    head = json.loads(data[8 : 8 + length])
    head["__metadata__"] = dict(sorted(head["__metadata__"].items()))
    ordered = json.dumps(head, separators=(",", ":"), ensure_ascii=False).encode("utf-8").ljust(length)
    data = data[:8] + ordered + data[8 + length :]
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()
