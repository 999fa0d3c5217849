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
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.search.counts import Postings, Tokens, count_tokens

GONE = -1
"""Place of a clause that is no longer part of the base."""


@dataclass(frozen=True, slots=True)
class LexicalSettings:
    """Settings of the formula, chosen by measurement (docs/retrieval.md).

    ``k1`` bends repeated words, ``b`` takes length into account; ``kinds`` weighs words, single characters and pairs (see
    :mod:`index.question.words`); a kind of weight 0 is indexed and counts for nothing, one without a weight is not indexed.
    """

    k1: float = 1.2
    b: float = 0.5
    kinds: Mapping[str, float] = field(default_factory=lambda: {"c": 0.3, "b": 1.0, "w": 0.0})


@dataclass(frozen=True, slots=True)
class _Part:
    """Counts of some clauses; ``places`` of them in the base, :data:`GONE` for none, and the ``norms`` of their lengths."""

    postings: Postings
    places: NDArray[np.int64]
    norms: NDArray[np.float32]
    is_whole: bool

    def of(self, token: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Give the clauses of the base that hold a token, in no order, and how often for their length."""
        rows, times = self.postings.of(token)
        places, found = self.places[rows], times.astype(np.float32) / self.norms[rows]
        return (places, found) if self.is_whole else (places[places != GONE], found[places != GONE])

    def sizes(self) -> Iterator[tuple[str, int]]:
        """List the tokens with the number of clauses of the base that hold each."""
        starts, held = self.postings.starts, self.places[self.postings.places] != GONE
        sizes = np.diff(np.concatenate([np.zeros(1, np.int64), np.cumsum(held)])[starts])
        return zip(self.postings.rows, sizes.tolist(), strict=True)

    def together(self, tokens: Sequence[str]) -> int:
        """Count the clauses of the base that hold all of some tokens."""
        found, *others = sorted((self.postings.of(token)[0] for token in tokens), key=len)
        for other in others:
            at = np.minimum(np.searchsorted(other, found), len(other) - 1)
            found = found[other[at] == found] if len(other) else found[:0]
        return int((self.places[found] != GONE).sum())


class LexicalIndex:
    """Counts of the clauses of a base, put together from parts.

    ``count`` is the number of clauses.

    :param parts: counts of clauses, each with the place that each of its clauses has in the base, or :data:`GONE`.
    :param settings: constants of the formula.
    """

    def __init__(self, parts: Sequence[tuple[Postings, NDArray[np.int64]]], settings: LexicalSettings) -> None:
        self._settings = settings
        held = [places != GONE for _, places in parts]
        self.count = int(sum(one.sum() for one in held))
        total = sum(float(part.lengths[one].sum(dtype=np.float64)) for (part, _), one in zip(parts, held, strict=True))
        mean = max(total / self.count if self.count else 1.0, 1.0)
        self._parts = [
            _Part(part, places, (1 - settings.b + settings.b * part.lengths / mean).astype(np.float32), bool(one.all()))
            for (part, places), one in zip(parts, held, strict=True)
        ]

    def scores(self, query: Mapping[str, float]) -> NDArray[np.float32]:
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

    def weighed(self, weights: Mapping[str, float]) -> NDArray[np.float32]:
        """Score every clause by tokens that are weighed.

        :param weights: as :meth:`weights` gives them.
        :return: one score a clause: the sum of weight times impact, ``tf / (k1 + tf)``.
        """
        scores = np.zeros(self.count, dtype=np.float32)
        for token, weight in weights.items():
            for places, impacts in self._impacts(token):
                scores[places] += np.float32(weight) * impacts
        return scores

    def impacts(self) -> Iterator[tuple[str, NDArray[np.int64], NDArray[np.float32]]]:
        """List what the tokens that count give the clauses that hold them, whatever a question weighs them.

        :return: tokens, each once or more, with places of clauses and the impact there, ``tf / (k1 + tf)``.
        """
        counting = (token for token, _ in self.tokens() if self._settings.kinds.get(token[0]))
        return ((token, *held) for token in counting for held in self._impacts(token))

    def _impacts(self, token: str) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        for places, found in (part.of(token) for part in self._parts):
            yield places, found / (np.float32(self._settings.k1) + found)

    def clauses(self, token: str) -> int:
        """Count the clauses that hold a token.

        :param token: token with its kind.
        :return: their number.
        """
        return sum(part.postings.clauses(token) if part.is_whole else len(part.of(token)[0]) for part in self._parts)

    def together(self, tokens: Iterable[str]) -> int:
        """Count the clauses that hold all of some tokens.

        :param tokens: at least one, each with its kind.
        :return: their number.
        """
        wanted = sorted(set(tokens))
        return sum(part.together(wanted) for part in self._parts)

    def tokens(self) -> Iterator[tuple[str, int]]:
        """List all tokens.

        :return: pairs of a token with its kind, and the number of its clauses, in order of their characters.
        """
        total: Counter[str] = Counter()
        for token, size in chain.from_iterable(part.sizes() for part in self._parts):
            total[token] += size
        return ((token, count) for token, count in sorted(total.items()) if count)

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
