"""Finds clauses in indexes that lie on this machine: BM25 over counts, and exact cosines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.search.arrays import Vectors
from index.search.dense import DenseIndex
from index.search.lexical import LexicalIndex
from index.search.places import Places
from index.search.vector_store import Scope, Scores, WordQuery


class LocalVectors:
    """The indexes of an opened base, as a :class:`index.search.vector_store.VectorStore`.

    :param places: where clauses stand in both indexes.
    :param lexical: counts of the clauses.
    :param dense: vectors of the sentences.
    :param fingerprint: digest of the generation; empty where it belongs to none.
    """

    def __init__(self, places: Places, lexical: LexicalIndex, dense: DenseIndex, fingerprint: str = "") -> None:
        self._places = places
        self._lexical = lexical
        self._dense = dense
        self.fingerprint = fingerprint
        # The clauses that are scored are those that were found a moment ago; one tuple, so that threads do not mix two.
        self._last: tuple[WordQuery | None, Scores] = (None, np.zeros(0, dtype=np.float32))

    def by_words(self, query: WordQuery, scope: Scope, k: int) -> list[tuple[str, float]]:
        """Find the clauses that score highest by their words, as :class:`index.search.vector_store.VectorStore` has it."""
        scores = self._scores(query)
        if scope.documents is not None:
            within = np.zeros(len(scores), dtype=bool)
            for part in self._places.parts(scope.documents):
                within[part.start : part.stop] = True
            scores = scores * within
        found = np.flatnonzero(scores > 0)
        if len(found) > k:
            found = found[scores[found] >= np.partition(scores[found], -k)[-k]]
        pairs = ((self._places.names[place], float(scores[place])) for place in found)
        return sorted(pairs, key=_best_first)[:k]

    def word_scores(self, query: WordQuery, clauses: Sequence[str]) -> Scores:
        """Score clauses by their words."""
        return self._scores(query)[[self._places.place(name) for name in clauses]]

    def by_vector(self, vector: Vectors, scope: Scope, k: int) -> list[tuple[str, float]]:
        """Find the clauses with the nearest sentences; as many sentences are looked at as it takes."""
        parts = [self._places.rows_of(part) for part in self._places.parts(scope.documents)]
        every, many = sum(map(len, parts)), 0
        best: dict[str, float] = {}
        while len(best) < k and many < every:
            many = min(4 * many or 2 * k, every)
            near = [pair for part in parts for pair in self._dense.nearest(vector, many, part)]
            near = sorted(near, key=lambda pair: (-pair[1], pair[0]))[:many]
            owners = self._places.clauses_of([row for row, _ in near])
            best = {}
            for place, (_, cosine) in zip(owners, near, strict=True):
                best.setdefault(self._places.names[place], cosine)
        return sorted(best.items(), key=_best_first)[:k]

    def cosines(self, vector: Vectors, clauses: Sequence[str]) -> dict[str, Scores]:
        """Give the cosines of the sentences of clauses."""
        each = [self._places.rows(name) for name in clauses]
        rows = np.array([row for part in each for row in part], dtype=np.int64)
        starts = np.cumsum([0, *map(len, each)], dtype=np.int64)
        cosines = self._dense.cosines(vector, rows)
        return {name: cosines[starts[at] : starts[at + 1]] for at, name in enumerate(clauses)}

    def _scores(self, query: WordQuery) -> Scores:
        """Score every clause; the official words of one everyday word are one thing said in several ways: the best of them counts."""
        before, scores = self._last
        if query is not before:
            scores = self._lexical.weighed(query.own)
            for reading in filter(None, query.readings):
                best = np.maximum.reduce([self._lexical.weighed(weights) for weights in reading])
                scores = scores + np.float32(query.share) * best
            self._last = query, scores
        return scores


def _best_first(pair: tuple[str, float]) -> tuple[float, str]:
    return -pair[1], pair[0]
