"""The first clauses are read once more, each together with the question, by the cross-encoder that comes with the model.

Vectors hold question and sentence against each other only when both are done; a cross-encoder reads one in the light of the other
(Nogueira & Cho, "Passage Re-ranking with BERT", arXiv 1901.04085). It costs as much as making a vector, so that it is for the first few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from threading import Lock

from index.search.embedder import Reranker
from index.search.passages import Passage
from index.search.seen import Ordered

SCALE = 10.0
"""Scores beyond it, in logits, are as sure as can be."""

_KEPT = 1 << 16


class Reader:
    """Reads question and sentence together; what was read is kept for the next time.

    :param reranker: scores passages for a question, in logits.
    """

    def __init__(self, reranker: Reranker) -> None:
        self._reranker = reranker
        self._kept: dict[tuple[str, str], float] = {}
        self._lock = Lock()

    def shares(self, question: str, sentences: Sequence[Passage]) -> list[float]:
        """Say by which share sentences are an answer.

        :param question: what is sought.
        :param sentences: any number.
        :return: numbers between 0 and 1, in their order.
        """
        contexts = [one.context for one in sentences]
        with self._lock:
            known = {one: self._kept[question, one] for one in contexts if (question, one) in self._kept}
        new = list(dict.fromkeys(one for one in contexts if one not in known))
        if new:
            found = zip(new, self._reranker(question, new), strict=True)
            known |= {one: share_of(float(score)) for one, score in found}
            with self._lock:
                if len(self._kept) > _KEPT:
                    self._kept.clear()
                self._kept.update({(question, one): known[one] for one in new})
        return [known[one] for one in contexts]


@lru_cache(maxsize=1)
def reader_of(reranker: Reranker) -> Reader:
    """Give what reads by a cross-encoder; what it has read is known to the next base that is opened with the same one.

    :param reranker: scores passages for a question, in logits.
    :return: the same for the same one.
    """
    return Reader(reranker)


def share_of(score: float) -> float:
    """Bring a score in logits between 0 and 1.

    >>> share_of(-20.0), share_of(0.0), share_of(5.0)
    (0.0, 0.5, 0.75)

    :param score: of a cross-encoder.
    :return: its place between minus and plus :data:`SCALE`.
    """
    return min(1.0, max(0.0, (score / SCALE + 1) / 2))


def with_reading(order: Ordered, read: Mapping[str, float], whole: float, weight: float) -> Ordered:
    """Add what was read to the scores; clauses that were not read get nothing, so that none of them passes one that was.

    :param order: clauses in the order without it.
    :param read: of the first of them, the share by which each is an answer.
    :param whole: sum of the weights that their scores were divided by.
    :param weight: of what was read.
    :return: the order with it, 1 again for all that can be had.
    """
    sums = (
        (name, (max(order.scores[name]) * whole + read.get(name, 0.0) * weight) / (whole + weight))
        for name, _ in order.clauses
    )
    return replace(order, clauses=tuple(sorted(sums, key=lambda pair: (-pair[1], pair[0]))), read=read)


def reranked(
    reranker: Reranker, text: str, clauses: Sequence[tuple[str, float]], best: Sequence[Passage]
) -> tuple[tuple[str, float], ...]:
    """Put the first clauses in the order of a cross-encoder; their scores stay where they stood.

    :param reranker: the cross-encoder.
    :param text: what is sought.
    :param clauses: in order, with their scores.
    :param best: the best sentence of each of the first of them.
    :return: all of them.
    """
    if len(clauses) < 2:
        return tuple(clauses)
    found = reranker(text, [passage.context for passage in best])
    order = sorted(range(len(best)), key=lambda at: (-float(found[at]), at))
    first = clauses[: len(best)]
    return (*((first[at][0], score) for at, (_, score) in zip(order, first, strict=True)), *clauses[len(best) :])
