"""What a question leaves open, and when the answer is 原文写明, 相关 or 未找到依据."""

from __future__ import annotations

import json

import pytest
from index_fakes import asked_of, make_document

from index.question.asked import asking_sentence
from index.search import refusal
from index.search.passages import passages_of
from index.search.refusal import FEATURES, Finding, Logistic, RefusalModel, measure, model

CARE = make_document(
    "甲民发〔2024〕5号",
    "上海市2024年养老服务办法",
    {
        "一/1": (("一、供给", "1、增加床位"), ("全年新增养老床位300张。", "床位向郊区倾斜。")),
        "一/2": (("一、供给", "2、发展助餐"), ("建设老年助餐点10家，价格由各街镇确定。",)),
    },
)
PASSAGES = passages_of([CARE])
BEDS, MEALS = PASSAGES[:2], PASSAGES[2:]


def measured(question, *clauses, scores=(0.8, 0.6), near=0.9, lexical=0.5):
    finding = Finding(asked_of(question), clauses or (BEDS, MEALS), scores, near, lexical)
    return dict(zip(FEATURES, measure(finding), strict=True))


def test_all_is_given():
    found = measured("2024年新增养老床位多少张")
    assert (found["detail"], found["asks"], found["place"], found["year"]) == (0, 1, 0, 0)
    assert (found["score"], found["lead"], found["near"], found["lexical"]) == (0.8, pytest.approx(0.2), 0.9, 0.5)


def test_the_detail_is_missing():
    assert measured("老年助餐点一顿饭多少钱", MEALS)["detail"] == 1
    assert measured("老年助餐点有几家", MEALS)["detail"] == 0


@pytest.mark.parametrize(
    ("question", "place", "year"),
    [("2031年新增养老床位", 0, 1), ("杭州新增养老床位", 1, 0), ("上海2024年新增床位", 0, 0)],
)
def test_another_year_or_place(question, place, year):
    found = measured(question)
    assert (found["place"], found["year"]) == (place, year)


def test_one_clause_has_no_lead_over_others():
    assert measured("养老床位", BEDS, scores=(0.8,))["lead"] == 0.8


def test_the_chance_by_hand():
    """(2 - 1) / 2 * 4 - 1 = 1, and 1 / (1 + e**-1) = 0.731."""
    made = Logistic((1.0,), (2.0,), (4.0,), -1.0, 0.5)
    assert made.chance((2.0,)) == pytest.approx(0.7310586)
    assert made.chance((1e9,)) == pytest.approx(1.0)


def logistic(threshold, place):
    """The chance of an even match is a half, and 0.73 where the measure at that place is 1."""
    return Logistic((0.0,) * 2, (1.0,) * 2, tuple(float(place == at) for at in range(2)), 0.0, threshold)


def test_three_ways_to_answer():
    """The first measure says whether it is stated, the second whether there is anything on the matter."""
    made = RefusalModel(logistic(0.6, 0), logistic(0.7, 1), 0.8)
    assert made.status((1.0, 1.0), True) == "found"
    assert made.status((0.0, 1.0), True) == "related"
    assert made.status((1.0, 0.0), True) == "not_found"
    assert made.status((1.0, 1.0), False) == "related"


def test_the_model_that_comes_with_the_package():
    raw = json.loads(refusal.FILE.read_text(encoding="utf-8"))
    assert tuple(raw["stated"]["features"]) == tuple(raw["related"]["features"]) == FEATURES
    assert 0 < model().stated.threshold < model().careful < 1
    assert 0 < model().related.threshold < 1


def test_a_figure_that_the_question_states_is_not_the_one_asked_for():
    assert measured("新增的300张养老床位里女的住了多少张", BEDS)["detail"] == 1
    assert measured("2024年新增养老床位多少张", BEDS)["detail"] == 0


def test_the_sentence_that_asks():
    story = "我妈八十了。她一个人住！养老床位今年新增多少张？"
    assert asking_sentence(story) == "养老床位今年新增多少张"
    assert asking_sentence("养老床位新增多少张。可以吗？") == "养老床位新增多少张可以吗"
    assert asking_sentence("新增床位") == "新增床位"
    assert asking_sentence("？！") == "？！"
