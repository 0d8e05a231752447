"""Files and packages are refused before any parser sees them."""

from __future__ import annotations

import os
import stat
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from digest.errors import ReadError
from digest.preflight import Limits, check_file, check_package

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="no FIFOs, modes or free symlinks on Windows")


def package(path: Path, *parts: tuple[str, str | bytes]) -> Path:
    """A zip with the list of content types and these parts; a name that is written twice stays twice."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        for name, content in parts:
            archive.writestr(name, content)
    return path


def refusal(path: Path, limits: Limits | None = None) -> ReadError:
    with pytest.raises(ReadError) as caught:
        check_package(path, limits or Limits())
    assert caught.value.reason
    assert caught.value.advice.endswith(".")
    return caught.value


def test_a_document_as_word_makes_them_passes(tmp_path: Path):
    path = tmp_path / "a.docx"
    document = docx.Document()
    document.add_paragraph("The ministers met.")
    document.save(str(path))
    check_package(path)
    check_file(path, tmp_path)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "old Word"),
        (b"%PDF-1.7\n%%EOF", "PDF"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"<!DOCTYPE html><p>hello", "web page"),
        (b"hello", "not a Word file"),
        (b"PK\x03\x04 cut short", "damaged"),
    ],
)
def test_what_is_no_package_is_called_by_its_name(tmp_path: Path, content: bytes, expected: str):
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    assert expected in refusal(path).reason


def test_a_package_cut_in_the_middle_is_damaged(tmp_path: Path):
    whole = package(tmp_path / "a.docx", ("word/document.xml", "<a/>" * 500))
    cut = tmp_path / "b.docx"
    cut.write_bytes(whole.read_bytes()[:-40])
    assert "damaged" in refusal(cut).reason


def test_a_part_whose_bytes_are_spoilt_is_a_damaged_package(tmp_path: Path):
    path = package(tmp_path / "a.docx", ("word/document.xml", "<a>" + "text " * 5000 + "</a>"))
    content = bytearray(path.read_bytes())
    at = content.find(b"word/document.xml") + 17
    content[at : at + 8] = b"\xff" * 8
    path.write_bytes(bytes(content))
    assert "damaged" in refusal(path).reason


def test_an_encrypted_zip_is_refused(tmp_path: Path):
    path = package(tmp_path / "a.docx")
    content = bytearray(path.read_bytes())
    content[content.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(content))
    assert "encrypted" in refusal(path).reason


def test_a_plain_zip_and_an_opendocument_file_are_no_word_files(tmp_path: Path):
    for name, expected in (("photo.jpg", "zip archive"), ("mimetype", "OpenDocument")):
        path = tmp_path / f"{name}.docx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, "x")
        assert expected in refusal(path).reason


def test_a_zip_bomb_is_refused_by_its_ratio_without_unpacking_it(tmp_path: Path):
    path = package(tmp_path / "a.docx", ("word/document.xml", b" " * 20_000_000))
    assert "zip bomb" in refusal(path).reason


def test_a_package_that_unpacks_to_too_much_is_refused(tmp_path: Path):
    path = package(tmp_path / "a.docx", ("word/media/a.bin", os.urandom(3000)))
    assert "unpack" in refusal(path, Limits(package_bytes=2000)).reason


def test_too_many_parts_are_refused(tmp_path: Path):
    path = package(tmp_path / "a.docx", *((f"p{number}.bin", "") for number in range(30)))
    assert "more than 20 parts" in refusal(path, Limits(package_entries=20)).reason


def test_a_file_over_the_size_limit_is_refused(tmp_path: Path):
    path = package(tmp_path / "a.docx", ("word/media/a.bin", os.urandom(3000)))
    assert "more than" in refusal(path, Limits(file_bytes=1000)).reason
    with pytest.raises(ReadError, match="more than"):
        check_file(path, tmp_path, Limits(file_bytes=1000))


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "C:/evil.xml", "word/../../evil", "word\\evil.xml"])
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str):
    assert "leads elsewhere" in refusal(package(tmp_path / "a.docx", (name, "<a/>"))).reason


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["word/document.xml", "WORD/Document.xml"])
def test_a_name_that_occurs_twice_is_refused(tmp_path: Path, second: str):
    path = package(tmp_path / "a.docx", ("word/document.xml", "<a/>"), (second, "<b/>"))
    assert "same name" in refusal(path).reason


LAUGHS = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'


@pytest.mark.parametrize(
    "content",
    [
        LAUGHS.encode(),
        LAUGHS.encode("utf-16"),
        ("<!-- " + "long " * 5000 + " -->" + LAUGHS).encode(),
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    ],
)
def test_a_document_type_is_refused_in_any_encoding_and_any_part(tmp_path: Path, content: bytes):
    for name in ("word/document.xml", "word/_rels/document.xml.rels", "customXml/Item1.XML"):
        path = package(tmp_path / "a.docx", (name, content))
        assert "document type" in refusal(path).reason


def test_a_part_that_is_no_xml_is_named(tmp_path: Path):
    path = package(tmp_path / "a.docx", ("word/document.xml", "no xml"))
    assert "word/document.xml" in refusal(path).reason


def test_a_part_without_any_element_is_refused(tmp_path: Path):
    path = package(tmp_path / "a.docx", ("word/document.xml", "<!--" + "ab" * 1_000_000 + "-->"))
    assert "no XML element" in refusal(path, Limits(package_ratio=10_000)).reason


def test_an_empty_file_is_refused(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.touch()
    with pytest.raises(ReadError, match="empty"):
        check_file(path, tmp_path)


@posix_only
def test_links_are_followed_only_inside_the_folder(tmp_path: Path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    inside, outside = corpus / "a.txt", tmp_path / "secret.txt"
    inside.write_text("a", encoding="utf-8")
    outside.write_text("b", encoding="utf-8")
    links = {"good": inside, "leaving": outside, "broken": corpus / "nothing", "loop": corpus / "loop"}
    for name, target in links.items():
        (corpus / name).symlink_to(target)
    check_file(corpus / "good", corpus)
    for name, expected in (("leaving", "out of the folder"), ("broken", "not there"), ("loop", "itself")):
        with pytest.raises(ReadError, match=expected):
            check_file(corpus / name, corpus)


@posix_only
def test_pipes_and_devices_are_never_opened(tmp_path: Path):
    pipe = tmp_path / "a.txt"
    os.mkfifo(pipe)
    with pytest.raises(ReadError, match="a pipe"):
        check_file(pipe, tmp_path)
    with pytest.raises(ReadError, match="a device"):
        check_file(Path("/dev/zero"), Path("/dev"))
    with pytest.raises(ReadError, match="a folder"):
        check_file(tmp_path, tmp_path)


@posix_only
def test_a_package_that_may_not_be_read_says_so(tmp_path: Path):
    path = package(tmp_path / "a.docx")
    path.chmod(0)
    if os.access(path, os.R_OK):
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
        pytest.skip("this user may read everything")
    assert "may not be read" in refusal(path).reason
