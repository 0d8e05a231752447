"""Lists of votes in plain lines: "In favour: Ghana, Togo. Against: Peru." and, by state, "Ghana: against".

As sure as anything can be: nothing but a side and names of states, or a name and a side.
"""

from __future__ import annotations

import re
from functools import cache

from digest import data
from digest.model import StanceLabel
from digest.positions.names import Mention
from digest.positions.parsed import Parsed

_JOINED = re.compile(r"(?:\W|\band\b|\bthe\b|\bas well as\b|\bof\b(?= America))*")


@cache
def _sides() -> tuple[tuple[StanceLabel, re.Pattern[str]], ...]:
    """The words of each side, from `digest/data/stance.toml`."""
    votes = data.load("stance.toml")["votes"]
    return tuple((StanceLabel(label), re.compile("|".join(words), re.IGNORECASE)) for label, words in votes.items())


def cast(one: Parsed) -> tuple[StanceLabel, str, tuple[Mention, ...]] | None:
    """The side that a line of a list of votes tells, its words, and who takes it; None for any other sentence."""
    names = tuple(mention for mention in one.mentions if mention.is_actor_name)
    fronted = _fronted(one.text, names)
    before, _, behind = (fronted or one.text).partition(":")
    if names and (fronted or names[0].start > len(before)):
        side, listed = _side_of(before), behind
    elif len(names) == 1:
        side, listed = _side_of(behind), before
    else:
        return None
    return (side[0], side[1], names) if side is not None and _are_names(listed, names) else None


_FRONTED = re.compile(
    r"(?:also |(?:among )?those )*(?P<side>[^:;,]{3,80}?) (?:is|are|was|were|stands?|stood)(?: also| only)?(?: the)? $",
    re.IGNORECASE,
)


def _fronted(text: str, names: tuple[Mention, ...]) -> str | None:
    """ "Voting against were Ghana and Togo" as a list: "Voting against: Ghana and Togo"; None for any other."""
    match = _FRONTED.match(text[: names[0].start]) if names else None
    return f"{match['side']}: {text[names[0].start :]}" if match else None


def _side_of(text: str) -> tuple[StanceLabel, str] | None:
    words = re.sub(r"\(\d+\)|[\W\d_]+$|^\W+", "", text.strip())
    return next(((label, words) for label, pattern in _sides() if pattern.fullmatch(words)), None)


def _are_names(text: str, names: tuple[Mention, ...]) -> bool:
    """Whether a text is nothing but names of states."""
    for mention in sorted(names, key=lambda one: -len(one.text)):
        text = text.replace(mention.text, " ", 1)
    return _JOINED.fullmatch(text) is not None
