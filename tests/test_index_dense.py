"""Exact nearest neighbours by cosine, against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from index.search.dense import DenseIndex, DensePart, build_dense, dense_from_bytes, lists_chunks, lists_of

VECTORS = np.array([[1, 0], [0.6, 0.8], [0, 1], [-1, 0]], dtype=np.float32)
QUERY = np.array([0.8, 0.6], dtype=np.float32)


def test_cosines_by_hand():
    """0.8*1; 0.8*0.6 + 0.6*0.8; 0.6*1; and -0.8 for the opposite."""
    found = build_dense(VECTORS).nearest(QUERY, 4)
    assert [place for place, _ in found] == [1, 0, 2, 3]
    assert [cosine for _, cosine in found] == pytest.approx([0.96, 0.8, 0.6, -0.8], abs=1e-6)


def test_more_asked_than_there_are():
    assert [place for place, _ in build_dense(VECTORS).nearest(QUERY, 100)] == [1, 0, 2, 3]


def test_within_a_part():
    index = build_dense(VECTORS)
    assert [place for place, _ in index.nearest(QUERY, 9, range(2, 4))] == [2, 3]
    assert index.nearest(QUERY, 9, range(2, 2)) == []


def test_within_parts_in_the_order_of_a_question_that_names_two_documents():
    """74号与16号: the one that is named first may stand last."""
    index = build_dense(VECTORS)
    assert index.nearest(QUERY, 9, [range(2, 3), range(0, 1)]) == index.nearest(QUERY, 9, [range(0, 1), range(2, 3)])
    assert [place for place, _ in index.nearest(QUERY, 9, [range(2, 3), range(0, 1)])] == [0, 2]


def test_equal_cosines_are_ordered_by_place():
    same = np.array([[1, 0], [0, 1], [1, 0]], dtype=np.float32)
    assert [place for place, _ in build_dense(same).nearest(np.array([1, 0], dtype=np.float32), 3)] == [0, 2, 1]


def test_cosines_of_chosen_places():
    index = build_dense(VECTORS)
    assert index.cosines(QUERY, np.array([2, 0])).tolist() == pytest.approx([0.6, 0.8], abs=1e-6)
    assert index.cosines(QUERY, np.array([], dtype=np.int64)).tolist() == []


def test_a_vector_that_is_no_unit_vector_is_refused():
    with pytest.raises(ValueError, match=r"vector 1 has length 2\.0000, not 1"):
        build_dense(np.array([[1, 0], [2, 0]], dtype=np.float32))


def test_a_vector_of_nothing_is_near_to_nothing():
    index = build_dense(np.array([[1, 0], [0, 0]], dtype=np.float32))
    assert index.nearest(QUERY, 2) == [(0, pytest.approx(0.8)), (1, 0.0)]


def test_bytes_are_the_same_and_read_back():
    data = b"".join(build_dense(VECTORS).to_chunks())
    assert data == b"".join(build_dense(VECTORS).to_chunks())
    again = dense_from_bytes(data)
    assert (again.count, again.dimension) == (4, 2)
    assert again.nearest(QUERY, 1) == [(1, pytest.approx(0.96))]


def test_nothing_indexed():
    assert build_dense(np.zeros((0, 2), dtype=np.float32)).nearest(QUERY, 3) == []


def drawn(count, seed=1):
    vectors = np.random.default_rng(seed).standard_normal((count, 8)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def bytes_of(chunks):
    return b"".join(bytes(chunk) for chunk in chunks)


def test_parts_give_what_the_whole_gives_bit_by_bit():
    """Two files whose sentences lie among one another, some of them gone."""
    vectors, owner = drawn(3000), np.random.default_rng(2).integers(0, 2, 3000)
    parts = []
    for number in (0, 1):
        rows = np.flatnonzero(owner == number)
        places = np.insert(rows, len(rows) // 2, [-1, -1])
        parts.append(DensePart(np.insert(vectors[rows], len(rows) // 2, drawn(2, seed=3), axis=0), places))
    grown, once = DenseIndex(parts, 8), build_dense(vectors)
    for vector in drawn(20, seed=4):
        assert grown.nearest(vector, 50) == once.nearest(vector, 50)
        assert grown.nearest(vector, 50, [range(9), range(70, 900)]) == once.nearest(
            vector, 50, [range(9), range(70, 900)]
        )
        assert grown.cosines(vector, np.array([2999, 0])).tolist() == once.cosines(vector, np.array([2999, 0])).tolist()
    assert (grown.count, grown.is_exact, bytes_of(grown.to_chunks())) == (3000, True, bytes_of(once.to_chunks()))


def test_the_same_vectors_give_the_same_lists():
    assert bytes_of(lists_chunks(drawn(2000))) == bytes_of(lists_chunks(drawn(2000)))


def test_lists_find_most_of_the_nearest_with_their_exact_cosines():
    vectors = drawn(4000)
    index = DenseIndex([DensePart(vectors, np.arange(4000), lists_of(bytes_of(lists_chunks(vectors))))], 8)
    assert not index.is_exact
    for vector in drawn(20, seed=5):
        found, exact = index.nearest(vector, 10), index.exact().nearest(vector, 10)
        assert len({*found} & {*exact}) >= 8
        assert found == sorted(found, key=lambda pair: (-pair[1], pair[0]))


def test_lists_give_nothing_that_is_gone_or_out_of_the_scope():
    vectors, places = drawn(2000), np.arange(2000) - 500
    index = DenseIndex([DensePart(vectors, places, lists_of(bytes_of(lists_chunks(vectors))))], 8)
    for vector in drawn(10, seed=6):
        assert all(place >= 0 for place, _ in index.nearest(vector, 300))
        assert all(place in range(1000) for place, _ in index.nearest(vector, 300, range(1000)))


def test_few_sentences_are_all_looked_at_though_there_are_lists():
    vectors = drawn(2000)
    index = DenseIndex([DensePart(vectors, np.arange(2000), lists_of(bytes_of(lists_chunks(vectors))))], 8)
    for vector in drawn(10, seed=7):
        assert index.nearest(vector, 150, range(300, 500)) == index.exact().nearest(vector, 150, range(300, 500))
