"""A verdict becomes a position: with its speaker, date, quotation and how all of it is known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from digest.dates import find_dates, resolve
from digest.model import PartialDate, Position, Quote, Stance, StanceLabel
from digest.positions.deciding import Matter, Verdict, cue_token, stance_of
from digest.positions.names import holder_name
from digest.positions.parsed import Parsed
from digest.positions.past import Past, as_stance, past_of

if TYPE_CHECKING:
    from spacy.tokens import Token


def position_of(matter: Matter, verdict: Verdict, published: date | None) -> Position:
    """The position of a matter that was found to be one."""
    one, holder = matter.sentence, matter.candidate.holder
    sentence = one.sentence
    shown, past = _apart(matter, verdict, published)
    second = matter.topic if matter.second else None
    return Position(
        id=f"{sentence.document[:8]}-{sentence.start}-{holder.code}" + (f"-{second.id}" if second else ""),
        holder=holder.code,
        holder_name=holder_name(holder.code),
        actor=holder.actor,
        statement=sentence.english or sentence.text,
        quote=_quote(one),
        stance=shown,
        topic=matter.topic.id if matter.topic and verdict.label else None,
        said_on=None if past and past.alone else _said_on(cue_token(matter), one, published),
        sentence=sentence,
        resolved_by=holder.how,
        probability=verdict.probability,
        decided_by=verdict.by,
        nearness=round(matter.nearness, 3),
        past=as_stance(past, *_held(matter, verdict)) if past and verdict.label else None,
    )


def _apart(matter: Matter, verdict: Verdict, published: date | None) -> tuple[Stance | None, Past | None]:
    """The stance of today and the earlier one: of a sentence that tells of the past alone, today's is none."""
    shown = Stance(verdict.label, verdict.cue) if verdict.label else None
    past = past_of(matter.sentence, cue_token(matter), published)
    if past is not None and past.alone and shown is not None:
        return Stance(StanceLabel.OTHER, ""), past
    return shown, past


def _held(matter: Matter, verdict: Verdict) -> tuple[StanceLabel | None, str]:
    """What the sentence would say if it were of today, with its words."""
    if verdict.label not in (None, StanceLabel.OTHER) or matter.topic is None:
        return verdict.label, verdict.cue
    found = stance_of(matter, cue_token(matter), earlier=True)
    return (found.label, found.cue) if found else (None, "")


def _said_on(at: int, one: Parsed, published: date | None) -> PartialDate | None:
    """The date that belongs to the verb of the statement ("said on Tuesday"), not one within what is said."""
    for dated in find_dates(one.text):
        token = next((token for token in one.tokens if token.idx >= dated.start), None)
        if token is None or one.quoted[token.i] or dated.ahead or _is_compared(token):
            continue
        verb = next((above for above in token.ancestors if above.pos_ in ("VERB", "AUX")), None)
        cue = one.tokens[at]
        if verb is not None and (verb.i == cue.i or verb in list(cue.ancestors)) and not _lies_ahead(verb):
            day = resolve(dated, published)
            if _is_left_behind(verb, cue):
                continue
            if day is not None and (published is None or day.sort_key() <= PartialDate.of(published).sort_key()):
                return day
    return None


_ELSEWHEN = frozenset(("than", "since", "until", "before", "after"))


def _is_compared(token: Token) -> bool:
    """ "a friendlier note than in October", "since the drought of 2024": the date of something else."""
    if any(word.lower_ in _ELSEWHEN for word in token.doc[max(0, token.i - 3) : token.i]):
        return True
    for up in token.ancestors:
        if up.pos_ in ("VERB", "AUX"):
            return False
        if up.lower_ in _ELSEWHEN and up.i < token.i:
            return True
    return False


def _is_left_behind(verb: Token, cue: Token) -> bool:
    """ "In 2025 it changed course and now supports the plan": the date of the verb is that of what was before."""
    later = [cue] if cue.i != verb.i else [child for child in verb.children if child.dep_ == "conj"]
    words = (child.lower_ for one in later for child in one.children if child.dep_ == "advmod")
    return any(word in ("now", "today", "currently") for word in words)


def _lies_ahead(verb: Token) -> bool:
    """ "will vote on 3 May": the date of the deed, not of the statement."""
    return any(child.dep_ == "aux" and child.lower_ in ("will", "would", "shall", "to") for child in verb.children)


def _quote(one: Parsed) -> Quote:
    """Full: a quoted clause or sentence; partial: some quoted words."""
    quoted = [token for token in one.tokens if one.quoted[token.i] and token.is_alpha]
    if not quoted:
        return Quote.NONE
    words = sum(token.is_alpha for token in one.tokens)
    clause = any(token.pos_ in ("VERB", "AUX") and token.morph.get("VerbForm") == ["Fin"] for token in quoted)
    return Quote.FULL if len(quoted) == words or (clause and len(quoted) >= 5) else Quote.PARTIAL
