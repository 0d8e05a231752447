"""Which documents of the corpus an issue covers.

A period is asked for by date of publication. Without one, an issue covers what no earlier issue has covered: so a
document that arrives late is in the next issue, whatever its date, and none is lost between two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.issues import PastIssue
from digest.model import Notice
from digest.pipeline.reading import Listed
from digest.pipeline.work import Request


@dataclass(frozen=True, slots=True)
class Chosen:
    """The documents of an issue, and what the reader must know of the choice."""

    documents: tuple[Listed, ...]
    notices: tuple[Notice, ...] = ()


def choose(listed: Sequence[Listed], request: Request, past: Iterable[PastIssue]) -> Chosen:
    """The documents that the request means; () where none is dated within the period asked for."""
    if request.only is not None:
        return _again_of(listed, request.only)
    if request.since or request.until:
        return Chosen(tuple(one for one in listed if _in_period(one, request)))
    before = [issue for issue in past if issue.issued < request.issued]
    if request.everything or not before:
        return Chosen(tuple(listed))
    covered = {identity for issue in before for identity in issue.documents}
    new = tuple(one for one in listed if one.id not in covered)
    if new:
        return Chosen(new, _late(new, before[-1]))
    return _again(listed, before[-1])


def _again_of(listed: Sequence[Listed], only: frozenset[str]) -> Chosen:
    """The documents of an issue that is made again, and a word on those that are gone."""
    found = tuple(one for one in listed if one.id in only)
    gone = len(only) - len({one.id for one in found})
    if not gone:
        return Chosen(found)
    if gone == 1:
        reason = "This issue was made again, and one of its documents is no longer in the corpus as it was."
    else:
        reason = f"This issue was made again, and {gone} of its documents are no longer in the corpus as it was."
    return Chosen(found, (Notice("", "period", reason, "Put the files back into the folder and make it again."),))


def _in_period(one: Listed, request: Request) -> bool:
    """Undated documents are in unless they were asked to be left out: leaving one out on a guess loses it."""
    if one.published is None:
        return request.undated
    return (request.since is None or one.published >= request.since) and (
        request.until is None or one.published <= request.until
    )


def _late(new: Sequence[Listed], last: PastIssue) -> tuple[Notice, ...]:
    """A word on each document that an earlier issue would have covered, had it been there."""
    return tuple(
        Notice(
            one.path,
            "period",
            f"It is dated {one.published:%Y-%m-%d}, before the last issue ({last.issued:%Y-%m-%d}), and came in since.",
            "Nothing: it is in this issue, since no earlier one has it.",
        )
        for one in new
        if one.published and one.published < last.issued
    )


def _again(listed: Sequence[Listed], last: PastIssue) -> Chosen:
    """With nothing new, the documents of the last issue again; all of the corpus where none of them is left."""
    same = tuple(one for one in listed if one.id in last.documents)
    reason = f"Nothing has come in since issue {last.number} of {last.issued:%Y-%m-%d}: this one covers the same"
    advice = "Put new documents into the folder, or ask for a period with --since and --until."
    notice = Notice("", "period", f"{reason} documents again." if same else f"{reason} corpus again.", advice)
    return Chosen(same or tuple(listed), (notice,))
