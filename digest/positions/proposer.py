"""Every holder that a sentence could speak for, with high recall and no judgement: names, offices, persons, pronouns,
lists, and speakers carried over from the sentences before. What of it is a position is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from digest.model import Actor
from digest.positions import carrying, places
from digest.positions.context import GUESSES, NOBODY, Context, Found, Holder, Speaker
from digest.positions.editorial import put_right
from digest.positions.hearing import heard_in
from digest.positions.holders import (
    full_name,
    is_of_colleagues,
    is_of_organisations,
    is_of_whom_it_met,
    is_people,
    mention_speaker,
    person_speaker,
    resolve,
    serves_meeting,
    speaker_of_phrase,
)
from digest.positions.lexicon import cues, lemma
from digest.positions.names import Form, Mention
from digest.positions.parsed import SUBJECTS, Parsed
from digest.positions.silence import is_silent, learns_only, says_more
from digest.positions.titled import ActorPhrase
from digest.positions.together import is_mere_courtesy
from digest.positions.told import is_hearsay, is_said_by_another, is_said_by_stranger, is_supposed, passes_on

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a sentence names a holder: tokens [start, end), none where the speaker is carried over.

    `kind` says in what way (one of `KINDS`), `role` what it is in its clause (one of `ROLES`), `verb` what the verb
    that it is subject or agent of shows (one of `VERBS`).
    """

    start: int
    end: int
    kind: str
    role: str
    verb: str
    holder: Holder


@dataclass(frozen=True, slots=True)
class Candidate:
    """A holder that a sentence may speak for. `found` is what the rules make of it, None where they see nothing;
    `heard` tells that the holder has the word there by the form of the document. `elsewhere` are the tokens that tell
    no stance, since they speak of another topic than the one that is asked about."""

    holder: Holder
    anchors: tuple[Anchor, ...]
    found: Found | None
    heard: bool = False
    elsewhere: frozenset[int] = frozenset()


KINDS = (
    *(form.value for form in Form if form is not Form.BLOCKED),
    *(
        "office",
        "person",
        "pronoun",
        "owner",
        "listed",
        "quote",
        "answer",
        "interview",
        "dash",
        "loose",
        "doubtful",
        "guess",
        "rule",
    ),
)
ROLES = (
    *("subject", "passive", "agent", "owner", "according", "from", "by", "of", "to", "for", "with", "against", "in"),
    *("preposition", "object", "of subject", "modifier", "root", "carried", "other"),
)
VERBS = ("none", "speech", "attitude", "deed", "other")

# Ways to be named in which, on the training part of the corpus, fewer than one in thirty holders held a position.
_HOPELESS = frozenset(
    (
        *(("owner", role) for role in ROLES),
        *(("pronoun", role) for role in ("passive", "object", "to", "of", "for", "with", "in", "preposition")),
        *((Form.ADJECTIVE.value, role) for role in ("modifier", "in", "of", "with", "to", "preposition", "passive")),
        *((Form.NAME.value, role) for role in ("in", "with", "to", "preposition")),
        *((Form.CAPITAL.value, role) for role in ("with", "to", "preposition")),
    )
)

_MERE = re.compile(
    r"(?:[^:]{2,120}:\s*)?(?:(?:(?:I|we) )?thank you(?: very much)?,?(?: (?:Mr\.?|Madam|Mrs\.?|Ms\.?))?"
    r"(?: (?:President|Chair\w*|Speaker|Secretary-General))?|good (?:morning|afternoon|evening)(?:,? (?:everyone|"
    r"everybody|all))?|no (?:statement|position|reply|answer|response|comment)s?(?: (?:made|given|received))?)[\W_]*",
    re.IGNORECASE,
)
"""A courtesy, and in a table that nothing was said: "Norland: No statement"."""

# What a holder is in its clause where the next sentences may go on from it, and ways to be named in which none does.
_VOICES = frozenset(("subject", "agent", "according", "root"))
_DEAF = frozenset((Form.ADJECTIVE.value, "listed", "doubtful"))

_PERSONAL = frozenset(("he", "she", "it", "they", "we", "i"))
_OWNERS = {"his": "he", "her": "she", "its": "it", "their": "they", "our": "we", "my": "i"}
_PREPOSITIONS = frozenset(("from", "by", "of", "to", "for", "with", "against", "in"))


def propose(one: Parsed, context: Context, found: Sequence[Found]) -> list[Candidate]:
    """A candidate for each holder that the sentence could speak for. Call it before the sentence enters `context`'s
    memory; `found` is the verdict of the rules on the same sentence."""
    right = put_right(one.text)
    if right >= len(one.text):
        return []
    if one.name_alone is not None:  # it says nothing, but whose minister comes next
        carrying.heard(one, context, None, ())
        return []
    label = carrying.label_of(one, context)
    anchors = [*_offices(one, context), *_names(one, context), *_persons(one, context), *_pronouns(one, context)]
    anchors += _noun_phrases(one, context, anchors)
    anchors = [
        anchor for anchor in anchors if anchor.start not in one.left_out and one.tokens[anchor.start].idx >= right
    ]
    heard = [anchor.holder for anchor in anchors if anchor.role in _VOICES and anchor.kind not in _DEAF]
    if not is_of_colleagues(one) and not any(
        serves_meeting(o, one, context) and role_of(one.tokens[o.head]) == "subject" for o in _phrases(one, context)
    ):
        anchors += _carried(one, context)
        anchors += _going_on(one, context, anchors, label)
    carrying.heard(one, context, label, heard)
    _remember_nationals(one, context)
    if _MERE.fullmatch(one.text):
        return []
    voices = _voices(one, context)
    anchors += [anchor for code, anchor in voices.items() if code not in {other.holder.code for other in anchors}]
    known = {anchor.holder.code for anchor in anchors}
    anchors += [Anchor(0, 0, "rule", "carried", "none", each.holder) for each in found if each.holder.code not in known]
    by_code: dict[str, list[Anchor]] = {}
    for anchor in anchors:
        by_code.setdefault(anchor.holder.code, []).append(anchor)
    verdicts = {each.holder.code: each for each in found}
    if context.turn.told:
        verdicts = {
            code: each
            for code, each in verdicts.items()
            if each.told or (each.kind == "speech" and not context.turn.asks)
        }
    seen = verdicts.keys() | voices.keys()
    kept = {code: those for code, those in by_code.items() if refusal(code, by_code, seen, one, context) is None}
    return [_candidate(those, verdicts.get(code), voices.get(code)) for code, those in kept.items()]


class Refusal(StrEnum):
    """Why a holder that a sentence names, or that speaks on in it, is no candidate."""

    TOLD = "told by one who speaks for no state or another, or in a condition"
    OTHERS = "another state than that of the one who has the word"
    HOPELESS = "named in a way in which hardly ever a holder speaks"
    MERE = "in a question, or the mere word of one who speaks for no state"
    COURTESY = "a courtesy in a paper of several states"
    SILENT = "only said to have said nothing"


def refusal(
    code: str, anchors: Mapping[str, Sequence[Anchor]], found: Collection[str], one: Parsed, context: Context
) -> Refusal | None:
    """Why a holder is no candidate, None where it is one. `anchors` are those of all holders of the sentence by code,
    `found` the codes for which the rules see a position, or which have the word."""
    if code not in found and context.turn.told:
        return Refusal.MERE
    if code not in found and context.source.joint and is_mere_courtesy(one):
        return Refusal.COURTESY
    if code not in found and all((anchor.kind, anchor.role) in _HOPELESS for anchor in anchors[code]):
        return Refusal.HOPELESS
    if code not in found and _told(anchors[code], one, context):
        return Refusal.TOLD
    if code not in found and _is_silent(anchors[code], one):
        return Refusal.SILENT
    if context.is_own_speech(one):
        own = context.speaking(one).codes  # what one who has the word says of other states is not theirs
        if code not in own and own:
            return Refusal.OTHERS
    section = context.turn.section
    if section.holders and code not in section.codes and all(map(_is_guess, anchors[code])):
        return Refusal.OTHERS  # under "PERU:" what has no state of its own is Peru's
    return None


def _is_guess(anchor: Anchor) -> bool:
    """Whether a holder does not speak where it is named, or by an office whose state was guessed from afar: not
    from the place that stands beside it."""
    return anchor.role not in _VOICES or any(guess in anchor.holder.how for guess in GUESSES[1:])


def _told(anchors: Sequence[Anchor], one: Parsed, context: Context) -> bool:
    """Whether all that the sentence has of a holder is said by somebody without a state or by another state, or stands
    in a condition."""
    strangers = [phrase for phrase in context.phrases.get(id(one), []) if phrase.kind == "none"]
    telling = [
        anchor
        for anchor in anchors
        if (anchor.kind, anchor.role) not in _HOPELESS
        and not any(phrase.start <= anchor.start < phrase.end for phrase in strangers)
    ]
    telling = [anchor for anchor in telling if anchor.role != "in"] or telling  # where is not who
    return all(
        anchor.end > anchor.start
        and (
            is_supposed(one.tokens[anchor.end - 1])
            or is_hearsay(one.tokens[anchor.end - 1])
            or is_said_by_stranger(one.tokens[anchor.end - 1], one, context)
            or is_said_by_another(one.tokens[anchor.end - 1], anchor.holder.code, one, context)
            or (anchor.role == "according" and _passes_on(anchor, one))
        )
        for anchor in telling
    )


def _passes_on(anchor: Anchor, one: Parsed) -> bool:
    above = one.tokens[anchor.end - 1].ancestors
    according = next((token for token in above if token.lower_ == "according"), None)
    return according is not None and passes_on(according, anchor.holder.code, one)


def _is_silent(anchors: Sequence[Anchor], one: Parsed) -> bool:
    """Whether each verb of the holder says that it said nothing: "declined to comment"."""
    verbs = [one.tokens[index] for anchor in anchors for index in verbs_at(one, anchor)]
    return bool(verbs) and all((is_silent(verb) and not says_more(verb)) or learns_only(verb) for verb in verbs)


def _voices(one: Parsed, context: Context) -> dict[str, Anchor]:
    """Those who have the word by the form of the document, by their codes."""
    answers = one.sentence.paragraph in context.answers and not context.turn.transcript
    kind = "answer" if answers else "loose"
    return {each.code: Anchor(0, 0, kind, "carried", "none", each) for each in heard_in(one, context).holders}


def _candidate(anchors: Sequence[Anchor], found: Found | None, voice: Anchor | None) -> Candidate:
    """The best name for the holder: the one of the rules, else a named person's, else that of a subject."""
    best = found.holder if found else max(anchors, key=_worth).holder
    if voice is not None and found is None:
        best = voice.holder if voice.holder.actor or not best.actor else best
        if not any(anchor.role in _VOICES for anchor in anchors):
            anchors = [voice]  # what else names the holder there ("our courts") is not what speaks
    unique = {(anchor.start, anchor.end): anchor for anchor in anchors}
    ordered = tuple(sorted(unique.values(), key=lambda anchor: (anchor.start, anchor.end)))
    return Candidate(best, ordered, found, voice is not None)


def _worth(anchor: Anchor) -> tuple[bool, bool, bool]:
    actor = anchor.holder.actor
    active = anchor.role in ("subject", "agent", "according", "carried")
    return actor is not None and actor.name is not None and active, active, actor is not None


# --- ways to name a holder -------------------------------------------------------------------------------------------


def verbs_of(one: Parsed, candidate: Candidate) -> Iterator[int]:
    """The verb of each clause in which the candidate is named as the one who does or says something: its token."""
    for anchor in candidate.anchors:
        yield from verbs_at(one, anchor)


def verbs_at(one: Parsed, anchor: Anchor) -> list[int]:
    """The verb of the clause in which an anchor is who does or says something: its token, none elsewhere."""
    if anchor.end <= anchor.start or anchor.role not in ("subject", "passive", "agent"):
        return []
    head = next((token for token in one.tokens[anchor.start : anchor.end] if token.head.i >= anchor.end), None)
    above = head.ancestors if head is not None else ()
    return [int(up.i) for up in above if up.pos_ in ("VERB", "AUX")][:1]


def _made(
    one: Parsed, span: tuple[int, int], head: Token, kind: str, speaker: Speaker, place: str | None = None
) -> Iterator[Anchor]:
    role = place or role_of(head)
    verb = verb_of(head) if role in ("subject", "passive", "agent") else "none"
    for holder in speaker.holders:
        yield Anchor(*span, kind, role, verb, holder)


def _phrases(one: Parsed, context: Context) -> list[ActorPhrase]:
    return context.phrases.get(id(one), [])


def _offices(one: Parsed, context: Context) -> Iterator[Anchor]:
    for phrase in context.phrases.get(id(one), []):
        speaker = speaker_of_phrase(phrase, one, context)
        kind = "office"
        if not speaker.holders and phrase.kind in ("person", "body") and not serves_meeting(phrase, one, context):
            kind, speaker = "guess", _guessed(phrase, one, context)
        yield from _made(one, (phrase.start, phrase.end), one.tokens[phrase.head], kind, speaker)


def _guessed(phrase: ActorPhrase, one: Parsed, context: Context) -> Speaker:
    """ "the government", "the minister" without a state in its sentence: that of the sentence before, else the one
    that the document speaks of most. "Its minister" is nobody's where "it" is a party, a company, a newspaper."""
    if is_of_organisations(phrase) or (phrase.start == phrase.head and one.tokens[phrase.head].lower_ == "agency"):
        return NOBODY
    word = one.tokens[phrase.start - 1].lower_ if phrase.start else ""
    if context.last_speaker.stranger and {word, one.tokens[phrase.start].lower_} & {"its", "their"}:
        return NOBODY
    if not phrase.name and one.tokens[phrase.start].lower_ != "the" and word not in ("the", "its", "their"):
        return NOBODY
    near = context.number - context.state_at <= 1
    codes, how = (context.last_state, GUESSES[5]) if near and context.last_state else (context.home, GUESSES[6])
    if phrase.name:
        codes, how = (context.voices.state, GUESSES[5]) if context.voices.state else (codes, how)
        return Speaker(tuple(Holder(code, Actor(phrase.name, phrase.role), how) for code in codes))
    if is_of_whom_it_met(codes, one.tokens[phrase.head], context):
        return NOBODY
    return Speaker(tuple(Holder(code, Actor(None, phrase.role), how) for code in codes))


def _names(one: Parsed, context: Context) -> Iterator[Anchor]:
    strangers = {phrase.end for phrase in context.phrases.get(id(one), []) if phrase.kind == "none"}
    for mention in (*one.mentions, *one.doubtful):
        tokens = one.tokens_of(mention)
        if tokens and tokens[0].i - 1 in strangers and one.tokens[tokens[0].i - 1].text == "(":
            continue  # "The Chair, Ana Lopes (Peru),": where somebody is from who speaks for no state
        if tokens and (is_people(mention, tokens[-1]) or _is_part_of_office(mention, tokens[0], one, context)):
            continue
        if tokens and mention.codes:
            span = (tokens[0].i, tokens[-1].i + 1)
            national = context.nationals.get(mention.codes) if _is_one_person(mention, tokens[-1], one) else None
            if national is not None and national.codes != set(mention.codes):
                yield from _made(one, span, tokens[-1], "person", national)
                continue
            kind = "doubtful" if mention in one.doubtful else mention.form.value
            head, place = places.stands_as(mention, places.head_of(tokens), one)
            yield from _made(one, span, head, kind, mention_speaker(mention), place)


def _is_part_of_office(mention: Mention, first: Token, one: Parsed, context: Context) -> bool:
    """ "the UN special envoy for Yemen", "Peru's minister for Asia": what an office is for holds nothing by it."""
    words = [token.lower_ for token in one.tokens[max(0, first.i - 2) : first.i] if token.lower_ != "the"]
    return words[-1:] == ["for"] and any(
        phrase.head < first.i < phrase.end and phrase.codes and not set(mention.codes) <= set(phrase.codes)
        for phrase in _phrases(one, context)
    )


def _is_one_person(mention: Mention, token: Token, one: Parsed) -> bool:
    """ "The Norwegian said": one who was introduced with the nationality; not "the Norwegian minister"."""
    before = one.tokens[token.i - 1].lower_ if token.i else ""
    return mention.form is Form.ADJECTIVE and before == "the" and token.dep_ in (*SUBJECTS, "agent")


def _remember_nationals(one: Parsed, context: Context) -> None:
    """For whom they speak who are introduced with a nationality: "Norwegian singer Odd Moe", "UNESCO's director, the
    Norwegian Liv Moen"."""
    for mention in one.mentions:
        if mention.form is not Form.ADJECTIVE or not mention.codes:
            continue
        first = one.tokens_of(mention)[0].i
        for phrase in _phrases(one, context):
            behind = [token.lower_ for token in one.tokens[phrase.end : first]] in ([","], [",", "the"], [",", "a"])
            if (phrase.name and phrase.start <= first < phrase.end) or (behind and phrase.kind in ("person", "none")):
                context.nationals[mention.codes] = speaker_of_phrase(phrase, one, context)


def _persons(one: Parsed, context: Context) -> Iterator[Anchor]:
    for token in one.tokens:
        if token.pos_ == "PROPN" and token.i not in one.mention_of:
            person = context.people.find(full_name(token))
            if person is not None:
                yield from _made(one, (token.i, token.i + 1), token, "person", person_speaker(person))


def _pronouns(one: Parsed, context: Context) -> Iterator[Anchor]:
    for token in one.tokens:
        word = token.lower_
        if one.quoted[token.i]:
            continue
        if word in _PERSONAL and token.pos_ == "PRON" and token.tag_ != "PRP$":
            speaker = resolve(token, one, context)
            unknown = not speaker.holders and not (speaker.stranger and _is_somebody_new(context))
            if unknown and word not in ("we", "i") and role_of(token) == "subject":
                speaker = carrying.meant_by(word, one, context)
            yield from _made(one, (token.i, token.i + 1), token, "pronoun", speaker)
        elif word in _OWNERS and token.dep_ == "poss":
            speaker = context.of_pronoun(_OWNERS[word], one)
            yield from _made(one, (token.i, token.i + 1), token, "owner", speaker)


def _is_somebody_new(context: Context) -> bool:
    """Whether the person spoken of last has another name than the one heard last."""
    heard = {
        holder.actor.name.split()[-1] for holder in context.voices.person.holders if holder.actor and holder.actor.name
    }
    known = context.people.find(context.last_name) if context.last_name else None
    if known is not None and not known.speaks:
        return True
    return bool(context.last_name) and context.last_name.split()[-1] not in heard


def _noun_phrases(one: Parsed, context: Context, known: Sequence[Anchor]) -> Iterator[Anchor]:
    """ "both countries", "most members, including Peru": subjects and agents that lead to holders by other ways."""
    covered = {index for anchor in known for index in range(anchor.start, anchor.end)}
    for token in one.tokens:
        if (
            token.i in covered
            or token.i in one.mention_of
            or one.quoted[token.i]
            or token.pos_ not in ("NOUN", "PROPN", "PRON", "DET", "NUM")
        ):
            continue
        if role_of(token) in ("subject", "passive", "agent", "from", "according") and token.dep_ != "conj":
            yield from _made(one, (token.i, token.i + 1), token, "listed", resolve(token, one, context))


def _carried(one: Parsed, context: Context) -> Iterator[Anchor]:
    """Speakers of sentences before, for a sentence that has none of its own: a quotation that goes on, an answer, a
    line of dialogue."""
    kind, speaker = "", context.last_speaker
    if context.in_answer(one):
        kind, speaker = "answer", context.interviewee
    elif one.sentence.paragraph in context.perhaps_answers and not one.all_quoted:
        kind, speaker = "interview", context.interviewee
    elif one.all_quoted:
        kind = "quote"
    elif one.is_dashed:
        kind = "dash"
    if kind in ("quote", "dash") and one.sentence.paragraph - context.speaker_paragraph > 1:
        return
    if kind:
        for holder in speaker.holders:
            how = f"goes on from {holder.how}" if not holder.how.startswith("goes on") else holder.how
            yield Anchor(0, 0, kind, "carried", "none", Holder(holder.code, holder.actor, how))


def _going_on(one: Parsed, context: Context, known: Sequence[Anchor], label: Speaker | None) -> Iterator[Anchor]:
    """Speakers of sentences before, or by a name with a colon, by the rules of `carrying`."""
    speaker = carrying.goes_on(one, context, any(map(_speaks, known))) if label is None else label
    codes = {anchor.holder.code for anchor in known}
    for holder in speaker.holders:
        if holder.code not in codes:
            how = holder.how if label or holder.how.startswith("goes on") else f"goes on from {holder.how}"
            yield Anchor(0, 0, "loose", "carried", "none", Holder(holder.code, holder.actor, how))


def _speaks(anchor: Anchor) -> bool:
    return anchor.role in ("subject", "agent", "according") and anchor.verb in ("speech", "attitude")


# --- what a holder is in its clause ----------------------------------------------------------------------------------


def role_of(token: Token) -> str:
    """What a noun is in its clause, one of `ROLES`; what is joined by "and" or in apposition has the first one's."""
    while token.dep_ in ("conj", "appos") and token.head.i != token.i:
        token = token.head
    dep = token.dep_
    if dep in ("nsubj", "csubj"):
        return "subject"
    if dep in ("nsubjpass", "agent", "ROOT"):
        return {"nsubjpass": "passive", "agent": "agent", "ROOT": "root"}[dep]
    if dep == "poss":
        return "owner"
    if dep in ("dobj", "dative", "iobj", "attr"):
        return "object"
    if dep == "pobj":
        return _behind_preposition(token)
    if dep in ("compound", "amod", "nmod", "nummod", "npadvmod"):
        return "of subject" if role_of(token.head) == "subject" else "modifier"
    return "other"


def _behind_preposition(token: Token) -> str:
    preposition = token.head
    if preposition.dep_ == "agent":
        return "agent"
    if preposition.lower_ == "to" and preposition.head.lower_ == "according":
        return "according"
    if preposition.lower_ == "from" and _is_scene(preposition):
        return "preposition"
    return preposition.lower_ if preposition.lower_ in _PREPOSITIONS else "preposition"


def _is_scene(preposition: Token) -> bool:
    """ "From Nairobi, Brazil's envoy rejected it": where, before the subject and its verb; no "from Lima came"."""
    verb = preposition.head
    subjects = (child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass"))
    return verb.pos_ in ("VERB", "AUX") and any(preposition.i < subject.i < verb.i for subject in subjects)


def verb_of(token: Token) -> str:
    """What the verb shows of which the noun is subject or agent, one of `VERBS`."""
    while token.dep_ in ("conj", "appos") and token.head.i != token.i:
        token = token.head
    head = token.head.head if token.dep_ == "pobj" else token.head
    if head.pos_ not in ("VERB", "AUX"):
        return "none"
    verb, lexicon = lemma(head), cues()
    if verb in lexicon.speech:
        return "speech"
    if verb in lexicon.attitude or verb in lexicon.copulas or verb in lexicon.light:
        return "attitude"
    return "deed" if verb in lexicon.deed else "other"
