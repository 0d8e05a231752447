"""Every office and body of a sentence, whatever form tells it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.model import HolderKind
from digest.positions.lexicon import titles, wording
from digest.positions.names import Form, Mention, holder_kind
from digest.positions.naming import name_back_from, name_from, role_kind, span_text
from digest.positions.parsed import Parsed
from digest.positions.public import leads
from digest.positions.titled import DELEGATE, ActorPhrase, is_in_name, last_of_run, phrase_of

if TYPE_CHECKING:
    from spacy.tokens import Doc


def actor_phrases(parsed: Parsed) -> list[ActorPhrase]:
    """Every office in a sentence, in order, not overlapping."""
    phrases: list[ActorPhrase] = []
    index, doc = 0, parsed.doc
    while index < len(doc):
        if role_kind(doc[index]) is None or is_in_name(parsed, index):
            index += 1
            continue
        head = last_of_run(doc, index)
        left = phrases[-1].end if phrases else 0
        phrase = phrase_of(parsed, index, head, left)
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
    name, role = span_text(doc, start, end), f"of {span_text(doc, index + 1, phrase.end)}"
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
            start, end = last + 2, name_from(parsed, last + 2)
        elif first > 1 and doc[first - 1].lower_ == "of":
            start, end = _person_until(parsed, first - 1), first - 1
        if end - start >= 2 and any(doc[index].ent_type_ == "PERSON" for index in range(start, end)):
            name, role = span_text(doc, start, end), f"of {mention.text}"
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
        start, end = name_back_from(parsed, at - 1), at - 1
        if end - start >= 2:
            name = span_text(doc, start, end)
            phrases.append(
                ActorPhrase(start, end, end - 1, "person", mention.codes, name, span_text(doc, at, tokens[-1].i + 1))
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
        name = re.sub(r"\w+", _capitalised, span_text(doc, start, opening))
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
            text = span_text(parsed.doc, start, name.i + 1)
            role = span_text(parsed.doc, token.left_edge.i, token.right_edge.i + 1)
            phrases.append(ActorPhrase(start, name.i + 1, name.i, "person", tuple(codes[:1]), text, role))
    return phrases
