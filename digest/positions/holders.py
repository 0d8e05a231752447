"""Which state or organisation stands behind a noun phrase: a name, an office, a person, a pronoun, a list."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from digest.model import Actor
from digest.positions.bare import (
    first_subject_state,
    from_surroundings,
    is_organisation,
    is_told_by,
    place_beside,
)
from digest.positions.context import GUESSES, NOBODY, STRANGER, Context, Holder, Speaker, phrase_at
from digest.positions.joined import both_of, conjuncts_of, listed_after, of_pair, pair_meant
from digest.positions.lexicon import cues, lemma, titles, wording
from digest.positions.names import Form, Mention
from digest.positions.parsed import SUBJECTS, Parsed
from digest.positions.people import Person
from digest.positions.titled import ActorPhrase

if TYPE_CHECKING:
    from spacy.tokens import Token


def resolve(token: Token, parsed: Parsed, context: Context) -> Speaker:
    """The holders behind the noun phrase whose head is `token`, coordinated ones included."""
    if token.lower_ in ("both", "neither", "each") and token.dep_ in SUBJECTS:
        return pair_meant(token, context)
    if token.pos_ == "PRON":
        return _pronoun(token, parsed, context)
    if token.lower_ in ("latter", "former") and any(child.lower_ == "the" for child in token.children):
        return of_pair(token, parsed, context)
    listed = listed_after(token, parsed)
    if listed is not None:
        return listed
    together = both_of(token, parsed, context)
    if together is not None:
        return together
    speakers = [_single(one, parsed, context) for one in [token, *conjuncts_of(token, parsed)]]
    holders = [holder for speaker in speakers for holder in speaker.holders]
    if holders:
        unique = {(holder.code, holder.actor): holder for holder in holders}
        return Speaker(tuple(unique.values()))
    return STRANGER if any(speaker.stranger for speaker in speakers) else NOBODY


def _pronoun(token: Token, parsed: Parsed, context: Context) -> Speaker:
    word = token.lower_
    if word in ("he", "she"):
        return _person_before(token, parsed, context) or context.last_person
    if word == "it" and token.dep_ in ("nsubj", "nsubjpass"):
        return _state_before(token, parsed) or context.of_pronoun(word, parsed)
    if word in ("they", "it", "we", "i"):
        return context.of_pronoun(word, parsed)
    listed = listed_after(token, parsed)
    return listed if listed is not None else NOBODY


def _state_before(token: Token, parsed: Parsed) -> Speaker | None:
    """The state or organisation that is a subject earlier in the sentence: "Peru is torn: it owns the boats"."""
    for other in reversed(parsed.tokens[: token.i]):
        if other.dep_ not in ("nsubj", "nsubjpass") or parsed.quoted[other.i]:
            continue
        mention = parsed.mention_of.get(other.i)
        if mention is not None and mention.is_actor_name:
            return mention_speaker(mention)
    first = parsed.mentions[0] if parsed.mentions else None
    if (
        first is not None
        and first.is_actor_name
        and re.fullmatch(r"(?:In|At|With) (?:the )?", parsed.text[: first.start])
    ):
        owners = (other for other in parsed.tokens_of(first) if other.dep_ == "poss" and other.i < token.i)
        return next((mention_speaker(first) for _ in owners), None)  # "In Peru's speech it"
    return None


def _person_before(token: Token, parsed: Parsed, context: Context) -> Speaker | None:
    """The person who is the subject of an earlier clause of the same sentence; None when there is none."""
    for other in reversed(parsed.tokens[: token.i]):
        if other.dep_ in ("nsubj", "nsubjpass") and not parsed.quoted[other.i]:
            phrase, speaker = phrase_at(other, parsed, context), _single(other, parsed, context)
            office = phrase is not None and phrase.kind == "person"
            if speaker.stranger or office or any(holder.actor and holder.actor.name for holder in speaker.holders):
                return speaker
    return None


def _single(token: Token, parsed: Parsed, context: Context) -> Speaker:
    if token.i in parsed.left_out:
        return NOBODY
    phrase = phrase_at(token, parsed, context)
    if phrase is not None:
        return speaker_of_phrase(phrase, parsed, context)
    mention = parsed.mention_of.get(token.i)
    if mention is not None:
        return _named(mention, token)
    owner = next(token.children, None)
    if token.lower_ in cues().stances and owner is not None:
        return _single(owner, parsed, context)
    if token.pos_ == "PROPN":
        person = context.people.find(full_name(token))
        return person_speaker(person) if person else STRANGER
    return NOBODY


def is_people(mention: Mention, token: Token) -> bool:
    """ "Norwegians want it": the people, and not their state; "the Norwegians" may be the state."""
    alone = not any(child.dep_ in ("det", "poss", "nummod", "amod") for child in token.children)
    return mention.form is Form.ADJECTIVE and token.tag_ in ("NNS", "NNPS") and alone


def _named(mention: Mention, token: Token) -> Speaker:
    """A state's or organisation's own name as the head of the phrase."""
    if not mention.codes:
        return STRANGER
    if mention.form is Form.ADJECTIVE and not mention.text.endswith("s"):  # "the Norwegians", "the Swiss"
        return NOBODY
    if is_people(mention, token):
        return STRANGER
    return mention_speaker(mention)


def mention_speaker(mention: Mention) -> Speaker:
    """The holders that a name or an adjective names, whatever part it has in the sentence."""
    actor = None
    if mention.form in (Form.SEAT, Form.BODY):
        actor = Actor(None, f"the {mention.text}")
    how = f"{mention.form.value} “{mention.text}”"
    return Speaker(tuple(Holder(code, actor, how) for code in mention.codes))


def speaker_of_phrase(phrase: ActorPhrase, parsed: Parsed, context: Context) -> Speaker:
    """The holders of an office: those of its phrase, else of the person, else of its clause or paragraph."""
    known = context.people.find(phrase.name) if phrase.name else None
    if phrase.kind == "none" or (known and not known.speaks):
        return STRANGER
    if _is_label(phrase, parsed, context):
        return context.floor or STRANGER
    name = (known.shown or known.name) if known else phrase.name
    codes, how = phrase.codes, f"“{phrase.role}”"
    own = _of_the_speaker(phrase, parsed, context)
    if own is not None:
        return own
    owner = owner_by_pronoun(phrase, parsed, context)
    if owner is not None:
        codes, how = owner, f"“{phrase.role}” {GUESSES[8]}"
        if not codes:
            return STRANGER
    if not codes and known:
        codes, how = known.codes, known.how or f"“{known.role}” earlier in the document"
    if not codes and (serves_meeting(phrase, parsed, context) or (phrase.kind == "body" and _is_any(phrase, parsed))):
        return STRANGER
    if not codes:
        named = _antecedent(phrase, parsed, context)
        if named is not None:
            return named
        codes, how = _of_organisation(phrase, context) or from_surroundings(phrase, parsed, context)
        codes = () if is_of_whom_it_met(codes, parsed.tokens[phrase.head], context) else codes
        codes = context.issuer if _cannot_have(codes, phrase, parsed) else codes
        context.people.settle(phrase, codes)
    if not codes:
        return STRANGER
    if phrase.kind == "body" and _is_bare_state(phrase, parsed):
        return Speaker(tuple(Holder(code, None, how) for code in codes))
    actor = Actor(name, phrase.role)
    return Speaker(tuple(Holder(code, actor, how) for code in codes))


def _is_label(phrase: ActorPhrase, parsed: Parsed, context: Context) -> bool:
    """Whether an office stands in the name with a colon that gives the word: "Spokesperson: They agreed"."""
    label = context.turn.label
    return bool(parsed.tokens[phrase.head].idx < parsed.text.find(label) + len(label))


# Offices that organisations have and no state has: not "the navy secretary general", "the drugs commissioner".
_ORGANISATIONS = re.compile(
    r"(?:the |deputy |assistant |outgoing )*(?:(?:under-)?secretary.general|executive secretary|high representative|"
    r"(?:(?:trade|economy|energy|transport|environment|agriculture|fisheries|climate|health|budget|enlargement|justice|"
    r"migration|digital|industry|competition|home affairs) )?commissioner)(?: for .*)?",
    re.IGNORECASE,
)


def is_of_organisations(phrase: ActorPhrase) -> bool:
    """Whether only organisations have such an office, so that it is no state's."""
    office = _office_of(phrase)
    return _ORGANISATIONS.fullmatch(office) is not None or any(name in office for name in titles().only)


def _office_of(phrase: ActorPhrase) -> str:
    """The role in small letters; the parser cuts "Under-Secretary-General" at its first hyphen."""
    office = phrase.role.lower()
    return f"under{office}" if office.startswith("-secretary") else office


def _of_organisation(phrase: ActorPhrase, context: Context) -> tuple[tuple[str, ...], str] | None:
    """The organisation of a secretary-general or a commissioner without one, and how it was found: that of which the
    document speaks most, else the one that mostly has such an office, where the document names it; the one that
    alone has it. None for others."""
    if not is_of_organisations(phrase):
        return None
    office = _office_of(phrase)
    only = next((code for name, code in titles().only.items() if name in office), None)
    if only and ("under-" in office or context.organisation in (None, only)):
        return (only,), f"“{phrase.role}”, an office of no other"
    often = next((code for name, code in titles().often.items() if name in office), None)
    most = context.organisation if "under-" not in office else None
    if most is None or (most == "EU" and often != "EU"):
        most = often if often in context.voices.named else None
    return (most,) if most else (), f"“{phrase.role}” of the organisation that the document names"


def _of_the_speaker(phrase: ActorPhrase, parsed: Parsed, context: Context) -> Speaker | None:
    """ "my government", "our delegation": whoever has the word; "your government": nobody. None without such a word."""
    words = {token.lower_ for token in parsed.tokens[max(0, phrase.start - 1) : phrase.head] if token.tag_ == "PRP$"}
    if phrase.codes or not words & _MINE:
        return STRANGER if "your" in words else None
    head, speaker = parsed.tokens[phrase.head].lower_, context.first_person(parsed)
    if head in titles().colleagues:
        return STRANGER  # what is said of "my colleague in Lima" is the speaker's word
    if not speaker.holders:
        return STRANGER if head in titles().abroad else None
    if head in titles().abroad:
        actor = Actor(None, phrase.role)
        return Speaker(tuple(Holder(code, actor, f"“{phrase.role}” of the speaker") for code in sorted(speaker.codes)))
    return speaker if head in titles().own_bodies else STRANGER


def is_of_colleagues(parsed: Parsed) -> bool:
    """ "My colleague in Lima supports it": the sentence tells what another thinks, whoever says it."""
    first = next((token for token in parsed.tokens if token.dep_ in ("nsubj", "nsubjpass")), None)
    if (
        first is None
        or first.lower_ not in titles().colleagues
        or not any(one.lower_ in _MINE for one in first.children)
    ):
        return False
    if lemma(first.head) not in cues().speech | cues().attitude:
        return False
    return any(one.i in parsed.mention_of for one in first.subtree)  # "my colleagues in the cabinet" are one's own


_MINE = frozenset(("my", "our"))


def serves_meeting(phrase: ActorPhrase, parsed: Parsed, context: Context) -> bool:
    """ "The Secretary replied" in the record of a meeting: whoever serves the meeting is no state's."""
    head = parsed.tokens[phrase.head].lower_
    return context.is_record and not phrase.codes and head in titles().servants


def _is_any(phrase: ActorPhrase, parsed: Parsed) -> bool:
    """ "a government led by her party", "any ministry": none that is there."""
    before = {token.lower_ for token in parsed.tokens[max(0, phrase.start - 1) : phrase.start + 1]}
    return bool(before & {"a", "an", "any", "no", "every", "another", "other", "each", "some"})


def owner_by_pronoun(phrase: ActorPhrase, parsed: Parsed, context: Context) -> tuple[str, ...] | None:
    """ "its Swiss president", "whose ambassador": the owner's codes, () when it is no holder; None without such."""
    inside = (
        parsed.tokens[phrase.start].tag_ == "PRP$"
    )  # "its envoy, Ana Lopez": a phrase with a name may begin with it
    word = parsed.tokens[phrase.start if inside else max(0, phrase.start - 1)]
    if word.lower_ == "whose":
        clause = next((token for token in word.ancestors if token.dep_ == "relcl"), None)
        return tuple(sorted(resolve(clause.head, parsed, context).codes)) if clause is not None else ()
    if parsed.tokens[phrase.head].lower_ in titles().colleagues and word.lower_ in ("his", "her", "its", "their"):
        return place_beside(parsed, phrase) if not phrase.codes and not phrase.name else None
    if word.lower_ in ("his", "her") and not phrase.codes and not phrase.name:
        person = _person_before(word, parsed, context) or context.last_person
        return tuple(sorted(person.codes))
    if word.lower_ not in ("its", "their"):
        return None
    if phrase.codes:  # an adjective behind "its" tells where the person is from, not whom he speaks for
        return ()
    of_state = parsed.tokens[phrase.head].lower_ in titles().of_states
    subject = first_subject_state(parsed, phrase, context)
    if subject:
        return subject
    earlier = [m for m in parsed.mentions if m.end <= word.idx and m.is_actor_name and is_told_by(m, word, parsed)]
    if of_state:
        earlier = [mention for mention in earlier if not is_organisation(mention.codes)]
    if earlier:
        return earlier[-1].codes
    return () if _has_other_subject(word, parsed, context) else tuple(sorted(context.last_body.codes))


def _has_other_subject(word: Token, parsed: Parsed, context: Context) -> bool:
    """ "The Coast refused, its agency reported": "its" goes back to a name of which nothing is known."""
    return any(
        token.dep_ == "nsubj" and token.pos_ == "PROPN" and token.i not in parsed.mention_of
        for token in parsed.tokens[: word.i]
    )


def _cannot_have(codes: tuple[str, ...], phrase: ActorPhrase, parsed: Parsed) -> bool:
    return parsed.tokens[phrase.head].lower_ in titles().of_states and is_organisation(codes)


def _is_bare_state(phrase: ActorPhrase, parsed: Parsed) -> bool:
    return parsed.tokens[phrase.head].lower_ in wording("holders.bare_state")


def _antecedent(phrase: ActorPhrase, parsed: Parsed, context: Context) -> Speaker | None:
    """ "the minister", "the French leader", "Trump's team": a person named elsewhere; None when there is none."""
    head = parsed.tokens[phrase.head]
    for token in parsed.tokens[phrase.start : phrase.head if phrase.name is None else phrase.start]:
        owner = context.people.find(token.text)
        if owner and owner.codes:
            return Speaker(tuple(Holder(code, Actor(None, phrase.role), f"“{owner.name}”") for code in owner.codes))
        if owner and not owner.speaks:
            return STRANGER
    definite = any(token.lower_ in ("the", "his", "her") for token in _before(parsed, phrase))
    if phrase.name is None and definite and phrase.kind == "person":
        resumed = _resumed(phrase, parsed, context)
        if resumed is not None:
            return resumed
        last = context.last_person.holders
        if last and last[0].actor and head.lower_ in (last[0].actor.role or "").lower().split():
            return context.last_person
        person = context.people.with_role(head.text)
        if person:
            return person_speaker(person)
    return None


def _resumed(phrase: ActorPhrase, parsed: Parsed, context: Context) -> Speaker | None:
    """ "Togo's president received Kenya's ambassador. The ambassador ...": the one office of that name in the sentence
    before; None where it names none, or such of several states."""
    if parsed.sentence.paragraph != context.last_paragraph or phrase.codes:
        return None
    bare = re.sub(r"^(?:the|his|her) ", "", phrase.role.lower())
    same = [one for one in context.offices if re.search(rf"(?:^|\W){re.escape(bare)}$", one.role.lower())]
    if not same or len({one.codes for one in same}) != 1 or any(one.kind != "person" for one in same):
        return None
    how = f"“{same[-1].role}” in the sentence before"
    return Speaker(tuple(Holder(code, Actor(same[-1].name, same[-1].role), how) for code in same[-1].codes))


def is_of_whom_it_met(codes: Collection[str], office: Token, context: Context) -> bool:
    """Whether an office without a state would be given to one whose minister it met."""
    return bool(context.met.get(office.lower_, frozenset()) & set(codes))


def _before(parsed: Parsed, phrase: ActorPhrase) -> list[Token]:
    return list(parsed.tokens[max(0, phrase.start - 1) : phrase.head])


def full_name(token: Token) -> str:
    """A name with the names that stand before it: "Ana Rey" for "Rey"."""
    parts = [child for child in token.children if child.dep_ == "compound"]
    return " ".join([*(part.text for part in parts), token.text])


def person_speaker(person: Person) -> Speaker:
    """The holders that a known person speaks for."""
    if not person.codes:
        return STRANGER
    actor = Actor(person.shown or person.name, person.role)
    return Speaker(tuple(Holder(code, actor, person.told) for code in person.codes))
