"""Who says a quotation that stands alone, behind a colon, beside an office, or in a line of dialogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from digest.positions.context import GUESSES, NOBODY, Context, Found, Holder
from digest.positions.holders import is_of_colleagues, resolve, speaker_of_phrase
from digest.positions.lexicon import cues, lemma
from digest.positions.parsed import DASHES, Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token


def continued_quote(parsed: Parsed, context: Context) -> list[Found]:
    """A sentence that is all quotation goes on from the last speaker of its paragraph, or from one who was introduced
    at the end of the paragraph before."""
    speaker = context.last_speaker if context.quote_may_continue(parsed) else NOBODY
    speaker = NOBODY if is_of_colleagues(parsed) else speaker
    if context.open_in >= 0 and speaker.holders:
        context.speaker_paragraph = parsed.sentence.paragraph  # the quotation goes on over paragraphs
    return [Found(Holder(one.code, one.actor, f"goes on from {one.how}"), 0, "quote") for one in speaker.holders]


def quoted_answer(parsed: Parsed, context: Context) -> list[Found]:
    """A quoted answer in an interview: a position where it speaks as "we" or "I", or names the speaker's own state."""
    own = context.interviewee.codes
    first = any(token.lower_ in ("we", "i", "our", "us") for token in parsed.tokens)
    named = any(set(mention.codes) & own for mention in parsed.mentions)
    if parsed.text.rstrip('"”» ').endswith("?") or not (first or named):
        return []
    return [Found(holder, 0, "quote") for holder in context.interviewee.holders]


def beside_quote(parsed: Parsed, context: Context) -> Iterator[Found]:
    """A quotation with an office or a known person right beside a verb of saying, where the parse found no subject."""
    for phrase in context.phrases.get(id(parsed), []):
        if parsed.quoted[phrase.head]:
            continue
        neighbours = [
            index
            for index in (phrase.start - 1, phrase.start - 2, phrase.end, phrase.end + 1)
            if 0 <= index < len(parsed.tokens)
        ]
        said = next(
            (i for i in neighbours if lemma(parsed.tokens[i]) in cues().speech and parsed.tokens[i].pos_ == "VERB"),
            None,
        )
        if said is not None and any(parsed.quoted):
            yield from (Found(holder, said, "speech") for holder in speaker_of_phrase(phrase, parsed, context).holders)


_COLON = re.compile(r":\s*[“\"«„]")


def before_a_colon(parsed: Parsed, context: Context) -> Iterator[Found]:
    """ "The minister, Ana Rey, was blunt: "We shall not pay."": a person or office before a quotation that runs to the
    sentence's end, whatever the verb."""
    colon = _COLON.search(parsed.text)
    if colon is None or not _ends_quoted(parsed, colon.end()):
        return
    for token in parsed.tokens:
        if token.idx >= colon.start():
            return
        if token.dep_ == "nsubj":
            speaker = resolve(token, parsed, context)
            sure = [holder for holder in speaker.holders if not any(guess in holder.how for guess in GUESSES)]
            yield from (Found(holder, token.head.i, "speech") for holder in sure if holder.actor is not None)
            return


def behind_a_dash(parsed: Parsed, context: Context) -> Iterator[Found]:
    """ "— We shall not pay, — said the minister of Peru.": a line of dialogue with its speaker behind it."""
    doc = parsed.doc
    if not parsed.is_dashed:
        return
    said = next((token.i for token in doc[2:] if _says_behind_dash(token)), None)
    if said is None:
        return
    behind = [phrase for phrase in context.phrases.get(id(parsed), []) if 0 < phrase.start - said <= 2]
    if behind:
        yield from (Found(one, said, "speech") for one in speaker_of_phrase(behind[0], parsed, context).holders)
    else:
        speakers = (resolve(token, parsed, context) for token in doc[said + 1 : said + 2])
        yield from (Found(one, said, "speech") for speaker in speakers for one in speaker.holders)


def _says_behind_dash(token: Token) -> bool:
    return lemma(token) in cues().speech and token.pos_ == "VERB" and token.doc[token.i - 1].text in DASHES


def _ends_quoted(parsed: Parsed, start: int) -> bool:
    """Whether all words from a character on stand in quotation marks."""
    return all(parsed.quoted[token.i] for token in parsed.tokens if token.idx >= start and token.is_alpha)
