"""Cohen's kappa: how far two judges agree beyond what chance would give.

J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960); with weights:
J. Cohen, Weighted kappa, Psychological Bulletin 70 (1968).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def kappa(first: Sequence[int], second: Sequence[int], categories: int, quadratic: bool = False) -> float | None:
    """Measure agreement: 1 - observed / expected disagreement.

    Unweighted, every disagreement counts alike; quadratic, it counts as the square of its distance, so that 0 against 3
    weighs nine times as much as 2 against 3.

    >>> kappa([0, 0, 1, 1], [0, 1, 1, 1], 2)
    0.5

    :param first: one judge's categories, from 0.
    :param second: the other's, of the same things in the same order.
    :param categories: how many categories there are.
    :param quadratic: whether far disagreements weigh more.
    :return: 1 for full agreement, 0 for what chance gives, below 0 for less; None where both judges gave one and the same
        category throughout, which leaves chance nothing to disagree on.
    :raises ValueError: when there is nothing judged, the judges judged not the same things, or a category is out of range.
    """
    counts = crosstable(first, second, categories)
    shares = counts / counts.sum()
    place = np.arange(categories)
    distance = np.abs(place[:, None] - place[None, :])
    weights = distance.astype(np.float64) ** 2 if quadratic else (distance > 0).astype(np.float64)
    expected = float((weights * np.outer(shares.sum(axis=1), shares.sum(axis=0))).sum())
    return 1 - float((weights * shares).sum()) / expected if expected else None


def crosstable(first: Sequence[int], second: Sequence[int], categories: int) -> NDArray[np.int64]:
    """Count how often each pair of categories was given.

    :param first: one judge's categories, the rows of the table.
    :param second: the other's, its columns.
    :param categories: how many there are.
    :return: counts, one row and one column a category.
    :raises ValueError: as :func:`kappa` does.
    """
    if len(first) != len(second) or not len(first):
        raise ValueError(f"agreement needs the same things judged twice, not {len(first)} and {len(second)}")
    if not all(0 <= one < categories for one in (*first, *second)):
        raise ValueError(f"categories must lie between 0 and {categories - 1}")
    counts = np.zeros((categories, categories), dtype=np.int64)
    np.add.at(counts, (list(first), list(second)), 1)
    return counts
