"""Briefs whose frame is French, German, Spanish or Portuguese: no English word of the frame is left."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from lxml import etree

from digest import data, framedata
from digest.model import Brief, Notice
from digest.word import layouts, standard, starter
from digest.word.ooxml import w
from digest.word.render import render

OTHERS = [language for language in framedata.LANGUAGES if language != "en"]
TEMPLATES = {
    "standard": standard.build,
    "one-page": layouts.one_page,
    "table": layouts.table,
    "starter": starter.starter,
}


def english_sentences() -> set[str]:
    """The pieces of the English frame that are long enough to be told from other words."""
    table = data.load("frame_en.toml")
    found = {text for key, text in table.items() if isinstance(text, str) and key != "locale"}
    found |= {*table["stances"].values(), *table["standings"].values()}
    found |= {form for forms in table["plurals"].values() for form in forms.values()}
    pieces = {piece.strip(" .:;,()“”·") for text in found for piece in re.split(r"\{\w+\}", text)}
    return {piece for piece in pieces if len(piece) > 3}


def frame_runs(document: bytes) -> list[str]:
    """The texts that do not stand in a language of a document: those are a statement's, a title's or a quotation's."""
    shown: list[str] = []
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        for name in package.namelist():
            if not re.fullmatch(r"word/(document|header\d|footer\d)\.xml", name):
                continue
            root = etree.fromstring(package.read(name))
            for run in root.iter(w("r")):
                language = run.find(f"{w('rPr')}/{w('lang')}")
                if language is None or not (language.get(w("val")) or "").startswith("en"):
                    shown.append("".join(text.text or "" for text in run.iter(w("t"))))
            for attribute in (w("tblCaption"), w("tblDescription")):
                shown += [element.get(w("val")) or "" for element in root.iter(attribute)]
            shown += [element.get("descr") or "" for element in root.iter(w("wp:docPr"))]
    return shown


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", TEMPLATES)
def test_no_english_word_of_the_frame_is_left(name: str, language: str, sample: Brief, tmp_path: Path):
    template = tmp_path / f"{name}.docx"
    template.write_bytes(TEMPLATES[name]())
    notices = (
        Notice("a.txt", "dating", "No date of publication was found.", "Something new."),
        Notice("", "reading", "it is empty", "Save it again from where it came from, or delete it."),
    )
    for brief in (
        replace(sample, language=language, notices=notices, topics=(replace(sample.topics[0], name="X", found=True),)),
        replace(sample, language=language, notices=(), holders=(), key_points=(), changes=(), sources=(), missing=()),
        replace(sample, language=language, notices=(), previous=None, changes=(), period=(None, None)),
    ):
        text = "\n".join(frame_runs(render(brief, template)))
        own = {piece for piece in english_sentences() if piece in "\n".join(map(str, own_words(language)))}
        left = [piece for piece in english_sentences() - own if re.search(rf"\b{re.escape(piece)}\b", text)]
        assert left == []


def own_words(language: str) -> list[str]:
    """Words that the language shares with English, such as "Sources" in French."""
    table = data.load(f"frame_{language}.toml")
    forms = [form for kinds in table["plurals"].values() for form in kinds.values()]
    return [*(text for text in table.values() if isinstance(text, str)), *table["stances"].values(), *forms]


def test_the_countries_of_a_french_brief_have_french_names_and_its_statements_stay(sample: Brief, standard: Path):
    document = docx.Document(io.BytesIO(render(replace(sample, language="fr"), standard)))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 2"]
    assert {"Norvège", "Allemagne", "Union européenne", "Europe (sans précision)"} <= set(headings)
    assert "Norway supports a lean fund with a public register of its spending." in "\n".join(
        paragraph.text for paragraph in document.paragraphs
    )


def test_what_the_catalogue_does_not_have_stands_in_english_and_says_so(sample: Brief, standard: Path):
    notice = Notice("a.txt", "reading", "Something unheard of.", "")
    root = docx.Document(io.BytesIO(render(replace(sample, language="de", notices=(notice,)), standard))).element
    (run,) = (run for run in root.iter(w("r")) if "Something unheard of" in "".join(run.itertext()))
    assert run.find(f".//{w('lang')}").get(w("val")) == "en-GB"
