"""Which side of a briefing a question is put to, where the head names states and hardly a person: "To the Ghanaian
side: will you build?" Whoever answers next speaks for that side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from digest.positions.lexicon import wording
from digest.positions.names import DocumentNames, Mention, find_mentions
from digest.positions.offices import without_office
from digest.positions.podium import Side, words_for

_BOTH = re.compile(r"\b(?:both|each of you|all of you|either (?:side|of you)|the two of you)\b", re.IGNORECASE)


def addressee(question: str, present: Sequence[Side]) -> str | None:
    """The code of the side that a question is put to in so many words, "" where it is put to several, None where it
    does not say."""
    if _BOTH.search(question):
        return ""
    codes = {side.code for side in present}
    put = {
        mention.codes[0]
        for mention in find_mentions(question, DocumentNames.of(question))
        if _may_answer(mention, codes) and _is_addressed(question, mention)
    }
    return (put.pop() if len(put) == 1 else "") if put else None


def _may_answer(mention: Mention, codes: set[str]) -> bool:
    return len(mention.codes) == 1 and mention.codes[0] in codes


_TO = re.compile(
    r"(?:^|[.:;,?!–—-]\s*)(?:(?:and|then|now|so|but|first|my|a|an|one|another|the|next|quick|second|last|same|brief|follow-?up|"
    r"question|please)\b[, ]*){0,5}(?:to|for|from)(?: the)? (?:(?:foreign|prime|his|her|trade|defen[cs]e)\b ?)*$",
    re.IGNORECASE,
)
_OF_OFFICE = re.compile(
    r"(?:minister|ambassador|delegation|government|side|spokes\w+) (?:of|from)(?: the)? $", re.IGNORECASE
)
_AGAIN = re.compile(r",? (?:again|first|next|now|please)\b")


def _is_addressed(question: str, mention: Mention) -> bool:
    """Whether a question says "to the Togolese side:", "and for Togo:", "Togo again, please", and not "is it good for
    Togo?"."""
    before, behind = question[: mention.start], question[mention.end :]
    head = _OF_OFFICE.search(before)
    if head:
        before = f"{before[: head.start()].rstrip()} "
    if not _TO.search(before):
        return not before.strip(" *_") and _AGAIN.match(behind) is not None
    return _ENDS.match(behind) is not None or _side().match(behind) is not None


_ENDS = re.compile(r"\s*(?:[:,.;–—?]|$)")


@cache
def _side() -> re.Pattern[str]:
    return re.compile(
        rf"(?: (?:foreign|prime|deputy|trade|defen[cs]e))* (?:{words_for('asked.offices')})\b\s*(?:[:,.;–—?]|$)"
    )


# --- who answers under a name that nobody has introduced --------------------------------------------------------------


def answerer(label: str, question: str, present: Sequence[Side]) -> str | None:
    """The code of the side that speaks under a name with a colon which nobody has introduced: the only one whose office
    the name has ("Commissioner Ana Rey"), or of those that have it the one whom the question names; None without."""
    office = without_office(label)[0].lower().split()
    same = [side for side in present if office and side.office.rstrip("s") == office[-1]]
    rest = same or [
        side for side in present if not office or not side.office or side.office in wording("podium.anybody")
    ]
    if len(same) == 1:
        return same[0].code
    named = named_of(question, [side.code for side in rest])
    put = addressee(question, rest)
    return put or (named.pop() if put is None and same and len(named) == 1 else None)


def named_of(question: str, codes: Iterable[str]) -> set[str]:
    """Those of the codes that a question names."""
    own = set(codes)
    mentions = find_mentions(question, DocumentNames.of(question))
    return {mention.codes[0] for mention in mentions if _may_answer(mention, own)}
