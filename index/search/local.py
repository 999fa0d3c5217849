"""Finds clauses in indexes that lie on this machine: BM25 over counts, and cosines of vectors."""

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

    def by_words(self, query: WordQuery, scope: Scope, k: int) -> list[tuple[str, float]]:
        """Find the clauses that score highest by their words, as :class:`index.search.vector_store.VectorStore` has it."""
        if k < 1:
            return []
        within = None
        if scope.documents is not None:
            within = np.zeros(self._lexical.count, dtype=bool)
            for part in self._places.parts(scope.documents):
                within[part.start : part.stop] = True
        places, scores = self._lexical.best(query, k, within)
        names = (self._places.names[place] for place in places.tolist())
        return sorted(zip(names, scores.tolist(), strict=True), key=_best_first)[:k]

    def word_scores(self, query: WordQuery, clauses: Sequence[str]) -> Scores:
        """Score clauses by their words."""
        return self._lexical.scored(query, np.array([self._places.place(name) for name in clauses], dtype=np.int64))

    def by_vector(self, vector: Vectors, scope: Scope, k: int) -> list[tuple[str, float]]:
        """Find the clauses with the nearest sentences; as many sentences are looked at as it takes."""
        parts = [self._places.rows_of(part) for part in self._places.parts(scope.documents)]
        every, many = sum(map(len, parts)), 0
        best: dict[str, float] = {}
        while len(best) < k and many < every:
            many = min(4 * many or 2 * k, every)
            near = self._dense.nearest(vector, many, parts)
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


def _best_first(pair: tuple[str, float]) -> tuple[float, str]:
    return -pair[1], pair[0]
