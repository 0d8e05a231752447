"""The two detectors: langdetect (55 languages) and py3langid (139), asked for shares between 0 and 1.

langdetect draws chances, so it is seeded; it is sure of itself on languages that it does not know (Armenian comes out
as Estonian with 0.99999), so it has a say only between languages that it knows. Both want lower case.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

from digest.language import facts

FIRST_WEIGHT = 0.2
"""What langdetect's share counts beside py3langid's: on single sentences it is by far the weaker of the two."""

_TRIALS = 2
"""Of langdetect's draws: its own 7 take three times as long and change nothing."""

_FIRST_SAMPLE = 200
"""Characters that langdetect reads: it takes 6 microseconds for each, and later ones change nothing."""


def ask(text: str) -> dict[str, float]:
    """The share of each likely language in one text, in lower case; shares add up to 1, or to 0 where none is known."""
    shares = _second(text)
    if not shares:
        return shares
    known = _known_to_first()
    leading = sorted(shares, key=lambda code: -shares[code])[:2]
    if all(code in known for code in leading):
        first = _first(text)
        for code in {*shares, *first} if first else ():
            shares[code] = (shares.get(code, 0.0) + FIRST_WEIGHT * first.get(code, 0.0)) / (1 + FIRST_WEIGHT)
    return shares


def _first(text: str) -> dict[str, float]:
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    detector.n_trial = _TRIALS
    detector.append(text[:_FIRST_SAMPLE])
    shares: dict[str, float] = defaultdict(float)
    try:
        for found in detector.get_probabilities():
            shares[facts.name_of(found.lang)] += found.prob
    except LangDetectException:  # "No features in text": nothing that its profiles know
        pass
    return dict(shares)


def _second(text: str) -> dict[str, float]:
    shares: dict[str, float] = defaultdict(float)
    for label, share in _identifier().rank(text):
        if share < 0.001:
            break
        shares[facts.name_of(label)] += share
    return dict(shares)


@cache
def _factory() -> Any:
    """langdetect's profiles, loaded once (0.3 s), with the seed that makes its answers repeatable."""
    from langdetect import DetectorFactory
    from langdetect.detector_factory import PROFILES_DIRECTORY

    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    factory.seed = 0
    return factory


@cache
def _known_to_first() -> frozenset[str]:
    return frozenset(facts.name_of(code) for code in _factory().get_lang_list())


@cache
def _identifier() -> Any:
    """py3langid's model, loaded once (0.5 s, 110 MB), that answers with shares."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
