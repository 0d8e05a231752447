from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.word.languages import Script, directions, facts, reads_right_to_left, unclosed


def test_a_language_is_known_by_name_tag_and_direction():
    arabic = facts("ar")
    assert (arabic.name, arabic.tag, arabic.script) == ("Arabic", "ar-SA", Script.RIGHT_TO_LEFT)


def test_a_region_is_kept():
    assert facts("pt-BR").tag == "pt-BR"
    assert facts("pt_br").tag == "pt-BR"


def test_traditional_chinese_has_its_own_tag_and_font():
    assert facts("zh-TW").tag == facts("zh-Hant").tag == "zh-TW"
    assert facts("zh-Hans").tag == "zh-CN"


def test_an_unknown_code_is_its_own_name_and_a_hostile_one_is_no_tag():
    assert facts("tpi").tag == "tpi"
    assert facts('x"/><w:evil').tag == "x-none"
    assert facts("und").tag == "x-none"


def test_the_majority_of_letters_gives_the_direction():
    assert reads_right_to_left("قالت NATO إن الأمر واضح")
    assert not reads_right_to_left("The word كابل means cable")
    assert not reads_right_to_left("2025, 3.4%")


def test_arabic_words_in_an_english_line_are_one_stretch_with_their_spaces_and_numbers():
    assert directions("Title: نهاية عام 2025.") == [("Title: ", False), ("نهاية عام 2025", True), (".", False)]


def test_english_words_in_an_arabic_line_are_one_stretch():
    assert directions("قال NATO Council أمس.", base=True) == [
        ("قال ", True),
        ("NATO Council", False),
        (" أمس.", True),
    ]


def test_an_override_that_a_text_leaves_open_is_closed():
    assert unclosed("\u202eabc") == "\u202c"
    assert unclosed("\u2067a\u202bb") == "\u202c\u2069"
    assert unclosed("\u202eabc\u202c \u202c") == ""


@given(st.text(), st.booleans())
def test_the_stretches_joined_are_the_text(text: str, base: bool):
    stretches = directions(text, base)
    assert "".join(stretch for stretch, _ in stretches) == text
    assert all(stretch for stretch, _ in stretches)
