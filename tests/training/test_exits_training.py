"""How the exits of the classifier are fitted and written."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import numpy as np

from digest.engines import signatures
from digest.engines.exits import exits_of
from digest.engines.judge import tensors_of
from training import exits, weights


def shipped(folder: Path) -> Path:
    path = folder / "weights.safetensors"
    path.write_bytes(resources.files("digest.data").joinpath(signatures.JUDGE_FILE).read_bytes())
    return path


def test_a_line_finds_what_parts_positions_from_the_rest_and_lets_no_case_go_of_which_too_little_is_known():
    chance = np.random.default_rng(1)
    measures = chance.normal(size=(400, 3)).astype(np.float32)
    position = measures[:, 0] + 0.3 * chance.normal(size=400) > 0
    line = exits.fit(measures, position, np.array([True, True, False]))
    assert line.weight[0] > 5 * abs(line.weight[1])
    shares = line.probabilities(np.array([[2, 0, 0], [-2, 0, 0], [-2, 0, 1]], dtype=np.float32))
    assert shares[0] > 0.8
    assert shares[1] < 0.2
    assert shares[2] > 0.99


def test_the_level_loses_no_more_positions_than_allowed():
    shares = np.linspace(0, 1, 1000, dtype=np.float32)
    position = np.zeros(1000, dtype=bool)
    position[[100, 200, 300, 900]] = True
    for lost in (0, 100, 200, 300):
        below = shares < exits.level(shares, position, lost)
        assert int((below & position).sum()) == lost // 100
    assert exits.level(shares, position, 0) == shares[100]


def test_exits_are_written_beside_the_layers_in_place_of_others(tmp_path: Path):
    path = shipped(tmp_path)
    before = weights.read(path)
    for layer in (2, 3):
        weights.with_exits(path, {layer: (np.arange(4, dtype=np.float32), -1.5, 0.04)})
    (one,) = exits_of(*tensors_of(path.read_bytes()), deepest=3)
    assert (one.layer, one.weight.tolist(), one.bias.tolist(), one.most) == (3, [0, 1, 2, 3], [-1.5], 0.04)
    after = weights.read(path)
    assert sorted(after) == sorted(before)
    assert all(bool((after[name] == value).all()) for name, value in before.items())


def test_the_same_exits_give_the_same_bytes(tmp_path: Path):
    made = {0: (np.ones(3, dtype=np.float32), 0.5, 0.1)}
    path = shipped(tmp_path)
    first = weights.with_exits(path, made)
    assert weights.with_exits(path, made) == first
    assert weights.with_temperature(path, 2.0) == weights.with_temperature(path, 2.0)


def test_another_temperature_takes_the_exits_away_that_were_made_for_the_first(tmp_path: Path):
    path = shipped(tmp_path)
    weights.with_exits(path, {0: (np.ones(3, dtype=np.float32), 0.5, 0.1)})
    weights.with_temperature(path, 2.0)
    tensors, about = tensors_of(path.read_bytes())
    assert exits_of(tensors, about, deepest=3) == ()
    assert about["temperature"] == "2.0"
    assert not any(name.startswith("exit.") for name in tensors)
