from __future__ import annotations

import time

import pytest

from digest.positions.issuing import is_chair, is_private_head, issuer_of
from digest.positions.names import DocumentNames


def codes(heading: str) -> tuple[str, ...]:
    return issuer_of(heading, DocumentNames.of(heading)).codes


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Ministry of Foreign Affairs of the Republic of Zambia", "ZM"),
        ("MINISTRY OF TRADE AND INDUSTRY OF THE KINGDOM OF BHUTAN\nPRESS RELEASE", "BT"),
        ("Norway's Ministry of Climate and Environment", "NO"),
        ("Norwegian Ministry of Climate and Environment – Press Centre", "NO"),
        ("U.S. Department of State\nOffice of the Spokesperson", "US"),
        ("REPUBLIC OF FIJI\nMinistry of Lands and Mineral Resources", "FJ"),
        ("Ministry of Foreign Affairs\nTallinn, 4 May 2026", "EE"),
        ("Embassy of Chile in Peru", "CL"),
        ("Permanent Mission of Fiji to the United Nations", "FJ"),
        ("Statement by the Spokesperson of the Ministry of Foreign Affairs of Serbia on Kosovo", "RS"),
        ("Briefing of official representative of the MFA of Kyrgyzstan Aida Toktosunova", "KG"),
        ("Letter dated 3 May 2026 from the Permanent Representative of Malta to the United Nations", "MT"),
        ("Explanation of vote by the delegation of Japan", "JP"),
        ("Statement by Chile", "CL"),
        ("Statement by the European Commission on fish", "EU"),
        ("Statement by the Secretary-General of NATO", "NATO"),
        ("Department of State", "US"),
        ("Daily Press Briefing, Department of State; spokesperson: Ann Arden", "US"),
        ("Noon briefing by the Spokesperson for the Secretary-General", "UN"),
        ("Reply of the Ministry of Health of Peru to questions", "PE"),
    ],
)
def test_a_head_that_names_a_states_organ_tells_who_issued_the_paper(heading: str, code: str):
    assert codes(heading) == (code,)


@pytest.mark.parametrize(
    "heading",
    [
        "Kenya's foreign ministry summons envoy",
        "Ministry of Foreign Affairs Summons Envoy of Denmark",
        "Statement by Kenya's Foreign Ministry angers Denmark",
        "Government of Kenya Bond Sale Fails",
        "Letter from Ukraine",
        "Department of State of the Holy Order",
        "State Department Fires Envoy to Chile",
        "Statement by Chile Wine Growers",
        "The Ministry of Foreign Affairs of Kenya has heard of it.",
        "Ministry of Trade of Kenya, and no end.",
        "Harbour Holdings Plc\nMinistry of Trade of Kenya",  # a company writes to a ministry, or about one
        "Institute for Lakes\nGovernment of Kenya",
        "Ministry of Trade of Kenya\nMinistry of Trade of Uganda",
        "Ministry of Trade\nNews",
    ],
)
def test_a_headline_a_company_and_two_organs_tell_of_no_issuer(heading: str):
    assert codes(heading) == ()


def test_a_line_that_may_be_cut_off_tells_nothing():
    assert codes("x" * 300 + "\nMinistry of Trade of Kenya") == ()
    assert codes("x" * 200 + "\nMinistry of Trade of Kenya") == ("KE",)


def test_one_named_behind_the_organ_speaks_for_it():
    heading = "Briefing of official representative of the MFA of Kyrgyzstan Aida Toktosunova"
    issuer = issuer_of(heading, DocumentNames.of(heading))
    assert (issuer.name, issuer.spoken, issuer.state) == ("Aida Toktosunova", True, "KG")


@pytest.mark.parametrize(
    ("heading", "parties"),
    [
        ("JOINT STATEMENT BY THE FOREIGN MINISTERS OF ANGOLA, NAMIBIA AND ZAMBIA ON MOZAMBIQUE", ("AO", "NA", "ZM")),
        ("Kenya–Uganda Joint Communiqué on the lake", ("KE", "UG")),
        ("Joint Communiqué\nof the second meeting between the Kingdom of Bhutan and Nepal", ("BT", "NP")),
        ("China slams joint statement by Japan and Fiji on the islands", ()),
        ("Joint statement by Japan", ()),
    ],
)
def test_the_parties_of_a_joint_paper_stand_in_its_title(heading: str, parties: tuple[str, ...]):
    assert issuer_of(heading, DocumentNames.of(heading)).parties == parties


@pytest.mark.parametrize(
    ("heading", "code"),
    [("PARLIAMENT OF UGANDA\nHANSARD", "UG"), ("BARBADOS\nHOUSE OF ASSEMBLY\nOfficial Report", "BB")],
)
def test_a_parliament_is_that_of_the_state_in_its_head_and_speaks_for_nobody(heading: str, code: str):
    issuer = issuer_of(heading, DocumentNames.of(heading))
    assert issuer.parliament and issuer.codes == (code,) and issuer.state is None


def test_who_presides_is_known_by_the_chair():
    assert is_chair("The President") and is_chair("THE SPEAKER") and is_chair("Mr. Chairman")
    assert not is_chair("The Prime Minister") and not is_chair("Mr. Speakman")


def test_a_long_headline_with_the_word_for_a_company_is_none():
    assert is_private_head("Harbour Holdings Plc")
    assert not is_private_head("Why the sale of Harbour Holdings to a firm in Oslo has been stopped again")
    assert not is_private_head("Ministry of Trade of Kenya and its Foundation")


def test_a_hostile_head_is_read_in_no_time():
    begin = time.perf_counter()
    for line in ("Statement " + "of the " * 13, "Ministry" + " and Aa" * 28, "Joint " + "A and " * 28, "A " * 2000):
        assert codes(line) == ()
    assert time.perf_counter() - begin < 1


@pytest.mark.parametrize(
    "heading",
    [
        "Statement by the Minister of Trade of Kenya, critics say, hides the truth",
        "Statement by the Minister of Trade of Kenya questioned",
        "Leaked Letter from the Minister of Trade of Kenya",
        "Statement by the Minister of Trade of Kenya Draws Fire",
        "What the Statement by the Minister of Trade of Kenya Leaves Out",
        "Statement by the Minister of Trade of Kenya – a whitewash",
        "Letter of Kenya's Ministry of Trade Raises Eyebrows",
    ],
)
def test_a_headline_on_a_paper_is_not_the_paper(heading: str):
    assert codes(heading) == ()


@pytest.mark.parametrize(
    "heading",
    [
        "Statement by the Minister of Trade of Kenya, Ann Wanjiru, at the opening of the session",
        "Statement by the Minister of Trade of Kenya on leaked papers",
        "Statement by the Minister of Trade of Kenya, delivered in Geneva",
        "Statement by the Minister of Trade of Kenya, 3 May 2026",
    ],
)
def test_a_paper_may_say_of_whom_when_where_and_on_what_it_is(heading: str):
    assert codes(heading) == ("KE",)
