from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from builders import ENGINE, sentence, sentences
from numpy.typing import NDArray

from digest.engines import Embedder
from digest.model import Sentence
from digest.summarise import OWN_LANGUAGE, About, in_own_language, summarise

STORY = (
    "Ministers of nineteen coastal states failed on Friday to agree who pays for cutting ice around the harbours.",
    "Estonia offered two icebreakers and asked its neighbours to share the cost of the crews.",
    "But nobody in the room wanted to hear of a common budget.",
    "It would be the third such budget in ten years.",
    "Sweden said it would keep its ships in its own waters until a common budget was agreed.",
    "Who pays when a harbour freezes in April?",
    "“We have waited for five winters.”",
    "Finland proposed that every harbour pays by the tonnage that it handles in winter.",
    "However, the smaller harbours rejected the proposal before lunch.",
    "The talks on the cost of icebreakers go on in Tallinn in March.",
    "Among those listening was a school class from Narva, which had brought home-made biscuits.",
)


def embedded(embedder: Embedder, found: list[Sentence]) -> NDArray[np.float32]:
    return embedder.embed([one.english or "" for one in found])


def test_each_point_is_a_sentence_of_the_document_and_its_own_evidence(embedder: Embedder):
    found = sentences(*STORY)
    points = summarise(found, embedded(embedder, found), 4, ENGINE)
    assert len(points) == 4
    for point in points:
        assert point.evidence[0] in found
        assert point.text == point.evidence[0].text
        assert (point.engine, point.support) == (ENGINE, 1.0)


@pytest.mark.parametrize("count", [3, 4, 5])
def test_as_many_points_come_back_as_were_asked_for_each_once_and_in_the_order_of_the_text(
    embedder: Embedder, count: int
):
    found = sentences(*STORY)
    starts = [point.evidence[0].start for point in summarise(found, embedded(embedder, found), count, ENGINE)]
    assert len(starts) == count
    assert starts == sorted(set(starts))


def test_no_leaning_sentence_question_or_bare_quotation_is_chosen_while_others_are_left(embedder: Embedder):
    found = sentences(*STORY)
    chosen = {point.text for point in summarise(found, embedded(embedder, found), 5, ENGINE)}
    assert not chosen & {STORY[2], STORY[3], STORY[5], STORY[6], STORY[8]}
    assert STORY[0] in chosen


def test_the_questions_of_an_interview_are_not_chosen_however_near_they_are_to_the_topic(embedder: Embedder):
    talk = (
        "Will Estonia sign the treaty on the cost of cutting ice around the nineteen harbours in March?",
        "We shall.",
        "Would Finland pay for icebreakers by the tonnage of each harbour in winter?",
        "That is for others to say.",
        "Estonia has asked for it.",
        "He laughed.",
    )
    found = sentences(*talk)
    about = About(topical=np.array([1.3, 0.1, 1.3, 0.1, 0.2, 0.0], dtype=np.float32))
    points = summarise(found, embedded(embedder, found), 3, ENGINE, about)
    assert not any(point.text.endswith("?") for point in points)


def test_what_does_not_belong_to_the_story_is_left_out(embedder: Embedder):
    found = sentences(*STORY)
    assert STORY[10] not in {point.text for point in summarise(found, embedded(embedder, found), 4, ENGINE)}


def test_the_same_thing_is_not_said_twice(embedder: Embedder):
    twice = "Ministers of nineteen coastal states failed on Friday to agree who pays for cutting ice around harbours."
    found = sentences(STORY[0], twice, *STORY[1:])
    chosen = {point.text for point in summarise(found, embedded(embedder, found), 4, ENGINE)}
    assert len(chosen & {STORY[0], twice}) == 1


def test_a_short_document_gives_what_it_has(embedder: Embedder):
    for count in (1, 2):
        found = sentences(*STORY[:count])
        points = summarise(found, embedded(embedder, found), 4, ENGINE)
        assert [point.text for point in points] == list(STORY[:count])


def test_where_all_sentences_lean_they_are_taken_all_the_same(embedder: Embedder):
    found = sentences("But it was late.", "He left.", "Why?")
    assert len(summarise(found, embedded(embedder, found), 4, ENGINE)) == 3


def test_nothing_gives_nothing():
    assert summarise([], np.zeros((0, 384), dtype=np.float32), 4, ENGINE) == ()
    assert in_own_language([]) == ()


def test_a_translated_sentence_is_shown_in_english_with_the_original_as_evidence(embedder: Embedder):
    original = sentence("O fundo é pago pelos operadores.", language="pt", english="The fund is paid by the operators.")
    (point,) = summarise([original], embedded(embedder, [original]), 3, ENGINE)
    assert point.text == "The fund is paid by the operators."
    assert point.evidence[0].text == "O fundo é pago pelos operadores."


FOREIGN = {
    "fr": (
        "Le fonds des câbles est prêt à payer les réparations des navires, selon le ministre de la mer.",
        "Un chat dort.",
        "Le ministre de la mer souhaite que le fonds paie les réparations des câbles dès le mois de mars.",
        "Qui paiera les réparations des câbles ?",
        "La chorale du village a chanté devant une église presque vide pendant une heure.",
        "Les réparations des câbles coûtent trois millions, que le fonds partage avec les ports de la mer.",
    ),
    "zh": (
        "海底电缆基金将支付维修费用，海洋部长表示。",
        "猫在睡觉。",
        "海洋部长希望基金从三月起支付海底电缆的维修费用。",
        "谁来支付维修费用？",
        "村里的合唱团在几乎空荡荡的教堂前唱了一个小时。",
        "海底电缆的维修费用为三百万，由基金与港口分担。",
    ),
    "th": (
        "กองทุนสายเคเบิลใต้ทะเลพร้อมจ่ายค่าซ่อมแซมตามที่รัฐมนตรีกล่าว",
        "แมวนอน",
        "รัฐมนตรีต้องการให้กองทุนจ่ายค่าซ่อมแซมสายเคเบิลใต้ทะเลตั้งแต่เดือนมีนาคม",
        "ใครจะจ่ายค่าซ่อมแซม?",
        "คณะนักร้องประสานเสียงของหมู่บ้านร้องเพลงหน้าโบสถ์ว่างเปล่า",
        "ค่าซ่อมแซมสายเคเบิลใต้ทะเลสามล้านกองทุนแบ่งกับท่าเรือ",
    ),
}


@pytest.mark.parametrize("language", FOREIGN)
def test_a_document_without_translation_is_summed_up_in_its_own_language_and_says_so(language: str):
    found = sentences(*FOREIGN[language], language=language)
    points = in_own_language(found)
    assert [point.evidence[0] for point in points] == [found[0], found[2], found[5]]
    assert all(point.text == point.evidence[0].text for point in points)
    assert all(point.engine == OWN_LANGUAGE for point in points)


def test_a_summary_in_its_own_language_is_no_longer_than_the_document():
    assert len(in_own_language(sentences("Rabat attend.", language="fr"))) == 1
    assert len(in_own_language(sentences("。", "…", language="zh"))) == 2


def test_what_is_near_a_topic_is_taken_before_what_is_not(embedder: Embedder):
    found = sentences(*STORY)
    vectors = embedded(embedder, found)
    topical = np.zeros(len(found), dtype=np.float32)
    topical[10] = 2.0
    without = {point.text for point in summarise(found, vectors, 3, ENGINE)}
    points = {point.text for point in summarise(found, vectors, 3, ENGINE, About(topical=topical))}
    assert STORY[10] in points - without


def test_he_is_named_in_brackets_where_nobody_else_can_be_meant(embedder: Embedder):
    found = sentences(
        "Estonian Minister Kaarel Tamsalu said the levy of 4 euros was agreed with Latvia on 3 May.",
        "He would sign the treaty with Latvia and Finland on 9 May and pay 7 million euros.",
        "It rained.",
    )
    points = summarise(found, embedded(embedder, found), 2, ENGINE)
    assert points[1].text == "[Kaarel Tamsalu]" + found[1].text[2:]
    assert points[1].evidence == (found[1], found[0])


@pytest.mark.parametrize(
    "before",
    [
        "Minister Kaarel Tamsalu told Minister Lovisa Brandt on 3 May that the levy was agreed.",
        "Kaarel Tamsalu, a neighbour, said so.",
        "The levy was agreed on 3 May.",
        "Minister Kaarel Tamsalu went home.",
    ],
)
def test_he_stays_he_where_it_is_not_sure(embedder: Embedder, before: str):
    found = sentences(before, "He would sign the treaty with Latvia on 9 May.")
    points = summarise(found, embedded(embedder, found), 2, ENGINE)
    assert [point.text for point in points] == [one.text for one in found]


def test_of_the_key_facts_more_are_kept_than_by_the_first_sentences():
    from benchmarks import keyfacts, summaries

    found = [summaries.prepare(one) for one in keyfacts.load("a")]
    lead, *_, ours, best = summaries.kept(found, 4)
    assert ours >= 0.38
    assert ours > lead + 0.12
    assert ours < best


def test_the_choice_does_not_hang_on_where_the_sentences_lie(embedder: Embedder):
    found = sentences(*STORY)
    moved = [replace(one, start=one.start + 500, end=one.end + 500) for one in found]
    vectors = embedded(embedder, found)
    texts = [[point.text for point in summarise(some, vectors, 4, ENGINE)] for some in (found, moved)]
    assert texts[0] == texts[1]
