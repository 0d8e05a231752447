"""In which language a printed sentence stands, and how it came to stand in it."""

from __future__ import annotations

from dataclasses import dataclass

from digest.model import Sentence
from digest.word.languages import primary, reads_right_to_left


@dataclass(frozen=True, slots=True)
class Spoken:
    """`machine`: a machine translated it. `foreign`: it stands untranslated in a language that is not English.

    `doubts` are what the guards of the translation found, in words.
    """

    language: str
    rtl: bool
    machine: bool
    foreign: bool
    doubts: tuple[str, ...] = ()


def spoken(text: str, evidence: Sentence) -> Spoken:
    """How `text` relates to the sentence of the document that it comes from."""
    language = evidence.language
    if primary(language) == "en":
        return Spoken(language, reads_right_to_left(text), machine=False, foreign=False)
    translation = evidence.translation
    if text.strip() == evidence.text.strip() and (translation is None or translation.text.strip() != text.strip()):
        return Spoken(language, reads_right_to_left(text), machine=False, foreign=True)
    doubts = translation.flags if translation else ()
    return Spoken("en", reads_right_to_left(text), machine=translation is not None, foreign=False, doubts=doubts)
