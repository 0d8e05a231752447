from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import ENGINE, KINDS, NAMES, digested, frame, position, sentence

from digest.briefjson import to_json
from digest.compose import compose
from digest.merging import merged_away
from digest.model import Actor, Brief, Change, Language, Notice, PartialDate, Point, Quote, StanceLabel, Translation

# The schema, key by key, each with the types that JSON may hold there.
TEXT, MAYBE, NUMBER, MARKS = (str,), (str, type(None)), (int, float), (list,)
TOP = {
    "schema": (int,), "title": TEXT, "issued": TEXT, "issue": (int,), "period": (dict,), "template": TEXT,
    "engines": MARKS, "topics": MARKS, "documents": MARKS, "positions": MARKS, "holders": MARKS, "changes": MARKS,
    "notices": MARKS,
}  # fmt: skip
DOCUMENT = {
    "id": TEXT, "path": TEXT, "title": TEXT, "publisher": MAYBE, "published": MAYBE, "dated_by": TEXT, "language": TEXT,
    "language_confidence": NUMBER, "translated_by": MAYBE, "words": (int,), "mark": TEXT, "summary": MARKS,
}  # fmt: skip
POINT = {"text": TEXT, "engine": TEXT, "support": NUMBER, "evidence": MARKS}
EVIDENCE = {"start": (int,), "end": (int,), "text": TEXT}
POSITION = {
    "id": TEXT, "document": TEXT, "holder": TEXT, "holder_name": TEXT, "actor": (dict, type(None)), "statement": TEXT,
    "quote": TEXT, "stance": (dict, type(None)), "topic": MAYBE, "said_on": MAYBE, "evidence": TEXT,
    "evidence_translation": MAYBE, "start": (int,), "end": (int,), "same_as": MARKS,
}  # fmt: skip
HOLDER = {"holder": TEXT, "name": TEXT, "stance": (dict,), "changed": (bool,), "positions": MARKS}
CHANGE = {"holder": TEXT, "topic": TEXT, "was": MAYBE, "now": TEXT, "because": TEXT}
NOTICE = {"file": TEXT, "stage": TEXT, "reason": TEXT, "advice": TEXT}
ENGINES = {"stage": TEXT, "engine": TEXT, "model": TEXT, "version": TEXT, "licence": TEXT}


def fits(row: dict[str, Any], schema: dict[str, tuple[type, ...]]) -> None:
    assert schema.keys() <= row.keys()
    for key, kinds in schema.items():
        assert isinstance(row[key], kinds), f"{key}: {row[key]!r}"


DOCUMENTS = (
    digested(
        "a.txt",
        position(
            "IE", "“Warships are no answer to an anchor,” he said.", StanceLabel.OPPOSES, name="a.txt", quote=Quote.FULL
        ),
        position("NATO", "NATO will share what it sees.", name="a.txt", start=70, said_on=PartialDate(2026, 2)),
        summary=(Point("Ireland said no.", ENGINE, (sentence("Ireland said no.", "a.txt", 130),), 0.9),),
    ),
    digested(
        "b.txt",
        position(
            "IE",
            "Holm said “warships are no answer to an anchor”.",
            StanceLabel.OPPOSES,
            name="b.txt",
            actor=Actor("Anna Holm", None),
        ),
        published=None,
    ),
)


def brief() -> Brief:
    made = compose(
        DOCUMENTS, frame(countries=("BR",)), [ENGINE], [Notice("c.pdf", "reading", "no", "do")], KINDS, NAMES
    )
    change = Change("IE", "Ireland", "patrols", None, StanceLabel.OPPOSES, made.holders[0].all_entries()[0].position.id)
    return replace(made, changes=(change,))


def read() -> dict[str, Any]:
    made = brief()
    table: dict[str, Any] = json.loads(to_json(made, merged_away(made, DOCUMENTS)))
    return table


def test_all_keys_of_the_schema_are_there_with_values_of_their_types():
    table = read()
    fits(table, TOP)
    assert table["schema"] == 1
    assert set(table["period"]) == {"start", "end"}
    for name, schema in (
        ("documents", DOCUMENT), ("positions", POSITION), ("holders", HOLDER), ("changes", CHANGE), ("notices", NOTICE),
        ("engines", ENGINES), ("topics", {"id": TEXT, "name": TEXT}),
    ):  # fmt: skip
        assert table[name]
        for row in table[name]:
            fits(row, schema)
    points = [point for row in table["documents"] for point in row["summary"]]
    assert points
    for point in points:
        fits(point, POINT)
        assert point["evidence"]
        for evidence in point["evidence"]:
            fits(evidence, EVIDENCE)
    for row in table["positions"]:
        assert row["actor"] is None or set(row["actor"]) == {"name", "role"}
        assert row["stance"] is None or set(row["stance"]) == {"label", "cue"}


def test_the_values_are_those_of_the_brief():
    table = read()
    assert (table["title"], table["issued"], table["issue"]) == ("Cables", "2026-03-09", 1)
    assert table["period"] == {"start": "2026-03-02", "end": "2026-03-02"}
    expected = {
        "id": DOCUMENTS[0].document.id, "path": "a.txt", "title": "Title of a.txt", "publisher": None,
        "published": "2026-03-02", "dated_by": "dateline", "not_before": None, "url": None, "language": "en",
        "language_confidence": 1.0, "translated_by": None, "words": 100, "mark": "S1", "also_at": [],
    }  # fmt: skip
    assert table["documents"][0] | expected == table["documents"][0]
    assert table["documents"][1]["published"] is None
    assert table["documents"][0]["summary"][0]["support"] == 0.9
    assert table["missing"] == ["Brazil"]
    expected = {"holder": "IE", "topic": "patrols", "was": None, "now": "opposes"}
    assert table["changes"][0] | expected == table["changes"][0]
    ireland = table["holders"][0]
    assert (ireland["holder"], ireland["stance"], ireland["changed"]) == ("IE", {"patrols": "opposes"}, False)
    nato = next(row for row in table["positions"] if row["holder"] == "NATO")
    assert (nato["said_on"], nato["stance"], nato["topic"]) == ("2026-02", None, None)
    assert (nato["start"], nato["end"], nato["evidence"]) == (70, 70 + len(nato["evidence"]), nato["statement"])


def test_every_id_that_is_named_anywhere_is_that_of_a_position_and_no_id_is_there_twice():
    table = read()
    ids = [row["id"] for row in table["positions"]]
    assert len(ids) == len(set(ids)) == 3
    named = {identity for row in table["positions"] for identity in row["same_as"]}
    named |= {identity for row in table["holders"] for identity in row["positions"]}
    named |= {row["because"] for row in table["changes"]}
    assert named <= set(ids)
    same = {row["id"]: row["same_as"] for row in table["positions"] if row["holder"] == "IE"}
    assert all(same[other] == [one] for one, (other,) in same.items())


def test_the_same_brief_gives_the_same_bytes():
    assert to_json(brief()) == to_json(brief())


@pytest.mark.parametrize(
    "text", ["Ça “suffit” — ساكن\u202e\u2028 \U0001f6a2", "a lone \ud83d half", 'tab\t "quote" \\']
)
def test_any_text_comes_back_character_for_character(text: str):
    table = json.loads(to_json(replace(brief(), title=text)).decode("utf-8"))
    assert table["title"] == text


def test_a_translated_statement_has_both_texts_and_the_doubts():
    original = sentence("O mar é largo.", "a.txt", language="pt")
    original = replace(original, translation=Translation("The sea is wide.", ENGINE, ("a negation may be lost",)))
    one = replace(position("BR", "The sea is wide.", name="a.txt"), sentence=original)
    source = replace(digested("a.txt", one), translated_by="firefox")
    source = replace(source, document=replace(source.document, language=Language("pt", 0.93)))
    table = json.loads(to_json(compose([source], frame(), [], [], KINDS, NAMES)))
    (row,) = table["positions"]
    assert (row["statement"], row["evidence"]) == ("The sea is wide.", "O mar é largo.")
    assert (row["evidence_translation"], row["doubts"]) == ("The sea is wide.", ["a negation may be lost"])
    document = table["documents"][0]
    assert (document["language"], document["language_confidence"]) == ("pt", 0.93)
    assert document["translated_by"] == "firefox"


def test_days_are_iso_dates():
    table = json.loads(to_json(replace(brief(), issued=date(2026, 1, 5), period=(date(2026, 1, 1), None))))
    assert (table["issued"], table["period"]) == ("2026-01-05", {"start": "2026-01-01", "end": None})
