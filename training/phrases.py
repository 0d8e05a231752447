"""Examples made by rule from `phrases.toml`: they teach which way a phrase points."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from digest.engines import Case
from digest.positions.cases import CARRIED, CLOSE, FEATURES, OPEN
from digest.positions.names import Form, country_codes, name_in_form
from training.examples import Example, target_of
from training.form import Item

FILE = Path(__file__).resolve().parent / "phrases.toml"
_MATTERS = ("the plan", "the proposal", "the idea", "it", "the draft", "the deal")
_TOPIC_NAMED = 0.6
_OFFICES = ("foreign minister", "spokeswoman", "ambassador", "prime minister", "delegate", "trade minister")
_NAMES = ("Aldo Renz", "Mira Okafor", "Jun Takeda", "Lena Vos", "Omar Haddad", "Ines Prado", "Tom Reilly", "Ana Kovač")
_SAID = ("said", "told reporters", "added", "told the meeting", "announced")


def examples(topics: Sequence[str], chance: random.Random, each: int) -> Iterator[Example]:
    """`each` examples of every phrase, with chance states and topics."""
    table: dict[str, list[str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    for label, phrases in table.items():
        for phrase in phrases:
            for _ in range(each):
                topic = chance.choice(topics)
                code = chance.choice(country_codes())
                case = Case(*_texts(phrase, topic, code, chance), (0.0,) * len(FEATURES))
                yield Example(case, target_of(Item(code, None, label)), "phrases", 0, code, False)


def _texts(phrase: str, topic: str, code: str, chance: random.Random) -> tuple[str, str]:
    """The two texts of a case."""
    matter = topic if chance.random() < _TOPIC_NAMED else chance.choice(_MATTERS)
    said = phrase.replace("{T}", matter)
    name = name_in_form(code, Form.NAME) or code
    capital = name_in_form(code, Form.CAPITAL) or name
    adjective = name_in_form(code, Form.ADJECTIVE) or name
    office, person = chance.choice(_OFFICES), chance.choice(_NAMES)
    way = chance.randrange(6)
    if way == 0:
        return f"{topic} | {name} | ", f"{OPEN} {name} {CLOSE} {said}."
    if way == 1:
        return f"{topic} | {name} | ", f"{OPEN} {capital} {CLOSE} {said}."
    if way == 2:
        return f"{topic} | {name}, {adjective} government | ", f"The {OPEN} {adjective} government {CLOSE} {said}."
    if way == 3:
        who = f"{adjective} {office} {person}"
        text = f"{OPEN} {who} {CLOSE} {chance.choice(_SAID)} that {OPEN} {capital} {CLOSE} {said}."
        return f"{topic} | {name}, {person}, {adjective} {office} | ", text
    if way == 4:
        return f"{topic} | {name}, {person}, {office} | ", f"{OPEN} {office} {person} {CLOSE} {said}."
    who = f"{topic} | {name}, {person}, {office} | "
    return who, f'{OPEN} {person} {CLOSE} {CARRIED} "Our country {said}."'
