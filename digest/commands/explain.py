"""`explain ID`: why a position stands in the brief. No model is loaded."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from digest.commands.render import read_brief
from digest.errors import ReadError, UsageError
from digest.model import Brief, Document, Entry, Position, Source
from digest.preflight import DEFAULT_LIMITS
from digest.readers.guard import Guard

_WIDTH, _AROUND = 100, 400


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make_brief.py explain", description="Why a position stands in the brief: sentence, holder, cue, label."
    )
    parser.add_argument("id", metavar="ID", help="a position's id in the brief's JSON, or how it begins")
    parser.add_argument("--brief", type=Path, metavar="FILE.json", help="default: the newest in --out")
    parser.add_argument("--out", type=Path, default=Path("briefs"), metavar="DIR", help="results (default: briefs)")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="default: corpus")
    return parser


def run(arguments: Sequence[str]) -> int:
    """Print the explanation and return the exit code 0. Raises UsageError where there is no such brief or position."""
    options = _parser().parse_args(arguments)
    path = options.brief or newest(options.out)
    brief = read_brief(path)
    entry = find(brief, options.id, path)
    source = next(one for one in brief.sources if one.id == entry.position.sentence.document)
    print("\n".join(explanation(brief, entry, source, options.corpus)))
    return 0


def newest(folder: Path) -> Path:
    """The JSON of the newest brief in a folder, by name. Raises UsageError where there is none."""
    found = sorted(folder.glob("????-??-??-brief*.json"), key=lambda one: (one.name[:10], len(one.name), one.name))
    if not found:
        raise UsageError(f"There is no brief in {folder}. Make one first, or name its JSON with --brief.")
    return found[-1]


def find(brief: Brief, wanted: str, path: Path) -> Entry:
    """The one position whose id begins so. Raises UsageError where there is none, or several."""
    entries = [entry for holder in brief.holders for entry in holder.all_entries()]
    found = [entry for entry in entries if entry.position.id == wanted]
    found = found or [entry for entry in entries if entry.position.id.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(f"{path}: no position has the id '{wanted}'. The ids stand under \"positions\" in that file.")
    ids = ", ".join(entry.position.id for entry in found[:8])
    raise UsageError(f"{path}: several positions begin with '{wanted}': {ids}. Give more of the id.")


def explanation(brief: Brief, entry: Entry, source: Source, corpus: Path) -> Iterator[str]:
    """The lines of the explanation."""
    position = entry.position
    yield f"{position.holder_name}: {position.id} [{', '.join(entry.marks)}] {source.title} ({source.path})"
    yield ""
    yield from _wrapped(_context(position, source, corpus))
    if position.sentence.translation:
        yield ""
        yield from _wrapped(f"In English: {position.statement}")
    yield ""
    actor = position.actor
    spoken = ", ".join(part for part in (actor.name, actor.role) if part) if actor else "the holder as such"
    rows = (
        ("Holder", f"{position.holder_name} ({position.holder}), by {position.resolved_by}"),
        ("Speaker", spoken),
        ("Topic", _topic(brief, position)),
        ("Label", _label(position)),
        ("Cue", f"“{position.stance.cue}”" if position.stance and position.stance.cue else "none"),
        ("Earlier", _earlier(position)),
        ("Decided by", _decided(position)),
        ("Date", f"{position.said_on} (of the statement)" if position.said_on else "that of the document"),
        ("Doubts", "; ".join(position.sentence.translation.flags) if position.sentence.translation else ""),
        ("Same in", ", ".join(position.same_as)),
    )
    for label, text in rows:
        if text:
            yield from _wrapped(f"{label:<11} {text}", 12)


def _topic(brief: Brief, position: Position) -> str:
    topic = next((topic for topic in brief.topics if topic.id == position.topic), None)
    if topic is None:
        return "none that is followed"
    found = " (theme found by machine)" if topic.found else ""
    return f"{topic.name}{found}; nearness of the sentence {position.nearness:.2f}"


def _label(position: Position) -> str:
    label = position.stance.label.value if position.stance else "said, on no topic that is followed"
    if position.probability is None:
        return label
    what = "of this stance" if position.stance else "of a position"
    return f"{label} (probability {what} {position.probability:.2f})"


def _earlier(position: Position) -> str:
    past = position.past
    if past is None:
        return ""
    return f"{past.label.value}{f', {past.day}' if past.day else ''}, by “{past.cue}”; not where it stands today"


_BY = {
    "rules": "the rules over the parse",
    "classifier": "the classifier, over candidates that the parse proposes",
    "both": "the classifier and the rules, who agree",
}


def _decided(position: Position) -> str:
    return _BY.get(position.decided_by, position.decided_by)


def _context(position: Position, source: Source, corpus: Path) -> str:
    """The sentence between » and « in what stands around it in its document, if that is still there."""
    sentence = position.sentence
    document = _document(source, corpus)
    if document is None:
        return f"» {sentence.text} « (The document itself is not in {corpus}.)"
    before = document.text[max(0, sentence.start - _AROUND) : sentence.start]
    behind = document.text[sentence.end : sentence.end + _AROUND]
    left = "… " if sentence.start > _AROUND else ""
    right = " …" if sentence.end + _AROUND < len(document.text) else ""
    return f"{left}{before}» {sentence.text} «{behind}{right}"


def _document(source: Source, corpus: Path) -> Document | None:
    """The document of a source, read again as a run would; None where it is gone or has changed."""
    path = corpus / source.path
    if not path.is_file() or not path.resolve().is_relative_to(corpus.resolve()):
        return None
    try:
        with Guard(corpus, date.today(), DEFAULT_LIMITS) as guard:
            found = guard.read(path)
    except ReadError:
        return None
    return next((one for one in found if isinstance(one, Document) and one.id == source.id), None)


def _wrapped(text: str, indent: int = 0) -> list[str]:
    return textwrap.wrap(" ".join(text.split()) if not indent else text, _WIDTH, subsequent_indent=" " * indent)
