"""Who said or holds what: from the words that show a position, over the parse, to the holder.

Grammar proposes with high recall; a list of filters then drops what only looks like a position: questions, hypotheses,
the author's own reckoning, what one state says of another, addressees and objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.model import Stance
from digest.positions.holders import (
    GUESSES,
    NOBODY,
    STRANGER,
    Context,
    Holder,
    Speaker,
    full_name,
    is_correction,
    is_of_colleagues,
    mention_speaker,
    resolve,
    speaker_of_phrase,
)
from digest.positions.lexicon import cues, lemma, titles
from digest.positions.names import Form, Mention
from digest.positions.parsed import DASHES, SUBJECTS, Parsed
from digest.positions.silence import is_silent, says_nothing
from digest.positions.together import is_courtesy
from digest.positions.votes import cast as votes_in

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Found:
    """A holder in a sentence, the cue that shows the position (`cue` is its token), and how strong its kind is. `told`
    is the stance where the form of the line tells it; `sure` says that the classifier is not to be asked where the
    rules see a stance."""

    holder: Holder
    cue: int
    kind: str
    told: Stance | None = None
    sure: bool = False


_FROM = frozenset(
    (
        "veto",
        "rejection",
        "refusal",
        "warning",
        "opposition",
        "support",
        "resistance",
        "backing",
        "condemnation",
        "objection",
        "criticism",
    )
)
_SUBJECTS = ("nsubj", "csubj")
_FIRST = frozenset(("i", "we", "my", "our"))
_NOT_AFTER = frozenset(("if", "whether", "unless"))
_DOUBTED = frozenset(
    (
        "rumour",
        "rumor",
        "speculation",
        "allegation",
        "hope",
        "fear",
        "worry",
        "idea",
        "impression",
        "possibility",
        "myth",
    )
)
"""Nouns of which "that Lima opposes it" does not say that it does."""


def judge(parsed: Parsed, context: Context) -> list[Found]:
    """Every holder of the sentence that `context` has just entered, with its cue."""
    votes = list(_votes(parsed))
    if votes:
        return votes
    if context.in_answer(parsed) and parsed.all_quoted and not context.personal & context.answers:
        return _answer(parsed, context)
    if parsed.all_quoted:
        return _continued_quote(parsed, context)
    found: list[Found] = []
    for cue in _cue_tokens(parsed):
        found.extend(_judge(cue, parsed, context))
    found.extend(_according_to(parsed, context))
    found.extend(_likewise(parsed))
    found.extend(_on_behalf_of(parsed, found))
    found.extend(_in_the_seat_of(parsed))
    found.extend(_attitude_nouns(parsed, context))
    found.extend(_before_a_colon(parsed, context))
    found.extend(_behind_a_dash(parsed, context))
    if not found:
        found.extend(_beside_quote(parsed, context))
    return _unique(_as_speaker(found, context.speaking(parsed)) or list(_first_person(parsed, context)))


def _votes(parsed: Parsed) -> Iterator[Found]:
    """Those of a line of a list of votes: "Against: Ghana, Peru"."""
    cast = votes_in(parsed)
    if cast is not None:
        label, words, names = cast
        at = next((token.i for token in parsed.doc if parsed.doc.text[token.idx :].startswith(words)), 0)
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
    own = next((token for token in parsed.doc if token.lower_ in _FIRST and not parsed.quoted[token.i]), None)
    if own is not None:
        root = next((token for token in parsed.doc if token.dep_ == "ROOT"), own)
        yield from (Found(holder, root.i, "quote") for holder in context.speaking(parsed).holders)


def _unique(found: list[Found]) -> list[Found]:
    """One entry for each holder: where a person and the bare state both hold it, the person."""
    best: dict[str, Found] = {}
    for one in found:
        other = best.get(one.holder.code)
        named = one.holder.actor is not None and one.holder.actor.name is not None
        other_named = other is not None and other.holder.actor is not None and other.holder.actor.name is not None
        if other is None or (named and not other_named):
            best[one.holder.code] = one
    return list(best.values())


# --- cues ----------------------------------------------------------------------------------------------------------


def _cue_tokens(parsed: Parsed) -> list[tuple[Token, str]]:
    """Every token that shows a position, and its kind: in quotation marks too ("Ghana “flatly rejects” it")."""
    found = []
    for token in parsed.doc:
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
    if verb in lexicon.attitude or (token.lower_ in lexicon.predicate and _is_passive(token)):
        return "attitude"
    if verb in lexicon.speech:
        return "speech"
    return "deed" if verb in lexicon.deed and _is_finite_deed(token) else None


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
                if token.lemma_.lower() in cues().objects:
                    return token
    return None


# --- from a cue to its holder ---------------------------------------------------------------------------------------


def _judge(cue: tuple[Token, str], parsed: Parsed, context: Context) -> list[Found]:
    verb, kind = cue
    subject, path = subject_of(verb)
    subject = set_against(subject, verb, parsed) if subject is not None else None
    if subject is None or parsed.quoted[subject.i] or is_hearsay(subject):
        return []
    if subject.pos_ == "PRON" and _outer_subject(verb) is not None:
        return []  # "said that it backs": the one who says so is found at "said"
    if _is_place(subject, parsed):
        return []
    if context.source.joint and is_courtesy(verb):
        return []
    if verb.dep_ in ("ccomp", "xcomp") and lemma(verb.head) in _CAUSATIVE and subject.head.i == verb.i:
        return []  # "refused to let Germany pass on": Germany holds nothing
    if kind == "deed" and any(above.dep_ in ("advcl", "relcl", "acl") for above in path):
        return []  # a deed in passing
    speaker = resolve(subject, parsed, context)
    if _is_hypothesis(verb) or parsed.is_question or _is_reckoning(verb, path, context):
        return []
    floor = context.speaking(parsed) if context.is_own_speech(parsed) else NOBODY
    if floor.holders and subject.lower_ not in ("we", "i") and not _is_own_state(speaker, floor):
        return []  # what the one who has the word says of others
    if subject.lower_ == "it" and (verb.pos_ == "AUX" or any(_has_guess(above) for above in path)):
        return []
    if says_nothing(verb) or is_silent(verb) or (_is_fancy(verb) and _outer_subject(verb) is None):
        return []
    outer = _outer_speaker(verb, parsed, context)
    if outer.stranger or (outer.holders and not outer.codes & speaker.codes):
        return []
    spoken = {holder.code: holder for holder in outer.holders}  # one member may speak for the group
    pair = bool(spoken) and _is_pair(subject, speaker, parsed)  # of two, the one who says so
    own = [holder for holder in speaker.holders if not pair or holder.code in spoken]
    sure = kind != "speech" and is_denied(verb, parsed)
    return [Found(spoken.get(holder.code, holder), verb.i, kind, sure=sure) for holder in own]


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
    told = (child for child in subject.head.children if child.dep_ == "attr" and child.i not in parsed.left_out)
    return next((child for child in told if child.i in parsed.mention_of), subject)


def is_denied(verb: Token, parsed: Parsed) -> bool:
    """ "Neither Ghana nor Togo supports it", "nor did Togo accept it", "not even Ghana", "no more than Ghana would":
    what the verb says is denied by a word that stands elsewhere."""
    if any(child.lower_ in ("nor", "neither") and child.i < verb.i for child in verb.children):
        return True
    objects = (child for child in verb.children if child.dep_ in ("dobj", "attr"))
    if any(one.lower_ == "neither" for child in objects for one in child.children):
        return True
    subject = subject_of(verb)[0]
    if subject is None:
        return False
    before = [token.lower_ for token in parsed.doc[max(0, subject.left_edge.i - 2) : subject.i]]
    if "neither" in before or before[:2] == ["not", "even"]:
        return True
    return _no_more_than(verb, parsed)


def _no_more_than(verb: Token, parsed: Parsed) -> bool:
    doc = parsed.doc
    for index in range(verb.i - 3):
        if [token.lower_ for token in doc[index : index + 3]] == ["no", "more", "than"]:
            behind = index + 4 if doc[index + 3].lower_ == "the" else index + 3
            return behind in parsed.mention_of
    return False


def _is_pair(subject: Token, speaker: Speaker, parsed: Parsed) -> bool:
    """Whether several states are named one by one, "Rome and Paris", and not as a group that one of them speaks for."""
    mention = parsed.mention_of.get(subject.i)
    alone = mention is not None and len(mention.codes) == 1
    return alone and len(speaker.codes) > 1 and "behalf" not in parsed.doc.text


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


_CAUSATIVE = frozenset(("let", "make", "help", "force", "allow", "permit", "enable", "watch", "have", "get"))


def subject_of(verb: Token) -> tuple[Token | None, list[Token]]:
    """Who does what the verb says, and the verbs climbed through to find it. For a passive: the one behind "by"."""
    path = [verb]
    while True:
        current = path[-1]
        passive = next((child for child in current.children if child.dep_ == "nsubjpass"), None)
        if current is verb and (passive is not None or _is_bare_participle(current)):
            agent = _agent(current)
            return (passive if agent is None and current.lower_ in cues().predicate else agent), path
        subject = next((child for child in _subjects(current, verb) if child.dep_ in _SUBJECTS), passive)
        if subject is None or subject.dep_ == "csubj":
            subject = _of_participle(current) or subject
        if subject is not None:
            return _antecedent(subject, current), path
        if current.dep_ in (
            "conj",
            "xcomp",
            "advcl",
            "pcomp",
            "ccomp",
            "auxpass",
            "aux",
            "prep",
            "dobj",
            "acomp",
            "attr",
            "pobj",
            "acl",
            "oprd",
        ):
            if current.dep_ in ("xcomp", "ccomp") and _is_urged(current.head):
                return None, path  # the one who is urged does not yet hold it
            if any(child.dep_ == "mark" for child in current.children):
                return None, path  # "would like nothing better than to see it fail"
            if current.dep_ == "acl" and current.tag_ != "VB":
                return None, path  # "a plan backed by": only "the right to send" goes on to whose right it is
            path.append(current.head)
            continue
        return None, path


def _subjects(verb: Token, cue: Token) -> list[Token]:
    """The children of a verb among which its subject is. In "Kenya, Norway's minister said, would sign" the parse gives
    both to "said": the nearer one says it, the first one would sign."""
    put_in = _two_subjects(verb)
    if put_in:
        return put_in[1:] if verb is cue else put_in[:1]
    named = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if len(named) > 1:  # "not the envoy of Mali but Niger's minister refused"
        named = [child for child in named if not any(one.dep_ == "neg" for one in child.children)] or named
    if named:
        return [child for child in verb.children if child.dep_ not in _SUBJECTS or child in named]
    beside = (child for child in verb.children if child.dep_ == "parataxis" and child.i < verb.i)
    return next((both[:1] for child in beside if (both := _two_subjects(child))), list(verb.children))


def _two_subjects(verb: Token) -> list[Token]:
    """The two subjects of a verb of saying that stands between commas; none where it has one."""
    both = [child for child in verb.children if child.dep_ == "nsubj"]
    apart = len(both) == 2 and any(word.text == "," for word in verb.doc[both[0].i : both[1].i])
    return both if apart and lemma(verb) in cues().speech else []


def _is_urged(verb: Token) -> bool:
    """ "urged Germany to send", "Germany was asked to send": somebody is to do what follows."""
    has = {child.dep_ for child in verb.children}
    return "dobj" in has or ("auxpass" in has and lemma(verb) in cues().speech | _CAUSATIVE)


def _of_participle(verb: Token) -> Token | None:
    """In "Ms. Lund (Norway), aligning herself with the group, said" the name, which the parse gives to the participle;
    None where it does not."""
    for child in verb.children:
        if child.dep_ in ("csubj", "advcl") and child.tag_ == "VBG" and child.i < verb.i:
            return next((one for one in child.children if one.dep_ == "nsubj" and one.pos_ == "PROPN"), None)
    return None


def _is_bare_participle(verb: Token) -> bool:
    """ "talks led by Macron", "as stated by Paris": a participle whose doer stands behind "by"."""
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in ("acl", "advcl")
        and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    )


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            return next(child.children, None)
    return None


def _antecedent(subject: Token, verb: Token) -> Token:
    """For "who", "which" and "that" the noun before the relative clause, or that of "it was Togo that"."""
    if subject.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
        return verb.head
    if subject.tag_ in ("WDT", "WP") and verb.dep_ == "ccomp" and lemma(verb.head) == "be":
        has = {child.dep_: child for child in verb.head.children}
        told = has.get("attr", has.get("acomp"))
        if told is not None and "nsubj" in has and has["nsubj"].lower_ == "it":
            return told
    return subject


def _is_hypothesis(verb: Token) -> bool:
    """Whether the verb stands in a clause of "if", "whether" or "unless", or an inverted condition."""
    if is_supposed(verb):
        return True
    for token in (verb, *verb.ancestors):
        marked = any(child.dep_ == "mark" for child in token.children)
        if any(child.lower_ in _NOT_AFTER for child in token.children) or (
            marked and token.head.lemma_.lower() in _DOUBTED
        ):
            return True
        inverted = _inverting(token)
        if inverted is not None and inverted.i < verb.i:
            return True
        if token.dep_ == "ROOT":
            unsaid = not any(child.dep_ in SUBJECTS for child in token.children)
            return token.lower_ in ("suppose", "imagine", "assume") and unsaid
    return False


def is_supposed(token: Token) -> bool:
    """ "Were Lima to insist, ...", "Had Quito agreed, ...": whether a token stands in a condition that opens so."""
    doc = token.doc
    first = next((word for word in doc if word.is_alpha), doc[0])
    if first.lower_ not in ("were", "had", "should"):
        return False
    comma = next((word.i for word in doc if word.text == ","), 0)
    return bool(first.i <= token.i < comma)


def is_hearsay(token: Token) -> bool:
    """ "Lima is said to worry": whether a token is the subject of what people say, think, expect or wish of it."""
    verb = token.head
    behind = {verb.lower_, *(child.lower_ for child in verb.children if child.dep_ == "aux")}
    if token.dep_ in SUBJECTS and behind & {"should", "ought"}:
        return True  # "Lima should sign": so thinks whoever writes
    heard = token.dep_ == "nsubjpass" and lemma(verb) in _HEARD
    return heard and any(child.dep_ in ("xcomp", "ccomp") for child in verb.children)


_HEARD = frozenset(("say", "believe", "think", "understand", "rumour", "rumor", "report", "expect", "suppose", "know"))


def is_said_by_stranger(token: Token, parsed: Parsed, context: Context) -> bool:
    """Whether a token stands in what an analyst, a party, a company says: "the economist argues that Lima will pay"."""
    subject = _teller_of(token, parsed)
    if subject is None or not _unless_media(resolve(subject, parsed, context), subject, parsed).stranger:
        return False
    # A name of which nothing is known may still be a minister's: only who is said to speak for nobody is passed over.
    phrases = context.phrases.get(id(parsed), [])
    known = context.people.find(full_name(subject))
    if _ELSEWHERE.search(parsed.doc[subject.left_edge.i : subject.right_edge.i + 1].text):
        return True
    return (
        any(phrase.kind == "none" and phrase.start <= subject.i < phrase.end for phrase in phrases)
        or (known is not None and not known.speaks)
        or subject.lower_ in titles().no_state
    )


def is_said_by_another(token: Token, code: str, parsed: Parsed, context: Context) -> bool:
    """Whether a token stands in what another state says of its state: "Lima said on Monday that Quito would pay"."""
    subject = _teller_of(token, parsed)
    if subject is None or subject.pos_ == "PRON" or parsed.quoted[subject.i]:
        return False
    if any(other.text in (",", ":", ";") for other in parsed.doc[subject.i : token.i]) and not _is_according(subject):
        return False  # "Oslo says yes, Helsinki no": two clauses side by side, whatever the parse makes of them
    holders = resolve(subject, parsed, context).holders
    sure = [holder for holder in holders if not any(guess in holder.how for guess in GUESSES)]
    return bool(sure) and code not in {holder.code for holder in holders}


def _teller_of(token: Token, parsed: Parsed) -> Token | None:
    """Who says that in which a token stands, by a verb or "according to"; None where nobody does, or the token is part
    of who does."""
    verb = next((above for above in (token, *token.ancestors) if above.pos_ in ("VERB", "AUX")), token)
    both = _two_subjects(token.head) if token.dep_ == "nsubj" else []
    subject = both[1] if token in both[:1] else _outer_subject(verb)
    if subject is None:
        named = (one for one in parsed.doc if one.lower_ == "according" and not parsed.quoted[one.i])
        subject = next((source for one in named if (source := _object_of_according(one)) is not None), None)
    return subject if subject is not None and token not in subject.subtree else None


def _says_more(verb: Token) -> bool:
    """Whether a verb of saying has a clause or an object behind it."""
    return any(child.i > verb.i and child.dep_ in ("ccomp", "dobj", "xcomp") for child in verb.children)


def _is_according(source: Token) -> bool:
    return any(above.lower_ == "according" for above in source.ancestors)


def _is_reckoning(verb: Token, path: list[Token], context: Context) -> bool:
    """The author's guess: "Russia is likely to focus", "Berlin might refuse", "the Kremlin would probably protest"; not
    what a delegate says in the record of a meeting: "Her delegation could not accept it"."""
    if context.is_record and any(child.lower_ in ("his", "her") for one in path[-1].children for child in one.children):
        return False
    lexicon = cues()
    words = {child.lower_ for child in verb.children}
    unsure = words & _GUESSING - {"would"} or re.search(r"\bif\b.{1,80}\bwere to\b", verb.doc.text, re.I)
    if "would" in words and unsure and _outer_subject(verb) is None:
        return True
    for token in path:
        for child in token.children:
            guessed = child.dep_ == "aux" and child.lower_ in lexicon.author_modals and not _could_not(token)
            if guessed and not _governed_by_speech(token):
                return True
    above = [upper for below, upper in pairwise(path) if below.dep_ != "conj"]  # not "was expected in Oslo and refused"
    return any(token.lower_ in lexicon.author_adjectives or token.lemma_ in ("seem", "appear") for token in above)


def _could_not(verb: Token) -> bool:
    """ "Her delegation could not support the text": no guess but a refusal."""
    refused = lemma(verb) in ("support", "accept", "agree", "join", "endorse", "sign", "back", "approve")
    return refused and any(child.dep_ == "neg" for child in verb.children)


def _has_guess(verb: Token) -> bool:
    """ "It would", "it will probably": of a pronoun for a state, the author's guess."""
    return any(child.lower_ in _GUESSING for child in verb.children)


_GUESSING = frozenset(
    ("would", "will", "could", "may", "might", "should", "must", "probably", "perhaps", "presumably", "surely")
)


def _is_fancy(verb: Token) -> bool:
    """The author's reading of a mind: "Moscow would like nothing better"."""
    return lemma(verb) in ("like", "love", "want", "prefer", "see") and any(c.lower_ == "would" for c in verb.children)


def _governed_by_speech(verb: Token) -> bool:
    return verb.dep_ in ("ccomp", "conj", "parataxis") and lemma(verb.head) in cues().speech | cues().attitude


def _outer_speaker(verb: Token, parsed: Parsed, context: Context) -> Speaker:
    """Who says that the verb's clause is so: the subject of the speech verb above it; `NOBODY`: author or media."""
    subject = _outer_subject(verb)
    if subject is not None:
        if subject.lower_ in ("i", "we") and verb.dep_ != "relcl" and lemma(verb) not in cues().speech:
            return STRANGER  # "We judge that New Delhi will refuse": the author
        return _unless_media(resolve(subject, parsed, context), subject, parsed)
    return _parenthetical(verb, parsed, context)


def _outer_subject(verb: Token) -> Token | None:
    """The subject of the verb of saying or thinking in whose clause the verb stands, or None."""
    current = verb
    while not _is_put_in(current):
        subject = _teller(current)
        if subject is not None or current.dep_ == "ROOT" or _semicolon_between(current, current.head):
            return subject
        current = current.head
    return None


def _teller(clause: Token) -> Token | None:
    """Who says or thinks a clause, by a verb that is put into it or stands above it."""
    put_in = next((child for child in clause.children if _is_put_in(child)), None)
    if put_in is not None:
        return [child for child in put_in.children if child.dep_ == "nsubj"][-1]
    governing, head = cues().speech | cues().attitude, clause.head
    said_behind = clause.i < head.i and _says_more(head)  # "Quito refuses, Lima says that it will pay"
    if clause.dep_ in ("ccomp", "parataxis") and not said_behind and lemma(head) in governing:
        subject, _ = subject_of(head)
        apart = _semicolon_between(clause, head) or _inverting(head) is not None
        if subject is not None and not apart:
            return subject
    if clause.dep_ == "ccomp" and head.dep_ == "acomp" and head.lower_ in cues().predicate:
        return subject_of(head.head)[0]  # "Lima is confident that Quito will sign"
    told = lemma(head.head) in ("tell", "inform", "assure", "remind", "warn")
    said = clause.dep_ in ("acl", "relcl") and (told or any(child.dep_ == "mark" for child in clause.children))
    if said and lemma(head.head) in governing:  # "told a briefing that ..."
        return subject_of(head.head)[0]
    return None


def _is_put_in(verb: Token) -> bool:
    """ "Lima, analysts say, rejects it": who says so stands within what is said."""
    if verb.dep_ != "parataxis" or lemma(verb) not in cues().speech | cues().thinking:
        return False
    has = {child.dep_ for child in verb.children}
    return "nsubj" in has and not has & {"dobj", "ccomp", "xcomp", "acomp", "attr"}


def _inverting(verb: Token) -> Token | None:
    """The word before its subject that makes a clause a condition, whatever the parse makes of it: "should the
    authorities request it"; None where there is none."""
    order = [child for child in verb.children if child.dep_ in ("aux", "nsubj", "nsubjpass")]
    turned = bool(order) and order[0].lower_ in ("should", "were", "had") and any(one.dep_ != "aux" for one in order)
    return order[0] if turned else None


def _semicolon_between(one: Token, other: Token) -> bool:
    """Clauses on both sides of a semicolon stand side by side, whatever the parse says."""
    first, last = sorted((one.i, other.i))
    return any(token.text == ";" for token in one.doc[first:last])


def _parenthetical(verb: Token, parsed: Parsed, context: Context) -> Speaker:
    """ "..., according to officials": a source without a state is no reason to doubt, an analyst is."""
    for token in parsed.doc:
        if token.lower_ == "according" and not parsed.quoted[token.i]:
            source = _object_of_according(token)
            if source is not None:
                return _unless_media(resolve(source, parsed, context), source, parsed)
    return NOBODY


_MEDIA = re.compile(
    r"\b(?:Post|Times|Journal|News|Reuters|AFP|AP|BBC|CNN|TASS|Bloomberg|Guardian|Monde|Figaro|Spiegel|Zeitung|Agency|"
    r"agency|newspaper|daily|broadcaster|reports?|media|sources?|officials?|diplomats?|statement|documents?|draft|"
    r"letters?|notes?|text|minutes|paper|memo|cable|communiqu[eé]|transcript|record|insiders?|familiar)\b"
)


# "A diplomat from another country", "a Western official of a third state": one speaks of a state not his own.
_ELSEWHERE = re.compile(r"\b(?:from|of|in) (?:another|a third|a neighbou?ring|a different)\b", re.IGNORECASE)


def _unless_media(speaker: Speaker, source: Token, parsed: Parsed) -> Speaker:
    """A newspaper, a report or unnamed officials pass on what a state holds; they are no speaker of their own. Of
    anybody else it is his own word: "a cook said that Ghana opposes it"."""
    if speaker.holders or source.pos_ == "PRON":
        return speaker
    phrase = parsed.doc[source.left_edge.i : source.right_edge.i + 1].text
    if _ELSEWHERE.search(phrase) or _is_of_scholars(source):
        return STRANGER
    return NOBODY if _MEDIA.search(phrase) or _is_media_name(source) else STRANGER


def _is_of_scholars(source: Token) -> bool:
    """ "A report by the Institute for Lakes": what scholars, companies, unions write is their own word."""
    written = source.lower_ in ("report", "study", "survey", "paper", "analysis", "poll", "letter", "statement", "note")
    by = (child for child in source.children if child.dep_ == "prep" and child.lower_ in ("by", "of", "from"))
    return written and any(word.lower_ in _SCHOLARS for each in by for word in each.subtree)


_SCHOLARS = frozenset(
    (
        *("institute", "institution", "university", "think-tank", "tank", "foundation", "centre", "center", "bank"),
        *("company", "union", "association", "ngo", "charity", "researchers", "scholars", "economists", "analysts"),
    )
)


def _is_media_name(source: Token) -> bool:
    return source.ent_type_ in ("ORG", "WORK_OF_ART")


# --- other ways to show a position ----------------------------------------------------------------------------------


def _object_of_according(token: Token) -> Token | None:
    for child in token.subtree:
        if child.dep_ == "pobj":
            return child
    return None


def _according_to(parsed: Parsed, context: Context) -> Iterator[Found]:
    for token in parsed.doc:
        if token.lower_ != "according" or parsed.quoted[token.i]:
            continue
        source = _object_of_according(token)
        if source is None or (parsed.mention_of.get(source.i) and parsed.mention_of[source.i].form is Form.ADJECTIVE):
            continue
        for holder in resolve(source, parsed, context).holders:
            if not passes_on(token, holder.code, parsed):
                yield Found(holder, token.i, "speech")


def passes_on(according: Token, code: str, parsed: Parsed) -> bool:
    """Whether a source tells what another state has said: "Japan has told us that it will vote against it, according to
    the Norwegian ministry" is nothing that Norway holds."""
    for verb in (according.head, *according.head.ancestors):
        subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        mention = parsed.mention_of.get(subject.i) if subject is not None else None
        if lemma(verb) in cues().speech and mention is not None and mention.codes and code not in mention.codes:
            return True
    return False


def _attitude_nouns(parsed: Parsed, context: Context) -> Iterator[Found]:
    """ "Berlin's refusal to ...", "opposition from Ankara"."""
    for token in parsed.doc:
        if token.lemma_.lower() not in cues().attitude_nouns or parsed.quoted[token.i]:
            continue
        if _is_hypothesis(token) or not any(
            child.dep_ in ("prep", "acl", "relcl", "ccomp") for child in token.children
        ):
            continue
        if token.dep_ == "dobj" and lemma(token.head) in cues().speech | cues().attitude:
            continue  # "Washington is assessing Europe's willingness": the one who assesses holds it
        for child in token.children:
            owner = child if child.dep_ == "poss" else None
            if child.lower_ in ("from", "by") and lemma(token) in _FROM:
                owner = next(child.children, None)
            if owner is not None:
                outer = _outer_speaker(token, parsed, context)
                speaker = resolve(owner, parsed, context)
                if not outer.stranger and not outer.holders:
                    yield from (Found(holder, token.i, "attitude") for holder in speaker.holders)


_ON_BEHALF = re.compile(r"\b(?:spoke|speaking|speaks)(?:,? also,?)? (?:on|in) behalf of (?:the )?", re.IGNORECASE)


def _on_behalf_of(parsed: Parsed, found: list[Found]) -> list[Found]:
    """ "Ana Lopes (Peru), speaking also on behalf of Chile, said": the one named speaks for that state as well."""
    match = _ON_BEHALF.search(parsed.doc.text)
    if match is None or not found:
        return []
    mention = next((one for one in parsed.mentions if one.start == match.end() and one.is_actor_name), None)
    if mention is None:
        return []
    how, first = f"“{match[0].strip()}”", found[0]
    return [
        Found(Holder(code, first.holder.actor, how), first.cue, first.kind)
        for one in _enumerated(parsed, mention)
        for code in one.codes
    ]


def _enumerated(parsed: Parsed, first: Mention) -> list[Mention]:
    """A name and those joined to it: "Chile, Peru and Bolivia"."""
    run = [first]
    for mention in (one for one in parsed.mentions if one.start > first.start and one.is_actor_name):
        if not re.fullmatch(r"(?:,|,? and) (?:the )?", parsed.doc.text[run[-1].end : mention.start]):
            break
        run.append(mention)
    return run


_LIKEWISE = re.compile(r"\b(?:as|so|nor|neither) (?:did|does|do|has|have|is|are|was|were|will|would) (?:the )?")


def _likewise(parsed: Parsed) -> Iterator[Found]:
    """ "..., as did Uruguay", "and so does Greece": the same is held by the name that follows."""
    for match in _LIKEWISE.finditer(parsed.doc.text):
        mention = next((one for one in parsed.mentions if one.start == match.end() and one.is_actor_name), None)
        if mention is not None:
            token = parsed.tokens_of(mention)[0]
            if not parsed.quoted[token.i]:
                for code in mention.codes:
                    yield Found(Holder(code, None, f"“{match[0].strip()}”"), token.i - 1, "attitude")


_TALK = frozenset(("say", "believe", "think", "assume", "fear", "hope", "expect"))


def _in_the_seat_of(parsed: Parsed) -> Iterator[Found]:
    """ "In the Kremlin it was stated that", "In Kazakhstan consider that": translated from languages that speak so."""
    opening = re.match(r"(?:In|At) (?:the )?", parsed.doc.text)
    first = parsed.mentions[0] if parsed.mentions else None
    if opening is None or first is None or first.start != opening.end() or not first.is_actor_name:
        return
    root = next(token for token in parsed.doc if token.dep_ == "ROOT")
    subject = next((child for child in root.children if child.dep_ in ("nsubj", "nsubjpass", "expl")), None)
    nobody = subject is None or (subject.lower_ in ("it", "they") and first.form is not Form.NAME)
    if any(child.lower_ in ("is", "was") for child in root.children) and first.form is Form.CAPITAL:
        return  # "In Quito it is said that": talk of the town
    if nobody and lemma(root) in cues().speech | cues().attitude and root.tag_ != "VB":
        for code in first.codes:
            yield Found(Holder(code, None, f"{first.form.value} “{first.text}”"), root.i, "speech")


def _continued_quote(parsed: Parsed, context: Context) -> list[Found]:
    """A sentence that is all quotation goes on from the last speaker of its paragraph, or from one who was introduced
    at the end of the paragraph before."""
    speaker = context.last_speaker if context.quote_may_continue(parsed) else NOBODY
    speaker = NOBODY if is_of_colleagues(parsed) else speaker
    if context.open_in >= 0 and speaker.holders:
        context.speaker_paragraph = parsed.sentence.paragraph  # the quotation goes on over paragraphs
    return [Found(Holder(one.code, one.actor, f"goes on from {one.how}"), 0, "quote") for one in speaker.holders]


def _answer(parsed: Parsed, context: Context) -> list[Found]:
    """A quoted answer in an interview: a position where it speaks as "we" or "I", or names the speaker's own state."""
    own = context.interviewee.codes
    first = any(token.lower_ in ("we", "i", "our", "us") for token in parsed.doc)
    named = any(set(mention.codes) & own for mention in parsed.mentions)
    if parsed.doc.text.rstrip('"”» ').endswith("?") or not (first or named):
        return []
    return [Found(holder, 0, "quote") for holder in context.interviewee.holders]


def _beside_quote(parsed: Parsed, context: Context) -> Iterator[Found]:
    """A quotation with an office or a known person right beside a verb of saying, where the parse found no subject."""
    for phrase in context.phrases.get(id(parsed), []):
        if parsed.quoted[phrase.head]:
            continue
        neighbours = [
            index
            for index in (phrase.start - 1, phrase.start - 2, phrase.end, phrase.end + 1)
            if 0 <= index < len(parsed.doc)
        ]
        said = next(
            (i for i in neighbours if lemma(parsed.doc[i]) in cues().speech and parsed.doc[i].pos_ == "VERB"), None
        )
        if said is not None and any(parsed.quoted):
            yield from (Found(holder, said, "speech") for holder in speaker_of_phrase(phrase, parsed, context).holders)


_COLON = re.compile(r":\s*[“\"«„]")


def _before_a_colon(parsed: Parsed, context: Context) -> Iterator[Found]:
    """ "The minister, Ana Rey, was blunt: "We shall not pay."": a person or office before a quotation that runs to the
    sentence's end, whatever the verb."""
    colon = _COLON.search(parsed.doc.text)
    if colon is None or not _ends_quoted(parsed, colon.end()):
        return
    for token in parsed.doc:
        if token.idx >= colon.start():
            return
        if token.dep_ == "nsubj":
            speaker = resolve(token, parsed, context)
            sure = [holder for holder in speaker.holders if not any(guess in holder.how for guess in GUESSES)]
            yield from (Found(holder, token.head.i, "speech") for holder in sure if holder.actor is not None)
            return


def _behind_a_dash(parsed: Parsed, context: Context) -> Iterator[Found]:
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
    return all(parsed.quoted[token.i] for token in parsed.doc if token.idx >= start and token.is_alpha)


# --- what the next sentences may lean on -----------------------------------------------------------------------------


def remember(parsed: Parsed, context: Context) -> None:
    """End a sentence: the subject of the main verb, and a speaker of a verb of saying, become whom "he", "it" and
    quotes go back to. A sentence that is all quotation changes nothing."""
    if parsed.all_quoted:
        context.open_in = parsed.sentence.paragraph if parsed.left_open else -1
        return
    _remember_subjects(parsed, context)
    context.leave(parsed)


def _remember_subjects(parsed: Parsed, context: Context) -> None:
    alone = parsed.name_alone or (_only_state(parsed) if is_correction(parsed.doc.text) else None)
    if alone is not None:  # of a correction: "In fact it opposes it" is of the state that it is about
        context.spoke(mention_speaker(alone), plural=False, person=False)
        return
    opening = _opening_state(parsed)
    if opening is not None:
        context.last_body = opening
    for token in parsed.doc:
        if token.dep_ not in SUBJECTS or parsed.quoted[token.i]:
            continue
        says = lemma(token.head) in cues().speech
        if token.lower_ in ("he", "she") and says and any(parsed.quoted):
            context.goes_on(resolve(token, parsed, context))
        if token.pos_ == "PRON":
            continue
        named = _of_participle(token.head.head)
        verb = token.head.head if named == token else token.head
        says = lemma(verb) in cues().speech
        if verb.dep_ != "ROOT" and not says:
            continue
        speaker = resolve(token, parsed, context)
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
    text = parsed.doc.text
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
