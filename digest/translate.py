"""Route a language to an engine, translate each sentence once, and doubt the result aloud.

The guards of this version: numbers kept, negation kept, length within reason, no loop. A failed guard never drops a
sentence: the translation is shown with the doubt in words and the original beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from digest import data, engines
from digest.model import EngineSignature, Translation

BATCH = 32
"""Sentences translated between two reports: what an interruption can lose."""


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
    table = data.load("routes.toml")
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
    sentences: Sequence[str],
    route: Route,
    folder: Path | None,
    done: Callable[[list[Translation]], None] = lambda batch: None,
) -> list[Translation]:
    """The English of each sentence, in order. `done` gets each batch as soon as it is made, so that it can be kept.

    Raises EngineError when the model cannot be loaded.
    """
    engine = engines.load_translator(route.engine, route.language, route.model, folder)
    translations: list[Translation] = []
    for start in range(0, len(sentences), BATCH):
        batch = [prepare(sentence) for sentence in sentences[start : start + BATCH]]
        made = []
        for source, english in zip(batch, engine.translate(batch), strict=True):
            text = restore_quotes(source, english.strip())
            made.append(Translation(text, engine.signature, guard(source, text, route.language)))
        done(made)
        translations += made
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
    "fr": re.compile(r"\b(?:n['’](?=\w)|(?:ne|pas|jamais|aucun\w*|sans|ni|rien|personne)\b)", re.I),
    "de": re.compile(r"\b(?:nicht|kein\w*|nie|niemals|ohne|nichts|niemand|weder)\b", re.I),
    "es": re.compile(r"\b(?:no|nunca|jamás|ni|ningún|ningun\w*|nada|nadie|sin|tampoco)\b", re.I),
    "it": re.compile(r"\b(?:non|mai|nessun\w*|niente|nulla|senza|né)\b", re.I),
}
# Words that carry a negation within them, so that its sign may go: "not allow" -> "forbid".
_INNER_NEGATION = re.compile(
    r"\b(?:un(?!i|der|til|cle)\w{4,}|non-?\w{4,}|dis(?:agree|allow|approv|miss|regard|satisf|trust)\w*|"
    r"(?:in|im)(?:abilit|accept|adequa|capab|compat|effective|evitab|suffic|toler|valid|visib|possib|practic|probab)\w*|"
    r"(?:illegal|illegit|irregular|irrelev|oppos|den[iy]|forbid|fail|lack|prevent|exclud|avoid|declin|absen)\w*|"
    r"ban(?:s|ned|ning)?|rul(?:ed?|es|ing) out|withh(?:eld|old\w*)|only|hardly|barely|scarcely|unless|until)\b",
    re.I,
)


def guard(source: str, english: str, language: str) -> tuple[str, ...]:
    """What is doubtful in a translation, each doubt in words for the reader of the brief; empty when nothing is."""
    doubts = []
    if not english:
        return ("the translation is empty",)
    missing = sorted(numbers(source) - numbers(english) - _spelt_out(english) - _rewritten(source, english))
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
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_MONTHS = "january february march april may june july august september october november december"


def _spelt_out(english: str) -> set[str]:
    """Numbers that the English writes as words or as the name of a month."""
    words = set(re.findall(r"[a-z]+", english.lower()))
    lists = (_NUMBER_WORDS.split(), _ORDINALS.split(), _MONTHS.split())
    return {str(value) for names in lists for value, word in enumerate(names, 1) if word in words}


_THOUSANDS = re.compile(rf"({_NUMBER.pattern})\s+(?:mil|mille|mila|tausend|tys|tysięcy|тыс\w*|тис\w*)\b", re.I)
_CLOCK = re.compile(r"\b(1[3-9]|2[0-3])\s?[h:.]\s?(?:[0-5]\d)?\b", re.I)
_HALF_DAY = re.compile(r"\b[ap]\.?m\b", re.I)


def _rewritten(source: str, english: str) -> set[str]:
    """Numbers that English writes otherwise, where it does: 10 mil as 10,000, 18h30 as 6:30 p.m."""
    there = numbers(english)
    thousands = {digits: _thousandfold(match) for match in _THOUSANDS.findall(source) for digits in numbers(match)}
    found = {digits for digits, many in thousands.items() if many in there}
    if _HALF_DAY.search(english):
        found |= {hour for hour in _CLOCK.findall(source) if str(int(hour) - 12) in there}
    return found


def _thousandfold(number: str) -> str:
    """ "2,5" -> "2500"."""
    decimals = re.search(r"[.,](\d{1,2})$", number)
    return re.sub(r"\D", "", number).lstrip("0") + "0" * (3 - len(decimals[1]) if decimals else 3)


def _loops(text: str) -> bool:
    """The same run of three words three times."""
    words = text.lower().split()
    runs = [tuple(words[index : index + 3]) for index in range(len(words) - 2)]
    return any(runs.count(run) >= 3 for run in set(runs))
