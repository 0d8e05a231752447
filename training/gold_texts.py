"""Gold files of the benchmarks as examples: texts of ours in the manner of agencies, papers and meetings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.gold import GoldDocument, Row, load
from benchmarks.scoring import closeness, words
from digest import positions
from digest.engines.parser import EnglishParser
from digest.model import Dating, Sentence, Topic
from digest.positions.cases import case_of, leans
from digest.sentences import split
from training.examples import Example, target_of
from training.form import Item

FILES = (Path(__file__).resolve().parent.parent / "benchmarks" / "data" / "positions_heldout_a.json",)
_LABELS = {"supports": "S", "opposes": "O", "conditional": "C", "undecided": "U", "neutral/other": "X"}


def examples(parser: EnglishParser, files: Sequence[Path] = FILES) -> Iterator[Example]:
    """Every candidate of the texts. What is neither rewarded nor punished there makes no example."""
    for path in files:
        for document in load(path):
            yield from _of(document, parser)


def _of(document: GoldDocument, parser: EnglishParser) -> Iterator[Example]:
    text = document.text or ""
    cut = split(text)
    sentences = [Sentence(document.key, s.start, s.end, text[s.start : s.end], "en", s.paragraph) for s in cut]
    docs = parser.parse([sentence.text for sentence in sentences])
    setting = positions.Setting(Dating(None, "not dated"), text[:300], frozenset())
    for number, (one, candidates) in enumerate(positions.propose_all(sentences, docs, setting)):
        previous = sentences[number - 1].text if number else ""
        for candidate in candidates:
            code = candidate.holder.code
            rows = [row for row in document.rows if row.code in (code, "*") and closeness(one.doc.text, row.evidence)]
            if rows and not any(row.level == "core" for row in rows):
                continue
            case = case_of(one, candidate, Topic("topic", document.topic), len(candidates) - 1, previous)
            trap = not rows and any(
                code in trap.codes and set(words(trap.text)) <= set(words(one.doc.text)) for trap in document.traps
            )
            item = _item(code, [row for row in rows if row.level == "core"])
            leaning = leans(one.doc.text)
            yield Example(case, target_of(item), document.key, number, code, trap, leaning=leaning)


def _item(code: str, rows: Sequence[Row]) -> Item | None:
    if not rows:
        return None
    others = {_LABELS[stance] for row in rows for stance in row.accepted} - {_LABELS[rows[0].stance]}
    return Item(code, rows[0].actor, _LABELS[rows[0].stance], tuple(sorted(others)))
