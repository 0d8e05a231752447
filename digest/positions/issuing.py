"""Who issued a document, where its head names a state's organ: a ministry, a mission, a government, a parliament, or
the parties of a joint paper. Where the head leaves a doubt, nobody did.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from digest import data
from digest.model import HolderKind
from digest.positions.lexicon import titles
from digest.positions.names import DocumentNames, Form, Mention, find_mentions, holder_kind


@dataclass(frozen=True, slots=True)
class Issuer:
    """`codes`: the state, or the parties of a joint paper; none where the head does not tell for sure. `organ`: the
    words of the head that name it. `name`: who speaks for it, where the head says so. `joint`: a paper of several.
    `parliament`: the record of a state's parliament, in which the government's members alone speak for the state.
    `spoken`: a briefing, in which somebody answers those who ask."""

    codes: tuple[str, ...] = ()
    organ: str = ""
    name: str | None = None
    joint: bool = False
    parliament: bool = False
    spoken: bool = False

    @property
    def state(self) -> str | None:
        """The one state whose organ speaks in the whole document; None for a joint paper and for a parliament's."""
        return self.codes[0] if len(self.codes) == 1 and not (self.joint or self.parliament) else None

    @property
    def parties(self) -> tuple[str, ...]:
        """The states and organisations that a joint paper is of."""
        return self.codes if self.joint else ()


UNKNOWN = Issuer()
_CUT = 300
"""Characters of a text that a heading holds: its last line may be cut off there."""
_LONGEST = 30
"""Words of a line in the head."""


def issuer_of(heading: str, names: DocumentNames) -> Issuer:
    """Who issued the document with this heading (title, publisher, the first lines of its text)."""
    lines = [_Line.of(line, names) for line in _head_lines(heading)]
    if any(line.is_private for line in lines):
        return UNKNOWN
    joint = _parties(lines)
    if joint:
        return Issuer(joint, "the joint paper", joint=True)
    house = _parliament(lines)
    if house is not None:
        return house
    named = {found.codes: found for found in reversed(list(_organs(lines)))}
    if len(named) != 1:
        return UNKNOWN
    (issuer,) = named.values()
    text = " ".join(line.text for line in lines).lower()
    spoken = any(re.search(rf"\b{word}\b", text) for word in _table()["spoken"])
    return Issuer(issuer.codes, issuer.organ, issuer.name, spoken=spoken)


def is_chair(label: str) -> bool:
    """Whether a name with a colon is that of one who presides or keeps the record: "The President", "THE SPEAKER"."""
    return _chair().fullmatch(label) is not None


def is_private_head(heading: str) -> bool:
    """Whether a line at the top names a company, an institute, a party or a paper."""
    return any(_Line.of(line, _NO_NAMES).is_private for line in _head_lines(heading))


_NO_NAMES = DocumentNames.of("")


def whole_lines(heading: str) -> list[str]:
    """The lines of a heading, without the last where it may be cut off."""
    return heading.splitlines()[: -1 if len(heading) >= _CUT else None]


def _head_lines(heading: str) -> list[str]:
    """The lines that are no sentences."""
    lines = [" ".join(line.strip(" *_#\t").split()) for line in whole_lines(heading)]
    return [line for line in lines if line and not _is_prose(line)]


def _is_prose(line: str) -> bool:
    return line.endswith((".", "?", "!", "…", ";")) or len(line.split()) > _LONGEST or bool(_LABELLED.match(line))


_LABELLED = re.compile(r"(?:\W|\d)*[A-Z][\w. ]{0,30}:\s")


def in_small_letters(line: str) -> str:
    """ "REPUBLIC OF FIJI" -> "Republic of Fiji"; other lines as they are."""
    if not line.isupper() or len(line) < _SHORTEST_CAPITALS:
        return line
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda word: _small(word[0]), line)


def _small(word: str) -> str:
    return word.lower() if word in _SMALL_WORDS else word.capitalize()


_SMALL_WORDS = frozenset(("OF", "THE", "AND", "FOR", "BY", "ON", "TO", "IN", "FROM", "WITH", "AT"))


_SHORTEST_CAPITALS = 4
"""Characters: "USA" and "EU" stay."""


_SECRETARY_GENERAL = "Spokesperson for the Secretary-General"
_OF_UN = ("UN",)
"""The office that is called so is that of the United Nations."""


def _speaks(codes: Sequence[str]) -> bool:
    return len(codes) == 1 and holder_kind(codes[0]) is not HolderKind.GROUP


_LONGEST_NAME = 7
"""Words: a longer line is a headline."""
_PRESS_CENTRE = re.compile(r"\b(?:Press|Media|Information) Cent(?:re|er)\b")

# --- a line of the head, with signs in place of the names in it -------------------------------------------------------

_SIGNS = {Form.NAME: "§", Form.ADJECTIVE: "¤", Form.CAPITAL: "¶", Form.SEAT: "§", Form.BODY: "‡", Form.GROUP: "‡"}
_NAMED = re.compile(r"[§¤¶‡¬](\d+)")


@dataclass(frozen=True, slots=True)
class _Line:
    """`masked` has a sign and a number in place of each mention: "Ministry of Health of §0"."""

    text: str
    masked: str
    mentions: tuple[Mention, ...]

    @classmethod
    def of(cls, line: str, names: DocumentNames) -> _Line:
        text = in_small_letters(line)
        mentions = tuple(find_mentions(text, names))
        masked, at = "", 0
        for number, mention in enumerate(mentions):
            sign = _SIGNS.get(mention.form, "¬") if mention.codes else "¬"
            masked += f"{text[at : mention.start]}{sign}{number}"
            at = mention.end
        return cls(text, masked + text[at:], mentions)

    @property
    def is_private(self) -> bool:
        """Whether it is the name of somebody who speaks for no state."""
        short = len(self.text.split()) <= _LONGEST_NAME and not _patterns()["organ"].search(self.masked)
        return short and _private().search(_PRESS_CENTRE.sub("", self.masked)) is not None

    def codes_of(self, sign: str) -> tuple[str, ...]:
        """The state or organisation that the first sign with its number stands for."""
        found = _NAMED.search(sign)
        if found is None:
            own = {code for organ, code in _table()["own"].items() if organ in sign}
            return _OF_UN if _SECRETARY_GENERAL in sign else tuple(own)
        mention = self.mentions[int(found[1])]
        return mention.codes if mention.form is not Form.GROUP and _speaks(mention.codes) else ()


# --- the patterns -----------------------------------------------------------------------------------------------------


@cache
def _table() -> dict[str, Any]:
    return data.load("issuers.toml")


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


@cache
def _chair() -> re.Pattern[str]:
    return re.compile(rf"(?:the )?(?:mr\.? |madam |mme )?{_any(_table()['chairs'])}", re.IGNORECASE)


@cache
def _private() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_any(_table()['private'])}(?!\w)")


_WORDS = r"[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*){0,2}"
_FIELD = rf"(?:,? (?:of|for|and|&)(?: the)? {_WORDS}| {_WORDS} (?:and|&) {_WORDS}){{0,4}}"
"""What a ministry is for: "of Foreign Affairs and Trade"."""
_KIND = (
    r"(?:(?:[A-ZÀ-Þ]\w+ ){0,3}(?:Republic|Kingdom|State|Federation|Union|Commonwealth|Principality|Sultanate)"
    r" of (?:the )?)?"
)
"""What kind of a state it is: "the Islamic Republic of"."""
_FREE = (
    r"(?:[A-ZÀ-Þ\d][\w.,’'-]*|of|the|to|from|by|for|on|and|with|regular|weekly|daily|official|dated|issued|held|press)"
)
"""What may stand between the word for a paper and whose it is."""
_BEHIND = (
    r"(?= (?:on|at|to|in|of|concerning|regarding|addressed|following|after|before|about|for)\b|\s*[,;–—|:(-]|"
    r"\s+[A-ZÀ-Þ\d]|$)"
)


_OWN = (
    r"(?i:communication|submission|(?:press )?statement|explanation of vote|position paper|press release|"
    r"communiqu[ée])"
)
_SPOKEN_FOR = (
    r"(?:official representative of|spokes(?:man|woman|person) (?:for|of)|press secretary of|delegation of|the)"
)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = _table()
    organ, officer, paper = (f"(?i:{_any(table[name])})" for name in ("organs", "officers", "papers"))
    state = rf"(?:of|for) (?:the )?{_KIND}[§‡]\d+"
    owner = r"(?:[Tt]he )?(?:[§‡]\d+['’]s|¤\d+|[§‡]\d+)"
    sole = _any(table["own"])
    theirs = rf"(?:{sole}(?! of\b)|{organ}{_FIELD} {state}|{owner} (?:{_WORDS} )?{organ}{_FIELD})"
    person = rf"(?:{officer}{_FIELD} {state}|{owner} (?:{_WORDS} )?{officer}|{_SECRETARY_GENERAL})"
    tail = r"(?:\s*[,–—|:(-].{0,80}|"
    tail += r"(?: (?:Press|Spokesperson|Office|Department|Division|Media|Public)\b.{0,60})|"
    tail += r"(?: (?:to|in)(?: the)?(?: [A-ZÀ-Þ]\w*| [§‡¶]\d+| of| and){1,6}))?"
    return {
        "organ": re.compile(rf"\b{organ}\b"),
        "head": re.compile(rf"(?:[Tt]he )?{theirs}{tail}"),
        "bare": re.compile(rf"(?:[Tt]he )?{organ}{_FIELD}"),
        "alone": re.compile(rf"(?:[Tt]he )?(?:Government of )?(?:the )?{_KIND}§\d+"),
        "paper": re.compile(
            rf"(?:{_FREE} ){{0,6}}{paper}s?(?: {_FREE}){{0,12}}?(?:,| by| of| from| with)(?: {_FREE}){{0,4}}? "
            rf"(?:{_SPOKEN_FOR} ){{0,3}}(?P<whose>{theirs}|{person}){_BEHIND}",
        ),
        "own": re.compile(rf"{_OWN} (?:by|from|of) (?:the )?{_KIND}[§‡]\d+{_BEHIND}(?! [A-ZÀ-Þ])"),
        "joint": re.compile(r"\bjoint (?:\w+ )?(?:communiqu[ée]|statement|declaration)\b", re.IGNORECASE),
        "chamber": re.compile(rf"\b{_any(table['chambers'])}\b"),
    }


def _organs(lines: Sequence[_Line]) -> Iterator[Issuer]:
    """What each line tells of an issuer."""
    patterns = _patterns()
    for number, line in enumerate(lines):
        match = (
            patterns["head"].fullmatch(line.masked)
            or patterns["paper"].match(line.masked)
            or patterns["own"].match(line.masked)
        )
        if match and not _speaks_of(line):
            codes = line.codes_of(match.groupdict().get("whose") or match[0])
            if len(codes) == 1:
                yield Issuer(codes, _words(match[0], line), _name_behind(line.masked[match.end() :]))
        elif patterns["bare"].fullmatch(line.masked):
            codes = _beside(lines, number)
            if len(codes) == 1:
                yield Issuer(codes, line.text)


def _speaks_of(line: _Line) -> bool:
    """Whether a line is a headline on a paper: "Statement by the Minister of Trade of Peru, critics say, ...", and not
    its own, which may name such things behind "on"."""
    about = _ABOUT.search(line.text)
    own = line.text[: about.start() if about else None]
    return bool(set(re.findall(r"[\w-]+", own.lower())) & set(_table()["headlines"])) or bool(_ASIDE.search(own))


_ASIDE = re.compile(
    r"(?:,|:| [–—-]) (?!(?:press|delivered|held|issued|dated|made|given|read|"
    r"as|with|to|in|on|at|of|and|by|during|before)\b)[a-z]"
)
"""Words in small letters behind a comma, where a paper has a name, a place or a day."""


def _words(masked: str, line: _Line) -> str:
    """A stretch of a masked line with its names again."""
    return _NAMED.sub(lambda sign: line.mentions[int(sign[1])].text, masked)


def _name_behind(rest: str) -> str | None:
    match = re.fullmatch(rf",? ({_WORDS})", rest)
    named = match is not None and " " in match[1] and not set(match[1].lower().split()) & titles().person
    return match[1] if match is not None and named else None


def _beside(lines: Sequence[_Line], number: int) -> tuple[str, ...]:
    """The state of an organ's line that does not name it: the only one that stands alone in a line of the head, else
    the one whose capital the place and the day of the paper name."""
    states: set[str] = set()
    for line in lines:
        match = _patterns()["alone"].fullmatch(line.masked)
        states.update(line.codes_of(match[0]) if match else ())
    if not states:
        for line in lines[number + 1 :]:
            place = re.match(r"(¶\d+)(?:,.{0,12}\d|$)", line.masked)
            states.update(line.codes_of(place[1]) if place else ())
    return tuple(states) if len(states) == 1 else ()


# --- papers of several, and of a parliament ---------------------------------------------------------------------------

_BEFORE_JOINT = re.compile(r"(?:(?:[A-ZÀ-Þ]\w*|[§¤‡]\d+(?:['’]s)?|and|of|the)(?:\s+|\s*[-–—,:/&]\s*))*")
_ABOUT = re.compile(r"\b(?:on|regarding|concerning|about|following|at)\b")


def _parties(lines: Sequence[_Line]) -> tuple[str, ...]:
    """The states and organisations of a joint paper: those that its title names before it says what it is about, with
    the line behind where the title goes on there."""
    for number, line in enumerate(lines):
        match = _patterns()["joint"].search(line.masked)
        if match is None or not _BEFORE_JOINT.fullmatch(line.masked[: match.start()]):
            continue
        parts = [line, *(after for after in lines[number + 1 : number + 2] if re.match(r"[a-z]", after.text))]
        found: list[str] = []
        for part in parts:
            about = _ABOUT.search(part.masked, match.start() if part is line else 0)
            end = about.start() if about else len(part.masked)
            for sign in _NAMED.finditer(part.masked, 0, end):
                mention = part.mentions[int(sign[1])]
                if mention.form in (Form.NAME, Form.ADJECTIVE, Form.GROUP):
                    found += [code for code in mention.codes if holder_kind(code) is not HolderKind.GROUP]
        codes = tuple(dict.fromkeys(found))
        if len(codes) > 1:
            return codes
    return ()


def _parliament(lines: Sequence[_Line]) -> Issuer | None:
    """The state whose parliament the head names, in its own line or with the state in another; None without one."""
    house = next((line for line in lines if _patterns()["chamber"].search(line.masked)), None)
    if house is None or _patterns()["organ"].search(house.masked):
        return None
    own = {code for sign in re.findall(r"[§¤]\d+", house.masked) for code in house.codes_of(sign)}
    if not own:
        own = set(_beside(lines, len(lines)))
    return Issuer(tuple(own), house.text, parliament=True) if len(own) == 1 else None
