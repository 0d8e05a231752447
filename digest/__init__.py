"""digest: a folder of documents in any language in, a dated Word briefing by country out.

The public names are imported when first used, so `import digest` loads no torch, transformers, spaCy or python-docx.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from digest.config import Config, load_config
    from digest.errors import DigestError
    from digest.model import Brief, Document, Notice, Position
    from digest.pipeline import make_brief

_PUBLIC = {
    "Brief": "digest.model",
    "Config": "digest.config",
    "DigestError": "digest.errors",
    "Document": "digest.model",
    "Notice": "digest.model",
    "Position": "digest.model",
    "load_config": "digest.config",
    "make_brief": "digest.pipeline",
}

__all__ = ["Brief", "Config", "DigestError", "Document", "Notice", "Position", "load_config", "make_brief"]


def __getattr__(name: str) -> object:
    """Import a public name on first use."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'digest' has no attribute {name!r}")
    return getattr(importlib.import_module(_PUBLIC[name]), name)
