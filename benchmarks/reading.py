"""How well files are read: `python -m benchmarks.reading [--show] [--speed]`.

Token F1 of the main text against what a person would copy, and the share of right dates and publishers, for this
program, for trafilatura on its own and for a plain text dump. `--speed` reads 1,000 mixed documents of 700 words.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from benchmarks.reading_cases import Case, cases
from digest.errors import ReadError
from digest.model import Document
from digest.readers import read
from digest.readers.guard import Guard

TODAY = date(2026, 11, 22)
Figures = tuple[str, date | None, str | None]


def tokens(text: str) -> Counter[str]:
    """Words in lower case, letters of unspaced scripts one by one."""
    return Counter(re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W_]+", text.casefold()))


def f1(found: str, expected: str) -> float:
    """Harmonic mean of precision and recall over tokens, counted with their number."""
    left, right = tokens(found), tokens(expected)
    return 2 * sum((left & right).values()) / max(sum(left.values()) + sum(right.values()), 1)


def content_of(document: Document) -> str:
    """The text without its furniture."""
    kept, at = [], 0
    for mark in document.furniture:
        kept.append(document.text[at : mark.start])
        at = mark.end
    return " ".join((*kept, document.text[at:]))


def ours(path: Path, case: Case) -> Figures:
    """What this program reads."""
    document = read(path, path.parent, TODAY)
    return content_of(document), document.published, document.publisher


def plain(path: Path, case: Case) -> Figures:
    """All text that the file holds, and nothing else."""
    if path.suffix == ".pdf":
        import pypdfium2

        pdf = pypdfium2.PdfDocument(case.content)
        return " ".join(page.get_textpage().get_text_range() for page in pdf), None, None
    if path.suffix == ".eml":
        body = message_from_bytes(case.content, policy=default).get_body(("plain", "html"))
        return str(body.get_content()) if body else "", None, None
    from lxml import html

    return "".join(map(str, html.document_fromstring(case.content).itertext())), None, None


def with_trafilatura(path: Path, case: Case) -> Figures | None:
    """What trafilatura makes of a page; None for other files."""
    if path.suffix in (".pdf", ".eml"):
        return None
    import trafilatura

    found = trafilatura.bare_extraction(case.content, include_comments=False, with_metadata=True)
    if found is None:
        return "", None, None
    day = date.fromisoformat(found.date) if found.date else None
    return found.text or "", day, found.sitename


READERS = {"digest": ours, "trafilatura": with_trafilatura, "plain dump": plain}


def measure(show: bool) -> bool:
    """Print the figures for each reader and kind of file; whether this program reaches what is asked."""
    scores: dict[tuple[str, str], list[tuple[float, bool, bool | None]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for number, case in enumerate(cases()):
            path = Path(folder) / str(number) / case.name
            path.parent.mkdir()
            path.write_bytes(case.content)
            kind = {".pdf": "PDF", ".eml": "mail"}.get(path.suffix, "page")
            for name, reader in READERS.items():
                found = reader(path, case)
                if found is None:
                    continue
                score = score_of(found, case)
                scores[name, kind].append(score)
                if show and name == "digest" and (score[0] < 0.97 or not score[1] or score[2] is False):
                    print(f"{case.language} {case.name}: F1 {score[0]:.3f} {found[1]} ({case.published}) {found[2]!r}")
                    missing, more = tokens(case.body) - tokens(found[0]), tokens(found[0]) - tokens(case.body)
                    print("   missing:", " ".join(missing)[:200], "\n   more:", " ".join(more)[:200])
    print(f"{'reader':<12} {'kind':<5} {'files':>5} {'F1':>6} {'worst':>6} {'dates':>7} {'publishers':>10}")
    for (name, kind), each in scores.items():
        print(row(name, kind, each))
    own = [score for (name, _), each in scores.items() if name == "digest" for score in each]
    print(row("digest", "all", own))
    return mean([s[0] for s in own]) >= 0.97 and min(share(own, 1), share(own, 2)) >= 0.95


def score_of(found: Figures, case: Case) -> tuple[float, bool, bool | None]:
    """F1, whether the date is right, whether the publisher is (None where there is none to know)."""
    same = (found[2] or "").casefold() == (case.publisher or "").casefold()
    return f1(found[0], case.body), found[1] == case.published, same if case.publisher else None


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean."""
    return sum(values) / max(len(values), 1)


def share(scores: Sequence[tuple[float, bool, bool | None]], place: int) -> float:
    """The share of right answers among those that count."""
    return mean([float(bool(score[place])) for score in scores if score[place] is not None])


def row(name: str, kind: str, scores: Sequence[tuple[float, bool, bool | None]]) -> str:
    """One line of the table."""
    f1s = [score[0] for score in scores]
    figures = f"{mean(f1s):6.3f} {min(f1s):6.3f} {share(scores, 1):7.1%} {share(scores, 2):10.1%}"
    return f"{name:<12} {kind:<5} {len(scores):>5} {figures}"


# --- speed -----------------------------------------------------------------------------------------------------------


def speed(count: int = 1_000) -> None:
    """Read so many mixed documents of about 700 words through the guard, and print time and memory on the way."""
    import resource

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [mixed(folder, number) for number in range(count)]
        start = time.perf_counter()
        with Guard(folder, TODAY) as guard:
            for number, path in enumerate(paths, 1):
                try:
                    guard.read(path)
                except ReadError as error:
                    sys.exit(f"{path.name}: {error.reason}")
                if number % (count // 5) == 0:
                    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                    print(f"{number:>5} read, {time.perf_counter() - start:6.1f} s,", end=" ")
                    print(f"this process {own:.0f} MB, reader {memory_of(guard):.0f} MB")


def memory_of(guard: Guard) -> float:
    """Resident memory of the guard's process in MB; 0 where the system does not tell."""
    status = Path(f"/proc/{guard.process_id}/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


def mixed(folder: Path, number: int) -> Path:
    """A file of about 700 words: pages, mails, PDFs, Word files, texts in turn, no two alike."""
    from benchmarks.reading_cases import make_long

    name, content = make_long(number)
    path = folder / name
    path.write_bytes(content)
    return path


def main() -> int:
    """Run what is asked for; 1 when the figures fall short."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print every file that is not read well")
    parser.add_argument("--speed", action="store_true", help="read 1,000 mixed documents instead")
    options = parser.parse_args()
    if options.speed:
        speed()
        return 0
    return 0 if measure(options.show) else 1


if __name__ == "__main__":
    sys.exit(main())
