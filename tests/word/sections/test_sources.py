from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from digest.model import Brief
from digest.word.blocks import Block, WebLink
from digest.word.context import Context
from digest.word.sections.sources import source_entry, sources


def test_an_entry_names_mark_title_publisher_date_language_file_and_link(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    entry = source_entry(context(), sample.sources[0])
    assert read(entry) == (
        "[S1]\tFive capitals back a joint fund for the Northern cable. Harbour Gazette, 14 February 2025 (dateline), "
        "English. week-07/fund-communique.docx. https://gazette.example/northern-cable/five-capitals  ^"
    )
    assert entry.bookmark == "digest_source_1"


def test_other_places_of_the_same_file_are_named(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    assert "week-07/nordic-note.txt (also at week-07/copy-of-note.txt)." in read(
        source_entry(context(), sample.sources[6])
    )


def test_an_address_that_is_not_of_the_web_is_text_and_no_link(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    entry = source_entry(context(), replace(sample.sources[0], url="javascript:alert(1)"))
    assert "javascript:alert(1)" in read(entry)
    assert not any(isinstance(part, WebLink) for part in entry.parts)


def test_every_source_has_its_entry(context: Callable[..., Context]):
    assert len(sources(context())) == 10
