"""The pictures of a brief, drawn once: an issue with nothing new prints those of the one before."""

from __future__ import annotations

from importlib.metadata import version

from digest.store import Store, code_version, key_of
from digest.word import drawing

_KIND = "picture"
_DRAWN_WITH = ("matplotlib", "pillow")
"""The packages on which the bytes of a picture depend."""


def kept_in(store: Store) -> drawing.Draw:
    """Draws a picture that `store` does not have, and keeps it there; the same bytes as without it."""

    def draw(plan: drawing.Plan) -> bytes:
        key = key_of(code_version("digest"), *map(version, _DRAWN_WITH), repr(plan))
        data = store.get_bytes(_KIND, key)
        if data is None:
            data = drawing.draw(plan)
            store.put_bytes(_KIND, [(key, data)])
        return data

    return draw
