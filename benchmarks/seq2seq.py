"""The seq2seq engine beside the usual loop: plain numbers, four beams, one text after the other; interleaved.

    python -m benchmarks.seq2seq [--rounds N] [--full]

The model has random weights and distilbart-cnn-12-6's shape with fewer layers and words (`--full`: all): what is
measured is time, not language. Both write the same number of tokens, as many as an ordinary summary has.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from digest.engines import precision
from digest.engines.seq2seq import LEAST, MOST, Seq2Seq

TEXTS = 8
WORDS = 330


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the times and their ratio; 0 when done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.seq2seq", description="Time the seq2seq engine.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--full", action="store_true", help="all layers of distilbart-cnn-12-6")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = _model(Path(temporary), options.full)
        numbers = precision.choice()
        ours, usual = Seq2Seq(folder, numbers), Seq2Seq(folder, "fp32")
        texts = [" ".join(f"w{(number * 31 + place * 7) % 900}" for place in range(WORDS)) for number in range(TEXTS)]
        ours.write(texts[:1])
        times: list[tuple[float, float]] = []
        for _ in range(options.rounds):
            times.append((_timed(lambda: ours.write(texts)), _timed(lambda: _usual(usual, texts))))
    mine, theirs = (statistics.median(each) for each in zip(*times, strict=True))
    ratio = statistics.median(other / one for one, other in times)
    print(f"{TEXTS} texts of {WORDS} words, {options.rounds} rounds, numbers: {numbers}")
    print(f"ours {mine:.1f} s, the usual loop {theirs:.1f} s: {ratio:.1f} times faster")
    return 0


def _timed(run: Any) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _usual(model: Seq2Seq, texts: Sequence[str]) -> None:
    """What most programs do: one text a call, four beams, as the model's own settings say."""
    import torch

    for text in texts:
        batch = model._tokenizer(text, truncation=True, max_length=model.longest, return_tensors="pt")
        with torch.inference_mode():
            model._model.generate(
                input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], num_beams=4, do_sample=False,
                no_repeat_ngram_size=3, length_penalty=2.0, early_stopping=True, min_length=None, max_length=None,
                min_new_tokens=LEAST, max_new_tokens=MOST,
            )  # fmt: skip


def _model(folder: Path, full: bool) -> Path:
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BartConfig, BartForConditionalGeneration, PreTrainedTokenizerFast

    marks = ["<s>", "<pad>", "</s>", "<unk>"]
    words = {word: number for number, word in enumerate([*marks, *(f"w{number}" for number in range(900))])}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token=marks[3]))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token=marks[0], pad_token=marks[1], eos_token=marks[2], unk_token=marks[3]
    )
    torch.manual_seed(0)
    layers = (12, 6) if full else (2, 2)
    model = BartForConditionalGeneration(
        BartConfig(
            vocab_size=50_264 if full else 8_000, d_model=1024, encoder_layers=layers[0], decoder_layers=layers[1],
            encoder_attention_heads=16, decoder_attention_heads=16, encoder_ffn_dim=4096, decoder_ffn_dim=4096,
            max_position_embeddings=1024,
        )
    )  # fmt: skip
    model.save_pretrained(folder)
    fast.save_pretrained(folder)
    return folder


if __name__ == "__main__":
    sys.exit(main())
