"""An invented brief with something of everything, for previews of a template and for tests. No model is needed.

The story, the speakers and the documents are made up; countries stand under their own names only because a brief is
about countries. Nothing here says what anybody really said.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from digest.model import (
    Actor,
    Brief,
    Cell,
    Change,
    ChangeKind,
    Dating,
    Earlier,
    EngineSignature,
    Entry,
    HolderKind,
    HolderSection,
    KeyPoint,
    Language,
    Notice,
    PartialDate,
    Point,
    Position,
    Quote,
    Sentence,
    Silence,
    Source,
    Stance,
    StanceLabel,
    TimePoint,
    Topic,
    Translation,
)

_CABLE = Topic("cable", "A joint fund for the Northern sea cable", ("sea cable", "fund"))
_PATROL = Topic("patrol", "Civilian patrols along the cable", ("patrol",))

_SELECTOR = EngineSignature("summary", "extractive", "all-MiniLM-L6-v2", "1.0", "Apache-2.0", "centrality, 4 sentences")
_TRANSLATOR = EngineSignature("translation", "firefox", "pt-en base", "2.1", "MPL-2.0")
_PARSER = EngineSignature("positions", "spacy", "en_core_web_sm", "3.8.0", "MIT")

_S, _C, _U, _O, _X = (
    StanceLabel.SUPPORTS,
    StanceLabel.CONDITIONAL,
    StanceLabel.UNDECIDED,
    StanceLabel.OPPOSES,
    StanceLabel.OTHER,
)


_BEFORE = Earlier(
    "q2", "PT", "cable", _U,
    "Lisbon will look at the figures before it says anything about the fund, the ministry said.",
    PartialDate(2025, 2, 5), "Teresa Almada", "Diário do Estuário", 2, date(2025, 2, 10), machine=True,
)  # fmt: skip
_SILENT = Earlier(
    "q7", "IE", "patrol", _O, "Dublin will send no ship to any patrol, the defence minister told the parliament.",
    PartialDate(2025, 2, 6), "the defence minister", "Harbour Gazette", 2, date(2025, 2, 10),
)  # fmt: skip
_SINCE = (
    TimePoint(PartialDate(2025, 1, 22), "cable", _O, 1),
    TimePoint(PartialDate(2025, 2, 5), "cable", _U, 2),
    TimePoint(PartialDate(2025, 2, 15), "cable", _S, 3, ("S2",)),
)


def sample_brief() -> Brief:
    """The third issue of a weekly: ten holders, two topics, nine documents in seven languages, two changes."""
    return Brief(
        title="The Northern sea cable: who pays, who patrols",
        issued=date(2025, 2, 17),
        issue=3,
        previous=date(2025, 2, 10),
        period=(date(2025, 2, 10), date(2025, 2, 16)),
        classification="For internal use",
        author="Desk for Northern affairs",
        template="standard",
        language="en",
        topics=(_CABLE, _PATROL),
        engines=(_SELECTOR, _TRANSLATOR, _PARSER),
        key_points=_key_points(),
        changes=(
            Change(
                "PT",
                "Portugal",
                "cable",
                StanceLabel.UNDECIDED,
                StanceLabel.SUPPORTS,
                "p5",
                ChangeKind.MOVED,
                PartialDate(2025, 2, 14),
                "the Portuguese government",
                _BEFORE,
            ),
            Change("CN", "China", "cable", None, StanceLabel.OTHER, "p9", ChangeKind.NEW),
        ),
        silent=(Silence("IE", "Ireland", _SILENT),),
        holders=_holders(),
        sources=_sources(),
        missing=("Iceland", "Estonia"),
        notices=(
            Notice(
                "week-07/minutes\x07.pdf",
                "reading",
                "The file is protected with a password.",
                "Save it without the password and run again.",
            ),
            Notice("", "positions", "Two claims were withheld: their sources do not support them.", "Read S4 in full."),
        ),
    )


# --- sources ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """A document of the story, as short as it can be said."""

    mark: str
    path: str
    title: str
    publisher: str | None
    dating: Dating
    language: str
    words: int
    summary: tuple[tuple[str, str | None], ...]
    url: str | None = None


_ROWS = (
    _Row(
        "S1",
        "week-07/fund-communique.docx",
        "Five capitals back a joint fund for the Northern cable",
        "Harbour Gazette",
        Dating(date(2025, 2, 14), "dateline"),
        "en",
        1204,
        (
            ("Five governments will pay into a joint fund for the Northern sea cable, officials said on Friday.", None),
            ("The fund is to reach 340 million euros by the end of 2026.", None),
            ("Who will patrol the route was left for the spring meeting.", None),
        ),
        "https://gazette.example/northern-cable/five-capitals",
    ),
    _Row(
        "S2",
        "week-07/cabo.md",
        "Lisboa entra no fundo do cabo",
        "Diário do Cais",
        Dating(date(2025, 2, 15), "front matter"),
        "pt",
        688,
        (
            (
                "O governo português vai contribuir com 12 milhões de euros para o fundo.",
                "The Portuguese government will contribute 12 million euros to the fund.",
            ),
            (
                "A ministra afastou, por agora, o envio de navios civis.",
                "The minister ruled out, for now, sending civilian ships.",
            ),
        ),
        "https://cais.example/2025/02/15/cabo",
    ),
    _Row(
        "S3",
        "week-07/tarh-al-kabl.txt",
        "القاهرة: الكابل يحتاج إلى ضمانات",
        "صحيفة المرفأ",
        Dating(date(2025, 2, 13), "dateline"),
        "ar",
        512,
        (
            (
                "وقالت الوزارة إن مصر تؤيد الصندوق المشترك بشرط أن تكون الضمانات مكتوبة.",
                "The ministry said that Egypt supports the joint fund on condition that the guarantees are in writing.",
            ),
        ),
    ),
    _Row(
        "S4",
        "week-07/hailan.txt",
        "北方海缆：各方表态",
        "港口日报",
        Dating(None, "no date in the text", date(2025, 2, 11)),
        "zh",
        430,
        (
            (
                "发言人表示，中方注意到有关基金的讨论，愿同各方保持沟通。",
                "The spokesperson said that China has noted the discussion of the fund and is willing to stay in "
                "contact with all parties.",
            ),
        ),
    ),
    _Row(
        "S5",
        "week-07/kabel.html",
        "Кабель без патрулей",
        "Портовый вестник",
        Dating(date(2025, 2, 12), "meta tag"),
        "ru",
        955,
        (
            (
                "Москва выступает против гражданских патрулей вдоль кабеля, заявил представитель министерства.",
                "Moscow opposes civilian patrols along the cable, a representative of the ministry stated.",
            ),
        ),
        "https://vestnik.example/kabel",
    ),
    _Row(
        "S6",
        "week-07/cable-paris.docx",
        "Paris pose ses conditions",
        "Le Quai",
        Dating(date(2025, 2, 16), "photo caption, by weekday"),
        "fr",
        734,
        (
            (
                "Paris participera au fonds si le tracé évite la zone de pêche.",
                "Paris will take part in the fund if the route avoids the fishing grounds.",
            ),
        ),
    ),
    _Row(
        "S7",
        "week-07/nordic-note.txt",
        "A note on the spring meeting",
        None,
        Dating(None, "no date in the text"),
        "en",
        301,
        (("The spring meeting will decide who runs the patrols.", None),),
    ),
    _Row(
        "S8",
        "week-06/council.md",
        "Council discusses cable protection",
        "Council Register",
        Dating(date(2025, 2, 9), "front matter"),
        "en",
        1660,
        (
            ("The Council welcomed the idea of a fund and asked for a cost estimate.", None),
            ("Several delegations doubted that civilian patrols would deter anyone.", None),
        ),
        "https://register.example/council/cable",
    ),
    _Row(
        "S9",
        "week-07/kabel-berlin.txt",
        "Berlin streitet über das Seekabel",
        "Hafenpost",
        Dating(date(2025, 2, 14), "dateline"),
        "de",
        820,
        (("Die Bundesregierung hat sich zu Patrouillen noch nicht festgelegt.", None),),
    ),
)


def _id(mark: str) -> str:
    return hashlib.sha256(mark.encode("ascii")).hexdigest()


def _sources() -> tuple[Source, ...]:
    return tuple(
        Source(
            id=_id(row.mark),
            mark=row.mark,
            path=row.path,
            title=row.title,
            publisher=row.publisher,
            dating=row.dating,
            url=row.url,
            language=Language(row.language, 0.98),
            translated_by=None if row.language in ("en", "de") else "firefox",
            untranslated=row.language == "de",
            words=row.words,
            summary=tuple(
                Point(english or text, _SELECTOR, (_sentence(row.mark, text, row.language, english),))
                for text, english in row.summary
            ),
            also_at=("week-07/copy-of-note.txt",) if row.mark == "S7" else (),
        )
        for row in _ROWS
    )


def _sentence(
    mark: str, text: str, language: str = "en", english: str | None = None, flags: tuple[str, ...] = ()
) -> Sentence:
    translation = Translation(english, _TRANSLATOR, flags) if english else None
    return Sentence(_id(mark), 0, len(text), text, language, 0, translation)


# --- positions -------------------------------------------------------------------------------------------------------


def _entry(
    number: int,
    holder: tuple[str, str],
    actor: Actor | None,
    sentence: Sentence,
    stance: tuple[Topic, StanceLabel, str] | None,
    marks: tuple[str, ...],
    *,
    quote: Quote = Quote.NONE,
    said: PartialDate | None = None,
) -> Entry:
    position = Position(
        id=f"p{number}",
        holder=holder[0],
        holder_name=holder[1],
        actor=actor,
        statement=sentence.english or sentence.text,
        quote=quote,
        stance=Stance(stance[1], stance[2]) if stance else None,
        topic=stance[0].id if stance else None,
        said_on=said,
        sentence=sentence,
        resolved_by="the speaker's title",
    )
    return Entry(position, marks)


def _cell(
    topic: Topic,
    label: StanceLabel | None,
    latest: PartialDate | None,
    *marks: str,
    differs: bool = False,
    voice: str | None = None,
) -> Cell:
    return Cell(topic.id, label, differs, latest, len(marks), marks, voice)


def _february(day: int) -> PartialDate:
    return PartialDate(2025, 2, day)


def _key_points() -> tuple[KeyPoint, ...]:
    portuguese = "O governo português vai contribuir com 12 milhões de euros para o fundo."
    english = "The Portuguese government will contribute 12 million euros to the fund."
    first = "Five governments will pay into a joint fund for the Northern sea cable, officials said on Friday."
    second = "Several delegations doubted that civilian patrols would deter anyone."
    return (
        KeyPoint(first, ("S1", "S8"), _sentence("S1", first)),
        KeyPoint(english, ("S2",), _sentence("S2", portuguese, "pt", english)),
        KeyPoint(second, ("S8",), _sentence("S8", second)),
    )


def _holders() -> tuple[HolderSection, ...]:
    return (
        _norway(),
        _portugal(),
        _germany(),
        _france(),
        _egypt(),
        _china(),
        _russia(),
        _eu(),
        _north_sea_forum(),
        _europe(),
    )


def _norway() -> HolderSection:
    who = ("NO", "Norway")
    quoted = _sentence("S1", "“We pay our share, and we pay it this year,” she said.")
    reported = _sentence("S1", "Norway supports a lean fund with a public register of its spending.")
    patrol = _sentence("S8", "Norway would join the patrols only if insurers take part in the cost.")
    minister = Actor("Ingrid Solvang", "Minister of Energy")
    return HolderSection(
        *who,
        HolderKind.COUNTRY,
        "",
        (
            _cell(_CABLE, _S, _february(14), "S1", voice="Ingrid Solvang"),
            _cell(_PATROL, _C, _february(9), "S8", voice="a government spokesman"),
        ),
        (
            _entry(
                1, who, minister, quoted, (_CABLE, _S, "pay our share"), ("S1",), quote=Quote.FULL, said=_february(14)
            ),
            _entry(2, who, None, reported, (_CABLE, _S, "supports"), ("S1",)),
            _entry(3, who, Actor(None, "a government spokesman"), patrol, (_PATROL, _C, "only if"), ("S8",)),
        ),
    )


def _portugal() -> HolderSection:
    who = ("PT", "Portugal")
    minister = Actor("Teresa Almada", "Minister of the Sea")
    no_ships = _sentence(
        "S2",
        "«Não é altura de enviar navios», afirmou a ministra, lembrando que 2 dos 3 navios estão em reparação.",
        "pt",
        "“It is not the time to send ships,” the minister said, recalling that the ships are under repair.",
        ("numbers are missing (2, 3)",),
    )
    pays = _sentence(
        "S2",
        "O governo português vai contribuir com 12 milhões de euros para o fundo.",
        "pt",
        "The Portuguese government will contribute 12 million euros to the fund.",
    )
    return HolderSection(
        *who,
        HolderKind.COUNTRY,
        "",
        (_cell(_CABLE, _S, _february(15), "S2", "S1"), _cell(_PATROL, _O, _february(15), "S2", voice="Teresa Almada")),
        (
            _entry(4, who, minister, no_ships, (_PATROL, _O, "not the time"), ("S2",), quote=Quote.PARTIAL),
            _entry(5, who, None, pays, (_CABLE, _S, "will contribute"), ("S2", "S1")),
        ),
        changed=True,
        timeline=_SINCE,
    )


def _germany() -> HolderSection:
    who = ("DE", "Germany")
    yes = _sentence("S1", "“Germany stands ready to send two survey ships in May,” the transport minister said.")
    no = _sentence("S8", "Germany will not take part in patrols, its envoy told the Council.")
    fund = _sentence("S1", "Germany has not decided how much it will pay.")
    return HolderSection(
        *who,
        HolderKind.COUNTRY,
        "",
        (
            _cell(_CABLE, _U, _february(14), "S1"),
            _cell(_PATROL, _S, _february(14), "S1", "S8", differs=True, voice="Karl Brandt"),
        ),
        (_entry(8, who, None, fund, (_CABLE, _U, "has not decided"), ("S1",)),),
        (
            (
                _entry(
                    6,
                    who,
                    Actor("Karl Brandt", "Minister of Transport"),
                    yes,
                    (_PATROL, _S, "stands ready"),
                    ("S1",),
                    quote=Quote.FULL,
                    said=_february(14),
                ),
                _entry(7, who, Actor(None, "envoy to the Council"), no, (_PATROL, _O, "will not take part"), ("S8",)),
            ),
        ),
    )


def _france() -> HolderSection:
    who = ("FR", "France")
    sentence = _sentence(
        "S6",
        "« Nous participerons si le tracé évite la zone de pêche », a déclaré Luc Ferrand au port de Brest.",
        "fr",
        "“We will take part if the route avoids the fishing grounds,” Luc Ferrand said at the port of Brest.",
    )
    return HolderSection(
        *who,
        HolderKind.COUNTRY,
        "",
        (_cell(_CABLE, _C, _february(16), "S6", voice="Luc Ferrand"), _cell(_PATROL, None, None)),
        (
            _entry(
                10,
                who,
                Actor("Luc Ferrand", "Minister of Fisheries"),
                sentence,
                (_CABLE, _C, "if the route avoids"),
                ("S6",),
                quote=Quote.FULL,
                said=_february(16),
            ),
        ),
    )


def _egypt() -> HolderSection:
    who = ("EG", "Egypt")
    sentence = _sentence(
        "S3",
        "وقالت الوزارة إن مصر تؤيد الصندوق المشترك بشرط أن تكون الضمانات مكتوبة قبل نهاية عام 2025.",
        "ar",
        "The ministry said that Egypt supports the joint fund on condition that the guarantees are in writing before "
        "the end of 2025.",
    )
    return HolderSection(
        *who,
        HolderKind.COUNTRY,
        "",
        (_cell(_CABLE, _C, _february(13), "S3", voice="the foreign ministry"), _cell(_PATROL, None, None)),
        (_entry(11, who, Actor(None, "the foreign ministry"), sentence, (_CABLE, _C, "on condition that"), ("S3",)),),
    )


def _china() -> HolderSection:
    who = ("CN", "China")
    sentence = _sentence(
        "S4",
        "发言人表示，中方注意到有关基金的讨论，愿同各方保持沟通。",
        "zh",
        "The spokesperson said that China has noted the discussion of the fund and is willing to stay in contact with "
        "all parties.",
    )
    return HolderSection(
        *who,
        HolderKind.COUNTRY,
        "",
        (_cell(_CABLE, _X, None, "S4"), _cell(_PATROL, None, None)),
        (_entry(9, who, Actor(None, "a spokesperson"), sentence, (_CABLE, _X, ""), ("S4",)),),
        changed=True,
    )


def _russia() -> HolderSection:
    who = ("RU", "Russia")
    sentence = _sentence(
        "S5",
        "Москва выступает против гражданских патрулей вдоль кабеля, заявил представитель министерства.",
        "ru",
        "Moscow opposes civilian patrols along the cable, a representative of the ministry stated.",
    )
    return HolderSection(
        *who,
        HolderKind.COUNTRY,
        "",
        (_cell(_CABLE, None, None), _cell(_PATROL, _O, _february(12), "S5", voice="a representative of the ministry")),
        (
            _entry(
                12,
                who,
                Actor(None, "a representative of the ministry"),
                sentence,
                (_PATROL, _O, "opposes"),
                ("S5",),
                said=PartialDate(2025, 2),
            ),
        ),
    )


def _eu() -> HolderSection:
    who = ("EU", "European Union")
    sentence = _sentence("S8", "The Council welcomed the idea of a fund and asked for a cost estimate.")
    return HolderSection(
        *who,
        HolderKind.ORGANISATION,
        "",
        (_cell(_CABLE, _S, _february(9), "S8", voice="the Council"), _cell(_PATROL, None, None)),
        (_entry(13, who, Actor(None, "the Council"), sentence, (_CABLE, _S, "welcomed"), ("S8",)),),
    )


def _north_sea_forum() -> HolderSection:
    who = ("ORG:North Sea Forum", "North Sea Forum")
    sentence = _sentence("S7", "The forum will put both questions to its members in spring.")
    return HolderSection(
        *who,
        HolderKind.ORGANISATION,
        "",
        (_cell(_CABLE, _U, None, "S7"), _cell(_PATROL, _U, None, "S7")),
        (_entry(14, who, None, sentence, None, ("S7",)),),
    )


def _europe() -> HolderSection:
    who = ("GROUP:Europe", "Europe (unspecified)")
    sentence = _sentence("S9", "Die Europäer müssten das Kabel selbst schützen, heißt es in Berlin.", "de")
    return HolderSection(
        *who,
        HolderKind.GROUP,
        "",
        (_cell(_CABLE, None, None), _cell(_PATROL, _X, _february(14), "S9")),
        (_entry(15, who, None, sentence, None, ("S9",)),),
    )
