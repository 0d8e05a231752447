"""The benchmark that switches rules off, and how many rules of a small sample no case of positions needs."""

from __future__ import annotations

import re
from pathlib import Path

from builders import RunProgram

from benchmarks import mutations
from benchmarks.mutants import Source, alternatives
from benchmarks.patterns import Patterns, Wordings
from digest.model import StanceLabel
from digest.positions import lexicon, names, stance

SURVIVE = 3


def test_each_alternative_of_a_pattern_is_taken_out_in_turn():
    assert dict(alternatives(r"a|b(?:c|d|[|)])e")) == {
        "c": r"a|b(?:d|[|)])e",
        "d": r"a|b(?:c|[|)])e",
        "[|)]": r"a|b(?:c|d)e",
        "a": r"b(?:c|d|[|)])e",
        r"b(?:c|d|[|)])e": "a",
    }


def test_a_rule_that_is_switched_off_is_on_again_afterwards():
    source = Source("names")
    mutant = next(one for one in source.mutants([]) if one.text == "is_code answers with nothing")
    with source.without(mutant):
        assert not names.is_code("FR")
    assert names.is_code("FR")


def test_a_word_of_a_constant_is_gone_from_every_module_and_comes_back():
    source = Source("stance")
    mutant = next(one for one in source.mutants([]) if one.text == "_OTHER_VERB without 'conj'")
    with source.without(mutant):
        assert stance._OTHER_VERB == ("parataxis", "advcl")
    assert stance._OTHER_VERB == ("conj", "parataxis", "advcl")


def test_a_pattern_of_the_table_is_gone_and_comes_back():
    table = Patterns()
    mutant = next(one for one in table.mutants([]) if "undecided" in one.text and one.kind == mutations.RULE)

    def undecided() -> list[re.Pattern[str]]:
        return [rule.pattern for rule in stance._rules() if rule.label is StanceLabel.UNDECIDED]

    before = undecided()
    with table.without(mutant):
        assert undecided() != before
    assert undecided() == before


def test_a_word_of_the_table_is_gone_where_its_list_is_asked_for_and_comes_back():
    table, source = Wordings(), Source("silence")
    mutant = next(one for one in table.mutants([source]) if one.text == "silence.wish without 'care'")
    assert {module for module, _ in mutant.lines} == {"silence"}
    with table.without(mutant):
        assert lexicon.wording("silence.wish") == {"want", "wish"}
    assert "care" in lexicon.wording("silence.wish")


PATCHING = """
from digest.positions import proposer

def test_with_another_function(monkeypatch):
    monkeypatch.setattr(proposer, "refusal", lambda *_: None)
"""
CALLED_AGAIN = """
from pathlib import Path
from benchmarks.mutants import Source
from benchmarks.witnesses import witnesses
source = Source("proposer")
with witnesses([Path({path!r})], [source], frozenset()) as (test,):
    print(test.fails(), "refusal" in source._functions)
"""


def test_what_a_test_patches_is_taken_back_whenever_it_is_called_again(run_python: RunProgram, tmp_path: Path):
    path = tmp_path / "test_patching.py"
    path.write_text(PATCHING, encoding="utf-8")
    done = run_python(CALLED_AGAIN.format(path=str(path)))
    assert (done.returncode, done.stdout.split()) == (0, ["False", "True"]), done.stderr


SAMPLED = """
from zlib import crc32
from benchmarks.mutations import MODULES, TESTS, choose, line, tried
every, chosen = choose(MODULES, ("rule",), None)
chosen = [one for one in chosen if crc32(f"{one.module} {one.function} {one.text}".encode()) % 16 == 0]
for mutant, killer in tried(chosen, every, TESTS):
    print(line(mutant, killer))
"""
"""A sixteenth of the rules, by their words, so that the choice stays when others are written beside them."""


def test_hardly_a_rule_of_positions_is_without_a_case_that_needs_it(run_python: RunProgram):
    done = run_python(SAMPLED)
    assert done.returncode == 0, done.stderr
    tried = done.stdout.splitlines()
    left = [line for line in tried if line.endswith("survives")]
    assert len(tried) > 20
    assert len(left) <= SURVIVE, "\n".join(left)
