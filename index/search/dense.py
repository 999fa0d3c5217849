"""Nearest vectors by cosine with FAISS, which is imported here only: exactly, or of many by lists and then exactly.

A part of a base that has many vectors is written with *lists* (an IVF): its vectors fall to the nearest of some centres, and a
question is held against those of the centres nearest to it. There they lie with 8 bits a number, a quarter of the room; what
comes out first is measured anew by the vectors themselves. J. Sivic & A. Zisserman, *Video Google* (2003); docs/scale.md has
the measurements by which the numbers here were chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.search.arrays import Buffer, Chunks, Pieces, RowFile, Vectors, array_chunks, array_of

MANY = 50_000
"""Vectors from which a part has lists; below, all of them are looked at in less than 5 ms."""
_SEED, _ROUNDS, _SAMPLE = 20231106, 10, 64
"""By which centres are found: rounds, and vectors for each that are looked at."""
_LOOKED_INTO = 0.25
"""Share of the lists that a question is held against."""
_DEEPER = 2
"""How many times as many as wanted are measured anew."""
_FEW = 0.1
"""Share of a part's vectors up to which they are all looked at: that takes no longer."""

_GATHERED = 4096
"""Vectors up to which they are put together to be looked at, wherever they lie."""

Rows = NDArray[np.int64]
Found = tuple[Rows, Vectors]
"""What was found, and the cosine of each."""


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a part, of FAISS, and the bytes that they lie in, which must be there as long."""

    index: Any
    data: Any

    def nearest(self, vector: Vectors, k: int, rows: Rows | None) -> Found:
        """Find what are likely the nearest vectors of some rows, or of all, with cosines that are nearly so."""
        import faiss

        parameters: Any = faiss.SearchParametersIVF
        only = None if rows is None else faiss.IDSelectorBatch(rows)
        lists = parameters(nprobe=max(1, round(_LOOKED_INTO * self.index.nlist)), sel=only)
        cosines, near = self.index.search(vector.reshape(1, -1), k, params=lists)
        held = near[0] >= 0
        return near[0][held], cosines[0][held]


@dataclass(frozen=True)
class DensePart:
    """Vectors of some sentences, in a file or in memory.

    ``places`` are those of the sentences in the base, in order, negative for such as are no longer part of it; ``lists`` finds the
    nearest of many, and ``file`` is where single ones of these are then read.
    """

    vectors: Vectors
    places: Rows
    lists: Lists | None = None
    file: RowFile | None = None

    def taken(self, rows: Rows) -> Vectors:
        """Give the vectors of some rows."""
        return self.file.rows(rows) if self.file is not None else self.vectors[rows]

    @cached_property
    def live(self) -> Rows:
        """The rows of the sentences that are part of the base."""
        return np.flatnonzero(self.places >= 0)

    def rows(self, within: Sequence[range] | None) -> Rows:
        """Give the rows of the sentences in some ranges of places, in order."""
        if within is None:
            return self.live
        first, last = (np.array([getattr(part, end) for part in within]) for end in ("start", "stop"))
        places = self.places[self.live]
        at = np.searchsorted(first, places, side="right") - 1
        return self.live[(at >= 0) & (places < last[at])]

    def lists_for(self, rows: Rows) -> Lists | None:
        """Give the lists where they find the nearest of some rows sooner than looking at all of these does."""
        return self.lists if len(rows) > _FEW * len(self.places) else None

    def nearest(self, vector: Vectors, k: int, rows: Rows) -> Found:
        """Find the nearest of some rows."""
        if len(rows) <= _GATHERED:
            near, cosines = _nearest(self.taken(rows), vector, k)
            return self.places[rows[near]], cosines
        found = [(run.start, *_nearest(self.vectors[run.start : run.stop], vector, k)) for run in _runs(rows)]
        near = np.concatenate([first + each for first, each, _ in found])
        return self.places[near], np.concatenate([cosines for _, _, cosines in found])

    def likely(self, lists: Lists, vector: Vectors, k: int, rows: Rows) -> Found:
        """Find what are likely the nearest of some rows, with cosines that are nearly so."""
        near, cosines = lists.nearest(vector, min(k, len(rows)), None if len(rows) == len(self.places) else rows)
        return self.places[near], cosines


class DenseIndex:
    """The vectors of all sentences of a base, in parts.

    :param parts: vectors, each with the places of its sentences.
    :param dimension: of the vectors.
    """

    def __init__(self, parts: Iterable[DensePart], dimension: int) -> None:
        import faiss

        faiss.omp_set_num_threads(1)  # one question at a time is slower with more
        self._parts = tuple(parts)
        self.dimension = dimension
        self.count = sum(len(part.live) for part in self._parts)
        self._homes = np.zeros((2, self.count), dtype=np.int32)  # of each sentence its part, and its row there
        for number, part in enumerate(self._parts):
            self._homes[:, part.places[part.live]] = np.full(len(part.live), number), part.live

    @property
    def is_exact(self) -> bool:
        """Whether no part has lists."""
        return all(part.lists is None for part in self._parts)

    def exact(self) -> DenseIndex:
        """Give the same vectors without lists, to measure what these miss."""
        return DenseIndex([DensePart(part.vectors, part.places) for part in self._parts], self.dimension)

    def nearest(
        self, vector: Vectors, k: int, within: range | Sequence[range] | None = None
    ) -> list[tuple[int, float]]:
        """Find the nearest sentences; in a part that has lists, most likely these.

        :param vector: the question's vector, of length 1.
        :param k: how many at most.
        :param within: the part of the sentences to look at, or several in any order; None for all.
        :return: (place of the sentence, cosine), nearest first, ties by place.
        """
        ranges = [within] if isinstance(within, range) else within and sorted(within, key=lambda part: part.start)
        if k < 1 or (ranges is not None and not ranges):
            return []
        if ranges is not None and sum(map(len, ranges)) == self.count:
            ranges = None
        found, likely = list[Found](), list[Found]()
        for part in self._parts:
            rows = part.rows(ranges)
            if lists := part.lists_for(rows):
                likely.append(part.likely(lists, vector, _DEEPER * k, rows))
            elif len(rows):
                found.append(part.nearest(vector, k, rows))
        if likely:
            near, _ = _first(likely, _DEEPER * k)
            at, cosines = _nearest(self.vectors(near), vector, k)
            found.append((near[at], cosines))
        places, cosines = _first(found, k)
        return list(zip(places.tolist(), cosines.tolist(), strict=True))

    def cosines(self, vector: Vectors, places: NDArray[np.int64]) -> Vectors:
        """Give the cosines of chosen sentences.

        :param vector: the question's vector, of length 1.
        :param places: places of sentences.
        :return: one cosine for each.
        """
        return np.asarray(self.vectors(places) @ vector, dtype=np.float32)

    def vectors(self, places: NDArray[np.int64]) -> Vectors:
        """Give the vectors of chosen sentences.

        :param places: places of sentences.
        :return: one row for each.
        """
        chosen = np.zeros((len(places), self.dimension), dtype=np.float32)
        numbers, rows = self._homes[:, places]
        for number in np.unique(numbers).tolist():
            here = numbers == number
            chosen[here] = self._parts[number].taken(rows[here])
        return chosen

    def to_chunks(self) -> Chunks:
        """Write the vectors; the same vectors give the same bytes.

        :return: one array, as :func:`index.search.arrays.array_chunks` writes it.
        """
        return array_chunks(self.vectors(np.arange(self.count)))


def build_dense(vectors: Vectors) -> DenseIndex:
    """Index vectors for exact search.

    :param vectors: one vector a sentence, each of length 1, or 0 where the model knows no word of it.
    :return: the index.
    :raises ValueError: when a vector is not of length 1, which would give no cosine.
    """
    return _whole(checked(vectors))


def dense_from_bytes(data: Buffer) -> DenseIndex:
    """Read an index back.

    :param data: the bytes of one array of vectors, verified by the caller.
    :return: the index.
    """
    return _whole(array_of(data))


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


def lists_chunks(vectors: Vectors) -> Chunks:
    """Put many vectors into lists, and these into a file; the same vectors give the same bytes.

    :param vectors: one a row.
    :return: the bytes.
    """
    import faiss

    faiss.omp_set_num_threads(1)
    whole, size = np.ascontiguousarray(vectors, dtype=np.float32), vectors.shape[1]
    kind, bits = faiss.IndexIVFScalarQuantizer, faiss.ScalarQuantizer.QT_8bit
    lists: Any = kind(faiss.IndexFlatIP(size), size, round(len(whole) ** 0.5), bits, faiss.METRIC_INNER_PRODUCT, False)
    lists.cp.seed, lists.cp.niter, lists.cp.max_points_per_centroid = _SEED, _ROUNDS, _SAMPLE
    lists.train(whole)
    lists.add(whole)
    return [faiss.serialize_index(lists).data]


def lists_of(data: Buffer) -> Lists:
    """Read lists back; they lie in the bytes given, which are not copied.

    :param data: what :func:`lists_chunks` gave, put together and verified by the caller.
    :return: the lists.
    """
    import faiss

    held = np.frombuffer(bytes(data) if isinstance(data, Pieces) else data, dtype=np.uint8)
    library: Any = faiss  # whose stubs lack some of it
    reader = library.ZeroCopyIOReader(library.swig_ptr(held), len(held))
    return Lists(library.read_index(reader, library.IO_FLAG_MMAP_IFC), held)


def _whole(vectors: Vectors) -> DenseIndex:
    return DenseIndex([DensePart(vectors, np.arange(len(vectors)))], vectors.shape[1])


def _nearest(vectors: Vectors, vector: Vectors, k: int) -> Found:
    """Find the nearest of some vectors: their rows and cosines."""
    import faiss

    near: Any = faiss.knn
    wanted = min(k, len(vectors))
    cosines, rows = near(vector.reshape(1, -1), vectors, wanted, metric=faiss.METRIC_INNER_PRODUCT)
    return rows[0], cosines[0]


def _first(found: Sequence[Found], k: int) -> Found:
    """Give the nearest of all that was found, ties by place."""
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    places, cosines = (np.concatenate(each) for each in zip(*found, strict=True))
    order = np.lexsort((places, -cosines))[:k]
    return places[order], cosines[order]


def _runs(rows: Rows) -> list[range]:
    """List the rows that lie behind one another as ranges."""
    ends = np.flatnonzero(np.diff(rows) != 1)
    firsts, lasts = rows[[0, *(ends + 1)]], rows[[*ends, len(rows) - 1]]
    return [range(first, last + 1) for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)]
