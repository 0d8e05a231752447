"""The usual program, to be measured beside this one: a document at a time, a sentence at a time, nothing kept.

What most scripts for this job do: detect the language of each document, translate the foreign ones sentence by
sentence with an OPUS-MT model, then summarise each with a BART, both in 32-bit floats with four beams, and put it all
into a Word file. It finds no positions and checks nothing. The models have the true shapes but no true weights, which
no hub could be asked for here: time depends on the shapes alone. Lengths are fixed: a translation is as long as its
source (1.4 tokens a word), a summary has 100 tokens (distilbart's own settings allow 56 to 142).
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import synthetic
from benchmarks.run import Run, timed, timed_command

PARAGRAPHS = 14
"""Some 700 words."""

_TOKENS_A_WORD = 1.4
_SUMMARY_TOKENS = 100
_WINDOW = 1024
_BEAMS = 4


def beside(work: Path, number: int, few: int, seed: int, turns: int = 1) -> None:
    """Print what this program takes for `number` documents and the usual one for the first `few` of them, by turns.

    The usual program's time for all is that of loading its models, and that of its work times number / few.
    """
    corpus, start = work / "naive" / "corpus", work / "naive" / "few"
    for folder, count in ((corpus, number), (start, few)):
        folder.mkdir(parents=True)
        synthetic.write(folder, count, seed, PARAGRAPHS, portuguese_of_five=2)
    print(
        f"{number} documents of some 700 words, two in five Portuguese, empty store; the usual program: {few} of them"
    )
    ours, theirs = [_ours(work, corpus, "before")], []
    print(f"this program: {ours[-1]}, {1000 * ours[-1].busy / number:.0f} ms of processors a document", flush=True)
    for turn in range(turns):
        theirs.append(_theirs(start, work / f"naive{turn}.docx", number / few))
        print(f"the usual program: {theirs[-1]}", flush=True)
        ours.append(_ours(work, corpus, f"turn{turn}"))
        print(f"this program: {ours[-1]}, {1000 * ours[-1].busy / number:.0f} ms of processors a document", flush=True)
    ratios = [one.all / our.seconds for one in theirs for our in ours]
    busy = [one.busy / our.busy for one in theirs for our in ours]
    print(
        f"{min(ratios):.1f} to {max(ratios):.1f} times as fast; {min(busy):.1f} to {max(busy):.1f} times less processor"
    )


@dataclass(frozen=True, slots=True)
class _Usual:
    """Seconds of the usual program: loading, working on a few documents, and what it comes to for all of them, by
    the clock and, `busy`, of processors."""

    loading: float
    working: float
    all: float
    busy: float
    memory: float

    def __str__(self) -> str:
        few = f"loading {self.loading:.1f} s, a few documents {self.working:.1f} s, {self.memory:.0f} MiB"
        return f"{self.all:.0f} s ({self.busy:.0f} s of processors) for all: {few}"


def _ours(work: Path, corpus: Path, name: str) -> Run:
    config = work / "digest.toml"
    config.write_text(f"[[topics]]\nname = {json.dumps(synthetic.TOPIC)}\n", encoding="utf-8")
    arguments = ["--corpus", str(corpus), "--out", str(work / name), "--config", str(config), "--offline", "--quiet"]
    environment = os.environ | {"XDG_CACHE_HOME": str(work / f"cache-{name}")}
    return timed([*arguments, "--date", "2026-11-22"], environment)


def _theirs(corpus: Path, target: Path, times: float) -> _Usual:
    times_file = target.with_suffix(".json")
    run = timed_command([sys.executable, "-m", "benchmarks.naive", str(corpus), str(target)], os.environ)
    working, busy = json.loads(times_file.read_text(encoding="utf-8"))
    loading = run.seconds - working
    return _Usual(loading, working, loading + working * times, run.busy - busy + busy * times, run.memory)


# --- the usual program, in a process of its own ----------------------------------------------------------------------


def main(corpus: Path, target: Path) -> None:
    """Translate all, then summarise all, then write; the seconds of it, by the clock and of processors, beside."""
    from docx import Document

    texts = {path: path.read_text(encoding="utf-8") for path in sorted(corpus.iterdir())}
    translator, summarizer = _translator(), _summarizer()
    clock, busy = time.perf_counter(), time.process_time()
    for text in texts.values():
        if _language(text) != "en":
            for sentence in _sentences(text):
                _generate(translator, len(sentence.split()), None)
    report = Document()
    for path, text in texts.items():
        report.add_heading(path.name, 1)
        report.add_paragraph(str(_generate(summarizer, len(text.split()), _SUMMARY_TOKENS)))
    report.save(str(target))
    spent = [time.perf_counter() - clock, time.process_time() - busy]
    target.with_suffix(".json").write_text(json.dumps(spent), encoding="utf-8")


def _language(text: str) -> str:
    from langdetect import detect

    code: str = detect(text)
    return code


def _sentences(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from (sentence for sentence in line.split(". ") if sentence.strip())


def _generate(model: Any, words: int, length: int | None) -> Any:
    import torch

    chance = random.Random(words)  # noqa: S311 - any tokens do: the time is the same
    tokens = min(int(words * _TOKENS_A_WORD) + 2, _WINDOW if length else 512)
    ids = torch.tensor([[chance.randrange(10, 50_000) for _ in range(tokens)]])
    size = length or tokens
    with torch.no_grad():
        return model.generate(
            ids, attention_mask=torch.ones_like(ids), num_beams=_BEAMS, min_new_tokens=size, max_new_tokens=size
        )


def _translator() -> Any:
    """The shape of opus-mt-ROMANCE-en (its config.json on the model hub)."""
    from transformers import MarianConfig, MarianMTModel

    size = {"d_model": 512, "encoder_ffn_dim": 2048, "decoder_ffn_dim": 2048}
    heads = {"encoder_attention_heads": 8, "decoder_attention_heads": 8}
    return MarianMTModel(
        MarianConfig(vocab_size=65_001, encoder_layers=6, decoder_layers=6, pad_token_id=65_000,
                     decoder_start_token_id=65_000, eos_token_id=0, forced_eos_token_id=0, **size, **heads)
    ).eval()  # fmt: skip


def _summarizer() -> Any:
    """The shape of sshleifer/distilbart-cnn-12-6 (its config.json on the model hub)."""
    from transformers import BartConfig, BartForConditionalGeneration

    return BartForConditionalGeneration(BartConfig(vocab_size=50_264, encoder_layers=12, decoder_layers=6)).eval()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
