"""The last step: what was found becomes a brief, and the brief two files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from digest import briefjson, compose, framedata, issues, outfile
from digest.compose import Frame
from digest.config import Config
from digest.errors import OutputError
from digest.issues import PastIssue
from digest.model import Brief, Notice, Position
from digest.pipeline.batches import Processed
from digest.pipeline.work import Request
from digest.positions import names


def compose_brief(
    request: Request,
    config: Config,
    codes: tuple[str, ...],
    made: Processed,
    notices: Sequence[Notice],
    past: Sequence[PastIssue],
) -> Brief:
    """The brief of these documents, numbered after the issues that lie in the folder of results."""
    number, previous = issues.number_for(request.issued, past)
    last = issues.last_before(request.issued, past)
    frame = Frame(
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
        stood=last.stances if last else {},
    )
    held = {position.holder for one in made.digested for position in one.positions} | set(codes)
    kinds = {code: names.holder_kind(code) for code in held}
    language = config.brief.language
    called = {code: framedata.holder_name(names.holder_name(code), language) for code in held}
    return compose.compose(made.digested, frame, made.engines, notices, kinds, called)


def write(brief: Brief, also: tuple[Position, ...], request: Request) -> tuple[Path, Path]:
    """Write the brief and its JSON under one name; an issue that is there already is left as it is.

    Where the same brief (the same bytes) lies there already, nothing is written. `also` are the positions merged into
    others, for the JSON. Raises OutputError, and then neither of the two files is left.
    """
    from digest.word import render

    data, beside = render.render(brief, request.template), briefjson.to_json(brief, also)
    outfile.make_folder(request.out)
    name = f"{brief.issued:%Y-%m-%d}-brief"
    for path in sorted(request.out.glob(f"{name}*.docx")):
        if not _same_there(path, data):
            continue
        if _same_there(path.with_suffix(".json"), beside):
            return path, path.with_suffix(".json")
        if not path.with_suffix(".json").exists():  # a run was killed between the two
            return path, outfile.write_bytes(path.with_suffix(".json"), beside, overwrite=False)
    docx = outfile.write_bytes(outfile.free_name(request.out / f"{name}.docx", (".json",)), data, overwrite=False)
    try:
        return docx, outfile.write_bytes(docx.with_suffix(".json"), beside, overwrite=False)
    except (OutputError, KeyboardInterrupt):
        docx.unlink(missing_ok=True)
        raise


def _same_there(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
