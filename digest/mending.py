"""What is done once a translation is there: the analyst's own terms are put in, and a doubted one gets a second try.

The second try cuts the sentence where a clause ends and translates the parts: engines drop whole clauses of long
sentences and rarely of short ones. Where there is nothing to cut, the engine searches more widely (four beams).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from digest.guards import guard

Ask = Callable[[Sequence[str]], list[str]]
"""Translates sentences."""

_CLAUSE = re.compile(
    r"(?<=[;:.!?])\s+(?=\S)|(?<=[；：。！？])\s*(?=\S)|"
    r"(?<=,)\s+(?=(?:e|y|et|und|en|och|og|i|a|и|та|ve|mas|pero|mais|aber|ma|но|але|ale)\s)"
)
_SHORTEST = 15
"""Characters of a part that is worth a sentence of its own."""

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.I)


def second_try(source: str, english: str, language: str, ask: Ask, carefully: Ask) -> tuple[str, tuple[str, ...]]:
    """The translation that the guards doubt less, the first or a second one, and what they doubt in it.

    The second is that of the sentence's parts; of a sentence with nothing to cut, one that the engine has searched for
    more widely. Nothing is asked again where there is no doubt.
    """
    doubts = guard(source, english, language)
    if not doubts:
        return english, doubts
    pieces = parts(source)
    again = ask(pieces) if len(pieces) > 1 else carefully([source])
    text = " ".join(piece.strip() for piece in again)
    fresh = guard(source, text, language)
    return (text, fresh) if len(fresh) < len(doubts) else (english, doubts)


def parts(sentence: str) -> list[str]:
    """The sentence cut where clauses end; one part where there is nothing to cut, or a part would be too short."""
    found: list[str] = []
    for piece in _CLAUSE.split(sentence):
        if found and (len(piece) < _SHORTEST or len(found[-1]) < _SHORTEST):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


def with_terms(
    source: str, english: str, glossary: Sequence[tuple[str, str]], renderings: Mapping[str, str]
) -> tuple[str, tuple[str, ...]]:
    """The English with the words wanted for the terms of `glossary`, and a doubt for each that could not be put in.

    A term is looked for in the source as whole words. Where the wanted English is missing, what the engine makes of
    the term alone (`renderings`) is replaced, if it stands in the English exactly once; nothing else is touched.
    """
    doubts = []
    for term, wanted in glossary:
        if not _word(term).search(source) or _word(wanted).search(english):
            continue
        rendering = _ARTICLE.sub("", renderings.get(term, "").strip().rstrip(".!?"))
        places = list(_word(rendering).finditer(english)) if rendering else []
        if len(places) == 1:
            english = english[: places[0].start()] + _like(wanted, places[0][0]) + english[places[0].end() :]
        else:
            doubts.append(f"“{term}” is not translated as “{wanted}”, as the glossary wants")
    return english, tuple(doubts)


def _word(text: str) -> re.Pattern[str]:
    spaced = r"\s+".join(re.escape(part) for part in text.split())
    edge = r"(?<!\w){}(?!\w)" if text[:1].isascii() or (text[:1].isalpha() and ord(text[0]) < 0x2E80) else "{}"
    return re.compile(edge.replace("{}", spaced), re.I)


def _like(wanted: str, replaced: str) -> str:
    """With a capital where the replaced word had one."""
    return wanted[:1].upper() + wanted[1:] if replaced[:1].isupper() else wanted
