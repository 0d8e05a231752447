from __future__ import annotations

import random

from digest.engines import Case
from training import augment
from training.examples import Example, reversed_of

CASE = Case("a ban on lead in paint | France | ", "[unused1] Paris [unused2] backed it.", (1.0, 0.0))
OPPOSITE = Case("keeping lead in paint | France | ", "[unused1] Paris [unused2] backed it.", (1.0, 0.0))


def _example(target: tuple[float, ...], reverse: Case | None = OPPOSITE) -> Example:
    return Example(CASE, target, "t-001", 0, "FR", trap=False, reverse=reverse)


def test_under_the_opposite_topic_support_is_opposition():
    turned = reversed_of(_example((0.0, 0.75, 0.0, 0.25, 0.0, 0.0)))
    assert turned is not None
    assert turned.target == (0.0, 0.0, 0.75, 0.25, 0.0, 0.0)
    assert turned.case == OPPOSITE
    assert turned.reverse == CASE


def test_turned_twice_an_example_is_what_it_was():
    example = _example((0.0, 0.0, 1.0, 0.0, 0.0, 0.0))
    turned = reversed_of(example)
    assert turned is not None
    assert reversed_of(turned) == example


def test_without_an_opposite_topic_nothing_is_turned():
    assert reversed_of(_example((0.0, 1.0, 0.0, 0.0, 0.0, 0.0), None)) is None


def test_under_a_foreign_topic_no_variation_is_a_stance():
    chance = random.Random(3)  # noqa: S311
    example = _example((0.0, 1.0, 0.0, 0.0, 0.0, 0.0))
    made = [augment.varied(example, ["tuna quotas"], chance) for _ in range(400)]
    foreign = [one for one in made if "tuna quotas" in one.case.before]
    assert foreign
    assert all(one.target[-1] == 1.0 for one in foreign)
    turned = [one for one in made if "keeping lead" in one.case.before]
    assert turned
    assert all(one.target[2] == 1.0 for one in turned)
