"""The second step: the language of each paragraph, and the sentences with their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest import language, sentences
from digest.model import UNDETERMINED, Document, Language, Sentence
from digest.paragraphs import paragraphs
from digest.pipeline.work import Run, Work
from digest.store import key_of, rules_version


def detect_and_cut(run: Run, documents: Sequence[Document]) -> list[Work]:
    """Each document with its language and its sentences; furniture takes no part. A language that a document has
    already is the analyst's word."""
    works = []
    with run.progress.stage("Detecting", len(documents)) as advance:
        for document in documents:
            works.append(_cut(run, document))
            advance(1)
    return works


def _cut(run: Run, document: Document) -> Work:
    spans = paragraphs(document.text)
    bodies = [_without_furniture(document, start, end) for start, end in spans]
    whole, own = _languages(run, document, bodies)
    document = replace(document, language=whole)
    cut = sentences.split(document.text, document.furniture, whole.code)
    made = [
        Sentence(
            document.id,
            span.start,
            span.end,
            document.text[span.start : span.end],
            own[span.paragraph].code,
            span.paragraph,
        )
        for span in cut
    ]
    return Work(document, made)


def _languages(run: Run, document: Document, bodies: Sequence[str]) -> tuple[Language, list[Language]]:
    key = key_of(rules_version(), document.declared_language or "", *bodies)
    known = run.store.get("language", key)
    if known is None:
        whole, own = language.detect_document(bodies, document.declared_language)
        known = [[one.code, one.confidence] for one in (whole, *own)]
        run.store.put("language", [(key, known)], document.id)
    whole, *rest = (Language(code, confidence) for code, confidence in known)
    return _as_corrected(document.language, whole, rest)


def _as_corrected(given: Language, whole: Language, own: list[Language]) -> tuple[Language, list[Language]]:
    """The languages with the analyst's word for the document, where there is one, in place of what was found.

    What was found to be English within a foreign document stays so: nothing is told from other languages more surely.
    """
    if given.code == UNDETERMINED:
        return whole, own
    stays = {"en"} - {whole.code}
    return given, [one if one.code in stays else given for one in own]


def _without_furniture(document: Document, start: int, end: int) -> str:
    """A paragraph's text with its furniture left out: what language detection looks at."""
    kept, position = [], start
    for piece in document.furniture:
        if piece.end <= start or piece.start >= end:
            continue
        kept.append(document.text[position : max(position, piece.start)])
        position = max(position, min(piece.end, end))
    kept.append(document.text[position:end])
    return "".join(kept)
