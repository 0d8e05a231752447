"""Which words are offices, and the name of a person beside one: before it, behind it, or by "is"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.positions.lexicon import titles
from digest.positions.names import Form
from digest.positions.parsed import Parsed
from digest.positions.public import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def role_kind(token: Token) -> str | None:
    """What a word stands for: "person", "body", "collective", "none" (who speaks for no state); None for others."""
    words, word = titles(), token.lower_
    if token.pos_ not in ("NOUN", "PROPN", "ADJ") or (token.pos_ == "ADJ" and word != "general"):
        return None
    if public := kind_of(token):
        return public
    for kind, lexicon in (
        ("none", words.no_state),
        ("person", words.person),
        ("collective", words.collective),
        ("body", words.body),
    ):
        if word in lexicon:
            return kind
    return None


def looks_like_name(doc: Doc, index: int) -> bool:
    """Two capitalised words behind a portfolio that belong to none themselves: "Minister of Trade Ana Lopes"."""
    if index + 1 >= len(doc) or doc[index - 1].lower_ not in titles().portfolio:
        return False
    pair = (doc[index], doc[index + 1])
    return all(word.text[0].isupper() and word.lower_ not in titles().portfolio for word in pair)


def starts_name(doc: Doc, index: int) -> bool:
    """Whether a person's name begins at this token: the start of an entity tagged as a person."""
    return any(entity.label_ == "PERSON" and entity.start == index and len(entity) > 1 for entity in doc.ents)


def name_beside(parsed: Parsed, start: int, end: int) -> tuple[str | None, int, int]:
    """A name right behind the office, behind a comma, or before it ("X, the foreign minister")."""
    doc = parsed.doc
    right = name_from(parsed, end)
    if right > end:
        return span_text(doc, end, right), start, right
    if end + 1 < len(doc) and doc[end].text == ",":
        right = name_from(parsed, end + 1)
        closed = (
            right >= len(doc) or doc[right].text in (",", ".", ")", ";", ":", '"') or doc[right].pos_ in ("VERB", "AUX")
        )
        if right > end + 2 and closed:
            return span_text(doc, end + 1, right), start, right
    if introduced := _introduced(parsed, start):
        return introduced, start, end
    left_end = (
        start - 1 if start and doc[start - 1].lower_ in ("the", "a", "an", "its", "his", "her", "their") else start
    )
    if doc[left_end - 1].text == ",":
        left = name_back_from(parsed, left_end - 1)
        if left_end - 1 - left >= 2:
            return span_text(doc, left, left_end - 1), left, end
    return None, start, end


_BEING = frozenset(("is", "was", "been", "became", "be", "as"))


_HAVING = frozenset(("has", "had", "serves", "served", "acts", "acted", "works", "worked"))


def _introduced(parsed: Parsed, start: int) -> str | None:
    """The name before "is", "has been" or "serves as" in front of an office: "Dr Ama Mensah has been the minister"."""
    doc, index = parsed.doc, start
    while index > 0 and doc[index - 1].lower_ in ("the", "a", "an", "now", "also", "its", "their"):
        index -= 1
    if index == 0 or doc[index - 1].lower_ not in _BEING:
        return None
    index -= 1 if index == 1 or doc[index - 2].lower_ not in _HAVING else 2
    left = name_back_from(parsed, index)
    return span_text(doc, left, index) if index - left >= 2 else None


def name_from(parsed: Parsed, index: int) -> int:
    """The end of the run of name words that begins at `index` (= `index` when there is none)."""
    doc, end = parsed.doc, index
    while end < len(doc) and _is_name_word(parsed, end, end == index):
        end += 1
    while end > index and (doc[end - 1].text in titles().particles or doc[end - 1].text == "-"):
        end -= 1
    return end


def _is_name_word(parsed: Parsed, index: int, first: bool) -> bool:
    token = parsed.tokens[index]
    if token.text in titles().times or token.is_quote:
        return False
    mention = parsed.mention_of.get(index)
    if mention is not None and mention.form is not Form.BLOCKED:
        return False
    if not first and (token.lower_ in titles().particles or token.text == "-"):
        return True
    if not first and parsed.tokens[index - 1].text == "-":
        return True
    return token.text[0].isupper() and token.pos_ in ("PROPN", "NOUN", "ADJ", "X") and role_kind(token) is None


def name_back_from(parsed: Parsed, end: int) -> int:
    """The first token of a name that ends before a token; the token itself where none does."""
    index = end
    while index > 0 and _is_name_word(parsed, index - 1, False):
        index -= 1
    while index < end and not parsed.tokens[index].text[0].isupper():
        index += 1
    return index


def span_text(doc: Doc, start: int, end: int) -> str:
    """The text of tokens [start, end)."""
    return str(doc[start:end].text).strip()


def role_text(doc: Doc, start: int, end: int) -> str:
    """The text of an office, without what stands around it."""
    text = span_text(doc, start, end)
    return text.rstrip(" ,")
