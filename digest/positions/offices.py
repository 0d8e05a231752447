"""Names with a colon that name no state: who speaks under an office alone in a paper whose head names a state's organ,
who asks, and whose word on states is a mere word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from digest.model import Actor
from digest.positions.context import STRANGER, Context, Holder, Speaker
from digest.positions.issuing import is_chair
from digest.positions.lexicon import titles, wording

ASKS = re.compile(
    r"(?!press (?:secretary|officer|attach))"
    r"(?:q|question|journalist|reporter|presenter|moderator|host|interviewer|anchor|correspondent|press|editor)s?"
    r"(?:\s+(?:\S{1,20}|\([^()]{1,60}\)))?",
    re.IGNORECASE,
)
ANSWERS = re.compile(r"(?:a|answer|reply|response)", re.IGNORECASE)


_HONORED = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|MR|MRS|MS|MISS|DR)\.?\s+")


def of_issuer(label: str, context: Context) -> Speaker:
    """Who speaks under an office alone in a paper whose head names a state's organ: "Spokesperson", "The Minister" for
    that state; in a parliament the members of the government. `STRANGER` where that is not sure."""
    source = context.source
    if len(source.codes) != 1 or source.joint:
        return STRANGER
    if source.parliament:
        return _member_of_government(label, context)
    if ANSWERS.fullmatch(label):
        return who_briefs(context)
    if _is_office(label) and not (is_chair(label) and context.is_record):
        return _speaker_for(context, None, label)
    if label == context.turn.answers:
        return _speaker_for(context, _HONORED.sub("", label).title(), source.organ)
    return STRANGER


def who_briefs(context: Context) -> Speaker:
    """The one who gives a briefing of the issuer: who answers, and who goes through the items that stand with a colon
    ("South Sudan: we are concerned")."""
    source = context.source
    return _speaker_for(context, source.name, source.organ) if source.state and source.spoken else STRANGER


def _member_of_government(label: str, context: Context) -> Speaker:
    """ "THE MINISTER OF WATER", "Ms. Bynoe (Minister of Finance)"; `STRANGER` for any other member."""
    name, bracket, inside = label.partition("(")
    office = inside.rstrip(" )") if bracket else label
    if not _is_minister(office):
        return STRANGER
    return _speaker_for(context, _HONORED.sub("", name).strip().title() if bracket else None, office)


def _speaker_for(context: Context, name: str | None, role: str) -> Speaker:
    """Somebody who speaks for the issuer."""
    small = role.lower() if role.isupper() else role
    how = f"the paper is of “{context.source.organ}”"
    return Speaker(tuple(Holder(code, Actor(name, small), how) for code in context.source.codes))


def _words(label: str) -> list[str]:
    return re.findall(r"[^\W\d_][\w’'-]*", label.lower())


def _is_office(label: str) -> bool:
    """Whether a label is an office and nothing else: "MFA Spokesperson", "THE MINISTER OF WATER", no "Party Whip"."""
    words, table = _words(label), titles()
    known = table.person | table.body | table.portfolio | wording("offices.plain") | wording("offices.rank")
    return any(word in table.person | table.body for word in words) and all(word in known for word in words)


def without_office(label: str) -> tuple[str, str]:
    """The office before a name, and the name: "State Secretary", "Ida Berg" for "State Secretary Ida Berg"."""
    words, known = label.split(), titles().person | wording("offices.rank") | {"state"}
    count = next((number for number, word in enumerate(words) if word.lower() not in known), len(words))
    office = words[:count] if count and words[count - 1].lower() in titles().person else []
    return " ".join(office), " ".join(words[len(office) :])


def _is_minister(office: str) -> bool:
    """Whether an office is that of a member of the government."""
    words = _words(office)
    first = next((word for word in words if word not in wording("offices.plain") | {"prime", "deputy", "first"}), "")
    return first in wording("offices.in_government") and not set(words) & titles().former


def answerer(labels: Iterable[str], context: Context) -> str:
    """The only name with a colon beside those who ask, where a state's organ gives a briefing."""
    if context.source.state is None or not context.source.spoken:
        return ""
    names = set(labels)
    asking = {label for label in names if ASKS.fullmatch(label)}
    rest = names - asking
    (only,) = rest if len(rest) == 1 else ("",)
    return only if asking and _HONORED.match(only) else ""


def is_mere_word(label: str, context: Context) -> bool:
    """Whether what is said under a label of states is the mere word of somebody who speaks for none: of one who asks,
    of a scholar or a party's man, of anybody without a state among delegates or members of a parliament, and of a
    company in its own paper. Of somebody unknown on the radio it may be a correspondent's report."""
    if context.turn.speaker is None or not context.turn.speaker.stranger:
        return False
    if ASKS.fullmatch(label):
        return context.turn.asks and (_QUESTION.match(label) is not None or context.paragraph in context.questions)
    unknown = context.is_record or context.source.parliament or context.is_private
    return unknown or bool(set(_words(label)) & titles().no_state)


_QUESTION = re.compile(r"(?:q|question|journalist|reporter|press)", re.IGNORECASE)
