from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from digest.model import Brief
from digest.word.blocks import Block
from digest.word.context import Context
from digest.word.sections.method import method


def test_it_says_what_machines_did_and_which(context: Callable[..., Context], read: Callable[[Block], str]):
    _, text, table = method(context())
    assert "9 documents in 7 languages." in read(text)
    assert "marked as machine translation" in read(text)
    assert read(table).splitlines()[2] == "translation | firefox | pt-en base | 2.1 | MPL-2.0"


def test_translation_is_not_spoken_of_where_nothing_was_translated(
    context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]
):
    english = tuple(source for source in sample.sources if source.language.code == "en")
    plain = context(sources=english, holders=(), key_points=(), changes=(), engines=())
    _, text = method(plain)
    assert "translat" not in read(text)
    assert "3 documents in 1 language." in read(text)


def test_themes_found_by_machine_are_told(context: Callable[..., Context], sample: Brief, read: Callable[[Block], str]):
    told = "the themes were found by machine"
    found = tuple(replace(topic, found=True) for topic in sample.topics)
    assert told in read(method(context(topics=found))[1])
    assert told not in read(method(context())[1])
