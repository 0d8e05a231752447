"""How good and how fast translation is.

    python -m benchmarks.translation FOLDER                          # every language whose model is on this machine
    python -m benchmarks.translation FOLDER --language pt --lines 300
    python -m benchmarks.translation FOLDER --language fr --engine marian --model opus-mt-tc-big-fr-en --careful
    python -m benchmarks.translation --speed                         # the OPUS-MT engine beside the usual loop

FOLDER holds NTREX-128 (https://github.com/MicrosoftTranslator/NTREX, CC BY-SA 4.0): sentences of news, one a line, in
`NTREX-128/newstest2019-ref.CODE.txt`, translated from the English of `newstest2019-src.eng.txt`. Here the way goes
back: the translations are the source and the English is the reference. The scores are sacrebleu's BLEU and chrF with
its usual settings: of the engine alone, and of the program as in a run, which prepares a line, gives quotation marks
back and looks for doubts.

--speed makes a model of random weights with the size of an OPUS-MT model and translates sentences of corpus/ with it,
in turns a slice by the engine and a quarter of the same slice, of all lengths, one sentence at a time in plain numbers;
both sides end a translation at as many tokens as the sentence has.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from digest import engines, sentences
from digest.routes import Route, candidates, find_route, languages
from digest.translate import translate

ROOT = Path(__file__).resolve().parent.parent

# NTREX names languages with three letters and where it matters a script or a country.
CODES = {
    "af": "afr", "ar": "arb", "az": "aze-Latn", "be": "bel", "bg": "bul", "bn": "ben", "bs": "bos", "ca": "cat",
    "cs": "ces", "cy": "cym", "da": "dan", "de": "deu", "el": "ell", "es": "spa", "et": "est", "fa": "fas", "fi": "fin",
    "fo": "fao", "fr": "fra", "ga": "gle", "gl": "glg", "gu": "guj", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun",
    "hy": "hye", "id": "ind", "is": "isl", "it": "ita", "ja": "jpn", "kn": "kan", "ko": "kor", "lt": "lit", "lv": "lav",
    "mk": "mkd", "ml": "mal", "ms": "msa", "mt": "mlt", "nb": "nob", "nl": "nld", "nn": "nno", "pl": "pol", "pt": "por",
    "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sq": "sqi", "sr": "srp-Cyrl", "sv": "swe", "ta": "tam",
    "te": "tel", "th": "tha", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie", "zh": "zho-CN",
}  # fmt: skip


# --- quality ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Score:
    """BLEU and chrF (0 to 100) of the engine alone and as in a run, sentences in doubt, and the engine's speed in words
    of the source per second, loading not counted."""

    alone: tuple[float, float]
    in_a_run: tuple[float, float]
    doubts: int
    sentences: int
    speed: float


def score(folder: Path, route: Route, lines: int, models: Path | None, careful: bool = False) -> Score:
    """The scores of a route on the first `lines` sentences. Raises FileNotFoundError where the folder lacks them."""
    place = folder / "NTREX-128" if (folder / "NTREX-128").is_dir() else folder
    source = _lines(place / f"newstest2019-ref.{CODES[route.language]}.txt")[:lines]
    reference = _lines(place / "newstest2019-src.eng.txt")[: len(source)]
    engine = engines.load_translator(route.engine, route.model, models)
    engine.translate(source[:1])  # what is prepared at the first call is prepared
    start = time.perf_counter()
    made = engine.translate(source, careful=careful)
    taken = time.perf_counter() - start
    translations = translate(source, route, models)
    return Score(
        _bleu_and_chrf(made, reference),
        _bleu_and_chrf([one.text for one in translations], reference),
        sum(bool(one.flags) for one in translations),
        len(source),
        sum(len(line.split()) for line in source) / taken,
    )


def _bleu_and_chrf(made: Sequence[str], reference: Sequence[str]) -> tuple[float, float]:
    import sacrebleu

    bleu, chrf = sacrebleu.corpus_bleu(made, [reference]), sacrebleu.corpus_chrf(made, [reference])
    return bleu.score, chrf.score


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _route(options: argparse.Namespace, language: str, models: Path | None) -> Route | None:
    allowed = (options.engine,) if options.engine else engines.translator_names()
    if not options.model:
        return find_route(language, allowed, models)
    chosen = candidates(language, allowed, {language: options.model})
    return next((one for one in chosen if engines.has_translator(one.engine, one.model, models)), None)


# --- speed ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens of the source per second: one sentence at a time in plain numbers, and by the engine."""

    beams: int
    loop: float
    engine: float

    @property
    def gain(self) -> float:
        """How many times faster the engine is."""
        return self.engine / self.loop


def speed(beams: int, count: int, slices: int = 2) -> Speed:
    """Both ways over the same sentences, in turns."""
    from digest.engines import precision
    from digest.engines.marian import MarianTranslator, load_tokenizer

    texts = _texts(count)
    with tempfile.TemporaryDirectory() as folder:
        place = _random_model(Path(folder) / "opus-mt-random", texts)
        tokenizer = load_tokenizer(place)
        engine = MarianTranslator(place, place.name, precision.choice(), bound=lambda length: length)
        loop = _usual_loop(place, tokenizer, beams)
        engine.translate(texts[:2], careful=beams > 1)
        loop(texts[:1])
        tokens, spent = [0, 0], [0.0, 0.0]
        for number in range(slices):  # in turns, so that whatever else the machine does hits both
            part = texts[number::slices]
            some = sorted(part, key=len)[::4]  # the loop gets a quarter of them, of all lengths: it is slow
            works = (some, partial(loop, some)), (part, partial(engine.translate, part, careful=beams > 1))
            for side, (given, work) in enumerate(works):
                spent[side] += _timed(work)
                tokens[side] += sum(len(tokenizer(text)["input_ids"]) for text in given)
    return Speed(beams, tokens[0] / spent[0], tokens[1] / spent[1])


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _usual_loop(place: Path, tokenizer: Any, beams: int) -> Callable[[Sequence[str]], list[str]]:
    """What most programs do: fp32, one sentence after the other."""
    from transformers import MarianMTModel

    model = MarianMTModel.from_pretrained(place, local_files_only=True).eval()

    def run(texts: Sequence[str]) -> list[str]:
        made = []
        for text in texts:
            encoded = tokenizer([text], return_tensors="pt")
            length = encoded["input_ids"].shape[1]
            tokens = model.generate(**encoded, num_beams=beams, do_sample=False, max_length=None, max_new_tokens=length)
            made.append(tokenizer.batch_decode(tokens, skip_special_tokens=True, use_source_tokenizer=False)[0])
        return made

    return run


def _texts(count: int) -> list[str]:
    """Sentences of the sample corpus, in the order of their files."""
    found: list[str] = []
    for path in sorted((ROOT / "corpus").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        cut = [text[span.start : span.end] for span in sentences.split(text, (), "en")]
        found += [" ".join(one.split()) for one in cut if 5 <= len(one.split()) <= 60]
    return (found * (1 + count // max(1, len(found))))[:count]


def _random_model(place: Path, texts: Sequence[str]) -> Path:
    """A folder with a MarianMT model of OPUS-MT's size: six layers either way, 512 wide, 58,101 pieces."""
    import sentencepiece
    import torch
    from transformers import MarianConfig, MarianMTModel

    place.mkdir()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts), model_prefix=str(place / "source"), vocab_size=2000, hard_vocab_limit=False,
        minloglevel=2,
    )  # fmt: skip
    (place / "source.model").rename(place / "source.spm")
    (place / "target.spm").write_bytes((place / "source.spm").read_bytes())
    processor = sentencepiece.SentencePieceProcessor(model_file=str(place / "source.spm"))
    known = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    pieces = ["</s>", "<unk>", *(piece for piece in known if piece not in ("</s>", "<unk>", "<s>"))]
    pieces += [f"▁{number}" for number in range(100_000, 100_000 + 58_100 - len(pieces))] + ["<pad>"]
    (place / "vocab.json").write_text(json.dumps({piece: number for number, piece in enumerate(pieces)}), "utf-8")
    settings = {"source_lang": "xx", "target_lang": "en", "tokenizer_class": "MarianTokenizer"}
    (place / "tokenizer_config.json").write_text(json.dumps(settings), "utf-8")
    torch.manual_seed(0)
    MarianMTModel(
        MarianConfig(
            vocab_size=len(pieces), d_model=512, encoder_layers=6, decoder_layers=6, encoder_attention_heads=8,
            decoder_attention_heads=8, encoder_ffn_dim=2048, decoder_ffn_dim=2048, max_position_embeddings=512,
            activation_function="swish", scale_embedding=True, pad_token_id=len(pieces) - 1, eos_token_id=0,
            decoder_start_token_id=len(pieces) - 1, forced_eos_token_id=None,
        )
    ).save_pretrained(place)  # fmt: skip
    return place


# --- what a person sees -----------------------------------------------------------------------------------------------


def main() -> None:
    """Print the table that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="NTREX-128")
    parser.add_argument("--language", action="append", help="such as pt (default: all whose model is here)")
    parser.add_argument("--engine", choices=engines.translator_names())
    parser.add_argument("--model", help="a model of the table")
    parser.add_argument("--models", type=Path, help="a folder of models")
    parser.add_argument("--lines", type=int, default=300)
    parser.add_argument("--careful", action="store_true", help="the engine alone weighs four ways at once")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--sentences", type=int, default=128, help="for --speed")
    options = parser.parse_args()
    if options.speed:
        for beams in (1, 4):
            timed = speed(beams, options.sentences)
            how = "greedy" if beams == 1 else f"beam {beams}"
            print(
                f"{how}: one by one {timed.loop:.0f} tokens/s, engine {timed.engine:.0f}, {timed.gain:.1f} times",
                flush=True,
            )
        return
    if not options.folder:
        parser.error("name the folder of NTREX-128, or ask for --speed")
    print(f"{'':<5}{'model':<28}{'engine':<9}{'alone: BLEU chrF':>17}{'in a run':>15}{'doubted':>9}{'words/s':>9}")
    for language in options.language or [code for code in languages() if code in CODES]:
        route = _route(options, language, options.models)
        if route is None:
            if options.language:
                print(f"{language:<5}no model here: make_brief.py models fetch {language}")
            continue
        found = score(options.folder, route, options.lines, options.models, options.careful)
        doubted = f"{found.doubts}/{found.sentences}"
        alone, in_a_run = ("{:.2f}  {:.2f}".format(*both) for both in (found.alone, found.in_a_run))
        print(
            f"{language:<5}{route.model:<28}{route.engine:<9}{alone:>17}{in_a_run:>15}{doubted:>9}{found.speed:>9.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
