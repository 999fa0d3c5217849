"""The measures by which clauses are put in order, on sentences of the real documents, and the fit of their weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from eval.ranking import Example, fit, start
from index.knowledge_base import KnowledgeBase
from index.search.ranking import FEATURES

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
