"""Times taken of what a base does, by the clock and of the processor, which a busy machine does not lengthen much."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from index.search.arrays import Vectors
from index.search.vector_store import Scope, Scores, VectorStore, WordQuery

T = TypeVar("T")


class Times:
    """Milliseconds, each time one."""

    def __init__(self) -> None:
        self._clock = list[float]()
        self._processor = list[float]()

    def taking(self, work: Callable[[], T]) -> T:
        """Do some work, and take its time.

        :param work: what is done.
        :return: what it gives.
        """
        started, worked = time.perf_counter(), time.process_time()
        found = work()
        self._clock.append(1e3 * (time.perf_counter() - started))
        self._processor.append(1e3 * (time.process_time() - worked))
        return found

    def summary(self) -> dict[str, float]:
        """Give the middle and the 90th of 100, by the clock and of the processor."""
        return {
            "median": statistics.median(self._clock),
            "p90": float(np.percentile(self._clock, 90)),
            "processor": statistics.median(self._processor),
            "processor_p90": float(np.percentile(self._processor, 90)),
        }


class Watched:
    """Clauses found elsewhere, each search timed: ``times`` by ``words`` and by ``vectors``.

    :param within: finds them.
    """

    def __init__(self, within: VectorStore) -> None:
        self._within = within
        self.fingerprint = within.fingerprint
        self.times = {"words": Times(), "vectors": Times()}

    def by_words(self, query: WordQuery, scope: Scope, k: int) -> list[tuple[str, float]]:
        """Find clauses by their words, timed."""
        return self.times["words"].taking(lambda: self._within.by_words(query, scope, k))

    def word_scores(self, query: WordQuery, clauses: Sequence[str]) -> Scores:
        """Score clauses by their words."""
        return self._within.word_scores(query, clauses)

    def by_vector(self, vector: Vectors, scope: Scope, k: int) -> list[tuple[str, float]]:
        """Find clauses by a vector, timed."""
        return self.times["vectors"].taking(lambda: self._within.by_vector(vector, scope, k))

    def cosines(self, vector: Vectors, clauses: Sequence[str]) -> dict[str, Scores]:
        """Give the cosines of the sentences of clauses."""
        return self._within.cosines(vector, clauses)
