"""Builds the other templates of the folder `templates`, each as code like the standard one.

    python -m digest.word.layouts [FOLDER]

`one-page.docx`: bottom line, matrix and changes on one page or two, a line for each source beneath.
`table.docx`: every statement as a row of one long table on landscape pages, for comparison.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from digest import outfile
from digest.word.ooxml import Element, add, fill_run
from digest.word.standard import PAGE_HEIGHT, PAGE_WIDTH, build, package, part_root, refer, running, text_line
from digest.word.styles import STYLES, Style

_NARROW_SIDE = 1134
_ONE_PAGE_LINE = PAGE_WIDTH - 2 * _NARROW_SIDE
_TABLE_LINE = PAGE_HEIGHT - 2 * _NARROW_SIDE

_SMALLER: Mapping[str, Mapping[str, int]] = {
    "Title": {"size": 40, "after": 60},
    "heading 1": {"size": 24, "before": 240, "after": 80},
    "Digest Kicker": {"size": 18, "after": 50},
    "Digest Masthead": {"size": 17},
    "Digest Bottom Line": {"size": 20, "after": 70, "line": 259},
    "Digest Table Text": {"size": 17},
    "Digest Table Small": {"size": 15},
    "Digest Table Head": {"size": 17},
    "Digest Legend": {"size": 15, "before": 60},
    "Digest Note": {"size": 17, "after": 60},
    "Digest Source": {"size": 16, "after": 30, "left": 482, "hanging": 482},
}
"""The styles of the standard template, as far as one page asks for smaller ones."""


def one_page() -> bytes:
    """The template `one-page` as the bytes of a .docx."""
    root = part_root("document")
    body = add(root, "body")
    for name in ("masthead", "bottom_line", "matrix", "changes"):
        text_line(body, "Normal", f"{{{{ section.{name} }}}}")
    text_line(body, "Heading1", "{{ word.sources }}")
    text_line(
        body,
        "DigestNote",
        "{{ documents }}. {{ word.method_short }}{{?replaced}} {{ replaced }}{{/replaced}}",
    )
    text_line(body, "Normal", "{{#sources}}")
    text_line(body, "DigestSource", "{{ source.mark }}\t{{ source.citation }}")
    text_line(body, "Normal", "{{/sources}}")
    _page(add(body, "sectPr"), PAGE_WIDTH, PAGE_HEIGHT)
    return package(root, (*running(_ONE_PAGE_LINE), *_resized(_SMALLER)))


_COLUMNS = (
    (1780, "{{ word.who }}", ("{{#positions}}{{ position.holder }}",)),
    (2700, "{{ word.topic_and_stance }}", ("{{ position.topic }}", "{{ position.stance }}")),
    (2600, "{{ word.speaker }}", ("{{ position.speaker }}", "{{ position.when }}")),
    (6470, "{{ word.statement }}", ("{{ position.statement }}", "{{ position.original }}", "{{ position.doubt }}")),
    (1020, "{{ word.marks }}", ("{{ position.marks }}{{/positions}}",)),
)
_SMALL = ("{{ position.when }}", "{{ position.original }}", "{{ position.doubt }}", "{{ position.topic }}")


def table() -> bytes:
    """The template `table` as the bytes of a .docx."""
    root = part_root("document")
    body = add(root, "body")
    text_line(body, "Normal", "{{ section.masthead }}")
    text_line(body, "Heading1", "{{ word.positions }}")
    text_line(body, "Normal", "{{?positions}}")
    _positions(body)
    text_line(body, "Normal", "{{/positions}}")
    text_line(body, "Normal", "{{^positions}}")
    text_line(body, "DigestNote", "{{ word.no_holders }}")
    text_line(body, "Normal", "{{/positions}}")
    for name in ("gaps", "method", "sources"):
        text_line(body, "Normal", f"{{{{ section.{name} }}}}")
    _page(add(body, "sectPr"), PAGE_HEIGHT, PAGE_WIDTH)
    return package(root, (*running(_TABLE_LINE), *_resized({"heading 1": {"before": 280}, "Title": {"size": 44}})))


def _positions(body: Element) -> None:
    element = add(body, "tbl")
    properties = add(element, "tblPr")
    add(properties, "tblStyle", val="DigestTable")
    add(properties, "tblW", w=str(sum(width for width, _, _ in _COLUMNS)), type="dxa")
    add(properties, "tblLayout", type="fixed")
    look = {"firstRow": "1", "lastRow": "0", "firstColumn": "0", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    add(properties, "tblLook", val="0620", **look)
    add(properties, "tblCaption", val="{{ word.positions }}")
    add(properties, "tblDescription", val="{{ word.positions_alt }}")
    grid = add(element, "tblGrid")
    for width, _, _ in _COLUMNS:
        add(grid, "gridCol", w=str(width))
    head, row = _row(element, header=True), _row(element, header=False)
    for width, title, texts in _COLUMNS:
        text_line(_cell(head, width), "DigestTableHead", title)
        cell = _cell(row, width)
        for text in texts:
            _cell_text(cell, text)


def _row(table_element: Element, *, header: bool) -> Element:
    row = add(table_element, "tr")
    properties = add(row, "trPr")
    add(properties, "cantSplit")
    if header:
        add(properties, "tblHeader")
    return row


def _cell(row: Element, width: int) -> Element:
    cell = add(row, "tc")
    add(add(cell, "tcPr"), "tcW", w=str(width), type="dxa")
    return cell


def _cell_text(cell: Element, text: str) -> None:
    if text in _SMALL:
        text_line(cell, "DigestTableSmall", text)
        return
    paragraph = text_line(cell, "DigestTableText")
    style = {"position.holder": "DigestActor", "position.stance": "DigestStance"}
    found = next((style[name] for name in style if name in text), "")
    run = add(paragraph, "r")
    if found:
        add(add(run, "rPr"), "rStyle", val=found)
    fill_run(run, text)
    if "position.statement" in text:
        machine = add(paragraph, "r")
        add(add(machine, "rPr"), "rStyle", val="DigestMachine")
        fill_run(machine, "{{?position.translation}} {{ position.translation }}{{/position.translation}}")


def _page(section: Element, width: int, height: int) -> None:
    refer(section)
    across = {"orient": "landscape"} if width > height else {}
    add(section, "pgSz", w=str(width), h=str(height), **across)
    sides = {"left": str(_NARROW_SIDE), "right": str(_NARROW_SIDE)}
    add(section, "pgMar", top="1247", bottom="1021", header="454", footer="510", gutter="0", **sides)
    add(section, "cols", space="708")
    add(section, "titlePg")


def _resized(changes: Mapping[str, Mapping[str, int]]) -> Sequence[Style]:
    return tuple(_with(style, changes.get(style.name, {})) for style in STYLES)


def _with(style: Style, sizes: Mapping[str, int]) -> Style:
    changed = replace(
        style,
        size=sizes.get("size", style.size),
        before=sizes.get("before", style.before),
        after=sizes.get("after", style.after),
        line=sizes.get("line", style.line),
        left=sizes.get("left", style.left),
        hanging=sizes.get("hanging", style.hanging),
    )
    return replace(changed, tabs=(("left", changed.left or 0),)) if style.tabs else changed


SETTINGS: Mapping[str, str] = {
    "standard": "The whole brief: ten sections, every statement with its source",
    "one-page": "Bottom line, matrix and changes on one page or two",
    "table": "Every statement as a row of one long table, for comparison",
}


def settings_text(description: str) -> str:
    """The text of a template's settings with every key explained."""
    return (
        "# Settings of the Word file of the same name. Every line may be left out.\n"
        f'description = "{description}"\n'
        'paper = "A4"            # or "Letter"; left out: the size that the Word file has\n'
        "# What {{ brief }} stands for, in this order; left out: all sections.\n"
        '# sections = ["masthead", "bottom_line", "contents", "changes", "matrix", "chart", "countries", "timeline", '
        '"summaries", "gaps", "method", "sources"]\n'
    )


def main(arguments: list[str]) -> int:
    """Write all templates with their settings to the folder named, else to `templates` beside the package."""
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[2] / "templates"
    for name, made in (("standard", build), ("one-page", one_page), ("table", table)):
        print(outfile.write_bytes(folder / f"{name}.docx", made(), overwrite=True))
        text = settings_text(SETTINGS[name]).encode("utf-8")
        print(outfile.write_bytes(folder / f"{name}.toml", text, overwrite=True))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
