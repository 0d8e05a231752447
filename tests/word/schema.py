"""The order in which WordprocessingML wants the children of the elements that a brief is made of.

From ECMA-376 part 1, annex A (transitional: part 4): CT_PPr, CT_RPr, CT_TblPr, CT_TrPr (any order, so left out),
CT_TcPr, CT_SectPr, CT_Tbl, CT_Tc, CT_Style.
"""

# ruff: noqa: SIM905 - long lists of names read better as text

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from digest.word.ooxml import Element, w

_ORDER: Mapping[str, Sequence[str]] = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ).split(),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
        "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
        "lang eastAsianLayout specVanish oMath"
    ).split(),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
        "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
    ).split(),
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark"
    ).split(),
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
        "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
    ).split(),
    "style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
        "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
    ).split(),
}
_ALLOWED: Mapping[str, frozenset[str]] = {
    "body": frozenset("p tbl sdt bookmarkStart bookmarkEnd sectPr".split()),
    "tc": frozenset("tcPr p tbl sdt bookmarkStart bookmarkEnd".split()),
    "tr": frozenset("trPr tc sdt".split()),
    "r": frozenset(
        "rPr t tab br noBreakHyphen fldChar instrText drawing pict lastRenderedPageBreak AlternateContent "
        "commentReference".split()
    ),
    "hyperlink": frozenset("r".split()),
}


def faults(root: Element) -> Iterator[str]:
    """What is out of order or out of place in a part."""
    for element in root.iter():
        if not isinstance(element.tag, str) or not element.tag.startswith(w("")):
            continue
        name = _name(element)
        children = [_name(child) for child in element if isinstance(child.tag, str)]
        order = _ORDER.get(name)
        if order is not None:
            places = [order.index(child) if child in order else -1 for child in children]
            if -1 in places or places != sorted(places):
                yield f"{name}: {children}"
            repeated = {"headerReference", "footerReference", "tblStylePr"}
            single = [child for child in children if child not in repeated]
            if len(set(single)) < len(single):
                yield f"{name}: {children} has one of them twice"
        if name in _ALLOWED and not set(children) <= _ALLOWED[name]:
            yield f"{name} holds {sorted(set(children) - _ALLOWED[name])}"
        if name == "tc" and (not children or children[-1] != "p"):
            yield "a cell does not end with a paragraph"
        if name == "tbl" and "tr" not in children and "sdt" not in children:
            yield "a table without a row"
    numbers = [mark.get(w("id")) for mark in root.iter(w("bookmarkStart"))]
    names = [mark.get(w("name")) for mark in root.iter(w("bookmarkStart"))]
    ends = [mark.get(w("id")) for mark in root.iter(w("bookmarkEnd"))]
    if len(set(numbers)) < len(numbers) or sorted(map(str, numbers)) != sorted(map(str, ends)):
        yield "the numbers of the bookmarks do not fit"
    if len(set(names)) < len(names):
        yield "two bookmarks have one name"
    anchors = {link.get(w("anchor")) for link in root.iter(w("hyperlink")) if link.get(w("anchor"))}
    if lost := anchors - set(names):
        yield f"links lead nowhere: {sorted(map(str, lost))}"


def _name(element: Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


_BORDER = "val color themeColor themeTint themeShade sz space shadow frame"
_WIDTH = "w type"
_ATTRIBUTES: Mapping[str, str] = {
    "document body p r tr tc tbl pPr rPr trPr tcPr tblPr": "rsidR rsidRPr rsidRDefault rsidP rsidDel rsidTr rsidSect",
    "rFonts": "hint ascii hAnsi eastAsia cs asciiTheme hAnsiTheme eastAsiaTheme cstheme",
    "lang themeFontLang": "val eastAsia bidi",
    "color": "val themeColor themeTint themeShade",
    "u": "val color themeColor themeTint themeShade",
    "shd": "val color themeColor themeTint themeShade fill themeFill themeFillTint themeFillShade",
    "spacing": "val before beforeLines beforeAutospacing after afterLines afterAutospacing line lineRule",
    "ind": "start end left right hanging firstLine startChars endChars leftChars rightChars hangingChars "
    "firstLineChars",
    "tab": "val leader pos",
    "pgSz": "w h orient code",
    "pgMar": "top right bottom left header footer gutter",
    "cols": "equalWidth space num sep",
    "headerReference footerReference": "type r:id",
    "tblW tcW tblInd tblCellSpacing": _WIDTH,
    "top bottom left right start end insideH insideV": f"{_BORDER} {_WIDTH}",
    "gridCol": "w",
    "tblLayout": "type",
    "tblLook": "firstRow lastRow firstColumn lastColumn noHBand noVBand val",
    "tblStylePr": "type",
    "style": "type styleId default customStyle",
    "bookmarkStart": "id name colFirst colLast displacedByCustomXml",
    "bookmarkEnd": "id displacedByCustomXml",
    "hyperlink": "r:id tgtFrame tooltip docLocation history anchor",
    "fldChar": "fldCharType fldLock dirty",
    "t instrText": "xml:space",
    "br": "type clear",
    "font": "name",
    "compatSetting": "name uri val",
    "zoom": "val percent",
}
"""The attributes that annex A of the standard gives these elements; every other has `val` at most."""
_PREFIXES = {"r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
             "xml": "http://www.w3.org/XML/1998/namespace"}  # fmt: skip


def unknown_attributes(root: Element) -> Iterator[str]:
    """Attributes of WordprocessingML elements that the standard does not give them."""
    allowed = {name: texts.split() for names, texts in _ATTRIBUTES.items() for name in names.split()}
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith(w("")):
            for attribute in element.attrib:
                if not any(_full(name) == attribute for name in allowed.get(_name(element), ["val"])):
                    yield f"{_name(element)} has {attribute}"


def _full(name: str) -> str:
    prefix, colon, own = name.partition(":")
    return f"{{{_PREFIXES[prefix]}}}{own}" if colon else w(name)
