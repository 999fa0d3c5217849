"""What a question is put to first: something that finds clauses by their words and by the vectors of their sentences.

A base that lies on this machine is searched by :class:`index.search.local.LocalVectors`. Another store finds the same clauses with
the same scores: words are weighed here, by counts of the whole base, and only impacts lie there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.records import Where
from index.search.arrays import Vectors

Scores = NDArray[np.float32]

Weights = Mapping[str, float]
"""What each token of a question counts: its weight, that of its kind, and its idf, multiplied."""


@dataclass(frozen=True, slots=True)
class WordQuery:
    """A question as words: its own, and for each everyday word of it the official ones that it may mean.

    A clause scores the sum of ``weight * impact`` over ``own``, and for each of ``readings`` ``share`` of the best of its official words.
    """

    own: Weights
    readings: tuple[tuple[Weights, ...], ...] = ()
    share: float = 0.0

    def sums(self) -> Iterator[dict[str, float]]:
        """List plain sums of weights, the best of which is the score of a clause: a choice of one official word for each reading."""
        for chosen in product(*(reading for reading in self.readings if reading)):
            whole = dict(self.own)
            for weights in chosen:
                for token, weight in weights.items():
                    whole[token] = whole.get(token, 0.0) + self.share * weight
            yield whole

    def bounds(self) -> dict[str, float]:
        """Give what each token can add to a score at most, for its impact of 1: as if all official words counted."""
        whole = dict(self.own)
        for weights in (one for reading in self.readings for one in reading):
            for token, weight in weights.items():
                whole[token] = whole.get(token, 0.0) + self.share * weight
        return whole


@dataclass(frozen=True, slots=True)
class Scope:
    """Where it is searched: in ``documents`` by their keys, in order; None for all.

    ``where`` says which these are by what they have in common, for a store that knows it of its rows; None where they are but listed.
    """

    documents: Collection[str] | None = None
    where: Where | None = None


class VectorStore(Protocol):
    """Finds clauses. Of equal scores the smaller id comes first."""

    @property
    def fingerprint(self) -> str:
        """Names what it holds: the digest of the generation, empty where it belongs to none."""

    def by_words(self, query: WordQuery, scope: Scope, k: int) -> list[tuple[str, float]]:
        """Find the clauses that score highest by their words.

        :param query: the question.
        :param scope: where to search.
        :param k: how many at most.
        :return: ids with their scores, all above 0, best first.
        """

    def word_scores(self, query: WordQuery, clauses: Sequence[str]) -> Scores:
        """Score clauses by their words.

        :param query: the question.
        :param clauses: their ids.
        :return: one score each.
        """

    def by_vector(self, vector: Vectors, scope: Scope, k: int) -> list[tuple[str, float]]:
        """Find the clauses with the nearest sentences.

        :param vector: of the question, of length 1.
        :param scope: where to search.
        :param k: how many at most.
        :return: ids, each with the cosine of its nearest sentence, best first.
        """

    def cosines(self, vector: Vectors, clauses: Sequence[str]) -> dict[str, Scores]:
        """Give the cosines of the sentences of clauses.

        :param vector: of the question, of length 1.
        :param clauses: their ids.
        :return: one cosine a sentence, by clause.
        """
