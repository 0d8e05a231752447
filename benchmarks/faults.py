"""Plant faults into true sentences: one fault of one kind each, made by program and the same every time.

Kinds: name, role, country, number, date, negation (added or removed), modality, quotation, speaker. A fault that does
not change what the sentence says is thrown away by a test on its words; where a kind finds nothing to change in a
sentence, there is no fault of this kind from it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

KINDS = ("name", "role", "country", "number", "date", "negation", "modality", "quotation", "speaker")

_COUNTRIES = {
    "Estonia": "Estonian", "Latvia": "Latvian", "Lithuania": "Lithuanian", "Finland": "Finnish", "Sweden": "Swedish", "Norway": "Norwegian",
    "Denmark": "Danish", "Germany": "German", "France": "French", "Italy": "Italian", "Spain": "Spanish", "Portugal": "Portuguese",
    "Poland": "Polish", "Slovakia": "Slovak", "Hungary": "Hungarian", "Austria": "Austrian", "Greece": "Greek", "Turkey": "Turkish",
    "Cyprus": "Cypriot", "Bulgaria": "Bulgarian", "Romania": "Romanian", "Moldova": "Moldovan", "Ukraine": "Ukrainian", "Russia": "Russian",
    "Belarus": "Belarusian", "Croatia": "Croatian", "Slovenia": "Slovenian", "Albania": "Albanian", "Montenegro": "Montenegrin",
    "Ireland": "Irish", "Belgium": "Belgian", "Iceland": "Icelandic", "Ethiopia": "Ethiopian", "Egypt": "Egyptian", "Sudan": "Sudanese",
    "Kenya": "Kenyan", "Uganda": "Ugandan", "Tanzania": "Tanzanian", "Rwanda": "Rwandan", "Ghana": "Ghanaian", "Nigeria": "Nigerian",
    "Senegal": "Senegalese", "Mali": "Malian", "Mauritania": "Mauritanian", "Morocco": "Moroccan", "Malawi": "Malawian", "Zambia": "Zambian",
    "Mozambique": "Mozambican", "Iran": "Iranian", "Israel": "Israeli", "Lebanon": "Lebanese", "Qatar": "Qatari", "India": "Indian",
    "China": "Chinese", "Japan": "Japanese", "Cambodia": "Cambodian", "Canada": "Canadian", "Brazil": "Brazilian", "Colombia": "Colombian",
    "Vietnam": "Vietnamese", "Australia": "Australian", "Indonesia": "Indonesian", "Azerbaijan": "Azerbaijani", "Malta": "Maltese",
}  # fmt: skip
_DEMONYMS = {adjective: country for country, adjective in _COUNTRIES.items()}
_OFFICES = ("Transport", "Infrastructure", "Defence", "Foreign", "Finance", "Interior", "Health", "Energy", "Fisheries", "Trade", "Economy",
            "Environment", "Culture", "Justice", "Agriculture", "Education")  # fmt: skip
_ROLE = re.compile(
    r"\b(?:[Tt]ransport|[Ii]nfrastructure|[Dd]efence|[Ff]oreign|[Ff]inance|[Ii]nterior|[Hh]ealth|[Ee]nergy|[Ff]isheries|[Tt]rade|[Ee]conomy|"
    r"[Ee]nvironment|[Cc]ulture|[Ww]ater|[Aa]griculture)\b(?= (?:[Mm]inister|[Mm]inistry|[Ss]ecretary|[Cc]ommissioner))|"
    r"\b(?:[Pp]rime [Mm]inister|[Pp]resident|[Mm]inister|[Gg]overnor|[Aa]mbassador|[Ss]pokesman|[Ss]pokeswoman|[Dd]irector|[Mm]ayor|[Mm]ediator|[Ss]ecretary)\b"
)
_RANKS = ("prime minister", "president", "ambassador", "spokesman", "director", "mayor", "judge", "general")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")
_WORDS = "two three four five six seven eight nine ten eleven twelve fourteen twenty thirty fifty ninety".split()
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)}|[Nn]ine|[Ee]leven|[Ff]our|[Ff]ifty)\b(?! (?:of the|hours? after))")
_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_DATE = re.compile(
    rf"\b(?:{'|'.join(_MONTHS)}|{'|'.join(_DAYS)})\b|\b(?:19|20)\d\d\b|\b(?:spring|autumn|Easter|Christmas)\b"
)
_NAME = re.compile(r"(?m)(?<![.!?\"] )(?<!^)(?<!^\")\b[A-ZÁÉÍÓÚŠŽČ][a-zà-ž]+(?:-[A-Za-z][a-z]+)*\b")
_NOT_A_NAME = frozenset(_MONTHS) | frozenset(_DAYS) | frozenset(
    "Minister Ministers Prime President Government Commission Union European Ministry Council Court State Foreign Defence Health Interior Finance "
    "Trade Transport Fisheries Environment Infrastructure Energy Secretary Deputy Mr Ms Dr Madam Director Conference Parliament Assembly The He She "
    "It They In On At But And A An No We I Of For Economy Fund Affairs Europe Africa African Observer Governor Commissioner South North East West "
    "Treasury Technology Culture Water Agriculture Enterprises Party Administrative General Supreme Court World Bank Development".split()
)  # fmt: skip
_AUXILIARY = re.compile(
    r"\b(will|would|may|might|could|can|must|should|is|are|was|were|has|have|had)\b(?! not\b)(?!n't)(?= [a-z])"
)
_NEGATION = re.compile(
    r"\b(?:(?P<aux>will|would|may|might|could|can|must|should|is|are|was|were|has|have|had|does|do|did) not|cannot|no longer)\b"
)
_MODALITY = (
    (re.compile(r"\b(?:may|might|could)\b(?! not)(?= [a-z])"), "will"),
    (re.compile(r"\b(?:would|will) (?=[a-z]+\b)"), "may "),
    (re.compile(r"\bshould\b(?= [a-z])"), "will"),
    (re.compile(r"\bmust\b(?= [a-z])"), "may"),
)
_QUOTE = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_ADJECTIVES = {"no": "some", "not": "fully", "first": "last", "clear": "faint", "own": "foreign", "directed": "hardly aimed", "good": "bad", "half": "twice",
               "never": "always", "lives": "ships", "owner": "thief", "alliance": "market", "attention": "indifference", "rule": "law",
               "six": "nine", "months": "years", "both": "neither", "can": "cannot", "regrettable": "welcome", "oppose": "support", "give": "take", "pay": "answer"}  # fmt: skip
_SPEECH = re.compile(
    r"\b(?:said|says|told|warned|stated|called|added|announced|considers|denied|rejected|proposed|welcomed|supported)\b"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A false sentence, and what kind of fault is in it."""

    kind: str
    text: str


def plant(sentence: str, document: str, seed: str, kinds: Sequence[str] = KINDS) -> Iterator[Fault]:
    """At most one fault of each kind in a sentence; other names, numbers and dates are those of its document where it
    has any, since a swap within a document is what a summariser does. The same seed gives the same faults."""
    for kind in kinds:
        chance = random.Random(f"{seed}|{kind}")
        made = _MAKERS[kind](sentence, document, chance)
        if made and made != sentence:
            yield Fault(kind, made)


def _swap(text: str, match: re.Match[str], other: str) -> str:
    if match[0][:1].isupper() and other:
        other = other[0].upper() + other[1:]
    return text[: match.start()] + other + text[match.end() :]


def _names(text: str) -> list[re.Match[str]]:
    found = [match for match in _NAME.finditer(text) if match[0] not in _NOT_A_NAME]
    return [match for match in found if match[0] not in _COUNTRIES and match[0] not in _DEMONYMS]


def _name(text: str, document: str, chance: random.Random) -> str | None:
    mine = _names(text)
    if not mine:
        return None
    others = sorted({m[0] for m in _names(document)} - {m[0] for m in mine} - set(text.split()))
    others = [other for other in others if not re.search(rf"\b{other.lower()}\b", document)]
    other = (
        chance.choice(others)
        if others and chance.random() < 0.7
        else chance.choice(("Holmgren", "Petrescu", "Ouattara", "Lindqvist", "Barrow"))
    )
    return _swap(text, chance.choice(mine), other)


def _role(text: str, document: str, chance: random.Random) -> str | None:
    found = list(_ROLE.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    low = match[0].lower()
    if low in {office.lower() for office in _OFFICES} | {"water"}:
        others = [office for office in _OFFICES if office.lower() not in text.lower()]
        other = chance.choice(others)
        return _swap(text, match, other if match[0][0].isupper() else other.lower())
    groups = (
        {"prime minister", "minister", "secretary"},
        {"president", "director", "mayor", "governor"},
        {"spokesman", "spokeswoman"},
    )
    same = next((group for group in groups if low in group), {low})
    other = chance.choice([rank for rank in _RANKS if rank not in same and rank not in text.lower()])
    return _swap(text, match, other.title() if match[0][0].isupper() else other)


def _country(text: str, document: str, chance: random.Random) -> str | None:
    pattern = re.compile(rf"\b(?:{'|'.join([*_COUNTRIES, *_DEMONYMS])})\b")
    found = list(pattern.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    mine = {_DEMONYMS.get(m[0], m[0]) for m in found}
    near = sorted({_DEMONYMS.get(m[0], m[0]) for m in pattern.finditer(document)} - mine)
    other = chance.choice(near) if near and chance.random() < 0.7 else chance.choice(sorted(set(_COUNTRIES) - mine))
    return _swap(text, match, _COUNTRIES[other] if match[0] in _DEMONYMS else other)


def _number(text: str, document: str, chance: random.Random) -> str | None:
    dates = [match.span() for match in _DATE.finditer(text)]

    def dated(match: re.Match[str]) -> bool:
        return any(
            match.start() - 2 <= end <= match.end() + 1 or start - 2 <= match.end() <= end for start, end in dates
        )

    found = [match for match in _NUMBER.finditer(text) if not dated(match)]
    spelt = [match for match in _NUMBER_WORD.finditer(text) if match[0].lower() in _WORDS]
    if not found and not spelt:
        return None
    match = chance.choice(found or spelt)
    if not found:
        return _swap(text, match, chance.choice([word for word in _WORDS if word != match[0].lower()]))
    others = sorted({m[0] for m in _NUMBER.finditer(document)} - {m[0] for m in _NUMBER.finditer(text)})
    if others and chance.random() < 0.5:
        return _swap(text, match, chance.choice(others))
    digits = [i for i, c in enumerate(match[0]) if c.isdigit()]
    place = chance.choice(digits)
    old = match[0][place]
    new = chance.choice([d for d in "123456789" if d != old])
    return _swap(text, match, match[0][:place] + new + match[0][place + 1 :])


def _date(text: str, document: str, chance: random.Random) -> str | None:
    found = list(_DATE.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    old = match[0]
    if old in _MONTHS:
        return _swap(text, match, chance.choice([month for month in _MONTHS if month not in text]))
    if old in _DAYS:
        return _swap(text, match, chance.choice([day for day in _DAYS if day not in text]))
    if old.isdigit():
        return _swap(text, match, str(int(old) + chance.choice((-3, -2, -1, 1, 2, 4))))
    return _swap(text, match, chance.choice([s for s in ("spring", "autumn", "winter", "summer") if s != old]))


def _negation(text: str, document: str, chance: random.Random) -> str | None:
    there = [m for m in _NEGATION.finditer(text) if not _quoted(text, m.start())]
    if there:
        match = chance.choice(there)
        return _swap(text, match, match["aux"] or ("can" if match[0] == "cannot" else "still"))
    found = [match for match in _AUXILIARY.finditer(text) if not _quoted(text, match.start())]
    if not found:
        return None
    match = chance.choice(found)
    return text[: match.end()] + " not" + text[match.end() :]


def _quoted(text: str, at: int) -> bool:
    return any(match.start() <= at < match.end() for match in _QUOTE.finditer(text))


def _modality(text: str, document: str, chance: random.Random) -> str | None:
    for pattern, other in _MODALITY:
        found = [match for match in pattern.finditer(text) if not _quoted(text, match.start())]
        if found:
            return _swap(text, chance.choice(found), other)
    return None


def _quotation(text: str, document: str, chance: random.Random) -> str | None:
    match = _QUOTE.search(text)
    if not match:
        return None
    parts = match[1].split(" ")
    known = [i for i, part in enumerate(parts) if part.lower().strip(",.") in _ADJECTIVES]
    if known:
        place = chance.choice(known)
        parts[place] = _ADJECTIVES[parts[place].lower().strip(",.")]
    elif len(parts) > 2:
        place = chance.randrange(1, len(parts) - 1)
        parts[place : place + 1] = [parts[place], "hardly"] if chance.random() < 0.5 else []
    else:
        return None
    return text[: match.start(1)] + " ".join(parts) + text[match.end(1) :]


_PERSON = re.compile(r"\b[A-Z][a-zà-ž]+(?: (?:al-|Mint |Vella )?[A-Z][a-zà-ž]+(?:-[a-z]+)?)\b")


def _speaker(text: str, document: str, chance: random.Random) -> str | None:
    """Another person of the document, or the other state, says it."""
    if not _SPEECH.search(text):
        return None
    mine = [
        m for m in _PERSON.finditer(text) if not set(m[0].split()) & (_NOT_A_NAME | set(_COUNTRIES) | set(_DEMONYMS))
    ]
    others = sorted({m[0] for m in _PERSON.finditer(document) if not set(m[0].split()) & (_NOT_A_NAME | set(_COUNTRIES) | set(_DEMONYMS))}
                    - {m[0] for m in mine})  # fmt: skip
    others = [other for other in others if not set(other.split()) & {w for m in mine for w in m[0].split()}]
    if mine and others:
        return _swap(text, mine[0], chance.choice(others))
    single = [m for m in _names(text) if re.match(r"\W+(?:said|says|told|warned|stated)", text[m.end() :])]
    if single and others:
        return _swap(text, single[0], chance.choice(others).split()[-1])
    match = re.match(r"(?:He|She)\b", text)
    before = document[: max(0, document.find(text))].strip().split("\n")[-3:]
    others = [other for other in others if not any(part in line for line in before for part in other.split())]
    if match and others and text in document:
        return _swap(text, match, chance.choice(others).split()[-1])
    return None


_MAKERS: dict[str, Callable[[str, str, random.Random], str | None]] = {
    "name": _name,
    "role": _role,
    "country": _country,
    "number": _number,
    "date": _date,
    "negation": _negation,
    "modality": _modality,
    "quotation": _quotation,
    "speaker": _speaker,
}
