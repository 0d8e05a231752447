"""What a statement says of its topic, by cue, only where the cue is unambiguous; the deciding words are kept.

Conventions: "does not rule out" and "too soon" are undecided; "not with our troops" is opposes; "only if" is conditional.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.model import Stance, StanceLabel
from digest.positions.lexicon import cues, lemma
from digest.positions.parsed import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOT = r"(?:not|n[o']t|n’t|never|no longer|neither|nor|hardly)"
_S, _O, _C, _U = StanceLabel.SUPPORTS, StanceLabel.OPPOSES, StanceLabel.CONDITIONAL, StanceLabel.UNDECIDED

# In order: the first pattern that is found in the clause decides. Patterns of our own, from general usage.
_PATTERNS: tuple[tuple[StanceLabel, re.Pattern[str]], ...] = tuple(
    (label, re.compile(pattern, re.IGNORECASE))
    for label, pattern in (
        # turns: the new stance counts
        (
            _S,
            r"\b(?:drop(?:ped|s)?|lift(?:ed|s)?|withdr[ae]wn?|end(?:ed|s)?|abandon(?:ed|s)?|gave up|given up|overc[oa]me)\s+(?:\w+\s+){0,3}(?:opposition|objections?|resistance|veto|reservations?|blockade)\b",
        ),
        (
            _O,
            r"\b(?:drop(?:ped|s)?|withdr[ae]wn?|end(?:ed|s)?|abandon(?:ed|s)?)\s+(?:\w+\s+){0,3}(?:support|backing)\b",
        ),
        (_O, r"\bred lines?\b|\blegitimate targets?\b|\bunacceptable\b|\bout of the question\b"),
        # conditions
        (
            _C,
            r"\b(?:only (?:if|when|after|once|on condition|under|as part|with)|provided(?: that)?|on (?:the )?condition|on one condition|as long as (?!necessary|it takes)|so long as (?!necessary)|unless|conditional (?:on|upon)|conditions? (?:is|are|that|for)|subject to|depends? on|contingent (?:on|upon)|but not before|in return for|in exchange for|if and only if|under (?:one|two|three|certain|strict|these) conditions?|under the auspices|must (?:first|come first)|needs? (?:a )?mandate)\b|\b(?:could|would|will|can|might|may|ready to|open to|willing to|prepared to)\b[^;]{0,80}\bif\b",
        ),
        # open
        (
            _U,
            rf"\b(?:{_NOT})\s+(?:\w+\s+){{0,2}}(?:rul(?:e|ed|ing)|exclud(?:e|ed|ing)|dismiss(?:ed)?)\b|\bnot (?:unthinkable|excluded|ruled out|off the table)|\bnothing (?:is|should be|can be|was|has been) (?:excluded|ruled out|off the table)|\brul(?:e|ed|ing|es) nothing out|\b(?:not|no longer) rul\w+ (?:it|that|this|anything|any \w+|\w+) out",
        ),
        (
            _U,
            r"\b(?:not|n't|n’t|yet to|without|refus\w+ to|declin\w+ to) (?:yet )?(?:said?|say|state[d]?|stating|decide[d]?|indicate[d]?|confirm(?:ed)?|specif\w+|reveal\w*|disclose\w*) (?:\w+ ){0,3}(?:whether|if|how|when)\b",
        ),
        (
            _U,
            r"\btoo (?:soon|early)\b|\bpremature\b|\b(?:not|n't|n’t) (?:yet )?(?:decided|made up|taken a (?:decision|position)|reached a decision|clear)|\bno (?:final )?decision\b|\b(?:has|have|had) yet to (?:decide|take|make)|\bundecided\b|\b(?:would|will|could|did) not say\b|\bdeclin\w+ to (?:comment|say)|\b(?:gives?|made|makes?) no recommendation|\bkeep\w* (?:all|every|its|their)? ?options? open|\bwait and see|\babstain\w*|\bneeds? (?:more )?time|\b(?:remain\w*|is|are|was|were) (?:\w+ ){0,2}(?:cautious|unclear|uncertain|hesitant|undecided|split|divided|ambivalent|noncommittal|non-committal|open question)\b|\burg\w+ (?:caution|patience|restraint)|\bcall\w* for (?:caution|patience|restraint)|\breact\w* cautiously",
        ),
        # double negation
        (
            _U,
            r"\bden(?:y|ies|ied)\b[^;]{0,60}\b(?:reject|refus|oppos|block|veto)\w*|\bnot the (?:right|best) (?:time|moment)\b",
        ),
        (_O, r"\b(?:want|support|back|accept|agree|promise|offer|approve|pledge)\w*\s+(?:to\s+)?(?:nothing|none|no\b)"),
        (
            _U,
            rf"\b{_NOT}\s+(?:\w+\s+){{0,2}}(?:oppos\w+|object\w*|against|reject\w*|refus\w+|block\w*|veto\w*|stand in the way)\b|\b(?:no|without) (?:objections?|opposition)\b",
        ),
        # refusals
        (
            _O,
            r"\brul(?:e|ed|es|ing)\s+(?:it |this |that |them )?out\b|\bno (?:plans?|intention|need|reason|interest|question of|place for|appetite|ground troops|soldiers|troops)\b|\bnot an option\b|\boff the table\b|\bnon-starter\b|\bno way\b",
        ),
        (
            _O,
            rf"\b(?:will|would|can|could|do|does|did|is|are|was|has|have|must|should|wo|ca|shall)\s?(?:{_NOT})\s+(?:\w+\s+){{0,2}}(?:support|back|accept|agree|send|join|take part|participate|sign|allow|let|vote|be (?:engaged|involved|sent|part)|commit|contribute|tolerate|approve|endorse|recogni[sz]e|ratify|deploy|host|pay|invite|deal|want|favou?r|see (?:any|a) (?:need|reason)|the (?:right|forum)|provide)\b",
        ),
        (
            _O,
            r"\b(?:oppos(?:e|es|ed|ing)|reject(?:s|ed|ing)?|refus(?:e|es|ed|ing|al)|veto(?:es|ed)?|condemn(?:s|ed)?|object(?:s|ed|ing)? (?:to|that)|objected|protest(?:s|ed)|against|resist(?:s|ed)?|denounc(?:e|es|ed)|block(?:s|ed)|vot\w+ against|spoke out against|dismiss(?:es|ed)?|rebuff(?:s|ed)?|unconvinced|hostile|illegal|provocation|betrayal|declin(?:e|es|ed))\b",
        ),
        # support
        (
            _S,
            r"\b(?:(?:support(?:s|ed|ing)?|back(?:s|ed|ing))(?! the (?:representative|delegat|spokes))|supportive|endors(?:e|es|ed)|welcom(?:e|es|ed|ing)|favou?r(?:s|ed|ing)?|in favou?r of|approv(?:e|es|ed)|pledg(?:e|es|ed|ing)|promis(?:e|es|ed)|offer(?:s|ed|ing)?|agree(?:s|d)?(?! with| not)|accept(?:s|ed)?|commit(?:s|ted)?|ready to|willing(?:ness)? to|prepared to|read(?:y|iness)|eager|keen|wants?|wanted|hop(?:e|es|ed) (?:that|to|for)|call(?:s|ed)? for|plead(?:s|ed|ing)? for|campaign(?:s|ed|ing)? for|push(?:es|ed|ing)? for|press(?:es|ed|ing)? for|urg(?:e|es|ed|ing)|advocat\w+|champion\w*|will (?:send|join|sign|contribute|pay|host|provide|deploy|vote for|ratify|recogni[sz]e|support|back|take part)|vot\w+ for|hail(?:s|ed)?|prais(?:e|es|ed)|historic|interest in|insist(?:s|ed)? on|demand(?:s|ed)?)\b",
        ),
    )
)
_OTHER_VERB = ("conj", "parataxis", "advcl")


def stance(parsed: Parsed, cue: int) -> Stance | None:
    """The stance that the clause around the cue token shows; None where no cue decides, or two contradict each other."""
    text, marks = clause_text(parsed, cue)
    for label, pattern in _PATTERNS:
        match = pattern.search(text)
        if match:
            return Stance(_negated(label, text, match), match[0].strip())
    return None


def _negated(label: StanceLabel, text: str, match: re.Match[str]) -> StanceLabel:
    """A negation right before a supporting word turns it round: "did not welcome"."""
    before = text[max(0, match.start() - 25) : match.start()]
    if label is StanceLabel.SUPPORTS and re.search(
        rf"\b{_NOT}\s+(?:\w+\s+)?$|n['’]t\s+$|\bno\s+$", before, re.IGNORECASE
    ):
        return StanceLabel.OPPOSES
    return label


def clause_text(parsed: Parsed, cue: int) -> tuple[str, list[Token]]:
    """The words of the clause that the cue rules, without coordinated clauses that have a subject of their own."""
    token = parsed.doc[cue]
    top = _content_top(token)
    words = [word for word in _subtree(top) if not word.is_space]
    words.sort(key=lambda word: word.i)
    return "".join(word.text_with_ws for word in words), words


def _content_top(token: Token) -> Token:
    """The verb that rules the clause: from a cue inside what is said, up to the verb of saying."""
    speech = cues().speech | cues().attitude
    while (
        token.dep_ in ("ccomp", "xcomp", "acomp", "attr", "dobj", "pcomp", "prep", "acl", "poss", "parataxis")
        and token.head is not token
    ):
        between = token.doc[min(token.i, token.head.i) : max(token.i, token.head.i)]
        if any(word.text == ";" for word in between):
            break
        if token.dep_ in ("ccomp", "parataxis") and lemma(token.head) not in speech and token.head.pos_ != "AUX":
            break
        token = token.head
    return token


def _subtree(top: Token) -> list[Token]:
    words = [top]
    for child in top.children:
        if child.dep_ == "relcl":
            continue
        if (
            child.dep_ in _OTHER_VERB
            and child.pos_ in ("VERB", "AUX")
            and _has_subject(child)
            and not _is_condition(child)
        ):
            continue
        if child.dep_ == "ccomp" and any(
            word.text == ";" for word in child.doc[min(child.i, top.i) : max(child.i, top.i)]
        ):
            continue
        words.extend(_subtree(child))
    return words


def _is_condition(verb: Token) -> bool:
    """A clause of "if" or "unless" belongs to what it limits; one of "while" or "as" stands for itself."""
    marks = {child.lower_ for child in verb.children if child.dep_ in ("mark", "advmod")}
    return verb.dep_ == "advcl" and bool(marks & {"if", "unless", "provided", "until", "when", "once", "long"})


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
