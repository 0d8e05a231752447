"""Where a topic, or what somebody wants, is to undo something: to end, ban, cut, delay, leave.

"Peru supports the mission" is no support for ending it, and "Peru wants the mission wound up" none for the mission: the
direction must be worked out from the whole, which is the classifier's to do. The rules then tell no stance.
"""

from __future__ import annotations

import re
from functools import cache

from digest import data
from digest.model import Topic

_ELSE = re.compile(r"\b(?:instead of|rather than|as|because|since|while|which|who)\b|[,;:]", re.IGNORECASE)
"""What follows is not what is wanted or refused: "wants quotas instead of a ban", "dismissed it as a way to ban it"."""

_POINTED = re.compile(
    r"\W*(?:[\w'’-]+\W+){0,4}?(?:it|this|that)(?=\W*$|\s*[,.;:]|\s+(?:and|but|in|on|at|with|because|as|for|if|when|now|too|"
    r"again|after|before|by|unless|without|out|off|down|up|last|next|this)\b)"
)
"""The matter at hand as what is wanted or refused: "backs it", "wants that stopped"; not "backed that appeal"."""

_BARE = re.compile(r"\W*(?:$|(?:and|but|because|saying|adding|citing|noting)\b)", re.IGNORECASE)
"""Nothing is named: "will vote against", "gave its support and left"."""


def turns(before: str, behind: str, topic: Topic) -> bool:
    """Whether the direction of a stance may not be that of its cue, by what stands before and behind it in its clause.

    On a topic that undoes: where the clause names neither such an act nor the matter at large. On any other: where
    something is undone behind the cue.
    """
    acts = [_stem(word) for word in _pattern("undoing").findall(topic.name.lower())]
    if not acts:
        return bool(_pattern("undoing").search(_ELSE.split(behind)[0].lower()))
    clause = f"{before} | {behind}".lower()
    named = {_stem(word) for word in _pattern("undoing").findall(clause)} - set(acts[1:])
    told = _pattern("at_large").search(clause) or _POINTED.match(behind.lower()) or _BARE.match(behind)
    return not named and not told


def is_act(topic: Topic) -> bool:
    """Whether the topic itself is to undo something."""
    return _pattern("undoing").search(topic.name.lower()) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(data.load('stance.toml')[name])})\b")


def _stem(word: str) -> str:
    return word[:4]
