"""BM25 over tokens, in numpy: every clause is scored exactly, kinds of token weighted.

Robertson & Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond* (2009), with the never-negative idf that
Lucene uses::

    tf(t, c)    = count(t, c) / (1 - b + b * length(c) / mean length)
    idf(t)      = ln(1 + (N - n(t) + 0.5) / (n(t) + 0.5))
    score(q, c) = sum over t in q of  weight_q(t) * weight_kind(t) * idf(t) * tf(t, c) / (k1 + tf(t, c))

N is the number of clauses, n(t) that of clauses with t. All but the sum over t and weight_q is worked out when the index is
built, out of the counts of :mod:`index.search.counts`, some tokens at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.search.arrays import Chunks, array_chunks, array_of
from index.search.counts import TokenCounts, Tokens, count_tokens

_TERMS, _COUNT, _ARRAYS = "lexical_terms.txt", "lexical_count.npy", ("starts", "places", "impacts", "idf")
_AT_ONCE = 256
"""How many tokens are weighed at a time; it bounds the memory and changes no number."""

_Weighed = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32], NDArray[np.float32]]


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
class LexicalIndex:
    """Postings by token: clauses ``places[starts[i]:starts[i+1]]`` hold token ``i`` with these ``impacts``.

    ``kinds`` weighs the kinds of token, as the settings of the index do.
    """

    count: int
    rows: Mapping[str, int]
    starts: NDArray[np.int64]
    places: NDArray[np.int32]
    impacts: NDArray[np.float32]
    idf: NDArray[np.float32]
    kinds: Mapping[str, float]

    def scores(self, query: Mapping[str, float]) -> NDArray[np.float32]:
        """Score every clause.

        :param query: weight of each token of the question.
        :return: one score a clause, 0 where no token occurs.
        """
        scores = np.zeros(self.count, dtype=np.float32)
        for token in sorted(query):
            row = self.rows.get(token)
            if row is not None:
                part = slice(self.starts[row], self.starts[row + 1])
                scores[self.places[part]] += np.float32(query[token]) * self.impacts[part]
        return scores

    def clauses(self, token: str) -> int:
        """Count the clauses that hold a token.

        :param token: token with its kind.
        :return: their number.
        """
        row = self.rows.get(token)
        return 0 if row is None else int(self.starts[row + 1] - self.starts[row])

    def together(self, tokens: Iterable[str]) -> int:
        """Count the clauses that hold all of some tokens.

        :param tokens: at least one, each with its kind.
        :return: their number.
        """
        rows = [self.rows.get(token) for token in tokens]
        if None in rows:
            return 0
        parts = sorted(
            (self.places[self.starts[row] : self.starts[row + 1]] for row in rows if row is not None), key=len
        )
        found = parts[0]
        for part in parts[1:]:
            at = np.minimum(np.searchsorted(part, found), len(part) - 1)
            found = found[part[at] == found]
        return len(found)

    def tokens(self) -> Iterator[tuple[str, int]]:
        """List all tokens.

        :return: pairs of a token with its kind, and the number of its clauses.
        """
        return zip(self.rows, np.diff(self.starts).tolist(), strict=True)

    def highest(self, query: Mapping[str, float]) -> float:
        """Give the score that no clause can reach: that of one which is made of the question's tokens alone.

        :param query: weight of each token of the question; what no clause holds counts as the rarest of all.
        :return: the sum of their weights, above 0.
        """
        rarest = float(np.log(1 + (self.count + 0.5) / 0.5))
        rows = ((token, self.rows.get(token)) for token in sorted(query))
        total = sum(
            query[token] * self.kinds.get(token[0], 0.0) * (rarest if row is None else float(self.idf[row]))
            for token, row in rows
        )
        return max(total, 1e-9)


def build_lexical(texts: Iterable[Tokens], settings: LexicalSettings) -> LexicalIndex:
    """Index texts that have been cut.

    :param texts: the tokens of each.
    :param settings: constants of the formula.
    :return: the index; the same input gives the same arrays.
    """
    return weigh(count_tokens(texts, lambda tokens: tokens), settings)


def weigh(counted: TokenCounts, settings: LexicalSettings) -> LexicalIndex:
    """Work out what each token gives each clause.

    :param counted: counts of texts.
    :param settings: constants of the formula.
    :return: the index; tokens of a kind without a weight are none of it.
    """
    held = [column for column, token in enumerate(counted.tokens) if token[0] in settings.kinds]
    parts = list(_weighed(counted, held, settings))
    sizes, places, impacts, idf = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    rows = {counted.tokens[column]: row for row, column in enumerate(held)}
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes, dtype=np.int64)])
    return LexicalIndex(counted.counts.shape[0], rows, starts, places, impacts, idf, settings.kinds)


def _weighed(counted: TokenCounts, held: list[int], settings: LexicalSettings) -> Iterator[_Weighed]:
    """Weigh the tokens, some at a time: for each its number of clauses, those, their impacts, and its idf."""
    count = counted.counts.shape[0]
    kinds = np.array([settings.kinds[counted.tokens[column][0]] for column in held], dtype=np.float64)
    kept = counted.counts.tocsc()[:, held]
    lengths = np.asarray(kept[:, np.flatnonzero(kinds)].sum(axis=1), dtype=np.float64)
    norms = 1 - settings.b + settings.b * lengths / max(float(lengths.mean()) if count else 1.0, 1.0)
    for first in range(0, max(len(held), 1), _AT_ONCE):
        part = kept[:, first : first + _AT_ONCE]
        sizes = np.diff(part.indptr)
        idf = np.log(1 + (count - sizes + 0.5) / (sizes + 0.5))
        weights = np.repeat(idf * kinds[first : first + _AT_ONCE], sizes)
        found = part.data / norms[part.indices]
        impacts = weights * found / (settings.k1 + found)
        yield sizes, part.indices.astype(np.int32), impacts.astype(np.float32), idf.astype(np.float32)


def lexical_files(index: LexicalIndex) -> dict[str, Chunks]:
    """Turn an index into files.

    :param index: the index.
    :return: bytes by file name, always the same for the same index.
    """
    arrays = {f"lexical_{name}.npy": array_chunks(getattr(index, name)) for name in _ARRAYS}
    count = array_chunks(np.array([index.count], dtype=np.int64))
    return {_TERMS: ["\n".join(index.rows).encode()], _COUNT: count, **arrays}


def lexical_from_files(
    files: Mapping[str, bytes],
    settings: LexicalSettings = LexicalSettings(),  # noqa: B008 - frozen
) -> LexicalIndex:
    """Read an index back.

    :param files: bytes by file name, as :func:`lexical_files` made them.
    :param settings: that it was made with.
    :return: the index.
    """
    starts, places, impacts, idf = (array_of(files[f"lexical_{name}.npy"]) for name in _ARRAYS)
    terms = files[_TERMS].decode().split("\n") if len(starts) > 1 else []
    (count,) = array_of(files[_COUNT]).tolist()
    return LexicalIndex(
        count, {term: row for row, term in enumerate(terms)}, starts, places, impacts, idf, settings.kinds
    )
