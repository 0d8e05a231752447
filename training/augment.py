"""Variations of examples that keep their labels, so that neither names nor the wording of a topic decide."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from digest.model import HolderKind
from digest.positions.names import DocumentNames, Form, Mention, country_codes, find_mentions, holder_kind, name_in_form
from training.examples import Example, reversed_of
from training.form import LABELS

RENAMED, ANOTHER_TOPIC, WORDED_OTHERWISE, FEATURES_LOST, REVERSED, ALONE = 0.5, 0.06, 0.3, 0.15, 0.35, 0.5
_WORDINGS = ("the {}", "{}", "plan: {}", "the question of {}", "proposal for {}", "whether to agree to {}")
_NONE, _OTHER = LABELS.index("-"), LABELS.index("X")


def varied(example: Example, topics: Sequence[str], chance: random.Random) -> Example:
    """The example under the opposite topic, with its states renamed, its topic worded otherwise or replaced, its
    features lost, or without the sentence before where it can do without, by chance.

    Under a foreign topic a position is one on another matter. Under the opposite topic the features are lost: the rules
    know the direction of a phrase, not that of a topic, and an analyst's topics are more often those of the corpus than
    their reverse, so that what the rules see should go on to count.
    """
    turned = reversed_of(example) if chance.random() < REVERSED else None
    example = turned or example
    if chance.random() < RENAMED:
        example = renamed(example, chance)
    topic, holder, previous = example.case.before.split(" | ", 2)
    if chance.random() < ANOTHER_TOPIC:
        topic = chance.choice(topics)
        moved = [0.0] * len(LABELS)
        moved[_NONE], moved[_OTHER] = example.target[_NONE], 1 - example.target[_NONE]
        example = replace(example, target=tuple(moved))
    elif chance.random() < WORDED_OTHERWISE:
        topic = chance.choice(_WORDINGS).format(topic)
    if not example.leaning and chance.random() < ALONE:
        previous = ""
    features = example.case.features
    if turned is not None or chance.random() < FEATURES_LOST:
        features = (0.0,) * len(features)
    return replace(example, case=replace(example.case, before=f"{topic} | {holder} | {previous}", features=features))


def renamed(example: Example, chance: random.Random) -> Example:
    """The example with every state in it exchanged for another, in the same form of its name."""
    swap: dict[str, str] = {}
    case = example.case
    texts = [_renamed(text, swap, chance) for text in (case.text, case.before)]
    return replace(example, case=replace(case, text=texts[0], before=texts[1]))


def _renamed(text: str, swap: dict[str, str], chance: random.Random) -> str:
    parts, at = [], 0
    for mention in find_mentions(text, DocumentNames.of("")):
        word = _other_name(mention, swap, chance)
        if word is not None:
            parts += [text[at : mention.start], word]
            at = mention.end
    return "".join((*parts, text[at:]))


def _other_name(mention: Mention, swap: dict[str, str], chance: random.Random) -> str | None:
    if len(mention.codes) != 1 or holder_kind(mention.codes[0]) is not HolderKind.COUNTRY:
        return None
    if mention.form not in (Form.NAME, Form.ADJECTIVE, Form.CAPITAL):
        return None
    other = swap.setdefault(mention.codes[0], chance.choice(country_codes()))
    name = name_in_form(other, mention.form)
    plural = mention.form is Form.ADJECTIVE and mention.text.endswith("s") and not mention.text.endswith("ss")
    return f"{name}s" if name and plural and not name.endswith(("s", "h", "e")) else name
