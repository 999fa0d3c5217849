"""Nearest vectors by cosine, exactly, with FAISS, which is imported here only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.search.arrays import Buffer, Chunks, Vectors, array_chunks, array_of


class DenseIndex:
    """The vectors of all sentences, in their order.

    :param index: a FAISS index over inner products.
    """

    def __init__(self, index: Any) -> None:  # noqa: ANN401 - FAISS is imported late
        import faiss

        faiss.omp_set_num_threads(1)  # one question at a time is slower with more
        self._index = index

    @property
    def count(self) -> int:
        """Number of vectors."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def nearest(self, vector: Vectors, k: int, within: range | None = None) -> list[tuple[int, float]]:
        """Find the nearest sentences.

        :param vector: the question's vector, of length 1.
        :param k: how many at most.
        :param within: the part of the sentences to look at; None for all.
        :return: (place of the sentence, cosine), nearest first, ties by place.
        """
        import faiss

        part = within if within is not None else range(self.count)
        wanted = min(k, len(part))
        if wanted < 1:
            return []
        parameters: Any = faiss.SearchParameters
        only = parameters(sel=faiss.IDSelectorRange(part.start, part.stop))
        cosines, places = self._index.search(vector.reshape(1, -1), wanted, params=only)
        found = [(int(place), float(cosine)) for place, cosine in zip(places[0], cosines[0], strict=True) if place >= 0]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def cosines(self, vector: Vectors, places: NDArray[np.int64]) -> Vectors:
        """Give the cosines of chosen sentences.

        :param vector: the question's vector, of length 1.
        :param places: places of sentences.
        :return: one cosine for each.
        """
        if not len(places):
            return np.zeros(0, dtype=np.float32)
        chosen: Vectors = self._index.reconstruct_batch(places)
        return np.asarray(chosen @ vector, dtype=np.float32)

    def vectors(self, places: NDArray[np.int64]) -> Vectors:
        """Give the vectors of chosen sentences.

        :param places: places of sentences.
        :return: one row each.
        """
        return np.asarray(self._index.reconstruct_batch(places), dtype=np.float32)

    def to_chunks(self) -> Chunks:
        """Write the vectors; the same vectors give the same bytes.

        :return: one array, as :func:`index.search.arrays.array_chunks` writes it.
        """
        vectors = self._index.reconstruct_n(0, self.count) if self.count else np.zeros((0, self.dimension), np.float32)
        return array_chunks(vectors)


def build_dense(vectors: Vectors) -> DenseIndex:
    """Index vectors for exact search.

    :param vectors: one vector a sentence, each of length 1, or 0 where the model knows no word of it.
    :return: the index.
    :raises ValueError: when a vector is not of length 1, which would give no cosine.
    """
    return _indexed(checked(vectors))


def dense_from_bytes(data: Buffer) -> DenseIndex:
    """Read an index back.

    :param data: the bytes of one array of vectors, verified by the caller.
    :return: the index.
    """
    return _indexed(array_of(data))


def dense_from_parts(parts: Iterable[Vectors], dimension: int) -> DenseIndex:
    """Put an index together.

    :param parts: vectors of some sentences each, in order, verified by the caller.
    :param dimension: of the vectors.
    :return: the index.
    """
    import faiss

    index = faiss.IndexFlatIP(dimension)
    for part in parts:
        index.add(np.ascontiguousarray(part, dtype=np.float32))
    return DenseIndex(index)


def checked(vectors: Vectors) -> Vectors:
    """See to it that vectors give cosines.

    :param vectors: one a row.
    :return: the same.
    :raises ValueError: when one has a length other than 1 or 0.
    """
    lengths = np.linalg.norm(vectors, axis=1)
    wrong = np.flatnonzero((np.abs(lengths - 1) > 1e-3) & (lengths > 1e-6))
    if len(wrong):
        raise ValueError(f"vector {wrong[0]} has length {lengths[wrong[0]]:.4f}, not 1")
    return vectors


def _indexed(vectors: Vectors) -> DenseIndex:
    return dense_from_parts([vectors], vectors.shape[1])
