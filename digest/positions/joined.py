"""Several states that are named together: joined, in a list, "both countries", "the latter"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.positions.context import NOBODY, Context, Holder, Speaker, pair_of
from digest.positions.lexicon import wording
from digest.positions.names import Form, Mention
from digest.positions.parsed import Parsed, run_of_names
from digest.positions.together import counts, meant_parties

if TYPE_CHECKING:
    from spacy.tokens import Token


_LIST_WORDS = re.compile(r",?\s*(?:including|such as|like|among them|namely|notably|especially)\s+", re.I)


_ALL = frozenset(("both", "two", "three", "four"))


def of_pair(token: Token, parsed: Parsed, context: Context) -> Speaker:
    """ "the latter", "the former": of the two states that this sentence or the one before names; nobody where it names
    one or three."""
    before = pair_of(parsed, token.idx) or context.pair
    if len(before) != 2:
        return NOBODY
    mention = before[1 if token.lower_ == "latter" else 0]
    return Speaker(tuple(Holder(code, None, f"“the {token.lower_}”, {mention.text}") for code in mention.codes))


def conjuncts_of(token: Token, parsed: Parsed) -> list[Token]:
    """What the parse joins to the head by "and", and states in a list right behind it that the parse lost."""
    joined = [other for other in token.conjuncts if other.i > token.i]
    if token.dep_ == "pobj":  # "by Kenya and by Uganda"
        joined += [one for by in token.head.conjuncts if by.i > token.i for one in by.children if one.dep_ == "pobj"]
    mention = parsed.mention_of.get(token.i)
    run = run_of_names(parsed, mention) if mention is not None else []
    return joined + [parsed.tokens_of(one)[-1] for one in (*run[1:], *_named_beside(parsed, mention))]


_WITH = r"(?:in addition to|along with|together with|alongside|as well as)"


_WITH_BEFORE = re.compile(rf"(?:^|[,;“\"]\s?)(?:{_WITH}|besides) (?:the )?$", re.IGNORECASE)


_WITH_BEHIND = re.compile(rf",? {_WITH} (?:the )?", re.IGNORECASE)


def _named_beside(parsed: Parsed, subject: Mention | None) -> list[Mention]:
    """Who does what the subject does, by no "and": "In addition to Kenya, Chad", "Chad, along with Kenya"."""
    if subject is None:
        return []
    text, names = parsed.text, [one for one in parsed.mentions if one.is_actor_name]
    for one in names:
        between = text[one.end : subject.start]
        if (
            one.end <= subject.start
            and re.fullmatch(r", (?:the )?", between)
            and _WITH_BEFORE.search(text[: one.start])
        ):
            return [one]
        behind = text[subject.end : one.start] if one.start > subject.end else ""
        if behind and _WITH_BEHIND.fullmatch(behind) and re.match(r",? [a-z]", text[one.end :]):
            return [one]
    return []


def listed_after(token: Token, parsed: Parsed) -> Speaker | None:
    """ "most European countries, including Germany and Poland": the members named; None without such a list."""
    text = parsed.text
    end = max(token.idx + len(token.text), *(m.end for m in parsed.mentions if m.start <= token.idx < m.end), 0)
    match = _LIST_WORDS.match(text, end)
    own = parsed.mention_of.get(token.i)
    if not match or (own is not None and own.form in (Form.NAME, Form.CAPITAL, Form.SEAT)):
        return None  # "Ghana, like Togo,": no list of members
    first = next((m for m in parsed.mentions if 0 <= m.start - match.end() <= 4 and m.is_actor_name), None)
    if first is None:
        return None
    run = run_of_names(parsed, first)
    return Speaker(
        tuple(Holder(code, None, f"named as one of “{token.text}”") for mention in run for code in mention.codes)
    )


_JOINED = re.compile(r"\s*(?:and|, and|with)\s+(?:the\s+)?")


_EXCEPT = re.compile(
    r"(?:\b(?:but|except(?: for)?|apart from|aside from|other than|save(?: for)?|bar|besides)|with the exception of)"
    r" (?:the )?$",
    re.IGNORECASE,
)


def alone_in(subject: Token, parsed: Parsed) -> Speaker | None:
    """ "None of the members but Ghana supports it", "except for Ghana, nobody": the one who does what nobody else does;
    None for any other subject."""
    words = {subject.lower_, *(child.lower_ for child in subject.children if child.dep_ in ("det", "neg"))}
    if not words & wording("contrast.nobody"):
        return None
    text = parsed.text
    apart = (one for one in parsed.mentions if one.is_actor_name and _EXCEPT.search(text[: one.start]))
    first = next((one for one in apart if parsed.tokens_of(one)[0].i < subject.head.i), None)
    if first is None:
        return None
    named = (code for one in run_of_names(parsed, first) for code in one.codes)
    return Speaker(tuple(Holder(code, None, f"“{text[first.start : first.end]}” alone") for code in named))


def pair_meant(token: Token, context: Context) -> Speaker:
    """ "Both", "neither of them": the two states that the sentence before names together, "Ghana and Togo met"; nobody
    where it names them apart, or others."""
    of = (child for child in token.children if child.lower_ == "of")
    partitive = any(one.lower_ not in ("them", "two") for preposition in of for one in preposition.children)
    if len(context.pair) != 2 or partitive:
        return NOBODY
    first, second = context.pair
    if not _JOINED.fullmatch(context.last_text[first.end : second.start]):
        return NOBODY
    if context.last_text[second.end : second.end + 1] in ("'", "’"):
        return NOBODY  # "the plans of Ghana and Togo's unions"
    how = f"“{token.text}”, of two named together"
    return Speaker(tuple(Holder(code, None, how) for mention in context.pair for code in mention.codes))


def both_of(token: Token, parsed: Parsed, context: Context) -> Speaker | None:
    """ "both countries", "the two sides", "the three powers": the states named together before; None otherwise."""
    words = {child.lower_ for child in token.children}
    if token.lower_ not in wording("together.generic") or not (_ALL & words):
        meant = meant_parties(token, parsed, context.source.parties)
        how = f"“{token.text}” of the joint paper"
        return Speaker(tuple(Holder(code, None, how) for code in meant)) if meant else None
    text = parsed.text
    before = [mention for mention in parsed.mentions if mention.end <= token.idx]
    for first, second in pairwise(before):
        if _JOINED.fullmatch(text[first.end : second.start]):
            return Speaker(tuple(Holder(code, None, f"“{token.text}”") for m in (first, second) for code in m.codes))
    if counts(words, len(context.issuer)):
        return Speaker(tuple(Holder(code, None, f"“{token.text}” of the document") for code in context.issuer))
    return pair_meant(token, context) if words & {"both", "two"} else NOBODY
