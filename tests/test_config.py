from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from digest import engines
from digest.config import TRANSLATION_ENGINES, Config, load_config, parse_config, settings_of
from digest.errors import ConfigError
from digest.model import Spokesperson, Topic


def problems(table: dict[str, Any]) -> str:
    with pytest.raises(ConfigError) as caught:
        parse_config(table)
    return str(caught.value)


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "digest.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_an_empty_file_gives_the_built_in_settings(tmp_path: Path):
    path = written(tmp_path, "")
    assert load_config(path) == Config(source=path)


def test_every_setting_of_a_file_arrives(tmp_path: Path):
    path = written(
        tmp_path,
        """
        [brief]
        title = "Straits"
        author = "Desk 4"
        classification = "INTERNAL"
        template = "house"
        language = "en"
        countries = ["Norway", "EU"]
        [summary]
        engine = "extractive"
        sentences = 5
        [translation]
        engines = ["firefox"]
        models = "models"
        fetch = false
        choice = { de = "opus-mt-de-en" }
        [actors]
        "Ana Kovač" = { holder = "Croatia", role = "minister" }
        [[topics]]
        id = "tolls"
        name = "Tolls for the strait"
        words = ["toll", "fee"]
        [[topics]]
        name = "Pilots on board"
        """,
    )
    config = load_config(path)
    assert (config.brief.title, config.brief.author, config.brief.classification) == ("Straits", "Desk 4", "INTERNAL")
    assert (config.brief.template, config.brief.countries) == ("house", ("Norway", "EU"))
    assert (config.summary.engine, config.summary.sentences) == ("extractive", 5)
    assert (config.translation.engines, config.translation.models) == (("firefox",), "models")
    assert (config.translation.fetch, config.translation.choice) == (False, (("de", "opus-mt-de-en"),))
    assert config.actors == (Spokesperson("Ana Kovač", "Croatia", "minister"),)
    assert config.topics == (
        Topic("tolls", "Tolls for the strait", ("toll", "fee")),
        Topic("pilots-on-board", "Pilots on board"),
    )


def test_the_sample_configuration_of_the_project_is_valid(root: Path):
    config = load_config(root / "digest.toml")
    assert config.topics
    assert config.brief.countries


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({"brief": {"title": 7}}, "[brief] title must be a text, not 7."),
        ({"brief": {"countries": "Norway"}}, "[brief] countries must be a list of texts, not 'Norway'."),
        ({"brief": {"countries": ["Norway", 3]}}, "[brief] countries must be a list of texts, not ['Norway', 3]."),
        ({"brief": {"language": "tlh"}}, "[brief] language = 'tlh' is not possible; choose from: en, fr, de, es, pt."),
        ({"summary": {"sentences": "4"}}, "[summary] sentences must be a whole number, not '4'."),
        ({"summary": {"sentences": True}}, "[summary] sentences must be a whole number, not True."),
        ({"summary": {"sentences": 4.0}}, "[summary] sentences must be a whole number, not 4.0."),
        ({"summary": {"sentences": 9}}, "[summary] sentences = 9 is not possible; choose from: 3, 4, 5."),
        (
            {"summary": {"engine": "oracle"}},
            "[summary] engine = 'oracle' is not possible; choose from: auto, extractive, seq2seq.",
        ),
        ({"translation": {"models": []}}, "[translation] models must be a text, not []."),
        ({"translation": {"fetch": "no"}}, "[translation] fetch must be a yes or no (true, false), not 'no'."),
        ({"translation": {"choice": {"de": 1}}}, "[translation] choice must be a table of texts, not {'de': 1}."),
        ({"brief": "Straits"}, "'brief' must be a section, written [brief]."),
        ({"topics": {"name": "Tolls"}}, "topics must be written as one or more [[topics]] sections"),
        ({"topics": ["Tolls"]}, "topics must be written as one or more [[topics]] sections"),
        ({"topics": [{"words": ["toll"]}]}, "[[topics]] number 1 has no name."),
        ({"topics": [{"name": "  "}]}, "[[topics]] number 1 has no name."),
        ({"topics": [{"name": "Tolls", "words": "toll"}]}, "[topics] words must be a list of texts, not 'toll'."),
    ],
)
def test_a_wrong_value_is_told_with_its_place_and_what_it_may_be(table: dict[str, Any], expected: str):
    assert expected in problems(table)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({"brief": {"titel": "x"}}, "[brief] unknown key 'titel'; did you mean 'title'?"),
        ({"brief": {"contries": []}}, "[brief] unknown key 'contries'; did you mean 'countries'?"),
        ({"topics": [{"name": "Tolls", "wrds": []}]}, "[topics] unknown key 'wrds'; did you mean 'words'?"),
        ({"sumary": {}}, "unknown section 'sumary'; did you mean 'summary'?"),
        ({"summary": {"zzz": 1}}, "[summary] unknown key 'zzz'; known are: engine, sentences."),
    ],
)
def test_a_misspelt_key_is_told_with_the_nearest_known_one(table: dict[str, Any], expected: str):
    assert expected in problems(table)


def test_a_translation_engine_that_there_is_not_is_an_error():
    message = problems({"translation": {"engines": ["firefox", "firefix"]}})
    assert (
        "[translation] engines = ['firefox', 'firefix'] is not possible; choose from: firefox, ct2, marian." in message
    )


def test_all_problems_of_a_file_are_told_at_once_each_on_a_line_with_the_file(tmp_path: Path):
    path = written(tmp_path, '[brief]\ntitel = "x"\nauthor = 3\n[summary]\nsentences = 12\n[extra]\n[[topics]]\n')
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    lines = str(caught.value).splitlines()
    assert len(lines) == 5
    assert all(line.startswith(f"{path}: ") for line in lines)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("actors", [[], {"Ana": "Croatia"}, {"Ana": {"role": "minister"}}, {"Ana": {"state": "HR"}}])
def test_an_actor_needs_a_name_and_a_holder(actors: Any):
    with pytest.raises(ConfigError, match="actors"):
        parse_config({"actors": actors})


def test_two_topics_with_one_id_are_an_error():
    assert "the id 'tolls' is already taken" in problems({"topics": [{"name": "Tolls"}, {"name": "TOLLS!"}]})


def test_the_id_of_a_topic_comes_from_its_name_in_any_script():
    config = parse_config({"topics": [{"name": "Joint patrols / north"}, {"name": "Пошлина"}, {"name": "?!"}]})
    assert [topic.id for topic in config.topics] == ["joint-patrols-north", "пошлина", "topic"]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path):
    assert load_config(written(tmp_path, b'\xef\xbb\xbf[brief]\ntitle = "Straits"\n')).brief.title == "Straits"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"[brief\n", "not valid TOML"),
        (b'[brief]\ntitle = "a"\ntitle = "b"\n', "not valid TOML"),
        ('[brief]\ntitle = "Straße"\n'.encode("latin-1"), "It must be a text file in UTF-8"),
        ('[brief]\ntitle = "x"\n'.encode("utf-16"), "It must be a text file in UTF-8"),
    ],
)
def test_a_file_that_is_no_toml_is_told_with_its_name(tmp_path: Path, content: bytes, expected: str):
    path = written(tmp_path, content)
    with pytest.raises(ConfigError, match=expected) as caught:
        load_config(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_and_a_folder_are_told_with_the_way_out(tmp_path: Path):
    with pytest.raises(ConfigError, match=r"no such file.*--config"):
        load_config(tmp_path / "none.toml")
    with pytest.raises(ConfigError, match=r"is a folder.*--config"):
        load_config(tmp_path)


def test_the_engines_that_a_file_may_name_are_those_that_there_are():
    assert set(TRANSLATION_ENGINES) == set(engines.translator_names())


def test_without_a_file_named_the_one_that_lies_here_counts_if_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    assert settings_of(None) == Config()
    (tmp_path / "digest.toml").write_text('[brief]\ntitle = "Here"\n', encoding="utf-8")
    (tmp_path / "other.toml").write_text('[brief]\ntitle = "There"\n', encoding="utf-8")
    assert settings_of(None).brief.title == "Here"
    assert settings_of(Path("other.toml")).brief.title == "There"
    with pytest.raises(ConfigError, match="no such file"):
        settings_of(Path("third.toml"))
