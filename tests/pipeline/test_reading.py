from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path

import pytest
from builders import NearReader, Steps, write_corpus

from digest.config import Config
from digest.errors import ReadError
from digest.model import Document, Notice
from digest.pipeline.reading import Corpus, Listed
from digest.pipeline.work import Request
from digest.store import Store

TODAY = date(2026, 3, 9)
FERRIES = "Ferries for the lake\n\nNorland has asked the council for a vote on the ferries. It was on 5 May 2025.\n"
TRAINS = "Trains for the pass\n\nSudland has asked the council for a vote on the trains. It was on 6 May 2025.\n"
LONG_AGO = 60 * 60 * 24 * 30


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were opened."""
    names: list[str] = []

    class Counting(NearReader):
        def read(self, path: Path) -> list[Document | Notice]:
            names.append(path.name)
            return super().read(path)

    monkeypatch.setattr("digest.pipeline.reading.Guard", Counting)
    return names


def written(folder: Path, age: float = LONG_AGO, **texts: str) -> Path:
    """A corpus whose files were changed `age` seconds ago."""
    write_corpus(folder, **texts)
    for name in texts:
        then = time.time() - age
        os.utime(folder / f"{name}.txt", (then, then))
    return folder


def survey(folder: Path, store: Store, day: date = TODAY, config: Config | None = None) -> list[Listed]:
    with Corpus(Request(folder, folder, folder, day), config or Config(), store) as corpus:
        listed, notices = corpus.survey(Steps())
        assert notices == []
        assert [corpus.load(one).path for one in listed] == [one.path for one in listed]
        return listed


def test_a_file_that_has_not_changed_is_opened_once_ever(tmp_path: Path, store: Store, opened: list[str]):
    folder = written(tmp_path, ferries=FERRIES, trains=TRAINS)
    first = survey(folder, store)
    assert sorted(opened) == ["ferries.txt", "trains.txt"]
    assert survey(folder, store) == first
    assert survey(folder, store, date(2026, 4, 1)) == first
    assert len(opened) == 2


def test_a_changed_file_is_opened_again_and_the_others_are_not(tmp_path: Path, store: Store, opened: list[str]):
    folder = written(tmp_path, ferries=FERRIES, trains=TRAINS)
    first = survey(folder, store)
    written(folder, age=LONG_AGO / 2, trains=FERRIES.replace("Norland", "Estland"))
    second = survey(folder, store)
    assert opened[2:] == ["trains.txt"]
    assert first[0] == second[0]
    assert first[1].id != second[1].id


def test_a_file_that_was_changed_just_now_is_opened_again_since_its_time_may_not_tell_of_the_next_change(
    tmp_path: Path, store: Store, opened: list[str]
):
    folder = written(tmp_path, age=0, ferries=FERRIES)
    survey(folder, store)
    stamp = (folder / "ferries.txt").stat()
    (folder / "ferries.txt").write_text(FERRIES.replace("Norland", "Estland"), encoding="utf-8")
    os.utime(folder / "ferries.txt", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    (found,) = survey(folder, store)
    with Corpus(Request(folder, folder, folder, TODAY), Config(), store) as corpus:
        corpus.survey(Steps())
        assert "Estland" in corpus.load(found).text


def test_other_bounds_of_reading_read_anew(tmp_path: Path, store: Store, opened: list[str]):
    from digest.config import ReadingSettings

    folder = written(tmp_path, ferries=FERRIES)
    survey(folder, store)
    survey(folder, store, config=Config(reading=ReadingSettings(text_characters=1000)))
    assert len(opened) == 2


def test_a_date_that_still_lay_ahead_is_believed_when_its_day_has_come(tmp_path: Path, store: Store, opened: list[str]):
    text = "---\ndate: 2026-03-12\n---\n\nNorland has asked the council for a vote on the ferries.\n"
    write_corpus(tmp_path)
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    os.utime(path, (time.time() - LONG_AGO, time.time() - LONG_AGO))
    (before,) = survey(tmp_path, store, date(2026, 3, 9))
    (after,) = survey(tmp_path, store, date(2026, 3, 16))
    (later,) = survey(tmp_path, store, date(2026, 3, 23))
    assert before.published != date(2026, 3, 12)
    assert after.published == later.published == date(2026, 3, 12)
    assert len(opened) == 2


def test_two_files_with_the_same_bytes_are_one_document(tmp_path: Path, store: Store, opened: list[str]):
    folder = written(tmp_path, a=FERRIES, b=FERRIES, c=TRAINS)
    listed = survey(folder, store)
    assert [(one.path, one.also_at) for one in listed] == [("a.txt", ("b.txt",)), ("c.txt", ())]


def test_a_file_that_cannot_be_read_is_tried_again_each_time(tmp_path: Path, store: Store, opened: list[str]):
    written(tmp_path, ferries=FERRIES)
    (tmp_path / "broken.docx").write_bytes(b"PK no archive")
    for _ in range(2):
        with Corpus(Request(tmp_path, tmp_path, tmp_path, TODAY), Config(), store) as corpus:
            listed, notices = corpus.survey(Steps())
        assert [one.path for one in listed] == ["ferries.txt"]
        assert [notice.file for notice in notices] == ["broken.docx"]
    assert opened.count("broken.docx") == 2


def test_a_file_that_vanishes_between_survey_and_loading_raises_what_to_do(tmp_path: Path, opened: list[str]):
    folder = written(tmp_path, ferries=FERRIES)
    store = Store.in_memory()
    with Corpus(Request(folder, folder, folder, TODAY), Config(), store) as corpus:
        (one,), _ = corpus.survey(Steps())
        store.forget([], [one.file])
        (folder / "ferries.txt").write_text(TRAINS, encoding="utf-8")
        with pytest.raises(ReadError, match="changed while"):
            corpus.load(one)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_that_are_no_unicode_are_kept_apart(tmp_path: Path, store: Store, opened: list[str]):
    for name, text in ((b"a\xff.txt", FERRIES), (b"a\xfe.txt", TRAINS)):
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        try:
            path.write_text(text, encoding="utf-8")
        except OSError:
            pytest.skip("this file system takes no such names")
    with Corpus(Request(tmp_path, tmp_path, tmp_path, TODAY), Config(), store) as corpus:
        listed, notices = corpus.survey(Steps())
        assert notices == []
        assert {corpus.load(one).text[:6] for one in listed} == {"Ferrie", "Trains"}
