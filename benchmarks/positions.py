"""Measure the positions that the program finds.

    python -m benchmarks.positions [--gold FILE]... [--half a|b] [--corpus] [--aside] [--portuguese] [--version NAME]...
                                   [--verbose]
    python -m benchmarks.positions --brief BRIEF.json --gold FILE

Without arguments: data/positions_heldout_a.json and the sample corpus. `--aside`: the topics of the labelled corpus
that were set aside before training. `--portuguese`: the Portuguese documents of the sample corpus, translated by
machine. `--version parse|model|joint`: the rules alone, the classifier alone, both (the program).

A line for each file, and for each kind of text in it. FIND: the right country in the right sentence; ACTOR, STRICT,
LENIENT, CLEAR: the share of right speakers, of stances by the first and by any defensible reading, and of right ones
among the stances that were not left open, with their number; SURE: the same of those that count, not shown with
"probably"; ALL: country, sentence, speaker and stance right; ROLL:
the countries of each document; TRAPS: how many were sprung.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import gold, labelled, stages
from benchmarks.gold import GoldDocument
from benchmarks.scoring import Prediction, Score, score
from benchmarks.versions import Version
from digest.config import Config, load_config
from training.split import Part

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT = ROOT / "benchmarks" / "data" / "positions_heldout_a.json"
CORPUS_GOLD = ROOT / "tests" / "cases" / "corpus_positions.json"

HEADING = (
    f"{'':<36}{'docs':>4} {'core':>4} {'pred':>4}  {'FIND':^17}  {'ACTOR':>5} {'STRICT':>6} {'LENIENT':>7} "
    f"{'CLEAR':<9}  {'SURE':<9}  {'ALL':^17}  {'ROLL':^17}  TRAPS\n{'':<52}{'P':>4}{'R':>6}{'F1':>6}{'':>48}"
    f"{'P':>4}{'R':>6}{'F1':>6}  {'P':>5}{'R':>6}{'F1':>6}"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0 when done."""
    options = _options(arguments)
    print(HEADING)
    if options.brief:
        documents = _understood(options.gold[0])
        found = stages.of_brief(json.loads(options.brief.read_text(encoding="utf-8")))
        report(options.gold[0].stem, documents, found, options.verbose)
        return 0
    for version in options.version or [Version.JOINT]:
        if options.version:
            print(f"-- {version}")
        for name, documents, folder, config in _chosen(options):
            report(name, documents, stages.predict(documents, folder, config, version), options.verbose)
    return 0


def _chosen(options: argparse.Namespace) -> Iterator[tuple[str, tuple[GoldDocument, ...], Path | None, Config | None]]:
    """What is to be measured: name, documents, the folder of their files, and the settings where they are fixed."""
    nothing = not (options.gold or options.corpus or options.aside or options.portuguese or options.labelled)
    for path in options.gold or ([DEVELOPMENT] if nothing else []):
        folder = options.documents or path.parent / "documents"
        yield _named(path, options.half), _understood(path, options.half), folder, None
    for part in (*([Part.ASIDE] if options.aside else []), *([Part.DEVELOPMENT] if options.labelled else [])):
        chosen = labelled.documents(part)
        if options.parts:
            chosen = tuple(one for one in chosen if one.key.partition("-")[0] in options.parts)
        yield f"labelled corpus, {part}", chosen, None, None
    if options.corpus or options.portuguese or nothing:
        config = load_config(ROOT / "digest.toml")
        documents = _understood(CORPUS_GOLD)
        if options.portuguese:
            documents = tuple(one for one in documents if one.language == "pt")
        yield "corpus, Portuguese" if options.portuguese else "corpus", documents, ROOT / "corpus", config


def _named(path: Path, half: str | None) -> str:
    return f"{path.stem}, {half}" if half else path.stem


def _understood(path: Path, half: str | None = None) -> tuple[GoldDocument, ...]:
    """The documents of a gold file, or of one half of it, that are English or can be translated here; the others cannot
    have positions."""
    chosen = [one for one in gold.load(path) if half in (None, one.half)]
    return tuple(one for one in chosen if stages.has_english(one.language))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.positions", description="Measure positions.")
    parser.add_argument("--gold", type=Path, action="append", metavar="FILE", help="a gold file; may be repeated")
    parser.add_argument("--half", choices=("a", "b"), help="of a gold file of two halves one alone")
    parser.add_argument("--documents", type=Path, metavar="DIR", help="the files of a gold file without texts")
    parser.add_argument("--corpus", action="store_true", help="the sample corpus, its English and translated documents")
    parser.add_argument("--portuguese", action="store_true", help="of the sample corpus the Portuguese documents alone")
    parser.add_argument("--aside", action="store_true", help="the topics of the labelled corpus that were set aside")
    parser.add_argument("--labelled", action="store_true", help="the development part of the labelled corpus")
    parser.add_argument("--parts", nargs="+", metavar="PART", help="of the labelled corpus these parts alone: w9, w10")
    parser.add_argument("--version", type=Version, action="append", choices=list(Version), help="may be repeated")
    parser.add_argument("--brief", type=Path, metavar="FILE", help="measure the JSON of a brief against --gold")
    parser.add_argument("--verbose", action="store_true", help="list what is wrong and what is missed")
    options = parser.parse_args(arguments)
    if options.brief and (options.corpus or len(options.gold or ()) != 1):
        parser.error("--brief needs one --gold, and no --corpus")
    return options


def report(name: str, documents: Sequence[GoldDocument], found: Sequence[Prediction], verbose: bool) -> None:
    """Print the line of a file, the lines of its registers, and with `verbose` each mistake."""
    whole = score(found, documents)
    print(line(name, whole))
    registers = sorted({one.register for one in documents})
    for register in registers if len(registers) > 1 else ():
        chosen = [one for one in documents if one.register == register]
        keys = {one.key for one in chosen}
        print(line(f"  {register}", score([one for one in found if one.document in keys], chosen)))
    if verbose:
        _mistakes(whole)


def line(name: str, result: Score) -> str:
    """One line of the table."""
    parts = [f"{name[:35]:<36}{result.documents:>4} {result.core:>4} {result.predictions:>4} "]
    triples = [
        f"{float(one.precision):.3f} {float(one.recall):.3f} {one.f1:.3f}"
        for one in (result.find, result.whole, result.roll)
    ]
    parts.append(f"{triples[0]} ")
    parts.append(f"{float(result.actor):>5.3f} {float(result.strict):>6.3f} {float(result.lenient):>7.3f}")
    parts += [f"{float(share):.3f}/{share.of:<3} " for share in (result.clear, result.sure)]
    parts.append(f"{triples[1]}  {triples[2]}  {len(result.traps):>5}")
    return " ".join(parts)


def _mistakes(result: Score) -> None:
    for prediction in result.wrong:
        sign = "trap " if prediction in result.traps else "wrong"
        print(f"    {sign}  {prediction.document} {prediction.code}: {prediction.evidence}")
    for unit in result.missed:
        print(f"    missed {unit.document} {unit.code}: {unit.evidence}")


if __name__ == "__main__":
    sys.exit(main())
