"""What a statement says of its topic, by cue, only where the cue is unambiguous; the deciding words are kept.

Conventions: "does not rule out" and "too soon" are undecided, "not with our troops" is opposes, "only if" conditional.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from digest import data
from digest.model import Stance, StanceLabel, Topic
from digest.positions import conditions, undoing
from digest.positions.aimed import backs_another, is_about_else, is_replaced
from digest.positions.denial import is_denied
from digest.positions.gapping import gap_of
from digest.positions.lexicon import cues, lemma, wording
from digest.positions.parsed import SUBJECTS, Parsed
from digest.positions.subjects import has_subject, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class _Rule:
    """What the words of a clause show where the pattern is found in them. `certain` rules are not put in doubt."""

    label: StanceLabel
    pattern: re.Pattern[str]
    certain: bool


@cache
def _rules() -> tuple[_Rule, ...]:
    """The rules of `digest/data/stance.toml`, in their order."""
    table = data.load("stance.toml")

    def pattern(texts: Collection[str]) -> re.Pattern[str]:
        text = "|".join(texts)
        for name in ("not", "shy", "refusing"):
            text = text.replace(name.upper(), table[name])
        return re.compile(text, re.IGNORECASE)

    return tuple(
        _Rule(StanceLabel(rule["stance"]), pattern(rule["any"]), rule.get("certain", False)) for rule in table["rule"]
    )


@cache
def _staying() -> re.Pattern[str]:
    table = data.load("stance.toml")
    text = "|".join(table["staying"]).replace("NOT", table["not"]).replace("LEAVING", table["leaving"])
    return re.compile(text, re.IGNORECASE)


def _is_on_leaving(topic: Topic) -> bool:
    """Whether the topic itself is to leave or to end something."""
    return (
        re.search(r"\b(?:leav|withdr|exit|quit|depart|abandon|pull|end(?:ing)?\b)", topic.name, re.IGNORECASE)
        is not None
    )


_SIDES = (StanceLabel.SUPPORTS, StanceLabel.OPPOSES)
_NOUN = "N_"
_NEGATED_BEFORE = re.compile(
    r"\b(?:not|never|no longer|neither|nor|hardly)\s+(?:\w+\s+)?$|n['’]t\s+$|\bno\s+$", re.IGNORECASE
)
_OTHER_VERB = ("conj", "parataxis", "advcl")


def stance(
    parsed: Parsed,
    cue: int,
    holder: str,
    topic: Topic,
    *,
    earlier: bool = False,
    without: Collection[int] = (),
) -> Stance | None:
    """The stance of `holder` that the clause around the cue token shows; None where no rule decides.

    What it says of another state, what it had held before (unless `earlier` is asked for), and a question show none.
    `without` are tokens that are left out of the clause: they speak of another topic.
    """
    if not _tells(parsed, parsed.tokens[cue], earlier=earlier):
        return None
    if is_replaced(parsed.tokens[cue], topic) or _tells_of_another(parsed, cue, holder):
        return Stance(StanceLabel.OTHER, "")
    return _if_aimed(_found(parsed, cue, holder, topic, without), parsed, parsed.tokens[cue], topic)


def _found(parsed: Parsed, cue: int, holder: str, topic: Topic, without: Collection[int]) -> Stance | None:
    """What the first rule with a match in the clause shows."""
    clause = clause_tokens(parsed, cue, holder)
    words = [word for word in clause if word.i not in without]
    spelled = _spelled(words)
    text = "".join(spelled)
    turned = _by_construction(text, topic)
    if turned is not None:
        return turned
    stays = _staying().search(text)
    if stays and not _is_on_leaving(topic):
        return Stance(StanceLabel.SUPPORTS, stays[0])
    limit = conditions.limit_of(clause, parsed, topic)
    if limit:
        return Stance(StanceLabel.CONDITIONAL, limit)
    for rule in _rules():
        for match in rule.pattern.finditer(text) if not rule.certain else ():
            if rule.label not in _SIDES:
                return Stance(rule.label, match[0].replace(_NOUN, "").strip())
            if not _is_not_done(_inside(match, words, spelled), parsed, topic):
                return _side(rule.label, match, text, parsed, parsed.tokens[cue], topic)
    return None


def _side(
    label: StanceLabel, match: re.Match[str], text: str, parsed: Parsed, verb: Token, topic: Topic
) -> Stance | None:
    """The side that a match in the clause of a verb tells, turned round where it is denied; None where an act that
    undoes something may turn it."""
    if undoing.turns(text[: match.start()], f"{_done_to(verb)} {text[match.end() :]}", topic):
        return None
    if is_denied(verb, parsed):
        return Stance(StanceLabel.OPPOSES, match[0]) if label is StanceLabel.SUPPORTS else None
    return Stance(_negated(label, text, match), match[0].replace(_NOUN, "").strip())


def _inside(match: re.Match[str], words: list[Token], spelled: list[str]) -> list[Token]:
    """The words of a match."""
    starts = accumulate((len(text) for text in spelled[:-1]), initial=0)
    return [word for word, start in zip(words, starts, strict=True) if match.start() <= start < match.end()]


def _is_not_done(cue: list[Token], parsed: Parsed, topic: Topic) -> bool:
    """Whether a cue tells of no deed of the holder: "the blocked canals", "a seat had been promised", "who will pay".
    What should be done is wanted: "the offer should be accepted"."""
    verb = next((word for word in reversed(cue) if word.pos_ == "VERB" and word.dep_ != "aux"), None)
    if verb is None:
        return False
    if verb.tag_ == "VBN" and verb.dep_ == "amod":
        return True
    has = {child.dep_ for child in verb.children}
    if verb.tag_ == "VBN" and "auxpass" in has and "agent" not in has and verb.lower_ not in cues().predicate:
        return not any(child.tag_ == "MD" for child in verb.children)
    return conditions.is_others(verb, parsed, topic)


def _if_aimed(found: Stance | None, parsed: Parsed, verb: Token, topic: Topic) -> Stance | None:
    """A side only where it is one on the topic; a condition and a doubt stand in any case."""
    if found is None or found.label not in _SIDES:
        return found
    if is_about_else(verb, topic):
        return None
    return Stance(StanceLabel.OTHER, "") if backs_another(parsed, verb, topic) else found


def turned(parsed: Parsed, cue: int, holder: str, topic: Topic, *, without: Collection[int] = ()) -> Stance | None:
    """The stance of a construction that turns or limits what its verb says, "stopped short of endorsing it"; None where
    there is none. It is not put in doubt."""
    verb = parsed.tokens[cue]
    if not _tells(parsed, verb) or is_replaced(verb, topic) or _tells_of_another(parsed, cue, holder):
        return None
    found = _by_construction(clause_text(parsed, cue, holder, without), topic)
    return None if found is not None and is_about_else(verb, topic) else found


def _tells(parsed: Parsed, verb: Token, *, earlier: bool = False) -> bool:
    """Whether the clause of a cue can show a stance at all."""
    return not (_asks(parsed) or (_is_past(verb) and not earlier))


def _by_construction(text: str, topic: Topic) -> Stance | None:
    for rule in _rules():
        match = rule.pattern.search(text) if rule.certain else None
        if match and (rule.label not in _SIDES or not undoing.is_act(topic)):
            words = match.groupdict().get("cue") or match[0]  # a pattern may look back on what is no part of its cue
            return Stance(rule.label, words.replace(_NOUN, "").strip())
    return None


def _done_to(verb: Token) -> str:
    """What a passive is about, which stands before it: "Norway's rejection of the toll was supported by Kenya"."""
    subject = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    return "" if subject is None or subject.pos_ == "PRON" else subject.text


def _negated(label: StanceLabel, text: str, match: re.Match[str]) -> StanceLabel:
    """A negation right before a supporting word turns it round: "did not welcome"."""
    before = text[max(0, match.start() - 25) : match.start()]
    if label is StanceLabel.SUPPORTS and _NEGATED_BEFORE.search(before):
        return StanceLabel.OPPOSES
    return label


def clause_tokens(parsed: Parsed, cue: int, holder: str) -> list[Token]:
    """The words of the clause that the cue rules, without coordinated clauses that have a subject of their own."""
    gap = gap_of(parsed.gaps, cue, holder)
    if gap is not None:
        return [parsed.tokens[cue], *parsed.tokens[gap.behind : gap.end]]
    others = {i for gap in parsed.gaps if holder not in gap.codes for i in range(gap.start, gap.end)} | parsed.left_out
    words = _subtree(_content_top(parsed.tokens[cue]), parsed, holder)
    return sorted((word for word in words if word.i not in others), key=lambda word: word.i)


def clause_text(parsed: Parsed, cue: int, holder: str, without: Collection[int] = ()) -> str:
    """The text of the clause that the cue rules, but for the tokens `without`."""
    return "".join(_spelled([word for word in clause_tokens(parsed, cue, holder) if word.i not in without]))


def _spelled(words: list[Token]) -> list[str]:
    """Each word of a clause as the rules read it, with the space behind it."""
    apart = (not word.whitespace_ and after.i > word.i + 1 for word, after in pairwise(words))
    gaps = [*((" " if gap else "") for gap in apart), ""]  # left out between them: "Peru(, he said,) would"
    return [_marked(word) + word.whitespace_ + gap for word, gap in zip(words, gaps, strict=True)]


def _marked(word: Token) -> str:
    """A word that is a noun here and a stance only as a verb ("asked for support") is marked for the rules."""
    return (
        _NOUN + str(word.text)
        if word.pos_ == "NOUN" and word.lower_ in wording("stance.verb_or_noun")
        else str(word.text)
    )


def _asks(parsed: Parsed) -> bool:
    """Whether what is quoted is a question: it takes no side."""
    return bool(re.search(r"\?[\"”»]", parsed.text))


_WITHIN = frozenset(("ccomp", "xcomp", "acomp", "attr", "dobj", "pcomp", "prep", "acl", "poss", "parataxis"))


def _content_top(token: Token) -> Token:
    """The verb that rules the clause: from a cue inside what is said, up to the verb of saying."""
    speech = cues().speech | cues().attitude
    while token.dep_ in _WITHIN or (token.dep_ == "advmod" and token.lower_ in ("short", "far")):
        between = token.doc[min(token.i, token.head.i) : max(token.i, token.head.i)]
        if any(word.text == ";" for word in between):
            break
        put_in = token.dep_ == "parataxis" and lemma(token) in cues().speech  # "Peru, its minister said, will sign"
        is_clause = token.dep_ in ("ccomp", "parataxis") and not put_in
        if is_clause and lemma(token.head) not in speech and token.head.pos_ != "AUX":
            break
        token = token.head
    return token


def _subtree(top: Token, parsed: Parsed, holder: str) -> list[Token]:
    words = [top]
    for child in top.children:
        if (
            (child.dep_ == "relcl" and not _is_told(child, top) and not _is_denied_purpose(child, top))
            or _is_done_by_another(child, parsed, holder)
            or _is_of_another(child, parsed, holder)
            or _is_what_was_asked(child)
        ):
            continue
        if (
            child.dep_ in _OTHER_VERB
            and has_subject(child)
            and not conditions.is_condition(child)
            and not _goes_on(child, top, parsed, holder)
        ):
            continue
        if child.pos_ != "PUNCT" and _stands_apart(child, top):
            continue
        words.extend(_subtree(child, parsed, holder))
    return words


def _stands_apart(clause: Token, top: Token) -> bool:
    """ "The bars closed early: Ghana rejected it", and what a semicolon parts, whatever the parse makes of it."""
    between = clause.doc[min(clause.i, top.i) : max(clause.i, top.i)]
    return any(word.text == ";" or (word.text == ":" and clause.i < top.i) for word in between)


def _goes_on(clause: Token, above: Token, parsed: Parsed, holder: str) -> bool:
    """Whether a coordinated clause with a subject of its own is said by the same speaker of itself.

    "The code works, and we oppose the treaty", a diplomat said; Peru said that it would wait and that it backs the ban.
    """
    if clause.dep_ != "conj":
        return False
    subject = next(child for child in clause.children if child.dep_ in SUBJECTS)  # whoever asks has seen one
    between = {word.lower_ for word in above.doc[above.i : clause.i]}
    if "but" in between and subject.lower_ in ("it", "they") and _is_last_named(holder, subject, parsed):
        return True  # "Peru will send a delegation, but it opposes the plan"
    if not any(lemma(up) in cues().speech for up in above.ancestors):
        return False
    is_that = any(child.lower_ == "that" for child in clause.children)
    return subject.lower_ in ("we", "i") or (is_that and subject.lower_ in ("it", "they", "he", "she"))


def _is_last_named(holder: str, pronoun: Token, parsed: Parsed) -> bool:
    """Whether of all states that are a subject before a pronoun the holder alone is one."""
    subjects = (word for word in pronoun.doc[: pronoun.i] if word.dep_ in SUBJECTS)
    named = {code for word in subjects if (mention := parsed.mention_of.get(word.i)) for code in mention.codes}
    return named == {holder}


def _is_told(clause: Token, listener: Token) -> bool:
    """ "informed the meeting that it will not sign": what is said, though the parser hangs it on who hears it."""
    is_that = any(child.lower_ == "that" for child in clause.children)
    return is_that and lemma(listener.head) in wording("stance.tell")


def _is_denied_purpose(clause: Token, noun: Token) -> bool:
    """ "no reason to oppose it": what there is none for, though the parser makes it a relative clause."""
    if not any(one.lower_ in ("no", "any", "little") for one in noun.children):
        return False
    return clause.tag_ == "VB" and any(child.lower_ == "to" for child in clause.children) and not has_subject(clause)


def _is_what_was_asked(clause: Token) -> bool:
    """ "Asked whether it would reject the plan, Lima said": the words of the one who asks."""
    asked = clause.lower_ in ("asked", "pressed", "questioned", "quizzed", "prompted")
    return asked and clause.dep_ in ("advcl", "acl", "csubj") and not has_subject(clause)


def _is_done_by_another(clause: Token, parsed: Parsed, holder: str) -> bool:
    """ "Ghana, opposed by Togo, supports it": what others do to the holder."""
    by = next((child for child in clause.children if child.dep_ == "agent"), None)
    doers = [parsed.mention_of[token.i] for token in by.subtree if token.i in parsed.mention_of] if by else []
    return clause.dep_ == "acl" and by is not None and not any(holder in doer.codes for doer in doers)


def _is_past(cue: Token) -> bool:
    """ "had offered", "used to lobby": held before, and perhaps no longer."""
    used = cue.dep_ == "xcomp" and cue.head.lower_ == "used"
    return used or any(child.lower_ in ("had", "used") and child.dep_ == "aux" for child in cue.children)


def _is_of_another(clause: Token, parsed: Parsed, holder: str) -> bool:
    """ "regrets that Switzerland has blocked it": a clause about what another state does."""
    if clause.dep_ not in ("ccomp", "advcl") or conditions.is_condition(clause):
        return False
    subject = next((child for child in clause.children if child.dep_ in SUBJECTS), None)
    mention = parsed.mention_of.get(subject.i) if subject is not None else None
    return mention is not None and holder not in mention.codes


def _tells_of_another(parsed: Parsed, cue: int, holder: str) -> bool:
    """ "According to Ghana, Togo rejects it", "Togo, said Ghana, rejects it": what another state does, told by words
    put into it."""
    said = parsed.tokens[cue]
    if said.lower_ == "according" or (lemma(said) in cues().speech and said.dep_ == "parataxis"):
        told = said.head
    else:
        behind = (child for child in said.children if child.dep_ == "ccomp" and child.i > said.i)
        told = next(behind, said) if said.i + 1 < len(parsed.tokens) and said.nbor().text == "," else said
    subject = subject_of(told)[0] if told is not said and told.pos_ in ("VERB", "AUX") else None
    mention = parsed.mention_of.get(subject.i) if subject is not None else None
    return mention is not None and bool(mention.codes) and holder not in mention.codes
