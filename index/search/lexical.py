"""BM25 over tokens, in numpy: every sentence is scored exactly, fields and kinds of token weighted.

The formula is the simple BM25F of Robertson & Zaragoza, *The Probabilistic Relevance Framework: BM25 and
Beyond* (2009), section 3.6, with the never-negative idf that Lucene uses::

    tf(t, s)    = sum over fields f of  w_f * count_f(t, s) / (1 - b + b * length_f(s) / mean length_f)
    idf(t)      = ln(1 + (N - n(t) + 0.5) / (n(t) + 0.5))
    score(q, s) = sum over t in q of  weight_q(t) * weight_kind(t) * idf(t) * tf(t, s) / (k1 + tf(t, s))

N is the number of sentences, n(t) that of sentences with t in any field. All but the sum over t and weight_q is
worked out when the index is built.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.question.words import WORD

Tokens = Sequence[str]


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
    """Index sentences.

    :param sentences: for each sentence the tokens of each field, in the order of ``settings.fields``.
    :param settings: constants of the formula.
    :return: the index; the same input gives the same arrays.
    """
    fields = [tuple(sentence) for sentence in sentences]
    lengths = np.array([[len(tokens) for tokens in sentence] for sentence in fields], dtype=np.float64)
    lengths = lengths.reshape(len(fields), len(settings.fields))
    means = np.maximum(lengths.mean(axis=0), 1.0) if fields else np.ones(len(settings.fields))
    shares = np.array(settings.fields) / (1 - settings.b + settings.b * lengths / means)
    postings: dict[str, dict[int, float]] = {}
    for place, sentence in enumerate(fields):
        for tokens, share in zip(sentence, shares[place].tolist(), strict=True):
            for token, times in Counter(tokens).items() if share else ():
                of_token = postings.setdefault(token, {})
                of_token[place] = of_token.get(place, 0.0) + times * share
    return _index(len(fields), postings, settings)


def _index(count: int, postings: Mapping[str, Mapping[int, float]], settings: LexicalSettings) -> LexicalIndex:
    terms = sorted(postings)
    sizes = np.array([len(postings[term]) for term in terms], dtype=np.int64)
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes, dtype=np.int64)])
    places = np.array([place for term in terms for place in postings[term]], dtype=np.int32)
    frequencies = np.array([times for term in terms for times in postings[term].values()], dtype=np.float64)
    idf = np.log(1 + (count - sizes + 0.5) / (sizes + 0.5))
    weights = idf * np.array([settings.kinds.get(term[0], 0.0) for term in terms], dtype=np.float64)
    impacts = np.repeat(weights, sizes) * frequencies / (settings.k1 + frequencies)
    rows = {term: row for row, term in enumerate(terms)}
    return LexicalIndex(count, rows, starts, places, impacts.astype(np.float32), idf.astype(np.float32))


def lexical_files(index: LexicalIndex) -> dict[str, bytes]:
    """Turn an index into files.

    :param index: the index.
    :return: bytes by file name, always the same for the same index.
    """
    arrays: dict[str, NDArray[Any]] = {
        "starts": index.starts,
        "places": index.places,
        "impacts": index.impacts,
        "idf": index.idf,
    }
    files = {f"lexical_{name}.npy": _array_bytes(array) for name, array in arrays.items()}
    return {"lexical_terms.txt": "\n".join(index.rows).encode(), **files}


def lexical_from_files(files: Mapping[str, bytes], count: int) -> LexicalIndex:
    """Read an index back.

    :param files: bytes by file name, as :func:`lexical_files` made them.
    :param count: number of sentences.
    :return: the index.
    """
    names = ("starts", "places", "impacts", "idf")
    starts, places, impacts, idf = (
        np.load(io.BytesIO(files[f"lexical_{name}.npy"]), allow_pickle=False) for name in names
    )
    terms = files["lexical_terms.txt"].decode().split("\n") if len(starts) > 1 else []
    return LexicalIndex(count, {term: row for row, term in enumerate(terms)}, starts, places, impacts, idf)


def _array_bytes(array: NDArray[Any]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()
