"""Does a sentence stand by itself, or does it lean on the one before? Below the stages that choose sentences."""

from __future__ import annotations

import re

_LEANS = re.compile(
    r"^[\"“«„(]?(?:he|she|they|it|this|that|these|those|but|and|so|or|however|meanwhile|moreover|furthermore|also|his|"
    r"her|their|its|such|others?|another|instead|nevertheless|nonetheless|still|then|thus|therefore|similarly|likewise|"
    r"yet|later|previously|both|neither|no|yes|in (?:this|that|these|other|return|turn)\b|at (?:this|that)|"
    r"(?:regarding|following|for|after|like) (?:this|that)|for (?:example|instance)|on the other hand|as a result|"
    r"the (?:former|latter|same))\b",
    re.IGNORECASE,
)
_SPEAKS_AS_WE = re.compile(r"\b(?:we|our|us|i|my|me)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“«„][^\"“”«»„]+[\"”»“]")
_SPEAKER_ELSEWHERE = re.compile(
    r"\b(?:he|she|they) (?:said|says|added|wrote|told|argued|warned|insisted|noted)\b", re.IGNORECASE
)
_VERB = r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|said|says|do|does|did)\b"
_POINTS_ELSEWHERE = re.compile(
    r"\b(?:also|as well|once more|again|the (?:latter|former)|such an?|the same)\b"
    rf"|^[\"“«„]?(?:[Tt]he|[Aa]ll) [a-z]+ (?:[a-z]+ )?{_VERB}"
)
_FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us|i|my|me)\b", re.IGNORECASE)
_HE_OR_SHE = re.compile(r"\b(?:he|she|him|his|her|hers)\b", re.IGNORECASE)
_CAPITAL = re.compile(r"\b[A-Z][a-zà-ÿ]+")
_CLOSERS = "\"”»’') "


def leans(text: str) -> bool:
    """Whether a sentence begins with a word that points to the sentence before: "But", "He", "In return"."""
    return bool(_LEANS.match(text))


def speaks_as_we(text: str) -> bool:
    """Whether a sentence speaks as "I" or "we" outside quotation marks: nobody knows who that is elsewhere."""
    return bool(_SPEAKS_AS_WE.search(_QUOTED.sub("", text)))


def names_its_speaker(text: str) -> bool:
    """False where a sentence ends or begins with "he said": the speaker is named elsewhere."""
    return not _SPEAKER_ELSEWHERE.search(_QUOTED.sub("", text))


def is_bare_quotation(text: str) -> bool:
    """Whether a sentence is nothing but a quotation, without its speaker."""
    return text[:1] in '"“«„' and text.rstrip(".")[-1:] in '"”»“'


def asks_or_announces(text: str) -> bool:
    """Whether a sentence is a question or ends with a colon."""
    return text.rstrip(_CLOSERS).endswith(("?", ":"))


def points_elsewhere(text: str) -> bool:
    """Whether a sentence takes something as known: "also", "The decision was ...", "he" before any name."""
    bare = _QUOTED.sub("", text)
    person = _HE_OR_SHE.search(bare)
    named = _CAPITAL.search(bare, 1) if bare else None
    unnamed = person is not None and (named is None or person.start() < named.start())
    return unnamed or bool(_POINTS_ELSEWHERE.search(bare))


def quoted_share(text: str) -> float:
    """The share of a sentence's words that stands in quotation marks, 0 to 1."""
    quoted = sum(len(match.split()) for match in _QUOTED.findall(text))
    return min(1.0, quoted / max(1, len(text.split())))


def quotes_first_person(text: str) -> bool:
    """Whether somebody speaks as "I" or "we" within its quotation marks."""
    return any(_FIRST_PERSON.search(match) for match in _QUOTED.findall(text))
