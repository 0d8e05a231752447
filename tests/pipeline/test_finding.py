from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from builders import Engines, Steps, write_corpus

from digest import corrections, pipeline
from digest.config import Config
from digest.errors import ConfigError
from digest.model import Brief
from digest.pipeline import Outcome, make_brief
from digest.pipeline.work import Request
from digest.store import Store

GRAIN = """Grain talks open

NAIROBI, 2 March 2026 - Kenya supports the joint grain reserve, Foreign Minister Anna Otieno said on Monday.

The grain reserve would open in spring. Sweden opposes the grain reserve, its government said.
"""
GRAIN_AGAIN = """Lima says no

LIMA, 3 March 2026 - Peru rejects the grain reserve, Foreign Minister Luis Prado said on Tuesday.

A grain reserve feeds the rich first, the government in Lima said.
"""
SPEED = """Whales and ships

VALLETTA, 4 March 2026 - Malta opposes the speed limit for cargo ships, its transport minister said on Wednesday.

The speed limit would spare whales. Chile supports the speed limit, the government in Santiago said.
"""
SPEED_AGAIN = """Oslo on knots

OSLO, 5 March 2026 - Norway backs the speed limit, Foreign Minister Kari Lund said on Thursday. The speed limit is fair.
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", a=GRAIN, b=GRAIN_AGAIN, c=SPEED, d=SPEED_AGAIN)


def made(corpus: Path, store: Store, root: Path, day: int = 9, config: Config | None = None) -> Outcome:
    template = root / "templates" / "standard.docx"
    request = Request(corpus, corpus.parent / "briefs", template, date(2026, 3, day), offline=True)
    return make_brief(request, config or Config(), store, Steps())


def brief_of(outcome: Outcome) -> Brief:
    assert outcome.brief is not None
    return outcome.brief


def test_without_topics_positions_fall_under_themes_found_by_machine(corpus: Path, root: Path, counted: Engines):
    outcome = made(corpus, Store.in_memory(), root)
    brief = brief_of(outcome)
    assert {topic.id for topic in brief.topics} == {"grain-reserve", "speed-limit"}
    assert set(outcome.tally.themes) == {"grain reserve", "speed limit"}
    stances = {(section.holder, cell.topic): str(cell.label) for section in brief.holders for cell in section.cells}
    assert (stances["PE", "grain-reserve"], stances["NO", "speed-limit"]) == ("opposes", "supports")


def test_the_json_marks_themes_found_by_machine(corpus: Path, root: Path, counted: Engines):
    outcome = made(corpus, Store.in_memory(), root)
    assert outcome.json is not None
    table = json.loads(outcome.json.read_text(encoding="utf-8"))
    assert [topic["found"] for topic in table["topics"]] == [True, True]


def test_known_documents_are_not_opened_again_for_their_themes(corpus: Path, root: Path, counted: Engines):
    store = Store.in_memory()
    made(corpus, store, root)
    assert counted.tagged
    counted.calls()
    counted.tagged = []
    made(corpus, store, root)
    assert counted.tagged == []
    assert counted.calls() == {"embedded": [], "translated": [], "parsed": []}


def test_topics_of_the_settings_leave_no_room_for_themes(corpus: Path, root: Path, counted: Engines):
    from builders import ICE

    outcome = made(corpus, Store.in_memory(), root, config=Config(topics=(ICE,)))
    assert brief_of(outcome).topics == (ICE,)
    assert counted.tagged == []


def test_a_theme_of_the_last_issue_stays_in_the_next(corpus: Path, root: Path, counted: Engines):
    store = Store.in_memory()
    first = brief_of(made(corpus, store, root))
    later = "LIMA, 10 March 2026 - Chile rejects the grain reserve, its government said. {} A grain reserve is dear. {}"
    (corpus / "e.txt").write_text(later.format("Grain is cheap.", "The reserve of Chile is full."), encoding="utf-8")
    (corpus / "f.txt").write_text(later.format("The reserve will open.", "It ended."), encoding="utf-8")
    second = brief_of(made(corpus, store, root, day=16))
    assert [topic.id for topic in second.topics] == ["grain-reserve"]
    assert second.topics[0] in first.topics


def test_the_analyst_may_put_a_position_under_a_theme(corpus: Path, root: Path, counted: Engines):
    store = Store.in_memory()
    first = brief_of(made(corpus, store, root))
    entry = next(section for section in first.holders if section.holder == "PE").all_entries()[0]
    words = corrections.beside(corpus)
    words.write_text(f'[[position]]\nid = "{entry.position.id}"\ntopic = "speed-limit"\n', encoding="utf-8")
    second = brief_of(made(corpus, store, root))
    moved = next(section for section in second.holders if section.holder == "PE").all_entries()
    assert entry.position.id in {one.position.id for one in moved if one.position.topic == "speed-limit"}
    words.write_text(f'[[position]]\nid = "{entry.position.id}"\ntopic = "fish"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="unknown topic 'fish'"):
        pipeline.make_brief(
            Request(corpus, corpus.parent / "briefs", root / "templates" / "standard.docx", date(2026, 3, 9)),
            Config(), store, Steps(),
        )  # fmt: skip
