"""Who said what: every attribution in a text, of whoever, with its places. States or not makes no difference here.

Reported speech inside reported speech is an attribution too, and says whose claim it is: in "the minister said that
Hungary opposes the plan" it is the minister who tells what Hungary holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from digest.paragraphs import paragraphs
from digest.positions.lexicon import cues, lemma, wording
from digest.positions.parsed import quote_mask
from digest.positions.subjects import subject_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Parser(Protocol):
    """Parses English sentences (`digest.engines.parser.EnglishParser`)."""

    def parse(self, texts: Iterable[str]) -> Iterator[Doc]:
        """A parse for each text, in the same order."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """`source` says, thinks or wants `content`; `cue` is the word that shows it. `spans` are their places in the text
    as (start, end) in characters: source, cue, content. The source lies in an earlier sentence where a quotation goes
    on. `claimed_by` is the source of the reported speech in which this one stands, "" where the author tells it."""

    source: str
    cue: str
    content: str
    spans: tuple[tuple[int, int], tuple[int, int], tuple[int, int]]
    claimed_by: str = ""


def attributions(text: str, parser: Parser | None = None) -> list[Attribution]:
    """Every attribution of an English text, in its order. Without `parser` the program's own is loaded (seconds).

    Raises EngineError where the parser's model is missing.
    """
    if parser is None:
        from digest.engines.parser import EnglishParser

        parser = EnglishParser()
    spans = [(start, end) for start, end in paragraphs(text) if text[start:end].strip()]
    found: list[Attribution] = []
    last: Attribution | None = None
    for (start, _), doc in zip(spans, parser.parse([text[start:end] for start, end in spans]), strict=True):
        for here in _sentences(start, doc):
            if last is not None and here.all_quoted:
                found.append(here.goes_on(last))
                continue
            made = here.attributions()
            found += made
            last = next((one for one in reversed(made) if not one.claimed_by), None)
    return found


def _sentences(start: int, doc: Doc) -> Iterator[_Sentence]:
    """The sentences of a paragraph that begins at `start`, with what stands in quotation marks."""
    inside, _ = quote_mask(doc.text)
    for sentence in doc.sents:
        quoted = [inside[token.idx] for token in sentence]
        yield _Sentence(start + sentence.start_char, sentence.as_doc(), quoted)


_NOBODY = frozenset(("it", "there", "that", "this", "which", "nobody", "none", "neither", "what"))


class _Sentence:
    """A parsed sentence on the way to its attributions."""

    def __init__(self, start: int, doc: Doc, quoted: Sequence[bool]) -> None:
        self.start, self.doc, self.quoted = start, doc, quoted

    @property
    def all_quoted(self) -> bool:
        words = [token.i for token in self.doc if token.is_alpha]
        return bool(words) and all(self.quoted[index] for index in words)

    def goes_on(self, last: Attribution) -> Attribution:
        """The sentence as more of a quotation."""
        whole = self._place(0, len(self.doc))
        said = self.doc.text[whole[0] - self.start : whole[1] - self.start]
        return replace(last, content=said, spans=(last.spans[0], last.spans[1], whole))

    def attributions(self) -> list[Attribution]:
        """Every attribution of the sentence, outer ones before inner ones."""
        made = [*self._verbs(), *self._according(), *self._phrases(), *self._nouns()]
        made.sort(key=lambda one: (one.spans[1][0], one.spans[0][0]))
        outer = []
        for one in made:
            around = [
                other
                for other in made
                if other is not one and _within(one.spans[1], other.spans[2]) and _within(one.spans[0], other.spans[2])
            ]
            closest = min(around, key=lambda other: other.spans[2][1] - other.spans[2][0], default=None)
            outer.append(replace(one, claimed_by=closest.source) if closest else one)
        return outer

    def _verbs(self) -> Iterator[Attribution]:
        for token in self.doc:
            if token.pos_ not in ("VERB", "AUX") or self.quoted[token.i] or not (_speaks(token) or self._quotes(token)):
                continue
            source = self._source(token)
            content = self._content(token, source) if source is not None else None
            if source is not None and content is not None:
                yield self._made(source, token, content)

    def _quotes(self, verb: Token) -> bool:
        """Any verb means "said" where its subject follows it right behind a quotation ("...", laughed the cook)."""
        subject = next((child for child in verb.children if child.dep_ in ("nsubj", "dobj") and child.i > verb.i), None)
        return subject is not None and verb.i > 1 and self.quoted[verb.i - 1] and not self.quoted[verb.i]

    def _source(self, verb: Token) -> Token | None:
        subject, path = subject_of(verb)
        if self._quotes(verb):
            subject = next(one for one in verb.children if one.dep_ in ("nsubj", "dobj") and one.i > verb.i)
        if subject is None or self.quoted[subject.i] or subject.lower_ in _NOBODY or subject.i == verb.i:
            return None
        if subject.tag_ in ("WDT", "WP"):
            return None  # "Who says so?"; "the cook, who says so" is the cook by now
        if lemma(verb) in wording("attribution.silent") and any(child.dep_ == "neg" for child in verb.children):
            return None
        supposed = any(one.dep_ == "mark" and one.lower_ in ("if", "unless") for one in path[-1].children)
        return None if supposed else subject

    def _content(self, verb: Token, source: Token) -> tuple[int, int] | None:
        """The tokens of what is said: a clause, a quotation, what is asked for, or the sentence around "he said"."""
        if source.pos_ == "PRON" and verb.dep_ == "ccomp" and _speaks(verb.head) and verb.head.i < verb.i:
            return None  # "said she had seen": the one who says so is found at "said"
        clause = next((one for one in verb.children if one.dep_ in ("ccomp", "xcomp") and one.i != source.i), None)
        if clause is not None and clause.pos_ in ("VERB", "AUX"):
            return self._around(clause, verb, source)
        quotation = self._quotation()
        if quotation is not None:
            return quotation
        if verb.dep_ in ("parataxis", "ccomp") and verb.head.pos_ in ("VERB", "AUX") and _is_aside(verb):
            return self._around(verb.head, verb, source)
        if lemma(verb) in cues().clause_only:
            return None
        for child in verb.children:
            if child.dep_ in ("dobj", "nsubjpass", "oprd", "prep", "attr", "advmod") and child.i != source.i:
                return child.left_edge.i, child.right_edge.i + 1
        return None

    def _phrases(self) -> Iterator[Attribution]:
        """ "in the view of X", "as X put it"."""
        for token in self.doc:
            if self.quoted[token.i]:
                continue
            source = None
            if token.lower_ in cues().source_phrases and token.head.lower_ == "in":
                behind = next((one for one in token.children if one.dep_ == "prep" and one.lower_ == "of"), None)
                source = next((one for one in behind.children if one.dep_ == "pobj"), None) if behind else None
            elif lemma(token) == "put" and any(one.lower_ == "as" for one in token.children):
                source = next((one for one in token.children if one.dep_ == "nsubj"), None)
            if source is not None:
                put = next((one for one in token.children if one.dep_ == "dobj"), token)
                end = max(put.i, source.right_edge.i) + 1
                yield self._made(source, token, self._rest(token.left_edge.i, end))

    def _around(self, clause: Token, verb: Token, source: Token) -> tuple[int, int]:
        """A clause without the words of its own frame at either end ("..., he said")."""
        frame = {verb.i, *range(source.left_edge.i, source.right_edge.i + 1)}
        start, end = clause.left_edge.i, clause.right_edge.i + 1
        if start <= verb.i < end:
            before = (start, min(frame))
            behind = (max(frame) + 1, end)
            start, end = max(before, behind, key=lambda one: one[1] - one[0])
        return start, end

    def _quotation(self) -> tuple[int, int] | None:
        places = [index for index, inside in enumerate(self.quoted) if inside and self.doc[index].is_alpha]
        return (places[0], places[-1] + 1) if places else None

    def _according(self) -> Iterator[Attribution]:
        for token in self.doc:
            if token.lower_ != "according" or self.quoted[token.i]:
                continue
            source = next((one for one in token.subtree if one.dep_ == "pobj"), None)
            if source is not None:
                yield self._made(source, token, self._rest(token.left_edge.i, source.right_edge.i + 1))

    def _rest(self, start: int, end: int) -> tuple[int, int]:
        """The longer part of the sentence beside its tokens [start, end)."""
        before, behind = (0, start), (end, len(self.doc))
        return max(before, behind, key=lambda one: one[1] - one[0])

    def _nouns(self) -> Iterator[Attribution]:
        """ "the bank's warning that", "a claim by analysts that"."""
        for token in self.doc:
            if token.pos_ != "NOUN" or token.lemma_.lower() not in cues().source_nouns or self.quoted[token.i]:
                continue
            clause = next((one for one in token.children if one.dep_ in ("acl", "ccomp", "relcl")), None)
            owner = next((one for one in token.children if one.dep_ == "poss"), None)
            for child in token.children:
                if owner is None and child.dep_ == "prep" and child.lower_ in ("by", "from"):
                    owner = next((one for one in child.children if one.dep_ == "pobj"), None)
            if clause is not None and owner is not None:
                yield self._made(owner, token, (clause.left_edge.i, clause.right_edge.i + 1))

    def _made(self, source: Token, cue: Token, content: tuple[int, int]) -> Attribution:
        left, right = _phrase(source)
        places = [self._place(left, right), self._place(cue.i, cue.i + 1), self._place(*content)]
        start = self.start
        words = [self.doc.text[begin - start : end - start].strip() for begin, end in places]
        return Attribution(words[0], words[1], words[2], (places[0], places[1], places[2]))

    def _place(self, first: int, end: int) -> tuple[int, int]:
        """Tokens as characters of the whole text, without punctuation at the ends."""
        while first < end - 1 and self.doc[first].is_punct:
            first += 1
        while end - 1 > first and (self.doc[end - 1].is_punct or self.doc[end - 1].is_space):
            end -= 1
        last = self.doc[end - 1]
        return self.start + self.doc[first].idx, self.start + last.idx + len(last.text)


def _speaks(verb: Token) -> bool:
    return lemma(verb) in cues().speech | cues().thinking


def _is_aside(verb: Token) -> bool:
    """ "The text, she said, was ready": the speaker stands beside what is said."""
    return not any(child.dep_ == "mark" for child in verb.children)


def _phrase(head: Token) -> tuple[int, int]:
    """The tokens of a noun phrase, without relative clauses and without the "'s" of an owner."""
    kept = {head.i}
    for child in head.children:
        if child.dep_ in ("relcl", "acl", "case", "punct") or (child.dep_ == "prep" and child.lower_ == "as"):
            continue
        kept.update(one.i for one in child.subtree)
    left = min(kept)
    right = head.i
    while right + 1 in kept:
        right += 1
    return left, right + 1


def _within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
