"""Sentences to vectors: each goes to the model once, below what it stands under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from index.search.arrays import Vectors
from index.search.embedder import Embedder
from index.search.passages import Passage

_AT_ONCE = 4096
"""How many sentences are worked on at a time; it bounds the memory."""


def sentence_vectors(
    passages: Sequence[Passage], embedder: Embedder, known: Mapping[str, Any] | None = None
) -> Vectors:
    """Make the vectors of sentences; equal texts have equal ones.

    :param passages: sentences.
    :param embedder: makes the vectors.
    :param known: vectors that were made before, by what went to the model; none of them is made again.
    :return: one row a sentence.
    """
    places: dict[str, int] = {}
    rows = [places.setdefault(passage.context, len(places)) for passage in passages]
    vectors = np.empty((len(places), embedder.dimension), dtype=np.float32)
    had = known or {}
    for text in had.keys() & places.keys():
        vectors[places[text]] = had[text]
    new = [text for text in places if text not in had]
    for start in range(0, len(new), _AT_ONCE):
        part = new[start : start + _AT_ONCE]
        vectors[[places[text] for text in part]] = embedder.encode_passages(part)
    return vectors[rows]
