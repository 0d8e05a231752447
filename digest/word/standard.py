"""Builds `templates/standard.docx`, so that the look of the standard brief is kept as code and can be made again.

    python -m digest.word.standard [FILE]

A4; one blue; Georgia for what is read, Calibri for what is looked up. Both come with Windows or Office and the Mac;
where they are missing, Word and LibreOffice take fonts of the same kind. Whoever wants another look edits the .docx in
Word; this module is not needed for it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from docx.oxml.parser import parse_xml
from lxml import etree

from digest import outfile
from digest.word.context import ACCENT
from digest.word.ooxml import NAMESPACES, Element, add, add_field, fill_run, w
from digest.word.render import pack
from digest.word.styles import GREY, HAIRLINE, INK, STYLES, Face, Frame, Style, style_element

TEXT_FACE = "Georgia"
LABEL_FACE = "Calibri"

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
SIDE_MARGIN = 1361
LINE_WIDTH = PAGE_WIDTH - 2 * SIDE_MARGIN

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def running(width: int) -> tuple[Style, ...]:
    """Styles of the running lines, which belong to the template and not to the body. `width` is that of a line."""
    plain = Style(
        "header", face=Face.LABEL, size=17, colour=GREY, before=0, after=0, line=240, tabs=(("right", width),)
    )
    return (
        plain,
        replace(plain, name="footer"),
        Style("Digest Running Title", based_on="header", frame=Frame("bottom", 4, 6, HAIRLINE)),
    )


def build() -> bytes:
    """The template as the bytes of a .docx, the same on every run."""
    return package(_document(), (*running(LINE_WIDTH), *STYLES))


def package(document: Element, styles: Sequence[Style]) -> bytes:
    """A .docx of one document part, with the headers, the footer, the fonts and the theme of the standard template."""
    texts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml"),
            ("metadata/core-properties", "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"),
        ),
        "docProps/app.xml": _XML
        + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
        "docProps/core.xml": _core(),
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("theme", "theme/theme1.xml"),
            ("fontTable", "fontTable.xml"),
            ("header", "header1.xml"),
            ("header", "header2.xml"),
            ("footer", "footer1.xml"),
        ),
        "word/fontTable.xml": _fonts(),
        "word/settings.xml": _settings(),
        "word/theme/theme1.xml": _theme(),
    }
    parts = {name: text.encode("utf-8") for name, text in texts.items()}
    parts["word/document.xml"] = _bytes(document)
    parts["word/styles.xml"] = _bytes(_styles(styles))
    parts["word/header1.xml"] = _bytes(_header())
    parts["word/header2.xml"] = _bytes(_first_header())
    parts["word/footer1.xml"] = _bytes(_footer())
    return pack(parts)


def _bytes(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def part_root(name: str) -> Element:
    """An empty part of a Word file."""
    root: Element = parse_xml(f'<w:{name} xmlns:w="{NAMESPACES["w"]}" xmlns:r="{NAMESPACES["r"]}"/>')
    return root


def _content_types() -> str:
    kinds = {
        "word/document.xml": f"{_MAIN}.document.main+xml",
        "word/styles.xml": f"{_MAIN}.styles+xml",
        "word/settings.xml": f"{_MAIN}.settings+xml",
        "word/fontTable.xml": f"{_MAIN}.fontTable+xml",
        "word/header1.xml": f"{_MAIN}.header+xml",
        "word/header2.xml": f"{_MAIN}.header+xml",
        "word/footer1.xml": f"{_MAIN}.footer+xml",
        "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(*relations: tuple[str, str]) -> str:
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{f"{package}/{kind}" if "/" in kind else f"{_OFFICE}/{kind}"}" '
        f'Target="{target}"/>'
        for number, (kind, target) in enumerate(relations, 1)
    )
    return f'{_XML}<Relationships xmlns="{package}">{lines}</Relationships>'


def _core() -> str:
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{{ title }}</dc:title>'
        '<dc:creator/><dcterms:created xsi:type="dcterms:W3CDTF">2025-01-01T00:00:00Z'
        '</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">2025-01-01T00:00:00Z</dcterms:modified>'
        "</cp:coreProperties>"
    )


def _fonts() -> str:
    """Both faces with their family and pitch, from which a program without them chooses another."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:panose1 w:val="{panose}"/><w:charset w:val="00"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, family, panose in (
            (LABEL_FACE, "swiss", "020F0502020204030204"),
            (TEXT_FACE, "roman", "02040502050405020303"),
        )
    )
    return f'{_XML}<w:fonts xmlns:w="{NAMESPACES["w"]}">{fonts}</w:fonts>'


def _settings() -> str:
    modern = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", "15"),
            ("overrideTableStyleFontSizeAndJustification", "1"),
            ("enableOpenTypeFeatures", "1"),
            ("doNotFlipMirrorIndents", "1"),
            ("differentiateMultirowTableHeaders", "1"),
        )
    )
    return (
        f'{_XML}<w:settings xmlns:w="{NAMESPACES["w"]}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{modern}</w:compat>'
        '<w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _theme() -> str:
    colours = {
        "dk1": INK,
        "lt1": "FFFFFF",
        "dk2": ACCENT,
        "lt2": "F1F2F2",
        "accent1": ACCENT,
        "accent2": GREY,
        "accent3": "C3D6E4",
        "accent4": "DBBCA8",
        "accent5": "7A848E",
        "accent6": HAIRLINE,
        "hlink": ACCENT,
        "folHlink": GREY,
    }
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items())
    faces = "".join(
        f'<a:{kind}Font><a:latin typeface="{face}"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>'
        for kind, face in (("major", LABEL_FACE), ("minor", TEXT_FACE))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{_XML}<a:theme xmlns:a="{NAMESPACES["a"]}" name="Digest"><a:themeElements>'
        f'<a:clrScheme name="Digest">{scheme}</a:clrScheme><a:fontScheme name="Digest">{faces}</a:fontScheme>'
        f'<a:fmtScheme name="Digest"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


# --- styles ----------------------------------------------------------------------------------------------------------


def _styles(styles: Sequence[Style]) -> Element:
    root = part_root("styles")
    _defaults(root)
    _base_styles(root)
    ids = {style.name: style.name.title().replace(" ", "") for style in styles} | {
        "Normal": "Normal",
        "Default Paragraph Font": "DefaultParagraphFont",
        "Normal Table": "TableNormal",
    }
    for style in styles:
        follow = ids.get(style.follow, "")
        root.append(style_element(style, ids[style.name], ids[style.based_on], follow, own_faces=True))
    return root


def _defaults(root: Element) -> None:
    defaults = add(root, "docDefaults")
    letters = add(add(defaults, "rPrDefault"), "rPr")
    add(
        letters,
        "rFonts",
        asciiTheme="minorHAnsi",
        hAnsiTheme="minorHAnsi",
        eastAsiaTheme="minorEastAsia",
        cstheme="minorBidi",
    )
    add(letters, "color", val=INK)
    add(letters, "sz", val="20")
    add(letters, "szCs", val="20")
    add(letters, "lang", val="en-GB", eastAsia="zh-CN", bidi="ar-SA")
    add(add(defaults, "pPrDefault"), "pPr")


def _base_styles(root: Element) -> None:
    """The four styles that every Word file has."""
    normal = _base(root, "paragraph", "Normal", "Normal")
    add(normal, "qFormat")
    add(add(normal, "pPr"), "spacing", before="0", after="80", line="271", lineRule="auto")
    _base(root, "character", "Default Paragraph Font", "DefaultParagraphFont")
    table = _base(root, "table", "Normal Table", "TableNormal")
    properties = add(table, "tblPr")
    add(properties, "tblInd", w="0", type="dxa")
    margins = add(properties, "tblCellMar")
    for side, width in (("top", "0"), ("left", "108"), ("bottom", "0"), ("right", "108")):
        add(margins, side, w=width, type="dxa")
    _base(root, "numbering", "No List", "NoList")


def _base(root: Element, kind: str, name: str, identifier: str) -> Element:
    style = add(root, "style", type=kind, default="1", styleId=identifier)
    add(style, "name", val=name)
    return style


# --- text ------------------------------------------------------------------------------------------------------------


def text_line(parent: Element, style: str, text: str = "") -> Element:
    """A paragraph in a style, by its id."""
    paragraph = add(parent, "p")
    add(add(paragraph, "pPr"), "pStyle", val=style)
    if text:
        fill_run(add(paragraph, "r"), text)
    return paragraph


def _header() -> Element:
    root = part_root("hdr")
    text_line(root, "Header", "{{ classification }}")
    text_line(root, "DigestRunningTitle", "{{ title }}\t{{ issue_line }}")
    return root


def _first_header() -> Element:
    root = part_root("hdr")
    text_line(root, "Header", "{{ classification }}")
    return root


def _footer() -> Element:
    root = part_root("ftr")
    paragraph = text_line(root, "Footer", "{{ classification }}\t{{ word.page }} ")
    add_field(paragraph, "PAGE", "1")
    fill_run(add(paragraph, "r"), " {{ word.of_pages }} ")
    add_field(paragraph, "NUMPAGES", "1")
    return root


def _document() -> Element:
    root = part_root("document")
    body = add(root, "body")
    text_line(body, "Normal", "{{ brief }}")
    page(body)
    return root


def page(body: Element) -> None:
    """End a body with its page: size, margins, headers and footer."""
    section = add(body, "sectPr")
    refer(section)
    add(section, "pgSz", w=str(PAGE_WIDTH), h=str(PAGE_HEIGHT))
    sides = {"left": str(SIDE_MARGIN), "right": str(SIDE_MARGIN)}
    add(section, "pgMar", top="1304", bottom="1247", header="624", footer="567", gutter="0", **sides)
    add(section, "cols", space="708")
    add(section, "titlePg")


def refer(section: Element) -> None:
    """Give a section the headers and the footer of the package."""
    for name, kind, identifier in (
        ("headerReference", "default", "rId5"),
        ("headerReference", "first", "rId6"),
        ("footerReference", "default", "rId7"),
        ("footerReference", "first", "rId7"),
    ):
        add(section, name, type=kind).set(w("r:id"), identifier)


def main(arguments: list[str]) -> int:
    """Write the template to the file named, else to templates/standard.docx beside the package."""
    default = Path(__file__).resolve().parents[2] / "templates" / "standard.docx"
    target = outfile.write_bytes(Path(arguments[0]) if arguments else default, build(), overwrite=True)
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
