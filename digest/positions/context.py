"""What the rules of positions pass on: holders, speakers, and what a document has said so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.model import Actor, HolderKind, Stance
from digest.positions.editorial import is_editorial
from digest.positions.issuing import UNKNOWN, Issuer
from digest.positions.names import Mention, holder_kind
from digest.positions.parsed import Parsed
from digest.positions.people import People
from digest.positions.podium import Side
from digest.positions.titled import ActorPhrase

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
    same by paragraphs, where the name is a heading. `sides` are those whom the head of a briefing of several announces,
    `question` is what was asked last, and `side` the code of the one to whom questions were put last, "" where that is
    not known. `begun` says that the first answer was given."""

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
    sides: tuple[Side, ...] = ()
    question: str = ""
    side: str = ""
    begun: bool = False


@dataclass(slots=True)
class Context:
    """What the document has said so far: who spoke last, and whom pronouns and bare nouns can mean; `nationals` for
    whom a person speaks who was introduced with a nationality, by its state."""

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
    offices: tuple[ActorPhrase, ...] = ()
    claimed: tuple[Parsed, tuple[Found, ...]] | None = None
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
    nationals: dict[tuple[str, ...], Speaker] = field(default_factory=dict)

    def enter(self, parsed: Parsed) -> None:
        """Begin a sentence: a new paragraph forgets whom the bare nouns of the last one meant."""
        self.number += 1
        if parsed.sentence.paragraph != self.paragraph:
            self.paragraph = parsed.sentence.paragraph
            self.sentence_holders = []

    def leave(self, parsed: Parsed) -> None:
        """End a sentence."""
        self.pair = pair_of(parsed)
        self.offices = tuple(phrase for phrase in self.phrases.get(id(parsed), []) if phrase.codes)
        self.last_text = parsed.text.rstrip()
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
        if is_editorial(parsed.text):
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


def pair_of(parsed: Parsed, end: int | None = None) -> tuple[Mention, ...]:
    """The two states that a sentence names, up to a character; () where it names none, one or more."""
    named = [one for one in parsed.mentions if one.codes and (end is None or one.end <= end)]
    first = {one.codes: one for one in reversed(named)}
    return tuple(sorted(first.values(), key=lambda one: one.start)) if len(first) == 2 else ()


def phrase_at(token: Token, parsed: Parsed, context: Context) -> ActorPhrase | None:
    """The office or body of which a token is part; None where it is part of none."""
    for phrase in context.phrases.get(id(parsed), []):
        if phrase.start <= token.i < phrase.end:
            return phrase
    return None


@dataclass(frozen=True, slots=True)
class Like:
    """Whose clause another one stands for: the sentence and the token of its cue, its holder, and whether
    the contrary is said of it ("Togo does not")."""

    sentence: Parsed
    cue: int
    code: str
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A holder in a sentence, the cue that shows the position (`cue` is its token), and how strong its kind is. `told`
    is the stance where the form of the line tells it; `sure` says that the classifier is not to be asked where the
    rules see a stance; `like` tells that it is that of another clause ("so does Togo")."""

    holder: Holder
    cue: int
    kind: str
    told: Stance | None = None
    sure: bool = False
    like: Like | None = None
