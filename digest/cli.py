"""Arguments, progress bars, the table at the end, exit codes. No logic: that is in `pipeline`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from digest import __version__, commands
from digest.errors import DigestError, Interrupted, UsageError

if TYPE_CHECKING:
    from digest.config import Config
    from digest.pipeline import Outcome
    from digest.store import Store


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code: 0 written, 2 wrong command, settings or template, 3 nothing could be
    read, 4 cannot write, 5 an engine is missing, 130 interrupted."""
    _speak_utf8()
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if given and given[0] in commands.NAMES:
            return commands.run(given)
        return _run(_parser().parse_args(given))
    except KeyboardInterrupt:
        error: DigestError = Interrupted("Stopped. What was computed is kept: run the same command again to go on.")
    except DigestError as problem:
        error = problem
    print(f"\n{error}", file=sys.stderr)
    return error.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make_brief.py",
        description="Make a dated Word briefing by country from the documents in a folder.\n"
        "Title, topics, countries and template are set in digest.toml; README.md tells the rest.",
        epilog="other commands, each with --help:\n"
        + "\n".join(f"  {command.name:<20}  {command.does}" for command in commands.COMMANDS),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="documents (default: corpus)"
    )
    parser.add_argument("--out", type=Path, default=Path("briefs"), metavar="DIR", help="results (default: briefs)")
    parser.add_argument("--date", type=_day, default=None, metavar="DATE", help="date of the issue (default: today)")
    period = parser.add_argument_group(
        "what the issue covers", "Without these, what no earlier issue in the folder of results has covered."
    )
    period.add_argument("--since", type=_day, metavar="DATE", help="leave out documents dated before this day")
    period.add_argument("--until", type=_day, metavar="DATE", help="leave out documents dated after this day")
    period.add_argument("--week", type=_week, metavar="WEEK", help="documents dated in this week, such as 2026-W47")
    period.add_argument("--all", action="store_true", help="everything in the corpus, covered before or not")
    period.add_argument("--dated-only", action="store_true", help="with a period: leave out documents without a date")
    parser.add_argument("--template", metavar="NAME|FILE", help="Word template (default: the one in digest.toml)")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings (default: digest.toml if there is one)")
    parser.add_argument("--force", action="store_true", help="replace the issue of that day in place of adding -2")
    parser.add_argument("--offline", action="store_true", help="never use the network, not even for a missing model")
    parser.add_argument("--dry-run", action="store_true", help="do everything but write the brief")
    parser.add_argument("--no-cache", action="store_true", help="neither use nor keep results of other runs")
    talk = parser.add_mutually_exclusive_group()
    talk.add_argument("--quiet", action="store_true", help="print nothing but errors and the paths written")
    talk.add_argument("--verbose", action="store_true", help="print every notice whole")
    parser.add_argument("--timings", action="store_true", help="print where the time went")
    parser.add_argument("--profile", type=Path, metavar="FILE", help="write a profile to FILE, for python -m pstats")
    parser.add_argument("--version", action="version", version=f"digest {__version__}")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it like 2026-01-31") from error


def _week(text: str) -> tuple[date, date]:
    """Monday and Sunday of an ISO 8601 week."""
    try:
        year, week = text.upper().split("-W")
        monday = date.fromisocalendar(int(year), int(week), 1)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a week; write it like 2026-W47") from error
    return monday, monday + timedelta(days=6)


def _run(options: argparse.Namespace) -> int:
    config = _config(options)
    _check_folders(options)
    template = _template(options, config)
    from digest import pipeline

    pipeline.country_codes(config)
    request = pipeline.Request(
        corpus=options.corpus,
        out=options.out,
        template=template,
        issued=options.date or date.today(),
        since=options.week[0] if options.week else options.since,
        until=options.week[1] if options.week else options.until,
        everything=options.all,
        undated=not options.dated_only,
        dry_run=options.dry_run,
        force=options.force,
        offline=options.offline,
    )
    from digest.timings import Timings

    store, damaged = _store(options)
    progress = Timings(Bars(quiet=options.quiet))
    try:
        with _profile(options.profile):
            outcome = pipeline.make_brief(request, config, store, progress)
    finally:
        store.close()
    if damaged:
        print(damaged, file=sys.stderr)
    _report(outcome, options)
    if options.timings:
        print(f"\n{progress.report(outcome.tally.documents, outcome.tally.words)}", file=sys.stderr)
    return 0


@contextmanager
def _profile(target: Path | None) -> Iterator[None]:
    """Write a profile of what happens within to `target`, where one is wanted, also when it ends in an error."""
    if target is None:
        yield
        return
    import cProfile

    profile = cProfile.Profile()
    profile.enable()
    try:
        yield
    finally:
        profile.disable()
        try:
            profile.dump_stats(target)
        except OSError as error:
            raise UsageError(f"{target} cannot be written ({error.strerror}). Name another file.") from error


def _config(options: argparse.Namespace) -> Config:
    from digest.config import settings_of

    return settings_of(options.config)


def _check_folders(options: argparse.Namespace) -> None:
    if not options.corpus.exists():
        raise UsageError(
            f"There is no folder {options.corpus}. Make it and put documents in, or name one with --corpus."
        )
    if not options.corpus.is_dir():
        raise UsageError(f"{options.corpus} is a file. Give the folder that it lies in with --corpus.")
    if options.out.exists() and not options.out.is_dir():
        raise UsageError(f"{options.out} is a file. Give a folder for the results with --out.")
    if options.week and (options.since or options.until):
        raise UsageError("--week is a period of its own. Leave out --since and --until, or --week.")
    if options.all and (options.week or options.since or options.until):
        raise UsageError("--all means the whole corpus. Leave it out to ask for a period.")
    if options.since and options.until and options.since > options.until:
        raise UsageError(f"--since {options.since} is later than --until {options.until}. Exchange them.")


def _template(options: argparse.Namespace, config: Config) -> Path:
    """The checked template: its problems are told before any model is loaded."""
    from digest.errors import TemplateError
    from digest.word import template

    path = template.resolve(options.template or config.brief.template, template.folders())
    problems = template.check(path)
    if problems:
        listed = "\n".join(f"  - {problem}" for problem in problems)
        raise TemplateError(f"The template {path} cannot be used:\n{listed}")
    return path


def _store(options: argparse.Namespace) -> tuple[Store, str | None]:
    from digest.store import Store, default_path

    if options.no_cache:
        return Store.in_memory(), None
    store, notice = Store.open(default_path())
    return store, f"{notice.reason} {notice.advice}" if notice else None


# --- what a person sees ---------------------------------------------------------------------------------------------


class Bars:
    """A progress bar for each stage, on stderr, and none when stderr is no terminal or --quiet was given."""

    def __init__(self, *, quiet: bool) -> None:
        self._disable = True if quiet else None  # None: tqdm is quiet where there is no terminal

    @contextmanager
    def stage(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        """A bar of `total` steps; its value is called with the number of steps done."""
        from tqdm import tqdm

        with tqdm(total=total, desc=label, disable=self._disable, file=sys.stderr, leave=False, ncols=80) as bar:

            def advance(done: int) -> None:
                bar.update(done)

            yield advance


def _report(outcome: Outcome, options: argparse.Namespace) -> None:
    written = [str(path) for path in (outcome.docx, outcome.json) if path]
    if options.quiet:
        print("\n".join(written))
        return
    tally = outcome.tally
    skipped = f", {outcome.skipped} not of this issue" if outcome.skipped else ""
    left = f"; not translated: {tally.untranslated}" if tally.untranslated else ""
    rows = [
        ("Documents", f"{tally.documents} read{skipped}"),
        ("Languages", ", ".join(f"{code} {count}" for code, count in tally.languages)),
        ("Translated", f"{tally.translated}{left}"),
        *([("Themes", f"{'; '.join(tally.themes)} (found by machine)")] if tally.themes else []),
        ("Positions", ", ".join(f"{name} {count}" for name, count in tally.positions) or "none found"),
        ("Notices", str(len(tally.notices))),
    ]
    for label, text in rows:
        print(_wrapped(label, text))
    for notice in tally.notices if options.verbose else ():
        print(f"  {notice.file or notice.stage}: {notice.reason.rstrip('.')}. {notice.advice}")
    print("\n".join(["", *(written or ["Nothing was written (--dry-run)."])]))


def _wrapped(label: str, text: str) -> str:
    import textwrap

    return textwrap.fill(text, 100, initial_indent=f"{label:<12}", subsequent_indent=" " * 12)


def _speak_utf8() -> None:
    """A console of another encoding (Windows) must not end the run at the first ő."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
