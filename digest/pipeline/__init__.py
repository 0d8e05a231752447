"""The only place that knows the order of the stages: read, detect, cut, translate, summarise, extract, compose, write.

Each step asks the store first. Models are loaded when the first document needs them, and not at all when none does.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest import corrections, issues, merging, routes
from digest.config import Config
from digest.corrections import Corrections
from digest.errors import ConfigError, NothingReadError
from digest.model import Notice, Topic
from digest.pipeline.analyst import holder_code, words_on
from digest.pipeline.batches import Processed, digest_documents, process
from digest.pipeline.finding import find_themes
from digest.pipeline.period import choose
from digest.pipeline.reading import Corpus, as_corrected, nothing_read
from digest.pipeline.work import Models, Outcome, Progress, Request, Run, Tally
from digest.pipeline.writing import Plan, by_hand, compose_brief, frame_of, recall, remember, write
from digest.positions import names
from digest.store import Store
from digest.weights.download import network_of

__all__ = [
    "Models",
    "Outcome",
    "Processed",
    "Progress",
    "Request",
    "Tally",
    "country_codes",
    "holder_code",
    "make_brief",
    "process",
]


def make_brief(request: Request, config: Config, store: Store, progress: Progress) -> Outcome:
    """Bring the corpus to the present and write the brief with its JSON.

    Raises NothingReadError when no document could be read, ConfigError for a country that is not known, OutputError
    when the result cannot be written, NotRecalledError as `Request` says. Everything computed before an error or an
    interruption is in the store.
    """
    codes = country_codes(config)
    routes.check_choice(dict(config.translation.choice), config.source)
    past = issues.past_issues(request.out, store)
    followed = config.topics or issues.themes_of(past)
    words = words_on(request, followed)
    with Corpus(request, config, store) as corpus:
        listed, notices = corpus.survey(progress)
        notices += corrections.of_documents(words, [path for one in listed for path in (one.path, *one.also_at)])
        listed = as_corrected(listed, words.by_path())
        chosen = choose(listed, request, past)
        if not chosen.documents:
            raise NothingReadError(nothing_read(request, listed, notices))
        run = Run(config, store, progress, Models(), network_of(request.offline))
        if not config.topics:
            known = issues.themes_of(issues.before(request.issued, past))
            found, told = find_themes(corpus, chosen.documents, run, known)
            config = replace(config, topics=(*found, *_named(words, followed, found)))
            notices += told
            run = run.for_topics(config)
        made = digest_documents(corpus, chosen.documents, run, recalled=request.recalled)
    run.models.release()
    if not made.digested:
        raise NothingReadError(nothing_read(request, (), (*notices, *made.notices)))
    made, applied = by_hand(made, words, [one.id for one in listed])
    told = (*notices, *chosen.notices, *made.notices, *applied, *_trouble(store))
    told = (*corrections.total(told), *told)
    plan = Plan(made, frame_of(request, config, codes, past, words), told, request.template)
    skipped = len(listed) - len(chosen.documents)
    if request.dry_run:
        brief = compose_brief(plan)
        return Outcome(Tally.of(brief), brief, None, None, skipped)
    with progress.stage("Writing", 1) as advance:
        outcome = _written(plan, request, store, skipped)
        advance(1)
    return outcome


def _written(plan: Plan, request: Request, store: Store, skipped: int) -> Outcome:
    """The brief written, or found as an earlier run wrote it from the same."""
    known = None if request.force else recall(store, plan, request)
    if known:
        tally, docx, beside = known
        return Outcome(tally, None, docx, beside, skipped)
    brief = compose_brief(plan)
    docx, beside = write(brief, merging.merged_away(brief, plan.made.digested), request, store)
    tally = Tally.of(brief)
    remember(store, plan, request, tally, (docx, beside))
    return Outcome(tally, brief, docx, beside, skipped)


def _named(words: Corrections, followed: Sequence[Topic], found: Sequence[Topic]) -> Iterator[Topic]:
    """Themes of earlier issues that the analyst has put a position under: they stay, whether found again or not."""
    asked = {one.topic for one in words.positions} - {topic.id for topic in found}
    yield from (topic for topic in followed if topic.id in asked)


def _trouble(store: Store) -> tuple[Notice, ...]:
    told = (store.notice,) if store.notice else ()
    if not store.trouble:
        return told
    reason = f"Results could not be kept for the next run ({store.trouble})."
    return (*told, Notice("", "store", reason, "Free some disk space; this brief is complete."))


def country_codes(config: Config) -> tuple[str, ...]:
    """The holder codes of `[brief] countries`. Raises ConfigError: each unknown one there and in `[actors]`, with the
    nearest known name."""
    known = [(name, names.code_of(name)) for name in config.brief.countries]
    problems = [f"[brief] countries: {_unknown_country(name)}" for name, code in known if code is None]
    strange = [actor for actor in config.actors if names.code_of(actor.holder) is None]
    problems += [f"[actors] {actor.name}: {_unknown_country(actor.holder)}" for actor in strange]
    if problems:
        where = config.source or "configuration"
        raise ConfigError("\n".join(f"{where}: {problem}" for problem in problems))
    return tuple(dict.fromkeys(code for _, code in known if code is not None))


def _unknown_country(name: str) -> str:
    near = difflib.get_close_matches(name, names.all_names(), n=1)
    hint = f"did you mean '{near[0]}'?" if near else "write a country's English name or its ISO code."
    return f"unknown country '{name}'; {hint}"
