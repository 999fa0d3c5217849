"""Plain ways of searching by vectors, and of putting two lists of clauses together; none of them refuses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from eval.systems.baselines import by_best_sentence
from index.question.limits import checked_number, checked_question
from index.records import Hit, Query, SearchResult
from index.search.dense import DenseIndex
from index.search.embedder import Embedder
from index.search.passages import Passage

SMOOTHED = 60
"""What is added to ranks: G. V. Cormack, C. L. A. Clarke, S. Büttcher, Reciprocal Rank Fusion Outperforms Condorcet and
Individual Rank Learning Methods (SIGIR 2009)."""

Ask = Callable[[str, int], SearchResult]


class VectorSearch:
    """Cosines of sentences, each clause by its nearest one; equal ones by clause id.

    :param passages: sentences, in the order of the index.
    :param dense: their vectors.
    :param embedder: makes the vector of the question.
    """

    def __init__(self, passages: Sequence[Passage], dense: DenseIndex, embedder: Embedder) -> None:
        self._passages = passages
        self._dense = dense
        self._embedder = embedder

    def search(self, text: str, k: int) -> SearchResult:
        """Search.

        :param text: the question.
        :param k: how many clauses at most.
        :return: clauses, each with its nearest sentence for evidence; never refused.
        :raises QueryError: when question or number is at fault.
        """
        query = Query(checked_question(text), checked_number(k))
        every = np.arange(len(self._passages), dtype=np.int64)
        cosines = self._dense.cosines(self._embedder.encode_queries([query.text])[0], every)
        order = by_best_sentence(self._passages, cosines, k)
        return SearchResult(query, "found", tuple(self._hit(at, *one) for at, one in enumerate(order, start=1)))

    def _hit(self, rank: int, score: float, place: int) -> Hit:
        one = self._passages[place]
        return Hit(rank, -score, ("dense",), one.clause, (one.sentence,), one.document.metadata)


def by_ranks(first: Ask, second: Ask, depth: int) -> Ask:
    """Put the lists of two systems together by the sum of 1 / (60 + rank); equal ones by clause id.

    :param first: a system.
    :param second: another over the same clauses.
    :param depth: how much of their lists counts.
    :return: a system; a clause has the evidence of the system that ranks it higher, of the first where they agree; never refused.
    """

    def search(text: str, k: int) -> SearchResult:
        results = first(text, depth), second(text, depth)
        best: dict[str, Hit] = {}
        totals: dict[str, float] = {}
        for hit in (hit for result in results for hit in result.hits):
            name = hit.clause.clause_id
            totals[name] = totals.get(name, 0.0) + 1 / (SMOOTHED + hit.rank)
            best[name] = min(best.get(name, hit), hit, key=lambda one: one.rank)
        order = sorted(totals, key=lambda name: (-totals[name], name))[: checked_number(k)]
        hits = (replace(best[name], rank=at, score=totals[name]) for at, name in enumerate(order, start=1))
        return SearchResult(replace(results[0].query, k=k), "found", tuple(hits))

    return search
