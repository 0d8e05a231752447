"""Who has the word, by the form of a document: a transcript gives it by names with a colon, an interview by its
questions, a signed text to those who sign it. For the rules: where nobody sure has it, nobody has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from digest.model import Actor
from digest.positions.asked import addressee, named_of
from digest.positions.asked import answerer as side_that_answers
from digest.positions.context import NOBODY, STRANGER, Context, Holder, Speaker
from digest.positions.editorial import is_of_the_paper
from digest.positions.hearing import heard_by_form, prompts
from digest.positions.holders import mention_speaker, person_speaker
from digest.positions.issuing import in_small_letters, is_chair
from digest.positions.lexicon import wording
from digest.positions.names import DocumentNames, find_mentions
from digest.positions.offices import ANSWERS, ASKS, answerer, is_mere_word, of_issuer, who_briefs, without_office
from digest.positions.parsed import Parsed
from digest.positions.people import Person
from digest.positions.titled import DELEGATE

_LABEL = re.compile(
    r"\s*(?:[-–—*]+\s*|\d+\.\s*)?"
    r"((?:(?:[A-ZÀ-Þ(][^\s:“\"]{0,30}|\([^()]{1,90}\)|for|of|the|and|de|da|do|van|von|der|den|al|la|le|du)\s){0,7}"
    r"(?:[A-ZÀ-Þ(][^\s:“\"]{0,30}|\([^()]{1,90}\))):\s+\S"
)
_LINE = re.compile(r"[^\W\d_][\w ]{2,30}:\s")
"""What begins with words and a colon and gives nobody the word: "In favour: Algeria, France"."""
_ASIDE = ("(", "[")


_ALONE = re.compile(
    r"\W*((?:(?:Mr|Mrs|Ms|Dr|MR|MRS|MS|DR)\.? |THE )?[A-ZÀ-Þ][A-ZÀ-Þ’'.-]*(?: [A-ZÀ-Þ][A-ZÀ-Þ’'.-]*){0,3})\W*$|"
    r"\W*((?:[A-ZÀ-Þ][\w’'.-]*)(?: [A-ZÀ-Þ][\w’'.-]*){0,4})\s*:\W*$"
)
"""A paragraph that is nothing but a name: in capitals, or with a colon."""
_HEADING = re.compile(
    r"\W*([A-ZÀ-Þ][^\W\d_][^\n:.!?]{0,40}?)[ *_#]*$|[ *_]*([A-ZÀ-Þ][^\n:.!?–—-]{2,40}?)[ *_]* [–—-] +\S"
)
"""A line that may be nothing but a state's name, or begins with one and a dash."""
_LABELS = 3
_LETTER = re.compile(r"\s*([QA])(?:[.)]|\s[–—-])\s+\S")
"""Q. and A. before questions and answers."""


def labels_of(text: str, paragraphs: Iterable[tuple[int, int]]) -> dict[int, str]:
    """The names with a colon that paragraphs of a text begin with, by the number of the paragraph; a name that has a
    paragraph of its own belongs to the next. Q. and A. count where there are two of each; states without a colon, as
    headings or before a dash, where three are named so."""
    spans = list(enumerate(paragraphs))
    found = {number: match[1] for number, (start, end) in spans if (match := _LABEL.match(text, start, end))}
    letters = {number: match[1] for number, (start, end) in spans if (match := _LETTER.match(text, start, end))}
    times = Counter(letters.values())
    if all(times[letter] > 1 for letter in "QA"):
        found |= letters
    headed = {
        number: match[1] or match[2] for number, (start, end) in spans if (match := _HEADING.match(text[start:end]))
    }
    states = {number: name for number, name in headed.items() if _is_state(name)}
    if len({*states.values(), *filter(_is_state, found.values())}) >= _LABELS:
        found = states | found
    alone = {number: match for number, (start, end) in spans if (match := _ALONE.match(text[start:end]))}
    if _repeats(match[1] or match[2] for match in alone.values()):
        found |= {number + 1: match[1] or match[2] for number, match in alone.items() if number + 1 not in alone}
    return found


def _repeats(names: Iterable[str]) -> bool:
    """Whether one who asks and another one have the word twice: a heading in capitals stands once."""
    twice = {name for name, times in Counter(names).items() if times > 1}
    return any(map(ASKS.fullmatch, twice)) and not all(map(ASKS.fullmatch, twice))


def transcribes(parsed: Sequence[Parsed], context: Context) -> bool:
    """Whether names with a colon give the word in a document: three paragraphs or sentences or more begin with one, and
    among them is one that speaks for a state, or one that asks."""
    within = (_label_at(one) for one in parsed if one.sentence.paragraph not in context.labels)
    labels = [*context.labels.values(), *(label for label in within if label)]
    states = sum(_is_state(label) for label in labels)
    context.turn.states = states > 1
    context.turn.tells = states >= _LABELS and _is_told(context) and not any(map(ASKS.fullmatch, labels))
    context.turn.sections = _sections(parsed, context) if context.turn.tells else {}
    known = any(ASKS.fullmatch(label) or _by_name(label, context).holders for label in labels)
    known = known or sum(of_issuer(label, context).holders != () for label in labels) > 1
    context.turn.answers = answerer(labels, context)
    return known and len(labels) >= _LABELS


def _is_told(context: Context) -> bool:
    """Whether under the names of states it is told what they hold: their paragraphs do not say "I" and "we", and no
    organ speaks of each of them in turn."""
    under = {number for number, label in context.labels.items() if _is_state(label)}
    return context.source.state is None and len(under & context.personal) * 2 < len(under)


_BEFORE = 5
"""Characters that may stand before a name with a colon: a bullet, a number."""


def _sections(parsed: Sequence[Parsed], context: Context) -> dict[int, Speaker]:
    """The states of which paragraphs tell that stand under a heading with a state's name ("Lima: no hurry", "Peru"),
    up to the next heading. A heading is no sentence."""
    first = {one.sentence.paragraph: one.doc.text for one in reversed(parsed)}
    found: dict[int, Speaker] = {}
    for number, label in context.labels.items():
        below = number + 1
        apart = label not in first.get(number, "")[: len(label) + _BEFORE]
        if not apart or not _is_state(label):
            continue
        while below in first and below not in context.labels:
            found[below] = _of_state(label)
            below += 1
    return found


def _of_state(label: str) -> Speaker:
    small = in_small_letters(label)
    return mention_speaker(find_mentions(small, DocumentNames.of(small))[0])


def _label_at(one: Parsed) -> str | None:
    match = _LABEL.match(one.text)
    return match[1] if match else None


def _is_state(label: str) -> bool:
    small = in_small_letters(label)  # "COSTA RICA: It will abstain"
    return any(mention.text == small for mention in find_mentions(small, DocumentNames.of(small)))


def _by_name(label: str, context: Context) -> Speaker:
    """Who is named with a colon: a known person, or somebody with a state, in brackets or behind a comma; not one who
    presides ("The Chair (Finland)")."""
    if is_chair(label.partition("(")[0].strip()):
        return STRANGER
    name = re.sub(r"\W+$", "", label)
    person = context.people.find(name) or context.people.find(without_office(name)[1] or name)
    if person is not None and person.codes:
        return person_speaker(person)
    label = in_small_letters(label) if context.turn.states else label
    named = [mention for mention in find_mentions(label, DocumentNames.of(label)) if mention.is_actor_name]
    if len(named) == 2 and label == f"{named[0].text} ({named[1].text})":
        both = [holder for mention in named for holder in mention_speaker(mention).holders]
        return Speaker(tuple(both))  # "Luxembourg (European Union)": the state that presides over the organisation
    if len(named) != 1 or (named[0].text == label and not context.turn.states):
        return STRANGER  # one state alone with a colon may be a heading: "South Sudan: fighting went on"
    (mention,) = named
    before, _, inside = label[: mention.start].partition("(")
    words = [word for word in re.findall(r"[^\W\d_][\w.’'-]*", before) if word not in wording("people.honorific")]
    name = " ".join(word.capitalize() if word.isupper() else word for word in words)
    speaker = mention_speaker(mention)
    if mention.text == label or (name and label[mention.end :].startswith(")")):
        office = inside.removeprefix("the ").strip()  # "(the Netherlands)", "(Minister of Trade of Peru)"
        actor = Actor(name or None, f"{office} {mention.text}" if office else DELEGATE)
        return Speaker(tuple(Holder(one.code, actor, one.how) for one in speaker.holders))
    return speaker


def enter(one: Parsed, context: Context) -> None:
    """Go on to a sentence: set `context.floor` to who has the word in it, a stranger where it is somebody who speaks
    for no state, None where the form of the document does not tell."""
    turn = context.turn
    number = one.sentence.paragraph
    fresh = number != turn.paragraph
    turn.paragraph = number
    label = None
    if turn.transcript:
        label = context.labels.get(number) if fresh else _label_at(one)
    if turn.asks and not fresh and label and _PUT.match(label):
        label = None  # "Question: Thank you. For Ghana: will you go?"
    turn.label = label if label and label in one.text else ""
    if label:
        turn.speaker = _in_table(_labelled(label, context), label, one, context)
        turn.asks = bool(ASKS.fullmatch(label)) or number in context.questions
        turn.section = NOBODY
        if turn.tells and _is_state(label):
            turn.section, turn.speaker = _of_state(label), None
            context.turn_to(turn.section)
    elif turn.transcript and _LINE.match(one.text):
        turn.speaker, turn.asks = None, False
    elif number in context.questions:
        turn.speaker, turn.asks = STRANGER, True
    elif fresh:
        turn.section = turn.sections.get(number, NOBODY)
        turn.speaker, turn.asks = None if turn.section.holders else _next(one, context), False
        if turn.section.holders:
            context.turn_to(turn.section)
    if turn.asks:
        turn.question = one.text if label or fresh else f"{turn.question} {one.text}"
    aside = turn.speaker is not None and (one.text.lstrip().startswith(_ASIDE) or is_of_the_paper(one.text))
    if label or fresh:
        turn.told = is_mere_word(label, context) if label else turn.asks
    context.floor = STRANGER if aside else turn.speaker
    context.heard = heard_by_form(one, context)


_PUT = re.compile(r"(?:and |then |now |a question |question )?(?:for|to)\b", re.IGNORECASE)


def _labelled(label: str, context: Context) -> Speaker:
    if ASKS.fullmatch(label):
        return STRANGER
    if ANSWERS.fullmatch(label):
        if context.turn.sides:
            return _side_asked(context)
        return context.interviewee if context.interviewee.holders else of_issuer(label, context)
    speaker = _by_name(label, context)
    if not speaker.holders:
        speaker = who_briefs(context) if _is_state(label) else of_issuer(label, context)
    if speaker.holders:
        return speaker
    if not is_chair(label) and not without_office(label)[1]:
        return _by_office(label, context)
    side = _new_at_podium(label, context)
    if side.holders:
        return side
    return context.interviewee if _is_initials(label, context.interviewee) else STRANGER


def _side_asked(context: Context) -> Speaker:
    """Who answers without a name at a briefing of several: the side that the question is put to, else the one that
    answered before, unless the question names another."""
    turn = context.turn
    put = addressee(turn.question, turn.sides)
    if put is None:
        named = named_of(turn.question, [side.code for side in turn.sides])
        turn.side = turn.side if not named or named == {turn.side} else ""
    else:
        turn.side = put
    return Speaker((Holder(turn.side, None, "the question is put to that side"),)) if turn.side else STRANGER


def _new_at_podium(label: str, context: Context) -> Speaker:
    """Who has the word under a name that nobody has introduced, at a briefing whose head names the sides: from then on
    a known person."""
    turn = context.turn
    office, name = without_office(label)
    code = side_that_answers(label, turn.question if turn.asks else "", turn.sides) if turn.sides else None
    if code is None or is_chair(label) or not name:
        return STRANGER
    person = Person(re.sub(r"^\W+|\W+$", "", name), office or None, (code,), True)
    context.people.add_known(person)
    return person_speaker(context.people.find(person.name) or person)


def _by_office(label: str, context: Context) -> Speaker:
    """Whoever has the word by an office alone ("Minister:"): the one who is interviewed, or the only one who has it."""
    words = label.lower().split()
    roles = [(one.actor.role or "").lower().split() for one in context.interviewee.holders if one.actor]
    if roles and all(word in role for role in roles for word in words):
        return context.interviewee
    person = context.people.with_role(words[-1])
    role = (person.role or "").lower().split() if person is not None and person.codes else []
    return person_speaker(person) if person is not None and set(words) <= set(role) else STRANGER


def _in_table(speaker: Speaker, label: str, one: Parsed, context: Context) -> Speaker:
    """Who speaks in the row of a table, "Norland: Opposes the plan; Ambassador Ida Berg": the person at its end."""
    if not _is_state(label):
        return speaker
    end = len(one.text.rstrip(". "))
    for phrase in context.phrases.get(id(one), []):
        first, last = one.tokens[phrase.start], one.tokens[phrase.end - 1]
        before = one.text[: first.idx].rstrip()
        if phrase.name and phrase.kind == "person" and before.endswith(";") and last.idx + len(last.text) >= end:
            actor = Actor(phrase.name, phrase.role)
            return Speaker(tuple(Holder(each.code, actor, each.how) for each in speaker.holders))
    return speaker


def _is_initials(label: str, speaker: Speaker) -> bool:
    """ "M.T." for Mere Tuilawa."""
    names = [holder.actor.name for holder in speaker.holders if holder.actor and holder.actor.name]
    return any(re.sub(r"\W", "", label) == "".join(word[0] for word in name.split()) for name in names)


def _next(one: Parsed, context: Context) -> Speaker | None:
    """Who has the word in a paragraph that has neither a name with a colon nor a question mark."""
    turn = context.turn
    if turn.transcript:
        if turn.asks and turn.sides:
            return _side_asked(context)
        answers = turn.asks and context.interviewee.holders
        if answers or turn.speaker is None or turn.speaker.stranger:
            return context.interviewee if answers else turn.speaker
        return turn.speaker if one.sentence.paragraph in context.personal else None
    if one.sentence.paragraph in context.answers | context.perhaps_answers:
        heard = one.sentence.paragraph in context.personal and context.interviewee.holders and context.talks
        return context.interviewee if heard and not prompts(one) else None
    signers = context.voices.signers
    return signers if signers.holders else None
