"""Negations, what is only possible, conditions, and who is said to say so: does a claim keep those of its source?

A cue counts together with the word that it governs: the next words of content behind it. Two sentences are compared
where they govern the same word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from digest.faithfulness.words import Word, cues, is_content, lexicon, stem

Sentences = Sequence[Sequence[Word]]

_NEAR = 7
_NEAR_DENIAL = 4
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_HEDGED_TOGETHER = frozenset(("may", "might", "could", "can", "perhaps", "possibly", "possible", "maybe"))


def negations(found: Sequence[Word]) -> list[int]:
    """The places of plain negations; "not only" is none, and neither is "no later than"."""
    return [
        index
        for index, word in enumerate(found)
        if (word.low in cues("negation") or word.low.endswith(("n't", "n’t")) or _yet_to(found, index))
        and not (index + 1 < len(found) and found[index + 1].low in ("only", "later", "less"))
    ]


def _yet_to(found: Sequence[Word], index: int) -> bool:
    """ "has yet to answer" has not answered."""
    return found[index].low == "yet" and index + 1 < len(found) and found[index + 1].low == "to"


def governed(found: Sequence[Word], at: int, most: int = 3) -> list[Word]:
    """The words of content that a cue governs: those behind it up to a comma, else the last ones before it."""
    behind: list[Word] = []
    for word in found[at + 1 : at + 1 + 2 * _NEAR]:
        if word.apart and behind:
            break
        if is_content(word):
            behind.append(word)
        if len(behind) == most:
            break
    return behind or [word for word in found[max(0, at - _NEAR) : at] if is_content(word)][-most:]


@dataclass(frozen=True, slots=True)
class _Negation:
    """What a negation governs, the first word first, and the words of content around it."""

    governed: tuple[str, ...]
    around: frozenset[str]

    @classmethod
    def at(cls, found: Sequence[Word], at: int) -> _Negation:
        begin = at
        while begin > max(0, at - _NEAR) and (begin == at or not found[begin].apart):
            begin -= 1
        before = [word.stem for word in found[begin:at] if is_content(word)][-2:]
        mine = tuple(word.stem for word in governed(found, at))
        return cls(mine, frozenset(mine) | frozenset(before))

    def nearness(self, other: _Negation) -> float:
        """How much two negations have in common: the words that they govern count most, fewer others break a tie."""
        inner = len(set(self.governed) & set(other.governed))
        outer = len(self.around & other.around)
        return 2 * inner + outer - 0.01 * len(other.around) if inner or outer else 0.0


def _denied(found: Sequence[Word], anchors: frozenset[str], kinds: frozenset[str], *, verb: bool = False) -> bool:
    """Whether a word of the kinds stands within four words of an anchor, not behind a comma; where the anchor is a
    verb, behind it only in the passive ("was rejected"), since "helped to avoid" does not deny the help."""
    for index, word in enumerate(found):
        if word.stem not in anchors:
            continue
        for way in (-1, 1):
            for step in range(1, _NEAR_DENIAL + 1):
                at = index + way * step
                if not 0 <= at < len(found) or found[at if way > 0 else at + 1].apart:
                    break
                of_it = way < 0 or not verb or found[at - 1].low in _BE
                if found[at].low in kinds and found[at].stem not in anchors and of_it:
                    return True
    return False


def negations_changed(claim: Sequence[Word], source: Sentences) -> tuple[float, float]:
    """How many negations of the claim nothing in the source bears out, and how many of the source are gone although
    the claim has what they govern. Each negation bears out one."""
    mine = [_Negation.at(claim, at) for at in negations(claim)]
    theirs = [(found, _Negation.at(found, at)) for found in source for at in negations(found)]
    stems = frozenset(word.stem for word in claim)
    added = 0.0
    for one in mine:
        match = max(range(len(theirs)), key=lambda i: one.nearness(theirs[i][1]), default=None)
        if match is not None and one.nearness(theirs[match][1]) > 0:
            theirs.pop(match)
        else:
            added += _unfounded(one, source, bool(theirs))
    lost = 0.0
    for found, one in theirs:
        held = frozenset(one.governed) & stems
        if found is source[0] and held and len(held) * 2 >= len(one.governed):
            lost += not (_denied(claim, held, cues("denial") | cues("contrast")) or _said_otherwise(claim, found, one))
    return min(added, 2.0), min(lost, 2.0)


def _said_otherwise(claim: Sequence[Word], source: Sequence[Word], lost: _Negation) -> bool:
    """Whether a claim says a negation of its source in another way: "it is unknown how many", "keep open" for "not
    close", "only with" for "not without", "not until" as "at the earliest"."""
    lows = {word.low for word in claim}
    theirs = {word.low for word in source}
    if lows & cues("unknown") or (lows & {"unless", "without"} and "if" in theirs):
        return True
    if lows & cues("needs") and "without" in theirs:
        return True
    if lows & cues("not_before") and theirs & {"before", "until", "earlier"}:
        return True
    for pair in lexicon()["opposite"]:
        one, other = set(pair["one"]), set(pair["other"])
        for mine, his in ((one, other), (other, one)):
            if lows & mine and not lows & his and any(stem(low) in lost.governed for low in theirs & his):
                return True
    return False


@cache
def _denial_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in cues("denial"))


def _unfounded(one: _Negation, source: Sentences, left: bool) -> float:
    """1 where a negation of the claim has no counterpart: its words stand in the source undenied, or nowhere, and then
    nothing is denied there at all."""
    head = frozenset(one.governed[:1])
    if frozenset(one.governed[:2]) & _denial_stems():  # "has not refused": its source must not have "refused" alone
        return float(any(word.low in cues("denial") for found in source for word in found))
    within = [found for found in source if any(word.stem in head for word in found)]
    if within:
        return 0.0 if any(_denied(found, head, cues("denial"), verb=True) for found in within) else 1.0
    return float(not left and not any(word.low in cues("denial") for found in source for word in found))


def denial_changed(claim: Sequence[Word], source: Sentences) -> float:
    """1 where one side denies by its words ("rejected") and the other knows no denial at all."""

    def has(found: Sequence[Word], kinds: frozenset[str]) -> bool:
        return any(word.low in kinds or word.low.endswith(("n't", "n’t")) for word in found)

    both = cues("denial") | cues("weak_denial") | cues("negation")
    anywhere = any(has(found, both) for found in source)
    lost = bool(source) and has(source[0], cues("denial")) and not has(claim, both)
    return float((has(claim, cues("denial")) and not anywhere) or lost)


def _places(found: Sequence[Word], wanted: Word) -> list[int]:
    return [index for index, word in enumerate(found) if word.stem == wanted.stem]


# --- what may be, will be, must be -----------------------------------------------------------------------------------


def _kind(word: Word) -> str:
    if word.low == "may" and word.upper and not word.first:
        return ""  # the month
    if word.low in _HEDGED_TOGETHER:
        return "possible"
    if word.low in cues("future") or word.low.endswith(("'ll", "’ll")):
        return "future"
    if word.low in cues("duty"):
        return "duty"
    return ""


def _governing(found: Sequence[Word], place: int) -> str:
    """The kind of the modal that governs the word at a place, "" where none does."""
    for index in range(place, max(-1, place - 5), -1):
        if index < place and is_content(found[index]) and not found[index].low.endswith("ly"):
            return _of_infinitive(found, index)
        if kind := _kind(found[index]):
            return kind
        if found[index].apart and index < place:
            return ""
    return ""


def _of_infinitive(found: Sequence[Word], index: int) -> str:
    """ "is considering leaving", "threatens to": words of content that make what follows merely possible."""
    low = found[index].low
    if low == "considers" and not (index + 1 < len(found) and found[index + 1].low.endswith("ing")):
        return ""  # "considers it lawful"
    return "possible" if low in cues("governing") else ""


def modality_changed(claim: Sequence[Word], source: Sentences) -> tuple[float, float, float]:
    """Where the same word is governed by another modal: from or to what is only possible, between two others, and
    between one and none."""
    hard = other = bare = 0.0
    for index, word in enumerate(claim):
        if not is_content(word) or word.stem in cues("light"):
            continue
        mine = _governing(claim, index)
        theirs = {_governing(found, place) for found in source for place in _places(found, word)}
        if not theirs or mine in theirs:
            continue
        # A bare verb in the claim where the source only thinks it possible is as bad as a "will".
        if "possible" in theirs and not _near_possible(claim, index):
            hard += 1.0
        elif (mine == "possible" and not _source_hedges(source)) or (mine and theirs - {""}):
            hard += mine == "possible"
            other += mine != "possible"
        elif mine or theirs - {""}:
            bare += 1.0
    return min(hard, 2.0), min(other, 2.0), min(bare, 2.0)


def _near_possible(found: Sequence[Word], at: int) -> bool:
    return any(word.low in cues("possible") and _not_a_month(word) for word in found[max(0, at - _NEAR) : at + 3])


def _source_hedges(source: Sentences) -> bool:
    return any(_hedges(found) for found in source)


def _hedges(found: Sequence[Word]) -> bool:
    """Whether a sentence speaks of what may be; "could not" and "no ship may" speak of what may not."""
    return any(
        word.low in cues("possible")
        and _not_a_month(word)
        and not (word.low in _HEDGED_TOGETHER and _is_denied(found, index))
        for index, word in enumerate(found)
    )


def _is_denied(found: Sequence[Word], index: int) -> bool:
    behind = found[index + 1].low if index + 1 < len(found) else ""
    return (behind == "not" and found[index].low in ("can", "could")) or any(
        word.low in ("no", "nobody", "nothing", "neither") for word in found[max(0, index - 3) : index]
    )


def _not_a_month(word: Word) -> bool:
    return word.low != "may" or not word.upper or word.first


def hedge_lost(claim: Sequence[Word], best: Sequence[Word]) -> float:
    """1 where the best source sentence speaks of what may be, and the claim nowhere."""
    claims = any(word.low in cues("possible") and _not_a_month(word) for word in claim)
    return float(_hedges(best) and not claims)


def hedge_added(claim: Sequence[Word], source: Sentences) -> float:
    """1 where the claim speaks of what may be, and no sentence of the source does."""
    mine = any(_kind(word) == "possible" and not _is_denied(claim, index) for index, word in enumerate(claim))
    return float(mine and not _source_hedges(source))


# --- conditions, attributions, directions ---------------------------------------------------------------------------


def condition_lost(claim: Sequence[Word], best: Sequence[Word]) -> float:
    """1 where the best source sentence makes a condition whose consequence the claim has without it."""
    if any(word.low in cues("condition") for word in claim):
        return 0.0
    at = next((index for index, word in enumerate(best) if word.low in ("if", "unless", "provided")), None)
    if at is None:
        return 0.0
    stems = {word.stem for word in claim}
    main = [word for word in (best[:at] if at > 2 else best) if is_content(word)]
    return float(bool(main) and sum(word.stem in stems for word in main) * 2 >= len(main))


def attribution_lost(claim: Sequence[Word], best: Sequence[Word]) -> float:
    """1 where the best source sentence is somebody's opinion or claim and the claim stands there as a fact."""
    theirs = any(word.low in cues("opinion") for word in best)
    mine = any(word.low in cues("attribution") or word.stem in _attribution_stems() for word in claim)
    return float(theirs and not mine)


def _attribution_stems() -> frozenset[str]:
    return frozenset(("say", "warn", "announc", "claim", "argu"))


def direction_changed(claim: Sequence[Word], source: Sentences) -> float:
    """How many pairs of opposite words the claim and its source divide between them."""
    mine = {word.low for word in claim}
    theirs = {word.low for found in source for word in found}
    negated = bool(negations(claim)) != any(negations(found) for found in source)
    total = 0.0
    for pair in lexicon()["opposite"]:
        one, other = set(pair["one"]), set(pair["other"])
        turned = (mine & one and not mine & other and theirs & other and not theirs & one) or (
            mine & other and not mine & one and theirs & one and not theirs & other
        )
        total += bool(turned) and not negated
    return total
