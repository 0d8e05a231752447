"""Before the positions, where the configuration names no topics: what the documents are about.

Documents are read, cut and translated as for their positions, which then find all of that in the store. What the search
for themes needs of a document is kept, so that a run over known documents opens none of them and loads no model.
"""

from __future__ import annotations

from collections.abc import Sequence

from digest.config import Config
from digest.engines import signatures
from digest.model import Notice, Topic
from digest.pipeline.batches import batches_of, loaded
from digest.pipeline.cutting import detect_and_cut
from digest.pipeline.reading import Corpus, Listed
from digest.pipeline.translating import route_key, translate_all
from digest.pipeline.work import Progress, Run, Work
from digest.positions import themes
from digest.store import key_of, rules_version

FIRST = 200
"""Sentences of a document that are looked at: what it is about stands there."""

_KIND = "outline"


def find_themes(
    corpus: Corpus, listed: Sequence[Listed], run: Run, known: Sequence[Topic]
) -> tuple[tuple[Topic, ...], tuple[Notice, ...]]:
    """The themes of these documents, and what there is to tell. `known` are those of earlier issues, which stay while
    the documents speak of them."""
    keys = {one.id: key_of(_settings_key(run.config), one.id, one.path, one.state) for one in listed}
    outlines: dict[str, themes.Outline] = {}
    new = []
    for one in listed:
        outline = _recall(run, keys[one.id])
        if outline is None:
            new.append(one)
        else:
            outlines[one.id] = outline
    for batch in batches_of(new):
        works = detect_and_cut(run, loaded(corpus, batch, []))  # what cannot be read is told with the positions
        translate_all(run, works)
        with run.progress.stage("Looking for themes", len(works)) as advance:
            for work in works:
                outlines[work.document.id] = _outline(run, work, keys[work.document.id])
                advance(1)
    found = themes.find([outlines[one.id] for one in listed if one.id in outlines], known)
    return found, tuple(run.told)


def _settings_key(config: Config) -> str:
    return key_of(rules_version(), signatures.spacy_small().key(), repr(config.translation.glossary))


def _recall(run: Run, key: str) -> themes.Outline | None:
    """What is kept of a document, unless a language that it met would take another way into English today."""
    kept = run.store.get(_KIND, key)
    if kept is None or any(route_key(run, code) != taken for code, taken in kept["routes"]):
        return None
    return tuple(tuple(phrases) for phrases in kept["phrases"])


def _outline(run: Run, work: Work, key: str) -> themes.Outline:
    texts = [sentence.english or "" for sentence in work.english[:FIRST]]
    outline = themes.outline(run.models.parser.tag(texts)) if texts else ()
    codes = sorted({sentence.language for sentence in work.sentences} - {"en"})
    kept = {"routes": [[code, route_key(run, code)] for code in codes], "phrases": outline}
    run.store.put(_KIND, [(key, kept)], work.document.id)
    return outline


__all__ = ["FIRST", "Progress", "find_themes"]
