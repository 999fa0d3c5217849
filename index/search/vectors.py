"""Sentences to vectors: each goes to the model once, below what it stands under."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.search.arrays import Vectors
from index.search.embedder import Embedder
from index.search.passages import Passage

_AT_ONCE = 4096
"""How many sentences are worked on at a time; it bounds the memory."""


def sentence_vectors(passages: Sequence[Passage], embedder: Embedder) -> Vectors:
    """Make the vectors of sentences; equal texts have equal ones.

    :param passages: sentences.
    :param embedder: makes the vectors.
    :return: one row a sentence.
    """
    places: dict[str, int] = {}
    rows = [places.setdefault(passage.context, len(places)) for passage in passages]
    texts = list(places)
    vectors = np.empty((len(texts), embedder.dimension), dtype=np.float32)
    for start in range(0, len(texts), _AT_ONCE):
        vectors[start : start + _AT_ONCE] = embedder.encode_passages(texts[start : start + _AT_ONCE])
    return vectors[rows]
