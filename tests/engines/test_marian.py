from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import toy

from digest.engines import has_translator, load_translator, marian, precision, translator_signature
from digest.engines.batching import batches
from digest.engines.marian import MarianTranslator
from digest.errors import EngineError

SENTENCES = toy.sentences(7, 120)
RIGHT = [toy.english(sentence) for sentence in SENTENCES]


@pytest.fixture(scope="module")
def translator(toy_model: Path) -> MarianTranslator:
    return MarianTranslator(toy_model, "opus-mt-xx-en", "fp32")


@pytest.fixture
def models(tmp_path: Path, toy_model: Path) -> Path:
    """A folder of models that holds the toy under the name of a model of the table, to be broken."""
    shutil.copytree(toy_model, tmp_path / "opus-mt-de-en")
    return tmp_path


def right_share(made: list[str], right: list[str]) -> float:
    return sum(one == other for one, other in zip(made, right, strict=True)) / len(right)


# --- what it translates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("numbers", precision.CHOICES)
def test_a_trained_model_translates_every_word_in_any_numbers(toy_model: Path, numbers: str):
    made = MarianTranslator(toy_model, "opus-mt-xx-en", numbers).translate(SENTENCES)
    assert right_share(made, RIGHT) >= 0.95


def test_four_beams_translate_as_well_and_in_the_same_order(translator: MarianTranslator):
    assert right_share(translator.translate(SENTENCES[:60], careful=True), RIGHT[:60]) >= 0.95


def test_sentences_come_back_in_their_order_whatever_their_lengths(translator: MarianTranslator):
    mixed = sorted(SENTENCES, key=lambda sentence: sentence[::-1])
    assert right_share(translator.translate(mixed), [toy.english(sentence) for sentence in mixed]) >= 0.95


def test_a_sentence_has_the_same_translation_alone_and_in_company(translator: MarianTranslator):
    assert [translator.translate([sentence])[0] for sentence in SENTENCES[:12]] == translator.translate(SENTENCES)[:12]


def test_nothing_gives_nothing_and_an_empty_sentence_an_answer(translator: MarianTranslator):
    assert translator.translate([]) == []
    assert len(translator.translate(["", "zelo"])) == 2


def test_a_sentence_of_endless_length_is_cut_and_its_translation_bounded(translator: MarianTranslator):
    (made,) = translator.translate(["zelo marun " * 3000])
    assert 0 < len(made.split()) <= marian.most_tokens(marian.LONGEST)


def test_a_model_that_never_ends_a_sentence_ends_at_the_bound(translator: MarianTranslator):
    translator._model.generation_config.suppress_tokens = [translator._tokenizer.eos_token_id]
    translator._model.generation_config.forced_eos_token_id = None
    try:
        made = translator._batch(marian.encode(translator._tokenizer, ["zelo marun"], ""), 1)
    finally:
        translator._model.generation_config.suppress_tokens = None
        translator._model.generation_config.forced_eos_token_id = translator._tokenizer.eos_token_id
    assert 5 < len(made[0].split()) <= marian.most_tokens(20)


# --- how it is found and signed ------------------------------------------------------------------------------------


def test_the_engine_is_found_loaded_and_signed_by_the_name_of_its_model(models: Path):
    assert has_translator("marian", "opus-mt-de-en", models)
    engine = load_translator("marian", "opus-mt-de-en", models)
    assert engine.signature == translator_signature("marian", "opus-mt-de-en", models)
    assert engine.signature.licence == "Apache-2.0"
    assert engine.signature.settings.split(",")[0] in precision.CHOICES
    assert engine.translate(["tik zelo"]) == ["the ship"]


@pytest.mark.parametrize("lost", ["config.json", "source.spm", "target.spm", "vocab.json", "model.safetensors"])
def test_a_folder_that_lacks_a_file_holds_no_model(models: Path, lost: str):
    (models / "opus-mt-de-en" / lost).unlink()
    assert not has_translator("marian", "opus-mt-de-en", models)


@pytest.mark.parametrize("broken", ["config.json", "source.spm", "vocab.json", "model.safetensors"])
def test_a_broken_file_is_an_error_with_the_command_that_mends_it(models: Path, broken: str):
    (models / "opus-mt-de-en" / broken).write_bytes(b"\x00 no such thing")
    with pytest.raises(EngineError, match=r"cannot be loaded .* models fetch opus-mt-de-en"):
        load_translator("marian", "opus-mt-de-en", models)


def test_weights_that_are_a_pickle_with_code_in_it_are_refused(models: Path):
    import pickle

    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return (Path.touch, (models / "was here",))

    (models / "opus-mt-de-en" / "model.safetensors").unlink()
    (models / "opus-mt-de-en" / "pytorch_model.bin").write_bytes(pickle.dumps({"weights": Evil()}))
    with pytest.raises(EngineError, match="cannot be loaded"):
        load_translator("marian", "opus-mt-de-en", models)
    assert not (models / "was here").exists()


def test_a_token_that_the_model_does_not_know_is_an_error_and_one_that_it_knows_stands_first(
    translator: MarianTranslator,
):
    with pytest.raises(EngineError, match=">>eng<<"):
        marian.check_token(translator._tokenizer, ">>eng<<", "opus-mt-xx-en")
    marian.check_token(translator._tokenizer, "", "opus-mt-xx-en")


# --- batches -------------------------------------------------------------------------------------------------------


def test_batches_hold_every_sentence_once_of_like_length_within_the_budget():
    lengths = [5, 90, 6, 7, 300, 5, 5, 88]
    made = batches(lengths, budget=200, most=3)
    assert sorted(index for batch in made for index in batch) == list(range(8))
    assert made == [[0, 5, 6], [2, 3], [7, 1], [4]]
    for batch in made:
        assert len(batch) == 1 or len(batch) * max(lengths[index] for index in batch) <= 200


def test_a_batch_that_is_large_enough_takes_no_much_longer_sentence():
    lengths = [10] * 12 + [14, 15, 40, 41, 42]
    assert [len(batch) for batch in batches(lengths, budget=10_000, most=64)] == [13, 4]


def test_no_sentence_makes_no_batch():
    assert batches([], 100, 10) == []
