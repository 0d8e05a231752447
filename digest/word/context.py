"""What every section of a brief may ask: the brief, the words of its frame, and where a mark or a name leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass

from digest.errors import DigestError
from digest.model import Brief, Entry, HolderSection, Position, Source, StanceLabel
from digest.word import drawing
from digest.word.blocks import Inline, Mark, Paragraph, Text
from digest.word.ooxml import count_broken
from digest.word.words import Words, words_for

ACCENT = "1B4965"
"""The colour of the program's own templates."""

SHADES: Mapping[StanceLabel, str] = {
    StanceLabel.SUPPORTS: "C3D6E4",
    StanceLabel.CONDITIONAL: "E0EAF1",
    StanceLabel.UNDECIDED: "F1F2F2",
    StanceLabel.OPPOSES: "DBBCA8",
}
"""The shade of a stance's cell. In grey they differ too: 83, 91, 95 and 76 per cent of white."""


@dataclass(frozen=True, slots=True)
class Context:
    """Made by `context_of`. `width` is that of a line and `height` that of a page's text, in twips.

    `accent` is the template's colour as RRGGBB; `mark_anchors` and `holder_anchors` give bookmarks; `draw` makes the
    pictures.
    """

    brief: Brief
    words: Words
    width: int
    height: int
    accent: str
    sources: Mapping[str, Source]
    documents: Mapping[str, Source]
    entries: Mapping[str, Entry]
    topics: Mapping[str, str]
    mark_anchors: Mapping[str, str]
    holder_anchors: Mapping[str, str]
    draw: drawing.Draw

    def holder_anchor(self, section: HolderSection) -> str:
        """The bookmark at the heading of a holder's section."""
        return self.holder_anchors[section.holder]

    def name(self, section: HolderSection) -> str:
        """A holder's name in the frame's language."""
        return self.words.holder(section.name)

    def told(self, english: str) -> Text:
        """What a step of the work says, in the frame's language as far as the catalogue has it."""
        text, language = self.words.told(english)
        return Text(text, "", language)

    def language_names(self) -> list[str]:
        """The languages of the documents by name, each once, in the order of the documents."""
        return list(dict.fromkeys(self.words.language_name(source.language.code) for source in self.brief.sources))

    def themes(self) -> str:
        """Which themes a machine found, where the analyst named none, in a line; "" where it found none."""
        names = "; ".join(topic.name for topic in self.brief.topics if topic.found)
        return self.words.found_themes.format(themes=names) if names else ""

    def replaced(self) -> str:
        """How many characters of the brief stand as the replacement character, in words; "" for none."""
        number = sum(count_broken(text) for text in _texts(self.brief))
        return self.words.count(number, "replaced") if number else ""

    def stance_of(self, position: Position) -> str | None:
        """The stance of a statement in a word, with "probably" where it is not sure enough to count; None without."""
        if position.stance is None:
            return None
        word = self.stance(position.stance.label)
        return word if position.firm is position.stance.label else self.words.probably.format(stance=word)

    def past_of(self, position: Position) -> str | None:
        """What its holder held before, by the statement: "earlier: opposes (2024)"; None where it tells nothing."""
        past = position.past
        if past is None:
            return None
        word = self.stance(past.label)
        if past.day is None:
            return self.words.earlier.format(stance=word)
        return self.words.earlier_day.format(stance=word, day=self.words.short(past.day))

    def stance(self, label: StanceLabel | None) -> str:
        """The word for a stance."""
        return self.words.no_statement if label is None else self.words.stances[label]


def context_of(
    brief: Brief, width: int, height: int = 13_600, accent: str = ACCENT, draw: drawing.Draw = drawing.draw
) -> Context:
    """The context of a brief whose lines are `width` twips long, on pages with `height` twips of text.

    Raises DigestError when the brief uses a mark that none of its sources has, for such a statement could not be
    traced, and UsageError when its language has no words for the frame.
    """
    context = Context(
        brief=brief,
        words=words_for(brief.language),
        width=width,
        height=height,
        accent=accent,
        sources={source.mark: source for source in brief.sources},
        documents={source.id: source for source in brief.sources},
        entries={entry.position.id: entry for section in brief.holders for entry in section.all_entries()},
        topics={topic.id: topic.name for topic in brief.topics},
        mark_anchors={source.mark: f"digest_source_{number}" for number, source in enumerate(brief.sources, 1)},
        holder_anchors={section.holder: f"digest_holder_{number}" for number, section in enumerate(brief.holders, 1)},
        draw=draw,
    )
    unknown = sorted(set(_marks(brief)) - set(context.sources))
    if unknown:
        listed = ", ".join(f"[{mark}]" for mark in unknown[:10])
        raise DigestError(f"The brief refers to {listed}, but its list of sources has no such entry.")
    return context


def _texts(value: object) -> Iterator[str]:
    """Every text within a value of the model."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _marks(brief: Brief) -> list[str]:
    found = [mark for point in brief.key_points for mark in point.marks]
    for section in brief.holders:
        found += [mark for cell in section.cells for mark in cell.marks]
        found += [mark for entry in section.all_entries() for mark in entry.marks]
    return found


# --- small parts that several sections print -------------------------------------------------------------------------


def marks(names: tuple[str, ...]) -> list[Inline]:
    """Source marks with a space before each."""
    return [part for name in names for part in (Text(" "), Mark(name))]


def line(texts: Sequence[str], by: str) -> list[Inline]:
    """Texts in one line, each a part of its own: else a date would run into right-to-left words before it."""
    return list(joined([[Text(text)] for text in texts if text], by))


def joined(parts: Sequence[list[Inline]], by: str) -> tuple[Inline, ...]:
    """The groups that are not empty, with `by` between them."""
    together: list[Inline] = []
    for group in (group for group in parts if group):
        together += [Text(by), *group] if together else group
    return tuple(together)


def heading(text: str, level: int = 1, anchor: str = "") -> Paragraph:
    """A heading of the brief."""
    return Paragraph(f"Heading {level}", (Text(text),), bookmark=anchor)


def note(text: str) -> Paragraph:
    """One sober line, mostly in place of what there is nothing of."""
    return Paragraph("Digest Note", (Text(text),))
