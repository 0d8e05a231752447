"""What a paper says of itself: corrections, "our correspondent", "we reported"."""

from __future__ import annotations

import re

_EDITORIAL = re.compile(
    r"\b(?:we (?:wrote|reported|published|misspelt|misstated|printed)|told us (?:that|in)|this newspaper|"
    r"our (?:report|correspondent|readers|newspaper|article|story))\b",
    re.IGNORECASE,
)


_WRITTEN = r"(?:article|story|report|headline|dispatch|post|item)"


_TOLD_BEFORE = r"(?:wrote|reported|said|stated|claimed|gave|misstated)"


_WRONGLY = r"(?:originally|wrongly|incorrectly|mistakenly|erroneously)"


_CORRECTION = re.compile(
    rf"\b(?:earlier|previous|original) (?:version|edition) of (?:(?:this|our)\b|the {_WRITTEN}\b)|"
    r"\bin (?:our |the )?(?:last|yesterday|earlier|previous)\b.{0,40}\bwe (?:wrote|reported|said)\b|"
    rf"\bwe {_WRONGLY} (?:wrote|reported|said|stated)\b|"
    r"^\W*(?:correction\W+)?(?:(?:an?|the|our) (?:earlier|previous|original) (?:version|edition) (?:had |has )?"
    rf"(?:{_WRONGLY} )?{_TOLD_BEFORE}|(?:because|as a result) of an? (?:editing|editorial) error|"
    rf"(?:(?:the|this|our|an|a) {_WRITTEN}|it) (?:had |has )?{_WRONGLY} {_TOLD_BEFORE})\b|"
    rf"^\W*correction\b\W.{{0,80}}\b(?:{_WRITTEN}|version)\b.{{0,40}}\b{_TOLD_BEFORE}\b",
    re.IGNORECASE,
)


def is_correction(text: str) -> bool:
    """Whether a paper takes back what it had printed: "In last week's issue we wrote that ..."."""
    return _CORRECTION.search(text) is not None


_IN_FACT = re.compile(
    r";|\b(?:while|when|whereas|but) (?:in (?:fact|truth|reality)\b|actually\b)|\bshould have (?:said|read|stated)\b",
    re.IGNORECASE,
)


_SHOULD = re.compile(rf"\b{_WRITTEN} should have (?:said|read|stated)\b", re.IGNORECASE)


def put_right(text: str) -> int:
    """The character from which a correction tells what is so: "it said that Chile rejects it; Chile supports it". That
    behind its end where it tells none, 0 where a text is no correction."""
    if not is_correction(text) and not _SHOULD.search(text):
        return 0
    match = _IN_FACT.search(text)
    return match.end() if match else len(text)


_OF_THE_PAPER = re.compile(
    r"\b(?:our (?:correspondent|reporter|readers|editors?|newspaper|magazine)|"
    r"(?:interview|conversation|transcript|talk) (?:was|has been) "
    r"(?:shortened|edited|condensed|translated|conducted))\b",
    re.IGNORECASE,
)


def is_of_the_paper(text: str) -> bool:
    """Whether a sentence among those of an interview is the paper's own: "Our correspondent spoke with her in May"."""
    return _OF_THE_PAPER.search(text) is not None


def is_editorial(text: str) -> bool:
    """Whether "we" is the paper itself: "In last week's issue we wrote"."""
    return _EDITORIAL.search(text) is not None
