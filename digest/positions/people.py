"""Who is who: offices with their states and names, gathered from the whole document before anything is attributed.

"French Foreign Minister Jean-Noël Barrot" introduces a person; later "Barrot", "the minister" and "he" are his. Works
on tokens, not on the parse, since small parsers break on long titles.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from digest.model import HolderKind
from digest.positions.lexicon import titles, wording
from digest.positions.names import Form, Mention, holder_kind
from digest.positions.parsed import Parsed, run_of_names
from digest.positions.public import directs, is_public, kind_of, leads, place_behind, stands_for

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


@dataclass(frozen=True, slots=True)
class Person:
    """A named person of the document: full name, office, and the holders spoken for (none: no state's voice).

    Of one who is known from elsewhere `shown` is the name that the document has, and `how` tells whence."""

    name: str
    role: str | None
    codes: tuple[str, ...]
    speaks: bool
    shown: str = ""
    how: str = ""

    @property
    def told(self) -> str:
        """How it is known for whom the person speaks, in words."""
        return self.how or f"“{self.role}”"


def fold(text: str) -> str:
    """Lower case without accents, for comparing names."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character)).lower()


def actor_phrases(parsed: Parsed) -> list[ActorPhrase]:
    """Every office in a sentence, in order, not overlapping."""
    phrases: list[ActorPhrase] = []
    index, doc = 0, parsed.doc
    while index < len(doc):
        if _role_kind(doc[index]) is None or _is_in_name(parsed, index):
            index += 1
            continue
        head = _last_of_run(doc, index)
        left = phrases[-1].end if phrases else 0
        phrase = _phrase(parsed, index, head, left)
        if phrase:
            phrases.append(phrase)
            index = max(phrase.end, head + 1)
        else:
            index = head + 1
    leaders = _leaders(parsed)
    more = [*_delegates(parsed), *leaders, *_belonging(parsed), *_sent(parsed)]
    phrases = [_with_clause(phrase, leaders) for phrase in _for_organisations(parsed, phrases)]
    named = {index for phrase in phrases if phrase.name for index in range(phrase.start, phrase.end)}
    phrases = [_with_person(parsed, phrase, named) for phrase in phrases]
    taken = {index for phrase in phrases for index in range(phrase.start, phrase.end)}
    phrases += [phrase for phrase in more if phrase.head not in taken]
    return [_of_the_chair(parsed, phrase) for phrase in sorted(phrases, key=lambda phrase: phrase.start)]


def _with_clause(phrase: ActorPhrase, leaders: Sequence[ActorPhrase]) -> ActorPhrase:
    """ "Brigadier Okello, who commands the Ugandan contingent": a rank with the state of the clause behind the name."""
    if phrase.kind != "person" or phrase.codes or not phrase.name:
        return phrase
    clause = next((one for one in leaders if phrase.start <= one.head < phrase.end), None)
    return replace(phrase, codes=clause.codes) if clause is not None else phrase


def _with_person(parsed: Parsed, phrase: ActorPhrase, named: Collection[int]) -> ActorPhrase:
    """ "Ana Rey of the education ministry", "Ana Rey, of the Peruvian navy": whoever is of a body speaks for whom it
    speaks; not "the Peruvian observer, Ana Rey of the education ministry", whose name (`named`) has an office."""
    doc, index = parsed.doc, phrase.start - 1
    if phrase.name or phrase.kind not in ("body", "none"):
        return phrase
    if index > 0 and doc[index].lower_ in ("the", "its", "their"):
        index -= 1
    if index < 2 or doc[index].lower_ not in ("of", "at"):
        return phrase
    end = index - 1 if doc[index - 1].text == "," else index
    start = _person_until(parsed, end)
    if end - start < 2 or start in named or end - 1 in named:
        return phrase
    kind = "none" if phrase.kind == "none" else "person"
    name, role = _span_text(doc, start, end), f"of {_span_text(doc, index + 1, phrase.end)}"
    return ActorPhrase(start, phrase.end, end - 1, kind, phrase.codes, name, role)


def _for_organisations(parsed: Parsed, phrases: Sequence[ActorPhrase]) -> list[ActorPhrase]:
    """ "Norwegian diplomat Odd Moe, the UN envoy": where somebody is from does not say whom he speaks for, where an
    organisation's office stands behind the name."""
    found = []
    for number, phrase in enumerate(phrases):
        following = phrases[number + 1] if number + 1 < len(phrases) else phrase
        organisation = any(holder_kind(code).value == "organisation" for code in following.codes)
        joined = following is not phrase and following.name == phrase.name
        if (
            joined
            and phrase.name
            and organisation
            and parsed.tokens[phrase.head].lower_ in wording("people.of_a_nation")
        ):
            found.append(replace(phrase, codes=following.codes, kind="person", role=following.role))
        else:
            found.append(phrase)
    return found


def _of_the_chair(parsed: Parsed, phrase: ActorPhrase) -> ActorPhrase:
    """ "The Chair, Ambassador Ana Lopes (Peru), recalled": who presides speaks for the meeting and not for the state,
    unless the sentence says so ("in her national capacity")."""
    before = [token.lower_ for token in parsed.tokens[max(0, phrase.start - 3) : phrase.start]]
    presides = phrase.role.lower() in wording("people.presiding") and phrase.name
    introduced = before[-1:] == [","] and set(before[-2:-1]) & wording("people.presiding") and phrase.kind == "person"
    if not (introduced or presides) or "national capacity" in parsed.text:
        return phrase
    return replace(phrase, kind="none", codes=())


def _belonging(parsed: Parsed) -> list[ActorPhrase]:
    """ "Croatia's Marin Jelavić", "Marin Jelavić of Croatia": a person named with a state alone."""
    phrases, doc = [], parsed.doc
    for mention in parsed.mentions:
        if mention.form is not Form.NAME:
            continue
        first, last = (parsed.tokens_of(mention)[index].i for index in (0, -1))
        start, end = first, last
        if last + 2 < len(doc) and doc[last + 1].text in ("'s", "’s"):
            start, end = last + 2, _name_from(parsed, last + 2)
        elif first > 1 and doc[first - 1].lower_ == "of":
            start, end = _person_until(parsed, first - 1), first - 1
        if end - start >= 2 and any(doc[index].ent_type_ == "PERSON" for index in range(start, end)):
            name, role = _span_text(doc, start, end), f"of {mention.text}"
            phrases.append(ActorPhrase(start, end, end - 1, "person", mention.codes, name, role))
    return phrases


def _sent(parsed: Parsed) -> list[ActorPhrase]:
    """ "Ana Lopes, for the World Food Programme (WFP), said": who speaks for an organisation at a briefing."""
    phrases, doc = [], parsed.doc
    for mention in parsed.mentions:
        if {holder_kind(code) for code in mention.codes} != {HolderKind.ORGANISATION}:
            continue
        tokens = parsed.tokens_of(mention)
        at = tokens[0].i - 1
        at -= 1 if at > 0 and doc[at].lower_ == "the" else 0
        if at < 2 or doc[at].lower_ != "for" or doc[at - 1].text != ",":
            continue
        if not _SENT.match(doc.text, tokens[-1].idx + len(tokens[-1].text)):
            continue
        start, end = _name_back_from(parsed, at - 1), at - 1
        if end - start >= 2:
            name = _span_text(doc, start, end)
            phrases.append(
                ActorPhrase(start, end, end - 1, "person", mention.codes, name, _span_text(doc, at, tokens[-1].i + 1))
            )
    return phrases


FOR = "for "
"""What the role begins with of one who is introduced by the organisation alone."""
_SENT = re.compile(r"(?: \([^()]{1,20}\))?,")


def _person_until(parsed: Parsed, end: int) -> int:
    """Where the person's name begins that ends before a token; the token itself where none does."""
    names = (entity for entity in parsed.doc.ents if entity.label_ == "PERSON" and entity.end == end)
    start = next((entity.start for entity in names), end)
    return start if not any(index in parsed.mention_of for index in range(start, end)) else end


def _delegates(parsed: Parsed) -> list[ActorPhrase]:
    """ "Mr. HORVAT (Croatia) said": the delegates of meeting records."""
    phrases, doc = [], parsed.doc
    for mention in parsed.mentions:
        if mention.form not in (Form.NAME, Form.CAPITAL) or not _in_brackets(doc.text, mention):
            continue
        end = parsed.tokens_of(mention)[-1].i + 2
        opening = parsed.tokens_of(mention)[0].i - 1
        if doc[opening].lower_ == "the":
            opening -= 1
        start = opening
        while (
            start > 0
            and (doc[start - 1].text[0].isupper() or _is_hyphen_of_name(doc, start - 1))
            and doc[start - 1].text not in titles().times
        ):
            start -= 1
        while doc[start].text in wording("people.honorific"):
            start += 1
        name = re.sub(r"\w+", _capitalised, _span_text(doc, start, opening))
        if name:
            phrases.append(ActorPhrase(start, end, opening - 1, "person", mention.codes, name, DELEGATE))
    return phrases


def _capitalised(word: re.Match[str]) -> str:
    return word[0].capitalize()


def _is_hyphen_of_name(doc: Doc, index: int) -> bool:
    """ "ASANTE-BADU": the parser cuts at the hyphen."""
    return index > 0 and doc[index].text in ("-", "‑") and doc[index - 1].text[0].isupper()


def _in_brackets(text: str, mention: Mention) -> bool:
    before = text[: mention.start].removesuffix("the ")
    return before.endswith("(") and text[mention.end : mention.end + 1] == ")"


def _leaders(parsed: Parsed) -> list[ActorPhrase]:
    """ "Vjosa Gashi, who leads Kosovo's delegation": a person whose office is told by a relative clause."""
    phrases = []
    for token in parsed.tokens:
        if token.dep_ != "relcl" or not leads(token, parsed):
            continue
        name = token.head
        codes = [
            code
            for mention in parsed.mentions
            if parsed.tokens_of(mention)[0] in list(token.subtree)
            for code in mention.codes
        ]
        if codes and name.pos_ == "PROPN" and name.i not in parsed.mention_of:
            start = name.left_edge.i
            text = _span_text(parsed.doc, start, name.i + 1)
            role = _span_text(parsed.doc, token.left_edge.i, token.right_edge.i + 1)
            phrases.append(ActorPhrase(start, name.i + 1, name.i, "person", tuple(codes[:1]), text, role))
    return phrases


def _is_in_name(parsed: Parsed, index: int) -> bool:
    """ "the Visegrad group", "Washington state", "the Security Council": part of a name, no office of its own."""
    return index in parsed.mention_of


def _is_title(parsed: Parsed, index: int) -> bool:
    """ "the Daily Nation": a word for a state as the end of the name of something else."""
    token, before = parsed.tokens[index], parsed.tokens[max(0, index - 1)]
    called = token.text in ("Nation", "State", "Country", "Side", "Team") and before.i < token.i
    named = before.text[0].isupper() and before.i not in parsed.mention_of and not before.is_sent_start
    return called and named


def _role_kind(token: Token) -> str | None:
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


def _last_of_run(doc: Doc, index: int) -> int:
    """The head of an office made of several: "Foreign Ministry spokeswoman", "Secretary General", "vice-president"."""
    head = index
    while True:
        beyond = _role_behind_possessive(doc, head)
        if beyond is not None:
            head = beyond
            continue
        following = head + 2 if head + 1 < len(doc) and doc[head + 1].text == "-" else head + 1
        if following >= len(doc) or _role_kind(doc[following]) is None:
            return head
        head = following


def _role_behind_possessive(doc: Doc, head: int) -> int | None:
    """ "the Secretary-General's envoy": the office that belongs to another office, or None."""
    if head + 1 >= len(doc) or doc[head + 1].text not in ("'s", "’s"):
        return None
    for index in range(head + 2, min(head + 6, len(doc))):
        if _role_kind(doc[index]) is not None:
            return index
        if doc[index].pos_ not in ("ADJ", "NOUN", "PROPN"):
            return None
    return None


def _phrase(parsed: Parsed, first: int, head: int, limit: int) -> ActorPhrase | None:
    doc = parsed.doc
    start = _without_place(parsed, _left_edge(parsed, first, limit), first, head)
    codes, blocked = _codes_left(parsed, start, first)
    end, of_codes, of_nobody = _of_part(parsed, head)
    if own := titles().own.get(doc[head].lower_):
        codes = (own,)
    kinds = [_role_kind(doc[index]) for index in range(first, head + 1)]
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
    name, name_start, end = _name_beside(parsed, start, end)
    nobody = nobody or _was_once(doc, min(start, name_start), end)
    if nobody:
        kind, codes = "none", ()
    role = _role_text(doc, start, min(end, _of_part(parsed, head)[0]))
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
        if index > start and (_starts_name(doc, index) or _looks_like_name(doc, index)):
            return index - 1 if doc[index - 1].lower_ == "and" else index
        index += 1
    return index


def _looks_like_name(doc: Doc, index: int) -> bool:
    """Two capitalised words behind a portfolio that belong to none themselves: "Minister of Trade Ana Lopes"."""
    if index + 1 >= len(doc) or doc[index - 1].lower_ not in titles().portfolio:
        return False
    pair = (doc[index], doc[index + 1])
    return all(word.text[0].isupper() and word.lower_ not in titles().portfolio for word in pair)


def _starts_name(doc: Doc, index: int) -> bool:
    """Whether a person's name begins at this token: the start of an entity tagged as a person."""
    return any(entity.label_ == "PERSON" and entity.start == index and len(entity) > 1 for entity in doc.ents)


def _name_beside(parsed: Parsed, start: int, end: int) -> tuple[str | None, int, int]:
    """A name right behind the office, behind a comma, or before it ("X, the foreign minister")."""
    doc = parsed.doc
    right = _name_from(parsed, end)
    if right > end:
        return _span_text(doc, end, right), start, right
    if end + 1 < len(doc) and doc[end].text == ",":
        right = _name_from(parsed, end + 1)
        closed = (
            right >= len(doc) or doc[right].text in (",", ".", ")", ";", ":", '"') or doc[right].pos_ in ("VERB", "AUX")
        )
        if right > end + 2 and closed:
            return _span_text(doc, end + 1, right), start, right
    if introduced := _introduced(parsed, start):
        return introduced, start, end
    left_end = (
        start - 1 if start and doc[start - 1].lower_ in ("the", "a", "an", "its", "his", "her", "their") else start
    )
    if doc[left_end - 1].text == ",":
        left = _name_back_from(parsed, left_end - 1)
        if left_end - 1 - left >= 2:
            return _span_text(doc, left, left_end - 1), left, end
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
    left = _name_back_from(parsed, index)
    return _span_text(doc, left, index) if index - left >= 2 else None


def _name_from(parsed: Parsed, index: int) -> int:
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
    return token.text[0].isupper() and token.pos_ in ("PROPN", "NOUN", "ADJ", "X") and _role_kind(token) is None


def _name_back_from(parsed: Parsed, end: int) -> int:
    index = end
    while index > 0 and _is_name_word(parsed, index - 1, False):
        index -= 1
    while index < end and not parsed.tokens[index].text[0].isupper():
        index += 1
    return index


def _span_text(doc: Doc, start: int, end: int) -> str:
    return str(doc[start:end].text).strip()


def _role_text(doc: Doc, start: int, end: int) -> str:
    text = _span_text(doc, start, end)
    return text.rstrip(" ,")


class People:
    """The named persons of a document; filled from all its sentences before any is attributed."""

    def __init__(self) -> None:
        self._by_family: dict[str, list[Person]] = {}

    def add(self, phrase: ActorPhrase) -> None:
        """Remember a named office. The first that names a state wins; one without a state never overwrites it."""
        if not phrase.name:
            return
        known = self.find(phrase.name)
        person = Person(phrase.name, phrase.role, phrase.codes, phrase.kind != "none")
        if known is not None and (known.codes or not known.speaks):
            person = replace(known, name=person.name)
        longer = known.name if known and len(known.name) >= len(person.name) else person.name
        self._put(known, replace(person, name=longer))

    def add_known(self, person: Person) -> None:
        """Remember a person from elsewhere, unless the document says who that is."""
        known = self.find(person.name)
        if known is None:
            self._put(None, person)
        elif not known.codes and known.speaks:
            self._put(known, replace(person, role=person.role or known.role, shown=person.shown and known.name))

    def find(self, name: str) -> Person | None:
        """The person of that name, or None: any form that ends in the family name, and has no other given name."""
        namesakes = self._by_family.get(_names_of(name)[-1], ())
        return next((person for person in namesakes if not _are_two(person.name, name)), None)

    def with_role(self, head: str) -> Person | None:
        """The only person of the document whose office has this head and who speaks for a holder."""
        found = [
            person
            for namesakes in self._by_family.values()
            for person in namesakes
            if person.speaks and fold(head) in fold(person.role or "").split()
        ]
        return found[0] if len(found) == 1 else None

    def settle(self, phrase: ActorPhrase, codes: tuple[str, ...]) -> None:
        """Give a named office the holders that its context told."""
        known = self.find(phrase.name) if phrase.name else None
        if known:
            self._put(known, replace(known, codes=codes))

    def _put(self, known: Person | None, person: Person) -> None:
        namesakes = self._by_family.setdefault(_names_of(person.name)[-1], [])
        if known is not None:
            namesakes[namesakes.index(known)] = person
        else:
            namesakes.append(person)


def _names_of(name: str) -> list[str]:
    """Given names and family name, folded, without honorifics; one empty text where there is none."""
    words = fold(name).replace("’s", "").replace("'s", "").split()
    return [word for word in words if word not in _honorifics()] or [""]


def _are_two(one: str, other: str) -> bool:
    """Whether two persons of one family name have given names, none of which begins as one of the other's."""
    first, second = ({word[0] for word in _names_of(name)[:-1]} for name in (one, other))
    return bool(first and second) and not first & second


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(map(fold, wording("people.honorific"))) | wording("people.other_honorific")
