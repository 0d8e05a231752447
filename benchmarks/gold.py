"""Gold files: documents, the positions that a careful reader finds in them, and the traps. Form: data/README.md."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One position. `accepted` holds the stance and those that a second reader could defend; `code` "*" is any."""

    code: str
    actor: str | None
    stance: str
    accepted: frozenset[str]
    level: str
    evidence: str
    offset: int | None


@dataclass(frozen=True, slots=True)
class Trap:
    """A stretch of text in which none of `codes` ("*": no code at all) may be given a position."""

    text: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One document: its text, or the name of its file where the text lies elsewhere. `half` is "a" (for development) or
    "b" (for measuring) in a file of two halves, "" in others."""

    key: str
    topic: str
    register: str
    language: str
    text: str | None
    file: str | None
    rows: tuple[Row, ...]
    traps: tuple[Trap, ...]
    half: str = ""


def load(path: Path) -> tuple[GoldDocument, ...]:
    """The documents of a gold file. Raises SystemExit with the cause where it is none."""
    try:
        return tuple(_document(one) for one in json.loads(path.read_text(encoding="utf-8"))["documents"])
    except OSError as error:
        raise SystemExit(f"{path}: cannot be read ({error.strerror}).") from error
    except (KeyError, TypeError, ValueError) as error:
        raise SystemExit(
            f"{path}: not a gold file ({type(error).__name__}: {error}). See benchmarks/data/README.md."
        ) from error


def _document(one: dict[str, Any]) -> GoldDocument:
    return GoldDocument(
        key=one["doc"],
        topic=one["topic"],
        register=one.get("register", ""),
        language=one.get("language", "en").split("-")[0],
        text=one.get("text"),
        file=one.get("file"),
        rows=tuple(_row(row) for row in one["positions"]),
        traps=tuple(Trap(trap["text"], frozenset(trap["must_not"])) for trap in one.get("traps", ())),
        half=one.get("half", ""),
    )


def _row(row: dict[str, Any]) -> Row:
    return Row(
        code=row["country_or_org"],
        actor=row["actor"],
        stance=row["stance"],
        accepted=frozenset((row["stance"], *row["stance_alt"])),
        level=row["level"],
        evidence=row["evidence"],
        offset=row.get("offset"),
    )
