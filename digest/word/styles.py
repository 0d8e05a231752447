"""The styles of a brief, by their final English names, and how they come into a template that lacks some.

| style | of what |
| --- | --- |
| Title, Heading 1, Heading 2, Heading 3 | Word's own: title; section; country; "Differing statements" |
| Digest Kicker, Digest Masthead | the lines above and below the title |
| Digest Bottom Line | a key point |
| Digest Headline | the line that says where a country stands |
| Digest Attribution | who, when, which stance; stays with the statement beneath |
| Digest Side Attribution | the same in a cell of differing statements |
| Digest Position, Digest Quote | a reported statement; a direct quote |
| Digest Said | one that takes no side, in one paragraph with its speaker |
| Digest Original | the sentence in its own language |
| Digest Doubt | what speaks against a translation |
| Digest Document, Digest Details | title of a document (level 2 in the navigation pane); its particulars |
| Digest Summary | its summary |
| Digest Note | one sober line in place of an empty section, and other remarks |
| Digest Figure | the paragraph of a picture |
| Digest Legend | the small print under the matrix and under a picture |
| Digest Contents, Digest Contents Link | the list of sections and countries; a name in it |
| Digest Source | an entry of the list of sources |
| Digest Table Head, Digest Table Text, Digest Table Small | header row, cells, small print in cells |
| Digest Actor, Digest Stance | characters: speaker, names; stance |
| Digest Words | characters: the words of a statement that takes no side |
| Digest Pale, Digest Machine | characters: "no statement"; "machine translation" |
| Digest Mark, Digest Back Link, Hyperlink | characters: [S1]; ↑1; a web address |
| Digest Table | the table style |

Sizes are in half points, lengths in twips, as in WordprocessingML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from docx.document import Document
from docx.oxml.parser import parse_xml
from lxml import etree

from digest.word.context import ACCENT
from digest.word.ooxml import NAMESPACES, Element, add, w

INK = "23282D"
GREY = "59636E"
PALE = "7A848E"
HAIRLINE = "BFC7CE"


class Face(StrEnum):
    """Which of the two typefaces of a theme a style is set in; INHERIT takes that of its parent."""

    INHERIT = ""
    TEXT = "minor"
    LABEL = "major"


@dataclass(frozen=True, slots=True)
class Frame:
    """A line beside, above or below a paragraph: side, thickness in eighths of a point, distance in points."""

    side: str
    size: int
    space: int
    colour: str


@dataclass(frozen=True, slots=True)
class Style:
    """How a style looks. None, "" and False leave to the parent what they do not say. `level` counts from 1."""

    name: str
    kind: str = "paragraph"
    based_on: str = "Normal"
    follow: str = ""
    face: Face = Face.INHERIT
    size: int | None = None
    bold: bool = False
    italic: bool = False
    caps: bool = False
    underline: bool = False
    colour: str = ""
    tracking: int | None = None
    before: int | None = None
    after: int | None = None
    line: int | None = None
    left: int | None = None
    hanging: int | None = None
    keep_next: bool | None = None
    keep_lines: bool | None = None
    frame: Frame | None = None
    level: int | None = None
    tabs: tuple[tuple[str, int], ...] = ()


def _label(style: Style) -> Style:
    return replace(style, face=Face.LABEL)


def _letters(style: Style) -> Style:
    return replace(style, kind="character", based_on="Default Paragraph Font")


STYLES: tuple[Style, ...] = (
    Style("Title", follow="Normal", size=54, colour=INK, before=0, after=100, line=228, keep_next=True),
    _label(
        Style(
            "heading 1",
            size=30,
            follow="Normal",
            bold=True,
            colour=ACCENT,
            before=440,
            after=120,
            line=240,
            keep_next=True,
            keep_lines=True,
            level=1,
        )
    ),
    _label(
        Style(
            "heading 2",
            size=25,
            follow="Normal",
            bold=True,
            colour=INK,
            before=300,
            after=30,
            line=240,
            keep_next=True,
            keep_lines=True,
            level=2,
        )
    ),
    _label(
        Style(
            "heading 3",
            size=20,
            follow="Normal",
            bold=True,
            colour=ACCENT,
            before=200,
            after=80,
            line=240,
            keep_next=True,
            keep_lines=True,
            level=3,
        )
    ),
    _label(Style("Digest Kicker", size=19, bold=True, colour=ACCENT, before=0, after=80, line=240, keep_next=True)),
    _label(
        Style("Digest Masthead", size=19, colour=GREY, before=0, after=0, line=264, frame=Frame("bottom", 8, 9, ACCENT))
    ),
    Style(
        "Digest Bottom Line",
        size=22,
        before=0,
        after=100,
        line=276,
        left=227,
        keep_lines=True,
        frame=Frame("left", 18, 10, ACCENT),
    ),
    _label(
        Style("Digest Headline", size=21, colour=GREY, before=0, after=60, line=264, keep_next=True, keep_lines=True)
    ),
    _label(
        Style(
            "Digest Attribution", size=19, colour=GREY, before=160, after=20, line=252, keep_next=True, keep_lines=True
        )
    ),
    Style("Digest Side Attribution", based_on="Digest Attribution", before=20, keep_next=False),
    Style("Digest Position", face=Face.TEXT, size=20, before=0, after=60, keep_lines=True),
    Style("Digest Quote", based_on="Digest Position", left=284, frame=Frame("left", 12, 9, HAIRLINE)),
    _label(Style("Digest Said", size=19, colour=GREY, before=90, after=40, line=247, keep_lines=True)),
    Style("Digest Original", size=18, colour=GREY, before=0, after=60, line=252, left=284, keep_lines=True),
    _label(
        Style(
            "Digest Doubt", size=18, italic=True, colour=GREY, before=0, after=60, line=240, left=284, keep_lines=True
        )
    ),
    _label(
        Style(
            "Digest Document",
            size=22,
            follow="Digest Details",
            bold=True,
            colour=INK,
            before=240,
            after=10,
            line=252,
            keep_next=True,
            keep_lines=True,
            level=2,
        )
    ),
    _label(
        Style("Digest Details", size=18, colour=GREY, before=0, after=60, line=240, keep_next=True, keep_lines=True)
    ),
    Style("Digest Summary", before=0, after=60),
    _label(Style("Digest Note", size=20, colour=GREY, before=0, after=80, line=264)),
    Style("Digest Figure", before=60, after=0, line=240),
    _label(Style("Digest Contents", size=19, colour=GREY, before=260, after=0, line=264, keep_lines=True)),
    _label(Style("Digest Legend", size=17, colour=GREY, before=80, after=0, line=240)),
    _label(
        Style(
            "Digest Source",
            size=19,
            before=0,
            after=70,
            line=247,
            left=624,
            hanging=624,
            keep_lines=True,
            tabs=(("left", 624),),
        )
    ),
    _label(Style("Digest Table Text", size=19, before=0, after=0, line=240)),
    _label(Style("Digest Table Small", size=17, colour=GREY, before=0, after=0, line=240)),
    _label(Style("Digest Table Head", size=18, bold=True, colour=ACCENT, before=0, after=0, line=240, keep_next=True)),
    _letters(Style("Digest Actor", bold=True, colour=INK)),
    _letters(Style("Digest Words", face=Face.TEXT, size=19, colour=INK)),
    _letters(Style("Digest Stance", bold=True, colour=INK)),
    _letters(Style("Digest Pale", colour=PALE)),
    _letters(Style("Digest Machine", face=Face.LABEL, size=17, italic=True, colour=GREY)),
    _letters(Style("Digest Mark", face=Face.LABEL, size=17, colour=ACCENT)),
    _letters(Style("Digest Contents Link", colour=ACCENT)),
    _letters(Style("Digest Back Link", face=Face.LABEL, size=17, colour=ACCENT)),
    _letters(Style("Hyperlink", colour=ACCENT, underline=True)),
    Style("Digest Table", kind="table", based_on="Normal Table", colour=ACCENT),
)
"""Every style that a brief uses. A template may have its own of the same name; then that one counts."""


def style_element(style: Style, identifier: str, parent: str, follow: str, own_faces: bool) -> Element:
    """A `w:style`. `parent` and `follow` are style ids or ""; without `own_faces` the typeface is the parent's."""
    element: Element = parse_xml(f'<w:style xmlns:w="{NAMESPACES["w"]}"/>')
    element.set(w("type"), style.kind)
    if style.name.startswith("Digest"):
        element.set(w("customStyle"), "1")
    element.set(w("styleId"), identifier)
    add(element, "name", val=style.name)
    if parent:
        add(element, "basedOn", val=parent)
    if follow:
        add(element, "next", val=follow)
    add(element, "uiPriority", val="9" if style.name.startswith("heading") else "20")
    add(element, "qFormat")
    if style.kind == "paragraph":
        _paragraph_properties(element, style)
    if style.kind == "table":
        _table_properties(element, style.colour)
    else:
        _run_properties(element, style, own_faces)
    return element


def _paragraph_properties(element: Element, style: Style) -> None:
    properties = add(element, "pPr")
    for name, wanted in (("keepNext", style.keep_next), ("keepLines", style.keep_lines)):
        if wanted:
            add(properties, name)
        elif wanted is False:
            add(properties, name, val="0")
    if style.frame:
        border = add(properties, "pBdr")
        frame = style.frame
        add(border, frame.side, val="single", sz=str(frame.size), space=str(frame.space), color=frame.colour)
    if style.tabs:
        tabs = add(properties, "tabs")
        for kind, position in style.tabs:
            add(tabs, "tab", val=kind, pos=str(position))
    spacing = {"before": style.before, "after": style.after, "line": style.line}
    said = {name: str(value) for name, value in spacing.items() if value is not None}
    if said:
        add(properties, "spacing", **said, **({"lineRule": "auto"} if style.line else {}))
    indent = {"left": style.left, "hanging": style.hanging}
    said = {name: str(value) for name, value in indent.items() if value is not None}
    if said:
        add(properties, "ind", **said)
    if style.level:
        add(properties, "outlineLvl", val=str(style.level - 1))


def _run_properties(element: Element, style: Style, own_faces: bool) -> None:
    properties = add(element, "rPr")
    if style.face and own_faces:
        add(
            properties,
            "rFonts",
            asciiTheme=f"{style.face}HAnsi",
            hAnsiTheme=f"{style.face}HAnsi",
            eastAsiaTheme=f"{style.face}EastAsia",
            cstheme=f"{style.face}Bidi",
        )
    for name, wanted in (("b", style.bold), ("i", style.italic)):
        if wanted:
            add(properties, name)
            add(properties, f"{name}Cs")
    if style.caps:
        add(properties, "caps")
    if style.colour:
        add(properties, "color", val=style.colour)
    if style.tracking is not None:
        add(properties, "spacing", val=str(style.tracking))
    if style.size is not None:
        add(properties, "sz", val=str(style.size))
        add(properties, "szCs", val=str(style.size))
    if style.underline:
        add(properties, "u", val="single")


def _table_lines(accent: str) -> tuple[tuple[str, str, str], ...]:
    # White between columns sets the shaded cells apart.
    return (
        ("top", "8", accent),
        ("bottom", "8", accent),
        ("insideH", "4", HAIRLINE),
        ("insideV", "18", "FFFFFF"),
    )


def _table_properties(element: Element, accent: str) -> None:
    """Horizontal hairlines, a heavier line under the header row, some air in the cells."""
    properties = add(element, "tblPr")
    borders = add(properties, "tblBorders")
    for side, size, colour in _table_lines(accent):
        add(borders, side, val="single", sz=size, space="0", color=colour)
    margins = add(properties, "tblCellMar")
    for side, width in (("top", "45"), ("left", "85"), ("bottom", "45"), ("right", "85")):
        add(margins, side, w=width, type="dxa")
    head = add(element, "tblStylePr", type="firstRow")
    head_cells = add(head, "tcPr")
    head_borders = add(head_cells, "tcBorders")
    add(head_borders, "bottom", val="single", sz="8", space="0", color=accent)


# --- a template's own styles -----------------------------------------------------------------------------------------


def ensure(document: Document) -> tuple[dict[str, str], list[str]]:
    """Add to a python-docx document every style of `STYLES` that it lacks.

    Returns the style id by name (of all, headings also as "Heading 1"), and the names of those that were added. An
    added style inherits the typeface of the template's Normal and takes the colour of its Heading 1, else of its
    theme, in place of this program's accent.
    """
    root: Element = document.styles.element
    known = _known(root)
    added: list[str] = []
    accent = accent_of(document)
    for style in STYLES:
        if (style.kind, style.name.lower()) in known:
            continue
        identifier = _free_identifier(root, style.name)
        parent = known.get((style.kind, style.based_on.lower()), "")
        follow = known.get(("paragraph", style.follow.lower()), "") if style.follow else ""
        root.append(style_element(_recoloured(style, accent), identifier, parent, follow, own_faces=False))
        known[(style.kind, style.name.lower())] = identifier
        added.append(_shown(style.name))
    ids = {_shown(style.name): known[(style.kind, style.name.lower())] for style in STYLES}
    return ids, added


def missing(document: Document) -> list[str]:
    """The names of the styles that `ensure` would add."""
    known = _known(document.styles.element)
    return [_shown(style.name) for style in STYLES if (style.kind, style.name.lower()) not in known]


def heading_ids(document: Document) -> frozenset[str]:
    """The style ids of a document's title and headings, whatever its language calls them."""
    known = _known(document.styles.element)
    return frozenset(
        identifier
        for (kind, name), identifier in known.items()
        if kind == "paragraph" and (name == "title" or name.removeprefix("heading ").isdecimal())
    )


def _shown(name: str) -> str:
    return name.replace("heading", "Heading")


_HEADINGS = (
    "überschrift",
    "titre",
    "título",
    "titolo",
    "cabeçalho",
    "kop",
    "rubrik",
    "nagłówek",
    "otsikko",
    "overskrift",
)
_TITLES = ("titel", "titre", "título", "titolo", "tytuł", "otsikko", "tittel")
_HEADING = re.compile(rf"(?:{'|'.join(_HEADINGS)}) ?([1-9])")


def _english(name: str) -> str:
    """The English name of a built-in style that a program has stored in its own language, in small letters."""
    name = name.lower()
    match = _HEADING.fullmatch(name)
    if match:
        return f"heading {match[1]}"
    return "title" if name in _TITLES else name


def _known(root: Element) -> dict[tuple[str, str], str]:
    """(kind, name in small letters) -> id.

    Word stores the built-in names in English whatever language it speaks; other programs do not, and where the English
    name is free theirs stands for it.
    """
    known: dict[tuple[str, str], str] = {}
    local: dict[tuple[str, str], str] = {}
    for element in root.iter(w("style")):
        name = element.find(w("name"))
        identifier = element.get(w("styleId"))
        if name is not None and identifier:
            kind, called = element.get(w("type"), "paragraph"), name.get(w("val")) or ""
            known.setdefault((kind, called.lower()), identifier)
            local.setdefault((kind, _english(called)), identifier)
    return local | known


def _free_identifier(root: Element, name: str) -> str:
    taken = {element.get(w("styleId")) for element in root.iter(w("style"))}
    base = "".join(word[:1].upper() + word[1:] for word in name.split())
    candidates = [base, *(f"{base}{number}" for number in range(2, len(taken) + 3))]
    return next(candidate for candidate in candidates if candidate not in taken)


def _recoloured(style: Style, accent: str) -> Style:
    frame = replace(style.frame, colour=accent) if style.frame and style.frame.colour == ACCENT else style.frame
    return replace(style, frame=frame, colour=accent if style.colour == ACCENT else style.colour)


def accent_of(document: Document) -> str:
    """The colour of a document's Heading 1, else of its theme, else this program's, as RRGGBB."""
    root: Element = document.styles.element
    identifier = _known(root).get(("paragraph", "heading 1"))
    for element in root.iter(w("style")):
        if element.get(w("styleId")) == identifier:
            colour = element.find(f"{w('rPr')}/{w('color')}")
            value = "" if colour is None else (colour.get(w("val")) or "")
            if _is_colour(value):
                return value.upper()
    return _theme_colour(document) or ACCENT


def _theme_colour(document: Document) -> str | None:
    """The first accent colour of the document's theme, or None."""
    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith("/theme"):
            continue
        theme = parse_xml(relation.target_part.blob)
        colour = theme.find(f".//{w('a:accent1')}/{w('a:srgbClr')}")
        if isinstance(colour, etree._Element) and _is_colour(colour.get("val") or ""):
            return (colour.get("val") or "").upper()
    return None


def _is_colour(value: str) -> bool:
    return len(value) == 6 and all(digit in "0123456789abcdefABCDEF" for digit in value)
