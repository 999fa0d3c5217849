"""Vectors for sentences that no model reads: drawn so that they lie to one another as real ones do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.search.arrays import Vectors

SEED = 20231106
_OWN = (0.55, 0.9)
"""How much of a drawn vector, from and to, is the real one that it is drawn beside."""
_SAMPLE = 500


@dataclass(frozen=True)
class Drawn:
    """Vectors drawn beside real ones.

    Of a real vector a share is kept of what tells it from the mean, and the difference of two others is added, so much that mean and
    spread in every direction stay those of the real ones: ``m + r (x - m) + sqrt(1 - r^2) (y - z) / sqrt 2``, brought to length 1.

    :param real: vectors made by the model.
    """

    real: Vectors

    @cached_property
    def mean(self) -> Vectors:
        """The mean of the real ones."""
        return np.asarray(self.real.mean(axis=0), dtype=np.float32)

    def of(self, serial: int, count: int) -> Vectors:
        """Draw the vectors of a document.

        :param serial: its number, the seed.
        :param count: of its sentences.
        :return: one row each, of length 1.
        """
        choice = np.random.default_rng((SEED, serial))
        own, left, right = choice.integers(0, len(self.real), (3, count))
        kept = choice.uniform(*_OWN, (count, 1)).astype(np.float32)
        noise = np.sqrt((1 - kept**2) / 2) * (self.real[left] - self.real[right])
        found = self.mean + kept * (self.real[own] - self.mean) + noise
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


def likeness(vectors: Vectors, seed: int = SEED) -> dict[str, list[float]]:
    """Say how vectors lie to one another: cosines at the 5th, 25th, 50th, 75th and 95th of 100.

    :param vectors: one a row.
    :param seed: of the sample.
    :return: ``pairs`` of any two, and of a sample to its ``nearest`` and its ``tenth`` nearest of all others.
    """
    from index.search.dense import build_dense

    choice = np.random.default_rng(seed)
    left, right = choice.integers(0, len(vectors), (2, 20_000))
    rows = choice.choice(len(vectors), min(_SAMPLE, len(vectors)), replace=False)
    index = build_dense(vectors)
    near = np.array([[cosine for _, cosine in index.nearest(vectors[row], 11)[1:]] for row in rows.tolist()])
    cosines = {"pairs": (vectors[left] * vectors[right]).sum(axis=1), "nearest": near[:, 0], "tenth": near[:, -1]}
    return {name: np.percentile(each, (5, 25, 50, 75, 95)).round(3).tolist() for name, each in cosines.items()}
