from __future__ import annotations

from digest.word.markers import Marker, broken, find


def test_a_marker_is_found_with_its_place():
    assert find("On {{ issued }}: {{title}}") == (Marker("issued", 3, 15), Marker("title", 17, 26))


def test_no_break_spaces_inside_count_as_spaces():
    assert [marker.name for marker in find("{{\u00a0brief\u00a0}}")] == ["brief"]


def test_braces_of_ordinary_text_are_no_markers():
    assert find("a {b} {{ c } } } {{\n}}") == ()


def test_a_marker_without_end_is_named_by_the_words_that_stand_there():
    assert broken("before {{ brief and on") == ["{{ brief and on"]


def test_a_marker_without_beginning_is_named_as_well():
    assert broken("the brief }}") == ["the brief }}"]


def test_a_whole_marker_beside_a_broken_one_is_left_out_of_the_report():
    assert broken("{{ title }} {{ issue") == ["{{ issue"]
    assert broken("{{ title }}") == []
