"""`correct`: a correction by id, person or path, checked before it is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders import ENGLISH, ICE, PORTUGUESE, Engines, Steps, write_corpus

from digest import corrections
from digest.commands import correct
from digest.config import Config
from digest.errors import UsageError
from digest.pipeline import Request, holder_code, make_brief
from digest.pipeline.needs import needs
from digest.store import Store
from digest.word import template

ID = "0a1b2c3d-5-IE"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", a=ENGLISH, b=PORTUGUESE)


def said(corpus: Path) -> corrections.Corrections:
    return corrections.load(corrections.beside(corpus), holder_code, ["ice"])


def test_a_correction_of_each_kind_lies_beside_the_corpus(corpus: Path):
    assert correct.run([ID, "--hide", "--corpus", str(corpus), "--note", "twice"]) == 0
    assert correct.run(["--person", "Anna Holm", "--holder", "Estonia", "--corpus", str(corpus)]) == 0
    assert correct.run(["--document", "a.txt", "--date", "2026-02-01", "--corpus", str(corpus)]) == 0
    words = said(corpus)
    assert corrections.beside(corpus) == corpus.parent / "corrections.toml"
    assert (words.hidden, words.people[0].holder, words.by_path()["a.txt"].date) == ((ID,), "EE", date(2026, 2, 1))


@pytest.mark.parametrize(
    ("arguments", "said_of_it"),
    [
        ([], "Name one thing to correct"),
        ([ID, "--document", "a.txt", "--hide"], "Name one thing to correct"),
        ([ID], "Of a position can be said: --hide, --holder"),
        ([ID, "--date", "2026-01-31"], "--date does not fit"),
        (["p5", "--hide"], "'p5' is no id of a position"),
        ([ID, "--holder", "Atlantis"], "Unknown holder 'Atlantis'"),
        ([ID, "--topic", "none"], "Unknown topic 'none'"),
        (["--document", "c.txt", "--date", "2026-01-31"], "There is no file c.txt"),
        (["--document", "a.txt", "--date", "January"], "'January' is not a date"),
        (["--document", "a.txt", "--language", "Galician"], "Language must be a code such as pt"),
    ],
)
def test_what_cannot_be_said_is_an_error_and_nothing_is_written(corpus: Path, arguments: list[str], said_of_it: str):
    with pytest.raises(UsageError) as error:
        correct.run([*arguments, "--corpus", str(corpus)])
    assert said_of_it in str(error.value)
    assert "[[" not in str(error.value)
    assert not corrections.beside(corpus).exists()


def test_a_run_heeds_corrections_tells_them_and_reads_their_file_as_no_document(
    corpus: Path, tmp_path: Path, counted: Engines
):
    chosen = template.resolve("standard", template.folders())
    request = Request(corpus, tmp_path / "briefs", chosen, date(2026, 3, 9), dry_run=True)
    config, store = Config(topics=(ICE,)), Store.in_memory()
    first = make_brief(request, config, store, Steps()).brief
    assert first is not None
    entry = first.holders[0].all_entries()[0]
    correct.run([entry.position.id, "--hide", "--corpus", str(corpus)])
    correct.run(["--document", "a.txt", "--date", "2026-02-16", "--corpus", str(corpus)])
    second = make_brief(request, config, store, Steps()).brief
    assert second is not None
    shown = {one.position.id for holder in second.holders for one in holder.all_entries()}
    assert entry.position.id not in shown
    assert [notice.stage for notice in second.notices].count("correction") == 3
    assert second.notices[0].reason.startswith("Corrections by hand in this issue: 2;")
    dated = {source.path: source.dating for source in second.sources}
    assert (dated["a.txt"].published, dated["a.txt"].known_by) == (date(2026, 2, 16), "corrected by hand")
    assert set(dated) == {"a.txt", "b.txt"}
    late = make_brief(
        Request(corpus, tmp_path / "b", chosen, date(2026, 3, 9), since=date(2026, 3, 1), dry_run=True),
        config, store, Steps(),
    ).brief  # fmt: skip
    assert late is not None
    assert [source.path for source in late.sources] == ["b.txt"]


def test_a_language_that_the_analyst_gives_goes_before_that_which_was_found(
    corpus: Path, tmp_path: Path, counted: Engines
):
    correct.run(["--document", "b.txt", "--language", "gl", "--corpus", str(corpus)])
    chosen = template.resolve("standard", template.folders())
    request = Request(corpus, tmp_path / "briefs", chosen, date(2026, 3, 9), dry_run=True)
    brief = make_brief(request, Config(topics=(ICE,)), Store.in_memory(), Steps()).brief
    assert brief is not None
    assert {source.path: source.language.code for source in brief.sources} == {"a.txt": "en", "b.txt": "gl"}
    assert counted.calls()["translated"] == []  # there is no way from Galician on this machine
    told = [notice.reason for notice in brief.notices if notice.stage == "correction"]
    assert told == [
        "Corrections by hand in this issue: 1; corrections that have lost their target: 0.",
        "Corrected by hand: its language is gl.",
    ]
    assert [need.language for need in needs(request, Config(), Store.in_memory(), Steps())] == ["gl"]
