"""The analyst's word on a corpus: read from the file beside it, with what this program calls holders and topics."""

from __future__ import annotations

from collections.abc import Sequence

from digest import corrections
from digest.corrections import Corrections
from digest.model import Topic
from digest.pipeline.work import Request
from digest.positions import names


def words_on(request: Request, topics: Sequence[Topic]) -> Corrections:
    """All corrections that hold for this corpus, which may name these topics. Raises ConfigError where their file has a
    slip."""
    return corrections.load(corrections.beside(request.corpus), holder_code, [topic.id for topic in topics])


def holder_code(name: str) -> str | None:
    """The code for what a person calls a holder; "ORG:Name" and "GROUP:Name" are codes themselves."""
    return names.code_of(name) or (name if name.startswith(("ORG:", "GROUP:")) else None)
