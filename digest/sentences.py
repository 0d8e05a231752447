"""Text to sentences: cuts without moving a character.

Every span that comes back is a stretch of the text as it stands. The rules are those of a careful typesetter: a full
stop ends a sentence unless it belongs to an abbreviation, an initial, an ordinal or a number; what stands in quotation
marks stays with its speaker as long as the whole is short.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from digest import data
from digest.model import Furniture
from digest.paragraphs import paragraphs

FOOTNOTE_MARK = "footnote mark"
"""The one kind of furniture that may stand within a sentence."""

LONGEST_SENTENCE = 1_500
"""In characters; what is longer is cut at a comma or a space."""

_WORDS_KEPT_TOGETHER = 60
_STOP = re.compile(r"[.!?…‽]+|[。！？｡؟۔।॥։።។]+")
_NEEDS_SPACE = frozenset(".!?…‽؟۔։።")
_CLOSERS = "\"'”’»›“‘«‹)]}」』）】"
_OPENERS = "\"'“‘«‹„‚»›”([{「『（【¿¡—–-•"
_WORD_BEFORE = re.compile(r"[^\s,;:!?…()\[\]{}\"“”„«»‹›‘'’/–—]+$")
_SPACED_ABBREVIATION = re.compile(r"(?<![^\W_])(?:[^\W\d_]{1,3}\.[ \u00a0\u202f]?){1,3}[^\W\d_]{1,4}$")
_DOMAINS = frozenset(
    ("com", "org", "net", "gov", "edu", "info", "eu", "tv", "io", "ai", "js", "co", "uk", "de", "fr", "ru")
)
_NEXT_WORD = re.compile(r"[^\W_]+")
_NAMES_THEN = re.compile(r"(?:[^\W\d_][\w’'.-]*\s+){1,5}?([a-z]+)\b")
_PAIRS = {
    **{"“": "”", "„": "“”", "”": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", "‘": "’", "'": "'", '"': '"'},
    **{"(": ")", "「": "」", "『": "』"},
}
_QUOTES = re.compile("[“”„«»‹›‘’'\"()「」『』]")
_SOFT_CUT = re.compile(r"[;,،，、；:]\s|[，、；]|\s[—–]\s")


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence: [start, end) in characters of the text, and the number of its paragraph, counted from 0."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class _Rules:
    """What is known of full stops in one language (data/sentences.toml)."""

    never: frozenset[str]
    numbered: frozenset[str]
    units: frozenset[str]
    beginnings: frozenset[str]
    seldom: frozenset[str]
    starters: frozenset[str]
    speech: frozenset[str]
    ordinals: bool


def split(text: str, furniture: Sequence[Furniture] = (), language: str = "en") -> list[Span]:
    """The sentences of a text, in order and disjoint, none empty, none beginning or ending with white space.

    Every character that is neither white space nor furniture is in one of them. No sentence holds furniture, but for
    footnote marks within it, and none is longer than `LONGEST_SENTENCE`. `language` is a BCP 47 code.
    """
    rules = _rules(language.split("-")[0].casefold())
    cuts = _merged((mark.start, mark.end) for mark in furniture if mark.kind != FOOTNOTE_MARK)
    masked = _masked(text, furniture)
    return [
        Span(start, end, number)
        for number, (paragraph_start, paragraph_end) in enumerate(paragraphs(text))
        for piece_start, piece_end in _outside(cuts, paragraph_start, paragraph_end)
        for start, end in _sentences(masked, piece_start, piece_end, rules)
    ]


def _masked(text: str, furniture: Sequence[Furniture]) -> str:
    """The text with spaces for footnote marks: of the same length, so that offsets hold."""
    pieces: list[str] = []
    at = 0
    for mark in sorted(furniture, key=lambda mark: mark.start):
        if mark.kind == FOOTNOTE_MARK and mark.start >= at:
            pieces += (text[at : mark.start], " " * (mark.end - mark.start))
            at = mark.end
    return "".join(pieces) + text[at:]


def _merged(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _outside(cuts: list[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of [start, end) that lie in none of the cuts."""
    for index in range(max(0, bisect_right(cuts, (start, 0)) - 1), len(cuts)):
        cut_start, cut_end = cuts[index]
        if cut_start >= end:
            break
        if cut_start > start:
            yield start, cut_start
        start = max(start, cut_end)
    if start < end:
        yield start, end


def _sentences(text: str, start: int, end: int, rules: _Rules) -> Iterator[tuple[int, int]]:
    """Sentences of one stretch of a paragraph, which may be white space alone."""
    piece = text[start:end]
    bounds = [bound for bound in _bounds(piece, rules) if bound < len(piece)]
    for first, last in _kept_together(piece, bounds):
        for left, right in _short(piece, first, last):
            stripped = piece[left:right].strip()
            if stripped:
                offset = start + left + len(piece[left:right]) - len(piece[left:right].lstrip())
                yield offset, offset + len(stripped)


def _bounds(piece: str, rules: _Rules) -> Iterator[int]:
    """The places where a sentence ends, closing marks included."""
    roles = _quote_roles(piece)
    for stop in _STOP.finditer(piece):
        end = _past_closers(piece, stop.end(), roles)
        if _ends_sentence(piece, stop, end, rules):
            yield end


def _past_closers(piece: str, at: int, roles: dict[int, bool]) -> int:
    while at < len(piece):
        # French sets a space before its closing guillemet.
        spaced = piece[at] in " \u00a0\u202f" and piece[at + 1 : at + 2] in ("»", "›") and roles.get(at + 1) is False
        if spaced:
            at += 2
        elif piece[at] in _CLOSERS and roles.get(at) is not True:
            at += 1
        else:
            break
    return at


def _ends_sentence(piece: str, stop: re.Match[str], end: int, rules: _Rules) -> bool:
    mark = stop[0][-1]
    rest = piece[end : end + 200]
    if not rest.strip():
        return True
    if mark in _NEEDS_SPACE and not rest[0].isspace() and not _is_glued(piece, stop.start(), end):
        return False
    if mark not in _NEEDS_SPACE:
        # In Japanese a particle in hiragana ties a quotation to what follows.
        return not (end > stop.end() and "\u3040" <= rest[0] <= "\u309f")
    following = rest.lstrip().lstrip(_OPENERS + " \u00a0\u202f")
    if not following or following[0].islower():
        return False
    if stop[0] == ".":
        return not _belongs_to_word(piece, stop.start(), following, rules)
    before = piece[stop.start() - 1 : stop.start()]
    if before in ("[", "("):
        return False
    return not (end > stop.end() and _names_speaker(rest.lstrip(), rules))


def _is_glued(piece: str, at: int, end: int) -> bool:
    """Whether two sentences stand without a space between them, as where a page's line ends were lost."""
    token = (piece[max(0, at - 60) : at].split() or [""])[-1]
    after = piece[end : end + 12].lstrip("“«„")
    if len(token) < 3 or not (token[-3:].isalpha() and token[-3:].islower()) or set(token) & set("./@"):
        return False
    word = _NEXT_WORD.match(after)
    is_domain = token.casefold() == "www" or bool(word and word[0].casefold() in _DOMAINS)
    return after[:1].isupper() and after[1:2].islower() and not is_domain


def _names_speaker(rest: str, rules: _Rules) -> bool:
    match = _NAMES_THEN.match(rest)
    return bool(match and match[1] in rules.speech)


def _belongs_to_word(piece: str, at: int, following: str, rules: _Rules) -> bool:
    """Whether the full stop at `at` is part of an abbreviation, an initial, an ordinal or a number of a list."""
    head = piece[max(0, at - 30) : at]
    match = _WORD_BEFORE.search(head)
    if match is None:
        return False
    word = match[0].casefold()
    next_word = _NEXT_WORD.match(following)
    begins = bool(next_word and next_word[0].casefold() in rules.starters)
    if word.isdecimal():
        alone = not piece[: at - len(word)].strip(" \t•([")
        return (len(word) <= 3 and alone) or (rules.ordinals and len(word) <= 2 and not begins)
    if word in rules.units:
        return not head[: match.start()].rstrip()[-1:].isdecimal()
    if word in rules.numbered and following[0].isdecimal():
        return True
    dotted = next_word and following[next_word.end() :].startswith(".")
    if next_word and dotted and f"{word}.{next_word[0].casefold()}" in rules.beginnings:
        return True
    return _is_abbreviation(head, match[0], begins, rules)


def _is_abbreviation(head: str, word: str, begins: bool, rules: _Rules) -> bool:
    """`head` is the text up to the full stop, `word` its last word, `begins` whether the next word begins sentences."""
    spaced = _SPACED_ABBREVIATION.search(head)
    forms = {word.casefold(), re.sub(r"\s", "", spaced[0]).casefold() if spaced else ""}
    if forms & rules.never:
        return True
    is_initial = (len(word) == 1 and not word.islower()) or _is_acronym(word)
    return not begins and (is_initial or bool(forms & rules.seldom))


def _is_acronym(word: str) -> bool:
    parts = word.replace("-", "").split(".")
    return len(parts) > 1 and all(len(part) == 1 for part in parts)


def _quote_roles(piece: str) -> dict[int, bool]:
    """For each quotation mark or bracket, whether it opens (True) or closes (False), by what stands around it."""
    roles: dict[int, bool] = {}
    for match in _QUOTES.finditer(piece):
        at, mark = match.start(), match[0]
        before = piece[at - 1] if at else " "
        after = piece[at + 1] if at + 1 < len(piece) else " "
        if mark in "\"”'’" and before.isalnum() and (after.isalnum() or mark in "'’"):
            continue  # an apostrophe, inches, or a Hebrew abbreviation
        starts = before.isspace() or before in "([{—–-¿¡“„«\"'‘"
        ends = after.isspace() or after in ".,;:!?…)]}—–-”»\"'’"
        roles[at] = starts if starts != ends else mark in "“„«‹(「『‘"
    return roles


def _enclosed(piece: str) -> list[tuple[int, int]]:
    """The outermost pairs of quotation marks and brackets, as [opening, closing], in order and disjoint."""
    pairs: list[tuple[int, int]] = []
    waiting: dict[str, int] = {}
    for at, opens in _quote_roles(piece).items():
        if opens:
            waiting[piece[at]] = at
            continue
        opener = next((mark for mark in waiting if piece[at] in _PAIRS.get(mark, "")), None)
        if opener is not None:
            pairs.append((waiting.pop(opener), at))
    outermost: list[tuple[int, int]] = []
    for pair in sorted(pairs, key=lambda pair: (pair[0], -pair[1])):
        if not outermost or pair[0] > outermost[-1][1]:
            outermost.append(pair)
    return outermost


def _kept_together(piece: str, bounds: list[int]) -> list[tuple[int, int]]:
    """Sentences between bounds, those bounds left out that stand within quotation marks of a short sentence."""
    pairs = _enclosed(piece)
    starts = [opening for opening, _ in pairs]
    firm: list[int] = []
    inner: dict[int, list[int]] = {}
    for bound in bounds:
        index = bisect_right(starts, bound - 1) - 1
        if index >= 0 and bound <= pairs[index][1]:
            inner.setdefault(len(firm), []).append(bound)
        else:
            firm.append(bound)
    found: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(zip([0, *firm], [*firm, len(piece)], strict=True)):
        cuts = inner.get(number, [])
        if cuts and len(piece[start:end].split()) < _WORDS_KEPT_TOGETHER and end - start < LONGEST_SENTENCE:
            cuts = []
        found += zip([start, *cuts], [*cuts, end], strict=True)
    return found


def _short(piece: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch itself, or its parts where it is too long for a sentence."""
    while end - start > LONGEST_SENTENCE:
        window = piece[start : start + LONGEST_SENTENCE]
        half = LONGEST_SENTENCE // 2
        cut = max((match.end() for match in _SOFT_CUT.finditer(window, half)), default=0)
        cut = cut or window.rfind(" ", half) + 1 or LONGEST_SENTENCE
        yield start, start + cut
        start += cut
    yield start, end


@cache
def _table() -> dict[str, _Rules]:
    raw = data.load("sentences.toml")
    common = raw["common"]
    return {
        code: _Rules(
            never=frozenset(entry.get("never", []) + common["never"]),
            numbered=frozenset(common["numbered"]),
            units=frozenset(entry.get("units", [])),
            beginnings=_beginnings(entry.get("never", []) + entry.get("seldom", [])),
            seldom=frozenset(entry.get("seldom", []) + common["seldom"]),
            starters=frozenset(entry.get("starters", [])),
            speech=frozenset(entry.get("speech", [])),
            ordinals=bool(entry.get("ordinals", False)),
        )
        for code, entry in raw.items()
    }


def _beginnings(abbreviations: list[str]) -> frozenset[str]:
    """The first two parts of the abbreviations that have several: "z.b" of "z.b"."""
    return frozenset(".".join(each.split(".")[:2]) for each in abbreviations if "." in each)


def _rules(code: str) -> _Rules:
    """The rules of a language; for an unknown one those that hold in every language."""
    table = _table()
    return table.get(code, table["common"])
