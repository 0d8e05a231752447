"""What is wrong with the markers of a template: everything at once, each with its place in words of a Word user."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.parser import parse_xml

from digest.word import splice, structure, styles
from digest.word.fields import BODY, SECTION
from digest.word.markers import Kind, Marker, alone, broken, find
from digest.word.ooxml import Element, w
from digest.word.scope import Scope
from digest.word.sections import SECTIONS
from digest.word.walking import Walk

NO_MARKER = (
    "it has no {{ brief }}. Open it in Word, write {{ brief }} alone in a paragraph where the briefing is to stand, "
    "and save it."
)
PROPERTIES = ("title", "subject", "keywords", "category", "comments")
"""The document properties in which markers are filled."""
NO_HEADING = "no heading"
"""What stands behind the colon of a section marker whose heading the template writes itself."""

MOST_NESTED = 12
_KINDS = {"first": "first-page ", "even": "even-page ", "default": ""}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to be mended. `paragraph` counts the paragraphs of the body, those in tables and boxes as well."""

    place: str
    text: str
    paragraph: int | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.text}" if self.place else self.text


def examine(document: Document) -> list[Problem]:
    """What is wrong with the markers of an opened template, which stays as it is."""
    checker = _Checker()
    for label, original in stories(document):
        root = copy.deepcopy(original)
        named = list(_body_places(root, styles.heading_ids(document)) if label == "body" else _places(root, label))
        checker.story(root, label, named)
    for name in PROPERTIES:
        checker.plain(getattr(document.core_properties, name) or "", f"document properties, {name}")
    for label, root in _notes(document):
        for paragraph, place in _places(root, label):
            if find(splice.text_of(paragraph)):
                checker.problems.append(Problem(place, "markers are not filled in notes. Write it in the text itself."))
    return [*checker.problems, *checker.whole()]


class _Checker(Walk[Scope]):
    """Goes through one story after the other and collects what is wrong."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._bodies: list[str] = []
        self._sections: dict[str, list[str]] = {}
        self._blocks = 0
        self._story = ""
        self._named: dict[Element, tuple[str, int]] = {}

    def story(self, root: Element, label: str, named: list[tuple[Element, str]]) -> None:
        """One story: the body, a header, a footer."""
        numbers = {paragraph: number for number, paragraph in enumerate(splice.paragraphs(root))}
        self._named = {paragraph: (place, numbers[paragraph]) for paragraph, place in named}
        self._story = label
        holder = root.find(w("body")) if label == "body" else root
        before = len(self.problems)
        if holder is not None:
            self.container(holder, Scope({}))
        found = self.problems[before:]
        order = {place: number for number, (_, place) in enumerate(named)}
        self.problems[before:] = sorted(found, key=lambda problem: order.get(problem.place, 0))
        for _, _, text in structure.alternative_texts(root):
            self.plain(text, f"{label}, alternative text of a table or a picture")

    def plain(self, text: str, place: str) -> None:
        """A text that takes fields of the brief and nothing else."""
        for marker in find(text):
            if marker.kind is not Kind.FIELD or marker.name == BODY or marker.name.startswith(SECTION):
                self.problems.append(Problem(place, f"{marker} has no meaning here; only fields have, such as title."))
            elif wrong := Scope({}).problem_of_field(marker):
                self.problems.append(Problem(place, wrong))
            elif Scope({}).is_picture(marker.name):
                self.problems.append(Problem(place, f"{marker} is a picture, which can stand in the body only."))

    def whole(self) -> list[Problem]:
        """What is wrong with the template as a whole."""
        problems = []
        if not (self._bodies or self._sections or self._blocks):
            problems.append(Problem("", NO_MARKER))
        if len(self._bodies) > 1:
            listed = "; ".join(self._bodies)
            text = f"{{{{ brief }}}} stands in {len(self._bodies)} places ({listed}). Keep one of them."
            problems.append(Problem("", text))
        for name, places in self._sections.items():
            if len(places) > 1:
                text = f"{{{{ {name} }}}} stands in {len(places)} places ({'; '.join(places)}). Keep one of them."
                problems.append(Problem("", text))
            elif self._bodies:
                text = f"{{{{ {name} }}}} is a part of {{{{ brief }}}}, which the template has too. Keep one of them."
                problems.append(Problem(places[0], text))
        return problems

    # --- the walk

    def tell(self, paragraph: Element, text: str) -> None:
        place, number = self._named.get(paragraph, (self._story, 0))
        self.problems.append(Problem(place, text, number if self._story == "body" else None))

    def group(self, group: structure.Group, scope: Scope) -> None:
        marker = group.marker
        self._blocks += self._story == "body"
        if group.paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None:
            self.tell(
                group.paragraph, f"a section break stands in the paragraph of {marker}. Put it into one of its own."
            )
        wrong = scope.problem_of_block(marker)
        if wrong:
            self.tell(group.paragraph, wrong)
        if str(marker) in scope.around:
            return
        if len(scope.around) >= MOST_NESTED:
            self.tell(group.paragraph, f"more than {MOST_NESTED} blocks stand within each other here. Use fewer.")
            return
        inside = scope.inside(str(marker), scope.list(marker.name) if marker.kind is Kind.LOOP else None)
        rows = group.body and group.body[0].tag == w("tr")
        pair = structure.row_blocks if rows else lambda body, tell: structure.blocks(body, tell, marker.closing)
        self.items(pair(group.body, self.tell), inside)

    def paragraph(self, paragraph: Element, scope: Scope) -> None:
        for box in structure.containers(paragraph):
            if not splice.in_fallback(box):
                self.container(box, scope)
        text = splice.text_of(paragraph)
        if "{{" not in text and "}}" not in text:
            return
        if splice.in_fallback(paragraph):
            return
        for opening, _ in structure.pairs(text, lambda told: self.tell(paragraph, told)):
            if wrong := scope.problem_of_block(opening):
                self.tell(paragraph, wrong)
        for marker in find(text):
            if marker.kind is Kind.FIELD:
                self._field(paragraph, marker, scope, text)
        for words in broken(text):
            self.tell(paragraph, f"'{words}' is no whole marker; it needs two braces on each side.")

    def _field(self, paragraph: Element, marker: Marker, scope: Scope, text: str) -> None:
        if marker.name == BODY:
            self._bodies.append(self._named[paragraph][0])
            self._large(paragraph, marker, scope, text)
        elif marker.name.startswith(SECTION) and marker.name.removeprefix(SECTION) in SECTIONS:
            self._sections.setdefault(marker.name, []).append(self._named[paragraph][0])
            self._large(paragraph, marker, scope, text)
            if marker.format not in ("", NO_HEADING):
                self.tell(paragraph, f"a section takes ': {NO_HEADING}' or nothing, not ': {marker.format}'.")
        elif wrong := scope.problem_of_field(marker):
            self.tell(paragraph, wrong)
        elif scope.is_picture(marker.name) and (self._story != "body" or splice.in_text_box(paragraph)):
            self.tell(paragraph, f"{marker} is a picture, which can stand in the body only, outside text boxes.")

    def _large(self, paragraph: Element, marker: Marker, scope: Scope, text: str) -> None:
        """Why a marker of many paragraphs cannot stand here."""
        if self._story != "body" or splice.in_table(paragraph) or splice.in_text_box(paragraph):
            self.tell(paragraph, f"{marker} needs a paragraph of its own in the body, outside tables and text boxes.")
        elif alone(text) is None:
            self.tell(paragraph, f"{marker} must stand alone in its paragraph; move the other words to another one.")
        elif scope.around:
            self.tell(paragraph, f"{marker} stands in a block. It belongs outside, for it is printed once.")


# --- where a paragraph stands, in words ------------------------------------------------------------------------------


def _places(root: Element, label: str) -> Iterator[tuple[Element, str]]:
    for number, paragraph in enumerate(splice.paragraphs(root), 1):
        yield paragraph, f"{label}, paragraph {number}"


def _body_places(root: Element, headings: frozenset[str]) -> Iterator[tuple[Element, str]]:
    number = 0
    title = ""
    for paragraph in splice.paragraphs(root):
        if splice.in_text_box(paragraph):
            place = "body, in a text box"
        elif splice.in_table(paragraph):
            place = _cell_place(paragraph)
        else:
            number += 1
            place = f"body, paragraph {number}"
        yield paragraph, place + (f", under '{title}'" if title else "")
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        text = splice.text_of(paragraph).strip()
        if style is not None and style.get(w("val")) in headings and not find(text):
            title = text or title


def _cell_place(paragraph: Element) -> str:
    """Row and column of the innermost table around."""
    cell = next(paragraph.iterancestors(w("tc")), None)
    row = next(paragraph.iterancestors(w("tr")), None)
    table = next(paragraph.iterancestors(w("tbl")), None)
    if cell is None or row is None or table is None:
        return "body, in a table"
    line, column = structure.rows_of(table).index(row) + 1, structure.cells_of(row).index(cell) + 1
    return f"body, table, row {line}, column {column}"


def stories(document: Document) -> Iterator[tuple[str, Element]]:
    """Body, headers and footers: what each is called, and its root element."""
    yield "body", document.element
    kinds: Mapping[str, str] = {
        reference.get(w("r:id")) or "": _KINDS.get(reference.get(w("type")) or "default", "")
        for reference in document.element.iter(w("headerReference"), w("footerReference"))
    }
    for identifier, relation in document.part.rels.items():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if not relation.is_external and kind in ("header", "footer"):
            yield f"{kinds.get(identifier, '')}{kind}", relation.target_part.element


def _notes(document: Document) -> Iterator[tuple[str, Element]]:
    """Footnotes and endnotes, as copies."""
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if not relation.is_external and kind in ("footnotes", "endnotes"):
            yield kind, parse_xml(relation.target_part.blob)
