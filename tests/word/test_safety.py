"""Each refused template gives one message that its author can act on."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.errors import TemplateError
from digest.word import safety, template

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ALLOWED = "PAGE, NUMPAGES, TOC, REF, PAGEREF, HYPERLINK, STYLEREF, DOCPROPERTY."
SAVE_AS = "In Word, choose File > Save As and the type 'Word Document (*.docx)' or 'Word Template (*.dotx)'"
MACROS = f"it contains macros. {SAVE_AS}; that drops them."
EMBEDDED = (
    "it contains an embedded object (a worksheet, a chart with its data, a PDF ...). Delete it, or paste it "
    "as a picture."
)
ALT_CHUNK = (
    "it holds another file that Word takes in on opening (altChunk). Open it in Word, save it as a new "
    ".docx, and use that."
)

Body = Callable[[str], Path]
Make = Callable[..., Path]


def message(path: Path) -> str:
    with pytest.raises(TemplateError) as caught:
        safety.read(path)
    return str(caught.value)


def refused(reason: str, name: str = "house.docx") -> str:
    return f"The template {name} cannot be used: {reason}"


def relation(kind: str, target: str, external: bool = False) -> dict[str, tuple[str, str]]:
    mode = ' TargetMode="External"' if external else ""
    added = f'<Relationship Id="rId90" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/></Relationships>'
    return {"word/_rels/document.xml.rels": ("</Relationships>", added)}


def complex_field(*pieces: str) -> str:
    codes = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{codes}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


def test_the_standard_template_passes(standard: Path):
    assert safety.read(standard).warnings == ()


def test_a_folder(tmp_path: Path):
    folder = tmp_path / "templates"
    folder.mkdir()
    assert message(folder) == refused("it is a folder. Name a Word file in it (.docx or .dotx).", "templates")


def test_a_missing_file(tmp_path: Path):
    path = tmp_path / "gone.docx"
    assert message(path) == refused("there is no such file. Check its name and folder.", "gone.docx")


def test_a_text_file_with_the_ending_of_a_word_file(tmp_path: Path):
    path = tmp_path / "house.docx"
    path.write_text("{{ brief }}", encoding="utf-8")
    assert message(path) == refused(
        "it is not a Word file (no zip package). Open it in Word or LibreOffice, save it again as .docx, and try "
        "once more."
    )


def test_another_ending(tmp_path: Path):
    path = tmp_path / "house.odt"
    path.write_bytes(b"PK")
    assert message(path) == refused(f"a template is a Word file that ends in .docx or .dotx. {SAVE_AS}.", "house.odt")


def test_a_macro_template_by_its_ending(make_template: Make):
    assert message(make_template(name="house.dotm")) == refused(MACROS, "house.dotm")


def test_a_macro_template_renamed(make_template: Make):
    path = make_template(
        exchange={
            "[Content_Types].xml": (
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
            )
        }
    )
    assert message(path) == refused(MACROS)


def test_a_macro_project_without_the_content_type(make_template: Make):
    assert message(make_template(parts={"word/vbaProject.bin": b"\xd0\xcf"})) == refused(MACROS)


def test_a_remote_template(make_template: Make):
    path = make_template(exchange=relation("attachedTemplate", "https://evil.example/t.dotm", external=True))
    assert message(path) == refused(
        "it is attached to another template (https://evil.example/t.dotm). In Word, choose Developer > Document "
        "Template, "
        "attach Normal, and save it."
    )


def test_a_linked_picture(make_template: Make):
    path = make_template(exchange=relation("image", "http://evil.example/p.png", external=True))
    assert message(path) == refused(
        "it shows a picture that is only linked (http://evil.example/p.png). In Word, choose File > Info > Edit "
        "Links to "
        "Files > Break Link, or insert the picture itself."
    )


def test_any_other_thing_from_outside(make_template: Make):
    path = make_template(exchange=relation("frame", "http://evil.example/f", external=True))
    assert message(path) == refused(
        "it loads something from outside (frame: http://evil.example/f). Remove that in Word and save the file again."
    )


def test_a_link_for_the_reader_is_allowed(make_template: Make):
    path = make_template(exchange=relation("hyperlink", "https://ministry.example/", external=True))
    assert safety.read(path).warnings == ()


@pytest.mark.parametrize("attribute", ['src="http://evil.example/p.png"', 'r:href="rId9"'])
def test_a_picture_in_the_old_drawing_language_that_names_an_address(with_body: Body, attribute: str):
    xml = f'<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" {attribute}/></w:pict></w:r></w:p>'
    assert message(with_body(xml)).startswith(refused("it shows a picture that is only linked"))


def test_an_ole_object(make_template: Make):
    path = make_template(
        parts={"word/embeddings/oleObject1.bin": b"x"}, exchange=relation("oleObject", "embeddings/oleObject1.bin")
    )
    assert message(path) == refused(EMBEDDED)


def test_an_embedded_worksheet(make_template: Make):
    path = make_template(parts={"word/embeddings/a.xlsx": b"x"}, exchange=relation("package", "embeddings/a.xlsx"))
    assert message(path) == refused(EMBEDDED)


def test_an_alternative_chunk(with_body: Body):
    assert message(with_body('<w:altChunk r:id="rId9"/>')) == refused(ALT_CHUNK)


def test_an_alternative_chunk_by_its_relationship(make_template: Make):
    path = make_template(parts={"word/chunk.html": b"<p/>"}, exchange=relation("aFChunk", "chunk.html"))
    assert message(path) == refused(ALT_CHUNK)


def field_message(code: str, place: str = "body") -> str:
    return refused(
        f"{place}: the field '{code}' is not allowed. Click on it and press Ctrl+Shift+F9, which turns it into "
        f"plain text. "
        f"Allowed are {ALLOWED}"
    )


def test_a_dde_field(with_body: Body):
    assert message(with_body(complex_field("DDEAUTO c:\\\\cmd.exe"))) == field_message("DDEAUTO c:\\\\cmd.exe")


def test_a_dde_field_cut_into_runs(with_body: Body):
    assert message(with_body(complex_field(" D", "DEAU", "TO x "))) == field_message("DDEAUTO x")


def test_a_field_in_its_short_form(with_body: Body):
    xml = '<w:p><w:fldSimple w:instr=" INCLUDETEXT c:\\\\x "><w:r/></w:fldSimple></w:p>'
    assert message(with_body(xml)) == field_message("INCLUDETEXT c:\\\\x")


def test_a_field_whose_name_another_field_makes(with_body: Body):
    inner = complex_field("DOCPROPERTY a").removeprefix("<w:p>").removesuffix("</w:p>")
    xml = (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{inner}<w:r><w:instrText> c:\\\\cmd</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    assert message(with_body(xml)) == field_message("{ } c:\\\\cmd")


def test_a_field_that_never_ends(with_body: Body):
    xml = '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DDE x</w:instrText></w:r></w:p>'
    assert message(with_body(xml)) == field_message("DDE x")


def test_a_field_in_a_header(make_template: Make):
    path = make_template(exchange={"word/header1.xml": ("</w:hdr>", f"{complex_field('QUOTE x')}</w:hdr>")})
    assert message(path) == field_message("QUOTE x", "header")


def test_allowed_fields_with_their_switches(with_body: Body):
    xml = "".join(complex_field(code) for code in ("TOC \\o &quot;1-3&quot;", "page\\* MERGEFORMAT", " STYLEREF 1 "))
    assert safety.read(with_body(xml)).warnings == ()


def test_a_date_field_is_let_through_with_a_warning(with_body: Body):
    assert safety.read(with_body(complex_field("DATE \\@ d"))).warnings == (
        "body: the field 'DATE' shows the day of reading. Use {{ issued }}.",
    )


def test_a_mail_merge(make_template: Make):
    path = make_template(exchange={"word/settings.xml": ("<w:compat>", "<w:mailMerge/><w:compat>")})
    assert message(path) == refused(
        "it is set up for a mail merge. In Word, choose Mailings > Start Mail Merge > Normal Word Document, and "
        "save it."
    )


def test_a_strict_file(make_template: Make):
    path = make_template(
        exchange={
            "_rels/.rels": (
                f"{RELATIONS}/officeDocument",
                "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
            )
        }
    )
    assert message(path) == refused(f"it is saved as 'Strict Open XML'. {SAVE_AS}.")


def test_a_workbook_under_the_name_of_a_document(make_template: Make):
    workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    path = make_template(
        exchange={
            "[Content_Types].xml": (
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                workbook,
            )
        }
    )
    assert message(path) == refused(
        f"it is no Word document but something else under that name ({workbook}). {SAVE_AS}."
    )


def test_an_encrypted_file(tmp_path: Path):
    path = tmp_path / "house.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    assert message(path) == refused(
        "it is locked with a password. Open it in Word with the password and save it without."
    )


def test_a_zip_bomb(tmp_path: Path, standard: Path):
    path = tmp_path / "house.docx"
    path.write_bytes(standard.read_bytes())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/zero.bmp", bytes(60 * 1024 * 1024))
    assert "as a zip bomb does" in message(path)


def test_entities(make_template: Make, standard_parts: dict[str, bytes]):
    evil = standard_parts["word/styles.xml"].replace(b"<w:styles", b'<!DOCTYPE x [<!ENTITY a "b">]><w:styles', 1)
    assert "declares a document type, which no Word file does" in message(
        make_template(parts={"word/styles.xml": evil})
    )


def test_a_damaged_part(make_template: Make):
    path = make_template(parts={"word/header1.xml": b"<w:hdr"})
    assert message(path).startswith(refused("its part 'word/header1.xml' is no readable XML"))


def test_a_document_whose_styles_are_missing(make_template: Make):
    path = make_template(exchange={"word/_rels/document.xml.rels": ("styles.xml", "no-such-styles.xml")})
    with pytest.raises(TemplateError, match="it is damaged"):
        template.load(path)


def test_every_reason_is_named_at_once(make_template: Make):
    exchange = relation("oleObject", "x.bin") | {
        "word/document.xml": ("<w:body>", f"<w:body>{complex_field('DDE x')}{complex_field('ASK y')}")
    }
    lines = message(make_template(exchange=exchange)).splitlines()
    assert lines[0] == "The template house.docx cannot be used:"
    assert len(lines) == 4
    assert all(line.startswith("  - ") for line in lines[1:])


def test_check_tells_the_same_without_raising(make_template: Make):
    assert template.check(make_template(parts={"word/vbaProject.bin": b"x"})) == [MACROS]
