from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from digest import engines
from digest.errors import ConfigError
from digest.routes import candidates, check_choice, find_route, find_routes, languages, routes, signature_of
from digest.weights.table import Kind, Source, models

ALL = engines.translator_names()
FREE = {"MPL-2.0", "CC-BY-4.0", "Apache-2.0"}


def names(language: str, allowed: tuple[str, ...] = ALL, choice: dict[str, str] | None = None) -> list[str]:
    return list(dict.fromkeys(route.model for route in candidates(language, allowed, choice)))


# --- the table -----------------------------------------------------------------------------------------------------


def test_every_route_has_an_engine_that_there_is_a_licence_that_allows_its_use_and_a_size():
    for one in routes():
        assert one.engine in ALL
        assert one.licence in FREE
        assert 5 <= one.size < 2_000
        assert bool(one.quality) == (one.read_in in ("metadata", "mozilla", "card"))
    assert len({(one.language, one.engine, one.model, one.last_resort) for one in routes()}) == len(routes())


def test_every_firefox_model_into_english_and_every_opus_model_of_the_table_has_a_route():
    served = {one.model for one in routes()}
    assert {one.name for one in models().values() if one.kind is Kind.TRANSLATION} == served
    assert len([one for one in models().values() if one.source is Source.FIREFOX]) >= 50
    assert len(languages()) >= 60


def test_names_that_exist_only_in_lists_are_not_in_the_table():
    for name in ("opus-mt-pt-en", "opus-mt-ro-en", "opus-mt-no-en"):
        assert name not in models()
    assert names("pt") == ["pten", "opus-mt-ROMANCE-en", "opus-mt-mul-en"]
    assert names("ro") == ["roen", "opus-mt-ROMANCE-en", "opus-mt-mul-en"]
    assert names("no") == ["nben", "opus-mt-tc-big-gmq-en", "opus-mt-mul-en"]


def test_a_large_model_goes_before_the_ordinary_one_of_its_engine():
    assert names("fr", ("marian",)) == [
        "opus-mt-tc-big-fr-en", "opus-mt-fr-en", "opus-mt-ROMANCE-en", "opus-mt-mul-en",
    ]  # fmt: skip


def test_the_model_of_many_languages_comes_last_whatever_the_order_of_the_engines_and_is_marked():
    for allowed in (ALL, ("marian", "firefox"), ("ct2", "marian", "firefox")):
        found = candidates("uk", allowed)
        assert [one.last_resort for one in found] == sorted(one.last_resort for one in found)
        assert {one.model for one in found if one.last_resort} == {"opus-mt-mul-en"}
    assert [one.last_resort for one in candidates("sw", ("marian",))] == [True]


def test_no_model_that_forbids_commercial_use_is_taken_unless_it_is_named():
    for one in models().values():
        assert one.by_name == (one.licence not in FREE)
    for language in languages():
        assert not [one for one in candidates(language, ALL) if models()[one.model].by_name]


# --- the user's order ----------------------------------------------------------------------------------------------


def test_the_order_of_the_engines_is_the_users():
    assert candidates("de", ("firefox", "marian"))[0].model == "deen"
    assert candidates("de", ("marian", "firefox"))[0].model == "opus-mt-de-en"
    assert [one.engine for one in candidates("de", ("ct2", "marian")) if not one.last_resort] == ["ct2", "marian"]


def test_the_model_chosen_for_a_language_is_the_only_one():
    assert names("de", ALL, {"de": "opus-mt-de-en"}) == ["opus-mt-de-en"]
    assert names("fr", ALL, {"de": "opus-mt-de-en"})[0] == "fren"


def test_a_model_can_be_chosen_for_a_language_that_the_table_does_not_give_it():
    assert [one.language for one in candidates("ast", ("marian",), {"ast": "opus-mt-ROMANCE-en"})] == ["ast"]


def test_a_chosen_model_that_there_is_not_is_an_error_with_the_nearest_one():
    with pytest.raises(ConfigError, match=r"choice: de = unknown model 'opus-mt-de-eng'; did you mean 'opus-mt-de-en'"):
        check_choice({"de": "opus-mt-de-eng"}, None)
    check_choice({"de": "opus-mt-de-en"}, None)


def test_a_language_with_a_region_or_a_script_takes_the_route_of_the_language():
    assert find_route("pt-BR", ALL, None) == find_route("pt", ALL, None)
    assert names("zh-Hant") == names("zh")
    assert names("sr-Cyrl") == names("sr")


@pytest.mark.parametrize("code", ["tlh", "und", "en", "p", "ptx", ""])
def test_a_language_without_a_route_gives_none(code: str):
    assert find_route(code, ALL, None) is None


def test_a_route_whose_engine_is_not_allowed_gives_none():
    assert find_route("pt", (), None) is None
    assert find_route("pt", ("marian",), None) is None


# --- what is on this machine ---------------------------------------------------------------------------------------


def test_a_route_whose_model_is_not_on_this_machine_gives_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engines, "has_translator", lambda *_: False)
    assert find_route("pt", ALL, None) is None


def test_a_model_in_the_folder_of_the_configuration_opens_its_route(tmp_path: Path):
    assert find_route("et", ALL, tmp_path) is None
    folder = tmp_path / "eten"
    folder.mkdir()
    for name in ("model.eten.intgemm.alphas.bin", "vocab.eten.spm"):
        (folder / name).write_bytes(b"not a model")
    found = find_route("et", ALL, tmp_path)
    assert found is not None
    assert found.model == "eten"
    assert signature_of(found, tmp_path).licence == "MPL-2.0"


def test_all_models_that_are_here_stand_ready_in_order_for_a_second_try(tmp_path: Path, toy_model: Path):
    shutil.copytree(toy_model, tmp_path / "opus-mt-ROMANCE-en")
    found = find_routes("pt", ("firefox", "marian"), tmp_path)
    assert [(one.engine, one.model) for one in found] == [("firefox", "pten"), ("marian", "opus-mt-ROMANCE-en")]


def test_a_model_in_the_hugging_face_cache_is_found_by_its_repository(
    tmp_path: Path, toy_model: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    repository = tmp_path / "models--Helsinki-NLP--opus-mt-de-en"
    shutil.copytree(toy_model, repository / "snapshots" / ("ab" * 20))
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text("ab" * 20)
    (found,) = find_routes("de", ("marian",), None)
    assert found.model == "opus-mt-de-en"
    assert signature_of(found, None).version.endswith("weights abababababab")
