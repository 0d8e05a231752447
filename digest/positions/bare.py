"""To which state an office belongs that names none: "the minister", by its clause, its paragraph, its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.model import HolderKind
from digest.positions.context import GUESSES, Context, phrase_at
from digest.positions.lexicon import cues, lemma, titles
from digest.positions.names import Form, Mention, holder_kind
from digest.positions.parsed import SUBJECTS, Parsed
from digest.positions.titled import ActorPhrase

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_told_by(mention: Mention, word: Token, parsed: Parsed) -> bool:
    """Whether a name stands where a word does: "“We wrote to Lima,” its minister said" is of no minister of Lima."""
    return parsed.quoted[word.i] or not parsed.quoted[parsed.tokens_of(mention)[0].i]


def is_organisation(codes: tuple[str, ...]) -> bool:
    """Whether one of the codes is an organisation's."""
    return any(holder_kind(code) is HolderKind.ORGANISATION for code in codes)


def from_surroundings(phrase: ActorPhrase, parsed: Parsed, context: Context) -> tuple[tuple[str, ...], str]:
    """A bare office takes the state of its clause ("Jordan would not refuse ..., the foreign minister said"), of its
    paragraph, or the capital where it spoke."""
    place = place_beside(parsed, phrase)
    if place is not None:
        return place, GUESSES[0]
    if phrase.kind == "collective" or (parsed.tokens[phrase.head].lower_ in titles().never_bare and not phrase.name):
        return (), ""
    if len(context.issuer) == 1 and not phrase.name:
        return context.issuer, GUESSES[1]
    subject = first_subject_state(parsed, phrase, context)
    if subject:
        return subject, GUESSES[2]
    scene = _scene(parsed, phrase)
    if scene is not None:
        return scene, GUESSES[0]
    before = {holder.code for holder in context.sentence_holders}
    turned = context.voices.turned
    if turned and before and not before & set(turned):
        return (turned, GUESSES[5]) if phrase.name else ((), "")
    if len(before) == 1:
        return tuple(before), GUESSES[3]
    if len(context.issuer) == 1:
        return context.issuer, GUESSES[1]
    states = {code for mention in parsed.mentions if mention.is_actor_name for code in mention.codes}
    if len(states) == 1 and any(_may_have(mention, phrase, parsed) for mention in parsed.mentions):
        return tuple(states), GUESSES[4]
    return _at_home(phrase, parsed, context)


def _at_home(phrase: ActorPhrase, parsed: Parsed, context: Context) -> tuple[tuple[str, ...], str]:
    """The state of a minister with a name, by what the document spoke of before."""
    if not phrase.name or parsed.tokens[phrase.head].lower_ not in titles().at_home:
        return (), ""
    if context.number - context.state_at <= 1:
        return context.last_state, GUESSES[5]
    if context.home:
        return context.home, GUESSES[6]
    if context.voices.turned:
        return context.voices.turned, GUESSES[5]
    alone = context.last_state == context.voices.first  # of others, eight of nine were not the minister's
    return (context.last_state, GUESSES[7]) if alone else ((), "")


_SCENE = re.compile(
    r"(?:\d{1,2}[.:]\d\d(?:\s?[ap]m)?:?\s+)?(?:(?:over|back|across|down|up|out|away|here)\s+)?"
    r"(?P<word>in|from|for|as for)\s+(?:the\s+)?",
    re.IGNORECASE,
)


def _scene(parsed: Parsed, phrase: ActorPhrase) -> tuple[str, ...] | None:
    """ "In Sofia they hesitate, and the government ...", "For Peru it is too early, the minister said": the state of
    the capital that opens the sentence, or that for which it is something; () for an embassy there, whose is not said;
    None where the sentence opens otherwise."""
    capitals = (
        mention for mention in parsed.mentions if mention.form is not Form.ADJECTIVE or _is_capital(mention, parsed)
    )
    first = next(capitals, None)
    opening = _SCENE.fullmatch(parsed.text[: first.start]) if first is not None else None
    if first is None or opening is None or first.end > parsed.tokens[phrase.start].idx or is_organisation(first.codes):
        return None
    if opening["word"].lower() in ("for", "as for"):
        return first.codes
    if first.form not in (Form.CAPITAL, Form.ADJECTIVE):
        return None
    return () if parsed.tokens[phrase.head].lower_ in titles().abroad else first.codes


def _is_capital(mention: Mention, parsed: Parsed) -> bool:
    """ "the Russian capital": an adjective before that word."""
    return re.match(r"\s+capital\b", parsed.text[mention.end : mention.end + 10]) is not None


def _may_have(mention: Mention, phrase: ActorPhrase, parsed: Parsed) -> bool:
    """Whether an office in the same sentence may be of the state named: not of one in what is quoted there (but for the
    side that it takes), nor of one asked for something ("advised Paris to wait"), nor of one where something is
    ("peace in Sudan")."""
    doc, first = parsed.doc, parsed.tokens_of(mention)[0]
    before = doc[first.i - 1] if first.i > phrase.head else None
    asked = before is not None and before.pos_ == "VERB"
    owner = doc.text[mention.end : mention.end + 1] in ("'", "’")
    where = before is not None and before.lower_ == "in" and mention.form is Form.NAME and not owner
    apart = not 0 <= doc[phrase.start].idx - mention.end <= _BESIDE
    told = (
        not is_told_by(mention, doc[phrase.head], parsed)
        and apart
        and not (phrase.name and _takes_a_side(mention, parsed))
    )
    aside = _is_in_aside(first, doc[phrase.head]) and first.dep_ in SUBJECTS
    return mention.is_actor_name and not asked and not where and not told and not aside


def _takes_a_side(mention: Mention, parsed: Parsed) -> bool:
    """ "“Peru backs the reserve,” Trade Minister Ana Rey said": whoever says in so many words what side a state is on
    is its own minister more often than another's."""
    subjects = (token for token in parsed.tokens_of(mention) if token.dep_ == "nsubj")
    return any(lemma(token.head) in cues().supports | cues().opposes for token in subjects)


_BESIDE = 5
"""Characters between a state and its office: "“Ghana’s” minister"."""


def place_beside(parsed: Parsed, phrase: ActorPhrase) -> tuple[str, ...] | None:
    """ "In Beijing, the foreign ministry spokeswoman ...", "a government source in Chisinau": that capital's state; ()
    for a place that is no state, None where no place stands beside the office."""
    text, here = parsed.text, parsed.tokens[phrase.start].idx
    abroad = parsed.tokens[phrase.head].lower_ in titles().abroad
    behind = parsed.tokens[phrase.end - 1].idx + len(parsed.tokens[phrase.end - 1].text)
    for mention in parsed.mentions:
        before, after = text[max(0, mention.start - 10) : mention.start], text[mention.end : here]
        opening = re.search(r"(?:^|[;“\"]\s?)(?:[Ii]n|[Aa]t) (?:the )?$", before)
        if opening and re.fullmatch(r",?\s+(?:the\s+|an?\s+|its\s+)?", after):
            return () if abroad else mention.codes
        if mention.form is Form.CAPITAL and text[behind : mention.start].strip() in ("in", ", in"):
            return () if abroad else mention.codes
    return None


def _is_in_aside(token: Token, office: Token) -> bool:
    """Whether a state stands in a relative clause alone, and the office outside: "the quota that Peru had proposed was,
    the minister said, too low"."""
    clause = next((above for above in token.ancestors if above.dep_ == "relcl"), None)
    return clause is not None and not clause.is_ancestor(office) and clause.head.i != office.i


def first_subject_state(parsed: Parsed, phrase: ActorPhrase, context: Context) -> tuple[str, ...]:
    """The state or organisation that is the subject of a clause before the office, by name or by its office.

    Before it alone: "Jordan would not refuse, the minister said", but not "the minister regrets that Jordan refuses".
    """
    for token in parsed.tokens:
        if token.i >= phrase.start:
            break
        if token.dep_ not in ("nsubj", "nsubjpass", "poss") or parsed.quoted[token.i] or token.i in parsed.left_out:
            continue
        if _is_in_aside(token, parsed.tokens[phrase.head]):
            continue
        mention = parsed.mention_of.get(token.i)
        if mention and mention.is_actor_name and len(mention.codes) == 1:
            return mention.codes
        other = phrase_at(token, parsed, context)
        if other and len(other.codes) == 1:
            return other.codes
    return ()
