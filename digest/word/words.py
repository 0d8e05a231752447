"""The fixed words of a brief in the language of its frame: headings, labels, sentences, dates, numbers, plurals.

The words themselves are data, `digest/data/frame_*.toml`; a further language is one more file of that kind. Months,
plural forms and names of languages are the Unicode CLDR's, by babel.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any

from digest import framedata
from digest.errors import UsageError
from digest.model import UNDETERMINED, Dating, Earlier, PartialDate, StanceLabel
from digest.word.languages import facts, primary

_TABLES = ("stances", "standings", "dates", "plurals", "phrases")


@dataclass(frozen=True, slots=True)
class Words:
    """The frame in one language. Where a text has names in braces, they say what goes there."""

    language: str
    locale: str
    stances: Mapping[StanceLabel, str]
    standings: Mapping[StanceLabel, str]
    dates: Mapping[str, str]
    plurals: Mapping[str, Mapping[str, str]]
    phrases: Mapping[str, str]
    no_statement: str
    differing: str
    changed: str
    changed_short: str
    kicker: str
    covers: str
    covers_day: str
    covers_from: str
    covers_until: str
    covers_open: str
    cut_off: str
    prepared_by: str
    previous_issue: str
    contents: str
    bottom_line: str
    no_key_points: str
    changes: str
    first_issue: str
    first_issue_differs: str
    no_changes: str
    new_voice: str
    moved: str
    shifted: str
    contradicted: str
    of_issue: str
    silent: str
    silent_item: str
    silent_note: str
    who: str
    topic: str
    was: str
    now: str
    because: str
    matrix: str
    no_matrix: str
    found_theme: str
    found_themes: str
    matrix_alt: str
    changes_alt: str
    latest: str
    documents: str
    marks: str
    no_date: str
    legend_none: str
    legend_other: str
    legend_differing: str
    legend_changed: str
    legend: str
    chart: str
    chart_alt: str
    chart_row: str
    chart_step: str
    chart_legend: str
    chart_key: str
    chart_pair: str
    last_issue: str
    timeline_alt: str
    timelines: str
    timelines_note: str
    countries: str
    organisations: str
    groups: str
    groups_note: str
    unspecified: str
    no_holders: str
    no_entries: str
    headline: str
    headline_part: str
    headline_differing: str
    headline_voice: str
    headline_none: str
    differing_heading: str
    differing_on: str
    differing_alt: str
    no_stance: str
    stance_on: str
    probably: str
    earlier: str
    earlier_day: str
    said_on: str
    published: str
    dated: str
    undated: str
    undated_after: str
    cue: str
    machine_translation: str
    check_translation: str
    not_translated: str
    not_translated_from: str
    summaries: str
    no_summary: str
    no_sources: str
    untitled: str
    translated_by: str
    undetermined: str
    gaps: str
    no_gaps: str
    missing: str
    missing_note: str
    undated_heading: str
    undated_note: str
    untranslated_heading: str
    untranslated_note: str
    untranslated_silent: str
    replaced_heading: str
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
    method_themes: str
    method_count: str
    method_short: str
    engines_alt: str
    engine: str
    model: str
    version: str
    licence: str
    sources: str
    also_at: str
    outlets: str
    page: str
    of_pages: str
    positions: str
    topic_and_stance: str
    speaker: str
    statement: str
    positions_alt: str

    # --- dates --------------------------------------------------------------------------------------------------------

    def day(self, value: date) -> str:
        """A date in full: "17 February 2025"."""
        return self._written(value, "full")

    def _written(self, value: date, form: str) -> str:
        pattern = self.dates[form]
        if value.day == 1:
            pattern = pattern.replace("d", self.dates["day_one"], 1)
        return formatted(value, pattern, self.locale)

    def partial(self, value: PartialDate) -> str:
        """A date as far as it is known: "2025", "February 2025", "17 February 2025"."""
        known = _whole(value)
        if known is None or value.month is None:
            return str(value)
        return formatted(known, self.dates["month"], self.locale) if value.day is None else self.day(known)

    def short(self, value: PartialDate) -> str:
        """The same for a table: "17 Feb 2025". The space stays on one line."""
        known = _whole(value)
        if known is None or value.month is None:
            return str(value)
        form = self.dates["short_month" if value.day is None else "short"]
        return formatted(known, form, self.locale).replace(" ", "\u00a0")

    def on_axis(self, value: date, *, month: bool = False) -> str:
        """A day, or a month, as it stands along a picture: "17 Feb"."""
        return formatted(value, self.dates["axis_month" if month else "axis_day"], self.locale)

    def period(self, first: date | None, last: date | None) -> str:
        """What the brief covers, as a phrase: "Covers 10 to 16 February 2025", without what the two days share."""
        if first and last and first != last:
            shared = "start_day" if first.month == last.month else "start_month"
            start = self._written(first, shared if first.year == last.year else "full")
            return self.covers.format(start=start, end=self.day(last))
        if first and last:
            return self.covers_day.format(day=self.day(first))
        if first:
            return self.covers_from.format(day=self.day(first))
        return self.covers_until.format(day=self.day(last)) if last else self.covers_open

    def of_day(self, one: Earlier) -> str:
        """The day of an earlier statement: "17 February 2025", "undated, not before 17 February 2025", "undated"."""
        if one.day is None:
            return self.undated
        day = self.partial(one.day)
        return self.undated_after.format(day=day) if one.bound else day

    def when(self, dating: Dating) -> str:
        """When a document was published and how that is known: "17 February 2025 (dateline)"."""
        if dating.published:
            day = self.day(dating.published)
            known = self.phrase(dating.known_by)
            return self.dated.format(day=day, known_by=known) if known else day
        if dating.not_before:
            return self.undated_after.format(day=self.day(dating.not_before))
        return self.undated

    # --- numbers and names --------------------------------------------------------------------------------------------

    def number(self, value: int) -> str:
        """A number with the separator of thousands that the language has: "1,204"."""
        return _number(value, self.locale)

    def count(self, number: int, noun: str) -> str:
        """A number with its noun, a key of `plurals`: "1 document", "1,204 words"."""
        forms = self.plurals[noun]
        return forms.get(_plural(number, self.locale), forms["other"]).format(number=self.number(number))

    def holder(self, name: str) -> str:
        """A country or an organisation in the frame's language, where the catalogue knows it."""
        return framedata.holder_name(name, primary(self.language))

    def language_name(self, code: str) -> str:
        """A language by its name: "Portuguese"."""
        if code == UNDETERMINED:
            return self.undetermined
        known = facts(code)
        if primary(self.language) == "en":
            return known.name
        traditional = known.tag == "zh-TW"
        return _language(code, self.locale, traditional) or known.name

    # --- what the steps of the work say -------------------------------------------------------------------------------

    def phrase(self, english: str) -> str:
        """What a step of the work says, in the frame's language; as it is where the catalogue does not have it."""
        return self.told(english)[0]

    def told(self, english: str) -> tuple[str, str]:
        """The same, with the language that it stands in: the frame's, or English."""
        exact = self.phrases.get(english)
        if exact is not None:
            return exact, self.language
        for pattern, text in _patterns(primary(self.language)):
            match = pattern.fullmatch(english)
            if match:
                values = {name: self._value(name, value) for name, value in match.groupdict().items()}
                return text.format(**values), self.language
        return english, self.language if primary(self.language) == "en" else "en"

    def doubts(self, flags: Sequence[str]) -> str:
        """What speaks against a translation, as a sentence."""
        return self.check_translation.format(flags="; ".join(self.phrase(flag) for flag in flags))

    def _value(self, name: str, value: str) -> str:
        if name == "day" and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return self.day(date.fromisoformat(value))
        if name == "flags":
            return "; ".join(self.phrase(one) for one in value.split("; "))
        return self.phrase(value) if name == "known_by" else value


def words_for(language: str) -> Words:
    """The frame's words for a BCP 47 code. Raises UsageError for a language that has none."""
    words = _words(primary(language)) if primary(language) in framedata.LANGUAGES else None
    if words is None:
        raise UsageError(
            f"There are no headings and fixed words for the language '{language}'. "
            f"Set [brief] language to one of: {', '.join(framedata.LANGUAGES)}."
        )
    return words


@cache
def _words(language: str) -> Words:
    table: dict[str, Any] = dict(framedata.catalogue(language))
    del table["holders"]
    for name in ("stances", "standings"):
        table[name] = {StanceLabel(label): word for label, word in table[name].items()}
    return Words(language=language, **table)


def plain_words() -> tuple[str, ...]:
    """The names of those words that a template can print as they are: texts with nothing to be filled in."""
    english = framedata.catalogue("en")
    texts = (field.name for field in fields(Words) if field.name not in ("language", "locale", *_TABLES))
    return tuple(name for name in texts if "{" not in english[name])


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The phrases with something to be filled in, as patterns over the English, the longest first."""
    phrases = framedata.catalogue(language)["phrases"]
    found = []
    for english in sorted((key for key in phrases if "{" in key), key=len, reverse=True):
        parts = re.split(r"\{(\w+)\}", english)
        pattern = "".join(f"(?P<{part}>.+)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
        found.append((re.compile(pattern, re.DOTALL), phrases[english]))
    return tuple(found)


# --- what babel knows ------------------------------------------------------------------------------------------------


@cache
def formatted(value: date, form: str, locale: str) -> str:
    """A day in a format of the CLDR (UTS #35)."""
    from babel.dates import format_date

    return str(format_date(value, form, locale=locale))


def _whole(value: PartialDate) -> date | None:
    try:
        return date(value.year, value.month or 1, value.day or 1)
    except ValueError:
        return None


@cache
def _number(value: int, locale: str) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=locale))


@cache
def _plural(value: int, locale: str) -> str:
    from babel import Locale

    return str(Locale.parse(locale).plural_form(value))


@cache
def _language(code: str, locale: str, traditional: bool) -> str | None:
    from babel import Locale

    names = Locale.parse(locale).languages
    found = names.get("zh_Hant") if traditional else names.get(primary(code))
    return str(found) if found else None
