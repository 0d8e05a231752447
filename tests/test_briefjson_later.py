"""What the JSON has gained since its first form: it is read back whole, and older files without it are read as well."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from digest import briefjson
from digest.checkedjson import EditedError
from digest.model import ChangeKind, PartialDate, PastStance, StanceLabel
from digest.word.sample import sample_brief

YOUNGER = {"changes": ("kind", "day", "voice", "before"), "documents": ("outlets",), "holders": ("timeline",)}


def table() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(briefjson.to_json(sample_brief()))
    return made


def back(changed: dict[str, Any]) -> bytes:
    return briefjson.to_json(briefjson.from_json(json.dumps(changed).encode()))


def test_changes_with_the_sentence_before_who_fell_silent_and_timelines_come_back():
    brief = sample_brief()
    assert any(change.before for change in brief.changes)
    assert brief.silent
    assert any(section.timeline for section in brief.holders)
    again = briefjson.from_json(briefjson.to_json(brief))
    assert (again.changes, again.silent) == (brief.changes, brief.silent)
    assert [one.timeline for one in again.holders] == [one.timeline for one in brief.holders]


def test_a_file_from_before_they_were_there_is_read():
    old = table()
    del old["silent"]
    for name, keys in YOUNGER.items():
        for row in old[name]:
            for key in keys:
                del row[key]
    read = briefjson.from_json(json.dumps(old).encode())
    assert [change.kind for change in read.changes] == [ChangeKind.MOVED, ChangeKind.NEW]
    assert all(change.before is None for change in read.changes)
    assert (read.silent, read.holders[0].timeline, read.sources[0].outlets) == ((), (), ())


def test_outlets_come_back():
    changed = table()
    outlet = {"id": "ab" * 32, "path": "x/copy.txt", "title": "T", "publisher": None, "published": "2025-02-12"}
    changed["documents"][0]["outlets"] = [outlet]
    assert json.loads(back(changed))["documents"][0]["outlets"] == [outlet]


@pytest.mark.parametrize(
    ("path", "key", "value", "said"),
    [
        (("changes", 0), "kind", "mooved", "changes[0].kind"),
        (("changes", 0, "before"), "label", "for", "changes[0].before.label"),
        (("changes", 0, "before"), "lable", "supports", 'unknown key "lable"'),
        (("silent", 0, "last"), "issue", 0, "silent[0].last.issue"),
    ],
)
def test_a_slip_in_them_is_named_with_its_place(path: tuple[Any, ...], key: str, value: object, said: str):
    changed = table()
    place: Any = changed
    for step in path:
        place = place[step]
    place[key] = value
    with pytest.raises(EditedError) as error:
        back(changed)
    assert said in str(error.value)


def test_an_earlier_stance_comes_back_from_the_json():
    brief = sample_brief()
    section = brief.holders[0]
    entry = section.entries[0]
    past = PastStance(StanceLabel.OPPOSES, "used to", PartialDate(2024, 3))
    told = replace(entry, position=replace(entry.position, past=past))
    changed = replace(brief, holders=(replace(section, entries=(told, *section.entries[1:])), *brief.holders[1:]))
    assert briefjson.from_json(briefjson.to_json(changed)).holders[0].entries[0].position.past == past


def test_themes_found_by_machine_come_back_from_the_json():
    brief = sample_brief()
    found = replace(brief, topics=tuple(replace(topic, found=True) for topic in brief.topics))
    assert briefjson.from_json(briefjson.to_json(found)).topics == found.topics
