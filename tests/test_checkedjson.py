from __future__ import annotations

from datetime import date

import pytest

from digest.checkedjson import At, EditedError, parsed
from digest.model import PartialDate, StanceLabel


def told(read: object, *arguments: object) -> str:
    with pytest.raises(EditedError) as caught:
        read(*arguments)  # type: ignore[operator]
    return str(caught.value)


def test_a_value_knows_the_way_to_it():
    root = parsed(b'{"a": [{"b": 1}, {"b": "x"}]}')
    assert [item.get("b").path for item in root.get("a").items()] == ["a[0].b", "a[1].b"]
    assert told(next(iter(root.get("a").items())).get("b").text) == "a[0].b: must be a text, not 1."


def test_a_missing_or_misspelt_key_is_told_with_the_nearest():
    assert told(At({"titel": 1}).get, "title") == 'the file: "title" is missing. Did you mean "titel"?'
    assert told(At({"titel": 1}, "x").only, "title") == 'x: unknown key "titel". Did you mean "title"?'
    assert told(At([1]).get, "title") == "the file: must be an object in braces, not [1]."


def test_true_is_no_number_and_one_is_no_truth():
    assert told(At(True, "n").whole) == "n: must be a whole number, not true."
    assert told(At(True, "n").number) == "n: must be a number, not true."
    assert told(At(1, "n").flag) == "n: must be true or false, not 1."
    assert told(At(0, "n").whole, 1) == "n: must be at least 1, not 0."
    assert (At(2).whole(), At(0.5).number(), At(False).flag()) == (2, 0.5, False)


def test_days_are_checked_against_the_calendar():
    assert At("2025-02-28").day() == date(2025, 2, 28)
    assert At("2025-02").partial() == PartialDate(2025, 2)
    assert told(At("2025-02-30", "d").partial).startswith("d: must be a date such as")
    assert told(At("soon", "d").day) == 'd: must be a day such as 2026-01-31, not "soon".'


def test_a_word_of_a_list_is_told_with_the_nearest_or_with_all():
    assert At("supports").choice(StanceLabel) is StanceLabel.SUPPORTS
    assert told(At("oposes", "s").choice, StanceLabel) == 's: cannot be "oposes". Did you mean "opposes"?'
    assert told(At("xyz", "s").choice, StanceLabel).endswith(
        'It is one of "supports", "conditional", "undecided", "opposes", "other".'
    )


def test_null_is_nothing_where_nothing_may_stand():
    assert At(None).maybe(At.text) is None
    assert At("x").maybe(At.text) == "x"
    assert told(At(None, "t").text) == "t: must be a text, not null."


def test_a_byte_order_mark_is_passed_over_and_what_is_no_json_is_told_with_its_place():
    assert parsed(b"\xef\xbb\xbf[]").value == []
    assert told(parsed, b'{"a": 1 "b"}').startswith("line 1, column 9: this is no JSON")
    assert told(parsed, b"\xff").startswith("The file is not in UTF-8.")
