"""A template to begin with: every section in its place, and remarks that explain it and do not show in the brief."""

from __future__ import annotations

from digest.word.layouts import settings_text
from digest.word.ooxml import add, fill_run
from digest.word.standard import LINE_WIDTH, package, page, part_root, running
from digest.word.standard import text_line as line
from digest.word.styles import STYLES

_REMARKS = (
    "Lines like this one are remarks: whatever stands between two braces and an exclamation mark is left out.",
    "Change fonts, colours, margins, header and footer as in any Word file; the brief follows the styles of this file.",
    "Move a section by moving its line, drop it by deleting its line, and write your own text between the lines.",
)


def starter() -> bytes:
    """The commented template as the bytes of a .docx."""
    root = part_root("document")
    body = add(root, "body")

    def remark(text: str) -> None:
        line(body, "DigestNote", f"{{{{! {text} }}}}")

    for text in _REMARKS:
        remark(text)
    line(body, "DigestKicker", "{{ issue_line }}  ·  {{ issued : EEEE }}")
    line(body, "Title", "{{ title }}")
    line(body, "DigestMasthead", "{{ period }}{{?author}}  ·  {{ author }}{{/author}}")
    line(body, "DigestMasthead", "{{ themes }}")
    remark("The words between a question mark and a slash stand only where there is something to print.")
    line(body, "Normal", "{{ section.bottom_line }}")
    line(body, "Normal", "{{ section.changes }}")
    line(body, "Heading1", "Who stands where")
    remark("With the words 'no heading' a section leaves its heading to you.")
    line(body, "Normal", "{{ section.matrix : no heading }}")
    line(body, "Normal", "{{ section.countries }}")
    line(body, "Heading1", "The questions one by one")
    remark("What stands between a number sign and a slash, each alone in its line, is printed once for each.")
    line(body, "Normal", "{{#topics}}")
    line(body, "Heading2", "{{ topic.name }}")
    line(body, "Normal", "{{#topic.stances}}")
    entry = line(body, "DigestPosition")
    for text, style in (("{{ stance.holder }}", "DigestActor"), (": {{ stance.word }} {{ stance.marks }}", "")):
        run = add(entry, "r")
        if style:
            add(add(run, "rPr"), "rStyle", val=style)
        fill_run(run, text)
    line(body, "Normal", "{{/topic.stances}}")
    line(body, "Normal", "{{/topics}}")
    for name in ("summaries", "gaps", "method"):
        line(body, "Normal", f"{{{{ section.{name} }}}}")
    remark("Keep the sources: every mark such as [S1] in the text leads there.")
    line(body, "Normal", "{{ section.sources }}")
    remark("All fields: make_brief.py template fields. Is all in order? make_brief.py template check NAME.")
    page(body)
    return package(root, (*running(LINE_WIDTH), *STYLES))


def starter_settings() -> str:
    """The text of the settings beside it."""
    return settings_text("What this template is for")
