"""The bottom line of a brief: two to five sentences that together say most of what the documents say.

Candidates are the statements of positions and the sentences chosen for summaries, verbatim or in their translation;
nothing is written. They are taken one by one, each time the one that adds most to what is covered so far: topics,
holders, where each holder stands on each topic, the two sides of a topic, sources, and the words that several sources
share. What is covered once counts for less the second time: a monotone submodular function, for which taking the best
again and again comes within 1 - 1/e of the best possible choice (Nemhauser, Wolsey and Fisher 1978,
https://doi.org/10.1007/BF01588971; for summaries Lin and Bilmes 2011, https://aclanthology.org/P11-1052/). Each
sentence has a cost: for its length, and for whatever makes it a poor sentence to begin a brief with.

Left out altogether: a sentence that leans on another, one that its source's translation is in doubt about, one whose
every position is only probable, one that shows a stance which its holder has left since, and one that repeats another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from digest import likeness, standing
from digest.faithfulness.compare import Read, read
from digest.faithfulness.words import cues
from digest.likeness import Features
from digest.model import Entry, KeyPoint, Sentence, Source, StanceLabel

MOST, LEAST = 5, 2
"""How many sentences there are: at most five, and two where there are as many fit to be shown."""

_WORDS = 160
"""No further sentence is taken that would make the whole longer than this."""

_SHORTEST, _LONGEST = 7, 50
_ENOUGH = 0.22
"""A further sentence is worth taking while it adds this share of what the first one brought."""

_MOST_READ = 400
"""As many candidates are read closely: those that would cover most by themselves."""

Unit = tuple[str, ...]
_CLEARNESS = {
    StanceLabel.SUPPORTS: 1.0, StanceLabel.OPPOSES: 1.0, StanceLabel.CONDITIONAL: 1.0, StanceLabel.UNDECIDED: 0.6,
}  # fmt: skip
_SAID = 0.2
_NEAR = 0.3
"""From this nearness on a statement is wholly about its topic."""

_ALIKE = 0.6
_SPEECH_WITHOUT_REPORT = re.compile(r"\b(?:quip|jok|laugh|shrug|smil)\w*\b", re.IGNORECASE)
_TURN = re.compile(
    r"\b(?:dropp?(?:ed|s)|lift(?:ed|s)|withdrew|withdraws|abandon(?:ed|s)|revers(?:ed|es)|no longer|"
    r"now (?:accept|support|back)\w*)\b"
)
_DENIED = re.compile(r"\b(?:den(?:y|ies|ied)|dismiss(?:es|ed))\b", re.IGNORECASE)
_SECOND_HAND = re.compile(
    r"\baccording to\b|\breportedly\b|\b(?:it )?was reported\b|\bsources? (?:said|told)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known about the entries of a brief.

    `recency` goes from 0 (the oldest) to 1 (the newest) by position id; `family` gives the same name to the marks of
    copies of one article; `stands` tells where each holder stands on each topic, None where its latest statements
    contradict each other; `news` holds the ids of positions that show a change since the last issue; `followed` the
    holders whom the analyst asked for.
    """

    recency: Mapping[str, float] = field(default_factory=dict)
    family: Mapping[str, str] = field(default_factory=dict)
    stands: Mapping[tuple[str, str], StanceLabel | None] = field(default_factory=dict)
    news: frozenset[str] = frozenset()
    followed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence: its marks, the sentence of the document, what it covers and how far (0 to 1), and its cost."""

    text: str
    marks: tuple[str, ...]
    evidence: Sentence
    entries: tuple[Entry, ...]
    covers: Mapping[Unit, float]
    cost: float
    features: Features
    stems: frozenset[str]


def key_points(entries: Sequence[Entry], sources: Sequence[Source], ground: Ground) -> tuple[KeyPoint, ...]:
    """Two to five sentences, the weightiest first, each with the marks of all sources that carry it.

    Fewer than two only where the documents have no more sentences that can stand alone. Where positions and summaries
    together give less than two, the first sentences of the summaries fill up to three, in the order of the sources.
    """
    candidates = _candidates(entries, sources, ground)
    weights = _weights(candidates, entries, ground)
    chosen = _choose(candidates, weights)
    points = [KeyPoint(_NUMBER.sub("", one.text), one.marks, one.evidence) for one in chosen]
    if len(points) < LEAST:
        have = {point.text for point in points}
        points += [point for point in _firsts(sources) if point.text not in have][: LEAST + 1 - len(points)]
    return tuple(points)


_NUMBER = re.compile(r"^\(?\d{1,3}[.)]\s+(?=[^\W\d_])")
"""The number of a paragraph in conclusions or a communiqué says nothing in a bottom line."""


# --- the choice ------------------------------------------------------------------------------------------------------


def _choose(candidates: Sequence[_Candidate], weights: Mapping[Unit, float]) -> list[_Candidate]:
    left = dict.fromkeys(weights, 1.0)
    """What is not yet covered of each unit."""
    chosen: list[_Candidate] = []
    rest, enough = list(candidates), 0.0
    while rest and len(chosen) < MOST:
        best = max(rest, key=lambda one: _gain(one, weights, left))
        gain = _gain(best, weights, left)
        if gain <= (enough if len(chosen) >= LEAST else 0.0):
            break
        enough = enough or _ENOUGH * gain
        chosen.append(best)
        for unit, share in best.covers.items():
            left[unit] *= 1.0 - share
        said = sum(len(one.text.split()) for one in chosen)
        rest = [
            one
            for one in rest
            if one is not best
            and not _repeats(one, best)
            and (len(chosen) < LEAST or said + len(one.text.split()) <= _WORDS)
        ]
    return chosen


def _gain(one: _Candidate, weights: Mapping[Unit, float], left: Mapping[Unit, float]) -> float:
    return sum(weights[unit] * left[unit] * share for unit, share in one.covers.items()) - one.cost


def _repeats(one: _Candidate, other: _Candidate) -> bool:
    """Whether they say the same, or have most of their words in common."""
    if likeness.same_quotation(one.features, other.features) or likeness.same_words(one.features, other.features):
        return True
    shorter = min(len(one.stems), len(other.stems))
    return bool(shorter) and len(one.stems & other.stems) / shorter > _ALIKE


def _weights(candidates: Sequence[_Candidate], entries: Sequence[Entry], ground: Ground) -> dict[Unit, float]:
    """What covering each unit wholly is worth.

    A holder is worth more the more independent sources speak of it, and more where it is followed; a group that is no
    state half. Words count by how many sources use them, all together as much as a topic and a half.
    """
    heard: dict[str, set[str]] = {}
    for entry in entries:
        heard.setdefault(entry.position.holder, set()).update(ground.family.get(mark, mark) for mark in entry.marks)
    told = {(e.position.holder, e.position.topic or "") for e in entries if e.position.id in ground.news}
    worth = {"topic": 1.6, "source": 0.5, "side": 1.2, "stand": 1.0, "holder": 0.7}
    units = set(chain.from_iterable(one.covers for one in candidates))
    made: dict[Unit, float] = {}
    for unit in units:
        value = worth.get(unit[0], 0.0)
        if unit[0] in ("holder", "stand"):
            value *= 1.0 + 0.2 * min(len(heard.get(unit[1], ())) - 1, 4) + 0.2 * (unit[1] in ground.followed)
            value *= 0.5 if unit[1].startswith("GROUP:") else 1.0
            value += 1.2 * (unit[0] == "stand" and (unit[1], unit[2]) in told)
        made[unit] = value
    shared = _shared_words(candidates, ground)
    total = sum(shared.values())
    made.update({("word", stem): 2.4 * many / total for stem, many in shared.items()})
    return {unit: value for unit, value in made.items() if value} | {unit: made.get(unit, 0.0) for unit in units}


def _shared_words(candidates: Sequence[_Candidate], ground: Ground) -> dict[str, int]:
    """The stems that more than one source uses among the candidates, and how many sources do."""
    used: dict[str, set[str]] = {}
    for one in candidates:
        for stem in one.stems:
            used.setdefault(stem, set()).update(ground.family.get(mark, mark) for mark in one.marks)
    return {stem: len(families) - 1 for stem, families in used.items() if len(families) > 1}


def _firsts(sources: Sequence[Source]) -> Iterable[KeyPoint]:
    """The first sentence of each summary, unless it leans on another; in its own language without English."""
    for source in sources:
        for point in source.summary[:1]:
            sentence = point.evidence[0]
            verbatim = point.text in (sentence.english, sentence.text)
            if verbatim and not standing.leans(point.text) and not _doubtful(sentence):
                yield KeyPoint(point.text, (source.mark,), sentence)


# --- the candidates --------------------------------------------------------------------------------------------------


def _candidates(entries: Sequence[Entry], sources: Sequence[Source], ground: Ground) -> list[_Candidate]:
    """The sentences that can stand alone, in the order of the brief's sources."""
    order = {source.mark: place for place, source in enumerate(sources)}
    found: dict[str, tuple[tuple[str, ...], Sentence, list[Entry]]] = {}
    for entry in entries:
        _, _, group = found.setdefault(entry.position.statement, (entry.marks, entry.position.sentence, []))
        group.append(entry)
    for source in sources:
        for text, sentence in _verbatim(source):
            found.setdefault(text, ((source.mark,), sentence, []))
    fit = [
        (text, tuple(dict.fromkeys(chain(marks, *(entry.marks for entry in group)))), sentence, tuple(group))
        for text, (marks, sentence, group) in found.items()
        if _stands_alone(text) and not _doubtful(sentence) and _holds(group, ground)
    ]
    fit.sort(key=lambda one: (-_promise(one[3], ground), order.get(one[1][0], len(order)), one[2].start, one[0]))
    return [_candidate(text, marks, sentence, group, ground) for text, marks, sentence, group in fit[:_MOST_READ]]


def _verbatim(source: Source) -> Iterable[tuple[str, Sentence]]:
    """The sentences of a summary that a document has itself, or their translation; none that a model wrote."""
    for point in source.summary:
        sentence = point.evidence[0]
        if point.text == sentence.english:
            yield point.text, sentence


def _stands_alone(text: str) -> bool:
    return (
        _SHORTEST <= len(text.split()) <= _LONGEST
        and not standing.leans(text)
        and not standing.speaks_as_we(text)
        and not standing.asks_or_announces(text)
        and not standing.is_bare_quotation(text)
        and standing.names_its_speaker(text)
    )


def _doubtful(sentence: Sentence) -> bool:
    return bool(sentence.translation and sentence.translation.flags)


def _holds(group: Sequence[Entry], ground: Ground) -> bool:
    """False where every position of a sentence is only probable, or where one shows what its holder has since left."""
    if not group:
        return True
    return not all(_probable(entry) for entry in group) and not any(_left(entry, ground) for entry in group)


def _probable(entry: Entry) -> bool:
    stance = entry.position.stance
    return stance is not None and entry.position.firm is not stance.label


def _left(entry: Entry, ground: Ground) -> bool:
    """Whether its holder stands elsewhere now, by later statements."""
    position = entry.position
    if position.topic is None or position.firm not in _CLEARNESS:
        return False
    now = ground.stands.get((position.holder, position.topic))
    return now in _CLEARNESS and now is not position.firm


def _promise(group: Sequence[Entry], ground: Ground) -> float:
    """By what the candidates are ranked before they are read closely."""
    return max(
        (
            _CLEARNESS.get(entry.position.firm or StanceLabel.OTHER, _SAID)
            + ground.recency.get(entry.position.id, 0.0)
            + (entry.position.id in ground.news)
            for entry in group
        ),
        default=0.5,
    )


def _candidate(
    text: str, marks: tuple[str, ...], sentence: Sentence, group: tuple[Entry, ...], ground: Ground
) -> _Candidate:
    found = read(text)
    stems = found.plain_stems
    covers: dict[Unit, float] = {("source", ground.family.get(mark, mark)): 1.0 for mark in marks}
    covers.update({("word", stem): 1.0 for stem in stems})
    for entry in group:
        for unit, share in _covered(entry):
            covers[unit] = max(covers.get(unit, 0.0), share / len(group) ** 0.5)
    for code in found.who.states:
        covers.setdefault(("holder", code), 0.3)
    return _Candidate(
        text,
        marks,
        sentence,
        group,
        covers,
        _cost(text, sentence, group, found, ground),
        likeness.features(text),
        stems,
    )


def _covered(entry: Entry) -> Iterable[tuple[Unit, float]]:
    position = entry.position
    yield ("holder", position.holder), 0.8
    if position.topic is None:
        return
    label = position.firm or StanceLabel.OTHER
    clear = _CLEARNESS.get(label, _SAID) * min(1.0, position.nearness / _NEAR if position.nearness else 1.0)
    yield ("topic", position.topic), 0.9 * clear
    yield ("stand", position.holder, position.topic), clear
    if label in _CLEARNESS:
        yield ("side", position.topic, label.value), 0.8 * clear


# --- what a sentence costs -------------------------------------------------------------------------------------------


def _cost(text: str, sentence: Sentence, group: Sequence[Entry], found: Read, ground: Ground) -> float:
    """For length, age, hearsay, talk in place of news, a machine's translation, and for not saying who is meant."""
    quoted = standing.quoted_share(text)
    length = len(text.split())
    return (
        max(0, length - 24) / 16
        + 1.0 * (1.0 - max((ground.recency.get(entry.position.id, 0.5) for entry in group), default=0.5))
        + 0.8 * bool(_SECOND_HAND.search(text))
        + 0.8 * quoted
        + 0.8 * (quoted > 0 and standing.quotes_first_person(text))
        + 1.0 * bool(_SPEECH_WITHOUT_REPORT.search(text))
        + 0.4 * (sentence.translation is not None)
        + 1.0 * bool(group and not _named(group, found))
        + 1.0 * standing.points_elsewhere(text)
        + 0.5 * _surname_alone(found)
        - 0.8 * bool(_TURN.search(text) and not _DENIED.search(text))
        - 0.2 * bool(found.numbers)
        - 1.2 * any(entry.position.id in ground.news for entry in group)
    )


def _named(group: Sequence[Entry], found: Read) -> bool:
    """Whether the sentence itself tells which state or organisation it speaks of."""
    return any(entry.position.holder in found.who.states for entry in group) or any(
        ":" in entry.position.holder for entry in group
    )


def _surname_alone(found: Read) -> bool:
    """Whether somebody speaks of whom the sentence tells neither a first name nor an office: "Holm said"."""
    held = {name for office in found.who.offices for name in office.names}
    known = cues("attribution")
    for index, word in enumerate(found.words[:-1]):
        alone = word.low in found.who.names - held and not (index and found.words[index - 1].upper)
        if alone and found.words[index + 1].low in known:
            return True
    return False
