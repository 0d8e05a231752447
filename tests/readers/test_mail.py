"""A mail gives what its sender wrote, or what was forwarded, and its attachments as documents of their own."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from digest.errors import ReadError
from digest.model import Document, Notice
from digest.preflight import Limits
from digest.readers import read_file
from digest.readers.mail import read_mail

TODAY = date(2026, 11, 22)
BODY = "The council will meet again in June.\nNorland has asked for a vote.\n"


def mail(body: str = BODY, **headers: str) -> EmailMessage:
    message = EmailMessage()
    values = {
        "From": "Press Office <press@lake.example>",
        "Subject": "Ferries",
        "Date": "Tue, 03 Mar 2026 10:00:00 +0100",
    }
    for name, value in (values | headers).items():
        message[name] = value
    message.set_content(body)
    return message


def kept(content: bytes) -> str:
    raw = read_mail(content, Limits())
    text, at = "", 0
    for mark in raw.furniture:
        text += raw.text[at : mark.start]
        at = mark.end
    return (text + raw.text[at:]).strip()


def all_of(folder: Path, message: EmailMessage, limits: Limits | None = None) -> list[Document | Notice]:
    path = folder / "a.eml"
    path.write_bytes(message.as_bytes())
    return read_file(path, folder, TODAY, limits or Limits())


def test_subject_sender_and_date_are_those_of_the_header(tmp_path: Path):
    found = all_of(tmp_path, mail(Subject="Re: Fwd: AW: Ferries on the lake"))[0]
    assert isinstance(found, Document)
    assert (found.title, found.publisher) == ("Ferries on the lake", "Press Office")
    assert (found.published, found.dated_by) == (date(2026, 3, 3), "mail header")


def test_what_was_forwarded_brings_its_own_sender_and_date(tmp_path: Path):
    head = "---------- Forwarded message ---------\nFrom: Lake Post <a@post.example>\nDate: Mon, 2 Feb 2026 at 10:00\nSubject: Ships\n\n"
    found = all_of(tmp_path, mail(head + BODY))[0]
    assert isinstance(found, Document)
    assert (found.title, found.publisher, found.published) == ("Ships", "Lake Post", date(2026, 2, 2))
    assert found.dated_by == "header of the forwarded mail"


@pytest.mark.parametrize(
    "rest",
    [
        "-- \nLena Moor\nHead of Press\n",
        "On Mon, 2 Mar 2026, Ivo Brandt wrote:\n> Could you tell me more?\n",
        "> What did the council decide?\n",
        "This e-mail is confidential and meant for its recipient alone; if you are not, delete it.\n",
        "Sent from my phone\n",
    ],
)
def test_signatures_quoted_replies_and_disclaimers_are_furniture(tmp_path: Path, rest: str):
    found = all_of(tmp_path, mail(f"{BODY}\n{rest}"))[0]
    assert isinstance(found, Document)
    marked = [found.text[mark.start : mark.end] for mark in found.furniture]
    assert rest.strip().split("\n")[0] in " ".join(marked)
    assert not any("Norland" in each for each in marked)


def test_the_html_part_is_read_where_there_is_no_text_part():
    message = mail()
    message.set_content("<html><style>p {}</style><p>Norland has asked for a vote.</p></html>", subtype="html")
    assert kept(message.as_bytes()) == "Norland has asked for a vote."


def test_attachments_of_known_kinds_are_documents_dated_by_the_mail(tmp_path: Path):
    message = mail()
    message.add_attachment(
        b"Sudia will pay its share of the cost, its envoy said.", "text", "plain", filename="../../note.txt"
    )
    message.add_attachment(b"PK", "application", "zip", filename="tables.xlsx")
    message.add_attachment(b"\x89PNG", "image", "png", filename="logo.png")
    _, note, notice = all_of(tmp_path, message)
    assert isinstance(note, Document)
    assert (note.path, note.published) == ("a.eml/note.txt", date(2026, 3, 3))
    assert note.dated_by == "date of the mail that it came with"
    assert isinstance(notice, Notice)
    assert (notice.file, ".xlsx" in notice.reason) == ("a.eml/tables.xlsx", True)


def test_a_mail_within_a_mail_is_a_document_and_depth_is_bounded(tmp_path: Path):
    message = mail("The innermost mail speaks of Norland.")
    for number in range(3):
        outer = mail(f"Mail number {number} brings another one with it.")
        outer.add_attachment(message)
        message = outer
    found = all_of(tmp_path, message, Limits(attachment_depth=2))
    assert [type(each).__name__ for each in found] == ["Document", "Document", "Document", "Notice"]


def test_the_number_of_attachments_is_bounded(tmp_path: Path):
    message = mail()
    for number in range(5):
        message.add_attachment(
            f"Text number {number} of the council.".encode(), "text", "plain", filename=f"{number}.txt"
        )
    found = all_of(tmp_path, message, Limits(attachments=3))
    assert [type(each).__name__ for each in found] == ["Document"] * 4 + ["Notice"] * 2


def test_a_text_without_header_is_no_mail():
    with pytest.raises(ReadError, match="no mail"):
        read_mail(b"Norland: no comment.\n", Limits())
