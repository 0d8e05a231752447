from __future__ import annotations

from benchmarks.gold import GoldDocument, Row
from benchmarks.scoring import Prediction, score

YES, NO = "Kenya backs the ban on sand exports.", "Peru rejects the ban on sand exports."


def row(code: str, stance: str, evidence: str) -> Row:
    return Row(code, None, stance, frozenset({stance}), "core", evidence, None)


def test_only_stances_that_the_brief_counts_are_among_the_sure_ones():
    rows = (row("KE", "supports", YES), row("PE", "opposes", NO))
    document = GoldDocument("d", "the ban on sand exports", "agency", "en", f"{YES} {NO}", None, rows, ())
    right = Prediction("d", "KE", None, "supports", YES)
    doubted = Prediction("d", "PE", None, "supports", NO, sure=False)
    measured = score([right, doubted], [document])
    assert (measured.clear.right, measured.clear.of) == (1, 2)
    assert (measured.sure.right, measured.sure.of) == (1, 1)
