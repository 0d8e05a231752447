"""What a holder held before and, by tense and date, holds no longer: kept apart from where it stands today.

"had long opposed", "used to", "opposed it until last year", "in March 2023 rejected" tell of the past alone; "no longer
opposes" and "dropped its opposition" tell of both. "Has opposed" and "said on Monday" are of the present, and so is "he
said that it had opposed", which reports the former.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from digest.dates import FoundDate, find_dates, resolve
from digest.model import PartialDate, PastStance, StanceLabel
from digest.positions.lexicon import cues, lemma, wording
from digest.positions.parsed import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONG_AGO = 90
"""Days: what a verb in the past says of a day that lies so far back is not said of today."""

_PERFECT = frozenset(("has", "have", "'ve", "’ve", "'s", "’s"))


@dataclass(frozen=True, slots=True)
class Past:
    """How the past stands in a sentence: `alone` where nothing is said of today; the label where the words tell it
    ("dropped its opposition": opposes), else that of the sentence; the words; the day, where told."""

    alone: bool
    label: StanceLabel | None
    cue: str
    day: PartialDate | None


def past_of(one: Parsed, at: int, published: date | None) -> Past | None:
    """What the verb at a token says of an earlier stance; None where it is of the present alone."""
    cue = one.tokens[at]
    left = _left_behind(cue)
    if left is not None:
        return left
    verb = _verb_of(cue)
    if verb is None or lemma(verb) in cues().speech:
        return None  # "said on Monday", "had told reporters": a statement of that day
    words = _tense_of_the_past(verb)
    day = _day_of(one, verb, published)
    if words is None and _is_simple_past(verb):
        words = _until(verb) or _earlier_word(verb)
        if words is None and day is not None and published is not None and _lies_back(day, published):
            words = str(day)
    if day is not None and published is not None and day.sort_key() > PartialDate.of(published).sort_key():
        return None  # "proposed a pause until 2040": the day is one to come
    return Past(True, None, words, day) if words else None


def as_stance(past: Past, shown: StanceLabel | None, cue: str) -> PastStance | None:
    """The earlier stance, with the label of the words or else that of the sentence; None where neither tells one."""
    label = past.label or shown
    if label is None or label is StanceLabel.OTHER:
        return None
    return PastStance(label, past.cue if past.label else cue or past.cue, past.day)


def _verb_of(cue: Token) -> Token | None:
    """The verb of the cue: itself, or the one whose complement it is ("used to oppose")."""
    verb = (
        cue if cue.pos_ in ("VERB", "AUX") else next((up for up in cue.ancestors if up.pos_ in ("VERB", "AUX")), None)
    )
    if verb is not None and verb.dep_ == "xcomp" and verb.head.lower_ == "used":
        return verb.head
    return verb


# --- turns ------------------------------------------------------------------------------------------------------------


def _left_behind(cue: Token) -> Past | None:
    """ "no longer opposes", "dropped its opposition": the other side was held before."""
    if lemma(cue) in cues().supports | cues().opposes and _no_longer(cue):
        held = StanceLabel.SUPPORTS if lemma(cue) in cues().supports else StanceLabel.OPPOSES
        return Past(False, held, f"no longer {cue.text}", None)
    if lemma(cue) not in wording("past.leaving") or any(child.dep_ == "neg" for child in cue.children):
        return None
    if lemma(cue) == "give" and not any(child.lower_ == "up" for child in cue.children):
        return None  # "gave its approval"
    for child in cue.children:
        noun = child.lemma_.lower()
        if child.dep_ in ("dobj", "nsubjpass") and noun in wording("past.backing") | wording("past.resisting"):
            held = StanceLabel.SUPPORTS if noun in wording("past.backing") else StanceLabel.OPPOSES
            return Past(False, held, f"{cue.text} {_short(child)}", None)
    return None


def _no_longer(verb: Token) -> bool:
    before = verb.doc[max(0, verb.i - 3) : verb.i]
    return "no longer" in " ".join(token.lower_ for token in before)


def _short(noun: Token) -> str:
    owner = [child.text for child in noun.children if child.dep_ in ("poss", "det")]
    return " ".join((*owner[:1], noun.text))


# --- tense ------------------------------------------------------------------------------------------------------------


def _tense_of_the_past(verb: Token) -> str | None:
    """ "had opposed", "used to oppose"; None for other tenses. "Had it not ..." is a condition."""
    if verb.lower_ == "used":
        return "used to"
    for child in verb.children:
        if child.dep_ == "aux" and child.lower_ in ("had", "'d", "’d") and verb.tag_ == "VBN":
            subject = next((one for one in verb.children if one.dep_ in ("nsubj", "nsubjpass")), None)
            if _is_reported(verb) and not any(one.lower_ in ("long", *wording("past.before")) for one in verb.children):
                return None
            return None if subject is not None and subject.i > child.i else f"{child.text} {verb.text}"
    return None


def _is_reported(verb: Token) -> bool:
    """Whether a verb of saying in the past puts its tense one step back: "had" then stands for "has"."""
    return any(up.tag_ == "VBD" and lemma(up) in cues().speech for up in verb.ancestors)


def _is_simple_past(verb: Token) -> bool:
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    return (verb.tag_ == "VBD" or bool(helpers & {"did", "was", "were"})) and not helpers & _PERFECT


def _until(verb: Token) -> str | None:
    """ "opposed it until last year", not "did not decide until Monday"."""
    if any(child.dep_ == "neg" for child in verb.children):
        return None
    for token in verb.subtree:
        if token.lower_ == "until" and token.pos_ != "VERB" and token.head.i in (verb.i, *(c.i for c in verb.children)):
            behind = token.doc[token.i : min(token.right_edge.i + 1, token.i + 4)]
            if token.dep_ in ("prep", "advmod", "mark") and len(behind) > 1:
                return str(behind.text)
    return None


def _earlier_word(verb: Token) -> str | None:
    word = next(
        (child for child in verb.children if child.dep_ == "advmod" and child.lower_ in wording("past.before")), None
    )
    return f"{word.text} {verb.text}" if word is not None and word.i < verb.i else None


# --- dates ------------------------------------------------------------------------------------------------------------


def _day_of(one: Parsed, verb: Token, published: date | None) -> PartialDate | None:
    """The day that belongs to the verb, outside of quotation marks."""
    for dated in find_dates(one.text):
        token = _token_at(one, dated)
        if token is None or one.quoted[token.i] or dated.ahead or not _belongs(token, verb):
            continue
        day = resolve(dated, published)
        if day is not None:
            return day
    return None


def _token_at(one: Parsed, dated: FoundDate) -> Token | None:
    return next((token for token in one.tokens if token.idx >= dated.start), None)


def _belongs(token: Token, verb: Token) -> bool:
    above = next((up for up in token.ancestors if up.pos_ in ("VERB", "AUX")), None)
    return above is not None and above.i == verb.i


def _lies_back(day: PartialDate, published: date) -> bool:
    """Whether even the last day that is meant lies long before the publication."""
    last = date(day.year, day.month or 12, day.day or 28)
    return (published - last).days > _LONG_AGO
