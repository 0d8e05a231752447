"""Who has the word by the form of a document and is heard in a sentence that says neither "I" nor who speaks.

"That is out of the question." in an answer is the answerer's; "The opposition says that it is too late." is not.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from digest.positions.context import NOBODY, Context, Holder, Speaker
from digest.positions.editorial import is_editorial
from digest.positions.holders import is_of_colleagues, resolve, speaker_of_phrase
from digest.positions.lexicon import cues, lemma
from digest.positions.parsed import SUBJECTS, Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_FIRST_PERSON = frozenset(("i", "we"))
_SECOND = frozenset(("you", "your", "yours"))
SHORT = 30
"""Words: what an interviewer says between two answers is rarely longer."""
_OWN = frozenset(("i", "we", "he", "she", "it", "that", "this", "there", "which", "who", "what", "nobody", "none"))
_OPENING = re.compile(r"(?:(?:in|at) )?(?:the )?", re.IGNORECASE)
_FEWEST = 3
"""Words: "Next question." is no position."""


_PROCEDURE = re.compile(
    r"\W*(?:\d+\.\s+)?"
    r"(?:the (?:meeting|sitting|session|briefing|hearing|vote|draft resolution|motion|amendment)\b.{0,40}"
    r"\b(?:rose|ended|opened|began|concluded|called to order|suspended|resumed|adopted|adjourned|taken|carried)\b|"
    r"a (?:recorded )?vote was\b|(?:in favou?r|against|abstain\w*|absent)\s*:|agenda item|"
    r"(?:paragraph|draft resolution|amendment)\b.{0,40}\b(?:put to the vote|adopted|rejected)\b|"
    r"(?:media )?(?:contact|enquir|inquir)|notes? to editors|about [A-Z]\w+:|interview:|ends?\W*$|\(?signed\b)",
    re.IGNORECASE,
)
"""What belongs to the record and to nobody's speech."""


def _is_signers(context: Context) -> bool:
    """Whether the word is that of several signers, or of one who is told of in the text: what stands in the paper of
    several is not said by each of them."""
    signers = context.voices.signers
    return context.floor == signers and not (len(signers.holders) == 1 and signers.holders[0].actor is not None)


def heard_by_form(one: Parsed, context: Context) -> Speaker:
    """Who may be speaking by the form of the document, whether or not the sentence says "I": the one who has the word,
    who answers, who had it in the paragraph before, whose speech a record reports, who issued the paper."""
    turn, number = context.turn, one.sentence.paragraph
    if number in context.answers and prompts(one):
        turn.asked = number
    if _PROCEDURE.match(one.text):
        turn.carried = turn.carried if not turn.transcript else NOBODY
        return NOBODY
    if turn.section.holders:
        return turn.section
    if context.floor is not None and (turn.transcript or not _is_signers(context)):
        turn.carried = context.floor
        return context.floor
    if turn.transcript:
        return turn.carried
    if number in context.answers:  # further on it may be the next question
        return context.interviewee if number - 1 in context.questions | {turn.asked} else NOBODY
    if context.is_record:
        return context.last_speaker if context.speaker_paragraph == number else NOBODY
    if context.source.state is not None and not context.questions:
        return Speaker((Holder(context.source.state, None, f"the paper is of “{context.source.organ}”"),))
    return NOBODY


def prompts(one: Parsed) -> bool:
    """What an interviewer puts without a question mark: "Your neighbours do not look happy"."""
    words = {token.lower_ for token in one.tokens if not one.quoted[token.i]}
    return bool(words & _SECOND) and not words & _FIRST_PERSON and len(one.tokens) <= SHORT


# --- the sentence itself ----------------------------------------------------------------------------------------------


def heard_in(one: Parsed, context: Context) -> Speaker:
    """Who is heard in the sentence that `context` has just entered; `NOBODY` where it asks, where it tells what others
    say or do, or where the form of the document gives nobody the word."""
    speaker = context.heard
    if not speaker.holders or one.is_question or is_editorial(one.text) or is_of_colleagues(one):
        return NOBODY
    if one.all_quoted or sum(token.is_alpha for token in one.tokens) < _FEWEST:
        return NOBODY
    own = speaker.codes
    others = _begins_with_somebody(one, context, speaker) or _is_of_other_state(one, own, context.turn.label)
    if not others and not any(_tells_of_others(token, one, context, own) for token in one.tokens):
        return speaker
    if context.floor is None and not context.is_record:
        context.turn.carried = NOBODY  # behind a briefing a paper may tell what others said
    return NOBODY


def _begins_with_somebody(one: Parsed, context: Context, speaker: Speaker) -> bool:
    """Whether a sentence begins with an office of another state or of none, or tells of the speaker by name: "Ana Rey,
    58, grew up in Lima"."""
    start = len(context.turn.label)
    first = [token.i for token in one.tokens if token.idx >= start and token.is_alpha][:_FIRST]
    for phrase in context.phrases.get(id(one), []):
        codes = set(phrase.codes) or (speaker_of_phrase(phrase, one, context).codes if phrase.name else set())
        if phrase.start in first and not codes & speaker.codes and (codes or phrase.kind == "none"):
            return True
    names = {holder.actor.name.split()[-1] for holder in speaker.holders if holder.actor and holder.actor.name}
    return any(one.tokens[index].text in names for index in first)


_FIRST = 3
"""Words within which a sentence begins."""


def _is_of_other_state(one: Parsed, own: Collection[str], label: str) -> bool:
    """Whether the subject of the sentence, or what it begins with, names another state: "Oslo thinks otherwise", "In
    Oslo they think otherwise"."""
    text = one.text
    behind = text.find(label) + len(label) if label else 0
    first = next((mention for mention in one.mentions if mention.codes and mention.start >= behind), None)
    if first is not None and _OPENING.fullmatch(text[behind : first.start].lstrip(" :")):
        return not set(first.codes) & set(own)
    root = next((token for token in one.tokens if token.dep_ == "ROOT"), one.tokens[0])
    subjects = [child for child in root.children if child.dep_ in (*SUBJECTS, "csubj")]
    named = (one.mention_of[token.i] for each in subjects for token in each.subtree if token.i in one.mention_of)
    return any(mention.codes and not set(mention.codes) & set(own) for mention in named)


def _tells_of_others(token: Token, one: Parsed, context: Context, own: Collection[str]) -> bool:
    """Whether a token is one who is told to have said or thought something, or who wants it and speaks for no state."""
    if token.dep_ != "nsubj" or one.quoted[token.i] or token.lower_ in _OWN or token.head.pos_ != "VERB":
        return False
    verb, lexicon = lemma(token.head), cues()
    if verb not in lexicon.speech | lexicon.thinking | lexicon.attitude:
        return False
    speaker = resolve(token, one, context)
    clause = any(child.dep_ == "ccomp" for child in token.head.children) or any(one.quoted)
    somebody = speaker.stranger or speaker.holders or (verb in lexicon.speech and clause)
    return bool(somebody) and not speaker.codes & set(own)
