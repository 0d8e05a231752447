"""A sentence with everything that the rules look at: its parse, its mentions, and what stands in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.model import Sentence
from digest.positions.contrast import left_out, wings
from digest.positions.gapping import Gap, gaps
from digest.positions.lexicon import titles, wording
from digest.positions.names import DocumentNames, Form, Mention, find_mentions

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

DASHES = ("-", "–", "—")
"""What a line of dialogue may begin with."""
SUBJECTS = ("nsubj", "nsubjpass")
"""What the parse calls the subject of a verb, where it is a noun."""

_PAIRS = {"“": "”", "«": "»", "„": "“”", "‘": "’", '"': '"'}


@dataclass(slots=True)
class Parsed:
    """One sentence. `text` and `tokens` are those of `doc`, which makes both anew whenever it is asked.

    `quoted[i]` tells whether token i stands inside quotation marks; `mention_of[i]` what it names.

    `left_open` tells that its quotation is not closed at its end.

    `doubtful` are names of states that the parse takes for the end of a person's name ("Plucky Albania"): they stand
    among the mentions as blocked, and only what judges by meaning may look at them.

    `left_out` are the tokens of those of whom the sentence does not say what it says ("not Ghana but Togo").

    `gaps` are clauses whose verb is that of the clause before ("Togo the ban").
    """

    sentence: Sentence
    doc: Doc
    mentions: tuple[Mention, ...]
    quoted: tuple[bool, ...]
    mention_of: dict[int, Mention]
    doubtful: tuple[Mention, ...] = ()
    left_open: bool = False
    left_out: frozenset[int] = frozenset()
    gaps: tuple[Gap, ...] = ()
    text: str = field(init=False)
    tokens: tuple[Token, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.text, self.tokens = self.doc.text, tuple(self.doc)

    @property
    def all_quoted(self) -> bool:
        """Whether every word of the sentence stands inside quotation marks."""
        words = [index for index, token in enumerate(self.tokens) if token.is_alpha]
        return bool(words) and all(self.quoted[index] for index in words)

    @property
    def is_dashed(self) -> bool:
        """Whether the sentence begins with a dash, as lines of dialogue do."""
        text: str = self.text
        return text.lstrip().startswith(DASHES)

    @property
    def is_question(self) -> bool:
        """Whether the sentence itself (not a quotation in it) asks."""
        text = self.text.rstrip()
        return text.endswith("?") or (text.endswith(('?"', "?”", "?»")) and self.all_quoted)

    @property
    def name_alone(self) -> Mention | None:
        """The one state or organisation of which a sentence is the mere name: "Norland." at the head of a paragraph."""
        if len(self.mentions) != 1:
            return None
        (mention,) = self.mentions
        around = f"{self.text[: mention.start]}{self.text[mention.end :]}"
        bare = not any(map(str.isalnum, re.sub(r"^\W*[Tt]he\s", "", around)))
        return mention if bare and mention.is_actor_name else None

    def tokens_of(self, mention: Mention) -> list[Token]:
        """The tokens that a mention covers."""
        return [token for token in self.tokens if mention.start <= token.idx < mention.end]


def make(sentences: Sequence[Sentence], docs: Iterable[Doc], names: DocumentNames) -> list[Parsed]:
    """Join sentences with their parses. Quotation marks are followed through each paragraph."""
    parsed: list[Parsed] = []
    open_mark, paragraph = "", -1
    for sentence, doc in zip(sentences, docs, strict=True):
        if sentence.paragraph != paragraph:
            open_mark, paragraph = "", sentence.paragraph
        inside, open_mark = quote_mask(doc.text, open_mark)
        every = find_mentions(doc.text, names)
        mentions = tuple(_without_persons(every, doc))
        covered = {
            token.i: mention for mention in mentions for token in doc if mention.start <= token.idx < mention.end
        }
        quoted = tuple(inside[token.idx] for token in doc)
        doubtful = tuple(_doubtful(every, mentions, doc.text))
        apart = left_out(doc, covered) | wings(doc, covered)
        parsed.append(
            Parsed(sentence, doc, mentions, quoted, covered, doubtful, bool(open_mark), apart, gaps(doc, covered))
        )
    return parsed


_BETWEEN = re.compile(r"^\s*(?:,|;|and|or|&|both|as well as|the|, and|, or)(?:\s+(?:and|or|the|both))*\s*$", re.I)


def run_of_names(parsed: Parsed, first: Mention) -> list[Mention]:
    """`first` and the names that follow it in a list closed by "and": "India, Brazil, Germany and Japan"."""
    run = [first]
    text = parsed.text
    closed = False
    for mention in (one for one in parsed.mentions if one.start > first.start):
        between = text[run[-1].end : mention.start]
        possessive = re.match(r"['’]s?\b", text[mention.end : mention.end + 2])
        last = bool(re.search(r"\b(?:and|or|as well as)\b|&", between))
        if not _BETWEEN.match(between) or not mention.is_actor_name or possessive or (closed and not last):
            break
        run.append(mention)
        closed = last
    return run if closed else [first]


def quote_mask(text: str, open_mark: str = "") -> tuple[list[bool], str]:
    """For each character whether it stands inside quotation marks, and the mark still open at the end ("" if none).

    `open_mark` is the mark left open by the text before. The marks themselves count as inside.
    """
    inside: list[bool] = []
    for index, character in enumerate(text):
        if open_mark:
            inside.append(True)
            again = index == 0 and text[1:2].isalnum()  # opened once more where the quotation goes on
            if character in _PAIRS[open_mark] and not again and not _is_apostrophe(text, index):
                open_mark = ""
        elif character in _PAIRS and not (character == '"' and _closes_here(text, index)):
            open_mark = character
            inside.append(True)
        else:
            inside.append(False)
    if open_mark == "‘":  # never closed: an apostrophe ("the ‘90s")
        return [False] * len(text), ""
    return inside, open_mark


def _is_apostrophe(text: str, index: int) -> bool:
    return text[index] == "’" and index + 1 < len(text) and text[index + 1].isalpha()


def _closes_here(text: str, index: int) -> bool:
    """A straight mark with nothing open before it and glued to the word before: a lost opening mark, not an opening."""
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return bool(before) and not before.isspace() and before not in "([—–-" and (not after or not after.isalnum())


def _without_persons(mentions: list[Mention], doc: Doc) -> list[Mention]:
    """Block state names that are part of a person's name: "Jordan Whitfield", "Sydney Holland"."""
    return [
        Mention(mention.start, mention.end, mention.text, (), Form.BLOCKED) if _is_person(mention, doc) else mention
        for mention in mentions
    ]


def _doubtful(every: Sequence[Mention], kept: Sequence[Mention], text: str) -> Iterator[Mention]:
    """The blocked names behind an adjective: "Plucky Albania was", not "Jordan Whitfield was"."""
    for mention, judged in zip(every, kept, strict=True):
        blocked = judged.form is Form.BLOCKED and mention.codes and not re.match(r"\s+[A-Z]", text[mention.end :])
        if blocked and _LIKE_ADJECTIVE.search(text[: mention.start]):
            yield mention


# The endings of most adjectives that tabloids put before a state, at the end of what stands before it.
_LIKE_ADJECTIVE = re.compile(r"(?:[^aeiou\W]y|ful|ous|ing|ed|ish|less|ive|ant) $")


def _is_person(mention: Mention, doc: Doc) -> bool:
    """Tagged as a person together with a neighbouring capitalised word, and not followed by an office or a body."""
    if mention.form not in (Form.NAME, Form.CAPITAL) or " " in mention.text or "." in mention.text:
        return False
    if any(
        entity.label_ == "PERSON"
        and len(entity) > 1
        and entity.start_char <= mention.start < entity.end_char
        and not re.search(r"['’]s\b", entity.text)
        for entity in doc.ents
    ):
        return True
    token = next(token for token in doc if token.idx == mention.start)
    before = doc[token.i - 1] if token.i else None
    return (
        before is not None
        and before.pos_ == "PROPN"
        and not (before.i and doc[before.i - 1].text == "-")
        and before.text[0].isupper()
        and before.dep_ == "compound"
        and before.head.i == token.i
        and before.lower_ not in wording("parsed.before_name") | titles().person | titles().body
        and before.ent_type_ not in ("GPE", "NORP", "ORG", "DATE")
    )
