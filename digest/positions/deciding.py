"""What becomes of a candidate: no position, or which one, by the rules alone or by the trained classifier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.model import StanceLabel, Topic
from digest.positions.parsed import Parsed
from digest.positions.proposer import Candidate
from digest.positions.stance import stance

LABELS = (
    *(StanceLabel.SUPPORTS, StanceLabel.OPPOSES, StanceLabel.CONDITIONAL, StanceLabel.UNDECIDED, StanceLabel.OTHER),
)
"""The labels of the classifier behind its first, "no position", in its order."""

POSITION = 0.5
"""From this probability on a candidate is a position; chosen on the development part of the corpus."""

SHOWN = 0.5
"""A stance less probable than this, among the stances, is shown as "said"; chosen on the development part."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A candidate in its sentence with the topic that the sentence is nearest to, how near, and how many other
    candidates the sentence has; `previous` is the sentence before."""

    sentence: Parsed
    candidate: Candidate
    topic: Topic | None
    nearness: float
    others: int
    previous: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A position: its label (None without a topic), how probable it is (None by rule), the words that show it, and
    who decided."""

    label: StanceLabel | None
    probability: float | None
    cue: str
    by: str


def by_rules(matter: Matter, has_topics: bool) -> Verdict | None:
    """The verdict of the rules; None where they see no position. A mere deed is one only where it bears on a topic."""
    found = matter.candidate.found
    if found is None or (found.kind == "deed" and matter.topic is None and has_topics):
        return None
    if matter.topic is None:
        return Verdict(None, None, "", "rules")
    shown = stance(matter.sentence, found.cue, matter.candidate.holder.code, matter.topic)
    return Verdict(shown.label if shown else StanceLabel.OTHER, None, shown.cue if shown else "", "rules")


def by_model(matter: Matter, row: Sequence[float]) -> Verdict | None:
    """The verdict of the classifier, from its probabilities; None where it sees no position."""
    position = 1.0 - float(row[0])
    if position < POSITION:
        return None
    if matter.topic is None:
        return Verdict(None, position, "", "classifier")
    best = max(range(len(LABELS)), key=lambda index: float(row[index + 1]))
    label, probability = LABELS[best], float(row[best + 1]) / max(position, 1e-9)
    if probability < SHOWN:
        label = StanceLabel.OTHER
    return Verdict(label, probability, _cue(matter, label), "classifier")


def _cue(matter: Matter, label: StanceLabel) -> str:
    """The words of the rules where they come to the same label, else the verb of the holder's clause."""
    if label is StanceLabel.OTHER or matter.topic is None:
        return ""
    found = matter.candidate.found
    shown = stance(matter.sentence, found.cue, matter.candidate.holder.code, matter.topic) if found else None
    if shown is not None and shown.label is label:
        return shown.cue
    return verb_words(matter)


def verb_words(matter: Matter) -> str:
    """The verb of which the holder is the subject, or the main verb, with its negation and particle."""
    doc = matter.sentence.doc
    verb = doc[cue_token(matter)]
    kept = [verb]
    kept += [child for child in verb.children if child.dep_ in ("neg", "prt", "aux", "auxpass")]
    kept.sort(key=lambda token: token.i)
    return " ".join(token.text for token in kept)


def cue_token(matter: Matter) -> int:
    """The token that shows the position: the cue of the rules, else the holder's verb, else the main verb."""
    if matter.candidate.found is not None:
        return matter.candidate.found.cue
    doc = matter.sentence.doc
    for anchor in matter.candidate.anchors:
        if anchor.end > anchor.start and anchor.role in ("subject", "passive", "agent"):
            token = next((one for one in doc[anchor.start : anchor.end] if one.head.i >= anchor.end), None)
            above = [one for one in token.ancestors if one.pos_ in ("VERB", "AUX")] if token is not None else []
            if above:
                return int(above[0].i)
    return int(next((token.i for token in doc if token.dep_ == "ROOT"), 0))
