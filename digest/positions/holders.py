"""Which state or organisation stands behind a noun phrase: a name, an office, a person, a pronoun, a list."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.model import Actor, HolderKind
from digest.positions.issuing import UNKNOWN, Issuer
from digest.positions.lexicon import cues, lemma, titles
from digest.positions.names import Form, Mention, holder_kind
from digest.positions.parsed import Parsed, run_of_names
from digest.positions.people import ActorPhrase, People, Person
from digest.positions.together import GENERIC, counts, meant_parties

if TYPE_CHECKING:
    from spacy.tokens import Token


GUESSES = (
    "the place where the sentence is set",
    "the state that issued the document",
    "the state that the sentence is about",
    "the state that spoke just before in the paragraph",
    "the only state named in the sentence",
    "the state that the sentence before spoke of",
    "the state that the document speaks of most",
    "the state that the text spoke of just before",
    "of the one named before",
)
"""How a bare office came to its state, in the words of `Holder.how`: the surer ways first."""


@dataclass(frozen=True, slots=True)
class Holder:
    """One holder of a position, the person or body that speaks for it, and how it was found, in words."""

    code: str
    actor: Actor | None
    how: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """What a noun phrase stands for: holders; or somebody who speaks for no state (`stranger`); or nothing known."""

    holders: tuple[Holder, ...] = ()
    stranger: bool = False

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all holders."""
        return frozenset(holder.code for holder in self.holders)


NOBODY = Speaker()
STRANGER = Speaker(stranger=True)


@dataclass(slots=True)
class Voices:
    """Who was heard last, for the proposer alone: taken from every candidate that could speak, judged or not.

    `last` and the paragraph where it was heard; `person` the last one with a name or an office; `labelled` whether a
    name with a colon gave it the word; `state` what the sentence before named last, `turned` the
    only state that it named; `signers` those who sign a text; `named` whom the document names, `first` before all
    others.
    """

    last: Speaker = NOBODY
    person: Speaker = NOBODY
    paragraph: int = -9
    labelled: bool = False
    state: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()
    signers: Speaker = NOBODY
    named: frozenset[str] = frozenset()
    first: tuple[str, ...] = ()


@dataclass(slots=True)
class Turn:
    """Where a document stands that gives the word by its form, for `floor` alone: whether it is a transcript, whether
    states speak in it under their bare names, who has the word, whether to ask, and in which paragraph. `answers` is
    the one name with a colon in a briefing that answers, "" where there are several; `carried` who had the word last;
    `label` the name with a colon that the sentence begins with; `told` whether what it says of states is the mere word
    of one who speaks for none; `asked` the paragraph of the last question. `tells` says that under the names of states
    it is told what they hold, and not said by them; `section` is whose name the text then stands under, `sections` the
    same by paragraphs, where the name is a heading."""

    transcript: bool = False
    states: bool = False
    speaker: Speaker | None = None
    asks: bool = False
    paragraph: int = -1
    answers: str = ""
    carried: Speaker = NOBODY
    label: str = ""
    told: bool = False
    asked: int = -9
    tells: bool = False
    section: Speaker = NOBODY
    sections: Mapping[int, Speaker] = field(default_factory=dict)


@dataclass(slots=True)
class Context:
    """What the document has said so far: who spoke last, and whom pronouns and bare nouns can mean."""

    people: People
    phrases: dict[int, list[ActorPhrase]]
    last_person: Speaker = NOBODY
    last_name: str = ""
    last_group: Speaker = NOBODY
    last_body: Speaker = NOBODY
    last_speaker: Speaker = NOBODY
    paragraph: int = -1
    sentence_holders: list[Holder] = field(default_factory=list)
    issuer: tuple[str, ...] = ()
    source: Issuer = UNKNOWN
    answers: frozenset[int] = frozenset()
    perhaps_answers: frozenset[int] = frozenset()
    interviewee: Speaker = NOBODY
    home: tuple[str, ...] = ()
    organisation: str | None = None
    last_state: tuple[str, ...] = ()
    speaker_paragraph: int = -1
    number: int = 0
    state_at: int = -9
    last_text: str = ""
    last_paragraph: int = -1
    quotes: bool = False
    open_in: int = -1
    is_record: bool = False
    is_official: bool = False
    is_private: bool = False
    personal: frozenset[int] = frozenset()
    voices: Voices = field(default_factory=Voices)
    questions: frozenset[int] = frozenset()
    labels: Mapping[int, str] = field(default_factory=dict)
    turn: Turn = field(default_factory=Turn)
    floor: Speaker | None = None
    heard: Speaker = NOBODY
    talks: bool = False
    pair: tuple[Mention, ...] = ()
    met: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def enter(self, parsed: Parsed) -> None:
        """Begin a sentence: a new paragraph forgets whom the bare nouns of the last one meant."""
        self.number += 1
        if parsed.sentence.paragraph != self.paragraph:
            self.paragraph = parsed.sentence.paragraph
            self.sentence_holders = []

    def leave(self, parsed: Parsed) -> None:
        """End a sentence."""
        self.pair = pair_of(parsed)
        self.last_text = parsed.doc.text.rstrip()
        self.last_paragraph = parsed.sentence.paragraph
        self.open_in = parsed.sentence.paragraph if parsed.left_open else -1

    def in_answer(self, parsed: Parsed) -> bool:
        """Whether the sentence stands in the answer of an interview."""
        if self.floor is not None and self.floor.stranger:
            return False
        return parsed.sentence.paragraph in self.answers

    def speaking(self, parsed: Parsed) -> Speaker:
        """Who has the word by the form of the document, an answer or a signed text; `NOBODY` where it does not tell,
        `STRANGER` where it is somebody who speaks for no state."""
        if self.floor is not None:
            return self.floor
        return self.interviewee if self.in_answer(parsed) else NOBODY

    def is_own_speech(self, parsed: Parsed) -> bool:
        """Whether all that a sentence says of states is said by the one who has the word."""
        has_floor = self.floor is not None and self.floor.holders != ()
        return self.in_answer(parsed) or (self.turn.transcript and has_floor)

    def first_person(self, parsed: Parsed) -> Speaker:
        """Who "we" and "I" are outside quotation marks: who has the word, or who issued the document."""
        if self.floor is not None:
            return self.floor
        if is_editorial(parsed.doc.text):
            return NOBODY
        if self.source.parties:
            return self.parties("the joint paper speaks for its parties")
        if len(self.issuer) == 1 and self.is_official:
            return Speaker((Holder(self.issuer[0], None, "the document speaks for its issuer"),))
        return NOBODY

    def parties(self, how: str) -> Speaker:
        """All the parties of a joint paper."""
        return Speaker(tuple(Holder(code, None, how) for code in self.source.parties))

    def of_pronoun(self, word: str, parsed: Parsed) -> Speaker:
        """Whom a personal pronoun (in its first form: "it", not "its") means by the sentences before."""
        if word in ("he", "she"):
            return self.last_person
        if word == "they":
            return self.last_group
        if word == "it":
            return self.last_body
        return self.first_person(parsed)

    def quote_may_continue(self, parsed: Parsed) -> bool:
        """Whether a sentence that is all quotation goes on from the last speaker: in the speaker's own paragraph, or
        right behind it where a person was just quoted or announced by a colon."""
        if parsed.sentence.paragraph == self.speaker_paragraph:
            return True
        if self.open_in >= 0:
            return self.speaker_paragraph == self.open_in
        if parsed.sentence.paragraph - self.speaker_paragraph > 1 and self.last_paragraph != self.speaker_paragraph:
            return False
        named = any(holder.actor and holder.actor.name for holder in self.last_speaker.holders)
        return self.last_text.endswith((":", "：")) or (named and self.quotes)

    def turn_to(self, speaker: Speaker) -> None:
        """Begin what a text says of one state under its name with a colon: "it", "the government" and a bare office
        are that state's, and nobody who was heard before goes on speaking."""
        self.last_person = self.last_group = NOBODY
        self.last_name = ""
        self.voices.last = self.voices.person = NOBODY
        self.voices.turned = ()
        self.spoke(speaker, plural=False, person=False)

    def goes_on(self, speaker: Speaker) -> None:
        """Remember that "he" or "she" was quoted: the quotation may go on in the next paragraph."""
        self.last_speaker, self.speaker_paragraph, self.quotes = speaker, self.paragraph, True

    def spoke(self, speaker: Speaker, *, plural: bool, person: bool) -> None:
        """Remember the subject of a sentence."""
        self.last_speaker = speaker
        self.speaker_paragraph = self.paragraph
        if plural:
            self.last_group = speaker
        elif person:
            self.last_person = speaker
        if speaker.stranger:
            self.last_body = NOBODY  # "it" and "its" now mean somebody who speaks for no state
        if speaker.holders:
            self.last_body = speaker if not person else self.last_body
            self.sentence_holders = list(speaker.holders)
            if len(speaker.codes) == 1 and holder_kind(speaker.holders[0].code) is HolderKind.COUNTRY:
                self.last_state, self.state_at = (speaker.holders[0].code,), self.number


_EDITORIAL = re.compile(
    r"\b(?:we (?:wrote|reported|published|misspelt|misstated|printed)|told us (?:that|in)|this newspaper|"
    r"our (?:report|correspondent|readers|newspaper|article|story))\b",
    re.IGNORECASE,
)
_WRITTEN = r"(?:article|story|report|headline|dispatch|post|item)"
_TOLD_BEFORE = r"(?:wrote|reported|said|stated|claimed|gave|misstated)"
_WRONGLY = r"(?:originally|wrongly|incorrectly|mistakenly|erroneously)"
_CORRECTION = re.compile(
    rf"\b(?:earlier|previous|original) (?:version|edition) of (?:(?:this|our)\b|the {_WRITTEN}\b)|"
    r"\bin (?:our |the )?(?:last|yesterday|earlier|previous)\b.{0,40}\bwe (?:wrote|reported|said)\b|"
    rf"\bwe {_WRONGLY} (?:wrote|reported|said|stated)\b|"
    r"^\W*(?:correction\W+)?(?:(?:an?|the|our) (?:earlier|previous|original) (?:version|edition) (?:had |has )?"
    rf"(?:{_WRONGLY} )?{_TOLD_BEFORE}|(?:because|as a result) of an? (?:editing|editorial) error|"
    rf"(?:(?:the|this|our|an|a) {_WRITTEN}|it) (?:had |has )?{_WRONGLY} {_TOLD_BEFORE})\b|"
    rf"^\W*correction\b\W.{{0,80}}\b(?:{_WRITTEN}|version)\b.{{0,40}}\b{_TOLD_BEFORE}\b",
    re.IGNORECASE,
)


def is_correction(text: str) -> bool:
    """Whether a paper takes back what it had printed: "In last week's issue we wrote that ..."."""
    return _CORRECTION.search(text) is not None


_OF_THE_PAPER = re.compile(
    r"\b(?:our (?:correspondent|reporter|readers|editors?|newspaper|magazine)|"
    r"(?:interview|conversation|transcript|talk) (?:was|has been) "
    r"(?:shortened|edited|condensed|translated|conducted))\b",
    re.IGNORECASE,
)


def is_of_the_paper(text: str) -> bool:
    """Whether a sentence among those of an interview is the paper's own: "Our correspondent spoke with her in May"."""
    return _OF_THE_PAPER.search(text) is not None


def is_editorial(text: str) -> bool:
    """Whether "we" is the paper itself: "In last week's issue we wrote"."""
    return _EDITORIAL.search(text) is not None


_LIST_WORDS = re.compile(r",?\s*(?:including|such as|like|among them|namely|notably|especially)\s+", re.I)
_ALL = frozenset(("both", "two", "three", "four"))


def resolve(token: Token, parsed: Parsed, context: Context) -> Speaker:
    """The holders behind the noun phrase whose head is `token`, coordinated ones included."""
    if token.pos_ == "PRON":
        return _pronoun(token, parsed, context)
    if token.lower_ in ("latter", "former") and any(child.lower_ == "the" for child in token.children):
        return _of_pair(token, parsed, context)
    listed = _listed_after(token, parsed)
    if listed is not None:
        return listed
    together = _both(token, parsed, context)
    if together is not None:
        return together
    speakers = [_single(one, parsed, context) for one in [token, *_conjuncts(token, parsed)]]
    holders = [holder for speaker in speakers for holder in speaker.holders]
    if holders:
        unique = {(holder.code, holder.actor): holder for holder in holders}
        return Speaker(tuple(unique.values()))
    return STRANGER if any(speaker.stranger for speaker in speakers) else NOBODY


def _of_pair(token: Token, parsed: Parsed, context: Context) -> Speaker:
    """ "the latter", "the former": of the two states that this sentence or the one before names; nobody where it names
    one or three."""
    before = pair_of(parsed, token.idx) or context.pair
    if len(before) != 2:
        return NOBODY
    mention = before[1 if token.lower_ == "latter" else 0]
    return Speaker(tuple(Holder(code, None, f"“the {token.lower_}”, {mention.text}") for code in mention.codes))


def pair_of(parsed: Parsed, end: int | None = None) -> tuple[Mention, ...]:
    """The two states that a sentence names, up to a character; () where it names none, one or more."""
    named = [one for one in parsed.mentions if one.codes and (end is None or one.end <= end)]
    first = {one.codes: one for one in reversed(named)}
    return tuple(sorted(first.values(), key=lambda one: one.start)) if len(first) == 2 else ()


def _conjuncts(token: Token, parsed: Parsed) -> list[Token]:
    """What the parse joins to the head by "and", and states in a list right behind it that the parse lost."""
    joined = [other for other in token.conjuncts if other.i > token.i]
    mention = parsed.mention_of.get(token.i)
    run = run_of_names(parsed, mention) if mention is not None else []
    return joined + [parsed.tokens_of(one)[-1] for one in (*run[1:], *_named_beside(parsed, mention))]


_WITH = r"(?:in addition to|along with|together with|alongside|as well as)"
_WITH_BEFORE = re.compile(rf"(?:^|[,;“\"]\s?)(?:{_WITH}|besides) (?:the )?$", re.IGNORECASE)
_WITH_BEHIND = re.compile(rf",? {_WITH} (?:the )?", re.IGNORECASE)


def _named_beside(parsed: Parsed, subject: Mention | None) -> list[Mention]:
    """Who does what the subject does, by no "and": "In addition to Kenya, Chad", "Chad, along with Kenya"."""
    if subject is None:
        return []
    text, names = parsed.doc.text, [one for one in parsed.mentions if one.is_actor_name]
    for one in names:
        between = text[one.end : subject.start]
        if (
            one.end <= subject.start
            and re.fullmatch(r", (?:the )?", between)
            and _WITH_BEFORE.search(text[: one.start])
        ):
            return [one]
        behind = text[subject.end : one.start] if one.start > subject.end else ""
        if behind and _WITH_BEHIND.fullmatch(behind) and re.match(r",? [a-z]", text[one.end :]):
            return [one]
    return []


def _listed_after(token: Token, parsed: Parsed) -> Speaker | None:
    """ "most European countries, including Germany and Poland": the members named; None without such a list."""
    text = parsed.doc.text
    end = max(token.idx + len(token.text), *(m.end for m in parsed.mentions if m.start <= token.idx < m.end), 0)
    match = _LIST_WORDS.match(text, end)
    own = parsed.mention_of.get(token.i)
    if not match or (own is not None and own.form in (Form.NAME, Form.CAPITAL, Form.SEAT)):
        return None  # "Ghana, like Togo,": no list of members
    first = next((m for m in parsed.mentions if 0 <= m.start - match.end() <= 4 and m.is_actor_name), None)
    if first is None:
        return None
    run = run_of_names(parsed, first)
    return Speaker(
        tuple(Holder(code, None, f"named as one of “{token.text}”") for mention in run for code in mention.codes)
    )


def _both(token: Token, parsed: Parsed, context: Context) -> Speaker | None:
    """ "both countries", "the two sides", "the three powers": the states named together before; None otherwise."""
    words = {child.lower_ for child in token.children}
    if token.lower_ not in GENERIC or not (_ALL & words):
        meant = meant_parties(token, parsed, context.source.parties)
        how = f"“{token.text}” of the joint paper"
        return Speaker(tuple(Holder(code, None, how) for code in meant)) if meant else None
    text = parsed.doc.text
    before = [mention for mention in parsed.mentions if mention.end <= token.idx]
    for first, second in pairwise(before):
        if re.fullmatch(r"\s*(?:and|, and|with)\s+(?:the\s+)?", text[first.end : second.start]):
            return Speaker(tuple(Holder(code, None, f"“{token.text}”") for m in (first, second) for code in m.codes))
    if counts(words, len(context.issuer)):
        return Speaker(tuple(Holder(code, None, f"“{token.text}” of the document") for code in context.issuer))
    return NOBODY


def _pronoun(token: Token, parsed: Parsed, context: Context) -> Speaker:
    word = token.lower_
    if word in ("he", "she"):
        return _person_before(token, parsed, context) or context.last_person
    if word == "it" and token.dep_ in ("nsubj", "nsubjpass"):
        return _state_before(token, parsed) or context.of_pronoun(word, parsed)
    if word in ("they", "it", "we", "i"):
        return context.of_pronoun(word, parsed)
    listed = _listed_after(token, parsed)
    return listed if listed is not None else NOBODY


def _state_before(token: Token, parsed: Parsed) -> Speaker | None:
    """The state or organisation that is a subject earlier in the sentence: "Peru is torn: it owns the boats"."""
    for other in reversed(parsed.doc[: token.i]):
        if other.dep_ not in ("nsubj", "nsubjpass") or parsed.quoted[other.i]:
            continue
        mention = parsed.mention_of.get(other.i)
        if mention is not None and mention.is_actor_name:
            return mention_speaker(mention)
    return None


def _person_before(token: Token, parsed: Parsed, context: Context) -> Speaker | None:
    """The person who is the subject of an earlier clause of the same sentence; None when there is none."""
    for other in reversed(parsed.doc[: token.i]):
        if other.dep_ in ("nsubj", "nsubjpass") and not parsed.quoted[other.i]:
            phrase, speaker = _phrase_at(other, parsed, context), _single(other, parsed, context)
            office = phrase is not None and phrase.kind == "person"
            if speaker.stranger or office or any(holder.actor and holder.actor.name for holder in speaker.holders):
                return speaker
    return None


STANCE_NOUNS = frozenset(
    (
        "position",
        "stance",
        "view",
        "policy",
        "line",
        "answer",
        "response",
        "attitude",
        "approach",
        "opinion",
        "reaction",
        "verdict",
        "goal",
        "aim",
        "priority",
        "preference",
        "message",
    )
)
"""Nouns of which "Peru's" makes a position."""


def _single(token: Token, parsed: Parsed, context: Context) -> Speaker:
    if token.i in parsed.left_out:
        return NOBODY
    phrase = _phrase_at(token, parsed, context)
    if phrase is not None:
        return speaker_of_phrase(phrase, parsed, context)
    mention = parsed.mention_of.get(token.i)
    if mention is not None:
        return _named(mention, token)
    owner = next(token.children, None)
    if token.lower_ in STANCE_NOUNS and owner is not None:
        return _single(owner, parsed, context)
    if token.pos_ == "PROPN":
        person = context.people.find(full_name(token))
        return person_speaker(person) if person else STRANGER
    return NOBODY


def _phrase_at(token: Token, parsed: Parsed, context: Context) -> ActorPhrase | None:
    for phrase in context.phrases.get(id(parsed), []):
        if phrase.start <= token.i < phrase.end:
            return phrase
    return None


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
    name = known.name if known else phrase.name
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
        codes, how = known.codes, f"“{known.role}” earlier in the document"
    if not codes and (serves_meeting(phrase, parsed, context) or (phrase.kind == "body" and _is_any(phrase, parsed))):
        return STRANGER
    if not codes:
        named = _antecedent(phrase, parsed, context)
        if named is not None:
            return named
        codes, how = _of_organisation(phrase, context) or _from_surroundings(phrase, parsed, context)
        codes = () if is_of_whom_it_met(codes, parsed.doc[phrase.head], context) else codes
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
    return bool(parsed.doc[phrase.head].idx < parsed.doc.text.find(label) + len(label))


# Offices that organisations have and no state has: not "the navy secretary general", "the drugs commissioner".
_ORGANISATIONS = re.compile(
    r"(?:the |deputy |assistant |outgoing )*(?:(?:under-)?secretary.general|executive secretary|high representative|"
    r"(?:(?:trade|economy|energy|transport|environment|agriculture|fisheries|climate|health|budget|enlargement|justice|"
    r"migration|digital|industry|competition|home affairs) )?commissioner)(?: for .*)?",
    re.IGNORECASE,
)


def is_of_organisations(phrase: ActorPhrase) -> bool:
    """Whether only organisations have such an office, so that it is no state's."""
    return _ORGANISATIONS.fullmatch(phrase.role) is not None


def _of_organisation(phrase: ActorPhrase, context: Context) -> tuple[tuple[str, ...], str] | None:
    """The organisation of a secretary-general or a commissioner without one, and how it was found: that of which the
    document speaks most, else the one that mostly has such an office, where the document names it. None for others."""
    if not is_of_organisations(phrase):
        return None
    office = phrase.role.lower()
    often = next((code for name, code in titles().often.items() if name in office), None)
    most = context.organisation if "under-" not in office else None
    if most is None or (most == "EU" and often != "EU"):
        most = often if often in context.voices.named else None
    return (most,) if most else (), f"“{phrase.role}” of the organisation that the document names"


def _of_the_speaker(phrase: ActorPhrase, parsed: Parsed, context: Context) -> Speaker | None:
    """ "my government", "our delegation": whoever has the word; "your government": nobody. None without such a word."""
    words = {token.lower_ for token in parsed.doc[max(0, phrase.start - 1) : phrase.head] if token.tag_ == "PRP$"}
    if phrase.codes or not words & _MINE:
        return STRANGER if "your" in words else None
    head, speaker = parsed.doc[phrase.head].lower_, context.first_person(parsed)
    if head in COLLEAGUES:
        return STRANGER  # what is said of "my colleague in Lima" is the speaker's word
    if not speaker.holders:
        return STRANGER if head in ABROAD else None
    if head in ABROAD:
        actor = Actor(None, phrase.role)
        return Speaker(tuple(Holder(code, actor, f"“{phrase.role}” of the speaker") for code in sorted(speaker.codes)))
    return speaker if head in _OWN_BODIES else STRANGER


COLLEAGUES = frozenset(
    (
        *(
            "colleague",
            "counterpart",
            "friend",
            "neighbour",
            "neighbor",
            "partner",
            "brother",
            "sister",
            "ally",
            "peer",
        ),
        *(
            "colleagues",
            "counterparts",
            "friends",
            "neighbours",
            "neighbors",
            "partners",
            "brothers",
            "allies",
            "peers",
        ),
    )
)
"""Who is another's, behind "my" and "our"."""
ABROAD = frozenset(
    (
        *("ambassador", "envoy", "consul", "attaché", "diplomat", "delegate", "representative", "legate", "nuncio"),
        *("ambassadors", "envoys", "consuls", "attachés", "diplomats", "delegates", "representatives"),
        *("embassy", "mission", "delegation", "consulate"),
    )
)
"""Whom states send elsewhere: the place where they are is not the state that they speak for."""


def is_of_colleagues(parsed: Parsed) -> bool:
    """ "My colleague in Lima supports it": the sentence tells what another thinks, whoever says it."""
    first = next((token for token in parsed.doc if token.dep_ in ("nsubj", "nsubjpass")), None)
    if first is None or first.lower_ not in COLLEAGUES or not any(one.lower_ in _MINE for one in first.children):
        return False
    if lemma(first.head) not in cues().speech | cues().attitude:
        return False
    return any(one.i in parsed.mention_of for one in first.subtree)  # "my colleagues in the cabinet" are one's own


_MINE = frozenset(("my", "our"))
_OWN_BODIES = frozenset(
    (
        *("government", "country", "nation", "state", "delegation", "ministry", "administration", "cabinet", "side"),
        *("republic", "kingdom", "presidency", "mission", "team", "parliament"),
    )
)


def serves_meeting(phrase: ActorPhrase, parsed: Parsed, context: Context) -> bool:
    """ "The Secretary replied" in the record of a meeting: whoever serves the meeting is no state's."""
    head = parsed.doc[phrase.head].lower_
    return context.is_record and not phrase.codes and head in _SERVANTS


_SERVANTS = frozenset(("secretary", "secretariat", "rapporteur", "coordinator", "mediator", "chair"))


def _is_any(phrase: ActorPhrase, parsed: Parsed) -> bool:
    """ "a government led by her party", "any ministry": none that is there."""
    before = {token.lower_ for token in parsed.doc[max(0, phrase.start - 1) : phrase.start + 1]}
    return bool(before & {"a", "an", "any", "no", "every", "another", "other", "each", "some"})


def owner_by_pronoun(phrase: ActorPhrase, parsed: Parsed, context: Context) -> tuple[str, ...] | None:
    """ "its Swiss president", "whose ambassador": the owner's codes, () when it is no holder; None without such."""
    inside = parsed.doc[phrase.start].tag_ == "PRP$"  # "its envoy, Ana Lopez": a phrase with a name may begin with it
    word = parsed.doc[phrase.start if inside else max(0, phrase.start - 1)]
    if word.lower_ == "whose":
        clause = next((token for token in word.ancestors if token.dep_ == "relcl"), None)
        return tuple(sorted(resolve(clause.head, parsed, context).codes)) if clause is not None else ()
    if parsed.doc[phrase.head].lower_ in COLLEAGUES and word.lower_ in ("his", "her", "its", "their"):
        return _place_beside(parsed, phrase) if not phrase.codes and not phrase.name else None
    if word.lower_ in ("his", "her") and not phrase.codes and not phrase.name:
        person = _person_before(word, parsed, context) or context.last_person
        return tuple(sorted(person.codes))
    if word.lower_ not in ("its", "their"):
        return None
    if phrase.codes:  # an adjective behind "its" tells where the person is from, not whom he speaks for
        return ()
    of_state = parsed.doc[phrase.head].lower_ in _OF_STATES
    subject = _first_subject_state(parsed, phrase, context)
    if subject:
        return subject
    earlier = [m for m in parsed.mentions if m.end <= word.idx and m.is_actor_name and _is_told_by(m, word, parsed)]
    if of_state:
        earlier = [mention for mention in earlier if not _is_organisation(mention.codes)]
    if earlier:
        return earlier[-1].codes
    return () if _has_other_subject(word, parsed, context) else tuple(sorted(context.last_body.codes))


def _is_told_by(mention: Mention, word: Token, parsed: Parsed) -> bool:
    """Whether a name stands where a word does: "“We wrote to Lima,” its minister said" is of no minister of Lima."""
    return parsed.quoted[word.i] or not parsed.quoted[parsed.tokens_of(mention)[0].i]


def _has_other_subject(word: Token, parsed: Parsed, context: Context) -> bool:
    """ "The Coast refused, its agency reported": "its" goes back to a name of which nothing is known."""
    return any(
        token.dep_ == "nsubj" and token.pos_ == "PROPN" and token.i not in parsed.mention_of
        for token in parsed.doc[: word.i]
    )


# What states have and organisations have not: "in a letter to the bank its finance ministry asked".
_OF_STATES = frozenset(
    ("ministry", "minister", "parliament", "embassy", "ambassador", "army", "navy", "government", "cabinet", "senate")
)


def _cannot_have(codes: tuple[str, ...], phrase: ActorPhrase, parsed: Parsed) -> bool:
    return parsed.doc[phrase.head].lower_ in _OF_STATES and _is_organisation(codes)


def _is_organisation(codes: tuple[str, ...]) -> bool:
    return any(holder_kind(code) is HolderKind.ORGANISATION for code in codes)


def _is_bare_state(phrase: ActorPhrase, parsed: Parsed) -> bool:
    return parsed.doc[phrase.head].lower_ in ("country", "nation", "state", "side", "kingdom", "republic")


def _antecedent(phrase: ActorPhrase, parsed: Parsed, context: Context) -> Speaker | None:
    """ "the minister", "the French leader", "Trump's team": a person named elsewhere; None when there is none."""
    head = parsed.doc[phrase.head]
    for token in parsed.doc[phrase.start : phrase.head if phrase.name is None else phrase.start]:
        owner = context.people.find(token.text)
        if owner and owner.codes:
            return Speaker(tuple(Holder(code, Actor(None, phrase.role), f"“{owner.name}”") for code in owner.codes))
        if owner and not owner.speaks:
            return STRANGER
    definite = any(token.lower_ in ("the", "his", "her") for token in _before(parsed, phrase))
    if phrase.name is None and definite and phrase.kind == "person":
        last = context.last_person.holders
        if last and last[0].actor and head.lower_ in (last[0].actor.role or "").lower().split():
            return context.last_person
        person = context.people.with_role(head.text)
        if person:
            return person_speaker(person)
    return None


def is_of_whom_it_met(codes: Collection[str], office: Token, context: Context) -> bool:
    """Whether an office without a state would be given to one whose minister it met."""
    return bool(context.met.get(office.lower_, frozenset()) & set(codes))


def _before(parsed: Parsed, phrase: ActorPhrase) -> list[Token]:
    return list(parsed.doc[max(0, phrase.start - 1) : phrase.head])


_NEVER_BARE = frozenset(
    (
        "officials",
        "leaders",
        "diplomats",
        "sources",
        "official",
        "source",
        "diplomat",
        "people",
        "troops",
        "forces",
        "leader",
        "politician",
        "executive",
        "agency",
        "mission",
        "group",
        "team",
        "council",
        "committee",
        "department",
        "office",
        "commission",
        "coalition",
        "chair",
        "chairman",
        "chairwoman",
        "chairperson",
        "coordinator",
        "rapporteur",
        "officer",
        "insider",
        "general",
    )
)


def _from_surroundings(phrase: ActorPhrase, parsed: Parsed, context: Context) -> tuple[tuple[str, ...], str]:
    """A bare office takes the state of its clause ("Jordan would not refuse ..., the foreign minister said"), of its
    paragraph, or the capital where it spoke."""
    place = _place_beside(parsed, phrase)
    if place is not None:
        return place, GUESSES[0]
    if phrase.kind == "collective" or (parsed.doc[phrase.head].lower_ in _NEVER_BARE and not phrase.name):
        return (), ""
    if len(context.issuer) == 1 and not phrase.name:
        return context.issuer, GUESSES[1]
    subject = _first_subject_state(parsed, phrase, context)
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
    if not phrase.name or parsed.doc[phrase.head].lower_ not in _AT_HOME:
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
    opening = _SCENE.fullmatch(parsed.doc.text[: first.start]) if first is not None else None
    if first is None or opening is None or first.end > parsed.doc[phrase.start].idx or _is_organisation(first.codes):
        return None
    if opening["word"].lower() in ("for", "as for"):
        return first.codes
    if first.form not in (Form.CAPITAL, Form.ADJECTIVE):
        return None
    return () if parsed.doc[phrase.head].lower_ in ABROAD else first.codes


def _is_capital(mention: Mention, parsed: Parsed) -> bool:
    """ "the Russian capital": an adjective before that word."""
    return re.match(r"\s+capital\b", parsed.doc.text[mention.end : mention.end + 10]) is not None


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
        not _is_told_by(mention, doc[phrase.head], parsed)
        and apart
        and not (phrase.name and _takes_a_side(mention, parsed))
    )
    return mention.is_actor_name and not asked and not where and not told


def _takes_a_side(mention: Mention, parsed: Parsed) -> bool:
    """ "“Peru backs the reserve,” Trade Minister Ana Rey said": whoever says in so many words what side a state is on
    is its own minister more often than another's."""
    subjects = (token for token in parsed.tokens_of(mention) if token.dep_ == "nsubj")
    return any(lemma(token.head) in cues().supports | cues().opposes for token in subjects)


_BESIDE = 5
"""Characters between a state and its office: "“Ghana’s” minister"."""


# Offices that a paper of their own country names without it: "the Minister of the Sea, Rui Valadares".
_AT_HOME = frozenset(("minister", "premier", "chancellor", "secretary", "vice-minister"))


def _place_beside(parsed: Parsed, phrase: ActorPhrase) -> tuple[str, ...] | None:
    """ "In Beijing, the foreign ministry spokeswoman ...", "a government source in Chisinau": that capital's state; ()
    for a place that is no state, None where no place stands beside the office."""
    text, here = parsed.doc.text, parsed.doc[phrase.start].idx
    abroad = parsed.doc[phrase.head].lower_ in ABROAD
    behind = parsed.doc[phrase.end - 1].idx + len(parsed.doc[phrase.end - 1].text)
    for mention in parsed.mentions:
        before, after = text[max(0, mention.start - 10) : mention.start], text[mention.end : here]
        opening = re.search(r"(?:^|[;“\"]\s?)(?:[Ii]n|[Aa]t) (?:the )?$", before)
        if opening and re.fullmatch(r",?\s+(?:the\s+|an?\s+|its\s+)?", after):
            return () if abroad else mention.codes
        if mention.form is Form.CAPITAL and text[behind : mention.start].strip() in ("in", ", in"):
            return () if abroad else mention.codes
    return None


def _first_subject_state(parsed: Parsed, phrase: ActorPhrase, context: Context) -> tuple[str, ...]:
    """The state or organisation that is the subject of a clause before the office, by name or by its office.

    Before it alone: "Jordan would not refuse, the minister said", but not "the minister regrets that Jordan refuses".
    """
    for token in parsed.doc:
        if token.i >= phrase.start:
            break
        if token.dep_ not in ("nsubj", "nsubjpass", "poss") or parsed.quoted[token.i] or token.i in parsed.left_out:
            continue
        mention = parsed.mention_of.get(token.i)
        if mention and mention.is_actor_name and len(mention.codes) == 1:
            return mention.codes
        other = _phrase_at(token, parsed, context)
        if other and len(other.codes) == 1:
            return other.codes
    return ()


def full_name(token: Token) -> str:
    """A name with the names that stand before it: "Ana Rey" for "Rey"."""
    parts = [child for child in token.children if child.dep_ == "compound"]
    return " ".join([*(part.text for part in parts), token.text])


def person_speaker(person: Person) -> Speaker:
    """The holders that a known person speaks for."""
    if not person.codes:
        return STRANGER
    actor = Actor(person.name, person.role)
    return Speaker(tuple(Holder(code, actor, f"“{person.role}”") for code in person.codes))
