from __future__ import annotations

import errno
import json
import os
import shutil
import weakref
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import ENGLISH, FRENCH, ICE, PORTUGUESE, RIDDLE, Engines, Steps, write_corpus

from digest import engines, pipeline
from digest.config import BriefSettings, Config, SummarySettings, TranslationSettings
from digest.errors import ConfigError, NothingReadError, OutputError
from digest.model import Brief, Notice
from digest.pipeline import Outcome, Request, country_codes, make_brief, summarising
from digest.pipeline.work import Run, Work
from digest.pipeline.writing import Plan, compose_brief
from digest.store import Store
from digest.summarise import OWN_LANGUAGE

DAY = date(2026, 3, 9)
CONFIG = Config(brief=BriefSettings(title="Ice", countries=("Estonia", "Finland")), topics=(ICE,))


@pytest.fixture
def request_(tmp_path: Path, root: Path) -> Request:
    """The job of an English and a Portuguese document."""
    corpus = write_corpus(tmp_path / "corpus", english=ENGLISH, portuguese=PORTUGUESE)
    return Request(corpus, tmp_path / "briefs", root / "templates" / "standard.docx", DAY)


def made(request_: Request, store: Store, config: Config = CONFIG, progress: Steps | None = None) -> Outcome:
    return make_brief(request_, config, store, progress or Steps())


def notice_of(brief: Brief, file: str) -> Notice:
    (found,) = [notice for notice in brief.notices if notice.file == file and notice.stage != "dating"]
    return found


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


# --- a run ---------------------------------------------------------------------------------------------------------


def test_documents_become_a_brief_with_its_json(request_: Request, store: Store, counted: Engines):
    outcome = made(request_, store)
    assert names(request_.out) == ["2026-03-09-brief.docx", "2026-03-09-brief.json"]
    assert (outcome.docx, outcome.json) == tuple(request_.out / name for name in names(request_.out))
    brief = outcome.brief
    assert [(one.path, one.language.code, one.translated_by) for one in brief.sources] == [
        ("portuguese.txt", "pt", "firefox"),
        ("english.txt", "en", None),
    ]
    assert all(one.summary for one in brief.sources)
    assert {"EE", "SE", "NO"} <= {holder.holder for holder in brief.holders}
    assert brief.missing == ("Finland",)
    assert [engine.stage for engine in brief.engines] == ["translation", "summary", "positions", "positions"]


def test_the_stages_are_told_in_their_order_with_the_number_of_their_items(
    request_: Request, store: Store, counted: Engines
):
    steps = Steps()
    made(request_, store, progress=steps)
    assert [label for label, _ in steps.seen] == [
        "Reading", "Detecting", "Translating pt", "Summarising and reading positions", "Writing",
    ]  # fmt: skip
    assert [total for _, total in steps.seen] == [2, 2, len(counted.translated), 2, 1]


def test_the_models_are_let_go_before_the_brief_is_composed(
    request_: Request, store: Store, monkeypatch: pytest.MonkeyPatch
):
    loaded: list[weakref.ref[object]] = []
    load = engines.load_embedder

    def remembered() -> engines.Embedder:
        embedder = load()
        loaded.append(weakref.ref(embedder))
        return embedder

    seen: list[bool] = []

    def composed(plan: Plan) -> Brief:
        seen.extend(one() is not None for one in loaded)
        return compose_brief(plan)

    monkeypatch.setattr(engines, "load_embedder", remembered)
    monkeypatch.setattr(pipeline, "compose_brief", composed)
    made(request_, store)
    assert seen == [False]


def test_a_translated_statement_stands_beside_its_original(request_: Request, store: Store, counted: Engines):
    brief = made(request_, store).brief
    source = next(one for one in brief.sources if one.path == "portuguese.txt")
    for point in source.summary:
        assert point.evidence[0].language == "pt"
        assert point.evidence[0].text in PORTUGUESE
        assert point.text not in PORTUGUESE


def test_every_sentence_is_found_in_its_document_where_it_says(request_: Request, store: Store, counted: Engines):
    brief = made(request_, store).brief
    texts = {one.id: (request_.corpus / one.path).read_text(encoding="utf-8") for one in brief.sources}
    found = [point.evidence[0] for one in brief.sources for point in one.summary]
    found += [entry.position.sentence for holder in brief.holders for entry in holder.all_entries()]
    found += [point.evidence for point in brief.key_points]
    assert len(found) > 8
    for sentence in found:
        assert texts[sentence.document][sentence.start : sentence.end] == sentence.text


def test_a_language_without_a_route_is_a_notice_and_the_document_shows_how_it_begins(
    request_: Request, store: Store, counted: Engines
):
    write_corpus(request_.corpus, french=FRENCH)
    brief = made(request_, store).brief
    notice = notice_of(brief, "french.txt")
    assert "no translation model for its language (fr)" in notice.reason
    source = next(one for one in brief.sources if one.path == "french.txt")
    assert (source.untranslated, source.translated_by) == (True, None)
    assert 1 <= len(source.summary) <= 3
    assert all(point.text in FRENCH and point.engine == OWN_LANGUAGE for point in source.summary)
    assert OWN_LANGUAGE in brief.engines
    held = {e.position.sentence.document for holder in brief.holders for e in holder.all_entries()}
    assert source.id not in held


def test_a_language_that_cannot_be_told_is_a_notice_and_the_document_is_shown(
    request_: Request, store: Store, counted: Engines
):
    write_corpus(request_.corpus, riddle=RIDDLE)
    brief = made(request_, store).brief
    assert "language could not be told" in notice_of(brief, "riddle.txt").reason
    source = next(one for one in brief.sources if one.path == "riddle.txt")
    assert source.language.code == "und"
    assert source.untranslated
    assert all(point.text in RIDDLE for point in source.summary)


def test_a_corpus_of_nothing_that_can_be_translated_is_a_brief_that_loads_no_engine(
    request_: Request, store: Store, counted: Engines
):
    shutil.rmtree(request_.corpus)
    write_corpus(request_.corpus, french=FRENCH)
    outcome = made(request_, store)
    assert outcome.docx is not None
    assert outcome.brief.engines == (OWN_LANGUAGE,)
    assert counted.calls() == {"embedded": [], "translated": [], "parsed": []}


def test_a_foreign_passage_without_a_route_in_an_english_document_is_declared(
    request_: Request, store: Store, counted: Engines
):
    passage = FRENCH.split("\n\n")[2]
    write_corpus(request_.corpus, english=f"{ENGLISH}\n\n{passage}")
    brief = made(request_, store).brief
    assert "in another language (fr) that was not translated" in notice_of(brief, "english.txt").reason
    assert next(one for one in brief.sources if one.path == "english.txt").untranslated is False


def test_an_engine_that_the_settings_do_not_allow_is_not_used(request_: Request, store: Store, counted: Engines):
    brief = made(request_, store, replace(CONFIG, translation=TranslationSettings(engines=()))).brief
    assert "no translation model" in notice_of(brief, "portuguese.txt").reason
    assert counted.translated == []


def test_one_file_that_cannot_be_read_stops_nothing_and_is_told(request_: Request, store: Store, counted: Engines):
    (request_.corpus / "broken.docx").write_bytes(os.urandom(4_000))
    (request_.corpus / "empty.txt").write_bytes(b"")
    (request_.corpus / "blank.txt").write_text("\n \n\t\n")
    (request_.corpus / "table.xlsx").write_bytes(b"PK\x03\x04")
    (request_.corpus / "zeros.txt").write_bytes(b"\x00" * 4_000)
    brief = made(request_, store).brief
    assert len(brief.sources) == 2
    told = {notice.file: notice for notice in brief.notices if notice.stage == "reading"}
    assert set(told) == {"blank.txt", "broken.docx", "empty.txt", "table.xlsx", "zeros.txt"}
    assert all(notice.reason and notice.advice for notice in told.values())


def test_an_error_that_nobody_foresaw_costs_its_own_document_alone_and_is_told(
    request_: Request, store: Store, counted: Engines, monkeypatch: pytest.MonkeyPatch
):
    summary_of = summarising.summary_of

    def fails_with_one(run: Run, work: Work, *more: object) -> object:
        if work.document.path == "english.txt":
            raise ZeroDivisionError("no such thing")
        return summary_of(run, work, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(summarising, "summary_of", fails_with_one)
    brief = made(request_, store).brief
    assert [one.path for one in brief.sources] == ["portuguese.txt"]
    (told,) = [notice for notice in brief.notices if notice.stage == "program"]
    assert told.file == "english.txt"
    assert "ZeroDivisionError in test_pipeline.py, line " in told.reason
    assert told.reason.endswith(": no such thing")


def test_a_document_left_out_for_an_error_is_tried_again_by_the_next_run(
    request_: Request, store: Store, counted: Engines, monkeypatch: pytest.MonkeyPatch
):
    def fails(*_: object) -> object:
        raise ZeroDivisionError("no such thing")

    with monkeypatch.context() as patch:
        patch.setattr(summarising, "summary_of", fails)
        with pytest.raises(NothingReadError, match="A fault of the program"):
            made(request_, store)
    assert len(made(request_, store).brief.sources) == 2


def test_the_same_document_under_two_names_counts_once(request_: Request, store: Store, counted: Engines):
    write_corpus(request_.corpus / "copies", english=ENGLISH)
    brief = made(request_, store).brief
    assert [(one.path, one.also_at) for one in brief.sources][1] == ("copies/english.txt", ("english.txt",))
    assert len(brief.sources) == 2


def test_the_number_of_sentences_of_a_summary_is_the_one_asked_for(request_: Request, store: Store, counted: Engines):
    for count in (3, 5):
        brief = made(
            replace(request_, dry_run=True), store, replace(CONFIG, summary=SummarySettings(sentences=count))
        ).brief
        assert max(len(one.summary) for one in brief.sources) <= count
        assert len(next(one for one in brief.sources if one.path == "english.txt").summary) == min(count, 4)


# --- the store -----------------------------------------------------------------------------------------------------


def test_a_brief_that_lies_there_is_not_made_again(
    request_: Request, store: Store, counted: Engines, monkeypatch: pytest.MonkeyPatch
):
    first = made(request_, store)
    before = {path.name: path.stat().st_mtime_ns for path in request_.out.iterdir()}
    with monkeypatch.context() as blocked:
        blocked.setattr("digest.pipeline.compose_brief", lambda plan: pytest.fail("composed again"))
        second = made(request_, store)
    assert (second.tally, second.docx, second.json, second.brief) == (first.tally, first.docx, first.json, None)
    assert {path.name: path.stat().st_mtime_ns for path in request_.out.iterdir()} == before


def test_a_brief_that_was_moved_away_or_edited_is_made_again(request_: Request, store: Store, counted: Engines):
    first = made(request_, store)
    assert first.docx is not None
    assert first.json is not None
    first.docx.unlink()
    assert made(request_, store).brief == first.brief
    first.json.write_text(first.json.read_text(encoding="utf-8").replace("Ice", "Snow"), encoding="utf-8")
    again = made(request_, store)
    assert again.brief == first.brief
    assert again.json == request_.out / "2026-03-09-brief-2.json"


def test_another_template_of_the_same_name_is_another_brief(request_: Request, store: Store, counted: Engines):
    mine = request_.corpus.parent / "standard.docx"
    shutil.copy(request_.template, mine)
    first = made(replace(request_, template=mine), store)
    shutil.copy(request_.template.with_name("one-page.docx"), mine)
    second = made(replace(request_, template=mine), store)
    assert first.docx is not None
    assert second.docx == request_.out / "2026-03-09-brief-2.docx"


def test_nothing_is_computed_twice(request_: Request, store: Store, counted: Engines):
    made(request_, store)
    first = counted.calls()
    assert all(first.values())
    steps = Steps()
    made(request_, store, progress=steps)
    assert counted.calls() == {"embedded": [], "translated": [], "parsed": []}
    assert [label for label, _ in steps.seen] == ["Reading", "Writing"]


def test_only_a_new_document_is_computed(request_: Request, store: Store, counted: Engines):
    made(request_, store)
    counted.calls()
    write_corpus(
        request_.corpus, more="Finland agrees to share the cost of the icebreakers, the prime minister said in Turku."
    )
    made(request_, store)
    asked = counted.calls()
    assert len(asked["parsed"]) == 1
    assert len(asked["embedded"]) <= 2  # the sentence, and the title where there is one
    assert asked["translated"] == []


def test_another_title_or_country_computes_nothing_and_another_topic_only_the_positions(
    request_: Request, store: Store, counted: Engines
):
    made(request_, store)
    counted.calls()
    made(request_, store, replace(CONFIG, brief=BriefSettings(title="Other", countries=("Norway",))))
    assert not any(counted.calls().values())
    made(request_, store, replace(CONFIG, topics=(replace(ICE, words=("crews",)),)))
    asked = counted.calls()
    assert asked["translated"] == []
    assert asked["parsed"]


def test_the_brief_is_the_same_whether_computed_or_recalled(request_: Request, store: Store, counted: Engines):
    one = made(replace(request_, dry_run=True), store).brief
    assert made(replace(request_, dry_run=True), store).brief == one
    assert made(replace(request_, dry_run=True), Store.in_memory()).brief == one


def test_a_store_that_cannot_keep_results_is_told_in_the_brief(request_: Request, store: Store, counted: Engines):
    store._connection.execute("PRAGMA query_only = ON")  # as on a disk that turned read-only
    brief = made(request_, store).brief
    (notice,) = [notice for notice in brief.notices if notice.stage == "store"]
    assert "readonly" in notice.reason
    assert len(brief.sources) == 2


# --- Ctrl-C --------------------------------------------------------------------------------------------------------

PLACES = [
    ("Reading", 0), ("Reading", 1), ("Detecting", 0), ("Detecting", 1), ("Detecting", 2), ("Translating pt", 0),
    ("Translating pt", 1), ("Summarising and reading positions", 0), ("Summarising and reading positions", 1),
    ("Summarising and reading positions", 2), ("Writing", 0),
]  # fmt: skip

UNDER_WAY = ("Summarising and reading positions", 1)
"""When the first document is done, the second is being worked on already: that is begun anew."""


@pytest.mark.parametrize(("label", "after"), PLACES)
def test_after_an_interruption_the_next_run_goes_on_and_computes_nothing_twice(
    request_: Request, store: Store, counted: Engines, label: str, after: int
):
    made(replace(request_, dry_run=True), Store.in_memory())
    whole = counted.calls()
    with pytest.raises(KeyboardInterrupt):
        made(request_, store, progress=Steps(label, after))
    before = counted.calls()
    assert names(request_.out) == []
    outcome = made(request_, store)
    rest = counted.calls()
    assert outcome.docx is not None
    for engine, texts in whole.items():
        twice = Counter(before[engine]) + Counter(rest[engine])
        twice.subtract(texts)
        assert min(twice.values()) == 0
        assert {text for text in twice.elements() if (label, after) != UNDER_WAY or text in ENGLISH} == set()


def test_an_interruption_between_the_two_files_leaves_neither(
    request_: Request, store: Store, counted: Engines, monkeypatch: pytest.MonkeyPatch
):
    written = interrupt_the_second_write(monkeypatch, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        made(request_, store)
    assert (len(written), names(request_.out)) == (2, [])


def interrupt_the_second_write(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> list[int]:
    """From the second file on, the disk answers with `error`. The list tells how many were tried."""
    tried: list[int] = []
    really = os.fsync

    def fsync(descriptor: int) -> None:
        tried.append(descriptor)
        if len(tried) >= 2:
            raise error
        really(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    return tried


# --- what is written, and what is not ------------------------------------------------------------------------------


def test_a_dry_run_does_everything_but_write(request_: Request, store: Store, counted: Engines):
    outcome = made(replace(request_, dry_run=True), store)
    assert (outcome.docx, outcome.json) == (None, None)
    assert not request_.out.exists()
    assert len(outcome.brief.sources) == 2


def test_issues_are_numbered_by_what_lies_in_the_folder(request_: Request, store: Store, counted: Engines):
    first = made(request_, store).brief
    second = made(replace(request_, issued=date(2026, 3, 16)), store).brief
    third = made(replace(request_, issued=date(2026, 3, 23)), store).brief
    assert [(one.issue, one.previous) for one in (first, second, third)] == [
        (1, None),
        (2, date(2026, 3, 9)),
        (3, date(2026, 3, 16)),
    ]


def test_the_same_brief_made_again_is_left_as_it_lies(request_: Request, store: Store, counted: Engines):
    first = made(request_, store)
    assert first.docx is not None
    before = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in request_.out.iterdir()}
    again = made(request_, store)
    assert again.docx == first.docx
    assert before == {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in request_.out.iterdir()}


def test_another_brief_of_the_same_day_is_written_beside_under_the_same_number_and_only_once(
    request_: Request, store: Store, counted: Engines
):
    made(request_, store)
    other = replace(CONFIG, brief=replace(CONFIG.brief, title="Other"))
    for _ in range(2):
        outcome = made(request_, store, other)
        assert outcome.docx == request_.out / "2026-03-09-brief-2.docx"
        assert outcome.json == request_.out / "2026-03-09-brief-2.json"
        assert json.loads(outcome.json.read_text(encoding="utf-8"))["issue"] == 1
    assert len(names(request_.out)) == 4


def test_with_force_the_issue_of_the_day_is_replaced(request_: Request, store: Store, counted: Engines):
    first = made(request_, store)
    other = replace(CONFIG, brief=replace(CONFIG.brief, title="Other"))
    outcome = made(replace(request_, force=True), store, other)
    assert (outcome.docx, outcome.json) == (first.docx, first.json)
    assert outcome.json is not None
    assert json.loads(outcome.json.read_text(encoding="utf-8"))["title"] == "Other"
    assert len(names(request_.out)) == 2
    assert made(replace(request_, force=True), store).docx == first.docx
    assert len(names(request_.out)) == 2


def test_a_replacement_that_fails_leaves_the_old_issue_whole(
    request_: Request, store: Store, counted: Engines, monkeypatch: pytest.MonkeyPatch
):
    first = made(request_, store)
    assert first.docx is not None
    before = {path.name: path.read_bytes() for path in request_.out.iterdir()}
    interrupt_the_second_write(monkeypatch, OSError(errno.ENOSPC, "No space left on device"))
    other = replace(CONFIG, brief=replace(CONFIG.brief, title="Other"))
    with pytest.raises(OutputError, match="the disk is full"):
        made(replace(request_, force=True), store, other)
    assert {path.name: path.read_bytes() for path in request_.out.iterdir()} == before


def test_documents_outside_the_period_are_left_out_and_counted_and_undated_ones_stay(
    request_: Request, store: Store, counted: Engines
):
    write_corpus(
        request_.corpus, undated="Finland agrees to share the cost of the icebreakers, the prime minister said."
    )
    dry = replace(request_, dry_run=True)

    def paths(since: date | None, until: date | None) -> tuple[list[str], int]:
        outcome = made(replace(dry, since=since, until=until), store)
        return sorted(one.path for one in outcome.brief.sources), outcome.skipped

    assert paths(date(2026, 3, 3), None) == (["portuguese.txt", "undated.txt"], 1)
    assert paths(None, date(2026, 3, 2)) == (["english.txt", "undated.txt"], 1)
    assert paths(date(2026, 3, 2), date(2026, 3, 3)) == (["english.txt", "portuguese.txt", "undated.txt"], 0)


def test_a_period_without_documents_is_told(request_: Request, store: Store):
    with pytest.raises(NothingReadError, match=r"None of the 2 documents .* Widen --since and --until") as caught:
        made(replace(request_, since=date(2026, 3, 8)), store)
    assert caught.value.exit_code == 3


def test_a_full_disk_is_told_and_leaves_no_half_of_a_brief(
    request_: Request, store: Store, counted: Engines, monkeypatch: pytest.MonkeyPatch
):
    interrupt_the_second_write(monkeypatch, OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(OutputError, match="the disk is full") as caught:
        made(request_, store)
    assert caught.value.exit_code == 4
    assert names(request_.out) == []
    monkeypatch.undo()
    counted.calls()
    counted.install(monkeypatch)
    assert made(request_, store).docx == request_.out / "2026-03-09-brief.docx"
    assert not any(counted.calls().values())


# --- countries -----------------------------------------------------------------------------------------------------


def codes(*countries: str) -> tuple[str, ...]:
    return country_codes(Config(brief=BriefSettings(countries=countries)))


def test_countries_and_organisations_are_known_by_name_or_code_each_once():
    assert codes("Norway", "de", "NATO", "European Union", "GB", "United Kingdom", "no") == (
        "NO",
        "DE",
        "NATO",
        "EU",
        "GB",
    )


def test_an_unknown_country_is_told_with_the_nearest_known_one():
    with pytest.raises(ConfigError, match=r"unknown country 'Norwey'; did you mean 'Norway'\?") as caught:
        codes("Norway", "Norwey")
    assert caught.value.exit_code == 2


def test_a_country_like_no_other_is_told_with_what_to_write():
    with pytest.raises(ConfigError, match="English name or its ISO code"):
        codes("Qqqqqqq")


def test_all_unknown_countries_are_told_at_once():
    with pytest.raises(ConfigError) as caught:
        codes("Norwey", "Portugl")
    assert "Norwey" in str(caught.value)
    assert "Portugl" in str(caught.value)
