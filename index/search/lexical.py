"""BM25 over tokens, in numpy: every sentence is scored exactly, fields and kinds of token weighted.

The formula is the simple BM25F of Robertson & Zaragoza, *The Probabilistic Relevance Framework: BM25 and
Beyond* (2009), section 3.6, with the never-negative idf that Lucene uses::

    tf(t, s)    = sum over fields f of  w_f * count_f(t, s) / (1 - b + b * length_f(s) / mean length_f)
    idf(t)      = ln(1 + (N - n(t) + 0.5) / (n(t) + 0.5))
    score(q, s) = sum over t in q of  weight_q(t) * weight_kind(t) * idf(t) * tf(t, s) / (k1 + tf(t, s))

N is the number of sentences, n(t) that of sentences with t in any field. All but the sum over t and weight_q is
worked out when the index is built, out of the counts of :mod:`index.search.counts`, some tokens at a time: headings
and titles are counted once, and only here spread over the sentences that stand under them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray

from index.question.words import WORD
from index.search.arrays import Chunks, array_chunks, array_of
from index.search.counts import Counts, TokenCounts, Tokens, count_tokens
from index.search.passages import gather

_TERMS, _ARRAYS = "lexical_terms.txt", ("starts", "places", "impacts", "idf")
_AT_ONCE = 256
"""How many tokens are weighed at a time; it bounds the memory and changes no number."""

_Weighed = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class LexicalSettings:
    """Settings of the formula, chosen by measurement (docs/retrieval.md).

    ``k1`` bends repeated words, ``b`` takes length into account; ``fields`` weighs the sentence, its headings and
    its document's title; ``kinds`` weighs words, single characters and pairs (see :mod:`index.question.words`).
    """

    k1: float = 1.2
    b: float = 0.3
    fields: tuple[float, ...] = (1.0, 0.4, 0.1)
    kinds: Mapping[str, float] = field(default_factory=lambda: {"w": 1.0, "c": 0.3, "b": 0.6})


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """Postings by token: sentences ``places[starts[i]:starts[i+1]]`` hold token ``i`` with these ``impacts``."""

    count: int
    rows: Mapping[str, int]
    starts: NDArray[np.int64]
    places: NDArray[np.int32]
    impacts: NDArray[np.float32]
    idf: NDArray[np.float32]

    def scores(self, query: Mapping[str, float]) -> NDArray[np.float32]:
        """Score every sentence.

        :param query: weight of each token of the question.
        :return: one score a sentence, 0 where no token occurs.
        """
        scores = np.zeros(self.count, dtype=np.float32)
        for token in sorted(query):
            row = self.rows.get(token)
            if row is not None:
                part = slice(self.starts[row], self.starts[row + 1])
                scores[self.places[part]] += np.float32(query[token]) * self.impacts[part]
        return scores

    def holds(self, word: str) -> bool:
        """Tell whether some sentence has a word.

        :param word: word in search form, as the documents are cut.
        :return: whether it was indexed.
        """
        return f"{WORD}:{word}" in self.rows

    def rarity(self, token: str) -> float:
        """Give a token's idf; a token that no sentence has is the rarest of all.

        :param token: token with its kind.
        :return: idf, above 0.
        """
        row = self.rows.get(token)
        return float(np.log(1 + (self.count + 0.5) / 0.5)) if row is None else float(self.idf[row])


def build_lexical(sentences: Iterable[Sequence[Tokens]], settings: LexicalSettings) -> LexicalIndex:
    """Index sentences that have been cut.

    :param sentences: for each sentence the tokens of each field, in the order of ``settings.fields``.
    :param settings: constants of the formula.
    :return: the index; the same input gives the same arrays.
    """
    fields = gather([tuple(tokens) for tokens in sentence] for sentence in sentences)
    return weigh(count_tokens(fields, lambda tokens: tokens), settings)


def weigh(counted: TokenCounts, settings: LexicalSettings) -> LexicalIndex:
    """Work out what each token gives each sentence.

    :param counted: counts of sentences whose fields are in the order of ``settings.fields``.
    :param settings: constants of the formula.
    :return: the index; tokens that stand only in fields of weight 0 are none of it.
    """
    parts = list(_weighed(counted, settings))
    sizes, places, impacts, idf = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    held = np.flatnonzero(sizes)
    rows = {counted.tokens[column]: row for row, column in enumerate(held.tolist())}
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes[held], dtype=np.int64)])
    return LexicalIndex(len(counted.rows), rows, starts, places, impacts, idf[held])


def _weighed(counted: TokenCounts, settings: LexicalSettings) -> Iterator[_Weighed]:
    """Weigh the tokens, some at a time: for each its number of sentences, those, their impacts, and its idf."""
    count, width = len(counted.rows), len(settings.fields)
    rows, lengths = counted.rows.reshape(count, width), counted.lengths().reshape(count, width)
    means = np.maximum(lengths.mean(axis=0), 1.0) if count else np.ones(width)
    shares = np.array(settings.fields) / (1 - settings.b + settings.b * lengths / means)
    kinds = np.array([settings.kinds.get(token[0], 0.0) for token in counted.tokens], dtype=np.float64)
    by_token = counted.counts.tocsc()
    for first in range(0, max(len(kinds), 1), _AT_ONCE):
        part = by_token[:, first : first + _AT_ONCE].tocsr()
        spread = [_spread(part, rows[:, at], shares[:, at]) for at, share in enumerate(settings.fields) if share]
        found = reduce(add, spread).tocsc()
        sizes = np.diff(found.indptr)
        idf = np.log(1 + (count - sizes + 0.5) / (sizes + 0.5))
        weights = np.repeat(idf * kinds[first : first + _AT_ONCE], sizes)
        impacts = weights * found.data / (settings.k1 + found.data)
        yield sizes, found.indices.astype(np.int32), impacts.astype(np.float32), idf.astype(np.float32)


def _spread(counts: Counts, rows: NDArray[np.int32], shares: NDArray[np.float64]) -> Counts:
    """Give each sentence what its text holds, times its share."""
    spread = counts[rows].astype(np.float64)
    spread.data *= np.repeat(shares, np.diff(spread.indptr))
    return spread


def lexical_files(index: LexicalIndex) -> dict[str, Chunks]:
    """Turn an index into files.

    :param index: the index.
    :return: bytes by file name, always the same for the same index.
    """
    arrays = {f"lexical_{name}.npy": array_chunks(getattr(index, name)) for name in _ARRAYS}
    return {_TERMS: ["\n".join(index.rows).encode()], **arrays}


def lexical_from_files(files: Mapping[str, bytes], count: int) -> LexicalIndex:
    """Read an index back.

    :param files: bytes by file name, as :func:`lexical_files` made them.
    :param count: number of sentences.
    :return: the index.
    """
    starts, places, impacts, idf = (array_of(files[f"lexical_{name}.npy"]) for name in _ARRAYS)
    terms = files[_TERMS].decode().split("\n") if len(starts) > 1 else []
    return LexicalIndex(count, {term: row for row, term in enumerate(terms)}, starts, places, impacts, idf)
