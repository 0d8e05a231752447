"""The phrases that give page furniture away (data/furniture.toml), compiled once into patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from digest import data

_SEPARATORS = r"[\s,;:|·•/&+›»→>#()\[\]–—….-]*(?:\d{1,6}[\s,;:|·•/&+›»→>#()\[\].–—…-]*)?"
_LABEL_END = r"\s*(?:[:：>»›→|–—…]|-\s|\.{3}|$)"
_LONGEST_LINE = 400
"""In characters; longer lines are not matched whole."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Phrases that mark a line of at most `most` words as furniture of one kind."""

    kind: str
    match: str
    pattern: re.Pattern[str]
    most: int
    fewest: int
    open: bool
    digits: bool
    also: re.Pattern[str] | None

    def speaks_for(self, folded: str, words: int, is_sentence: bool) -> bool:
        """Whether a line (case-folded, of so many words, ending like a sentence or not) is this furniture."""
        if not self.fewest <= words <= self.most or (self.open and is_sentence):
            return False
        if self.digits and not any(character.isdecimal() for character in folded):
            return False
        if self.match == "line":
            return len(folded) <= _LONGEST_LINE and self.pattern.fullmatch(folded) is not None
        found = self.pattern.search(folded) if self.match == "inside" else self.pattern.match(folded)
        if found is None or (self.also and not self.also.search(folded)):
            return False
        # One word and a colon may well begin a sentence: "Background: the strait was closed in March."
        return self.match != "label" or not is_sentence or words <= 10 or " " in found[0].rstrip(" :：")


@dataclass(frozen=True, slots=True)
class Cues:
    """All that the furniture file holds."""

    lines: tuple[Cue, ...]
    heads: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]
    links_at_end: re.Pattern[str]
    biography: re.Pattern[str]
    credit: re.Pattern[str]
    credit_in_brackets: re.Pattern[str]
    agency_in_brackets: re.Pattern[str]
    agency: re.Pattern[str]
    copyright: re.Pattern[str]
    credit_at_start: re.Pattern[str]
    code: tuple[str, ...]
    acronyms: frozenset[str]

    def head(self, folded: str) -> str | None:
        """The kind of what follows this line until the end, when it is such a line ("Related articles")."""
        return next((kind for kind, whole, _ in self.heads if whole.fullmatch(folded)), None)

    def labelled(self, folded: str) -> str | None:
        """The kind of a line that begins with such a head and goes on after a colon ("About the author: ...")."""
        return next((kind for kind, _, label in self.heads if label.match(folded)), None)


def fold(text: str) -> str:
    """For comparing: case-folded, straight apostrophes, single spaces."""
    return " ".join(text.casefold().replace("’", "'").split())


@cache
def cues() -> Cues:
    """The cues, read on first use."""
    raw = data.load("furniture.toml")
    lines = tuple(_cue(**entry) for entry in raw["cue"])
    caption = raw["caption"]
    agencies, labels = _any(caption["agencies"]), _any(caption["labels"])
    sources = _any(caption["sources"])
    links = [p for e in raw["cue"] if e["kind"] == "link" and e["match"] == "label" for p in e["phrases"] if " " in p]
    return Cues(
        lines=lines,
        heads=tuple(
            (
                entry["kind"],
                re.compile(rf"[\W\d_]*{_any(entry['phrases'])}[\W\d_]*"),
                re.compile(rf"{_any([p for p in entry['phrases'] if ' ' in p])}\s*[:：–—-]\s"),
            )
            for entry in raw["head"]
        ),
        links_at_end=re.compile(rf"(?<=[.!?…”\"»])\s+{_any(links)}(?:\s[^.!?…]{{1,120}})?[\s.…»›→>]*$"),
        biography=re.compile(_any(raw["biography"]["phrases"])),
        credit=re.compile(
            rf"(?:{labels}\s*(?:by|by:|credit:|:|/|©|\||von|par|de|di)\s*[^.!?:]{{2,60}}"
            rf"|(?:©|\bvia|/|\|)\s*{agencies}(?:[/\s,]+{agencies})*|\bap photo\s*/[^.!?]{{2,60}}"
            rf"|©\s*[^.!?\d]{{2,40}}/[^.!?\d]{{2,40}}|getty images)[\s.)\]]*$"
        ),
        credit_in_brackets=re.compile(
            rf"[(\[](?:(?!via\b|archiv|arquivo){labels}\s[^()\[\]]{{2,60}}[)\]][\s.]*$|[^()\[\]]{{0,60}}?(?:{labels}\s*[:/©|]|{labels}\b[^()\[\]]{{0,30}}{agencies}|{sources}\s*:\s*{agencies}"
            rf"|©|{agencies}\s*[/,]|[/]\s*{agencies}|photo by|getty)[^()\[\]]{{0,80}}[)\]][\s.]*$)"
        ),
        agency_in_brackets=re.compile(
            rf"[(\[](?:mit |avec |com |con |with )?{agencies}(?:\s*[/,]\s*[\w. ]{{2,20}}){{0,4}}[)\]]$"
        ),
        agency=re.compile(agencies),
        copyright=re.compile(
            rf"(?:©|\(c\)|\bcopyright\b)[\s©]*(?:\(c\)\s*)?(?:19|20)\d\d|\bcopyright\s*©|^©|{_any(raw['copyright']['phrases'])}"
        ),
        credit_at_start=re.compile(rf"[\w .'-]{{3,40}}\s?/\s?{agencies}(?:[/\s,]+{agencies})*\s*(?:[-–—:|]|$)"),
        code=tuple(raw["code"]["phrases"]),
        acronyms=frozenset(raw["dateline"]["acronyms"]),
    )


def _cue(
    kind: str,
    match: str,
    most: int,
    phrases: list[str],
    fewest: int = 1,
    open: bool = False,
    digits: bool = False,
    also: list[str] | None = None,
) -> Cue:
    pattern = _any(phrases)
    if match == "line":
        pattern = rf"{_SEPARATORS}(?>{pattern}{_SEPARATORS})++"  # possessive: a long menu must not be tried twice
    elif match == "label":
        pattern = rf"[\W\d_]{{0,4}}{pattern}{_LABEL_END}"
    elif match == "start":
        pattern = rf"[^\w(]{{0,4}}{pattern}"
    return Cue(kind, match, re.compile(pattern), most, fewest, open, digits, re.compile(_any(also)) if also else None)


def _any(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases as whole words, the longest first.

    Phrases with the same boundaries share one look-behind: the pattern then fails at once inside a word.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for phrase in sorted({fold(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase)):
        before = r"(?<!\w)" if _is_spaced(phrase[0]) else ""
        after = r"(?!\w)" if _is_spaced(phrase[-1]) else ""
        groups.setdefault((before, after), []).append(re.escape(phrase))
    return "(?:" + "|".join(f"{before}(?:{'|'.join(each)}){after}" for (before, after), each in groups.items()) + ")"


def _is_spaced(character: str) -> bool:
    """Whether it is a letter or digit of a script that sets spaces between words (not Thai, Chinese, Japanese ...)."""
    return character.isalnum() and not ("\u0e00" <= character <= "\u0eff" or character >= "\u2e80")
