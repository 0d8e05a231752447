"""Whose word a clause is: said or thought by whom, supposed, heard, reckoned by the author, passed on by media."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.positions.context import GUESSES, NOBODY, STRANGER, Context, Speaker
from digest.positions.holders import full_name, resolve
from digest.positions.lexicon import cues, lemma, titles
from digest.positions.parsed import SUBJECTS, Parsed
from digest.positions.subjects import subject_of, two_subjects

if TYPE_CHECKING:
    from spacy.tokens import Token


_NOT_AFTER = frozenset(("if", "whether", "unless"))


def is_hypothesis(verb: Token) -> bool:
    """Whether the verb stands in a clause of "if", "whether" or "unless", or an inverted condition."""
    if is_supposed(verb):
        return True
    for token in (verb, *verb.ancestors):
        marked = any(child.dep_ == "mark" for child in token.children)
        if any(child.lower_ in _NOT_AFTER for child in token.children) or (
            marked and token.head.lemma_.lower() in cues().doubted
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
    if token.dep_ == "nsubj" and behind & {"could", "might"} and "have" in behind and verb.tag_ == "VBN":
        return True  # "Lima could have vetoed it": it has not
    heard = token.dep_ == "nsubjpass" and lemma(verb) in cues().heard
    return heard and any(child.dep_ in ("xcomp", "ccomp") for child in verb.children)


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
    if any(other.text in (",", ":", ";") for other in parsed.tokens[subject.i : token.i]) and not _is_according(
        subject
    ):
        return False  # "Oslo says yes, Helsinki no": two clauses side by side, whatever the parse makes of them
    holders = resolve(subject, parsed, context).holders
    sure = [holder for holder in holders if not any(guess in holder.how for guess in GUESSES)]
    return bool(sure) and code not in {holder.code for holder in holders}


def _teller_of(token: Token, parsed: Parsed) -> Token | None:
    """Who says that in which a token stands, by a verb or "according to"; None where nobody does, or the token is part
    of who does."""
    verb = next((above for above in (token, *token.ancestors) if above.pos_ in ("VERB", "AUX")), token)
    both = two_subjects(token.head) if token.dep_ == "nsubj" else []
    subject = both[1] if token in both[:1] else outer_subject(verb)
    if subject is None:
        named = (one for one in parsed.tokens if one.lower_ == "according" and not parsed.quoted[one.i])
        subject = next((source for one in named if (source := object_of_according(one)) is not None), None)
    return subject if subject is not None and token not in subject.subtree else None


def _says_more(verb: Token) -> bool:
    """Whether a verb of saying has a clause or an object behind it."""
    return any(child.i > verb.i and child.dep_ in ("ccomp", "dobj", "xcomp") for child in verb.children)


def _is_according(source: Token) -> bool:
    return any(above.lower_ == "according" for above in source.ancestors)


def is_reckoning(verb: Token, path: list[Token], context: Context) -> bool:
    """The author's guess: "Russia is likely to focus", "Berlin might refuse", "the Kremlin would probably protest"; not
    what a delegate says in the record of a meeting: "Her delegation could not accept it"."""
    if context.is_record and any(child.lower_ in ("his", "her") for one in path[-1].children for child in one.children):
        return False
    lexicon = cues()
    words = {child.lower_ for child in verb.children}
    unsure = words & cues().guessing - {"would"} or re.search(r"\bif\b.{1,80}\bwere to\b", verb.doc.text, re.I)
    if "would" in words and unsure and outer_subject(verb) is None:
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


def has_guess(verb: Token) -> bool:
    """ "It would", "it will probably": of a pronoun for a state, the author's guess."""
    return any(child.lower_ in cues().guessing for child in verb.children)


def is_fancy(verb: Token) -> bool:
    """The author's reading of a mind: "Moscow would like nothing better"."""
    return lemma(verb) in ("like", "love", "want", "prefer", "see") and any(c.lower_ == "would" for c in verb.children)


def _governed_by_speech(verb: Token) -> bool:
    return verb.dep_ in ("ccomp", "conj", "parataxis") and lemma(verb.head) in cues().speech | cues().attitude


def outer_speaker(verb: Token, parsed: Parsed, context: Context) -> Speaker:
    """Who says that the verb's clause is so: the subject of the speech verb above it; `NOBODY`: author or media."""
    subject = outer_subject(verb)
    if subject is not None:
        if subject.lower_ in ("i", "we") and verb.dep_ != "relcl" and lemma(verb) not in cues().speech:
            return STRANGER  # "We judge that New Delhi will refuse": the author
        return _unless_media(resolve(subject, parsed, context), subject, parsed)
    return _parenthetical(verb, parsed, context)


def outer_subject(verb: Token) -> Token | None:
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
    for token in parsed.tokens:
        if token.lower_ == "according" and not parsed.quoted[token.i]:
            source = object_of_according(token)
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
    return written and any(word.lower_ in cues().scholars for each in by for word in each.subtree)


def _is_media_name(source: Token) -> bool:
    """Whether the parser takes it for the name of a body, and nothing shows a person: "Ama Owusu, an economist"."""
    beside = (child for child in source.children if child.dep_ == "appos" and child.lower_ in titles().no_state)
    person = any(one.lower_ in ("a", "an") for child in beside for one in child.children)
    return source.ent_type_ in ("ORG", "WORK_OF_ART") and not person


def object_of_according(token: Token) -> Token | None:
    """The noun behind "according to"; None where there is none."""
    for child in token.subtree:
        if child.dep_ == "pobj":
            return child
    return None


def passes_on(according: Token, code: str, parsed: Parsed) -> bool:
    """Whether a source tells what another state has said: "Japan has told us that it will vote against it, according to
    the Norwegian ministry" is nothing that Norway holds."""
    for verb in (according.head, *according.head.ancestors):
        subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        mention = parsed.mention_of.get(subject.i) if subject is not None else None
        if lemma(verb) in cues().speech and mention is not None and mention.codes and code not in mention.codes:
            return True
    return False
