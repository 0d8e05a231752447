"""The fixed words of a brief: headings, labels, sentences of the frame, and how it writes dates and numbers.

All of them are here, so that a brief in another language needs one more `Words` and nothing else. There is English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from digest.errors import UsageError
from digest.model import Dating, PartialDate, StanceLabel
from digest.word.languages import primary

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Words:
    """The frame in one language. Where a text has fields in braces, their names say what goes there."""

    language: str
    stances: Mapping[StanceLabel, str]
    no_statement: str
    differing: str
    changed: str
    changed_short: str
    kicker: str
    covers: str
    covers_from: str
    covers_until: str
    covers_open: str
    cut_off: str
    prepared_by: str
    previous_issue: str
    bottom_line: str
    no_key_points: str
    changes: str
    first_issue: str
    no_changes: str
    new_voice: str
    who: str
    topic: str
    was: str
    now: str
    because: str
    matrix: str
    no_matrix: str
    matrix_alt: str
    changes_alt: str
    position: str
    latest: str
    documents: str
    marks: str
    no_date: str
    legend_none: str
    legend_other: str
    legend_differing: str
    legend_changed: str
    legend: str
    countries: str
    organisations: str
    groups: str
    groups_note: str
    no_holders: str
    no_entries: str
    differing_heading: str
    differing_on: str
    differing_alt: str
    no_stance: str
    said_on: str
    published: str
    undated: str
    undated_after: str
    cue: str
    machine_translation: str
    check_translation: str
    not_translated: str
    summaries: str
    no_summary: str
    no_sources: str
    untitled: str
    translated_by: str
    document_noun: tuple[str, str]
    word_noun: tuple[str, str]
    language_noun: tuple[str, str]
    gaps: str
    no_gaps: str
    missing: str
    missing_note: str
    undated_heading: str
    undated_note: str
    untranslated_heading: str
    untranslated_note: str
    untranslated_silent: str
    notices: str
    no_notices: str
    notices_alt: str
    file: str
    stage: str
    what_happened: str
    what_to_do: str
    whole_run: str
    method: str
    method_selection: str
    method_translation: str
    method_stances: str
    method_count: str
    engines_alt: str
    engine: str
    model: str
    version: str
    licence: str
    sources: str
    also_at: str
    more: str

    def day(self, value: date) -> str:
        """A date in full: "17 February 2025"."""
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"

    def partial(self, value: PartialDate) -> str:
        """A date as far as it is known: "2025", "February 2025", "17 February 2025"."""
        if value.month is None or not 1 <= value.month <= 12:
            return str(value)
        month = f"{_MONTHS[value.month - 1]} {value.year}"
        return month if value.day is None else f"{value.day} {month}"

    def short(self, value: PartialDate) -> str:
        """The same for a table: "17 Feb 2025". The space stays on one line."""
        if value.month is None or not 1 <= value.month <= 12:
            return str(value)
        month = f"{_MONTHS[value.month - 1][:3]} {value.year}"
        return (month if value.day is None else f"{value.day} {month}").replace(" ", "\u00a0")

    def period(self, first: date | None, last: date | None) -> str:
        """What the brief covers, as a phrase: "covers 10 to 16 February 2025"."""
        if first and last:
            return self.covers.format(span=self.span(first, last))
        if first:
            return self.covers_from.format(day=self.day(first))
        if last:
            return self.covers_until.format(day=self.day(last))
        return self.covers_open

    def span(self, first: date, last: date) -> str:
        """Two days without what they share: "10 to 16 February 2025"."""
        if first == last:
            return self.day(first)
        start = self.day(first)
        if first.year == last.year:
            start = start.removesuffix(f" {first.year}")
            if first.month == last.month:
                start = str(first.day)
        return f"{start} to {self.day(last)}"

    def dated(self, dating: Dating) -> str:
        """When a document was published and how that is known: "17 February 2025 (dateline)"."""
        if dating.published:
            known = f" ({dating.known_by})" if dating.known_by else ""
            return self.day(dating.published) + known
        if dating.not_before:
            return self.undated_after.format(day=self.day(dating.not_before))
        return self.undated

    def count(self, number: int, singular: str, plural: str) -> str:
        """A number with its noun: "1 document", "1,204 words"."""
        return f"{number:,} {singular if number == 1 else plural}"


ENGLISH = Words(
    language="en",
    stances={
        StanceLabel.SUPPORTS: "supports",
        StanceLabel.CONDITIONAL: "conditional",
        StanceLabel.UNDECIDED: "undecided",
        StanceLabel.OPPOSES: "opposes",
        StanceLabel.OTHER: "said (no clear stance)",
    },
    no_statement="no statement found",
    differing="differing",
    changed="changed since the last issue",
    changed_short="changed",
    kicker="Issue {issue}  ·  {issued}",
    covers="Covers {span}",
    covers_from="Covers the time from {day}",
    covers_until="Covers the time until {day}",
    covers_open="Covers all documents, whatever their date",
    cut_off="cut-off {day}",
    prepared_by="prepared by {author}",
    previous_issue="previous issue {day}",
    bottom_line="Bottom line",
    no_key_points="The documents gave no sentence that carries the whole.",
    changes="What changed",
    first_issue="First issue: nothing to compare with.",
    no_changes="Nobody stands elsewhere than in the issue of {day}.",
    new_voice="new voice",
    who="Who",
    topic="Topic",
    was="Was",
    now="Now",
    because="Because",
    matrix="Positions at a glance",
    no_matrix="No statement on a topic of this brief was found.",
    matrix_alt="Each row is a country, an organisation or a group; each column a topic. A cell gives the stance in a "
    "word, the date of the newest statement, the number of documents, and the source marks.",
    changes_alt="Each row is a country or an organisation whose stance on a topic changed: what it was, what it is "
    "now, the sentence that shows it, and its source marks.",
    position="Position",
    latest="Latest",
    documents="Documents",
    marks="Sources",
    no_date="no date",
    legend_none="no statement found.",
    legend_other="spoke of the topic without taking a side.",
    legend_differing="statements contradict each other.",
    legend_changed="stands elsewhere than in the last issue, or is new.",
    legend="Dates are those of the newest statement; numbers count the documents that carry one.",
    countries="Countries",
    organisations="Organisations",
    groups="Groups without a named state",
    groups_note="What is said of a group counts for no single state.",
    no_holders="No position of a country or an organisation was found in the documents.",
    no_entries="No statement found.",
    differing_heading="Differing statements",
    differing_on="Differing statements: {topic}",
    differing_alt="Statements of {name} that contradict each other, side by side. The first row names their stance.",
    no_stance="no stance",
    said_on="{day}",
    published="document of {day}",
    undated="undated",
    undated_after="undated, not before {day}",
    cue="“{cue}”",
    machine_translation="machine\u00a0translation",
    check_translation="The translation is in doubt: {flags}. Rely on the original.",
    not_translated="not translated",
    summaries="Document summaries",
    no_summary="No summary: the document has no sentence that could be chosen.",
    no_sources="No documents.",
    untitled="Untitled document",
    translated_by="{language}, machine translation ({engine})",
    document_noun=("document", "documents"),
    word_noun=("word", "words"),
    language_noun=("language", "languages"),
    gaps="Gaps and notices",
    no_gaps="No gaps, no notices.",
    missing="Asked for, not found: ",
    missing_note="No statement of theirs was found in English or in translation.",
    undated_heading="Without a date: ",
    undated_note="Their place in time is not certain.",
    untranslated_heading="Not translated: ",
    untranslated_note="Their sentences stand in their own language.",
    untranslated_silent="No position was found in them; their sentences stand in their own language.",
    notices="Notices",
    no_notices="No notices.",
    notices_alt="Each row is a file or a step of the work with what happened to it and what can be done.",
    file="File",
    stage="Step",
    what_happened="What happened",
    what_to_do="What to do",
    whole_run="(whole run)",
    method="Method",
    method_selection="The sentences of this brief were chosen by machine from the documents listed under Sources. Each "
    "carries the mark of its source; what carries no mark is the frame of the brief.",
    method_translation="What is marked as machine translation was translated from the document's language; the "
    "original of a statement stands beneath it.",
    method_stances="A stance is named only where words of the sentence show it; these words are quoted beside it.",
    method_count="{documents} in {languages}.",
    engines_alt="Each row is a step of the work with the engine that did it, its model, version and licence.",
    engine="Engine",
    model="Model",
    version="Version",
    licence="Licence",
    sources="Sources",
    also_at="also at",
    more="and {number} more",
)


_FRAMES: Mapping[str, Words] = {"en": ENGLISH}


def words_for(language: str) -> Words:
    """The frame's words for a BCP 47 code. Raises UsageError for a language that has none."""
    words = _FRAMES.get(primary(language))
    if words is None:
        raise UsageError(
            f"There are no headings and fixed words for the language '{language}'. "
            f"Set [brief] language to one of: {', '.join(_FRAMES)}."
        )
    return words
