"""Values of the JSON that refer to no other part of it, read from their place."""

from __future__ import annotations

from typing import TypedDict

from digest.briefjson import schema
from digest.checkedjson import At
from digest.model import (
    Actor,
    ChangeKind,
    Earlier,
    EngineSignature,
    Notice,
    Outlet,
    PastStance,
    Silence,
    Stance,
    StanceLabel,
    Topic,
)


def label(at: At) -> StanceLabel:
    """A stance by its word."""
    return at.choice(StanceLabel)


def kind(at: At) -> ChangeKind:
    """A kind of change by its word."""
    return at.choice(ChangeKind)


def earlier(at: At) -> Earlier:
    """A statement of an earlier issue."""
    at.only(*schema.EARLIER)
    return Earlier(
        id=at.get("id").text(),
        holder=at.get("holder").text(),
        topic=at.get("topic").text(),
        label=label(at.get("label")),
        statement=at.get("statement").text(),
        day=at.get("day").maybe(At.partial),
        voice=at.get("voice").maybe(At.text),
        source=at.get("source").text(),
        issue=at.get("issue").whole(1),
        issued=at.get("issued").day(),
        machine=at.get("machine").flag(),
        bound=bool(at.optional("bound").maybe(At.flag)),
    )


def silence(at: At) -> Silence:
    """Who fell silent."""
    at.only("holder", "holder_name", "last")
    return Silence(at.get("holder").text(), at.get("holder_name").text(), earlier(at.get("last")))


def outlet(at: At) -> Outlet:
    """Another document that carries the same article."""
    at.only("id", "path", "title", "publisher", "published")
    return Outlet(
        id=at.get("id").text(),
        path=at.get("path").text(),
        title=at.get("title").text(),
        publisher=at.get("publisher").maybe(At.text),
        published=at.get("published").maybe(At.day),
    )


class Decision(TypedDict):
    """Who decided on a position, and how sure."""

    decided_by: str
    probability: float | None
    nearness: float


def decision(at: At) -> Decision:
    """Who decided, and how sure. Files of earlier versions of the program do not say."""
    if "decision" not in at.value:
        return Decision(decided_by="rules", probability=None, nearness=0.0)
    told = at.get("decision")
    told.only("by", "probability", "nearness")
    return Decision(
        decided_by=told.get("by").text(),
        probability=told.get("probability").maybe(At.number),
        nearness=told.get("nearness").number(),
    )


def stance(at: At) -> Stance:
    """A stance with the words that show it."""
    at.only("label", "cue")
    return Stance(label(at.get("label")), at.get("cue").text())


def past(at: At) -> PastStance:
    """A stance held before."""
    at.only("label", "cue", "day")
    return PastStance(label(at.get("label")), at.get("cue").text(), at.get("day").maybe(At.partial))


def actor(at: At) -> Actor:
    """Who spoke; a name or a role is needed."""
    at.only("name", "role")
    name, role = at.get("name").maybe(At.text), at.get("role").maybe(At.text)
    if not (name or role):
        raise at.wrong("an actor needs a name or a role; without either write null in place of the actor.")
    return Actor(name, role)


def engine(at: At) -> EngineSignature:
    """What made a result."""
    keys = ("stage", "engine", "model", "version", "licence", "settings")
    at.only(*keys)
    return EngineSignature(*(at.get(key).text() for key in keys))


def topic(at: At) -> Topic:
    """A question that the brief follows. Files of earlier versions do not say whether it was found."""
    at.only("id", "name", "words", "found")
    found = at.optional("found").maybe(At.flag) or False
    return Topic(at.get("id").text(), at.get("name").text(), at.get("words").texts(), found)


def notice(at: At) -> Notice:
    """What the reader must know."""
    keys = ("file", "stage", "reason", "advice")
    at.only(*keys)
    return Notice(*(at.get(key).text() for key in keys))
