from __future__ import annotations

from digest.engines.parser import EnglishParser


def test_texts_come_back_parsed_in_their_order_with_their_characters_kept(english_parser: EnglishParser):
    texts = ["Norway’s minister said  no.", "Ireland will send a ship.", ""]
    docs = list(english_parser.parse(texts))
    assert [doc.text for doc in docs] == texts
    verb = next(token for token in docs[1] if token.lemma_ == "send")
    assert {child.text: child.dep_ for child in verb.children}["Ireland"] == "nsubj"


def test_the_parser_tells_the_tense_on_which_the_stance_rests(english_parser: EnglishParser):
    (doc,) = english_parser.parse(["Brazil rejected the levy."])
    assert [token.tag_ for token in doc if token.lemma_ == "reject"] == ["VBD"]
