"""The sections of a brief, each made by one function from the brief to blocks.

`SECTIONS` is the order of the standard brief. A section's name is what a template calls it by.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from digest.word.blocks import Block
from digest.word.context import Context
from digest.word.sections.bottom_line import bottom_line
from digest.word.sections.changes import changes
from digest.word.sections.chart import chart
from digest.word.sections.contents import contents
from digest.word.sections.gaps import gaps
from digest.word.sections.holders import holders
from digest.word.sections.masthead import masthead
from digest.word.sections.matrix import matrix
from digest.word.sections.method import method
from digest.word.sections.sources import sources
from digest.word.sections.summaries import summaries
from digest.word.sections.timelines import timelines

Section = Callable[[Context], list[Block]]

SECTIONS: Mapping[str, Section] = {
    "masthead": masthead,
    "bottom_line": bottom_line,
    "contents": contents,
    "changes": changes,
    "matrix": matrix,
    "chart": chart,
    "countries": holders,
    "timeline": timelines,
    "summaries": summaries,
    "gaps": gaps,
    "method": method,
    "sources": sources,
}


def standard_body(context: Context, order: Sequence[str] = tuple(SECTIONS)) -> list[Block]:
    """The sections named, all in the order of the standard brief without names: what stands for `{{ brief }}`."""
    return [block for name in order for block in SECTIONS[name](context)]
