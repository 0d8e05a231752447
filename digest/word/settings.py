"""The settings of a template, in a small text file beside it: `house.toml` belongs to `house.docx`.

description = "Brief for the Monday meeting"
paper = "Letter"                                   # or "A4"; left out: as in the Word file
sections = ["bottom_line", "matrix", "sources"]    # what {{ brief }} stands for, in this order
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx.document import Document

from digest.word.ooxml import Element, text_width, w
from digest.word.sections import SECTIONS

PAPERS: Mapping[str, tuple[int, int]] = {"A4": (11906, 16838), "Letter": (12240, 15840)}
"""Width and height in twips."""

_KEYS = ("description", "paper", "sections")


@dataclass(frozen=True, slots=True)
class Settings:
    """`paper` is a key of `PAPERS`, or "" for the size that the file has; `sections` are those of `{{ brief }}`."""

    description: str = ""
    paper: str = ""
    sections: tuple[str, ...] = tuple(SECTIONS)


def read(template: Path) -> tuple[Settings, list[str]]:
    """The settings of a template, and every problem in their file; the defaults where there is no file."""
    path = template.with_suffix(".toml")
    if not path.is_file():
        return Settings(), []
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        return Settings(), [f"{path.name} cannot be read ({error}). It must be a text file in UTF-8."]
    except tomllib.TOMLDecodeError as error:
        return Settings(), [f"{path.name} is not valid TOML: {error}."]
    problems = [f"{path.name}: {problem}" for problem in _problems(table)]
    if problems:
        return Settings(), problems
    sections = tuple(table.get("sections", SECTIONS))
    return Settings(table.get("description", ""), table.get("paper", ""), sections), []


def _problems(table: Mapping[str, Any]) -> list[str]:
    problems = [f"unknown key '{key}'{_near(key, _KEYS)}" for key in table if key not in _KEYS]
    if not isinstance(table.get("description", ""), str):
        problems.append("description must be a text in quotation marks.")
    paper = table.get("paper", "A4")
    if paper not in PAPERS:
        problems.append(f"paper = {paper!r} is not possible; choose from: {', '.join(PAPERS)}.")
    sections = table.get("sections", [])
    if not isinstance(sections, list) or not all(isinstance(name, str) for name in sections):
        return [*problems, "sections must be a list of names in quotation marks."]
    problems += [
        f"sections: there is no section '{name}'{_near(name, SECTIONS)}" for name in sections if name not in SECTIONS
    ]
    if len(set(sections)) < len(sections):
        problems.append("sections names one of them twice.")
    if "sections" in table and not sections:
        problems.append("sections is empty; leave it out to have all.")
    return problems


def _near(word: str, known: Mapping[str, Any] | tuple[str, ...]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f", did you mean '{near[0]}'?" if near else f"; known are {', '.join(known)}."


# --- paper -----------------------------------------------------------------------------------------------------------


def set_paper(document: Document, paper: str) -> None:
    """Give every page the size of `paper`, its margins kept; tab stops and tables of a full line grow with the line."""
    if not paper:
        return
    short, long = PAPERS[paper]
    root: Element = document.element
    for section in root.iter(w("sectPr")):
        size = section.find(w("pgSz"))
        if size is None:
            continue
        before = text_width(section)
        across = int(size.get(w("w")) or 0) > int(size.get(w("h")) or 0)
        size.set(w("w"), str(long if across else short))
        size.set(w("h"), str(short if across else long))
        _stretch(document, before, text_width(section))


def _stretch(document: Document, before: int, now: int) -> None:
    if before == now:
        return
    for tab in document.styles.element.iter(w("tab")):
        if tab.get(w("val")) == "right" and tab.get(w("pos")) == str(before):
            tab.set(w("pos"), str(now))
    for table in document.element.iter(w("tbl")):
        width = table.find(f"{w('tblPr')}/{w('tblW')}")
        if width is None or width.get(w("type")) != "dxa" or width.get(w("w")) != str(before):
            continue
        for measure in (width, *table.iter(w("gridCol"), w("tcW"))):
            held = measure.get(w("w")) or ""
            if held.isdecimal():
                measure.set(w("w"), str(int(held) * now // before))
