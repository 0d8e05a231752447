"""Copies of one article in several outlets: found by the word sequences that they share.

The fingerprint of a document is made when it is digested and kept with its results: the smallest hashes of its
sequences of five words (Broder 1997, https://doi.org/10.1109/SEQUEN.1997.666900). So the whole corpus is compared
without opening a text, and only documents that share some of their smallest hashes are compared at all.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from digest.model import Digested, Outlet

_SHINGLE = 5
_KEPT = 256
"""Hashes kept of a document, four bytes each; a text of up to 260 words is kept whole."""

_LOOKED_UP = 48
"""Of these, so many are looked up to find documents to compare with."""

_FEWEST = 20
"""A text of fewer sequences is a headline or a caption: it is nobody's copy."""

_MOST_HOLDERS = 60
"""A sequence that more documents have is a formula of the outlet and tells nothing."""

COPY = 0.8
"""The shorter text has so much of its sequences in common with the longer: the rest is masthead, ending, a cut."""

_WORD = re.compile(r"\w+")


def fingerprint(sentences: Iterable[str]) -> bytes:
    """The fingerprint of a document with these sentences, in the language that they stand in; b"" for a short one."""
    words = [word.lower() for sentence in sentences for word in _WORD.findall(sentence)]
    hashes = {_hash(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
    if len(hashes) < _FEWEST:
        return b""
    return b"".join(sorted(hashes)[:_KEPT])


def _hash(words: Sequence[str]) -> bytes:
    return hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=4).digest()


def families(fingerprints: Mapping[str, bytes]) -> dict[str, str]:
    """For each document of which there are copies among these, the first one of its family, itself included.

    The order of the mapping decides which is the first. Documents without a copy are not in the result.
    """
    hashes = {name: _pieces(data) for name, data in fingerprints.items() if data}
    first: dict[str, str] = {}
    for one, other in _candidates(hashes):
        head = first.get(other, other)
        if first.get(one) != head and _shared(hashes[one], hashes[other]) >= COPY:
            first[other] = head
            first[one] = head
    return first


@dataclass(frozen=True, slots=True)
class Gathered:
    """Documents less the copies of others among them, the outlets of each that stays, and the family of each document
    that has copies, by ids."""

    documents: tuple[Digested, ...]
    outlets: Mapping[str, tuple[Outlet, ...]]
    family: Mapping[str, str]


def gather(ordered: Sequence[Digested]) -> Gathered:
    """Put copies of one article together; what stays keeps its order.

    The one stays that has most statements, of several the last in the order. A copy with statements of its own stays
    too, in one family with it: nothing that was said is lost, and yet the two do not count as independent.
    """
    place = {one.document.id: number for number, one in enumerate(ordered)}
    richest = sorted(ordered, key=lambda one: (-len(one.positions), -place[one.document.id]))
    family = families({one.document.id: one.fingerprint for one in richest})
    heads = {one.document.id: one for one in ordered if family.get(one.document.id) == one.document.id}
    outlets: dict[str, tuple[Outlet, ...]] = {}
    kept = []
    for one in ordered:
        document = one.document
        head = heads.get(family.get(document.id, ""))
        if head is None or head is one or not _said(one) <= _said(head):
            kept.append(one)
        else:
            more = [
                Outlet(document.id, path, document.title, document.publisher, document.published)
                for path in (document.path, *document.also_at)
            ]
            outlets[head.document.id] = (*outlets.get(head.document.id, ()), *more)
    return Gathered(tuple(kept), outlets, family)


def _said(one: Digested) -> set[tuple[str, str]]:
    return {(position.holder, " ".join(position.statement.split())) for position in one.positions}


def _pieces(data: bytes) -> list[bytes]:
    return [data[at : at + 4] for at in range(0, len(data), 4)]


def _candidates(hashes: Mapping[str, list[bytes]]) -> Iterator[tuple[str, str]]:
    """Each document with those before it that share two or more of the hashes looked up, the nearest first."""
    seen: dict[bytes, list[str]] = defaultdict(list)
    for name, pieces in hashes.items():
        looked_up = list(islice(pieces, _LOOKED_UP))
        common = Counter(other for piece in looked_up if len(seen[piece]) <= _MOST_HOLDERS for other in seen[piece])
        for other, count in common.most_common(5):
            if count >= 2:
                yield name, other
        for piece in looked_up:
            seen[piece].append(name)


def _shared(one: Sequence[bytes], other: Sequence[bytes]) -> float:
    """How much of the shorter text stands in the longer: over the range of hashes that both fingerprints cover."""
    end = min((pieces[-1] for pieces in (one, other) if len(pieces) == _KEPT), default=b"\xff\xff\xff\xff")
    a, b = ({piece for piece in pieces if piece <= end} for pieces in (one, other))
    return len(a & b) / max(1, min(len(a), len(b)))
