"""`digest.toml` -> `Config`. Every key is checked: an unknown one is an error that names the nearest known one."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from digest import framedata
from digest.errors import ConfigError
from digest.model import Spokesperson, Topic

DEFAULT_FILE = Path("digest.toml")
"""What is read where no file is named, if it is there."""

SUMMARY_ENGINES = ("auto", "extractive", "seq2seq")
TRANSLATION_ENGINES = ("firefox", "ct2", "marian")
FRAME_LANGUAGES = framedata.LANGUAGES


@dataclass(frozen=True, slots=True)
class BriefSettings:
    """How the brief presents itself. `countries` are asked for by name or code, in the order in which they appear."""

    title: str = "Weekly briefing"
    author: str = ""
    classification: str = ""
    template: str = "standard"
    language: str = "en"
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SummarySettings:
    """Which summariser ("auto": seq2seq where its model is on this machine, else extractive), and how many sentences a
    document gets at most (three to five)."""

    engine: str = "auto"
    sentences: int = 4


@dataclass(frozen=True, slots=True)
class TranslationSettings:
    """Which translation engines may be used, in order, and a folder of models that wins over the caches.

    `fetch`: small models are fetched when they are first needed. `choice` holds pairs of a language and the one model
    to be used for it. `glossary` holds pairs of a name or term in any language and the English to be used for it.
    """

    engines: tuple[str, ...] = TRANSLATION_ENGINES
    models: str = ""
    fetch: bool = True
    choice: tuple[tuple[str, str], ...] = ()
    glossary: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """How much of one file is let in: megabytes, characters of its text, pages of a PDF, seconds to read it."""

    file_megabytes: int = 25
    text_characters: int = 2_000_000
    pages: int = 500
    seconds: int = 20


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of a run. `source` is the file that they come from, None for the built-in ones."""

    brief: BriefSettings = field(default_factory=BriefSettings)
    summary: SummarySettings = field(default_factory=SummarySettings)
    translation: TranslationSettings = field(default_factory=TranslationSettings)
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    topics: tuple[Topic, ...] = ()
    actors: tuple[Spokesperson, ...] = ()
    source: Path | None = None


@dataclass(frozen=True, slots=True)
class _Key:
    """What may stand under one key: its type in words, and the values allowed, in a list each (empty: any)."""

    kind: str
    allowed: tuple[Any, ...] = ()


_KEYS: Mapping[str, Mapping[str, _Key]] = {
    "brief": {
        "title": _Key("text"),
        "author": _Key("text"),
        "classification": _Key("text"),
        "template": _Key("text"),
        "language": _Key("text", FRAME_LANGUAGES),
        "countries": _Key("list of texts"),
    },
    "summary": {"engine": _Key("text", SUMMARY_ENGINES), "sentences": _Key("whole number", (3, 4, 5))},
    "translation": {
        "engines": _Key("list of texts", TRANSLATION_ENGINES),
        "models": _Key("text"),
        "fetch": _Key("yes or no (true, false)"),
        "choice": _Key("table of texts"),
        "glossary": _Key("table of texts"),
    },
    "reading": dict.fromkeys(("file_megabytes", "text_characters", "pages", "seconds"), _Key("positive whole number")),
    "actors": {"holder": _Key("text"), "role": _Key("text")},
    "topics": {"id": _Key("text"), "name": _Key("text"), "words": _Key("list of texts")},
}


def load_config(path: Path) -> Config:
    """Read and check a configuration file. Raises ConfigError, which names every problem in the file at once."""
    if path.is_dir():  # asked beforehand: Windows says of a folder that it may not be read
        raise ConfigError(f"{path} is a folder. Give a file such as digest.toml with --config.")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: there is no such file. Give an existing one with --config.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({error}). It must be a text file in UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}.") from error
    return parse_config(table, path)


def settings_of(path: Path | None) -> Config:
    """The settings in the file that was named; where none was, those of `digest.toml` here, else the defaults.

    Raises what `load_config` raises.
    """
    if path is None and not DEFAULT_FILE.exists():
        return Config()
    return load_config(path or DEFAULT_FILE)


def parse_config(table: Mapping[str, Any], source: Path | None = None) -> Config:
    """Check a parsed table and make the settings from it. Raises ConfigError with one line for each problem."""
    problems: list[str] = []
    sections = {name: _section(table, name, problems) for name in ("brief", "summary", "translation", "reading")}
    topics = _topics(table.get("topics", []), problems)
    actors = _actors(table.get("actors", {}), problems)
    problems.extend(_unknown(name, _KEYS, "section") for name in table if name not in _KEYS)
    if problems:
        where = str(source) if source else "configuration"
        raise ConfigError("\n".join(f"{where}: {problem}" for problem in problems))
    return Config(
        brief=BriefSettings(**sections["brief"]),
        summary=SummarySettings(**sections["summary"]),
        translation=TranslationSettings(**sections["translation"]),
        reading=ReadingSettings(**sections["reading"]),
        topics=topics,
        actors=actors,
        source=source,
    )


def _section(table: Mapping[str, Any], name: str, problems: list[str]) -> dict[str, Any]:
    """The checked values of one section; problems are appended, and a value with a problem is left out."""
    section = table.get(name, {})
    if not isinstance(section, dict):
        problems.append(f"'{name}' must be a section, written [{name}].")
        return {}
    return _checked(section, name, problems)


def _checked(section: Mapping[str, Any], name: str, problems: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in section.items():
        spec = _KEYS[name].get(key)
        if spec is None:
            problems.append(f"[{name}] {_unknown(key, _KEYS[name], 'key')}")
        elif not _fits(value, spec.kind):
            problems.append(f"[{name}] {key} must be a {spec.kind}, not {value!r}.")
        elif spec.allowed and not set(value if isinstance(value, list) else [value]) <= set(spec.allowed):
            choices = ", ".join(str(item) for item in spec.allowed)
            problems.append(f"[{name}] {key} = {value!r} is not possible; choose from: {choices}.")
        else:
            values[key] = _frozen(value)
    return values


def _frozen(value: Any) -> Any:
    """Lists and tables as tuples, so that settings cannot change and can be keys."""
    if isinstance(value, dict):
        return tuple(value.items())
    return tuple(value) if isinstance(value, list) else value


def _fits(value: Any, kind: str) -> bool:
    if kind == "text":
        return isinstance(value, str)
    if kind.startswith("yes or no"):
        return isinstance(value, bool)
    if kind == "table of texts":
        return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
    if kind == "positive whole number":
        return isinstance(value, int) and not isinstance(value, bool) and value > 0
    if kind == "whole number":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _unknown(name: str, known: Mapping[str, Any], what: str) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    hint = f"did you mean '{near[0]}'?" if near else f"known are: {', '.join(known)}."
    return f"unknown {what} '{name}'; {hint}"


def _topics(entries: Any, problems: list[str]) -> tuple[Topic, ...]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        problems.append("topics must be written as one or more [[topics]] sections, each with a name.")
        return ()
    topics: list[Topic] = []
    for number, entry in enumerate(entries, 1):
        values = _checked(entry, "topics", problems)
        name = values.get("name", "").strip()
        if not name:
            problems.append(f"[[topics]] number {number} has no name.")
            continue
        topic = Topic(values.get("id") or _slug(name), name, values.get("words", ()))
        if any(topic.id == other.id for other in topics):
            problems.append(f"[[topics]] '{name}': the id '{topic.id}' is already taken; give it another id.")
        topics.append(topic)
    return tuple(topics)


def _actors(entries: Any, problems: list[str]) -> tuple[Spokesperson, ...]:
    if not isinstance(entries, dict) or not all(isinstance(entry, dict) for entry in entries.values()):
        problems.append('[actors] must hold lines such as "Ana Kovač" = { holder = "Croatia", role = "minister" }.')
        return ()
    actors: list[Spokesperson] = []
    for name, entry in entries.items():
        values = _checked(entry, "actors", problems)
        if not name.strip() or not values.get("holder", "").strip():
            problems.append(f"[actors] '{name}' needs a name and a holder.")
            continue
        actors.append(Spokesperson(name.strip(), values["holder"].strip(), values.get("role", "").strip()))
    return tuple(actors)


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower()).strip("-") or "topic"
