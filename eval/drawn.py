"""python -m eval.drawn COMMAND …: ``python -m index`` with the vectors of sentences drawn by lot instead of made by the model.

Encoding takes most of a first build, as long for each sentence however many there are. Where only growth is measured it
may be left out: all else is done as ever, and the store says it was made by the model that comes with the project and
opens like any other. What its vectors are near means nothing: such a store is for measuring time and memory alone.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from index.__main__ import main
from index.search import embedder as embedders
from index.search.arrays import Vectors
from index.search.embedder import Embedder, EmbedderSettings, Reranker
from index.streams import speak_utf8


def drawn(texts: Sequence[str], dimension: int) -> Vectors:
    """Draw vectors; equal texts have equal ones, each evenly spread over all directions.

    :param texts: their bytes are the seeds.
    :param dimension: length of a vector.
    :return: one row a text, each of length 1.
    """
    vectors = np.zeros((len(texts), dimension), dtype=np.float32)
    for row, text in enumerate(texts):
        seed = int.from_bytes(sha256(text.encode("utf-8", "replace")).digest()[:8], "big")
        vectors[row] = np.random.default_rng(seed).standard_normal(dimension, dtype=np.float32)
        vectors[row] /= np.linalg.norm(vectors[row])
    return vectors


@dataclass(frozen=True, slots=True)
class DrawnEmbedder:
    """A model whose passages are drawn; questions, and what it says of itself, are those of the model within."""

    model: Embedder

    @property
    def fingerprint(self) -> str:
        """That of the model within, by which the store is opened."""
        return self.model.fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self.model.dimension

    @property
    def reranker(self) -> Reranker | None:
        """The cross-encoder of the model within."""
        return self.model.reranker

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Make vectors of questions by the model within."""
        return self.model.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Draw vectors of passages."""
        return drawn(texts, self.dimension)


def run(arguments: Sequence[str]) -> int:
    """Run one command of ``python -m index``, drawing the vectors that it would have the model make.

    :param arguments: what stands after ``python -m index``.
    :return: its exit code.
    """
    load = embedders.load

    def load_drawn(settings: EmbedderSettings | None = None) -> Embedder:
        return DrawnEmbedder(load(settings))

    embedders.load = load_drawn
    try:
        return main(arguments)
    finally:
        embedders.load = load


if __name__ == "__main__":
    speak_utf8()
    sys.exit(run(sys.argv[1:]))
