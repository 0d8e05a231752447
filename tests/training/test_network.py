"""The network of the training and the classifier in use are the same."""

from __future__ import annotations

from importlib import resources

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

from digest.engines import Case, load_judge, signatures
from digest.engines.judge import tensors_of
from digest.engines.minilm import weights_folder
from digest.positions.cases import FEATURES, FINGERPRINT
from training.network import Network, add_marks, batch_of, encode

SENTENCES = (
    "[unused1] Norway [unused2] will back the quota, and [unused1] Oslo [unused2] will pay for the boats.",
    "[unused1] Anna Holm [unused2] [unused3] We shall see.",
    "No.",
    "[unused1] Norway [unused2] has counted the fish of every fjord, " + "year after year, " * 70,
)


def test_the_classifier_in_use_says_what_the_network_says_that_was_trained():
    texts = [("a fishing quota | Norway | ", text) for text in SENTENCES]
    features = [tuple(float((at + row) % 3 == 0) for at in range(len(FEATURES))) for row in range(len(texts))]
    tensors, about = tensors_of(resources.files("digest.data").joinpath(signatures.JUDGE_FILE).read_bytes())
    folder = weights_folder()
    network = Network(AutoModel.from_pretrained(folder, local_files_only=True), len(FEATURES))
    network.load_state_dict(tensors, strict=False)
    network.eval()
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    add_marks(tokenizer)
    with torch.inference_mode():
        scores = network(batch_of(tokenizer, [encode(tokenizer, *text) for text in texts], features))
    trained = torch.softmax(scores / float(about["temperature"]), dim=1).numpy()
    cases = [Case(before, text, row) for (before, text), row in zip(texts, features, strict=True)]
    assert np.allclose(load_judge(FINGERPRINT).probabilities(cases), trained, atol=2e-5)
