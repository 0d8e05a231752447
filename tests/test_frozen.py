from __future__ import annotations

import os
import pickle
from datetime import date
from pathlib import Path

import pytest

from digest.frozen import FrozenError, freeze, thaw
from digest.model import Dating, Document, HolderKind, Language, Notice, PartialDate, StanceLabel


def test_values_come_back_equal_and_of_their_own_classes():
    values = (
        [
            Document(
                "a1",
                "x.txt",
                "Ferries",
                None,
                Dating(date(2026, 5, 4), "dateline"),
                "Text ő",
                language=Language("hu", 1.0),
            )
        ],
        {"label": StanceLabel.OPPOSES, "kind": HolderKind.GROUP},
        PartialDate(2026, 5),
        Notice("x.txt", "reading", "why", "how"),
    )
    assert thaw(freeze(values)) == values
    assert isinstance(thaw(freeze(values))[1]["label"], StanceLabel)


class Evil:
    """Runs a command when it is unpickled by the ordinary means."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.target),)


def test_what_would_run_code_is_refused_and_runs_nothing(tmp_path: Path):
    with pytest.raises(FrozenError):
        thaw(pickle.dumps([Evil(tmp_path / "made")]))
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("data", [b"", b"no pickle", freeze(PartialDate(2026))[:-4], pickle.dumps(pickle.Pickler)])
def test_bytes_that_are_no_values_raise_one_error(data: bytes):
    with pytest.raises(FrozenError):
        thaw(data)


def test_a_class_of_another_module_is_let_in_only_when_named():
    data = freeze(Path("a"))
    with pytest.raises(FrozenError):
        thaw(data)
