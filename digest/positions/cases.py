"""What the classifier is shown of a candidate: the sentence with the holder marked, the topic, and what the rules see.

The texts go through a language model's tokens; the features are yes-or-no answers of the parse and of the rules, in a
fixed order (`FEATURES`): the weights belong to that order.
"""

from __future__ import annotations

import hashlib
import re

from digest.engines import Case
from digest.model import StanceLabel, Topic
from digest.positions.context import GUESSES
from digest.positions.names import holder_name
from digest.positions.parsed import Parsed
from digest.positions.proposer import KINDS, ROLES, VERBS, Candidate
from digest.positions.stance import stance

OPEN, CLOSE, CARRIED = "[unused1]", "[unused2]", "[unused3]"
"""Words of the vocabulary that no text uses: around the holder's words, and behind a speaker who is carried over."""

_RULES = ("none", "speech", "attitude", "deed", "quote")
_STANCES = ("none", *(label.value for label in StanceLabel if label is not StanceLabel.OTHER))
_FACTS = (
    *("question", "all quoted", "some quoted", "anchor quoted", "every anchor quoted", "dash", "named", "described"),
    *("country", "one candidate", "two candidates", "more candidates", "topic", "group", "colon before"),
)
FEATURES: tuple[str, ...] = (
    *(f"rule {kind}" for kind in _RULES),
    *(f"cue {label}" for label in _STANCES),
    *(f"kind {kind}" for kind in KINDS),
    *(f"role {role}" for role in ROLES),
    *(f"verb {verb}" for verb in VERBS),
    *(f"guess {number}" for number in range(len(GUESSES))),
    *(f"fact {fact}" for fact in _FACTS),
)
FINGERPRINT = hashlib.sha256("|".join(FEATURES).encode()).hexdigest()
"""Of the features and their order: weights that were trained with others do not fit."""

_AT = {name: index for index, name in enumerate(FEATURES)}


def case_of(one: Parsed, candidate: Candidate, topic: Topic | None, others: int, previous: str) -> Case:
    """The case of a candidate; `others` counts the other candidates of its sentence, `previous` is the sentence before,
    "" for the first and where it is not to be shown (`leans`)."""
    before = first_segment(candidate, topic, previous)
    return Case(before, marked_text(one, candidate), _features(one, candidate, topic, others))


def first_segment(candidate: Candidate, topic: Topic | None, previous: str) -> str:
    """The topic, who is asked about, and the sentence before where it is needed, with "|" between them:
    "banning plastics at sea | France, Claire Dumont, environment minister | Nobody had asked them."."""
    actor = candidate.holder.actor
    parts = [holder_name(candidate.holder.code), actor.name if actor else None, actor.role if actor else None]
    who = ", ".join(part for part in parts if part)
    shown = " ".join(previous.split()[-_PREVIOUS:])
    return " | ".join(_plain(part) for part in (topic.name if topic else "", who, shown))


_SHORT, _PREVIOUS = 12, 25
_LEANING = re.compile(
    r"\b(?:so|too|either|neither|nor|same|likewise|as well|also|alone|joined|agreed?s?|echoed|camp|side|former|latter|"
    r"answer|answered|replied|reply|demurred|concurred|follow|followed)\b",
    re.IGNORECASE,
)


def leans(text: str) -> bool:
    """Whether a sentence can hardly be understood without the one before: a short one, or one that points back."""
    return len(text.split()) <= _SHORT or bool(_LEANING.search(text))


def marked_text(one: Parsed, candidate: Candidate) -> str:
    """The sentence with marks around everything that names the holder; a speaker carried over stands before it."""
    spans = _named(candidate)
    text, at = [], 0
    for start, end in spans:
        first, last = one.tokens[start], one.tokens[end - 1]
        stop = last.idx + len(last.text)
        text += [_plain(one.text[at : first.idx]), OPEN, " ", _plain(one.text[first.idx : stop]), " ", CLOSE]
        at = stop
    text.append(_plain(one.text[at:]))
    if spans:
        return "".join(text)
    actor = candidate.holder.actor
    name = (actor.name or actor.role if actor else None) or holder_name(candidate.holder.code)
    return f"{OPEN} {_plain(name or '')} {CLOSE} {CARRIED} {''.join(text)}"


def marked_place(one: Parsed, candidate: Candidate, span: tuple[int, int]) -> tuple[int, int]:
    """Where in the marked text the tokens `span`, which name no holder, stand: characters [start, end), with the space
    behind them."""
    spans = _named(candidate)
    first, last = one.tokens[span[0]], one.tokens[span[1] - 1]
    if spans:
        added = sum(len(f"{OPEN}  {CLOSE}") for _, end in spans if end <= span[0])
    else:
        added = len(marked_text(one, candidate)) - len(_plain(one.text))
    start = added + len(_plain(one.text[: first.idx]))
    return start, start + len(_plain(one.text[first.idx : last.idx + len(last.text_with_ws)]))


def _named(candidate: Candidate) -> list[tuple[int, int]]:
    """The tokens that name the holder."""
    return _joined([(anchor.start, anchor.end) for anchor in candidate.anchors if anchor.end > anchor.start])


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, overlapping ones as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _plain(text: str) -> str:
    """A text in which nothing can be taken for a mark."""
    return text.replace("[unused", "[ unused")


def _features(one: Parsed, candidate: Candidate, topic: Topic | None, others: int) -> tuple[float, ...]:
    found, anchors = candidate.found, candidate.anchors
    holder, elsewhere = candidate.holder.code, candidate.elsewhere
    shown = stance(one, found.cue, holder, topic, without=elsewhere) if found and topic else None
    spoken = [one.quoted[anchor.start] for anchor in anchors if anchor.end > anchor.start]
    actor = candidate.holder.actor
    facts = {
        "question": one.is_question,
        "all quoted": one.all_quoted,
        "some quoted": any(one.quoted),
        "anchor quoted": any(spoken),
        "every anchor quoted": bool(spoken) and all(spoken),
        "dash": one.is_dashed,
        "named": actor is not None and actor.name is not None,
        "described": actor is not None and actor.role is not None,
        "country": len(candidate.holder.code) == 2,
        "one candidate": others == 0,
        "two candidates": others == 1,
        "more candidates": others > 1,
        "topic": topic is not None,
        "group": candidate.holder.code.startswith("GROUP:"),
        "colon before": one.text.rstrip().endswith(":"),
    }
    true = {
        f"rule {found.kind if found else 'none'}",
        f"cue {shown.label.value if shown and shown.cue else 'none'}",
        *(f"kind {anchor.kind}" for anchor in anchors),
        *(f"role {anchor.role}" for anchor in anchors),
        *(f"verb {anchor.verb}" for anchor in anchors),
        *(f"guess {number}" for number, guess in enumerate(GUESSES) if guess in candidate.holder.how),
        *(f"fact {fact}" for fact, holds in facts.items() if holds),
    }
    row = [0.0] * len(FEATURES)
    for name in true:
        row[_AT[name]] = 1.0
    return tuple(row)
