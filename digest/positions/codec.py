"""Positions to plain values and back, for the store; the sentence is found again by its start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digest.model import Actor, PartialDate, PastStance, Position, Quote, Sentence, Stance, StanceLabel


def encode(position: Position) -> list[Any]:
    """A list that JSON can hold."""
    actor, stance, past = position.actor, position.stance, position.past
    return [
        position.id,
        position.holder,
        position.holder_name,
        [actor.name, actor.role] if actor else None,
        position.statement,
        position.quote.value,
        [stance.label.value, stance.cue] if stance else None,
        position.topic,
        str(position.said_on) if position.said_on else None,
        position.sentence.start,
        position.resolved_by,
        position.probability,
        position.decided_by,
        position.nearness,
        [past.label.value, past.cue, str(past.day) if past.day else None] if past else None,
    ]


def decode(row: list[Any], sentences: Mapping[int, Sentence]) -> Position:
    """What `encode` wrote, with the sentence that begins where it did."""
    identity, holder, name, actor, statement, quote, stance, topic, said_on, start, resolved_by, *judged = row
    probability, decided_by, nearness, past = judged
    return Position(
        id=identity,
        holder=holder,
        holder_name=name,
        actor=Actor(actor[0], actor[1]) if actor else None,
        statement=statement,
        quote=Quote(quote),
        stance=Stance(StanceLabel(stance[0]), stance[1]) if stance else None,
        topic=topic,
        said_on=PartialDate.parse(said_on) if said_on else None,
        sentence=sentences[start],
        resolved_by=resolved_by,
        probability=probability,
        decided_by=decided_by,
        nearness=nearness,
        past=_past(*past) if past else None,
    )


def _past(label: str, cue: str, day: str | None) -> PastStance:
    return PastStance(StanceLabel(label), cue, PartialDate.parse(day) if day else None)
