"""Measure language detection: single sentences, the same in capitals, and whole documents.

    python -m benchmarks.language [FOLDER] [--first LINE] [--last LINE] [--mistakes]

FOLDER holds NTREX-128 (https://github.com/MicrosoftTranslator/NTREX, CC BY-SA 4.0): a sentence a line in
`NTREX-128/newstest2019-ref.CODE.txt`, and `DOCUMENT_IDS.tsv` with the document of each line. Without a folder, the
paragraphs of tests/cases/languages.json are asked. Beside the program's own detector stand langdetect alone, py3langid
alone and, where it is installed, lingua. A language counts as told where the code is right, for the program's own the
script of Serbian and Chinese included; "one" counts Bosnian, Croatian and Serbian in Latin letters as one language,
since whole sentences are the same in all three. The rules were made on lines 1 to 150, the README's figures are of
lines 151 to 300.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from digest.language import detect, detect_document
from digest.routes import routes

CASES = Path(__file__).resolve().parent.parent / "tests" / "cases" / "languages.json"
Detector = Callable[[str], str]

# The names of NTREX's files, and what they are in: every language that Firefox Translations or an English OPUS-MT model
# of its own covers.
FILES = {
    "afr": "af", "arb": "ar", "aze-Latn": "az", "bel": "be", "ben": "bn", "bos": "bs", "bul": "bg", "cat": "ca",
    "ces": "cs", "cym": "cy", "dan": "da", "deu": "de", "ell": "el", "eng-GB": "en", "est": "et", "eus": "eu",
    "fas": "fa", "fil": "tl", "fin": "fi", "fra": "fr", "gle": "ga", "glg": "gl", "guj": "gu", "heb": "he",
    "hin": "hi", "hrv": "hr", "hun": "hu", "hye": "hy", "ind": "id", "isl": "is", "ita": "it", "jpn": "ja",
    "kan": "kn", "kat": "ka", "kor": "ko", "lav": "lv", "lit": "lt", "mal": "ml", "mar": "mr", "mkd": "mk",
    "mlt": "mt", "msa": "ms", "nld": "nl", "nno": "nn", "nob": "nb", "pol": "pl", "por": "pt", "por-BR": "pt",
    "ron": "ro", "rus": "ru", "slk": "sk", "slv": "sl", "spa": "es", "sqi": "sq", "srp-Cyrl": "sr-Cyrl",
    "srp-Latn": "sr-Latn", "swa": "sw", "swe": "sv", "tam": "ta", "tel": "te", "tha": "th", "tur": "tr",
    "ukr": "uk", "urd": "ur", "vie": "vi", "zho-CN": "zh-Hans", "zho-TW": "zh-Hant",
}  # fmt: skip
_ONE = {"bs": "hbs", "hr": "hbs", "sr": "hbs", "sr-Latn": "hbs"}
# Names that the other detectors have for a language.
_SAME = {"no": "nb", "zh-cn": "zh", "zh-tw": "zh", "yue": "zh", "wuu": "zh", "fil": "tl"}


@dataclass(slots=True)
class Tally:
    """What one detector got right. Shares are in per cent."""

    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    mistakes: Counter[tuple[str, str]] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, kind: str, wanted: str, found: str, exact: bool) -> None:
        """Count one answer; `exact` asks for the script as well."""
        self.asked[kind] += 1
        self.right[kind] += same(wanted, found, exact)
        if kind == "sentences":
            self.asked["one"] += 1
            self.right["one"] += same(_ONE.get(wanted, wanted), _ONE.get(found, found), exact)
            if not same(wanted, found, exact):
                self.mistakes[wanted, found] += 1

    def line(self) -> str:
        """The four shares and the speed."""
        shares = (100 * self.right[kind] / max(self.asked[kind], 1) for kind in KINDS)
        speed = 1000 * self.seconds / max(self.asked["sentences"] + self.asked["capitals"], 1)
        return "".join(f"{share:>11.2f}" for share in shares) + f"{speed:>15.2f}"


KINDS = ("sentences", "one", "capitals", "documents")


def same(wanted: str, found: str, exact: bool) -> bool:
    """Whether an answer is right: the whole code, or without its script."""
    if exact:
        return wanted == found
    wanted, found = (_SAME.get(code, code.partition("-")[0]) for code in (wanted, found))
    return wanted == found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0 when done."""
    options = _options(arguments)
    texts = from_folder(options.folder, options.first, options.last) if options.folder else from_cases()
    routed = {route.language for route in routes()}
    covered = {code for code in texts if code.partition("-")[0] in routed}
    count = sum(len(lines) for documents in texts.values() for lines in documents)
    print(f"{count} sentences in {len(texts)} languages and scripts; {len(covered)} of them have a route")
    print(f"{'':<14}{'sentences':>11}{'one':>11}{'capitals':>11}{'documents':>11}{'ms a sentence':>15}{'load, s':>10}")
    for name, make in DETECTORS.items():
        if name == "lingua" and not importlib.util.find_spec("lingua"):
            continue
        start = time.perf_counter()
        ask = make()
        ask("A sentence that makes it load what it needs.")
        loaded = time.perf_counter() - start
        tally = measure(ask, texts, exact=name == "digest")
        print(f"{name:<14}{tally.line()}{loaded:>10.2f}", flush=True)
        if options.mistakes:
            print("  ", ", ".join(f"{a} as {b}: {n}" for (a, b), n in tally.mistakes.most_common(20)))
    return 0


def measure(ask: Detector, texts: Mapping[str, Sequence[Sequence[str]]], exact: bool) -> Tally:
    """Ask one detector about every sentence, its capitals and every document of `texts`: code -> documents -> lines."""
    tally = Tally()
    for wanted, documents in texts.items():
        for lines in documents:
            start = time.perf_counter()
            found = [ask(line) for line in lines]
            loud = [ask(line.upper()) for line in lines]
            tally.seconds += time.perf_counter() - start
            for answer in found:
                tally.add("sentences", wanted, answer, exact)
            for answer in loud:
                tally.add("capitals", wanted, answer, exact)
            whole = detect_document(lines)[0].code if exact else ask("\n".join(lines))
            tally.add("documents", wanted, whole, exact)
    return tally


def from_folder(folder: Path, first: int, last: int) -> dict[str, list[list[str]]]:
    """NTREX's lines `first` to `last` (from 1), by code and document. Files that are not there are left out."""
    names = (folder / "DOCUMENT_IDS.tsv").read_text(encoding="utf-8").split()[first - 1 : last]
    texts: dict[str, list[list[str]]] = {}
    for name, code in FILES.items():
        path = folder / "NTREX-128" / f"newstest2019-ref.{name}.txt"
        if path.is_file():
            lines = path.read_text(encoding="utf-8").splitlines()[first - 1 : last]
            documents: dict[str, list[str]] = {}
            for document, line in zip(names, lines, strict=True):
                documents.setdefault(document, []).append(line)
            texts.setdefault(code, []).extend(documents.values())
    return texts


def from_cases() -> dict[str, list[list[str]]]:
    """The project's own paragraphs of known language, each a document of its sentences."""
    texts: dict[str, list[list[str]]] = {}
    for case in json.loads(CASES.read_text(encoding="utf-8")):
        if case["language"] != "und" and not case["text"].isupper():
            texts.setdefault(case["language"], []).append([case["text"]])
    return texts


def _own() -> Detector:
    return lambda text: detect(text).code


def _langdetect() -> Detector:
    from langdetect import DetectorFactory, LangDetectException
    from langdetect import detect as ask

    DetectorFactory.seed = 0

    def answer(text: str) -> str:
        try:
            return str(ask(text))
        except LangDetectException:
            return "und"

    return answer


def _py3langid() -> Detector:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    return lambda text: str(identifier.classify(text)[0])


def _lingua() -> Detector:
    from lingua import LanguageDetectorBuilder

    detector = LanguageDetectorBuilder.from_all_languages().build()

    def answer(text: str) -> str:
        found = detector.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else "und"

    return answer


DETECTORS: Mapping[str, Callable[[], Detector]] = {
    "digest": _own,
    "langdetect": _langdetect,
    "py3langid": _py3langid,
    "lingua": _lingua,
}


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="NTREX-128; without it, the project's own sentences")
    parser.add_argument("--first", type=int, default=151, help="first line, from 1 (default: 151)")
    parser.add_argument("--last", type=int, default=300, help="last line (default: 300)")
    parser.add_argument("--mistakes", action="store_true", help="show the languages that are confused most")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
