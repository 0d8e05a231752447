from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from digest import data, framedata
from digest.errors import UsageError
from digest.model import Dating, PartialDate
from digest.positions.context import GUESSES
from digest.positions.names import Form
from digest.word.words import words_for

ENGLISH = words_for("en")
PACKAGE = Path(framedata.__file__).parent


def test_a_date_is_written_in_full():
    assert ENGLISH.day(date(2025, 2, 17)) == "17 February 2025"


@pytest.mark.parametrize(
    ("known", "text"),
    [
        (PartialDate(2025), "2025"),
        (PartialDate(2025, 2), "February 2025"),
        (PartialDate(2025, 2, 7), "7 February 2025"),
        (PartialDate(2025, 13, 7), "2025-13-07"),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(known: PartialDate, text: str):
    assert ENGLISH.partial(known) == text


def test_in_a_table_a_date_is_short_and_stays_on_one_line():
    assert ENGLISH.short(PartialDate(2025, 2, 17)) == "17\u00a0Feb\u00a02025"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2025, 2, 10), date(2025, 2, 16), "Covers 10 to 16 February 2025"),
        (date(2025, 1, 27), date(2025, 2, 2), "Covers 27 January to 2 February 2025"),
        (date(2024, 12, 30), date(2025, 1, 5), "Covers 30 December 2024 to 5 January 2025"),
        (date(2024, 2, 10), date(2025, 2, 10), "Covers 10 February 2024 to 10 February 2025"),
        (date(2025, 2, 10), date(2025, 2, 10), "Covers 10 February 2025"),
        (date(2025, 2, 10), None, "Covers the time from 10 February 2025"),
        (None, date(2025, 2, 16), "Covers the time until 16 February 2025"),
        (None, None, "Covers all documents, whatever their date"),
    ],
)
def test_a_period_is_written_without_what_its_ends_share(first: date | None, last: date | None, text: str):
    assert ENGLISH.period(first, last) == text


def test_a_document_says_how_its_date_is_known():
    assert ENGLISH.when(Dating(date(2025, 2, 17), "dateline")) == "17 February 2025 (dateline)"
    assert ENGLISH.when(Dating(None, "none", date(2025, 2, 11))) == "undated, not before 11 February 2025"
    assert ENGLISH.when(Dating(None, "none")) == "undated"


def test_a_language_without_words_is_refused():
    assert words_for("en-US") is ENGLISH
    with pytest.raises(UsageError, match="fixed words for the language 'xx'"):
        words_for("xx")


# --- other languages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "first", "other", "short", "period"),
    [
        ("fr", "1er mars 2025", "2 mars 2025", "2 févr. 2025", "Couvre la période du 1er au 16 mars 2025"),
        ("de", "1. März 2025", "2. März 2025", "2. Feb. 2025", "Zeitraum 1. bis 16. März 2025"),
        ("es", "1 de marzo de 2025", "2 de marzo de 2025", "2 feb 2025", "Abarca del 1 al 16 de marzo de 2025"),
        (
            "pt",
            "1 de março de 2025",
            "2 de março de 2025",
            "2 fev. 2025",
            "Abrange o período de 1 a 16 de março de 2025",
        ),
    ],
)
def test_dates_are_written_as_the_language_writes_them(language: str, first: str, other: str, short: str, period: str):
    words = words_for(language)
    assert [words.day(date(2025, 3, 1)), words.day(date(2025, 3, 2))] == [first, other]
    assert words.short(PartialDate(2025, 2, 2)).replace("\u00a0", " ") == short
    assert words.period(date(2025, 3, 1), date(2025, 3, 16)) == period


@pytest.mark.parametrize(
    ("language", "counted"),
    [
        ("en", ["0 documents", "1 document", "2 documents", "1,204 words"]),
        ("fr", ["0 document", "1 document", "2 documents", "1\u202f204 mots"]),
        ("de", ["0 Dokumente", "1 Dokument", "2 Dokumente", "1.204 Wörter"]),
        ("es", ["0 documentos", "1 documento", "2 documentos", "1.204 palabras"]),
        ("pt", ["0 documentos", "1 documento", "2 documentos", "1\u00a0204 palavras"]),
    ],
)
def test_a_count_agrees_with_its_noun_as_the_language_has_it(language: str, counted: list[str]):
    words = words_for(language)
    assert [words.count(number, "document") for number in (0, 1, 2)] == counted[:3]
    assert words.count(1204, "word") == counted[3]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("fr", ["Allemagne", "OTAN", "Europe (sans précision)", "Northern Cable Board", "portugais"]),
        ("de", ["Deutschland", "NATO", "Europa (unbestimmt)", "Northern Cable Board", "Portugiesisch"]),
        ("es", ["Alemania", "OTAN", "Europa (sin especificar)", "Northern Cable Board", "portugués"]),
        ("pt", ["Alemanha", "NATO", "Europa (sem precisão)", "Northern Cable Board", "português"]),
    ],
)
def test_holders_and_languages_are_named_in_the_frames_language(language: str, names: list[str]):
    words = words_for(language)
    called = [words.holder(name) for name in ("Germany", "NATO", "Europe (unspecified)", "Northern Cable Board")]
    assert [*called, words.language_name("pt")] == names


def test_what_a_step_says_is_told_in_the_frames_language_with_its_values():
    said = "No date of publication was found. It cannot be older than 2025-02-01 (latest date named in the text)."
    text, language = words_for("de").told(said)
    assert language == "de"
    assert "1. Februar 2025 (spätestes im Text genanntes Datum)" in text
    assert words_for("de").told("Something new happened.") == ("Something new happened.", "en")


@pytest.mark.parametrize("language", [one for one in framedata.LANGUAGES if one != "en"])
def test_how_a_holder_was_found_is_told_in_the_frames_language(language: str):
    words = words_for(language)
    guesses = [f"“Lima” {guess}" if guess.startswith("of ") else guess for guess in GUESSES]
    named = [f"{form.value} “Lima”" for form in Form if form is not Form.BLOCKED]
    ways = [*guesses, *named, "“Lima”", "“Lima” in the heading", "the document speaks for its issuer"]
    for how in (*ways, *(f"goes on from {way}" for way in ways)):
        text, told_in = words.told(how)
        assert told_in == language, how
        assert text != how
        assert ("Lima" in text) == ("Lima" in how)
        assert "“Lima”" not in text


def test_a_way_that_goes_on_from_another_is_told_to_its_end():
    how = "goes on from “Minister for Foreign Affairs” earlier in the document"
    assert words_for("de").phrase(how) == "Fortsetzung von: „Minister for Foreign Affairs“ weiter oben im Dokument"


# --- the catalogue ---------------------------------------------------------------------------------------------------


def texts(table: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from texts(value, f"{path}{key}.")
        else:
            yield path + key, value


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", [one for one in framedata.LANGUAGES if one != "en"])
def test_every_language_has_every_text_with_the_same_names_to_fill_in(language: str):
    english, other = dict(texts(data.load("frame_en.toml"))), dict(texts(data.load(f"frame_{language}.toml")))
    fixed = {key: text for key, text in other.items() if not key.startswith(("phrases.", "holders.", "dates."))}
    assert fixed.keys() == {key for key in english if not key.startswith(("dates.", "phrases."))}
    for key, text in fixed.items():
        assert names_in(text) == names_in(english[key]), key
    for key, text in other.items():
        if key.startswith("phrases."):
            assert names_in(text) == names_in(key), key


def test_all_languages_have_the_same_phrases_and_names_of_holders():
    tables = [data.load(f"frame_{language}.toml") for language in framedata.LANGUAGES if language != "en"]
    for part in ("phrases", "holders"):
        assert {frozenset(table[part]) for table in tables} == {frozenset(tables[0][part])}


def test_every_phrase_is_one_that_the_program_says():
    """What is told to the reader lies in the stages; a phrase that none of them says any more would be dead."""
    said = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    said = re.sub(r'"\s*\n\s*f?"', "", said).replace("{NAME}", "corrections.toml")
    for phrase in data.load("frame_fr.toml")["phrases"]:
        pieces = re.split(r"\{\w+\}|(?<=\.) | (?:is|are) (?=in |doubt)", phrase)
        assert max(pieces, key=len).strip(" .(“”:;)") in said, phrase


def test_every_organisation_of_the_catalogue_is_one_of_the_program():
    table = data.load("organisations.toml")
    known = {entry["name"] for entry in table["organisation"].values()}
    known |= {code.removeprefix("GROUP:") for code in table["unspecified"]}
    assert set(data.load("frame_fr.toml")["holders"]) <= known
