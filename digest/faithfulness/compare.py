"""A claim beside its evidence: the measures from which its support is reckoned, and what is wrong in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from itertools import pairwise

from digest import standing
from digest.faithfulness import cues, quantities, who
from digest.faithfulness.quantities import Quantity, When, equal
from digest.faithfulness.who import Who
from digest.faithfulness.words import Word, is_content, words
from digest.faithfulness.words import cues as lexicon_cues

_QUOTE = re.compile(r"[\"“«„]([^\"“”«»„]+)[\"”»“]")
_SAME_DAY = re.compile(
    r"\bthe same (?:day|morning|afternoon|evening|night)\b|\ban? (?:hour|few hours) (?:later|earlier)\b|"
    r"\bhours (?:after|later)\b"
)
_GAP = re.compile(r"\s*(?:\[[^\]]*\]|\[?(?:\.\.\.|…)\]?)\s*")
_NAME_BEGINNING = 5
_FAR, _FAR_SPAN = 0.45, 0.15
"""From this distance of meaning on a claim in other words turns into a claim about something else."""
_PLAIN = str.maketrans({"’": "'", "‘": "'"} | dict.fromkeys('“”"«»„', ""))


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence, read once: its words, names, numbers and dates."""

    text: str
    words: tuple[Word, ...]
    who: Who
    numbers: tuple[Quantity, ...]
    dates: tuple[When, ...]

    @property
    def stems(self) -> frozenset[str]:
        """The stems of its words of content."""
        return frozenset(word.stem for word in self.words if is_content(word))

    @property
    def plain_stems(self) -> frozenset[str]:
        """The stems of its words of content that are no names."""
        return frozenset(word.stem for word in self.words if is_content(word) and not word.upper)


def read(text: str, known: frozenset[str] = frozenset()) -> Read:
    """Read a sentence; `known` are words that are names elsewhere in the document."""
    found = words(text)
    numbers, dates = quantities.read(found)
    return Read(text, found, who.read(found, known), tuple(numbers), tuple(dates))


@dataclass(frozen=True, slots=True)
class Measures:
    """What speaks against a claim, each 0 where nothing does. The shipped weights are all against, none in favour."""

    name_new: float = 0.0
    name_moved: float = 0.0
    name_replaced: float = 0.0
    state_new: float = 0.0
    state_moved: float = 0.0
    state_replaced: float = 0.0
    office_new: float = 0.0
    office_moved: float = 0.0
    office_bound: float = 0.0
    number_new: float = 0.0
    number_moved: float = 0.0
    number_bound: float = 0.0
    date_new: float = 0.0
    date_moved: float = 0.0
    quote: float = 0.0
    negation_added: float = 0.0
    negation_lost: float = 0.0
    denial: float = 0.0
    modal_hard: float = 0.0
    modal_other: float = 0.0
    modal_bare: float = 0.0
    hedge: float = 0.0
    hedge_added: float = 0.0
    condition: float = 0.0
    attribution: float = 0.0
    direction: float = 0.0
    order: float = 0.0
    novelty: float = 0.0
    novelty_all: float = 0.0
    bigrams: float = 0.0
    distance: float = 0.0
    far: float = 0.0

    def row(self) -> list[float]:
        """The measures as numbers, in the order of `names()`."""
        return [float(getattr(self, name)) for name in self.names()]

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of the measures in order."""
        return tuple(each.name for each in fields(cls))


@dataclass(slots=True)
class Comparison:
    """A claim, the sentences that are its evidence (best first), those around them, and all of the document."""

    claim: Read
    evidence: Sequence[Read]
    around: Sequence[Read]
    everything: Sequence[Read]
    title: Read
    distance: float
    problems: list[str] = field(default_factory=list)

    def measures(self) -> Measures:
        """Compare. `problems` then says in words what was found."""
        found = [one.words for one in self.evidence]
        best = found[0] if found else ()
        added, lost = cues.negations_changed(self.claim.words, found)
        hard, other, bare = cues.modality_changed(self.claim.words, found)
        values = {
            **self._names(),
            **self._offices(),
            **self._numbers(),
            **self._dates(),
            **self._wording(),
            "quote": self._quotes(),
            "negation_added": added,
            "negation_lost": lost,
            "denial": cues.denial_changed(self.claim.words, found),
            "modal_hard": hard,
            "modal_other": other,
            "modal_bare": bare,
            "hedge": cues.hedge_lost(self.claim.words, best),
            "hedge_added": cues.hedge_added(self.claim.words, found),
            "condition": cues.condition_lost(self.claim.words, best),
            "attribution": cues.attribution_lost(self.claim.words, best),
            "direction": cues.direction_changed(self.claim.words, found),
            "order": self._order(),
            "distance": self.distance,
            "far": min(2.0, max(0.0, (self.distance - _FAR) / _FAR_SPAN)),
        }
        made = Measures(**values)
        self._say(made)
        return made

    def _say(self, made: Measures) -> None:
        told = (
            (made.negation_added, "a negation that its source does not have"),
            (made.negation_lost, "a negation of its source is missing"),
            (made.denial, "what its source denies, or the other way round"),
            (made.modal_hard, "what its source only thinks possible, or the other way round"),
            (made.condition, "the condition of its source is missing"),
            (made.attribution, "an opinion stands there as a fact"),
            (made.direction, "the opposite of a word of its source"),
            (made.order, "who does it to whom is turned round"),
        )
        self.problems += [text for value, text in told if value]

    # --- names

    def _names(self) -> dict[str, float]:
        mine = self.claim.who
        here_words = frozenset(word.low for one in self.evidence for word in one.words)
        all_words = frozenset(word.low for one in (*self.everything, self.title) for word in one.words)
        here_words |= _initials(self.evidence)
        all_words |= _initials((*self.everything, self.title))
        names = frozenset(name for name in mine.names - here_words if not _begins_alike(name, here_words))
        unknown = frozenset(name for name in names - all_words if not _begins_alike(name, all_words))
        states = mine.states - _union(one.who.states for one in self.evidence)
        all_states = _union(one.who.states for one in (*self.everything, self.title))
        meant_names, meant_states = self._meant()
        best = self.evidence[0].who if self.evidence else mine
        best_words = frozenset(word.low for word in self.evidence[0].words) if self.evidence else frozenset()
        best_words |= _initials(self.evidence[:1])
        values = {
            "name_new": min(2.0, len(unknown)),
            "name_moved": float(bool(names - unknown - meant_names)),
            "name_replaced": float(
                any(not _begins_alike(name, best_words) for name in mine.names - best_words - meant_names)
                and bool(best.names - mine.names)
            ),
            "state_new": min(2.0, len(states - all_states)),
            "state_moved": float(bool((states & all_states) - meant_states)),
            "state_replaced": float(bool(mine.states - best.states - meant_states) and bool(best.states - mine.states)),
        }
        if unknown or states - all_states:
            new = sorted(unknown) + sorted(states - all_states)
            self.problems.append(f"a name that its source does not have: {', '.join(new)}")
        elif any(values.values()):
            self.problems.append("a name from another sentence of the source")
        return values

    def _meant(self) -> tuple[frozenset[str], frozenset[str]]:
        """Whom the evidence may mean without a name: names and states of the nearest sentence before it that has any,
        where it begins with "it" or "the union" or says "she added"; who speaks as "I" is named at the top."""
        names, states = frozenset[str](), frozenset[str]()
        if any(word.low in _FIRST_PERSON for one in self.evidence for word in words(_QUOTE.sub("", one.text))):
            top = [self.title, *self.everything[:2]]
            names, states = _union(one.who.names for one in top), _union(one.who.states for one in top)
        if any(_points_back(one) for one in self.evidence):
            before = [*reversed(self.around), self.title]
            names |= next((one.who.names for one in before if one.who.names), frozenset())
            states |= next((one.who.states for one in before if one.who.states), frozenset())
        return names, states | self._of_the_government()

    def _of_the_government(self) -> frozenset[str]:
        """Whose government it is where the best evidence speaks of one without its state: the nearest state before."""
        best = next(iter(self.evidence), None)
        if best is None or best.who.states or not any(word.low in _GOVERNMENT for word in best.words):
            return frozenset()
        place = next((index for index, one in enumerate(self.everything) if one is best), 0)
        before = [*reversed(self.everything[:place]), self.title]
        return next((one.who.states for one in before if one.who.states), frozenset())

    def _offices(self) -> dict[str, float]:
        here = _union(one.who.office_words for one in self.evidence)
        here |= frozenset(word.low for one in self.evidence for word in one.words)
        everywhere = frozenset(word.low for one in (*self.everything, self.title) for word in one.words)
        new = moved = bound = 0.0
        for office in self.claim.who.offices:
            held = self._held_by(office.names)
            given = held[0] if office.names and held[0] else here | held[0]
            wrong = [w for w in office.words if not who.same_office(w, given)]
            unknown = [word for word in wrong if not who.same_office(word, everywhere)]
            if not unknown and office.definite and not office.names and self._speaks_for_itself():
                wrong = []
            new, moved = new + bool(unknown), moved + bool(wrong and not unknown)
            if office.names and held[1] and office.states - held[1]:
                bound += 1
            elif office.states - held[1] and not office.names and not self._tied(office):
                bound += 0.5
            if wrong:
                self.problems.append(f"an office that its source does not give: {', '.join(sorted(wrong))}")
        if bound:
            self.problems.append("an office tied to another state than in its source")
        return {"office_new": min(new, 2.0), "office_moved": min(moved, 2.0), "office_bound": min(bound, 2.0)}

    def _speaks_for_itself(self) -> bool:
        """Whether the evidence speaks as "I" or of "he" and "she", so that an office may stand for the pronoun."""
        lows = {word.low for one in self.evidence for word in one.words}
        return bool(lows & (_FIRST_PERSON | {"he", "she", "his", "her"}))

    def _held_by(self, names: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
        """The words of the offices that the document gives to somebody, and the states it ties them to."""
        offices = [o for one in (*self.everything, self.title) for o in one.who.offices if o.names & names]
        sentences = [one for one in self.everything if one.who.names & names]
        words_of = _union(o.words for o in offices) | frozenset(
            low for one in sentences for word in one.words for low in (word.low, word.low.removesuffix("s"))
        )
        states = _union(office.states for office in offices)
        return words_of, states | (_union(one.who.states for one in sentences) if not states else frozenset())

    def _tied(self, office: who.Office) -> bool:
        """Whether some sentence of the document has the office and its state together, or leaves the state out."""
        offices = [o for one in (*self.evidence, *self.around) for o in one.who.offices if o.words & office.words]
        return not offices or any(not o.states or office.states <= o.states for o in offices)

    def _order(self) -> float:
        """1 where two names stand the other way round about the same verb, and neither side is a passive."""
        mine = _around_verbs(self.claim)
        theirs = set[tuple[str, str, str]]().union(*(_around_verbs(one) for one in self.evidence))
        turned = {(b, verb, a) for a, verb, b in mine}
        return float(bool(turned & theirs) and not mine & theirs and not self._passive())

    def _passive(self) -> bool:
        return _has_agent(self.claim) != any(_has_agent(one) for one in self.evidence)

    # --- numbers and dates

    def _numbers(self) -> dict[str, float]:
        here = [number for one in self.evidence for number in one.numbers]
        everywhere = [number for one in (*self.everything, self.title) for number in one.numbers]
        new = moved = bound = 0.0
        shares = "%" in self.claim.text or "cent" in self.claim.text  # "from 12 percent to 8"
        for number in self.claim.numbers:
            scale = 100 if shares else 1
            same = [o for o in here if number.fits(o) or equal(number.value / scale, o.value)]
            if not same:
                elsewhere = any(number.fits(other) for other in everywhere)
                new, moved = new + (not elsewhere), moved + elsewhere
                self.problems.append(f"a number that its source does not have: {number.text}")
                continue
            own = max(len(number.around & other.around) for other in same)
            others = [o for o in here if not number.fits(o)]
            bound += any(len(number.around & other.around) > own for other in others) and own == 0
        return {"number_new": min(new, 2.0), "number_moved": min(moved, 2.0), "number_bound": min(bound, 2.0)}

    def _dates(self) -> dict[str, float]:
        here = [day for one in self.evidence for day in one.dates]
        if any(_SAME_DAY.search(one.text) for one in self.evidence):
            here += next((list(one.dates) for one in reversed(self.around) if one.dates), [])
        everywhere = [day for one in (*self.everything, self.title) for day in one.dates]
        new = moved = 0.0
        for day in self.claim.dates:
            if any(day.fits(other) for other in here):
                continue
            elsewhere = any(day.fits(other) for other in everywhere)
            weight = 0.5 if day.kind == "span" else 1.0
            new, moved = new + weight * (not elsewhere), moved + weight * elsewhere
            self.problems.append(f"a date that its source does not have: {day.text}")
        return {"date_new": min(new, 2.0), "date_moved": min(moved, 2.0)}

    # --- wording

    def _quotes(self) -> float:
        whole = " ".join(_plain(one.text) for one in self.everything)
        here = " ".join(_plain(one.text) for one in self.evidence)
        wrong = 0.0
        for quote in _QUOTE.findall(self.claim.text):
            pieces = [_plain(piece) for piece in _GAP.split(quote)]
            if not all(piece in whole for piece in pieces if piece):
                wrong += 1.0
                self.problems.append(f"a quotation that is not verbatim: “{quote}”")
            elif not all(piece in here for piece in pieces if piece):
                wrong += 0.5
        return min(wrong, 2.0)

    def _wording(self) -> dict[str, float]:
        mine = [word for word in self.claim.words if is_content(word) and not word.upper]
        here = _union(one.stems for one in self.evidence)
        everywhere = _union(one.stems for one in (*self.everything, self.title))
        pairs = _pairs(self.claim.words)
        theirs = set[tuple[str, str]]().union(*(_pairs(one.words) for one in self.evidence))
        return {
            "novelty": _share([word.stem not in here for word in mine]),
            "novelty_all": _share([word.stem not in everywhere for word in mine]),
            "bigrams": _share([pair not in theirs for pair in pairs]),
        }


_FIRST_PERSON = frozenset(("i", "we", "my", "our", "me", "us"))
_GOVERNMENT = frozenset(("government", "minister", "ministry", "cabinet", "parliament", "president", "premier"))
_LEANING = frozenset(("the", "this", "that", "these", "those", "such", "both", "neither"))


def _points_back(one: Read) -> bool:
    """Whether a sentence is about what was named before: "The union will ...", "... , she said"."""
    found = one.words
    if standing.leans(one.text):
        return True
    if found and found[0].low in _LEANING and not (len(found) > 1 and found[1].upper):
        return True
    if any(word.low in lexicon_cues("pronouns") for word in found[:3]):
        return True
    speech = lexicon_cues("attribution")
    return any(
        word.low in ("he", "she", "they") and (found[index - 1].low in speech or found[index + 1].low in speech)
        for index, word in enumerate(found[:-1])
        if index
    ) or (len(found) > 1 and found[-1].low in ("he", "she", "said", "added") and found[-2].low in ("he", "she", "said"))


def _initials(sentences: Iterable[Read]) -> frozenset[str]:
    """The short forms of the names of several words: "eib" for the European Investment Bank, in lower case."""
    found = set()
    for one in sentences:
        run = ""
        for word in (*one.words, None):
            if word is not None and word.upper and not (run and word.apart):
                run += word.low[0]
            elif word is None or word.low not in ("of", "for", "the", "and"):
                found |= {run[at:] for at in range(len(run) - 1)}
                run = ""
    return frozenset(short for short in found if len(short) > 1)


def _begins_alike(name: str, others: frozenset[str]) -> bool:
    """Whether another word has the same first five letters: "African" and "Africa"."""
    return len(name) >= _NAME_BEGINNING and any(other[:_NAME_BEGINNING] == name[:_NAME_BEGINNING] for other in others)


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0


def _pairs(found: Sequence[Word]) -> set[tuple[str, str]]:
    kept = [word.stem for word in found if is_content(word)]
    return set(pairwise(kept))


def _plain(text: str) -> str:
    """For the comparison of quotations: case, spaces, the make of the marks and closing stops do not count."""
    text = text.translate(_PLAIN)
    return " ".join(text.casefold().split()).strip(" .,;:!?")


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)


def _around_verbs(one: Read) -> set[tuple[str, str, str]]:
    """(a name before, a word of content, a name behind), the nearest names on both sides."""
    found = set()
    places = one.who.order
    taken = {place for place, _ in places}
    for index, word in enumerate(one.words):
        if index in taken or not is_content(word) or word.upper:
            continue
        before = [name for place, name in places if place < index]
        behind = [name for place, name in places if place > index]
        if before and behind and before[-1] != behind[0]:
            found.add((before[-1], word.stem, behind[0]))
    return found


def _has_agent(one: Read) -> bool:
    """Whether a sentence says by whom something is done."""
    return any(word.low == "by" for word in one.words) or any(word.low == "according" for word in one.words)
