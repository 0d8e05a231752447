"""For whom else one speaks who is named: "Ana Lopes (Peru), speaking also on behalf of Chile, said"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.model import HolderKind
from digest.positions.names import Mention, holder_kind
from digest.positions.parsed import Parsed

_SPEAKING = re.compile(
    r"(?:(?<!not )\b(?:spoke|speaking|speaks)(?:,? also,?)? (?:(?:on|in) behalf of|for)|(?:^|, )(?:on|in) behalf of) "
    r"(?:the )?",
    re.IGNORECASE,
)
_FOR = re.compile(r"(?<=[\w)]), for (?:the )?")
"""Behind the name of a delegation, and before a comma."""


def spoken_for(parsed: Parsed) -> tuple[str, tuple[Mention, ...]]:
    """The words by which a sentence says so, and the states and organisations that it names behind them; none where
    it does not."""
    text = parsed.text
    for match in (*_SPEAKING.finditer(text), *_FOR.finditer(text)):
        if parsed.quoted[_token_at(parsed, match.start())]:
            continue
        first = next((one for one in parsed.mentions if one.start == match.end() and one.is_actor_name), None)
        if first is None:
            continue
        named = tuple(_enumerated(parsed, first))
        if match.re is _FOR and not (_are_no_states(named) and text[named[-1].end :].startswith(",")):
            continue
        return match[0].strip(" ,"), named
    return "", ()


def _token_at(parsed: Parsed, place: int) -> int:
    return next((token.i for token in parsed.tokens if token.idx + len(token.text) > place), 0)


def _are_no_states(named: tuple[Mention, ...]) -> bool:
    """ "Brazil, for Peru, is a friend": only for an organisation or a group of states one speaks so shortly."""
    return all(holder_kind(code) is not HolderKind.COUNTRY for mention in named for code in mention.codes)


def _enumerated(parsed: Parsed, first: Mention) -> Iterator[Mention]:
    """A name and those joined to it: "Chile, Peru and Bolivia"."""
    yield first
    end = first.end
    for mention in (one for one in parsed.mentions if one.start > first.start and one.is_actor_name):
        if not re.fullmatch(r"(?:,|,? and) (?:the )?", parsed.text[end : mention.start]):
            return
        yield mention
        end = mention.end
