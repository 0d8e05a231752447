"""A copy of a template with a Word comment at each problem, for whoever mends it in Word."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docx.document import Document
from docx.text.paragraph import Paragraph

from digest.word import splice, template
from digest.word.checking import Problem
from digest.word.ooxml import Element, add, w
from digest.word.render import packed

AUTHOR = "Template check"


def commented(path: Path, problems: Sequence[Problem]) -> bytes:
    """The template at `path` as a .docx with its problems as comments.

    Word knows comments in the body alone: what is wrong in a header stands at the first paragraph, with its place.
    Raises TemplateError for a template that may not be opened at all.
    """
    document = template.load(path)
    body: Element = document.element
    paragraphs = list(splice.paragraphs(body))
    outer = [paragraph for paragraph in paragraphs if not splice.in_text_box(paragraph)]
    if not outer:
        outer = [document.add_paragraph()._p]
    for problem in problems:
        place = outer[0] if problem.paragraph is None else _outermost(paragraphs[problem.paragraph])
        runs = Paragraph(place, document._body).runs
        if not runs:
            add(place, "r")
            runs = Paragraph(place, document._body).runs
        comment = document.add_comment([runs[0], runs[-1]], text=str(problem), author=AUTHOR, initials="TC")
        # The time would make two copies of the same template differ.
        comment._comment_elm.attrib.pop(w("date"), "")
        _without_lost_styles(document, comment._comment_elm)
    _without_lost_styles(document, body)
    return packed(document)


def _without_lost_styles(document: Document, root: Element) -> None:
    """Take out what refers to the styles that python-docx gives a comment and that this template does not have."""
    known = {style.style_id for style in document.styles}
    for reference in list(root.iter(w("rStyle"), w("pStyle"))):
        if (reference.get(w("val")) or "").startswith("Comment") and reference.get(w("val")) not in known:
            properties = reference.getparent()
            if properties is not None:
                properties.remove(reference)


def _outermost(paragraph: Element) -> Element:
    """The paragraph that a text box hangs on: in the box itself Word knows no comments."""
    around = list(paragraph.iterancestors(w("p")))
    return around[-1] if around else paragraph
