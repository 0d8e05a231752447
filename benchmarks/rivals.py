"""Other ways to choose sentences, by which ours is judged: the first ones, and sumy's LexRank and TextRank.

sumy (https://pypi.org/project/sumy/) belongs to the extra `dev`. Words are cut here, without the data of nltk that
sumy's own tokenizer downloads; its stemmer and stop words are used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib.util import find_spec

Choice = Callable[[Sequence[str], int], list[int]]
"""From the sentences of a document and how many are wanted, their places in order."""


def lead(texts: Sequence[str], count: int) -> list[int]:
    """The first sentences."""
    return list(range(min(count, len(texts))))


def lex_rank(texts: Sequence[str], count: int) -> list[int]:
    """sumy's LexRank."""
    return _sumy("lex_rank", "LexRankSummarizer", texts, count)


def text_rank(texts: Sequence[str], count: int) -> list[int]:
    """sumy's TextRank."""
    return _sumy("text_rank", "TextRankSummarizer", texts, count)


def rivals() -> dict[str, Choice]:
    """Those that can run here, by name."""
    found: dict[str, Choice] = {"lead": lead}
    if find_spec("sumy"):
        found |= {"LexRank": lex_rank, "TextRank": text_rank}
    return found


def _sumy(module: str, name: str, texts: Sequence[str], count: int) -> list[int]:
    from importlib import import_module

    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.nlp.stemmers import Stemmer
    from sumy.utils import get_stop_words

    summarizer = getattr(import_module(f"sumy.summarizers.{module}"), name)(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")
    found = [Sentence(text, _Words()) for text in texts]
    chosen = summarizer(ObjectDocumentModel([Paragraph(found)]), count)
    return sorted(next(i for i, one in enumerate(found) if one is each) for each in chosen)


class _Words:
    """Words for sumy."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The words of a sentence."""
        return tuple(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", sentence))
