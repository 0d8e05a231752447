"""What becomes of a candidate: no position, or which one, by the rules alone or by the trained classifier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.model import Stance, StanceLabel, Topic
from digest.positions import undoing
from digest.positions.context import Found, Like
from digest.positions.denial import is_negated
from digest.positions.gapping import gap_of
from digest.positions.parsed import Parsed
from digest.positions.proposer import Candidate, verbs_of
from digest.positions.silence import notes_only
from digest.positions.stance import stance, turned

LABELS = (
    *(StanceLabel.SUPPORTS, StanceLabel.OPPOSES, StanceLabel.CONDITIONAL, StanceLabel.UNDECIDED, StanceLabel.OTHER),
)
"""The labels of the classifier behind its first, "no position", in its order."""

SEEN, UNSEEN = 0.5, 0.85
"""From this probability on a candidate is a position: where the rules see one too, and where they do not. The second
holds for holders in a place of the sentence from which one speaks (`_PLACES`); in others the rules must see it. Less
for the second, or possessive places too, finds more in tabloids and invents positions in plain news: "Norway's friends
balked"."""

HEARD, DEED = 0.3, 0.7
"""The first of them for one who goes on speaking by the form of the text (an answer, a quotation), and for a deed in a
sentence that is near no topic itself, of a document that deals with one. These four were chosen by the curve of
`benchmarks.losses` on the development part of the corpus, and on the articles, passages and samples."""

GIVEN = 0.5
"""The same for one who has the word by the form of the paper (an answerer, a delegate, a ministry in its statement) in
a sentence near a topic in which the rules see nothing: of such on the development part of the corpus and half a of
`positions_official.json` 26 of 28 are right from here on."""

AGREED = 0.9
"""What the stance that the rules show adds to its probability among the stances, before all are made to sum to 1."""

SHOWN, ALONE = 0.4, 0.6
"""A stance less probable than this is shown as "said": where the rules come to the same, and where the classifier is
alone with it. Of its own between 0.4 and 0.6 six in ten are right, which no analyst would put a name under, of those
between 0.6 and 0.8 seven in ten. These were chosen on the development part of the corpus and the articles."""

_CLEAR = frozenset((StanceLabel.SUPPORTS, StanceLabel.OPPOSES, StanceLabel.CONDITIONAL, StanceLabel.UNDECIDED))
_DENIED = frozenset((StanceLabel.OPPOSES, StanceLabel.UNDECIDED))

_DIGITS = 3
"""Of probabilities: what lies behind them depends on the machine."""

_PLACES = frozenset(("subject", "agent", "from", "according", "root", "for", "object"))


@dataclass(frozen=True, slots=True)
class Matter:
    """A candidate in its sentence with the topic that it speaks of, how near the sentence is to any, and how many other
    candidates the sentence has; `previous` is the sentence before. `second` tells that it speaks more of another topic:
    then only a clear stance is a position."""

    sentence: Parsed
    candidate: Candidate
    topic: Topic | None
    nearness: float
    others: int
    previous: str
    second: bool = False


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
    shown = stance_of(matter, found.cue)
    return Verdict(shown.label if shown else StanceLabel.OTHER, None, shown.cue if shown else "", "rules")


def by_model(matter: Matter, row: Sequence[float]) -> Verdict | None:
    """The verdict of the classifier on an open matter, from its probabilities, with that of the rules; None where
    there is no position."""
    found = matter.candidate.found
    position = 1.0 - float(row[0])
    if position < needed(matter):
        return None
    if matter.topic is None:
        return Verdict(None, round(position, _DIGITS), "", "classifier")
    certain = _certain(matter)
    if certain is not None:
        return Verdict(certain.label, None, certain.cue, "rules")
    told = found is not None or matter.candidate.heard
    by_form = _turned(matter) if told else None
    if by_form is not None:
        return Verdict(by_form.label, None, by_form.cue, "rules")
    shown = stance_of(matter, cue_token(matter)) if told else None
    shares = [float(share) / max(position, 1e-9) for share in row[1:]]
    if shown is not None:
        shares[LABELS.index(shown.label)] += AGREED
    best = max(range(len(LABELS)), key=shares.__getitem__)
    label, probability = LABELS[best], shares[best] / sum(shares)
    agreed = shown is not None and shown.label is label
    noted = label is StanceLabel.UNDECIDED and notes_only(matter.sentence.tokens[cue_token(matter)])
    if noted or probability < (SHOWN if agreed else ALONE):
        label = StanceLabel.OTHER
    by = "both" if shown is not None and shown.label is label else "classifier"
    return Verdict(label, round(probability, _DIGITS), _cue(matter, label, shown), by)


def stance_of(matter: Matter, cue: int, *, earlier: bool = False) -> Stance | None:
    """The stance that the rules see in the clause of the cue token; None where they see none, or without a topic."""
    holder, topic, elsewhere = matter.candidate.holder.code, matter.topic, matter.candidate.elsewhere
    if topic is None:
        return None
    found = matter.candidate.found
    if found is not None and found.told is not None:
        return None if _is_undone(matter, topic) else found.told
    if found is not None and found.like is not None:
        return _likened(found.like, topic, matter.sentence.tokens[found.cue].text)
    return stance(matter.sentence, cue, holder, topic, earlier=earlier, without=elsewhere)


def _is_undone(matter: Matter, topic: Topic) -> bool:
    """Whether the side that the form of a line tells may be on undoing the topic, by the line and the one before."""
    undone = [undoing.turns("", text, topic) for text in (matter.sentence.text, matter.previous)]
    return all(undone) if undoing.is_act(topic) else any(undone)


def _likened(like: Like, topic: Topic, words: str) -> Stance | None:
    """The stance of the clause that another stands for, or the contrary."""
    shown = stance(like.sentence, like.cue, like.code, topic)
    if shown is None or not like.turned:
        return Stance(shown.label, words) if shown is not None else None
    negated = is_negated(like.sentence.doc[like.cue], like.sentence)
    turned = {StanceLabel.SUPPORTS: StanceLabel.OPPOSES}
    turned[StanceLabel.OPPOSES] = StanceLabel.SUPPORTS if negated else StanceLabel.UNDECIDED
    return Stance(turned[shown.label], words) if shown.label in turned else None


def _certain(matter: Matter) -> Stance | None:
    """The stance of a matter about which the classifier is not asked: told by a list of votes, or a denial of support
    ("neither Ghana nor Togo backs it"), of which the classifier knows too few; None for any other."""
    found = matter.candidate.found
    if found is None or not found.sure:
        return None
    shown = stance_of(matter, found.cue)
    by_form = found.told is not None or found.like is not None or _is_gap(matter, found)
    labels = _CLEAR if by_form else _DENIED
    return shown if shown is not None and shown.label in labels else None


def _is_gap(matter: Matter, found: Found) -> bool:
    return gap_of(matter.sentence.gaps, found.cue, found.holder.code) is not None


def _turned(matter: Matter) -> Stance | None:
    """The stance of a construction that turns its verb, of which the classifier is not asked what it says."""
    holder, topic, elsewhere = matter.candidate.holder.code, matter.topic, matter.candidate.elsewhere
    if topic is None or (matter.candidate.found is not None and matter.candidate.found.told is not None):
        return None
    return turned(matter.sentence, cue_token(matter), holder, topic, without=elsewhere)


def is_open(matter: Matter) -> bool:
    """Whether the classifier is to be asked: not of holders in places from which nobody speaks, where the rules see
    nothing, and not of a mere deed in a document that deals with no topic that is followed."""
    found = matter.candidate.found
    if found is not None:
        return found.kind != "deed" or matter.topic is not None or matter.nearness > 0
    if matter.candidate.heard and matter.topic is not None:
        return True
    return any(anchor.role in _PLACES for anchor in matter.candidate.anchors)


def needed(matter: Matter) -> float:
    """How probable a position must be: more where the rules see none, and for a deed that is near no topic."""
    found, roles = matter.candidate.found, {anchor.role for anchor in matter.candidate.anchors}
    if found is not None:
        if _certain(matter) is not None:
            return 0.0
        if found.kind == "deed" and matter.topic is None:
            return DEED
        return HEARD if "carried" in roles else SEEN
    if matter.candidate.heard and matter.topic is not None:
        return GIVEN
    return UNSEEN


def _cue(matter: Matter, label: StanceLabel, shown: Stance | None) -> str:
    """The words of the rules where they come to the same label, else the verb of the holder's clause."""
    if label is StanceLabel.OTHER:
        return ""
    return shown.cue if shown is not None and shown.label is label else verb_words(matter)


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
    verb = next(verbs_of(matter.sentence, matter.candidate), None)
    return verb if verb is not None else int(next((token.i for token in doc if token.dep_ == "ROOT"), 0))
