from __future__ import annotations

from pathlib import Path

import pytest

from training.form import CorpusError, Item, load, parse
from training.passages import items_of, sentences_of, text_of
from training.split import LIKE, Part, part_of

PASSAGE = """\
== topic: a ban on lead in paint | register: agency | id: t-001
[FR/Claire Dumont, French minister:S; IT:-] French minister Claire Dumont backed the ban over lunch in Rome.
[GB:U,C] London was still thinking.
~
Nobody else spoke.
[ORG:African Union/-:X; GROUP:Baltic states:O] The African Union sent regards; the Baltic states said no.
"""


def test_a_passage_has_its_topic_paragraphs_sentences_and_labels():
    (passage,), problems = parse(PASSAGE, "t.txt")
    assert problems == []
    assert (passage.id, passage.topic, passage.register) == ("t-001", "a ban on lead in paint", "agency")
    assert [len(paragraph) for paragraph in passage.paragraphs] == [2, 2]
    first, second, third, fourth = passage.lines()
    assert first.items == (Item("FR", "Claire Dumont, French minister", "S"), Item("IT", None, "-"))
    assert second.items == (Item("GB", None, "U", ("C",)),)
    assert third.items == ()
    assert fourth.items[0] == Item("ORG:African Union", None, "X")


def test_the_sentences_of_a_passage_lie_where_its_text_has_them():
    (passage,), _ = parse(PASSAGE, "t.txt")
    text = text_of(passage)
    for sentence, line in zip(sentences_of(passage), passage.lines(), strict=True):
        assert text[sentence.start : sentence.end] == sentence.text == line.text
    assert [sentence.paragraph for sentence in sentences_of(passage)] == [0, 0, 1, 1]


def test_a_group_that_the_program_knows_stands_for_its_members():
    (passage,), _ = parse(PASSAGE, "t.txt")
    held = items_of(passage.lines()[-1])
    assert {code: item.label for code, item in held.items() if len(code) == 2} == {"EE": "O", "LV": "O", "LT": "O"}


def test_a_passage_may_have_the_opposite_topic():
    head = "== topic: a ban on lead | against: keeping lead in paint | register: agency | id: t-002\n"
    (passage,), problems = parse(f"{head}[FR:S] Paris agreed.\n", "t.txt")
    assert problems == []
    assert (passage.topic, passage.against, passage.id) == ("a ban on lead", "keeping lead in paint", "t-002")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[FR:Z] A sentence.", "'Z' is no label"),
        ("[QQ:S] A sentence.", "'QQ' is no code"),
        ("[FR] A sentence.", "'FR' is not CODE/ACTOR:LABEL"),
        ("[FR:S A sentence.", "'[' without ']'"),
        ("[FR:S]", "labels without a sentence"),
        ("== topic: lead", "not '== topic"),
    ],
)
def test_a_line_that_does_not_fit_is_told_with_file_and_line(line: str, told: str):
    _, problems = parse(PASSAGE + line + "\n", "t.txt")
    assert len(problems) == 1
    assert problems[0].startswith("t.txt:7: ")
    assert told in problems[0]


def test_every_bad_line_of_a_folder_is_told_at_once(tmp_path: Path):
    (tmp_path / "a.txt").write_text("No passage yet.\n" + PASSAGE, encoding="utf-8")
    (tmp_path / "b.txt").write_text(PASSAGE, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load(tmp_path)
    assert str(caught.value).splitlines() == [
        "a.txt:1: a sentence before the first '=='",
        "t-001: there are two passages of this id",
    ]


def test_the_corpus_of_the_project_has_its_form_and_its_size(root: Path):
    passages = load(root / "training" / "corpus")
    assert len(passages) >= 150
    assert len({passage.topic for passage in passages}) == len(passages)
    assert sum(len(passage.lines()) for passage in passages) >= 3000


def test_the_split_is_by_topic_and_never_moves(root: Path):
    passages = load(root / "training" / "corpus")
    parts = [part_of(passage.id) for passage in passages]
    assert 0.15 <= parts.count(Part.ASIDE) / len(parts) <= 0.25
    assert [part_of(name) for name in ("w1-006", "w1-002", "w2-023")] == [
        Part.DEVELOPMENT,
        Part.TRAINING,
        Part.DEVELOPMENT,
    ]


def test_passages_on_one_subject_all_train(root: Path):
    known = {passage.id for passage in load(root / "training" / "corpus")}
    for group in LIKE:
        assert len(group) > 1 and set(group) <= known
        assert {part_of(passage) for passage in group} == {Part.TRAINING}
