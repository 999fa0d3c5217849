"""Finds clauses in Milvus as the indexes of this machine find them: the same clauses, the same scores, the same order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np

from index.errors import VectorStoreError
from index.search.arrays import Vectors
from index.search.local import LocalVectors
from index.search.milvus.address import EXACT
from index.search.milvus.client import MOST, Client
from index.search.milvus.expressions import expression, one_of
from index.search.milvus.rows import DENSE, SPARSE, Collection, sentence_id, short
from index.search.places import Places
from index.search.vector_store import Scope, Scores, WordQuery

SUMS = 64
"""Plain sums of words that one search is made of; a question that comes to more is scored by the folder's counts."""
_CHUNK = 1000
"""Rows that are asked for at once."""
_DIGITS = 7
"""Decimals by which scores are put in order: the same row read in another place of a matrix may differ in the last bit."""
_EQUAL = 1e-6
"""Scores that differ by less are equal: sums of the same numbers in another order do."""


class MilvusVectors:
    """A generation in Milvus, as a :class:`index.search.vector_store.VectorStore`.

    It stays with the collection that it was opened with, whatever the base's alias leads to later.

    :param client: of the base.
    :param collection: holds the generation.
    :param places: of the generation's clauses.
    :param numbers: dimensions of its tokens.
    :param counts: scores questions of very many readings, by the counts of the folder.
    :param fingerprint: digest of the generation.
    """

    def __init__(
        self,
        client: Client,
        collection: Collection,
        places: Places,
        numbers: Mapping[str, int],
        counts: LocalVectors,
        fingerprint: str,
    ) -> None:
        self._client = client
        self._collection = collection
        self._places = places
        self._numbers = numbers
        self._counts = counts
        self._long = {short(name): name for name in places.names if short(name) != name}
        self.fingerprint = fingerprint

    def by_words(self, query: WordQuery, scope: Scope, k: int) -> list[tuple[str, float]]:
        """Find the clauses that score highest by their words: the best of the plain sums, all of them in one search."""
        sums = list(islice(query.sums(), SUMS + 1))
        if len(sums) > SUMS:
            return self._counts.by_words(query, scope, k)
        vectors = [vector for vector in map(self._numbered, sums) if vector]
        return self._best(SPARSE, vectors, scope, k, k) if vectors else []

    def word_scores(self, query: WordQuery, clauses: Sequence[str]) -> Scores:
        """Score clauses by their words, of which their first sentences hold the impacts."""
        own = self._numbered(query.own)
        readings = [[self._numbered(weights) for weights in reading] for reading in query.readings if reading]
        rows = self._rows([sentence_id(name, 0) for name in clauses], SPARSE)

        def score(impacts: Mapping[int, float]) -> float:
            best = sum(max(_product(weights, impacts) for weights in reading) for reading in readings)
            return _product(own, impacts) + query.share * best

        return np.array([score(rows[sentence_id(name, 0)]) for name in clauses], dtype=np.float32)

    def by_vector(self, vector: Vectors, scope: Scope, k: int) -> list[tuple[str, float]]:
        """Find the clauses with the nearest sentences; as many sentences are looked at as it takes.

        An index that does not look at all vectors, or looks at shorter ones, finds them only; they are then scored by their own.
        """
        found = self._best(DENSE, [vector.tolist()], scope, k, 2 * k)
        if self._collection.index == EXACT:
            return found
        cosines = self.cosines(vector, [name for name, _ in found])
        return sorted(((name, float(each.max())) for name, each in cosines.items()), key=_best_first)

    def cosines(self, vector: Vectors, clauses: Sequence[str]) -> dict[str, Scores]:
        """Give the cosines of the sentences of clauses."""
        ids = {name: [sentence_id(name, number) for number in range(len(self._places.rows(name)))] for name in clauses}
        rows = self._rows([one for each in ids.values() for one in each], DENSE)
        stacked = {name: np.array([rows[one] for one in each], dtype=np.float32) for name, each in ids.items()}
        return {name: np.asarray(each @ vector, dtype=np.float32) for name, each in stacked.items()}

    def _best(self, field: str, vectors: Sequence[Any], scope: Scope, k: int, first: int) -> list[tuple[str, float]]:
        """Find the best clauses over some searches; more is asked for until none that scores as the last of them is left out."""
        where = expression(scope, self._places.documents)
        if where is None or k < 1:
            return []
        limit = min(first + 1, MOST)
        while True:
            found = self._client.search(self._collection, field, vectors, limit, where)
            best: dict[str, float] = {}
            for name, score in (pair for hits in found for pair in hits):
                best[name] = max(best.get(name, score), score)
            ranked = sorted(self._named(best.items()), key=_best_first)
            last = max((hits[-1][1] for hits in found if len(hits) >= limit), default=-np.inf)
            is_enough = len(ranked) >= k and ranked[k - 1][1] > last + _EQUAL
            if is_enough or last == -np.inf or limit == MOST:
                kept = ranked if field == DENSE else [pair for pair in ranked if pair[1] > 0]
                return kept[:k]
            limit = min(4 * limit, MOST)

    def _named(self, pairs: Iterable[tuple[str, float]]) -> Iterable[tuple[str, float]]:
        return ((self._long.get(name, name), score) for name, score in pairs)

    def _numbered(self, weights: Mapping[str, float]) -> dict[int, float]:
        """Give a question's words as a sparse vector; words that the base does not hold are in no clause of it."""
        return {self._numbers[token]: weight for token, weight in weights.items() if token in self._numbers and weight}

    def _rows(self, ids: Sequence[str], field: str) -> dict[str, Any]:
        """Give a field of some rows, by their keys."""
        rows: dict[str, Any] = {}
        for start in range(0, len(ids), _CHUNK):
            wanted = ids[start : start + _CHUNK]
            for row in self._client.rows(self._collection.name, one_of("id", wanted), ("id", field), len(wanted)):
                rows[row["id"]] = row[field]
        missing = next((one for one in ids if one not in rows), None)
        if missing is not None:
            raise VectorStoreError(
                f"Milvus {self._client.address} 里缺少 {missing}", "请运行 python -m index publish 重新发布"
            )
        return rows


def _product(weights: Mapping[int, float], impacts: Mapping[int, float]) -> float:
    return sum(weight * impacts[number] for number, weight in weights.items() if number in impacts)


def _best_first(pair: tuple[str, float]) -> tuple[float, str]:
    return -round(pair[1], _DIGITS), pair[0]
