"""Exact nearest neighbours by cosine, against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from index.search.dense import build_dense, dense_from_bytes

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
