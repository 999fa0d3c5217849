"""Whether two systems really differ: the paired randomisation test, and Holm's correction for asking several times.

M. D. Smucker, J. Allan, B. Carterette, A comparison of statistical significance tests for information retrieval
evaluation (CIKM 2007), section 2: if the systems were one, each question's two values could as well be swapped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.metrics import SEED

ROUNDS = 100_000
"""Swaps that are drawn where there are too many to try them all; Smucker et al. use as many."""

EXACT_UP_TO = 16
"""Up to so many questions that differ, all 2**n swaps are tried."""

_CHUNK = 10_000
_EQUAL = 1e-9  # two means that differ by less are one mean, added up in another order


@dataclass(frozen=True, slots=True)
class Paired:
    """The second system less the first, over the same questions.

    ``p`` is two-sided; ``exact`` says that every swap was tried. ``won`` are the questions where the second has the
    higher value, ``lost`` those where it has the lower.
    """

    count: int
    difference: float
    won: int
    lost: int
    p: float
    exact: bool

    @property
    def tied(self) -> int:
        """Questions where both have the same value."""
        return self.count - self.won - self.lost


def randomisation(first: Sequence[float], second: Sequence[float], rounds: int = ROUNDS, seed: int = SEED) -> Paired:
    """Test whether two systems have the same mean, question by question.

    Where swaps are drawn, p is (b + 1) / (rounds + 1) with b the swaps that differ at least as much as what was seen: what
    was seen is one of the swaps, and p is never 0 (A. C. Davison, D. V. Hinkley, Bootstrap Methods and their Application
    (1997), section 4.2).

    >>> randomisation([0, 0, 0, 1], [1, 1, 1, 1])
    Paired(count=4, difference=0.75, won=3, lost=0, p=0.25, exact=True)

    :param first: one value a question.
    :param second: values of the same questions in the same order.
    :param rounds: how many swaps to draw.
    :param seed: of the generator; the same values under one seed give the same p.
    :return: the difference, and the chance of one as large if there were none.
    :raises ValueError: when there is no question, or the values are not of the same questions.
    """
    if len(first) != len(second) or not len(first):
        raise ValueError(f"a paired test needs the same questions twice, not {len(first)} and {len(second)}")
    differences = np.asarray(second, dtype=np.float64) - np.asarray(first, dtype=np.float64)
    telling = differences[np.abs(differences) > _EQUAL]
    exact = len(telling) <= EXACT_UP_TO
    p = _exact(telling) if exact else _drawn(telling, rounds, seed)
    won, lost = int((telling > 0).sum()), int((telling < 0).sum())
    return Paired(len(differences), float(differences.mean()), won, lost, p, exact)


def holm(chances: Mapping[str, float]) -> dict[str, float]:
    """Correct several p-values, so that the chance of any false alarm among them keeps its level.

    S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979).

    >>> holm({"a": 0.01, "b": 0.04, "c": 0.03})
    {'a': 0.03, 'b': 0.06, 'c': 0.06}

    :param chances: p by name.
    :return: corrected p by name, in the same order.
    """
    corrected: dict[str, float] = {}
    least = 0.0
    for place, name in enumerate(sorted(chances, key=lambda name: chances[name])):
        least = corrected[name] = min(1.0, max(least, (len(chances) - place) * chances[name]))
    return {name: corrected[name] for name in chances}


def _exact(differences: NDArray[np.float64]) -> float:
    """Try every swap; without a difference there is one, which is what was seen."""
    sums = np.zeros(1)
    for one in differences:
        sums = np.concatenate([sums + one, sums - one])
    return float(_at_least(sums, differences).mean())


def _drawn(differences: NDArray[np.float64], rounds: int, seed: int) -> float:
    generator = np.random.default_rng(seed)
    extreme = 0
    for start in range(0, rounds, _CHUNK):
        swaps = generator.integers(0, 2, size=(min(_CHUNK, rounds - start), len(differences)), dtype=np.int8)
        extreme += int(_at_least((1 - 2.0 * swaps) @ differences, differences).sum())
    return (extreme + 1) / (rounds + 1)


def _at_least(sums: NDArray[np.float64], seen: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.abs(sums) >= abs(float(seen.sum())) - _EQUAL
