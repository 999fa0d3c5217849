"""How often each token stands in each text; what BM25 is worked out of, and the same whatever weights are set."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

Text = TypeVar("Text")
Tokens = Sequence[str]
Counts = Any
"""A scipy CSR array; one row a text, one column a token."""


@dataclass(frozen=True, slots=True)
class TokenCounts:
    """Tokens in order of their characters, and how often each stands in each text."""

    tokens: tuple[str, ...]
    counts: Counts


def count_tokens(texts: Iterable[Text], cut: Callable[[Text], Iterable[str]]) -> TokenCounts:
    """Cut each text, and count; none of the texts is held.

    :param texts: of clauses.
    :param cut: gives the tokens of a text, each marked with its kind.
    :return: the counts; the same input gives the same arrays.
    """
    import scipy.sparse as sparse  # not needed to open a base

    columns: dict[str, int] = {}
    starts, places, times = array("q", [0]), array("i"), array("i")
    for text in texts:
        counted = Counter(cut(text))
        places.extend(columns.setdefault(token, len(columns)) for token in counted)
        times.extend(counted.values())
        starts.append(len(places))
    tokens = sorted(columns)
    ranks = np.empty(len(tokens), dtype=np.int32)
    ranks[[columns[token] for token in tokens]] = np.arange(len(tokens), dtype=np.int32)
    parts = np.array(times, dtype=np.int32), ranks[np.array(places, dtype=np.int32)], np.array(starts, dtype=np.int64)
    counts = sparse.csr_array(parts, shape=(len(starts) - 1, len(tokens)))
    counts.sort_indices()
    return TokenCounts(tuple(tokens), counts)
