"""What a document is called and who published it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from digest import data
from digest.dates import find_dates
from digest.model import Furniture
from digest.readers.blocks import Block, blocks_of
from digest.readers.cues import fold
from digest.readers.raw import RawDocument

_LONGEST_TITLE = 90
"""Characters; a title made of a text's first words is cut there."""

_MENU = re.compile(r"\S(?: {2,}|\t+)\S.*?\S(?: {2,}|\t+)\S")
"""Items of a menu, set apart by several spaces."""

_OWNER = re.compile(
    r"(?:©|\(c\)|copyright)[\s©]*(?:\(c\)\s*)?(?:(?:19|20)\d\d(?:\s*[-–—]\s*(?:(?:19|20)?\d\d))?)[\s,.|:-]*(?:by\s+)?"
    r"(?P<after>[^\n.|©•]{2,60})?",
    re.IGNORECASE,
)
_OWNER_FIRST = re.compile(
    r"(?:©|\(c\)|copyright)[\s©:]*(?P<after>[^\W\d][^\d\n|•©]{1,60}?),?\s+(?:19|20)\d\d", re.IGNORECASE
)
_OWNER_ALONE = re.compile(r"©[\s©]*(?P<after>[^\W\d_][^\d\n.|©•]{1,60})")
_RIGHTS = re.compile(
    r"[\s,;:–—-]*\b(?:all rights|tous droits|alle rechte|todos os direitos|todos los derechos|tutti i diritti|"
    r"все права|tüm hakları|her hakkı|wszelkie prawa|alle rechten|reproduction|riproduzione|reprodução)\b.*$",
    re.IGNORECASE,
)


def title_of(raw: RawDocument, furniture: Sequence[Furniture], stem: str) -> str:
    """The title: as declared, else the headline, else the text's first words with an ellipsis, else the file's name."""
    if raw.properties.title:
        return raw.properties.title
    blocks = blocks_of(raw.text)
    marks = {mark.start: mark for mark in furniture}
    content = next((n for n, block in enumerate(blocks) if not _is_furniture(block, marks)), len(blocks))
    stated = _record_title(blocks) or _subject(blocks[:content])
    if stated:
        return stated
    headlines = [block for block in blocks[:content] if _may_be_headline(block, marks)]
    # Above the headline may stand who publishes; a masthead or rubric is shorter than the headline below it.
    proper = [block for block in headlines if not _is_institution(block.text)] or headlines
    headline = next((block for block in proper if block.words >= 5), proper[0] if proper else None)
    # Where every page repeats the title at its head, the title itself was taken for one of them.
    heads = [
        block for block in blocks[:content] if _is_running_head(block, marks) and not _SOUNDS_SO.search(block.text)
    ]
    headline = next((block for block in heads if block.words >= 5), headline)
    if headline is not None:
        return " ".join(_begun_above(headline, blocks).split())
    if content < len(blocks):
        mark = marks.get(blocks[content].start)
        return _first_words(raw.text[mark.end if mark else blocks[content].start : blocks[content].end])
    return " ".join(stem.replace("_", " ").split()) or "Untitled"


_SUBJECT = re.compile(r"(?:Subject|Objet|Betreff|Betrifft|Asunto|Assunto|Oggetto|Onderwerp)\s?:\s+(\S.{3,})")


def _subject(head: Sequence[Block]) -> str | None:
    """What a note says above its text that it is about: "Subject: Ferries", with "- Report of the chair" below it."""
    for number, block in enumerate(head):
        match = _SUBJECT.fullmatch(" ".join(block.text.split()))
        if match:
            below = head[number + 1].text if number + 1 < len(head) else ""
            more = f" {' '.join(below.split())}" if re.match(r"[-–—] ?\w", below) else ""
            return _first_words(match[1] + more)
    return None


_MEETING = re.compile(r"\d{1,6}(?:st|nd|rd|th) (?:\w+ ){0,2}(?:meeting|sitting)", re.IGNORECASE)
_RECORD_HEAD = 16


def _record_title(blocks: Sequence[Block]) -> str | None:
    """The number of a meeting that stands alone at the head of its record, with the first item under "Agenda"."""
    head = blocks[:_RECORD_HEAD]
    meeting = next((block for block in head if _MEETING.fullmatch(block.text.strip())), None)
    if meeting is None:
        return None
    items = (below for above, below in pairwise(head) if above.text.strip(" :").lower() == "agenda")
    item = next(items, None)
    words = [meeting.text.strip(), *([" ".join(item.text.split())] if item else [])]
    return _first_words(": ".join(words))


def _begun_above(headline: Block, blocks: Sequence[Block]) -> str:
    """A headline with the line above it where that is its beginning: "Joint communiqué", "of the ministers of ..."."""
    number = blocks.index(headline)
    above = blocks[number - 1] if number else None
    if above is None or not headline.text[0].islower() or above.words > 6 or not above.text[-1].isalpha():
        return headline.text
    return f"{above.text.capitalize() if above.text.isupper() else above.text} {headline.text}"


def publisher_of(raw: RawDocument, furniture: Sequence[Furniture], stem: str) -> str | None:
    """The publisher, or None where nothing tells.

    It is the one declared, the owner named in the copyright line, or the name on the page's first line when the name
    comes again in the page's furniture or in the file's name, or else the host of the page's address; then a line at
    the top that sounds like a paper or a public body ("The Lake Courier, 3 May 2026"), the first line above date and
    headline, and the agency in the dateline.
    """
    return (
        raw.properties.publisher
        or _owner(raw, furniture)
        or _masthead(raw, furniture, stem)
        or _letterhead(raw)
        or _host(raw.properties.url)
        or _top_line(raw, furniture)
        or _first_line(raw, furniture)
        or _agency(raw, furniture)
    )


_TOP = 6
"""Paragraphs in which a line with the publisher's name is looked for."""

# Words in the names of papers, agencies and public bodies, in several languages; our own collection.
_SOUNDS_SO = re.compile(
    r"\b(?:review|journal|times|post|bulletin|herald|observer|gazette|courier|tribune|chronicle|ledger|mirror|news|press|"
    r"newswire|agency|institute|centre|center|council|ministry|parliament|assembly|commission|organi[sz]ation|foundation|"
    r"university|secretariat|embassy|correio|jornal|diário|diario|gazeta|semanário|semanario|revista|agência|agencia|"
    r"ministério|ministerio|notícias|noticias|prensa|periódico|zeitung|anzeiger|nachrichten|tagblatt|rundschau|ministerium|"
    r"courrier|gazette|dépêche|agence|ministère|institut|instituto|giornale|corriere|gazzetta|agenzia)\b",
    re.IGNORECASE,
)


def _top_line(raw: RawDocument, furniture: Sequence[Furniture]) -> str | None:
    """A short line above the text that is a name of such a kind with a date behind it."""
    marks = {mark.start: mark for mark in furniture}
    blocks = blocks_of(raw.text)[:_TOP]
    for block, below in zip(blocks, [*blocks[1:], None], strict=True):
        if not _is_furniture(block, marks):
            return None
        dates = find_dates(block.text, "und")
        if not dates and not (below and _is_date_alone(below)):
            continue
        name = block.text[: dates[0].start] if dates else block.text
        words = re.split(r"\s*[,|•·(]\s*|\s[–—-]\s", name)[0].split()
        joined = " ".join(words)
        named = [word for word in words if len(word) > 3]
        if (
            2 <= len(words) <= 6
            and named
            and all(word[0].isupper() for word in named)
            and _SOUNDS_SO.search(joined)
            and not re.search(r"[.!?:;“\"]|\b(?:release|communiqué|statement|conference)\b", joined, re.IGNORECASE)
        ):
            return joined.title() if joined.isupper() else joined
    return None


# Words in the names of public bodies, beside those above; in English "ministry of" and "department of" lead the name.
_BODY = re.compile(
    r"\b(?:department|office|government|presidency|senate|house|chamber|committee|bureau|board|authority|court|bank|"
    r"agency|ministry|parliament|assembly|council|commission|secretariat|embassy|mission|union|institute|centre|center|"
    r"foundation|university|organi[sz]ation)\b(?=$| (?:of|for|on|to|in)\b| [A-Z]{2,6}$)",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"(?:the )?(?:\w+ ){0,3}(?:republic|kingdom|state|commonwealth|federation|union|confederation)"
    r"(?: of (?:the )?\w+(?: \w+){0,3})?",
    re.IGNORECASE,
)
"""A state's full name, which stands above the ministry that issues a paper."""
_HEADLINE_VERB = re.compile(
    r"\b(?:says?|said|backs?|rejects?|opposes?|supports?|cuts?|wants?|calls?|warns?|votes?|signs?|joins?|leaves?|urges?|"
    r"seeks?|agrees?|refuses?|is|are|was|were|has|have|will|would|to (?!the\b))\b",
    re.IGNORECASE,
)


def _is_institution(text: str) -> bool:
    """Whether a line is the name of a public body, an agency or an institute and nothing else."""
    words = text.split()
    named = [word for word in words if len(word) > 3]
    return (
        2 <= len(words) <= 9
        and bool(_BODY.search(text))
        and all(word[0].isupper() for word in named)
        and not re.search(r"[.!?:;,\d“\"|]", text)
        and not _HEADLINE_VERB.search(text)
        and not re.search(r"['’]S\b", text)  # "NORLAND'S SEAT ON THE COUNCIL" in capitals is a headline
    )


def _first_line(raw: RawDocument, furniture: Sequence[Furniture]) -> str | None:
    """The first line, where it stands above a headline and is the name of a public body, or has the date under it."""
    marks = {mark.start: mark for mark in furniture}
    blocks = blocks_of(raw.text)[:_TOP]
    above = [block for block in blocks if _is_furniture(block, marks)]
    if len(above) < 2 or above[0] is not blocks[0] or not blocks[0].text[0].isupper():
        return None
    if _STATE.fullmatch(" ".join(above[0].text.split())) and _is_institution(above[1].text) and len(above) > 2:
        above = above[1:]
    first, second, rest = above[0], above[1], above[1:]
    if not any(block.words >= 5 and _may_be_headline(block, marks) for block in rest):
        return None
    is_masthead = 2 <= first.words <= 5 and _is_date_alone(second) and not find_dates(first.text, "und")
    if not _is_institution(first.text) and not (is_masthead and not re.search(r"[.!?:;\d“\"|]", first.text)):
        return None
    return _in_title_case(first.text)


def _in_title_case(name: str) -> str:
    """ "MERIDIAN NEWS AGENCY" as "Meridian News Agency"; other names as they are."""
    if not name.isupper():
        return " ".join(name.split())
    small = ("OF", "THE", "FOR", "ON", "AND", "DE", "DA", "DO", "DU", "DES", "LA", "LE", "DEL")
    words = [
        word.lower() if number and word in small else word.capitalize() for number, word in enumerate(name.split())
    ]
    return " ".join(words)


def _is_date_alone(block: Block) -> bool:
    dates = find_dates(block.text, "und")
    return bool(dates) and block.words - sum(len(block.text[each.start : each.end].split()) for each in dates) <= 1


def _agency(raw: RawDocument, furniture: Sequence[Furniture]) -> str | None:
    """ "SELLA, 3 May (Newswire) -": the agency in the dateline."""
    for mark in furniture:
        found = re.search(r"\(([^\d()]{2,40})\)", raw.text[mark.start : mark.end]) if mark.kind == "dateline" else None
        if found:
            return " ".join(found[1].split())
    return None


def _host(url: str | None) -> str | None:
    found = re.match(r"https?://(?:www\.)?([\w.-]{4,100})", url or "")
    return found[1] if found else None


def _owner(raw: RawDocument, furniture: Sequence[Furniture]) -> str | None:
    for mark in reversed(furniture):
        if mark.kind != "copyright":
            continue
        line = raw.text[mark.start : mark.end]
        owner = _OWNER_FIRST.search(line) or _OWNER.search(line) or _OWNER_ALONE.search(line)
        name = _RIGHTS.sub("", owner["after"] or "").strip(" ,;:–—-\u00a0") if owner else ""
        if len(name) > 1:
            return name
    return None


def _masthead(raw: RawDocument, furniture: Sequence[Furniture], stem: str) -> str | None:
    first = next(iter(blocks_of(raw.text)), None)
    mark = furniture[0] if furniture else None
    if first is None or mark is None or (mark.start, mark.end) != (first.start, first.end):
        return None
    # What stands behind a bar is the issue or the page: "Lake Institute | Briefing 7".
    name = " ".join(re.split(r"\s[|•·]\s", first.text)[0].split())
    is_short = 1 <= first.words <= 5 or (name != first.text and _is_institution(name))
    if mark.kind not in ("heading", "label", "running head") or not is_short or not first.text[0].isupper():
        return None
    others = (fold(raw.text[each.start : each.end]) for each in furniture[1:])
    comes_again = any(first.folded in other and first.folded != other for other in others)
    # A running head came again on every page.
    if mark.kind != "running head" and not comes_again and _letters(first.text) not in _letters(stem):
        return None
    return name.title() if name.isupper() and " " in name else name


_COLUMNS = re.compile(r"(\S[^\n]*?)(?:\t| {3,})\S")


def _letterhead(raw: RawDocument) -> str | None:
    """An international organisation whose name stands at the left of the first line, apart from what stands at its
    right: "United Nations        A/80/PV.12"."""
    first = next(iter(blocks_of(raw.text)), None)
    columns = _COLUMNS.match(first.text) if first is not None else None
    known = (row["name"] for row in data.load("organisations.toml")["organisation"].values())
    return next((name for name in known if columns and columns[1] == name), None)


def _letters(text: str) -> str:
    """Letters without accents, apostrophes and spaces: how names stand in file names."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(character for character in plain if character.isalnum())


def _is_furniture(block: Block, marks: dict[int, Furniture]) -> bool:
    mark = marks.get(block.start)
    return mark is not None and mark.end >= block.end


def _is_running_head(block: Block, marks: dict[int, Furniture]) -> bool:
    mark = marks.get(block.start)
    return mark is not None and mark.kind == "running head" and not re.search(r"\d|https?:", block.text)


def _may_be_headline(block: Block, marks: dict[int, Furniture]) -> bool:
    mark = marks.get(block.start)
    if mark is None or mark.kind != "heading" or block.words < 3 or _MENU.search(block.text):
        return False
    dated = sum(len(block.text[found.start : found.end].split()) for found in find_dates(block.text, "und"))
    return block.words - dated > 2


def _first_words(text: str) -> str:
    words = " ".join(text.split())
    end = re.search(r"[.!?…。！？؟।](?=\s|$)|[。！？]", words)
    if end and 15 <= end.end() <= _LONGEST_TITLE:
        return words[: end.end()].rstrip(".。।")
    if len(words) <= _LONGEST_TITLE:
        return words
    cut = words.rfind(" ", 40, _LONGEST_TITLE)
    return words[: cut if cut > 0 else _LONGEST_TITLE].rstrip(" ,;:–—-") + " …"
