"""`models`, `models fetch`, `models export`, `models import`: the weights that translate and summarise.

Without a network nothing but `models fetch` misses it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from digest import engines, provision, routes
from digest.config import Config, settings_of
from digest.errors import FetchError, UsageError
from digest.routes import Route
from digest.weights import archive, places
from digest.weights.download import network_of
from digest.weights.table import Kind, Model, models, of_kind

_MOST_TESTS = 3


def run(arguments: Sequence[str]) -> int:
    """Run one of the four and return the exit code 0. Raises UsageError, FetchError and OutputError."""
    given = list(arguments)
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help")):
        given.insert(0, "list")
    options = _parser().parse_args(given)
    code: int = options.do(options)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make_brief.py models",
        description="The models that translate and summarise. Without a word: list.",
    )
    kinds = parser.add_subparsers(required=True, metavar="[list]|fetch|export|import")
    everywhere = argparse.ArgumentParser(add_help=False)
    everywhere.add_argument(
        "--config", type=Path, metavar="FILE", help="settings (default: digest.toml if there is one)"
    )
    corpus = argparse.ArgumentParser(add_help=False)
    corpus.add_argument(
        "--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="documents (default: corpus)"
    )

    listing = kinds.add_parser("list", parents=[everywhere, corpus], help="what the corpus needs, and what is here")
    listing.add_argument("--all", action="store_true", help="every language and every model that is known")
    listing.set_defaults(do=_list)

    fetch = kinds.add_parser("fetch", parents=[everywhere, corpus], help="bring models here, checked and tested")
    fetch.add_argument("what", nargs="*", metavar="LANG|MODEL|summary", help="languages (uk ar), models, or: summary")
    fetch.add_argument("--all-needed", action="store_true", help="for every language of the corpus")
    fetch.add_argument("--export", type=Path, metavar="FILE", help="and pack them into FILE for another machine")
    fetch.add_argument("--offline", action="store_true", help="never use the network")
    fetch.set_defaults(do=_fetch)

    export = kinds.add_parser("export", parents=[everywhere], help="pack models that are here into one file")
    export.add_argument("file", type=Path, metavar="FILE", help="the file to write, such as models.zip")
    export.add_argument("what", nargs="*", metavar="LANG|MODEL", help="default: all that are here")
    export.set_defaults(do=_export)

    bring = kinds.add_parser("import", parents=[everywhere], help="unpack models from a file that export made")
    bring.add_argument("file", type=Path, metavar="FILE", help="what 'models export' has written")
    bring.set_defaults(do=_import)
    return parser


# --- list ------------------------------------------------------------------------------------------------------------


def _list(options: argparse.Namespace) -> int:
    config = _config(options)
    folder = _folder(config)
    if options.all:
        for language in routes.languages():
            for route in _candidates(language, config):
                print(_line(language, route, folder))
        print("\nAny other language: opus-mt-mul-en, if it knows it; what it makes is marked as doubtful.")
        return 0
    needed = _needed(options, config)
    if needed:
        print("Languages of the corpus, and the models for them in the order in which they are tried:")
    for language, count in needed:
        candidates = [route for route in _candidates(language, config) if not route.last_resort]
        print(
            f"  {language}, {count} sentence{'s' if count != 1 else ''}" + ("" if candidates else ": no model is known")
        )
        for route in candidates:
            print(f"  {_line('', route, folder)}")
    print(f"\nModels here ({places.home(folder)} and the places of the packages):")
    for model, place in _here(folder):
        print(f"  {model.name:<32}{model.kind:<13}{places.size_of(place):>6} MB  {model.licence:<11} {place}")
    missing = [language for language, _ in needed if not _found(language, config)]
    if missing:
        print(f"\nNothing translates {', '.join(missing)} yet. {provision.advice(missing)}")
    return 0


def _line(language: str, route: Route, folder: Path | None) -> str:
    here = "here" if engines.has_translator(route.engine, route.model, folder) else "not here"
    quality = f"  {route.quality}" if route.quality else ""
    return f"{language:<5} {route.model:<30}{route.engine:<8}{route.size:>5} MB  {route.licence:<11}{here:<9}{quality}"


def _needed(options: argparse.Namespace, config: Config) -> list[tuple[str, int]]:
    """The languages of the corpus that need a translation, with their sentences; none where there is no corpus."""
    if not options.corpus.is_dir():
        print(f"There is no folder {options.corpus}; name one with --corpus to see what it needs.")
        return []
    from digest.pipeline.needs import needs
    from digest.pipeline.work import Request
    from digest.store import Store, default_path

    store, _ = Store.open(default_path())
    request = Request(options.corpus, Path(), Path(), date.today())
    try:
        return [(need.language, need.sentences) for need in needs(request, config, store, Bars())]
    finally:
        store.close()


def _here(folder: Path | None) -> Iterator[tuple[Model, Path]]:
    for model in models().values():
        place = _place(model, folder)
        if place:
            yield model, place


def _place(model: Model, folder: Path | None) -> Path | None:
    if model.kind is Kind.TRANSLATION and model.name in {route.model for route in routes.routes()}:
        engine = next(route.engine for route in reversed(routes.routes()) if route.model == model.name)
        return engines.place_of(engine, model.name, folder)
    return places.find(model.name, folder, places.is_transformers)


# --- fetch -----------------------------------------------------------------------------------------------------------


def _fetch(options: argparse.Namespace) -> int:
    config = _config(options)
    wanted = _wanted(options.what, config)
    if options.all_needed:
        for language, _ in _needed(options, config):
            if not _found(language, config):
                wanted |= _wanted([language], config)
    if not wanted:
        if not options.all_needed:
            raise UsageError("Name languages (pt uk), models or 'summary', or ask for --all-needed.")
        print("Every language of the corpus has its model.")
        return 0
    network = network_of(options.offline)
    if not network.allowed:
        raise FetchError(f"Nothing was fetched ({network.why}). {provision.advice([model.name for model in wanted])}")
    for model, tests in wanted.items():
        print(f"{model.name}: {model.size} MB, {model.licence}")
        fetched = provision.bring(model, tests, _folder(config), network, Bars())
        tested = f", tested on {', '.join(test.language for test in tests)}" if tests else ""
        print(f"  in {fetched.folder}, revision {fetched.manifest.revision[:12]}{tested}")
        if fetched.remark:
            print(f"  {fetched.remark}")
    if options.export:
        return _pack(list(wanted), options.export, config)
    return 0


def _wanted(what: Sequence[str], config: Config) -> dict[Model, tuple[Route, ...]]:
    """The models that words mean (languages, models, kinds), each with the routes to test it on."""
    found: dict[Model, tuple[Route, ...]] = {}
    for word in what:
        if word in models():
            found[models()[word]] = tuple(_tests(models()[word], config))[:_MOST_TESTS]
        elif word in (Kind.SUMMARY, Kind.CHECK):
            found |= dict.fromkeys(of_kind(Kind(word)), ())
            if not of_kind(Kind(word)):
                raise UsageError(f"No model for '{word}' is known to this version.")
        else:
            route = next(iter(_candidates(word, config)), None)
            if route is None:
                raise UsageError(f"'{word}' is neither a language with a model nor a model. See 'models --all'.")
            found[models()[route.model]] = (route,)
    return found


def _tests(model: Model, config: Config) -> Iterator[Route]:
    """The routes of a model that this machine's engines can serve, one a language."""
    seen = set()
    for route in routes.routes():
        served = route.engine in config.translation.engines and route.engine != "ct2"
        if route.model == model.name and served and route.language not in seen:
            seen.add(route.language)
            yield route


# --- export, import --------------------------------------------------------------------------------------------------


def _export(options: argparse.Namespace) -> int:
    config = _config(options)
    folder = _folder(config)
    if options.what:
        return _pack(list(_wanted(options.what, config)), options.file, config)
    own = [model for model, place in _here(folder) if place.parent in (places.home(folder), places.own_folder())]
    if not own:
        raise UsageError("No model has been fetched yet. Name the languages whose models are to be packed.")
    return _pack(own, options.file, config)


def _pack(wanted: Sequence[Model], target: Path, config: Config) -> int:
    found = []
    for model in wanted:
        place = _place(model, _folder(config))
        if place is None:
            raise FetchError(f"{model.name} is not on this machine: run 'make_brief.py models fetch {model.name}'.")
        found.append((model, place))
    total = sum(places.size_of(place) for _, place in found) * 1_000_000
    with Bars().stage(f"Packing {target.name}", total) as advance:
        archive.export(found, target, advance)
    print(f"{target}: {', '.join(model.name for model, _ in found)}")
    print(f"On the other machine: make_brief.py models import {target.name}")
    return 0


def _import(options: argparse.Namespace) -> int:
    config = _config(options)
    folder = _folder(config)
    home = places.home(folder)
    with Bars().stage(f"Unpacking {options.file.name}", archive.size(options.file)) as advance:
        manifests = archive.import_(options.file, home, advance)
    for manifest in manifests:
        model = models()[manifest.name]
        tests = tuple(_tests(model, config))[:_MOST_TESTS]
        provision.prove(model, tests, folder, home / model.name)
        tested = f", tested on {', '.join(test.language for test in tests)}" if tests else ""
        print(f"{model.name}: {model.licence}, in {home / model.name}{tested}")
    return 0


# --- helpers ---------------------------------------------------------------------------------------------------------


def _config(options: argparse.Namespace) -> Config:
    config = settings_of(options.config)
    routes.check_choice(dict(config.translation.choice), config.source)
    return config


def _folder(config: Config) -> Path | None:
    return Path(config.translation.models) if config.translation.models else None


def _candidates(language: str, config: Config) -> tuple[Route, ...]:
    """The routes of a language, one for each model: the engine that comes first."""
    allowed = [engine for engine in config.translation.engines if engines.is_installed(engine)]
    every = routes.candidates(language, allowed, dict(config.translation.choice))
    return tuple({route.model: route for route in reversed(every)}.values())[::-1]


def _found(language: str, config: Config) -> Route | None:
    translation = config.translation
    return routes.find_route(language, translation.engines, _folder(config), dict(translation.choice))


class Bars:
    """A progress bar for each stage, on stderr, where that is a terminal."""

    @contextmanager
    def stage(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        """A bar of `total` bytes or items; its value is called with the number that is done."""
        from tqdm import tqdm

        width = min(100, shutil.get_terminal_size().columns)
        with tqdm(
            total=total, desc=label, disable=None, file=sys.stderr, leave=False, ncols=width, unit_scale=True
        ) as bar:

            def advance(done: int) -> None:
                bar.update(done)

            yield advance
