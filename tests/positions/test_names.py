"""Which state or organisation is meant?"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from digest.model import HolderKind
from digest.positions.names import (
    DocumentNames,
    Form,
    _countries,
    _names,
    all_names,
    code_of,
    country_codes,
    find_mentions,
    forms_of,
    group_members,
    holder_kind,
    holder_name,
    is_code,
    name_in_form,
)

CASES = json.loads((Path(__file__).parent.parent / "cases" / "names.json").read_text(encoding="utf-8"))


def mentions_of(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(mention.text, mention.codes) for mention in find_mentions(text, DocumentNames.of(text))]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_each_name_means_its_state_and_no_other(case: dict[str, object]):
    found = mentions_of(str(case["text"]))
    assert [code for _, codes in found for code in codes] == case["codes"]
    assert [text for text, codes in found if not codes] == case.get("blocked", [])


def test_a_mention_stands_where_it_says():
    text = "Then Norway’s minister met the Dutch one in Ulaanbaatar."
    for mention in find_mentions(text, DocumentNames.of(text)):
        assert text[mention.start : mention.end] == mention.text


def test_georgia_with_atlanta_is_the_american_state_and_with_tbilisi_the_country():
    assert mentions_of("In Atlanta, Georgia raised its taxes.")[-1][1] == ()
    assert mentions_of("In Tbilisi, Georgia raised its taxes.")[-1][1] == ("GE",)


def test_congo_alone_is_brazzavilles_where_only_brazzaville_is_named():
    assert ("Congo", ("CG",)) in mentions_of("Congo will vote, Brazzaville said.")
    assert ("Congo", ("CD",)) in mentions_of("Congo will vote, Kinshasa said.")


def test_the_commission_alone_means_nobody_where_the_text_names_no_union():
    assert mentions_of("The Commission met.") == [("Commission", ())]
    assert mentions_of("The EU met. The Commission spoke.")[-1] == ("Commission", ("EU",))


def test_an_adjective_alone_is_no_holder():
    text = "Norwegian salmon is sold to the Danes."
    forms = [mention.form for mention in find_mentions(text, DocumentNames.of(text))]
    assert forms == [Form.ADJECTIVE, Form.ADJECTIVE]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("fr", "FR"),
        ("France", "FR"),
        ("ivory coast", "CI"),
        ("EU", "EU"),
        ("NATO", "NATO"),
        ("African Union", "ORG:African Union"),
    ],
)
def test_a_country_may_be_written_as_code_or_name(written: str, code: str):
    assert code_of(written) == code


def test_an_unknown_country_has_no_code():
    assert code_of("Ruritania") is None


def test_every_state_has_a_code_of_two_letters_and_its_own_names():
    countries = _countries()
    assert len(countries) >= 197
    names = [row["name"] for row in countries.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[A-Z]{2}", code) for code in countries)


def test_no_name_or_adjective_stands_for_two_states():
    seen: dict[str, str] = {}
    for code, row in _countries().items():
        for word in [row["name"], *row.get("also", []), *row.get("adjective", []), *row.get("seat", [])]:
            assert seen.setdefault(word, code) == code, word


def test_codes_have_names_and_kinds_for_headings():
    assert holder_name("CD") == "DR Congo"
    assert holder_name("GROUP:Europe") == "Europe (unspecified)"
    assert holder_kind("EU") is HolderKind.ORGANISATION
    assert holder_kind("GROUP:West") is HolderKind.GROUP
    assert holder_kind("FR") is HolderKind.COUNTRY


def test_every_form_of_a_holder_is_known_but_those_of_its_groups():
    assert {"France", "French", "Paris", "Élysée"} <= forms_of("FR")
    assert "E3" not in forms_of("FR")
    assert forms_of("ORG:Nobody") == {"Nobody"}
    assert holder_name("ORG:African Union") == "African Union"
    assert holder_name("EU") == "European Union"
    assert holder_name("XX") == "XX"


def test_a_group_has_its_members_with_and_without_the_article():
    assert group_members("Baltic states") == ("EE", "LV", "LT")
    assert group_members("baltic states") == ("EE", "LV", "LT")
    assert group_members("Ruritanian states") == ()


def test_a_state_has_its_first_name_in_each_form():
    assert "FR" in country_codes()
    forms = (Form.NAME, Form.ADJECTIVE, Form.CAPITAL, Form.SEAT)
    assert [name_in_form("RU", form) for form in forms] == ["Russia", "Russian", "Moscow", "Kremlin"]
    assert name_in_form("AD", Form.SEAT) is None


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("FR", True),
        ("NATO", True),
        ("ORG:Club", True),
        ("GROUP:West", True),
        ("ORG: ", False),
        ("A:B", False),
        ("QQ", False),
    ],
)
def test_a_code_is_known_by_its_form(text: str, holds: bool):
    assert is_code(text) is holds


def test_names_for_suggestions_are_full_names():
    assert {"France", "European Union"} <= set(all_names())
    assert "French" not in all_names()


def test_an_adjective_is_no_name_for_a_code():
    assert code_of("French") is None


def plain(text: str) -> str:
    """A name without what its spellings differ in."""
    return re.sub(r"organi[sz]ation", "organisation", text.casefold()).removeprefix("the ")


def test_no_two_codes_name_one_body():
    codes: dict[str, set[tuple[str, ...]]] = {}
    for entry in _names():
        if entry.codes and entry.form is not Form.GROUP:
            codes.setdefault(plain(entry.text), set()).add(entry.codes)
    assert {text: found for text, found in codes.items() if len(found) > 1} == {}
    for code in {code for entry in _names() for code in entry.codes if code.startswith("ORG:")}:
        own = codes.get(plain(code.removeprefix("ORG:")), {(code,)})
        assert own == {(code,)}, f"{code} is a name of {own}"


def test_a_name_in_another_spelling_or_in_short_gives_the_same_code():
    for names in (
        ("GCC", "Gulf Cooperation Council"),
        ("WHO", "World Health Organization", "World Health Organisation"),
    ):
        assert len({code_of(name) for name in names}) == 1


def test_a_noun_means_an_organisation_only_where_the_text_has_no_other():
    one = "The International Energy Agency met. The agency left."
    assert mentions_of(one)[-1] == ("agency", ("ORG:International Energy Agency",))
    assert mentions_of(f"{one} A travel agency wrote.")[-1][0] != "agency"
    assert mentions_of("The European Union met ASEAN. The bloc left.")[-1][0] == "ASEAN"
