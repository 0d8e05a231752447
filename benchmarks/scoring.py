"""How good found positions are, measured against a gold file.

A prediction matches a gold position of the same document and code when their evidence is the same sentence, clause, or
sentence with a neighbour: of the words of the shorter at least 60 % are shared, of the longer at least 35 %. Gold rows
that differ only in actor or stance are one unit. Units are core (must be found), related (another matter) or
borderline (neither rewarded nor punished); only core units make recall, and a prediction that matches another unit
counts neither as right nor as wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.gold import GoldDocument, Row

OTHER = "neutral/other"
ANY = "*"
_SHARED_OF_SHORTER, _SHARED_OF_LONGER, _SHARED_OF_TRAP = 0.6, 0.35, 0.7
_LEVELS = ("core", "related", "borderline")

_SMALL_WORDS = "a an and at for former her his in its of on s the their then to u"
_BODIES = "eu nato uk un us"
_OFFICES = (
    "chancellor chief defence defense foreign general government head leader minister ministry official officials "
    "president prime secretary senior spokesman spokesperson spokeswoman"
)
_ROLE_WORDS = frozenset(f"{_SMALL_WORDS} {_BODIES} {_OFFICES}".split())
"""Words that name an office, not a person: they decide only where the gold actor has no other words."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """One position as found: `document` is the gold file's key, `stance` one of its labels, `sure` whether the brief
    counts the stance and does not only show it as probable."""

    document: str
    code: str
    actor: str | None
    stance: str
    evidence: str
    sure: bool = True


@dataclass(slots=True)
class Unit:
    """The gold rows of one document, code and evidence, and the predictions that matched them."""

    document: str
    code: str
    evidence: str
    rows: list[Row] = field(default_factory=list)
    hits: list[Prediction] = field(default_factory=list)

    @property
    def level(self) -> str:
        """The strictest level among the rows."""
        return next(level for level in _LEVELS if any(row.level == level for row in self.rows))

    @property
    def accepted(self) -> frozenset[str]:
        """The stances that any of the rows accepts."""
        return frozenset[str]().union(*(row.accepted for row in self.rows))

    def actor_right(self) -> bool | None:
        """Whether a hit names an actor of a row; None where there is nothing to judge."""
        judged = [_actor_right(hit.actor, row.actor) for hit in self.hits for row in self.rows]
        known = [verdict for verdict in judged if verdict is not None]
        return any(known) if known else None

    def stance_right(self) -> tuple[bool, bool]:
        """Whether a hit has the first choice of a row, and whether one has an accepted stance."""
        first = {row.stance for row in self.rows}
        return any(hit.stance in first for hit in self.hits), any(hit.stance in self.accepted for hit in self.hits)


@dataclass(frozen=True, slots=True)
class Share:
    """So many right of so many."""

    right: int
    of: int

    def __float__(self) -> float:
        return self.right / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """Precision and recall."""

    precision: Share
    recall: Share

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        p, r = float(self.precision), float(self.recall)
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """The measures. `find`: who and where; `whole`: who, where, actor and stance; `roll`: (document, code) headings.

    `strict` counts the annotator's first choice of stance, `lenient` what a second reader could defend, over the core
    units found; `clear` over all predictions that match a unit and carry a label other than "other", `sure` over
    those of them that the brief counts.
    """

    documents: int
    core: int
    predictions: int
    find: Found
    actor: Share
    strict: Share
    lenient: Share
    clear: Share
    sure: Share
    whole: Found
    roll: Found
    traps: tuple[Prediction, ...]
    wrong: tuple[Prediction, ...]
    missed: tuple[Unit, ...]


def score(predictions: Iterable[Prediction], gold: Sequence[GoldDocument]) -> Score:
    """Measure predictions on the documents of a gold file."""
    units = _units(gold)
    once = _once(predictions)
    matched = {id(p): _best(p, units[p.document]) for p in once}
    for p in once:
        unit = matched[id(p)]
        if unit is not None:
            unit.hits.append(p)
    wrong = [p for p in once if matched[id(p)] is None]
    every = [unit for of_document in units.values() for unit in of_document]
    core = [unit for unit in every if unit.level == "core"]
    hit = [unit for unit in core if unit.hits]
    counted = len(hit) + len(wrong)
    judged = [(unit.actor_right(), *unit.stance_right()) for unit in hit]
    actors = [actor for actor, _, _ in judged if actor is not None]
    whole = sum(actor is not False and lenient for actor, _, lenient in judged)
    return Score(
        documents=len(gold),
        core=len(core),
        predictions=counted,
        find=Found(Share(len(hit), counted), Share(len(hit), len(core))),
        actor=Share(sum(actors), len(actors)),
        strict=Share(sum(strict for _, strict, _ in judged), len(hit)),
        lenient=Share(sum(lenient for _, _, lenient in judged), len(hit)),
        clear=_clear(once, matched),
        sure=_clear([p for p in once if p.sure], matched),
        whole=Found(Share(whole, counted), Share(whole, len(core))),
        roll=_roll(once, matched, every, core),
        traps=tuple(_sprung(wrong, gold)),
        wrong=tuple(wrong),
        missed=tuple(unit for unit in core if not unit.hits),
    )


def _once(predictions: Iterable[Prediction]) -> list[Prediction]:
    """The first of all predictions with the same document, code and words."""
    first: dict[tuple[str, ...], Prediction] = {}
    for p in predictions:
        first.setdefault((p.document, p.code, *words(p.evidence)), p)
    return list(first.values())


def _units(gold: Sequence[GoldDocument]) -> dict[str, list[Unit]]:
    units: dict[tuple[str, str, str], Unit] = {}
    for document in gold:
        for row in document.rows:
            key = (document.key, row.code, row.evidence)
            units.setdefault(key, Unit(*key)).rows.append(row)
    by_document: dict[str, list[Unit]] = defaultdict(list)
    for unit in units.values():
        by_document[unit.document].append(unit)
    return by_document


def _best(prediction: Prediction, units: Sequence[Unit]) -> Unit | None:
    """The unit that a prediction matches best, a core one before any other."""
    best, rank = None, (False, 0.0)
    for unit in units:
        if unit.code not in (prediction.code, ANY):
            continue
        near = closeness(prediction.evidence, unit.evidence)
        if near and (best is None or (unit.level == "core", near) > rank):
            best, rank = unit, (unit.level == "core", near)
    return best


def _clear(predictions: Sequence[Prediction], matched: Mapping[int, Unit | None]) -> Share:
    verdicts = []
    for p in predictions:
        unit = matched[id(p)]
        if p.stance != OTHER and unit is not None and unit.code != ANY:
            verdicts.append(p.stance in unit.accepted)
    return Share(sum(verdicts), len(verdicts))


def _roll(
    predictions: Sequence[Prediction], matched: Mapping[int, Unit | None], every: Sequence[Unit], core: Sequence[Unit]
) -> Found:
    wanted = {(unit.document, unit.code) for unit in core}
    allowed = {(unit.document, unit.code) for unit in every if unit.code != ANY}
    tolerated = {id(p) for p in predictions if (unit := matched[id(p)]) is not None and unit.code == ANY}
    given = {(p.document, p.code) for p in predictions if id(p) not in tolerated}
    counted = sum(pair in wanted or pair not in allowed for pair in given)
    return Found(Share(len(given & wanted), counted), Share(len(given & wanted), len(wanted)))


def _sprung(wrong: Iterable[Prediction], gold: Sequence[GoldDocument]) -> Iterable[Prediction]:
    traps = {document.key: document.traps for document in gold}
    for p in wrong:
        evidence = words(p.evidence)
        for trap in traps.get(p.document, ()):
            inside = words(trap.text)
            if not trap.codes & {p.code, ANY} or not inside:
                continue
            if _shared(inside, evidence) / min(len(inside), len(evidence) or 1) >= _SHARED_OF_TRAP:
                yield p
                break


# --- comparing words -------------------------------------------------------------------------------------------------


def words(text: str | None) -> list[str]:
    """The words of a text, small, without accents and without an English genitive."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text or "") if not unicodedata.combining(c))
    folded = plain.lower().replace("ł", "l")
    return [re.sub(r"['’]s$", "", word) for word in re.findall(r"[\w'’]+", folded)]


def _shared(some: Sequence[str], others: Sequence[str]) -> int:
    return (Counter(some) & Counter(others)).total()


def closeness(some: str, others: str) -> float:
    """The share of the longer text's words that both have, 0 where they are no match."""
    a, b = words(some), words(others)
    if not a or not b:
        return 0.0
    shared = _shared(a, b)
    of_longer = shared / max(len(a), len(b))
    return of_longer if shared / min(len(a), len(b)) >= _SHARED_OF_SHORTER and of_longer >= _SHARED_OF_LONGER else 0.0


def _actor_right(found: str | None, wanted: str | None) -> bool | None:
    """A name in common, or an office where the gold has no name. None: the gold has no actor and one was found."""
    if wanted is None:
        return None if found else True
    if not found:
        return False
    given, right = set(words(found)), set(words(wanted))
    return bool(((right - _ROLE_WORDS) or right) & given)
