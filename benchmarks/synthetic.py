"""Made-up documents for measuring time: seeded, so that the same number and seed give the same files.

Every sentence is one of the stock below with names filled in; all of it is invented for this purpose.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

TOPIC = "A moratorium on mining the deep sea"

_COUNTRIES = (
    ("Chile", "Chilean", "Santiago", "o Chile"),
    ("Japan", "Japanese", "Tokyo", "o Japão"),
    ("Kenya", "Kenyan", "Nairobi", "o Quénia"),
    ("Norway", "Norwegian", "Oslo", "a Noruega"),
    ("Poland", "Polish", "Warsaw", "a Polónia"),
    ("Vietnam", "Vietnamese", "Hanoi", "o Vietname"),
    ("Finland", "Finnish", "Helsinki", "a Finlândia"),
    ("Uruguay", "Uruguayan", "Montevideo", "o Uruguai"),
    ("Indonesia", "Indonesian", "Jakarta", "a Indonésia"),
    ("New Zealand", "New Zealand", "Wellington", "a Nova Zelândia"),
)
_GIVEN = ("Amara", "Benoit", "Carla", "Dmitar", "Elin", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kaveh", "Lucia")
_FAMILY = ("Abrantes", "Brodsky", "Castellan", "Dorn", "Ekholm", "Farrugia", "Goslar", "Hartono", "Ilves", "Kamau")
_DEEDS = ("support", "oppose", "sign", "reject", "study", "co-sponsor", "delay")

_STATEMENTS = (
    "{adjective} Environment Minister {person} said on {weekday} that {country} would {deed} the moratorium.",
    '"We will not {deed} anything before the scientists have spoken," {person}, {country}\'s delegate, told reporters.',
    "{capital} has not ruled out a pause of {number} years, a spokesperson for the foreign ministry said.",
    "{country} is ready to {deed} the text only if the levy stays below {number} percent.",
    "{country} and {other} announced that they would {deed} the draft tabled by the islands.",
    "The government in {capital} rejected the idea of a ban and called for rules instead.",
    "{person}, who leads the {adjective} delegation, described the seabed as a common good.",
    "Asked about the vote, the {adjective} prime minister replied that it was too soon to decide.",
)
_SCENERY = (
    "The seabed between the two ridges holds nodules of manganese, nickel and cobalt the size of a potato.",
    "Delegates have met {number} times since the first draft, most often late at night.",
    "Biologists count {number} species there that have no name yet.",
    "A test in the spring stirred up sediment that took weeks to settle.",
    "The price of nickel fell by {number} percent over the summer.",
    "Two ships wait in the harbour for a licence that may never come.",
    "Environmental groups handed over a petition outside the conference hall.",
    "An analyst at a shipping bank doubts that the business will ever pay.",
    "The talks continue on {weekday} with the question of who pays for inspections.",
)
_PORTUGUESE = (
    "O ministro do Ambiente, {person}, disse que {pais} vai assinar a moratória sobre a mineração do mar profundo.",
    "“Não vamos aceitar licenças antes do estudo”, afirmou {person}, que representa {pais} nas negociações.",
    "Segundo o governo, {pais} só apoia a moratória se a taxa ficar abaixo de {number} por cento.",
    "O fundo do mar guarda níquel, cobalto e manganês, e os biólogos contam ali {number} espécies sem nome.",
    "As delegações reuniram-se {number} vezes desde o primeiro projeto de acordo.",
    "O preço do níquel caiu {number} por cento durante o verão.",
    "Dois navios esperam no porto por uma licença que talvez nunca chegue.",
    "A votação está marcada para dezembro, e ninguém sabe como vai acabar.",
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def sentences() -> tuple[str, ...]:
    """The English sentences, with braces where names go."""
    return (*_STATEMENTS, *_SCENERY)


def write(
    folder: Path, number: int, seed: int = 1, paragraphs: int = 7, first: int = 0, portuguese_of_five: int = 1
) -> None:
    """Write `number` text files of some 50 words a paragraph into `folder`, numbered from `first` on.

    A document is the same whatever is written beside it: its words hang on the seed and its own number.
    """
    for index in range(first, first + number):
        chance = random.Random(f"{seed}/{index}")  # noqa: S311 - no secret is made here
        portuguese = index % 5 >= 5 - portuguese_of_five
        day = date(2026, 9, 1) + timedelta(days=chance.randrange(60))
        body = "\n\n".join(_paragraph(chance, portuguese) for _ in range(paragraphs))
        title = f"Nota {index + 1}: mar profundo" if portuguese else f"Seabed notebook {index + 1}"
        path = folder / f"{index + 1:05}_notebook_{day.isoformat()}.txt"
        path.write_text(f"{title}\n\n{body}\n", encoding="utf-8", newline="\n")


def _paragraph(chance: random.Random, portuguese: bool) -> str:
    english = [chance.choice(_STATEMENTS), *chance.sample(_SCENERY, 2)]
    chosen = chance.sample(_PORTUGUESE, 3) if portuguese else english
    return " ".join(_filled(sentence, chance) for sentence in chosen)


def _filled(sentence: str, chance: random.Random) -> str:
    (country, adjective, capital, pais), (other, *_) = chance.sample(_COUNTRIES, 2)
    return sentence.format(
        country=country,
        adjective=adjective,
        capital=capital,
        pais=pais,
        other=other,
        person=f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}",
        deed=chance.choice(_DEEDS),
        weekday=chance.choice(_WEEKDAYS),
        number=chance.randrange(3, 48),
    )
