"""The XML layer: what a brief is made of, as WordprocessingML. `splice.py` is its other half and reads paragraphs.

Order of children follows the schema (ECMA-376 part 1, transitional), for Word refuses or repairs what is out of order.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote, urlsplit, urlunsplit

from docx.opc.part import Part
from lxml import etree

from digest.word.blocks import Anchor, Block, Cell, Inline, Link, Mark, Paragraph, Picture, Table, Text, WebLink
from digest.word.languages import LanguageFacts, Script, directions, facts, unclosed

Element = etree._Element

NAMESPACES: Mapping[str, str] = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
}
_W = "{" + NAMESPACES["w"] + "}"
_R = "{" + NAMESPACES["r"] + "}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

MOST_BACK_LINKS = 6
"""So many uses of a source mark get a bookmark and an arrow back."""

BACK_LINK_STYLE = "Digest Back Link"
MARK_STYLE = "Digest Mark"
WEB_LINK_STYLE = "Hyperlink"

_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?")
_BREAKS = re.compile("([\t\n])")
_LEFT_TO_RIGHT_MARK = "\u200e"
_URL_SAFE = "!#$%&'()*+,-./:;=?@_~[]"
_LONGEST_URL = 2079
"""What Word takes as the address of a link, in characters (Microsoft, "Word specifications and limits")."""


def w(name: str) -> str:
    """`name` in the namespace of WordprocessingML, as lxml writes it; "r:id" and the like in theirs."""
    if ":" in name:
        prefix, name = name.split(":")
        return "{" + NAMESPACES[prefix] + "}" + name
    return _W + name


def sanitise(text: str) -> str:
    """`text` as XML can hold it: control characters and lone surrogates become U+FFFD, each line end a line feed."""
    return _BROKEN.sub("\ufffd", _LINE_ENDS.sub("\n", text))


def count_broken(text: str) -> int:
    """How many characters of `text` XML cannot hold, so that `sanitise` replaces them."""
    return len(_BROKEN.findall(text))


def safe_url(url: str | None) -> str | None:
    """`url` fit for a link, if it leads to the web or to a mailbox; None for every other kind of address."""
    if not url:
        return None
    try:
        parts = urlsplit(sanitise(url.strip()))
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https", "mailto") or not (host if parts.scheme != "mailto" else parts.path):
        return None
    cleaned = quote(urlunsplit(parts._replace(netloc=host)), safe=_URL_SAFE)
    return cleaned if len(cleaned) <= _LONGEST_URL else None


def add(parent: Element, name: str, /, **attributes: str) -> Element:
    """A new last child of `parent`; attributes are in the namespace of WordprocessingML."""
    child = etree.SubElement(parent, _W + name)
    for key, value in attributes.items():
        child.set(_W + key, value)
    return child


def put_first(parent: Element, child: Element, before: Iterable[str]) -> None:
    """Insert `child` in front of the first child whose name is in `before`, as the order of the schema wants it."""
    names = {_W + name for name in before}
    for at, element in enumerate(parent):
        if element.tag in names:
            parent.insert(at, child)
            return
    parent.append(child)


def fill_run(run: Element, text: str) -> None:
    """Append `text` to a run; tabs and line ends become Word's elements for them."""
    for piece in _BREAKS.split(sanitise(text)) if ("\t" in text or "\n" in text or "\r" in text) else [sanitise(text)]:
        if piece == "\t":
            etree.SubElement(run, _W + "tab")
        elif piece == "\n":
            etree.SubElement(run, _W + "br")
        elif piece:
            holder = etree.SubElement(run, _W + "t")
            holder.text = piece
            if piece[0].isspace() or piece[-1].isspace():
                holder.set(_XML_SPACE, "preserve")


def add_field(paragraph: Element, code: str, shown: str) -> None:
    """Append a complex field such as PAGE; `shown` stands there until Word works it out."""
    for kind in ("begin", "code", "separate", "shown", "end"):
        run = add(paragraph, "r")
        if kind == "code":
            instruction = add(run, "instrText")
            instruction.text = f" {code} "
            instruction.set(_XML_SPACE, "preserve")
        elif kind == "shown":
            fill_run(run, shown)
        else:
            add(run, "fldChar", fldCharType=kind)


def text_width(section: Element | None) -> int:
    """The width of a column of text in twips, as a section's properties say; that of A4 with 2.5 cm margins without."""
    if section is None:
        return 9070
    size, margins, columns = (section.find(_W + name) for name in ("pgSz", "pgMar", "cols"))
    page = _number(size, "w", 11906)
    width = page - _number(margins, "left", 1418) - _number(margins, "right", 1418) - _number(margins, "gutter", 0)
    count = max(1, _number(columns, "num", 1))
    width = (width - (count - 1) * _number(columns, "space", 720)) // count
    return max(2000, width)


def text_height(section: Element | None) -> int:
    """The height of the text of a page in twips; that of A4 with margins of 2.8 cm without a section."""
    if section is None:
        return 13_600
    size, margins = (section.find(_W + name) for name in ("pgSz", "pgMar"))
    height = _number(size, "h", 16838) - _number(margins, "top", 1600) - _number(margins, "bottom", 1600)
    return max(2000, height)


def _number(element: Element | None, attribute: str, default: int) -> int:
    value = None if element is None else element.get(_W + attribute)
    try:
        return default if value is None else int(float(value))
    except ValueError:
        return default


def highest_bookmark(root: Element) -> int:
    """The largest bookmark id in a part, -1 without bookmarks."""
    ids = (_number(mark, "id", -1) for mark in root.iter(_W + "bookmarkStart"))
    return max(ids, default=-1)


_EMU = 635
"""English Metric Units in a twip."""


def _child(parent: Element, name: str, /, **attributes: str) -> Element:
    """A new last child in the namespace of its prefix, with attributes in none."""
    return etree.SubElement(parent, w(name), attributes, nsmap={name.split(":")[0]: NAMESPACES[name.split(":")[0]]})


def _number_of(element: Element, attribute: str) -> int:
    value = element.get(attribute) or ""
    return int(value) if value.isdecimal() else 0


_TABLE_MARGIN = 85
"""The left margin of the cells of the style Digest Table, in twips."""


def _hangs_over(part: Part) -> bool:
    """Whether Word sets the text of a table flush with the page's and lets its edge hang over: before version 2013."""
    for setting in part.settings.element.iter(_W + "compatSetting"):
        if setting.get(_W + "name") == "compatibilityMode":
            return _number(setting, "val", 15) < 15
    return True


class Writer:
    """Turns blocks into elements for one document part.

    `part` is the python-docx part that external links are noted in; `styles` gives the style id of every style name
    that blocks use; `anchors` the bookmark of every source mark; `language` is the frame's. After all blocks have been
    written, `finish` must be called once: only then is it known where the back links lead. `targets` are the bookmarks
    that an `Anchor` must not set, because it has been set or a section will set it.
    """

    def __init__(
        self, part: Part, styles: Mapping[str, str], anchors: Mapping[str, str], language: str, first_bookmark: int
    ) -> None:
        self._part = part
        self._styles = styles
        self._anchors = anchors
        self._language = facts(language)
        self._next_bookmark = first_bookmark
        self._next_picture: int | None = None
        self._indent = _TABLE_MARGIN if part is not None and _hangs_over(part) else 0
        self.targets: set[str] = set()
        self._uses: dict[str, list[str]] = {}
        self._open_back_links: list[tuple[Element, str]] = []

    def write(self, blocks: Iterable[Block]) -> list[Element]:
        """The elements of `blocks`, in their order."""
        return [self._table(block) if isinstance(block, Table) else self._paragraph(block) for block in blocks]

    def finish(self) -> None:
        """Fill in the links from each source back to the uses of its mark."""
        for place, mark in self._open_back_links:
            parent = place.getparent()
            if parent is None:  # pragma: no cover - the place was put into a paragraph by `_inline`
                continue
            at = parent.index(place)
            parent.remove(place)
            for number, anchor in enumerate(self._uses.get(mark, ()), 1):
                if number > 1:
                    parent.insert(at, self._loose_run(" "))
                    at += 1
                link = self._loose_link(anchor)
                self._run(link, Text(f"↑{number}", BACK_LINK_STYLE))
                parent.insert(at, link)
                at += 1
        self._open_back_links.clear()

    def looked_at_again(self) -> Callable[[Element], bool]:
        """Tells of paragraphs that were written whether something is still to be done to them: headings and the place
        of the contents, and those that wait for links back."""
        waiting = {place.getparent() for place, _ in self._open_back_links}
        styles = {self._styles[name] for name in ("Heading 1", "Heading 2", "Digest Contents")}

        def is_looked_at(element: Element) -> bool:
            style = element.find(f"{_W}pPr/{_W}pStyle")
            return element in waiting or (style is not None and style.get(_W + "val") in styles)

        return is_looked_at

    def style(self, name: str) -> str:
        """The id of a style."""
        return self._styles[name]

    def bookmark(self, paragraph: Element) -> str:
        """The name of a paragraph's bookmark; it gets one where it has none."""
        known = paragraph.find(_W + "bookmarkStart")
        if known is not None:
            return known.get(_W + "name") or ""
        name = f"digest_heading_{self._next_bookmark}"
        identifier = self._open_bookmark(paragraph, name)
        start = paragraph[-1]
        paragraph.remove(start)
        paragraph.insert(1 if paragraph.find(_W + "pPr") is not None else 0, start)
        add(paragraph, "bookmarkEnd", id=identifier)
        return name

    def inline(self, parent: Element, part: Inline, base: Element | None = None) -> None:
        """Append a part of a line to `parent`; its runs take the properties of `base` beside their own."""
        known = set(parent)
        self._inline(parent, part, rtl=False)
        if base is None:
            return
        for run in (run for child in parent if child not in known for run in child.iter(_W + "r")):
            own = run.find(_W + "rPr")
            run.insert(0, merged(base, own))
            if own is not None:
                run.remove(own)

    # --- paragraphs -----------------------------------------------------------------------------------------------

    def _paragraph(self, block: Paragraph) -> Element:
        element = etree.Element(_W + "p", nsmap={"w": NAMESPACES["w"], "r": NAMESPACES["r"]})
        properties = add(element, "pPr")
        add(properties, "pStyle", val=self._styles[block.style])
        if block.keep_next:
            add(properties, "keepNext")
        if block.rtl:
            add(properties, "bidi")
        if block.figures:
            add(properties, "jc", val="right")
        identifier = self._open_bookmark(element, block.bookmark) if block.bookmark else ""
        for part in block.parts:
            self._inline(element, part, block.rtl)
        if identifier:
            add(element, "bookmarkEnd", id=identifier)
        return element

    def _inline(self, parent: Element, part: Inline, rtl: bool) -> None:
        if isinstance(part, Text):
            self._run(parent, part, rtl)
        elif isinstance(part, Mark):
            self._mark(parent, part.mark)
        elif isinstance(part, Link):
            self._run(add(parent, "hyperlink", anchor=part.anchor, history="1"), Text(part.text, part.style))
        elif isinstance(part, WebLink):
            self._web_link(parent, part)
        elif isinstance(part, Anchor):
            self._anchor(parent, part)
        elif isinstance(part, Picture):
            self._picture(parent, part)
        else:  # BackLinks: a place is kept for them
            place = etree.SubElement(parent, _W + "r")
            self._open_back_links.append((place, part.mark))

    def _mark(self, parent: Element, mark: str) -> None:
        uses = self._uses.setdefault(mark, [])
        anchor = self._anchors[mark]
        identifier = ""
        if len(uses) < MOST_BACK_LINKS:
            uses.append(f"{anchor}_use_{len(uses) + 1}")
            identifier = self._open_bookmark(parent, uses[-1])
        link = add(parent, "hyperlink", anchor=anchor, history="1")
        self._run(link, Text(f"[{mark}]", MARK_STYLE))
        if identifier:
            add(parent, "bookmarkEnd", id=identifier)

    def _anchor(self, parent: Element, part: Anchor) -> None:
        """The text with its bookmark where the file has none of the name yet, else as a link to that."""
        text = Text(part.text, part.style)
        if part.name in self.targets:
            self._run(add(parent, "hyperlink", anchor=part.name, history="1"), text)
            return
        self.targets.add(part.name)
        identifier = self._open_bookmark(parent, part.name)
        self._run(parent, text)
        add(parent, "bookmarkEnd", id=identifier)

    def _web_link(self, parent: Element, part: WebLink) -> None:
        relation = self._part.relate_to(
            part.url, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
        )
        link = etree.SubElement(parent, _W + "hyperlink")
        link.set(_R + "id", relation)
        link.set(_W + "history", "1")
        self._run(link, Text(part.text, WEB_LINK_STYLE, "und"))

    def _picture(self, parent: Element, part: Picture) -> None:
        relation, _ = self._part.get_or_add_image(io.BytesIO(part.data))
        if self._next_picture is None:
            numbers = [_number_of(held, "id") for held in self._part.element.iter(w("wp:docPr"))]
            self._next_picture = max(numbers, default=0) + 1
        identifier, self._next_picture = str(self._next_picture), self._next_picture + 1
        across, down = str(part.width * _EMU), str(part.height * _EMU)
        drawing = add(etree.SubElement(parent, _W + "r"), "drawing")
        inline = _child(drawing, "wp:inline", distT="0", distB="0", distL="0", distR="0")
        _child(inline, "wp:extent", cx=across, cy=down)
        _child(inline, "wp:docPr", id=identifier, name=f"Picture {identifier}", descr=sanitise(part.told))
        _child(_child(inline, "wp:cNvGraphicFramePr"), "a:graphicFrameLocks", noChangeAspect="1")
        data = _child(_child(inline, "a:graphic"), "a:graphicData", uri=NAMESPACES["pic"])
        picture = _child(data, "pic:pic")
        about = _child(picture, "pic:nvPicPr")
        _child(about, "pic:cNvPr", id=identifier, name=f"picture-{identifier}.png")
        _child(about, "pic:cNvPicPr")
        fill = _child(picture, "pic:blipFill")
        _child(fill, "a:blip").set(_R + "embed", relation)
        _child(_child(fill, "a:stretch"), "a:fillRect")
        shape = _child(picture, "pic:spPr")
        frame = _child(shape, "a:xfrm")
        _child(frame, "a:off", x="0", y="0")
        _child(frame, "a:ext", cx=across, cy=down)
        _child(_child(shape, "a:prstGeom", prst="rect"), "a:avLst")

    def _open_bookmark(self, parent: Element, name: str) -> str:
        identifier = str(self._next_bookmark)
        self._next_bookmark += 1
        add(parent, "bookmarkStart", id=identifier, name=name)
        return identifier

    def _loose_run(self, text: str) -> Element:
        run = etree.Element(_W + "r")
        fill_run(run, text)
        return run

    def _loose_link(self, anchor: str) -> Element:
        link = etree.Element(_W + "hyperlink")
        link.set(_W + "anchor", anchor)
        link.set(_W + "history", "1")
        return link

    # --- runs -----------------------------------------------------------------------------------------------------

    def _run(self, parent: Element, part: Text, rtl: bool = False) -> None:
        language = facts(part.language) if part.language else self._language
        stretches = directions(part.text, rtl)
        for stretch, backwards in stretches:
            run = etree.SubElement(parent, _W + "r")
            self._run_properties(run, part.style, language, backwards)
            fill_run(run, stretch)
        closing = "" if part.text.isascii() else unclosed(part.text)
        if not rtl and any(backwards for _, backwards in stretches):
            # Else a number or a sign behind it would be drawn into the right-to-left words.
            closing += _LEFT_TO_RIGHT_MARK
        if closing:
            fill_run(etree.SubElement(parent, _W + "r"), closing)

    def _run_properties(self, run: Element, style: str, language: LanguageFacts, backwards: bool) -> None:
        properties = etree.SubElement(run, _W + "rPr")
        if style:
            add(properties, "rStyle", val=self._styles[style])
        script = Script.RIGHT_TO_LEFT if backwards else language.script
        # Word takes the letters of a right-to-left run from its complex-script font, whatever the language is.
        font = language.font or ("Times New Roman" if backwards else "")
        if font and not (language.script is Script.RIGHT_TO_LEFT and not backwards):
            _add_fonts(properties, script, font)
        if backwards:
            add(properties, "rtl")
        if not backwards or language.script is Script.RIGHT_TO_LEFT:
            _add_language(properties, script, language.tag)

    # --- tables ---------------------------------------------------------------------------------------------------

    def _table(self, table: Table) -> Element:
        element = etree.Element(_W + "tbl", nsmap={"w": NAMESPACES["w"], "r": NAMESPACES["r"]})
        properties = add(element, "tblPr")
        add(properties, "tblStyle", val=self._styles["Digest Table"])
        add(properties, "tblW", w=str(sum(table.widths)), type="dxa")
        if self._indent:
            add(properties, "tblInd", w=str(self._indent), type="dxa")
        add(properties, "tblLayout", type="fixed")
        look = {"firstRow": "1", "lastRow": "0", "firstColumn": "0", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
        add(properties, "tblLook", val="0620", **look)
        add(properties, "tblCaption", val=sanitise(table.caption))
        add(properties, "tblDescription", val=sanitise(table.description))
        grid = add(element, "tblGrid")
        for width in table.widths:
            add(grid, "gridCol", w=str(width))
        for number, row in enumerate(table.rows):
            line = add(element, "tr")
            row_properties = add(line, "trPr")
            add(row_properties, "cantSplit")
            if number == 0:
                add(row_properties, "tblHeader")
            for width, cell in zip(table.widths, row, strict=True):
                self._cell(line, cell, width)
        return element

    def _cell(self, row: Element, cell: Cell, width: int) -> None:
        element = add(row, "tc")
        properties = add(element, "tcPr")
        add(properties, "tcW", w=str(width), type="dxa")
        if cell.shade:
            add(properties, "shd", val="clear", color="auto", fill=cell.shade)
        for paragraph in cell.paragraphs:
            element.append(self._paragraph(paragraph))


_RUN_ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz",
    "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
    "eastAsianLayout", "specVanish", "oMath",
)  # fmt: skip
_THEME_TWINS: Mapping[str, str] = {
    _W + "ascii": _W + "asciiTheme",
    _W + "hAnsi": _W + "hAnsiTheme",
    _W + "eastAsia": _W + "eastAsiaTheme",
    _W + "cs": _W + "cstheme",
}
_RUN_PLACES = {_W + name: place for place, name in enumerate(_RUN_ORDER)}


def merged(base: Element, own: Element | None) -> Element:
    """Run properties: those of `base`, and of `own` what `base` does not say; fonts and language are put together."""
    together = copy.deepcopy(base)
    for item in own if own is not None else ():
        there = together.find(item.tag)
        if there is None:
            together.append(copy.deepcopy(item))
        elif item.tag in (_W + "rFonts", _W + "lang"):
            for name, value in item.attrib.items():
                there.set(name, value)
                # A typeface of the theme would win over the one that has the letters.
                twin = _THEME_TWINS.get(str(name), "")
                if twin and twin in there.attrib:
                    del there.attrib[twin]
    together[:] = sorted(together, key=lambda item: _RUN_PLACES.get(str(item.tag), len(_RUN_ORDER)))
    return together


def _add_fonts(properties: Element, script: Script, font: str) -> None:
    if script is Script.EAST_ASIAN:
        add(properties, "rFonts", eastAsia=font, hint="eastAsia")
    elif script in (Script.COMPLEX, Script.RIGHT_TO_LEFT):
        add(properties, "rFonts", cs=font)
    else:
        add(properties, "rFonts", ascii=font, hAnsi=font, cs=font)


def _add_language(properties: Element, script: Script, tag: str) -> None:
    if script is Script.EAST_ASIAN:
        add(properties, "lang", eastAsia=tag)
    elif script in (Script.COMPLEX, Script.RIGHT_TO_LEFT):
        add(properties, "lang", bidi=tag)
    else:
        add(properties, "lang", val=tag)
