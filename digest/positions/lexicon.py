"""The word lists of `digest/data/titles.toml`, `cues.toml` and `wordings.toml`, as sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from digest import data

if TYPE_CHECKING:
    from spacy.tokens import Token

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Titles:
    """Offices and bodies. All words in lower case but `times`. `own`: offices of one state alone, with its code;
    `often`: offices that are mostly one organisation's; `only`: those that no other has."""

    person: Words
    collective: Words
    body: Words
    public: Words
    services: Words
    matters: Words
    directing: Words
    no_state: Words
    former: Words
    parties: Words
    trades: Words
    portfolio: Words
    particles: Words
    times: Words
    colleagues: Words
    abroad: Words
    own_bodies: Words
    servants: Words
    of_states: Words
    never_bare: Words
    at_home: Words
    own: Mapping[str, str]
    often: Mapping[str, str]
    only: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cues:
    """Words that show a position, as lemmas."""

    speech: Words
    attitude: Words
    deed: Words
    predicate: Words
    phrasal: Words
    objects: Words
    attitude_nouns: Words
    held: Words
    by_whom: Words
    light: Words
    copulas: Words
    author_adjectives: Words
    author_modals: Words
    supports: Words
    opposes: Words
    thinking: Words
    clause_only: Words
    source_nouns: Words
    source_phrases: Words
    doubted: Words
    heard: Words
    guessing: Words
    scholars: Words
    from_whom: Words
    causative: Words
    stances: Words


@cache
def titles() -> Titles:
    """The offices, read once."""
    table = data.load("titles.toml")
    plurals = {plural(word) for word in table["person"]}
    return Titles(
        person=frozenset(table["person"]),
        collective=frozenset(table["collective"]) | plurals,
        body=frozenset(table["body"]) | {plural(word) for word in table["body"] if word not in table["counted"]},
        public=frozenset(table["public"]) | {plural(word) for word in table["public"]},
        services=frozenset(table["services"]),
        matters=frozenset(table["matters"]),
        directing=frozenset(table["directing"]),
        no_state=frozenset(table["no_state"]) | {plural(word) for word in table["no_state"]},
        former=frozenset(table["former"]),
        parties=frozenset(table["parties"]),
        trades=frozenset(table["trades"]),
        portfolio=frozenset(table["portfolio"]),
        particles=frozenset(table["particles"]),
        times=frozenset(table["times"]),
        colleagues=frozenset(table["colleagues"]),
        abroad=frozenset(table["abroad"]),
        own_bodies=frozenset(table["own_bodies"]),
        servants=frozenset(table["servants"]),
        of_states=frozenset(table["of_states"]),
        never_bare=frozenset(table["never_bare"]),
        at_home=frozenset(table["at_home"]),
        own=table["own"],
        often=table["often"],
        only=table["only"],
    )


@cache
def cues() -> Cues:
    """The cue words, read once."""
    table = data.load("cues.toml")
    stance = table["stance"]
    return Cues(
        speech=frozenset(table["speech"]["verbs"]),
        attitude=frozenset(table["attitude"]["verbs"]),
        deed=frozenset(table["deed"]["verbs"]),
        phrasal=frozenset(table["phrasal"]["opposes"]) | frozenset(table["phrasal"]["supports"]),
        predicate=frozenset(table["predicate"]["words"]),
        objects=frozenset(table["nouns"]["objects"]),
        attitude_nouns=frozenset(table["nouns"]["attitudes"]),
        held=frozenset(table["nouns"]["held"]),
        by_whom=frozenset(table["nouns"]["by_whom"]),
        light=frozenset(table["light"]["verbs"]),
        copulas=frozenset(table["light"]["copulas"]),
        author_adjectives=frozenset(table["author"]["adjectives"]),
        author_modals=frozenset(table["author"]["modals"]),
        supports=frozenset(stance["supports"]),
        opposes=frozenset(stance["opposes"]),
        thinking=frozenset(table["attribution"]["thinking"]),
        clause_only=frozenset(table["attribution"]["clause_only"]),
        source_nouns=frozenset(table["attribution"]["nouns"]),
        source_phrases=frozenset(table["attribution"]["phrases"]),
        doubted=frozenset(table["told"]["doubted"]),
        heard=frozenset(table["told"]["heard"]),
        guessing=frozenset(table["told"]["guessing"]),
        scholars=frozenset(table["told"]["scholars"]),
        from_whom=frozenset(table["told"]["from_whom"]),
        causative=frozenset(table["told"]["causative"]),
        stances=frozenset(table["nouns"]["stances"]),
    )


@cache
def irregular() -> Mapping[str, str]:
    """Irregular forms of verbs, each with its verb: "said", "say"."""
    table: dict[str, str] = data.load("cues.toml")["irregular"]
    return table


@cache
def wording(name: str) -> Words:
    """A list of `wordings.toml` by its part and its name in it: "silence.comment"."""
    part, _, name = name.partition(".")
    return frozenset(_wordings()[part][name])


@cache
def _wordings() -> Mapping[str, Mapping[str, list[str]]]:
    return data.load("wordings.toml")


@cache
def _forms() -> dict[str, str]:
    """Every form of the cue verbs -> the verb: the parser's own lemmas are wrong for some ("hopes": "hop")."""
    lexicon = cues()
    verbs = lexicon.speech | lexicon.attitude | lexicon.deed | lexicon.light | lexicon.copulas
    verbs |= lexicon.thinking
    forms = {form: verb for verb in sorted(verbs) for form in inflections(verb)}
    return forms | {form: verb for form, verb in irregular().items() if verb in verbs}


def inflections(verb: str) -> tuple[str, ...]:
    """The regular forms of an English verb, those with a doubled consonant too ("back" -> "backs", "backed" ...)."""
    third = plural(verb)
    if verb.endswith("e"):
        return verb, third, verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb, third, verb[:-1] + "ied", verb + "ing"
    doubled = verb + verb[-1]
    return verb, third, verb + "ed", verb + "ing", doubled + "ed", doubled + "ing"


def lemma(token: Token) -> str:
    """The verb of a token: from our own table of forms, else the parser's lemma, in lower case."""
    word = token.lower_
    if token.pos_ in ("VERB", "AUX") and word in _forms():
        return _forms()[word]
    return str(token.lemma_).lower()


def plural(word: str) -> str:
    """The regular plural of an office ("ministry" -> "ministries", "spokesman" -> "spokesmen")."""
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith("person"):
        return word[:-6] + "people"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "sh", "ch", "x")):
        return word + "es"
    return word + "s"
