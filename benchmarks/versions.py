"""The versions that are compared: the rules over the parse, the classifier by the words alone, and both together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from digest import pipeline
from digest.engines import Case, Judge, Pieces, weighed


class Version(StrEnum):
    """Who decides what is a position, and which."""

    PARSE = "parse"
    MODEL = "model"
    JOINT = "joint"


class RulesAlone(pipeline.Models):
    """The engines without the classifier."""

    @cached_property
    def judge(self) -> Judge | None:
        """None: the rules decide."""
        return None


class WordsAlone:
    """The classifier without the answers of the rules."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self.signature = judge.signature

    def probabilities(self, cases: Sequence[Case]) -> NDArray[np.float32]:
        """As the classifier's, each case with its features taken away."""
        return self._judge.probabilities(_blind(cases))

    def weighed(
        self, cases: Sequence[Case], pieces: Pieces
    ) -> tuple[NDArray[np.float32], dict[int, NDArray[np.float32]]]:
        """As the classifier's, likewise."""
        return weighed(self._judge, _blind(cases), pieces)


def _blind(cases: Sequence[Case]) -> list[Case]:
    # Exactly: where cases leave early, the answers of the rules have a say.
    return [replace(case, features=(0.0,) * len(case.features), needed=0.0) for case in cases]


class ModelAlone(pipeline.Models):
    """The engines with the classifier looking at words alone."""

    @cached_property
    def judge(self) -> Judge | None:
        """The classifier, blindfolded to the rules."""
        judge = pipeline.Models().judge
        return WordsAlone(judge) if judge is not None else None


def models_of(version: Version) -> pipeline.Models:
    """Fresh engines for a version."""
    return {Version.PARSE: RulesAlone, Version.MODEL: ModelAlone, Version.JOINT: pipeline.Models}[version]()
