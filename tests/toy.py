"""A real MarianMT model of small size, made on the spot: it translates a language of twenty-odd invented words.

Its vocabularies are SentencePiece models trained on sentences of that language and of English, its files are those that
OPUS-MT models have on the hub, and it is trained until it translates; what comes out can be checked word by word.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

WORDS = {
    "zelo": "ship", "marun": "harbour", "tik": "the", "vor": "minister", "nalu": "not", "pesk": "signs",
    "odra": "treaty", "kul": "cable", "shim": "repairs", "bren": "storm", "lofa": "island", "dusk": "levy",
    "rema": "pays", "gont": "navy", "wiba": "coast", "hesp": "water", "jorn": "cold", "yul": "and", "fimo": "small",
    "kath": "council", "prel": "refuses", "stig": "vessel", "ambo": "patrol", "quar": "winter",
}  # fmt: skip
"""The whole language: each word has one English word, and their order is the same."""

_PAD, _UNKNOWN, _END = "<pad>", "<unk>", "</s>"


def english(sentence: str) -> str:
    """The only right translation."""
    return " ".join(WORDS[word] for word in sentence.split())


def sentences(seed: int, count: int, longest: int = 8) -> list[str]:
    """Random sentences of the language, always the same for a seed."""
    chance = random.Random(seed)  # noqa: S311
    words = sorted(WORDS)
    return [" ".join(chance.choices(words, k=chance.randint(1, longest))) for _ in range(count)]


def make(folder: Path) -> Path:
    """Train the model and write it into `folder` as the hub has such models; about fifteen seconds."""
    import torch
    from transformers import AutoTokenizer, MarianConfig, MarianMTModel

    folder.mkdir(parents=True)
    _vocabularies(folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    size = len(tokenizer.get_vocab())
    with torch.random.fork_rng():
        torch.manual_seed(1)
        model = MarianMTModel(
            MarianConfig(
                vocab_size=size, decoder_vocab_size=size, d_model=96, encoder_layers=2, decoder_layers=2,
                encoder_attention_heads=4, decoder_attention_heads=4, encoder_ffn_dim=128, decoder_ffn_dim=128,
                max_position_embeddings=512, dropout=0.0, activation_function="swish", scale_embedding=True,
                pad_token_id=tokenizer.pad_token_id, eos_token_id=tokenizer.eos_token_id,
                decoder_start_token_id=tokenizer.pad_token_id, forced_eos_token_id=tokenizer.eos_token_id,
            )
        )  # fmt: skip
        _train(model, tokenizer)
    model.generation_config.bad_words_ids = [[tokenizer.pad_token_id]]
    model.save_pretrained(folder)
    return folder


def _vocabularies(folder: Path) -> None:
    import sentencepiece

    texts = sentences(0, 2000)
    pieces: list[str] = []
    for name, lines in (("source", texts), ("target", [english(text) for text in texts])):
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(lines), model_prefix=str(folder / name), vocab_size=60, character_coverage=1.0,
            minloglevel=2, num_threads=1, hard_vocab_limit=False,
        )  # fmt: skip
        (folder / f"{name}.model").rename(folder / f"{name}.spm")
        (folder / f"{name}.vocab").unlink()
        processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / f"{name}.spm"))
        pieces += [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    ordered = [_END, _UNKNOWN, *sorted(set(pieces) - {_END, _UNKNOWN, "<s>"}), _PAD]
    (folder / "vocab.json").write_text(json.dumps({piece: number for number, piece in enumerate(ordered)}), "utf-8")
    settings = {"source_lang": "xx", "target_lang": "en", "tokenizer_class": "MarianTokenizer", "model_max_length": 512}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), "utf-8")
    (folder / "config.json").write_text(json.dumps({"model_type": "marian"}), "utf-8")


def _train(model: Any, tokenizer: Any, most: int = 700) -> None:
    import torch

    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=most, pct_start=0.1)
    low = 0
    for inputs, labels in _batches(tokenizer, most):
        loss = model(**inputs, labels=labels).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        with torch.no_grad():  # as in the models of OPUS-MT: the decoder starts from zero
            model.model.shared.weight[tokenizer.pad_token_id].zero_()
        low = low + 1 if loss.item() < 0.006 else 0
        if low >= 10:
            return
    raise AssertionError("the toy model has not learnt its language")


def _batches(tokenizer: Any, count: int) -> Iterator[tuple[Any, Any]]:
    for step in range(count):
        texts = sentences(100 + step, 32, 8)
        inputs = tokenizer(texts, return_tensors="pt", padding=True)
        answers = [english(text) for text in texts]
        labels = tokenizer(text_target=answers, return_tensors="pt", padding=True)["input_ids"]
        yield inputs, labels.masked_fill(labels == tokenizer.pad_token_id, -100)
