"""The measures by which clauses are put in order, on sentences of the real documents, and the fit of their weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from index_fakes import asked_of, make_document

from eval.ranking import Example, fit, start
from index.knowledge_base import KnowledgeBase
from index.search import ranking
from index.search.passages import passages_of
from index.search.ranking import FEATURES, rate

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    store = tmp_path_factory.mktemp("ranking")
    KnowledgeBase.build(CORPUS, store)
    return KnowledgeBase.open(store)


def measures_of(base, question, clause_id, part):
    """Measures of the sentence that holds ``part``, by name."""
    found = base.searcher.see(base.read(question)).measures[clause_id]
    clause = next(one for document in base.documents() for one in document.clauses if one.clause_id == clause_id)
    place = next(place for place, one in enumerate(clause.sentences) if part in one.text)
    return dict(zip(FEATURES, np.round(found[place], 3).tolist(), strict=True))


def test_a_row_gives_the_number_asked_for_and_is_of_the_city(base):
    row = measures_of(base, "全市2025年养老床位要有多少张", "沪府办发〔2021〕16号/表1/2", "养老床位")
    assert (row["gives"], row["scope"], row["tense"]) == (1.0, 1.0, 0.0)


def test_a_district_is_not_the_city(base):
    assert measures_of(base, "上海的社区工作者", "浦民发〔2023〕74号/五/（三）", "退役军人")["scope"] == -1.0
    assert measures_of(base, "浦东的社区工作者", "浦民发〔2023〕74号/五/（三）", "退役军人")["scope"] == 1.0
    assert measures_of(base, "社区工作者", "浦民发〔2023〕74号/五/（三）", "退役军人")["scope"] == 0.0


def test_where_city_and_district_are_compared_neither_is_put_back(base):
    question = "社区工作者持证比例，市里和浦东各是多少"
    assert measures_of(base, question, "浦民发〔2023〕74号/五/（三）", "退役军人")["scope"] == 0.0
    assert measures_of(base, question, "沪府办发〔2021〕16号/表1/12", "持证率")["scope"] == 0.0


def test_a_review_answers_for_the_past_and_not_for_what_is_to_come(base):
    review, part = "沪府办发〔2021〕16号/一/（一）/第2段", "殡葬补贴"
    assert measures_of(base, "以后残疾人补贴会涨吗", review, part)["tense"] == -1.0
    assert measures_of(base, "2020年以前残疾人补贴做了什么", review, part)["tense"] == 1.0
    assert measures_of(base, "残疾人补贴", review, part)["tense"] == 0.0


MADE = make_document(
    "甲民发〔2024〕5号",
    "养老办法",
    {
        "一/1": (("一、发展基础",), ("2021年建成养老床位100张。", "床位向郊区倾斜。")),
        "二/1": (("二、目标",), ("到2027年，养老床位达到300张。", "到2025年，助餐点达到10家。")),
    },
)


def rows_of(question, clause):
    """Measures of the sentences of a clause of the document made by hand, by name."""
    passages = [one for one in passages_of([MADE]) if one.clause.clause_id.endswith(clause)]
    rows = rate(asked_of(question), passages, 0.25, np.array([0.5, 0.75], dtype=np.float32))
    assert (rows.shape, rows.dtype) == ((2, 6), np.float32)
    return [dict(zip(FEATURES, row, strict=True)) for row in rows.tolist()]


def test_the_measures_of_a_sentence():
    assert FEATURES == ("lexical", "dense", "gives", "scope", "year", "tense")
    assert rows_of("甲区2027年养老床位多少张", "二/1") == [
        {"lexical": 0.25, "dense": 0.5, "gives": 1.0, "scope": 0.0, "year": 1.0, "tense": 0.0},
        {"lexical": 0.25, "dense": 0.75, "gives": 0.0, "scope": 0.0, "year": -1.0, "tense": 0.0},
    ]


@pytest.mark.parametrize(
    ("question", "years"),
    [("养老床位", [0.0, 0.0]), ("2025年养老床位", [-1.0, 1.0]), ("2031年养老床位", [-1.0, -1.0])],
)
def test_a_year_named_tells_sentences_apart(question, years):
    assert [row["year"] for row in rows_of(question, "二/1")] == years


def test_a_sentence_without_a_year_is_of_none():
    assert [row["year"] for row in rows_of("2021年养老床位", "一/1")] == [1.0, 0.0]


def test_weights_come_by_name_and_what_the_file_lacks_weighs_nothing(tmp_path, monkeypatch):
    path = tmp_path / "ranking.json"
    path.write_text('{"fitted_with": {"model": "甲"}, "weights": {"dense": 1.5, "tense": 0.25}}', encoding="utf-8")
    try:
        with monkeypatch.context() as patch:
            patch.setattr(ranking, "FILE", path)
            ranking.weights.cache_clear()
            ranking.made_with.cache_clear()
            assert ranking.weights().tolist() == [0.0, 1.5, 0.0, 0.0, 0.0, 0.25]
            assert ranking.made_with() == {"model": "甲"}
    finally:
        ranking.weights.cache_clear()
        ranking.made_with.cache_clear()
    assert ranking.weights()[FEATURES.index("lexical")] > 0
    assert ranking.weights()[FEATURES.index("dense")] > 0


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("养老床位总量到“十四五”末要达到多少", "沪府办发〔2021〕16号"),
        ("社区志愿服务站点覆盖率达到多少", "浦民发〔2023〕74号"),
        ("区民政局今年要新增多少个助餐点", "浦民发〔2023〕8号"),
    ],
)
def test_clear_questions_are_led_by_the_document_that_answers(base, question, first):
    assert base.search(question, k=1).hits[0].document.number == first


def test_the_weights_move_to_the_measure_that_tells_gold_apart():
    first, second = np.zeros(len(FEATURES)), np.zeros(len(FEATURES))
    first[FEATURES.index("lexical")], second[FEATURES.index("gives")] = 0.5, 1.0
    example = Example(np.stack([first, second]), np.array([0, 1]), np.array([False, True]))
    weights = fit([example] * 8)
    assert weights[FEATURES.index("gives")] > 0.2
    assert weights[FEATURES.index("lexical")] < start()[FEATURES.index("lexical")]
    assert weights[FEATURES.index("dense")] == pytest.approx(start()[FEATURES.index("dense")])
    assert np.array_equal(fit([example] * 8), weights)
    assert fit([example] * 8, ["gives"])[FEATURES.index("gives")] == 0
