"""Sentences to vectors: each different text is put to the model once, and headings colour the sentences below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.search.dense import HEADING_SHARE, Vectors, blend
from index.search.embedder import Embedder
from index.search.passages import FieldTexts

_AT_ONCE = 4096
"""How many texts or sentences are worked on at a time; it bounds the memory."""


def sentence_vectors(fields: FieldTexts[str], embedder: Embedder, heading_share: float = HEADING_SHARE) -> Vectors:
    """Make the vectors of sentences.

    :param fields: sentence, headings and title of each; where there are no headings, the title stands for them.
    :param embedder: makes the vectors.
    :param heading_share: weight of the headings in each.
    :return: one row a sentence.
    """
    sentences, headings, titles = fields.rows.reshape(len(fields.rows), 3).T
    blank = np.array([not text for text in fields.texts], dtype=bool)
    own_vectors, own = _encoded(sentences, fields.texts, embedder)
    context_vectors, context = _encoded(np.where(blank[headings], titles, headings), fields.texts, embedder)
    vectors = np.empty((len(own), embedder.dimension), dtype=np.float32)
    for start in range(0, len(own), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        vectors[part] = blend(own_vectors[own[part]], context_vectors[context[part]], heading_share)
    return vectors


def _encoded(rows: NDArray[Any], texts: Sequence[str], embedder: Embedder) -> tuple[Vectors, NDArray[np.intp]]:
    """Encode the texts that stand in a field, each once; tells also which vector each sentence has."""
    held, which = np.unique(rows, return_inverse=True)
    vectors = np.empty((len(held), embedder.dimension), dtype=np.float32)
    for start in range(0, len(held), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        vectors[part] = embedder.encode_passages([texts[row] for row in held[part]])
    return vectors, which
