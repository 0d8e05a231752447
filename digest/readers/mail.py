"""Mails (.eml): the words of the sender or, where something was forwarded, of what was forwarded.

Read with the standard library. The text part is taken, else the HTML part; quoted replies, signatures and disclaimers
are furniture. Files attached are handed back as they are, mails within mails as .eml files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any

from digest.errors import ReadError
from digest.preflight import Limits
from digest.readers.encoding import decode
from digest.readers.raw import Attachment, Pieces, Properties, RawDocument

_HEADERS = re.compile(rb"(?im)^(?:from|to|date|subject|received|message-id|mime-version):[ \t]*\S")
_FORWARDED = re.compile(
    r"^[\s>]*-{2,}\s*(?:forwarded message|original message|message transféré|message d'origine|"
    r"weitergeleitete nachricht|"
    r"ursprüngliche nachricht|mensaje reenviado|mensagem encaminhada|mensagem original|messaggio inoltrato|"
    r"пересылаемое сообщение|iletilen mesaj|wiadomość przekazana|doorgestuurd bericht)\s*-{2,}\s*$"
    r"|^\s*begin forwarded message:\s*$",
    re.IGNORECASE,
)
_HEADER_LINE = re.compile(r"^[\s>*]*([^\W\d][^:\n]{1,20})\s?:\*?[ \t]*(.*)$")
_NAMES = {
    "from": "from", "de": "from", "von": "from", "da": "from", "от": "from", "od": "from", "van": "from",
    "kimden": "from",
    "subject": "title", "objet": "title", "betreff": "title", "asunto": "title", "assunto": "title", "oggetto": "title",
    "тема": "title", "konu": "title", "onderwerp": "title", "temat": "title",
    "date": "date", "sent": "date", "datum": "date", "gesendet": "date", "envoyé": "date", "fecha": "date",
    "data": "date",
    "enviado": "date", "enviado em": "date", "inviato": "date", "дата": "date", "tarih": "date",
    "verzonden": "date",
    "to": "", "à": "", "an": "", "para": "", "a": "",
    "кому": "", "kime": "", "do": "", "aan": "", "cc": "", "копия": "",
    "reply-to": "", "répondre à": "", "bcc": "",
}  # fmt: skip
_REPLY = re.compile(
    r"^(?:on\b.{5,150}\bwrote|le\b.{5,150}\ba écrit|am\b.{5,150}\bschrieb\b.{0,80}|el\b.{5,150}\bescribió|"
    r"em\b.{5,150}\bescreveu|il\b.{5,150}\bha scritto|.{5,150}\b(?:пишет|написал[аи]?)|"
    r".{5,150}\byazdı|"
    r"op\b.{5,150}\bschreef.{0,80}|.{5,150}\bnapisał\(?a?\)?)\s?:\s*$",
    re.IGNORECASE,
)
_SUBJECT_MARKS = re.compile(
    r"^(?:(?:re|fwd?|aw|wg|tr|rv|enc|res|antw|odp|i|r|вн|ynt|ilt)\s?(?:\[\d+\])?:\s*)+", re.IGNORECASE
)
_NAMELESS = {"application/pdf": ".pdf", "text/html": ".html", "text/plain": ".txt", "message/rfc822": ".eml"}
_NO_DOCUMENT = ("image/", "audio/", "video/", "application/pgp", "application/pkcs7", "text/calendar", "text/x-vcard")
_MOST_PARTS = 1_000
_MAIL_ADVICE = "Save it again from the mail program as .eml, or copy its text into a .txt file."


def read_mail(content: bytes, limits: Limits) -> RawDocument:
    """A mail's text with its subject, sender and date, and its attachments. Raises ReadError for what is no mail."""
    if not _HEADERS.search(content[:20_000].split(b"\n\n")[0].replace(b"\r\n", b"\n").split(b"\n\n")[0] + b"\n"):
        raise ReadError("it is no mail (it has no header)", _MAIL_ADVICE)
    try:
        mail = message_from_bytes(content, policy=default)
        parts = _parts(mail)
        lines = _body(parts, limits)
        attachments = tuple(_attachments(parts))
    except (ValueError, LookupError, AttributeError, IndexError, TypeError, AssertionError) as error:
        raise ReadError(f"it is a damaged mail ({type(error).__name__})", _MAIL_ADVICE) from error
    forwarded, marked = _marked(lines)
    pieces = Pieces(limits)
    for line, kind in marked:
        pieces.add(line, kind)
    subject = _SUBJECT_MARKS.sub("", forwarded.get("title") or _header(mail, "Subject")).strip()
    sender = _sender(forwarded["from"]) if forwarded.get("from") else _sender(_header(mail, "From"))
    dates = [(forwarded["date"], "header of the forwarded mail")] if forwarded.get("date") else []
    if written := _date(_header(mail, "Date")):
        dates.append((written, "mail header"))
    if not any(line for line in pieces.lines) and attachments:
        pieces.add(subject or "Mail without text", "heading")
    return _with(
        pieces.document(
            Properties(
                title=subject or None,
                publisher=sender,
                author=sender,
                written=dates[0][0] if dates else None,
                written_by=dates[0][1] if dates else "mail header",
                more_dates=tuple(dates[1:]),
            )
        ),
        attachments,
    )


def _with(raw: RawDocument, attachments: tuple[Attachment, ...]) -> RawDocument:
    return RawDocument(raw.text, raw.properties, raw.furniture, raw.kept, attachments)


# --- headers ---------------------------------------------------------------------------------------------------------


def _header(mail: EmailMessage, name: str) -> str:
    """A header in readable letters; raw bytes where its coding is broken."""
    try:
        value = str(mail[name] or "")
    except Exception:  # the standard library raises many kinds of error on malformed headers
        raw = next((value for key, value in mail.raw_items() if key.casefold() == name.casefold()), "")
        try:
            value = str(make_header(decode_header(str(raw))))
        except (ValueError, LookupError):
            value = str(raw)
    readable = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join(readable.split())[:500]


def _sender(value: str) -> str | None:
    name, address = parseaddr(value.replace("*", ""))
    if not name and "<" not in value and "@" not in value:
        name = value
    name = " ".join(name.split()).strip("\"' ")
    # "Press Office <press@...>" names an office of somebody, and still is what the mail says.
    return name or address or None


def _date(value: str) -> str | None:
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (TypeError, ValueError, OverflowError, IndexError):
        return value or None


# --- parts -----------------------------------------------------------------------------------------------------------


def _parts(mail: EmailMessage) -> list[EmailMessage]:
    """The leaves of the mail; a mail within the mail is one leaf."""
    leaves: list[EmailMessage] = []
    waiting: list[Any] = [mail]
    while waiting and len(leaves) < _MOST_PARTS:
        part = waiting.pop(0)
        inner = part.get_payload() if part.is_multipart() else None
        if part.get_content_type() != "message/rfc822" and isinstance(inner, list):
            waiting[:0] = inner
        else:
            leaves.append(part)
    return leaves


def _is_attached(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _text(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    try:
        if charset and charset not in ("us-ascii", "ascii"):
            return data.decode(charset)
    except (LookupError, UnicodeDecodeError):
        pass
    return decode(data) if data.strip() else ""


def _body(parts: list[EmailMessage], limits: Limits) -> list[tuple[str, str | None]]:
    inline = [part for part in parts if not _is_attached(part)]
    plain = [text for part in inline if part.get_content_type() == "text/plain" and (text := _text(part)).strip()]
    if plain:
        flowed = any("flowed" in str(part.get_param("format", "")) for part in inline)
        return [(line, None) for text in plain for line in _paragraphs(text, flowed)]
    from digest.readers.html import plain_blocks

    pages = [text for part in inline if part.get_content_type() == "text/html" and (text := _text(part)).strip()]
    return [line for page in pages for line in plain_blocks(page, limits)]


def _paragraphs(text: str, flowed: bool) -> Iterator[str]:
    """Paragraphs with their lines; a flowed line goes on in the next one when it ends in a space (RFC 3676)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if flowed:
        text = re.sub(r"(?<!^--)(?<!\n--) \n(?![>\n])", " ", text)
    yield from text.split("\n")


def _attachments(parts: list[EmailMessage]) -> Iterator[Attachment]:
    for number, part in enumerate(parts, 1):
        kind = part.get_content_type()
        is_mail = kind == "message/rfc822"
        if not (is_mail or _is_attached(part)) or kind.startswith(_NO_DOCUMENT):
            continue
        name = re.split(r"[/\\]", part.get_filename() or "")[-1].strip()[:200]
        inner: Any = part.get_payload() if is_mail else None
        if isinstance(inner, list) and inner:
            yield Attachment(_mail_name(name, inner[0], number), inner[0].as_bytes())
        else:
            payload = part.get_payload(decode=True)
            data = payload if isinstance(payload, bytes) else b""
            yield Attachment(name or f"attachment {number}{_NAMELESS.get(kind, '')}", data)


def _mail_name(name: str, mail: EmailMessage, number: int) -> str:
    if name.casefold().endswith(".eml"):
        return name
    return (re.sub(r"[^\w .-]", "_", _header(mail, "Subject"))[:80] or f"mail {number}") + ".eml"


# --- furniture -------------------------------------------------------------------------------------------------------


def _marked(lines: list[tuple[str, str | None]]) -> tuple[dict[str, str], list[tuple[str, str | None]]]:
    """The headers of what is forwarded, and the lines of the mail with their kinds; empty lines part paragraphs."""
    marked: list[tuple[str, str | None]] = []
    forwarded: dict[str, str] = {}
    in_headers = in_signature = in_reply = False
    for text, known in lines:
        line = text.rstrip()
        if _FORWARDED.match(line):
            in_headers, in_signature, in_reply = True, False, False
            marked.append((line, "mail header"))
        elif in_headers and (not line.strip() or (match := _HEADER_LINE.match(line)) is not None):
            if line.strip() and match:
                _note(forwarded, match[1], match[2])
                marked.append((line, "mail header"))
            elif forwarded:
                in_headers = False
        elif line in ("--", "-- ") or re.fullmatch(r"_{10,}|-{2}\s", text):
            in_headers, in_signature = False, True
            marked.append((line, "signature"))
        elif line.lstrip().startswith(">") or (_REPLY.match(line.strip()) and len(line) < 250):
            in_headers = False
            in_reply = in_reply or bool(_REPLY.match(line.strip()))
            marked.append((line, "quoted reply"))
        else:
            in_headers = False
            marked.append((line, "signature" if in_signature else known))
    return forwarded, _gathered(marked)


def _note(forwarded: dict[str, str], name: str, value: str) -> None:
    field = _NAMES.get(name.strip().casefold())
    if field and value.strip():
        forwarded.setdefault(field, value.strip())


def _gathered(lines: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """Lines without an empty line between them, and of one kind, as one piece; it keeps its line ends."""
    pieces: list[tuple[str, str | None]] = []
    is_open = False
    for line, kind in lines:
        if not line.strip():
            is_open = False
        elif is_open and pieces[-1][1] == kind:
            pieces[-1] = (f"{pieces[-1][0]}\n{line}", kind)
        else:
            pieces.append((line, kind))
            is_open = True
    return pieces
