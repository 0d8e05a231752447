"""Who said or holds what: from the words that show a position, over the parse, to the holder.

Grammar proposes with high recall; a list of filters then drops what only looks like a position: questions, hypotheses,
the author's own reckoning, what one state says of another, addressees and objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.model import Stance
from digest.positions.behalf import spoken_for
from digest.positions.context import NOBODY, Context, Found, Holder, Speaker
from digest.positions.denial import is_denied
from digest.positions.editorial import put_right
from digest.positions.holders import is_of_colleagues, resolve
from digest.positions.joined import alone_in
from digest.positions.lexicon import cues, lemma
from digest.positions.likened import stand_ins
from digest.positions.names import Form
from digest.positions.parsed import SUBJECTS, Parsed
from digest.positions.quoting import before_a_colon, behind_a_dash, beside_quote, continued_quote, quoted_answer
from digest.positions.silence import is_silent, learns_only, says_nothing
from digest.positions.subjects import subject_of
from digest.positions.together import is_courtesy
from digest.positions.told import (
    has_guess,
    is_fancy,
    is_hearsay,
    is_hypothesis,
    is_reckoning,
    object_of_according,
    outer_speaker,
    outer_subject,
    passes_on,
)
from digest.positions.votes import cast as votes_in

if TYPE_CHECKING:
    from spacy.tokens import Token


_FIRST = frozenset(("i", "we", "my", "our"))


def judge(parsed: Parsed, context: Context) -> list[Found]:
    """Every holder of the sentence that `context` has just entered, with its cue."""
    votes = list(_votes(parsed))
    if votes:
        return votes
    if context.in_answer(parsed) and parsed.all_quoted and not context.personal & context.answers:
        return quoted_answer(parsed, context)
    if parsed.all_quoted:
        return continued_quote(parsed, context)
    found: list[Found] = []
    for cue in _cue_tokens(parsed):
        found.extend(_judge(cue, parsed, context))
    found.extend(_according_to(parsed, context))
    found.extend(_on_behalf_of(parsed, found))
    found.extend(_in_the_seat_of(parsed))
    found.extend(_in_the_view_of(parsed, context))
    found.extend(_attitude_nouns(parsed, context))
    found.extend(before_a_colon(parsed, context))
    found.extend(behind_a_dash(parsed, context))
    found.extend(stand_ins(parsed, context, found))
    if not found:
        found.extend(beside_quote(parsed, context))
    right = put_right(parsed.text)
    found = [one for one in found if parsed.tokens[one.cue].idx >= right]
    spoken = _as_speaker(found, context.speaking(parsed)) or list(_first_person(parsed, context))
    return _unique(spoken, parsed)


def _votes(parsed: Parsed) -> Iterator[Found]:
    """Those of a line of a list of votes: "Against: Ghana, Peru"."""
    cast = votes_in(parsed)
    if cast is not None:
        label, words, names = cast
        at = next((token.i for token in parsed.tokens if parsed.text[token.idx :].startswith(words)), 0)
        for code in dict.fromkeys(code for mention in names for code in mention.codes):
            yield Found(Holder(code, None, f"listed under “{words}”"), at, "attitude", Stance(label, words), sure=True)


def _as_speaker(found: list[Found], speaker: Speaker) -> list[Found]:
    """What one who has the word says of the own state is said by him: "Fiji will vote against it"."""
    own = {holder.code: holder for holder in speaker.holders}
    return [replace(one, holder=own.get(one.holder.code, one.holder)) for one in found]


def _first_person(parsed: Parsed, context: Context) -> Iterator[Found]:
    """A sentence in which one who has the word says "I" or "we", whatever its verb: "We are with Paris"."""
    if parsed.is_question or is_of_colleagues(parsed):
        return
    own = next((token for token in parsed.tokens if token.lower_ in _FIRST and not parsed.quoted[token.i]), None)
    if own is not None:
        root = next((token for token in parsed.tokens if token.dep_ == "ROOT"), own)
        yield from (Found(holder, root.i, "quote") for holder in context.speaking(parsed).holders)


def _unique(found: list[Found], parsed: Parsed) -> list[Found]:
    """One entry for each holder: where a person and the bare state both hold it, the person; what it holds now rather
    than what it "had" held."""
    best: dict[str, Found] = {}
    for one in found:
        other = best.get(one.holder.code)
        if other is None or (_is_named(one) and not _is_named(other)) or _is_held_now(one, other, parsed):
            best[one.holder.code] = one
    return list(best.values())


def _is_held_now(one: Found, other: Found, parsed: Parsed) -> bool:
    """Of "Kenya, which had opposed it, now backs it" the latter: what another cue says that "had" been."""
    doc = parsed.doc
    had, has = (any(child.lower_ == "had" for child in doc[each.cue].children) for each in (other, one))
    within = any(above.i == other.cue for above in doc[one.cue].ancestors)
    return had and not has and not within and one.kind != "speech" and _is_named(one) == _is_named(other)


def _is_named(found: Found) -> bool:
    return found.holder.actor is not None and found.holder.actor.name is not None


# --- cues ----------------------------------------------------------------------------------------------------------


def _cue_tokens(parsed: Parsed) -> list[tuple[Token, str]]:
    """Every token that shows a position, and its kind: in quotation marks too ("Ghana “flatly rejects” it")."""
    found = []
    for token in parsed.tokens:
        kind = _kind_of(token)
        if kind:
            found.append((token, kind))
    return found


def _kind_of(token: Token) -> str | None:
    lexicon, verb = cues(), lemma(token)
    if token.pos_ not in ("VERB", "AUX"):
        return None
    if verb in lexicon.copulas and _predicate(token):
        return "attitude"
    if token.dep_ in ("aux", "auxpass", "prep", "amod"):  # "regarding", "a divided council"
        return None
    if verb in lexicon.light and (_light_object(token) or _makes_clear(token, verb)):
        return "attitude"
    if (
        verb in lexicon.attitude
        or (token.lower_ in lexicon.predicate and _is_passive(token))
        or _falls_short(token)
        or _is_phrasal(token)
    ):
        return "attitude"
    if verb in lexicon.speech:
        return "speech"
    return "deed" if verb in lexicon.deed and _is_finite_deed(token) else None


def _is_phrasal(verb: Token) -> bool:
    """ "turned it down", "signed off on it"; not in passing ("Togo, whose request was turned down by Ghana")."""
    subjects = (child for child in verb.children if child.dep_ in SUBJECTS)
    aside = any(one.tag_ in ("WP$", "WDT", "WP") for subject in subjects for one in subject.subtree)
    particles = (child for child in verb.children if child.dep_ in ("prt", "prep", "advmod") and child.i > verb.i)
    named = any(f"{verb.lemma_.lower()} {particle.lower_}" in cues().phrasal for particle in particles)
    return named and not aside and _is_finite_deed(verb)


def _falls_short(verb: Token) -> bool:
    """ "stopped short of endorsing it", "fell short of a veto"."""
    short = (child for child in verb.children if child.dep_ in ("advmod", "acomp") and child.lower_ == "short")
    return any(behind.lower_ == "of" for child in short for behind in child.children)


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ == "auxpass" for child in verb.children)


def _is_finite_deed(verb: Token) -> bool:
    """A deed counts where it is stated, not in passing ("Having launched the war, ...")."""
    return verb.dep_ not in ("advcl", "acl", "relcl", "pcomp", "amod")


def _makes_clear(token: Token, verb: str) -> bool:
    """ "made it clear that", "makes plain"."""
    if verb != "make":
        return False
    return any(child.lower_ in ("clear", "plain", "known", "public") for child in token.children)


def _predicate(copula: Token) -> Token | None:
    """The word behind "be" that shows an attitude, at most two steps down; None when there is none."""
    words = cues().predicate
    for child in copula.children:
        if (
            child.dep_ not in ("acomp", "attr", "prep", "advcl", "ccomp", "xcomp", "advmod", "oprd")
            or child.i < copula.i
        ):
            continue
        if child.lower_ in words:
            return child
        for grandchild in child.subtree:
            if (
                grandchild.lower_ in words
                and grandchild.pos_ in ("ADJ", "VERB", "NOUN")
                and grandchild.i - copula.i < 10
            ):
                return grandchild
    return None


def _light_object(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass", "attr", "oprd", "ccomp", "xcomp"):
            for token in (
                child,
                *child.conjuncts,
                *(one for one in child.children if one.dep_ in ("compound", "prep")),
            ):
                if token.lemma_.lower() in cues().objects or _is_nothing_against(token):
                    return token
    return None


def _is_nothing_against(token: Token) -> bool:
    return token.lower_ == "nothing" and any(child.lower_ == "against" for child in token.children)


# --- from a cue to its holder ---------------------------------------------------------------------------------------


def _judge(cue: tuple[Token, str], parsed: Parsed, context: Context) -> list[Found]:
    verb, kind = cue
    subject, path = subject_of(verb)
    subject = set_against(subject, verb, parsed) if subject is not None else None
    if subject is None or parsed.quoted[subject.i] or (is_hearsay(subject) and not _is_beside(verb, subject.head)):
        return []
    if subject.pos_ == "PRON" and outer_subject(verb) is not None:
        return []  # "said that it backs": the one who says so is found at "said"
    if _is_place(subject, parsed):
        return []
    if context.source.joint and is_courtesy(verb):
        return []
    if verb.dep_ in ("ccomp", "xcomp") and lemma(verb.head) in cues().causative and subject.head.i == verb.i:
        return []  # "refused to let Germany pass on": Germany holds nothing
    if kind == "deed" and any(above.dep_ in ("advcl", "relcl", "acl") for above in path):
        return []  # a deed in passing
    speaker = alone_in(subject, parsed) or resolve(subject, parsed, context)
    if is_hypothesis(verb) or parsed.is_question or is_reckoning(verb, path, context):
        return []
    floor = context.speaking(parsed) if context.is_own_speech(parsed) else NOBODY
    if floor.holders and subject.lower_ not in ("we", "i") and not _is_own_state(speaker, floor):
        return []  # what the one who has the word says of others
    if subject.lower_ == "it" and (verb.pos_ == "AUX" or any(has_guess(above) for above in path)):
        return []
    if says_nothing(verb) or is_silent(verb) or learns_only(verb) or (is_fancy(verb) and outer_subject(verb) is None):
        return []
    outer = outer_speaker(verb, parsed, context)
    if outer.stranger or (outer.holders and not outer.codes & speaker.codes):
        return []
    spoken = {holder.code: holder for holder in outer.holders}  # one member may speak for the group
    pair = bool(spoken) and _is_pair(subject, speaker, parsed)  # of two, the one who says so
    own = [holder for holder in speaker.holders if not pair or holder.code in spoken]
    sure = kind != "speech" and is_denied(verb, parsed)
    return [Found(spoken.get(holder.code, holder), verb.i, kind, sure=sure) for holder in own]


def _is_beside(verb: Token, heard: Token) -> bool:
    """ "had been expected to reject it but accepted it": what is told beside what was expected."""
    return verb.dep_ == "conj" and verb.head.i == heard.i and verb.tag_ in ("VBD", "VBZ", "VBP")


def set_against(subject: Token, verb: Token, parsed: Parsed) -> Token:
    """For "it was not Ghana that objected but Togo" and "it is Togo, not Ghana, that objects" Togo; any other subject
    as it is."""
    if subject.i not in parsed.left_out:
        return subject
    doc = parsed.doc
    but = next((token.i for token in doc[verb.i :] if token.lower_ == "but"), None)
    start = None if but is None else but + 2 if doc[min(but + 1, len(doc) - 1)].lower_ == "the" else but + 1
    if start is not None and start in parsed.mention_of:
        return parsed.tokens_of(parsed.mention_of[start])[-1]
    others = (subject.head, *(child for child in subject.head.children if child.dep_ == "attr"))
    return next((one for one in others if one.i in parsed.mention_of and one.i not in parsed.left_out), subject)


def _is_pair(subject: Token, speaker: Speaker, parsed: Parsed) -> bool:
    """Whether several states are named one by one, "Rome and Paris", and not as a group that one of them speaks for."""
    mention = parsed.mention_of.get(subject.i)
    alone = mention is not None and len(mention.codes) == 1
    return alone and len(speaker.codes) > 1 and "behalf" not in parsed.text


def _is_place(token: Token, parsed: Parsed) -> bool:
    """ "its envoys in Nairobi, who refused": a capital is where they are, and not who refused."""
    mention = parsed.mention_of.get(token.i)
    inside = token.dep_ == "pobj" and token.head.lower_ in ("in", "at", "from", "near", "outside")
    return inside and token.head.dep_ == "prep" and mention is not None and mention.form is Form.CAPITAL


def _is_own_state(speaker: Speaker, floor: Speaker) -> bool:
    """ "Fiji will vote against it" of Fiji's minister: the own state by its name or "my government", no colleague."""
    return speaker.codes <= floor.codes and _names(speaker) <= _names(floor)


def _names(speaker: Speaker) -> set[str]:
    """The family names of a speaker's holders."""
    names = (holder.actor.name for holder in speaker.holders if holder.actor is not None and holder.actor.name)
    return {name.split()[-1].lower() for name in names}


def _according_to(parsed: Parsed, context: Context) -> Iterator[Found]:
    for token in parsed.tokens:
        if token.lower_ != "according" or parsed.quoted[token.i]:
            continue
        source = object_of_according(token)
        if source is None or (parsed.mention_of.get(source.i) and parsed.mention_of[source.i].form is Form.ADJECTIVE):
            continue
        for holder in resolve(source, parsed, context).holders:
            if not passes_on(token, holder.code, parsed):
                yield Found(holder, token.i, "speech")


def _attitude_nouns(parsed: Parsed, context: Context) -> Iterator[Found]:
    """ "Berlin's refusal to ...", "opposition from Ankara"."""
    for token in parsed.tokens:
        if token.lemma_.lower() not in cues().attitude_nouns or parsed.quoted[token.i]:
            continue
        if is_hypothesis(token) or not any(child.dep_ in ("prep", "acl", "relcl", "ccomp") for child in token.children):
            continue
        if token.dep_ == "dobj" and lemma(token.head) in cues().speech | cues().attitude:
            continue  # "Washington is assessing Europe's willingness": the one who assesses holds it
        for child in token.children:
            owner = child if child.dep_ == "poss" else None
            if child.lower_ in ("from", "by") and lemma(token) in cues().from_whom:
                owner = next(child.children, None)
            if owner is not None:
                outer = outer_speaker(token, parsed, context)
                speaker = resolve(owner, parsed, context)
                if not outer.stranger and not outer.holders:
                    yield from (Found(holder, token.i, "attitude") for holder in speaker.holders)


def _on_behalf_of(parsed: Parsed, found: list[Found]) -> list[Found]:
    """ "Ana Lopes (Peru), speaking also on behalf of Chile, said": the one named speaks for that state as well."""
    words, named = spoken_for(parsed)
    if not named or not found:
        return []
    first = found[0]
    return [
        Found(Holder(code, first.holder.actor, f"“{words}”"), first.cue, first.kind)
        for one in named
        for code in one.codes
    ]


def _in_the_view_of(parsed: Parsed, context: Context) -> Iterator[Found]:
    """ "In Peru's view the toll is illegal", "in the eyes of the Chilean minister it is a gift"."""
    for token in parsed.tokens:
        before = token.head
        if token.lower_ not in cues().source_phrases or before.lower_ != "in" or parsed.quoted[token.i]:
            continue
        behind = (one for child in token.children if child.lower_ == "of" for one in child.children)
        owner = next((child for child in token.children if child.dep_ == "poss"), next(behind, None))
        verb = next((above for above in token.ancestors if above.pos_ in ("VERB", "AUX")), None)
        if owner is not None and verb is not None and verb.dep_ == "ROOT" and outer_subject(verb) is None:
            yield from (Found(holder, verb.i, "speech") for holder in resolve(owner, parsed, context).holders)


def _in_the_seat_of(parsed: Parsed) -> Iterator[Found]:
    """ "In the Kremlin it was stated that", "In Kazakhstan consider that": translated from languages that speak so."""
    opening = re.match(r"(?:In|At) (?:the )?", parsed.text)
    first = parsed.mentions[0] if parsed.mentions else None
    if opening is None or first is None or first.start != opening.end() or not first.is_actor_name:
        return
    root = next(token for token in parsed.tokens if token.dep_ == "ROOT")
    subject = next((child for child in root.children if child.dep_ in ("nsubj", "nsubjpass", "expl")), None)
    nobody = subject is None or (subject.lower_ in ("it", "they") and first.form is not Form.NAME)
    if any(child.lower_ in ("is", "was") for child in root.children) and first.form is Form.CAPITAL:
        return  # "In Quito it is said that": talk of the town
    if nobody and lemma(root) in cues().speech | cues().attitude and root.tag_ != "VB":
        for code in first.codes:
            yield Found(Holder(code, None, f"{first.form.value} “{first.text}”"), root.i, "speech")
