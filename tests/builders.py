"""Small documents, sentences and positions for tests, each with what matters in the call and the rest made up."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from datetime import date

from digest.compose import Digested, Frame
from digest.model import (
    Actor,
    Dating,
    Document,
    EngineSignature,
    HolderKind,
    Language,
    PartialDate,
    Point,
    Position,
    Quote,
    Sentence,
    Stance,
    StanceLabel,
    Topic,
    Translation,
)

RunProgram = Callable[..., "subprocess.CompletedProcess[str]"]
"""What the fixtures `run_program` and `run_python` give."""

ENGINE = EngineSignature("summary", "by hand", "none", "1", "MIT")
PATROLS = Topic("patrols", "Joint patrols")
LEVY = Topic("levy", "A levy on operators")
NAMES = {
    "IE": "Ireland",
    "BR": "Brazil",
    "PT": "Portugal",
    "NO": "Norway",
    "NATO": "NATO",
    "EU": "European Union",
    "GROUP:Europe": "Europe (unspecified)",
}
KINDS = dict.fromkeys(NAMES, HolderKind.COUNTRY) | {
    "NATO": HolderKind.ORGANISATION,
    "EU": HolderKind.ORGANISATION,
    "GROUP:Europe": HolderKind.GROUP,
}


def document(name: str, published: date | None = date(2026, 3, 2), text: str = "", language: str = "en") -> Document:
    identity = hashlib.sha256(name.encode()).hexdigest()
    dating = Dating(published, "dateline" if published else "no date found")
    return Document(identity, name, f"Title of {name}", None, dating, text, language=Language(language, 1.0))


def sentence(
    text: str, name: str = "a.txt", start: int = 0, language: str = "en", english: str | None = None
) -> Sentence:
    translation = Translation(english, ENGINE) if english is not None else None
    return Sentence(document(name).id, start, start + len(text), text, language, 0, translation)


def sentences(*texts: str, language: str = "en") -> list[Sentence]:
    """The texts as the sentences of one document, one behind the other."""
    made, start = [], 0
    for text in texts:
        made.append(sentence(text, start=start, language=language))
        start += len(text) + 1
    return made


def position(
    holder: str,
    statement: str,
    stance: StanceLabel | None = None,
    *,
    name: str = "a.txt",
    start: int = 0,
    topic: Topic | None = PATROLS,
    said_on: PartialDate | None = None,
    actor: Actor | None = None,
    quote: Quote = Quote.NONE,
) -> Position:
    where = sentence(statement, name, start)
    return Position(
        id=f"{where.document[:8]}-{start}-{holder}",
        holder=holder,
        holder_name=NAMES[holder],
        actor=actor,
        statement=statement,
        quote=quote,
        stance=Stance(stance, "cue") if stance else None,
        topic=topic.id if topic and stance else None,
        said_on=said_on,
        sentence=where,
        resolved_by="named in the sentence",
    )


def digested(
    name: str, *positions: Position, published: date | None = date(2026, 3, 2), summary: tuple[Point, ...] = ()
) -> Digested:
    return Digested(document(name, published), 100, summary, positions, None, False)


def frame(**changes: object) -> Frame:
    settings: dict[str, object] = {
        "title": "Cables",
        "issued": date(2026, 3, 9),
        "issue": 1,
        "previous": None,
        "period": (None, None),
        "classification": "",
        "author": "",
        "template": "standard.docx",
        "language": "en",
        "topics": (PATROLS, LEVY),
        "countries": (),
    }
    return Frame(**(settings | changes))  # type: ignore[arg-type]
