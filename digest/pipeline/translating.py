"""The third step: every sentence that is not English gets its English, from the store or from an engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest import provision, routes, translate
from digest.errors import DigestError
from digest.model import UNDETERMINED, Notice, Translation
from digest.pipeline.work import Run, Work, short
from digest.store import key_of, rules_version
from digest.weights.table import models


def translate_all(run: Run, works: Sequence[Work]) -> None:
    """Fill in the translations, all sentences of a language together; a language without a route is a notice."""
    for code in sorted({s.language for work in works for s in work.sentences} - {"en"}):
        route = route_of(run, code)
        if route is None:
            _no_route(code, works)
        else:
            _translate_language(run, code, route, works)
    _report_doubts(works)


def route_of(run: Run, code: str) -> routes.Route | None:
    """The way into English that this run takes from a language, or None; looked for once."""
    if code not in run.routes:
        known = code != UNDETERMINED
        run.routes[code] = (_find(run, code) or _fetched(run, code)) if known else None
    return run.routes[code]


def _find(run: Run, code: str) -> routes.Route | None:
    translation = run.config.translation
    return routes.find_route(code, translation.engines, run.folder, dict(translation.choice))


def _fetched(run: Run, code: str) -> routes.Route | None:
    """The route of a small model that is fetched now, where that is wanted and possible; what happened is told."""
    translation = run.config.translation
    wanted = provision.small_one(routes.candidates(code, translation.engines, dict(translation.choice)))
    if wanted is None or not translation.fetch or not run.network.allowed or run.network.broken:
        return None
    about = f"The translation model {wanted.model} ({wanted.size} MB, {wanted.licence})"
    try:
        provision.bring(models()[wanted.model], [wanted], run.folder, run.network, run.progress)
    except DigestError as error:
        run.told.append(Notice("", "translation", f"{about} could not be fetched: {error}", provision.advice([code])))
        return None
    run.told.append(Notice("", "translation", f"{about} was fetched and tested.", "From now on it is on this machine."))
    return _find(run, code)


def route_key(run: Run, code: str) -> str:
    """What tells this route from every other; "" where there is none."""
    route = route_of(run, code)
    return routes.signature_of(route, run.folder).key() + _glossary_key(run) if route else ""


def _glossary_key(run: Run) -> str:
    """What tells translations with this glossary from others; "" without one."""
    return "".join(f"|{term}={wanted}" for term, wanted in run.config.translation.glossary)


def _no_route(code: str, works: Sequence[Work]) -> None:
    for work in works:
        if work.document.language.code != code:
            _passages_left_out(code, work)
            continue
        work.untranslated = True
        if code == UNDETERMINED:
            reason = "Its language could not be told, so it was not translated"
            advice = "Read it yourself: the brief shows its first sentences as they are."
        else:
            reason = f"There is no translation model for its language ({code}) on this machine"
            advice = f"The brief shows how it begins. {provision.advice([code])}"
        work.notices.append(Notice(work.document.path, "translation", reason + ".", advice))


def _passages_left_out(code: str, work: Work) -> None:
    passages = [sentence for sentence in work.sentences if sentence.language == code]
    if passages:
        count = f"{len(passages)} of its sentences are" if len(passages) > 1 else "One of its sentences is"
        reason = f"{count} in another language ({code}) that was not translated: “{short(passages[0].text)}”"
        advice = "Read that part yourself: neither summary nor positions take account of it."
        work.notices.append(Notice(work.document.path, "translation", reason, advice))


def _translate_language(run: Run, code: str, route: routes.Route, works: Sequence[Work]) -> None:
    wanted = [(work, i) for work in works for i, s in enumerate(work.sentences) if s.language == code]
    signature = routes.signature_of(route, run.folder)
    version = rules_version()
    keys = [key_of(signature.key() + _glossary_key(run), version, work.sentences[i].text) for work, i in wanted]
    found: dict[str, Translation] = {}
    for key in keys:
        stored = run.store.get("translation", key)
        if stored is not None:
            found[key] = Translation(stored[0], signature, tuple(stored[1]))
    missing = {key: work.sentences[i].text for key, (work, i) in zip(keys, wanted, strict=True) if key not in found}
    if missing:
        found |= _translate_new(run, code, route, missing)
    for key, (work, i) in zip(keys, wanted, strict=True):
        work.used(signature)
        work.sentences[i] = replace(work.sentences[i], translation=found[key])
        if work.document.language.code == code:
            work.translated_by = signature.name


def _translate_new(run: Run, code: str, route: routes.Route, missing: dict[str, str]) -> dict[str, Translation]:
    made: dict[str, Translation] = {}
    pairs = sorted(missing.items(), key=lambda pair: len(pair[1]))
    keys = [key for key, _ in pairs]
    with run.progress.stage(f"Translating {code}", len(pairs)) as advance:

        def keep(batch: list[Translation]) -> None:
            fresh = dict(zip(keys[len(made) :], batch, strict=False))
            run.store.put("translation", [(key, [one.text, list(one.flags)]) for key, one in fresh.items()])
            made.update(fresh)
            advance(len(batch))

        engine = run.models.translator(route, run.folder)
        translate.translate(
            [text for _, text in pairs], route, run.folder, keep, run.config.translation.glossary, engine
        )
    return made


def _report_doubts(works: Sequence[Work]) -> None:
    for work in works:
        doubtful = [s for s in work.sentences if s.translation and s.translation.flags]
        if doubtful:
            count = f"{len(doubtful)} of its sentences are" if len(doubtful) > 1 else "One of its sentences is"
            work.notices.append(
                Notice(
                    work.document.path,
                    "translation",
                    f"{count} doubtful in translation, for instance: “{short(doubtful[0].text)}” "
                    f"({'; '.join(doubtful[0].translation.flags if doubtful[0].translation else ())}).",
                    "Compare with the original, which stands beside each translated statement.",
                )
            )
