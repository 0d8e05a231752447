"""Small documents, sentences and positions for tests, each with what matters in the call and the rest made up."""

from __future__ import annotations

import hashlib
import signal
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from digest.compose import Frame
from digest.engines import Embedder, Translator
from digest.model import (
    Actor,
    Dating,
    Digested,
    Document,
    EngineSignature,
    HolderKind,
    Language,
    Notice,
    PartialDate,
    Point,
    Position,
    Quote,
    Sentence,
    Stance,
    StanceLabel,
    Topic,
    Translation,
)
from digest.preflight import DEFAULT_LIMITS, Limits
from digest.readers import read_file

RunProgram = Callable[..., "subprocess.CompletedProcess[str]"]
"""What the fixtures `run_program` and `run_python` give."""

S, C, U, O, X = StanceLabel  # noqa: E741
"""The stances in the order of the model."""

ENGINE = EngineSignature("summary", "by hand", "none", "1", "MIT")
PATROLS = Topic("patrols", "Joint patrols")
LEVY = Topic("levy", "A levy on operators")
NAMES = {
    "IE": "Ireland",
    "BR": "Brazil",
    "PT": "Portugal",
    "NO": "Norway",
    "NATO": "NATO",
    "EU": "European Union",
    "GROUP:Europe": "Europe (unspecified)",
}
KINDS = dict.fromkeys(NAMES, HolderKind.COUNTRY) | {
    "NATO": HolderKind.ORGANISATION,
    "EU": HolderKind.ORGANISATION,
    "GROUP:Europe": HolderKind.GROUP,
}


def document(name: str, published: date | None = date(2026, 3, 2), text: str = "", language: str = "en") -> Document:
    identity = hashlib.sha256(name.encode()).hexdigest()
    dating = Dating(published, "dateline" if published else "no date found")
    return Document(identity, name, f"Title of {name}", None, dating, text, language=Language(language, 1.0))


def sentence(
    text: str, name: str = "a.txt", start: int = 0, language: str = "en", english: str | None = None
) -> Sentence:
    translation = Translation(english, ENGINE) if english is not None else None
    return Sentence(document(name).id, start, start + len(text), text, language, 0, translation)


def sentences(*texts: str, language: str = "en") -> list[Sentence]:
    """The texts as the sentences of one document, one behind the other."""
    made, start = [], 0
    for text in texts:
        made.append(sentence(text, start=start, language=language))
        start += len(text) + 1
    return made


def position(
    holder: str,
    statement: str,
    stance: StanceLabel | None = None,
    *,
    name: str = "a.txt",
    start: int = 0,
    topic: Topic | None = PATROLS,
    said_on: PartialDate | None = None,
    actor: Actor | None = None,
    quote: Quote = Quote.NONE,
) -> Position:
    where = sentence(statement, name, start)
    return Position(
        id=f"{where.document[:8]}-{start}-{holder}",
        holder=holder,
        holder_name=NAMES[holder],
        actor=actor,
        statement=statement,
        quote=quote,
        stance=Stance(stance, "cue") if stance else None,
        topic=topic.id if topic and stance else None,
        said_on=said_on,
        sentence=where,
        resolved_by="named in the sentence",
    )


def digested(
    name: str, *positions: Position, published: date | None = date(2026, 3, 2), summary: tuple[Point, ...] = ()
) -> Digested:
    return Digested(document(name, published), 100, summary, positions, None, False)


def frame(**changes: object) -> Frame:
    settings: dict[str, object] = {
        "title": "Cables",
        "issued": date(2026, 3, 9),
        "issue": 1,
        "previous": None,
        "period": (None, None),
        "classification": "",
        "author": "",
        "template": "standard.docx",
        "language": "en",
        "topics": (PATROLS, LEVY),
        "countries": (),
    }
    return Frame(**(settings | changes))  # type: ignore[arg-type]


# --- a small corpus and engines that count what they are asked -------------------------------------------------------

ENGLISH = """Harbour talks open in Tallinn

TALLINN, 2 March 2026 - Ministers from nine coastal states opened talks on Monday on who pays for icebreakers.

"Estonia will send two icebreakers in December," Foreign Minister Anna Holm told reporters in Tallinn.

Sweden opposes a common budget for icebreakers, Defence Minister Karl Lind said on Monday.

Norway supports the icebreakers and will pay a third of their crews, the government in Oslo said.
"""
PORTUGUESE = """Brasil recusa a taxa do gelo

BRASÍLIA, 3 de março de 2026 - O Brasil não vai pagar a taxa sobre os portos, disse o ministro João Prado em Brasília.

Portugal apoia os quebra-gelos e vai enviar 12 marinheiros, afirmou a ministra Teresa Lobo em Lisboa na segunda-feira.

Os ministros dos dois países voltam a reunir-se em abril para falar do dinheiro que ainda falta.
"""
FRENCH = """Les brise-glaces attendront

PARIS, 4 mars 2026 - La France enverra un brise-glace au printemps, a annoncé le ministre des transports à Paris.

La Belgique demande encore du temps pour étudier le texte, selon un communiqué publié mardi à Bruxelles.
"""
RIDDLE = """Qwx zrtk plmn

Qwx zrtk plmn vbgf xkcd trw. Qpl zzx mnbv lkjh gfds poiu ytre wqz xrt plk vbn mjk htr dfg zxc vbn rty.

Fgh plk wqz xkcd mnbv trw qpl. Zzx lkjh gfds poiu vbgf ytre xrt mjk htr dfg plmn zrtk qwx vbn fgh rty wqz.
"""  # a text whose language nobody can tell
ICE = Topic("ice", "Sharing the cost of icebreakers", ("icebreaker", "icebreakers", "ice", "harbour", "crews"))


def write_corpus(folder: Path, **texts: str) -> Path:
    """A folder with a .txt file for each text."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


class NearReader:
    """Reads as a run does, but in this process: what the process with bounds does has tests of its own."""

    def __init__(self, root: Path, today: date, limits: Limits = DEFAULT_LIMITS) -> None:
        self._root, self._today, self._limits = root, today, limits

    def __enter__(self) -> NearReader:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read(self, path: Path) -> list[Document | Notice]:
        return read_file(path, self._root, self._today, self._limits)


class Engines:
    """The real engines behind a count: every text that each was asked about, in order."""

    def __init__(self, embedder: Embedder, translator: Translator, parser: Any) -> None:
        self._embedder, self._translator, self._parser = embedder, translator, parser
        self.embedded: list[str] = []
        self.translated: list[str] = []
        self.parsed: list[str] = []
        self.tagged: list[str] = []
        self.signature = embedder.signature

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Put these in place of those that a run would load, and read in this process."""
        monkeypatch.setattr("digest.pipeline.reading.Guard", NearReader)
        monkeypatch.setattr("digest.engines.load_embedder", lambda name="minilm": self)
        monkeypatch.setattr("digest.engines.load_translator", lambda *_: _CountedTranslator(self))
        monkeypatch.setattr("digest.engines.parser.EnglishParser", lambda: self)

    def embed(self, texts: Sequence[str]) -> Any:
        self.embedded += texts
        return self._embedder.embed(texts)

    def parse(self, texts: Iterable[str]) -> Iterator[Any]:
        wanted = list(texts)
        self.parsed += wanted
        return iter(list(self._parser.parse(wanted)))

    def tag(self, texts: Iterable[str]) -> Iterator[Any]:
        wanted = list(texts)
        self.tagged += wanted
        return iter(list(self._parser.tag(wanted)))

    def calls(self) -> dict[str, list[str]]:
        """What was asked so far, without the topics, whose vectors are too cheap to keep; the count begins anew."""
        asked = {
            "embedded": sorted(text for text in self.embedded if not text.startswith(ICE.name)),
            "translated": sorted(self.translated),
            "parsed": sorted(self.parsed),
        }
        self.embedded, self.translated, self.parsed = [], [], []
        return asked


class _CountedTranslator:
    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self.signature = engines._translator.signature

    def translate(self, sentences: Sequence[str], careful: bool = False) -> list[str]:
        self._engines.translated += sentences
        return self._engines._translator.translate(sentences, careful)


class Steps:
    """A progress that notes the stages, and presses Ctrl-C in stage `label` after `after` of its items."""

    def __init__(self, label: str = "", after: int = 0) -> None:
        self.seen: list[tuple[str, int]] = []
        self._label, self._after = label, after

    @contextmanager
    def stage(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        self.seen.append((label, total))
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            if label == self._label and done >= self._after:
                _press_ctrl_c()

        if label == self._label and not self._after:
            _press_ctrl_c()
        yield advance


def _press_ctrl_c() -> None:
    """As at a terminal, also where the tests run in the background, whose programs are started deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
