from __future__ import annotations

import pytest
from test_hearing import candidates

from digest.engines.parser import EnglishParser


def held(text: str, parser: EnglishParser) -> dict[str, set[str]]:
    """For each sentence the codes of those for whom the rules see a position."""
    found = candidates(text, parser)
    return {said: {each.holder.code for each in many if each.found} for said, many in found.items()}


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("Peru, on behalf of the African Group, rejected the canal.", {"PE", "GROUP:African Group"}),
        ("Speaking for the European Union, the representative of Malta rejected the canal.", {"MT", "EU"}),
        ("Ghana, for the Non-Aligned Movement, rejected the canal.", {"GH", "ORG:Non-Aligned Movement"}),
        ("On behalf of the Group of 77 and China, Peru rejected the canal.", {"PE", "GROUP:Group of 77"}),
        ("Ana Lopes (Peru), speaking also on behalf of Chile and Ghana, said that it was late.", {"PE", "CL", "GH"}),
        ("Malta, not speaking on behalf of the European Union, rejected the canal.", {"MT"}),
        ("Ghana, for Peru, rejected the canal.", {"GH"}),  # for a state one does not speak so
        ("Ghana, for the European Union a friend, rejected the canal.", {"GH"}),
    ],
)
def test_one_speaks_for_those_whom_the_sentence_names_so(sentence: str, codes: set[str], english_parser: EnglishParser):
    assert held(sentence, english_parser)[sentence] == codes


def test_what_follows_is_said_for_both(english_parser: EnglishParser):
    text = "The representative of Malta, speaking on behalf of the European Union, opened. She rejected the canal."
    assert held(text, english_parser)["She rejected the canal."] == {"MT", "EU"}


def test_who_is_introduced_for_an_organisation_is_known_from_then_on(english_parser: EnglishParser):
    text = (
        "Ida Berg, for the World Food Programme (WFP), said that the pass was shut. Odd Moe, for the World Health "
        "Organization, backed her. The pass had to be opened in May.\n\nMs. Berg said that the canal must open."
    )
    found = held(text, english_parser)
    assert found["Ms. Berg said that the canal must open."] == {"UN"}
    assert found["Odd Moe, for the World Health Organization, backed her."] == {"ORG:WHO"}


def test_who_is_something_to_an_organisation_is_not_introduced_so(english_parser: EnglishParser):
    text = "Ida Berg, for the European Union a stranger, waited.\n\nMs. Berg said that it is late."
    assert held(text, english_parser)["Ms. Berg said that it is late."] == set()


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("The Under-Secretary-General for Trade said that the canal was late.", "UN"),
        ("Ida Berg, Special Representative of the Secretary-General, said that the canal was late.", "UN"),
        ("The Emergency Relief Coordinator said that the canal was late.", "UN"),
        ("The Deputy Spokesperson for the Secretary-General said that the canal was late.", "UN"),
        ("The relief coordinator said that the canal was late.", None),
        ("The special representative said that the canal was late.", None),
        ("The under-secretary for trade said that the canal was late.", None),
    ],
)
def test_some_offices_are_of_one_organisation_alone(sentence: str, code: str | None, english_parser: EnglishParser):
    assert held(sentence, english_parser)[sentence] == ({code} if code else set())


def test_an_under_secretary_general_is_of_no_other_organisation(
    english_parser: EnglishParser,
):
    text = "The African Union met. The African Union waits. The Under-Secretary-General said that the canal was late."
    assert held(text, english_parser)["The Under-Secretary-General said that the canal was late."] == {"UN"}


def test_a_representative_of_the_secretary_general_may_be_of_another_organisation(english_parser: EnglishParser):
    said = "Ida Berg, Special Representative of the Secretary-General, said that the canal was late."
    assert "UN" not in held(f"NATO met. NATO waits. {said}", english_parser)[said]
