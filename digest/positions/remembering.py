"""What the sentences that follow may lean on: whom "he", "it" and a quotation go back to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from digest.positions.behalf import spoken_for
from digest.positions.context import NOBODY, Context, Holder, Speaker
from digest.positions.editorial import is_correction
from digest.positions.holders import mention_speaker, resolve
from digest.positions.lexicon import cues, lemma
from digest.positions.names import Form, Mention
from digest.positions.parsed import SUBJECTS, Parsed
from digest.positions.subjects import of_participle

if TYPE_CHECKING:
    from spacy.tokens import Token


def remember(parsed: Parsed, context: Context) -> None:
    """End a sentence: the subject of the main verb, and a speaker of a verb of saying, become whom "he", "it" and
    quotes go back to. A sentence that is all quotation changes nothing."""
    if parsed.all_quoted:
        context.open_in = parsed.sentence.paragraph if parsed.left_open else -1
        return
    _remember_subjects(parsed, context)
    context.leave(parsed)


def _remember_subjects(parsed: Parsed, context: Context) -> None:
    alone = parsed.name_alone or (_only_state(parsed) if is_correction(parsed.text) else None)
    if alone is not None:  # of a correction: "In fact it opposes it" is of the state that it is about
        context.spoke(mention_speaker(alone), plural=False, person=False)
        return
    opening = _opening_state(parsed)
    if opening is not None:
        context.last_body = opening
    for token in parsed.tokens:
        if token.dep_ not in SUBJECTS or parsed.quoted[token.i]:
            continue
        says = lemma(token.head) in cues().speech
        if token.lower_ in ("he", "she") and says and any(parsed.quoted):
            context.goes_on(resolve(token, parsed, context))
        if token.pos_ == "PRON":
            continue
        named = of_participle(token.head.head)
        verb = token.head.head if named == token else token.head
        says = lemma(verb) in cues().speech
        if verb.dep_ != "ROOT" and not says:
            continue
        speaker = _with_those_spoken_for(resolve(token, parsed, context), parsed)
        if not speaker.holders and not speaker.stranger:
            context.last_body = NOBODY  # "it" may now mean this
            context.last_group = NOBODY if token.tag_ in ("NNS", "NNPS") else context.last_group
            continue
        context.quotes = says
        person = (_is_full_name(token, says) and token.i not in parsed.mention_of) or _is_person(
            speaker, token, parsed, context
        )
        if person:
            name = next((o.name for o in context.phrases.get(id(parsed), []) if o.start <= token.i < o.end), None)
            context.last_name = name or (token.text if token.pos_ == "PROPN" else "")
        context.spoke(speaker, plural=token.tag_ in ("NNS", "NNPS"), person=person)


def _with_those_spoken_for(speaker: Speaker, parsed: Parsed) -> Speaker:
    """ "Peru, on behalf of the African Group, said": what follows is said for both."""
    words, named = spoken_for(parsed)
    if not named or not speaker.holders:
        return speaker
    codes = [code for one in named for code in one.codes if code not in speaker.codes]
    more = (Holder(code, speaker.holders[0].actor, f"“{words}”") for code in codes)
    return Speaker((*speaker.holders, *more))


def _only_state(parsed: Parsed) -> Mention | None:
    """The one state that is the subject of a clause; None where there are more or none."""
    named = [mention for mention in parsed.mentions if mention.is_actor_name]
    subjects = [one for one in named if any(token.dep_ in SUBJECTS for token in parsed.tokens_of(one))]
    return subjects[0] if len({one.codes for one in named}) == 1 and subjects else None


def _is_full_name(token: Token, says: bool) -> bool:
    """A name tagged as a person's, or two capitalised words of no kind that say something ("Hon Ama Duku said") or of
    whom more is told ("Odd Moe, whose boat lay there, agreed")."""
    given = [child for child in token.children if child.dep_ == "compound" and child.pos_ == "PROPN"]
    person = any(word.lower_ in ("who", "whose", "whom") for each in _clauses_of(token) for word in each.subtree)
    named = bool(given) and token.pos_ == "PROPN"
    return token.ent_type_ == "PERSON" or (named and (person or (says and not token.ent_type_)))


def _clauses_of(token: Token) -> Iterator[Token]:
    return (child for child in token.children if child.dep_ == "relcl")


def _opening_state(parsed: Parsed) -> Speaker | None:
    """The state that a sentence begins with, whatever the parse makes of it: "Peru, home of the llama, paid"."""
    first = parsed.mentions[0] if parsed.mentions else None
    text = parsed.text
    if first is None or first.form is not Form.NAME or text[: first.start] not in ("", "The "):
        return None
    if not re.match(r",|\s+(?:is|was|has|had|will|would)\b", text[first.end :]):
        return None
    return Speaker((Holder(first.codes[0], None, f"{first.form.value} “{first.text}”"),))


def _is_person(speaker: Speaker, token: Token, parsed: Parsed, context: Context) -> bool:
    if any(holder.actor and holder.actor.name for holder in speaker.holders):
        return True
    phrase = next((one for one in context.phrases.get(id(parsed), []) if one.start <= token.i < one.end), None)
    return phrase is not None and phrase.kind in ("person", "none")
