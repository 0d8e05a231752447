"""Is a negation still in the translation?"""

from __future__ import annotations

import re

_NEGATION = {
    "en": re.compile(
        r"\b(?:not|no|never|none|nor|neither|nothing|nobody|without|cannot|\w+n['’]t|refus\w+|reject\w+)\b", re.I
    ),
    "pt": re.compile(r"\b(?:não|nunca|jamais|nem|nenhum\w*|nada|ninguém|sem)\b", re.I),
    "fr": re.compile(r"\b(?:n['’](?=\w)|(?:ne|pas|jamais|aucun\w*|sans|ni|rien|personne)\b)", re.I),
    "de": re.compile(r"\b(?:nicht|kein\w*|nie|niemals|ohne|nichts|niemand|weder)\b", re.I),
    "es": re.compile(r"\b(?:no|nunca|jamás|ni|ningún|ningun\w*|nada|nadie|sin|tampoco)\b", re.I),
    "it": re.compile(r"\b(?:non|mai|nessun\w*|niente|nulla|senza|né)\b", re.I),
}
# Words that carry a negation within them, so that its sign may go: "not allow" -> "forbid".
_INNER_NEGATION = re.compile(
    r"\b(?:un(?!i|der|til|cle)\w{4,}|non-?\w{4,}|dis(?:agree|allow|approv|miss|regard|satisf|trust)\w*|"
    r"(?:in|im)(?:abilit|accept|adequa|capab|compat|effective|evitab|suffic|toler|valid|visib|possib|practic|probab)\w*|"
    r"(?:illegal|illegit|irregular|irrelev|oppos|den[iy]|forbid|fail|lack|prevent|exclud|avoid|declin|absen)\w*|"
    r"ban(?:s|ned|ning)?|rul(?:ed?|es|ing) out|withh(?:eld|old\w*)|only|hardly|barely|scarcely|unless|until)\b",
    re.I,
)


def negation_lost(source: str, english: str, language: str) -> bool:
    """Whether the source denies something, and the English nothing."""
    negation = _NEGATION.get(language)
    return bool(
        negation
        and negation.search(source)
        and not (_NEGATION["en"].search(english) or _INNER_NEGATION.search(english))
    )
