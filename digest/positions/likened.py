"""Clauses that stand for another: "so does Togo", "nor did Togo", "Togo does not", "like Ghana, Togo opposes it", and
those without their verb ("Kenya voted for it, Uganda against")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digest.model import Stance
from digest.positions.context import Context, Found, Holder, Like
from digest.positions.denial import is_negated
from digest.positions.names import Mention
from digest.positions.parsed import Parsed, run_of_names

_AUX = r"(?:did|does|do|has|have|is|are|was|were|will|would|could|can)"
_LIKEWISE = re.compile(rf"\b(?:as|so|nor|neither) {_AUX} (?:the )?(?:both )?$", re.IGNORECASE)
_OWN = re.compile(
    rf"\s+{_AUX}(?:(?P<not> not|n['’]t| neither)|(?P<too> too| as well))?\b(?=\s*(?:[.,;)–—!]|$|\bbut\b))"
)
_COMPARED = re.compile(
    r"\b(?:than|as|what|how|where|which|who|whether|if|that|when|because|like) (?:the )?$", re.IGNORECASE
)
_LIKE = re.compile(r"\W*like (?:the |both )?", re.IGNORECASE)


def stand_ins(parsed: Parsed, context: Context, found: Sequence[Found]) -> Iterator[Found]:
    """Those of whom a clause says what another says of those `found`, or of those in the sentence before."""
    yield from _gapped(parsed, found)
    for mention in parsed.mentions:
        if mention.is_actor_name and not parsed.quoted[parsed.tokens_of(mention)[0].i]:
            before, behind = parsed.text[: mention.start], parsed.text[mention.end :]
            if likewise := _LIKEWISE.search(before):
                yield from _likewise(parsed, context, found, mention, likewise[0].strip())
            elif own := _OWN.match(behind):
                yield from _own(parsed, context, found, mention, own)
            elif _LIKE.fullmatch(before):
                yield from _like(parsed, found, mention)


def _gapped(parsed: Parsed, found: Sequence[Found]) -> Iterator[Found]:
    """ "Kenya voted for it, Uganda against"."""
    told = {one.cue for one in found}
    for gap in parsed.gaps:
        words = parsed.doc[gap.behind : gap.end].text
        shown = Stance(gap.side, words) if gap.side is not None else None
        cue = gap.verb if shown is None else gap.behind
        if gap.verb in told:
            yield from (_stand_in(parsed, code, words, cue, told=shown) for code in gap.codes)


def _likewise(
    parsed: Parsed, context: Context, found: Sequence[Found], mention: Mention, words: str
) -> Iterator[Found]:
    """ "..., as did Uruguay", "and so does Greece", "nor did Togo": the same is held by the name that follows. Where a
    verb of its own comes behind the name, that verb tells."""
    run, cue = run_of_names(parsed, mention), parsed.tokens_of(mention)[0].i - 1
    opens = parsed.text[: mention.start].strip() == words
    like = _meant(parsed, context, found, mention, opens=opens) if _is_closed(parsed, run[-1]) else None
    for one in run if like is not None else [mention]:
        yield from (_stand_in(parsed, code, words, cue, like=like) for code in one.codes)


def _own(
    parsed: Parsed, context: Context, found: Sequence[Found], mention: Mention, match: re.Match[str]
) -> Iterator[Found]:
    """ "Ghana backs it, Togo does not": the contrary is held by the name."""
    text = parsed.text
    if _COMPARED.search(text[: mention.start]):
        return
    like = _meant(parsed, context, found, mention, opens=not re.search(r"\w", text[: mention.start].replace("The", "")))
    if like is None:
        return
    verb = like.sentence.doc[like.cue]
    same = bool(match["not"]) == is_negated(verb, like.sentence)
    if same and not (match["too"] or match["not"]):
        return
    cue = next(token.i for token in parsed.tokens if token.idx >= mention.end)
    like = Like(like.sentence, like.cue, like.code, turned=not same)
    yield from (_stand_in(parsed, code, match[0].strip(), cue, like=like) for code in mention.codes)


def _like(parsed: Parsed, found: Sequence[Found], mention: Mention) -> Iterator[Found]:
    """ "Like Ghana, Togo opposes it": the name holds what the subject holds, where that is the first thing said of it;
    no "like Ghana, Togo has a coast and opposes it"."""
    run = run_of_names(parsed, mention)
    codes = {code for one in run for code in one.codes}
    at = parsed.tokens_of(run[-1])[-1].i
    verb = next((token for token in parsed.tokens[at + 1 :] if token.pos_ == "VERB"), None)
    meant = (one for one in found if verb is not None and one.cue == verb.i and one.kind != "speech")
    first = next((one for one in meant if one.holder.code not in codes), None)
    if first is not None and parsed.text[run[-1].end :].startswith(","):
        like = Like(parsed, first.cue, first.holder.code)
        yield from (Found(Holder(code, None, "“like”"), first.cue, "attitude", like=like) for code in sorted(codes))


def _stand_in(
    parsed: Parsed, code: str, words: str, cue: int, *, told: Stance | None = None, like: Like | None = None
) -> Found:
    return Found(Holder(code, None, f"“{words}”"), cue, "attitude", told, sure=True, like=like)


def _is_closed(parsed: Parsed, last: Mention) -> bool:
    """Whether a clause ends behind a name, but for a day: no "nor did Togo accept it"."""
    behind = next((token for token in parsed.tokens if token.idx >= last.end), None)
    if behind is None or behind.is_punct or behind.lower_ in ("but", "while", "though", "although", "either", "too"):
        return True
    day = behind if behind.ent_type_ == "DATE" else behind.nbor() if behind.pos_ == "ADP" else None
    return day is not None and day.ent_type_ == "DATE"


def _meant(parsed: Parsed, context: Context, found: Sequence[Found], mention: Mention, *, opens: bool) -> Like | None:
    """The clause that is meant: the last one before, in the sentence before where the name `opens` its own."""
    at = parsed.tokens_of(mention)[0].i
    before = [one for one in found if one.cue < at and one.holder.code not in mention.codes and one.like is None]
    sentence: Parsed = parsed
    if not before and opens and context.claimed is not None:
        sentence, claims = context.claimed
        same = sentence.sentence.paragraph == parsed.sentence.paragraph
        before = [one for one in claims if same and one.holder.code not in mention.codes]
    if not before:
        return None
    last = max(before, key=lambda one: one.cue)
    return last.like or Like(sentence, last.cue, last.holder.code)
