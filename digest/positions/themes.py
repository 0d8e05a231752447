"""What a corpus is about, where the configuration names no topics: up to four themes, found by machine.

A theme grows from one noun that several documents use often and that reports on other matters do not use. It is named
by a phrase that stands in the documents; the words that keep it company help to recognise it. No model but the tagger
takes part, and the same documents give the same themes in whatever order they come. A theme of an earlier issue stays
as it was while the documents still speak of it, so that a few documents more do not rename what the brief follows.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from math import log2
from typing import TYPE_CHECKING

from digest import data
from digest.model import Topic
from digest.positions.lexicon import cues, titles
from digest.positions.names import DocumentNames, find_mentions

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Outline = tuple[tuple[str, ...], ...]
"""The noun phrases of a document, sentence by sentence: all that the search for themes looks at."""

MOST = 4
"""Themes at most: a table of more columns is hard to read."""

SENTENCES, DOCUMENTS = 3, 2
"""In so many sentences of so many documents the noun of a theme must stand. Measured in `benchmarks/themes.py`: at two
sentences more topics are found, and one theme in four is none."""

OWN = 0.5
"""This share of a noun's sentences must lie away from the themes found before it; else it belongs to one of them."""

TOGETHER = 0.5
"""A companion of a theme has its noun beside it in this share of its own sentences."""

STRONG = 0.25
"""A theme weighs at least this share of the first one: the more documents there are, the more it takes."""

NAMED = 0.12
"""A longer phrase names the theme where it stands in this share of the noun's sentences: "joint patrols"."""

WORDS = 5
"""Companions kept of a theme."""

# --- noun phrases -----------------------------------------------------------------------------------------------------

_KEPT = frozenset(("NOUN", "ADJ", "PROPN"))
_JOINTS = ("of", "on", "for")
_ARTICLES = ("the", "a", "an", "its", "their")


def outline(docs: Iterable[Doc]) -> Outline:
    """The noun phrases of the tagged sentences of a document, without the names of states, which belong to no theme."""
    tagged = list(docs)
    names = DocumentNames.of(" ".join(doc.text for doc in tagged))
    return tuple(tuple(_phrases(doc, names)) for doc in tagged)


def _phrases(doc: Doc, names: DocumentNames) -> Iterator[str]:
    """Adjectives and nouns up to a noun ("deep-sea mining"), and two such joined ("ban on raw bauxite")."""
    taken = {at for mention in find_mentions(doc.text, names) for at in range(mention.start, mention.end)}
    runs = list(_runs(doc, taken))
    for number, run in enumerate(runs):
        yield _text(run)
        following = runs[number + 1] if number + 1 < len(runs) else None
        between = [token.lower_ for token in doc[run[-1].i + 1 : following[0].i]] if following else []
        if following and between[:1] and between[0] in _JOINTS and all(word in _ARTICLES for word in between[1:]):
            yield " ".join((_text(run), *between, _text(following)))


def _runs(doc: Doc, taken: set[int]) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token in doc:
        hyphen = token.text == "-" or bool(run and run[-1].text == "-")  # "deep-sea" is cut in three
        goes_on = hyphen and bool(run) and not run[-1].whitespace_
        if goes_on or (token.pos_ in _KEPT and token.is_alpha and token.idx not in taken and not _is_name(token)):
            run.append(token)
        else:
            yield from _trimmed(run)
            run = []
    yield from _trimmed(run)


def _trimmed(run: list[Token]) -> Iterator[list[Token]]:
    """The run up to its last noun, if it has one."""
    while run and not (run[-1].pos_ == "NOUN" or (run[-1].pos_ == "PROPN" and run[-1].is_upper)):
        run = run[:-1]
    if run:
        yield run


def _is_name(token: Token) -> bool:
    """A proper noun is a name, one that is all capitals a short name of a thing: "LNG"."""
    return token.pos_ == "PROPN" and not (token.is_upper and len(token) > 1)


def _text(run: Sequence[Token]) -> str:
    """The words as they stand, in lower case but for short names in capitals."""
    shouting = sum(token.is_upper for token in run[0].doc) > len(run[0].doc) / 2
    words = [(token.text if token.is_upper and len(token) > 1 and not shouting else token.lower_) for token in run]
    return "".join(word + token.whitespace_ for word, token in zip(words, run, strict=True)).strip()


# --- themes -----------------------------------------------------------------------------------------------------------

Place = tuple[int, int]
"""A sentence: the number of its document, and its own within the document."""


def find(outlines: Sequence[Outline], known: Sequence[Topic] = ()) -> tuple[Topic, ...]:
    """The themes of the documents, those of `known` that they still speak of first, then the strongest."""
    corpus = _Corpus(outlines)
    found = [topic for topic in known if corpus.speaks_of(_own_noun(topic))][:MOST]
    covered = {place for topic in found for place in corpus.around(_own_noun(topic))}
    first = max((corpus.weight(_own_noun(topic)) for topic in found), default=0.0)
    while len(found) < MOST:
        noun, weight = corpus.strongest(covered)
        first = first or weight
        if not noun or weight < STRONG * first:
            break
        covered |= corpus.around(noun)
        name = corpus.name_of(noun)
        found.append(Topic(slug(name), name, (noun, *corpus.companions(noun, name)), found=True))
    return tuple(found)


def _own_noun(topic: Topic) -> str:
    """The noun that a theme of an earlier issue grew from: the first of its words."""
    return topic.words[0] if topic.words else _noun_of(topic.name)


def slug(name: str) -> str:
    """The id of a theme: its name in small letters with hyphens."""
    return re.sub(r"\W+", "-", name.lower()).strip("-")


class _Corpus:
    """Where each noun stands in the documents."""

    def __init__(self, outlines: Sequence[Outline]) -> None:
        self._outlines = outlines
        self._needed = min(DOCUMENTS, len(outlines))

    @cached_property
    def _heads(self) -> Mapping[str, set[Place]]:
        """For each stem the sentences in which it is the last noun of a phrase."""
        places: dict[str, set[Place]] = defaultdict(set)
        for place, phrase in self._all_phrases():
            places[_noun_of(phrase)].add(place)
        places.pop("", None)
        return places

    @cached_property
    def _anywhere(self) -> Mapping[str, set[Place]]:
        """For each stem the sentences in which it stands."""
        places: dict[str, set[Place]] = defaultdict(set)
        for place, phrase in self._all_phrases():
            for word in _words(phrase):
                places[stem(word)].add(place)
        return places

    def _all_phrases(self) -> Iterator[tuple[Place, str]]:
        for number, one in enumerate(self._outlines):
            for at, phrases in enumerate(one):
                for phrase in phrases:
                    yield (number, at), phrase

    def speaks_of(self, noun: str) -> bool:
        """Whether so many sentences of so many documents have the noun that it can be a theme."""
        places = self._heads.get(noun, set())
        return len(places) >= SENTENCES and len({document for document, _ in places}) >= self._needed

    def around(self, noun: str) -> set[Place]:
        """The sentences with the noun and their neighbours."""
        return {(document, at + step) for document, at in self._anywhere.get(noun, ()) for step in (-1, 0, 1)}

    def strongest(self, covered: set[Place]) -> tuple[str, float]:
        """The noun that most documents use most outside of what is covered, and its weight; ("", 0) where none is a
        theme of its own."""
        best = (0.0, "")
        for noun in sorted(self._heads):
            if noun in _everyday() or not self.speaks_of(noun):
                continue
            own = self._heads[noun] - covered
            if len(own) < max(SENTENCES, OWN * len(self._heads[noun])):
                continue
            best = max(best, (_weight(own), noun))
        return best[1], best[0]

    def weight(self, noun: str) -> float:
        """How much the documents speak of it."""
        return _weight(self._heads.get(noun, set()))

    def name_of(self, noun: str) -> str:
        """The phrase with the noun that the documents use most; a longer one where it stands often enough."""
        places: dict[str, set[Place]] = defaultdict(set)
        for place, phrase in self._all_phrases():
            for part in _parts(phrase):
                if noun in map(stem, _words(part)):
                    places[part].add(place)
        many = max(2.0, NAMED * len(self._heads[noun]))

        def worth(part: str) -> tuple[bool, float, int, str]:
            documents = len({document for document, _ in places[part]})
            telling = sum(stem(word) not in _general() for word in _words(part)) > 1
            whole = telling and documents >= self._needed and len(places[part]) >= many
            return whole, len(places[part]) * documents**0.5, -len(part), part

        return max(places, key=worth)

    def companions(self, noun: str, name: str) -> tuple[str, ...]:
        """The nouns most of whose sentences have the theme's noun too, those first that are there most often."""
        around, own = self._anywhere[noun], {stem(word) for word in _words(name)}
        together = {word: len(places & around) for word, places in self._heads.items() if word not in own}
        close = [
            word
            for word, count in together.items()
            if count >= SENTENCES and count >= TOGETHER * len(self._heads[word]) and word not in _everyday()
        ]
        return tuple(sorted(close, key=lambda word: (-together[word], word))[:WORDS])


def _weight(places: set[Place]) -> float:
    """Sentences count less and less within one document, so that many documents weigh more than a long one."""
    counts = Counter(document for document, _ in places)
    return sum(log2(1 + count) for count in counts.values())


def _parts(phrase: str) -> Iterator[str]:
    """A phrase and what stands before its last noun, shorter by a word each time."""
    words = phrase.split()
    joined = any(joint in words for joint in _JOINTS)
    yield from (" ".join(words[start:]) for start in range(1 if joined else len(words)))


def _noun_of(phrase: str) -> str:
    """The stem of the noun that rules a phrase: the last before "of", "on" or "for"."""
    words = _words(re.split(rf"\s(?:{'|'.join(_JOINTS)})\s", phrase)[0])
    return stem(words[-1]) if words else ""


def _words(phrase: str) -> list[str]:
    return re.findall(r"[^\W\d_]{3,}", phrase)


def stem(word: str) -> str:
    """A word in small letters without the ending of its plural."""
    word = word.lower()
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


@cache
def _general() -> frozenset[str]:
    """Stems that tell nothing of a matter."""
    return frozenset(stem(word) for word in data.load("everyday.toml")["words"])


@cache
def _everyday() -> frozenset[str]:
    """Stems that no theme grows from: words of any report, offices, bodies, and attitudes."""
    offices, shown = titles(), cues()
    persons = offices.person | offices.collective | offices.body | offices.no_state | offices.portfolio
    lists = (persons - frozenset(data.load("everyday.toml")["matters"]), shown.objects, shown.attitude_nouns)
    return _general() | {stem(word) for words in lists for word in words}
