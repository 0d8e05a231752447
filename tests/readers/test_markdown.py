"""Markdown's markup goes before offsets exist; what it marks as a heading stays marked."""

from __future__ import annotations

import pytest

from digest.readers.markdown import plain


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**Norland** and *Sudia* signed.", "Norland and Sudia signed."),
        ("__Norland__ and _Sudia_ signed snake_case_names.", "Norland and Sudia signed snake_case_names."),
        ('The [pact](https://a.example/b_(c) "x") holds.', "The pact holds."),
        ("The [pact][1] holds.\n\n[1]: https://a.example", "The pact holds.\n"),
        ("See <https://a.example>.", "See https://a.example."),
        ("![A ferry](ferry.png)The ferry sank.", "The ferry sank."),
        ("It sank.[^1]", "It sank."),
        ("It `sank` and ~~rose~~ fell.", "It sank and rose fell."),
        ("> She said no.\n> He said yes.", "She said no.\nHe said yes."),
        ("- one ferry\n* two ferries", "• one ferry\n• two ferries"),
        ("It cost 3 \\* 4 crowns.", "It cost 3 * 4 crowns."),
        ("5 * 3 * 2 = 30", "5 * 3 * 2 = 30"),
        ("One<br>line <b>bold</b><!-- hidden -->.", "One line bold."),
        ("A\n\n---\n\nB", "A\n\n\n\nB"),
        ("| State | Vote |\n|---|---|\n| Norland | no |", "State\nVote\n\nNorland\nno"),
        ("[unclosed *and _odd", "[unclosed *and _odd"),
    ],
)
def test_markup_is_taken_off(markdown: str, expected: str):
    assert plain(markdown).text == expected


@pytest.mark.parametrize("markdown", ["# The pact #\nText.", "The pact\n========\nText.", "### The pact\nText."])
def test_headings_stay_and_are_marked(markdown: str):
    page = plain(markdown)
    assert page.text == "The pact\nText."
    assert [(page.text[mark.start : mark.end], mark.kind) for mark in page.furniture] == [("The pact", "heading")]


def test_code_and_footnotes_are_marked():
    page = plain("Text.\n```\nx = 1\n```\n\n[^1]: A [source](http://a.example).")
    marks = [(page.text[mark.start : mark.end], mark.kind) for mark in page.furniture]
    assert marks == [("x = 1", "code"), ("A source.", "footnote")]


def test_a_long_run_of_markers_is_read_in_time():
    plain("*" * 20_000 + "a" + "[" * 20_000 + "<a " * 5_000)
