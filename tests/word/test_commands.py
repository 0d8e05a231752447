# ruff: noqa: E501 - messages stand in one line, as they are read

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from digest import briefjson, commands
from digest.errors import TemplateError, UsageError
from digest.model import Brief
from digest.word import template
from digest.word.layouts import SETTINGS, one_page, table
from digest.word.ooxml import w
from digest.word.render import render

Make = Callable[..., Path]
ROOT = Path(__file__).resolve().parents[2]
MARKER = '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:t>{{ brief }}</w:t></w:r></w:p>'


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def broken(make_template: Make) -> Path:
    """A template with an unknown field in its text, in a text box, in a header, and a setting that there is not."""
    box = "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{{ titel }}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    text = "<w:p><w:r><w:t>{{ isued }}</w:t></w:r></w:p>"
    path = make_template(
        exchange={
            "word/document.xml": (MARKER, text + box + MARKER),
            "word/header1.xml": ("{{ issue_line }}", "{{ isue }}"),
        }
    )
    path.with_suffix(".toml").write_text('papre = "A4"\n', encoding="utf-8")
    return path


# --- template check --------------------------------------------------------------------------------------------------


def test_check_tells_every_problem_and_writes_a_copy_with_comments(broken: Path, capsys: pytest.CaptureFixture[str]):
    assert commands.run(["template", "check", str(broken)]) == 2
    copy = broken.with_name("house-check.docx")
    assert capsys.readouterr().out.splitlines() == [
        f"{broken}: 4 problems.",
        "  1. body, paragraph 1: unknown field 'isued', did you mean 'issued'?",
        "  2. body, in a text box: unknown field 'titel', did you mean 'title'?",
        "  3. header, paragraph 2: unknown field 'isue', did you mean 'issue'?",
        "  4. house.toml: unknown key 'papre', did you mean 'paper'?",
        f"A copy with a comment at each problem: {copy}",
    ]
    document = docx.Document(str(copy))
    assert [comment.text for comment in document.comments] == [
        "body, paragraph 1: unknown field 'isued', did you mean 'issued'?",
        "body, in a text box: unknown field 'titel', did you mean 'title'?",
        "header, paragraph 2: unknown field 'isue', did you mean 'issue'?",
        "house.toml: unknown key 'papre', did you mean 'paper'?",
    ]
    assert not next(iter(document.element.iter(w("txbxContent")))).findall(f".//{w('commentReference')}")
    with zipfile.ZipFile(copy) as package:
        assert b"w:date=" not in package.read("word/comments.xml")


def test_check_reports_as_json(broken: Path, capsys: pytest.CaptureFixture[str]):
    assert commands.run(["template", "check", str(broken), "--json", "--out", "checked"]) == 2
    report = json.loads(capsys.readouterr().out)
    assert (report["usable"], len(report["problems"]), report["copy"]) == (
        False,
        4,
        str(Path("checked/house-check.docx")),
    )
    assert report["problems"][0] == {
        "place": "body, paragraph 1",
        "message": "unknown field 'isued', did you mean 'issued'?",
    }


def test_a_template_that_may_not_be_opened_is_not_copied(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "old.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert commands.run(["template", "check", "old.docx"]) == 2
    assert "it is in the old Word format (.doc)" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["old.docx"]


@pytest.mark.parametrize("name", SETTINGS)
def test_the_templates_that_come_with_the_program_are_in_order(name: str, capsys: pytest.CaptureFixture[str]):
    assert commands.run(["template", "check", name]) == 0
    assert capsys.readouterr().out.endswith(f"{name}.docx: in order.\n")


@pytest.mark.parametrize(("name", "made"), [("one-page", one_page), ("table", table)])
def test_the_templates_in_the_folder_are_those_that_the_code_builds(name: str, made: Callable[[], bytes]):
    def parts(data: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return {part: package.read(part) for part in package.namelist()}

    assert parts((ROOT / "templates" / f"{name}.docx").read_bytes()) == parts(made())


# --- the others ------------------------------------------------------------------------------------------------------


def test_every_field_is_listed_with_an_example(capsys: pytest.CaptureFixture[str]):
    assert commands.run(["template", "fields", "--json"]) == 0
    rows = {row["marker"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["{{ issued : d MMM yyyy }}"]["example"] == "17 Feb 2025"
    assert rows["{{ position.original }}"]["example"].startswith("«Não é altura")
    assert all(row["meaning"] for row in rows.values())
    without = {
        marker for marker, row in rows.items() if not row["example"] and row["kind"] not in ("body", "section", "")
    }
    assert without == set()
    assert commands.run(["template", "fields"]) == 0
    assert "e.g. 17 Feb 2025" in capsys.readouterr().out


def test_a_new_template_is_in_order_and_is_never_written_over_another(capsys: pytest.CaptureFixture[str]):
    assert commands.run(["template", "new", "mine"]) == 0
    assert template.inspect(Path("templates/mine.docx")) == template.Report((), ())
    capsys.readouterr()
    assert commands.run(["template", "preview", "--template", "mine", "--out", "."]) == 0
    texts = "\n".join(paragraph.text for paragraph in docx.Document("preview-mine.docx").paragraphs)
    assert "remarks" not in texts
    assert "Issue 3  ·  17 February 2025  ·  Monday" in texts
    with pytest.raises(UsageError, match="is there already"):
        commands.run(["template", "new", "mine"])
    with pytest.raises(UsageError, match="is not a name"):
        commands.run(["template", "new", "../mine"])


def test_a_preview_takes_less_than_two_seconds_and_loads_no_model():
    code = (
        "import sys, time; from digest import commands; commands.run(['template', 'preview', '--out', '.']); "
        "print(sorted({'torch', 'transformers', 'spacy'} & set(sys.modules))); print(time.process_time())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    written, models, seconds = done.stdout.splitlines()
    assert (written, models) == ("preview-standard.docx", "[]")
    assert float(seconds) < 2  # of the processor: others may be at work beside it


# --- settings --------------------------------------------------------------------------------------------------------


def test_the_paper_and_the_sections_are_those_of_the_settings(make_template: Make, sample: Brief):
    path = make_template()
    path.with_suffix(".toml").write_text('paper = "Letter"\nsections = ["matrix", "bottom_line"]\n', encoding="utf-8")
    document = docx.Document(io.BytesIO(render(sample, path)))
    section = document.sections[0]
    assert (section.page_width.inches, section.page_height.inches) == (8.5, 11)
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == ["Positions at a glance", "Bottom line"]
    line = section.page_width.twips - section.left_margin.twips - section.right_margin.twips
    tabs = [tab.get(w("pos")) for tab in document.styles.element.iter(w("tab")) if tab.get(w("val")) == "right"]
    assert set(tabs) == {str(line)}


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ("paper = 4", "house.toml: paper = 4 is not possible; choose from: A4, Letter."),
        ("sections = []", "house.toml: sections is empty; leave it out to have all."),
        ('sections = ["matrix", "matrix"]', "house.toml: sections names one of them twice."),
        ("sections = 1", "house.toml: sections must be a list of names in quotation marks."),
        ("description = 1", "house.toml: description must be a text in quotation marks."),
        ("paper =", "house.toml is not valid TOML: Invalid value (at end of document)."),
    ],
)
def test_a_wrong_setting_is_told_before_anything_is_rendered(
    settings: str, problem: str, make_template: Make, sample: Brief
):
    path = make_template()
    path.with_suffix(".toml").write_text(settings, encoding="utf-8")
    assert template.check(path) == [problem]
    with pytest.raises(TemplateError):
        render(sample, path)


# --- render ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def made(sample: Brief) -> Path:
    """The JSON of the sample brief."""
    path = Path("2025-02-17-brief.json")
    path.write_bytes(briefjson.to_json(sample))
    return path


def edited(path: Path, change: Callable[[dict[str, object]], object]) -> Path:
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_the_brief_of_a_json_is_that_of_its_run_byte_for_byte(made: Path, sample: Brief, standard: Path):
    assert briefjson.from_json(made.read_bytes()) == sample
    assert commands.run(["render", str(made), "--template", str(standard)]) == 0
    assert made.with_suffix(".docx").read_bytes() == render(sample, standard)


def test_the_same_json_gives_the_same_bytes_under_two_hash_seeds(made: Path):
    for name in ("one-page", "table"):
        for seed in ("1", "2"):
            subprocess.run(
                [
                    sys.executable,
                    str(ROOT / "make_brief.py"),
                    "render",
                    str(made),
                    "--template",
                    name,
                    "--out",
                    name + seed,
                ],
                env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
                check=True,
                capture_output=True,
            )
        first, second = (Path(name + seed) / "2025-02-17-brief.docx" for seed in ("1", "2"))
        assert first.read_bytes() == second.read_bytes()


def test_a_brief_of_that_name_is_kept_unless_force_is_given(made: Path, capsys: pytest.CaptureFixture[str]):
    run = ["render", str(made), "--template", "standard"]
    assert commands.run(run) == 0
    assert commands.run(run) == 0
    assert "(it was the same already)" in capsys.readouterr().out
    edited(made, lambda content: content.update(title="Another title"))
    assert commands.run(run) == 0
    assert Path("2025-02-17-brief-2.docx").exists()
    assert commands.run([*run, "--force"]) == 0
    assert Path("2025-02-17-brief.docx").read_bytes() == Path("2025-02-17-brief-2.docx").read_bytes()


def test_without_a_template_that_of_the_brief_is_taken(made: Path, sample: Brief):
    edited(made, lambda content: content.update(template="one-page.docx"))
    assert commands.run(["render", str(made)]) == 0
    brief = replace(sample, template="one-page.docx")
    assert made.with_suffix(".docx").read_bytes() == render(brief, ROOT / "templates" / "one-page.docx")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c.pop("title"), 'the file: "title" is missing.'),
        (lambda c: c.update(titel=c.pop("title")), 'the file: unknown key "titel". Did you mean "title"?'),
        (lambda c: c.update(schema=2), "schema: this program reads schema 1."),
        (lambda c: c.update(issued="17.2.2025"), 'issued: must be a day such as 2026-01-31, not "17.2.2025".'),
        (lambda c: c.update(issue="3"), 'issue: must be a whole number, not "3".'),
        (
            lambda c: c["positions"][2]["stance"].update(label="suports"),
            'positions[2].stance.label: cannot be "suports". Did you mean "supports"?',
        ),
        (
            lambda c: c["positions"][0].update(marks=["S99"]),
            'positions[0].marks[0]: there is no source "S99" in this file.',
        ),
        (
            lambda c: c["positions"][0].update(topic=None),
            'positions[0]: "stance" and "topic" go together: give both, or set both to null.',
        ),
        (lambda c: c["positions"][1].update(id="p1"), 'positions[1].id: "p1" is taken by positions[0].'),
        (
            lambda c: c["holders"][0]["positions"].append("p99"),
            'holders[0].positions[3]: there is no position "p99" in this file.',
        ),
        (
            lambda c: c["holders"][0]["stance"].update(cable="opposes"),
            'holders[0].stance: "cells" of the same holder says otherwise. Change both or none.',
        ),
        (
            lambda c: c["documents"][0]["summary"][0].update(evidence=[]),
            "documents[0].summary[0].evidence: a sentence of a summary needs the sentence that it comes from.",
        ),
        (
            lambda c: c["documents"][0]["summary"][0].update(made_by=9),
            "documents[0].summary[0].made_by: there are only 3 engines, counted from 0.",
        ),
        (
            lambda c: c["positions"][0]["actor"].update(name=None, role=None),
            "positions[0].actor: an actor needs a name or a role; without either write null in place of the actor.",
        ),
        (
            lambda c: c["positions"][0].update(said_on="2025-13"),
            'positions[0].said_on: must be a date such as 2026-01-31, 2026-01 or 2026, not "2025-13".',
        ),
        (lambda c: c.update(holders={}), "holders: must be a list, not {}."),
    ],
)
def test_a_wrong_edit_is_told_with_its_place(made: Path, change: Callable[[dict[str, object]], object], message: str):
    with pytest.raises(UsageError) as caught:
        commands.run(["render", str(edited(made, change))])
    assert str(caught.value) == f"{made}: {message}"


def test_what_is_no_json_is_told_with_line_and_column(made: Path):
    made.write_text('{\n "schema": 1\n "title": "x"}', encoding="utf-8")
    with pytest.raises(UsageError, match="line 3, column 2: this is no JSON"):
        commands.run(["render", str(made)])
    made.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="not in UTF-8"):
        commands.run(["render", str(made)])
    with pytest.raises(UsageError, match=r"There is no file gone\.json"):
        commands.run(["render", "gone.json"])
    made.write_text("[" * 200_000, encoding="utf-8")
    with pytest.raises(UsageError, match=r"no brief|no JSON"):
        commands.run(["render", str(made)])
