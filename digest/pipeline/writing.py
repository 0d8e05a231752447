"""The last step: what was found becomes a brief, and the brief two files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from digest import briefjson, compose, corrections, framedata, issues, outfile
from digest.changes import Past
from digest.compose import Frame
from digest.config import Config
from digest.corrections import Corrections
from digest.errors import OutputError
from digest.frozen import FrozenError, freeze, thaw
from digest.issues import PastIssue
from digest.model import Brief, Notice, Position
from digest.pipeline.batches import Processed
from digest.pipeline.work import Request, Tally
from digest.positions import names
from digest.store import Store, code_version, key_of

_KIND = "written"


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a brief is made of. Where two plans have one key, they give the same two files."""

    made: Processed
    frame: Frame
    notices: tuple[Notice, ...]
    template: Path

    def key(self) -> str:
        """A hash of everything that goes into the files, the program itself included."""
        looks = hashlib.sha256(self.template.read_bytes()).hexdigest()
        settings = self.template.with_suffix(".toml")
        beside = settings.read_text(encoding="utf-8") if settings.is_file() else ""
        return key_of(code_version("digest"), self.made.state, repr(self.frame), repr(self.notices), looks, beside)


def frame_of(
    request: Request, config: Config, codes: tuple[str, ...], past: Sequence[PastIssue], words: Corrections
) -> Frame:
    """What the brief is called and covers, numbered after the issues that lie in the folder of results."""
    number, previous = issues.number_for(request.issued, past)
    return Frame(
        title=config.brief.title,
        issued=request.issued,
        issue=number,
        previous=previous,
        period=(request.since, request.until),
        classification=config.brief.classification,
        author=config.brief.author,
        template=request.template.name,
        language=config.brief.language,
        topics=config.topics,
        countries=codes,
        past=_corrected(history_of(issues.before(request.issued, past)), words),
        hidden=words.hidden,
    )


def by_hand(made: Processed, words: Corrections, in_corpus: Iterable[str]) -> tuple[Processed, tuple[Notice, ...]]:
    """What came of the documents with the analyst's word in place of the program's, and what the reader must know."""
    digested, notices = corrections.corrected(made.digested, words, in_corpus, names.holder_name)
    return replace(made, digested=digested, state=key_of(made.state, repr(words))), notices


def compose_brief(plan: Plan) -> Brief:
    """The brief of these documents."""
    made, frame = plan.made, plan.frame
    spoken = {position.holder for one in made.digested for position in one.positions}
    held = spoken | set(frame.countries) | {one.holder for one in frame.past.statements}
    frame = replace(frame, own_names={code: names.forms_of(code) for code in spoken})
    kinds = {code: names.holder_kind(code) for code in held}
    called = {code: framedata.holder_name(names.holder_name(code), frame.language) for code in held}
    return compose.compose(made.digested, frame, made.engines, plan.notices, kinds, called)


def recall(store: Store, plan: Plan, request: Request) -> tuple[Tally, Path, Path] | None:
    """What an earlier run wrote from the same plan, if its two files still lie there as they were."""
    data = store.get_bytes(_KIND, key_of(plan.key(), str(request.out.resolve())))
    try:
        known = thaw(data, Tally) if data else None
    except FrozenError:
        return None
    if known is None:
        return None
    tally, *written = known
    paths = [request.out / name for name, _ in written]
    same = all(_hash_of(path) == state for path, (_, state) in zip(paths, written, strict=True))
    return (tally, paths[0], paths[1]) if same else None


def remember(store: Store, plan: Plan, request: Request, tally: Tally, paths: Sequence[Path]) -> None:
    """Note what was written, for `recall`."""
    written = [(path.name, _hash_of(path)) for path in paths]
    store.put_bytes(_KIND, [(key_of(plan.key(), str(request.out.resolve())), freeze((tally, *written)))])


def _hash_of(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def history_of(issues_before: Sequence[PastIssue]) -> Past:
    """What these issues, oldest first, have printed."""
    statements = tuple(one for issue in issues_before for one in issue.statements)
    heard = tuple(sorted({pair for issue in issues_before for pair in issue.heard}))
    return Past(statements, heard, issues_before[-1].number if issues_before else None)


def _corrected(past: Past, words: Corrections) -> Past:
    return replace(past, statements=corrections.remembered(past.statements, words))


def write(brief: Brief, also: tuple[Position, ...], request: Request, store: Store) -> tuple[Path, Path]:
    """Write the brief and its JSON under one name; an issue that is there already stays, unless `force` is asked for.

    Where the same brief (the same bytes) lies there already, nothing is written. `also` are the positions merged into
    others, for the JSON; pictures drawn before are taken from `store`. Raises OutputError, and then neither of the two
    files is left.
    """
    from digest.pipeline import pictures
    from digest.word import render

    data = render.render(brief, request.template, pictures.kept_in(store))
    beside = briefjson.to_json(brief, also)
    outfile.make_folder(request.out)
    name = f"{brief.issued:%Y-%m-%d}-brief"
    if request.force:
        return _replaced(request.out / f"{name}.docx", data, beside)
    for path in sorted({one.with_suffix(".docx") for one in request.out.glob(f"{name}*")}):
        pair = {path: data, path.with_suffix(".json"): beside}
        there = [one for one in pair if one.exists()]
        if there and all(_same_there(one, pair[one]) for one in there):
            for one in pair.keys() - there:  # a run was killed between the two
                outfile.write_bytes(one, pair[one], overwrite=False)
            return path, path.with_suffix(".json")
    docx = outfile.write_bytes(outfile.free_name(request.out / f"{name}.docx", (".json",)), data, overwrite=False)
    try:
        return docx, outfile.write_bytes(docx.with_suffix(".json"), beside, overwrite=False)
    except (OutputError, KeyboardInterrupt):
        docx.unlink(missing_ok=True)
        raise


def _replaced(target: Path, data: bytes, beside: bytes) -> tuple[Path, Path]:
    """Put both files in place of those of that name: both are written whole beforehand, so that none is lost.

    A brief that Word holds open cannot be replaced: both files then get the next free name.
    """
    staged = [target.with_name(f".{target.stem}-new{ending}") for ending in (".docx", ".json")]
    try:
        for path, content in zip(staged, (data, beside), strict=True):
            outfile.write_bytes(path, content, overwrite=True)
        try:
            staged[0].replace(target)
        except PermissionError:
            target = outfile.free_name(target, (".json",))
            staged[0].replace(target)
        return target, staged[1].replace(target.with_suffix(".json"))
    except OSError as error:
        raise OutputError(f"{target} could not be replaced ({error}). Close it and run again.") from error
    finally:
        for path in staged:
            path.unlink(missing_ok=True)


def _same_there(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
