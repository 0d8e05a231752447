"""A document that corrects an earlier one is told among the gaps."""

from __future__ import annotations

from datetime import date

import pytest

from digest.corrigenda import is_correction, notices
from digest.model import Dating, Document, Language


def document(path: str, title: str, publisher: str | None) -> Document:
    dating = Dating(date(2026, 3, 4), "dateline")
    return Document(path, path, title, publisher, dating, "", Language("en", 1.0))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("CORRECTION: Norland, not Sudia, voted no", True),
        ("Corrected - Ferries of the lake stay in port", True),
        ("Fe de errata: Norlandia no votó", True),
        ("Correctional officers strike in Norland", False),
        ("Norland asks for a correction", False),
        ("", False),
    ],
)
def test_a_correction_says_so_at_the_head_of_its_title(title: str, expected: bool):
    assert is_correction(title) is expected


def test_a_correction_is_told_with_the_other_documents_of_its_publisher():
    report = document("a.txt", "Lake states part over the tariff", "Newswire")
    foreign = document("b.txt", "Lake states part over the tariff", "The Lake Courier")
    mended = document("c.txt", "CORRECTION: Norland, not Sudia, voted no", "Newswire")
    (notice,) = notices([mended, report, foreign])
    assert notice.file == "c.txt"
    assert notice.advice.endswith("Of its publisher there is here: a.txt.")


def test_a_correction_of_what_is_not_here_is_told_without_files():
    (notice,) = notices([document("c.txt", "Erratum", None), document("a.txt", "Lake states part", None)])
    assert notice.advice.endswith("--hide'.")


def test_a_correction_that_names_the_headline_is_told_with_that_report_alone():
    named = document("a.txt", "Lake states part over the tariff", "Newswire")
    copied = document("b.txt", "Lake states part over the tariff", "The Lake Courier")
    other = document("d.txt", "Ferries stay in port", "Newswire")
    (notice,) = notices(
        [document("c.txt", "Correction: Lake states part over the tariff", "Newswire"), other, named, copied]
    )
    assert notice.advice.endswith("It names: a.txt, b.txt.")
