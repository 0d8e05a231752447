"""All fields and lists of a template with their meaning and an example, for `template fields` and the README."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from digest.model import Brief
from digest.word.context import context_of
from digest.word.fields import BODY, RECORDS, SECTION, WORD, Kind, Record
from digest.word.markers import find
from digest.word.ooxml import text_width
from digest.word.scope import Filled, Scope
from digest.word.sections import SECTIONS

_LONGEST_EXAMPLE = 60

_SECTION_MEANINGS = {
    "masthead": "issue, title, what is covered",
    "bottom_line": "the key points",
    "contents": "the headings of the finished brief as links, without page numbers",
    "changes": "what changed since the last issue",
    "matrix": "who stands where, as a table",
    "chart": "a picture of who stood where, and when; nothing where it would show no more than the table",
    "countries": "a section for each country, organisation and group",
    "timeline": "since when each stands where: a picture for each with clear stances of two days or more",
    "summaries": "what each document says",
    "gaps": "what was not found, not dated, not read",
    "method": "what machines did, and which",
    "sources": "the documents, to which all marks lead",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One marker. `example` is what it prints of the sample brief, shortened; "" for what has no text of its own."""

    marker: str
    kind: str
    meaning: str
    example: str = ""


def listing(brief: Brief) -> list[tuple[str, list[Row]]]:
    """Headings with their rows: the large markers, the fields of the brief, and those of each kind of list."""
    large = [Row(f"{{{{ {BODY} }}}}", "body", "the whole brief in the standard order")]
    large += [Row(f"{{{{ {SECTION}{name} }}}}", "section", _SECTION_MEANINGS[name]) for name in SECTIONS]
    found = tuple(replace(topic, found=True) for topic in brief.topics)  # else {{ themes }} would have no example
    root = Filled(context_of(replace(brief, topics=found), text_width(None)), Scope({}), {})
    groups = [
        ("Alone in a paragraph of the text:", large),
        ("Anywhere, headers and document properties included:", list(_fields("", RECORDS["brief"], [root]))),
    ]
    words = ("Words of the frame, anywhere:", list(_fields(f"{WORD}.", RECORDS[WORD], [root])))
    return [*groups, *_lists(root), words]


def _lists(root: Filled) -> Iterator[tuple[str, list[Row]]]:
    """The lists, those within others as well; a record that several lists share is shown at the first of them."""
    shown: set[str] = set()
    waiting = [(name, [root]) for name in RECORDS["brief"].lists]
    for name, scopes in waiting:
        found = scopes[0].scope.list(name) if scopes else None
        if found is None:
            continue
        inside = [item for scope in scopes for item in scope.each(name)]
        record = RECORDS[found.record]
        heading = f"{{{{#{name}}}}} ... {{{{/{name}}}}}: {found.meaning}"
        rows = list(_fields(f"{found.item}.", record, inside))
        if found.record in shown:
            rows = [Row(f"{{{{ {found.item}. ... }}}}", "", "the same as " + _first(found.record))]
        else:
            waiting += [(f"{found.item}.{key}", inside) for key in record.lists]
        shown.add(found.record)
        yield heading, rows


def _first(record: str) -> str:
    return next(one.item for kind in RECORDS.values() for one in kind.lists.values() if one.record == record)


def _fields(prefix: str, record: Record, scopes: list[Filled]) -> Iterator[Row]:
    for name, field in record.fields.items():
        form = " : d MMM yyyy" if field.kind is Kind.DAY else ""
        marker = f"{{{{ {prefix}{name}{form} }}}}"
        texts = (scope.text(find(marker)[0]) for scope in scopes)
        example = "(a picture)" if field.kind is Kind.PICTURE else next((text for text in texts if text), "")
        yield Row(marker, field.kind.value, field.meaning, _short(example))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_EXAMPLE else text[: _LONGEST_EXAMPLE - 1].rstrip() + "…"
