"""A small BART of its own: it learns in some seconds to write the first sentence of what it reads."""

from __future__ import annotations

import random
from pathlib import Path

STARTS = ("Norway", "Ghana", "Malta", "Peru")
DEEDS = ("lends", "sends", "buys", "sells")
THINGS = ("ships", "pumps", "cables", "trucks")
PLACES = ("Oslo", "Accra", "Lima", "Rabat")
WORDS = (*STARTS, *DEEDS, *THINGS, *PLACES, "to", "from", "in", "the", "harbour", "waits", ".")


def sentence(chance: random.Random) -> str:
    return f"{chance.choice(STARTS)} {chance.choice(DEEDS)} {chance.choice(THINGS)} to {chance.choice(PLACES)}."


def text(chance: random.Random, count: int = 3) -> str:
    return " ".join(sentence(chance) for _ in range(count))


def build(folder: Path, steps: int = 220) -> Path:
    """Write the trained model and its tokenizer into a folder."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
    from transformers import BartConfig, BartForConditionalGeneration, PreTrainedTokenizerFast

    special = ["<s>", "<pad>", "</s>", "<unk>"]
    vocabulary = {word: number for number, word in enumerate([*special, *(f"▁{word}" for word in WORDS), *WORDS])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Metaspace(), pre_tokenizers.Punctuation()])
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", pad_token="<pad>", unk_token="<unk>"
    )
    with torch.random.fork_rng():
        torch.manual_seed(1)
        model = BartForConditionalGeneration(
            BartConfig(
                vocab_size=len(vocabulary), d_model=64, encoder_layers=2, decoder_layers=2, encoder_attention_heads=4,
                decoder_attention_heads=4, encoder_ffn_dim=128, decoder_ffn_dim=128, max_position_embeddings=66,
                dropout=0.0, attention_dropout=0.0, activation_dropout=0.0,
            )
        )  # fmt: skip
        optimiser = torch.optim.AdamW(model.parameters(), lr=3e-3)
        chance = random.Random(3)
        model.train()
        for _ in range(steps):
            made = [text(chance, chance.randint(2, 4)) for _ in range(24)]
            batch = fast(made, padding=True, return_tensors="pt")
            goal = fast([one.split(". ")[0].rstrip(".") + "." for one in made], padding=True, return_tensors="pt")
            labels = goal["input_ids"].masked_fill(goal["attention_mask"] == 0, -100)
            loss = model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], labels=labels).loss
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    model.eval()
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    fast.save_pretrained(folder)
    return folder
