"""The JSON beside the brief, schema 1: everything in the brief, for other programs, the next issue and tests.

Dates are ISO 8601, languages BCP 47, countries ISO 3166-1 alpha-2; offsets count characters of the document's text.
`from_json` makes the same brief of it again, so that an analyst can edit the file and render it anew. Engines that made
a sentence are noted as their place in `engines` and, behind these, `other_engines`, counted from 0.
"""

from __future__ import annotations

from digest.briefjson.reading import from_json
from digest.briefjson.schema import SCHEMA
from digest.briefjson.writing import to_json

__all__ = ["SCHEMA", "from_json", "to_json"]
