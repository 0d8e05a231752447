from __future__ import annotations

import time

import pytest
from builders import Steps

from digest.timings import Timings


def test_stages_of_one_label_are_added_up_and_shown_as_before():
    steps = Steps()
    timings = Timings(steps)
    for _ in range(2):
        with timings.stage("Reading", 3) as advance:
            advance(1)
            advance(2)
            time.sleep(0.02)
    lines = timings.report(documents=6, words=1200).splitlines()
    reading = next(line for line in lines if line.startswith("Reading")).split()
    assert reading[1] == "6"
    assert float(reading[2]) >= 0.04
    assert [label for label, _ in steps.seen] == ["Reading", "Reading"]
    assert lines[-1].startswith("1200 words, ")
    assert any(line.startswith("The whole run") for line in lines)


def test_a_stage_that_fails_is_timed_and_fails_all_the_same():
    timings = Timings(Steps())
    with pytest.raises(ValueError, match="broken"), timings.stage("Reading", 1):
        raise ValueError("broken")
    assert "Reading" in timings.report(0, 0)
