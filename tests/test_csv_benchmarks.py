"""The measurements on files of others (CNN/DM, CLIFF): that they run, and that a bad file is answered in words."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import faithfulness, rivals, summaries, tables

ARTICLES = (
    (
        "Ferry to Saaremaa stops for a week",
        "The morning was grey and the gulls sat on the bollards. Somebody sold coffee from a van. The ferry to "
        "Saaremaa will stop for a week from 4 May, Transport Minister Kaarel Tamsalu said on Monday. Its engine has "
        "to be replaced at a cost of 2.4 million euros. Two fishing boats will carry the post. A dog slept there.",
        "The ferry to Saaremaa stops for a week from 4 May.\nReplacing its engine costs 2.4 million euros.",
    ),
    (
        "",
        "Riga and Vilnius agreed on Friday to share a helicopter for rescues at sea. Latvia pays 60 per cent of its "
        "cost and Lithuania the rest. The two pilots met for the first time at the signing. They talked about the "
        "weather. The first flight is planned for June, Defence Minister Ilze Kalnina said.",
        "Latvia and Lithuania share a rescue helicopter. Latvia pays 60 per cent. It flies from June.",
    ),
)
TRUE_AND_FALSE = (
    (
        "Estonia will send two icebreakers in December, Foreign Minister Anna Holm said in Tallinn. Sweden opposes a "
        "common budget.",
        "Estonia will send two icebreakers in December.",
        "Estonia will send nine icebreakers in December.",
    ),
    (
        "Norway pays a third of the crews. The government in Oslo promised this on 3 March.",
        "Norway pays a third of the crews.",
        "Denmark pays a third of the crews.",
    ),
    (
        "Brazil will not pay the levy before its yards are used. The talks go on in Recife.",
        "Brazil will not pay the levy before its yards are used.",
        "Brazil will pay the levy before its yards are used.",
    ),
    (
        "Portugal may lend a tug in spring, Minister Teresa Lobo said. Lisbon has three of them.",
        "Portugal may lend a tug in spring, Minister Teresa Lobo said.",
        "Portugal will lend a tug in spring, Minister Kaarel Tamsalu said.",
    ),
    (
        "The court in Cork dismissed the complaint of 12 skippers on Tuesday. They can appeal within a month.",
        "The court in Cork dismissed the complaint of 12 skippers on Tuesday.",
        "The court in Cork upheld the complaint of 21 skippers on Friday.",
    ),
)


def written(path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    return path


def judged(path: Path, documents: int = len(TRUE_AND_FALSE)) -> Path:
    rows = [
        (doc, text, kind)
        for doc, true, false in TRUE_AND_FALSE[:documents]
        for text, kind in ((true, "Correct"), (false, "extrinsic"))
    ]
    return written(path, ("doc", "summ", "error_type"), rows)


def test_rouge_of_every_method_is_printed_for_a_file_of_articles(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    pytest.importorskip("rouge_score")
    pytest.importorskip("sumy")
    file = written(tmp_path / "news.csv", ("title", "article", "highlights"), ARTICLES)
    assert summaries.main([str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2 articles"
    figures = {line.split()[0]: [float(one) for one in line.split()[1:]] for line in lines[2:]}
    assert list(figures) == ["lead", "LexRank", "TextRank", "ours"]
    assert all(0 < value <= 100 for row in figures.values() for value in row[:3])
    assert figures["ours"][0] > figures["lead"][0]


def test_lexrank_and_textrank_choose_as_many_sentences_as_are_asked_for_even_of_equal_ones():
    pytest.importorskip("sumy")
    texts = [
        "Ice closed the port of Riga.",
        "Ice closed the port of Riga.",
        "The port of Riga has no icebreaker.",
        "Yes.",
    ]
    for choose in rivals.rivals().values():
        places = choose(texts, 3)
        assert len(set(places)) == 3
        assert places == sorted(places)
    assert rivals.lead(texts, 9) == [0, 1, 2, 3]


def test_annotated_summaries_are_measured_with_the_shipped_weights_and_crossed_by_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert faithfulness.main([str(judged(tmp_path / "judged.csv"))]) == 0
    out = capsys.readouterr().out
    assert out.startswith("10 summaries of 5 documents, 5 without an error")
    shipped = next(line.split() for line in out.splitlines() if line.startswith("shipped"))
    assert float(shipped[2]) == 1.0  # AUC
    assert float(shipped[3]) == 1.0  # balanced accuracy
    assert "of the faulty let through 0.0%, of the sound refused 0.0%" in out


def test_rows_with_an_empty_field_are_left_out_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = written(tmp_path / "t.csv", ("doc", "summ"), [("a", "b"), ("", "c"), ("d", " ")])
    assert tables.read(file, ("doc", "summ")) == [{"doc": "a", "summ": "b"}]
    assert "2 of 3 rows left out" in capsys.readouterr().err


def test_an_article_of_any_length_fits_into_a_field(tmp_path: Path):
    file = written(tmp_path / "t.csv", ("doc",), [("word " * 100_000,)])
    assert len(tables.read(file, ("doc",))[0]["doc"]) == 500_000


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "lacks the column doc and summ and error_type; its first line has: none"),
        (b"doc,summary,error_type\r\na,b,c\r\n", "lacks the column summ; its first line has: doc, summary, error_type"),
        (b"doc,summ,error_type\r\n", "has no row with doc and summ and error_type filled in"),
        (b"doc,summ,error_type\r\n\xff\xfe,b,c\r\n", "is not UTF-8"),
        (b'doc,summ,error_type\r\n"a,b,c\r\n', "no valid CSV"),
        (
            b"doc,summ,error_type\r\na,b,correct\r\n",
            'needs both: rows with error_type "correct" and rows with an error',
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_answered_in_words(
    content: bytes, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    assert faithfulness.main([str(file)]) == 2
    assert told in capsys.readouterr().err


def test_a_file_that_there_is_not_and_too_few_documents_are_answered_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert summaries.main([str(tmp_path / "none.csv")]) == 2
    assert faithfulness.main([str(judged(tmp_path / "few.csv", documents=2))]) == 2
    err = capsys.readouterr().err
    assert "none.csv cannot be opened" in err
    assert "few.csv has 2 documents; crossing needs 5 at least" in err
