"""What finds clauses: words as sums of weights, where to search, and the indexes of this machine behind it."""

from __future__ import annotations

import numpy as np
import pytest

from index.search.dense import build_dense
from index.search.lexical import LexicalSettings, build_lexical
from index.search.local import LocalVectors
from index.search.passages import Outline
from index.search.places import Places
from index.search.vector_store import Scope, WordQuery

PLACES = Places(Outline(("甲/1", "甲/2", "乙/1", "丙/1"), ("甲", "甲", "乙", "丙"), (2, 1, 1, 1)))
SETTINGS = LexicalSettings(b=0.0, kinds={"w": 1.0})
LEXICAL = build_lexical([["w:养老", "w:床位"], ["w:养老"], ["w:救助"], ["w:养老"]], SETTINGS)
ANGLES = (0.1, 1.0, 0.2, 0.3, 1.5)
DENSE = build_dense(np.array([[np.cos(one), np.sin(one)] for one in ANGLES], dtype=np.float32))
VECTORS = LocalVectors(PLACES, LEXICAL, DENSE, "abc")
AHEAD = np.array([1.0, 0.0], dtype=np.float32)


def test_a_question_is_the_best_of_plain_sums_of_its_words():
    query = WordQuery({"w:低保": 1.0}, (({"w:最低": 2.0}, {"w:低保": 4.0, "w:救济": 6.0}), (), ({"w:户": 1.0},)), 0.5)
    assert list(query.sums()) == [
        {"w:低保": 1.0, "w:最低": 1.0, "w:户": 0.5},
        {"w:低保": 3.0, "w:救济": 3.0, "w:户": 0.5},
    ]
    assert list(WordQuery({"w:低保": 1.0}).sums()) == [{"w:低保": 1.0}]


def test_the_best_of_the_sums_is_the_score_of_a_clause():
    query = WordQuery({"w:养老": 1.0}, (({"w:床位": 1.0}, {"w:救助": 3.0}),), 0.5)
    sums = np.max([LEXICAL.weighed(weights) for weights in query.sums()], axis=0)
    assert VECTORS.word_scores(query, PLACES.names).tolist() == pytest.approx(sums.tolist(), abs=1e-6)


def test_clauses_come_by_score_and_then_by_id():
    query = WordQuery({"w:养老": 1.0, "w:床位": 1.0})
    found = VECTORS.by_words(query, Scope(), 3)
    assert [name for name, _ in found] == ["甲/1", "丙/1", "甲/2"]
    assert VECTORS.by_words(query, Scope(), 2) == found[:2]
    assert VECTORS.by_words(query, Scope(("乙", "丙")), 3) == [found[1]]
    assert VECTORS.by_words(query, Scope(()), 3) == []
    assert VECTORS.by_words(query, Scope(("丁",)), 3) == []


def test_a_clause_is_as_near_as_its_nearest_sentence():
    found = VECTORS.by_vector(AHEAD, Scope(), 3)
    assert [(name, round(cosine, 5)) for name, cosine in found] == [
        ("甲/1", round(np.cos(0.1), 5)),
        ("甲/2", round(np.cos(0.2), 5)),
        ("乙/1", round(np.cos(0.3), 5)),
    ]
    assert [name for name, _ in VECTORS.by_vector(AHEAD, Scope(("甲", "丙")), 9)] == ["甲/1", "甲/2", "丙/1"]
    assert VECTORS.by_vector(AHEAD, Scope(()), 9) == []


def test_each_sentence_of_a_clause_has_its_cosine():
    cosines = VECTORS.cosines(AHEAD, ["丙/1", "甲/1"])
    assert {name: each.round(5).tolist() for name, each in cosines.items()} == {
        "丙/1": pytest.approx([np.cos(1.5)], abs=1e-5),
        "甲/1": pytest.approx([np.cos(0.1), np.cos(1.0)], abs=1e-5),
    }
    assert VECTORS.cosines(AHEAD, []) == {}


def test_where_clauses_and_their_sentences_stand():
    assert (PLACES.sentences, PLACES.place("乙/1"), PLACES.key_of("甲/2")) == (5, 2, "甲")
    assert [PLACES.rows(name) for name in PLACES.names] == [range(2), range(2, 3), range(3, 4), range(4, 5)]
    assert PLACES.clauses_of([0, 1, 2, 4]).tolist() == [0, 0, 1, 3]
    assert PLACES.parts(["甲", "乙"]) == [range(3)]
    assert PLACES.parts(["丙", "无", "甲"]) == [range(3, 4), range(2)]
    assert PLACES.parts(None) == [range(4)] and PLACES.rows_of(range(1, 3)) == range(2, 4)
    assert ("甲/2" in PLACES, "甲/3" in PLACES) == (True, False)
