"""Finds page furniture: what stands on a page and is not its text.

The rules look at a paragraph's place, length and end, at repetition, and at cues in several languages
(data/furniture.toml). A short line that does not end like a sentence is furniture on little evidence; a long paragraph
only on strong evidence, for a false mark takes a statement out of the brief.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from digest.model import Furniture
from digest.readers.blocks import Block, blocks_of
from digest.readers.cues import Cues, cues, fold

FOOTNOTE_MARK = "footnote mark"
HEADING = "heading"
LABEL = "label"
REPEATED = "repeated text"
FRAME = "page frame"

_ADDRESS = re.compile(r"https?://|www\.|[\w.+-]{1,64}@[\w-]{1,64}\.[a-z]{2,}|doi:\s?10\.")
_ADDRESS_ALONE = re.compile(r"(?:[^\w]*(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w.-]{3,80}|[@#]\w+(?:\s+[@#]\w+)*)[\W]*")
_NOTE_START = re.compile(r"(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]?\s|[¹²³⁰-⁹]+|[*†‡^]+)\s*(?=\S)")
_NOTE_BRACKET = re.compile(r"\[\d{1,3}\]|[¹²³⁰-⁹]")
_LIST_MARK = re.compile(r"(?:[•▪●◦‣·*–—-]|\(?(?:\d{1,2}|[a-zA-Z])[.)])[ \t\u00a0]+(?=\S)")
_INLINE_MARK = re.compile(
    r"(?<=\S)[ \u00a0]?\[\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,5}\]"
    r"|(?:(?<=[.,;:!?…”\"»)])|(?<=[^\W\d_]{3}))[¹²³⁰-⁹]{1,3}(?![^\W_])"
)
_FIGURE = re.compile(
    r"(?:table|figure|fig\.|chart|tabelle|abbildung|abb\.|grafik|tableau|graphique|tabela|quadro|gráfico|tabla|cuadro|"
    r"tabella|grafico|figura|таблица|рисунок|рис\.|tablo|şekil|tabel|rysunek)\s\d{1,3}\s?[.:–—|-]\s"
)
_BARE_MARK = re.compile(r"(?<=[^\W\d_]{3}[.,;”\"])\d{1,3}(?=\s|$)")
_SEPARATED = re.compile(r"\S\s*[|•·›»→/>]\s*\S")
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_][^\W\d_.'’/\-]*(?:[ .'’/\-]+[^\W\d_.'’/\-]+){0,4}?\.?)"
    r"(?P<middle>,[^—–\n()]{1,45}?)?"
    r"(?P<agency>\s*\([^()\n]{2,30}\))?"
    # After a bracket it needs its dash or colon: "ANNA BERG (Austria) said" is a delegate in the record of a meeting.
    # With a date before the bracket a full stop will do: "LIMA, 3 de mayo (Agencia). El Gobierno".
    r"(?P<dash>\.?\s*(?:[—–]|--|\s-)\s*|(?<=\))\s*-\s+|:\s+|(?(middle)(?<=\))\.\s+|(?!)))(?=\S)"
)
_BYLINE = re.compile(r"(?:by|par|von|por|di|автор|авторы|yazan|door|autor|auteur)[:\s]+(.{4,60})", re.IGNORECASE)
_SHINGLE = 5
_LONGEST_LOOKED_AT = 3_000
"""Characters: what is longer is no furniture, whatever it says."""


@dataclass(slots=True)
class _Page:
    """The blocks of a page, what each was found to be (None: content), and marks within blocks.

    `kept` are the starts of paragraphs that are surely text, `framed` the numbers of blocks that the file's format
    declares to be none.
    """

    blocks: list[Block]
    kinds: list[str | None]
    cues: Cues
    kept: frozenset[int] = frozenset()
    framed: frozenset[int] = frozenset()
    marks: list[Furniture] = field(default_factory=list)
    has_bare_marks: bool = False

    def content(self) -> list[int]:
        """The numbers of the blocks that are not furniture so far."""
        return [number for number, kind in enumerate(self.kinds) if kind is None]

    def prose(self) -> list[int]:
        """The numbers of the blocks that are content and read like sentences."""
        return [number for number in self.content() if self.blocks[number].is_prose]

    def mark(self, number: int, kind: str) -> None:
        """Call a block furniture, unless it already is."""
        self.kinds[number] = self.kinds[number] or kind

    def shares(self) -> list[float]:
        """For each block, how much of the page's content, in words, stands before it."""
        words = [block.words if kind is None else 0 for block, kind in zip(self.blocks, self.kinds, strict=True)]
        total = max(sum(words), 1)
        return [before / total for before in accumulate(words, initial=0)]


def furniture(text: str, known: Sequence[Furniture] = (), kept: frozenset[int] = frozenset()) -> tuple[Furniture, ...]:
    """The furniture of a text, in order and disjoint, each stretch within one paragraph.

    `known` is what the file's format itself declares (headings, footnotes); it is kept, with its kinds, but a `FRAME`
    gets a more precise kind where its words give one. `kept` holds the starts of paragraphs that are surely text.
    """
    blocks = blocks_of(text)
    kinds, framed = _known_kinds(blocks, known)
    page = _Page(blocks, kinds, cues(), kept, framed)
    _mark_cues(page)
    _mark_notes(page)
    _mark_repeated(page)
    _mark_short_lines(page)
    _mark_ends(page)
    _mark_biographies(page)
    _mark_boilerplate_end(page)
    page.has_bare_marks = _has_bare_marks(page)
    for number in page.content():
        page.marks.extend(_within(page, number))
    whole = [Furniture(b.start, b.end, kind) for b, kind in zip(blocks, page.kinds, strict=True) if kind]
    return tuple(sorted((*whole, *page.marks), key=lambda mark: (mark.start, mark.end)))


def _known_kinds(blocks: Sequence[Block], known: Sequence[Furniture]) -> tuple[list[str | None], frozenset[int]]:
    """What the format says of each block, and which blocks it puts into the page's frame."""
    kinds: list[str | None] = []
    framed: set[int] = set()
    marks = sorted(known, key=lambda mark: mark.start)
    at = 0
    for block in blocks:
        while at < len(marks) and marks[at].end < block.end:
            at += 1
        inside = at < len(marks) and marks[at].start <= block.start
        kind = marks[at].kind if inside else None
        if kind == FRAME:
            framed.add(len(kinds))
        kinds.append((_cue_kind(block, cues()) or FRAME) if kind == FRAME else kind)
    return kinds, frozenset(framed)


# --- lines that say what they are ----------------------------------------------------------------------------------


def _mark_cues(page: _Page) -> None:
    for number in page.content():
        kind = _cue_kind(page.blocks[number], page.cues)
        if kind:
            page.mark(number, kind)


def _cue_kind(block: Block, known: Cues) -> str | None:
    if block.words == 0:
        return LABEL if not any(map(str.isalpha, block.folded)) else None
    if _is_code(block, known):
        return "code"
    if block.words > 150 or len(block.text) > _LONGEST_LOOKED_AT:
        return None
    if _ADDRESS_ALONE.fullmatch(block.folded):
        return "link"
    if (kind := known.labelled(block.folded)) and not block.quotes:
        return kind if kind != "related links" else "link"
    if block.words <= 90 and _is_caption(block, known):
        return "caption"
    if block.words <= 60 and _is_copyright(block, known):
        return "copyright"
    for cue in known.lines:
        spoken = cue.match == "inside" and block.quotes
        if cue.speaks_for(block.folded, block.words, block.is_sentence) and not spoken:
            return cue.kind
    return None


def _is_code(block: Block, known: Cues) -> bool:
    """Scripts and styles: their phrases, and far more brackets and semicolons than any prose has."""
    if not any(phrase in block.folded for phrase in known.code):
        return False
    return sum(block.folded.count(mark) for mark in "{}();=") > len(block.folded) / 25


def _is_caption(block: Block, known: Cues) -> bool:
    tail = block.folded[-160:]
    if block.words <= 40 and _FIGURE.match(block.folded):
        return True
    if known.credit_in_brackets.search(tail) or (block.words <= 40 and known.credit_at_start.match(block.folded)):
        return True
    return known.credit.search(tail) is not None and not block.quotes


def _is_copyright(block: Block, known: Cues) -> bool:
    found = known.copyright.search(block.folded)
    if found is None:
        return False
    before = block.folded[: found.start()]
    return len(before.split()) <= 6 or (block.words <= 25 and not block.is_sentence)


def _mark_notes(page: _Page) -> None:
    """Footnotes: numbered paragraphs with an address, or a run of them after the text whose marks the text holds."""
    cited = {match[0] for number in page.content() for match in _NOTE_BRACKET.finditer(page.blocks[number].text, 1)}
    raised = {number: _raised_marks(page.blocks[number].text) for number in page.content()}
    last = max((number for number, marks in raised.items() if marks), default=len(page.blocks))
    behind = frozenset().union(*raised.values())
    for number in page.content():
        block = page.blocks[number]
        start = _NOTE_START.match(block.folded)
        if start is None or block.words > 150 or len(block.text) > _LONGEST_LOOKED_AT:
            continue
        bracket = _NOTE_BRACKET.match(block.folded)
        if _ADDRESS.search(block.folded) or (bracket and bracket[0] in cited and number > 0):
            page.mark(number, "footnote")
        elif number > last and (plain := re.match(r"(\d{1,3})[.)]?\s", block.text)) and plain[1] in behind:
            page.mark(number, "footnote")  # "3 Interview with an official", behind the text with its ³


def _raised_marks(text: str) -> frozenset[str]:
    """The numbers of the raised footnote marks in a paragraph."""
    marks = (match[0] for match in _INLINE_MARK.finditer(text) if match[0][0] in _RAISED)
    return frozenset("".join(str(_RAISED.index(figure)) for figure in mark) for mark in marks)


_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


# --- repetition ----------------------------------------------------------------------------------------------------


def _mark_repeated(page: _Page) -> None:
    """Lines that occur again, and standfirsts, pull quotes and captions whose words stand in a longer paragraph."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number in page.content():
        groups[page.blocks[number].folded].append(number)
    prose = page.prose()[:3]
    for numbers in groups.values():
        if len(numbers) > 1:
            _mark_group(page, numbers, prose)
    words = [_plain_words(page.blocks[number].folded) for number in range(len(page.blocks))]
    places = _shingles(words)
    for number in page.content():
        if _is_repeated(page.blocks[number], number, words, places):
            page.mark(number, "caption" if page.blocks[number].breaks_off else REPEATED)


def _mark_group(page: _Page, numbers: list[int], prose: list[int]) -> None:
    block = page.blocks[numbers[0]]
    if not block.is_sentence and block.words <= 25:
        kept = None
    else:
        # A standfirst comes before the text that repeats it; of two places in the text the first counts.
        kept = numbers[-1] if numbers[0] in prose[:2] and numbers[-1] not in prose else numbers[0]
    for number in numbers:
        if number != kept:
            is_first = number == numbers[0] and not block.is_sentence
            page.mark(number, _short_kind(block) if is_first else REPEATED)


def _plain_words(folded: str) -> list[str]:
    return re.findall(r"\w+", folded)


def _shingles(words: list[list[str]]) -> dict[tuple[str, ...], list[tuple[int, int]]]:
    places: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for number, block in enumerate(words):
        for at in range(len(block) - _SHINGLE + 1):
            found = places[tuple(block[at : at + _SHINGLE])]
            if len(found) < 20:
                found.append((number, at))
    return places


def _is_repeated(
    block: Block, number: int, words: list[list[str]], places: dict[tuple[str, ...], list[tuple[int, int]]]
) -> bool:
    own = words[number]
    if not _SHINGLE <= len(own) <= 80:
        return False
    if block.breaks_off:  # cut off at the end, with a credit or a title of its own perhaps
        shared = sum(
            any(other != number for other, _ in places[tuple(own[at : at + _SHINGLE])])
            for at in range(len(own) - _SHINGLE + 1)
        )
        return shared >= 8 and shared >= 0.4 * len(own)
    return any(
        len(words[other]) > len(own) and words[other][at : at + len(own)] == own
        for other, at in places[tuple(own[:_SHINGLE])]
        if other != number
    )


# --- short lines ---------------------------------------------------------------------------------------------------


def _mark_short_lines(page: _Page) -> None:
    """Headlines, headings, labels: short lines that do not end like a sentence."""
    prose = page.prose()
    if not prose:
        return
    first, last = prose[0], prose[-1]
    loose = sum(page.blocks[n].words for n in page.content() if not page.blocks[n].is_sentence)
    total = sum(page.blocks[n].words for n in page.content())
    is_unpunctuated = loose > total / 2
    top = page.content()[0]
    for number in page.content():
        block = page.blocks[number]
        if block.start in page.kept:
            continue
        if block.is_sentence:
            if _is_question_heading(page, number, top) or (number > last and _follows_links(page, number)):
                page.mark(number, HEADING)
            continue
        longest = _longest_heading(block, number, first, last)
        if is_unpunctuated:
            longest = min(longest, 6) if number > first else longest
        if block.words <= longest and not _goes_on(page, number, first):
            page.mark(number, _short_kind(block))


def _longest_heading(block: Block, number: int, first: int, last: int) -> int:
    if number < first:
        return 25
    if number > last:
        return 20
    return 20 if _is_title_case(block.text) else 12


def _short_kind(block: Block) -> str:
    return LABEL if block.words <= 2 or _SEPARATED.search(block.text) else HEADING


def _is_title_case(text: str) -> bool:
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return len(words) > 3 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _goes_on(page: _Page, number: int, first: int) -> bool:
    """Whether an unfinished line belongs to the text: it leads to the next, or is a point of a list in the text."""
    block = page.blocks[number]
    last = block.folded[-1]
    if last in ",;—–":
        return True
    if last in ":：":
        return block.words > 3
    if last in "”\"»“’'」)" and block.quotes and block.words >= 5:
        return number > first
    return block.words >= 3 and _LIST_MARK.match(block.text) is not None and _is_in_list(page, number)


def _is_in_list(page: _Page, number: int) -> bool:
    """Whether a list that holds this point follows a line of the text that leads to it."""
    for before in range(number - 1, max(-1, number - 60), -1):
        block = page.blocks[before]
        if _LIST_MARK.match(block.text):
            continue
        return page.kinds[before] is None and block.folded[-1] in ":："
    return False


def _is_question_heading(page: _Page, number: int, top: int) -> bool:
    """A question alone that heads what follows: at the top of the page, or short and between paragraphs."""
    block = page.blocks[number]
    following = page.blocks[number + 1] if number + 1 < len(page.blocks) else None
    if following is None or block.folded[-1] not in "?!？！؟" or block.quotes:
        return False
    at_top = number == top and HEADING not in page.kinds[:number]
    return block.words <= (16 if at_top else 5) and following.words > 1.5 * block.words


def _follows_links(page: _Page, number: int) -> bool:
    """Whether a short sentence after the text stands in a list of links."""
    return page.kinds[number - 1] is not None and page.blocks[number].folded[-1] in "?!？！؟"


# --- the end of the page -------------------------------------------------------------------------------------------


def _mark_ends(page: _Page) -> None:
    """What follows "Related articles", "Notes", "About the author" near the end of the page."""
    shares = page.shares()
    done = 0
    for number, block in enumerate(page.blocks):
        kind = page.cues.head(block.folded) if block.words <= 8 and len(block.folded) <= 80 else None
        if kind is None:
            continue
        page.kinds[number] = kind
        if number < done or shares[number] < 0.25 or _is_box_in_the_text(page, number):
            continue
        if shares[number] < 0.5 and not (kind == "related links" and _is_listing(_rest(page, number))):
            continue
        done = number + 1
        for after in _led_by(page, number, kind, shares[number]):
            page.mark(after, kind)
            done = after + 1


def _is_box_in_the_text(page: _Page, number: int) -> bool:
    """Whether a head belongs to a box that the page's format sets apart, with paragraphs of the text behind it."""
    if number not in page.framed:
        return False
    behind = next((n for n in range(number + 1, len(page.blocks)) if n not in page.framed), None)
    return behind is not None and page.kinds[behind] is None and page.blocks[behind].is_prose


def _rest(page: _Page, number: int) -> list[Block]:
    """The blocks after a head that the page's format does not put into its frame."""
    return [page.blocks[n] for n in range(number + 1, len(page.blocks)) if n not in page.framed]


def _led_by(page: _Page, number: int, kind: str, share: float) -> Iterator[int]:
    """The blocks after a head that belong to it: near the end of the page all, else up to the next long paragraph."""
    words = 0
    is_listing = kind == "related links" and _is_listing(_rest(page, number))
    for after in range(number + 1, len(page.blocks)):
        block = page.blocks[after]
        words += block.words
        if is_listing:
            yield after
            continue
        if kind == "author biography" and (words > 250 or (page.kinds[after] is not None and words > block.words)):
            return
        is_text = block.is_prose and block.words >= 12 and kind != "author biography"
        if is_text and (share < 0.85 or block.words > 80) and not _ADDRESS.search(block.folded):
            return
        yield after


def _is_listing(rest: Sequence[Block]) -> bool:
    """Whether headlines and teasers alternate: no text has so many lines that are no sentences."""
    lines = sum(not block.is_sentence and block.words <= 25 for block in rest)
    return len(rest) >= 3 and lines >= 0.4 * len(rest) and max(block.words for block in rest) <= 80


def _mark_biographies(page: _Page) -> None:
    """Who the author is, at the end: after a line with the name, or after the name in the byline."""
    names = {fold(name) for name in _names(page)}
    shares = page.shares()
    for number in page.content():
        block = page.blocks[number]
        if block.words > 260 or shares[number] < 0.5 or not page.cues.biography.search(block.folded[:250]):
            continue
        start = block.folded[:250]
        named = [name for name in names if start.startswith(name)]
        follows_name = any(page.blocks[n].folded in named for n in range(max(0, number - 2), number))
        if not (named or _looks_like_biography(page, number)):
            continue
        if follows_name or not block.quotes:
            _mark_to_end(page, number)
            return


def _names(page: _Page) -> Iterator[str]:
    """The names in bylines, and short lines that may be a name."""
    for block, kind in zip(page.blocks, page.kinds, strict=True):
        if kind is None or block.words > 12:
            continue
        byline = _BYLINE.match(block.text)
        if byline:
            yield from re.split(r"\s*(?:,|&|\||\band\b|\bund\b|\bet\b|\be\b|\by\b|\bи\b|\bve\b)\s*", byline[1])
        elif 2 <= block.words <= 5 and all(word[0].isupper() for word in block.text.split() if word[0].isalpha()):
            yield block.text


def _looks_like_biography(page: _Page, number: int) -> bool:
    """The last of several paragraphs, short, with a name and at once an occupation."""
    block = page.blocks[number]
    content = page.content()
    if block.words > 70 or block.quotes or content[-1] != number or len(page.prose()) < 4:
        return False
    name = re.match(r"(?:[^\W\d_][\w.'’-]*\s+){1,4}?(?=[a-zà-ÿа-яé])", block.text)
    if name is None or not all(word[0].isupper() for word in name[0].split()):
        return False
    occupation = page.cues.biography.match(block.folded, len(fold(name[0])) + 1)
    known = " ".join(page.blocks[n].folded for n in content[:-1])
    # Somebody of whom the text has spoken is no author.
    return occupation is not None and fold(name[0]).split()[-1] not in known


def _mark_to_end(page: _Page, number: int) -> None:
    rest = range(number, len(page.blocks))
    words = sum(page.blocks[n].words for n in rest if page.kinds[n] is None)
    page.mark(number, "author biography")
    if words <= 300:
        for after in rest:
            page.mark(after, "author biography")


def _mark_boilerplate_end(page: _Page) -> None:
    """A paragraph that stands twice, with nothing but furniture after it, is the publisher's and not the text's."""
    counts: dict[str, int] = defaultdict(int)
    for block in page.blocks:
        counts[block.folded] += 1
    if len(page.prose()) < 4:
        return
    for number in range(len(page.blocks) - 1, -1, -1):
        if page.kinds[number] is None:
            if counts[page.blocks[number].folded] < 2:
                return
            page.mark(number, REPEATED)


# --- within a paragraph --------------------------------------------------------------------------------------------


def _within(page: _Page, number: int) -> Iterator[Furniture]:
    """Marks inside a paragraph of text: dateline, list mark, footnote marks, what was appended at its end."""
    block = page.blocks[number]
    start, end = 0, len(block.text)
    if head := _head_of(block, page.cues):
        start = head[0]
        yield Furniture(block.start, block.start + start, head[1])
    if tail := _tail_of(block, page.cues):
        end = tail[0]
        yield Furniture(block.start + end, block.end, tail[1])
    patterns = (_INLINE_MARK, _BARE_MARK) if page.has_bare_marks else (_INLINE_MARK,)
    for match in (match for pattern in patterns for match in pattern.finditer(block.text, start, end)):
        left = match.start() + len(match[0]) - len(match[0].lstrip())
        yield Furniture(block.start + left, block.start + match.end(), FOOTNOTE_MARK)


def _has_bare_marks(page: _Page) -> bool:
    """Whether numbers that follow words without a space count up through the text, as footnotes do."""
    numbers = [int(m[0]) for number in page.content() for m in _BARE_MARK.finditer(page.blocks[number].text)]
    return len(numbers) >= 2 and sum(b == a + 1 for a, b in pairwise(numbers)) >= 0.6 * (len(numbers) - 1)


def _head_of(block: Block, known: Cues) -> tuple[int, str] | None:
    if bullet := _LIST_MARK.match(block.text):
        # "A." may be an initial and "1." is said with its point; only true bullets are left out.
        return (bullet.end(), "list mark") if bullet[0][0] in "•▪●◦‣·*" else None
    dateline = _DATELINE.match(block.text[:120])
    if dateline is None or not _is_place(dateline, known):
        return None
    return dateline.end(), "dateline"


def _is_place(match: re.Match[str], known: Cues) -> bool:
    place = match["place"]
    words = re.findall(r"[^\W\d_]+", place)
    if any(word.casefold() in known.acronyms for word in words) or not all(w[0].isupper() for w in words if len(w) > 3):
        return False
    has_date = bool(match["middle"] and any(map(str.isdecimal, match["middle"])))
    if match["agency"] and match["dash"].strip() == ":" and not known.agency.search(fold(match["agency"])):
        return False  # "ANNA BERG (Austria): We thank the Chair."
    shouted = all(word.isupper() for word in words) and max(map(len, words)) >= 4
    return bool(match["agency"]) or (has_date and len(words) <= 4) or (shouted and len(words) <= 4)


def _tail_of(block: Block, known: Cues) -> tuple[int, str] | None:
    """Where something appended to the paragraph begins, and its kind. Offsets count in the block's own text."""
    offset = max(0, len(block.text) - 200)
    tail = block.text[offset:].casefold().replace("’", "'")
    if len(tail) != len(block.text) - offset:  # a letter that case-folding lengthens: offsets would not hold
        return None
    for pattern, kind in (
        (known.copyright, "copyright"),
        (known.agency_in_brackets, "agency"),
        (known.links_at_end, "link"),
    ):
        found = pattern.search(tail)
        if found and offset + found.start() > 20 and len(tail[found.start() :].split()) <= 16:
            return offset + found.start() + len(found[0]) - len(found[0].lstrip()), kind
    return None
