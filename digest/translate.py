"""Route a language to an engine, translate each sentence once, and doubt the result aloud.

The guards of this version: numbers kept, negation kept, length within reason, no loop. A failed guard never drops a
sentence: the translation is shown with the doubt in words and the original beside it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from digest import engines
from digest.model import EngineSignature, Translation


@dataclass(frozen=True, slots=True)
class Route:
    """One way from a language into English: a row of the table. `size` is in megabytes."""

    language: str
    engine: str
    model: str
    licence: str
    size: int


@cache
def routes() -> tuple[Route, ...]:
    """The table of routes, in the order in which a language's models are tried."""
    table = tomllib.loads(resources.files("digest.data").joinpath("routes.toml").read_text(encoding="utf-8"))
    return tuple(Route(language=row["language"], **model) for row in table["route"] for model in row["models"])


def find_route(language: str, allowed: Sequence[str], folder: Path | None) -> Route | None:
    """The first route for `language` whose engine is allowed and whose model is on this machine, or None."""
    for route in routes():
        fits = route.language == language.split("-")[0] and route.engine in allowed
        if fits and engines.has_translator(route.engine, route.language, route.model, folder):
            return route
    return None


def signature_of(route: Route) -> EngineSignature:
    """What translations of this route are filed under; nothing is loaded."""
    return engines.translator_signature(route.engine, route.model, route.licence)


def translate(
    sentences: Sequence[str], route: Route, folder: Path | None, progress: Callable[[int], None] = lambda done: None
) -> list[Translation]:
    """The English of each sentence, in order. `progress` is told the number of sentences done since its last call.

    Raises EngineError when the model cannot be loaded.
    """
    engine = engines.load_translator(route.engine, route.language, route.model, folder)
    translations: list[Translation] = []
    for start in range(0, len(sentences), 32):
        batch = [prepare(sentence) for sentence in sentences[start : start + 32]]
        for source, english in zip(batch, engine.translate(batch), strict=True):
            text = restore_quotes(source, english.strip())
            translations.append(Translation(text, engine.signature, guard(source, text, route.language)))
        progress(len(batch))
    return translations


# --- before and after the engine -----------------------------------------------------------------------------------

_QUOTES = str.maketrans(dict.fromkeys("“”„«»‟", '"'))
_SPACE = re.compile(r"\s+")
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
# Straight quotes with the French habit of a space inside, which the engine would detach.
_SPACED_QUOTE = re.compile(r'"\s+([^"]*?)\s+"')


def prepare(sentence: str) -> str:
    """The sentence as the engine gets it: one line, straight quotes (curly ones get lost on the way), no note marks."""
    text = _SPACE.sub(" ", _FOOTNOTE.sub("", sentence).translate(_QUOTES)).strip()
    return _SPACED_QUOTE.sub(r'"\1"', text)


def restore_quotes(source: str, english: str) -> str:
    """Give back a quotation mark that the engine lost at either end of the sentence. No word is touched."""
    text = english.translate(_QUOTES)
    if text.count('"') % 2 == 0 or source.count('"') % 2 == 1:
        return text
    if source.startswith('"') and not text.startswith('"'):
        return '"' + text
    if source.endswith(('"', '".', '",')) and not text.endswith(('"', '."', '".', ',"')):
        return text + '"'
    return text


_NUMBER = re.compile(r"\d+(?:[.,  ]\d{3})*(?:[.,]\d+)?")
_NEGATION = {
    "en": re.compile(
        r"\b(?:not|no|never|none|nor|neither|nothing|nobody|without|cannot|\w+n['’]t|refus\w+|reject\w+)\b", re.I
    ),
    "pt": re.compile(r"\b(?:não|nunca|jamais|nem|nenhum\w*|nada|ninguém|sem)\b", re.I),
    "fr": re.compile(r"\b(?:ne|n['’](?=\w)|pas|jamais|aucun\w*|sans|ni|rien|personne)", re.I),
    "de": re.compile(r"\b(?:nicht|kein\w*|nie|niemals|ohne|nichts|niemand|weder)\b", re.I),
    "es": re.compile(r"\b(?:no|nunca|jamás|ni|ningún|ningun\w*|nada|nadie|sin|tampoco)\b", re.I),
    "it": re.compile(r"\b(?:non|mai|nessun\w*|niente|nulla|senza|né)\b", re.I),
}
# Words that carry a negation within them, so that its sign may go: "not allow" -> "forbid".
_INNER_NEGATION = re.compile(
    r"\b(?:un|in|im|dis|non)\w{4,}|"
    r"\b(?:oppos|den[iy]|forbid|fail|lack|prevent|ban|exclud|rule[sd]? out|avoid|only|hardly|unless)\w*",
    re.I,
)


def guard(source: str, english: str, language: str) -> tuple[str, ...]:
    """What is doubtful in a translation, each doubt in words for the reader of the brief; empty when nothing is."""
    doubts = []
    if not english:
        return ("the translation is empty",)
    missing = sorted(numbers(source) - numbers(english) - _spelt_out(english))
    if missing:
        doubts.append(f"a number is missing or changed: {', '.join(missing)}")
    negation = _NEGATION.get(language)
    if (
        negation
        and negation.search(source)
        and not (_NEGATION["en"].search(english) or _INNER_NEGATION.search(english))
    ):
        doubts.append("a negation may be lost")
    ratio = len(english) / max(len(source), 1)
    if len(source) > 40 and not 0.5 <= ratio <= 2.0:
        doubts.append("much shorter than the original" if ratio < 1 else "much longer than the original")
    if _loops(english) and not _loops(source):
        doubts.append("words are repeated over and over")
    return tuple(doubts)


def numbers(text: str) -> set[str]:
    """The numbers of a text as digits alone, so that 12.000, 12,000 and 12 000 are the same."""
    return {digits for match in _NUMBER.findall(text) if (digits := re.sub(r"\D", "", match).lstrip("0"))}


_NUMBER_WORDS = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty
"""
_MONTHS = "january february march april may june july august september october november december"


def _spelt_out(english: str) -> set[str]:
    """Numbers that the English writes as words or as the name of a month."""
    words = set(re.findall(r"[a-z]+", english.lower()))
    spelt = {str(value) for value, word in enumerate(_NUMBER_WORDS.split(), 1) if word in words}
    return spelt | {str(value) for value, word in enumerate(_MONTHS.split(), 1) if word in words}


def _loops(text: str) -> bool:
    """The same run of three words three times."""
    words = text.lower().split()
    runs = [tuple(words[index : index + 3]) for index in range(len(words) - 2)]
    return any(runs.count(run) >= 3 for run in set(runs))
