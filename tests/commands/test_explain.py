from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import KINDS, NAMES, digested, document, frame, position

from digest import commands, readers
from digest.briefjson import from_json, to_json
from digest.compose import compose
from digest.errors import UsageError
from digest.model import Actor, Brief, Position, StanceLabel

STATEMENT = "Ireland will not join the patrols, the minister said."


def held(**changes: object) -> Position:
    made = position("IE", STATEMENT, StanceLabel.OPPOSES, actor=Actor("Una Byrne", "minister"))
    return replace(made, probability=0.87, decided_by="classifier", nearness=0.41, **changes)  # type: ignore[arg-type]


def brief_of(*positions: Position) -> Brief:
    return compose([digested("a.txt", *positions)], frame(), [], [], KINDS, NAMES)


@pytest.fixture
def briefs(tmp_path: Path) -> Path:
    folder = tmp_path / "briefs"
    folder.mkdir()
    (folder / "2026-03-02-brief.json").write_bytes(to_json(brief_of()))
    (folder / "2026-03-09-brief.json").write_bytes(to_json(brief_of(held())))
    return folder


def explain(*arguments: object) -> int:
    return commands.run(["explain", *map(str, arguments)])


def test_the_newest_brief_tells_why_a_position_stands_in_it(briefs: Path, capsys: pytest.CaptureFixture[str]):
    assert explain(held().id, "--out", briefs, "--corpus", briefs / "none") == 0
    told = capsys.readouterr().out
    assert f"» {STATEMENT} «" in told
    for words in (
        "Ireland (IE), by named in the sentence",
        "Una Byrne, minister",
        "opposes (probability of this stance 0.87)",
        "“cue”",
        "Joint patrols; nearness of the sentence 0.41",
        "the classifier",
    ):
        assert words in told


def test_the_sentence_is_shown_in_its_document_while_that_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    text = f"Talks began.\n\n{STATEMENT} Nobody else spoke.\n"
    (corpus / "a.txt").write_text(text, encoding="utf-8", newline="\n")
    read = readers.read(corpus / "a.txt", corpus, date(2026, 3, 9))
    brief = to_json(brief_of(held())).decode().replace(document("a.txt").id, read.id)
    start = read.text.index(STATEMENT)
    rows = json.loads(brief)
    for row in rows["positions"]:
        row["start"], row["end"] = start, start + len(STATEMENT)
    path = tmp_path / "2026-03-09-brief.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    assert explain(held().id, "--brief", path, "--corpus", corpus) == 0
    told = capsys.readouterr().out
    assert "Talks began." in told
    assert "Nobody else spoke." in told


def test_a_theme_found_by_machine_is_told(briefs: Path, capsys: pytest.CaptureFixture[str]):
    brief = brief_of(held())
    found = tuple(replace(topic, found=True) for topic in brief.topics)
    (briefs / "2026-03-16-brief.json").write_bytes(to_json(replace(brief, topics=found)))
    assert explain(held().id, "--out", briefs, "--corpus", briefs / "none") == 0
    assert "Joint patrols (theme found by machine)" in capsys.readouterr().out


def test_the_beginning_of_an_id_is_enough_where_it_is_one_alone(briefs: Path, capsys: pytest.CaptureFixture[str]):
    assert explain(held().id[:6], "--out", briefs) == 0
    assert "Ireland" in capsys.readouterr().out


@pytest.mark.parametrize("wanted", ["nonesuch", "IE"])
def test_an_id_that_there_is_not_is_told_with_the_file(briefs: Path, wanted: str):
    with pytest.raises(UsageError, match=r"2026-03-09-brief\.json: no position has the id"):
        explain(wanted, "--out", briefs)


def test_a_folder_without_a_brief_is_told(tmp_path: Path):
    with pytest.raises(UsageError, match="There is no brief in"):
        explain("x", "--out", tmp_path)


def test_a_brief_of_before_the_classifier_can_still_be_read():
    rows = json.loads(to_json(brief_of(held())))
    for row in rows["positions"]:
        del row["decision"]
    (holder,) = from_json(json.dumps(rows).encode()).holders
    (entry,) = holder.all_entries()
    assert (entry.position.decided_by, entry.position.probability) == ("rules", None)
