"""A text's paragraphs with what can be seen of them from outside: length, end, script."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.paragraphs import paragraphs
from digest.readers.cues import fold

_SENTENCE_END = re.compile(
    r"[.!?…。！？؟।۔։።][\"'”’»›“«)\]」』）\s]*(?:\[\d{1,3}\]|[¹²³⁰-⁹]){0,4}(?:\s*[(\[][^()\[\]]{2,30}[)\]])?$"
    r"|[^\W\d_][.!?][\"”’»]?\d{1,3}$"
)
_ELLIPSIS_END = re.compile(r"(?:\.{3}|…|\[…\]|\[\.\.\.\])\W*$")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff66-\uff9f]")
_LETTERS_PER_WORD = 3.0
_QUOTATION = re.compile(r"[“\"«„»][^“”\"«»]{8,}[”\"»“«]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its stretch, its text, the text folded for comparing, its length in words."""

    start: int
    end: int
    text: str
    folded: str
    words: int
    is_sentence: bool

    @property
    def is_prose(self) -> bool:
        """Whether it reads like a sentence or more, and not like a label."""
        return (self.is_sentence and self.words >= 6) or self.words >= 25

    @property
    def breaks_off(self) -> bool:
        """Whether it ends in an ellipsis."""
        return _ELLIPSIS_END.search(self.folded) is not None

    @property
    def quotes(self) -> bool:
        """Whether it holds a quotation of more than a word."""
        return _QUOTATION.search(self.text) is not None


def blocks_of(text: str) -> list[Block]:
    """The paragraphs of a text as blocks, in order."""
    return [_block(text, start, end) for start, end in paragraphs(text)]


def _block(text: str, start: int, end: int) -> Block:
    body = text[start:end]
    folded = fold(body)
    return Block(start, end, body, folded, _count(folded), _SENTENCE_END.search(folded[-60:]) is not None)


def _count(folded: str) -> int:
    """Words; in scripts without spaces, about as many as their letters make."""
    unspaced = len(_UNSPACED.findall(folded))
    if not unspaced:
        return sum(any(map(str.isalnum, word)) for word in folded.split())
    spaced = len(_UNSPACED.sub(" ", folded).split())
    return spaced + round(unspaced / _LETTERS_PER_WORD)
