"""What a template may not contain, looked for in the bare package before any Word library opens it.

python-docx carries macros, remote templates, DDE fields and embedded objects through a save unseen; whoever opens the
brief would meet them. So everything is refused that can run, load or ask for something. Sources: ECMA-376 part 1
(relationship types, fields) and Microsoft's [MS-OFFMACRO2] and [MS-DOCX] for the types of its own.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lxml import etree

from digest.errors import ReadError, TemplateError
from digest.preflight import check_package
from digest.word.ooxml import Element, w

ALLOWED_FIELDS = ("PAGE", "NUMPAGES", "TOC", "REF", "PAGEREF", "HYPERLINK", "STYLEREF", "DOCPROPERTY")
DATED_FIELDS = ("DATE", "TIME")
"""Let through with a warning: they run nothing, but show the day of reading instead of the day of the brief."""

SUFFIXES = (".docx", ".dotx")

_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_CONTENT_TYPES = "[Content_Types].xml"
_TYPES_SPACE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = "http://purl.oclc.org/ooxml/"
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_SAVE_AS = "In Word, choose File > Save As and the type 'Word Document (*.docx)' or 'Word Template (*.dotx)'"

_MACROS = f"it contains macros. {_SAVE_AS}; that drops them."
_EMBEDDED = (
    "it contains an embedded object (a worksheet, a chart with its data, a PDF ...). Delete it, or paste it as a "
    "picture."
)
_CONTROL = "it contains an ActiveX control. Delete it in Word (Developer > Design Mode)."
_ALT_CHUNK = (
    "it holds another file that Word takes in on opening (altChunk). Open it in Word, save it as a new .docx, "
    "and use that."
)
_ADD_IN = "it opens an Office add-in by itself. Remove the add-in in Word and save the file again."

_REFUSED_RELATIONS: Mapping[str, str] = {
    "vbaProject": _MACROS,
    "wordVbaData": _MACROS,
    "attachedToolbars": _MACROS,
    "keyMapCustomizations": "it changes Word's keys (customisations). Save its content into a new file and use that.",
    "oleObject": _EMBEDDED,
    "package": _EMBEDDED,
    "control": _CONTROL,
    "activeXControlBinary": _CONTROL,
    "aFChunk": _ALT_CHUNK,
    "subDocument": "it is a master document with subdocuments. Unlink them in Word's outline view and save it.",
    "webextension": _ADD_IN,
    "webextensiontaskpanes": _ADD_IN,
}
_REFUSED_ELEMENTS: Mapping[str, str] = {
    w("altChunk"): _ALT_CHUNK,
    w("subDoc"): _REFUSED_RELATIONS["subDocument"],
    w("object"): _EMBEDDED,
    w("control"): _CONTROL,
    w("mailMerge"): "it is set up for a mail merge. In Word, choose Mailings > Start Mail Merge > Normal Word "
    "Document, and save it.",
    f"{_OFFICE}OLEObject": _EMBEDDED,
}
_EXTERNAL: Mapping[str, str] = {
    "attachedTemplate": "it is attached to another template ({target}). In Word, choose Developer > Document Template, "
    "attach Normal, and save it.",
    "image": "it shows a picture that is only linked ({target}). In Word, choose File > Info > Edit Links to Files > "
    "Break Link, or insert the picture itself.",
}
_EXTERNAL_OTHER = "it loads something from outside ({kind}: {target}). Remove that in Word and save the file again."
_FIELD = (
    "{place}: the field '{code}' is not allowed. Click on it and press Ctrl+Shift+F9, which turns it into plain text. "
    f"Allowed are {', '.join(ALLOWED_FIELDS)}."
)
_FIELD_NAME = re.compile(r"\s*([A-Za-z]+)")
_PLACES = {"document": "body", "footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments"}


@dataclass(frozen=True, slots=True)
class SafeTemplate:
    """A template that may be opened: its bytes, as a document even if it was a .dotx, and what to warn of."""

    data: bytes
    warnings: tuple[str, ...]


class RefusedTemplateError(TemplateError):
    """A template and everything that is wrong with it: `reasons` are sentences about it that begin with "it"."""

    def __init__(self, path: Path, reasons: Sequence[str]) -> None:
        listed = "".join(f"\n  - {reason}" for reason in reasons) if len(reasons) > 1 else f" {reasons[0]}"
        super().__init__(f"The template {path.name} cannot be used:{listed}")
        self.reasons = tuple(reasons)


def read(path: Path) -> SafeTemplate:
    """Read a template after looking at everything in it.

    Raises TemplateError, naming every reason at once, when it is not a Word file or holds what a template may not.
    """
    check_place(path)
    try:
        check_package(path)
        data = path.read_bytes()
    except ReadError as error:
        raise RefusedTemplateError(path, [f"{error.reason}. {error.advice}"]) from error
    except OSError as error:
        raise RefusedTemplateError(
            path, [f"it cannot be read ({error.strerror}). Close it in other programs."]
        ) from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _examine(path, package, data)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, NotImplementedError, RuntimeError) as error:
        raise RefusedTemplateError(
            path, [f"it is damaged ({error}). Open it in Word, save it again, and retry."]
        ) from error


def check_place(path: Path) -> None:
    """Raise TemplateError unless `path` is an existing file with the ending of a Word document or template."""
    if path.is_dir():
        raise RefusedTemplateError(path, ["it is a folder. Name a Word file in it (.docx or .dotx)."])
    if not path.exists():
        raise RefusedTemplateError(path, ["there is no such file. Check its name and folder."])
    suffix = path.suffix.lower()
    if suffix in (".docm", ".dotm"):
        raise RefusedTemplateError(path, [_MACROS])
    if suffix not in SUFFIXES:
        raise RefusedTemplateError(path, [f"a template is a Word file that ends in .docx or .dotx. {_SAVE_AS}."])


def _examine(path: Path, package: zipfile.ZipFile, data: bytes) -> SafeTemplate:
    types = _ContentTypes(_parse(package.read(_CONTENT_TYPES)))
    names = [name for name in package.namelist() if not name.endswith("/")]
    problems = _strict(package) or _main_type(package, types)
    if problems:
        raise RefusedTemplateError(path, problems)
    problems += [_MACROS for name in names if "macroenabled" in types.of(name).lower() or _is_macro(name)]
    warnings: list[str] = []
    for name in names:
        if not _is_xml(name, types):
            continue
        root = _parse(package.read(name))
        if name.endswith(".rels"):
            problems += _relations(root)
            continue
        problems += _elements(root)
        for code, field in fields(root):
            if field in DATED_FIELDS:
                warnings.append(f"{_place(name)}: the field '{field}' shows the day of reading. Use {{{{ issued }}}}.")
            elif field not in ALLOWED_FIELDS:
                problems.append(_FIELD.format(place=_place(name), code=_shorten(code)))
    if problems:
        raise RefusedTemplateError(path, list(dict.fromkeys(problems)))
    return SafeTemplate(_as_document(package, data), tuple(dict.fromkeys(warnings)))


class _ContentTypes:
    """What kind each part of a package is."""

    def __init__(self, root: Element) -> None:
        self._by_name = {
            (item.get("PartName") or "").lower(): item.get("ContentType") or ""
            for item in root.iter(f"{_TYPES_SPACE}Override")
        }
        self._by_ending = {
            (item.get("Extension") or "").lower(): item.get("ContentType") or ""
            for item in root.iter(f"{_TYPES_SPACE}Default")
        }

    def of(self, name: str) -> str:
        """The content type of a part, "" where the package gives none."""
        ending = PurePosixPath(name).suffix.removeprefix(".").lower()
        return self._by_name.get(f"/{name}".lower()) or self._by_ending.get(ending, "")


def _parse(data: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise KeyError("a part has a DOCTYPE, which no Word file needs")
    return root


def _is_xml(name: str, types: _ContentTypes) -> bool:
    return name.endswith((".xml", ".rels", ".vml")) or types.of(name).endswith("xml")


def _is_macro(name: str) -> bool:
    return PurePosixPath(name).name.lower() in ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")


def _strict(package: zipfile.ZipFile) -> list[str]:
    if _STRICT.encode() in package.read("_rels/.rels"):
        return [f"it is saved as 'Strict Open XML'. {_SAVE_AS}."]
    return []


def _main_type(package: zipfile.ZipFile, types: _ContentTypes) -> list[str]:
    """Whether the package's main part is a Word document or template at all."""
    for relation in _parse(package.read("_rels/.rels")).iter(_RELATION):
        if (relation.get("Type") or "").endswith("/officeDocument"):
            kind = types.of((relation.get("Target") or "").lstrip("/"))
            if "macroenabled" in kind.lower():
                return [_MACROS]
            if kind in (_DOCUMENT, _TEMPLATE):
                return []
            return [f"it is no Word document but something else under that name ({kind or 'unknown'}). {_SAVE_AS}."]
    return [f"it has no document in it. {_SAVE_AS}."]


def _relations(root: Element) -> Iterator[str]:
    for relation in root.iter(_RELATION):
        kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
        if (relation.get("TargetMode") or "").lower() == "external":
            if kind != "hyperlink":
                target = _shorten(relation.get("Target") or "")
                yield _EXTERNAL.get(kind, _EXTERNAL_OTHER).format(kind=kind, target=target)
        elif kind in _REFUSED_RELATIONS:
            yield _REFUSED_RELATIONS[kind]


def _elements(root: Element) -> Iterator[str]:
    """Elements that take something in, and pictures that name where to fetch themselves without a relationship."""
    for element in root.iter():
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if tag in _REFUSED_ELEMENTS:
            yield _REFUSED_ELEMENTS[tag]
        link = element.get(w("r:link")) or (element.get("src") if tag.startswith(_VML) else None)
        href = element.get(w("r:href")) if tag.startswith(_VML) else None
        if link or href:
            yield _EXTERNAL["image"].format(target=_shorten(link or href or ""))


# --- fields ----------------------------------------------------------------------------------------------------------


def fields(root: Element) -> Iterator[tuple[str, str]]:
    """Every field of a part: its code and its name in capitals; "" for one whose name another field would make.

    A field in the long form may be spread over many runs and paragraphs, and fields stand in each other.
    """
    codes: list[list[str]] = []
    for element in root.iter(w("fldSimple"), w("fldChar"), w("instrText"), w("delInstrText")):
        if element.tag == w("fldSimple"):
            yield _named(element.get(w("instr")) or "")
        elif element.tag != w("fldChar"):
            if codes:
                codes[-1].append(element.text or "")
            else:
                yield _named(element.text or "")
        elif element.get(w("fldCharType")) == "begin":
            if codes:
                codes[-1].append("\0")  # a field within this one: its result becomes part of the code
            codes.append([])
        elif element.get(w("fldCharType")) == "end" and codes:
            yield from _closed(codes.pop())
    for code in codes:
        yield from _closed(code)


def _closed(pieces: list[str]) -> Iterator[tuple[str, str]]:
    code = "".join(pieces)
    if code.strip():
        yield _named(code)


def _named(code: str) -> tuple[str, str]:
    match = _FIELD_NAME.match(code)
    behind = code[match.end() :] if match else ""
    name = match[1].upper() if match and not behind.startswith("\0") else ""
    return code.replace("\0", "{ }").strip(), name


def _place(name: str) -> str:
    stem = PurePosixPath(name).stem
    plain = stem.rstrip("0123456789")
    return _PLACES.get(stem) or (plain if plain in ("header", "footer") else name)


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


# --- a template becomes a document -----------------------------------------------------------------------------------


def _as_document(package: zipfile.ZipFile, data: bytes) -> bytes:
    """The package with the content type of a document: a brief made from a .dotx must open as a .docx."""
    types = package.read(_CONTENT_TYPES)
    if _TEMPLATE.encode() not in types:
        return data
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_STORED) as copy:
        for name in package.namelist():
            content = package.read(name)
            if name == _CONTENT_TYPES:
                content = content.replace(_TEMPLATE.encode(), _DOCUMENT.encode())
            copy.writestr(name, content)
    return changed.getvalue()
