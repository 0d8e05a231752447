from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import Steps

from digest import engines, provision, smoke
from digest.errors import FetchError
from digest.routes import candidates, languages, routes
from digest.weights import places
from digest.weights.download import Network
from digest.weights.fetching import Addresses
from digest.weights.table import models

PT = next(route for route in routes() if (route.language, route.engine) == ("pt", "firefox"))
DE = next(route for route in routes() if (route.language, route.engine) == ("de", "marian"))


@pytest.fixture
def hub(toy_model: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A hub that gives the toy, which knows no German, for the German model."""
    from servers import serving

    with serving() as served:
        files = {file.name: file.read_bytes() for file in toy_model.iterdir()}
        served.add_repository(models()[DE.model].origin, files)
        monkeypatch.setattr(provision, "ADDRESSES", Addresses(hub=served.url))
        yield


def test_every_language_with_a_route_has_a_sentence_with_a_known_answer():
    assert [language for language in languages() if not smoke.sentence_in(language)] == []


def test_a_model_that_translates_passes():
    assert smoke.check(PT, None) == ""


def test_a_model_that_makes_something_else_fails_with_what_it_made(tmp_path: Path, toy_model: Path):
    shutil.copytree(toy_model, tmp_path / DE.model)
    assert "makes “" in smoke.check(DE, tmp_path)


def test_a_model_that_was_fetched_and_does_not_translate_is_removed_again(hub: None, tmp_path: Path):
    steps = Steps()
    with pytest.raises(FetchError, match=r"of “Das Wasser ist kalt.”.*removed again"):
        provision.bring(models()[DE.model], [DE], tmp_path, Network(), steps)
    assert not places.is_marian(tmp_path / DE.model)
    assert not engines.has_translator("marian", DE.model, tmp_path)


def test_a_model_that_was_fetched_and_need_not_translate_stays(hub: None, tmp_path: Path):
    fetched = provision.bring(models()[DE.model], [], tmp_path, Network(), Steps())
    assert places.is_marian(fetched.folder)


def test_only_small_models_are_fetched_without_a_command():
    small = provision.small_one(candidates("fr", engines.translator_names()))
    assert small is not None
    assert (small.model, small.engine) == ("fren", "firefox")
    assert provision.small_one(candidates("fr", ("marian", "ct2"))) is None
    assert provision.small_one(candidates("sw", engines.translator_names())) is None
