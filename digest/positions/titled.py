"""An office or a body with what stands around it: its state, its name, its edges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.positions.lexicon import titles, wording
from digest.positions.names import Form, Mention, holder_kind
from digest.positions.naming import looks_like_name, name_beside, role_kind, role_text, starts_name
from digest.positions.parsed import Parsed, run_of_names
from digest.positions.public import directs, is_public, kind_of, place_behind, stands_for

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


DELEGATE = "delegate"
"""The role of one who is named with the state in brackets, as in records of meetings."""


_OFFICE_OF = frozenset(("of", "for"))


@dataclass(frozen=True, slots=True)
class ActorPhrase:
    """An office in the text: tokens [start, end), the holders it speaks for, the name beside it.

    `kind` is "person", "collective", "body" or "none" (an analyst, a party, a former minister: speaks for no state).
    """

    start: int
    end: int
    head: int
    kind: str
    codes: tuple[str, ...]
    name: str | None
    role: str


def is_in_name(parsed: Parsed, index: int) -> bool:
    """ "the Visegrad group", "Washington state", "the Security Council": part of a name, no office of its own."""
    return index in parsed.mention_of


def _is_title(parsed: Parsed, index: int) -> bool:
    """ "the Daily Nation": a word for a state as the end of the name of something else."""
    token, before = parsed.tokens[index], parsed.tokens[max(0, index - 1)]
    called = token.text in ("Nation", "State", "Country", "Side", "Team") and before.i < token.i
    named = before.text[0].isupper() and before.i not in parsed.mention_of and not before.is_sent_start
    return called and named


def last_of_run(doc: Doc, index: int) -> int:
    """The head of an office made of several: "Foreign Ministry spokeswoman", "Secretary General", "vice-president"."""
    head = index
    while True:
        beyond = _role_behind_possessive(doc, head)
        if beyond is not None:
            head = beyond
            continue
        following = head + 2 if head + 1 < len(doc) and doc[head + 1].text == "-" else head + 1
        if following >= len(doc) or role_kind(doc[following]) is None:
            return head
        head = following


def _role_behind_possessive(doc: Doc, head: int) -> int | None:
    """ "the Secretary-General's envoy": the office that belongs to another office, or None."""
    if head + 1 >= len(doc) or doc[head + 1].text not in ("'s", "’s"):
        return None
    for index in range(head + 2, min(head + 6, len(doc))):
        if role_kind(doc[index]) is not None:
            return index
        if doc[index].pos_ not in ("ADJ", "NOUN", "PROPN"):
            return None
    return None


def phrase_of(parsed: Parsed, first: int, head: int, limit: int) -> ActorPhrase | None:
    """The office whose head is a token, with its state, its name and its edges; None where it is none."""
    doc = parsed.doc
    start = _without_place(parsed, _left_edge(parsed, first, limit), first, head)
    codes, blocked = _codes_left(parsed, start, first)
    end, of_codes, of_nobody = _of_part(parsed, head)
    if own := titles().own.get(doc[head].lower_):
        codes = (own,)
    kinds = [role_kind(doc[index]) for index in range(first, head + 1)]
    kind = kinds[-1] or "body"
    if doc[head].lower_ == "observer" and of_codes:
        kind = kinds[-1] = "person"  # "the observer of the Holy See": a delegate without a vote
    if any(holder_kind(code).value == "organisation" for code in of_codes) or not codes:
        codes = of_codes
    if not codes and kind == "person":
        end, codes = _from_part(parsed, head, end)
    if kind == "body" and is_public(doc[head].lower_):
        place = place_behind(parsed, end) if not codes else None
        codes = place.codes if place is not None else codes
        if place is None and not (codes and stands_for(parsed, start, head, bool(of_codes))):
            return None
    if kind == "none" and directs(parsed, start, head, end, codes):
        kind = "person"
    former = any(doc[index].lower_ in titles().former for index in range(start, head))
    party = not codes and any(doc[index].lower_ in titles().parties for index in range(start, head))
    provincial = not codes and doc[max(0, head - 1) : head + 1].text.lower() == "chief minister"
    anybody = doc[head].lower_ in wording("people.anybody")  # "the Norwegian head of a bank"
    of_nobody = of_nobody and (anybody or codes in ((), of_codes))  # "Ghana's minister for the unions" is Ghana's
    modifiers = [doc[index].lower_ for index in range(start, head) if index not in parsed.mention_of]
    organisation = any(holder_kind(code).value == "organisation" for code in codes)
    trade = bool(set(modifiers) & titles().trades) and kind != "none" and not organisation
    trade = trade and (anybody or kind in ("body", "collective")) and doc[head].lower_ not in wording("people.of_state")
    nobody = kind == "none" or blocked or former or party or provincial or of_nobody or trade
    nobody = nobody or _is_branch(parsed, start, head, of_codes) or _serves_nobody(doc, end) or _is_part(parsed, head)
    nobody = nobody or (not codes and _is_title(parsed, head)) or _is_club(parsed, start, head)
    name, name_start, end = name_beside(parsed, start, end)
    nobody = nobody or _was_once(doc, min(start, name_start), end)
    if nobody:
        kind, codes = "none", ()
    role = role_text(doc, start, min(end, _of_part(parsed, head)[0]))
    return ActorPhrase(min(start, name_start), end, head, kind, codes, name, role)


def _is_branch(parsed: Parsed, start: int, head: int, of_codes: Sequence[str]) -> bool:
    """ "the Nairobi office of a bank": a town where somebody else has an office."""
    doc = parsed.doc
    town = parsed.mention_of.get(start) or parsed.mention_of.get(start + 1)
    behind = head + 2 < len(doc) and doc[head + 1].lower_ == "of"
    named = behind and not of_codes and any(one.pos_ == "PROPN" for one in doc[head + 2 : head + 4])
    return bool(named) and town is not None and town.form is Form.CAPITAL


def _is_club(parsed: Parsed, start: int, head: int) -> bool:
    """ "the Kenya Tourism Federation": what it is for stands between state and noun; not "the Swiss Federation",
    "Norway's governing coalition"."""
    doc = parsed.doc
    named = next((parsed.mention_of[index] for index in range(start, head) if index in parsed.mention_of), None)
    if named is None or doc[head].lower_ not in wording("people.clubs") or not doc[head].text[0].isupper():
        return False
    behind = parsed.tokens_of(named)[-1].i + 1
    return any(token.pos_ in ("NOUN", "PROPN") for token in doc[behind:head])


def _serves_nobody(doc: Doc, end: int) -> bool:
    """ "an official at a bank", "her spokesman at the party": what stands behind "at" speaks for no state."""
    if end >= len(doc) or doc[end].lower_ != "at":
        return False
    stop = _noun_phrase_end(doc, end + 1)
    return any(doc[index].lower_ in titles().no_state for index in range(end + 1, stop))


def _is_part(parsed: Parsed, head: int) -> bool:
    """ "the Indian state of Kerala": a part of a state, with an adjective before "state of" and a name behind."""
    doc = parsed.doc
    words = [one.lower_ for one in doc[head : head + 2]]
    if words != ["state", "of"] or head + 2 >= len(doc) or not head:
        return False
    before = parsed.mention_of.get(head - 1)
    behind = parsed.mention_of.get(head + 2)
    other = behind is None or not behind.codes
    return before is not None and before.form is Form.ADJECTIVE and other and doc[head + 2].pos_ == "PROPN"


_YEAR = r"(?:19|20)\d\d"


_UNTIL = re.compile(
    rf"\s*(?:until|till|(?:from|between) {_YEAR} (?:to|and|until|till) {_YEAR}|in the {_YEAR}s|"
    rf"\(?{_YEAR}\s?[-–]\s?(?:{_YEAR}|\d\d)\b)"
)


def _was_once(doc: Doc, start: int, end: int) -> bool:
    """ "Peru's minister until 2019", "who was minister of Peru from 2014 to 2018", "once Peru's minister"."""
    once = start > 0 and doc[start - 1].lower_ == "once"
    return once or _UNTIL.match(doc[end : end + 8].text) is not None


def _left_edge(parsed: Parsed, first: int, limit: int) -> int:
    """The first token of the phrase before its head: adjectives, nouns, possessives, and "and" between two states."""
    doc, index = parsed.doc, first
    while index > limit:
        token = doc[index - 1]
        if token.text in titles().times or _CLOCK.match(token.text) or parsed.quoted[index - 1] != parsed.quoted[first]:
            break
        if (
            (token.pos_ in ("ADJ", "NOUN", "PROPN", "NUM") or token.text in ("-", "'s", "’s", "'", "’"))
            or index - 1 in parsed.mention_of
            or (token.tag_ in ("VBN", "VBG") and doc[index - 2].text == "-")
            or (token.lower_ == "and" and _joins_states(parsed, index - 1))
            or token.lower_ in wording("people.in_office")
        ):
            index -= 1
        else:
            break
    return index


_CLOCK = re.compile(r"\d{1,2}[.:]\d\d(?:[ap]m)?$")
"""The time before an entry of a live blog: "09:15 Brazil's president"."""


def _without_place(parsed: Parsed, start: int, first: int, head: int) -> int:
    """ "in London diplomats are arguing": the place where, and not whose diplomats, where the office is the subject."""
    doc, mention = parsed.doc, parsed.mention_of.get(start)
    if mention is None or start == 0 or doc[start - 1].lower_ not in ("in", "at") or mention.form is Form.ADJECTIVE:
        return start
    behind = parsed.tokens_of(mention)[-1].i + 1
    if behind <= first and doc[head].dep_ in ("nsubj", "nsubjpass") and doc[behind].text not in ("'s", "’s"):
        return int(behind)
    return start


def _joins_states(parsed: Parsed, index: int) -> bool:
    before = index - 1 if parsed.tokens[index - 1].text not in ("'s", "’s") else index - 2
    return index + 1 in parsed.mention_of and before in parsed.mention_of


def _codes_left(parsed: Parsed, start: int, head: int) -> tuple[tuple[str, ...], bool]:
    """The holders named before an office, and whether something there says that it is no state's."""
    doc = parsed.doc
    found: list[Mention] = []
    blocked = False
    for index in range(start, head):
        mention = parsed.mention_of.get(index)
        if mention is None:
            blocked = blocked or (doc[index + 1].text in ("'s", "’s") and _is_unknown_place(doc[index]))
        elif mention.form is Form.BLOCKED:
            blocked = True
        elif mention not in found and not _is_birth(doc, parsed.tokens_of(mention)[-1].i):
            found.append(mention)
    organisations = [
        mention for mention in found if mention.codes and holder_kind(mention.codes[0]).value == "organisation"
    ]
    chosen = organisations[:1] or _joined(parsed, found)
    return tuple(dict.fromkeys(code for mention in chosen for code in mention.codes)), blocked


def _joined(parsed: Parsed, mentions: Sequence[Mention]) -> list[Mention]:
    """The first mention, with those joined to it by "and"."""
    chosen = list(mentions[:1])
    for mention in mentions[1:]:
        between = parsed.text[chosen[-1].end : mention.start]
        if between.replace("’s", "").replace("'s", "").strip(" ,") in ("and", ""):
            chosen.append(mention)
    return chosen


def _is_unknown_place(token: Token) -> bool:
    return token.ent_type_ in ("GPE", "LOC", "ORG", "FAC", "NORP")


def _is_birth(doc: Doc, last: int) -> bool:
    """ "the Dutch-born vice-president": where somebody was born is not whom he speaks for."""
    return doc[last + 1].text == "-" and doc[last + 2].lower_ in (
        "born",
        "based",
        "backed",
        "made",
        "led",
        "held",
        "speaking",
    )


def _of_part(parsed: Parsed, head: int) -> tuple[int, tuple[str, ...], bool]:
    """What "of ..." behind an office adds: where it ends, the holders in it, and whether it names somebody else."""
    doc, end = parsed.doc, head + 1
    codes: list[str] = []
    mentions: list[Mention] = []
    nouns: list[str] = []
    while end < len(doc) and doc[end].lower_ in _OFFICE_OF:
        stop = _noun_phrase_end(doc, end + 1)
        if stop == end + 1:
            break
        for index in range(end + 1, stop):
            mention = parsed.mention_of.get(index)
            if mention and mention not in mentions:
                mentions.append(mention)
            elif mention is None and not (doc[index].lower_ == "bank" and kind_of(doc[index])):
                nouns.append(doc[index].lower_)
        end = stop
    states = [
        mention
        for mention in mentions
        if mention.form not in (Form.BLOCKED, Form.ADJECTIVE) or _body_follows(parsed, mention)
    ]
    organisations = [
        mention for mention in states if mention.codes and holder_kind(mention.codes[0]).value == "organisation"
    ]
    for mention in _of_several(parsed, head, organisations[:1] or states[:1]):
        codes.extend(mention.codes)
        end = max(end, parsed.tokens_of(mention)[-1].i + 1)
    strangers = bool(nouns) and not (titles().portfolio & set(nouns)) and doc[head].lower_ in wording("people.anybody")
    nobody = any(noun in titles().no_state for noun in nouns) or (strangers and not codes)
    return end, tuple(codes), nobody or any(mention.form is Form.BLOCKED for mention in mentions)


def _from_part(parsed: Parsed, head: int, end: int) -> tuple[int, tuple[str, ...]]:
    """What "from ..." behind the office of a subject adds: where it ends, and the state: "the minister from Delhi". Not
    behind an object: "recalled its envoy from Delhi"."""
    doc = parsed.doc
    if end + 1 >= len(doc) or doc[end].lower_ != "from" or doc[head].dep_ != "nsubj":
        return end, ()
    first = end + 2 if doc[end + 1].lower_ == "the" else end + 1
    mention = parsed.mention_of.get(first)
    if mention is None or mention.form not in (Form.NAME, Form.CAPITAL):
        return end, ()
    stop = parsed.tokens_of(mention)[-1].i + 1
    owner = stop < len(doc) and doc[stop].text in ("'s", "’s")
    return (end, ()) if owner else (int(stop), mention.codes)


def _of_several(parsed: Parsed, head: int, chosen: Sequence[Mention]) -> list[Mention]:
    """The states that share an office: "the envoys of Mali, Togo and Chad"; "the envoy of Mali and Chad" is one's."""
    several = parsed.tokens[head].tag_ in ("NNS", "NNPS") or parsed.tokens[head].lower_.endswith("rs")
    return [one for first in chosen for one in (run_of_names(parsed, first) if several else [first])]


def _body_follows(parsed: Parsed, mention: Mention) -> bool:
    """An adjective in "of the French government" counts, one in "of the French Football Federation" does not."""
    doc, words, last = parsed.doc, titles(), parsed.tokens_of(mention)[-1].i
    head = _noun_phrase_end(doc, last + 1) - 1
    body = head > last and kind_of(doc[head]) == "body"  # "of the Indian civil aviation authority"
    return body or any(
        token.lower_ in words.body | words.portfolio or token.lower_ == "police" for token in doc[last + 1 : last + 2]
    )


def _noun_phrase_end(doc: Doc, start: int) -> int:
    index = start
    while index < len(doc):
        token = doc[index]
        joined = (
            token.lower_ == "and"
            and index + 1 < len(doc)
            and doc[index + 1].pos_ in ("PROPN", "NOUN")
            and doc[index + 1].text[0].isupper()
        )
        if token.pos_ not in ("DET", "ADJ", "NOUN", "PROPN") and token.text not in ("'s", "’s", "-") and not joined:
            break
        if index > start and (starts_name(doc, index) or looks_like_name(doc, index)):
            return index - 1 if doc[index - 1].lower_ == "and" else index
        index += 1
    return index
