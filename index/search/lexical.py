"""BM25 over tokens, in numpy: every clause is scored exactly, kinds of token weighted.

Robertson & Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond* (2009), with the never-negative idf that
Lucene uses::

    tf(t, c)    = count(t, c) / (1 - b + b * length(c) / mean length)
    idf(t)      = ln(1 + (N - n(t) + 0.5) / (n(t) + 0.5))
    score(q, c) = sum over t in q of  weight_q(t) * weight_kind(t) * idf(t) * tf(t, c) / (k1 + tf(t, c))

N is the number of clauses, n(t) that of clauses with t. A store keeps counts alone (:class:`index.search.counts.Postings`), in as
many parts as it has; what depends on the whole base, idf and mean length, is worked out when they are put together. So a base
that grew part by part gives the scores of one that was built at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.question.words import KINDS
from index.search.counts import Postings, Tokens, count_tokens
from index.search.lexical_part import GONE, LexicalPart, Rows
from index.search.vector_store import Scores, WordQuery

_HELD = 4096
"""Tokens that are held when they were looked up."""


@dataclass(frozen=True, slots=True)
class LexicalSettings:
    """Settings of the formula, chosen by measurement (docs/retrieval.md).

    ``k1`` bends repeated words, ``b`` takes length into account; ``kinds`` weighs words, single characters and pairs (see
    :mod:`index.question.words`); a kind of weight 0 is indexed and counts for nothing, one without a weight is not indexed.
    """

    k1: float = 1.2
    b: float = 0.5
    kinds: Mapping[str, float] = field(default_factory=lambda: {"c": 0.3, "b": 1.0, "w": 0.0})


class LexicalIndex:
    """Counts of the clauses of a base, put together from parts.

    ``count`` is the number of clauses.

    :param parts: counts of clauses, each with the place that each of its clauses has in the base, or :data:`GONE`.
    :param settings: constants of the formula.
    """

    def __init__(self, parts: Sequence[tuple[Postings, NDArray[np.int64]]], settings: LexicalSettings) -> None:
        self._settings, self._k1 = settings, np.float32(settings.k1)
        self._found = lru_cache(maxsize=_HELD)(self._look_up)
        held = [places != GONE for _, places in parts]
        self.count = int(sum(one.sum() for one in held))
        total = sum(float(part.lengths[one].sum(dtype=np.float64)) for (part, _), one in zip(parts, held, strict=True))
        mean = max(total / self.count if self.count else 1.0, 1.0)
        self._parts = [
            LexicalPart(
                part, places, (1 - settings.b + settings.b * part.lengths / mean).astype(np.float32), bool(one.all())
            )
            for (part, places), one in zip(parts, held, strict=True)
        ]
        self._homes = np.zeros((2, self.count), dtype=np.int32)  # of each clause its part, and its row there
        for number, part in enumerate(self._parts):
            rows = np.flatnonzero(held[number])
            self._homes[:, part.places[rows]] = np.full(len(rows), number), rows

    def scores(self, query: Mapping[str, float]) -> Scores:
        """Score every clause.

        :param query: weight of each token of the question.
        :return: one score a clause, 0 where no token occurs.
        """
        return self.weighed(self.weights(query))

    def weights(self, query: Mapping[str, float]) -> dict[str, float]:
        """Weigh the tokens of a question: by what each counts, by its kind, and by how rare it is in the base.

        :param query: weight of each token.
        :return: those that count, each with the product.
        """
        kinds = self._settings.kinds
        own = {token: np.float32(query[token] * kinds.get(token[0], 0.0)) for token in sorted(query)}
        return {one: float(weight * np.float32(self._idf(self.clauses(one)))) for one, weight in own.items() if weight}

    def weighed(self, weights: Mapping[str, float]) -> Scores:
        """Score every clause by tokens that are weighed.

        :param weights: as :meth:`weights` gives them.
        :return: one score a clause: the sum of weight times impact, ``tf / (k1 + tf)``.
        """
        return self.scored(WordQuery(weights), np.arange(self.count))

    def scored(self, query: WordQuery, places: Rows) -> Scores:
        """Score some clauses.

        :param query: the question, weighed.
        :param places: of the clauses in the base.
        :return: one score each, the same whichever others are scored beside it.
        """
        scores = np.zeros(len(places), dtype=np.float32)
        numbers, rows = self._homes[:, places]
        for number in np.unique(numbers).tolist():
            here = np.flatnonzero(numbers == number)
            order = here[np.argsort(rows[here], kind="stable")]
            scores[order] = self._scored(query, number, rows[order].astype(np.int64))
        return scores

    def impacts(self) -> Iterator[tuple[str, Rows, Scores]]:
        """List what the tokens that count give the clauses that hold them, whatever a question weighs them.

        :return: tokens, each once or more, with places of clauses and the impact there, ``tf / (k1 + tf)``.
        """
        kinds = (kind for kind, weight in self._settings.kinds.items() if weight)
        return (one for kind in kinds for part in self._parts for one in part.impacts(kind, self._k1))

    def best(self, query: WordQuery, k: int, within: NDArray[np.bool_] | None = None) -> tuple[Rows, Scores]:
        """Find the clauses that score highest; few of the others are scored.

        :param query: the question, weighed.
        :param k: how many.
        :param within: whether each clause of the base may be found; None for all.
        :return: their places, in no order, and scores, all above 0; more than ``k`` where several score as the last of them does.
        """
        places, scores, lowest = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32), 0.0
        bounds = query.bounds()
        for number, part in enumerate(self._parts):
            found = {token: self._found(token)[number] for token in bounds}
            rows, upper = part.best(bounds, found, self._k1, lowest, within)
            while len(rows):
                first = np.sort(np.argpartition(-upper, k)[:k]) if len(rows) > k else np.arange(len(rows))
                scores = np.concatenate([scores, self._scored(query, number, rows[first])])
                places = np.concatenate([places, part.places[rows[first]]])
                lowest = float(np.partition(scores, -k)[-k]) if len(scores) >= k else 0.0
                kept = (scores >= lowest) & (scores > 0)
                places, scores = places[kept], scores[kept]
                left = upper >= lowest
                left[first] = False
                rows, upper = rows[left], upper[left]
        return places, scores

    def _scored(self, query: WordQuery, number: int, rows: Rows) -> Scores:
        """Score clauses of one part; the official words of one everyday word are one thing said in several ways: the best counts."""
        part = self._parts[number]

        def summed(weights: Mapping[str, float]) -> Scores:
            return part.scored(rows, weights, {token: self._found(token)[number] for token in weights}, self._k1)

        scores = summed(query.own)
        for reading in filter(None, query.readings):
            scores = scores + np.float32(query.share) * np.maximum.reduce([summed(weights) for weights in reading])
        return scores

    def _look_up(self, token: str) -> tuple[slice, ...]:
        return tuple(part.postings.part(token) for part in self._parts)

    def clauses(self, token: str) -> int:
        """Count the clauses that hold a token.

        :param token: token with its kind.
        :return: their number.
        """
        return sum(part.clauses(found) for part, found in zip(self._parts, self._found(token), strict=True))

    def together(self, tokens: Iterable[str]) -> int:
        """Count the clauses that hold all of some tokens.

        :param tokens: at least one, each with its kind.
        :return: their number.
        """
        found = [self._found(token) for token in sorted(set(tokens))]
        return sum(part.together([one[number] for one in found]) for number, part in enumerate(self._parts))

    def tokens(self, kinds: Iterable[str] = KINDS) -> Iterator[tuple[str, int]]:
        """List all tokens of some kinds.

        :param kinds: what stands before their colons.
        :return: pairs of a token with its kind, and the number of its clauses, in order of their characters.
        """
        for kind in sorted(kinds):
            total: Counter[str] = Counter()
            for part in self._parts:
                for token, size in part.tokens(kind):
                    total[token] += size
            yield from ((token, count) for token, count in sorted(total.items()) if count)

    def highest(self, query: Mapping[str, float]) -> float:
        """Give the score that no clause can reach: that of one which is made of the question's tokens alone.

        :param query: weight of each token of the question; what no clause holds counts as the rarest of all.
        :return: the sum of their weights, above 0.
        """
        kinds = self._settings.kinds
        total = sum(query[one] * kinds.get(one[0], 0.0) * self._idf(self.clauses(one)) for one in sorted(query))
        return max(total, 1e-9)

    def _idf(self, clauses: int) -> float:
        return float(np.log(1 + (self.count - clauses + 0.5) / (clauses + 0.5)))


def build_lexical(texts: Iterable[Tokens], settings: LexicalSettings) -> LexicalIndex:
    """Index texts that have been cut.

    :param texts: the tokens of each.
    :param settings: constants of the formula.
    :return: the index; the same input gives the same scores.
    """
    return whole(count_tokens(texts, lambda tokens: tokens, settings.kinds), settings)


def whole(postings: Postings, settings: LexicalSettings) -> LexicalIndex:
    """Make the index of a base that has one part.

    :param postings: counts of all its clauses.
    :param settings: constants of the formula.
    :return: the index.
    """
    return LexicalIndex([(postings, np.arange(len(postings.lengths)))], settings)
