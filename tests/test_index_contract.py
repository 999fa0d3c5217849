"""What finds clauses keeps one contract wherever it lies: the same hits, in the same order, with the same scores to 1e-4."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from milvus_places import LOCAL, LONG, PLACES, filled, lite, release, vectors_in

from index.search.vector_store import Scope, VectorStore, WordQuery

pytest.importorskip("milvus_lite", reason="milvus-lite is not installed")
AHEAD = np.array([1.0, 0.0], dtype=np.float32)
CARE = WordQuery({"w:养老": 1.0, "w:床位": 1.0})
POOR = WordQuery({"w:救助": 0.5}, (({"w:低保": 1.0}, {"w:床位": 3.0}), (), ({"w:养老": 1.0},)), 0.5)


@pytest.fixture(scope="module", params=["local", "FLAT", "HNSW", "IVF_SQ8"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[VectorStore]:
    """The small base: in the folder, and in Milvus by an index that is exact, and by two that find all there is on few rows."""
    if request.param == "local":
        yield LOCAL
        return
    client = lite(tmp_path_factory.mktemp("milvus"), request.param)
    yield vectors_in(client, filled(client))
    release(client)


def told(pairs):
    return [(name, round(score, 4)) for name, score in pairs]


def test_clauses_come_by_score_and_those_that_score_the_same_by_id(store):
    one, two = 1 / 2.2, 2 / 3.2  # impacts of a word that stands once and twice, k1 1.2
    assert told(store.by_words(CARE, Scope(), 9)) == [
        ("甲/1", round(2 * one, 4)),
        ("丙/1", round(one, 4)),
        ("甲/2", round(one, 4)),
    ]
    assert told(store.by_words(WordQuery({"w:低保": 1.0}), Scope(), 9)) == [
        (f"{LONG}/1", round(two, 4)),
        ('丁"/1', round(one, 4)),
    ]
    assert [name for name, _ in store.by_words(CARE, Scope(), 2)] == ["甲/1", "丙/1"]
    assert store.by_words(CARE, Scope(), 0) == []
    assert store.by_words(WordQuery({"w:没有这个词": 1.0}), Scope(), 9) == []


def test_the_best_reading_of_each_everyday_word_counts(store):
    one, two = 1 / 2.2, 2 / 3.2
    found = told(store.by_words(POOR, Scope(), 9))
    assert found[:3] == [("甲/1", round(2.0 * one, 4)), ('丁"/1', round(one, 4)), (f"{LONG}/1", round(0.5 * two, 4))]
    assert dict(found[3:]) == dict.fromkeys(("乙/1", "丙/1", "甲/2"), round(0.5 * one, 4))
    assert store.word_scores(POOR, PLACES.names).tolist() == pytest.approx(
        [2.0 * one, 0.5 * one, 0.5 * one, 0.5 * one, one, 0.5 * two], abs=1e-4
    )
    assert store.word_scores(POOR, []).tolist() == []


def test_a_question_of_very_many_readings_is_scored_the_same(store):
    readings = tuple(({"w:养老": 1.0}, {"w:床位": 2.0}, {"w:低保": 0.1 * number}) for number in range(5))
    many = WordQuery({"w:救助": 0.5}, readings, 0.5)
    assert sum(1 for _ in many.sums()) == 3**5
    assert told(store.by_words(many, Scope(), 9)) == told(LOCAL.by_words(many, Scope(), 9))


def test_a_clause_is_as_near_as_its_nearest_sentence(store):
    every = [("甲/1", 0.1), ("甲/2", 0.2), ('丁"/1', 0.3), ("乙/1", 0.3), ("丙/1", 1.5), (f"{LONG}/1", 2.0)]
    wanted = [(name, round(float(np.cos(angle)), 4)) for name, angle in every]
    assert told(store.by_vector(AHEAD, Scope(), 9)) == wanted
    assert told(store.by_vector(AHEAD, Scope(), 2)) == wanted[:2]
    assert told(store.by_vector(AHEAD, Scope(), 3)) == wanted[:3]  # of two that are as near the smaller id


def test_each_sentence_of_a_clause_has_its_cosine(store):
    cosines = store.cosines(AHEAD, ["丙/1", "甲/1", f"{LONG}/1"])
    assert {name: each.tolist() for name, each in cosines.items()} == {
        "丙/1": pytest.approx([np.cos(1.5)], abs=1e-4),
        "甲/1": pytest.approx([np.cos(0.1), np.cos(1.0)], abs=1e-4),
        f"{LONG}/1": pytest.approx([np.cos(2.0)], abs=1e-4),
    }
    assert store.cosines(AHEAD, []) == {}


@pytest.mark.parametrize(
    ("documents", "by_words", "by_vector"),
    [
        (("丙", "乙"), ["丙/1"], ["乙/1", "丙/1"]),
        (("甲", "丙", "乙", '丁"'), ["甲/1", "丙/1", "甲/2"], ["甲/1", "甲/2", '丁"/1', "乙/1", "丙/1"]),
        (('丁"',), [], ['丁"/1']),
        ((LONG,), [], [f"{LONG}/1"]),
        ((LONG, "没有"), [], [f"{LONG}/1"]),
        ((), [], []),
        (("没有",), [], []),
        (('" or id != "',), [], []),
        (tuple(PLACES.documents), ["甲/1", "丙/1", "甲/2"], ["甲/1", "甲/2", '丁"/1', "乙/1", "丙/1", f"{LONG}/1"]),
    ],
    ids=["few", "most", "quote", "long", "unknown too", "none", "unknown", "crafted", "all"],
)
def test_only_the_documents_of_the_scope_are_searched(store, documents, by_words, by_vector):
    assert [name for name, _ in store.by_words(CARE, Scope(documents), 9)] == by_words
    assert [name for name, _ in store.by_vector(AHEAD, Scope(documents), 9)] == by_vector


def test_both_name_the_generation_that_they_hold(store):
    assert store.fingerprint == "abc"
