"""In which numbers a translation model computes fastest on this machine: measured once, and remembered.

Sixteen-bit numbers are twice as fast on a processor that has instructions for them and several times slower on one that
has not; eight-bit weights gain on nearly all. What a machine has is not worth guessing from its name: a small model of
random weights, with the widths of an OPUS-MT model, is timed for some seconds.
"""

from __future__ import annotations

import functools
import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CHOICES = ("fp32", "bf16", "int8")
"""Plain numbers; sixteen bits; eight-bit weights of the linear layers, quantised channel by channel."""

WORTH_IT = 1.25
"""How many times faster than fp32 another choice must be: it also costs a little accuracy."""

_FILE = "precision.json"


def choice() -> str:
    """The choice for this machine, from the file of an earlier run or by measuring now (a few seconds)."""
    key = _machine()
    known = _read().get(key)
    if known in CHOICES:
        return str(known)
    return remember(key, measure())


def remember(key: str, chosen: str) -> str:
    """Write a choice down; where that is not possible, the next run measures again."""
    table = _read() | {key: chosen}
    try:
        _place().parent.mkdir(parents=True, exist_ok=True)
        temporary = _place().with_suffix(f".{os.getpid()}")
        temporary.write_text(json.dumps(table, indent=1), encoding="utf-8")
        temporary.replace(_place())
    except OSError:
        return chosen
    return chosen


def _read() -> dict[str, Any]:
    try:
        table = json.loads(_place().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return table if isinstance(table, dict) else {}


@functools.cache
def _place() -> Path:
    import platformdirs

    return platformdirs.user_cache_path("digest-brief") / _FILE


@functools.cache
def _machine() -> str:
    """What the choice depends on: the processor and the library that computes."""
    from digest.engines.signatures import installed

    return f"{platform.machine()} {_processor()}, torch {installed('torch')}"


def _processor() -> str:
    """The processor's name and those of its abilities that make numbers of some kind fast."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # not Linux
        return platform.processor() or "unknown processor"
    facts = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    abilities = (facts.get("flags") or facts.get("Features") or "").split()
    fast = sorted(word for word in abilities if word.startswith(("avx", "amx", "bf16", "i8mm", "asimd")))
    return " ".join([facts.get("model name", "unknown processor"), *fast])


def measure() -> str:
    """Time the choices one after the other; the fastest, where it is worth it."""
    models = {name: prepared(_sample(), name) for name in CHOICES}
    times = {name: _times(functools.partial(_run, model)) for name, model in models.items()}
    best = min(CHOICES, key=lambda name: times[name])
    return best if times["fp32"] >= WORTH_IT * times[best] else "fp32"


def _times(run: Callable[[], None]) -> float:
    run()  # the first call prepares what the others use
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def prepared(model: Any, name: str) -> Any:
    """The model in the numbers of a choice, ready to compute."""
    import torch

    model = model.eval()
    if name == "bf16":
        return model.to(torch.bfloat16)
    if name == "int8":
        import warnings

        from torch.ao.quantization import per_channel_dynamic_qconfig, quantize_dynamic

        with warnings.catch_warnings():  # it is to move to a package of its own one day; torch's version is pinned
            warnings.simplefilter("ignore")
            return quantize_dynamic(model.float(), {torch.nn.Linear: per_channel_dynamic_qconfig})
    return model.float()


def _sample() -> Any:
    """Two layers of an OPUS-MT model's width, with few words."""
    import torch
    from transformers import MarianConfig, MarianMTModel

    with torch.random.fork_rng():
        torch.manual_seed(0)
        return MarianMTModel(
            MarianConfig(
                vocab_size=8_000, d_model=512, encoder_layers=2, decoder_layers=2, encoder_attention_heads=8,
                decoder_attention_heads=8, encoder_ffn_dim=2048, decoder_ffn_dim=2048, max_position_embeddings=64,
                pad_token_id=7_999, eos_token_id=0, decoder_start_token_id=7_999, forced_eos_token_id=None,
            )
        )  # fmt: skip


def _run(model: Any) -> None:
    import torch

    tokens = torch.full((16, 12), 5)
    with torch.inference_mode():
        model.generate(tokens, attention_mask=torch.ones_like(tokens), num_beams=1, min_new_tokens=6, max_new_tokens=6)
