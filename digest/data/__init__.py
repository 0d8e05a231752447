"""Facts: names of states and organisations, offices, cue words, routes. Each file says where its facts are from."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def load(name: str) -> dict[str, Any]:
    """The table of a data file, such as "cues.toml", read anew: callers keep what they make of it."""
    return tomllib.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"))
